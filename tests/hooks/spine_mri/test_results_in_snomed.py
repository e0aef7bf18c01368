"""Results that are coded in SNOMED CT alone, without a word beside the code.

55235003, 1001371000000100 CRP; 416838001, 1022511000000103 ESR; 386725007, 415945006
temperature; 80274001, 1011481000000105 filtration rate; 167252002 pregnancy test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cds_service.knowledge.check_digits import snomed_is_valid
from cds_service.knowledge.coding import SNOMED
from hooks.spine_mri import value_sets
from hooks.spine_mri.service import SERVICES
from tests.builders import facts_from, observation
from tests.hooks.spine_mri.stories import expected, told
from tests.resources import coding
from tests.tables import each

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

RESULTS = (
    (value_sets.CRP, "88 mg/L"),
    (value_sets.ESR, "74 mm/h"),
    (value_sets.BODY_TEMPERATURE, "38.6 Cel"),
    (value_sets.EGFR, "24 mL/min/{1.73_m2}"),
    (value_sets.PREGNANCY_TEST, "90 m[IU]/mL"),
    (value_sets.BODY_WEIGHT, "80 kg"),
)
CODES = [
    (one.id, code, result) for one, result in RESULTS for code in one.codes_in(SNOMED)
]


@pytest.mark.parametrize(("test", "code", "result"), CODES)
def test_each_is_read_as_its_test(test: str, code: str, result: str) -> None:
    """The code is not mistyped, and its result is that of the test."""
    assert snomed_is_valid(code)
    assert list(facts_from([observation(code, result)]).measured) == [test]


@pytest.mark.parametrize(("test", "code", "result"), CODES)
def test_each_is_asked_for(test: str, code: str, result: str) -> None:
    """A result that no query asks for is never seen, and nothing tells of it."""
    queries = " ".join(SERVICES[0].prefetch.values())

    assert f",{code}," in queries.replace("=", ",").replace("&", ","), (test, result)


def measured(loinc: str, snomed: str, result: str, *, turned: bool = False) -> Facts:
    """Read one result that has a code of each terminology, in either order."""
    both = [coding(f"http://loinc.org|{loinc}"), coding(f"{SNOMED}|{snomed}")]
    code = {"coding": both[::-1] if turned else both}
    return facts_from([observation(loinc, result, code=code)])


@pytest.mark.parametrize("turned", [False, True])
@each(
    """
    loinc   | snomed    | result   | test             | tag                   | why
    1988-5  | 55235003  | 88 mg/L  | crp              |                       | two names of one test
    30522-7 | 55235003  | 88 mg/L  | crp              | kind=high-sensitivity | LOINC says which
    1988-5  | 711357009 | 88 mg/L  | crp              | kind=high-sensitivity | SNOMED says which
    45062-7 | 55235003  | 88 mg/L  |                  |                       | of spinal fluid
    18184-2 | 416838001 | 74 mm/h  |                  |                       | read after two hours
    61008-9 | 386725007 | 38.6 Cel |                  |                       | of the skin
    8331-1  | 386725007 | 38.6 Cel | body-temperature |                       | of the mouth
    """
)
def test_what_one_code_tells_the_other_does_not_undo(
    row: dict[str, str], *, turned: bool
) -> None:
    """SNOMED mostly names a test alone, where LOINC tells of what and how."""
    facts = measured(row["loinc"], row["snomed"], row["result"], turned=turned)

    assert list(facts.measured) == ([row["test"]] if row["test"] else [])
    for found in facts.measured.get(row["test"], ()):
        assert found.tags == frozenset({row["tag"]} - {""})
    assert facts.issues == ()


def test_another_temperature_is_no_lost_one() -> None:
    """A strip on the forehead is not read, and does not count as unread."""
    strip = {"coding": [coding(f"{SNOMED}|415921007", "Skin strip temperature")]}
    facts = facts_from([observation("", "38.6 Cel", code=strip)])

    assert facts.measured == {}
    assert facts.issues == ()


@each(
    """
    chart                                          | advise  | rule | why
    lab 8310-5 37 Cel @ 1 day                      | against | NON1 | nothing speaks for more
    lab 55235003 88 mg/L @ 1 day                   | change  | INF1 | CRP
    lab 1001371000000100 88 mg/L @ 1 day           | change  | INF1 | CRP as British laboratories code it
    lab 416838001 74 mm/h @ 1 day                  | change  | INF1 | ESR
    lab 386725007 38.6 Cel @ 1 day                 | change  | INF1 | fever
    lab 415974002 101.5 [degF] @ 1 day             | change  | INF1 | fever by the ear
    """
)
def test_answers(row: dict[str, str]) -> None:
    """As with the LOINC code of the test: a raised one is a sign of infection."""
    calm = "has M54.50 @ 9 days; lab 1988-5 5 mg/L @ 9 days; temp 37 Cel @ 5 days; "
    row |= {"chart": calm + row["chart"]}

    assert told(row) == expected(row)
