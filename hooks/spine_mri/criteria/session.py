"""Is an operation or an injection drafted in the same session, or a surgeon asking?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import codings_of
from cds_service.facts.model import Basis
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.orders import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cds_service.facts.model import Facts

PLANS = frozenset(
    one.id
    for one in (
        codes.SURGICAL_CANDIDATE,
        codes.SPINAL_INJECTION,
        codes.PRIOR_SPINE_SURGERY,
    )
)


def _plans(facts: Facts) -> Iterator[Basis]:
    found = (
        (draft, hit)
        for draft in facts.order.beside
        for coding in codings_of(draft.get("code"))
        for hit in hits(coding)
    )
    for draft, hit in found:
        if hit.value_set in PLANS and hit.member.role is Role.INCLUDE:
            title = codes.VOCABULARY.by_id[hit.value_set].title
            reference = f"{draft['resourceType']}/{draft.get('id', '')}"
            yield Basis(reference, f"{hit.member.display or title}, drafted")


def _specialists(facts: Facts) -> Iterator[Basis]:
    """A surgeon or pain physician who asks for the scan, or is to act on it."""
    pairs = zip(facts.order.references, facts.order.resources, strict=True)
    found = (
        (reference, hit)
        for reference, draft in pairs
        for role in _specialties(draft)
        for coding in codings_of(role)
        for hit in hits(coding)
    )
    for reference, hit in found:
        if hit.value_set in PLANS and hit.member.role is Role.INCLUDE:
            yield Basis(reference, f"{hit.member.display}, in the order")


def _specialties(draft: Mapping[str, Any]) -> Iterator[object]:
    yield draft.get("performerType")
    contained = draft.get("contained")
    for one in contained if isinstance(contained, list) else ():
        if isinstance(one, dict) and one.get("resourceType") == "PractitionerRole":
            named = one.get("specialty")
            yield from named if isinstance(named, list) else ()


def _planned(facts: Facts) -> Verdict:
    found = (*_plans(facts), *_specialists(facts))
    return Verdict(Truth.of(value=bool(found)), found)


# The chart holds what was placed; what is being placed stands beside the order.
PLANNED_NOW = Judgement(
    id="planned-in-session",
    title="An operation or injection is drafted in the same session",
    condition="another draft of the session is a referral, an operation or an "
    "injection that the scan may serve, or the order names a surgeon or pain physician",
    needs=frozenset(),
    judge=_planned,
)
