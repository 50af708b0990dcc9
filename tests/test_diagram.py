"""The network diagram: from one neuron to six layers of eight, nothing overlaps, and all of it can be picked."""

import re

import numpy as np
import pytest

from annkit.stage import Diagram, Stage, new_figure

SIZES = [[1, 1], [2, 1], [3, 2, 2], [2, 2, 1], [4, 3, 2], [5, 4, 3], [8, 8], [8, 1, 8], [6] * 4, [8] * 6]
CHARACTER = 0.6  # of the font's size, the width of a digit


def made(sizes, width=840, height=300):
    figure, axes = new_figure(width, height)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    stage = Stage(figure)
    names = [[f"n{layer}{unit}" for unit in range(size)] for layer, size in enumerate(sizes)]
    diagram = Diagram(stage.panels[0], sizes, names)
    stage.set_lines(diagram.lines)
    return stage, diagram


def numbers(sizes, value):
    return [np.full(size, value) for size in sizes], [
        np.full(shape, value) for shape in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def boxes(live):
    """Left, top, right and bottom of every text."""
    for x, y, size, words in re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)"[^>]* font-size="([\d.]+)">([^<]*)', live):
        x, y, size = float(x), float(y), float(size)
        half = CHARACTER * size * len(words) / 2
        yield x - half, y - 0.42 * size, x + half, y + 0.42 * size


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("value", [-0.12345, 0.98765, -123456.0, 0])
def test_nothing_overlaps_and_all_stays_in_the_picture(sizes, value):
    stage, diagram = made(sizes)
    values, weights = numbers(sizes, value)
    found = np.array(list(boxes(diagram.draw(values, weights=weights))))
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
    assert [text for __, text in shown] == ["−0.12"] * sum(sizes)
    for size, text in shown:
        assert float(size) >= 10 and CHARACTER * float(size) * len(text) <= 2.2 * diagram.radius


def test_small_networks_have_names_and_weights_on_their_edges():
    for sizes in ([1, 1], [3, 2, 2], [2, 2, 1]):
        __, diagram = made(sizes, 340)
        live = diagram.draw(*numbers(sizes, 0)[:1], weights=numbers(sizes, 7.5)[1])
        assert live.count(">7.5<") == len(diagram.edges) and live.count(">n0") == sizes[0]
    __, diagram = made([8] * 6)
    values, weights = numbers([8] * 6, 7.5)
    assert ">7.5<" not in diagram.draw([["·"] * 8] * 6, weights=weights)
    assert diagram.draw([["·"] * 8] * 6, weights=weights, lit={(2, 3, 4)}).count(">7.5<") == 1


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
        reached, new = set(), {(0, 0)}
        while new:
            reached |= new
            keys = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
            new = {diagram.beside(picked, key, edges) for picked in new for key in keys} - reached
        assert len(reached) == sum(sizes) + (len(diagram.edges) if edges else 0)
    assert diagram.beside((0, 0), "Enter") == (0, 0)


def test_a_node_lights_what_its_sum_is_made_of():
    __, diagram = made([3, 2, 2])
    assert diagram.lights((1, 1)) == {(1, 1), (0, 0), (0, 1), (0, 2), (0, 0, 1), (0, 1, 1), (0, 2, 1)}
    assert diagram.lights((0, 1)) == {(0, 1)}
    assert diagram.lights((1, 0, 1)) == {(1, 0, 1), (1, 0), (2, 1)}
