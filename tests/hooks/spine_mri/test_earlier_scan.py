"""An MRI of the same region, not long ago: a reason against, or a line to read."""

from __future__ import annotations

from hooks.spine_mri.cards import present
from hooks.spine_mri.criteria.earlier_scan import SCANNED_ALREADY
from hooks.spine_mri.decision import decide
from tests.builders import condition, draft, facts_from, report
from tests.hooks.spine_mri.stories import (
    card,
    expected,
    facts_of,
    told,
)
from tests.tables import each, judges

OLD_PAIN = "has M54.50 @ 200 days; "

test_scanned_already = judges(
    SCANNED_ALREADY,
    """
    chart                                            | order   | reason | missing    | expected | unseen | why
                                                     |         |        |            | no       |        | never scanned
                                                     |         |        | imaging    | no       |        | a scan that nobody saw keeps no one from a scan
    scanned 30679-5 @ 90 days                        |         |        |            | yes      |        | last valid moment
    scanned 30679-5 @ 90 days 1 second               |         |        |            | no       |        | longer ago
    scanned 30679-5 @ 12 hours                       |         |        |            | yes      |        | first valid moment
    scanned 30679-5 @ 11 hours                       |         |        |            | no       |        | may be this order
    reported 30679-5 @ 20 days                       |         |        |            | yes      |        | as a report
    did 72148 @ 20 days                              |         |        |            | yes      |        | as a procedure
    began 72148 @ 20 days                            |         |        |            | no       |        | begun and stopped
    referred 72148 @ 20 days                         |         |        |            | no       |        | an order is no scan
    scanned 30679-5                                  |         |        |            | no       |        | when?
    scanned 30679-5 @ 2026-11                        |         |        |            | no       |        | this month, or yesterday evening
    scanned 30679-5 @ 2026-10                        |         |        |            | yes      |        | last month, all of it in time
    scanned 30679-5 @ 2026-08                        |         |        |            | no       |        | a month of which part is too long ago
    scanned 30667-0 @ 20 days                        |         |        |            | no       |        | of the neck, lumbar order
    scanned 30854-4 @ 20 days                        |         |        |            | yes      |        | of the whole spine
    scanned 30679-5 @ 20 days                        | 30854-4 |        |            | no       |        | lumbar, whole spine ordered
    scanned 36531-2 @ 20 days                        |         |        |            | no       |        | of a region not named
    scanned 30679-5 @ 20 days                        | 36531-2 |        |            | no       |        | region of the order not named
    scanned 24972-2 @ 20 days                        |         |        |            | no       |        | a radiograph
    scanned 30679-5 @ 20 days; has M54.16 @ 19 days  |         |        |            | no       |        | a complaint since
    scanned 30679-5 @ 20 days; has M54.16 @ 21 days  |         |        |            | yes      |        | a complaint before it
    scanned 30679-5 @ 20 days; has M54.16 @ 2026-11-04 |       |        |            | no       |        | a complaint of the same day
    scanned 30679-5 @ 20 days; has M54.16            |         |        |            | no       |        | a complaint since when?
    scanned 30679-5 @ 20 days                        |         | M54.50 |            | yes      |        | the order names what the chart dates
    scanned 30679-5 @ 20 days                        |         | M54.16 |            | no       |        | and this it does not
    scanned 30679-5 @ 20 days                        |         | W18.30XA |        | no       |        | nor this
    scanned 30679-5 @ 20 days; has 417746004 @ 9 days |        |        |            | no       |        | an injury since, of any kind
    scanned 30679-5 @ 20 days; had 407153006 @ 40 days |       |        |            | yes      |        | an injury before it
    scanned 30679-5 @ 20 days; did 50172003 @ 9 days |         |        |            | no       |        | an operation since
    scanned 30679-5 @ 20 days; did 62323 @ 9 days    |         |        |            | no       |        | an injection since
    scanned 30679-5 @ 20 days; did 62323 @ 40 days   |         |        |            | yes      |        | an injection before it
    scanned 30679-5 @ 20 days; did 62323             |         |        |            | no       |        | an injection at a time unknown
    scanned 30679-5 @ 20 days; referred 62323 @ 9 days |       |        |            | yes      |        | an injection planned
    scanned 30679-5 @ 20 days                        |         |        | procedures | unknown  | unseen | an operation since may be hidden
    scanned 30679-5 @ 20 days                        |         |        | reports    | yes      |        | other reports do not matter
    """,
    lambda row: facts_of(row | {"chart": OLD_PAIN + row["chart"]}),
)


