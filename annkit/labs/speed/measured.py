"""What a speed lab has measured: a network's products by loops, by `@` and perhaps on a GPU, beside the limits."""

import time
from typing import NamedTuple

from annkit import counting
from annkit.measuring import Loops, Products, TorchProducts, gpu, limit

DIGITS = 1797
"""The bars stand for sending so many digits through the network: all of scikit-learn's."""


class OnGPU(NamedTuple):
    """What was measured on a GPU, with 32-bit numbers."""

    name: str
    seconds: float
    limit: float


class Measured(NamedTuple):
    """What was measured of one network; the seconds are those for all digits, forward."""

    depth: int
    width: int
    batch: int
    count: int
    """Multiplications for all digits, forward."""
    loops: float
    products: float
    limit: float
    """Multiplications a second that a core is capable of: the fastest product that was seen here."""
    began: float
    """When its bars begin to fill, as `time.perf_counter` has it."""
    gpu: OnGPU | None = None

    @property
    def share(self):
        """How near the network's products come to the core's limit, from 0 to 1."""
        return self.count / self.products / self.limit

    @property
    def times(self):
        """How many times as long loops take."""
        return self.loops / self.products

    def again(self, gpu):
        """The same with what was measured on a GPU; its bars begin anew."""
        return self._replace(gpu=gpu, began=time.perf_counter())


def measure(lab, fastest=0.0):
    """Measure here and now. `fastest` is the fastest product that was seen before, in multiplications a second."""
    count = DIGITS * counting.forward(lab.sizes)
    large = limit()  # first: what the machine is capable of
    products = Products(lab.sizes, lab.batch).seconds() * DIGITS / lab.batch
    loops = Loops(lab.sizes).seconds() * DIGITS
    most = max(fastest, large, count / products)
    return Measured(lab.depth, lab.width, lab.batch, count, loops, products, most, time.perf_counter())


def measure_on_gpu(lab, device=None):
    """Measure on a GPU, an `OnGPU`; raises `ValueError` where there is none. `device` is a stand-in for it."""
    products = TorchProducts(lab.sizes, lab.batch, device or gpu())
    seconds, count = products.seconds() * DIGITS / lab.batch, DIGITS * counting.forward(lab.sizes)
    return OnGPU(products.name, seconds, max(products.limit(), count / seconds))
