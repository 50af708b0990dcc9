"""The network diagram: from one neuron to six layers of eight, nothing overlaps, and all of it can be picked."""

import re

import numpy as np
import pytest

from annkit.stage import Diagram, Edge, Node, Stage, new_figure, picked
from annkit.stage.marks import COLOURS

SIZES = [[1, 1], [2, 1], [3, 2, 2], [2, 2, 1], [4, 3, 2], [5, 4, 3], [8, 8], [8, 1, 8], [6] * 4, [8] * 6]
CHARACTER = 0.6  # of the font's size, the width of a digit


def made(sizes, width=840, height=300, **how):
    figure, axes = new_figure(width, height)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    stage = Stage(figure)
    names = [[f"n{layer}{unit}" for unit in range(size)] for layer, size in enumerate(sizes)]
    diagram = Diagram(stage.panels[0], sizes, names, **how)
    stage.set_lines(diagram.lines)
    return stage, diagram


def numbers(sizes, value):
    return [np.full(size, value) for size in sizes], [
        np.full(shape, value) for shape in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def boxes(live):
    """Left, top, right and bottom of every text; those in a group have its size."""
    size = None
    for tag, attributes, words in re.findall(r"<(/?\w+) ?([^>]*)>([^<]*)", live):
        own = re.search(r'font-size="([\d.]+)"', attributes)
        if tag == "g" and own:
            size = float(own[1])
        elif tag == "text":
            x, y = (float(re.search(rf'\b{name}="([\d.-]+)"', attributes)[1]) for name in "xy")
            high = float(own[1]) if own else size
            half = CHARACTER * high * len(words) / 2
            yield x - half, y - 0.42 * high, x + half, y + 0.42 * high


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("value", [-0.12345, 0.98765, -123456.0, 0])
@pytest.mark.parametrize("biased", [False, True])
def test_nothing_overlaps_and_all_stays_in_the_picture(sizes, value, biased):
    stage, diagram = made(sizes, biased=biased)
    values, weights = numbers(sizes, value)
    biases = values[1:] if biased and diagram.named else None
    found = np.array(list(boxes(diagram.draw(values, weights=weights, biases=biases))))
    assert len(found) >= sum(sizes)
    left, top, right, bottom = found.T
    assert left.min() >= 0 and top.min() >= 0 and right.max() <= 840 and bottom.max() <= 300
    over = (left[:, None] < right) & (left < right[:, None]) & (top[:, None] < bottom) & (top < bottom[:, None])
    assert over.sum() == len(found)  # each only with itself
    places = np.concatenate(diagram.places)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) + 1000 * np.eye(len(places))
    assert apart.min() > 2 * diagram.radius


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_values_are_readable(sizes):
    __, diagram = made(sizes)
    live = diagram.draw(numbers(sizes, -0.125)[0])
    shown = re.findall(r'class="annkit-v" font-size="([\d.]+)">([^<]+)<', live)
    assert [text for __, text in shown] == ["−0.13"] * sum(sizes)
    for size, text in shown:
        assert float(size) >= 10 and CHARACTER * float(size) * len(text) <= 2.2 * diagram.radius


def test_small_networks_have_names_and_weights_on_their_edges():
    for sizes in ([1, 1], [3, 2, 3], [2, 2, 1]):
        __, diagram = made(sizes, 490, 252, biased=True)
        live = diagram.draw(*numbers(sizes, 0)[:1], weights=numbers(sizes, 7.5)[1])
        assert live.count(">7.5<") == len(diagram.edges) and live.count(">n0") == sizes[0]
    __, diagram = made([8] * 6)
    values, weights = numbers([8] * 6, 7.5)
    assert ">7.5<" not in diagram.draw([["·"] * 8] * 6, weights=weights)
    assert diagram.draw([["·"] * 8] * 6, weights=weights, lit={(2, 3, 4)}).count(">7.5<") == 1


def test_weights_have_the_colour_of_their_sign_and_those_that_are_lit_are_bold():
    __, diagram = made([2, 1])
    live = diagram.draw([[1, 2], [3]], weights=[[[0.5], [-4]]], lit={(0, 1, 0)})
    groups = re.findall(r'annkit-e" [^>]*fill="([^"]+)"([^>]*)><text [^>]*>([^<]+)<', live)
    assert groups == [
        (COLOURS["blue"], ' opacity="0.6"', "0.5"),
        (COLOURS["orange"], ' font-weight="bold"', "−4"),
    ]


