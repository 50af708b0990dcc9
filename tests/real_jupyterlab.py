"""Real JupyterLab in real Chromium, for the browser tests and the benchmarks."""

import contextlib
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
PATIENCE = 120_000  # milliseconds; only what fails, or a very busy machine, takes so long

LISTEN = """() => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const messages = (window.messages = { unanswered: new Set(), sent: [] });
  kernel.anyMessage.connect((_, { msg, direction }) => {
    if (direction !== "send" || msg.header.msg_type !== "comm_msg") return;
    messages.unanswered.add(msg.header.msg_id);
    messages.sent.push(msg.content.data.content ?? {});
  });
  // This one comes when all that was sent before it has been taken in.
  kernel.iopubMessage.connect((_, { header, content, parent_header }) => {
    if (header.msg_type === "status" && content.execution_state === "idle") {
      messages.unanswered.delete(parent_header.msg_id);
    }
  });
}"""
"""Keeps, in a notebook's page, what its widgets send to the kernel, and what of it was not yet answered."""
IDLE = """(path) => {
  const { context, sessionContext } = window.jupyterapp?.shell.currentWidget ?? {};
  return context?.path === path && sessionContext.kernelDisplayStatus === "idle";
}"""
CLOSE = """async () => {
  const { shell } = window.jupyterapp;
  await shell.currentWidget?.sessionContext.shutdown();
  shell.currentWidget?.dispose();
}"""


def browser_path():
    """Where Chromium or Chrome is on this machine, or None."""
    usual = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
             r"C:\Program Files\Google\Chrome\Application\chrome.exe"]  # fmt: skip
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS), *(p for p in usual if Path(p).exists())]
    return next((path for path in found if path), None)


@contextlib.contextmanager
def server(folder, program="jupyterlab"):
    """JupyterLab serving `folder`, set up as `run.py lab` sets it up: yields its address and token.

    `program` may also be "notebook", for Jupyter Notebook 7.
    """
    own = Path(folder) / ".jupyter-own"
    quiet = own / "settings/@jupyterlab/apputils-extension"
    quiet.mkdir(parents=True)
    (quiet / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
    environment = dict(
        os.environ, JUPYTER_CONFIG_DIR=str(own / "config"), JUPYTER_DATA_DIR=str(own / "data"),
        JUPYTERLAB_SETTINGS_DIR=str(own / "settings"), JUPYTERLAB_WORKSPACES_DIR=str(own / "workspaces"),
        JUPYTER_CONFIG_PATH=str(ROOT / "binder"),
    )  # fmt: skip
    log = own / "log.txt"
    process, address, token = _started(program, folder, environment, log)
    try:
        yield address, token
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _started(program, folder, environment, log, attempts=3):
    """A server that answers, its address and its token. Where another program takes its port, it tries anew."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", program, "--no-browser", "--allow-root", "--expose-app-in-browser",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
               f"--ServerApp.root_dir={folder}"]  # fmt: skip
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    address, end = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE / 1000
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, TimeoutError, ConnectionError):
            urllib.request.urlopen(f"{address}/api/status?token={token}", timeout=2).close()
            return process, address, token
        time.sleep(0.25)
    process.kill()
    process.wait()
    if attempts == 1:
        raise RuntimeError("JupyterLab did not start:\n" + log.read_text()[-3000:])
    return _started(program, folder, environment, log, attempts - 1)


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


def new_page(browser, **options):
    """An empty page. `page.problems` collects what goes wrong in it.

    `options` are Playwright's, such as `has_touch`; the window is a laptop's unless they say something else.
    """
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 800}, **options})
    page.set_default_timeout(PATIENCE)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
    return page


def open_notebook(browser, address, token, path, **options):
    """A page with the notebook `path` open and its kernel idle; made as by `new_page`."""
    page = new_page(browser, **options)
    page.goto(f"{address}/lab/tree/{path}?token={token}&reset")
    _wait_for_kernel(page, path)
    return page


def open_another(page, path):
    """Close the page's notebook and open another in its place, which is quicker than another page."""
    close_notebook(page)
    page.problems.clear()  # JupyterLab complains where a kernel ends before its debugger has heard from it
    command(page, "docmanager:open", path=path)
    _wait_for_kernel(page, path)


def close_notebook(page):
    """Close the page's notebook without saving it, and end its kernel."""
    page.evaluate(CLOSE)


def _wait_for_kernel(page, path):
    # Running before the kernel is idle would open a dialog that asks for a kernel.
    page.wait_for_function(IDLE, arg=path)
    page.locator(".jp-NotebookPanel:visible .jp-Notebook").wait_for()
    page.evaluate(LISTEN)


def command(page, name, **arguments):
    """Run one of JupyterLab's commands and wait until it is done."""
    page.evaluate("([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => 0)", [name, arguments])


def run_all(page):
    """Run every cell and wait until all are done."""
    command(page, "notebook:run-all-cells")


def settle(page):
    """Wait until the kernel has answered all that hands have done, and the page has taken the answers in."""
    page.wait_for_function("() => !window.messages.unanswered.size")


def write_notebook(path, sources):
    """A notebook with one code cell for each source."""
    import nbformat

    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
