"""Is an infection of the spine suspected?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cds_service.facts.quantity import Quantity
from cds_service.facts.timing import years_between
from cds_service.reasoning.coded import has, new, recent, resolved, suspected, undated
from cds_service.reasoning.combination import all_of, any_of
from cds_service.reasoning.measured import (
    AboveOwnRange,
    Comparison,
    MeasurementCriterion,
)
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import (
    ACR_SPINE_INFECTION,
    CJEM_2020,
    IDSA_2015,
    MILLER_1983,
)
from hooks.spine_mri.criteria.fever import FEVER_ACTIVE
from hooks.spine_mri.criteria.host import STRONG_HOST, WEAK_HOST
from hooks.spine_mri.definitions import pain_new, pain_start

if TYPE_CHECKING:
    from datetime import datetime

    from cds_service.facts.model import Facts

MARKER_WINDOW = timedelta(days=30)
# A result from well before the pain began says nothing about it.
BEFORE_PAIN = timedelta(days=14)
YOUNG_WOMAN, OLDER_WOMAN, OLDER_FROM = Decimal(20), Decimal(30), 50
MAN, SEX_UNKNOWN = Decimal(20), Decimal(30)
AT_RISK = Decimal(20)
RISKS = (STRONG_HOST, WEAK_HOST)


def markers_since(facts: Facts) -> datetime | None:
    """The instant before which an inflammatory marker is too early to count."""
    start = pain_start(facts)
    return start - BEFORE_PAIN if start else None


def esr_limit(facts: Facts) -> Decimal:
    """The upper limit of normal in mm/h, by age and sex (Miller 1983).

    Men age/2, women (age+10)/2, never below 20, for women from 50 never below 30.
    Without a birth date the floor holds. Who is at risk of infection gets no
    allowance for age: 20 for everybody (Davis 2011).
    """
    if any(risk.assess(facts).truth is Truth.YES for risk in RISKS):
        return AT_RISK
    birth, sex = facts.person.birth, facts.person.sex
    age = years_between(birth, facts.as_of)[0] if birth else 0
    if sex == "male":
        return max(MAN, Decimal(age) / 2)
    if sex == "female":
        floor = OLDER_WOMAN if age >= OLDER_FROM else YOUNG_WOMAN
        return max(floor, (Decimal(age) + 10) / 2)
    return SEX_UNKNOWN


CRP_RAISED = MeasurementCriterion(
    id="crp-raised",
    title="C-reactive protein raised",
    codes=codes.CRP,
    comparison=Comparison.ABOVE,
    threshold=Quantity.parse("10 mg/L"),
    within=MARKER_WINDOW,
    since=markers_since,
    flagged=frozenset({"H", "HH"}),
    citation=CJEM_2020,
)
ESR_RAISED = AboveOwnRange(
    id="esr-raised",
    title="Erythrocyte sedimentation rate raised",
    codes=codes.ESR,
    unit="mm/h",
    within=MARKER_WINDOW,
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
    recent(codes.BLOODSTREAM_INFECTION, 90),
    undated(codes.BLOODSTREAM_INFECTION),
)
SPINE_INFECTION = any_of(
    "spine-infection-any",
    "Spine infection, active, suspected or of the last year",
    has(codes.SPINE_INFECTION),
    suspected(codes.SPINE_INFECTION),
    resolved(codes.SPINE_INFECTION, 365),
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
    pain_new(90),
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
