"""PAMA: how an imaging order stands by appropriate use criteria, written on the order.

Source: Argonaut project, "CDS Hooks for PAMA". The law wants three things on a claim:
the rating, who was consulted, and the number of the consultation. Its programme is
paused, so nothing of this is written unless an installation has a G-code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from cds_service.cds_hooks.response import Action, ActionType

if TYPE_CHECKING:
    from collections.abc import Mapping

SYSTEM = "http://fhir.org/argonaut/CodeSystem/pama-rating"
EXTENSION = "http://fhir.org/argonaut/Extension/pama-rating"
CONSULTED = f"{EXTENSION}-qcdsm-consulted"
CONSULT_ID = f"{EXTENSION}-consult-id"
CRITERION = f"{EXTENSION}-auc-applied"
# Not a set, which could not be asked about a url that is an object.
OURS = (EXTENSION, CONSULTED, CONSULT_ID, CRITERION)
NAMESPACE = UUID("0b4e6c52-7a53-5f0c-9b63-6f1d6a0a9c11")


class Appropriate(StrEnum):
    """The three ratings there are; one that is undetermined is none of them."""

    YES = "appropriate"
    NO = "not-appropriate"
    NO_CRITERIA = "no-criteria-apply"


@dataclass(frozen=True, slots=True)
class Rating:
    """How an order stands, and the URI of the criterion that says so, if any."""

    code: Appropriate
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who was asked, by G-code, and about which call; it numbers what it rates."""

    gcode: str
    seed: str

    def rated(
        self, resource: Mapping[str, Any], reference: str, rating: Rating
    ) -> dict[str, Any]:
        """Copy an order with its rating, in place of one from an earlier call.

        Args:
            resource: the raw order.
            reference: what the order is called in the call.
            rating: how it stands.
        """
        sent = resource.get("extension")
        given = sent if isinstance(sent, list) else []
        others = [one for one in given if _is_of_others(one)]
        return {**resource, "extension": [*others, *self._written(reference, rating)]}

    def action(
        self, resource: Mapping[str, Any], reference: str, rating: Rating
    ) -> Action:
        """Write the rating on a draft that is otherwise left as it is."""
        return Action(
            type=ActionType.UPDATE,
            description=f"Record the rating by appropriate use criteria: {rating.code}",
            resource=self.rated(resource, reference, rating),
        )

    def _written(self, reference: str, rating: Rating) -> list[dict[str, Any]]:
        number = uuid5(NAMESPACE, f"{self.seed}|{reference}")
        coding = {"system": SYSTEM, "code": rating.code.value}
        written: list[dict[str, Any]] = [
            {"url": EXTENSION, "valueCodeableConcept": {"coding": [coding]}},
            {"url": CONSULTED, "valueString": self.gcode},
            {"url": CONSULT_ID, "valueUri": f"urn:uuid:{number}"},
        ]
        if rating.criterion:
            written.append({"url": CRITERION, "valueUri": rating.criterion})
        return written


def can_be_rated(resource: Mapping[str, Any]) -> bool:
    """Whether it is an R4 order that an update can name; R5 wraps the code."""
    code = resource.get("code")
    wrapped = isinstance(code, dict) and "concept" in code
    named = bool(resource.get("id")) and resource["resourceType"] == "ServiceRequest"
    return named and not wrapped


def _is_of_others(extension: object) -> bool:
    return not (isinstance(extension, dict) and extension.get("url") in OURS)
