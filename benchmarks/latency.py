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

import real_jupyterlab  # noqa: E402

BLOCKS = 8  # the contenders take turns: one block each, then again
PRESSES = 10  # a block
CHANGES = 25  # a block, in the kernel
SECONDS = 5  # a block of playing
REST = 300  # milliseconds after each press, for what is still on its way
CONTENDERS = {"stage": "PerceptronLab on the stage", "interact": "interact, inline matplotlib"}
COLUMNS = {
    "latency": "key→pixels median ms",
    "p95": "p95 ms",
    "rate": "pictures/s paced at 30",
    "bytes": "bytes a picture",
    "kernel": "ms in kernel",
}
NOTEBOOK = [
    f"""%matplotlib inline
import json, pathlib, sys, time
sys.path.insert(0, {str(HERE)!r})
import contenders

lab, interact = contenders.PerceptronLab(), contenders.interact()""",
    "lab.add_class('stage-keys')",
    "interact.add_class('interact-keys')",
    "contenders.TurningLab().add_class('stage-play')",
    "contenders.turning_interact().add_class('interact-play')",
    f"""time.sleep(3)  # until all of the above has been drawn
contenders.kernel_times(lab, interact, blocks=1, changes=5)
times = contenders.kernel_times(lab, interact, blocks={BLOCKS}, changes={CHANGES})
pathlib.Path("kernel.json").write_text(json.dumps(times))""",
]


def main():
    with tempfile.TemporaryDirectory() as folder, real_jupyterlab.server(folder) as (address, token):
        real_jupyterlab.write_notebook(Path(folder) / "latency.ipynb", NOTEBOOK)
        with real_jupyterlab.chromium() as browser:
            page = real_jupyterlab.open_notebook(browser, address, token, "latency.ipynb")
            real_jupyterlab.run_all(page)
            results = measure(page)
            machine = facts(browser)
        real_jupyterlab.shut_down_kernels(address, token)
        for name, blocks in json.loads((Path(folder) / "kernel.json").read_text()).items():
            results[name]["kernel"] = [median(block) for block in blocks]
    print("\n\n".join([machine, table(results), ratios(results), goals(results)]))


def measure(page):
    """For each contender, its blocks of key presses and of playing: a list for each measure, one number a block."""
    page.add_script_tag(path=HERE / "watch.js")
    frames = listen(page)
    results = {name: {"times": [], "latency": [], "bytes": [], "message": [], "rate": []} for name in CONTENDERS}
    for name in CONTENDERS:
        press(page, name, frames)  # to warm up
    for __ in range(BLOCKS):
        for name, result in results.items():
            times, sizes = press(page, name, frames)
            result["latency"].append(median(times))
            result["times"].extend(times)
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
    page.evaluate("name => watch.begin(name)", f".{name}-keys")
    page.locator(f".{name}-keys").get_by_role("slider").first.focus()
    page.wait_for_timeout(REST)
    frames.clear()
    times, sizes = [], []
    for i in range(PRESSES):
        page.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
        times.append(page.evaluate("watch.latency()"))
        page.wait_for_timeout(REST)
        sizes.append(frames.copy())
        frames.clear()
    return times, sizes


def play(page, name):
    """Pictures a second that the page showed in one block of playing."""
    box = page.locator(f".{name}-play")
    button = box.locator(".widget-toggle-button" if name == "stage" else ".jupyter-button").first
    page.evaluate("name => watch.begin(name)", f".{name}-play")
    button.click()
    page.wait_for_timeout(1000 * (1 + SECONDS))
    shown = page.evaluate("watch.shown")
    button.click()
    page.wait_for_timeout(1000)
    return sum(time > shown[-1] - 1000 * SECONDS for time in shown) / SECONDS


def facts(browser):
    """The machine and what ran on it, in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("jupyterlab", "ipywidgets", "matplotlib"))
    return (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {packages}, "
        f"headless Chromium {browser.version}"
    )


def table(results):
    """What was measured: the median of the blocks, and from the lowest to the highest block."""
    rows = [["contender", *COLUMNS.values()], ["---"] * (1 + len(COLUMNS))]
    for name, title in CONTENDERS.items():
        result = results[name]
        cells = {key: spread(result[key]) for key in ("latency", "rate", "kernel")}
        cells["p95"] = f"{quantiles(result['times'], n=20)[-1]:.1f}"
        cells["bytes"] = f"{median(result['bytes']):.0f} ({median(result['message']):.0f} in its own message)"
        rows.append([title, *(cells[key] for key in COLUMNS)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def ratios(results):
    """The stage beside interact, block by block."""
    lines = ["The stage against interact, block by block:", ""]
    for key in ("latency", "rate", "bytes", "kernel"):
        lines.append(f"- {COLUMNS[key]}: {spread(times_better(results, key))} times better")
    return "\n".join(lines)


def goals(results):
    """Each goal with what was measured, and whether it is met."""
    stage = {key: median(values) for key, values in results["stage"].items()}
    faster = times_better(results, "latency")
    checks = [
        ("key→pixels at most 50 ms", stage["latency"], stage["latency"] <= 50),
        ("at least 3 times faster in every block", min(faster), min(faster) >= 3),
        ("on a quiet machine at most 35 ms", stage["latency"], stage["latency"] <= 35),
        ("on a quiet machine at least 5 times faster", median(faster), median(faster) >= 5),
        ("at least 28 pictures a second, paced at 30", stage["rate"], stage["rate"] >= 28),
        ("at most 8 kB a picture", stage["bytes"] / 1000, stage["bytes"] <= 8000),
        ("at most 2 ms in the kernel", stage["kernel"], stage["kernel"] <= 2),
    ]
    return "\n".join(f"- {'met' if met else 'missed'}: {goal} ({value:.1f})" for goal, value, met in checks)


def times_better(results, key):
    """How many times better the stage is than interact, in each block."""
    pairs = zip(results["stage"][key], results["interact"][key], strict=True)
    return [stage / interact if key == "rate" else interact / stage for stage, interact in pairs]


def spread(blocks):
    return f"{median(blocks):.1f} ({min(blocks):.1f} to {max(blocks):.1f})"


if __name__ == "__main__":
    main()
