"""How notebooks are compared, from whichever folder pytest is called."""

from pathlib import Path

import nbval.kernel

from annkit.notebooks import patient


def pytest_configure(config):
    config.option.nbval_sanitize_with = str(Path(__file__).with_name("tests") / "nbval_sanitize.cfg")


nbval.kernel.start_new_kernel = patient(nbval.kernel.start_new_kernel)
