"""The decision table: every rule that can lead, in the order of its priority."""

from __future__ import annotations

from hooks.spine_mri.rules.infection import INFECTION
from hooks.spine_mri.rules.malignancy import MALIGNANCY
from hooks.spine_mri.rules.neurology import NEUROLOGY
from hooks.spine_mri.rules.pain import PAIN

RULES = tuple(
    sorted((*NEUROLOGY, *INFECTION, *MALIGNANCY, *PAIN), key=lambda rule: rule.priority)
)
