"""The FHIR request of a story, and the answer the service gives to its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.answer import facts_for
from tests.builders import AT, call, spine
from tests.resources import (
    Resource,
    allergy,
    condition,
    device,
    draft,
    medication_request,
    observation,
    patient,
    procedure,
    referral,
    report,
    study,
    temperature,
    up_to,
)

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice


def answered(story: dict[str, Any]) -> Advice:
    """Send the story through the service, from the bytes of the request."""
    resources = [
        {**_resource(one), "id": str(place)} for place, one in enumerate(story["items"])
    ]
    person = story["person"]
    resources.append(patient(person["age"], person["sex"]))
    missing = [story["unseen"]] if story["unseen"] else []
    made = call(resources, [_draft(story["order"])], missing)
    (facts,) = facts_for(spine(), made, AT)
    return spine().decide(facts)


def _resource(item: dict[str, Any]) -> Resource:
    what, date, status = item["what"], item["date"], item["status"]
    if item["type"] == "Condition":
        members = {"abatementDateTime": item["ended"]}
        told = (date, status, item["verification"], item["recorded"])
        return condition(what, *told, **members)
    if item["type"] == "Observation":
        return _observation(item)
    if item["type"] == "AllergyIntolerance":
        return allergy(what, status, item["verification"])
    if item["type"] == "Device":
        return device(what, status)
    make = {
        "Procedure": procedure,
        "MedicationRequest": medication_request,
        "ServiceRequest": referral,
        "ImagingStudy": study,
        "DiagnosticReport": report,
    }
    return make[item["type"]](what, date, status)


def _observation(item: dict[str, Any]) -> Resource:
    if item["test"] in ("body-temperature", "body-weight"):
        made = temperature(item["value"], item["date"], status=item["status"])
        code = observation(item["what"], item["value"])["code"]
        return {**made, "code": code}
    told = (item["date"], item["status"], item["flag"])
    made = observation(item["what"], item["value"], *told)
    limit = up_to(item["upper"])
    return {**made, "referenceRange": limit} if limit else made


def _draft(order: dict[str, Any]) -> Resource:
    reasons = [one["what"] for one in order["reasons"]]
    cites = [f"Condition/{place}" for place in order["cites"]]
    return draft(order["what"], reasons, cites, priority=order["priority"])


def outcome(story: dict[str, Any]) -> dict[str, str]:
    """What the service says, in the words of the naive evaluator."""
    advice = answered(story)
    matched = {one.rule.id for one in advice.judged if one.matched}
    return {
        "rule": advice.rule_id,
        "advise": advice.advise.value,
        "protocol": advice.protocol.target.value,
        "region": " ".join(sorted(advice.protocol.sites)),
        "urgency": advice.urgency.word,
        "indicator": advice.indicator.value,
        "rules": " ".join(sorted(matched)),
    }
