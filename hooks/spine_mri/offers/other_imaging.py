"""Other studies: what comes before the MRI, goes with it, or stands in for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cds_service.knowledge.coding import LOINC, canonical_system
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import SACROILIAC, is_child
from hooks.spine_mri.offers.creation import creations, in_session
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.offers.table import Offer, offers_of
from hooks.spine_mri.offers.words import clause, sentence
from hooks.spine_mri.order_codes import study_codes
from hooks.spine_mri.protocol import region_words
from hooks.spine_mri.region import advised_sites
from hooks.spine_mri.rule import Advise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.facts.model import Facts
    from cds_service.knowledge.value_set import ValueSet
    from hooks.spine_mri.advice import Advice

JOINTS = frozenset({SACROILIAC})
# A study this recent has told what it can tell.
RECENT = timedelta(days=90)
DEVICE = "SAF4"
CORD = ("NEU2", "NEU4")
UNLESS_MRI = "Only if MRI cannot be done"
DEVICE_REASON = "Alternative to MRI: implanted device on record"


class Study(NamedTuple):
    """A study to order: how it is named, and what marks its contrast.

    sites: the regions it is of; none stands for those the MRI is to show.
    """

    codes: ValueSet
    name: str
    contrast: str = ""
    tail: str = ""
    sites: frozenset[str] = frozenset()


CT = Study(codes.CT_SPINE_ORDER, "CT", "without", " without contrast")
CT_ENHANCED = Study(codes.CT_SPINE_ORDER, "CT", "with", " with contrast")
CT_MYELOGRAPHY = Study(codes.CT_SPINE_ORDER, "CT myelography", "intrathecal")
RADIOGRAPH = Study(codes.RADIOGRAPH_SPINE_ORDER, "radiograph")
STUDIES = {
    Offer.CT: CT,
    Offer.RADIOGRAPH: RADIOGRAPH,
    Offer.RADIOGRAPH_SACROILIAC: RADIOGRAPH._replace(sites=JOINTS),
    Offer.MRI_SACROILIAC: Study(
        codes.MRI_SACROILIAC_ORDER, "MRI", "without", " without contrast", JOINTS
    ),
}


def other_imaging(advice: Advice) -> tuple[Offered, ...]:
    """Offer the studies of the rules that matched, and one for who cannot have MRI."""
    return (*_asked_for(advice), *_instead(advice))


def _asked_for(advice: Advice) -> Iterator[Offered]:
    child = is_child(advice.facts)
    for offer, rule in offers_of(advice).items():
        study = STUDIES.get(offer)
        # The dose of a CT is not for a child by default.
        if study is None or (child and study is CT):
            continue
        yield from _offered(advice, study, sentence(rule.line), rule.id)


def _instead(advice: Advice) -> Iterator[Offered]:
    """What shows most where a device may rule out the MRI."""
    device = any(one.startswith(DEVICE) for one in advice.modifiers)
    if device and advice.advise in {Advise.FOR, Advise.CHANGE}:
        found = _offered(advice, _substitute(advice), DEVICE_REASON)
        for one in found:
            yield replace(one, label=f"{UNLESS_MRI}: {clause(one.label)}")


def _substitute(advice: Advice) -> Study:
    ids = [one.rule.id for one in advice.matched]
    # A puncture below a cord that is blocked can make the deficit worse.
    if any(one.startswith(CORD) for one in ids):
        return CT
    if any(one.startswith("NEU") for one in ids):
        return CT_MYELOGRAPHY
    enhanced = any(one.startswith(("INF", "ONC", "TRA5")) for one in ids)
    return CT_ENHANCED if enhanced else CT


def _offered(
    advice: Advice, study: Study, reason: str, rule: str = ""
) -> Iterator[Offered]:
    sites = study.sites or advised_sites(advice) - JOINTS
    if _is_on_record(study, sites, advice.facts):
        return
    own = canonical_system(advice.facts.order.system)
    for system in dict.fromkeys((own, LOINC)):
        found = study_codes(study.codes, system, sites, study.contrast)
        actions = creations(advice, system, found, reason)
        if actions:
            label = f"Order {study.name} {region_words(sites)}{study.tail}"
            yield Offered(label=label, actions=actions, rule=rule)
            return


def _is_on_record(study: Study, sites: frozenset[str], facts: Facts) -> bool:
    """Whether it was done of late, or is being ordered."""
    done = any(
        (one.when is None or one.when.age_at_most(facts.as_of, RECENT))
        and (not one.sites or not sites or one.sites & sites)
        for one in facts.coded.get(study.codes.id, ())
    )
    return done or in_session(facts.order, study.codes)
