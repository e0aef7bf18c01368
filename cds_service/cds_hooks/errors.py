"""Why a call is refused, and how a refusal is told.

A refusal names what is wrong, where, and what to do about it; it never repeats a
value of the request, so it may be logged. On the wire it is a FHIR R4
OperationOutcome (https://hl7.org/fhir/R4/operationoutcome.html).
"""

from __future__ import annotations

from typing import Any, ClassVar


class CallError(Exception):
    """A call that cannot be answered, with its HTTP status and FHIR issue code.

    Args:
        what: the fault in one sentence, free of values from the request.
        where: the JSON path it was found at, such as `$.context.selections[0]`.
        remedy: what the caller can do about it.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "exception"

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} ({self.where}). {self.remedy}"


class TooLarge(CallError):
    """The body passes a limit of size (413)."""

    status = 413
    code = "too-long"


class BadRequest(CallError):
    """The request breaks the rules of JSON, CDS Hooks or this hook (400)."""

    status = 400
    code = "invalid"


class PreconditionFailed(CallError):
    """Data without which no answer is possible cannot be had (412)."""

    status = 412
    code = "processing"


def operation_outcome(
    code: str, what: str, where: str, remedy: str, correlation: str | None = None
) -> dict[str, Any]:
    """Tell a refusal as an OperationOutcome with a single issue.

    Args:
        code: a code of FHIR's issue-type value set, such as `invalid`.
        what: the fault.
        where: JSON path of the fault; "" when it has no place in the body.
        remedy: what to do.
        correlation: the id under which the fault stands in the log.
    """
    reported = f" Correlation id: {correlation}." if correlation else ""
    issue: dict[str, Any] = {
        "severity": "error",
        "code": code,
        "details": {"text": what},
        "diagnostics": f"{remedy}{reported}",
    }
    if where:
        issue["expression"] = [where]
    return {"resourceType": "OperationOutcome", "issue": [issue]}
