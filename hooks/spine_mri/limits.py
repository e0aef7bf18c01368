"""The thresholds and windows that a site may set otherwise, and how far.

A site may always make the rules more watchful. It may make them less so only where
sources themselves differ: a window in which a red flag counts as new is never
narrowed, since what falls out of it would fall between two rules.
"""

from __future__ import annotations

from decimal import Decimal

from cds_service.reasoning.limit import DAY, Limit

WATCHFUL = "never narrower than published: a red flag would be passed over"
SENSITIVE = "never higher than published: an infection would be passed over"


def _most(name: str, title: str, value: int, unit: str, lowest: int) -> Limit:
    """An upper limit of normal, which a site may lower."""
    return Limit(
        name=name,
        title=title,
        value=Decimal(value),
        unit=unit,
        lowest=Decimal(lowest),
        highest=Decimal(value),
        why=SENSITIVE,
    )


def _least(name: str, title: str, days: int, highest: int) -> Limit:
    """A window of a red flag, which a site may widen."""
    return Limit(
        name=name,
        title=title,
        value=Decimal(days),
        unit=DAY,
        lowest=Decimal(days),
        highest=Decimal(highest),
        why=WATCHFUL,
    )


FEVER = Limit(
    name="fever",
    title="Temperature from which there is a fever",
    value=Decimal("38.0"),
    unit="Cel",
    lowest=Decimal("37.5"),
    highest=Decimal("38.3"),
    why="37.5 Cel under the arm; IDSA and SCCM count from 38.3 Cel",
)
CRP_UPPER = _most("crp-upper", "Upper limit of normal of CRP", 10, "mg/L", 3)
CRP_FAINT = _most("crp-faint", "CRP up to which it is a faint sign", 30, "mg/L", 10)
ESR_MAN = _most("esr-upper-man", "Least upper limit of ESR, men", 20, "mm/h", 10)
ESR_WOMAN = _most("esr-upper-woman", "Least upper limit of ESR, women", 20, "mm/h", 10)
ESR_AT_MOST = _most(
    "esr-upper-at-any-age", "Greatest upper limit of ESR at any age", 65, "mm/h", 20
)
ESR_SEX_UNKNOWN = _most(
    "esr-upper-sex-unknown", "Upper limit of ESR, sex not known", 30, "mm/h", 10
)
ESR_AT_RISK = _most(
    "esr-upper-at-risk", "Upper limit of ESR at risk of infection", 20, "mm/h", 10
)
MARKERS = _least("markers", "How long CRP and ESR count", 30, 90)
FEVER_WINDOW = _least("fever-window", "How long a temperature counts", 14, 30)
BLOODSTREAM = _least(
    "bloodstream-infection", "How long a bloodstream infection counts", 90, 365
)
SPINE_INFECTION_PAST = _least(
    "spine-infection-past", "How long a spine infection that is over counts", 365, 1825
)
SURGERY = _least(
    "spine-surgery", "How long spine surgery is a risk of infection", 90, 365
)
INJECTING = _least(
    "injecting-drug-use", "How long injecting drug use that is over counts", 365, 1825
)
PAIN_NEW = _least("pain-new", "How long pain counts as new", 90, 365)
CANCER_REMOTE_AFTER = _least(
    "cancer-remote", "How long a cancer that is over counts in full", 3650, 36500
)
EGFR = Limit(
    name="egfr-low",
    title="eGFR below which the gadolinium agent matters",
    value=Decimal(30),
    unit="mL/min/{1.73_m2}",
    lowest=Decimal(30),
    highest=Decimal(45),
    why="never lower than published; some sites warn from 45",
)
SIX_WEEKS = Limit(
    name="six-weeks",
    title="How long pain and care must have lasted before a scan without red flag",
    value=Decimal(42),
    unit=DAY,
    lowest=Decimal(28),
    highest=Decimal(84),
    why="a month (ACP 2011) to twelve weeks, from when pain is called chronic",
)
LIMITS = (
    FEVER,
    CRP_UPPER,
    CRP_FAINT,
    ESR_MAN,
    ESR_WOMAN,
    ESR_AT_MOST,
    ESR_SEX_UNKNOWN,
    ESR_AT_RISK,
    MARKERS,
    FEVER_WINDOW,
    BLOODSTREAM,
    SPINE_INFECTION_PAST,
    SURGERY,
    INJECTING,
    PAIN_NEW,
    CANCER_REMOTE_AFTER,
    EGFR,
    SIX_WEEKS,
)
BY_NAME = {one.name: one for one in LIMITS}
