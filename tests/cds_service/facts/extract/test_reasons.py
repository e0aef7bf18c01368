"""What the order itself says, by code, reference and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cds_service.fhir.sight import Sight, State
from tests.builders import condition, draft, observation, procedure
from tests.cds_service.facts.extract.charts import fact, meanings, read
from tests.tables import each

if TYPE_CHECKING:
    from tests.builders import Resource

CAUDA_EQUINA = "G83.4"


def sight(order: Resource, *chart: Resource) -> Sight:
    """Say how much of the order's reasons could be seen."""
    return read(*chart, order=order).sight["order"]


@each("""
    reason               | means        | suspected | why
    G83.4                | cauda-equina | no        | a code
    cauda equina         | cauda-equina | no        | words
    rule out cauda equina| cauda-equina | yes       | words that doubt
    no cauda equina      |              |           | words that deny
    """)
def test_reason_codes(row: dict[str, str]) -> None:
    """Stated by the order, on the order's own authority."""
    found = read(order=draft(reasons=[row["reason"]])).coded

    assert set(found) == ({row["means"]} if row["means"] else set())
    for one in found.get("cauda-equina", ()):
        assert one.stated
        assert one.suspected == (row["suspected"] == "yes")
        assert one.basis.reference == "ServiceRequest/103"
        assert one.basis.display.endswith(", stated in the order")


def test_a_note_is_read_for_its_words() -> None:
    """A note is no reason, and an order with nothing else gives none."""
    order = draft(note="New saddle anaesthesia since this morning")

    assert "saddle-anesthesia" in meanings(order=order)
    assert sight(order) == Sight(State.NONE_RECORDED)


@pytest.mark.parametrize(
    "members",
    [
        {"orderDetail": [{"text": "saddle anaesthesia since this morning"}]},
        {"supportingInfo": [{"display": "Saddle anaesthesia"}]},
        {"code": {"text": "MRI lumbar spine, r/o saddle anaesthesia"}},
    ],
)
def test_words_beside_the_reasons_are_read(members: dict[str, Any]) -> None:
    """Wherever whoever orders may have written why."""
    order = draft() | members

    assert meanings(order=order) == {"saddle-anesthesia"}
    assert sight(order) == Sight(State.NONE_RECORDED)


@pytest.mark.parametrize(
    "members",
    [
        {"patientInstruction": "Come back with saddle anaesthesia"},
        {"code": {**draft()["code"], "text": ["saddle anaesthesia"]}},
        {"orderDetail": {"text": 7}},
    ],
)
def test_other_words_are_not(members: dict[str, Any]) -> None:
    """What may happen is told to the patient; another shape is passed over."""
    assert meanings(order=draft() | members) == set()


@pytest.mark.parametrize("note", [[7, {"text": 7}, {}], "text", {"time": "2026"}])
def test_a_note_of_another_shape_is_passed_over(note: Any) -> None:
    """It says nothing that could be read."""
    assert meanings(order=draft() | {"note": note}) == set()


@pytest.mark.parametrize(
    "written",
    [
        "Condition/1",
        "https://ehr.example.org/fhir/Condition/1",
        "https://ehr.example.org/fhir/Condition/1/_history/3",
    ],
)
def test_what_the_order_cites_is_stated(written: str) -> None:
    """However the reference is written; what is not cited stays as it was."""
    chart = (condition(CAUDA_EQUINA, "400 days"), condition("M54.50"))
    order = draft(cites=[written])

    assert fact("cauda-equina", *chart, order=order).stated
    assert not fact("back-pain", *chart, order=order).stated
    assert sight(order, *chart) == Sight(State.PRESENT)


def test_what_the_order_cites_may_be_of_any_type() -> None:
    """As long as it was sent."""
    chart = (observation("1988-5", "5 mg/L"), procedure("91251008"))
    order = draft(cites=["Observation/1", "Procedure/2"])

    assert sight(order, *chart).complete
    assert fact("physical-therapy", *chart, order=order).stated


REFERENCES: dict[str, tuple[Any, int, set[str]]] = {
    "not sent": ([{"reference": "Condition/9"}], 1, set()),
    "twice the same, not sent": ([{"reference": "Condition/9"}] * 2, 1, set()),
    "words alone": ([{"display": "cauda equina"}], 0, {"cauda-equina"}),
    "words not understood": ([{"display": "kidney graft"}], 1, set()),
    "words that deny": ([{"display": "no red flags"}], 0, set()),
    "an identifier": ([{"identifier": {"value": "9"}}], 1, set()),
    "no object": (["Condition/9"], 1, set()),
    "no text": ([{"reference": 9, "display": 9}], 1, set()),
    "one instead of a list": ({"reference": "Condition/9"}, 1, set()),
    "nothing": ([None], 0, set()),
}


@pytest.mark.parametrize(
    ("cited", "lost", "found"), REFERENCES.values(), ids=REFERENCES
)
def test_what_leads_nowhere(cited: Any, lost: int, found: set[str]) -> None:
    """A reason that nobody can read may be any reason; its words are read."""
    order = draft() | {"reasonReference": cited}

    assert sight(order).unreadable == lost
    assert meanings(order=order) == found


