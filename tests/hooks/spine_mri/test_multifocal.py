"""Weakness of more than one limb."""

from __future__ import annotations

from hooks.spine_mri.criteria.multifocal import MULTIFOCAL
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_multifocal = judges(
    MULTIFOCAL,
    """
    chart                                        | expected | why
                                                 | no       | nothing on record
    has M21.371 @ 3 days                         | no       | one leg
    has M21.371 @ 3 days; has 6077001 @ 3 days   | no       | a leg, by two codes
    has M21.371 @ 3 days; has 713512009 @ 3 days | yes      | leg and arm
    has M21.371 @ 3 days; has 713512009          | yes      | leg and arm, one without a date
    has M21.371 @ 3 days; has 713512009 @ 91 days | no      | the arm is an old matter
    has M21.371 @ 3 days; had 713512009 @ 3 days | no       | the arm has recovered
    has M21.371 @ 3 days; suspects 713512009 @ 31 days | no | the arm was suspected and left at that
    has M21.371 @ 3 days; has R29.898 @ 3 days   | no       | a vague sign names no limb
    has G82.20 @ 3 days                          | yes      | both legs
    has G82.20                                   | yes      | both legs, without a date
    has G82.20 @ 91 days                         | no       | paraplegia of old
    """,
    facts_of,
)
