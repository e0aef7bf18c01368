"""What no chart holds and a clinician knows: a click adds it to the order's reasons.

The next call reads the reason like any other, so the finding is judged, not trusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cds_service.cds_hooks.response import Action, ActionType
from cds_service.knowledge.coding import SNOMED
from cds_service.knowledge.value_set import Role
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import CERVICAL, LOWER, THORACIC
from hooks.spine_mri.offers.creation import is_r4
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.rule import Advise, Rule, Urgency
from hooks.spine_mri.rules.known_disease import OUT1
from hooks.spine_mri.rules.neurology import NEU6
from hooks.spine_mri.rules.unsettled import UNK2_COMPLAINT

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from cds_service.facts.model import Facts
    from cds_service.knowledge.value_set import ValueSet
    from hooks.spine_mri.advice import Advice

# For what no code system has a word that fits; members of the value sets, too.
OWN = "urn:spine-mri-cds:reported"
ORIGIN = {"url": "urn:spine-mri-cds:origin", "valueCode": "reported-at-order-entry"}
ADD = "Add to the order"
MARK = "(reported at order entry)"


class Report(NamedTuple):
    """A finding to report.

    within: asked only where the order may be of one of these regions; of any, where
    none is named. settles: how the id of the rule begins whose question it answers, so
    that it is asked first.
    """

    words: str
    value_set: ValueSet
    system: str
    code: str
    within: frozenset[str] = frozenset()
    settles: str = "NEU"


NECK, ABOVE = frozenset({CERVICAL}), frozenset({CERVICAL, THORACIC})
# This one asks for an examination, and what it finds makes an emergency of it.
EXAMINED = NEU6.id
# Nor is anything asked where these rules have nothing to say.
OUTSIDE = OUT1.id
CANDIDATE = Report(
    "Surgery or injection is an option",
    codes.SURGICAL_CANDIDATE,
    OWN,
    "surgery-or-injection-is-an-option",
    settles="PER4",
)
# What a risk that counts with pain alone waits for.
PAINS = (
    Report(
        "Low back pain", codes.BACK_PAIN, SNOMED, "279039007", LOWER, UNK2_COMPLAINT.id
    ),
    Report(
        "Thoracic back pain",
        codes.BACK_PAIN,
        SNOMED,
        "279038004",
        frozenset({THORACIC}),
        UNK2_COMPLAINT.id,
    ),
    Report("Neck pain", codes.NECK_PAIN, SNOMED, "81680005", NECK, UNK2_COMPLAINT.id),
)
# What cannot wait comes first, then what changes the answer most often.
REPORTS = (
    Report(
        "Saddle numbness", codes.SADDLE_ANESTHESIA, SNOMED, "449813001", within=LOWER
    ),
    Report(
        "New loss of bladder control or bowel control",
        codes.URINARY_INCONTINENCE_NEW,
        OWN,
        "loss-of-bladder-or-bowel-control",
    ),
    Report("Arm weakness", codes.MOTOR_DEFICIT, SNOMED, "713512009", within=NECK),
    Report("Spastic gait", codes.GAIT_OR_SENSORY_SIGN, SNOMED, "9447003", within=ABOVE),
    Report("Progressive leg weakness", codes.MOTOR_DEFICIT, SNOMED, "713514005"),
    Report("Fever at home", codes.FEVER, SNOMED, "386661006", settles="INF"),
    Report("Injecting drug use", codes.IV_DRUG_USE, SNOMED, "226034001", settles="INF"),
)


def reported(
    advice: Advice, besides: Container[str] = frozenset()
) -> tuple[Offered, ...]:
    """Offer the findings that would decide, where nothing on record has decided.

    Args:
        advice: what is to be done.
        besides: value sets that another button already adds.
    """
    source = advice.facts.order.resources[0]
    if not is_r4(source) or not _is_open(advice):
        return ()
    return tuple(
        Offered(
            label=f"{ADD}: {one.words.lower()}",
            actions=(
                Action(
                    type=ActionType.UPDATE,
                    description=f"Add the reason: {one.words.lower()}",
                    resource=with_reason(source, one),
                ),
            ),
        )
        for one in _asked(advice)
        if one.value_set.id not in besides
    )


def _is_open(advice: Advice) -> bool:
    """Whether a finding could turn it: nothing on record speaks for the scan yet."""
    rule = advice.lead.rule
    if advice.advise is Advise.UNCERTAIN:
        return rule.id != OUTSIDE
    if rule.id == EXAMINED and advice.urgency is not Urgency.IMMEDIATE:
        return True
    flagged = bool(advice.added) or rule.is_red_flag
    return rule.advise is not Advise.FOR and not flagged


def _asked(advice: Advice) -> list[Report]:
    """Those not stated yet; what stands in the chart without being settled is first."""
    facts, lead = advice.facts, advice.lead.rule.id
    sites = facts.order.sites
    examined = lead == EXAMINED
    kept = (
        one
        for one in (*_awaited(advice.lead.rule), *REPORTS)
        if (not sites or not one.within or sites & one.within)
        and not _is_stated(one, facts)
        and (one.settles == "NEU" or not examined)
    )
    on_record = facts.coded.keys()

    def later(one: Report) -> tuple[bool, bool]:
        return not lead.startswith(one.settles), one.value_set.id not in on_record

    return sorted(kept, key=later)


def _awaited(lead: Rule) -> tuple[Report, ...]:
    """What this rule alone waits for."""
    if lead is UNK2_COMPLAINT:
        return PAINS
    return (CANDIDATE,) if lead.id.startswith(CANDIDATE.settles) else ()


def _is_stated(report: Report, facts: Facts) -> bool:
    found = facts.coded.get(report.value_set.id, ())
    return any(one.stated and one.role is Role.INCLUDE for one in found)


def with_reason(resource: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Copy the raw order with one reason more, and nothing else touched."""
    coding = {
        "system": report.system,
        "code": report.code,
        "display": report.words,
        "userSelected": True,
    }
    reason = {
        "extension": [ORIGIN],
        "coding": [coding],
        "text": f"{report.words} {MARK}",
    }
    return with_more(resource, "reasonCode", reason)


def with_more(
    resource: Mapping[str, Any], element: str, added: dict[str, Any]
) -> dict[str, Any]:
    """Copy the raw order with one entry more in a list of it."""
    sent = resource.get(element)
    given = sent if isinstance(sent, list) else [sent] if sent else []
    return {**resource, element: [*given, added]}
