"""Signs of infection: C-reactive protein, blood, spine."""

from __future__ import annotations

from hooks.spine_mri.criteria.infection import (
    ABSCESS_OR_SEPSIS,
    BLOODSTREAM_INFECTION,
    CRP_RAISED,
    MARKER_HIGH,
    SPINE_INFECTION,
    SPINE_INFECTION_PROBABLE,
)
from tests.builders import Resource, condition, facts_from, observation
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges


def crp(row: dict[str, str]) -> Resource:
    """Make the CRP of a row; without a LOINC code it is the ordinary one."""
    return observation(
        row.get("loinc") or "1988-5",
        row["result"],
        row["age"],
        row["status"] or "final",
        row["flag"],
    )


test_crp_raised = judges(
    CRP_RAISED,
    """
    loinc   | result         | age              | status           | flag | expected | unseen | why
            | 10 mg/L        | 1 day            |                  |      | no       |        | at the threshold, which itself is normal
            | 9.9 mg/L       | 1 day            |                  |      | no       |        | just below the threshold
            | 10.1 mg/L      | 1 day            |                  |      | yes      |        | just above the threshold
            | 1.0 mg/dL      | 1 day            |                  |      | no       |        | mg/dL are ten times as many mg/L
            | 1.1 mg/dL      | 1 day            |                  |      | yes      |        | 1.1 mg/dL are 11 mg/L
            | 11 ug/mL       | 1 day            |                  |      | yes      |        | ug/mL are mg/L
            | 0.011 g/L      | 1 day            |                  |      | yes      |        | g/L are a thousand mg/L
            | 10001 ug/L     | 1 day            |                  |      | yes      |        | ug/L are a thousandth of a mg/L
            | 96 nmol/L      | 1 day            |                  |      | yes      |        | 96 nmol/L are 10.1 mg/L
            | 95 nmol/L      | 1 day            |                  |      | no       |        | 95 nmol/L are 9.97 mg/L
            | 88             | 1 day            |                  |      | unknown  | unseen | a number without a unit says nothing
            | 88             | 1 day            |                  | H    | yes      |        | without a unit the flag of the laboratory stands in
            | 88             | 1 day            |                  | N    | unknown  | unseen | a normal flag does not stand in for a value
    30522-7 | 88             | 1 day            |                  | H    | unknown  | unseen | a flag of a high-sensitivity test is about the heart
    30522-7 | 11 mg/L        | 1 day            |                  |      | yes      |        | but its value counts
    30522-7 | 3 mg/L         | 1 day            |                  | H    | no       |        | and so does a low one, whatever its flag
    14634-0 | positive       | 1 day            |                  |      | unknown  |        | a qualitative test does not count
    16503-5 | 88 mg/L        | 1 day            |                  |      | unknown  |        | nor does the fluid of another place
            | elevated       | 1 day            |                  |      | unknown  | unseen | words without a number cannot be read
            | >10 mg/L       | 1 day            |                  |      | yes      |        | more than the threshold is above it
            | >5 mg/L        | 1 day            |                  |      | unknown  | unseen | more than 5 may be 6 or 60
            | >=10 mg/L      | 1 day            |                  |      | unknown  | unseen | may be the threshold itself
            | >=11 mg/L      | 1 day            |                  |      | yes      |        | cannot be the threshold
            | <5 mg/L        | 1 day            |                  |      | no       |        | below the limit of detection
            | <10 mg/L       | 1 day            |                  |      | no       |        | less than the threshold
            | <20 mg/L       | 1 day            |                  |      | unknown  | unseen | less than 20 may be 15
            | 88 mg/L        | 30 days          |                  |      | yes      |        | last valid moment
            | 88 mg/L        | 30 days 1 second |                  |      | unknown  |        | just too old
            | 88 mg/L        | -2 days          |                  |      | unknown  | unseen | the future is an error, held against the query
            | 88 mg/L        | 1 day            | amended          |      | yes      |        | an amended result is a result
            | 88 mg/L        | 1 day            | corrected        |      | yes      |        | so is a corrected one
            | 88 mg/L        | 1 day            | preliminary      |      | yes      |        | a preliminary result may raise suspicion
            | 5 mg/L         | 1 day            | preliminary      |      | unknown  |        | but never settle it
            | 88 mg/L        | 1 day            | entered-in-error |      | unknown  |        | entered in error
            | 88 mg/L        | 1 day            | cancelled        |      | unknown  |        | cancelled
            | 88 mg/L        | 1 day            | registered       |      | unknown  |        | not measured yet
    """,
    lambda row: facts_from([crp(row)]),
)

