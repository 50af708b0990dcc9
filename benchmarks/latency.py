"""How fast a lab's picture follows the hand: a key, a drag, and play, beside what others do and what is possible."""

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
SECONDS = 5  # a block of playing, or of dragging
MOVES = 60  # a second, while dragging
REST = 300  # milliseconds after each press, for what is still on its way
CONTENDERS = {
    "stage": "PerceptronLab on the stage",
    "interact": "interact, inline matplotlib",
    "bare": "the bare round trip",
    "held": "the same lab, moves as a trait",
}
PRESSED, PLAYED, DRAGGED = ["stage", "interact", "bare"], ["stage", "interact"], ["stage", "held"]
COLUMNS = {
    "latency": "key→pixels median ms",
    "p95": "p95 ms",
    "rate": "pictures/s paced at 30",
    "bytes": "bytes a picture",
    "kernel": "ms in kernel",
}
DRAGS = {
    "point": "a point: pictures/s",
    "point lag": "ms from the last move",
    "slider": "a slider: pictures/s",
    "slider lag": "ms from the last move",
}
NOTEBOOK = [
    f"""%matplotlib inline
import json, pathlib, sys, time
sys.path.insert(0, {str(HERE)!r})
import contenders

lab, interact = contenders.PerceptronLab(), contenders.interact()""",
    "lab.add_class('stage-keys')",
    "interact.add_class('interact-keys')",
    "contenders.Bare().add_class('bare-keys')",
    "contenders.held_back_lab().add_class('held-keys')",
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
            real_jupyterlab.close_notebook(page)
        for name, blocks in json.loads((Path(folder) / "kernel.json").read_text()).items():
            results[name]["kernel"] = [median(block) for block in blocks]
    print("\n\n".join([machine, table(results), drags(results), ratios(results), goals(results)]))


def measure(page):
    """For each contender, its blocks of key presses, of drags and of plays: for each measure one number a block."""
    page.add_script_tag(path=HERE / "watch.js")
    page.evaluate("watch.count()")
    frames, session = listen(page)
    results = {name: {} for name in CONTENDERS}

    def add(name, **numbers):
        for key, number in numbers.items():
            results[name].setdefault(key, []).append(number)

    for name in PRESSED:
        press(page, name, frames)  # to warm up
    for __ in range(BLOCKS):
        for name in PRESSED:
            times, sizes = press(page, name, frames)
            add(name, latency=median(times), bytes=mean(map(sum, sizes)), message=median(map(max, sizes)))
            results[name].setdefault("times", []).extend(times)
    session.detach()
    for __ in range(BLOCKS):
        for name in DRAGGED:
            for kind in ("point", "slider"):
                rate, lag, behind = drag(page, name, kind)
                add(name, **{kind: rate, f"{kind} lag": lag, "behind": behind})
    for __ in range(BLOCKS):
        for name in PLAYED:
            add(name, rate=play(page, name))
    return results


def listen(page):
    """A list that takes the size of everything that the page's websockets receive, and the session that fills it."""
    frames = []

    def received(event):
        data = event["response"]["payloadData"]
        frames.append(len(base64.b64decode(data)) if event["response"]["opcode"] == 2 else len(data.encode()))

    session = page.context.new_cdp_session(page)
    session.on("Network.webSocketFrameReceived", received)
    session.send("Network.enable")
    return frames, session


def press(page, name, frames):
    """One block of key presses: milliseconds to the picture, and the sizes of the messages that came with each."""
    page.evaluate("name => watch.begin(name)", f".{name}-keys")
    page.locator(f".{name}-keys").get_by_role("slider").first.focus()
    page.wait_for_timeout(REST)
    frames.clear()
    times, sizes = [], []
    for i in range(PRESSES):
        key = "ArrowLeft" if i % 2 else "ArrowRight"
        page.keyboard.down(key)
        times.append(page.evaluate("watch.latency()"))
        page.wait_for_timeout(REST)
        sizes.append(frames.copy())
        page.keyboard.up(key)
        page.wait_for_timeout(REST)
        frames.clear()
    return times, sizes


def drag(page, name, kind):
    """One block of dragging: pictures a second, milliseconds from the last move to its picture, the most unanswered."""
    lab = page.locator(f".{name}-keys")
    page.evaluate("name => watch.begin(name)", f".{name}-keys")
    page.wait_for_timeout(REST)
    if kind == "point":
        box = lab.locator("[data-id=p3]").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(REST)
    page.evaluate("() => Object.assign(watch, { shown: [], behind: 0 })")
    ends = page.evaluate("drag => watch.drag(...drag)", [f".{name}-keys", kind, MOVES, SECONDS])
    page.wait_for_timeout(1000)
    shown, behind = page.evaluate("[watch.shown, watch.behind]")
    if kind == "point":
        page.mouse.up()
    else:
        lab.get_by_role("slider").first.dispatch_event("change")
    lab.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(REST)
    rate = sum(time <= ends["end"] for time in shown) / SECONDS
    return rate, shown[-1] - ends["end"], behind


def play(page, name):
    """Pictures a second that the page showed in one block of playing."""
    box = page.locator(f".{name}-play")
    button = box.locator(".jupyter-button" if name == "interact" else ".widget-toggle-button").first
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
    """Key presses and play: the median of the blocks, and from the lowest to the highest block."""
    rows = [["contender", *COLUMNS.values()], ["---"] * (1 + len(COLUMNS))]
    for name in PRESSED:
        result = results[name]
        cells = {key: spread(result[key]) for key in ("latency", "rate", "kernel") if key in result}
        cells["p95"] = f"{quantiles(result['times'], n=20)[-1]:.1f}"
        cells["bytes"] = f"{median(result['bytes']):.0f} ({median(result['message']):.0f} in its own message)"
        rows.append([CONTENDERS[name], *(cells.get(key, "") for key in COLUMNS)])
    return lines(rows)


def drags(results):
    """The same of dragging."""
    rows = [[f"{MOVES} moves a second", *DRAGS.values(), "most unanswered"], ["---"] * (2 + len(DRAGS))]
    for name in DRAGGED:
        cells = [spread(results[name][key]) for key in DRAGS]
        rows.append([CONTENDERS[name], *cells, str(max(results[name]["behind"])) if name == "stage" else ""])
    return lines(rows)


def lines(rows):
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def ratios(results):
    """The stage beside the others, block by block."""
    better = [f"{COLUMNS[key]}: {spread(times_better(results, key))}" for key in ("latency", "rate", "bytes", "kernel")]
    better += [f"{name}, {DRAGS[name]}: {spread(times_better(results, name, 'held'))}" for name in ("point", "slider")]
    found = [
        "The stage against interact, and for drags against moves as a trait, so many times better, block by block:"
    ]
    return "\n".join([*found, "", *(f"- {line}" for line in better)])


def goals(results):
    """Each goal with what was measured, and whether it is met."""
    stage = {key: median(values) for key, values in results["stage"].items()}
    faster = times_better(results, "latency")
    bare = median([1 / ratio for ratio in times_better(results, "latency", "bare")])
    checks = [
        ("key→pixels at most 50 ms", stage["latency"], stage["latency"] <= 50),
        ("at least 3 times faster in every block", min(faster), min(faster) >= 3),
        ("on a quiet machine at most 35 ms", stage["latency"], stage["latency"] <= 35),
        ("on a quiet machine at least 5 times faster", median(faster), median(faster) >= 5),
        ("at most 1.25 times as long as the bare round trip", bare, bare <= 1.25),
    ]
    for kind in ("point", "slider"):
        held = median(times_better(results, kind, "held"))
        checks += [
            (f"dragging a {kind} on a quiet machine, at least 40 pictures a second", stage[kind], stage[kind] >= 40),
            (f"dragging a {kind}, at least 2 times as many as with moves as a trait", held, held >= 2),
        ]
    behind = max(results["stage"]["behind"])
    checks += [
        ("never more than two moves unanswered", behind, behind <= 2),
        ("at least 28 pictures a second, paced at 30", stage["rate"], stage["rate"] >= 28),
        ("at most 8 kB a picture", stage["bytes"] / 1000, stage["bytes"] <= 8000),
        ("at most 2 ms in the kernel", stage["kernel"], stage["kernel"] <= 2),
    ]
    return "\n".join(f"- {'met' if met else 'missed'}: {goal} ({value:.2f})" for goal, value, met in checks)


def times_better(results, key, other="interact"):
    """How many times better the stage is than another, in each block."""
    more_is_better = key in ("rate", "point", "slider")
    pairs = zip(results["stage"][key], results[other][key], strict=True)
    return [stage / other if more_is_better else other / stage for stage, other in pairs]


def spread(blocks):
    return f"{median(blocks):.1f} ({min(blocks):.1f} to {max(blocks):.1f})"


if __name__ == "__main__":
    main()
