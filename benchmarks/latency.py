"""How fast a lab's picture follows the hand, beside the same picture drawn by interact and inline matplotlib."""

import base64
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median, quantiles

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

import jupyterlab as lab_in_browser  # noqa: E402

BLOCKS = 8
PRESSES = 10  # a block
CHANGES = 30  # a block, in the kernel
SECONDS = 5  # a block of playing
REST = 150  # milliseconds after each press, for what is still on its way
CONTENDERS = {"stage": "PerceptronLab on the stage", "interact": "interact, inline matplotlib"}
NOTEBOOK = [
    f"""%matplotlib inline
import json, sys, time
from pathlib import Path
sys.path.insert(0, {str(HERE)!r})
import contenders
from annkit import PerceptronLab

def shown(widget, name):
    widget.add_class(name)
    return widget

lab, interact = PerceptronLab(), contenders.interact()""",
    "shown(lab, 'stage-keys')",
    "shown(interact, 'interact-keys')",
    "shown(contenders.turning_lab(), 'stage-play')",
    "shown(contenders.turning_interact(), 'interact-play')",
    f"""time.sleep(3)
contenders.kernel_times(lab, interact, 1, 5)
Path("kernel.json").write_text(json.dumps(contenders.kernel_times(lab, interact, {BLOCKS}, {CHANGES})))""",
]


def main():
    with tempfile.TemporaryDirectory() as folder, lab_in_browser.server(folder) as (address, token):
        lab_in_browser.write_notebook(Path(folder) / "latency.ipynb", NOTEBOOK)
        with lab_in_browser.chromium() as browser:
            page = lab_in_browser.open_notebook(browser, address, token, "latency.ipynb")
            lab_in_browser.run_all(page)
            results = measure(page)
            for name, blocks in json.loads((Path(folder) / "kernel.json").read_text()).items():
                results[name]["kernel"] = [median(block) for block in blocks]
            machine = facts(browser)
        lab_in_browser.shut_down_kernels(address, token)
    print(report(results, machine))


def measure(page):
    """For each contender, what each block of presses and of playing gave. The contenders take turns."""
    page.evaluate((HERE / "watch.js").read_text())
    frames = listen(page)
    results = {name: {"times": [], "bytes": [], "message": [], "rate": []} for name in CONTENDERS}
    for block in range(-1, BLOCKS):  # the first is to warm up
        for name, result in results.items():
            times, sizes = press(page, name, frames)
            if block >= 0:
                result["times"].append(times)
                result["bytes"].append(mean(map(sum, sizes)))
                result["message"].append(median(map(max, sizes)))
    for __ in range(BLOCKS):
        for name, result in results.items():
            result["rate"].append(play(page, name))
    return results


def listen(page):
    """A list that takes the size of everything that the page's websockets receive."""
    frames = []

    def received(event):
        data = event["response"]["payloadData"]
        frames.append(len(base64.b64decode(data)) if event["response"]["opcode"] == 2 else len(data.encode()))

    session = page.context.new_cdp_session(page)
    session.on("Network.webSocketFrameReceived", received)
    session.send("Network.enable")
    return frames


def press(page, name, frames):
    """One block of key presses: milliseconds to the picture, and the sizes of the messages that each press brought."""
    page.locator(f".{name}-keys .noUi-handle").first.focus()
    page.evaluate("name => watch.begin(name)", f".{name}-keys")
    times, sizes = [], []
    for i in range(PRESSES):
        page.wait_for_timeout(REST)
        frames.clear()
        page.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
        times.append(page.evaluate("watch.latency()"))
        page.wait_for_timeout(REST)
        sizes.append(list(frames))
    return times, sizes


def play(page, name):
    """Pictures a second that the page showed in one block of playing."""
    box = page.locator(f".{name}-play")
    button = box.get_by_role("button", name="Play") if name == "stage" else box.locator(".jupyter-button").first
    button.click()
    page.wait_for_timeout(1000)
    page.evaluate("name => watch.begin(name)", f".{name}-play")
    page.wait_for_timeout(1000 * SECONDS)
    shown = page.evaluate("watch.shown")
    button.click()
    page.wait_for_timeout(1000)
    return (len(shown) - 1) / (shown[-1] - shown[0]) * 1000
