"""Every control of the backprop lab, driven in Python: steps there and back, rounds, the chain rule, calling signs."""

import itertools
import re
from decimal import Decimal

import numpy as np
import pytest
import traitlets
from hands import button, click, hear, press, refuses

from annkit import Network
from annkit.labs import BackpropLab
from annkit.labs.backprop import digits, light, places, signs, steps
from annkit.labs.backprop.steps import HIDDEN, NAMES, OUTPUT

MAZUR = dict(
    weights=[[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]], biases=[[0.35, 0.35], [0.60, 0.60]],
    x=(0.05, 0.10), t=(0.01, 0.99), learning_rate=0.5, half=True, learn_biases=False,
)  # fmt: skip
SMALL = dict(
    weights=[[[0.5, -0.75], [-0.25, 1]], [[1, -0.5], [-0.75, 0.5]]], biases=[[0.25, -0.5], [0.25, -0.25]],
    learning_rate=0.5,
)  # fmt: skip
PICKS = [*places.NODES, *NAMES]


@pytest.fixture
def lab():
    made = BackpropLab(**SMALL)
    yield made
    assert not made.error
    made.close()


def turner(lab):
    return lab._sliders["picked"]


def shown(lab):
    """The numbers and the slopes that stand in the picture, as texts."""
    live = re.sub(r'<g class="annkit-coming"[^>]*>(.*?)</g>', r"\1", lab.stage.live)
    live = re.sub(r"<circle[^>]*annkit-mark.*?</text>", "", live)
    groups = re.findall(r'<g font-size="[\d.]+" class="annkit-[vt][^"]*">(.*?)</g>', live)
    return [text for group in groups for text in re.findall(r">([^<>]+)</text>", group) if text != "·"]


# Published examples.


def test_a_much_copied_example_comes_out_to_the_digits_that_are_printed():
    """M. Mazur, "A step by step backpropagation example" (2015), whose biases do not learn and whose E is halved."""
    lab = BackpropLab(**MAZUR)
    n, slopes = lab.now.numbers, lab.now.slopes
    printed = {"z1": 0.3775, "h1": 0.593269992, "h2": 0.596884378, "y1": 1.105905967, "o1": 0.75136507,
               "o2": 0.772928465, "E": 0.298371109}  # fmt: skip
    for name, value in printed.items():
        assert n[name] == pytest.approx(value, abs=6e-10), name
    assert (n["p1"] / 2, n["p2"] / 2) == pytest.approx((0.274811083, 0.023560026), abs=6e-10)
    assert slopes["o1"] == pytest.approx(0.74136507, abs=6e-9)
    assert slopes["v11"] == pytest.approx(0.082167041, abs=6e-10)
    assert slopes["y1"] == pytest.approx(0.138498562, abs=6e-10)
    assert slopes["h1"] == pytest.approx(0.036350306, abs=6e-10)
    assert slopes["w11"] == pytest.approx(0.000438568, abs=6e-10)
    lab.step(10)
    W, V = lab.network().weights
    assert V.T.ravel() == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=6e-9)
    assert W.T.ravel() == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=6e-9)
    assert lab.network().biases[0].tolist() == [0.35, 0.35] and lab.network().biases[1].tolist() == [0.6, 0.6]


def test_its_later_errors_come_from_a_program_that_sends_back_through_weights_already_changed():
    """Printed after one round: 0.291027924; after 10,000: outputs 0.015912196 and 0.984065734.

    The same text's own new weights of the first layer are taken with the old V, as here. That gives other errors.
    """
    lab = BackpropLab(**MAZUR, rounds=1)
    assert f"{lab.E:.9f}" == "0.291027774"
    setup, numbers = lab.now.setup, dict(zip(NAMES, BackpropLab(**MAZUR).now.parameters, strict=True))
    for done in range(1, 10_001):
        n = steps.forward(numbers.values(), setup)
        slopes = steps.backward(n, setup)
        numbers |= {name: numbers[name] - 0.5 * slopes[name] for name in ("v11", "v12", "v21", "v22")}
        too_soon = steps.backward(n | numbers, setup)
        numbers |= {name: numbers[name] - 0.5 * too_soon[name] for name in ("w11", "w12", "w21", "w22")}
        if done == 1:
            assert f"{steps.forward(numbers.values(), setup)['E']:.9f}" == "0.291027924"
    n = steps.forward(numbers.values(), setup)
    assert (f"{n['o1']:.9f}", f"{n['o2']:.9f}") == ("0.015912196", "0.984065734")
    assert f"{n['E']:.9f}" == "0.000035085", "printed as 0.0000351085, which has a digit too many"
    lab.rounds = 10_000
    assert f"{lab.E:.7f}" == "0.0000351"


