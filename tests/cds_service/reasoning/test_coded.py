"""What has, new, undated, old, recent, resolved, past and suspected mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.coded import (
    has,
    new,
    old,
    past,
    recent,
    resolved,
    suspected,
    undated,
)
from hooks.spine_mri import value_sets as codes
from tests.builders import ago, condition, draft, facts_from
from tests.tables import each, judges

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

CAUDA_EQUINA = "G83.4"


def patient(row: dict[str, str]) -> Facts:
    """Make the chart of a row: one cauda equina syndrome, or none."""
    members = {"abatementDateTime": ago(row.get("ended", ""))}
    problem = condition(
        CAUDA_EQUINA,
        onset=row.get("onset", ""),
        status=row.get("status", "active"),
        verification=row.get("verification", "confirmed"),
        recorded=row.get("recorded", ""),
        **{name: one for name, one in members.items() if one},
    )
    reasons = [row["reason"]] if row.get("reason") else []
    chart = [] if row.get("chart") == "empty" else [problem]
    cites = ["Condition/1"] if row.get("cited") else []
    return facts_from(chart, draft(reasons=reasons, cites=cites))


test_has = judges(
    has(codes.CAUDA_EQUINA),
    """
    onset     | status     | verification     | chart | reason | expected | why
    1 day     | active     | confirmed        |       |        | yes      | active
    9000 days | active     | confirmed        |       |        | yes      | any date
              | active     | confirmed        |       |        | yes      | no date
    1 day     |            | confirmed        |       |        | yes      | no status
    1 day     | recurrence | confirmed        |       |        | yes      | back again
    1 day     | relapse    | confirmed        |       |        | yes      | relapsed
    1 day     | active     |                  |       |        | yes      | unverified
    1 day     | active     | provisional      |       |        | yes      | suspected
    1 day     | inactive   | confirmed        |       |        | no       | inactive
    1 day     | remission  | confirmed        |       |        | no       | remission
    1 day     | resolved   | confirmed        |       |        | no       | resolved
    1 day     | active     | refuted          |       |        | no       | refuted
    1 day     | active     | entered-in-error |       |        | no       | error
              |            |                  | empty |        | no       | no problem
              |            |                  | empty | G83.4  | yes      | the order
    """,
    patient,
)

test_new = judges(
    new(codes.CAUDA_EQUINA, 30),
    """
    onset            | recorded | status   | cited | reason | expected | why
    30 days          |          | active   |       |        | yes      | last instant
    30 days 1 second |          | active   |       |        | no       | too old
                     |          | active   |       |        | no       | no date
                     | 30 days  | active   |       |        | yes      | as recorded
    31 days          | 1 day    | active   |       |        | no       | onset is first
    2026-10          |          | active   |       |        | yes      | a month's end
    2026-09          |          | active   |       |        | no       | a month too old
    2026             |          | active   |       |        | yes      | a year's end
    1 day            |          | resolved |       |        | no       | over
    90 days          |          | active   | cited |        | yes      | cited as reason
    90 days          |          | active   |       | G83.4  | yes      | in the order
    90 days          |          | resolved | cited |        | no       | cited, but over
    """,
    patient,
)

test_recent = judges(
    recent(codes.CAUDA_EQUINA, 30),
    """
    onset            | ended            | status   | reason | expected | why
    30 days          |                  | resolved |        | yes      | last instant, though over
    30 days          |                  | active   |        | yes      | last instant, and going on
    30 days 1 second |                  | active   |        | no       | too long ago
                     |                  | active   |        | unknown  | without a date
                     |                  | resolved |        | unknown  | over, nobody knows since when
                     | 30 days          | resolved |        | unknown  | over since the last day
                     | 30 days 1 second | resolved |        | no       | over before the window began
    90 days          |                  | active   | G83.4  | yes      | stated in the order
    """,
    patient,
)

test_undated = judges(
    undated(codes.CAUDA_EQUINA),
    """
    onset | recorded | status   | cited | expected | why
          |          | active   |       | yes      | active, no date at all
    1 day |          | active   |       | no       | an onset
          | 1 day    | active   |       | no       | a recorded date
          |          | resolved |       | no       | over
          |          | active   | cited | no       | the order states it
    """,
    patient,
)

test_old = judges(
    old(codes.CAUDA_EQUINA, 30),
    """
    onset            | status   | expected | why
    30 days 1 second | active   | yes      | just too old to be new
    30 days          | active   | no       | still new
                     | active   | no       | without a date
    2026-10          | active   | no       | may have been within the window
    90 days          | resolved | no       | over
    """,
    patient,
)

test_resolved = judges(
    resolved(codes.CAUDA_EQUINA, 30),
    """
    onset   | ended            | status   | expected | why
    90 days | 30 days          | resolved | yes      | over since the last day
    90 days | 30 days 1 second | resolved | no       | over for too long
    90 days | 30 days          | active   | yes      | its end outweighs the status
    90 days | -3 days          | active   | no       | an end to come is no end
    30 days |                  | resolved | yes      | no end: the onset counts
    90 days |                  | resolved | no       | no end: onset too long ago
            |                  | resolved | yes      | no date: it may be recent
    1 day   |                  | active   | no       | not over
    """,
    patient,
)

test_past = judges(
    past(codes.CAUDA_EQUINA),
    """
    onset     | ended  | status    | expected | why
    9000 days |        | resolved  | yes      | resolved, long ago
    1 day     |        | remission | yes      | in remission
    1 day     |        | inactive  | yes      | inactive
    1 day     | 1 hour | active    | yes      | ended an hour ago
    1 day     |        | active    | no       | going on
    """,
    patient,
)

test_suspected = judges(
    suspected(codes.CAUDA_EQUINA),
    """
    recorded         | verification | cited | reason              | expected | why
    30 days          | provisional  |       |                     | yes      | fresh
    30 days          | unconfirmed  |       |                     | yes      | unsure
    30 days          | differential |       |                     | yes      | one of
    30 days 1 second | provisional  |       |                     | no       | stale
    30 days 1 second | provisional  | cited |                     | yes      | cited
                     | provisional  |       |                     | yes      | no date
    1 day            | confirmed    |       |                     | no       | certain
    90 days          | confirmed    |       | ?cauda equina       | yes      | doubt
    90 days          | confirmed    |       | no cauda equina     | no       | denial
    """,
    patient,
)


@each("""
    recorded         | verification | expected | why
    30 days          | provisional  | yes      | a suspicion still fresh
    30 days 1 second | provisional  | no       | one that nobody followed up
    90 days          | confirmed    | yes      | a certain one never goes stale
    """)
def test_a_stale_suspicion_does_not_count(row: dict[str, str]) -> None:
    """Whoever suspected it has had a month to confirm or to drop it."""
    finding = has(codes.CAUDA_EQUINA).assess(patient(row))

    assert finding.truth.name.lower() == row["expected"]


def test_ids_and_titles_follow_from_the_value_set() -> None:
    """Unless the author gives others."""
    of = codes.CAUDA_EQUINA
    made = (
        has(of),
        new(of, 30),
        recent(of, 30),
        undated(of),
        old(of, 30),
        resolved(of, 30),
        past(of),
        suspected(of),
        has(of, "mine", "Mine"),
    )

    assert [one.id for one in made] == [
        "cauda-equina",
        "cauda-equina-new-30d",
        "cauda-equina-recent-30d",
        "cauda-equina-undated",
        "cauda-equina-old-30d",
        "cauda-equina-resolved-30d",
        "cauda-equina-past",
        "cauda-equina-suspected",
        "mine",
    ]
    assert [made[0].title, made[-1].title] == [of.title, "Mine"]
    assert all(of.title in one.condition for one in made)
