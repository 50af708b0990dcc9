"""A lab for the tests of a file, what hands do to it in the browser, as its stage hears it, and what it refuses."""

import pytest
import traitlets


def kept(make):
    """The fixtures `made` and `lab` of a file whose tests share one lab: each test finds it as it was made."""

    @pytest.fixture(scope="module")
    def made():
        lab = make()
        yield lab
        lab.close()

    @pytest.fixture
    def lab(made):
        made.reset()
        yield made
        assert not made.error

    return made, lab


def hear(lab, **event):
    """An event from the browser."""
    lab.stage._hear(lab.stage, event, [])


def press(lab, handle, key):
    """A key on a handle."""
    hear(lab, event="key", id=handle, key=key)


def click(lab, x, y):
    """A click beside the handles, in stage units."""
    hear(lab, event="click", x=float(x), y=float(y))


def drag(lab, handle, x, y):
    """A handle on its way."""
    hear(lab, event="drag", id=handle, x=float(x), y=float(y), n=lab.stage.moved + 1)


def drop(lab, handle, x, y):
    """A handle let go."""
    hear(lab, event="drop", id=handle, x=float(x), y=float(y), n=lab.stage.moved + 1)


def button(lab, label):
    """The button that is called so."""
    waiting = [lab]
    for widget in waiting:
        waiting.extend(getattr(widget, "children", ()))
        if getattr(widget, "description", None) == label:
            return widget
    raise LookupError(f"no button {label}")


def refuses(lab, name, value, words):
    """A value that a lab refuses in one line, whether it is set or made with; what there was stands."""
    before = lab.describe(), lab.stage.svg(), lab.code()
    for attempt in (lambda: setattr(lab, name, value), lambda: type(lab)(**{name: value})):
        with pytest.raises(traitlets.TraitError, match=words) as refused:
            attempt()
        assert "\n" not in str(refused.value)
    assert (lab.describe(), lab.stage.svg(), lab.code()) == before