def test_an_example_of_a_textbook_whose_second_input_is_0_and_whose_second_output_is_right():
    """J. Han, M. Kamber, J. Pei, "Data Mining" (3rd ed. 2012), example 9.1: a 3-2-1 network, x = (1, 0, 1), l = 0.9.

    An input of 0 brings nothing and learns nothing; an output that is as it should be sends nothing back.
    """
    lab = BackpropLab(
        weights=[[[0.2, -0.3], [-0.5, 0.2]], [[-0.3, 0], [-0.2, 0]]], biases=[[-0.4, 0.2], [0.1, 0]],
        x=(1, 1), t=(1, 0.5), learning_rate=0.9, half=True, steps=9,
    )  # fmt: skip
    n, slopes = lab.now.numbers, lab.now.slopes
    assert [round(n[name], 3) for name in ("z1", "h1", "z2", "h2", "o1")] == [-0.7, 0.332, 0.1, 0.525, 0.474]
    assert round(n["y1"], 3) == -0.105
    assert [-round(slopes["z2"], 4), -round(slopes["z1"], 4)] == [-0.0065, -0.0087]
    assert -slopes["y1"] == pytest.approx(0.1311, abs=1e-4), "printed with 0.474 for the output: 0.1311"
    lab.step()
    net = lab.network()
    assert net.weights[0].round(3).tolist() == [[0.192, -0.306], [-0.508, 0.194]]
    assert net.weights[1][:, 0].round(3).tolist() == [-0.261, -0.138] and not net.weights[1][:, 1].any()
    assert net.biases[0].round(3).tolist() == [-0.408, 0.194] and net.biases[1].round(3).tolist() == [0.218, 0]


def test_an_example_of_another_textbook_with_one_output():
    """M. Negnevitsky, "Artificial Intelligence" (2nd ed. 2005), section 6.4: XOR, x = (1, 1), the first iteration."""
    lab = BackpropLab(
        weights=[[[0.5, 0.9], [0.4, 1.0]], [[-1.2, 0], [1.1, 0]]], biases=[[-0.8, 0.1], [-0.3, 0]],
        x=(1, 1), t=(0, 0.5), learning_rate=0.1, half=True, steps=9,
    )  # fmt: skip
    n, slopes = lab.now.numbers, lab.now.slopes
    assert [round(n[name], 4) for name in ("h1", "h2", "o1")] == [0.5250, 0.8808, 0.5097]
    assert [-round(slopes[name], 4) for name in ("y1", "z1", "z2")] == [-0.1274, 0.0381, -0.0147]
    lab.step()
    net = lab.network()
    assert net.weights[0].round(4).tolist() == [[0.5038, 0.8985], [0.4038, 0.9985]]
    assert net.weights[1][:, 0].round(4).tolist() == [-1.2067, 1.0888]
    assert (-net.biases[0]).round(4).tolist() == [0.7962, -0.0985] and -net.biases[1][0].round(4) == 0.3127


# The same mathematics as annkit's.


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_all_numbers_are_those_of_a_network(activation, half, seed):
    random = np.random.default_rng(seed)
    lab = BackpropLab(
        random.normal(size=(2, 2, 2)), random.normal(size=(2, 2)), random.normal(size=2), random.uniform(size=2),
        learning_rate=0.5, half=half, activation=activation,
    )  # fmt: skip
    net, n, slopes = lab.network(), lab.now.numbers, lab.now.slopes
    assert (net.sizes, net.activation, net.output) == ((2, 2, 2), activation, "sigmoid")
    trace, share = net.forward([lab.x]), 0.5 if half else 1
    assert [n["z1"], n["z2"], n["y1"], n["y2"]] == pytest.approx(np.ravel(trace.z), rel=1e-12)
    assert [n["h1"], n["h2"], n["o1"], n["o2"]] == pytest.approx(np.ravel(trace.a), rel=1e-12)
    assert n["E"] == lab.E == pytest.approx(share * net.loss(trace, [lab.t]), rel=1e-12)
    found = net.backward(trace, [lab.t])
    assert lab.gradients.flat == pytest.approx(share * found.flat, rel=1e-12)
    assert [slopes[name] for name in NAMES] == pytest.approx(lab.gradients.flat, rel=1e-12, abs=1e-15)
    assert [slopes[name] for name in ("h1", "h2")] == pytest.approx(lab.gradients.dE_da[0][0], rel=1e-12)
    assert [slopes[name] for name in ("z1", "z2")] == pytest.approx(lab.gradients.dE_dz[0][0], rel=1e-12)
    lab.step(10)
    assert lab.network().parameters == pytest.approx(net.parameters - 0.5 * share * found.flat, rel=1e-12)


def test_w12_leads_from_x1_to_h2():
    lab = BackpropLab(weights=[[[11, 12], [21, 22]], [[31, 32], [41, 42]]], biases=[[1, 2], [3, 4]], x=(0, 0))
    n = lab.now.numbers
    assert (n["w12"], n["w21"], n["v12"], n["b2"], n["c1"]) == (12, 21, 32, 2, 3)
    assert lab.network().weights[0][0, 1] == 12


# Steps.


