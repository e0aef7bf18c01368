"""Weight loss, a neoplasm nobody has named, and signs that count in pairs."""

from __future__ import annotations

from datetime import timedelta

from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.weak_signs import (
    MONTH_WITHOUT_SUCCESS,
    SWEATS,
    UNCERTAIN_NEOPLASM,
)
from hooks.spine_mri.criteria.weight_loss import (
    OLD_WEIGHT_LOSS,
    UNEXPLAINED_WEIGHT_LOSS,
)
from tests.builders import spine
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each, judges

test_weight_loss = judges(
    UNEXPLAINED_WEIGHT_LOSS,
    """
    chart                                       | reason | missing    | expected | unseen | why
                                                |        |            | unknown  |        | nothing on record, never weighed
                                                |        | conditions | unknown  | unseen | the problem list was not supplied
                                                |        | medications | unknown |        | a reason alone makes no loss
    has R63.4 @ 365 days                        |        |            | yes      |        | last valid moment
    has R63.4 @ 366 days                        |        |            | unknown  |        | longer ago
    has R63.4                                   |        |            | yes      |        | without a date
    had R63.4 @ 20 days                         |        |            | unknown  |        | over
    has 89362005 @ 900 days                     |        |            | yes      |        | intent not stated: the rule sets no window
    has 275919002 @ 20 days                     |        |            | no       |        | advised to lose weight
                                                | unexplained weight loss |   | yes      | | the order says so
                                                | weight loss, unintentional | | yes     | | in other words
                                                | non-intentional weight loss | | yes    | | and in others again
                                                | intentional weight loss |   | no       | | meant
    weighs 76 kg @ 3 days; weighs 80 kg @ 60 days |      |            | yes      |        | measured
    has R63.4 @ 20 days; has Z98.84 @ 900 days  |        |            | no       |        | an operation explains it
    has R63.4 @ 20 days; did gastric bypass @ 90 days |  |            | no       |        | in words
    has R63.4 @ 20 days; takes semaglutide 1 mg weekly @ 90 days | |  | no       |        | a drug explains it
    has R63.4 @ 20 days; takes semaglutide 1 mg weekly @ 90 days | | medications | yes | | a drug that nobody saw explains nothing
    has R63.4 @ 20 days; has Z71.3 @ 20 days    |        |            | yes      |        | advice on food is for many ills
    has R63.4 @ 20 days; has 275919002 @ 365 days |      |            | no       |        | advised, last valid moment
    has R63.4 @ 20 days; has 275919002 @ 366 days |      |            | yes      |        | advised longer ago
    has R63.4 @ 20 days; had 72892002 @ 365 days |       |            | no       |        | pregnant within a year
    has R63.4 @ 20 days; had 72892002 @ 366 days |       |            | yes      |        | pregnant longer ago
    has R63.4 @ 20 days; has O80 @ 365 days     |        |            | no       |        | delivered within a year
    has R63.4 @ 20 days; has O80 @ 366 days     |        |            | yes      |        | delivered longer ago
    has R63.4 @ 20 days; has 60001007 @ 20 days |        |            | yes      |        | not pregnant is no delivery
    has R63.4 @ 20 days; has 72892002 @ 20 days |        |            | yes      |        | pregnant: no reason to lose weight
    weighs 76 kg @ 3 days; weighs 80 kg @ 60 days; takes tirzepatide @ 90 days | | | no  | | a drug explains what was measured
    """,
    facts_of,
)

test_old_weight_loss = judges(
    OLD_WEIGHT_LOSS,
    """
    chart                                       | expected | why
                                                | no       | nothing on record
    has R63.4 @ 365 days                        | no       | within the year
    has R63.4 @ 366 days                        | yes      | longer ago, and still on the list
    has 89362005 @ 900 days                     | no       | intent not stated: counts for long
    has R63.4 @ 366 days; has Z98.84 @ 900 days | no       | explained
    """,
    facts_of,
)

test_uncertain_neoplasm = judges(
    UNCERTAIN_NEOPLASM,
    """
    chart                 | expected | why
                          | no       | nothing on record
    has D48.0 @ 900 days  | yes      | behaviour uncertain
    has D49.2             | yes      | behaviour not stated
    has D47.2             | no       | a monoclonal gammopathy
    had D48.0 @ 20 days   | no       | over
    has 162573006         | no       | a cancer that is suspected has its own rule
    """,
    facts_of,
)

