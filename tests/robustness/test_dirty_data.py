"""Charts as they are: what is repaired, what is left out and said, what never happens.

Each row spoils one resource that speaks for the scan. It is read all the same, or the
answer is uncertain; it is never "against", which is the answer without the resource.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from cds_service.cds_hooks.request import parse_call
from cds_service.explain import told as explained
from tests.builders import AT, condition, observation, request, temperature
from tests.replay import advice, replay, services
from tests.robustness.quirks import (
    AGAINST,
    CAUDA,
    CRP,
    DIAGNOSIS,
    ICD,
    READ,
    RESULT,
    TEMPERATURE,
    coded,
)

SERVICE = "spine-mri-order-select"
PAIN = condition("M54.50", "9 days")
FEVER = temperature("38.6 Cel")


def spoilt(resource: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Change some members; None removes one."""
    changed = resource | change
    return {name: value for name, value in changed.items() if value is not None}


def judged(resource: dict[str, Any]) -> tuple[Any, list[str]]:
    """Give the advice of the only card, and what a person is explained."""
    # orjson does not write what is nested so deep.
    body = json.dumps(request([PAIN, resource])).encode()
    (one,) = advice(replay(SERVICE, body, AT))
    service = services()[SERVICE]
    return one, list(explained(service, parse_call(body, service.hook), AT))


def check(resource: dict[str, Any], expected: str, rule: str) -> None:
    """Look that it was read, or left out and said, and never reassuring."""
    one, lines = judged(resource)
    if expected == READ:
        assert one["rule"] == rule
        assert "unseen" not in one
        return
    assert one["advise"] == expected
    doubt = one.get("unseen") or any("left out" in line for line in lines)
    undecided = one["rule"] != "NON1"
    assert expected == AGAINST or doubt or undecided


@pytest.mark.fault(34, 36)
@pytest.mark.parametrize("quirk", DIAGNOSIS)
def test_a_diagnosis_as_charts_write_it(quirk: str) -> None:
    """Cauda equina syndrome, spoilt in one way."""
    change, expected = DIAGNOSIS[quirk]
    check(spoilt(CAUDA, change), expected, "NEU1-cauda-equina")


@pytest.mark.fault(34, 35, 36)
@pytest.mark.parametrize("quirk", RESULT)
def test_a_result_as_charts_write_it(quirk: str) -> None:
    """A raised CRP, spoilt in one way."""
    change, expected = RESULT[quirk]
    check(spoilt(CRP, change), expected, "INF1-probable")


@pytest.mark.fault(35)
@pytest.mark.parametrize("quirk", TEMPERATURE)
def test_a_temperature_as_charts_write_it(quirk: str) -> None:
    """A fever, its unit spoilt in one way."""
    change, expected = TEMPERATURE[quirk]
    check(spoilt(FEVER, change), expected, "INF1-probable")


@pytest.mark.parametrize(
    "change",
    [coded(ICD, "G83.4 "), {"clinicalStatus": {"coding": [{"code": "active "}]}}],
)
def test_a_repair_is_named(change: dict[str, Any]) -> None:
    """With its place; it does not count as unseen."""
    one, lines = judged(spoilt(CAUDA, change))
    (line,) = [line for line in lines if "repaired" in line]

    assert "$.prefetch.conditions.entry[1].resource" in line
    assert "unseen" not in one


@pytest.mark.fault(36)
def test_an_end_that_is_null_is_no_end() -> None:
    """JSON's null says nothing, so the diagnosis is not over."""
    one, _ = judged(CAUDA | {"abatementAge": None, "abatementString": None})

    assert one["rule"] == "NEU1-cauda-equina"


@pytest.mark.fault(36)
@pytest.mark.parametrize(
    "start", [{"onsetDateTime": 20250101}, {"onsetPeriod": {"start": 20250101}}]
)
def test_a_number_for_a_date_is_not_replaced_by_another(start: dict[str, Any]) -> None:
    """Pain of two years is not made new by the day it was recorded."""
    unread = {"onsetDateTime": None, "recordedDate": "2026-11-18"} | start
    body = json.dumps(request([spoilt(PAIN, unread)])).encode()
    (one,) = advice(replay(SERVICE, body, AT))

    assert one["advise"] == "uncertain"
    assert {"query": "conditions", "state": "rejected"} in one["unseen"]


@pytest.mark.fault(38)
@pytest.mark.parametrize(
    ("raised", "normal"),
    [
        ("2026-11-21T12:00:00Z", "2026-11"),
        ("2026-11-21T12:00:00Z", "2026-11-21"),
        ("2026-11-21T12:00:00Z", "2026-11-21T12:00"),
    ],
)
def test_a_date_to_the_day_hides_no_result_of_that_day(
    raised: str, normal: str
) -> None:
    """The normal one may be the older."""
    results = [
        observation("1988-5", value) | {"effectiveDateTime": when}
        for value, when in (("88 mg/L", raised), ("3 mg/L", normal))
    ]
    body = json.dumps(request([PAIN, *results])).encode()
    (one,) = advice(replay(SERVICE, body, AT))

    assert one["rule"] == "INF1-probable"


@pytest.mark.parametrize("written", ["Condition ", "condition", "CONDITION"])
def test_a_type_misspelt_is_unseen(written: str) -> None:
    """Nobody would look for it."""
    body = request([PAIN])
    misspelt = {"resource": CAUDA | {"resourceType": written}}
    body["prefetch"]["conditions"]["entry"].append(misspelt)
    (one,) = advice(replay(SERVICE, json.dumps(body).encode(), AT))

    assert {"query": "conditions", "state": "rejected"} in one["unseen"]


@pytest.mark.parametrize(
    "change", [{"onsetDateTime": "soon"}, {"subject": {"reference": "#x"}}]
)
def test_what_is_unreadable_under_another_key_is_unseen(change: dict[str, Any]) -> None:
    """What our own query did not find may be there."""
    body = request([PAIN])
    entries = [{"resource": CAUDA | change}]
    body["prefetch"]["mine"] = {"resourceType": "Bundle", "entry": entries}
    (one,) = advice(replay(SERVICE, json.dumps(body).encode(), AT))

    assert one["advise"] == "uncertain"
    assert {"query": "conditions", "state": "rejected"} in one["unseen"]


@pytest.mark.parametrize("levels", [0, 505])
def test_two_resources_of_one_id_are_two(levels: int) -> None:
    """Some clients number nothing apart; what differs is read."""
    deep = '{"extension":[' * levels + "{}" + "]}" * levels
    ones = [one | {"id": "1", "extension": ["deep"]} for one in (PAIN, CAUDA)]
    body = json.dumps(request([*ones, ones[0]])).replace('"deep"', deep).encode()
    (one,) = advice(replay(SERVICE, body, AT))

    assert one["rule"] == "NEU1-cauda-equina"


def test_one_bad_resource_costs_no_other() -> None:
    """A chart full of rubbish is still read for what is sound in it."""
    rubbish = [spoilt(CRP, change) for change, _ in RESULT.values()]
    body = json.dumps(request([PAIN, CAUDA, *rubbish])).encode()
    (one,) = advice(replay(SERVICE, body, AT))

    assert one["rule"] == "NEU1-cauda-equina"
    assert {"query": "observations", "state": "rejected"} in one["unseen"]
