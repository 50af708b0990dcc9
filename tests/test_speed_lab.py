"""Every control of the speed lab, driven in Python: what it counts, by hand; what it measures is never compared."""

import re
import sys

import numpy as np
import pytest
from hands import button, click, press, refuses
from test_measuring import torch_that_finds

from annkit import counting, data
from annkit.labs import SpeedLab
from annkit.labs.speed import measured
from annkit.labs.speed.durations import duration, many
from annkit.labs.speed.lab import DEEPEST, WIDEST
from annkit.labs.speed.staircase import DIGIT, GAP, LEFT, ROOM, TOP, Staircase, blocks, scale


@pytest.fixture
def lab():
    made = SpeedLab()
    yield made
    assert not made.error
    made.close()


@pytest.fixture
def quick(monkeypatch):
    """Every job is run three times, however short it is."""
    limit, loops = measured.limit, measured.Loops.seconds
    monkeypatch.setattr(measured, "limit", lambda: limit(0))
    monkeypatch.setattr(measured.Loops, "seconds", lambda job: loops(job, 0))


def test_what_it_says_at_the_start(lab):
    assert lab.describe().splitlines() == [
        "26,122 multiplications",
        "for one digit, matrix by matrix",
        "64 → 128: 65 × 128 = 8,320",
        "128 → 128: 129 × 128 = 16,512",
        "128 → 10: 129 × 10 = 1,290",
        "forward: 26,122",
        "The way back: 43,786. Both: 69,908, 2.68 times forward.",
        "By hand, 10 s each: 73 hours.",
        "GPU: none has been measured yet.",
        "Double a slider: how much does the area grow? Then press Measure and watch the bars.",
    ]


def test_every_slider_at_both_ends_and_at_zero(lab):
    assert list(lab._sliders) == ["depth", "width", "batch"]
    for name, slider in lab._sliders.items():
        for value in (slider.low, slider.high):
            slider.move(value)
            assert getattr(lab, name) == value and not lab.error
        slider.move(0)
        assert getattr(lab, name) == slider.high and "whole number from 1" in lab.error
        lab.reset()


@pytest.mark.parametrize("depth", [1, 2, 3, 8])
@pytest.mark.parametrize("width", [1, 64, 256])
def test_what_is_drawn_and_said_is_what_is_counted(lab, depth, width):
    lab.set(depth=depth, width=width)
    sizes = [64, *[width] * depth, 10]
    assert lab.sizes == sizes
    assert sum(block.count for block in blocks(sizes)) == counting.forward(sizes)
    said = lab.describe().splitlines()
    assert said[0] == f"{counting.forward(sizes):,} multiplications"
    lines = [line for line in said if " → " in line]
    assert len(lines) == min(depth + 1, 3)
    products = [re.sub(r".*: |,| = .*", "", line).split(" × ") for line in lines]
    counts = [int(line.split(" = ")[1].replace(",", "")) for line in lines]
    assert [int(np.prod(list(map(int, product)))) for product in products] == counts
    assert sum(counts) == counting.forward(sizes)


@pytest.mark.parametrize("network", [(1, 1), (1, WIDEST), (2, 128), (5, 64), (DEEPEST, 1), (DEEPEST, WIDEST)])
@pytest.mark.parametrize("other", [None, (1, 8), (8, 256)])
def test_every_network_finds_room_and_areas_are_multiplications(network, other):
    networks = [SpeedLab.sizes_of(*each) for each in (network, other) if each]
    side = scale(*networks)
    for sizes in networks:
        stairs = Staircase(sizes, side)
        for block in stairs.blocks:
            left, top, width, height = stairs.box(block)
            assert LEFT <= left and left + width <= LEFT + ROOM[0] + 2
            assert TOP <= top and top + height <= TOP + ROOM[1] + 2
            if min(block.width, block.height) * side > 1.5:
                assert width * height == pytest.approx(block.count * side**2)
        boxes = [stairs.box(block) for block in stairs.blocks]
        for (x, y, w, h), after in zip(boxes, boxes[1:], strict=False):
            below, beside = (x, y + h + GAP), (x + w + GAP, y)
            assert after[:2] == pytest.approx(below, abs=1.5) or after[:2] == pytest.approx(beside, abs=1.5)


def test_the_digit_is_one_of_those_that_are_counted():
    assert np.abs(DIGIT[::-1].ravel() - data.digits().X[3]).max() < 0.07


def test_a_matrix_is_picked_by_click_and_by_keys(lab):
    lab.depth = 3
    for k, block in enumerate(lab.staircase.blocks):
        left, top, width, height = lab.staircase.box(block)
        click(lab, left + width / 2, top + height / 2)
        assert lab.layer == k + 1
        assert f"matrix {k + 1}: {block.count:,} multiplications" == lab.stage.handles[0]["label"]
    click(lab, 480, 40)
    assert lab.layer == 4, "beside all of them"
    for key, layer in (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("ArrowLeft", 4)):
        press(lab, f"m{lab.layer}", key)
        assert lab.layer == layer
    lab.depth = 1
    assert lab.layer == 2, "the last there is"


