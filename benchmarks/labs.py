"""What every lab costs: an update, a picture, making it, a thousand moves, its undo, twenty of them open."""

import gc
import itertools
import json
import os
import platform
import sys
import time
import tracemalloc
from statistics import median, quantiles

import comm
import numpy as np

from annkit import data
from annkit.labs import (
    ActivationLab,
    AttentionLab,
    BackpropLab,
    BumpsLab,
    ConvolutionLab,
    DescentLab,
    DigitsLab,
    ExplainLab,
    ForwardLab,
    GridLab,
    LandscapeLab,
    MatrixLab,
    OverfitLab,
    PerceptronLab,
    Playground,
    RaceLab,
    RecurrentLab,
    RuleLab,
    SaliencyLab,
    SoftmaxLab,
    SpaceLab,
    SpeedLab,
    TapLab,
    VanishingLab,
    XorLab,
)
from annkit.labs.base.history import MOST
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Number
from annkit.stage import Panel, new_figure


class HeatMaps(Lab):
    """As many small heat maps as a large network has units, each on a plain panel, all turned by one slider."""

    turned = Number(0)

    def figure(self, setting):
        return new_figure(480, 360)[0]

    def place(self):
        boxes = [(60 * column + 5, 60 * row + 5, 50, 50) for row in range(6) for column in range(8)]
        self.panels = [Panel.plain(*box, xlim=(-6, 6), ylim=(-6, 6)) for box in boxes]
        self.grids = [panel.grid(15, 15) for panel in self.panels]

    def draw(self):
        angles = self.turned + np.arange(len(self.panels))
        values = [np.tanh(np.cos(a) * x + np.sin(a) * y) for a, (x, y) in zip(angles, self.grids, strict=True)]
        self.stage.show(heats=list(zip(self.panels, values, strict=True)))

    def words(self):
        return [f"Turned by {self.turned:g}."]

    def controls(self):
        return [self.slider("turned", "turned", 0, 6)]


PETALS = ["petal length", "petal width"]
LABS = {
    "PerceptronLab": PerceptronLab,
    "PerceptronLab, 10 fruits": lambda: PerceptronLab(data.fruits(), w1=-1, w2=1, b=2),
    "PerceptronLab, three inputs": lambda: PerceptronLab(data.lecture()),
    "PerceptronLab, learning, 100 irises": lambda: PerceptronLab(
        data.iris(["versicolor", "virginica"], PETALS).shuffled(0), w1=0, w2=0, b=0, learning=True
    ),
    "RuleLab": RuleLab,
    "RuleLab, made variables": lambda: RuleLab(model="made", mix1=20, mix2=40),
    "XorLab": XorLab,
    "TapLab": TapLab,
    "MatrixLab": MatrixLab,
    "SpaceLab": SpaceLab,
    "ActivationLab": ActivationLab,
    "BumpsLab, four units": lambda: BumpsLab(units=4),
    "SoftmaxLab": SoftmaxLab,
    "ForwardLab": lambda: ForwardLab(steps=4),
    "DigitsLab": DigitsLab,
    "ExplainLab": ExplainLab,
    "ExplainLab, three copies, the truth": lambda: ExplainLab(copies=3, truth=True),
    "SaliencyLab": SaliencyLab,
    "DescentLab": DescentLab,
    "DescentLab, two valleys": lambda: DescentLab("valleys", steps=20),
    "DescentLab, one neuron's": lambda: DescentLab("neuron", steps=100),
    "DescentLab in fog": lambda: DescentLab("land 2", fog=True, walked=(2, 1)),
    "RecurrentLab": RecurrentLab,
    "RecurrentLab, an LSTM's cell": lambda: RecurrentLab("lstm", x="+-+--++-+-++--+-+-++-", mark=4),
    "BackpropLab, all slopes, round 200": lambda: BackpropLab(rounds=200, steps=9, picked="w11"),
    "GridLab, full, all shown": lambda: GridLab(done=28, rule=True, asked=True),
    "LandscapeLab": lambda: LandscapeLab(steps=100),
    "SpeedLab": SpeedLab,
    "SpeedLab, eight layers beside four": lambda: SpeedLab(depth=8, width=256, pinned=(4, 256)),
    "AttentionLab": AttentionLab,
    "AttentionLab, all weights": lambda: AttentionLab(view="weights"),
    "OverfitLab": OverfitLab,
    "ConvolutionLab": ConvolutionLab,
    "ConvolutionLab, puzzle, pooled": lambda: ConvolutionLab(pooling="max", padding=1, moved=(1, 1), puzzle=7),
    "Playground": Playground,
    "Playground, four layers of 8": lambda: Playground(hidden=(8, 8, 8, 8)),
    "RaceLab": RaceLab,
    "VanishingLab": VanishingLab,
    "VanishingLab, 20 layers with wires": lambda: VanishingLab(20, "tanh", skip="plain"),
    "48 heat maps of 15 × 15": HeatMaps,
}
GOALS = {
    "ms an update": 2, "kB a picture": 8, "kB saved": 60, "s to make": 0.4, "MB 1,000 moves": 5, "MB 20 open": 40,
    "signs of code()": 500,
}  # fmt: skip
OTHERS = {
    "OverfitLab": {"ms an update": 100, "kB a picture": 12},  # an update is a whole training
    "48 heat maps of 15 × 15": {"kB a picture": 12, "s to make": 0.1},
    "GridLab, full, all shown": {"ms an update": 4, "kB a picture": 12},
    "Playground": {"ms an update": 20, "kB a picture": 12},
    "Playground, four layers of 8": {"ms an update": 30, "kB a picture": 12, "kB saved": 120},
    "RaceLab": {"ms an update": 30},
    "VanishingLab": {"ms an update": 6},
    "VanishingLab, 20 layers with wires": {"ms an update": 6},
}
"""Goals that are other ones for what is no lab of its own."""
LEARN, FEW = {"OverfitLab", "GridLab", "GridLab, full, all shown", "RaceLab"}, 50
"""Labs that learn anew with a move, and how many moves they make instead of 1,000."""
ROUNDS = 4
sent = []


