"""The stage in Python: what it draws, where, and what it hears."""

import re
import warnings
from xml.etree import ElementTree

import numpy as np
import pytest

from annkit.stage import Handle, Pad, Panel, Stage, described, marks, new_figure
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


def test_a_way_comes_to_each_of_its_places():
    places = np.array([[3.25, 4], [3.3, 7.77], [-2, 0.04], [100.04, 1e3]])
    start, *steps = re.findall(r"(-?[.\d]+),(-?[.\d]+)", marks.way(places, 'stroke="red"'))
    reached = np.cumsum(np.array([start, *steps], float), axis=0)
    assert np.abs(reached - places).max() < 0.0501
    assert 'd="M1,2l0,0"' in marks.way([[1, 2]], "")


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
    assert [box[4:] for box in stage.boxes] == [[3, 2, 0], [1, 4, 0]]
    images = list(document(stage).iter(f"{SVG}image"))
    assert len(images) == 2
    assert float(images[1].get("x")) == pytest.approx(right.x, abs=0.06)


def test_a_plain_panel_is_a_place_without_axes(stage):
    panel = Panel.plain(10, 20, 100, 50, xlim=(-1, 1), ylim=(0, 5))
    assert panel.place([-1, 1], [0, 5]).tolist() == [[10, 70], [110, 20]]
    assert panel.data(60, 45) == pytest.approx((0, 2.5))
    stage.show(heats=[(panel, np.zeros((2, 3)))])
    assert stage.boxes == [[10, 20, 100, 50, 2, 3, 0]]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"width": 0}, "width and height should be above 0"),
        ({"height": -1}, "width and height should be above 0"),
        ({"x": "left"}, "x should be one number"),
        ({"y": np.nan}, "y "),
        ({"xlim": (1, 1)}, "xlim should be two different numbers"),
        ({"ylim": (0, 1, 2)}, "ylim should be two different numbers"),
    ],
)
def test_a_panel_that_is_no_place_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        Panel.plain(**{"x": 0, "y": 0, "width": 10, "height": 10, **wrong})


def test_palettes_from_nothing_to_ink_and_from_dark_to_bright(stage):
    left, right = stage.panels
    stage.show(heats=[(left, [[-1, 0, 0.5, 1, 2]], "ink"), (right, [[0, 1]], "light")])
    assert list(stage.pixels) == [0, 0, 128, 255, 255, 0, 255]
    assert [box[6] for box in stage.boxes] == [1, 2]
    __, ink, light = np.frombuffer(stage.palettes, "u1").reshape(-1, 256, 4).astype(int)
    assert ink[0, 3] == 0 and ink[255].tolist() == [0, 0, 0, 255]
    assert light[:, 3].min() == 255 and light[0, :3].sum() < light[255, :3].sum()
    with pytest.raises(ValueError, match="palette .*light"):
        stage.show(heats=[(left, [[0]], "lihgt")])


def test_the_signed_palette_is_blue_for_positive_and_lets_the_page_through_at_zero(stage):
    palette = np.frombuffer(stage.palettes, "u1").reshape(-1, 256, 4)[0]
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
    assert first["box"][0] == pytest.approx(panel.x, abs=0.06) and second["box"] is None


def test_a_handle_reaches_as_far_as_a_circle_or_as_a_rectangle(stage):
    panel = stage.panels[0]
    stage.show(
        handles=[Handle(name, panel, 0, 5, "", name, reach=reach) for name, reach in (("a", 9), ("b", (30, 12)))]
    )
    circle, rectangle = (handle["reach"] for handle in stage.handles)
    assert circle == [9, 9, 9] and rectangle[:2] == [30, 12] and 0 < rectangle[2] < 12


def test_events_reach_the_listener(stage):
    heard = []
    stage.listener = heard.append
    stage.show(handles=[Handle("a", stage.panels[0], 0, 5, "", "a")])
    stage._handle_custom_msg({"event": "drag", "id": "a", "x": 1.0, "y": 2.0, "n": 1}, [])
    stage._handle_custom_msg({"event": "click", "x": 3, "y": 4}, [])
    stage._handle_custom_msg({"event": "click", "x": 3, "y": 4}, [])
    assert heard == [{"event": "drag", "id": "a", "x": 1.0, "y": 2.0}] + 2 * [{"event": "click", "x": 3, "y": 4}]


def test_strokes_and_keys_on_a_pad_reach_the_listener_and_strokes_are_answered(stage):
    heard = []
    stage.listener = heard.append
    stage.show(pads=[Pad("paper", stage.panels[1], "a sheet")])
    assert stage.pads[0]["label"] == "a sheet"
    stroke = {"event": "stroke", "id": "paper", "points": [[1, 2.5], [3, 4]], "first": True, "last": False}
    key = {"event": "key", "id": "paper", "key": "Delete"}
    stage._hear(stage, {**stroke, "n": 5, "more": "of it"}, [])
    stage._hear(stage, key, [])
    assert heard == [stroke, key]
    assert stage.moved == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": [[1]]}, {"points": [[1, "2"]]}, {"points": "ab"}, {"points": [[np.nan, 0]]}, {"points": [[1e99, 0]]},
        {"n": -1}, {"n": 2.5}, {"n": True}, {"n": 10**30}, {"first": 1}, {"last": None}, {"id": 5}, {"id": "none"},
        {"event": "strike"}, {"event": ["stroke"]}, {"event": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_message_that_makes_no_sense_is_not_told(stage, wrong):
    heard = []
    stage.listener = heard.append
    stage.show(pads=[Pad("paper", stage.panels[1], "a sheet")])
    stroke = {"event": "stroke", "id": "paper", "points": [[1, 2]], "first": True, "last": False, "n": 1}
    stage._hear(stage, {**stroke, **wrong}, [])
    for nonsense in (None, 5, "tick", [], {}):
        stage._hear(stage, nonsense, [])
    assert heard == []


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
