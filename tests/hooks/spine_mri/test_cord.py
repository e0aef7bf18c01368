"""The spinal cord: compressed, bled upon, known to be ill, or only perhaps so."""

from __future__ import annotations

from hooks.spine_mri.criteria.cord import (
    CORD_SUSPECTED,
    DEFICIT_UNCLEAR,
    HAEMATOMA_SUSPECTED,
)
from hooks.spine_mri.criteria.cord_urgency import CORD_EMERGENCY
from hooks.spine_mri.criteria.myelopathy import MYELOPATHY_KNOWN
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each, judges

test_cord_suspected = judges(
    CORD_SUSPECTED,
    """
    chart                              | order   | reason | missing    | expected | why
                                       |         |        |            | no       | nothing on record
                                       |         |        | conditions | unknown  | the problem list was not supplied
    has G95.20 @ 90 days               |         |        |            | yes      | myelopathy, last valid moment
    has G95.20 @ 91 days               |         |        |            | no       | myelopathy, known for longer
    has G95.20                         |         |        |            | yes      | without a date it may be new
                                       |         | M47.12 |            | yes      | the order states it
    has M47.12 @ 400 days              |         | M47.12 |            | no       | the order states it, the chart says since when
    had G95.20 @ 9 days                |         |        |            | no       | over
    has S14.129A @ 2 days              |         |        |            | yes      | injury of the cord
    has S14.129D @ 2 days              |         |        |            | no       | its after-care
    has G82.20 @ 30 days               |         |        |            | yes      | paraplegia, last valid moment
    has G82.20 @ 31 days               |         |        |            | no       | older
    has 86854008 @ 90 days             | 72141   |        |            | yes      | brisk reflexes, neck order
    has 86854008 @ 91 days             | 72141   |        |            | no       | older
    has 86854008                       | 72141   |        |            | yes      | without a date they may be new
    has 86854008 @ 9 days              |         |        |            | no       | lumbar order, no neck or thoracic complaint
    has 86854008 @ 9 days; has M54.2   |         |        |            | yes      | lumbar order, neck pain
    has 309537005 @ 9 days             | 72141   |        |            | no       | a numb leg is no sign of the cord
    has R33.9 @ 30 days                | 72146   |        |            | yes      | retention, thoracic order, nothing lumbar
    has R33.9 @ 31 days                | 72146   |        |            | no       | older
    has R33.9 @ 3 days; has M54.50     | 72146   |        |            | no       | a lumbar complaint: the cauda equina
    """,
    facts_of,
)

test_cord_emergency = judges(
    CORD_EMERGENCY,
    """
    chart                  | order | reason          | expected | why
                           |       |                 | no       | nothing on record
    has G95.20 @ 14 days   |       |                 | yes      | myelopathy, last acute day
    has G95.20 @ 15 days   |       |                 | no       | known for longer than that
    has G95.20             |       |                 | no       | nobody knows since when
                           |       | M47.12          | no       | an elective order names it
                           |       | G82.20          | yes      | paraparesis is never elective
                           | 72146 | R33.9           | yes      | nor is loss of the sphincters
    has G82.20 @ 20 days   |       |                 | no       | weeks old
    has 86854008 @ 14 days; has M54.2 @ 400 days | 72141 | | yes | sign of the cord, old neck pain
    has 86854008 @ 20 days; has M54.2 @ 3 days | 72141 |   | no  | the pain is new, the sign is not
    """,
    facts_of,
)

test_haematoma = judges(
    HAEMATOMA_SUSPECTED,
    """
    chart                                  | missing     | expected | why
    has M21.371 @ 3 days                   |             | no       | foot drop, no reason to bleed
    has M21.371 @ 3 days                   | medications | unknown  | foot drop, medication not supplied
    takes warfarin @ 90 days               |             | no       | anticoagulated, no deficit
    takes warfarin @ 90 days; has M21.371 @ 7 days | |    yes      | foot drop, last valid moment
    takes warfarin @ 90 days; has M21.371 @ 8 days | |    no       | older
    has Z79.01; has M21.371 @ 7 days       |             | yes      | anticoagulated, by a problem
    has D68.9 @ 400 days; has R33.9 @ 3 days |           | yes      | bleeding disorder and retention
    did 62323 @ 30 days; has M21.371 @ 3 days |          | yes      | an injection near the canal, last valid moment
    did 62323 @ 31 days; has M21.371 @ 3 days |          | no       | longer ago
    did 50172003 @ 20 days; has M21.371 @ 3 days |       | yes      | an operation
    takes aspirin @ 9 days; has M21.371 @ 3 days |       | no       | aspirin is no anticoagulant
    """,
    facts_of,
)

