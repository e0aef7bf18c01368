"""Every vignette gets the answer due to it, and sends and receives sound FHIR.

`CDS_WRITE_GOLDEN=1 pytest tests/test_vignettes.py` writes the agreed answers anew;
what a person has to agree with is then in the diff.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.replay import advice, replay
from tests.vignettes import FOLDERS, Vignette, load, strip, write_golden

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITE = os.environ.get("CDS_WRITE_GOLDEN") == "1"
SELECT, SIGN = "spine-mri-order-select", "spine-mri-order-sign"
EACH = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
OF_BOTH = [folder for folder in FOLDERS if load(folder).service in {SELECT, SIGN}]
SEVERAL = [folder for folder in FOLDERS if load(folder).also]


def resources(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the outermost resources of *node*."""
    if isinstance(node, dict) and "resourceType" in node:
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from resources(part)


def answer_of(vignette: Vignette) -> Any:
    """Answer a vignette at its instant."""
    return replay(vignette.service, vignette.body, vignette.at)


def validate(resource: dict[str, Any]) -> None:
    """Read a whole resource strictly as FHIR R4B; what is wrong raises."""
    model = get_fhir_model_class(resource["resourceType"])
    model.model_validate_json(json.dumps(resource))


def test_there_are_enough() -> None:
    """Twelve at the least: a handful would not show the range of answers."""
    assert len(FOLDERS) >= 12


@EACH
def test_what_it_sends_is_sound(folder: Path) -> None:
    """Every resource of the request is valid R4B, strictly and as a whole."""
    sent = list(resources(json.loads(load(folder).body)))

    assert sent
    for resource in sent:
        validate(resource)


@EACH
def test_the_answer_is_the_one_derived_by_hand(folder: Path) -> None:
    """Number of cards, advice, rule, protocol, urgency and indicator."""
    vignette = load(folder)

    response = answer_of(vignette)

    found: dict[str, Any] = {"cards": len(response["cards"])}
    for card, one in zip(response["cards"], advice(response), strict=True):
        found |= {"indicator": card["indicator"], **one}
    assert {name: found.get(name) for name in vignette.expect} == vignette.expect


@pytest.mark.parametrize("folder", SEVERAL, ids=lambda folder: folder.name)
def test_what_else_is_due_is_said(folder: Path) -> None:
    """A further red flag or a caution is named beside the rule that leads."""
    vignette = load(folder)

    (said,) = advice(answer_of(vignette))

    assert set(vignette.also) <= set(said["rules"]) - {said["rule"]}


@EACH
def test_the_answer_is_the_one_agreed_upon(folder: Path) -> None:
    """Word for word, but for uuids and the hash of the knowledge."""
    vignette = load(folder)
    response = answer_of(vignette)
    if WRITE:
        write_golden(vignette, response)

    agreed = json.loads(vignette.golden.read_text(encoding="utf-8"))

    assert strip(response) == agreed


@EACH
def test_what_it_is_answered_is_sound(folder: Path) -> None:
    """Every resource of a suggestion is valid R4B, strictly and as a whole."""
    for resource in resources(answer_of(load(folder))):
        validate(resource)


@pytest.mark.parametrize("folder", OF_BOTH, ids=lambda folder: folder.name)
def test_both_hooks_decide_alike(folder: Path) -> None:
    """Signing a set of orders gives the advice that choosing them gave."""
    vignette = load(folder)
    request = json.loads(vignette.body)
    entries = request["context"]["draftOrders"]["entry"]
    drafts = [entry["resource"] for entry in entries]
    chosen = [f"{draft['resourceType']}/{draft['id']}" for draft in drafts]
    signed = request | {"hook": "order-sign"}
    context = request["context"] | {"selections": chosen}
    selected = request | {"hook": "order-select", "context": context}

    advices = [
        strip(advice(replay(service, json.dumps(body).encode(), vignette.at)))
        for service, body in ((SELECT, selected), (SIGN, signed))
    ]

    assert advices[0] == advices[1] == strip(advice(answer_of(vignette)))