def test_what_is_pinned_is_compared(lab):
    lab.set(depth=4)
    assert "2.26 times the 26,122 of the pinned 2 × 128." in lab.describe()
    assert "pinned: 2 × 128" in lab.stage.live
    button(lab, "Pin this size").click()
    assert lab.pinned == (4, 128) and "pinned" not in lab.describe() + lab.stage.live
    lab.width = 256
    assert "3.66 times the 59,146 of the pinned 4 × 128." in lab.describe()
    assert lab.undo() and lab.undo() and lab.pinned == (2, 128)


def test_measuring_fills_the_bars_and_lists_what_came_out(lab, quick):
    before = lab.describe(), lab.code()
    assert "not measured yet" in lab.stage.live and "annkit-filling" not in lab.stage.live
    lab.width = 8
    button(lab, "Measure").click()
    (first,) = lab.measurements
    assert first.count == 1797 * (65 * 8 + 9 * 8 + 9 * 10)
    assert 0 < first.products < first.loops and 0 < first.share <= 1
    assert "2 × 8, batch 64: @ takes " in lab.describe()
    assert "not measured yet" not in lab.stage.live and "annkit-filling" in lab.stage.live
    lab.batch = 1
    assert lab.measured is None and "not measured yet" in lab.stage.live, "the bars are this network's and this batch's"
    assert "press Measure" in lab.describe()
    lab.batch = 64
    assert lab.measured is first and "not measured yet" not in lab.stage.live
    lab.width = 128
    assert lab.code() == before[1], "what was measured is no part of the state"
    assert lab.undo(), "and is nothing to undo"
    assert lab.width == 8


def test_only_the_last_three_measurements_are_listed(lab, quick):
    for width in (1, 2, 3, 4):
        lab.width = width
        lab.measure()
    said = lab.describe()
    assert "2 × 1, batch" not in said and all(f"2 × {width}, batch" in said for width in (2, 3, 4))
    limits = [each.limit for each in lab.measurements]
    assert limits == sorted(limits), "the limit is the fastest product that was seen"


def test_without_a_gpu_this_is_said_and_nothing_invented(lab, monkeypatch):
    def none():
        raise ValueError("no GPU has been measured: PyTorch is not installed here.")

    monkeypatch.setattr(measured, "gpu", none)
    button(lab, "Look for a GPU").click()
    assert "No GPU has been measured: PyTorch is not installed here." in lab.describe()
    assert "GPU" not in lab.stage.live and not lab.measurements


def test_a_gpu_gets_a_bar_of_its_own(lab, quick, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", torch_that_finds(1, []))
    monkeypatch.setattr(measured.TorchProducts, "limit", lambda products: 1e12)
    lab.width = 8
    for __ in range(2):
        button(lab, "Look for a GPU").click()
        assert lab.measured.gpu.name == "a GPU" and ">GPU<" in lab.stage.live
        assert len(lab.measurements) == 1, "what was measured on the core stands"
    assert re.search(r"GPU a GPU, 32-bit numbers: .*, \d+ % of its limit\.", lab.describe())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("depth", 0, "from 1 to 12"), ("depth", 2.5, "whole"), ("width", 513, "from 1 to 512"),
        ("width", float("nan"), "whole|finite"), ("batch", "many", "number"), ("batch", 1798, "from 1 to 1797"),
        ("layer", 4, "from 1 to 3"), ("pinned", 3, "such as"), ("pinned", (1, 2, 3), "such as"),
        ("pinned", (0, 8), "depth should be"),
    ],
)  # fmt: skip
def test_refused_values_change_nothing(lab, name, value, words):
    refuses(lab, name, value, words)


def test_the_code_makes_it_again(lab):
    lab.set(depth=5, width=40, batch=8, layer=6, pinned=[1, 256])
    again = eval(lab.code(), {"SpeedLab": SpeedLab})
    assert again.describe() == lab.describe() and again.code() == lab.code()
    again.close()


def test_pictures_stay_small(lab):
    lab.set(depth=8, width=256, pinned=(8, 128))
    assert len(lab.stage.live) < 8000


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (4.2e-6, "4.2 µs"), (0.00114, "1.1 ms"), (0.0995, "100 ms"), (0.83, "0.83 seconds"),
        (9.96, "10 seconds"), (26, "26 seconds"), (90, "1.5 minutes"), (261220, "73 hours"),
        (5e5, "5.8 days"), (469412340, "15 years"), (8.6e9, "273 years"), (1e12, "32,000 years"),
    ],
)  # fmt: skip
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words


def test_large_numbers_in_words():
    words = {640: "640", 26122: "26 thousand", 32.1e6: "32 million", 23.6e9: "24 billion", 1.2e13: "12,000 billion"}
    assert [many(count) for count in words] == list(words.values())
