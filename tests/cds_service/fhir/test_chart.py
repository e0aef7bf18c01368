"""The chart as a whole: whose it is, what it holds, how far it can be trusted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.cds_hooks.errors import BadRequest
from cds_service.fhir.chart import Chart, _both, read_chart
from cds_service.fhir.sight import Cause, Sight, State

WANTED = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": "Condition?patient={{context.patientId}}",
    "observations": "Observation?patient={{context.patientId}}&code=1988-5",
    "vitals": "Observation?patient={{context.patientId}}&code=8310-5",
    "devices": "Device?patient={{context.patientId}}",
}
PATIENT = {"resourceType": "Patient", "id": "123"}


def about(reference: Any, identifier: str = "gout", **members: Any) -> dict[str, Any]:
    """Make a Condition about whoever the reference names."""
    subject = {"reference": reference}
    return {
        "resourceType": "Condition",
        "id": identifier,
        "subject": subject,
        **members,
    }


def bundle(*resources: Any, **members: Any) -> dict[str, Any]:
    """Make a searchset of these resources."""
    entry = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entry, **members}


def answering(search: str, *resources: Any) -> dict[str, Any]:
    """Make a searchset that says which search it answers."""
    return bundle(*resources, link=[{"relation": "self", "url": search}])


def read(**prefetch: Any) -> Chart:
    """Read a chart of patient 123."""
    return read_chart(prefetch, "123", WANTED)


OURS = about("Patient/123")
CRP = {
    "resourceType": "Observation",
    "id": "crp",
    "subject": {"reference": "Patient/123"},
}


def test_a_chart_holds_patient_resources_and_sight() -> None:
    """Resources by type, the Patient apart, and a sight for every key wanted."""
    chart = read(patient=PATIENT, conditions=bundle(OURS), observations=None)
    assert chart.patient is PATIENT
    assert [entry.reference for entry in chart.of("Condition")] == ["Condition/gout"]
    assert chart.of("Patient") == chart.of("Observation") == ()
    assert chart.sight == {
        "patient": Sight(State.PRESENT),
        "conditions": Sight(State.PRESENT),
        "observations": Sight(State.NONE_RECORDED),
        "vitals": Sight(State.NOT_SUPPLIED),
        "devices": Sight(State.NOT_SUPPLIED),
    }
    assert chart.issues == ()


def test_r20_every_way_of_having_nothing_is_told_apart() -> None:
    """R20: absent, null, empty, failed and paginated are different states."""
    failed = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    states = [
        read().sight["conditions"].state,
        read(conditions=None).sight["conditions"].state,
        read(conditions=bundle()).sight["conditions"].state,
        read(conditions=failed).sight["conditions"].state,
        read(conditions=bundle(failed)).sight["conditions"].state,
        read(conditions=bundle(OURS, total=2)).sight["conditions"].state,
        read(conditions=[]).sight["conditions"].state,
    ]
    assert states == [
        *(State.NOT_SUPPLIED, State.NONE_RECORDED, State.NONE_RECORDED),
        *(State.FAILED, State.FAILED, State.TRUNCATED, State.REJECTED),
    ]


@pytest.mark.parametrize(
    ("prefetch", "path"),
    [
        ({"patient": {**PATIENT, "id": "9"}}, "$.prefetch.patient.id"),
        ({"patient": {"resourceType": "Patient"}}, "$.prefetch.patient.id"),
        ({"patient": {**PATIENT, "id": 123}}, "$.prefetch.patient.id"),
        ({"mine": {**PATIENT, "id": "9"}}, "$.prefetch.*.id"),
        (
            {"conditions": bundle(OURS, {**PATIENT, "id": "9"})},
            "$.prefetch.conditions.entry[1].resource.id",
        ),
    ],
)
def test_another_patient_is_refused(prefetch: dict[str, Any], path: str) -> None:
    """A Patient who is not context.patientId stops the call, naming the place only."""
    with pytest.raises(BadRequest) as refusal:
        read_chart(prefetch, "123", WANTED)
    assert refusal.value.where == path
    assert "9" not in str(refusal.value)


@pytest.mark.parametrize(
    "prefetch",
    [{"mine": PATIENT}, {"patient": bundle(PATIENT)}, {"patient": None, "p": PATIENT}],
)
def test_a_patient_is_recognised_wherever_it_comes(prefetch: dict[str, Any]) -> None:
    """The key a client chose does not hide the patient."""
    chart = read_chart(prefetch, "123", WANTED)
    assert chart.patient is PATIENT
    assert chart.sight["patient"] == Sight(State.PRESENT)


def test_a_patient_nobody_wanted_has_no_sight() -> None:
    """Sight is told for what was asked and for nothing else."""
    assert read_chart({"patient": PATIENT}, "123", {}).sight == {}


@pytest.mark.parametrize(
    "reference",
    [
        *("Patient/123", "Patient/123/_history/4", "123", "urn:uuid:123"),
        *("https://ehr.example.org/fhir/R4/Patient/123", "urn:uuid:abc"),
        *("https://ehr.example.org/fhir/R4/Patient/123/_history/1", None, 5),
    ],
)
def test_a_resource_of_the_patient_is_kept(reference: object) -> None:
    """Relative, absolute, versioned, or by the fullUrl of the Patient supplied."""
    patients = bundle(entry=[{"fullUrl": "urn:uuid:abc", "resource": PATIENT}])
    chart = read(patient=patients, conditions=bundle(about(reference)))
    assert len(chart.of("Condition")) == 1
    assert chart.issues == ()


@pytest.mark.parametrize("subject", [None, [], "Patient/9", {"display": "x"}])
def test_a_resource_that_names_nobody_is_kept(subject: object) -> None:
    """Whether a subject is owed is for validation to say."""
    chart = read(conditions=bundle({**OURS, "subject": subject}))
    assert len(chart.of("Condition")) == 1


@pytest.mark.parametrize(
    "reference",
    [
        *("Patient/9", "Patient/1234", "https://ehr.example.org/fhir/Patient/9"),
        *("Patient/9/_history/123", "Group/123", "Device/123", "x/Patient/123/4"),
    ],
)
def test_r29_a_resource_of_someone_else_is_left_out(reference: str) -> None:
    """R29: it is left out and said, and the query stays answered."""
    chart = read(conditions=bundle(OURS, about(reference, "other")))
    assert [entry.reference for entry in chart.of("Condition")] == ["Condition/gout"]
    (issue,) = chart.issues
    assert (issue.key, issue.code) == ("conditions", "other-patient")
    assert issue.path == "$.prefetch.conditions.entry[1].resource"
    assert chart.sight["conditions"] == Sight(State.PRESENT)


def test_allergies_and_devices_name_their_patient() -> None:
    """Where there is no subject, `patient` says whose it is."""
    theirs = {
        "resourceType": "Device",
        "id": "d",
        "patient": {"reference": "Patient/9"},
    }
    assert read(devices=bundle(theirs)).of("Device") == ()


def test_a_whole_answer_about_someone_else_is_rejected() -> None:
    """If nothing in it is the patient's, the query was not answered for them."""
    chart = read(conditions=bundle(about("Patient/9"), about("Patient/8", "b")))
    assert chart.sight["conditions"] == Sight(State.REJECTED)