class CountingComm(comm.base_comm.BaseComm):
    """Stands for the way to the browser, and counts what goes over it."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        sent.append(len(json.dumps(data, default=str).encode()) + sum(len(bytes(buffer)) for buffer in buffers or ()))


def moves(lab):
    """Every slider in turn, to any place of its own grid, for ever."""
    random = np.random.default_rng(0)
    for slider in itertools.cycle(list(lab._sliders.values())):
        steps = int((slider.high - slider.low) / slider.step)
        slider.move(slider.low + slider.step * int(random.integers(steps + 1)))
        yield


def updates(make, times, sizes):
    """Add the times (ms) and the sizes (kB) of 50 moves of a new lab."""
    lab = make()
    move = moves(lab)
    for __ in range(50):
        sent.clear()
        start = time.perf_counter()
        next(move)
        times.append(1000 * (time.perf_counter() - start))
        sizes.append(sum(sent) / 1000)
    lab.close()


def megabytes(act):
    """How much more memory is held after `act()`, and what it returned."""
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    made = act()
    gc.collect()
    return (tracemalloc.get_traced_memory()[0] - before) / 1e6, made


def memory(make, count):
    """Megabytes that `count` moves add, of which the last can be undone, that 20 open labs hold, and that are left when
    they are closed; and how long the lab's line of code is after all these moves.
    """
    make().close()  # what is made once for all labs
    lab = make()
    move = moves(lab)
    moved, __ = megabytes(lambda: [next(move) for __ in range(count)] and None)
    signs = len(lab.code())
    assert len(list(iter(lab.undo, False))) > min(MOST, count) / 2
    lab.close()
    open_, labs = megabytes(lambda: [make() for __ in range(20)])

    def close():
        while labs:
            labs.pop().close()

    freed, __ = megabytes(close)
    return moved, open_, open_ + freed, signs


def measure(chosen):
    """One row a lab. The labs take turns, so that what else the machine does hits all alike."""
    times, sizes, making = ({name: [] for name in chosen} for __ in range(3))
    for __ in range(ROUNDS):
        for name, make in chosen.items():
            start = time.perf_counter()
            make().close()
            making[name].append(time.perf_counter() - start)
            updates(make, times[name], sizes[name])
    tracemalloc.start()
    rows = {}
    for name, make in chosen.items():
        lab = make()
        saved = len(lab._repr_mimebundle_()["text/html"]) / 1000
        lab.close()
        moved, open_, left, signs = memory(make, FEW if name in LEARN else 1000)
        picture = sum(sizes[name]) / len(sizes[name])
        numbers = [median(times[name]), picture, saved, median(making[name]), moved, open_, signs]
        rows[name] = numbers, quantiles(times[name], n=20)[-1], left
    return rows


def main():
    comm.create_comm = CountingComm
    begun = tuple(sys.argv[1:])  # only labs whose names begin so
    rows = measure({name: make for name, make in LABS.items() if not begun or name.startswith(begun)})
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")
    print("| lab |", " | ".join(f"{name} (≤ {goal:g})" for name, goal in GOALS.items()), "| MB left when closed |")
    print("| --- |", " | ".join("---" for __ in GOALS), "| --- |")
    for name, (numbers, slowest, left) in rows.items():
        goals = {**GOALS, **OTHERS.get(name, {})}
        texts = [
            (str(number) if isinstance(number, int) else f"{number:.2f}")
            + (f" (≤ {goal:g})" if goal != usual else "")
            + ("" if number <= goal else " **missed**")
            for number, goal, usual in zip(numbers, goals.values(), GOALS.values(), strict=True)
        ]
        texts[0] += f" (95 %: {slowest:.2f})"
        print("|", name, "|", " | ".join(texts), f"| {left:.2f} |")


if __name__ == "__main__":
    main()
