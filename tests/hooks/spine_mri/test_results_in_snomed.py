"""Results coded in SNOMED CT alone, as in the United Kingdom, without a display."""

from __future__ import annotations

import pytest

from cds_service.knowledge.coding import SNOMED
from hooks.spine_mri.decision import decide
from tests.builders import condition, facts_from, observation
from tests.replay import services
from tests.tables import each

PAIN = condition("M54.50", "10 days")


@each("""
    code             | result  | rule | why
    55235003         | 88 mg/L | INF1 | C-reactive protein
    135842001        | 88 mg/L | INF1 | in serum
    270980008        | 88 mg/L | INF1 | in plasma
    1001371000000100 | 88 mg/L | INF1 | in serum, UK
    999651000000107  | 88 mg/L | INF1 | in plasma, UK
    55235003         | 3 mg/L  | NON1 | a normal one
    416838001        | 74 mm/h | INF1 | sedimentation rate
    1022511000000103 | 74 mm/h | INF1 | the same, UK
    386725007        | 39 Cel  | INF1 | body temperature
    276885007        | 39 Cel  | INF1 | core
    415945006        | 39 Cel  | INF1 | mouth
    307047009        | 39 Cel  | INF1 | rectum
    415974002        | 39 Cel  | INF1 | ear
    415882003        | 39 Cel  | INF1 | armpit
    386725007        | 37 Cel  | NON1 | no fever
    """)
def test_a_result_in_snomed_counts(row: dict[str, str]) -> None:
    """As one in LOINC does."""
    result = observation("1988-5", row["result"], "1 day")
    result["code"] = {"coding": [{"system": SNOMED, "code": row["code"]}]}

    advice = decide(facts_from([PAIN, result]))

    assert advice.rule_id.partition("-")[0] == row["rule"]


@pytest.mark.parametrize(
    ("key", "code"), [("observations", "55235003"), ("vitals", "386725007")]
)
def test_it_is_asked_for(key: str, code: str) -> None:
    """A query for LOINC alone would find nothing there, which reads as none at all."""
    for service in services().values():
        asked = service.prefetch[key].partition("code=")[2].partition("&")[0]
        assert code in asked.split(",")
