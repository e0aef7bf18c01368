"""Has the patient reacted to gadolinium before?

Only an allergy record counts: the drug's name elsewhere says that it was given. An
iodinated agent is another drug, and an allergy to it says nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded_criterion import INCLUDED, CodedCriterion
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_CONTRAST

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

ALLERGY = "AllergyIntolerance"


def _is_recorded(fact: Fact, _: Facts) -> bool:
    """Whether it stands as an allergy; the order's own words ask for the drug."""
    return fact.active and fact.source == ALLERGY


GADOLINIUM_REACTION = CodedCriterion(
    id="gadolinium-reaction",
    title="Earlier reaction to a gadolinium agent",
    condition="allergy or intolerance to a gadolinium agent, active, not refuted",
    codes=codes.GADOLINIUM_ALLERGY,
    holds=_is_recorded,
    roles=INCLUDED,
    sources=(ALLERGY,),
    citation=ACR_CONTRAST,
)
CONTRAST_REACTION_UNCLEAR = CodedCriterion(
    id="contrast-reaction-unclear",
    title="Earlier reaction to a contrast medium, which kind is not stated",
    condition="allergy to a contrast medium, active, agent not stated",
    codes=codes.GADOLINIUM_ALLERGY,
    holds=_is_recorded,
    roles=frozenset({Role.SUPPORTING}),
    sources=(ALLERGY,),
    citation=ACR_CONTRAST,
)
