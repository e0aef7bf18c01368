"""What findings come to: rule, advice, protocol, urgency, indicator, modifiers.

In these tables an empty region is "nothing says which"; an empty cell of modifiers is
none. The orders: 72148 lumbar without contrast, 72158 with both, 72149 with contrast
alone; 72141, 72156 cervical; 30854-4 and 30855-1 the whole spine.
"""

from __future__ import annotations

from hooks.spine_mri.decision import assess
from hooks.spine_mri.rules import RULES
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each

NORMAL = "lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day; temp 37 Cel @ 1 day"
CALM = f"has M54.50 @ 20 days; {NORMAL}; "


@each(
    """
    chart                                                    | reason | rule | advise    | added          | why
                                                             |        | NON1 | against   |                | nothing found
    has 449813001 @ 3 days                                   |        | NEU1 | for       |                | a major sign
    has 449813001 @ 3 days; has M21.371 @ 3 days             |        | NEU1 | for       |                | NEU1 takes the place of NEU3
    has 449813001 @ 40 days; has M21.371 @ 3 days            |        | NEU6 | for       |                | and so does NEU6
    has 449813001 @ 3 days; has M46.46                       |        | NEU1 | change    | INF1           | infection changes the contrast of NEU1
    has M21.371 @ 3 days                                     |        | NEU3 | for       |                | a weak leg
    has M21.371 @ 3 days; has C50.911                        |        | NEU3 | change    | ONC1           | neurology before tumour
    has M46.46                                               |        | INF1 | change    |                | discitis, contrast missing
    has M46.46; has Z99.2; has C50.911; had C18.9 @ 90 days  |        | INF1 | change    | ONC1 ONC2      | INF1 takes the place of INF2
    has 226034001                                            |        | INF2 | change    |                | injecting drug use outweighs normal markers
    has F11.20                                               |        | INF2 | change    |                | so does its strong proxy
    has F11.90                                               |        | NON1 | against   |                | but not a weak one
    has Z99.2                                                |        | INF2 | uncertain |                | any other risk does not
    has Z99.2; has C50.911                                   |        | ONC1 | change    | INF2           | and then it stands behind a tumour
    has Z99.2; had C18.9 @ 90 days                           |        | ONC2 | change    | INF2           | also one of the past
    has D70.9                                                |        | INF2 | change    |                | in neutropenia markers do not reassure
    has Z99.2; takes amoxicillin @ 3 days                    |        | INF2 | change    |                | nor under antibiotics
    has C50.911                                              |        | ONC1 | change    |                | cancer, contrast missing
    had C18.9 @ 900 days                                     |        | ONC2 | change    |                | past cancer
    had C18.9 @ 4000 days                                    |        | ONC2 | change    |                | cancer long ago: other tests first
    had C18.9 @ 4000 days; had C50.911 @ 4000 days           |        | ONC2 | change    |                | one that seeks the bone counts
    has D05.10                                               |        | NON1 | against   |                | in situ is no cancer
    has E11.9                                                |        | NON1 | against   |                | diabetes: the normal markers settle it
    has M21.371 @ 200 days                                   |        | UNK2 | uncertain |                | an old deficit is no new one, and not nothing
    has E11.9; has M46.46                                    |        | INF1 | change    |                | a rule that settles it comes first
                                                             | rule out metastases | ONC1 | change |       | a suspicion in the order
    has Family history of cancer                             |        | NON1 | against   |                | but not one of the family
    has M54.2 @ 3 days; has R29.810 @ 1 day                  |        | NON1 | against   |                | a weak face is no sign of the spine
    has N39.3 @ 3 days; has R33.0 @ 100 days                 |        | NON1 | against   |                | nor are old or chronic bladder troubles
    has S39.012A @ 3 days                                    |        | NON1 | against   |                | a strain is pain
    temp 38.9 Cel @ 400 days                                 |        | NON1 | against   |                | a fever of last year is none
    lab 1988-5 88 mg/L @ 40 days                             |        | NON1 | against   |                | an old CRP is none
    """,
)
def test_lead(row: dict[str, str]) -> None:
    """The lowest priority that matches leads, the other red flags are added."""
    assert told(row | {"chart": CALM + row["chart"]}) == expected(row)


