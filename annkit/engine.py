"""The engine: the arithmetic of `network` once more, for speed; the trainer computes with it.

What `Network.forward` and `Network.backward` do with rows as samples and new arrays is done here the other way round, a
column is a sample: (A W)ᵀ = Wᵀ Aᵀ. All numbers of a unit then lie side by side in memory, and below the last unit there
is room for a row of ones, whose weights are the biases. A layer is one product forward and two back, biases included,
and everything is written into arrays that are there already. A test holds both equal.
"""

import contextlib
import functools

import numpy as np

from annkit.parameters import blocks

# Arrays of no dimension: NumPy would convert a Python number anew at every call, and training makes thousands.
ZERO, ONE = np.array(0.0), np.array(1.0)
LEAK = np.array(0.01)
GELU_SLOPE, GELU_CUBIC = np.sqrt(8 / np.pi), np.array(0.044715)
GELU_FAR = np.array(20.0)

ONE_IS_SURE, TWO_PAY = 9_216, 100_000_000
"""In multiplications for one product of a layer: up to the first, OpenBLAS never starts a second thread. Below the
second, two threads were at best 1.8 times as fast as one, on two quiet cores, and 4 to 70 times slower on busy ones."""


class Pass:
    """The arithmetic of a network for n samples at once, and the arrays in which it is done.

    Parameters
    ----------
    net : Network
        Its parameters are read anew in every `forward`.
    loss : Loss
    gradients : ndarray, shape (number of parameters,)
        What `backward` writes.
    n : int
    dropout : float
        Every hidden unit is left out with this probability, anew for every sample. What stays is divided by the
        probability of staying, so that the next layer gets as much as before on average.
    random : Generator
        What draws them.

    References
    ----------
    N. Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15 (2014), which
    multiplies when it predicts instead of dividing when it learns. In a layer with a skip, what the skip carries past
    the units is never left out.
    """

    def __init__(self, net, loss, gradients, n, dropout=0.0, random=None):
        weights, slopes = blocks(net.parameters, net.sizes), blocks(gradients, net.sizes)
        parts = zip(net.activations, weights, slopes, (*net.skips, 0), strict=True)
        self.layers = [Layer(*part, n) for part in parts]
        self.last, self.from_sums = self.layers[-1], loss.output is not None
        self.value, self.slope_into = LOSSES_INTO[loss.name]
        self.pairs = list(zip(self.layers[:-1], self.layers[1:], strict=True))[::-1]
        self.random, self.dropout = random, dropout
        if dropout:
            for layer in self.layers[:-1]:
                layer.make_room(np.empty_like(layer.z))

    def forward(self, X):
        """Compute z, f and a of every layer from the samples `X`, shape (inputs + 1, n), the last row of them ones."""
        for layer in self.layers:
            np.dot(layer.blockT, X, out=layer.z)
            layer.forward(layer.z, layer.f)
            if layer.kept is not None:
                if self.dropout:
                    kept = self.random.random(layer.z.shape) >= self.dropout
                    np.divide(kept, (1 - self.dropout) / (layer.skip or 1), out=layer.kept)
                np.multiply(layer.f, layer.kept, out=layer.a)
                if layer.skip:
                    np.add(layer.a, X[:-1], out=layer.a)
            X = layer.a_and_ones

    def error(self, T):
        """The error E after `forward`, for the targets `T`, shape (outputs, n)."""
        return self.value(self.last.z if self.from_sums else self.last.a, T)

    def backward(self, X, T):
        """Compute ∂E/∂parameters after `forward`, from the same `X` and the targets `T`, shape (outputs, n)."""
        layer = self.last
        if self.from_sums:
            self.slope_into(layer.a, T, layer.dE_dz)
        else:
            self.slope_into(layer.a, T, layer.dE_df)
            layer.backward(layer.z, layer.f, layer.dE_df, layer.dE_dz)
        for before, layer in self.pairs:
            np.dot(before.a_and_ones, layer.dE_dzT, out=layer.gradient)
            np.dot(layer.weights, layer.dE_dz, out=before.dE_da)
            if layer.skip:
                np.add(before.dE_da, layer.dE_da, out=before.dE_da)
            if before.kept is not None:
                np.multiply(before.dE_da, before.kept, out=before.dE_df)
            before.backward(before.z, before.f, before.dE_df, before.dE_dz)
        np.dot(X, self.layers[0].dE_dzT, out=self.layers[0].gradient)


