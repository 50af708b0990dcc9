"""Measuring: how long a network's products take here and now, on one core or on a GPU, and what the limit is.

What is timed writes into arrays that are there already: asking the system for new memory would be measured, too. Of
several runs the fastest counts, as whatever else the machine does can only make a run slower.
"""

import importlib
import importlib.util
import math
import time

import numpy as np
from threadpoolctl import threadpool_limits

from annkit import inputs
from annkit.network import Network
from annkit.translation import _

PATIENCE = 0.1
"""Seconds after which a job that was run three times is not run again."""
LEAST = 3
LARGE, LARGE_ON_GPU = 768, 4096
"""Rows and columns of the matrices whose product shows what a core, or a GPU, is capable of."""
QUEUE = 32
"""So many batches are sent to a GPU before it is waited for, as in training."""


def one_core():
    """A context in which NumPy's products use one core."""
    return threadpool_limits(1, user_api="blas")


def fastest(job, patience=PATIENCE):
    """The seconds of the fastest of several runs of `job()`, at least three, after one that doesn't count.

    >>> fastest(lambda: sum(range(1000)), patience=0) > 0
    True
    """
    job()
    best, runs, end = math.inf, 0, time.perf_counter() + patience
    while runs < LEAST or time.perf_counter() < end:
        start = time.perf_counter()
        job()
        best = min(best, time.perf_counter() - start)
        runs += 1
    return best


def limit(patience=PATIENCE):
    """How many multiplications a second one core does in a product of two large matrices."""
    first, second, out = np.ones((3, LARGE, LARGE))
    with one_core():
        return LARGE**3 / fastest(lambda: np.dot(first, second, out=out), patience)


class Products:
    """The products of a network's way forward, for one batch of samples, and the arrays that they need.

    They are those of `annkit.engine`, without the activations: a column is a sample, a row of ones weighs the biases.

    Parameters
    ----------
    sizes : sequence of int
        How many inputs, then how many units in each layer.
    batch : int
        How many samples go through together.
    """

    def __init__(self, sizes, batch):
        inputs.whole("batch", batch, low=1)
        net = Network(sizes, seed=0)
        self.blocks = [np.vstack([W, b]).T.copy() for W, b in zip(net.weights, net.biases, strict=True)]
        self.values = [np.ones((units + 1, batch)) for units in sizes]
        self.jobs = [
            (block, before, after[:-1])
            for block, before, after in zip(self.blocks, self.values[:-1], self.values[1:], strict=True)
        ]

    def __call__(self):
        """Do them once."""
        for block, before, after in self.jobs:
            np.dot(block, before, out=after)

    def seconds(self, patience=PATIENCE):
        """How long one batch takes on one core."""
        with one_core():
            return fastest(self, patience)


class Loops:
    """The same products for one sample, multiplication by multiplication in Python. `sizes` are as for `Products`."""

    def __init__(self, sizes):
        products = Products(sizes, 1)
        self.blocks = [block.tolist() for block in products.blocks]
        self.x = products.values[0][:, 0].tolist()

    def __call__(self):
        """Do them once. Returns the last sums, a list."""
        x = self.x
        for block in self.blocks:
            sums = []
            for row in block:
                total = 0.0
                for j in range(len(row)):
                    total += row[j] * x[j]
                sums.append(total)
            x = [*sums, 1.0]
        return sums

    def seconds(self, patience=PATIENCE):
        """How long one sample takes."""
        return fastest(self, patience)


def gpu():
    """What PyTorch calls the GPU that it finds, "cuda"; else raises `ValueError`, which says what is missing.

    PyTorch is imported here, and only here: that takes a while.
    """
    if importlib.util.find_spec("torch") is None:
        raise ValueError(_("no GPU has been measured: PyTorch is not installed here."))
    if not importlib.import_module("torch").cuda.is_available():
        raise ValueError(_("no GPU has been measured: PyTorch is here, but finds no GPU with CUDA."))
    return "cuda"


class TorchProducts:
    """The products of `Products` in PyTorch on a device, with 32-bit numbers, which GPUs are made for.

    Parameters
    ----------
    sizes, batch
        As for `Products`.
    device : str
        What PyTorch calls it: "cuda", or "cpu" as a stand-in.
    """

    def __init__(self, sizes, batch, device):
        self.torch, self.device = importlib.import_module("torch"), device
        products = Products(sizes, batch)
        self.blocks, self.values = (list(map(self._there, arrays)) for arrays in (products.blocks, products.values))

    def _there(self, array):
        return self.torch.as_tensor(array, dtype=self.torch.float32, device=self.device)

    def __call__(self):
        """Send them off once. A GPU may still be at work afterwards: `wait` for it."""
        for block, before, after in zip(self.blocks, self.values[:-1], self.values[1:], strict=True):
            self.torch.mm(block, before, out=after[:-1])

    def wait(self):
        """Until all that was sent off is done."""
        if self.device != "cpu":
            self.torch.cuda.synchronize()

    @property
    def name(self):
        """What the device is called."""
        return self.device if self.device == "cpu" else self.torch.cuda.get_device_name()

    def seconds(self, patience=PATIENCE):
        """How long a batch takes on average, where several are sent off one after the other."""
        return self._timed(self, QUEUE, patience) / QUEUE

    def limit(self, patience=PATIENCE):
        """How many multiplications a second the device does in a product of two large matrices."""
        size = LARGE if self.device == "cpu" else LARGE_ON_GPU
        first, second, out = (self._there(np.ones((size, size))) for __ in range(3))
        return size**3 / self._timed(lambda: self.torch.mm(first, second, out=out), 1, patience)

    def _timed(self, job, times, patience):
        def jobs():
            for __ in range(times):
                job()
            self.wait()

        return fastest(jobs, patience)
