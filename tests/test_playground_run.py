"""The playground's run: wherever it is told to go it is there to the last bit, whatever way it came."""

import numpy as np
import pytest

from annkit import data
from annkit.labs.playground.past import Past, Settings, Stretch, Turn, past_of
from annkit.labs.playground.run import Run, Start
from annkit.labs.playground.samples import HALF, held_out, samples, scaled, window

USUAL = Settings.of({})
START = Start(("x1", "x2"), (4, 2), "tanh", "glorot", 0, True)
TABLES = [data.circles(60), data.circles(60).moved(3, [0.5, 0.5]), data.circles(60).with_row([0.125, 0.125], [1])]


def some_settings(random):
    return USUAL._replace(
        table=TABLES[random.integers(3)], learning_rate=float(random.choice([0.03, 0.3])),
        batch_size=int(random.choice([10, 7, 64])), optimizer=str(random.choice(["sgd", "adam", "momentum"])),
        dropout=float(random.choice([0, 0.2])), share=float(random.choice([0.5, 1])),
    )  # fmt: skip


def further(past, random):
    """A past that goes on from another, or that is a part of it."""
    chance = random.random()
    if chance < 0.5:
        return past.learned(int(random.integers(1, 40)), some_settings(random))
    if chance < 0.7:
        return past.turned(int(random.integers(25)), float(random.normal()))
    return past.until(int(random.integers(0, past.batches + 1)))


@pytest.mark.parametrize("seed", range(4))
def test_every_way_leads_to_the_same_bits(seed):
    random, pasts, run = np.random.default_rng(seed), [Past()], Run(START, USUAL)
    for __ in range(25):
        past = further(pasts[random.integers(len(pasts))], random)
        pasts.append(past)
        fresh = Run(START, USUAL)
        assert run.go(START, past, USUAL) and fresh.go(START, past, USUAL)
        assert run.past == fresh.past == past
        assert run.trainer.net.parameters.tobytes() == fresh.trainer.net.parameters.tobytes()
        assert run.way.recording.errors == fresh.way.recording.errors
        assert past_of("past", eval(past.to_code(), {"data": data}), lambda name, value: value) == past


def test_another_start_and_back():
    run, past = Run(START, USUAL), Past().learned(100, USUAL)
    run.go(START, past, USUAL)
    parameters = run.trainer.net.parameters.copy()
    other = START._replace(hidden=(3,))
    run.go(other, Past().learned(50, USUAL), USUAL)
    assert run.trainer.net.sizes == (2, 3, 1)
    run.go(START, past, USUAL)
    assert (run.trainer.net.parameters == parameters).all() and run.trainer.net.sizes == (2, 4, 2, 1)


def test_a_way_that_was_left_is_remembered_however_often_it_goes_back():
    run, past = Run(START, USUAL), Past().learned(100, USUAL)
    run.go(START, past, USUAL)
    errors = run.way.recording.errors
    for batches in range(90, 0, -7):
        run.go(START, past.until(batches), USUAL)
        assert run.way_to(START, past).recording.errors == errors
    other = past.until(20).learned(30, USUAL._replace(learning_rate=0.3))
    run.go(START, other, USUAL)
    assert run.way_to(START, past).recording.errors == errors
    assert run.way_to(START, other) is run.way and run.way_to(START, other.learned(1, USUAL)) is None
    assert run.way.epoch(run.way.batches(3)) == 3 and run.way.epoch(run.way.batches(3) - 1) == 2


def test_where_it_diverges_it_stands_still_and_all_is_finite():
    start = START._replace(hidden=(), classes=False)
    wild = USUAL._replace(table=data.plane(60), learning_rate=1e9)
    run = Run(start, wild)
    assert not run.go(start, Past().learned(1000, wild), wild)
    assert run.trainer.stopped or np.isfinite(run.trainer.error())
    assert np.isfinite(run.trainer.net.parameters).all() and np.isfinite(run.way.recording.errors).all()
    assert run.past.batches < 1000
    gentle = wild._replace(learning_rate=0.1)
    assert run.go(start, run.past.learned(20, gentle), gentle)


def test_a_past_says_what_happened():
    fast = USUAL._replace(learning_rate=0.3)
    past = Past().learned(5, USUAL).learned(3, USUAL).turned(1, 2).turned(1, 3).learned(2, fast)
    assert past == (Stretch(8, USUAL), Turn(1, 3), Stretch(2, fast)) and past.batches == 10
    assert past.to_code() == "[(8,), (1, 3, 'turned'), (2, {'learning_rate': 0.3})]"
    assert past.until(8) == (Stretch(8, USUAL),) and past.until(9)[-1] == Stretch(1, fast) and past.until(0) == ()
    assert past.common(Past().learned(6, USUAL)) == (0, 6) and past.common(past.until(9)) == (2, 1)
    assert past.common(Past().learned(8, fast)) == (0, 0) and past.common(past) == (3, 0)


def test_one_past_leads_to_another():
    past = Past().learned(8, USUAL).turned(1, 3).learned(2, USUAL)
    for batches in range(11):
        assert past.until(batches).leads_to(past)
    assert Past().learned(8, USUAL).turned(1, 3).leads_to(past) and past.leads_to(past) and Past().leads_to(past)
    assert not past.leads_to(past.until(9)) and not Past().learned(9, USUAL).leads_to(past)
    assert not Past().learned(8, USUAL).turned(1, 4).leads_to(past)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "past should be a list of what happened"),
        ([7], r"past\[0\] should be \(batches, settings\) or"),
        ([(0,)], r"past\[0\]\[0\] should be a whole number of at least 1"),
        ([(5, {"rate": 1})], r"past\[0\]\[1\] should be one of table, share"),
        ([(1, np.nan, "turned")], "finite"),
    ],
)
def test_a_past_that_can_not_be(value, words):
    with pytest.raises(ValueError, match=words):
        past_of("past", value, lambda name, value: value)


def test_samples_are_scaled_to_the_plane_and_held_out_one_by_one():
    own = data.table([[100, 3], [200, 4], [150, 5]], [[0], [1], [1]])
    assert np.abs(scaled(own.X, own)).max() == 1 and window(data.circles(200))[1].tolist() == [HALF, HALF]
    held = held_out(TABLES[0], 0.5)
    assert (held_out(TABLES[2], 0.5)[:60] == held).all() and 15 < held.sum() < 45
    assert not held_out(own, 1).any() and not held_out(own, 0.01).all()
    X, T, validation = samples(START._replace(inputs=("x1^2", "x2")), USUAL._replace(table=TABLES[0]))
    assert (X[:, 0] == TABLES[0].X[~held][:, 0] ** 2).all() and len(validation[0]) == held.sum() == 60 - len(T)
    assert samples(START, USUAL._replace(share=1.0))[2] is None
