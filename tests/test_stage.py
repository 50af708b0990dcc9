"""The stage in Python: what it draws, where, and what it hears."""

import re
import warnings
from xml.etree import ElementTree

import numpy as np
import pytest

from annkit.stage import Handle, Stage, described, marks, new_figure
from annkit.stage.set import draw_set

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def stage():
    figure, (left, right) = new_figure(400, 200, ncols=2)
    left.set(xlim=(-1, 1), ylim=(0, 10), ylabel="a long label", xlabel="<x & y>")
    right.set(xlim=(0, 1), ylim=(0, 1))
    return Stage(figure)


def document(stage):
    return ElementTree.fromstring(stage.svg())


def test_the_set_is_drawn_once_in_the_ink_of_the_page(stage):
    assert "currentColor" in stage.still
    assert "#010203" not in stage.still
    assert "<metadata" not in stage.still
    assert document(stage).get("viewBox") == "0 0 400 200"


def test_every_label_lies_within_the_picture(stage):
    texts = [text for text in document(stage).iter(f"{SVG}text")]
    assert {"a long label", "<x & y>"} <= {"".join(text.itertext()) for text in texts}
    for text in texts:
        place = re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", text.get("transform", ""))
        x, y = map(float, place.groups()) if place else (float(text.get("x")), float(text.get("y")))
        assert 0 <= x <= 400 and 0 <= y <= 200


def test_two_stages_share_no_ids():
    ids = []
    for __ in range(2):
        figure, axes = new_figure(200, 200)
        axes.plot([0, 1], [0, 1])
        ids.append(set(re.findall(r'id="([^"]+)"', Stage(figure).still)))
    assert ids[0] and not ids[0] & ids[1]


def test_hangul_is_left_to_the_browser_without_a_warning():
    figure, axes = new_figure(200, 200)
    axes.set_xlabel("입력")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg, __ = draw_set(figure, "salt")
    assert "입력" in svg


def test_places_go_there_and_back(stage):
    panel = stage.panels[0]
    ((x, y),) = panel.place(0.5, 2.5)
    assert panel.data(x, y) == pytest.approx((0.5, 2.5))
    assert panel.holds(x, y)
    corners = panel.place([-1, 1], [0, 10])
    assert corners[0] == pytest.approx((panel.x, panel.y + panel.height))
    assert corners[1] == pytest.approx((panel.x + panel.width, panel.y))


def test_the_grid_holds_the_middles_of_the_pixels(stage):
    x, y = stage.panels[0].grid(5, 4)
    assert x[0].tolist() == [-0.75, -0.25, 0.25, 0.75]
    assert y[:, 0].tolist() == [1, 3, 5, 7, 9]


def test_marks_are_clipped_to_their_panel(stage):
    panel = stage.panels[0]
    stage.show(live=marks.clip(panel, marks.line(panel, [-100, 100], [5, 5])))
    (frame,) = [e for e in document(stage).iter(f"{SVG}svg") if e.find(f"{SVG}polyline") is not None]
    for name, value in (("x", panel.x), ("y", panel.y), ("width", panel.width), ("height", panel.height)):
        assert float(frame.get(name)) == pytest.approx(value, abs=0.06)
    assert list(map(float, frame.get("viewBox").split()))[0] == pytest.approx(panel.x, abs=0.06)


def test_text_of_a_learner_is_escaped(stage):
    evil = '<script>alert("1")</script> & more'
    stage.show(live=marks.text(stage.panels[0], 0, 5, evil))
    assert "<script" not in stage.live
    assert evil in {"".join(text.itertext()) for text in document(stage).iter(f"{SVG}text")}
    assert "<script" not in stage.saved(evil)
    assert "<script" not in described_html(evil)


def described_html(words):
    from matplotlib import pyplot

    figure, __ = pyplot.subplots()
    bundle = described(figure, words)._repr_mimebundle_()
    assert not pyplot.fignum_exists(figure.number)
    assert bundle["text/plain"] == words
    return bundle["text/html"]


