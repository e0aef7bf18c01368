"""Does the patient carry a device or metal that MRI must respect?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import HRS_2017

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

DEVICES = codes.MRI_DEVICE_RISK
NEEDS = frozenset(
    DataRequirement(source, None, DEVICES.id)
    for source in ("Condition", "Procedure", "Device")
)
KEYS = tuple(sorted({key_of(need) for need in NEEDS}))
KIND = "device="


def _judge(facts: Facts) -> Verdict:
    """Without a date of both, nobody knows that the removal came after."""
    found = facts.coded.get(DEVICES.id, ())
    removals = [one for one in found if one.role is Role.CANCELS]
    carried = [
        one
        for one in found
        if one.role is Role.INCLUDE
        and one.active
        and not any(_is_removed(one, removal) for removal in removals)
    ]
    if carried:
        return Verdict(Truth.YES, tuple(one.basis for one in carried))
    unseen = not facts.sees(KEYS)
    return Verdict(Truth.UNKNOWN if unseen else Truth.NO, unseen=unseen)


def _is_removed(device: Fact, removal: Fact) -> bool:
    """Whether a device of this kind was taken out for certain, later than seen."""
    if not _kinds(device) & _kinds(removal):
        return False
    return bool(device.when and removal.when and removal.when.first > device.when.last)


def _kinds(fact: Fact) -> frozenset[str]:
    return frozenset(tag for tag in fact.tags if tag.startswith(KIND))


IMPLANT = Judgement(
    id="implant",
    title=DEVICES.title,
    condition=(
        f"{DEVICES.title}, active as a diagnosis, procedure or device, and none of "
        "its kind removed later"
    ),
    needs=NEEDS,
    judge=_judge,
    citation=HRS_2017,
)
