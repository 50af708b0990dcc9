"""What every lab costs: an update, a picture, making it, a thousand moves, twenty of them open."""

import gc
import itertools
import json
import os
import platform
import time
import tracemalloc
from statistics import median, quantiles

import comm

from annkit import data
from annkit.labs import (
    ActivationLab,
    BumpsLab,
    DigitsLab,
    ForwardLab,
    MatrixLab,
    PerceptronLab,
    SoftmaxLab,
    TapLab,
    XorLab,
)

PETALS = ["petal length", "petal width"]
LABS = {
    "PerceptronLab": PerceptronLab,
    "PerceptronLab, 10 fruits": lambda: PerceptronLab(data.fruits(), w1=-1, w2=1, b=2),
    "PerceptronLab, three inputs": lambda: PerceptronLab(data.lecture()),
    "PerceptronLab, learning, 100 irises": lambda: PerceptronLab(
        data.iris(["versicolor", "virginica"], PETALS).shuffled(0), w1=0, w2=0, b=0, learning=True
    ),
    "XorLab": XorLab,
    "TapLab": TapLab,
    "MatrixLab": MatrixLab,
    "ActivationLab": ActivationLab,
    "BumpsLab, four units": lambda: BumpsLab(units=4),
    "SoftmaxLab": SoftmaxLab,
    "ForwardLab": lambda: ForwardLab(steps=4),
    "DigitsLab": DigitsLab,
}
GOALS = {"ms an update": 2, "kB a picture": 8, "kB saved": 60, "s to make": 0.4, "MB 1,000 moves": 5, "MB 20 open": 40}
ROUNDS = 4
sent = []


class CountingComm(comm.base_comm.BaseComm):
    """Stands for the way to the browser, and counts what goes over it."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        sent.append(len(json.dumps(data, default=str).encode()) + sum(len(bytes(buffer)) for buffer in buffers or ()))


def moves(lab):
    """Every slider in turn, through its range in its own steps, for ever."""
    sliders = list(lab._sliders.values())
    for k in itertools.count():
        slider = sliders[k % len(sliders)]
        steps = int((slider.high - slider.low) / slider.step)
        slider.move(slider.low + slider.step * (7 * k % (steps + 1)))
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


def memory(make):
    """Megabytes that 1,000 moves add, that 20 open labs hold, and that are left when they are closed."""
    make().close()  # what is made once for all labs
    lab = make()
    move = moves(lab)
    moved, __ = megabytes(lambda: [next(move) for __ in range(1000)] and None)
    lab.close()
    open_, labs = megabytes(lambda: [make() for __ in range(20)])

    def close():
        while labs:
            labs.pop().close()

    freed, __ = megabytes(close)
    return moved, open_, open_ + freed


def measure():
    """One row a lab. The labs take turns, so that what else the machine does hits all alike."""
    times, sizes, making = ({name: [] for name in LABS} for __ in range(3))
    for __ in range(ROUNDS):
        for name, make in LABS.items():
            start = time.perf_counter()
            make().close()
            making[name].append(time.perf_counter() - start)
            updates(make, times[name], sizes[name])
    tracemalloc.start()
    rows = {}
    for name, make in LABS.items():
        lab = make()
        saved = len(lab._repr_mimebundle_()["text/html"]) / 1000
        lab.close()
        moved, open_, left = memory(make)
        numbers = [median(times[name]), sum(sizes[name]) / len(sizes[name]), saved, median(making[name]), moved, open_]
        rows[name] = numbers, quantiles(times[name], n=20)[-1], left
    return rows


def main():
    comm.create_comm = CountingComm
    rows = measure()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")
    print("| lab |", " | ".join(f"{name} (≤ {goal:g})" for name, goal in GOALS.items()), "| MB left when closed |")
    print("| --- |", " | ".join("---" for __ in GOALS), "| --- |")
    for name, (numbers, slowest, left) in rows.items():
        texts = [
            f"{number:.2f}" + ("" if number <= goal else " **missed**")
            for number, goal in zip(numbers, GOALS.values(), strict=True)
        ]
        texts[0] += f" (95 %: {slowest:.2f})"
        print("|", name, "|", " | ".join(texts), f"| {left:.2f} |")


if __name__ == "__main__":
    main()
