"""The decision table: every rule that can lead, in the order of its priority."""

from __future__ import annotations

from hooks.spine_mri.rules.child import CHILDREN
from hooks.spine_mri.rules.cord import CORD
from hooks.spine_mri.rules.infection import INFECTION
from hooks.spine_mri.rules.known_disease import KNOWN_DISEASE
from hooks.spine_mri.rules.malignancy import MALIGNANCY
from hooks.spine_mri.rules.neurology import NEUROLOGY
from hooks.spine_mri.rules.pain import PAIN
from hooks.spine_mri.rules.repeat import REPEAT
from hooks.spine_mri.rules.trauma import TRAUMA
from hooks.spine_mri.rules.unsettled import UNSETTLED
from hooks.spine_mri.rules.weak_signs import WEAK_SIGNS

RULES = tuple(
    sorted(
        (
            *NEUROLOGY,
            *CORD,
            *INFECTION,
            *MALIGNANCY,
            *TRAUMA,
            *KNOWN_DISEASE,
            *UNSETTLED,
            *WEAK_SIGNS,
            *CHILDREN,
            *REPEAT,
            *PAIN,
        ),
        key=lambda rule: rule.priority,
    )
)
