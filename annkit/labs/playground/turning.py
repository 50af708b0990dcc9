"""What the playground is turned with: the bar over it, the column beside it, and what is folded away in that."""

import ipywidgets

from annkit.labs.playground import keeping, saying
from annkit.labs.playground.explaining import STEPS
from annkit.labs.playground.files import Files
from annkit.labs.playground.gallery import Gallery, picture
from annkit.labs.playground.run import LOSSES
from annkit.labs.playground.state import ACTIVATIONS, OWN
from annkit.stage import Edge
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
        play, step, speed = self.player(_("Step"), fast=True)
        speed.add_class("annkit-unnamed")
        self._swap = self.button(_("Other future"), self.swap, _("Take up the future that was left"))
        return [
            play,
            step,
            self.chooser("by", _("a step is"), {"epoch": _("an epoch"), "batch": _("a batch")}, named=False),
            speed,
            self.turner("time", _("epoch"), lambda: self.epoch, self._go_to, 0, lambda: max(1, self._last()), step=1),
            self._swap,
        ]

    def controls(self):
        self.add_class("annkit-tight")
        self._lists = []
        functions = {name: name.replace("_", " ") for name in ACTIVATIONS}
        steps = dict(enumerate(map(_, STEPS))) | {0: _("explain …")}
        made = [
            _("Data"),
            self._tables(),
            [self.slider("noise", _("noise"), 0, 0.5, 0.01), self.slider("points", _("points"), 10, 400, 10)],
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
            [self._own_activation(functions), self.chooser("explain", _("a step explained"), steps, named=False)],
            [self._opening(), self._taking()],
        ]
        for name, slider in self._sliders.items():
            slider.signed = name == "weight"  # no other can be less than 0
        return made

    def show_controls(self):
        self._swap.layout.display = None if self.other else "none"
        self._redrawn.disabled = self.dataset == OWN
        self._own.disabled = self._own_layer is None
        self._gallery.chosen = self._tabled.index(self.dataset) if self.dataset in self._tabled else -1
        for listed, value in self._lists:
            listed.value = value()

    def _tables(self):
        """The tables that can be drawn, each as a small picture."""
        names = {name: words for name, words in saying.datasets().items() if name != OWN}
        self._tabled = list(names)
        self._gallery = gallery = Gallery(_("data"), names.values(), map(picture, names))
        gallery.listener = self.from_browser(lambda n: setattr(self, "dataset", self._tabled[n]))
        return gallery

    # Lists whose values are not all that the state may hold.

    def _activation_list(self, functions):
        """The activation of all hidden layers; where each has its own, the list says so."""
        each = {OTHER: _("mixed")}
        return self._list(_("activation"), functions | each, lambda: self.activation, self._activate)

    def _activate(self, name):
        self.activation = name

    @property
    def _own_layer(self):
        """The hidden layer of what is picked, from 0; None where it is of none."""
        layer = (self.picked.end if isinstance(self.picked, Edge) else self.picked).layer - 1
        return layer if 0 <= layer < len(self.hidden) else None

    def _own_activation(self, functions):
        """The activation of the hidden layer that what is picked belongs to."""

        def value():
            return None if self._own_layer is None else self.activations[self._own_layer]

        named = {name: _("layer: {activation}").format(activation=words) for name, words in functions.items()}
        self._own = self._list(_("activation of this layer"), named, value, self._activate_own)
        return self._own

    def _activate_own(self, name):
        names = list(self.activations)
        names[self._own_layer] = name
        self.activation = tuple(names)

    def _list(self, label, options, read, write):
        """A list that stands at `OTHER` where `read()` is not on it."""
        if OTHER not in options:
            options = options | {OTHER: _("no layer")}

        def value():
            now = read()
            return now if now in options else OTHER

        def choose(value):
            if value != OTHER:
                write(value)

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
        init = self._list(_("start weights"), starts, lambda: self.init, lambda value: setattr(self, "init", value))
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
        """A field to paste a table into, and where the lab's code is written; it is folded until it is wanted."""
        self._field = field = ipywidgets.Textarea(
            description=_("a table as text"),
            placeholder=_("Paste a table here: two features and, last, the class; a row a line."),
            layout={"width": "auto"},
        )
        field.add_class("annkit-unnamed")
        field.rows = 5
        use = self.button(_("Use it"), lambda: self.paste(field.value))
        self._folded = folded = ipywidgets.VBox([field, use])
        self._redrawn = self.button(_("New points"), self.draw_points, _("Draw other points"))
        return [[self._unfolding(_("Your own …"), folded), self._redrawn], folded]

    def _opening(self):
        """What opens a file."""
        self._files = files = Files()
        hear = self.from_browser(lambda file: self.open_file(*file))
        files.listener = lambda name, text: hear((name, text))
        return files

    def _taking(self):
        """A list of all the forms in which the lab can be taken away."""
        forms = {"": _("save …"), **{form: _(words) for form, words in keeping.TAKEN.items()}}
        self._forms = self.dropdown(_("save"), forms, self._take, "", named=False)
        return self._forms

    def _unfolding(self, words, folded):
        """A button that shows what is folded, and hides it again."""
        folded.layout.display = "none"
        folded.add_class("annkit-folded")

        def unfold():
            folded.layout.display = "flex" if folded.layout.display == "none" else "none"

        return self.button(words, unfold)

    def _take(self, form):
        if not form:
            return
        if form in keeping.NAMES:
            self._files.give(keeping.NAMES[form], self.taken(form))
        else:
            self._field.value = self.taken(form)
            self._folded.layout.display = "flex"
        self._forms.value = ""

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
