"""The perceptron: a weighted sum and a threshold."""

from annkit import inputs
from annkit.activations import overflow_allowed, step
from annkit.network import refuse_infinite
from annkit.translation import _


class Perceptron:
    """One neuron that answers 1 (○) where its weighted sum is greater than 0, and 0 (×) elsewhere.

    Parameters
    ----------
    weights : array_like, shape (inputs,)
        One weight for each input. It may be set anew, and is checked then, as is `bias`.
    bias : float
        What is added to the weighted sum: the threshold with its sign turned.

    Raises
    ------
    ValueError
        If `weights` is not one row of finite numbers or `bias` not one finite number.

    References
    ----------
    F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain",
    Psychological Review 65 (1958).

    Examples
    --------
    >>> neuron = Perceptron([0.5, -0.25, 1], bias=-2)
    >>> neuron.predict([[4, 3, 2], [2, 4, 1]])
    array([1, 0])
    """

    def __init__(self, weights, bias=0.0):
        self.weights, self.bias = weights, bias

    def __setattr__(self, name, value):
        inputs.settable(self, name, ["weights", "bias"])
        check = inputs.vector if name == "weights" else inputs.number
        super().__setattr__(name, check(name, value))

    def sums(self, X):
        """The weighted sum of every row, bias included: ``X @ weights + bias``.

        Parameters
        ----------
        X : array_like, shape (n, inputs)
            One row a sample.

        Returns
        -------
        ndarray, shape (n,)

        Raises
        ------
        ValueError
            If `X` has not one column for each weight, or holds anything but finite numbers, or a sum is too large to
            be a finite number.
        """
        X = inputs.samples("X", X, len(self.weights))
        with overflow_allowed():
            z = X @ self.weights + self.bias
        refuse_infinite(_("The weighted sums are no finite numbers: X, the weights or the bias are too large."), z)
        return z

    def predict(self, X):
        """1 (○) or 0 (×) for every row of `X`, shape (n,). Raises as `sums` does."""
        return step(self.sums(X))

    def learn(self, x, t):
        """Correct the perceptron by one row, if it gets it wrong: w ← w + (t − o) x and b ← b + (t − o).

        Parameters
        ----------
        x : array_like, shape (inputs,)
            The row.
        t : {0, 1}
            What it should get.

        Returns
        -------
        int
            The difference t − o: 1 where a ○ was missed, −1 where a ○ was false, 0 where nothing had to change.

        Raises
        ------
        ValueError
            If `x` does not fit the weights or `t` is neither 0 nor 1; nothing is changed then.
        """
        x = inputs.vector("x", x)
        if len(x) != len(self.weights):
            message = _("x should be {count} numbers, one for each weight; it has shape {shape}.")
            raise ValueError(message.format(count=len(self.weights), shape=x.shape))
        if inputs.number("t", t) not in (0, 1):
            raise ValueError(_("t should be 1 for ○ or 0 for ×, not {value}.").format(value=t))
        output = int(self.predict(x[None])[0])
        difference = int(t) - output
        self.weights = self.weights + difference * x
        self.bias += difference
        return difference

    def __repr__(self):
        return f"Perceptron({self.weights.tolist()}, bias={self.bias})"