def test_numbers_come_one_unit_at_a_time_and_none_before(lab):
    fewest = 12 + 4  # what is always there: twelve weights and biases, two inputs, two targets
    counts, said = [], []
    while True:
        counts.append(len(shown(lab)) - fewest)
        said.append(lab.describe().splitlines()[0])
        if lab.steps == 9:
            break
        lab.step()
    slopes = [0, 5, 10, 15, 20]  # two at a unit, three at what leads to it
    assert counts == [0, 2, 4, 6, 8, 11, *(11 + many for many in slopes[1:])]
    assert said[0] == "Round 1: nothing is computed yet." and said[1] == "Round 1, step 1 of 10: forward to h₁."
    assert said[5] == "Round 1, step 5 of 10: the error, E = 0.2741."
    assert said[9] == "Round 1, step 9 of 10: back to h₂. E = 0.2741."
    assert len(set(said)) == 10


def test_each_step_looks_at_what_it_made(lab):
    way = []
    for __ in range(9):
        button(lab, "Next step").click()
        way.append(lab.picked)
    assert way == ["h1", "h2", "o1", "o2", "E", "o1", "o2", "h1", "h2"]
    assert lab.now.lit == {"h2", "v21", "v22", "o1", "o2"}
    lab.back()
    assert lab.now.lit == {"h1", "v11", "v12", "o1", "o2"}
    lab.set(steps=2, picked="h2")
    assert lab.now.lit == {"h2", "x1", "x2", "w12", "w22", "b2"}


def test_a_number_comes_from_its_side_once(lab):
    lab.step()
    assert lab.stage.live.count("annkit-coming") == 2 and "--dx:-26px" in lab.stage.live
    lab.picked = "x1"
    assert "annkit-coming" not in lab.stage.live
    lab.steps = 5
    lab.step()
    assert lab.stage.live.count("annkit-coming") == 2 * 5 and "--dx:26px" in lab.stage.live, (
        "a slope and what lies below"
    )


def test_back_goes_through_every_step_also_into_the_round_before(lab):
    seen = []
    for __ in range(23):
        seen.append((lab.rounds, lab.steps, lab.E))
        lab.step()
    for rounds, at, E in reversed(seen):
        button(lab, "Back").click()
        assert (lab.rounds, lab.steps, lab.E) == (rounds, at, E)
    before = lab.code()
    button(lab, "Back").click()
    assert lab.code() == before, "before the first there is none"


def test_an_update_stands_under_each_weight(lab):
    lab.set(steps=9, picked="v11")
    assert "next v₁₁: 1 − 0.5 × (−0.0996) = 1.05" in lab.describe()
    lab.step()
    assert (lab.rounds, lab.steps) == (1, 0)
    assert lab.describe().splitlines()[:2] == [
        "Update 1: every weight took its step, minus α times its slope.",
        "v₁₁ = old v₁₁ − α ∂E/∂v₁₁ = 1 − 0.5 × (−0.09964) = 1 − (−0.04982) = 1.05",
    ]
    assert "+0.0498" in shown(lab)
    lab.set(learn_biases=False, picked="c1", steps=9)
    assert "next c₁" not in lab.describe()
    lab.step()
    assert lab.describe().splitlines()[1] == "c₁ = 0.3265 stays: biases don't learn here."


def test_a_step_of_the_row_is_clicked_to_go_there(lab):
    for step in (5, 2, 9, 1, 7):
        click(lab, places.STEPS[step - 1][0], places.TRACK)
        assert (lab.rounds, lab.steps) == (0, step)
    click(lab, places.STEPS[9][0], places.TRACK)
    assert (lab.rounds, lab.steps) == (1, 0)


def test_whole_rounds_until_it_is_good(lab):
    button(lab, "Whole round").click()
    assert (lab.rounds, lab.steps) == (1, 9) and lab.E < BackpropLab(**SMALL).E
    assert "Not good yet: o₁ is 0.31 and o₂ is 0.36 from its target. Good is both within 0.05." in lab.describe()
    lab.learning_rate = 4
    assert lab.rounds == 0, "counted anew from here"
    lab.play()
    ticks = 0
    while lab.stage.playing:
        hear(lab, event="tick", n=lab.stage.answered + 1)
        ticks += 1
    assert lab.rounds == ticks > 10 and lab.now.good
    assert f"Good in round {ticks + 1}." in lab.describe() and any(piece.get("done") for piece in lab.stage.said)
    away = np.abs(lab.network().predict([lab.x])[0] - lab.t)
    assert away.max() <= 0.05
    lab.rounds -= 1
    assert not lab.now.good and "Good in" not in lab.describe()
    for __ in range(2):  # the round taken back, and all that was played
        lab.undo()
    assert lab.rounds == 0


def test_the_rounds_are_a_slider_too(lab):
    lab._sliders["rounds"].move(7)
    assert lab.rounds == 7 and lab.stage.live.count("<polyline") == 2, "axes and curve"
    lab._sliders["rounds"].move(0)
    assert lab.rounds == 0 and "<polyline" not in lab.stage.live
    assert lab.network().parameters.tolist() == BackpropLab(**SMALL).network().parameters.tolist()


