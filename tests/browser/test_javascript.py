"""The browser's half of pictures and sliders, alone: what it sends, how much at once, and what it makes of the answers.

Each is shown twice, as JupyterLab shows a lab beside itself; Python is played by the tests.
"""

import base64

import pytest

from annkit.labs.base.slider import Slider
from annkit.stage import Stage

MODEL = """async ([code, state]) => {
  const heard = {};
  const each = (events, act) => { for (const event of events.split(" ")) act((heard[event] ??= [])); };
  const bytes = (value) => (value?.bytes ? new DataView(new Uint8Array(value.bytes).buffer) : value);
  const take = (changes) => { for (const name in changes) state[name] = bytes(changes[name]); };
  take(state);
  window.it = {
    sent: [],
    get: (name) => state[name],
    send: (message) => { it.sent.push(message); },
    on: (events, handler) => each(events, (handlers) => handlers.push(handler)),
    // A message from Python tells of each trait, and then once of all.
    receive(changes) {
      take(changes);
      for (const event of [...Object.keys(changes).map((name) => `change:${name}`), "change"]) {
        for (const handler of heard[event] ?? []) handler();
      }
    },
  };
  const { default: make } = await import(`data:text/javascript;base64,${code}`);
  const widget = make();
  widget.initialize({ model: it });
  for (const id of ["a", "b"]) widget.render({ model: it, el: document.getElementById(id) });
}"""
SHOWN = {"value": 0, "text": "0", "low": -4, "high": 4, "n": 0}
SLIDER = {"label": "w", "field": "w, the number", "step": 0.25, "room": 2, "signed": True, "shown": SHOWN}
SLIDER |= {"asked": "Type a number.", "doubling": False, "marks": []}
DOT = {"id": "p1", "x": 50, "y": 50, "mark": "", "label": "", "box": [0, 0, 200, 100], "axes": "xy"}
DOT["reach"] = [16, 16, 16]  # half its width, half its height, its corners
PICTURE = {
    "size": [200, 100], "still": "", "live": "", "label": "", "handles": [DOT], "pads": [], "lines": [], "boxes": [],
    "strengths": {"bytes": []}, "pixels": {"bytes": []}, "palettes": {"bytes": 3 * 1024 * [7]},
    "playing": False, "pace": 30, "answered": 0, "moved": 0,
}  # fmt: skip

COUNT = """() => {
  window.drawn = { paint: 0, stroke: 0 };
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (...all) {
    drawn.paint += 1;
    putImageData.apply(this, all);
  };
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    drawn.stroke += name === "d";
    setAttribute.call(this, name, value);
  };
}"""


@pytest.fixture
def page(browser):
    opened = browser.new_page()
    opened.set_content("<div id=a></div><div id=b></div>")
    yield opened
    opened.close()


def show(page, kind, state):
    """Two views, in `#a` and `#b`, of one widget."""
    page.add_style_tag(content=f"div {{ width: 200px }} {kind._css}")
    page.evaluate(MODEL, [base64.b64encode(kind._esm.encode()).decode(), state])


def receive(page, **changes):
    """A message from Python."""
    page.evaluate("changes => it.receive(changes)", changes)


def sent(page):
    """What was sent since the last time."""
    return page.evaluate("it.sent.splice(0)")


def place(page, x, y, view="a"):
    """A place of the picture on the page."""
    box = page.locator(f"#{view} svg").bounding_box()
    return box["x"] + x, box["y"] + y


def lies(page, view="a"):
    return page.locator(f"#{view} [data-id=p1]").get_attribute("transform")


# Sliders.


def test_both_sliders_show_what_either_moved_and_what_python_says(page):
    show(page, Slider, SLIDER)
    one, other = (page.locator(f"#{name} input[type=range]") for name in "ab")
    for n, moved in enumerate((one, one, other, one), start=1):
        moved.fill(str(n / 2))
        move, drop = sent(page)
        assert move == {"event": "move", "value": n / 2, "n": 2 * n - 1} and drop == {
            **move,
            "event": "drop",
            "n": 2 * n,
        }
        receive(page, shown={**SHOWN, "value": n / 2, "n": 2 * n})
        assert one.input_value() == other.input_value() == f"{n / 2:g}"
    receive(page, shown={**SHOWN, "value": -2, "n": 8})
    assert one.input_value() == other.input_value() == "-2"


def test_a_slider_has_at_most_two_moves_unanswered_and_sends_the_last(page):
    show(page, Slider, SLIDER)
    slider = page.locator("#a input[type=range]")
    move = "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }"
    for value in (1, 1.25, 1.5, 1.75, 2):
        slider.evaluate(move, value)
    assert [(event["value"], event["n"]) for event in sent(page)] == [(1, 1), (1.25, 2)]
    receive(page, shown={**SHOWN, "value": 1, "text": "1", "n": 1})
    assert slider.input_value() == "2", "the hand is ahead of the answer"
    assert page.locator("#a input[type=text]").input_value() == "1"
    assert [(event["value"], event["n"]) for event in sent(page)] == [(2, 3)], "the newest was kept back"
    slider.evaluate(move, 2.25)
    slider.dispatch_event("change")
    assert sent(page) == [{"event": "drop", "value": 2.25, "n": 4}]
    receive(page, shown={**SHOWN, "value": 2.25, "n": 4})
    assert sent(page) == []


