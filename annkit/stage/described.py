"""A plain matplotlib figure with words for those who can't see it."""

import base64
import html
import io

SCALE = 87
"""So many pixels wide an inch of a figure is shown, so that its text is as large as what stands around it."""
NARROW = 420
"""A narrower figure is not made narrower than this."""


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

    out, most = io.BytesIO(), max(NARROW, round(SCALE * figure.get_figwidth()))
    figure.savefig(out, format="png", dpi=144, bbox_inches="tight", facecolor="white")
    pyplot.close(figure)
    return Described(out.getvalue(), words, most)


class Described:
    """A still picture (PNG bytes), its alternative text, and how wide it is shown at most, in pixels."""

    def __init__(self, png, words, most=NARROW):
        self.png, self.words, self.most = png, words, most

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = picture(self.png, "image/png", self.words, f"width:100%;max-width:{self.most}px")
        return {"text/plain": self.words, "text/html": shown}


def picture(data, mime, words, style=""):
    """An `<img>` of the bytes `data` with `words` as its alternative text, on white paper in every theme."""
    source = f"data:{mime};base64,{base64.b64encode(data).decode()}"
    return f'<img alt="{html.escape(words)}" style="background:#fff;{style}" src="{source}">'