class Layer:
    """What one layer needs in a `Pass`: arrays of shape (units, n), and views that a loop would make over and over.

    What its units make of their sums is f, and what goes on is a. Without dropout and skip the two are one array, and
    so are dE_df and dE_da; otherwise a is f times `kept`, to which a skip adds what came in.
    """

    __slots__ = "forward backward blockT weights gradient skip z f kept a a_and_ones dE_da dE_df dE_dz dE_dzT".split()

    def __init__(self, activation, block, gradient, skip, n):
        self.forward, self.backward = ACTIVATIONS_INTO[activation.name]
        self.blockT, self.weights, self.gradient = block.T, block[:-1], gradient
        units = block.shape[1]
        self.z, self.dE_da, self.dE_dz = (np.zeros((units, n)) for __ in range(3))
        self.dE_dzT = self.dE_dz.T
        self.a_and_ones = np.ones((units + 1, n))
        self.f = self.a = self.a_and_ones[:-1]
        self.dE_df, self.kept, self.skip = self.dE_da, None, skip
        if skip:
            self.make_room(np.array(skip))

    def make_room(self, kept):
        """Keep f apart from a, which goes on, as the way back needs both."""
        self.f, self.dE_df, self.kept = np.empty_like(self.z), np.empty_like(self.z), kept


def with_ones(X):
    """`X` with a column of ones behind it, for the biases to weigh."""
    return np.column_stack([X, np.ones(len(X))])


def threads(net, n):
    """A context for computing with `net` on n samples: one BLAS thread where a second would only be waited for."""
    work = n * max((before + 1) * units for before, units in zip(net.sizes[:-1], net.sizes[1:], strict=True))
    return one_thread() if ONE_IS_SURE < work < TWO_PAY else contextlib.nullcontext()


def one_thread():
    """A context in which BLAS computes on one thread."""
    controller = blas()
    return controller.limit(limits=1, user_api="blas") if controller else contextlib.nullcontext()