def test_a_slider_whose_last_move_was_never_answered_is_not_dead(page):
    show(page, Slider, SLIDER)
    for value in ("1", "2"):
        page.locator("#a input[type=range]").fill(value)
        assert [event["event"] for event in sent(page)] == ["move", "drop"]


def test_where_no_number_is_typed_one_is_asked_for(page):
    show(page, Slider, SLIDER)
    field, asked = page.locator("#a input[type=text]"), page.locator("#a [role=alert]")
    for text in ("abc", "1/2", "nan", " "):
        field.fill(text)
        field.press("Enter")
        assert asked.inner_text() == "Type a number." and field.get_attribute("aria-invalid") == "true"
    field.press("Escape")
    assert asked.inner_text() == "" and field.input_value() == "0"
    assert sent(page) == []
    field.fill("−1,5")
    field.press("Enter")
    assert sent(page) == [{"event": "drop", "value": -1.5, "n": 1}]


def test_a_slider_stands_as_before_where_a_finger_on_it_scrolls_the_page(page):
    show(page, Slider, SLIDER)
    slider = page.locator("#a input[type=range]")
    slider.dispatch_event("pointerdown")
    slider.evaluate("(input) => { input.value = 2; input.dispatchEvent(new Event('input')); }")
    slider.dispatch_event("pointercancel")
    assert [(event["event"], event["value"]) for event in sent(page)] == [("move", 2), ("drop", 0)]
    assert slider.input_value() == "0"


# Handles.


def test_a_drag_has_at_most_two_moves_unanswered_and_its_drop_is_sent(page):
    show(page, Stage, PICTURE)
    page.mouse.move(*place(page, 50, 50))
    page.mouse.down()
    page.mouse.move(*place(page, 90, 50), steps=8)
    assert [(event["x"], event["n"]) for event in sent(page) if event["event"] == "drag"] == [(55, 1), (60, 2)]
    receive(page, moved=1)
    assert sent(page) == [{"event": "drag", "id": "p1", "x": 90, "y": 50, "n": 3}], "the newest was kept back"
    page.mouse.move(*place(page, 100, 60))
    page.mouse.up()
    assert sent(page) == [{"event": "drop", "id": "p1", "x": 100, "y": 60, "n": 4}]
    receive(page, moved=4)
    assert sent(page) == []


def test_a_handle_lies_where_it_was_dropped_until_python_has_heard_of_it(page):
    show(page, Stage, PICTURE)
    page.mouse.move(*place(page, 50, 50))
    page.mouse.down()
    page.mouse.move(*place(page, 90, 60), steps=3)
    page.mouse.up()
    last = sent(page)[-1]["n"]
    receive(page, handles=[{**DOT, "x": 70, "y": 55}], moved=last - 1)
    assert lies(page) == "translate(90,60)", "an answer to an earlier move"
    receive(page, handles=[{**DOT, "x": 88, "y": 60}], moved=last)
    assert lies(page) == lies(page, "b") == "translate(88,60)"


def test_moves_of_both_pictures_are_counted_together(page):
    show(page, Stage, PICTURE)
    last = 0
    for name in "aba":
        page.mouse.move(*place(page, 50, 50, name))
        page.mouse.down()
        page.mouse.move(*place(page, 90, 60, name), steps=3)
        page.mouse.up()
        events = [event for event in sent(page) if "n" in event]
        assert events[-1] == {"event": "drop", "id": "p1", "x": 90, "y": 60, "n": events[-1]["n"]}
        assert [event["n"] for event in events] == list(range(last + 1, events[-1]["n"] + 1))
        last = events[-1]["n"]
        receive(page, handles=[{**DOT}], moved=last)


def test_a_handle_on_a_rail_goes_with_the_pointer_along_it_and_with_python_across(page):
    rail = {**DOT, "axes": "x"}
    show(page, Stage, {**PICTURE, "handles": [rail]})
    page.mouse.move(*place(page, 50, 50))
    page.mouse.down()
    page.mouse.move(*place(page, 90, 80))
    assert lies(page) == "translate(90,50)"
    receive(page, handles=[{**rail, "x": 88, "y": 20}])
    assert lies(page) == "translate(90,20)"
    page.mouse.up()
    receive(page, moved=sent(page)[-1]["n"])
    assert lies(page) == "translate(88,20)"


def test_a_handle_of_another_reach_is_caught_from_as_far(page):
    show(page, Stage, {**PICTURE, "handles": [{**DOT, "reach": [8, 8, 8]}]})
    page.mouse.click(*place(page, 62, 50))
    assert "id" not in sent(page)[-1], "beside it"
    receive(page, handles=[{**DOT, "reach": [20, 20, 20]}])
    page.mouse.click(*place(page, 62, 50))
    assert sent(page)[-1] == {"event": "click", "id": "p1", "again": False}
    ring = page.locator("#a .annkit-focus")
    assert ring.get_attribute("width") == "44", "and the ring of focus is around it"