def test_without_arguments_it_is_the_network_of_chapter_10():
    lab = BackpropLab(steps=5)
    assert lab.describe().startswith("Round 1, step 5 of 10: the error, E = 1.431.")
    assert lab.now.slopes["v12"] == pytest.approx(0.23953619, abs=5e-9), "as the chapter finds it by nudging"


def test_what_an_update_adds_has_room_with_its_sign():
    texts = [text for text in shown(BackpropLab(rounds=1)) if text[0] in "+−"]
    assert {"+0.0096", "−0.0725"} <= set(texts) and max(map(len, texts)) <= digits.NARROW


def test_whoever_turns_a_number_goes_on_from_the_weights_as_they_stand(lab):
    lab.set(rounds=5, steps=9)
    now = lab.network().parameters
    lab.learning_rate = 1
    assert lab.rounds == 0 and lab.network().parameters.tolist() == now.tolist()
    lab.rounds = 3
    now = lab.network().parameters
    lab.picked = "v21"
    turner(lab).move(2)
    assert lab.rounds == 0 and lab.network().weights[1][1, 0] == 2
    assert np.flatnonzero(lab.network().parameters != now).tolist() == [NAMES.index("v21")]
    lab.rounds = 2
    now = lab.network()
    lab.biases = [[1, 2], [3, 4]]
    assert lab.rounds == 0 and lab.network().weights[0].tolist() == now.weights[0].tolist()
    lab.set(rounds=0, half=True)
    lab.rounds = 4
    start = lab.weights
    lab.set(rounds=0, t=(0, 1))
    assert lab.weights == start, "back to the start, as it was asked for"
    lab.undo()
    assert lab.rounds == 4 and lab.t == (1, 0)
    lab.set(picked="c1", x=(0, 0), weights=np.zeros((2, 2, 2)), learn_biases=True, rounds=0)
    start = lab.now.numbers["c1"]
    lab.rounds = 4
    turner(lab).move(start)
    assert lab.now.numbers["c1"] == start and lab.rounds == 0, "also where it is put back to its start"
    lab.undo()
    lab.learning_rate = lab.learning_rate
    assert lab.rounds == 4, "nothing was turned"


# Whatever is picked.


def middle(name):
    x, y = places.NODES.get(name) or places.LABELS[name]
    return x, y


@pytest.mark.parametrize("at", [0, 1, 5, 7, 9])
def test_whatever_is_clicked_is_picked_and_explained(lab, at):
    lab.steps = at
    said = set()
    for name in PICKS:
        click(lab, *middle(name))
        assert lab.picked == name
        (handle,) = lab.stage.handles
        assert handle["id"] == name and handle["label"]
        said.add("\n".join(lab.describe().splitlines()[1:-1]))
    assert len(said) == len(PICKS)
    (x, y), (u, v) = places.LINES["w12"]
    click(lab, 0.2 * x + 0.8 * u, 0.2 * y + 0.8 * v)
    assert lab.picked == "w12", "on its line"
    before = lab.code()
    click(lab, 420, 330)
    assert lab.code() == before


def test_arrow_keys_walk_through_the_network(lab):
    lab.picked, way = "x1", []
    for key in ["ArrowRight"] * 7 + ["ArrowDown"] + ["ArrowLeft"] * 6:
        press(lab, lab.picked, key)
        way.append(lab.picked)
    assert way == ["w11", "h1", "v11", "o1", "t1", "E", "E", "E", "t1", "o1", "v11", "h1", "w11", "x1"]
    seen = {"x1"}
    lab.picked = "x1"
    for keys in itertools.product(("ArrowRight", "ArrowDown"), repeat=6):
        for key in keys:
            press(lab, lab.picked, key)
            seen.add(lab.picked)
        lab.picked = "x1"
    for name in ("h1", "o1"):
        lab.picked = name
        for key in ("ArrowUp", "ArrowDown", "ArrowUp"):
            press(lab, lab.picked, key)
            seen.add(lab.picked)
        press(lab, lab.picked, "ArrowRight")
    assert seen == set(PICKS)
    press(lab, lab.picked, "Enter")


@pytest.mark.parametrize("name", PICKS)
def test_the_slider_turns_what_is_picked(lab, name):
    lab.set(picked=name, steps=9)
    slider, turned = turner(lab), lab._turns
    assert slider.label == turned[0] + turned[1:].translate(str.maketrans("12", "₁₂"))
    assert (slider.low, slider.high) == {"x": (-4, 4), "t": (0, 1)}.get(turned[0], (-8, 8))
    for value in (slider.low, slider.high, 0, 0.25):
        slider.move(value)
        assert lab.now.numbers[turned] == slider.value == value
        assert "nan" not in lab.describe() and lab.describe().startswith("Round 1, step 9")
    slider._hear(slider, {"event": "drop", "value": 0.149780716, "n": slider._heard + 1}, [])
    assert lab.now.numbers[turned] == 0.149780716
    lab.reset()
    assert lab.describe() == BackpropLab(**SMALL).describe()


