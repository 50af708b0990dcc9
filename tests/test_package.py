"""What people get who do not clone: the wheel, which runs by itself, and the sdist, which is the whole project."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import annkit

ROOT = Path(__file__).resolve().parents[1]
MADE = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis", ".ipynb_checkpoints", "build", "dist"
)
"""What is in the folder without being of the project."""
EVERY_LAB = """
import annkit, annkit.checks.chapter_00, annkit.labs
for name in annkit.labs.__all__:
    assert getattr(annkit.labs, name)().describe()
print(annkit.__file__)
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("package") / "source", ignore=MADE))


@pytest.fixture(scope="module")
def built(source):
    """The folder with both, built by what is installed, so without a network."""
    folder = source.parent / "dist"
    run(source, "-m", "build", "--no-isolation", "--outdir", folder, source)
    return folder


def run(folder, *arguments, path=None):
    """What Python prints that is started in a folder, and finds packages in `path` first."""
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_runs_from_anywhere(source, built, tmp_path):
    (wheel,) = built.glob(f"annkit-{annkit.__version__}-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    package = {name for name in files(tmp_path / "site") if name.startswith("annkit/")}
    assert package == {name for name in files(source) if name.startswith("annkit/")}
    assert run(tmp_path, "-c", EVERY_LAB, path=tmp_path / "site").startswith(str(tmp_path))


def test_the_sdist_is_the_whole_project_and_its_tests_run(source, built, tmp_path):
    with tarfile.open(built / f"annkit-{annkit.__version__}.tar.gz") as sdist:
        sdist.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    assert files(source) - files(folder) == set()
    test = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_stage.py"]
    assert " passed" in run(folder, *test, path=folder)
