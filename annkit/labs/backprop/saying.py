"""What the backprop lab says: where the round is, how what is picked comes about, its slope found twice, what helps."""

from annkit.labs.backprop import chain
from annkit.labs.backprop.digits import agreeing, figures, slope, value_of
from annkit.labs.backprop.now import NEAR
from annkit.labs.backprop.steps import BACK, ERROR, FORWARD, INTO, MOST, NAMES, STATIONS, end, forward, learns, start
from annkit.labs.base.say import Badge, Rows, Text
from annkit.translation import N_, _
from annkit.wording import number, subscript

NUDGE = 0.001
"""So far up and down is a weight nudged for its slope."""
FLAT = 0.002
"""Slopes that are all smaller than this teach hardly anything."""
STEPS = {
    "forward": N_("Round {round}, step {step} of 10: forward to {what}."),
    "error": N_("Round {round}, step {step} of 10: the error, E = {E}."),
    "back": N_("Round {round}, step {step} of 10: back to {what}. E = {E}."),
}


class Saying:
    """The part of a `BackpropLab` that says what it shows."""

    def words(self):
        now = self.now
        advice = self._advice() if self.calls else self._help(now)
        return [self._where(now), *self._verdict(now), *self._arithmetic(), Text(advice, "help")]

    def _where(self, now):
        """What the last step was."""
        if not now.steps:
            if now.rounds:
                words = _("Update {round}: every weight took its step, minus α times its slope.")
                return words.format(round=now.rounds)
            return _("Round 1: nothing is computed yet.")
        kind = "forward" if now.steps <= FORWARD else "error" if now.steps == ERROR else "back"
        said = {"round": now.rounds + 1, "step": now.steps, "what": subscript(STATIONS[now.steps - 1])}
        return _(STEPS[kind]).format(**said, E=figures(now.numbers["E"]))

    # How what is picked comes about.

    def _arithmetic(self):
        """How the picked number or its slope comes about, in pieces; worked out once."""
        if self.now.pieces is None:
            self.now.pieces = self._worked_out(self.now, self.picked)
        return self.now.pieces

    def _worked_out(self, now, name):
        if name in NAMES:
            return self._edge(now, name)
        if name in INTO:
            return self._unit(now, name)
        if name == "E":
            return [self._formula(now, chain.error(now.setup))]
        if name[0] == "t":
            if now.there("E"):
                return [chain.part(name[1]).worked_out(now)]
            said = {"t": subscript(name), "o": subscript("o" + name[1]), "value": number(now.numbers[name])}
            return [_("{t} = {value} is the target: what {o} should be.").format(**said)]
        values = [figures(now.numbers[each]) for each in (name, f"w{name[1]}1", f"w{name[1]}2")]
        said = dict(zip(("x", "w", "u"), values, strict=True)) | {"name": subscript(name)}
        return [_("{name} = {x} goes to h₁ with the weight {w}, to h₂ with {u}.").format(**said)]

    def _formula(self, now, recipe):
        """Worked out if its number is there, else in letters."""
        return recipe.worked_out(now) if now.there(recipe.left) else recipe.in_letters()

    def _unit(self, now, name):
        if now.sloped(name):
            return [chain.at_sum(now.setup, name).worked_out(now)]
        return [self._formula(now, recipe) for recipe in (chain.total(name), chain.answer(now.setup, name))]

    def _edge(self, now, name):
        if now.changes:
            return [self._updated(now, name)]
        if now.sloped(name):
            return [chain.at_edge(now.setup, name).worked_out(now), self._found(now, name)]
        if now.calls:
            return [chain.at_edge(now.setup, name).in_letters()]
        source = start(name)
        said = {"name": subscript(name), "value": figures(now.numbers[name]), "to": subscript(end(name))}
        if source is None:
            return [_("{name} = {value} is the bias of {to}: it is added to its sum.").format(**said)]
        words = _("{name} = {value} leads from {start} to {to}.").format(**said, start=subscript(source))
        if not now.there(source):
            return [words]
        brings = figures(now.numbers[source] * now.numbers[name])
        texts, __ = agreeing([now.numbers[source], now.numbers[name]], lambda a, w: figures(a * w), brings)
        return [words, _("It brings {source} × {weight} = {value}.").format(
            source=texts[0], weight=chain.bracketed(texts[1], 1), value=brings
        )]  # fmt: skip

    def _found(self, now, name):
        """The slope found by nudging, and what the update will make."""
        value, rate = now.numbers[name], self.learning_rate
        ends = [forward(self._nudged(now, name, by), now.setup) for by in (NUDGE, -NUDGE)]
        errors = [each["E"] for each in ends]
        result = slope((errors[0] - errors[1]) / (2 * NUDGE))
        (more, less), __ = agreeing(
            errors, lambda up, down: slope((up - down) / value_of(number(2 * NUDGE))), result, 6
        )
        quotient, nudged = f"({more} − {less}) / {number(2 * NUDGE)}", _("nudged ±{h}")
        if now.setup.activation == "relu" and any(len({each[z] > 0 for each in ends}) == 2 for z in ("z1", "z2")):
            nudged = _("nudged ±{h}, over relu's corner")
        nudged = nudged.format(h=number(NUDGE))
        rows = [(nudged, quotient, result)]
        if learns(name, now.setup):
            rows.append((_("next {name}").format(name=subscript(name)), *_step(value, rate, now.slopes[name])))
        cells = [[what, how, "=", result] for what, how, result in rows]
        return Rows([f"{what}: {how} = {result}" for what, how, result in rows], cells, signed=(3,))

    def _nudged(self, now, name, by):
        return [value + by * (each == name) for each, value in zip(NAMES, now.parameters, strict=True)]

    def _updated(self, now, name):
        """What the update did to a weight."""
        if learns(name, now.setup):
            return chain.update(name).worked_out(now)
        said = {"name": subscript(name), "value": figures(now.numbers[name])}
        return _("{name} = {value} stays: biases don't learn here.").format(**said)

    # How it goes.

    def _verdict(self, now):
        if now.calls:
            return self._counted()
        if now.good and now.there("o2"):
            return [Badge(_("Good in round {round}.").format(round=now.rounds + 1), good=True)]
        return []

    def _help(self, now):
        """What would help now."""
        if now.good and now.there("E"):
            return _(
                "Good: every output is within {near} of its target. Turn any number, and it has to learn again."
            ).format(near=NEAR)
        if now.there("E"):
            if words := self._trouble(now):
                return words
        if now.rounds and now.steps == BACK and not now.good:
            away = [figures(abs(now.numbers["t" + k] - now.numbers["o" + k]), 2) for k in "12"]
            return _(
                "Not good yet: o₁ is {first} and o₂ is {second} from its target. Good is both within {near}."
            ).format(first=away[0], second=away[1], near=NEAR)
        if now.steps == BACK:
            return _("Pick an edge: its slope stands here factor by factor, with ①, ② and ③ where they come from.")
        if now.steps > ERROR:
            return _("A lower number is a slope: how E answers to the number above it. Pick an edge that has one.")
        if now.steps == ERROR:
            return _("Now the way back. Pick a weight: if it grew, would E rise or fall? Say it, then press Next step.")
        if now.steps:
            return _("What is lit makes the new number. Work out the next one, then press Next step.")
        if now.rounds:
            return _("Under each weight stands what the update added. Next step: forward again, with the new weights.")
        return _("Next step: x₁ and x₂ go to h₁. Pick any number and turn it.")

    def _trouble(self, now):
        """What keeps it from learning, or an empty text."""
        out = [k for k in "12" if not 0 <= now.numbers["t" + k] <= 1]
        if out:
            return _("{t} = {value} is out of reach: a sigmoid answers between 0 and 1. E can't become 0.").format(
                t=subscript("t" + out[0]), value=number(now.numbers["t" + out[0]])
            )
        if now.rounds and now.errors[-1] > now.errors[-2]:
            return _("E rose, from {before} to {now}: the step was too long. Try a smaller α.").format(
                before=figures(now.errors[-2]), now=figures(now.errors[-1])
            )
        if now.rounds == MOST:
            return _("Here it stops: {count} rounds are enough.").format(count=MOST)
        if not self.learning_rate:
            return _("With α = 0 no weight moves.")
        if now.steps == BACK and not now.good and max(abs(now.slopes[name]) for name in NAMES) < FLAT:
            return _("Every slope is nearly 0, though E is not: the outputs are where the sigmoid is flat.")
        return ""


def _step(value, rate, gradient):
    """How an update changes a weight, and what it becomes, as texts."""
    result = figures(value - rate * gradient)
    (old, a, g), __ = agreeing([value, rate, gradient], lambda w, a, g: figures(w - a * g), result, 3)
    return f"{old} − {a} × {chain.bracketed(g, 1)}", result
