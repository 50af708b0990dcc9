"""Makes turning.gif, the picture in the README: the perceptron lab in real JupyterLab, turned until all is right."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

import real_jupyterlab as real  # noqa: E402

NOTEBOOK = ["from annkit.labs import PerceptronLab\n\nlab = PerceptronLab()\nlab"]
WIDTH, COLOURS, MILLISECONDS = 880, 64, 90
LARGEST = 1_000_000
"""Bytes."""


def frames(page):
    """One picture after the other: sliders are turned and a point is dragged, a little for each picture."""
    lab = page.locator(".annkit-lab").first
    picture = lambda: Image.open(io.BytesIO(lab.screenshot()))  # noqa: E731

    def keys(slider, key, count):
        lab.get_by_role("slider", name=slider, exact=True).focus()
        for __ in range(count):
            page.keyboard.press(key)
            settle(page)
            yield picture()

    yield from [picture()] * 6
    yield from keys("w₁", "ArrowLeft", 6)
    yield from keys("b", "ArrowRight", 8)
    yield from [picture()] * 4
    box = lab.locator("[data-id=p2]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 13):
        page.mouse.move(x + 6 * step, y - 9 * step)
        settle(page)
        yield picture()
    for step in range(11, -1, -1):
        page.mouse.move(x + 6 * step, y - 9 * step)
        settle(page)
        yield picture()
    page.mouse.up()
    settle(page)
    yield from [picture()] * 12


def settle(page):
    """Wait until the kernel has answered, and the browser has painted."""
    page.wait_for_function("!window.messages.unanswered.size")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def main():
    """Turn, and save."""
    with tempfile.TemporaryDirectory() as folder, real.server(folder) as (address, token), real.chromium() as browser:
        real.write_notebook(Path(folder) / "turning.ipynb", NOTEBOOK)
        page = real.open_notebook(browser, address, token, "turning.ipynb", viewport={"width": 1380, "height": 900})
        real.run_all(page)
        page.locator(".annkit-handle").first.wait_for()
        settle(page)
        made = [frame.convert("RGB") for frame in frames(page)]
    size = WIDTH, round(made[0].height * WIDTH / made[0].width)
    made = [frame.resize(size, Image.LANCZOS) for frame in made]
    palette = made[0].quantize(COLOURS)
    made = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in made]
    path = HERE / "turning.gif"
    made[0].save(path, save_all=True, append_images=made[1:], duration=MILLISECONDS, loop=0, optimize=True)
    print(f"{path.name}: {len(made)} pictures, {path.stat().st_size / 1000:.0f} kB")
    if path.stat().st_size > LARGEST:
        raise SystemExit("That is too large for a README.")


if __name__ == "__main__":
    main()
