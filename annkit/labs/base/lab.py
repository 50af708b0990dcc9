"""The base of every lab: its state, its controls, its picture and its words."""

import contextlib
import functools
import inspect
import math
import threading

import ipywidgets
import traitlets

from annkit import inputs
from annkit.labs.base.slider import Slider
from annkit.labs.base.words import Words
from annkit.translation import _
from annkit.wording import number

STEP = 0.25
"""Sliders and dragged points move in quarters: exact in binary, so that what is shown as 0 is 0."""
MOST_NAMED = 20
"""Up to so many wrong answers are named one by one."""


class Lab(ipywidgets.VBox):
    """A picture and what turns it.

    A lab's own file names its `state` (the traits that `code` writes down, in the order of the constructor's arguments;
    those in `glance` only choose what is looked at). It says `draw` (puts the picture on `self.stage`), `words` (what
    the picture shows, as lines) and, where it can play, `advance` (one step; false when there was nothing to do).
    It builds its controls in `__init__` and hands them to `build`. Handlers of what comes from the browser are wrapped
    in `from_browser`.

    Attributes
    ----------
    error : str
        What went wrong last in answer to the browser; empty when all is well.
    """

    state = ()
    glance = ()
    error = traitlets.Unicode("", read_only=True)

    def __init__(self):
        self.stage = None  # first, as a lab that could not be made is closed too
        super().__init__()
        self.lock = threading.RLock()
        self._sliders = {}
        self._choosers = {}
        self._play_button = None
        self._initial = None
        self._nested = 0
        self._built = False
        self.add_class("annkit-lab")

    def build(self, stage, controls, above=False):
        """Put the lab together, its controls beside the picture or `above` it, and draw it for the first time."""
        self.stage = stage
        self.stage.listener = self.from_browser(self._hear)
        if self._play_button:
            traitlets.link((self.stage, "playing"), (self._play_button, "value"))
            self.stage.observe(self._name_play_button, "playing")
        width = "100%" if above else "330px"
        turned = ipywidgets.VBox(controls, layout={"width": width, "flex": "0 0 auto"})
        shown = ipywidgets.Box([stage], layout={"flex": "1 1 320px", "max_width": f"{stage.size[0]:g}px"})
        stage.layout.width = "100%"
        row = ipywidgets.HBox([turned, shown], layout={"flex_flow": "row wrap", "align_items": "flex-start"})
        self.children = [row, Words(stage=stage)]
        self._initial = self._snapshot()
        self.redraw()
        self._built = True

    # What a lab's own file says.

    def draw(self):
        """Put the picture on the stage."""
        raise NotImplementedError

    def words(self):
        """What the picture shows, in words and numbers: a list of lines."""
        raise NotImplementedError

    def advance(self):
        """One step. Returns False where there was nothing to do."""
        raise ValueError(_("{lab} has no steps: turn its sliders instead.").format(lab=type(self).__name__))

    def dragged(self, handle, x, y):
        """A handle was dragged to x, y (stage units)."""

    def clicked(self, x, y):
        """The picture was clicked beside its handles, at x, y (stage units)."""

    def chosen(self, handle, again):
        """A handle was clicked or got the focus; `again` where a click found it in focus already."""

    def pressed(self, handle, key):
        """A key was pressed on a handle: an arrow, Enter, a space, Delete or Backspace."""

    # What every lab can do.

    @property
    def untouched(self):
        """Whether nothing was turned since the lab was made."""
        return self._initial is None or self._turned(self._snapshot()) == self._turned(self._initial)

    @property
    def answer(self):
        """What was turned: the state without what only chooses what is looked at."""
        return self._turned(self._snapshot())

    def describe(self):
        """The lab in words and numbers. Begins with the error, if there is one."""
        return "\n".join(([self.error] if self.error else []) + self.words())

    def code(self):
        """The whole state as one line of Python that makes this lab again; what it would be anyhow is left out."""
        usual = inspect.signature(type(self)).parameters
        changed = [(name, value) for name, value in self._state_items() if value != usual[name].default]
        arguments = [f"{name}={_written(value)}" for name, value in changed]
        return f"{type(self).__name__}({', '.join(arguments)})"

    def step(self, n=1):
        """Do `n` steps and draw once; where one of them raises, none is done."""
        n = inputs.whole("n", n, low=1)
        with self.together():
            if not all(self.advance() for __ in range(n)):
                self.stage.playing = False

    def play(self):
        """Go on step by step, as long as the lab is in sight."""
        self.stage.playing = True

    def pause(self):
        """Stop playing."""
        self.stage.playing = False

    def reset(self):
        """Go back to the state in which the lab was made."""
        with self.together():
            self.stage.playing = False
            self._restore(self._initial)

    def set(self, **values):
        """Set several parts of the state at once: all of them, or, where one is refused, none."""
        for name in values:
            inputs.choice("name", name, self.state)
        with self.together():
            for name in self.state:
                if name in values:
                    super().__setattr__(name, values[name])

    def close(self):
        """Free all that the lab holds, in Python and in the browser."""
        if self.stage:
            self.stage.listener = None
        self.unobserve_all()
        for widget in [*_descendants(self), self]:
            for own in ("style", "layout"):
                if own in widget.trait_names() and getattr(widget, own) is not None:
                    getattr(widget, own).close()
            if widget is not self:
                widget.unobserve_all()
                widget.close()
        self._sliders.clear()
        self._choosers.clear()
        super().close()

    # What labs build with.

    def slider(self, name, label, low=-math.inf, high=math.inf, width="320px", step=STEP):
        """A slider for the trait `name`; an int as `step` makes it one for whole numbers.

        Its range grows to hold what code sets, and ends where the trait's does.
        """
        self._sliders[name] = slider = Slider(label, low, high, step)
        slider.layout.width = width
        whole = isinstance(step, int)
        turn = self.from_browser(lambda value: setattr(self, name, int(value) if whole else value))

        def moved(change):
            with self.lock:
                turn(change["new"]["value"])
                self._show_on_slider(name)

        slider.observe(moved, "moved")
        return slider

    def chooser(self, name, label, options):
        """A drop-down list for the trait `name`: `options` maps each of its values to what it is called."""
        listed = [(words, value) for value, words in options.items()]
        self._choosers[name] = chooser = ipywidgets.Dropdown(options=listed, description=label)
        chooser.layout.width, chooser.style.description_width = "auto", "auto"
        chooser.observe(self.from_browser(lambda change: setattr(self, name, change["new"])), "value")
        return chooser

    def button(self, label, action, tooltip=""):
        """A button that calls `action()`."""
        button = ipywidgets.Button(description=label, tooltip=tooltip, layout={"width": "auto"})
        button.on_click(self.from_browser(lambda __: action()))
        return button

    def reset_button(self):
        """The button back to the start."""
        return self.button(_("Reset"), self.reset, _("Back to the start"))

    def player(self, step):
        """The buttons of a lab that can play: one step, called `step`, and play until nothing is left to do."""
        self._play_button = ipywidgets.ToggleButton(description=_("Play"), layout={"width": "auto"})
        return [self.button(step, self.step), self._play_button]

    def from_browser(self, handler):
        """The handler, under the lab's lock, and so that what it raises becomes the lab's error line.

        In the browser an exception would be invisible. Instead the state goes back to what it was, so that the last
        good picture stands, and `error` says why.
        """

        @functools.wraps(handler)
        def handle(event):
            with self.lock:
                try:
                    with self.together():
                        handler(event)
                except Exception as error:
                    self.stage.playing = False
                    self._complain(error)

        return handle

    @contextlib.contextmanager
    def together(self):
        """Within this, changes of the state are drawn once, at the end; where anything raises, there were none."""
        with self.lock:
            before = self._snapshot()
            self._nested += 1
            try:
                yield
                if self._nested == 1 and (self.error or self._snapshot() != self._shown):
                    self.redraw()
            except BaseException:
                self._restore(before)
                raise
            finally:
                self._nested -= 1

    def redraw(self):
        """Draw the picture and write the words anew."""
        with self.lock:
            # Picture and words are sent as one message, and before the sliders: they are what the eye waits for.
            with self.stage.hold_sync():
                self.draw()  # first, as words may say what lies within the set
                self.stage.words, self.stage.error = "\n".join(self.words()), ""
                self._shown = self._snapshot()
                self.set_trait("error", "")
            self._show_on_controls()

    # How it works inside.

    def __setattr__(self, name, value):
        if not self.__dict__.get("_built"):
            super().__setattr__(name, value)
        elif name in self.state:
            self.set(**{name: value})
        elif name[0] == "_" or hasattr(Lab, name):
            super().__setattr__(name, value)
        else:
            try:
                inputs.choice("name", name, self.state)
            except ValueError as error:
                raise AttributeError(str(error)) from None

    def _name_play_button(self, change):
        self._play_button.description = _("Stop") if change["new"] else _("Play")

    def _hear(self, event):
        match event["event"]:
            case "drag" | "drop":
                self.dragged(event["id"], event["x"], event["y"])
            case "click" if "id" in event:
                self.chosen(event["id"], event["again"])
            case "click":
                self.clicked(event["x"], event["y"])
            case "focus":
                self.chosen(event["id"], again=False)
            case "key":
                self.pressed(event["id"], event["key"])
            case "tick":
                self.step()

    def _show_on_controls(self):
        for name in self._sliders:
            self._show_on_slider(name)
        for name, chooser in self._choosers.items():
            chooser.value = getattr(self, name)

    def _show_on_slider(self, name):
        value = getattr(self, name)
        self._sliders[name].show(value, number(value), *getattr(type(self), name).ends(self))

    def _complain(self, error):
        text = str(error) or type(error).__name__
        self.set_trait("error", text)
        self.stage.error = text

    def _state_items(self):
        return [(name, getattr(self, name)) for name in self.state]

    def _turned(self, snapshot):
        return {name: value for name, value in snapshot.items() if name not in self.glance}

    def _snapshot(self):
        return dict(self._state_items())

    def _restore(self, snapshot):
        """Set the whole state. Within `together`, which draws it."""
        for name, value in snapshot.items():
            super().__setattr__(name, value)
        self._show_on_controls()

    def _repr_mimebundle_(self, include=None, exclude=None):
        """For a notebook: the lab; for a file, a screen reader and nbval: its words and a still picture."""
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude)
        words = self.describe()
        return {**bundle, "text/plain": words, "text/html": self.stage.saved(words)}


def score(right, names):
    """How many are right, and which are wrong: `right` holds booleans, shape (n,), `names` a name for each."""
    wrong = [name for name, well in zip(names, right, strict=True) if not well]
    sentence = _("{right} of {count} right.").format(right=len(right) - len(wrong), count=len(right))
    if not wrong or len(wrong) > MOST_NAMED:
        return sentence
    return sentence + " " + _("Wrong: {points}.").format(points=", ".join(wrong))


def verdict(right):
    """The word for a right or a wrong answer."""
    return _("right") if right else _("wrong")


def nearest(value, low, high, step=STEP):
    """Where a hand puts something down: the nearest multiple of `step`, but not beyond `low` and `high`."""
    return float(min(high, max(low, round(value / step) * step)))


def number_of(handle):
    """The number in the id of a handle: 3 for "p3"."""
    return int(handle.removeprefix("p"))


def _written(value):
    """A part of the state as Python that makes it again."""
    return value.to_code() if hasattr(value, "to_code") else repr(value)


def _descendants(widget):
    for child in getattr(widget, "children", ()):
        yield from _descendants(child)
        yield child