@pytest.mark.parametrize("reference", ["urn:uuid:zzz", "#contained", "9"])
def test_a_resource_of_nobody_knows_whom_is_unreadable(reference: str) -> None:
    """It may be the patient's, so the query is no longer seen whole."""
    chart = read(conditions=bundle(OURS, about(reference, "b")))
    assert len(chart.of("Condition")) == 1
    assert [issue.code for issue in chart.issues] == ["unclear-patient"]
    assert chart.sight["conditions"] == Sight(State.PRESENT, 1)


def test_an_observation_with_another_focus_is_left_out() -> None:
    """A result about a fetus or a donor is not the patient's own."""
    fetal = {**CRP, "focus": [{"reference": "Group/1"}]}
    chart = read(observations=bundle(fetal))
    assert chart.of("Observation") == ()
    assert [issue.code for issue in chart.issues] == ["other-focus"]
    assert chart.sight["observations"] == Sight(State.PRESENT)


def test_a_link_that_is_no_list_still_tells_of_more() -> None:
    """An object where a list is due."""
    cut = {**bundle(OURS), "link": {"relation": "next", "url": "https://x.example"}}
    assert read(conditions=cut).sight["conditions"] == Sight(State.TRUNCATED)


def test_a_resource_that_comes_twice_is_read_once() -> None:
    """The same reference under two keys is one resource; no reference, each its own."""
    nameless = {"resourceType": "Condition"}
    chart = read(
        mine=bundle(OURS), conditions=bundle(OURS, nameless, nameless), again=OURS
    )
    assert [entry.path for entry in chart.of("Condition")] == [
        f"$.prefetch.conditions.entry[{number}].resource" for number in range(3)
    ]


def test_a_resource_under_an_unknown_key_is_used_but_answers_nothing() -> None:
    """A found result stays found; what else there may be is still unseen."""
    chart = read(labs=bundle(CRP), note="text", number=5, nothing=None)
    assert [entry.key for entry in chart.of("Observation")] == ["observations"]
    assert chart.sight["observations"] == Sight(State.NOT_SUPPLIED)
    assert chart.issues == ()


def test_a_bundle_under_an_unknown_key_answers_by_its_self_link() -> None:
    """A renamed key is an answer all the same, and its entries count towards it."""
    chart = read(labs=answering("Observation?patient=123&code=1988-5", CRP))
    assert [entry.key for entry in chart.of("Observation")] == ["observations"]
    assert chart.sight["observations"] == Sight(State.PRESENT)
    assert chart.sight["vitals"] == Sight(State.NOT_SUPPLIED)


