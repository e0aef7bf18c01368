"""Is the patient a child, whose back pain is judged by other signs?"""

from __future__ import annotations

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.definitions import ADULT_FROM, is_child

CHILD = Judgement(
    id="child",
    title=f"Patient under {ADULT_FROM}",
    condition=f"age under {ADULT_FROM} years",
    needs=frozenset({DataRequirement("Patient")}),
    judge=lambda facts: Verdict(Truth.of(value=is_child(facts))),
)