test_crp_over_time = judges(
    CRP_RAISED,
    """
    chart                                                     | missing      | expected | unseen | why
                                                              |              | unknown  |        | never measured
                                                              | observations | unknown  | unseen | laboratory results were not sent
    lab 1988-5 5 mg/L @ 1 day                                 | conditions   | no       |        | problems have nothing to do with it
    lab 1988-5 88 mg/L @ 9 days; lab 1988-5 5 mg/L @ 1 day    |              | no       |        | the newest decides: it came down
    lab 1988-5 5 mg/L @ 9 days; lab 1988-5 88 mg/L @ 1 day    |              | yes      |        | the newest decides: it went up
    lab 1988-5 88 mg/L @ 9 days; lab 1988-5 >5 mg/L @ 1 day   |              | yes      |        | what settles nothing does not hide a high one
    lab 1988-5 5 mg/L @ 9 days; lab 1988-5 >5 mg/L @ 1 day    |              | unknown  | unseen | nor does an older normal reassure behind it
    lab 1988-5 88 mg/L @ 20 days; has M54.50 @ 5 days         |              | unknown  |        | more than 14 days before the pain began
    lab 1988-5 88 mg/L @ 19 days; has M54.50 @ 5 days         |              | yes      |        | 14 days before the pain began
    lab 1988-5 88 mg/L @ 20 days; has M54.50                  |              | yes      |        | nobody knows when the pain began
    """,
    facts_of,
)


test_marker_high = judges(
    MARKER_HIGH,
    """
    chart                                                  | expected | why
    lab 1988-5 88 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day  | yes      | a normal ESR does not cancel a raised CRP
    lab 1988-5 5 mg/L @ 1 day; lab 4537-7 80 mm/h @ 1 day  | yes      | nor the other way round
    lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day   | no       | both normal
    has R70.0 @ 30 days                                    | yes      | raised sedimentation as a diagnosis, last valid day
    has R79.82 @ 30 days                                   | yes      | raised CRP as a diagnosis
    has R70.0 @ 31 days                                    | unknown  | too old, and nothing was measured
    has R70.0                                              | unknown  | without a date it is not new
    lab 6690-2 22 10*9/L @ 1 day                           | unknown  | white cells alone never count
    lab 33959-8 9 ng/mL @ 1 day                            | unknown  | nor does procalcitonin
    """,
    facts_of,
)

test_bloodstream_infection = judges(
    BLOODSTREAM_INFECTION,
    """
    chart                        | reason                 | expected | why
    has A41.9 @ 90 days          |                        | yes      | sepsis, last valid moment
    has A41.9 @ 90 days 1 second |                        | no       | just too old
    had R78.81 @ 60 days         |                        | yes      | over, but within the window
    had R78.81 @ 100 days        |                        | no       | over for longer
    has I33.0                    |                        | yes      | active, without a date
    has I38                      |                        | no       | endocarditis of a valve that is not called infective
    suspects R78.81 @ 30 days    |                        | yes      | suspected within a month
    suspects R78.81 @ 31 days    |                        | no       | suspected and left at that
    has Endocarditis @ 10 days   |                        | yes      | in words
                                 | bacteremia             | yes      | stated by the order
    has No bacteremia @ 10 days  |                        | no       | denied
                                 | rule out endocarditis  | yes      | a suspicion is the point of the scan
    """,
    facts_of,
)


def _condition(row: dict[str, str]) -> list[Resource]:
    ended = {"abatementDateTime": row["ended"]} if row["ended"] else {}
    return [
        condition(
            row["what"],
            row["onset"],
            row["status"],
            row["verification"],
            row["recorded"],
            **ended,
        )
    ]


