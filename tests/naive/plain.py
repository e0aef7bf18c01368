"""The chart of the naive evaluator, of a story."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tests.naive.catalogue import Meaning, meanings, seventh
from tests.naive.moments import read_date
from tests.naive.words import T0, Chart, Fact

QUERY = {
    "Condition": "conditions",
    "Procedure": "procedures",
    "MedicationRequest": "medications",
    "ServiceRequest": "referrals",
    "ImagingStudy": "imaging",
    "DiagnosticReport": "reports",
    "AllergyIntolerance": "allergies",
    "Device": "devices",
}
# For these a suspicion is the point of the scan; for a host risk it is hearsay.
TARGETS = frozenset(
    {
        *("cauda-equina", "myelopathy", "motor-deficit", "cord-motor-deficit"),
        *("bilateral-leg-weakness", "saddle-anesthesia", "urinary-retention"),
        *("urinary-incontinence-new", "fecal-incontinence", "spine-infection"),
        *("epidural-abscess", "bloodstream-infection", "malignancy-active"),
        *("spine-or-bone-malignancy", "vertebral-compression-fracture"),
        *("axial-spondyloarthritis", "sexual-dysfunction", "bilateral-sciatica"),
        *("gait-or-sensory-sign", "fever", "abnormal-inflammatory-marker-dx"),
        *("weight-loss", "recent-trauma", "tuberculosis"),
    }
)
SUSPICION = ("provisional", "differential", "unconfirmed")
STATED_OVER = ("Condition", "AllergyIntolerance", "Device")
OVER = ("resolved", "inactive", "remission")
NEVER = {
    "Procedure": ("not-done", "entered-in-error"),
    "ServiceRequest": ("draft", "revoked"),
    "MedicationRequest": ("draft", "cancelled"),
    "ImagingStudy": ("registered", "cancelled"),
    "DiagnosticReport": ("registered", "cancelled"),
    "Device": ("entered-in-error",),
}
_RESULT = re.compile(r"(<=|>=|<|>)?([\d.]+)(?: (.+))?")


def plain(story: dict[str, Any]) -> Chart:
    """Make the chart."""
    hidden = story["unseen"]
    seen = [
        (place, one)
        for place, one in enumerate(story["items"])
        if _query(one) != hidden
    ]
    order = story["order"]
    cited = set(order["cites"]) if hidden != "conditions" else set()
    facts = [
        fact
        for place, one in seen
        for fact in _facts(one, place, stated=place in cited)
    ]
    facts += [fact for one in order["reasons"] for fact in _stated(one)]
    lost = {"order"} if _is_unclear(order, hidden) else set()
    known = {} if hidden == "patient" else story["person"]
    return {
        "facts": facts,
        "results": [
            result
            for _, one in seen
            if one["type"] == "Observation"
            for result in _results(one)
        ],
        "order": {
            **order,
            "sites": set(order["sites"]),
            "reasons": bool(order["reasons"] or order["cites"]),
        },
        "age": known.get("age"),
        "sex": known.get("sex"),
        "unseen": lost | ({hidden} - {""}),
        "conditions": sum(one["type"] == "Condition" for _, one in seen),
    }


def _is_unclear(order: dict[str, Any], hidden: str) -> bool:
    """A reason in words nobody knows, or one that leads to what nobody sent."""
    words = any(one.get("unclear") for one in order["reasons"])
    return words or bool(order["cites"] and hidden == "conditions")


def _query(item: dict[str, Any]) -> str:
    if item["type"] == "Observation":
        vital = item["test"] in ("body-temperature", "body-weight")
        return "vitals" if vital else "observations"
    return QUERY[item["type"]]


def _means(item: dict[str, Any]) -> list[Meaning]:
    if item["code"] is None:
        return [Meaning(one, "include") for one in item["means"]]
    return list(meanings(item["code"]))


def _facts(item: dict[str, Any], place: int, *, stated: bool) -> list[Fact]:
    """One fact for every element; none of what never was, or was refuted."""
    kind = item["type"]
    refuted = item.get("verification") in ("refuted", "entered-in-error")
    if kind == "Observation" or refuted or item["status"] in NEVER.get(kind, ()):
        return []
    suspected = kind == "Condition" and item["verification"] in SUSPICION
    recorded = item.get("recorded", "")
    first, last = read_date(item["date"] or recorded)
    ended_first, ended = read_date(item.get("ended", ""))
    over = item["status"] in OVER or bool(ended_first and ended_first <= T0)
    taken = kind == "MedicationRequest" and item["status"] in ("completed", "stopped")
    told = {
        "source": kind,
        "resource": f"{kind}/{place}",
        "code": item["code"].code if item["code"] else "",
        "seventh": seventh(item["code"]) if item["code"] else "",
        "first": first,
        "last": last,
        "recorded": read_date(recorded)[1] if kind == "Condition" else last,
        "ended": ended,
        "active": not (taken or (kind in STATED_OVER and over)),
        "suspected": suspected,
        "stated": stated,
    }
    return [
        {**told, **_told(one)}
        for one in _means(item)
        if not suspected or one.element in TARGETS
    ]


def _told(one: Meaning) -> dict[str, Any]:
    return {
        "element": one.element,
        "role": one.role,
        "tags": set(one.tags),
        "sites": set(one.sites),
    }


def _stated(reason: dict[str, Any]) -> list[Fact]:
    """What the order says: now, and without a date."""
    told = {
        "source": "order",
        "resource": "the order",
        "code": reason["code"].code if reason["code"] else "",
        "seventh": seventh(reason["code"]) if reason["code"] else "",
        **dict.fromkeys(("first", "last", "recorded", "ended")),
        "active": True,
        "suspected": False,
        "stated": True,
    }
    return [{**told, **_told(one)} for one in _means(reason)]


def _results(item: dict[str, Any]) -> list[dict[str, Any]]:
    if item["status"] == "entered-in-error":
        return []
    found = _RESULT.fullmatch(item["value"])
    assert found, item["value"]
    first, last = read_date(item["date"])
    (own,) = [one for one in meanings(item["code"]) if one.element == item["test"]]
    return [
        {
            "test": item["test"],
            "role": own.role,
            "sensitive": "kind=high-sensitivity" in own.tags,
            "comparator": found[1] or "",
            "value": Decimal(found[2]),
            "unit": found[3] or "",
            "upper": Decimal(item["upper"].split()[0]) if item["upper"] else None,
            "flag": item["flag"],
            "first": first,
            "last": last,
            "tags": set(own.tags),
            "preliminary": item["status"] == "preliminary",
        }
    ]