def test_classes_differ_in_shape_and_in_colour():
    o, x = marks.point(1), marks.point(0)
    assert "circle" in o and "annkit-o" in o and "path" not in o
    assert "path" in x and "annkit-x" in x and "circle" not in x
    assert "annkit-w" in marks.point(1, ring=True) and "annkit-w" not in o
    assert f".annkit-o {{ fill: {marks.COLOURS['paper']}; stroke: {marks.COLOURS['blue']}" in marks.STYLE
    assert f".annkit-x {{ stroke: {marks.COLOURS['orange']}" in marks.STYLE


def test_a_saved_picture_brings_its_own_style(stage):
    assert marks.STYLE in stage.svg() and marks.STYLE in stage._css


def test_an_arrow_of_no_length_is_nothing(stage):
    assert marks.arrow(stage.panels[0], [0, 0], [1, 1]) == ""
    assert marks.arrow(stage.panels[0], [0, 1], [1, 1])


def test_several_heat_maps_travel_as_one_array(stage):
    left, right = stage.panels
    stage.show(heats=[(left, np.array([[-1.0, 0.0], [0.0, 1.0], [2.0, -2.0]])), (right, np.zeros((1, 4)))])
    assert list(stage.pixels) == [255, 0, 128, 255, 0, 128] + [128] * 4
    assert [box[4:] for box in stage.boxes] == [[3, 2], [1, 4]]
    images = list(document(stage).iter(f"{SVG}image"))
    assert len(images) == 2
    assert float(images[1].get("x")) == pytest.approx(right.x, abs=0.06)


def test_the_palette_is_blue_for_positive_and_lets_the_page_through_at_zero(stage):
    palette = np.frombuffer(stage.palette, "u1").reshape(256, 4)
    assert palette[255, 2] > palette[255, 0] and palette[0, 0] > palette[0, 2]
    assert palette[127:129, 3].max() <= 1 and palette[[0, 255], 3].min() > 150


def test_handles_carry_place_name_and_frame(stage):
    panel = stage.panels[0]
    stage.show(
        handles=[Handle("a", panel, 0, 5, "<circle/>", "point a"), Handle("b", panel, 1, 5, "", "b", movable=False)]
    )
    first, second = stage.handles
    assert (first["id"], first["label"]) == ("a", "point a")
    assert (first["x"], first["y"]) == pytest.approx(tuple(panel.place(0, 5)[0]), abs=0.06)
    assert first["box"][0] == panel.x and second["box"] is None


def test_events_reach_the_listener(stage):
    heard = []
    stage.listener = heard.append
    stage.show(handles=[Handle("a", stage.panels[0], 0, 5, "", "a")])
    stage.drag = {"id": "a", "x": 1.0, "y": 2.0, "n": 1}
    stage._handle_custom_msg({"event": "click", "x": 3, "y": 4}, [])
    stage._handle_custom_msg({"event": "click", "x": 3, "y": 4}, [])
    assert heard == [{"event": "drag", "id": "a", "x": 1.0, "y": 2.0, "n": 1}] + 2 * [
        {"event": "click", "x": 3, "y": 4}
    ]


def test_a_tick_is_answered_even_when_the_listener_fails(stage):
    def fail(event):
        raise RuntimeError

    stage.listener = fail
    stage.playing = True
    with pytest.raises(RuntimeError):
        stage._hear(stage, {"event": "tick", "n": 7}, [])
    assert stage.answered == 7


def test_the_saved_picture_is_one_image_on_white(stage):
    saved = stage.saved('says "so"')
    assert saved.startswith('<img alt="says &quot;so&quot;" style="background:#fff') and saved.count("<") == 1
    assert "data:image/svg+xml;base64," in saved


def test_another_set_takes_the_place_of_the_first(stage):
    figure, __ = new_figure(100, 50)
    before = stage.still
    stage.set_figure(figure)
    assert stage.size == [100, 50] and stage.still != before and len(stage.panels) == 1