@each(
    """
    chart                                                             | order | rule | advise    | indicator | why
    has M54.16 @ 50 days; did 91251008 @ 45 days                      |       | PER1 | for       | info      | care failed, and a root to decompress
    has M54.16 @ 50 days; did 91251008 @ 45 days                      | 72158 | PER1 | change    | info      | contrast adds little
    has M54.16 @ 50 days; did 91251008 @ 45 days                      | 72149 | PER1 | change    | warning   | contrast alone
    has M54.16 @ 50 days; did 91251008 @ 45 days                      | 24968-0 | PER1 | for     | info      | contrast not stated
    has M54.12 @ 50 days; did 91251008 @ 45 days                      | 36531-2 | PER1 | for     | info      | region not stated
    has M54.50 @ 50 days; did 91251008 @ 45 days                      |       | PER4 | uncertain | info      | care failed, and nothing to be done
    has M54.50 @ 50 days; did 91251008 @ 45 days                      | 72149 | PER4 | change    | warning   | contrast alone
    has M54.50 @ 50 days; did 91251008 @ 45 days                      | 72158 | PER4 | uncertain | info      | contrast is not the question
    has M54.50 @ 50 days; did 91251008 @ 41 days                      |       | PER2 | change    | warning   | care too short
    has M54.50 @ 50 days                                              |       | PER2 | change    | warning   | no care
    has M54.50 @ 41 days                                              |       | NON1 | against   | warning   | neither
    has M54.50 @ 41 days                                              | 72149 | NON1 | against   | warning   | contrast alone makes it no better
    has M54.12 @ 20 days                                              | 72141 | NON1 | uncertain | info      | neck and arm pain, early
    has M54.12 @ 20 days                                              | 72142 | NON1 | change    | warning   | with contrast alone
    has M54.2 @ 20 days                                               | 72141 | NON1 | against   | warning   | neck pain alone
    has M54.16 @ 20 days                                              |       | NON1 | against   | warning   | leg pain, early
    """,
)
def test_without_a_red_flag(row: dict[str, str]) -> None:
    """Six weeks, care and a plan decide; contrast alone always changes a for."""
    assert told(row | {"chart": f"{NORMAL}; {row['chart']}"}) == expected(row)


@each(
    """
    chart                                                       | order   | advise    | target           | modifiers | why
    has M46.46                                                  | 72148   | change    | without-and-with |           | infection wants both
    has M46.46                                                  | 72158   | for       | without-and-with |           | has both
    has M46.46                                                  | 41333006 | for      | without-and-with |           | SNOMED "with" reads as both
    has M46.46                                                  | 24968-0 | for       | without-and-with |           | unspecified is no reason to change
    has M46.46                                                  | 72149   | change    | without-and-with | CON1      | contrast alone
    has C50.911                                                 | 72148   | change    | without-and-with | INF4      | tumour wants both
    had C18.9 @ 90 days                                         | 72148   | change    | without-and-with | INF4      | also of the past
    had C18.9 @ 4000 days                                       | 72148   | change    | without          | INF4      | long ago: without
    had C18.9 @ 4000 days                                       | 72158   | change    | without-and-with | INF4      | long ago: both accepted
    had C18.9 @ 4000 days                                       | 72149   | change    | without          | CON1 INF4 | long ago: contrast alone is not
    has 449813001 @ 3 days                                      | 72148   | for       | without          | INF4      | emergency: without
    has 449813001 @ 3 days                                      | 72158   | for       | without-and-with | INF4      | emergency: both accepted
    has 449813001 @ 3 days                                      | 72149   | change    | without          | CON1 INF4 | emergency: contrast alone
    has 449813001 @ 3 days; has C50.911                         | 30854-4 | change    | without-and-with | INF4      | a tumour overrides
    has M21.371 @ 3 days                                        | 72158   | for       | without-and-with | INF4      | weakness: both accepted
    has M21.371 @ 3 days; had C18.9 @ 4000 days                 | 72158   | for       | without-and-with | INF4      | a cancer of long ago changes nothing
    has Z99.2                                                   | 72148   | uncertain | without-and-with | SAF1 INF4 | uncertain stays uncertain
    has Z99.2                                                   | 72149   | change    | without-and-with | CON1 SAF1 INF4 | but for contrast alone
    has M54.16 @ 50 days; did 91251008 @ 45 days                | 72148   | for       | without          | INF4      | care failed: without
    has M54.16 @ 50 days; did 91251008 @ 45 days                | 72158   | change    | without          | CON2 INF4 | care failed: contrast adds little
    has M54.16 @ 50 days; did 91251008 @ 45 days                | 41333006 | change   | without          | CON2 INF4 | SNOMED "with" is contrast too
    has M54.16 @ 50 days; did 91251008 @ 45 days                | 72149   | change    | without          | CON1 INF4 | care failed: contrast alone
    has M54.16 @ 50 days; did 91251008 @ 45 days                | 24968-0 | for       | without          | INF4      | care failed: unspecified
    """,
)
def test_contrast(row: dict[str, str]) -> None:
    """Which contrast the matched rules want, and which drafts they accept."""
    calm = CALM if "@ 50 days" not in row["chart"] else f"{NORMAL}; "

    assert told(row | {"chart": calm + row["chart"]}) == expected(row)


