"""State: what a lab was made with and what was turned since, to be set, written down, taken back and done again."""

import contextlib
import inspect
import threading

from annkit import inputs
from annkit.labs.base.history import GLANCE, History
from annkit.labs.base.traits import State
from annkit.translation import _


class Stateful:
    """The part of a `Lab` that keeps its state, and calls `redraw` when that has changed.

    The state is declared as traits, one for each part, with its default, in the order of the constructor's arguments.
    From these follow the constructor and its signature, `set`, `code`, undo and redo.
    """

    parts = {}
    """The parts of the state: each trait by its name."""

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        own = {name: trait for name, trait in vars(cls).items() if isinstance(trait, State)}
        for name in own:
            if name not in cls.parts and any(hasattr(base, name) for base in cls.__bases__):
                message = f"{cls.__name__}.{name}: every lab has something called {name}; give the state another name."
                raise TypeError(message)
        cls.parts = cls.parts | own
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters = [inspect.Parameter(name, kind, default=t.usual) for name, t in cls.parts.items()]
        cls.__signature__ = inspect.Signature(parameters)

    # What a lab's own file may say.

    def has(self, name):
        """Whether this lab has the part `name` of the state; it may depend on the parts before it."""
        return True

    def settle(self, changed):
        """What a change of these parts of the state (a set of names) means for the others. Not called on undo."""

    # What can be done with it.

    @property
    def state(self):
        """The names of the parts of the state, in the order of the constructor's arguments."""
        return tuple(filter(self.has, self.parts))

    @property
    def untouched(self):
        """Whether everything is as it was when the lab was made."""
        return self.answer == self._turned(self._initial)

    @property
    def answer(self):
        """What was turned: the state without what only chooses what is looked at."""
        return self._turned(self._snapshot())

    def arguments(self):
        """The whole state as arguments that make this lab again, a dict; what it would be anyhow is left out."""
        return {name: value for name, value in self._snapshot().items() if value != self.parts[name].start(self)}

    def code(self):
        """The whole state as one line of Python that makes this lab again; what it would be anyhow is left out."""
        arguments = (f"{name}={_written(value)}" for name, value in self.arguments().items())
        return f"{type(self).__name__}({', '.join(arguments)})"

    def reset(self):
        """Go back to the state in which the lab was made."""
        with self.together():
            self.pause()
            self._restore(self._initial)

    def undo(self):
        """Take back the last change. Returns False where there is none; a drag, or one play, is one change."""
        return self._travel("back")

    def redo(self):
        """Do again what was taken back. Returns False where there is nothing."""
        return self._travel("forth")

    def set(self, **values):
        """Set several parts of the state at once: all of them, or, where one is refused, none."""
        for name in values:
            inputs.choice("name", name, self.state)
        with self.together() as before:
            for name in self.state:
                if name in values:
                    super().__setattr__(name, values[name])
            if changed := {name for name, value in self._snapshot().items() if value != before[name]}:
                self._settle(changed)

    @contextlib.contextmanager
    def together(self, gesture=None):
        """Within this, changes of the state are drawn once, at the end; where anything raises, there were none.

        What changed can be undone as one; with what came before it, where that was of the same `gesture`. The state
        before it is at hand as a dict.
        """
        with self.lock:
            before = self._snapshot() if self._nested else self._shown
            self._nested += 1
            try:
                yield before
                if self._nested == 1:
                    now = self._snapshot()
                    if self.error or now != self._shown:
                        self.redraw()
                    self._remember(before, now, gesture)
            except BaseException:
                self._restore(before)
                raise
            finally:
                self._nested -= 1
                if not self._nested:
                    self._travelling = None

    def forget(self):
        """Within `together`: when it is over, there is nothing to take back."""
        self._forgetting = True

    # How it works inside.

    def __setattr__(self, name, value):
        if not self.__dict__.get("_built") or name[0] == "_" or self._is_of_widget(name):
            super().__setattr__(name, value)
        elif name in self.state:
            self.set(**{name: value})
        else:
            try:
                inputs.choice("name", name, self.state)
            except ValueError as error:
                raise AttributeError(str(error)) from None

    def _is_of_widget(self, name):
        """Whether this is an attribute that may be set and is no part of the state."""
        settable = name in self.__dict__ or self.has_trait(name) or getattr(getattr(type(self), name, 0), "fset", None)
        return settable and name not in self.parts

    def _begin(self, values, named):
        """Set the state from the constructor's arguments and, where these are left out, from the traits' defaults."""
        self.lock = threading.RLock()
        self._nested, self._built = 0, False
        self._history, self._travelling, self._forgetting = History(), None, False
        if len(values) > len(self.parts):
            message = _("{lab} takes {most} arguments, not {count}.")
            names = {"lab": type(self).__name__, "most": len(self.parts), "count": len(values)}
            raise TypeError(message.format(**names))
        given = dict(zip(self.parts, values, strict=False))
        if twice := given.keys() & named.keys():
            raise TypeError(_("{name} is given twice.").format(name=min(twice)))
        for name in named:
            inputs.choice("name", name, list(self.parts))
        given = {
            name: v for name, v in {**given, **named}.items() if v is not None or self.parts[name].usual is not None
        }
        for name, part in self.parts.items():
            if self.has(name):
                super().__setattr__(name, given[name] if name in given else part.start(self))
            elif name in given:
                inputs.choice("name", name, self.state)  # which says what there is
        self._initial = self._shown = self._snapshot()

    def _settle(self, changed):
        for name in self.state:
            value, trait = getattr(self, name), self.parts[name]
            if (fitted := trait.fitted(value, self)) != value:
                super().__setattr__(name, fitted)
        self.settle(changed)

    def _remember(self, before, now, gesture):
        """Add what was changed to the history, at the end of `together`."""
        if self._travelling:
            self._history.gone(self._travelling, before)
        elif gesture != GLANCE and before != now:
            self._history.add(before, gesture)
        if self._forgetting:
            self._history.clear()
        self._forgetting = False
        self._show_history()

    def _travel(self, way):
        snapshot = self._history.next(way)
        if snapshot is None:
            return False
        with self.together():
            self.pause()
            self._restore(snapshot)
            self._travelling = way
        return True

    def _turned(self, snapshot):
        return {name: value for name, value in snapshot.items() if not self.parts[name].glance}

    def _snapshot(self):
        return {name: getattr(self, name) for name in self.state}

    def _restore(self, snapshot):
        """Set the whole state. Within `together`, which draws it."""
        for name, value in snapshot.items():
            super().__setattr__(name, value)
        self._show_on_controls()


def _written(value):
    """A part of the state as Python that makes it again."""
    return value.to_code() if hasattr(value, "to_code") else repr(value)
