"""Real JupyterLab in real Chromium, for the browser tests and the benchmarks."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
PATIENCE = 60_000  # milliseconds


def browser_path():
    """Where Chromium or Chrome is on this machine, or None."""
    usual = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
             r"C:\Program Files\Google\Chrome\Application\chrome.exe"]  # fmt: skip
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS), *(p for p in usual if Path(p).exists())]
    return next((path for path in found if path), None)


@contextlib.contextmanager
def server(folder):
    """JupyterLab serving `folder`, set up as `run.py lab` sets it up: yields its address and token."""
    own = Path(folder) / ".jupyter-own"
    quiet = own / "settings/@jupyterlab/apputils-extension"
    quiet.mkdir(parents=True)
    (quiet / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
    environment = dict(
        os.environ, JUPYTER_CONFIG_DIR=str(own / "config"), JUPYTER_DATA_DIR=str(own / "data"),
        JUPYTERLAB_SETTINGS_DIR=str(own / "settings"), JUPYTERLAB_WORKSPACES_DIR=str(own / "workspaces"),
        JUPYTER_CONFIG_PATH=str(ROOT / "binder"),
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    program = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
               f"--ServerApp.root_dir={folder}"]  # fmt: skip
    log = own / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(program, stdout=out, stderr=out, env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_up(f"{address}/api/status?token={token}", process, log)
            yield address, token
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_up(url, process, log):
    for __ in range(480):
        with contextlib.suppress(urllib.error.URLError, TimeoutError, ConnectionError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        if process.poll() is not None:
            raise RuntimeError("JupyterLab did not start:\n" + log.read_text()[-3000:])
        time.sleep(0.25)
    raise RuntimeError("JupyterLab did not answer:\n" + log.read_text()[-3000:])


@contextlib.contextmanager
def chromium():
    """A headless browser, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS, headless=True)
        try:
            yield browser
        finally:
            browser.close()


def open_notebook(browser, address, token, path, width=1280, height=800):
    """A page with the notebook `path` open and its kernel idle. `page.problems` collects what goes wrong in it."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
    page.goto(f"{address}/lab/tree/{path}?token={token}&reset")
    page.locator(".jp-NotebookPanel:visible .jp-Notebook").wait_for(timeout=PATIENCE)
    # Running before the kernel is idle would open a dialog that asks for a kernel.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE)
    return page


def command(page, name, **arguments):
    """Run one of JupyterLab's commands and wait until it is done."""
    page.evaluate("([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => 0)", [name, arguments])


def run_all(page):
    """Run every cell and wait until all are done."""
    command(page, "notebook:run-all-cells")


def write_notebook(path, sources):
    """A notebook with one code cell for each source."""
    import nbformat

    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def shut_down_kernels(address, token):
    """End every kernel, so that the next page starts anew."""
    with urllib.request.urlopen(f"{address}/api/sessions?token={token}") as answer:
        sessions = json.load(answer)
    for session in sessions:
        url = f"{address}/api/sessions/{session['id']}?token={token}"
        urllib.request.urlopen(urllib.request.Request(url, method="DELETE")).close()
