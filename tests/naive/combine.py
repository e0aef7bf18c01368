"""Steps 2 to 7: from the rules that match to one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive.gaps import is_gap
from tests.naive.malignancy import unexplained_loss
from tests.naive.other import earlier_mri, since
from tests.naive.outcome import (
    advise_of,
    flags_of,
    ids_of,
    matches,
    short,
    urgency_of,
)
from tests.naive.regions import needed_region, region_fits
from tests.naive.safety import ENHANCED, fired, pregnant, reacted
from tests.naive.words import RULES

if TYPE_CHECKING:
    from tests.naive.outcome import Matches
    from tests.naive.words import Chart, Fact

Answer = dict[str, str]
BOTH = {"without-and-with", "with"}
ANY = BOTH | {"without"}
# Leads that want no contrast and accept it.
EITHER = {
    *("AXS1", "INF3", "ONC3", "ONC3b", "ONC2/remote", "OUT1", "UNK2"),
    # The table does not name PED1; the rule itself accepts both.
    *("TRA3", "TRA3/age", "PED1"),
}
# Leads whose change is calm, and those that warn until the draft is right.
CALM = {
    *("POS1", "AXS1", "INF3", "ONC3", "ONC3b", "TRA3", "TRA3/age", "TRA7", "OUT1"),
    *("PER4", "ONC2/remote", "PED1"),
}
# NEU2 by its rule, which the table leaves out.
UNTIL_RIGHT = {"NEU2", "NEU6", "NEU3", "INF1", "INF2", "ONC1", "TRA2"}
DUP1 = 69
MEETS = {
    "routine": {"routine", "urgent", "asap", "stat"},
    "urgent": {"urgent", "asap", "stat"},
    "immediate": {"stat"},
}


def evaluate(chart: Chart) -> Answer:
    """Give the answer to one order in the words of the tables."""
    found = matches(chart)
    lead = next(iter(found))
    drafted = chart["order"]["contrast"]
    ids = ids_of(flags_of(found))
    sought = sought_contrast(chart, lead, ids, found)
    target, accepted = safe_contrast(chart, lead, ids, sought)
    warned = fired(chart, sought[0], target)
    needed = needed_region(chart, found)
    urgency = urgency_of(chart, flags_of(found))
    own = advise_of(chart, lead)
    gap = own == "against" and is_gap(chart)
    fits = {
        "contrast": drafted == "unspecified" or drafted in accepted,
        "region": region_fits(chart, lead, needed),
        "priority": chart["order"]["priority"] in MEETS[urgency],
    }
    advise = "uncertain" if gap else advise_after(own, drafted, fits)
    forbidden = drafted in ENHANCED and (pregnant(chart) or reacted(chart))
    if forbidden and own != "against":
        advise = "change"
    kept = drafted if drafted in accepted else target
    return {
        "rule": "UNK1-data-gap" if gap else lead.partition("/")[0],
        "advise": advise,
        "protocol": "without-and-with" if kept == "with" else kept,
        "region": " ".join(sorted(needed)),
        "urgency": urgency,
        "indicator": indicator_of(
            chart, (lead, advise, urgency, sought[0]), found[lead], fits, warned
        ),
        "rules": " ".join(sorted({name.partition("/")[0] for name in found})),
    }


def sought_contrast(
    chart: Chart, lead: str, flags: set[str], found: Matches
) -> tuple[str, set[str]]:
    """Step 3 by the rules alone: target and accepted drafts; the first row decides."""
    spreads = flags & {"INF1", "INF2", "ONC1", "TRA5"} or "ONC2-history" in found
    name = short(lead)
    nerves = any(one.startswith("NEU") for one in flags)
    rows = (
        (spreads or "POS1" in flags, "without-and-with", BOTH),
        (name == "ONC3" and unexplained_loss(chart), "without-and-with", ANY),
        (nerves or name in EITHER, "without", ANY),
        (True, "without", {"without"}),
    )
    return next((target, accepted) for holds, target, accepted in rows if holds)


def safe_contrast(
    chart: Chart, lead: str, flags: set[str], sought: tuple[str, set[str]]
) -> tuple[str, set[str]]:
    """And as far as the patient allows it, where contrast is planned at all."""
    planned = sought[0] == "without-and-with" or chart["order"]["contrast"] in ENHANCED
    if planned and pregnant(chart):
        return "without", {"without"}
    if not planned or not reacted(chart):
        return sought
    worth = any(one.startswith(("INF", "ONC", "TRA5")) for one in (*flags, lead))
    if worth and sought[0] == "without-and-with":
        return sought[0], sought[1] | {"without"}
    return "without", {"without"}


def advise_after(own: str, drafted: str, fits: dict[str, bool]) -> str:
    """Step 6, with CON1: contrast alone is always a change."""
    if own == "against":
        return own
    if drafted == "with-only":
        return "change"
    if own == "for" and not (fits["contrast"] and fits["region"]):
        return "change"
    return own


def indicator_of(
    chart: Chart,
    said: tuple[str, str, str, str],
    facts: list[Fact],
    fits: dict[str, bool],
    warned: set[str],
) -> str:
    """Step 7: the first row that holds."""
    lead, advise, urgency, target = said
    name, drafted = short(lead), chart["order"]["contrast"]
    if urgency == "immediate":
        return "critical"
    if advise == "uncertain":
        return "info"
    if advise == "change" and drafted == "with-only":
        return "warning"
    unneeded = drafted in BOTH and target == "without" and not fits["contrast"]
    only_unneeded = unneeded and fits["region"] and advise_of(chart, lead) == "for"
    calm = advise == "change" and (only_unneeded or name in CALM)
    if calm or _is_scanned(chart, lead, facts):
        # The patient's safety is told aloud whatever else is calm.
        return "warning" if warned else "info"
    warns = {
        "against": advise == "against",
        "a flag": advise == "change" and lead in flags_of({lead: []}),
        "safety": bool(warned),
        "pain": name in ("PER2", "PER3"),
        "until right": name in UNTIL_RIGHT and not all(fits.values()),
    }
    return "warning" if any(warns.values()) else "info"


def _is_scanned(chart: Chart, lead: str, facts: list[Fact]) -> bool:
    """DUP1: an MRI came after all that a flag rests on, and nothing hurts since.

    What has no date, or is a reason of the order, may be newer. An early scan rules out
    no infection and no cauda equina.
    """
    scan = earlier_mri(chart)
    if not scan or not facts or short(lead) in ("INF1", "INF2", "NEU6"):
        return False
    day = scan["first"].date()
    older = all(
        one["last"] and one["last"].date() < day and not one["stated"] for one in facts
    )
    return older and RULES[lead][0] < DUP1 and not since(chart, scan)
