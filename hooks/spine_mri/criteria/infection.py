"""Is an infection of the spine suspected?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cds_service.reasoning.coded import has, new, recent, resolved, suspected, undated
from cds_service.reasoning.combination import all_of, any_of
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import AboveOwnRange, MeasurementCriterion
from cds_service.reasoning.plain import age_of
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import (
    ACR_SPINE_INFECTION,
    CJEM_2020,
    IDSA_2015,
    MILLER_1983,
)
from hooks.spine_mri.criteria.fever import FEVER_ACTIVE
from hooks.spine_mri.criteria.host import SPINE_PROCEDURE, STRONG_HOST, WEAK_HOST
from hooks.spine_mri.definitions import pain_new, pain_start
from hooks.spine_mri.limits import (
    BLOODSTREAM,
    CRP_UPPER,
    ESR_AT_MOST,
    ESR_AT_RISK,
    ESR_MAN,
    ESR_SEX_UNKNOWN,
    ESR_WOMAN,
    MARKERS,
    PAIN_NEW,
    SPINE_INFECTION_PAST,
)

if TYPE_CHECKING:
    from datetime import datetime

    from cds_service.facts.model import Facts
    from cds_service.reasoning.limit import Limit

# A result from well before the pain began says nothing about it.
BEFORE_PAIN = timedelta(days=14)
RISKS = (STRONG_HOST, WEAK_HOST, SPINE_PROCEDURE)


def markers_since(facts: Facts) -> datetime | None:
    """The instant before which an inflammatory marker is too early to count."""
    start = pain_start(facts)
    return start - BEFORE_PAIN if start else None


def esr_limit(facts: Facts) -> Decimal:
    """The upper limit of normal in mm/h, by age and sex (Miller 1983).

    Men age/2, women (age+10)/2, never below 20, which makes it 30 or more for women
    from 50. Without a birth date the floor holds. Who is at risk of infection gets no
    allowance for age: 20 for everybody (Davis 2011).
    """
    if any(risk.assess(facts).truth is Truth.YES for risk in RISKS):
        return ESR_AT_RISK.at(facts)
    sex = facts.person.sex
    age = (age_of(facts) or (0, 0))[0]
    if sex == "male":
        return _by_age(ESR_MAN, Decimal(age) / 2, facts)
    if sex == "female":
        return _by_age(ESR_WOMAN, (Decimal(age) + 10) / 2, facts)
    return ESR_SEX_UNKNOWN.at(facts)


def _by_age(least: Limit, for_age: Decimal, facts: Facts) -> Decimal:
    return min(max(least.at(facts), for_age), ESR_AT_MOST.at(facts))


CRP_RAISED = MeasurementCriterion(
    id="crp-raised",
    title="C-reactive protein raised",
    codes=codes.CRP,
    comparison=Comparison.ABOVE,
    threshold=CRP_UPPER,
    within=MARKERS,
    since=markers_since,
    flagged=frozenset({"H", "HH"}),
    citation=CJEM_2020,
)
ESR_RAISED = AboveOwnRange(
    id="esr-raised",
    title="Erythrocyte sedimentation rate raised",
    codes=codes.ESR,
    unit="mm/h",
    within=MARKERS,
    fallback=esr_limit,
    fallback_words="above age/2 (women (age + 10)/2) and 20 mm/h (women from 50: 30), "
    "at risk of infection above 20 mm/h",
    since=markers_since,
    citation=MILLER_1983,
)
MARKER_HIGH = any_of(
    "marker-high",
    "Inflammatory marker raised",
    CRP_RAISED,
    ESR_RAISED,
    new(codes.ABNORMAL_INFLAMMATORY_MARKER_DX, 30),
)
BLOODSTREAM_INFECTION = any_of(
    "bloodstream-infection",
    "Bloodstream infection in 90 days",
    recent(codes.BLOODSTREAM_INFECTION, BLOODSTREAM),
    undated(codes.BLOODSTREAM_INFECTION),
)
SPINE_INFECTION = any_of(
    "spine-infection-any",
    "Spine infection, active, suspected or of the last year",
    has(codes.SPINE_INFECTION),
    suspected(codes.SPINE_INFECTION),
    resolved(codes.SPINE_INFECTION, SPINE_INFECTION_PAST),
)
SPINE_INFECTION_PROBABLE = any_of(
    "spine-infection-probable",
    "Sign of infection with spinal pain",
    FEVER_ACTIVE,
    MARKER_HIGH,
    BLOODSTREAM_INFECTION,
    SPINE_INFECTION,
    citation=IDSA_2015,
)
HIGH_RISK_HOST = all_of(
    "high-risk-host",
    "High risk of infection with new spinal pain",
    pain_new(PAIN_NEW),
    STRONG_HOST,
    citation=ACR_SPINE_INFECTION,
)
# What makes it an emergency, and what makes it less urgent.
ABSCESS_OR_SEPSIS = any_of(
    "abscess-or-sepsis",
    "Epidural abscess, or sepsis in 7 days",
    has(codes.EPIDURAL_ABSCESS),
    recent(
        codes.BLOODSTREAM_INFECTION,
        7,
        "sepsis-7d",
        "Sepsis in 7 days",
        tags=frozenset({"kind=sepsis"}),
    ),
)
