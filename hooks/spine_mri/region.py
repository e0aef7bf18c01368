"""Which part of the spine the findings need to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.truth import Truth
from hooks.spine_mri.criteria.cord import CORD_SIGN
from hooks.spine_mri.criteria.cord_urgency import cord_facts
from hooks.spine_mri.criteria.host import DRUG_USE, DRUG_USE_PROXY, TUBERCULOSIS
from hooks.spine_mri.criteria.imaging import overlaps
from hooks.spine_mri.criteria.malignancy import SPINE_MALIGNANCY
from hooks.spine_mri.criteria.myelopathy import myelopathies
from hooks.spine_mri.criteria.surgery import operated_sites
from hooks.spine_mri.definitions import (
    HIGH,
    LOWER,
    LUMBAR,
    SACRAL,
    SACROILIAC,
    WHOLE_SPINE,
    complaint_sites,
)
from hooks.spine_mri.orders import read_scan, shows_joints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion
    from hooks.spine_mri.advice import Advice, Judged

CAUDA_EQUINA = frozenset({"NEU1-cauda-equina", "NEU6-possible-cauda-equina"})
CORD_OR_ROOT = ("NEU1", "NEU2", "NEU3", "NEU4")
CANCER = frozenset({"ONC1-active", "ONC2-history"})
PROBABLE_INFECTION = "INF1-probable"
HAEMATOMA = "NEU4-haematoma"
CORD, KNOWN_MYELOPATHY = "NEU2-cord", "NEU7-known-myelopathy"
SCAR, AS_ORDERED = "POS1", "OUT1-other-indication"
JOINTS = frozenset({"AXS1", "AXS1-suspected"})
SEVERAL = 2


def needed_sites(
    lead: Judged, red_flags: Sequence[Judged], facts: Facts
) -> frozenset[str]:
    """Give the regions to be seen; empty where nothing says which."""
    if why_whole_spine(lead, red_flags, facts):
        return WHOLE_SPINE
    if lead.rule.id in {CORD, KNOWN_MYELOPATHY}:
        return _named(lead.rule.id, facts)
    if CAUDA_EQUINA.intersection(judged.rule.id for judged in red_flags):
        return frozenset({LUMBAR})
    return _named_by(lead, red_flags, facts)


def _named_by(
    lead: Judged, red_flags: Sequence[Judged], facts: Facts
) -> frozenset[str]:
    """The regions that the lead, else the complaint, is about."""
    if lead.rule.id == SCAR:
        return _operated(facts)
    if lead.rule.id in JOINTS:
        return _spondyloarthritic(lead, facts)
    if lead.rule.id == AS_ORDERED:
        return frozenset()
    branches = [one for one in red_flags if one.rule.id == lead.rule.id] or [lead]
    return _scanned(_sites_behind(branches, facts) or complaint_sites(facts))


def _operated(facts: Facts) -> frozenset[str]:
    """The operated region, unless all the pain is somewhere else."""
    hurts = _scanned(complaint_sites(facts))
    if not overlaps(hurts, facts.order.sites):
        return hurts
    return _scanned(operated_sites(facts)) or hurts


def _spondyloarthritic(lead: Judged, facts: Facts) -> frozenset[str]:
    """The sacroiliac joints, and the spine as named, else as ordered."""
    named = _sites_behind([lead], facts) or complaint_sites(facts)
    # The sacrum is named for its joints.
    return (named - {SACRAL} or facts.order.sites) | {SACROILIAC}


def why_whole_spine(lead: Judged, red_flags: Sequence[Judged], facts: Facts) -> str:
    """Say what calls for the whole spine; "" where nothing does."""
    ids = frozenset([judged.rule.id for judged in red_flags])
    return next((why for why, asks in WHOLE_FOR if asks(lead.rule.id, ids, facts)), "")


def _may_bleed_along(_: str, ids: frozenset[str], __: Facts) -> bool:
    return HAEMATOMA in ids


def _is_cancer_in_several(_: str, ids: frozenset[str], facts: Facts) -> bool:
    """Cancer with a deficit, or one that is in the spine already."""
    neurological = any(rule.startswith(CORD_OR_ROOT) for rule in ids)
    return bool(ids & CANCER) and (neurological or _holds(SPINE_MALIGNANCY, facts))


def _is_of_no_level(lead: str, ids: frozenset[str], facts: Facts) -> bool:
    about = CORD if CORD in ids else lead
    return about in {CORD, KNOWN_MYELOPATHY} and not _named(about, facts)


def _is_ordered_below_cord(_: str, ids: frozenset[str], facts: Facts) -> bool:
    return bool(ids) and _cord_sign_below(facts)


def _is_infection_in_several(_: str, ids: frozenset[str], facts: Facts) -> bool:
    return PROBABLE_INFECTION in ids and _hurts_in_several(facts)


def _is_spread_by_blood(_: str, ids: frozenset[str], facts: Facts) -> bool:
    spreading = (DRUG_USE, DRUG_USE_PROXY, TUBERCULOSIS)
    return bool(ids) and any(_holds(one, facts) for one in spreading)


def _hurts_above(lead: str, ids: frozenset[str], facts: Facts) -> bool:
    """Whether a cauda equina may be a cord: the pain is higher up as well."""
    named = lead in {CORD, KNOWN_MYELOPATHY}
    return not named and bool(ids & CAUDA_EQUINA) and _holds(HIGH, facts)


# What calls for the whole spine, as a card says it; the first that holds is named.
WHOLE_FOR = (
    ("blood may lie along the canal", _may_bleed_along),
    ("a cancer may be in several places", _is_cancer_in_several),
    ("no level of the cord is known", _is_of_no_level),
    ("the order ends below the cord", _is_ordered_below_cord),
    ("the pain is in several regions", _is_infection_in_several),
    ("the infection may be in several places", _is_spread_by_blood),
    ("the pain is not in the lumbar spine alone", _hurts_above),
)


def _cord_sign_below(facts: Facts) -> bool:
    """Whether a sign of the cord meets an order that ends below the cord."""
    drafted = facts.order.sites
    return bool(drafted) and drafted <= LOWER and _holds(CORD_SIGN, facts)


def _named(rule: str, facts: Facts) -> frozenset[str]:
    """The level of the cord that the facts behind a rule name, if they do."""
    about = cord_facts(facts) if rule == CORD else myelopathies(facts)
    return _scanned(frozenset[str]().union(*(fact.sites for fact in about)))


def _hurts_in_several(facts: Facts) -> bool:
    return len(complaint_sites(facts) - {SACRAL}) >= SEVERAL


def _holds(criterion: Criterion, facts: Facts) -> bool:
    return criterion.assess(facts).truth is Truth.YES


def _sites_behind(branches: Sequence[Judged], facts: Facts) -> frozenset[str]:
    """The regions named by the facts that the branches of a rule rest on."""
    behind = {basis for one in branches for basis in one.finding.basis}
    return frozenset[str]().union(
        *(
            fact.sites
            for facts_of_one in facts.coded.values()
            for fact in facts_of_one
            if fact.basis in behind
        )
    )


def _scanned(sites: frozenset[str]) -> frozenset[str]:
    """A lumbar scan shows the upper sacrum, so the two are not asked for together."""
    return sites - {SACRAL} if LUMBAR in sites else sites


def region_fits(lead: Judged, needed: frozenset[str], facts: Facts) -> bool:
    """Whether the draft covers what is needed, with the other scans of the session.

    Without a red flag the complaint must only not lie somewhere else altogether.
    """
    order = facts.order
    if not order.sites or not needed:
        return True
    if lead.rule.is_red_flag and lead.rule.id != SCAR:
        return needed <= order.sites | _sites_beside(facts)
    return bool(needed & order.sites)


def _sites_beside(facts: Facts) -> frozenset[str]:
    """The regions of the other drafts of the same contrast: CPT has one code each."""
    order = facts.order
    scans = (read_scan(one, facts.practice.orders) for one in order.beside)
    alike = (one for one in scans if one and one.contrast.value == order.technique)
    joints = {SACROILIAC} if shows_joints(order) else set[str]()
    return frozenset(joints).union(*(one.sites for one in alike))


def advised_sites(advice: Advice) -> frozenset[str]:
    """The regions to order: the draft's where they will do."""
    order, protocol = advice.facts.order, advice.protocol
    keep = protocol.region_fits and bool(order.sites)
    return order.sites if keep or not protocol.sites else protocol.sites
