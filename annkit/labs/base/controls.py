"""What labs build their controls with: sliders, drop-down lists, buttons, and those of history and of play."""

import math

import ipywidgets

from annkit.labs.base.slider import Slider
from annkit.translation import _
from annkit.wording import number

STEP = 0.25
"""Sliders and dragged points move in quarters: exact in binary, so that what is shown as 0 is 0."""
PACES, PACE = (1, 5, 30, 300), 30
"""Steps a second from which to choose how fast a lab plays, and the usual one."""
FASTEST = 1_000_000
"""The pace of a lab that plays as fast as it goes."""
LONG = 8
"""A slider's name of more signs leaves the places of the others alone."""


class Controls:
    """The part of a `Lab` that makes its controls and keeps them where the state is."""

    def slider(self, name, label, low=-math.inf, high=math.inf, step=STEP, **look):
        """A slider for the part `name` of the state; an int as `step` makes it one for whole numbers.

        Its range grows to hold what code sets, and ends where the trait's does. How it looks is said as for `turner`.
        """
        part = self.parts[name]

        def write(value):
            part.check(label, value, *part.ends(self))  # which names it as it is called here
            setattr(self, name, value)

        return self.turner(
            name, label, read=lambda: getattr(self, name), write=write,
            low=low, high=high, ends=lambda: part.ends(self), step=step, **look,
        )  # fmt: skip

    def turner(self, name, label, read, write, low, high, ends=lambda: (), step=STEP, **look):
        """A slider for any number: `read()` gets it and `write(value)` sets it. The lab knows the slider as `name`.

        `ends()` are the least and the greatest value that are allowed, where there are such. Where the slider turns now
        this number and now that one, `label`, `low` and `high` may be functions, too. Its `look` may be `doubling`,
        going from power to power of two, and have `marks`, pairs of a value on it and what that is called.
        """
        self._sliders[name] = slider = Slider(*map(_now, (label, low, high)), step, **look)
        whole = isinstance(step, int)

        def follow():
            value = read()
            slider.turns(*map(_now, (label, low, high)))
            slider.show(value, number(value), *ends())

        self._follow[name] = follow

        def hear(event):
            with self.lock:
                turn(event)
                self._follow[name]()  # also where nothing changed: the hand waits for an answer

        turn = self.from_browser(
            lambda event: write(int(event["value"]) if whole else event["value"]), lambda event: ("turn", name)
        )
        slider.listener = hear
        return slider

    def chooser(self, name, label, options, named=True):
        """A drop-down list for the part `name` of the state: `options` maps each of its values to what it is called.

        Where it is not `named`, its label is there for screen readers alone.
        """
        self._choosers[name] = chooser = self.dropdown(
            label, options, lambda value: setattr(self, name, value), getattr(self, name), named
        )
        return chooser

    def dropdown(self, label, options, choose, value, named=True):
        """A drop-down list that stands at `value`, and calls `choose(value)` where another is chosen."""
        listed = [(words, value) for value, words in options.items()]
        dropdown = ipywidgets.Dropdown(options=listed, value=value, description=label)
        dropdown.layout.width, dropdown.style.description_width = "auto", "auto"
        dropdown.observe(self.from_browser(lambda change: choose(change["new"])), "value")
        if not named:
            dropdown.add_class("annkit-unnamed")
        return dropdown

    def button(self, label, action, tooltip=""):
        """A button that calls `action()`."""
        button = ipywidgets.Button(description=label, tooltip=tooltip, layout={"width": "auto"})
        button.on_click(self.from_browser(lambda __: action()))
        return button

    def player(self, step="", pace=PACE, fast=False, speeds=True):
        """The controls of a lab that can play: play until nothing is left to do, one step (called `step`), how fast.

        Only play, where a step has no name. `pace` is how fast it plays at first, in steps a second;
        where it is `fast`, it may also play as fast as it goes; without `speeds` there is nothing to choose.
        """
        self.pace = pace
        play = ipywidgets.ToggleButton(description=_("Play"), tooltip="", layout={"width": "auto"})
        self._play_button = _looking(play, "annkit-strong")
        if not step:
            return [play]
        once = _looking(self.button(step, self.step), "annkit-strong")
        if not speeds:
            return [play, once]
        paces = {steps: _("{steps} a second").format(steps=steps) for steps in PACES}
        if fast:
            paces[FASTEST] = _("as fast as it goes")
        speed = self.dropdown(_("speed"), paces, lambda pace: setattr(self, "pace", pace), pace)
        return [play, once, speed]

    def caption(self, words):
        """A heading over some of the controls."""
        return _looking(ipywidgets.Label(words), "annkit-caption")

    def _foot(self):
        """The buttons that undo, redo, and go back to the start: the same corner of every lab."""
        undo = self.button(_("Undo"), self.undo, _("Take back the last change (Ctrl+Z)"))
        redo = self.button(_("Redo"), self.redo, _("Do again what was taken back (Ctrl+Y)"))
        reset = _looking(self.button(_("Reset"), self.reset, _("Back to the start")), "annkit-quiet")
        self._undo_buttons = [_looking(button, "annkit-quiet", "annkit-history") for button in (undo, redo)]
        self._show_history()
        return _looking(_row([undo, redo, reset]), "annkit-foot")

    def _arranged(self):
        """All controls, one under the other; a list of them is a row, a text a heading."""
        made = []
        for control in self.controls():
            if isinstance(control, str):
                control = self.caption(control)
            made.append(_row(control) if isinstance(control, list) else control)
        lengths = [len(slider.label) for slider in self._sliders.values()]
        for slider in self._sliders.values():
            slider.room = max((length for length in lengths if length <= LONG), default=0)
        if bar := self.bar():
            self._barred = [*bar, self._foot()]
            return made
        return [*made, self._foot()]

    def _show_on_controls(self):
        """Bring sliders, lists, and what else of the controls depends on the state, to where it is now."""
        for follow in self._follow.values():
            follow()
        if self._said:
            self.show_controls()
        for name, chooser in self._choosers.items():
            chooser.value = getattr(self, name)

    def _show_history(self):
        """Undo and redo can be pressed where there is something to undo or to redo."""
        if self._undo_buttons:
            ends = [self._history.next(way) is None for way in ("back", "forth")]
            # First the one that can be pressed again, so that it is there to take the focus of the other.
            for end, button in sorted(zip(ends, self._undo_buttons, strict=True), key=lambda pair: pair[0]):
                button.disabled = end


def _now(value):
    return value() if callable(value) else value


def _row(controls):
    return _looking(ipywidgets.HBox(controls), "annkit-row")


def _looking(widget, *classes):
    """The widget, with these classes of the style sheets."""
    for name in classes:
        widget.add_class(name)
    return widget