@each("""
    chart                                                                    | reason | order | missing | rule | advise    | urgency   | indicator | why
    has M54.50 @ 30 days; scanned 30679-5 @ 20 days                          |        | 72148 |         | DUP1 | against   | routine   | warning   | nothing new since
    has M54.50 @ 30 days; scanned 30679-5 @ 20 days                          |        | 72149 |         | DUP1 | against   | routine   | warning   | contrast alone makes it no better
    has M54.50 @ 30 days; scanned 30679-5 @ 20 days                          |        | 72148 | vitals  | UNK1 | uncertain | routine   | info      | vital signs were not supplied
    has M54.50 @ 30 days; scanned 30679-5 @ 20 days                          |        | 72148 | imaging | NON1 | against   | routine   | warning   | a scan that nobody saw changes nothing
    has M54.16 @ 60 days; did 91251008 @ 50 days; scanned 30679-5 @ 20 days  |        | 72148 |         | DUP1 | against   | routine   | warning   | before failed care
    has M54.16 @ 60 days; did 91251008 @ 50 days; scanned 30679-5 @ 55 days; did 62323 @ 40 days | | 72148 | | PER1 | for       | routine   | info      | but not after an injection
    has M54.16 @ 60 days; did 91251008 @ 50 days; scanned 30679-5 @ 20 days; has M21.371 @ 100 days | | 72148 | | PER1 | for       | routine   | info      | nor beside a deficit of old
    has M21.371 @ 9 days; scanned 30679-5 @ 20 days                          |        | 72148 |         | NEU3 | for       | urgent    | warning   | weakness since
    has M21.371 @ 29 days; scanned 30679-5 @ 20 days                         |        | 72148 |         | NEU3 | for       | urgent    | info      | weakness that was there
    has M21.371 @ 29 days; scanned 30679-5 @ 20 days                         | M21.371 | 72148 |        | NEU3 | for       | urgent    | warning   | and is named by the order
    has M21.371; scanned 30679-5 @ 20 days                                   |        | 72148 |         | NEU3 | for       | urgent    | warning   | weakness since when?
    has G83.4 @ 29 days; scanned 30679-5 @ 20 days                           |        | 72148 |         | NEU1 | for       | immediate | critical  | an emergency stays one
    has M46.46 @ 29 days; scanned 24967-2 @ 20 days                          |        | 72158 |         | INF1 | for       | urgent    | warning   | an early scan does not rule out infection
    has R33.9 @ 60 days; scanned 30679-5 @ 50 days                           |        | 72148 |         | NEU6 | for       | urgent    | warning   | nor a cauda equina
    has C50.911 @ 400 days; scanned 24967-2 @ 20 days                        |        | 72158 |         | ONC1 | for       | urgent    | info      | known when it was scanned
    has C50.911 @ 400 days; has M54.50 @ 21 days; scanned 24967-2 @ 20 days  |        | 72158 |         | ONC1 | for       | urgent    | info      | and so was the pain
    has C50.911 @ 400 days; has M54.50 @ 9 days; scanned 24967-2 @ 20 days   |        | 72158 |         | ONC1 | for       | urgent    | warning   | but not a pain since
    has C50.911 @ 400 days; scanned 24967-2 @ 20 days                        | M54.50 | 72158 |         | ONC1 | for       | urgent    | warning   | nor one that the order alone names
    has M54.50 @ 30 days; did 50172003 @ 400 days; scanned 24967-2 @ 20 days |        | 72148 |         | POS1 | change    | routine   | info      | the scar rule leads
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together, where vital signs are normal."""
    normal = "; temp 37 Cel @ 1 day"
    assert told(row | {"chart": row["chart"] + normal}) == expected(row)


@each("""
    chart                                                     | line | why
    has M21.371 @ 9 days; scanned 30679-5 @ 20 days           | yes  | beside a red flag
    has M54.50 @ 9 days; has G35.A; scanned 30679-5 @ 20 days | yes  | beside a known disease
    has M54.50 @ 30 days; scanned 30679-5 @ 20 days           |      | where the scan is the reason
    has M54.16 @ 60 days; did 91251008 @ 50 days; scanned 30679-5 @ 55 days; did 62323 @ 40 days | | after failed care
    has M21.371 @ 9 days; scanned 30667-0 @ 20 days           |      | the scan of another region
    """)
def test_the_line(row: dict[str, str]) -> None:
    """The scan is named beside a rule that leads in spite of it."""
    assert ("Scanned already: " in card(row).detail) == bool(row["line"])


def test_the_newest_scan_counts() -> None:
    """It is the one that is named."""
    scans = [report("30679-5", age) for age in ("40 days", "20 days", "60 days")]
    facts = facts_from([condition("M21.371", "9 days"), *scans], draft())
    (made,) = present(decide(facts), "seed")

    assert "MRI lumbar spine, no contrast (4 Nov 2026)" in made.detail