def test_what_is_picked_is_said(lab):
    said = {}
    for name in PICKS:
        lab.picked = name
        said[name] = lab._caption.value.removeprefix("Picked: ")
    assert said["w12"] == "the weight from x₁ to h₂" and said["v21"] == "the weight from h₂ to o₁"
    assert said["b2"] == said["h2"] == "the bias of h₂" and said["c1"] == "the bias of o₁"
    assert said["x2"] == "the input x₂" and said["t2"] == "the target of o₂"


def test_all_other_controls(lab):
    for value in (0, 4, 0.5):
        lab._sliders["learning_rate"].move(value)
        assert lab.learning_rate == value
    lab.set(steps=5, picked="E")
    E = lab.E
    lab._choosers["half"].value = True
    assert lab.half and lab.E == E / 2 and "½ (t₁ − o₁)²" in lab.describe()
    for name in ("tanh", "relu", "sigmoid"):
        lab._choosers["activation"].value = name
        assert lab.activation == lab.network().activation == name
        lab.set(steps=1, picked="h1")
        assert f"{name}(0.625)" in lab.describe()
    lab._choosers["learn_biases"].value = False
    lab.rounds = 2
    assert lab.network().biases[0].tolist() == [0.25, -0.5] and lab.network().weights[0][0, 0] != 0.5


# The chain rule.


def reckoned(text):
    """What a line of numbers makes, exactly."""
    text = text.replace("−", "-").replace("×", "*").replace("²", "**2").replace("½", "D('0.5') *")
    text = re.sub(r"(?<![\w'.])(\d+\.?\d*(e-?\d+)?)", r"D('\1')", text.replace("**2", "**TWO")).replace("**TWO", "**2")
    return eval(
        re.sub(r"\) ?\(|(?<=')\) ?(?=\()", lambda found: ")*(" if found[0][-1] == "(" else ")*", text), {"D": Decimal}
    )


def is_rounded(value, text):
    """Whether `text` is `value` to as many decimals as it has."""
    figure, __, power = text.strip("()").replace("−", "-").partition("e")
    unit = Decimal(10) ** (int(power or 0) - len(figure.partition(".")[2]))
    return abs(value - Decimal(figure).scaleb(int(power or 0))) <= unit / 2


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("seed", range(8))
def test_what_is_shown_comes_out_from_what_is_shown(activation, seed):
    """Every term, worked out from the digits that stand there, makes its value, and the values make the result."""
    random = np.random.default_rng(seed)
    lab = BackpropLab(
        random.normal(size=(2, 2, 2)), random.normal(size=(2, 2)), random.normal(size=2), random.uniform(size=2),
        half=seed % 2 == 1, activation=activation,
    )  # fmt: skip
    terms = results = 0
    for at, name in itertools.product((4, 5, 9, 0), PICKS):
        lab.set(steps=at, rounds=0 if at else 3, picked=name)
        for piece in lab.stage.said:
            if piece["kind"] == "formula" and piece["terms"][1][1]:
                (left, __, result, __), *others = piece["terms"]
                signs_before = ["", *piece["signs"][1:]]
                for letters, numbers, value, __ in others:
                    if found := re.match(r"(sigmoid|tanh)\((.*)\)", numbers):
                        made = steps.FUNCTIONS[found[1]][0](float(found[2].replace("−", "-")))
                        assert is_rounded(Decimal(made), value), (letters, numbers, value)
                    elif "relu" not in letters:
                        assert is_rounded(reckoned(numbers), value), (letters, numbers, value)
                        terms += 1
                values = [f"{sign} {term[2]}" for sign, term in zip(signs_before, others, strict=True)]
                if result:
                    assert is_rounded(reckoned(" ".join(values)), result), (left, others, result)
                    results += 1
        for line in lab.describe().splitlines():
            if found := re.match(r"(?:nudged ±0\.001|next ..?.?): (.*) = (\S+)", line):
                assert is_rounded(reckoned(found[1].replace("/", "/ ")), found[2]), line
                results += 1
    assert terms > 80 and results > 50


def test_the_chain_rule_of_the_second_layer_factor_by_factor(lab):
    lab.set(steps=9, picked="v21")
    o, h = lab.now.numbers["o1"], lab.now.numbers["h2"]
    assert lab.now.slopes["v21"] == -2 * (1 - o) * o * (1 - o) * h
    assert lab.describe().splitlines()[1] == (
        "∂E/∂v₂₁ = −2 (t₁ − o₁) × o₁ (1 − o₁) × h₂ = −2 (1 − 0.65943) × 0.6594 (1 − 0.6594) × 0.3208 "
        "= −0.6811 × 0.2246 × 0.3208 = −0.0491"
    )
    assert lab.now.lit == {"v21", "h2", "o1", "t1"}
    piece = next(piece for piece in lab.stage.said if piece["kind"] == "formula")
    assert [term[3] for term in piece["terms"]] == ["", "1", "2", "3"]
    assert lab.stage.live.count("annkit-mark") == 3
    lab.picked = "c1"
    assert lab.describe().splitlines()[1].startswith("∂E/∂c₁ = −2 (t₁ − o₁) × o₁ (1 − o₁) × 1 = ")


