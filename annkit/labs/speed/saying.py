"""What a speed lab says: the multiplications of each matrix and of all, forward and back; and what was measured."""

from annkit import counting
from annkit.labs.base.say import Rows, Text
from annkit.labs.speed.clocks import by_hand
from annkit.labs.speed.durations import duration, two_digits
from annkit.translation import _
from annkit.wording import fixed

NOTHING = "\u00a0"
SHOWN = 3
"""So many of the last measurements are listed."""


def words(lab):
    """All of it, as pieces."""
    yield Text(_("{count} multiplications").format(count=f"{counting.forward(lab.sizes):,}"), "lead")
    yield _matrices(lab)
    yield _back(lab)
    if lab.pinned != (lab.depth, lab.width):
        yield _compared(lab)
    hand = duration(by_hand(counting.forward(lab.sizes)))
    yield _("By hand, 10 s each: {duration}.").format(duration=hand)
    if lab.measurements:
        yield _list(lab.measurements[-SHOWN:])
    yield _about_the_gpu(lab)
    yield Text(_help(lab), "help")


def _matrices(lab):
    """A line for each matrix; those between hidden layers, which are alike, share one."""
    pairs = counting.pairs(lab.sizes)
    alike = lab.depth - 1
    shown = [(pairs[0], 1), *([(pairs[1], alike)] if alike else []), (pairs[-1], 1)]
    lines, cells = [], []
    said = _("{before} → {units}: {product} = {count}")
    for (before, units), times in shown:
        product = f"{before + 1:,} × {units:,}"
        product = f"{times} × {product}" if times > 1 else product
        count = f"{times * (before + 1) * units:,}"
        lines.append(said.format(before=f"{before:,}", units=f"{units:,}", product=product, count=count))
        cells.append([f"{before:,} → {units:,}", product, count])
    total = f"{counting.forward(lab.sizes):,}"
    lines.append(_("forward: {count}").format(count=total))
    cells.append([_("forward"), NOTHING, total])
    lit = 0 if lab.layer == 1 else len(shown) - 1 if lab.layer > lab.depth else 1
    caption = _("for one digit, matrix by matrix")
    lines[0] = f"{caption}\n{lines[0]}"
    return Rows(lines, cells, caption, lit=lit, total=True)


def _back(lab):
    back, all_ = counting.back(lab.sizes), counting.learning(lab.sizes)
    times = fixed(all_ / counting.forward(lab.sizes), 2)
    sentence = _("The way back: {back}. Both: {all}, {times} times forward.")
    return sentence.format(back=f"{back:,}", all=f"{all_:,}", times=times)


def _compared(lab):
    depth, width = lab.pinned
    other = counting.forward(lab.sizes_of(depth, width))
    sentence = _("{times} times the {count} of the pinned {depth} × {width}.")
    times = fixed(counting.forward(lab.sizes) / other, 2)
    return sentence.format(times=times, depth=depth, width=width, count=f"{other:,}")


def _list(measurements):
    """The last measurements, so that sizes and batches can be compared."""
    lines, cells = [], []
    said = _("{depth} × {width}, batch {batch}: @ takes {time}, loops {times} times that; {share} % of the limit")
    for each in measurements:
        time, times, share = duration(each.products), two_digits(each.times), str(round(100 * each.share))
        names = {"depth": each.depth, "width": each.width, "batch": each.batch}
        lines.append(said.format(**names, time=time, times=times, share=share))
        cells.append([f"{each.depth} × {each.width}", f"{each.batch:,}", time, f"{times} ×", f"{share} %"])
    caption = _("measured here, on one core")
    lines[0] = f"{caption}\n{lines[0]}"
    heads = [_("size"), _("batch"), _("@"), _("loops"), _("limit")]
    return Rows(lines, cells, caption, heads=heads)


def _about_the_gpu(lab):
    if lab.without_gpu:
        return lab.without_gpu
    if lab.measured and lab.measured.gpu:
        gpu = lab.measured.gpu
        share = round(100 * lab.measured.count / gpu.seconds / gpu.limit)
        return _("GPU {name}, 32-bit numbers: {time}, {share} % of its limit.").format(
            name=gpu.name, time=duration(gpu.seconds), share=share
        )
    return _("GPU: none has been measured yet.")


def _help(lab):
    if not lab.measurements:
        if lab.pinned != (lab.depth, lab.width):
            return _("Dashed: the pinned network. Which matrices grew? Press Measure for their time.")
        return _("Double a slider: how much does the area grow? Then press Measure and watch the bars.")
    if not lab.measured:
        return _("The bars are empty: guess their times first, then press Measure.")
    return _("Change the batch and measure again: is the limit nearer?")
