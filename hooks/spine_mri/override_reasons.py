"""Reasons a clinician may give for going another way, as fit the rule.

HL7's non-adherence reasons with their own displays where one fits, else ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Coding
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.criteria.persistent_pain import LONG_CARE
from hooks.spine_mri.rule import Advise

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

OWN = "urn:spine-mri-cds:override-reason"
HL7 = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"

RED_FLAG_KNOWN = Coding("red-flag-known", OWN, "Red flag known, not in the record")
DISCUSSED = Coding("discussed-with-radiology", OWN, "Already discussed with radiology")
OUTSIDE_IMAGING = Coding("outside-imaging-reviewed", OWN, "Outside imaging reviewed")
CANDIDATE = Coding("surgical-candidate", OWN, "Patient is a surgical candidate")
CANNOT_WAIT = Coding(
    "cannot-wait", OWN, "Patient cannot wait: urgent clinical judgement"
)
FOR_REFERRAL = Coding("required-for-referral", OWN, "Required for referral")
CARE_ELSEWHERE = Coding(
    "care-not-on-record", OWN, "Six weeks of treatment done, not in the record"
)
CHANGED_SINCE = Coding(
    "changed-since-last-scan", OWN, "New or worse since the last scan"
)
KNOWN_FINDING = Coding("finding-explained", OWN, "Finding is old or explained")
CONTRAINDICATED = Coding(
    "patient-contraindication",
    HL7,
    "Patient has contraindication to recommended action",
)
COMPLETED = Coding("action-completed", HL7, "Recommended action was already completed")
UNAVAILABLE = Coding(
    "service-not-available", HL7, "Treatment or service is not practically available"
)

# Whatever the rule, these four are what a reviewer of orders asks for.
ALWAYS = (RED_FLAG_KNOWN, DISCUSSED, OUTSIDE_IMAGING, CANDIDATE)
# By how the id of the rule begins; the first that fits.
FAMILIES = (
    (("NEU",), (CANNOT_WAIT, KNOWN_FINDING, UNAVAILABLE)),
    (("INF", "ONC"), (CANNOT_WAIT, CONTRAINDICATED, KNOWN_FINDING, COMPLETED)),
    (("TRA",), (CANNOT_WAIT, KNOWN_FINDING, UNAVAILABLE)),
    (("POS", "AXS"), (FOR_REFERRAL, CONTRAINDICATED, UNAVAILABLE)),
    (("DUP",), (CHANGED_SINCE, FOR_REFERRAL, CANNOT_WAIT)),
    (("PER", "NON", "PED"), (FOR_REFERRAL, CANNOT_WAIT, CARE_ELSEWHERE)),
)
ELSEWHERE = (FOR_REFERRAL, CANNOT_WAIT)


def override_reasons(advice: Advice) -> tuple[Coding, ...]:
    """Offer reasons wherever there is something to override."""
    if advice.advise is Advise.FOR and advice.priority_fits:
        return ()
    rule = advice.rule_id
    fitting = (reasons for ids, reasons in FAMILIES if rule.startswith(ids))
    offered = (*ALWAYS, *next(fitting, ELSEWHERE))
    on_record = LONG_CARE.assess(advice.facts).truth is Truth.YES
    return tuple(one for one in offered if not (on_record and one == CARE_ELSEWHERE))