def test_the_chain_rule_one_layer_back_sums_over_the_outputs(lab):
    lab.set(steps=9, picked="w21")
    assert lab.describe().splitlines()[1] == (
        "∂E/∂w₂₁ = (∂E/∂y₁ v₁₁ + ∂E/∂y₂ v₁₂) × h₁ (1 − h₁) × x₂ = (−0.15297 × 1 + 0.19049 × (−0.5)) "
        "× 0.6514 (1 − 0.6514) × 0.5 = −0.2482 × 0.2271 × 0.5 = −0.0282"
    )
    assert lab.now.lit == {"w21", "x2", "h1", "v11", "v12", "o1", "o2"}
    lab.activation = "tanh"
    assert "× (1 − h₁²) × x₂" in lab.describe()
    lab.activation = "relu"
    assert "× relu′(z₁) × x₂" in lab.describe() and "relu′(0.625)" in lab.describe()


@pytest.mark.parametrize("name", NAMES)
def test_the_slope_by_nudging_stands_beside_it(lab, name):
    lab.set(steps=9, picked=name)
    found = re.search(r"nudged ±0\.001: \((\S+) − (\S+)\) / 0\.002 = (\S+)", lab.describe())
    more, less, slope = (float(text.replace("−", "-")) for text in found.groups())
    assert slope == pytest.approx(lab.now.slopes[name], rel=5e-3) and (more - less) / 0.002 == pytest.approx(
        slope, rel=0.01
    )
    assert f"= {digits.slope(lab.now.slopes[name])}\nnudged" in lab.describe()
    before = lab.picked, lab.steps
    lab.steps = 5
    assert "nudged" not in lab.describe() and before


# Call the sign first.


@pytest.fixture
def game(lab):
    lab.deal(3)
    return lab


def names_of(slopes, wanted):
    return "".join(signs.UP if slopes[name] > 0 else signs.DOWN for name in wanted)


def test_a_game_begins_with_new_numbers_before_the_way_back(lab):
    button(lab, "Call the signs first ▲▼").click()
    assert lab.steps == 5 and lab.calls == "?" * 12 and lab.picked == "v11"
    first = lab.weights
    button(lab, "New numbers").click()
    assert lab.weights != first and lab.calls == "?" * 12
    assert lab.stage.live.count("▲") == lab.stage.live.count("▼") == 12
    assert lab.describe().splitlines()[1] == "∂E/∂v₁₁ = −2 (t₁ − o₁) × o₁ (1 − o₁) × h₁", "no number that gives it away"


def test_whoever_calls_signs_while_it_plays_has_stopped_it(lab):
    lab.play()
    button(lab, "Call the signs first ▲▼").click()
    assert not lab.stage.playing and lab.steps == 5 and lab.calls == "?" * 12


@pytest.mark.parametrize("seed", range(20))
def test_every_slope_of_dealt_numbers_has_a_sign(seed):
    lab = BackpropLab()
    lab.deal(seed)
    slopes = lab.now.slopes
    assert min(abs(slopes[name]) for name in NAMES) >= signs.CLEAR
    assert len(set(names_of(slopes, HIDDEN))) == 2
    again = BackpropLab()
    again.deal(seed)
    assert again.code() == lab.code()


def test_signs_are_called_by_mouse_layer_by_layer_and_counted(game):
    slopes = game.now.slopes
    for name in OUTPUT:
        x, y = places.LABELS[name]
        right = slopes[name] > 0
        wrong = name == "c2"
        click(game, x + (13 if right == wrong else -13), y + places.UNDER)
        assert game.picked == name
        assert signs.called(game.calls, name) == ("▲" if right != wrong else "▼")
    assert "All of this layer are called." in game.describe()
    game.step()
    assert game.steps == 7 and "Second layer: 5 of 6 right. Wrong: c₂." in game.describe()
    assert game.stage.live.count("✓") == 5 and game.stage.live.count("✗") == 1
    assert "6 to go" in game.describe() and game.picked == "w11", "keys go on with the first layer"
    for name in HIDDEN:
        x, y = places.LABELS[name]
        click(game, x + (-13 if slopes[name] > 0 else 13), y + places.UNDER)
    game.step()
    assert game.steps == 9 and "11 of 12 right. Wrong: c₂." in game.describe()
    assert not any(piece.get("done") for piece in game.stage.said)
    game.step()
    assert game.calls == "" and game.rounds == 1, "the update ends the game"


def test_signs_are_called_by_keys(game):
    slopes = game.now.slopes
    for name in OUTPUT:
        assert game.picked == name
        press(game, name, "ArrowUp" if slopes[name] > 0 else "ArrowDown")
        press(game, name, "ArrowRight")
    press(game, game.picked, "ArrowUp")
    assert signs.called(game.calls, "w11") == "▲"
    press(game, game.picked, "Delete")
    assert signs.called(game.calls, "w11") == "?"
    press(game, game.picked, "ArrowLeft")
    assert game.picked == "c2"
    game.step()
    for name in HIDDEN:
        game.picked = name
        press(game, name, "ArrowUp" if slopes[name] > 0 else "ArrowDown")
    game.step()
    assert "12 of 12 right." in game.describe() and any(piece.get("done") for piece in game.stage.said)


