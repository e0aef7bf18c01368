"""Which drafts are spine MRIs, of which region, with which contrast."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.cds_hooks.drafts import DraftOrder
from hooks.spine_mri.orders import spine_mri_orders
from tests.builders import coding, draft
from tests.tables import each

if TYPE_CHECKING:
    from cds_service.facts.model import Order
    from tests.builders import Resource

CERVICAL, THORACIC, LUMBAR = ("72141", "72146", "72148")
WHOLE = {"cervical", "thoracic", "lumbar"}


def read(*drafts: Resource) -> tuple[Order, ...]:
    """Read drafts as the service does."""
    return spine_mri_orders(
        tuple(
            DraftOrder("$", f"{one['resourceType']}/{one.get('id')}", one)
            for one in drafts
        )
    )


def written(orders: tuple[Order, ...]) -> str:
    """Write the orders of a call: "cervical lumbar: without"."""
    return "; ".join(
        f"{' '.join(sorted(one.sites))}: {one.technique}" for one in orders
    )


@each(
    """
    code              | read                                            | why
    72141             | cervical: without                               | CPT, neck
    72142             | cervical: with-only                             | CPT, neck, with contrast alone
    72156             | cervical: without-and-with                      | CPT, neck, both
    72146             | thoracic: without                               | CPT, chest
    72147             | thoracic: with-only                             | CPT, chest, with contrast alone
    72157             | thoracic: without-and-with                      | CPT, chest, both
    72148             | lumbar: without                                 | CPT, low back
    72149             | lumbar: with-only                               | CPT, low back, with contrast alone
    72158             | lumbar: without-and-with                        | CPT, low back, both
    24968-0           | lumbar: unspecified                             | LOINC that says nothing of contrast
    30678-7           | lumbar: with-only                               | LOINC, with contrast alone
    30855-1           | cervical lumbar sacral thoracic: without-and-with | LOINC, whole spine
    43457-1           | cervical thoracic: unspecified                  | LOINC, two regions
    36531-2           | : without                                       | LOINC that names no region
    41333006          | lumbar: with                                    | SNOMED "with contrast" does not say alone
    394451000119106   | lumbar: without                                 | SNOMED, without
    241645008         | : unspecified                                   | SNOMED, MRI of the spine
    72159             |                                                 | vessels of the spine
    72195             |                                                 | pelvis
    73721             |                                                 | knee
    70551             |                                                 | head
    72131             |                                                 | CT of the low back
    24590-2           |                                                 | MRI of the brain
    36031-3           |                                                 | sacroiliac joints
    24978-9           |                                                 | a radiograph
    241645004         |                                                 | a wrong code that circulates: fails its check digit
    241557009         |                                                 | another one
    450451004         |                                                 | a third one
    24855-9           |                                                 | another LOINC altogether
    MRI lumbar spine w/o contrast        | lumbar: without              | in words
    MRI L-spine w & w/o contrast         | lumbar: without-and-with     | in words, both
    MRI L/S spine                        | lumbar sacral: unspecified   | in words: L/S reaches the sacrum
    MRI C-spine with contrast            | cervical: with-only          | in words
    MRI whole spine                      | cervical lumbar sacral thoracic: unspecified | in words
    MRI brain and cervical spine         | cervical: unspecified        | a spine order beside another
    MRI brain                            |                              | in words, another organ
    MRI spine and pelvis                 |                              | names no region, and another organ
    MRA cervical spine                   |                              | vessels, in words
    MRI brachial plexus                  |                              | nerves, in words
    MRI sacroiliac joints                |                              | joints, in words
    CT lumbar spine                      |                              | CT, in words
    Low back pain                        |                              | no scan at all
    """
)
def test_codes_and_texts(row: dict[str, str]) -> None:
    """A code decides; words decide only where no code of ours is sent."""
    assert written(read(draft(row["code"]))) == row["read"]


@each(
    """
    codes             | text                            | read                | why
    72148             | MRI cervical spine w contrast   | lumbar: without     | a code outranks the words
    72148 24968-0     |                                 | lumbar: without     | the first code that names a region
    36531-2 24968-0   |                                 | lumbar: unspecified | the one that names a region
    36531-2 72131     |                                 | : without           | a scan beside a lookalike
    72131             | MRI lumbar spine                |                     | a lookalike outranks the words
    99999             | MRI lumbar spine without        | lumbar: without     | an unknown code leaves the words
    IMG123            | MRI lumbar spine without        | lumbar: without     | so does one of the hospital's own
    """
)
def test_several_codings(row: dict[str, str]) -> None:
    """Codings of one order are read together."""
    code: dict[str, Any] = {"coding": [coding(one) for one in row["codes"].split()]}
    code |= {"text": row["text"]} if row["text"] else {}

    assert written(read(draft(code=code))) == row["read"]


@each(
    """
    code   | detail   | read                     | why
    24968-0 | RID28768 | lumbar: without          | the detail says what the code leaves open
    24968-0 | RID39045 | lumbar: with             | "with" does not say alone
    24968-0 | RID28771 | lumbar: without-and-with | both
    24968-0 | RID99999 | lumbar: unspecified      | another detail
    24968-0 | 72148    | lumbar: unspecified      | a code that is no detail
    72148  | RID28771 | lumbar: without          | what the code says stands
    """
)
def test_order_detail(row: dict[str, str]) -> None:
    """RadLex in orderDetail says the contrast where the code does not."""
    details = [{"coding": [coding(row["detail"])]}]

    assert written(read(draft(row["code"], orderDetail=details))) == row["read"]


@each(
    """
    members                                                          | read | why
    {}                                                               | yes  | a draft
    {"status": "active"}                                             | yes  | placed already
    {"status": "on-hold"}                                            | yes  | on hold
    {"status": "revoked"}                                            | no   | revoked
    {"status": "completed"}                                          | no   | done
    {"status": "entered-in-error"}                                   | no   | entered in error
    {"intent": "plan"}                                               | yes  | a plan, as the sandbox sends it
    {"doNotPerform": true}                                           | no   | not to be done
    {"doNotPerform": false}                                          | yes  | to be done
    {"doNotPerform": "true"}                                         | no   | not to be done, in quotes
    {"doNotPerform": "false"}                                        | yes  | to be done, in quotes
    {"resourceType": "ProcedureRequest"}                             | yes  | its name in STU3
    {"resourceType": "DiagnosticOrder"}                              | yes  | its name in DSTU2
    {"resourceType": "MedicationRequest"}                            | no   | a drug
    {"resourceType": "Procedure"}                                    | no   | what was done is no order
    {"code": {"concept": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "72148"}]}}} | yes | wrapped as in R5
    {"code": {"coding": [{"code": "72148"}]}}                        | yes  | a bare code, known by its shape
    {"code": {"coding": [{"code": 72148}]}}                          | no   | a number is no code
    {"code": {"coding": [{"system": 7, "code": "72148"}]}}           | yes  | a system that is no text is none
    {"code": {"coding": "72148"}}                                    | no   | no list
    {"code": "72148"}                                                | no   | no concept
    {"code": {}}                                                     | no   | nothing
    {"code": {"text": 7}}                                            | no   | a text that is none
    {"orderDetail": {"coding": []}}                                  | yes  | a detail that is no list
    """
)
def test_shapes(row: dict[str, str]) -> None:
    """Only what can be an open order counts, in any version of FHIR."""
    found = read(draft() | json.loads(row["members"]))

    assert bool(found) == (row["read"] == "yes")


@each(
    """
    first  | second | third    | read                                             | why
    72141  | 72146  | 72148    | cervical lumbar thoracic: without                | three codes are one whole spine
    72156  | 72157  | 72158    | cervical lumbar thoracic: without-and-with       | also with contrast
    43457-1 | 24968-0 |        | cervical lumbar thoracic: unspecified            | also of two codes
    72141  | 72146  |          | cervical: without; thoracic: without             | two regions are two orders
    72141  | 72146  | 72158    | cervical: without; thoracic: without; lumbar: without-and-with | of several contrasts
    30854-4 | 72148 |          | cervical lumbar sacral thoracic: without; lumbar: without | one that is whole already
    72148  | 73721  |          | lumbar: without                                  | another order beside it
    """
)
def test_whole_spine_of_several(row: dict[str, str]) -> None:
    """Drafts of one contrast that make a whole spine are one order."""
    codes = [row[name] for name in ("first", "second", "third") if row[name]]
    drafts = [draft(code, id=str(place)) for place, code in enumerate(codes)]

    assert written(read(*drafts)) == row["read"]


def test_a_whole_spine_names_all_its_drafts() -> None:
    """The card is about all of them, in the order they were sent."""
    codes = (CERVICAL, THORACIC, LUMBAR)

    (order,) = read(*(draft(code, id=code) for code in codes))

    assert order.references == tuple(f"ServiceRequest/{code}" for code in codes)
    assert [one["id"] for one in order.resources] == list(codes)


@pytest.mark.parametrize(
    ("priorities", "least"),
    [
        (("stat", "routine", "stat"), "routine"),
        (("stat", "urgent", "asap"), "urgent"),
        (("stat", "stat", "stat"), "stat"),
    ],
)
def test_a_whole_spine_is_as_urgent_as_its_least(
    priorities: tuple[str, ...], least: str
) -> None:
    """Otherwise a part of it would come late unnoticed."""
    codes = (CERVICAL, THORACIC, LUMBAR)
    pairs = zip(codes, priorities, strict=True)

    (order,) = read(*(draft(code, id=code, priority=soon) for code, soon in pairs))

    assert order.priority == least


@pytest.mark.parametrize("sent", ["", "soon", 7, None])
def test_a_priority_that_is_none_is_routine(sent: object) -> None:
    """FHIR's own default, also for what is no code of FHIR."""
    (order,) = read(draft() | {"priority": sent})

    assert order.priority == "routine"
