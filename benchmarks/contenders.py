"""What annkit's PerceptronLab is measured against: the same picture as others make it, and the bare way to and fro."""

import math
import time
from unittest import mock

import anywidget
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import traitlets

from annkit import data
from annkit.labs.base.slider import Slider
from annkit.labs.perceptron import PerceptronLab
from annkit.stage import Stage
from annkit.stage.events import MOVES
from annkit.wording import number, weighted_sum

TABLE = data.four_points()
LOW, HIGH = np.array([-3.0, -2.5]), np.array([3.0, 3.5])  # the lab's own window around these points
ORANGE, BLUE = "#c2500a", "#0b69b7"
HEAT = plt.matplotlib.colors.LinearSegmentedColormap.from_list("heat", ["#f08228", "white", "#2d82d7"])


def draw(w1, w2, b, point=1):
    """The lab's picture in plain pyplot, 430 × 400 pixels."""
    weights = np.array([w1, w2])
    plt.figure(figsize=(4.3, 4), dpi=100)
    plt.xlim(LOW[0], HIGH[0])
    plt.ylim(LOW[1], HIGH[1])
    _draw_sides(weights, b)
    _draw_points((TABLE.X @ weights + b > 0) == TABLE.labels)
    _draw_focus(TABLE.X[point - 1])
    total = TABLE.X[point - 1] @ weights + b
    plt.title(f"{weighted_sum(TABLE.X[point - 1], weights, b)} = {number(total)}", fontsize=10)
    plt.xlabel("x₁")
    plt.ylabel("x₂")
    plt.grid(alpha=0.12)
    plt.axhline(0, color="black", linewidth=1, alpha=0.35)
    plt.axvline(0, color="black", linewidth=1, alpha=0.35)
    plt.show()


def _draw_sides(weights, b):
    x, y = np.meshgrid(*np.linspace(LOW, HIGH, 32).T)
    sums = weights[0] * x + weights[1] * y + b
    window = (LOW[0], HIGH[0], LOW[1], HIGH[1])
    plt.imshow(sums, HEAT, vmin=-6, vmax=6, alpha=0.7, extent=window, origin="lower", interpolation="bilinear")
    if not weights.any():
        return
    foot = -b * weights / (weights @ weights)
    along = np.array([-weights[1], weights[0]])
    plt.axline(foot, foot + along, color="black", linewidth=2.5)
    plt.annotate("", foot + 0.45 * weights, foot, arrowprops={"arrowstyle": "-|>", "linewidth": 2.5, "color": "black"})
    plt.annotate("w", foot + 0.6 * weights, weight="bold", ha="center", va="center", annotation_clip=True)
    across = 1.5 * weights / np.hypot(*weights)
    plt.text(*foot + across, "O", color=BLUE, size=25, weight="bold", ha="center", va="center", alpha=0.3)
    plt.text(*foot - across, "X", color=ORANGE, size=25, weight="bold", ha="center", va="center", alpha=0.3)


def _draw_points(right):
    circles, crosses, wrong = TABLE.X[TABLE.labels == 1], TABLE.X[TABLE.labels == 0], TABLE.X[~right]
    plt.plot(*circles.T, "o", color=BLUE, markerfacecolor="white", markersize=10, markeredgewidth=3)
    plt.plot(*crosses.T, "x", color=ORANGE, markersize=10, markeredgewidth=3)
    plt.scatter(*wrong.T, s=400, facecolors="none", edgecolors="black", linestyles="--", linewidths=1.5)


def _draw_focus(place):
    x, y = place
    plt.plot([LOW[0], x, x], [y, y, LOW[1]], "--", color="black", linewidth=1, alpha=0.7)
    plt.text(x, LOW[1] + 0.1, number(x), ha="center", weight="bold")
    plt.text(LOW[0] + 0.1, y, number(y), va="center", weight="bold")