def test_a_game_is_not_won_by_copying(game):
    with pytest.raises(ValueError, match="Call these signs first.*v₁₁, v₂₁, c₁, v₁₂, v₂₂, c₂"):
        game.step()
    assert game.steps == 5
    wrong = {"▲": "▼", "▼": "▲"}
    game.calls = "".join(wrong[sign] for sign in names_of(game.now.slopes, NAMES))
    game.step()
    calls = game.calls
    for name in OUTPUT:
        press_at = places.LABELS[name]
        for side in (-13, 13):
            click(game, press_at[0] + side, press_at[1] + places.UNDER)
        game.picked = name
        for key in ("ArrowUp", "ArrowDown", "Delete"):
            press(game, name, key)
    assert game.calls == calls, "what is shown can't be called any more"
    while game.undo():
        pass
    assert (game.calls, game.steps) == (calls, 7), "and not taken back"
    game.step()
    assert not game.undo() and "0 of 12 right." in game.describe()
    game.back()
    assert game.calls == "" and game.steps == 8, "who goes back has left the game"


def test_whoever_turns_a_number_has_left_the_game(game):
    for change in (
        {"learning_rate": 1}, {"x": (1, 1)}, {"weights": BackpropLab().weights}, {"half": True}, {"rounds": 1}
    ):  # fmt: skip
        game.deal(1)
        game.set(**change)
        assert game.calls == ""
    game.deal(1)
    click(game, places.STEPS[1][0], places.TRACK)
    assert game.calls == "" and game.steps == 2
    game.deal(1)
    game.error or click(game, places.STEPS[8][0], places.TRACK)
    assert game.steps == 5 and game.error.startswith("Call these signs first")
    game.picked = "E"
    assert not game.error


def test_an_edge_without_a_slope_need_not_be_called():
    lab = BackpropLab(x=(0, 1), steps=5, calls="?" * 12)
    lab.calls = "??" + names_of(lab.now.slopes, NAMES)[2:]
    lab.step(2)
    assert "10 of 10 right." in lab.describe()