test_month_without_success = judges(
    MONTH_WITHOUT_SUCCESS,
    """
    chart                                         | person  | missing | expected | unseen | why
    has M54.50 @ 28 days 1 second; did 91251008 @ 28 days | male 51 | | yes      |        | last valid age, pain and care
    has M54.50 @ 29 days; did 91251008 @ 28 days  | male 50 |         | no       |        | fifty is not over fifty
    has M54.50 @ 28 days; did 91251008 @ 28 days  | male 51 |         | no       |        | pain for too short
    has M54.50 @ 29 days; did 91251008 @ 27 days  | male 51 |         | no       |        | care for too short
    has M54.50 @ 29 days                          | male 90 |         | no       |        | age and time alone
    has M54.50 @ 9 days                           | male 90 |         | no       |        | age alone
    did 91251008 @ 90 days                        | male 90 |         | unknown  |        | no complaint on record
    did 91251008 @ 90 days                        | male 90 | reports | unknown  |        | reports would not make it hold
    has M54.50 @ 29 days; did 91251008 @ 28 days  | male    |         | unknown  | unseen | age not known
    """,
    facts_of,
)

test_sweats = judges(
    SWEATS,
    """
    chart                                         | person  | missing | expected | unseen | why
    has 42984000 @ 90 days                        | male 51 |         | yes      |        | night sweats, last valid moment
    has 42984000 @ 91 days; has M54.50 @ 9 days   | male 51 |         | no       |        | longer ago
    has R61 @ 9 days; has M54.50 @ 9 days         | male 51 |         | no       |        | sweating as such
    has 42984000 @ 9 days; reported 24970-6 @ 90 days; lab 4537-7 5 mm/h @ 90 days | male 51 | | no | | both were done, last valid moment
    has 42984000 @ 9 days; reported 24970-6 @ 91 days; lab 4537-7 5 mm/h @ 90 days | male 51 | | yes | | the radiograph longer ago
    has 42984000 @ 9 days; reported 24970-6 @ 90 days; lab 4537-7 5 mm/h @ 91 days | male 51 | | yes | | the marker longer ago
    has 42984000 @ 9 days; reported 24970-6 @ 9 days; lab 1988-5 5 mg/L @ 9 days | male 51 | | no | | CRP will do for ESR
    has 42984000 @ 9 days; reported 24970-6 @ 9 days; lab 1988-5 5 @ 9 days | male 51 | | yes |  | a number without a unit settles nothing
    has 42984000 @ 9 days; reported 24970-6 @ 9 days; lab 1988-5 >5 mg/L @ 9 days | male 51 | | yes | | nor does a bound
    has 42984000 @ 9 days; reported 24970-6 @ 9 days; lab 1988-5 5 mg/L @ 9 days; lab 1988-5 >5 mg/L @ 2 days | male 51 | | no | | which undoes no earlier one
    has 42984000 @ 9 days; reported 24970-6 @ 9 days | male 51 |      | yes      |        | a radiograph alone
    has 42984000 @ 9 days; lab 1988-5 5 mg/L @ 9 days | male 51 |     | yes      |        | a marker alone
    has 42984000 @ 9 days; referred 24970-6 @ 9 days; lab 1988-5 5 mg/L @ 9 days | male 51 | | yes | | a radiograph ordered is none
    has 42984000 @ 9 days                         | male 50 |         | no       |        | fifty is not over fifty
    has 42984000 @ 9 days                         | male    |         | unknown  | unseen | age not known
    has M54.50 @ 29 days; did 91251008 @ 28 days  | male 51 |         | no       |        | a month of care alone
    """,
    facts_of,
)


