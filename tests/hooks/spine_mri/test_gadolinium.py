"""Has the patient reacted to gadolinium?

105879004 gadolinium, 426722004 iodinated contrast, 385420005 a contrast medium.
"""

from __future__ import annotations

from hooks.spine_mri.criteria.gadolinium import (
    CONTRAST_REACTION_UNCLEAR,
    GADOLINIUM_REACTION,
)
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_reaction = judges(
    GADOLINIUM_REACTION,
    """
    chart                   | reason     | missing   | expected | unseen | why
    allergic 105879004      |            |           | yes      |        | the substance
    allergic Gadavist       |            |           | yes      |        | a product, by name
    allergic gadobenate dimeglumine |    |           | yes      |        | an agent, by name
    allergic 426722004      |            |           | no       |        | iodinated contrast is another drug
    allergic Iodinated contrast media |  |           | no       |        | so it is in words
    allergic Shellfish      |            |           | no       |        | and so are shellfish
    allergic 385420005      |            |           | no       |        | a contrast medium of any kind is asked about
    allergic Z91.041        |            |           | no       |        | and so is ICD-10's code for it
    cleared 105879004       |            |           | no       |        | refuted
    outgrew 105879004       |            |           | no       |        | resolved
    takes gadobutrol @ 9 days |          |           | no       |        | it was given, which is no allergy
                            | gadolinium |           | no       |        | the order asks for it
                            |            | allergies | unknown  | unseen | allergies were not sent
    """,
    facts_of,
)

test_unclear = judges(
    CONTRAST_REACTION_UNCLEAR,
    """
    chart              | expected | why
    allergic 385420005 | yes      | a contrast medium, which one is not stated
    allergic Z91.041   | yes      | the same in ICD-10
    allergic 105879004 | no       | stated
    allergic 426722004 | no       | stated, and another drug
    cleared 385420005  | no       | refuted
    """,
    facts_of,
)
