"""Who is at risk of infection even without a sign of one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import ORDER, has, recent, resolved
from cds_service.reasoning.coded_criterion import ANY_STRENGTH, SUPPORTING
from cds_service.reasoning.combination import all_of, any_of, unless
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.steroid import LONG_TERM_STEROID
from hooks.spine_mri.definitions import EXPLICIT, pain_known_since
from hooks.spine_mri.limits import INJECTING, SURGERY

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

DONE = ("Procedure",)
DIAGNOSED_OR_DONE = ("Condition", "Procedure")
PRESCRIBED = ("MedicationRequest",)
PROXY = frozenset({Role.PROXY})

DRUG_USE = any_of(
    "injecting-drug-use",
    "Injecting drug use, now or in the last year",
    has(codes.IV_DRUG_USE),
    resolved(codes.IV_DRUG_USE, INJECTING),
)
DRUG_USE_PROXY = has(
    codes.IV_DRUG_USE,
    "drug-use-proxy",
    "Opioid, stimulant or other drug use disorder",
    roles=PROXY,
    tags=frozenset({"subset=strong_proxy"}),
)
DIALYSIS = has(codes.DIALYSIS, sources=DIAGNOSED_OR_DONE)
# Any needle near the canal is a risk, whatever it was for.
NEEDLE = recent(
    codes.SPINAL_INJECTION, 30, sources=DONE, roles=ANY_STRENGTH, stated=False
)
# An order for a spine once operated does not say when that was.
OPERATION = recent(codes.PRIOR_SPINE_SURGERY, SURGERY, sources=DONE, stated=False)
SPINE_PROCEDURE = any_of(
    "spine-procedure-recent",
    "Spine surgery in 90 days, or injection or puncture in 30",
    OPERATION,
    NEEDLE,
)
KEYS = (
    *sorted({key_of(need) for need in SPINE_PROCEDURE.needs | EXPLICIT.needs}),
    ORDER,
)


def _pain_before_procedure(facts: Facts) -> Verdict:
    """Known only where no complaint of the chart lacks a date."""
    done = [fact for one in (OPERATION, NEEDLE) for fact in one.matching(facts)]
    began = pain_known_since(facts)
    known = began is not None and all(
        fact.when is not None and began.last < fact.when.first for fact in done
    )
    if done and known:
        return Verdict(Truth.YES, tuple(fact.basis for fact in done))
    seen = facts.sees(KEYS)
    return Verdict(Truth.NO if seen else Truth.UNKNOWN, unseen=not seen)


PAIN_BEFORE_PROCEDURE = Judgement(
    id="pain-before-procedure",
    title="The pain is older than the procedure",
    condition="youngest complaint dated before every such procedure",
    needs=SPINE_PROCEDURE.needs | EXPLICIT.needs,
    judge=_pain_before_procedure,
)
PROCEDURE_BEFORE_PAIN = unless(
    "procedure-before-pain",
    "Spine procedure not known to be younger than the pain",
    SPINE_PROCEDURE,
    PAIN_BEFORE_PROCEDURE,
)
PROCEDURE_FOR_PAIN = all_of(
    "procedure-for-pain",
    "Spine procedure for a pain that was there before",
    SPINE_PROCEDURE,
    PAIN_BEFORE_PROCEDURE,
)
TUBERCULOSIS = has(codes.TUBERCULOSIS)
IMMUNOSUPPRESSED = has(codes.IMMUNOSUPPRESSION)
# Whoever was given an organ once is kept from rejecting it ever after; said once.
TRANSPLANT = unless(
    "transplant-alone",
    "Organ or marrow transplanted, no such problem on record",
    has(
        codes.IMMUNOSUPPRESSION,
        "transplant-done",
        "Organ or marrow transplanted",
        sources=DONE,
        tags=frozenset({"subset=transplant"}),
    ),
    IMMUNOSUPPRESSED,
)
STRONG_HOST = any_of(
    "strong-host",
    "Strong risk of infection",
    DRUG_USE,
    DRUG_USE_PROXY,
    DIALYSIS,
    IMMUNOSUPPRESSED,
    TRANSPLANT,
    has(codes.IMMUNOSUPPRESSANT_DRUG, sources=PRESCRIBED),
    PROCEDURE_BEFORE_PAIN,
    has(codes.PRESSURE_ULCER_SPINE),
    TUBERCULOSIS,
)
WEAK_HOST = any_of(
    "weak-host",
    "Weak risk of infection",
    has(codes.DIABETES),
    LONG_TERM_STEROID,
    has(
        codes.IV_DRUG_USE,
        "drug-use-weak-proxy",
        "Drug use, not stated as dependence",
        roles=PROXY,
        tags=frozenset({"subset=weak"}),
    ),
    has(codes.WEAK_IMMUNOSUPPRESSANT, sources=PRESCRIBED),
    has(
        codes.IMMUNOSUPPRESSION,
        "immunosuppression-weak",
        "Immune disorder, or no spleen",
        roles=SUPPORTING,
    ),
    has(
        codes.BLOODSTREAM_INFECTION,
        "bloodstream-infection-weak",
        "Endocarditis, not stated as infective",
        roles=SUPPORTING,
    ),
    has(
        codes.SPINE_INFECTION,
        "spine-infection-weak",
        "Infection that may be of the spine",
        roles=SUPPORTING,
    ),
)
