"""How many epochs a second annkit trains, beside scikit-learn and, where it is installed, PyTorch eager.

All contenders learn with the same network, data and batch size, in 64-bit numbers, by plain gradient descent, and
shuffle before each epoch. They take turns, a block each, round after round, so that what else the machine does hits all
alike. Before anything is measured, all learn for 20 epochs from the same weights, a batch each, and have to agree. Then
all is measured twice: as the machine is, and while a busy process on each core takes its turns too.
"""

import contextlib
import os
import platform
import subprocess
import sys
import time
import warnings
from importlib.metadata import version
from statistics import median, quantiles

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from annkit import Network, data, train

try:
    import torch
except ImportError:
    torch = None

ROUNDS = 11
SECONDS, BUSY_SECONDS = 0.25, 0.5  # a block; longer where others take turns on the cores
GOALS = {"scikit-learn": 5, "scikit-learn, one fit": 1, "PyTorch": 10}
"""On the first row; on all others the goal is to be ahead."""


class Task:
    """One network on one set of data."""

    def __init__(self, sizes, table, batch_size):
        self.sizes, self.X, self.T, self.batch_size = sizes, table.X.copy(), table.T.copy(), batch_size
        self.labels = table.labels
        self.classes = sizes[-1] > 1
        self.rate = 0.01  # annkit's; the two others halve the squared error or average it, see their own rates
        self.network = {"activation": "tanh", "output": "identity"}
        self.loss = "squared_error"
        if self.classes:
            self.network, self.loss = {"activation": "relu", "output": "softmax"}, "cross_entropy"

    def __str__(self):
        return f"({', '.join(map(str, self.sizes))}) × {len(self.X)} rows, batches of {self.batch_size}"


class Annkit:
    def __init__(self, task):
        self.task, self.net = task, Network(list(task.sizes), **task.network)

    def run(self, epochs, batch_size=None):
        task = self.task
        options = {"loss": task.loss, "learning_rate": task.rate, "batch_size": batch_size or task.batch_size}
        train(self.net, task.X, task.T, epochs=epochs, **options)

    def outputs(self):
        return self.net.predict(self.task.X)


class ScikitLearn:
    """An epoch is a `partial_fit`."""

    def __init__(self, task, batch_size=None, **options):
        self.task = task
        rate = task.rate if task.classes else 2 * task.rate  # its squared error is halved
        self.model = (MLPClassifier if task.classes else MLPRegressor)(
            hidden_layer_sizes=task.sizes[1:-1],
            activation=task.network["activation"],
            solver="sgd",
            alpha=0,
            batch_size=batch_size or task.batch_size,
            learning_rate_init=rate,
            momentum=0,
            nesterovs_momentum=False,
            random_state=0,
            **options,
        )
        self.y = task.labels if task.classes else task.T[:, 0]
        self.model.partial_fit(task.X, self.y, **({"classes": np.arange(task.sizes[-1])} if task.classes else {}))

    def start_from(self, net):
        for own, W in zip(self.model.coefs_, net.weights, strict=True):
            own[...] = W
        for own, b in zip(self.model.intercepts_, net.biases, strict=True):
            own[...] = b

    def run(self, epochs):
        for __ in range(epochs):
            self.model.partial_fit(self.task.X, self.y)

    def outputs(self):
        return self.model.predict_proba(self.task.X) if self.task.classes else self.model.predict(self.task.X)[:, None]


class ScikitLearnFit(ScikitLearn):
    """All epochs in one `fit`: its arguments are checked once."""

    def run(self, epochs):
        self.model.set_params(max_iter=epochs, tol=0, n_iter_no_change=epochs + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged
            self.model.fit(self.task.X, self.y)


class PyTorch:
    def __init__(self, task):
        self.task = task
        layers = []
        for before, units in zip(task.sizes[:-1], task.sizes[1:], strict=True):
            hidden = torch.nn.ReLU() if task.network["activation"] == "relu" else torch.nn.Tanh()
            layers += [torch.nn.Linear(before, units, dtype=torch.float64), hidden]
        self.model = torch.nn.Sequential(*layers[:-1])
        self.X = torch.tensor(task.X)
        self.T = torch.tensor(task.labels) if task.classes else torch.tensor(task.T)
        self.loss = torch.nn.CrossEntropyLoss() if task.classes else torch.nn.MSELoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=task.rate)

    def start_from(self, net):
        with torch.no_grad():
            for layer, W, b in zip(self.model[::2], net.weights, net.biases, strict=True):
                layer.weight.copy_(torch.tensor(W.T.copy()))
                layer.bias.copy_(torch.tensor(b.copy()))

    def run(self, epochs, batch_size=None):
        batch_size = batch_size or self.task.batch_size
        for __ in range(epochs):
            order = torch.randperm(len(self.X))
            X, T = self.X[order], self.T[order]
            for start in range(0, len(X), batch_size):
                self.optimizer.zero_grad()
                self.loss(self.model(X[start : start + batch_size]), T[start : start + batch_size]).backward()
                self.optimizer.step()

    def outputs(self):
        with torch.no_grad():
            outputs = self.model(self.X)
            return (torch.softmax(outputs, 1) if self.task.classes else outputs).numpy()