test_spine_infection = judges(
    SPINE_INFECTION,
    """
    what               | onset    | recorded   | ended      | status   | verification     | expected | why
    M46.46             | 900 days |            |            | active   | confirmed        | yes      | active, however old
    M4646              |          |            |            | active   | confirmed        | yes      | without its dot
    M46.46             |          |            |            |          | confirmed        | yes      | without a clinical status it is active
    M46.46             |          |            |            | recurrence | confirmed      | yes      | a recurrence is active
    M46.46             |          |            |            | relapse  | confirmed        | yes      | so is a relapse
    M46.46             | 900 days |            | 2025-11-24 | resolved | confirmed        | yes      | over for 365 days
    M46.46             | 900 days |            | 2025-11-23 | resolved | confirmed        | no       | over for longer than a year
    M46.46             | 900 days |            | 2026-10-01 | active   | confirmed        | yes      | an end outranks the status, and is recent
    M46.46             | 900 days |            | 2024-10-01 | active   | confirmed        | no       | an end outranks the status, and is old
    M46.46             |          | 30 days    |            | active   | provisional      | yes      | suspected 30 days ago
    M46.46             |          | 31 days    |            | active   | provisional      | no       | suspected longer ago
    M46.46             |          |            |            | active   | differential     | yes      | suspected without a date
    M46.46             |          |            |            | active   | unconfirmed      | yes      | unconfirmed is suspected
    M46.46             |          |            |            | active   | refuted          | no       | refuted
    M46.46             |          |            |            | active   | entered-in-error | no       | entered in error
    G06.1              |          |            |            | active   | confirmed        | yes      | abscess within the spine
    G06.0              |          |            |            | active   | confirmed        | no       | abscess within the skull
    A17.81             |          |            |            | active   | confirmed        | yes      | tuberculoma of brain and cord
    A18.01             |          |            |            | active   | confirmed        | yes      | tuberculosis of the spine
    M46.1              |          |            |            | active   | confirmed        | no       | sacroiliitis is no infection
    M46.86             |          |            |            | active   | confirmed        | no       | other inflammation of the spine
    M46.96             |          |            |            | active   | confirmed        | no       | inflammation not further stated
    G07                |          |            |            | active   | confirmed        | no       | says nothing of its own
    Discitis of L4     |          |            |            | active   | confirmed        | yes      | in words
    No sign of discitis |         |            |            | active   | confirmed        | no       | denied in words
    Discitis ruled out |          |            |            | active   | confirmed        | no       | ruled out in words
    """,
    lambda row: facts_from(_condition(row)),
)

test_spine_infection_in_the_order = judges(
    SPINE_INFECTION,
    """
    reason                 | missing    | expected | why
    rule out discitis      |            | yes      | a suspicion counts
    ? epidural abscess     |            | yes      | so does a question mark
    discitis               | conditions | yes      | what is seen is enough
                           | conditions | unknown  | the problem list was not sent
                           |            | no       | nothing on record, and all was seen
    """,
    facts_of,
)

test_probable = judges(
    SPINE_INFECTION_PROBABLE,
    """
    chart                      | missing      | expected | unseen | why
                               |              | unknown  |        | nothing found, markers and temperature not known
    lab 1988-5 88 mg/L @ 1 day | vitals       | yes      |        | one sign is enough
                               | vitals       | unknown  | unseen | a fever may have been measured
    lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day; temp 37 Cel @ 1 day | | no | | all measured and all normal
    """,
    facts_of,
)

test_abscess_or_sepsis = judges(
    ABSCESS_OR_SEPSIS,
    """
    chart                       | reason               | expected | why
    has G06.1                   |                      | yes      | abscess within the spine
    has G06.2                   |                      | yes      | abscess not further stated
    has G06.0                   |                      | no       | abscess within the skull
    has M46.46                  |                      | no       | discitis is no abscess
    has A41.9 @ 7 days          |                      | yes      | sepsis, last valid moment
    has A41.9 @ 7 days 1 second |                      | no       | just too long ago
    had A41.9 @ 5 days          |                      | yes      | sepsis that is over
    has R78.81 @ 2 days         |                      | no       | bacteraemia is not sepsis
                                | epidural abscess?    | yes      | stated by the order
    """,
    facts_of,
)
