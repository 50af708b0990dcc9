"""What Binder builds from, its replay, and the CI that runs them. The replay itself is run by .ci/run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "binder"))
import replay  # noqa: E402

VERSION = (ROOT / "binder/runtime.txt").read_text().strip().removeprefix("python-")
RECIPE = r"""
FROM docker.io/library/base
COPY --chown=1000:1000 src/binder/requirements.txt ${REPO_DIR}/binder/requirements.txt
RUN before
COPY --chown=1000:1000 src/ ${REPO_DIR}/
USER ${NB_USER}
RUN ${KERNEL_PYTHON_PREFIX}/bin/pip install \
    -r "binder/requirements.txt"
# RUN never
RUN ./binder/postBuild
CMD ["jupyter", "notebook"]
"""


def test_what_is_run_once_the_repository_is_in_its_place():
    install, hook = replay.steps(RECIPE)
    assert install.split() == ["${KERNEL_PYTHON_PREFIX}/bin/pip", "install", "-r", '"binder/requirements.txt"']
    assert hook == "./binder/postBuild"


def test_the_versions_that_binder_brings():
    lock = "\n".join(
        f"https://example.org/conda-forge/{name}#0123"
        for name in (
            "linux-64/python-3.12.12-hfe2f287_0_cpython.conda",
            "noarch/jupyterlab-4.4.9-pyhd8ed1ab_0.conda",
            "noarch/jupyter-lsp-2.3.0-pyhcf101f3_0.conda",
            "linux-64/pyzmq-27.1.0-py312hfb55c3c_0.conda",
            "noarch/pandocfilters-1.5.0-pyhd8ed1ab_0.tar.bz2",
        )
    )
    versions = {"jupyterlab": "4.4.9", "jupyter-lsp": "2.3.0", "pyzmq": "27.1.0", "pandocfilters": "1.5.0"}
    assert replay.base_versions(lock) == versions


def test_a_python_is_found_by_asking_it():
    here = "{}.{}".format(*sys.version_info)
    assert replay.find_python(here) == sys.executable
    assert replay.find_python("2.0") is None


def test_without_that_python_the_replay_says_so(monkeypatch, capsys):
    monkeypatch.setattr(replay, "find_python", lambda version: None)
    assert replay.main() == 77
    assert capsys.readouterr().out == f"Binder's recipe was NOT replayed: there is no Python {VERSION} here.\n"


@pytest.fixture
def prefix(tmp_path):
    """An environment whose Python is this one."""
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return tmp_path


def post_build(prefix):
    environment = {**os.environ, "NB_PYTHON_PREFIX": str(prefix)}
    return subprocess.run(["binder/postBuild"], cwd=ROOT, env=environment).returncode


on_posix = pytest.mark.skipif(os.name != "posix", reason="Binder runs Linux")


@on_posix
def test_post_build_adds_the_hook_to_what_the_server_already_does(prefix):
    config = prefix / "etc/jupyter/jupyter_server_config.py"
    config.parent.mkdir(parents=True)
    config.write_text("c.Their.own = 1\n")
    assert post_build(prefix) == 0
    assert config.read_text() == "c.Their.own = 1\n" + (ROOT / "binder/jupyter_server_config.py").read_text()


@on_posix
def test_post_build_stops_where_the_server_would_not_find_annkit(prefix):
    (prefix / "bin/python").write_text("#!/bin/sh\nexit 1\n")
    assert post_build(prefix) != 0
    assert not (prefix / "etc").exists()


def test_ci_replays_with_binders_python_and_tests_every_python_that_is_promised():
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"]
    step = next(step for step in jobs["whole"]["steps"] if "setup-python" in step.get("uses", ""))
    assert step["with"]["python-version"] == VERSION
    oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())[1]
    assert jobs["test"]["strategy"]["matrix"]["python"][0] == oldest
