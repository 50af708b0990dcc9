"""Measuring: that what is timed is what is counted, and how it is timed; never how long anything took."""

import sys
import types

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from annkit import Network, counting, measuring
from annkit.measuring import Loops, Products, TorchProducts, fastest, gpu, limit, one_core

SIZES, BATCH = [3, 5, 4, 2], 6


@pytest.fixture
def sums():
    """What the products of a network without activations come to for a sample of ones, shape (2,)."""
    return Network(SIZES, "identity", "identity", seed=0).predict(np.ones((1, 3)))[0]


def test_products_and_loops_do_what_the_network_does(sums):
    products, loops = Products(SIZES, BATCH), Loops(SIZES)
    products()
    np.testing.assert_allclose(products.values[-1][:-1].T, np.tile(sums, (BATCH, 1)), rtol=1e-12)
    np.testing.assert_allclose(loops(), sums, rtol=1e-12)


def test_the_products_are_those_that_are_counted():
    done = sum(block.size * before.shape[1] for block, before, __ in Products(SIZES, BATCH).jobs)
    assert done == BATCH * counting.forward(SIZES)
    assert sum(len(row) for block in Loops(SIZES).blocks for row in block) == counting.forward(SIZES)


def test_products_write_into_arrays_that_are_there():
    products = Products(SIZES, BATCH)
    places = [array.ctypes.data for array in products.values]
    products()
    assert [array.ctypes.data for array in products.values] == places
    assert all(
        np.shares_memory(after, value)
        for (__, __, after), value in zip(products.jobs, products.values[1:], strict=True)
    )


def test_the_fastest_of_several_runs_counts(monkeypatch):
    runs = []
    # The clock is read before all runs, and before and after each; the runs take 5, 2 and 9, then patience is over.
    ticks = iter([0, 1, 6, 7, 9, 10, 19, 20])
    monkeypatch.setattr(measuring.time, "perf_counter", lambda: next(ticks))
    assert fastest(lambda: runs.append(1), patience=0) == 2
    assert len(runs) == 4, "the first does not count"


def test_timings_use_one_core():
    before = [pool["num_threads"] for pool in threadpool_info()]
    with one_core():
        assert all(pool["num_threads"] == 1 for pool in threadpool_info() if pool["user_api"] == "blas")
    assert [pool["num_threads"] for pool in threadpool_info()] == before


def test_every_timing_is_a_time():
    for seconds in (Products(SIZES, BATCH).seconds(0), Loops(SIZES).seconds(0), limit(0)):
        assert 0 < seconds < np.inf


# On a GPU.


class Tensor:
    """As much of a tensor as the measurement needs."""

    def __init__(self, array):
        self.array = array

    def __getitem__(self, part):
        return Tensor(self.array[part])


def torch_that_finds(devices, waits=None):
    """A stand-in for PyTorch that finds so many GPUs. How often it is waited for goes into `waits`."""
    cuda = types.SimpleNamespace(
        is_available=lambda: devices > 0, get_device_name=lambda: "a GPU",
        synchronize=lambda: waits.append(1),
    )  # fmt: skip
    module = types.ModuleType("torch")
    module.__spec__ = types.SimpleNamespace()
    module.cuda, module.float32 = cuda, np.float32
    module.as_tensor = lambda array, dtype, device: Tensor(np.array(array, dtype))
    module.mm = lambda a, b, out: np.matmul(a.array, b.array, out=out.array)
    return module


@pytest.fixture(params=["stand-in", "PyTorch"])
def torch(request, monkeypatch):
    if request.param == "PyTorch":
        return pytest.importorskip("torch")
    monkeypatch.setitem(sys.modules, "torch", torch_that_finds(0))
    return sys.modules["torch"]


def test_the_same_products_in_pytorch_on_a_stand_in_for_a_gpu(torch, sums, monkeypatch):
    products = TorchProducts(SIZES, BATCH, "cpu")
    products()
    products.wait()
    last = products.values[-1]
    array = last.array if isinstance(last, Tensor) else last.numpy()
    np.testing.assert_allclose(array[:-1].T, np.tile(sums, (BATCH, 1)), rtol=1e-5)
    assert array.dtype == np.float32 and products.name == "cpu"
    monkeypatch.setattr(measuring, "LARGE", 32)
    assert products.seconds(0) > 0 and products.limit(0) > 0


def test_a_gpu_is_waited_for_once_for_many_batches(monkeypatch):
    waits = []
    monkeypatch.setitem(sys.modules, "torch", torch_that_finds(1, waits))
    products = TorchProducts(SIZES, BATCH, gpu())
    assert products.name == "a GPU" and products.seconds(0) > 0
    assert len(waits) == 1 + measuring.LEAST


def test_where_there_is_no_gpu_this_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", torch_that_finds(0))
    with pytest.raises(ValueError, match="finds no GPU"):
        gpu()
    monkeypatch.delitem(sys.modules, "torch")
    monkeypatch.setattr(measuring.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="not installed"):
        gpu()


def test_pytorch_is_imported_only_when_it_is_asked_for():
    assert "torch" not in vars(measuring)
