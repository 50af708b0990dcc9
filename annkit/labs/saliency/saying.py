"""What the saliency lab says: who leads by how much, what one pixel does, and whether its mind has changed."""

from annkit.labs.base.say import Badge, Text
from annkit.labs.saliency.state import number_of, pixel_of
from annkit.translation import _
from annkit.wording import fixed, share_of_1


def words(lab):
    """All of it, as pieces."""
    now, two = lab.now, lab.sides
    yield _answer(lab, now, two)
    yield _pixel(lab, now, two)
    yield _least(lab, two)
    if (answer := int(now.outputs.argmax())) != two.answer:
        said = _("Its mind has changed: from {one} to {other}.").format(one=two.answer, other=answer)
        yield Badge(said, good=True)
    yield Text(_help(lab, two, answer), "help")


def _answer(lab, now, two):
    """What it sees, and who is ahead of whom."""
    said = {"digit": lab.digit, "answer": int(now.outputs.argmax()), "share": share_of_1(now.outputs.max(), 3)}
    if lab.own and not lab.shown.any():
        words = _("The pad is empty, and still the largest output is {answer} ({share}): one of ten always is.")
        return words.format(**said)
    said |= {"one": two.answer, "other": two.rival, "lead": fixed(abs(now.lead), 2)}
    if now.lead < 0:
        said["one"], said["other"] = said["other"], said["one"]
    words = _("Picture {row} shows {digit}; the network says {answer} ({share}). {one} leads {other} by {lead}.")
    if lab.own:
        words = _("In your drawing the network sees {answer} ({share}). {one} leads {other} by {lead}.")
    return words.format(row=lab.row, **said)


def _pixel(lab, now, two):
    """What the slope at the pixel says of filling it, and what filling it does."""
    k, x = number_of(lab.pixel), lab.shown
    slope, missing = now.slopes[k], 1 - x[k]
    said = {"row": lab.pixel[0], "column": lab.pixel[1], "ink": fixed(x[k], 2), "slope": fixed(slope, 2)}
    if not missing:
        words = _("The pixel in row {row}, column {column} is full of ink; its slope is {slope}.")
        return words.format(**said)
    filled = x.copy()
    filled[k] = 1
    true = two.lead(lab.net, filled[None, :])[0] - now.lead
    said |= {"thought": fixed(slope * missing, 2), "true": fixed(true, 2)}
    words = _(
        "The pixel in row {row}, column {column} has ink {ink} and slope {slope}. Filled, it would change the lead of "
        "{answer} by {thought}, says the slope; in truth by {true}."
    )
    return words.format(answer=two.answer, **said)


def _least(lab, two):
    """Whether three pixels would change its mind."""
    least = lab.least
    pixels = ", ".join("({}, {})".format(*pixel_of(k)) for k in least.pixels)
    said = {"pixels": pixels, "answer": least.answer, "share": share_of_1(least.share, 2), "count": len(least.pixels)}
    if not least.pixels:
        return _("There is no pixel whose ink would help {rival}.").format(rival=two.rival)
    if least.answer == two.answer:
        return _("Least ink, ringed: even with {pixels} filled it would say {answer} ({share}).").format(**said)
    words = _("Least ink, ringed: with {pixels} filled it would say {answer} ({share}).")
    return words.format(**said)


def _help(lab, two, answer):
    if lab.own and not lab.ink:
        return _("Draw a digit. Then see which of its strokes lie on blue, and which on orange.")
    if answer != two.answer:
        return _("Do you see {digit}, too? Press Clear, or choose another picture.").format(digit=answer)
    if lab.filled or lab.ink and not lab.own:
        return _("More ink where it is orange: how little is enough?")
    return _("Draw ink into the rings, or click a pixel twice to fill it: does its mind change?")