@functools.cache
def blas():
    """What sets the number of BLAS threads; None without threadpoolctl, which comes with scikit-learn."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    return ThreadpoolController()


# The activations of `annkit.activations` and their ways back, written into `out`, which is none of the others.


def step(z, out):
    """a = 1 where z > 0, else 0."""
    np.greater(z, ZERO, out=out)


def step_back(z, a, dE_da, out):
    """dE/dz = 0."""
    out[...] = 0


def sigmoid(z, out):
    """a = 1 / (1 + e⁻ᶻ)."""
    np.negative(z, out=out)
    np.exp(out, out=out)
    np.add(out, ONE, out=out)
    np.reciprocal(out, out=out)


def sigmoid_back(z, a, dE_da, out):
    """dE/dz = a (1 − a) dE/da."""
    np.subtract(ONE, a, out=out)
    np.multiply(out, a, out=out)
    np.multiply(out, dE_da, out=out)


def identity(z, out):
    """a = z."""
    out[...] = z


def identity_back(z, a, dE_da, out):
    """dE/dz = dE/da."""
    out[...] = dE_da


def relu(z, out):
    """a = max(z, 0)."""
    np.maximum(z, ZERO, out=out)


def relu_back(z, a, dE_da, out):
    """dE/dz = dE/da where z > 0, else 0."""
    np.sign(a, out=out)  # a is never below 0, so this is 1 where z is above 0, else 0
    np.multiply(out, dE_da, out=out)


def tanh(z, out):
    """a = tanh z."""
    np.tanh(z, out=out)


def tanh_back(z, a, dE_da, out):
    """dE/dz = (1 − a²) dE/da."""
    np.multiply(a, a, out=out)
    np.subtract(ONE, out, out=out)
    np.multiply(out, dE_da, out=out)


def leaky_relu(z, out):
    """a = max(z, 0.01 z)."""
    np.multiply(z, LEAK, out=out)
    np.maximum(out, z, out=out)


def leaky_relu_back(z, a, dE_da, out):
    """dE/dz = dE/da where z > 0, else 0.01 dE/da."""
    np.sign(a, out=out)  # 1 where z is above 0, else 0 or −1
    np.maximum(out, LEAK, out=out)
    np.multiply(out, dE_da, out=out)


def gelu(z, out):
    """a = z σ(2u)."""
    gelu_gate(z, out)
    np.multiply(out, z, out=out)


def gelu_back(z, a, dE_da, out):
    """dE/dz = (σ + z · 2u′ · σ (1 − σ)) dE/da, with σ = σ(2u) and 2u′ = √(8/π) (1 + 3 · 0.044715 z²)."""
    near, steep = np.empty_like(z), np.empty_like(z)
    np.minimum(np.maximum(z, -GELU_FAR, out=near), GELU_FAR, out=near)
    gelu_gate(near, out)
    np.multiply(near, near, out=steep)
    np.multiply(steep, GELU_SLOPE * 3 * GELU_CUBIC, out=steep)
    np.add(steep, GELU_SLOPE, out=steep)
    np.multiply(steep, near, out=steep)
    np.multiply(steep, out, out=steep)
    np.multiply(steep, np.subtract(ONE, out, out=near), out=steep)
    np.add(out, steep, out=out)
    np.multiply(out, dE_da, out=out)


def gelu_gate(z, out):
    """σ(2u): how much of z comes through."""
    np.multiply(z, z, out=out)
    np.multiply(out, GELU_SLOPE * GELU_CUBIC, out=out)
    np.add(out, GELU_SLOPE, out=out)
    np.multiply(out, z, out=out)
    sigmoid(out, out)


def softmax(z, out):
    """a_k = e^z_k / Σ e^z_j, a column a sample."""
    np.subtract(z, np.maximum.reduce(z, axis=0, keepdims=True), out=out)
    np.exp(out, out=out)
    np.divide(out, np.add.reduce(out, axis=0, keepdims=True), out=out)


def softmax_back(z, a, dE_da, out):
    """dE/dz_j = a_j (dE/da_j − Σ a_k dE/da_k)."""
    np.multiply(a, dE_da, out=out)
    np.subtract(dE_da, np.add.reduce(out, axis=0, keepdims=True), out=out)
    np.multiply(out, a, out=out)


def squared_error(o, T):
    """Σ (t − o)² / n."""
    return float(np.square(o - T).sum()) / T.shape[1]


def squared_error_slope(o, T, out):
    """dE/do = 2 (o − t) / n."""
    np.subtract(o, T, out=out)
    np.multiply(out, 2 / T.shape[1], out=out)


def cross_entropy(z, T):
    """Σ t (log Σ eᶻ − z) / n."""
    return float((T * (np.logaddexp.reduce(z, axis=0) - z)).sum()) / T.shape[1]


def binary_cross_entropy(z, T):
    """Σ (log(1 + eᶻ) − t z) / n."""
    return float((np.logaddexp(0, z) - T * z).sum()) / T.shape[1]


def cross_entropy_slope(o, T, out):
    """dE/dz = (o − t) / n, for both cross-entropies; here from the outputs, which are there already."""
    np.subtract(o, T, out=out)
    np.multiply(out, 1 / T.shape[1], out=out)


ACTIVATIONS_INTO = {
    "step": (step, step_back),
    "sigmoid": (sigmoid, sigmoid_back),
    "identity": (identity, identity_back),
    "relu": (relu, relu_back),
    "tanh": (tanh, tanh_back),
    "leaky_relu": (leaky_relu, leaky_relu_back),
    "gelu": (gelu, gelu_back),
    "softmax": (softmax, softmax_back),
}
LOSSES_INTO = {
    "squared_error": (squared_error, squared_error_slope),
    "cross_entropy": (cross_entropy, cross_entropy_slope),
    "binary_cross_entropy": (binary_cross_entropy, cross_entropy_slope),
}