@each(
    """
    chart                                | order | priority | advise    | indicator | why
    has 449813001 @ 3 days               | 72148 | stat     | for       | critical  | immediate is critical, right or not
    has 449813001 @ 3 days               | 72148 |          | for       | critical  | immediate, priority too low
    has G06.1                            | 72148 |          | change    | critical  | immediate, contrast missing
    has 449813001 @ 40 days              | 72148 |          | for       | warning   | NEU6, priority too low
    has 449813001 @ 40 days              | 72148 | urgent   | for       | info      | NEU6, all right
    has M21.371 @ 3 days                 | 72148 |          | for       | warning   | NEU3, priority too low
    has M21.371 @ 3 days                 | 72148 | asap     | for       | info      | NEU3, all right
    has M46.46                           | 72158 |          | for       | warning   | INF1, priority too low
    has M46.46                           | 72158 | stat     | for       | info      | INF1, all right
    has M46.46                           | 72148 | stat     | change    | warning   | INF1, contrast missing
    has 226034001                        | 30855-1 | urgent | for       | info      | INF2, all right
    has 226034001                        | 30855-1 |        | for       | warning   | INF2, priority too low
    has C50.911                          | 72158 |          | for       | warning   | ONC1, priority too low
    has C50.911                          | 72158 | urgent   | for       | info      | ONC1, all right
    had C18.9 @ 100 days                 | 72158 |          | for       | info      | ONC2 for
    had C18.9 @ 100 days                 | 72148 | urgent   | change    | warning   | ONC2 change
    had C18.9 @ 4000 days                | 72148 |          | change    | info      | ONC2 of long ago
    had C18.9 @ 4000 days                | 72149 |          | change    | warning   | with contrast alone
    has Z99.2; lab 1988-5 5 mg/L @ 1 day | 72148 |          | uncertain | info      | uncertain
    """
)
def test_indicator(row: dict[str, str]) -> None:
    """The first row of the table that holds."""
    assert told(row) == expected(row)


@each(
    """
    chart                      | reason | missing      | rule | advise    | modifiers | why
                               |        |              | UNK1 | uncertain | UNK1      | an empty chart and no reason
                               | M54.50 |              | NON1 | against   |           | the order gives a reason
                               | M54.50 | conditions   | UNK1 | uncertain | UNK1      | problems were not sent
                               | M54.50 | observations | UNK1 | uncertain | UNK1      | results were not sent
                               | M54.50 | vitals       | UNK1 | uncertain | UNK1      | vital signs were not sent
                               | M54.50 | procedures   | UNK1 | uncertain | UNK1      | procedures were not sent
                               | M54.50 | medications  | UNK1 | uncertain | UNK1      | medications were not sent
    has M46.46                 |        | observations | INF1 | change    | UNK1      | a change is never turned down
    has M21.371 @ 3 days       |        | observations | NEU3 | for       | UNK1      | nor is a for
    lab 1988-5 88 @ 1 day      | M54.50 |              | UNK1 | uncertain | UNK1      | a result without a unit
    lab 1988-5 >5 mg/L @ 1 day | M54.50 |              | UNK1 | uncertain | UNK1      | a result on both sides of the limit
    lab 1988-5 88 @ 40 days    | M54.50 |              | NON1 | against   |           | an old one that cannot be read
    lab 1988-5 high @ 1 day    | M54.50 |              | UNK1 | uncertain | UNK1      | a result in words
                               | 42343007 |            | NON1 | against   |           | a reason of another kind is a reason
    """
)
def test_data_gap(row: dict[str, str]) -> None:
    """What was not seen turns against into uncertain, and nothing else."""
    assert told(row) == expected(row)


def test_every_rule_is_judged() -> None:
    """One finding for each rule, in the order of their priority."""
    found = assess(facts_of({"chart": "has M46.46"}))

    assert [one.criterion for one in found] == [rule.criterion for rule in RULES]
    priorities = [rule.priority for rule in RULES]
    assert priorities == sorted(priorities)
