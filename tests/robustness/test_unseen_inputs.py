"""Every way in which a part of the chart may be missing: never reassuring, always said."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import orjson
import pytest

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.builders import AT, ago, bundle, condition, observation, request
from tests.replay import advice, replay, services
from tests.tables import each
from tests.vignettes import FIXTURES, FOLDERS, load

SERVICE = "spine-mri-order-select"
PAIN = condition("M54.50", "9 days")
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
# What a red flag may hide in; the others are asked for the patient's safety alone.
FIVE = ("conditions", "observations", "vitals", "procedures", "medications")
SUBSETS = [
    chosen for size in range(1, len(FIVE) + 1) for chosen in combinations(FIVE, size)
]


def judged(body: Any) -> Any:
    """Give the advice of the only card."""
    (one,) = advice(replay(SERVICE, orjson.dumps(body), AT))
    return one


@pytest.mark.fault(27)
@pytest.mark.parametrize("missing", SUBSETS, ids="+".join)
def test_what_failed_is_listed_and_never_reassures(missing: tuple[str, ...]) -> None:
    """Each set of queries that failed, on a chart that is advised against when whole."""
    body = request([PAIN])
    body["prefetch"] |= dict.fromkeys(missing, OUTCOME)
    one = judged(body)

    assert one["advise"] == "uncertain"
    assert one["unseen"] == [
        {"query": key, "state": "failed"}
        for key in services()[SERVICE].prefetch
        if key in missing
    ]


@pytest.mark.fault(27)
@pytest.mark.parametrize("name", [one.name for one in FOLDERS])
def test_no_vignette_is_advised_against_with_a_query_unseen(name: str) -> None:
    """Each query of each story withheld, one at a time."""
    vignette = load(FIXTURES / name)
    request_ = orjson.loads(vignette.body)
    for key in FIVE:
        kept = {k: v for k, v in request_.get("prefetch", {}).items() if k != key}
        body = orjson.dumps(request_ | {"prefetch": kept})
        for one in advice(replay(vignette.service, body, vignette.at)):
            assert one["advise"] != "against"


@pytest.mark.fault(30)
@each("""
    value                                                         | state         | why
    null                                                          | none-recorded | the query found nothing
    {"resourceType": "Bundle", "type": "searchset"}               | none-recorded | nor did this one
    {"resourceType": "Bundle", "total": 0, "entry": []}           | none-recorded | nor this
                                                                  | not-supplied  | nobody asked
    {"resourceType": "OperationOutcome"}                          | failed        | the query failed
    {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "OperationOutcome"}}]} | failed | and so did this one
    {"resourceType": "Bundle", "link": [{"relation": "next"}]}    | truncated     | there is more
    {"resourceType": "Patient", "id": "pat-1"}                    | rejected      | no answer to the query
    7                                                             | rejected      | nothing of FHIR
    """)
def test_states_are_told_apart(row: dict[str, str]) -> None:
    """Only the first kind may reassure."""
    body = request([PAIN])
    del body["prefetch"]["observations"]
    if row["value"]:
        body["prefetch"]["observations"] = orjson.loads(row["value"])
    one = judged(body)
    seen = row["state"] == "none-recorded"

    assert one["advise"] == ("against" if seen else "uncertain")
    listed = {gap["query"]: gap["state"] for gap in one.get("unseen", ())}
    assert listed.get("observations", "none-recorded") == row["state"]


@pytest.mark.fault(37)
@each("""
    age     | counts | stale | why
    29 days | yes    | no    | within the window
    30 days | yes    | no    | the last day that counts
    31 days | no     | no    | too old to raise a flag
    90 days | no     | no    | the last day that any rule looks back
    91 days | no     | yes   | older than anyone looks
    3300 days | no   | yes   | long ago
    """)
def test_an_old_result_is_no_result(row: dict[str, str]) -> None:
    """It neither raises a flag nor settles one; what nobody counts is called so."""
    crp = observation("1988-5", "88 mg/L", row["age"])
    one = judged(request([condition("M46.46", "300 days"), crp]))
    raised = {reason["criterion"] for reason in one.get("reasons", ())}
    stale = {"query": "observations", "state": "stale"} in one.get("unseen", ())

    assert ("crp-raised" in raised) is (row["counts"] == "yes")
    assert stale is (row["stale"] == "yes")


@pytest.mark.fault(38)
@pytest.mark.parametrize("order", [1, -1])
def test_of_two_results_at_one_time_the_worse_counts(order: int) -> None:
    """Whichever was sent first; a normal one does not hide it."""
    crps = [observation("1988-5", value, "1 day") for value in ("3 mg/L", "88 mg/L")]
    one = judged(request([PAIN, *crps[::order]]))

    assert one["rule"] == "INF1-probable"


@pytest.mark.fault(38)
def test_the_newer_of_two_results_counts() -> None:
    """A marker that has come down is down."""
    old = observation("1988-5", "88 mg/L") | {"effectiveDateTime": ago("9 days")}
    one = judged(request([PAIN, old, observation("1988-5", "3 mg/L", "1 day")]))

    assert one["rule"] != "INF1-probable"


def test_a_bundle_without_type_is_read() -> None:
    """Real clients send none."""
    body = request([])
    listed = bundle([PAIN])
    del listed["type"]
    body["prefetch"]["conditions"] = listed

    assert judged(body)["advise"] == "against"


@pytest.mark.fault(29)
def test_without_the_patient_there_is_no_answer() -> None:
    """412 with words of ours alone, over HTTP; nothing of the chart is told."""
    body = request([condition("M54.50", "9 days", text="Canary")])
    del body["prefetch"]["patient"]
    client = create_app(settings=Settings(auth="none")).test_client()
    told = client.post(f"/cds-services/{SERVICE}", json=body)
    issue = told.get_json()["issue"][0]

    assert told.status_code == 412
    assert issue["expression"] == ["$.prefetch.patient"]
    assert "Canary" not in told.text
