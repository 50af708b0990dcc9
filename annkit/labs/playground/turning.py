"""What the playground is turned with: the bar over it, the column beside it, and what is folded away in that."""

import ipywidgets

from annkit.labs.playground import keeping, saying
from annkit.labs.playground.explaining import STEPS
from annkit.labs.playground.run import LOSSES
from annkit.labs.playground.state import ACTIVATIONS
from annkit.translation import N_, _

OPTIMIZERS = ["sgd", "momentum", "rmsprop", "adam"]
STARTS = {"glorot": N_("Glorot"), "he": N_("He"), 0.0: N_("all 0"), 0.1: N_("small"), 1.0: N_("medium"),
          5.0: N_("large")}  # fmt: skip
"""How the start weights may be drawn, and what that is called."""
OTHER = "other"
"""In a list: a start that only code can name."""


class Turning:
    """The controls of a `Playground`."""

    def bar(self):
        return [
            *self.player(_("Step"), fast=True),
            self.chooser("by", _("a step is"), {"epoch": _("an epoch"), "batch": _("a batch")}, named=False),
            self.turner("time", _("epoch"), lambda: self.epoch, self._go_to, 0, lambda: max(1, self._last()), step=1),
        ]

    def controls(self):
        self.add_class("annkit-tight")
        self._lists = []
        functions = {name: name.replace("_", " ") for name in ACTIVATIONS}
        planes = {"answer": _("the answer"), "unit": _("the unit"), "surface": _("the error")}
        steps = dict(enumerate(map(_, STEPS))) | {0: _("explain …")}
        self._swap = self.button(_("Other future"), self.swap, _("Take up the future that was left"))
        adds = {"○": _("add ○"), "×": _("add ×")}
        return [
            _("Data"),
            [
                self.chooser("dataset", _("data"), saying.datasets(), named=False),
                self.chooser("adds", _("what a click adds"), adds, named=False),
            ],
            self.slider("noise", _("noise"), 0, 0.5, 0.01),
            self.slider("points", _("points"), 10, 400, 10),
            self.slider("share", _("to learn from"), 0.1, 1, 0.1),
            *self._text_field(),
            _("Learning"),
            self.slider("learning_rate", _("learning rate α"), 0, 1, 0.01),
            self.slider("batch_size", _("batch"), 1, 100, 1),
            [
                self.chooser("optimizer", _("optimizer"), {name: name for name in OPTIMIZERS}, named=False),
                self._activation_list(functions),
            ],
            *self._more(),
            _("What is picked"),
            self.turner("weight", lambda: saying.short_name(self, self.picked), self._weight, self._turn_weight, -8, 8),
            [
                self.chooser("explain", _("a step explained"), steps, named=False),
                self.chooser("plane", _("what the plane shows"), planes, named=False),
            ],
            self._swap,
        ]

    def show_controls(self):
        self._swap.disabled = not self.other
        for listed, value in self._lists:
            listed.value = value()

    # Lists whose values are not all that the state may hold.

    def _activation_list(self, functions):
        """The activation of all hidden layers; where each has its own, the list says so."""
        each = {OTHER: _("each its own")}
        return self._list(_("activation"), functions | each, "activation", lambda value: isinstance(value, str))

    def _list(self, label, options, name, listed):
        """A list for a part of the state which may also hold what is not on it: then it stands at `OTHER`."""

        def value():
            now = getattr(self, name)
            return now if listed(now) else OTHER

        def choose(value):
            if value != OTHER:
                setattr(self, name, value)

        made = self.dropdown(label, options, choose, value(), named=False)
        self._lists.append((made, value))
        return made

    # What is folded away until it is wanted.

    def _more(self):
        """The controls that are wanted now and then, and the button that unfolds them."""
        starts = {value: _(words) for value, words in STARTS.items()} | {OTHER: _("a spread")}
        looks = [
            self.chooser("steps", _("the plane"), {False: _("smooth"), True: _("in two steps")}),
            self.chooser("log_errors", _("errors"), {False: _("linear"), True: _("logarithmic")}),
        ]
        init = self._list(_("start weights"), starts, "init", lambda value: value in STARTS)
        init.remove_class("annkit-unnamed")
        folded = ipywidgets.VBox([
            self.slider("l2", "L2", 0, 0.1, 0.001), self.slider("l1", "L1", 0, 0.1, 0.001),
            self.slider("dropout", _("dropout"), 0, 0.9, 0.05),
            self.chooser("loss", _("loss"), {name: _(name) for name in LOSSES}), init,
            self.slider("seed", _("seed of the start"), 0, 20, 1), *looks,
        ])  # fmt: skip
        new = self.button(_("New start"), self.begin_anew, _("Draw other start weights"))
        return [[self._unfolding(_("More …"), folded), new], folded]

    def _text_field(self):
        """A field to paste a table into, and to take the lab away from; it is folded until it is wanted."""
        self._field = field = ipywidgets.Textarea(
            description=_("a table as text"),
            placeholder=_("Paste a table here: two features and, last, the class; a row a line."),
            layout={"width": "auto"},
        )
        field.add_class("annkit-unnamed")
        field.rows = 5
        use = self.button(_("Use it"), lambda: self.paste(field.value))
        forms = {"": _("save as …"), **{form: _(words) for form, words in keeping.TAKEN.items()}}
        take = self.dropdown(_("save as"), forms, self._take, "", named=False)
        self._folded = folded = ipywidgets.VBox([field, use])
        return [[self._unfolding(_("Your own …"), folded), take], folded]

    def _unfolding(self, words, folded):
        """A button that shows what is folded, and hides it again."""
        folded.layout.display = "none"
        folded.add_class("annkit-folded")

        def unfold():
            folded.layout.display = "flex" if folded.layout.display == "none" else "none"

        return self.button(words, unfold)

    def _take(self, form):
        if form:
            self._field.value = self.taken(form)
            self._folded.layout.display = "flex"

    # Time, and the number that is picked.

    def _last(self):
        """The last epoch of the whole past."""
        return self.way.epoch(self.past.batches)

    def _go_to(self, epoch):
        self.now = self.way.batches(min(int(epoch), self._last()))

    def _weight(self):
        place = self.place_of(self.picked)
        return 0.0 if place is None else float(self.trainer.net.parameters[place])

    def _turn_weight(self, value):
        place = self.place_of(self.picked)
        if place is None:
            raise ValueError(_("An input has no weight; pick an edge or a unit."))
        self.turn(place, value)