CONTENDERS = {"annkit": Annkit, "scikit-learn": ScikitLearn, "scikit-learn, one fit": ScikitLearnFit}
if torch:
    CONTENDERS["PyTorch"] = PyTorch


def check_that_all_do_the_same(task):
    """20 epochs of one batch each, from the same weights, lead to the same outputs."""
    whole = len(task.X)
    net = Annkit(task)
    others = [ScikitLearn(task, batch_size=whole)] + ([PyTorch(task)] if torch else [])
    for other in others:
        other.start_from(net.net)
    net.run(20, batch_size=whole)
    others[0].run(20)
    if torch:
        others[1].run(20, batch_size=whole)
    for other in others:
        np.testing.assert_allclose(other.outputs(), net.outputs(), atol=1e-9)


def measure(task, seconds):
    """For each contender, its epochs a second in each round."""
    contenders = {name: make(task) for name, make in CONTENDERS.items()}
    epochs = {name: enough(contender, seconds) for name, contender in contenders.items()}
    speeds = {name: [] for name in contenders}
    for __ in range(ROUNDS):
        for name, contender in contenders.items():
            start = time.perf_counter()
            contender.run(epochs[name])
            speeds[name].append(epochs[name] / (time.perf_counter() - start))
    return speeds


def enough(contender, seconds):
    """How many epochs fill a block of so many seconds; this also warms the contender up."""
    epochs = 1
    while True:
        start = time.perf_counter()
        contender.run(epochs)
        taken = time.perf_counter() - start
        if taken > seconds / 4:
            return max(1, round(epochs * seconds / taken))
        epochs *= 2


def cell(speeds):
    """The median, and as noise half of what the middle half of the rounds spans."""
    low, __, high = quantiles(speeds, n=4)
    middle = median(speeds)
    return f"{middle:.{0 if middle >= 100 else 1}f} ± {(high - low) / 2 / middle:.0%}"


def ratio(own, other, goal):
    """How many times as fast, from the rounds' own ratios; bold where the goal is missed."""
    ratios = [a / b for a, b in zip(own, other, strict=True)]
    low, value, high = quantiles(ratios, n=4)
    text = f"{value:.1f} × ± {(high - low) / 2 / value:.0%}"
    return text if value >= goal else f"**{text}**, goal {goal} ×"


@contextlib.contextmanager
def busy_cores():
    """As many processes as there are cores, which do nothing but keep them busy."""
    with contextlib.ExitStack() as stack:
        for __ in range(os.cpu_count()):
            process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield


def table(tasks, seconds):
    """Measure and print, task by task."""
    others = list(CONTENDERS)[1:]
    print("| network, data | annkit | " + " | ".join(f"{name} | ×" for name in others) + " |")
    print("|---" * (2 + 2 * len(others)) + "|")
    for task in tasks:
        speeds = measure(task, seconds)
        cells = [str(task), cell(speeds["annkit"])]
        for name in others:
            goal = GOALS[name] if task is tasks[0] else 1
            cells += [cell(speeds[name]), ratio(speeds["annkit"], speeds[name], goal)]
        print("| " + " | ".join(cells) + " |", flush=True)


def main():
    circles = data.circles(250, noise=0.1, seed=0)
    tasks = [
        Task((2, 4, 2, 1), circles, 10),
        Task((2, 4, 2, 1), circles, 250),
        Task((2, 8, 8, 8, 8, 8, 8, 1), circles, 10),
        Task((2, 64, 64, 1), data.circles(1000, noise=0.1, seed=0), 100),
        Task((64, 128, 64, 10), data.digits(), 64),
    ]
    packages = ["numpy", "scikit-learn"] + ["torch"] * bool(torch)
    used = ", ".join(f"{name} {version(name)}" for name in packages)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {used}.")
    if not torch:
        print("PyTorch is not installed here (pip install torch), so it is left out.")
    for task in tasks:
        check_that_all_do_the_same(task)
    print("Epochs a second, median ± noise; × is how many times as fast annkit is.\n")
    table(tasks, SECONDS)
    print("\nThe same while other processes keep every core busy.\n")
    with busy_cores():
        table(tasks, BUSY_SECONDS)


if __name__ == "__main__":
    main()