def test_each_bias_hangs_on_its_node_with_its_sign():
    __, diagram = made([2, 2, 1], biased=True)
    live = diagram.draw([[1, 2], [3, 4], [5]], biases=[[0, -1.5], [2]], lit={(2, 0)})
    tags = re.findall(r'fill="([^"]+)"><text x="([\d.]+)" y="([\d.]+)">([+−][^<]*)<', live)
    assert {(colour, words) for colour, *__, words in tags} == {
        (COLOURS["grey"], "+0"), (COLOURS["orange"], "−1.5"), (COLOURS["blue"], "+2"),
    }  # fmt: skip
    places = {words: (float(x), float(y)) for __, x, y, words in tags}
    x, y = diagram.places[2][0]
    assert places["+2"] == pytest.approx((x, y + diagram.radius), abs=0.1)
    assert live.count('stroke-width="2.5"') == 1
    for words, node in (("+0", (1, 0)), ("−1.5", (1, 1)), ("+2", (2, 0))):
        x, y = places[words]
        assert diagram.at(x, y + 7) == node, "a click on the tag is one on its node"


def test_what_can_be_turned_is_a_handle_to_be_dragged_up_and_down():
    __, diagram = made([2, 1])
    state = diagram.handle(Edge(0, 1, 0), "words", movable=True).state()
    assert state["box"] and state["axes"] == "y"
    assert (state["x"], state["y"]) == pytest.approx(tuple(diagram.middle(Edge(0, 1, 0))), abs=0.1)
    assert diagram.handle(Node(0, 1), "words").state()["box"] is None


def test_strengths_are_two_small_numbers_an_edge():
    stage, diagram = made([2, 2])
    strengths = diagram.strengths([[[0, 5], [-2.5, 1e-9]]])
    assert strengths.tolist() == [[0, 1], [127, 1], [-64, 1], [1, 1]]
    assert diagram.strengths([[[0, 50], [-50, 0]]], lit={(0, 1, 0)}).tolist() == [[0, 0], [127, 0], [-127, 2], [0, 0]]
    stage.show(strengths=strengths)
    drawn = re.findall(r'class="annkit-(\w+)" stroke-width="([\d.]+)"', stage.svg())
    assert drawn == [("zero", "0.8"), ("plus", "8.7"), ("minus", "4.8"), ("plus", "0.9")]
    with pytest.raises(ValueError):
        stage.show(strengths=strengths[:3])
        stage.svg()


def test_whatever_is_picked_by_place_is_what_lies_there():
    __, diagram = made([3, 2, 2])
    for layer, places in enumerate(diagram.places):
        for unit, place in enumerate(places):
            assert diagram.at(*place) == (layer, unit)
    for edge, (x1, y1, x2, y2) in zip(diagram.edges, diagram.lines, strict=True):
        assert diagram.at(0.7 * x1 + 0.3 * x2, 0.7 * y1 + 0.3 * y2) == edge
        assert diagram.at(0.7 * x1 + 0.3 * x2, 0.7 * y1 + 0.3 * y2, edges=False) is None
    assert diagram.at(2, 2) is None


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_keys_reach_every_node_and_every_edge(sizes):
    __, diagram = made(sizes)
    for edges in (True, False):
        reached, new = set(), {Node(0, 0)}
        while new:
            reached |= new
            keys = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
            new = {diagram.beside(picked, key, edges) for picked in new for key in keys} - reached
        assert len(reached) == sum(sizes) + (len(diagram.edges) if edges else 0)
    assert diagram.beside(Node(0, 0), "Enter") == (0, 0)


def test_a_node_lights_what_its_sum_is_made_of():
    __, diagram = made([3, 2, 2])
    assert diagram.lights(Node(1, 1)) == {(1, 1), (0, 0), (0, 1), (0, 2), (0, 0, 1), (0, 1, 1), (0, 2, 1)}
    assert diagram.lights(Node(0, 1)) == {(0, 1)}
    assert diagram.lights(Edge(1, 0, 1)) == {(1, 0, 1), (1, 0), (2, 1)}


def test_what_is_picked_has_a_name_for_each_of_its_numbers_and_is_written_as_plain_ones():
    node, edge = picked([1.0, np.int64(2)]), picked((0, 1, 2))
    assert (node.layer, node.unit, node.end) == (1, 2, node) and repr(node) == "(1, 2)"
    assert (edge.start, edge.end, repr(edge)) == (Node(0, 1), Node(1, 2), "(0, 1, 2)")
    assert (
        edge.lies_in((2, 3)) and not edge.lies_in((2, 2)) and not edge.lies_in((2,)) and not Node(-1, 0).lies_in((2,))
    )
    for wrong in ((1,), (1, 2, 3, 4), "12", (1, 0.5), (1, "2"), None, 3):
        assert picked(wrong) is None
