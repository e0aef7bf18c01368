"""How results are kept, where the content does not say otherwise."""

from __future__ import annotations

from decimal import Decimal

from cds_service.facts.lexicon import Lexicon, MeasuredIn, no_unit
from cds_service.knowledge.vocabulary import Vocabulary


def test_a_bare_number_means_nothing() -> None:
    """Unless the content knows better."""
    kept = MeasuredIn(label="X", unit="g", lowest=Decimal(0), highest=Decimal(1))

    assert kept.bare is no_unit
    assert no_unit(Decimal(38)) is None
    assert kept.also == {}


def test_a_lexicon_asks_for_nothing_of_itself() -> None:
    """All of it comes from the content."""
    lexicon = Lexicon(vocabulary=Vocabulary(()), wanted=frozenset())

    assert not lexicon.suspicion
    assert not lexicon.measured
    assert not lexicon.horizon
