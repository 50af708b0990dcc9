"""Weights that are shared: a small kernel slides over pictures, and what it answers is pooled; forward and back.

What is called a convolution in neural networks is computed here as it is there: the kernel is laid over the picture as
it stands (a cross-correlation). The convolution of mathematics turns it by 180 degrees first.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from annkit import inputs
from annkit.translation import _

POOLS = ("max", "mean")
FARTHEST = 1000
"""The largest padding and stride: no picture here has more pixels across."""


def windows(X, size, padding=0, stride=1):
    """Every part of some pictures over which a kernel comes to lie.

    Parameters
    ----------
    X : array_like, shape (..., height, width)
        One picture, or several.
    size : int
        How many pixels the kernel has across, and down.
    padding : int
        So many rows and columns of zeros are laid around each picture.
    stride : int
        How far the kernel goes in one step.

    Returns
    -------
    ndarray, shape (..., rows, columns, size, size)
        ``rows`` is (height + 2 × padding − size) // stride + 1, and ``columns`` likewise.

    Raises
    ------
    ValueError
        If `X` is no picture of finite numbers, another argument is no such whole number, or the kernel is larger than
        the picture with its padding.

    Examples
    --------
    >>> windows([[1, 2, 3], [4, 5, 6]], 2)[0, 1]
    array([[2., 3.],
           [5., 6.]])
    """
    X = _pictures("X", X)
    size, stride = (inputs.whole(name, n, 1, FARTHEST) for name, n in (("size", size), ("stride", stride)))
    padding = inputs.whole("padding", padding, 0, FARTHEST)
    X = np.pad(X, [(0, 0)] * (X.ndim - 2) + [(padding, padding)] * 2)
    if size > min(X.shape[-2:]):
        message = _("a kernel of {size} × {size} doesn't fit into pictures of {height} × {width}, padding included.")
        raise ValueError(message.format(size=size, height=X.shape[-2], width=X.shape[-1]))
    return sliding_window_view(X, (size, size), axis=(-2, -1))[..., ::stride, ::stride, :, :]


def correlate(X, K, padding=0, stride=1):
    """The maps that kernels make of pictures: at each place the pixels under a kernel, times its weights, summed.

    Parameters
    ----------
    X : array_like, shape (..., height, width)
        One picture, or several.
    K : array_like, shape (size, size) or (kernels, size, size)
        One kernel, or several.
    padding, stride : int
        As in `windows`.

    Returns
    -------
    ndarray, shape (..., rows, columns) or (..., kernels, rows, columns)
        ``map[r, c]`` is the sum of ``K * X[r:r + size, c:c + size]``, for a stride of 1 and no padding.

    Raises
    ------
    ValueError
        As `windows` does; or if `K` is not square.

    References
    ----------
    Y. LeCun and others, "Backpropagation applied to handwritten zip code recognition", Neural Computation 1 (1989).

    Examples
    --------
    >>> correlate([[0, 0, 1], [0, 0, 1], [0, 0, 1]], [[-1, 1], [-1, 1]])
    array([[0., 2.],
           [0., 2.]])
    """
    K = _kernels(K)
    P = windows(X, K.shape[-1], padding, stride)
    return _laid_over(P, K)


def correlate_back(dE_dmap, X, K, padding=0, stride=1):
    """How an error changes with the pictures and with the kernels, where its change with the maps is known.

    A weight of a kernel is at work in every place of its map: its slope is the sum over all of them.

    Parameters
    ----------
    dE_dmap : array_like
        The derivative of E by the maps, of the shape that `correlate` gives them.
    X, K, padding, stride
        As in `correlate`.

    Returns
    -------
    dE_dX, dE_dK : ndarray
        Of the shapes of `X` and `K`.

    Raises
    ------
    ValueError
        As `correlate` does; or if `dE_dmap` has another shape than the maps.
    """
    X, K = _pictures("X", X), _kernels(K)
    size = K.shape[-1]
    P = windows(X, size, padding, stride)
    padding, stride = int(padding), int(stride)  # NumPy's small ones would overflow
    D = inputs.finite("dE_dmap", dE_dmap)
    shape = (*P.shape[: X.ndim - 2], *K.shape[:-2], *P.shape[X.ndim - 2 : X.ndim])
    if D.shape != shape:
        message = _("dE_dmap should have the shape of the maps, {wanted}, not {shape}.")
        raise ValueError(message.format(wanted=shape, shape=D.shape))
    if K.ndim == 3:
        D = np.moveaxis(D, -3, -1)
    dE_dK = D.reshape(-1, *K.shape[:-2]).T @ P.reshape(-1, size * size)
    rows, columns = P.shape[X.ndim - 2 : X.ndim]
    dE_dX = np.zeros((*X.shape[:-2], *(n + 2 * padding for n in X.shape[-2:])))
    for r in range(size):
        for c in range(size):
            reached = dE_dX[..., r : r + stride * rows : stride, c : c + stride * columns : stride]
            reached[..., :rows, :columns] += D @ K[:, r, c] if K.ndim == 3 else D * K[r, c]
    inside = slice(padding, -padding or None)
    return dE_dX[..., inside, inside], dE_dK.reshape(K.shape)


def pool(Z, how="max", size=2):
    """Each block of a map becomes one number: its largest, or its mean.

    Parameters
    ----------
    Z : array_like, shape (..., rows, columns)
        One map, or several.
    how : {"max", "mean"}
    size : int
        The rows and columns of a block. Rows and columns at the end that fill none are left out.

    Returns
    -------
    ndarray, shape (..., rows // size, columns // size)

    Raises
    ------
    ValueError
        If `Z` is no map of finite numbers with room for a block, or another argument is none of these.

    Examples
    --------
    >>> pool([[1, 2, 0], [3, 4, 0]]), pool([[1, 2, 0], [3, 4, 0]], "mean")
    (array([[4.]]), array([[2.5]]))
    """
    blocks = _blocks(_pictures("Z", Z), how, size)
    return blocks.max(axis=-1) if how == "max" else blocks.mean(axis=-1)


def pool_back(dE_dpooled, Z, how="max", size=2):
    """How an error changes with maps that are pooled, where its change with what comes out is known.

    Of a block whose largest is taken, only that one counts; the first, where several are level.

    Parameters
    ----------
    dE_dpooled : array_like
        The derivative of E by what `pool` gives.
    Z, how, size
        As in `pool`.

    Returns
    -------
    ndarray
        Of the shape of `Z`.

    Raises
    ------
    ValueError
        As `pool` does; or if `dE_dpooled` has another shape than what it gives.
    """
    Z = _pictures("Z", Z)
    blocks = _blocks(Z, how, size)
    size = int(size)  # one of NumPy's small ones would overflow
    D = inputs.finite("dE_dpooled", dE_dpooled)
    if D.shape != blocks.shape[:-1]:
        message = _("dE_dpooled should have the shape of what is pooled, {wanted}, not {shape}.")
        raise ValueError(message.format(wanted=blocks.shape[:-1], shape=D.shape))
    if how == "max":
        shares = np.arange(size * size) == blocks.argmax(axis=-1)[..., None]
    else:
        shares = np.full(blocks.shape, 1 / size**2)
    dE_dZ, (rows, columns) = np.zeros(Z.shape), D.shape[-2:]
    spread = np.moveaxis((D[..., None] * shares).reshape(*D.shape, size, size), -2, -3)
    dE_dZ[..., : rows * size, : columns * size] = spread.reshape(*D.shape[:-2], rows * size, columns * size)
    return dE_dZ


def _laid_over(P, K):
    """The sums of pixels times weights, for windows P of shape (..., rows, columns, size, size)."""
    flat = P.reshape(*P.shape[:-2], -1)
    if K.ndim == 2:
        return flat @ K.ravel()
    return np.moveaxis(flat @ K.reshape(len(K), -1).T, -1, -3)


def _blocks(Z, how, size):
    """The blocks of a map, each in a row: shape (..., rows, columns, size × size)."""
    inputs.choice("how", how, POOLS)
    size = inputs.whole("size", size, 1, FARTHEST)
    rows, columns = (n // size for n in Z.shape[-2:])
    if not rows or not columns:
        message = _("a map of {rows} × {columns} has no block of {size} × {size}.")
        raise ValueError(message.format(rows=Z.shape[-2], columns=Z.shape[-1], size=size))
    whole = Z[..., : rows * size, : columns * size].reshape(*Z.shape[:-2], rows, size, columns, size)
    return np.moveaxis(whole, -3, -2).reshape(*Z.shape[:-2], rows, columns, size * size)


def _pictures(name, value):
    """Finite numbers with rows and columns as the last two axes."""
    array = inputs.finite(name, value, least=1)
    if array.ndim < 2:
        message = _("{name} should be pictures, shape (…, height, width); it has shape {shape}.")
        raise ValueError(message.format(name=name, shape=array.shape))
    return array


def _kernels(value):
    K = inputs.finite("K", value, least=1)
    if K.ndim not in (2, 3) or K.shape[-2] != K.shape[-1]:
        message = _("K should be square kernels, shape (size, size) or (kernels, size, size); it has shape {shape}.")
        raise ValueError(message.format(shape=K.shape))
    return K