def test_a_search_not_narrowed_answers_both_kinds_of_observation() -> None:
    """All Observations are the laboratory's and the vital signs."""
    chart = read(all=answering("Observation?patient=123", CRP))
    assert chart.sight["observations"] == chart.sight["vitals"] == Sight(State.PRESENT)


def test_a_declared_answer_outranks_a_link() -> None:
    """What stands under its own key is the answer, whatever another Bundle says."""
    other = answering("Observation?patient=123", CRP)
    chart = read(observations=None, labs=other)
    assert chart.sight["observations"] == Sight(State.NONE_RECORDED)
    assert chart.sight["vitals"] == Sight(State.PRESENT)


def test_an_answer_under_its_own_key_may_answer_more() -> None:
    """A Bundle of all Observations under `observations` answers `vitals` too."""
    chart = read(observations=answering("Observation?patient=123", CRP))
    assert chart.sight["vitals"] == Sight(State.PRESENT)
    assert [entry.key for entry in chart.of("Observation")] == ["observations"]


def test_of_two_answers_the_worse_stands() -> None:
    """Half an answer and a whole one are half an answer."""
    search = "Observation?patient=123&code=1988-5"
    chart = read(
        one=answering(search, CRP, None), two={**answering(search, CRP), "total": 9}
    )
    assert chart.sight["observations"] == Sight(State.TRUNCATED, 1)


def test_a_link_to_another_search_answers_nothing() -> None:
    """Another patient's search, or another code's, is not ours."""
    chart = read(x=answering("Observation?patient=9", CRP))
    assert chart.sight["observations"] == Sight(State.NOT_SUPPLIED)


def test_a_device_key_takes_statements_of_use_as_well() -> None:
    """Both types answer the question which devices there are."""
    used = {"resourceType": "DeviceUseStatement", "id": "u"}
    assert read(devices=bundle(used)).sight["devices"] == Sight(State.PRESENT)


def test_a_key_of_the_sites_own_expects_the_type_of_its_template() -> None:
    """A template under another key is held to its own type."""
    wanted = {"problems": "Condition?patient={{context.patientId}}"}
    ours, theirs = (
        read_chart({"problems": bundle(one)}, "123", wanted) for one in (OURS, CRP)
    )
    assert ours.sight["problems"].state is State.PRESENT
    assert theirs.sight["problems"].state is State.REJECTED
    assert theirs.issues[0].path == "$.prefetch.problems"


def test_a_known_key_nobody_asked_for_keeps_its_name() -> None:
    """Its resources are used, and named by the published key."""
    scan = {"resourceType": "ImagingStudy", "id": "mri"}
    chart = read(imaging=bundle(scan))
    assert [entry.key for entry in chart.of("ImagingStudy")] == ["imaging"]


def test_no_issue_repeats_what_the_client_wrote() -> None:
    """Keys, ids and references of the request are not told again."""
    canary = about("Patient/CANARY", "CANARY")
    chart = read(CANARY=bundle(canary, "CANARY"), conditions="CANARY")
    assert len(chart.issues) == 3
    assert "CANARY" not in repr(chart.issues)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "resourceType",
                    "entry",
                    "resource",
                    "link",
                    "total",
                    "subject",
                    "search",
                ]
            ),
            parts | st.sampled_from(["Bundle", "Condition", "OperationOutcome"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*WANTED, "x", "y"]), JSON, max_size=4))
def test_any_json_makes_a_chart(prefetch: dict[str, Any]) -> None:
    """Whatever stands in a prefetch, reading it gives a chart with every sight."""
    assert set(read_chart(prefetch, "123", WANTED).sight) == set(WANTED)


@given(
    st.lists(st.sampled_from([OURS, about("Patient/9", "b"), None, CRP]), max_size=6)
)
def test_what_is_kept_is_the_patients(resources: list[Any]) -> None:
    """No resource that names another patient is ever in a chart."""
    chart = read(conditions=bundle(*resources))
    kept = [entry.resource for entries in chart.entries.values() for entry in entries]
    assert all(one["subject"]["reference"] == "Patient/123" for one in kept)


def test_of_two_answers_the_cause_is_kept() -> None:
    """Whichever of them has one."""
    broken = Sight(State.FAILED, cause=Cause.TIMED_OUT)
    whole = Sight(State.PRESENT, unreadable=1)

    for one, other in ((broken, whole), (whole, broken)):
        assert _both(one, other) == Sight(State.FAILED, 1, Cause.TIMED_OUT)


def test_who_knows_whose_it_is_under_a_key_of_nobodys() -> None:
    """It counts against no query of ours."""
    nobodys = {"resourceType": "Goal", "subject": {"reference": "#anyone"}}
    chart = read(patient=PATIENT, conditions=bundle(OURS), mine=nobodys)

    assert [issue.code for issue in chart.issues] == ["unclear-patient"]
    assert chart.sight["conditions"] == Sight(State.PRESENT)
