#!/usr/bin/env python3
"""Replay what Binder does with the last commit, without Docker, and try what comes out of it.

jupyter-repo2docker renders the recipe. What Binder brings is installed in a fresh environment; the recipe's own steps
are done in a fresh clone. Then the notebooks are compared there, and a notebook is saved through the server.
It needs git, bash and a Python of the version in runtime.txt; without that Python it ends with 77.
"""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASE = "pip jupyterlab notebook ipywidgets"
"""What Binder installs before it looks at the repository, as far as it matters to us."""
LIVE = "application/vnd.jupyter.widget-view+json"
NO_SUCH_PYTHON = 77


def main():
    version = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    python = find_python(version)
    if not python:
        print(f"Binder's recipe was NOT replayed: there is no Python {version} here.")
        return NO_SUCH_PYTHON
    signal.signal(signal.SIGTERM, lambda *__: sys.exit(143))  # so that the folder is removed then, too
    if do("git status --porcelain", ROOT):
        print("What is not committed is not replayed.")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="annkit-binder-") as folder:
        replay(Path(folder), python, version)
    print(f"Binder's recipe works: {time.monotonic() - began:.0f} s.")
    return 0


def replay(folder, python, version):
    do(f"git clone -q '{ROOT}' clone", folder)
    recipe, lock = render(folder, python, version)
    (folder / "base.txt").write_text("\n".join(f"{name}=={number}" for name, number in base_versions(lock).items()))
    do(f"'{python}' -m venv environment", folder)
    do(f"environment/bin/pip install -q -c base.txt {BASE}", folder)
    clone, inside = folder / "clone", binder_variables(folder)
    for step in steps(recipe):
        do(step, clone, inside)
    do("pip check", clone, inside)
    print(do("pytest -q --nbval notebooks", clone, inside).splitlines()[-1])
    check_hook(clone, inside)


def find_python(version):
    """A Python of this version, as a path, or None."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [sys.executable, shutil.which(f"python{version}"), *pyenv.glob(f"versions/{version}.*/bin/python")]
    ask = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    for path in filter(None, found):
        if subprocess.run([path, "-c", ask], capture_output=True, text=True).stdout.strip() == version:
            return path
    return None


def render(folder, python, version):
    """Binder's recipe for the clone, a Dockerfile, and the list of what Binder installs before it."""
    do(f"'{python}' -m venv repo2docker", folder)
    do("repo2docker/bin/pip install -q jupyter-repo2docker", folder)
    recipe = do("../repo2docker/bin/jupyter-repo2docker --no-build .", folder / "clone")
    packs = next(folder.glob("repo2docker/lib/*/site-packages/repo2docker/buildpacks"))
    # The name of the list is in the recipe with its signs as hexadecimal codes.
    plain = re.sub(r"-([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), recipe)
    if f"/environment.py-{version}-linux" not in plain:
        sys.exit(f"FAILED: Binder would not take Python {version}.")
    if "KERNEL_PYTHON_PREFIX=${NB_PYTHON_PREFIX}" not in recipe:
        sys.exit("FAILED: Binder's server would not run in the environment of the kernel, where annkit is installed.")
    return recipe, (packs / f"conda/environment.py-{version}-linux-64.lock").read_text()


def base_versions(lock):
    """The names and versions of the Python packages in a conda lock."""
    return dict(re.findall(r"/([\w.-]+)-([\w.]+)-py\w+\.(?:conda|tar\.bz2)", lock))


def steps(recipe):
    """What a Dockerfile runs once the repository is in its place."""
    lines = recipe.replace("\\\n", " ").splitlines()
    copied = next(i for i, line in enumerate(lines) if re.fullmatch(r"COPY .* src/ \$\{REPO_DIR\}/", line))
    return [line.removeprefix("RUN ") for line in lines[copied:] if line.startswith("RUN ")]


def binder_variables(folder):
    """This process's variables without its Python and Jupyter, with those that Binder sets. The clone is the home."""
    own = {name: value for name, value in os.environ.items() if not re.match("JUPYTER|IPYTHON|PYTHON|VIRTUAL", name)}
    home, prefix = str(folder / "clone"), str(folder / "environment")
    binder = {"HOME": home, "REPO_DIR": home, "NB_PYTHON_PREFIX": prefix, "KERNEL_PYTHON_PREFIX": prefix}
    return {**own, **binder, "PATH": f"{prefix}/bin{os.pathsep}{os.environ['PATH']}"}


def do(command, folder, variables=None):
    """Run a line of bash to its end; returns what it printed."""
    began = time.monotonic()
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(["bash", "-euc", command], cwd=folder, env=variables, text=True, **pipes)
    print(f"{time.monotonic() - began:5.1f} s  {command}", flush=True)
    if done.returncode:
        sys.exit(f"{done.stdout[-6000:]}\nFAILED: {command}")
    return done.stdout


def check_hook(clone, variables):
    """Start Binder's server, save a notebook with a widget through it and look into the file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    server = ["jupyter", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
              "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]  # fmt: skip
    log = clone / "server.txt"
    with log.open("w") as out:
        process = subprocess.Popen(server, cwd=clone, env=variables, stdout=out, stderr=out)
        try:
            save(f"http://127.0.0.1:{port}/api/contents/saved.ipynb", token, process, log)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    saved = (clone / "saved.ipynb").read_text()
    if "words" not in saved or LIVE in saved:
        sys.exit(f"{log.read_text()[-3000:]}\nFAILED: the saved notebook should hold words and no widget:\n{saved}")
    print("The server saves words and pictures, and no dead widget.")


def save(address, token, process, log):
    """Save a notebook with one widget, as soon as the server listens."""
    data = {LIVE: {"model_id": "1", "version_major": 2, "version_minor": 0}, "text/plain": "words"}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
    cell = {"cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "source": "lab", "outputs": [output]}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    body = json.dumps({"type": "notebook", "format": "json", "content": notebook}).encode()
    request = urllib.request.Request(address, body, {"Authorization": f"token {token}"}, method="PUT")
    for __ in range(240):
        try:
            return urllib.request.urlopen(request, timeout=10).close()
        except urllib.error.HTTPError:
            raise
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.25)
    sys.exit(f"{log.read_text()[-3000:]}\nFAILED: the server did not answer.")


if __name__ == "__main__":
    sys.exit(main())