# What goes wrong.


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("weights", [[1, 2], [3, 4]], r"weights\[0\] should have 2 rows.*it has shape \(2,\)"),
        ("weights", [np.ones((2, 3)), np.ones((3, 2))], r"weights\[0\] should have 2 rows.*shape \(2, 3\)"),
        ("weights", [np.ones((2, 2)), np.ones((2, 1))], r"weights\[1\] should have 2 rows.*shape \(2, 1\)"),
        ("weights", [np.ones((2, 2))], r"weights should be two matrices, \[W, V\]"),
        ("weights", "Wb", r"weights should be two matrices"),
        ("weights", 3, r"weights should be two matrices"),
        ("weights", [[["a", 1], [1, 1]], np.ones((2, 2))], r"weights\[0\] should be numbers"),
        (
            "weights",
            [np.ones((2, 2)), [[np.nan, 1], [1, 1]]],
            r"weights\[1\] should be finite numbers; at index \(0, 0\)",
        ),
        ("weights", [np.ones((2, 2)), 2e6 * np.ones((2, 2))], r"weights\[1\] should be from −1000000 to 1000000"),
        ("biases", [1, 2], r"biases\[0\]"),
        ("biases", [[1, 2, 3], [1, 2]], r"biases\[0\] should be two numbers, one for each node; it has 3"),
        ("biases", None, r"biases should be those of both layers"),
        ("x", (1, 2, 3), "x should be two numbers, one for each node; it has 3"),
        ("x", (1, "a"), "x should be numbers"),
        ("t", (np.inf, 0), "t should be finite numbers"),
        ("t", 1, "t should be one row of numbers"),
        ("learning_rate", -0.5, "learning_rate should be from 0 to 1000000, not −0.5"),
        ("learning_rate", np.nan, "learning_rate should be a finite number"),
        ("half", 0.5, "half should be True or False"),
        ("learn_biases", "no", "learn_biases should be True or False"),
        ("activation", "Relu", "Did you mean relu"),
        ("rounds", -1, "rounds should be a whole number from 0 to 20000"),
        ("steps", 10, "steps should be a whole number from 0 to 9, not 10"),
        ("picked", "w13", "picked should be one of.*Did you mean"),
        ("calls", "▲▼", "calls should be twelve signs"),
        ("calls", "x" * 12, "calls should be twelve signs"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(lab, name, value, words):
    lab.set(steps=9, picked="w22")
    if value is None:  # means left out where a lab is made
        with pytest.raises(traitlets.TraitError, match=words):
            lab.biases = value
        return
    refuses(lab, name, value, words)


def test_a_rate_that_is_enormous_diverges_in_words_and_nothing_is_lost(lab):
    lab.set(learning_rate=1e6, t=(1e6, 0), steps=9)
    before = lab.describe(), lab.stage.svg(), lab.code()
    with pytest.raises(ValueError, match=r"Round 1 would make .* = .*: with α = 1000000 learning diverges.*smaller α"):
        lab.step()
    with pytest.raises(ValueError, match="diverges"):
        lab.rounds = 3
    assert (lab.describe(), lab.stage.svg(), lab.code()) == before
    lab.play()
    hear(lab, event="tick", n=lab.stage.answered + 1)
    assert "diverges" in lab.error and not lab.stage.playing and lab.stage.svg() == before[1]
    assert lab.describe().startswith("Round 1 would make")
    lab.set(learning_rate=0.5, t=(1, 0))
    assert not lab.error


def test_a_target_out_of_reach_is_allowed_and_said(lab):
    lab.set(t=(2, 0), steps=5)
    assert "t₁ = 2 is out of reach: a sigmoid answers between 0 and 1." in lab.describe()
    lab.set(rounds=500, steps=9)
    assert lab.E >= 1 and not lab.now.good


def test_a_step_that_is_too_long_is_said(lab):
    lab.set(weights=[np.zeros((2, 2)), [[6, -6], [-6, 6]]], biases=[[0, 0], [0, 0]], learning_rate=200)
    for rounds in range(1, 20):
        lab.set(rounds=rounds, steps=9)
        rose = lab.now.errors[-1] > lab.now.errors[-2]
        assert ("E rose, from" in lab.describe()) == (rose and not lab.now.good)


def test_saturated_outputs_and_a_rate_of_0_are_said(lab):
    lab.set(biases=[[0.25, -0.5], [-8, 8]], steps=9)
    assert "Every slope is nearly 0, though E is not" in lab.describe()
    lab.set(biases=[[0.25, -0.5], [0.25, -0.25]], learning_rate=0)
    assert "With α = 0 no weight moves." in lab.describe()
    lab.whole_round()
    assert lab.rounds == 0
    lab.play()
    hear(lab, event="tick", n=lab.stage.answered + 1)
    assert not lab.stage.playing


def test_the_last_round_is_the_last(lab):
    lab.set(rounds=steps.MOST, steps=9)
    assert "Here it stops: 20000 rounds are enough." in lab.describe() or lab.now.good
    lab.whole_round()
    assert lab.rounds == steps.MOST


@pytest.mark.parametrize("value", [1e6, -1e6, 1e-9, 0.0])
def test_large_and_small_numbers_do_no_harm(value):
    for activation in ("sigmoid", "tanh", "relu"):
        lab = BackpropLab(
            np.full((2, 2, 2), value), np.full((2, 2), value), (value, -value), (value, 0), activation=activation
        )
        for at, name in itertools.product((5, 9), PICKS):
            lab.set(steps=at, picked=name)
            assert not re.search(r"\bnan|∞|\binf", lab.describe() + lab.stage.live)


# What hangs together.


def test_undo_and_redo(lab):
    lab.picked = "w11"
    turner(lab).move(2)
    lab.step()
    lab._choosers["half"].value = True
    after = lab.describe()
    for __ in range(3):
        lab.undo()
    assert lab.weights == BackpropLab(**SMALL).weights and not lab.half
    while lab.redo():
        pass
    assert lab.describe() == after


@pytest.mark.parametrize(
    "values",
    [
        {}, dict(MAZUR, rounds=100, steps=9, picked="v12"), {"rounds": 7}, {"t": (2, -1), "x": (1 / 3, 0), "steps": 9},
        {"activation": "relu", "steps": 8, "picked": "b1"}, {"steps": 5, "calls": "▲▼" * 6, "picked": "w11"},
    ],
)  # fmt: skip
def test_code_makes_the_lab_again(values):
    lab = BackpropLab(**values)
    again = eval(lab.code())
    assert again.describe() == lab.describe() and again.stage.svg() == lab.stage.svg()
    assert len(lab.code()) < 500


def test_ten_thousand_rounds_are_a_short_line():
    lab = BackpropLab(rounds=10_000)
    assert lab.code() == "BackpropLab(rounds=10000)" and lab.now.good


def test_no_label_reaches_another(lab):
    """Numbers of edges, their slopes and the nodes keep apart, also when all are long."""
    boxes = {}
    for name, (x, y) in places.LABELS.items():
        boxes[name] = (x - 36, y - 9, x + 36, y + places.UNDER + 10)
    for name, (x, y) in places.NODES.items():
        half, high = places.REACH[name[0]]
        boxes[name] = (x - half, y - high, x + half, y + high)
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)
    assert all(0 <= a and b >= 0 and c <= places.WIDTH and d <= places.HEIGHT for a, b, c, d in boxes.values())


def test_it_is_a_network_of_annkit(lab):
    assert isinstance(lab.network(), Network) and lab.gradients.weights[0].shape == (2, 2)
    lab.network().weights[0][:] = 0
    assert lab.network().weights[0][0, 0] == 0.5, "a copy"


def test_marks_lie_in_the_picture():
    for name in (*NAMES, "h1", "h2", "o1", "o2"):
        for x, y in light.marks(name).values():
            assert 9 <= x <= places.WIDTH - 9 and 9 <= y <= places.HEIGHT - 9
