"""How a refusal is told."""

from __future__ import annotations

from fhir.resources.R4B.operationoutcome import OperationOutcome

from cds_service.cds_hooks.errors import (
    BadRequest,
    PreconditionFailed,
    TooLarge,
    operation_outcome,
)


def test_each_refusal_has_its_status_and_code() -> None:
    """The HTTP status and the FHIR issue code belong to the kind of refusal."""
    kinds = {kind: (kind.status, kind.code) for kind in (BadRequest, TooLarge)}

    assert kinds == {BadRequest: (400, "invalid"), TooLarge: (413, "too-long")}
    assert (PreconditionFailed.status, PreconditionFailed.code) == (412, "processing")


def test_a_refusal_reads_as_what_where_and_remedy() -> None:
    """Its text says all three."""
    assert str(BadRequest("It is amiss", "$.a", "Mend it.")) == (
        "It is amiss ($.a). Mend it."
    )


def test_an_outcome_is_valid_r4_and_tells_all() -> None:
    """What, where, remedy and correlation id arrive in a valid resource."""
    told = operation_outcome("exception", "It broke", "$.a", "Try again.", "c-1")

    outcome = OperationOutcome.model_validate(told)

    assert outcome.model_dump(mode="json") == told
    assert told["issue"][0] == {
        "severity": "error",
        "code": "exception",
        "details": {"text": "It broke"},
        "diagnostics": "Try again. Correlation id: c-1.",
        "expression": ["$.a"],
    }


def test_an_outcome_without_place_has_no_expression() -> None:
    """What has no place in the body names none."""
    (issue,) = operation_outcome("not-found", "Gone", "", "Look.")["issue"]

    assert "expression" not in issue
