"""Which advice means which rating by appropriate use criteria."""

from __future__ import annotations

from hooks.spine_mri.decision import decide
from hooks.spine_mri.rating import rate
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.stories import chart
from tests.tables import each


@each(
    """
    chart                                    | order | rating            | why
    has 449813001 @ 2 days                   | 72148 | appropriate       | for
    has M54.50 @ 10 days                     | 72148 | not-appropriate   | against
    has M54.50 @ 10 days                     | 72149 | not-appropriate   | against
    has M54.2 @ 10 days                      | 72141 |                   | against, by a rating of the low back
    has G35.A; has M54.50 @ 10 days          | 72148 | no-criteria-apply | disease that the rules leave alone
    has M54.50 @ 10 days; has M54.12         | 72141 |                   | uncertain
    has M46.46                               | 72148 | appropriate       | graded alike without contrast
    has M46.46                               | 72149 | not-appropriate   | contrast only
    has M46.46                               | 72141 | not-appropriate   | another part of the spine
    has M46.46; has M46.42                   | 72148 | appropriate       | a part of what is to be seen
    has M46.46; allergic 105879004           | 72158 |                   | contrast that this patient had better not get
    """
)
def test_rating(row: dict[str, str]) -> None:
    """Only what is settled is rated, and with the criterion that says so."""
    found = rate(decide(facts_from(chart(row["chart"]), draft(row["order"]))))

    assert (found.code if found else "") == row["rating"]
    applied = row["rating"] in {"appropriate", "not-appropriate"}
    assert bool(found and found.criterion.startswith("https://")) is applied
