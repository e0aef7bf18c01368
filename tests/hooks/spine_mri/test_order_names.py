"""What the name of an order says beside the scan: a reason, or nothing."""

from __future__ import annotations

from cds_service.fhir.sight import State
from hooks.spine_mri.decision import decide
from tests.builders import condition, draft, facts_from
from tests.tables import each


@each("""
    name                                           | rule | why
    MRI lumbar spine without contrast              | NON1 | the scan and nothing else
    MRI lumbar spine wo contrast, routine          | NON1 | how soon is no reason
    MRI L-spine WO, sacroiliac joints              | NON1 | joints are no inflammation of them
    MRI L-spine r/o cauda equina                   | NEU1 | to be ruled out
    MRI lumbar spine: fever and back pain          | INF1 | a sign
    MRI lumbar spine for metastatic breast cancer  | ONC1 | a cancer
    MRI LUMBAR SPINE TUMOR PROTOCOL                | UNK2 | a name from a catalogue may mean something
    MRI lumbar spine - trauma                      | UNK2 | how hard is not said
    MRI lumbar spine, no cauda equina              | NON1 | denied
    """)
def test_the_name_of_the_order(row: dict[str, str]) -> None:
    """It never takes the place of a reason, and what it says is not passed over."""
    order = draft("72148")
    order["code"]["text"] = row["name"]

    advice = decide(facts_from([condition("M54.50", "10 days")], order))

    assert advice.rule_id.partition("-")[0] == row["rule"]
    assert advice.facts.sight["order"].state is State.NONE_RECORDED
