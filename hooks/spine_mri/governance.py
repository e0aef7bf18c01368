"""Who wrote the rules, who looked at them, and until when they may be trusted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cds_service.presentation.source_attributes import ElementUse

if TYPE_CHECKING:
    from cds_service.presentation.source_attributes import Review

AUTHORS = "the contributors of this project, none of them acting as a clinician"
FUNDING = "none declared: the project names no source of funding"
WRITTEN = date(2026, 11, 24)
# The last change that a reader of the rules would notice.
REVISED = date(2026, 12, 1)
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
NOT_READ = "Not read, and not asked for."
USES = (
    ElementUse("race", used=False, how=NOT_READ),
    ElementUse("ethnicity", used=False, how=NOT_READ),
    ElementUse("language", used=False, how=NOT_READ),
    ElementUse("sexual orientation", used=False, how=NOT_READ),
    ElementUse("gender identity", used=False, how=NOT_READ),
    ElementUse(
        "sex",
        used=True,
        how="Administrative gender, as the Patient resource has it: the upper limit of "
        "the sedimentation rate, and whether a pregnancy is looked for. Where it is "
        "missing, the limit is one for both.",
    ),
    ElementUse(
        "date of birth",
        used=True,
        how="Age: rules of their own for children, risk of fracture and of cancer, "
        "spondyloarthritis, the upper limit of the sedimentation rate. Without it the "
        "patient is judged as an adult, and the card says so.",
    ),
    ElementUse(
        "social determinants of health",
        used=False,
        how="Not read: nothing about housing, income, schooling or transport. Drugs "
        "that are injected, where a problem says so, count as a risk of infection.",
    ),
    ElementUse(
        "health status assessments",
        used=True,
        how="Pregnancy, and problems such as weakness, gait, bladder and bowel. No "
        "questionnaire, score, functional, mental or cognitive status is read.",
    ),
)
KNOWN_LIMITS = (
    "No clinician has reviewed the content; it was written from published guidelines.",
    (
        "It was never tried on real patients: how often its advice helps or harms is "
        "not known, nor whether it does so alike for all groups of people."
    ),
    "It is not a medical device, carries no CE mark, and has no clearance.",
    "What stands in free text alone is read only in part, and pictures not at all.",
    (
        "What is old, undated or vague, and so is settled by no rule, is named and "
        "keeps the answer from being against: an operated spine without a complaint on "
        "record, weight lost over a year ago, weak bone in a child."
    ),
    (
        "A steroid counts as long-term by its prescriptions only where they are seen: "
        "one that stands since 90 days, supply for 90, or three renewals over 90."
    ),
    (
        "A device whose record holds no date counts as carried, whatever was removed; "
        "whether a scanner is safe for it is not judged."
    ),
    (
        "Pain of the neck alone is judged as that of the low back is; the ACR rates "
        "some such scans higher, and no rating is shown for them."
    ),
    (
        "To be asked of the first clinician who reviews it: whether brisk reflexes "
        "with neck pain are an emergency of the whole spine (NEU2), and whether a scan "
        "for injecting drug use with normal markers may be routine (INF2)."
    ),
    "Where the sources disagree, one was chosen; the clinical page says which and why.",
)
VIGNETTES = (
    "Stories of made-up patients. What each should get was derived by hand from the "
    "rules, by their authors, before the program ran. That all are answered as agreed "
    "shows that the program does what the rules say, as they are published; it does "
    "not show that the rules are right for patients."
)
