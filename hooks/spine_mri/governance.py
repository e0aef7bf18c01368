"""Who wrote the rules, who looked at them, and until when they may be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Review:
    """A clinician looked at the rules and signed.

    Attributes:
        by: name and role.
        on: the day.
        edition: the version of the rules that was read.
    """

    by: str
    on: date
    edition: str


AUTHORS = "the contributors of this project, none of them acting as a clinician"
WRITTEN = date(2026, 11, 24)
REVIEWS: tuple[Review, ...] = ()
# Guidelines of this field are renewed every few years, in turn; a year misses few.
NEXT_REVIEW_DUE = date(2027, 11, 24)
INTENDED_USE = (
    "Supports a clinician who is choosing or signing an MRI of the spine, by saying "
    "whether the chart speaks for the scan, with or without contrast, of which region "
    "and how soon. The clinician decides; the draft stays as it is until they change "
    "it."
)
USERS = "Clinicians who may order imaging, and radiologists who vet such orders."
OUT_OF_SCOPE = (
    "Reading images, choosing a treatment, telephone or emergency triage, MRI of other "
    "parts of the body, angiography, and checking whether a scanner is safe for an "
    "implant. What a chart does not hold, such as the findings of an examination, is "
    "not known here unless it is recorded or stated in the order."
)
