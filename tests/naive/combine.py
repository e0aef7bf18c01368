"""Steps 2 to 7: from the rules that match to one answer."""

from __future__ import annotations

from typing import Any

# Every module that registers rules.
from tests.naive import (  # noqa: F401
    infection,
    malignancy,
    neurology,
    other,
    pain,
    trauma,
)
from tests.naive.gaps import is_gap
from tests.naive.malignancy import unexplained_loss
from tests.naive.outcome import (
    advise_of,
    flags_of,
    ids_of,
    matches,
    short,
    urgency_of,
)
from tests.naive.regions import needed_region, region_fits
from tests.naive.safety import fired, pregnant, reacted
from tests.naive.words import Chart

Answer = dict[str, str]
BOTH = {"without-and-with", "with"}
ANY = BOTH | {"without"}
# Leads that want no contrast and accept it.
EITHER = {
    *("AXS1", "INF3", "ONC3", "ONC3b", "ONC2/remote", "OUT1", "UNK2"),
    *("TRA3", "TRA3/age"),
}
# Leads whose change is calm, and those that warn until the draft is right.
CALM = {
    *("POS1", "AXS1", "INF3", "ONC3", "ONC3b", "TRA3", "TRA3/age", "TRA7", "OUT1"),
    *("PER4", "ONC2/remote", "PED1"),
}
UNTIL_RIGHT = {"NEU6", "NEU3", "INF1", "INF2", "ONC1", "TRA2"}
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
    target, accepted = contrast_of(chart, lead, ids_of(flags_of(found)), found)
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
    kept = drafted if drafted in accepted else target
    return {
        "rule": "UNK1-data-gap" if gap else lead.partition("/")[0],
        "advise": advise,
        "protocol": "without-and-with" if kept == "with" else kept,
        "region": " ".join(sorted(needed)),
        "urgency": urgency,
        "indicator": indicator_of(chart, lead, advise, urgency, fits, target),
        "rules": " ".join(sorted({name.partition("/")[0] for name in found})),
    }


def contrast_of(
    chart: Chart, lead: str, flags: set[str], found: Any
) -> tuple[str, set[str]]:
    """Step 3: the target and the accepted drafts; the first row that holds."""
    strong = flags & {"INF1", "INF2", "ONC1", "TRA5"} or "ONC2-history" in found
    name = short(lead)
    without = {"without"} if reacted(chart) else set()
    if pregnant(chart):
        return "without", {"without"}
    if strong:
        return "without-and-with", BOTH | without
    if reacted(chart):
        return "without", {"without"}
    if "POS1" in flags:
        return "without-and-with", BOTH
    if name == "ONC3" and unexplained_loss(chart):
        return "without-and-with", ANY
    neurology = any(one.startswith("NEU") for one in flags)
    if neurology or name in EITHER:
        return "without", ANY
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


def indicator_of(  # noqa: PLR0913 - the table looks at all of it
    chart: Chart,
    lead: str,
    advise: str,
    urgency: str,
    fits: dict[str, bool],
    target: str,
) -> str:
    """Step 7: the first row that holds."""
    name, drafted = short(lead), chart["order"]["contrast"]
    if urgency == "immediate":
        return "critical"
    if advise == "uncertain":
        return "info"
    if advise == "change" and drafted == "with-only":
        return "warning"
    unneeded = drafted in BOTH and target == "without" and not fits["contrast"]
    only_unneeded = unneeded and fits["region"] and advise_of(chart, lead) == "for"
    if advise == "change" and (only_unneeded or name in CALM):
        return "warning" if fired(chart, target) else "info"
    warns = {
        "against": advise == "against",
        "a flag": advise == "change" and lead in flags_of({lead: []}),
        "safety": bool(fired(chart, target)),
        "pain": name in ("PER2", "PER3"),
        "until right": name in UNTIL_RIGHT and not all(fits.values()),
    }
    return "warning" if any(warns.values()) else "info"
