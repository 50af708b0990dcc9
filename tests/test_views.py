"""Two views of one slider and of one picture, as JupyterLab shows them beside each other, and what each does."""

import base64
import os

import pytest
import real_jupyterlab as real

from annkit.labs.base.slider import Slider
from annkit.stage import Stage

if not real.browser_path() and not os.environ.get("ANNKIT_REQUIRE_BROWSER"):
    pytest.skip("there is neither Chromium nor Chrome here", allow_module_level=True)

MODEL = """
window.model = (state) => {
  const heard = {};
  return {
    state,
    sent: [],
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => {},
    send(message) { this.sent.push(message); },
    on: (event, handler) => { (heard[event] ??= []).push(handler); },
    fire: (event, message) => heard[event].forEach((handler) => handler(message)),
  };
};
"""
SLIDERS = """async (code) => {
  const { default: slider } = await import(code);
  const shown = { value: 0, text: "0", low: -4, high: 4, n: 0 };
  window.it = model({ label: "w", step: 0.25, moved: {}, shown });
  for (const id of ["a", "b"]) slider.render({ model: it, el: document.getElementById(id) });
}"""
STAGES = """async (code) => {
  const { default: stage } = await import(code);
  const bytes = new DataView(new ArrayBuffer(1024));
  const handle = { id: "p1", x: 50, y: 50, mark: "", label: "", box: [0, 0, 200, 100], axes: "xy", reach: 16 };
  window.it = model({
    size: [200, 100], still: "", live: "", label: "", handles: [handle], lines: [], strengths: bytes, boxes: [],
    pixels: bytes, palette: bytes, playing: false, answered: 0, drag: {},
  });
  for (const id of ["a", "b"]) stage().render({ model: it, el: document.getElementById(id) });
}"""


@pytest.fixture
def page():
    with real.chromium() as browser:
        opened = browser.new_page()
        opened.set_content("<div id=a></div><div id=b></div>")
        opened.evaluate(MODEL)
        yield opened


def module(code):
    return f"data:text/javascript;base64,{base64.b64encode(code.encode()).decode()}"


def test_both_sliders_show_what_either_moved_and_what_python_says(page):
    page.evaluate(SLIDERS, module(Slider._esm))
    one, other = (page.locator(f"#{name} input") for name in "ab")

    def answer(value):
        page.evaluate("value => { it.state.shown = {...it.state.shown, value, n: it.state.moved.n} }", value)
        page.evaluate("it.fire('change:shown')")

    for n, moved in enumerate((one, one, other, one), start=1):
        moved.fill(str(n / 2))
        assert page.evaluate("it.state.moved") == {"value": n / 2, "n": n}
        answer(n / 2)
        assert one.input_value() == other.input_value() == f"{n / 2:g}"
    answer(-2)
    assert one.input_value() == other.input_value() == "-2"


def test_moves_of_both_pictures_are_counted_together(page):
    page.add_style_tag(content=f"div {{ width: 200px }} {Stage._css}")
    page.evaluate(STAGES, module(Stage._esm))
    last = 0
    for name in "aba":
        box = page.locator(f"#{name} svg").bounding_box()
        page.mouse.move(box["x"] + 50, box["y"] + 50)
        page.mouse.down()
        page.mouse.move(box["x"] + 90, box["y"] + 60, steps=3)
        page.mouse.up()
        drag, drop = page.evaluate("[it.state.drag, it.sent.at(-1)]")
        assert (drop["event"], drop["x"], drop["y"]) == ("drop", pytest.approx(90, abs=1), pytest.approx(60, abs=1))
        assert drag["n"] == drop["n"] > last, "Python takes what is not newer than the last drop for late"
        last = drop["n"]
        page.evaluate("it.fire('msg:custom', {settle: 'p1'})")


def test_a_handle_on_a_rail_goes_with_the_pointer_along_it_and_with_python_across(page):
    page.add_style_tag(content=f"div {{ width: 200px }} {Stage._css}")
    page.evaluate(STAGES.replace('axes: "xy"', 'axes: "x"'), module(Stage._esm))
    lies = "document.querySelector('#a [data-id=p1]').getAttribute('transform')"
    box = page.locator("#a svg").bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 80)
    assert page.evaluate(lies) == "translate(90,50)"
    page.evaluate("it.state.handles = [{...it.state.handles[0], x: 88, y: 20}]; it.fire('change:handles')")
    assert page.evaluate(lies) == "translate(90,20)"
    page.mouse.up()
    page.evaluate("it.fire('msg:custom', {settle: 'p1'})")
    assert page.evaluate(lies) == "translate(88,20)"
