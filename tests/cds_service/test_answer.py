"""From a call to its cards: what is judged, at which instant, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cds_service.answer import answer, facts_for, t0
from cds_service.cds_hooks.errors import BadRequest
from cds_service.cds_hooks.request import parse_call
from cds_service.facts.model import Order
from cds_service.facts.timing import Moment
from tests.builders import (
    AT,
    ago,
    call,
    condition,
    draft,
    observation,
    patient,
    request,
    spine,
)
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.builders import Resource

SPINE, KNEE = "72148", "73721"


def judged(
    chart: Iterable[Resource] = (), orders: tuple[Resource, ...] = ()
) -> list[tuple[str, ...]]:
    """Name the orders that were judged, each a tuple of drafts."""
    calls = call(chart, orders)
    return [facts.order.references for facts in facts_for(spine(), calls, AT)]


def test_other_orders_have_no_facts() -> None:
    """Nor has a patient who has died."""
    assert judged(orders=(draft(KNEE),)) == []
    assert judged([patient(deceasedBoolean=True)]) == []


def test_each_order_of_ours_is_judged() -> None:
    """Others on the same list are not."""
    orders = (draft(SPINE), draft(KNEE, id="104"), draft(SPINE, id="105"))

    assert judged(orders=orders) == [("ServiceRequest/103",), ("ServiceRequest/105",)]


def test_a_call_about_other_orders_is_answered_without_a_look_at_the_chart() -> None:
    """Even where the chart would be refused."""
    someone_else = patient(id="someone-else")

    assert answer(spine(), call([someone_else], (draft(KNEE),)), AT).cards == ()
    with pytest.raises(BadRequest):
        answer(spine(), call([someone_else], (draft(SPINE),)), AT)


@each("""
    member           | value      | cards | why
                     |            | 1     | alive
    deceasedDateTime | 2026-11-20 | 0     | died on a day
    deceasedDateTime | 2062-11-20 | 1     | nobody has died on a day to come
    """)
def test_nothing_is_advised_for_the_dead(row: dict[str, str]) -> None:
    """A chart may outlive its patient."""
    members: dict[str, Any] = {row["member"]: row["value"]} if row["member"] else {}
    cards = answer(spine(), call([patient(**members)]), AT).cards

    assert len(cards) == int(row["cards"])


def test_nothing_is_advised_for_who_is_marked_as_deceased() -> None:
    """Without a date of death."""
    assert answer(spine(), call([patient(deceasedBoolean=True)]), AT).cards == ()


def test_one_call_has_one_answer() -> None:
    """The same bytes at the same instant give the same cards, uuids included."""
    asked = call([condition("M54.50", "10 days")])

    assert answer(spine(), asked, AT).cards == answer(spine(), asked, AT).cards
    assert answer(spine(), asked, AT).cards != ()


@each("""
    written         | counts  | why
    1 hour          | written | just written
    1 day           | written | a day ago, to the second
    1 day 1 second  | now     | over a day ago
    -1 day          | written | a clock that runs a day ahead
    -1 day -1 second| now     | a clock that runs further ahead
                    | now     | nobody knows when
    """)
def test_t0(row: dict[str, str]) -> None:
    """Durations count to when the draft was written, if that is this session."""
    written = Moment.parse(ago(row["written"]))
    order = Order(references=(), resources=(), authored=written)
    expected = written.last if written and row["counts"] == "written" else AT

    assert t0(order, AT) == expected


def test_facts_are_as_of_t0() -> None:
    """Not as of the call."""
    calls = call(orders=(draft(SPINE, authoredOn=ago("3 hours")),))
    (facts,) = facts_for(spine(), calls, AT)

    assert facts.as_of == AT - timedelta(hours=3)


def test_an_order_for_another_patient_is_refused() -> None:
    """A chart is not held against somebody else's order."""
    foreign = draft() | {"subject": {"reference": "https://ehr.example.org/Patient/x"}}

    with pytest.raises(BadRequest, match="another patient"):
        answer(spine(), call(orders=[foreign]), AT)


def test_a_result_beyond_reason_is_not_believed() -> None:
    """A number that no rounding can hold costs that result alone."""
    hot = observation("8310-5", "38 Cel") | {
        "valueQuantity": {"value": 1e30, "code": "Cel"}
    }

    assert len(answer(spine(), call([hot]), AT).cards) == 1


def test_drafts_beside_a_selected_one_complete_it() -> None:
    """Three regions of one session are one whole spine, if one of them is selected."""
    orders = [draft(code) | {"id": code} for code in ("72141", "72146", "72148")]
    body = request(orders=orders)
    body["context"]["selections"] = ["ServiceRequest/72148"]
    (card,) = answer(spine(), parse_call(orjson.dumps(body), "order-select"), AT).cards

    advised = card.extension["spine-mri.advice"] if card.extension else {}
    assert len(advised["orders"]) == 3


def test_other_facts_are_judged_anew() -> None:
    """What was found about one moment is not carried to another."""
    (facts,) = facts_for(spine(), call([condition("G83.4", "2 days")]), AT)
    later = replace(facts, as_of=AT + timedelta(days=400))

    assert spine().decide(facts).rule_id == "NEU1-cauda-equina"
    assert spine().decide(later).rule_id == "UNK2-undated-flag"


def nested(levels: int, code: str = SPINE) -> Resource:
    """Make an order whose deepest list stands *levels* deep."""
    value: Any = []
    for _ in range(levels - 2):
        value = [value]
    return draft(code) | {"note": value}


def test_an_order_too_deep_to_send_back_is_refused() -> None:
    """A hundred levels pass, one more does not: an update must echo the whole."""
    assert answer(spine(), call((), (nested(100),)), AT).cards
    with pytest.raises(BadRequest) as refused:
        answer(spine(), call((), (nested(101),)), AT)

    assert refused.value.where == "$.context.draftOrders.entry[0].resource"


def test_an_order_of_others_may_be_as_deep_as_it_likes() -> None:
    """It is not sent back."""
    assert answer(spine(), call((), (nested(200, KNEE),)), AT).cards == ()
