"""How notebooks are compared, from whichever folder pytest is called."""

from pathlib import Path

import nbval.kernel


def pytest_configure(config):
    config.option.nbval_sanitize_with = str(Path(__file__).with_name("tests") / "nbval_sanitize.cfg")


# Jupyter picks a kernel's ports before the kernel binds them; two workers can pick the same. Then try again.
_start = nbval.kernel.start_new_kernel


def start_new_kernel(*args, **kwargs):
    for left in (2, 1, 0):
        try:
            return _start(*args, **kwargs)
        except RuntimeError:
            if not left:
                raise


nbval.kernel.start_new_kernel = start_new_kernel
