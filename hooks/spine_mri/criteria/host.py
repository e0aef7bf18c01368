"""Who is at risk of infection even without a sign of one?"""

from __future__ import annotations

from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import has, recent, resolved
from cds_service.reasoning.combination import any_of
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.limits import INJECTING, SURGERY

DONE = ("Procedure",)
DIAGNOSED_OR_DONE = ("Condition", "Procedure")
PRESCRIBED = ("MedicationRequest",)
ANY_STRENGTH = frozenset({Role.INCLUDE, Role.SUPPORTING})
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
SPINE_PROCEDURE = any_of(
    "spine-procedure-recent",
    "Spine surgery in 90 days, or injection or puncture in 30",
    # An order for a spine once operated does not say when that was.
    recent(codes.PRIOR_SPINE_SURGERY, SURGERY, sources=DONE, stated=False),
    NEEDLE,
)
TUBERCULOSIS = has(codes.TUBERCULOSIS)
STRONG_HOST = any_of(
    "strong-host",
    "Strong risk of infection",
    DRUG_USE,
    DRUG_USE_PROXY,
    DIALYSIS,
    has(codes.IMMUNOSUPPRESSION),
    has(codes.IMMUNOSUPPRESSANT_DRUG, sources=PRESCRIBED),
    SPINE_PROCEDURE,
    has(codes.PRESSURE_ULCER_SPINE),
    TUBERCULOSIS,
)
WEAK_HOST = any_of(
    "weak-host",
    "Weak risk of infection",
    has(codes.DIABETES),
    has(codes.CHRONIC_STEROID),
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
        roles=frozenset({Role.SUPPORTING}),
    ),
)