CODES: dict[str, tuple[Any, int, State]] = {
    "none": ([], 0, State.NONE_RECORDED),
    "an empty coding": ([{"coding": [{}]}], 1, State.PRESENT),
    "an empty object": ([{}], 1, State.PRESENT),
    "no object": (["M54.50"], 1, State.PRESENT),
    "one instead of a list": ({"text": "back pain"}, 0, State.PRESENT),
    "one that can be read": (
        [{"coding": [{}]}, {"text": "back pain"}],
        1,
        State.PRESENT,
    ),
    "words not understood": ([{"text": "see the note"}], 1, State.PRESENT),
    "words that deny": ([{"text": "no red flags"}], 0, State.PRESENT),
    "words of no concern": ([{"text": "Hypertension"}], 0, State.PRESENT),
    "a list that denies, or not": (
        [{"text": "back pain, no fever, saddle numbness"}],
        1,
        State.PRESENT,
    ),
    "a list that is plain": (
        [{"text": "back pain and saddle numbness"}],
        0,
        State.PRESENT,
    ),
    "more than is read": ([{"text": "back pain " * 30}], 1, State.PRESENT),
}


@pytest.mark.parametrize(("codes", "lost", "state"), CODES.values(), ids=CODES)
def test_reasons_that_say_nothing(codes: Any, lost: int, state: State) -> None:
    """Whether the order gives a reason, and how many cannot be read."""
    assert sight(draft() | {"reasonCode": codes}) == Sight(state, lost)


RELEASES: dict[str, tuple[Any, Sight, set[str]]] = {
    "R5, a concept": (
        [{"concept": {"text": "cauda equina"}}],
        Sight(State.PRESENT),
        {"cauda-equina"},
    ),
    "R5, a reference": (
        [{"reference": {"reference": "Condition/9"}}],
        Sight(State.PRESENT, 1),
        set(),
    ),
    "R5, both": (
        [{"concept": {"text": "fever"}, "reference": {"display": "cauda equina"}}],
        Sight(State.PRESENT),
        {"fever", "cauda-equina"},
    ),
    "R5, neither": ([{}], Sight(State.PRESENT, 1), set()),
    "DSTU2": ([{"text": "cauda equina"}], Sight(State.PRESENT), {"cauda-equina"}),
    "no object": (["cauda equina"], Sight(State.PRESENT, 1), set()),
}


@pytest.mark.parametrize(("reason", "seen", "found"), RELEASES.values(), ids=RELEASES)
def test_reasons_of_other_releases(reason: Any, seen: Sight, found: set[str]) -> None:
    """Where R4 has two names, DSTU2 and R5 have one; what it says is as much said."""
    order = draft() | {"reason": reason}

    assert sight(order) == seen
    assert meanings(order=order) == found


DENIALS = [
    ("back pain, denies fever, chills, saddle numbness, foot drop", 0, set()),
    ("back pain, denies incontinence and saddle numbness", 0, set()),
    ("no bladder or bowel trouble, saddle numbness or foot drop", 0, set()),
    ("negative for: fever, chills, night sweats, cauda equina, foot drop", 0, set()),
    ("no fever, no saddle numbness", 0, set()),
    ("no fever, chills, weight loss, bladder trouble, foot drop", 1, set()),
    ("denies fever, foot drop", 1, set()),
    ("denies fever, chills, foot drop since Monday", 1, set()),
    ("denies fever or chills, foot drop", 1, set()),
    ("denies fever, nausea. Foot drop", 0, {"motor-deficit"}),
    ("denies fever, chills and weight loss but has foot drop", 0, {"motor-deficit"}),
    (
        "no fever, chills, night sweats, weight loss, has foot drop",
        1,
        {"motor-deficit"},
    ),
]


@pytest.mark.parametrize(("text", "lost", "flags"), DENIALS)
def test_a_list_of_denials(text: str, lost: int, flags: set[str]) -> None:
    """One that plainly denies all is read; where the last may be stated, it is not."""
    order = draft() | {"reasonCode": [{"text": text}]}

    found = meanings(order=order) & {
        "motor-deficit",
        "saddle-anesthesia",
        "cauda-equina",
    }
    assert (sight(order).unreadable, found) == (lost, flags)


def test_drafts_read_as_one_give_their_reasons_together() -> None:
    """One reason repeated on each is still one reason of each."""
    regions = ("72141", "72146", "72148")
    orders = [draft(code, ["G83.4"]) | {"id": code} for code in regions]
    found = read(order=orders).coded["cauda-equina"]

    assert [one.basis.reference for one in found] == [
        f"ServiceRequest/{code}" for code in regions
    ]


def test_a_reason_given_twice_is_one_fact() -> None:
    """Clients repeat the code as text."""
    assert fact("cauda-equina", order=draft(reasons=["G83.4", "G83.4"])).stated
