#!/usr/bin/env python3
"""Open, test and refresh annkit, with everything it needs set up in .venv.

python3 run.py lab                open JupyterLab on the first chapter
python3 run.py test [...]         run every test; what follows goes to pytest
python3 run.py refresh [02 ...]   run chapters again, all or those whose names begin so, and save them for committing

On Windows write py instead of python3.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RECIPE = [ROOT / name for name in ("requirements.txt", "constraints.txt", "pyproject.toml")]
LEARNER = ["-r", "requirements.txt"]
TESTER = [*LEARNER, "-e", ".[test]"]


def main(arguments):
    commands = {"lab": lab, "test": test, "refresh": refresh}
    what, *rest = arguments or ["lab"]
    if what not in commands:
        asked_for_help = what in ("-h", "--help", "help")
        print(__doc__ if asked_for_help else f"There is no command {what!r}.\n\n{__doc__}")
        return 0 if asked_for_help else 2
    return commands[what](rest)


def lab(rest):
    set_up("lab", LEARNER)
    config = os.pathsep.join([str(ROOT / "binder"), os.environ.get("JUPYTER_CONFIG_PATH", "")]).rstrip(os.pathsep)
    first = sorted((ROOT / "notebooks" / "en").glob("[0-9]*.ipynb"))[0]
    return run("-m", "jupyterlab", first, f"--ServerApp.root_dir={ROOT}", *rest, JUPYTER_CONFIG_PATH=config)


def test(rest):
    set_up("test", TESTER)
    # loadscope keeps the cells of one notebook on one worker.
    return run("-m", "pytest", "--nbval", "-n", "2", "--dist", "loadscope", *rest)


def refresh(rest):
    set_up("lab", LEARNER)
    chapters = sorted((ROOT / "notebooks").glob("*/[0-9]*.ipynb"))
    chosen = [path for path in chapters if not rest or path.name.startswith(tuple(rest))]
    if not chosen:
        print(f"No chapter begins with {' or '.join(rest)}. There is: {', '.join(path.name for path in chapters)}")
        return 2
    return run("-m", "annkit.notebooks", *chosen)


def run(*arguments, **environment):
    """Run .venv's Python to its end, also past Ctrl-C, which JupyterLab answers itself."""
    process = subprocess.Popen([PYTHON, *arguments], cwd=ROOT, env={**os.environ, **environment})
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def set_up(purpose, wanted):
    """Make .venv and install what `purpose` needs, unless that was done already for this very recipe."""
    if sys.version_info < (3, 11):  # noqa: UP036 this file may be run by any Python
        sys.exit(f"annkit needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")
    recipe = b"".join(path.read_bytes() for path in RECIPE)
    fingerprint = hashlib.sha256(recipe + sys.version.encode() + str(ROOT).encode()).hexdigest()
    stamp = VENV / f"annkit-{purpose}.txt"
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return
    print("Setting up .venv; the first time this takes about a minute and 430 MB ...", flush=True)
    make_venv()
    install = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
    if subprocess.run(install, cwd=ROOT).returncode:
        sys.exit("The installation stopped (see above). Is there a network? Run the same command again to go on.")
    for done in {purpose, "lab"}:  # whoever can test can open the lab
        (VENV / f"annkit-{done}.txt").write_text(fingerprint, encoding="utf-8")


def make_venv():
    """Make .venv, unless this very Python made it, for this folder. Only what this program made is ever made anew."""
    maker = VENV / "annkit-made-by.txt"
    this = f"{sys.version}\n{ROOT}"
    if PYTHON.exists() and maker.exists() and maker.read_text(encoding="utf-8") == this:
        return
    try:
        import ensurepip  # noqa: F401 Debian and Ubuntu split it off
        import venv
    except ImportError:
        sys.exit("This Python has no venv. On Debian or Ubuntu: sudo apt install python3-venv. Then run this again.")
    if maker.exists():
        shutil.rmtree(VENV)
    elif VENV.exists():
        sys.exit("There is a .venv here that run.py did not make. Move it away or delete it, then run this again.")
    VENV.mkdir()
    maker.write_text("unfinished", encoding="utf-8")
    venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    maker.write_text(this, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
