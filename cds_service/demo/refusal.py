"""What the demo's FHIR endpoint refuses."""

from __future__ import annotations


class Refusal(Exception):
    """A request that is not answered.

    Attributes:
        status: of HTTP.
        code: FHIR's IssueType.
        what: in plain words.
    """

    def __init__(self, status: int, code: str, what: str) -> None:
        super().__init__(what)
        self.status = status
        self.code = code
        self.what = what
