"""The vocabulary clinical content is written in: a leaf, and free of medicine."""

from __future__ import annotations

from cds_service.knowledge.citation import Citation
from cds_service.knowledge.coding import Coding
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Match, Member, Role, ValueSet
from cds_service.knowledge.vocabulary import Hit, TextHit, Vocabulary

__all__ = [
    "Citation",
    "Coding",
    "DataRequirement",
    "Hit",
    "Match",
    "Member",
    "Role",
    "TextHit",
    "ValueSet",
    "Vocabulary",
]
