"""A plain matplotlib figure with words for those who can't see it."""

import base64
import html
import io


def described(figure, words):
    """Show a matplotlib figure together with its alternative text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        It is closed, so that a notebook doesn't show it a second time.
    words : str
        What there is to see in the figure.

    Returns
    -------
    Described
        Displayed by a notebook as the last line of a cell.
    """
    from matplotlib import pyplot

    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=144, bbox_inches="tight", facecolor="white")
    pyplot.close(figure)
    return Described(out.getvalue(), words)


class Described:
    """A still picture (PNG bytes) and its alternative text."""

    def __init__(self, png, words):
        self.png, self.words = png, words

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.words, "text/html": picture(self.png, "image/png", self.words, "max-width:420px")}


def picture(data, mime, words, style=""):
    """An `<img>` of the bytes `data` with `words` as its alternative text, on white paper in every theme."""
    source = f"data:{mime};base64,{base64.b64encode(data).decode()}"
    return f'<img alt="{html.escape(words)}" style="background:#fff;{style}" src="{source}">'
