"""The base of every lab: its picture and its words, its play, and what hands do."""

import functools
import itertools
import math
import time

import ipywidgets
import traitlets

from annkit import inputs
from annkit.labs.base import say
from annkit.labs.base.controls import FASTEST, STEP, Controls
from annkit.labs.base.history import GLANCE
from annkit.labs.base.stateful import Stateful
from annkit.labs.base.words import Words
from annkit.stage import Stage
from annkit.translation import N_, _

TICKS = 30
"""The most pictures a second while a lab plays; where more steps are wanted, a tick does several."""
PATIENCE = 0.025
"""Seconds after which a tick does no further step."""


class Lab(Stateful, Controls, ipywidgets.VBox):
    """A picture and what turns it.

    A lab's file declares its state, one trait of `annkit.labs.base.traits` for each part, with its default, in the
    order of the constructor's arguments. It says `figure` (the set), `draw` (puts the picture on `self.stage`), `words`
    (what the picture shows, as lines) and `controls`; and, where it can play, `advance` (one step). From that the base
    makes the constructor and its signature, `code`, `reset`, undo and redo.

    Attributes
    ----------
    error : str
        What went wrong last in answer to the browser; empty when all is well.
    """

    label = N_("Picture of the lab")
    """What the picture is called for a screen reader."""
    wide = False
    """Whether the picture is so wide that what it says stands under it, not beside it."""
    motion = False
    """Whether play only shows how something moves: then it is nothing to undo, and who wants no motion sees the end."""
    error = traitlets.Unicode("", read_only=True)

    def __init__(self, *values, **named):
        self.stage = None  # first, as a lab that could not be made is closed too
        self._setting = None
        self._sliders, self._follow, self._choosers = {}, {}, {}
        self._play_button = self._undo_buttons = self._said = None
        self._barred = []
        self._steps_a_tick, self._letting_go, self._ticking = 1, False, False
        self._begin(values, named)  # before there is a widget, so that a refusal leaves none behind
        super().__init__()
        self.add_class("annkit-lab")
        self._build()
        self._built = True

    # What a lab's own file says.

    def setting(self, now):
        """What the set is drawn for: whenever this changes, it is drawn anew.

        `now` is what it was drawn for, so that a set may stay as long as it is wide enough; None at the start and when
        all is as at the start.
        """
        return ()

    def figure(self, setting):
        """The set, a figure of `new_figure`, as `setting` wants it."""
        raise NotImplementedError

    def place(self):
        """Place what stands on the panels of a new set, such as a diagram."""

    def draw(self):
        """Put the picture on the stage."""
        raise NotImplementedError

    def words(self):
        """What the picture shows, in words and numbers: a list of texts and of pieces from `annkit.labs.base.say`."""
        raise NotImplementedError

    def controls(self):
        """The sliders and buttons: a list of widgets; a list in it is a row, a text a heading."""
        raise NotImplementedError

    def bar(self):
        """The controls that stand in a row above all else, in a lab that has very many; undo and reset join them."""
        return []

    def show_controls(self):
        """What of the controls depends on the state, beside sliders and lists, which follow by themselves."""

    def advance(self):
        """One step. Returns False where there was nothing to do."""
        raise ValueError(_("{lab} has no steps: turn its sliders instead.").format(lab=type(self).__name__))

    def dragged(self, handle, x, y):
        """A handle was dragged to x, y (stage units)."""

    def clicked(self, x, y):
        """The picture was clicked beside its handles, at x, y (stage units)."""

    def chosen(self, handle, again):
        """A handle was clicked or got the focus; `again` where a click found it in focus already, or it `acts`."""

    def acts(self, handle):
        """Whether a handle is like a button, where already the first click is meant."""
        return False

    def hurry(self, end):
        """Learn as fast as it goes until `end`, a time of `time.perf_counter`. False where that is step after step."""
        return False

    def pressed(self, handle, key):
        """A key was pressed on a handle: an arrow, Enter, a space, Delete or Backspace."""

    def stroked(self, pad, points, first, last):
        """A pointer drew on a pad, through these points (stage units); whether they begin and end the stroke."""

    # What every lab can do.

    @property
    def drawn_for(self):
        """What `setting` said when the set was drawn."""
        return self._setting

    def describe(self):
        """The lab in words and numbers. Begins with the error, if there is one."""
        return say.spoken([*filter(None, [self.error]), *self.words()])

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

    @property
    def pace(self):
        """About how many steps a second the lab plays; 30 unless you set another number."""
        return self.stage.pace * self._steps_a_tick

    @pace.setter
    def pace(self, steps):
        steps = inputs.whole("pace", steps, low=1, high=FASTEST)
        self._steps_a_tick = math.ceil(steps / TICKS)
        self.stage.pace = round(steps / self._steps_a_tick)

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
                if hasattr(widget, "listener"):
                    widget.listener = None
                widget.unobserve_all()
                widget.close()
        for kept in (self._sliders, self._follow, self._choosers, self._history):
            kept.clear()
        super().close()

    def from_browser(self, handler, gesture=lambda event: None):
        """The handler, under the lab's lock, and so that what it raises becomes the lab's error line.

        In the browser an exception would be invisible. Instead the state goes back to what it was, so that the last
        good picture stands, and `error` says why. Events of one `gesture(event)` in a row are undone as one.
        """

        @functools.wraps(handler)
        def handle(event):
            with self.lock:
                try:
                    with self.together(gesture(event)):
                        handler(event)
                except Exception as error:
                    self.stage.playing = False
                    self._complain(error)
                over = isinstance(event, dict) and (event.get("event") == "drop" or event.get("last", False))
                # Within another handler, this is a control that only follows: what goes on is not over.
                if (over or self._letting_go) and not self._nested:
                    self._history.let_go()
                    self._letting_go = False

        return handle

    def let_go(self):
        """What keys do next on a pad is undone by itself, not with what they have done until now."""
        self._letting_go = True

    def redraw(self):
        """Draw the picture and write the words anew; where that fails, the old set is put back."""
        with self.lock:
            # Picture and words are sent as one message, and before the sliders: they are what the eye waits for.
            with self.stage.hold_sync():
                scene, setting = self.stage.scene, self._setting
                try:
                    self._draw_set()
                    self.draw()
                    words, said = say.set_out(self.words())
                except BaseException:
                    self._setting, self.stage.scene = setting, scene
                    self.place()
                    raise
                self.stage.words, self.stage.said, self.stage.error = words, said, ""
                self._shown = self._snapshot()
                self.set_trait("error", "")
            self._show_on_controls()

    # How it works inside.

    def _build(self):
        """Draw the lab for the first time, between what is turned and what it says."""
        self._setting = self.setting(None)
        self.stage = stage = Stage(self.figure(self._setting), label=_(self.label))
        self.children = [stage]
        try:
            self.place()
            self.redraw()
        except BaseException:
            self.close()
            raise
        self._said = Words(stage=stage)
        turned, shown = ipywidgets.VBox(self._arranged()), ipywidgets.Box([stage])
        zones = {"annkit-turn": turned, "annkit-picture": shown, "annkit-say": self._said}
        if self._barred:
            self.add_class("annkit-barred")
            zones = {"annkit-bar": ipywidgets.HBox(self._barred), **zones}
        card = ipywidgets.Box(list(zones.values()))
        for name, zone in {**zones, "annkit-card": card}.items():
            zone.add_class(name)
        if self.wide:
            self.add_class("annkit-wide")
        self.children = [card]
        self._listen()
        self._show_on_controls()

    def _listen(self):
        """Hear what the browser reports."""
        self.stage.listener = self._said.listener = self.from_browser(self._hear, self._gesture)
        self.stage.observe(self._started_or_stopped, "playing")
        if self._play_button:
            traitlets.link((self.stage, "playing"), (self._play_button, "value"))

    def _draw_set(self):
        begin = not self._history.gesture and self.untouched  # a picture that shrinks under a drag would jump
        setting = self.setting(None if begin else self._setting)
        if setting != self._setting:
            self.stage.set_figure(self.figure(setting))
            self._setting = setting
            self.place()

    def _started_or_stopped(self, change):
        if self._ticking:
            self.let_go()  # when what this tick has changed is remembered
        else:
            self._history.let_go()
        if self._play_button:
            self._play_button.description = _("Stop") if change["new"] else _("Play")

    def _gesture(self, event):
        if event["event"] == "key" and any(pad["id"] == event["id"] for pad in self.stage.pads):
            return "keys", event["id"]
        if event["event"] == "click" and "id" in event and self.acts(event["id"]):
            return None
        return GLANCE if self.motion and event["event"] == "tick" else _gesture_of(event)

    def _hear(self, event):
        match event["event"]:
            case "drag" | "drop":
                self.dragged(event["id"], event["x"], event["y"])
            case "click" if "id" in event:
                self.chosen(event["id"], event["again"] or self.acts(event["id"]))
            case "click":
                self.clicked(event["x"], event["y"])
            case "focus":
                self.chosen(event["id"], again=False)
            case "key":
                self.pressed(event["id"], event["key"])
            case "stroke":
                self.stroked(event["id"], event["points"], event["first"], event["last"])
            case "tick":
                self._ticking = True
                try:
                    self._tick(self.motion and event.get("still", False))
                finally:
                    self._ticking = False
            case "undo":
                self.undo()
            case "redo":
                self.redo()

    def _tick(self, still):
        end = time.perf_counter() + (math.inf if still else PATIENCE)
        if self.pace >= FASTEST and not still and self.hurry(end):
            return
        for __ in itertools.count() if still else range(self._steps_a_tick):
            self.step()
            if not self.stage.playing or time.perf_counter() > end:
                break

    def _complain(self, error):
        text = str(error) or type(error).__name__
        self.set_trait("error", text)
        self.stage.error = text

    def _repr_mimebundle_(self, include=None, exclude=None):
        """For a notebook: the lab; for a file, a screen reader and nbval: its words and a still picture."""
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude)
        words = self.describe()
        return {**bundle, "text/plain": words, "text/html": self.stage.saved(words)}


def verdict(right):
    """The word for a right or a wrong answer."""
    return _("right") if right else _("wrong")


def nearest(value, low, high, step=STEP):
    """Where a hand puts something down: the nearest multiple of `step`, but not beyond `low` and `high`."""
    return float(min(high, max(low, round(value / step) * step)))


def number_of(handle):
    """The number in the id of a handle: 3 for "p3"."""
    return int(handle.removeprefix("p"))


def _gesture_of(event):
    """What belongs together when it is undone: a drag of one handle, one stroke, one play; nothing for a glance."""
    match event["event"]:
        case "focus":
            return GLANCE
        case "click" if "id" in event and not event["again"]:
            return GLANCE
        case "drag" | "drop" | "stroke":
            return "drag", event["id"]
        case "tick":
            return "play"
    return None


def _descendants(widget):
    for child in getattr(widget, "children", ()):
        yield from _descendants(child)
        yield child