def test_a_handle_that_is_gone_lets_go_of_the_pointer_and_hands_on_the_focus(page):
    other = {**DOT, "id": "p2", "x": 150}
    show(page, Stage, {**PICTURE, "handles": [DOT, other]})
    page.mouse.move(*place(page, 50, 50))
    page.mouse.down()
    receive(page, handles=[other])
    page.mouse.move(*place(page, 90, 60), steps=3)
    page.mouse.up()
    assert not {"drag", "drop"} & {event["event"] for event in sent(page)}
    assert page.evaluate("document.activeElement.dataset.id") == "p2"


# Pads.


def test_a_stroke_waits_for_answers_and_leaves_no_point_out(page):
    pad = {"id": "paper", "label": "", "pad": [10, 10, 180, 80]}
    show(page, Stage, {**PICTURE, "handles": [], "pads": [pad]})
    page.mouse.move(*place(page, 20, 20))
    page.mouse.down()
    heard = []
    for k in range(1, 31):
        page.mouse.move(*place(page, 20 + 5 * k, 20 + 2 * k))
        if k % 10 == 0:
            now = sent(page)
            assert len(now) <= 2
            heard += now
            receive(page, moved=heard[-1]["n"])
    page.mouse.up()
    heard += sent(page)
    assert all(event["event"] == "stroke" and event["id"] == "paper" for event in heard)
    assert [event["first"] for event in heard] == [True] + (len(heard) - 1) * [False]
    assert [event["last"] for event in heard] == (len(heard) - 1) * [False] + [True]
    points = [point for event in heard for point in event["points"]]
    assert points == [[20 + 5 * k, 20 + 2 * k] for k in (*range(31), 30)]


def test_keys_on_a_pad_are_told_and_a_press_on_it_is_no_click(page):
    pad = {"id": "paper", "label": "a sheet", "pad": [10, 10, 180, 80]}
    show(page, Stage, {**PICTURE, "handles": [], "pads": [pad]})
    page.locator("#a [data-id=paper]").focus()
    page.keyboard.press("Delete")
    assert sent(page) == [{"event": "key", "id": "paper", "key": "Delete"}]
    page.mouse.click(*place(page, 100, 50))
    assert {event["event"] for event in sent(page)} == {"stroke"}


# What a message brings.


def test_each_view_has_ids_of_its_own_so_that_what_one_hides_is_not_missed_in_the_other(page):
    clipped = '<clipPath id="pab1"><rect width="50" height="50"/></clipPath><g clip-path="url(#pab1)" fill="#0aabb1"/>'
    show(page, Stage, {**PICTURE, "still": f'{clipped}<defs><path id="m2" d=""/></defs><use xlink:href="#m2"/>'})
    ids = page.evaluate("[...document.querySelectorAll('svg [id]')].map(each => each.id)")
    assert len(set(ids)) == len(ids) == 4
    for view in "ab":
        own = page.evaluate(f"[...document.querySelectorAll('#{view} svg [id]')].map(each => each.id)")
        group, use = page.locator(f"#{view} [clip-path]"), page.locator(f"#{view} use")
        assert group.get_attribute("clip-path") == f"url(#{own[0]})" and group.get_attribute("fill") == "#0aabb1"
        assert use.get_attribute("xlink:href") == f"#{own[1]}"


def test_heat_maps_and_lines_are_drawn_once_a_message(page):
    show(page, Stage, PICTURE)
    page.evaluate(COUNT)
    boxes, lines = [[0, 0, 100, 100, 2, 2, 0], [100, 0, 100, 100, 1, 3, 1]], [[0, 0, 9, 9], [0, 9, 9, 0], [1, 1, 2, 2]]
    receive(
        page, size=[200, 120], boxes=boxes, pixels={"bytes": 7 * [3]}, lines=lines, strengths={"bytes": [1, 1] * 3},
        live="<g/>",
    )  # fmt: skip
    views = 2
    assert page.evaluate("drawn") == {"paint": 2 * views, "stroke": 3 * views}
    receive(page, live="<path/>", moved=3)
    assert page.evaluate("drawn") == {"paint": 2 * views, "stroke": 3 * views}, "nothing of theirs has changed"


# Play.


def test_ticks_wait_for_answers_and_a_new_play_starts_anew(page):
    page.clock.install()
    show(page, Stage, {**PICTURE, "playing": True})
    # The picture looks in the same way whether it can be seen; both are told in one breath.
    page.evaluate("new Promise((seen) => new IntersectionObserver(seen).observe(document.querySelector('#b > div')))")

    def ticks():
        page.clock.run_for(1000)
        return [event["n"] for event in sent(page)]

    first = ticks()
    assert first == [1, 2, 3, 4], "no more than four without an answer"
    receive(page, answered=2)
    assert ticks() == [5, 6]
    receive(page, playing=False)
    assert ticks() == []
    receive(page, playing=True)
    assert ticks() == [7, 8, 9, 10], "those that were never answered don't count any more"
