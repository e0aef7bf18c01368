"""A server that does not answer is spared; one that does again is asked again."""

from __future__ import annotations

from cds_service.fhir.breaker import FAILURES, REST, Breaker


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def opened(clock: Clock) -> Breaker:
    """Make one that has just seen enough failures."""
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.allows()
        breaker.note(answered=False)
    return breaker


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    """Not one earlier, and an answer in between starts the count anew."""
    breaker = Breaker(Clock())
    for answered in (*[False] * (FAILURES - 1), True, *[False] * (FAILURES - 1)):
        breaker.note(answered=answered)
        assert breaker.allows()
    breaker.note(answered=False)

    assert not breaker.allows()


def test_after_a_rest_one_call_alone_may_try() -> None:
    """The others of that moment are not made to wait for it."""
    clock = Clock()
    breaker = opened(clock)
    clock.now += REST - 0.01
    early = breaker.allows()
    clock.now += 0.01

    assert (early, breaker.allows(), breaker.allows()) == (False, True, False)


def test_a_try_that_fails_begins_another_rest() -> None:
    """Counted from its end."""
    clock = Clock()
    breaker = opened(clock)
    clock.now += REST
    assert breaker.allows()
    clock.now += 1
    breaker.note(answered=False)
    clock.now += REST - 0.01

    assert not breaker.allows()


def test_a_try_that_is_answered_closes_it() -> None:
    """Then everyone may ask."""
    clock = Clock()
    breaker = opened(clock)
    clock.now += REST
    assert breaker.allows()
    breaker.note(answered=True)

    assert [breaker.allows() for _ in range(3)] == [True] * 3


def test_a_try_that_never_ended_blocks_nobody_for_ever() -> None:
    """After another rest the next call may try."""
    clock = Clock()
    breaker = opened(clock)
    clock.now += REST
    assert breaker.allows()
    clock.now += REST

    assert breaker.allows()