test_known_myelopathy = judges(
    MYELOPATHY_KNOWN,
    """
    chart                 | missing    | expected | why
                          |            | no       | nothing on record
                          | conditions | unknown  | the problem list was not supplied
    has G95.20 @ 900 days |            | yes      | known for years
    had G95.20 @ 900 days |            | no       | over
    has S14.129S          |            | no       | late effect of an injury
    """,
    facts_of,
)

test_unclear_deficit = judges(
    DEFICIT_UNCLEAR,
    """
    chart                              | reason  | expected | why
                                       |         | no       | nothing on record
    has R53.1 @ 90 days                |         | no       | weakness of no kind, without a spinal complaint
                                       | R53.1   | yes      | the order states it, and names no pain
    has R53.1 @ 90 days; has M54.50    |         | yes      | beside back pain, last valid moment
    has R53.1 @ 91 days; has M54.50    |         | no       | older
    has R53.1; has M54.50              |         | yes      | without a date
    has 44077006 @ 30 days             |         | yes      | numbness, last valid moment
    has 44077006 @ 31 days             |         | no       | older
    has 44077006 @ 9 days; has M54.16  |         | no       | radiculopathy explains it
    has R20.0 @ 30 days                |         | yes      | numbness that may be of the saddle
    has R20.0 @ 31 days                |         | no       | older
    has 86854008 @ 90 days             |         | yes      | a sign of the cord, lumbar order
    has R29.810 @ 3 days; has M54.50   |         | no       | a weak face
    """,
    facts_of,
)


@each("""
    chart                                        | order | reason      | rule | advise    | urgency   | region   | indicator | why
    has M47.12 @ 60 days                         | 72141 |             | NEU2 | for       | urgent    | cervical | warning   | the code names the level
    has G95.20 @ 60 days                         | 72141 |             | NEU2 | change    | urgent    | whole    | warning   | no code names the level
    has G95.20 @ 3 days                          | 72141 |             | NEU2 | change    | immediate | whole    | critical  | acute
    has M47.12 @ 60 days; has C61                | 72141 |             | NEU2 | change    | immediate | whole    | critical  | with cancer
    has M47.12 @ 60 days; has Z85.46             | 72141 |             | NEU2 | change    | immediate | whole    | critical  | with a past cancer
    has M47.12 @ 400 days                        | 72141 | M47.12      | NEU7 | for       | routine   | cervical | info      | known for long
    has M47.12 @ 400 days                        | 72148 |             | NEU7 | change    | routine   | cervical | warning   | and another level was ordered
    has G95.20 @ 400 days                        | 72141 |             | NEU7 | change    | routine   | whole    | warning   | known for long, level not named
    has 86854008 @ 9 days; has M54.50 @ 9 days   | 72148 |             | NEU5 | uncertain | routine   | whole    | info      | a sign of the cord, lumbar order
    has R53.1 @ 9 days; has M54.50 @ 9 days      | 72148 |             | NEU5 | uncertain | routine   | lumbar   | info      | weakness of no kind
                                                 | 72141 | R53.1       | NEU5 | uncertain | routine   |          | info      | weakness of no kind, in the order alone
    takes warfarin; has M21.371 @ 3 days         | 72148 |             | NEU4 | change    | immediate | whole    | critical  | may have bled
    has G82.20 @ 3 days                          | 72141 |             | NEU2 | change    | immediate | whole    | critical  | paraplegia
    has R33.9 @ 3 days; has M54.2 @ 10 days      | 72141 |             | NEU2 | change    | immediate | whole    | critical  | sphincter loss, neck pain
    has R33.9 @ 40 days; has M54.50 @ 10 days    | 72148 |             | NEU6 | for       | urgent    | lumbar   | warning   | retention of weeks
    has G83.4 @ 3 days; has G95.20 @ 3 days      | 72148 |             | NEU1 | change    | immediate | whole    | critical  | cauda equina leads, cord asks for more
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together."""
    assert told(row) == expected(row)
