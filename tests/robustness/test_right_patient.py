"""Only what is about the patient is read; what is not is left out, and said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cds_service.app import create_app
from cds_service.registry import load
from cds_service.settings import Settings
from tests.builders import SUBJECT, condition, draft, observation, patient, request
from tests.tables import each

CALL = "/cds-services/spine-mri-order-select"
SERVER = "https://ehr.example.org/api/FHIR/R4"
CLIENT = create_app(load(), Settings(auth="none")).test_client()
PAIN, CAUDA = condition("M54.50", "9 days"), condition("G83.4", "2 days")
OURS = SUBJECT["reference"]


def about(resource: Any, reference: str) -> Any:
    """Make it somebody's."""
    return resource | {"subject": {"reference": reference}}


def sent(chart: list[Any], server: str | None = SERVER, **draft_members: Any) -> Any:
    """Call with this chart."""
    body = request(chart, [draft("72148") | draft_members])
    if server:
        body["fhirServer"] = server
    return CLIENT.post(CALL, json=body)


def advice(told: Any) -> Any:
    """Read the advice of the only card."""
    assert told.status_code == 200
    (card,) = told.get_json()["cards"]
    return card["extension"]["spine-mri.advice"] | {"detail": card["detail"]}


@pytest.mark.fault(32)
@each("""
    subject                                              | server | counts | why
    Patient/pat-1                                        | yes    | yes    | relative
    Patient/pat-1/_history/3                             | yes    | yes    | a version
    https://ehr.example.org/api/FHIR/R4/Patient/pat-1    | yes    | yes    | under the client's server
    https://EHR.example.org/api/FHIR/R4/Patient/pat-1    | yes    | yes    | a host has no case
    http://ehr.example.org/api/FHIR/R4/Patient/pat-1     | yes    | yes    | the same server by another scheme
    https://other.example.org/api/FHIR/R4/Patient/pat-1  | yes    | no     | the same id on another server
    https://ehr.example.org/api/FHIR/STU3/Patient/pat-1  | yes    | no     | another base
    https://ehr.example.org.evil.test/Patient/pat-1      | yes    | no     | a host that only begins like it
    https://other.example.org/fhir/Patient/pat-1         |        | yes    | nobody said which server
    Patient/pat-2                                        | yes    | no     | another patient
    https://ehr.example.org/api/FHIR/R4/Patient/pat-2    | yes    | no     | another patient
    Group/pat-1                                          | yes    | no     | a group of the same name
    """)
def test_whose_a_resource_is(row: dict[str, str]) -> None:
    """What is not the patient's changes nothing, and is said on the card."""
    told = advice(
        sent([PAIN, about(CAUDA, row["subject"])], SERVER if row["server"] else None)
    )
    counts = row["counts"] == "yes"

    assert told["rule"] == ("NEU1-cauda-equina" if counts else "NON1")
    assert ("Left out: 1 resource about another patient." in told["detail"]) is (
        not counts
    )
    assert ("leftOut" in told) is (not counts)


@pytest.mark.fault(32)
@pytest.mark.parametrize("subject", ["#contained", "urn:uuid:nobody", "pat-2"])
def test_whose_nobody_can_tell_makes_uncertain(subject: str) -> None:
    """It may be the patient's, so nothing is advised against."""
    told = advice(sent([PAIN, about(CAUDA, subject)]))

    assert told["advise"] == "uncertain"
    assert {"query": "conditions", "state": "rejected"} in told["unseen"]


@pytest.mark.fault(32)
def test_a_result_about_a_fetus_or_a_donor_is_left_out() -> None:
    """Observation.focus says so."""
    fetal = observation("1988-5", "88 mg/L") | {"focus": [{"reference": "Group/1"}]}
    told = advice(sent([PAIN, fetal]))

    assert told["advise"] == "against"
    assert "Left out: 1 resource about a fetus, a donor or a device." in told["detail"]


@pytest.mark.fault(31)
def test_another_patient_is_refused() -> None:
    """400 that names the path, and nothing of either patient."""
    told = sent([patient(id="someone-else"), PAIN])

    assert told.status_code == 400
    (issue,) = told.get_json()["issue"]
    assert issue["expression"] == ["$.prefetch.patient.id"]
    assert "someone-else" not in told.text


@pytest.mark.fault(31)
@each("""
    subject                                             | status | why
    Patient/pat-1                                       | 200    | ours
    https://ehr.example.org/api/FHIR/R4/Patient/pat-1   | 200    | ours, absolute
                                                        | 200    | not said: drafts are often bare
    Group/1                                             | 400    | a group's order
    #someone                                            | 200    | nobody can tell, and the call says whose
    Patient/pat-2                                       | 400    | another patient's order
    https://other.example.org/api/FHIR/R4/Patient/pat-1 | 400    | another server's patient
    """)
def test_whose_the_order_is(row: dict[str, str]) -> None:
    """A draft for another patient is refused."""
    told = sent([PAIN], subject={"reference": row["subject"]} if row["subject"] else {})

    assert told.status_code == int(row["status"])


@pytest.mark.fault(33)
def test_a_bundle_in_a_bundle_answers_nothing() -> None:
    """Nobody knows which search it answers; the query is not seen whole."""
    body = request([PAIN])
    inner = body["prefetch"]["conditions"]
    body["prefetch"]["conditions"] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": inner}],
    }
    told = advice(CLIENT.post(CALL, json=body))

    assert told["advise"] == "uncertain"
    assert {"query": "conditions", "state": "rejected"} in told["unseen"]


@pytest.mark.fault(32)
def test_a_contained_resource_is_not_the_patients_record() -> None:
    """What lies within another resource is no entry of the chart."""
    told = advice(sent([PAIN | {"contained": [CAUDA]}]))

    assert told["rule"] == "NON1"


@pytest.mark.fault(33)
@each("""
    resource                                      | unseen   | why
    {"resourceType": "Basic", "id": "x"}          | rejected | another type than asked for
    {"resourceType": "Wizard"}                    | rejected | no type of FHIR
    {"resourceType": 7}                           | rejected | no type at all
    {"resourceType": "OperationOutcome"}          | failed   | a failure of unknown weight
    """)
def test_another_type_than_was_asked_for(row: dict[str, str]) -> None:
    """The query is not answered by it."""
    body = request([])
    entries = [{"resource": json.loads(row["resource"])}]
    body["prefetch"]["conditions"] = {"resourceType": "Bundle", "entry": entries}
    told = advice(CLIENT.post(CALL, json=body))

    assert told["advise"] == "uncertain"
    assert {"query": "conditions", "state": row["unseen"]} in told["unseen"]