@each("""
    chart                                                | person  | order | rule | advise    | target           | urgency | indicator | added | why
    has M54.50 @ 9 days; has R63.4 @ 20 days             | male 40 | 72148 | ONC3 | change    | without          | urgent  | info      |       | weight loss: other tests first
    has M54.50 @ 9 days; has R63.4 @ 20 days             | male 40 | 72158 | ONC3 | change    | without-and-with | urgent  | info      |       | contrast is accepted
    has M54.50 @ 9 days; has R63.4 @ 20 days             | male 40 | 24968-0 | ONC3 | change  | without-and-with | urgent  | info      |       | and preferred where nothing is said
    has M54.50 @ 9 days; has R63.4 @ 20 days             | male 40 | 72149 | ONC3 | change    | without-and-with | urgent  | warning   |       | contrast alone
    weighs 76 kg @ 3 days; weighs 80 kg @ 60 days; has M54.50 @ 9 days | male 40 | 72148 | ONC3 | change | without | urgent | info | | a fall that was only measured
    has M54.50 @ 9 days; has R63.4 @ 20 days; takes semaglutide | male 40 | 72148 | NON1 | against | without    | routine | warning   |       | explained
    has M54.16 @ 50 days; did 91251008 @ 45 days; has R63.4 @ 20 days | male 40 | 72148 | ONC3 | for | without | urgent | info      |       | after six weeks of care
    has M54.16 @ 50 days; did 91251008 @ 45 days; has R63.4 @ 20 days | male 40 | 24968-0 | ONC3 | for | without-and-with | urgent | info | | contrast preferred
    has M54.50 @ 9 days; has D48.0                       | male 40 | 72148 | ONC3 | change    | without          | routine | info      |       | a neoplasm nobody has named
    has M54.50 @ 9 days; has D48.0                       | male 40 | 72158 | ONC3 | change    | without-and-with | routine | info      |       | contrast is accepted
    has M54.50 @ 9 days; has D48.0                       | male 40 | 24968-0 | ONC3 | change  | without          | routine | info      |       | and not preferred
    has M54.16 @ 50 days; did 91251008 @ 45 days; has D48.0 | male 40 | 72148 | ONC3 | for    | without          | routine | info      |       | after six weeks of care
    has M54.50 @ 9 days; has D48.0; has R63.4 @ 20 days  | male 40 | 72148 | ONC3 | change    | without          | urgent  | info      | ONC3  | both of them
    has M54.50 @ 9 days; has D47.2                       | male 40 | 72148 | NON1 | against   | without          | routine | warning   |       | a monoclonal gammopathy
    has C50.911; has R63.4 @ 20 days                     | male 40 | 72158 | ONC1 | for       | without-and-with | urgent  | warning   | ONC3  | a cancer that is known leads
    had C18.9 @ 4000 days; has R63.4 @ 20 days           | male 40 | 72148 | ONC3 | change    | without          | urgent  | info      |       | a cancer long ago does not
    has M46.46; has R63.4 @ 20 days                      | male 40 | 72158 | INF1 | for       | without-and-with | urgent  | warning   | ONC3  | infection leads
    has M54.50 @ 9 days; has R63.4 @ 400 days            | male 40 | 72148 | UNK2 | uncertain | without          | routine | info      |       | weight lost long ago, on the list still
    has M54.50 @ 29 days; did 91251008 @ 28 days         | male 51 | 72148 | ONC3b | change   | without          | routine | info      |       | not better after a month
    has M54.50 @ 29 days; did 91251008 @ 28 days         | male 51 | 72158 | ONC3b | change   | without-and-with | routine | info      |       | contrast is accepted
    has M54.16 @ 50 days; did 91251008 @ 45 days         | male 51 | 72148 | PER1 | for       | without          | routine | info      |       | six weeks of care come first
    has M54.50 @ 50 days; did 91251008 @ 45 days         | male 51 | 72148 | ONC3b | change   | without          | routine | info      |       | and a plan is lacking
    has M54.50 @ 50 days                                 | male 51 | 72148 | PER2 | change    | without          | routine | warning   |       | no care: no second sign
    has M54.50 @ 9 days; has 42984000 @ 9 days           | male 51 | 72148 | ONC3b | change   | without          | routine | info      |       | night sweats
    has M54.50 @ 9 days; has 42984000 @ 9 days           | male 50 | 72148 | NON1 | against   | without          | routine | warning   |       | night sweats in the younger
    has M54.50 @ 9 days; has R63.4 @ 20 days             | male 12 | 72148 | PED1 | change    | without          | routine | info      |       | in a child a rule of its own
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together, where vital signs are normal."""
    normal = "; temp 37 Cel @ 1 day"
    assert told(row | {"chart": row["chart"] + normal}) == expected(row)


def test_results_are_read_as_far_back_as_they_are_asked_for() -> None:
    """A weight of last year, a marker of three months ago."""
    horizon = spine().lexicon.horizon

    assert horizon[codes.BODY_WEIGHT.id] == timedelta(days=365)
    assert horizon[codes.CRP.id] == horizon[codes.ESR.id] == timedelta(days=90)