def interact():
    """The picture under sliders with the lab's ranges and steps."""
    ranges = {"w1": (-4, 4, 0.5), "w2": (-4, 4, 1.0), "b": (-8, 8, -0.5)}
    sliders = {
        name: ipywidgets.FloatSlider(min=low, max=high, step=0.25, value=value)
        for name, (low, high, value) in ranges.items()
    }
    return ipywidgets.interactive(draw, **sliders, point=ipywidgets.fixed(1))


def turned(step):
    """The weights after so many steps around a circle."""
    return 1.5 * math.cos(step / 30), 1.5 * math.sin(step / 30)


class TurningLab(PerceptronLab):
    """A lab that can play: it turns its line."""

    _steps = 0

    def advance(self):
        self._steps += 1
        w1, w2 = turned(self._steps)
        self.set(w1=w1, w2=w2)
        return True

    def controls(self):
        return [ipywidgets.HBox(self.player("Step")), *super().controls()]


def turning_interact():
    """The turning picture, played by ipywidgets."""
    # Play is itself the control that interact hears: a slider linked in between would only add its own way round.
    play = ipywidgets.Play(interval=1000 / 30, max=10**6)
    return ipywidgets.interactive(lambda step: draw(*turned(step), -0.5), step=play)


class Bare(anywidget.AnyWidget):
    """The bare way to Python and back: a slider whose every move is answered with its number, and nothing else."""

    _esm = """
    export default {
      render({ model, el }) {
        const input = document.createElement("input");
        Object.assign(input, { type: "range", min: -4, max: 4, step: 0.25, value: 0 });
        input.dataset.lmSuppressShortcuts = true; // arrows are the slider's, not JupyterLab's
        const answer = document.createElement("output");
        answer.className = "bare-answer";
        input.addEventListener("input", () => model.send({ value: input.valueAsNumber }));
        model.on("change:answer", () => { answer.textContent = model.get("answer"); });
        el.append(input, answer);
      },
    };
    """
    answer = traitlets.Float().tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(self._hear)

    def _hear(self, _, content, buffers):
        self.answer = content["value"]


HELD_BACK = """
function mover(model, answered) {
  let sent = 0;
  return {
    begin() {},
    free: () => true,
    ahead: () => sent > answered(),
    send(message) {
      model.send({ ...message, n: ++sent });
      return sent;
    },
    move(make) {
      model.set("hand", { ...make(), n: ++sent });
      model.save_changes();
    },
    next() {},
  };
}
"""
"""In place of annkit's moves: a trait, whose next value ipywidgets holds back until the last was answered."""


def held_back(kind):
    """A stage or a slider that tells what hands move by a trait, as most widgets do; in all else it is the same."""

    class HeldBack(kind):
        _esm = HELD_BACK + kind._esm.removeprefix(MOVES)
        hand = traitlets.Dict().tag(sync=True, echo_update=False)

        @traitlets.observe("hand")
        def _moved(self, change):
            self._hear(self, change["new"], [])

    return HeldBack


def held_back_lab():
    """A PerceptronLab of such a stage and such sliders."""
    with (
        mock.patch("annkit.labs.base.lab.Stage", held_back(Stage)),
        mock.patch("annkit.labs.base.controls.Slider", held_back(Slider)),
    ):
        return PerceptronLab()


def kernel_times(lab, interact, blocks, changes):
    """Milliseconds that each of `changes` settings of w1 keeps the kernel busy, for each contender a list of blocks."""
    contenders = {
        "stage": lambda value: setattr(lab, "w1", value),
        "interact": lambda value: setattr(interact.children[0], "value", value),
    }
    times = {name: [] for name in contenders}
    for __ in range(blocks):
        for name, change in contenders.items():
            times[name].append([_milliseconds(change, 0.5 + 0.25 * (i % 2)) for i in range(1, changes + 1)])
            time.sleep(0.5)  # the browser shares the cores: let it come to rest before the other's turn
    return times


def _milliseconds(change, value):
    start = time.perf_counter()
    change(value)
    return 1000 * (time.perf_counter() - start)
