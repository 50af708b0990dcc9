#!/usr/bin/env python3
"""Open, test and refresh annkit, with everything it needs set up in .venv.

python3 run.py lab                open JupyterLab on the first chapter
python3 run.py test [...]         run every test; what follows goes to pytest
python3 run.py refresh [02 ...]   run chapters again, all or those whose names begin so, and save them for committing
python3 run.py binder             print the link that opens this clone's branch, as it was pushed, on Binder

On Windows write py instead of python3.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RECIPE = [ROOT / name for name in ("requirements.txt", "constraints.txt", "tests/constraints.txt", "pyproject.toml")]
LEARNER = ["-r", "requirements.txt"]
TESTER = [*LEARNER, "-c", "tests/constraints.txt", "-e", ".[test]"]
BINDER = "https://mybinder.org/v2"


def main(arguments):
    commands = {"lab": lab, "test": test, "refresh": refresh, "binder": binder}
    what, *rest = arguments or ["lab"]
    if what not in commands:
        asked_for_help = what in ("-h", "--help", "help")
        print(__doc__ if asked_for_help else f"There is no command {what!r}.\n\n{__doc__}")
        return 0 if asked_for_help else 2
    return commands[what](rest)


def lab(rest):
    set_up("lab", LEARNER)
    config = os.pathsep.join([str(ROOT / "binder"), os.environ.get("JUPYTER_CONFIG_PATH", "")]).rstrip(os.pathsep)
    return run("-m", "jupyterlab", first_chapter(), f"--ServerApp.root_dir={ROOT}", *rest, JUPYTER_CONFIG_PATH=config)


def test(rest):
    set_up("test", TESTER)
    # Last digits and fonts differ between systems; Linux, where the outputs were made, compares every one.
    compare = "--nbval" if sys.platform == "linux" else "--nbval-lax"
    # loadscope keeps the cells of one notebook on one worker. The browser's files are the longest: they come first, as
    # their names do.
    return run("-m", "pytest", compare, "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", *rest)


def refresh(rest):
    set_up("lab", LEARNER)
    chapters = sorted((ROOT / "notebooks").glob("*/[0-9]*.ipynb"))
    chosen = [path for path in chapters if not rest or path.name.startswith(tuple(rest))]
    if not chosen:
        print(f"No chapter begins with {' or '.join(rest)}. There is: {', '.join(path.name for path in chapters)}")
        return 2
    return run("-m", "annkit.notebooks", *chosen)


def binder(rest):
    branch = git("symbolic-ref", "--short", "HEAD") or git("rev-parse", "HEAD")
    link = launch_link(git("ls-remote", "--get-url"), branch)
    if not link:
        print("Binder builds from a public repository, and this clone has no remote on a server. Push it to one:")
        print("git remote add origin ADDRESS, then git push -u origin BRANCH. Then run this again.")
        return 2
    print(link)
    return 0


def launch_link(remote, branch):
    """The link that opens the first chapter on Binder, or None where `remote` is no address on a server."""
    short = re.fullmatch(r"(?:[^@/]+@)?([\w-]+(?:\.[\w-]+)+):(?!//)/?(.+)", remote)  # git@server.org:owner/name.git
    address = urlsplit(f"ssh://{short[1]}/{short[2]}" if short else remote)
    if address.scheme not in ("https", "http", "ssh", "git") or not address.hostname:
        return None
    server, path = address.hostname, address.path.strip("/")
    if server in ("github.com", "www.github.com", "ssh.github.com"):
        place = f"gh/{path.removesuffix('.git')}"
    elif server in ("gitlab.com", "altssh.gitlab.com"):
        place = "gl/" + quote(path.removesuffix(".git"), safe="")
    else:  # Binder has no key for ssh, and nobody's password belongs in a link
        scheme, port = ("https", None) if address.scheme in ("ssh", "git") else (address.scheme, address.port)
        place = "git/" + quote(f"{scheme}://{server}{f':{port}' if port else ''}/{path}", safe="")
    chapter = first_chapter().relative_to(ROOT).as_posix()
    return f"{BINDER}/{place}/{quote(branch)}?urlpath=lab/tree/{chapter}"


def first_chapter():
    return sorted((ROOT / "notebooks" / "en").glob("[0-9]*.ipynb"))[0]


def git(*arguments):
    """What git answers about this clone; nothing where there is no git or no answer."""
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


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
