"""What the prefetch left out is searched for; what cannot be had is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.answer import answer
from cds_service.cds_hooks.errors import PreconditionFailed
from cds_service.fhir.fetched import Fetched, failed
from cds_service.fhir.sight import Cause
from tests.builders import AT, ago, bundle, call, condition, draft, observation, spine
from tests.builders import patient as patient_record
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Card

KNEE = "73721"
ALL = tuple(spine().prefetch)
PAIN = condition("M54.50", "9 days")
EMPTY = {"resourceType": "Bundle", "type": "searchset", "total": 0}


class Server:
    """Gives what it was told to, and remembers what it was asked."""

    def __init__(self, **given: Fetched) -> None:
        self.given = given
        self.asked: list[Mapping[str, str]] = []

    def __call__(self, missing: Mapping[str, str]) -> Mapping[str, Fetched]:
        """Answer what is asked for and was given."""
        self.asked.append(missing)
        return {key: one for key, one in self.given.items() if key in missing}


def card_of(calls: ServiceCall, server: Server) -> Card:
    """Answer with one card."""
    (card,) = answer(spine(), calls, AT, server).cards
    return card


def advice(card: Card) -> Mapping[str, Any]:
    """Read what a card says to machines."""
    assert card.extension
    told: Mapping[str, Any] = card.extension["spine-mri.advice"]
    return told


def test_only_what_is_absent_is_asked_for() -> None:
    """A key that came, even as null, is not asked again."""
    server = Server()
    answer(spine(), call([PAIN], missing=("observations", "reports")), AT, server)

    assert [set(one) for one in server.asked] == [{"observations", "reports"}]


def test_nothing_is_asked_where_nothing_is_missing_or_relevant() -> None:
    """A whole prefetch, or an order of others, costs no call."""
    server = Server()
    answer(spine(), call([PAIN]), AT, server)
    answer(spine(), call([], [draft(KNEE)], missing=ALL), AT, server)
    dead = patient_record(deceasedBoolean=True)
    answer(spine(), call([dead], missing=("conditions",)), AT, server)

    assert server.asked == []


def test_what_was_fetched_counts_like_what_was_sent() -> None:
    """The same chart gives the same advice by either way."""
    crp = observation("1988-5", "88 mg/L", ago("2 days")) | {"id": "crp"}
    fetched = Fetched(bundle([crp]))
    by_prefetch = card_of(call([PAIN, crp]), Server())
    by_search = card_of(
        call([PAIN], missing=("observations",)), Server(observations=fetched)
    )

    assert by_search.summary == by_prefetch.summary
    assert advice(by_search)["reasons"] == advice(by_prefetch)["reasons"]


@each("""
    cause             | state        | says                                    | why
    timed-out         | failed       | the EHR's server did not answer in time | late
    unreachable       | failed       | the EHR's server could not be reached   | down
    not-allowed       | failed       | the EHR's server did not allow it       | no right to it
    not-found         | failed       | the EHR's server does not have it       | a wrong path
    server-error      | failed       | the EHR's server failed                 | broken
    unreadable-answer | failed       | the EHR's server sent what cannot be read | a page for people
    untrusted-server  | not-supplied | is not one this service may ask         | never called
    """)
def test_a_search_that_failed_is_named_with_its_cause(row: dict[str, str]) -> None:
    """On the card in plain words, beside it for machines; never against."""
    card = card_of(
        call([PAIN], missing=("observations",)),
        Server(observations=failed(Cause(row["cause"]))),
    )

    assert f"laboratory results ({row['says']}" in card.detail.replace(
        "not supplied, and the EHR's server ", ""
    )
    assert advice(card)["advise"] == "uncertain"
    assert advice(card)["unseen"] == [
        {"query": "observations", "state": row["state"], "cause": row["cause"]}
    ]


def test_a_bundle_cut_short_is_truncated() -> None:
    """It still has its next link."""
    cut = {**bundle([]), "link": [{"relation": "next", "url": "https://x.example"}]}
    card = card_of(
        call([PAIN], missing=("observations",)), Server(observations=Fetched(cut))
    )

    assert advice(card)["unseen"] == [{"query": "observations", "state": "truncated"}]


def test_a_server_that_gives_another_patient_is_not_believed() -> None:
    """It is no fault of the client, so the call is answered all the same."""
    other = patient_record(id="someone-else")
    flagged = condition("G83.4", "2 days")
    server = Server(patient=Fetched(other))
    card = card_of(call([flagged], missing=("patient",)), server)

    assert {
        "query": "patient",
        "state": "failed",
        "cause": "unreadable-answer",
    } in advice(card)["unseen"]


@pytest.mark.fault(29)
@each("""
    chart   | patient          | expected | why
    M54.50  |                  | 412      | nobody sent who it is, and no rule speaks
    M54.50  | timed-out        | 412      | nor could it be had
    M54.50  | untrusted-server | 412      | nor may anyone be asked
    G83.4   | timed-out        | card     | a rule speaks whoever it is
    G83.4   |                  | card     | same
    """)
def test_who_the_patient_is_has_to_be_known(row: dict[str, str]) -> None:
    """412 only then, with words of ours alone."""
    cause = row["patient"]
    server = Server(**({"patient": failed(Cause(cause))} if cause else {}))
    calls = call([condition(row["chart"], "2 days")], missing=("patient",))
    if row["expected"] == "card":
        assert card_of(calls, server).summary
        return
    with pytest.raises(PreconditionFailed) as refused:
        answer(spine(), calls, AT, server)

    assert refused.value.where == "$.prefetch.patient"
    assert cause in refused.value.what


def test_a_service_that_has_nothing_to_say_refuses_nobody() -> None:
    """No card is no card, whoever the patient is."""
    silent = replace(spine(), present=lambda *_: ())
    told = answer(silent, call([PAIN], missing=("patient",)), AT)

    assert told.cards == ()


def test_sparse_data_are_no_reason_to_refuse() -> None:
    """A patient on whom nothing is recorded, or nothing sent, gets a card."""
    nothing_sent = call([], missing=ALL[1:])
    nothing_recorded = call([])

    assert card_of(nothing_sent, Server()).summary
    assert card_of(nothing_recorded, Server()).summary


def test_what_was_seen_is_told_beside_the_cards() -> None:
    """For the record that is kept of a decision."""
    told = answer(spine(), call([PAIN], missing=("vitals",)), AT)

    assert told.sight["vitals"].state == "not-supplied"
    assert told.sight["conditions"].state == "present"
    assert answer(spine(), call([], [draft(KNEE)]), AT).sight == {}


@pytest.mark.fault(16)
@pytest.mark.parametrize("cause", [None, Cause.TIMED_OUT])
def test_another_patient_among_what_was_found_is_no_fault_of_the_client(
    cause: Cause | None,
) -> None:
    """The search has failed, whole or cut short; the call is answered."""
    mixed = bundle([condition("G83.4", "2 days"), patient_record(id="someone-else")])
    card = card_of(
        call([PAIN], missing=("procedures",)),
        Server(procedures=Fetched(mixed, cause)),
    )

    assert advice(card)["unseen"] == [
        {"query": "procedures", "state": "failed", "cause": "unreadable-answer"}
    ]
