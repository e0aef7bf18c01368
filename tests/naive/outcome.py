"""Step 2 and the columns of each rule: which lead, what they advise, how soon."""

from __future__ import annotations

from tests.naive.infection import inf1_is_immediate, inf1_is_routine, reassuring
from tests.naive.malignancy import unexplained_loss
from tests.naive.measured import weight_fell
from tests.naive.neurology import (
    major,
    multifocal,
    neu2_is_immediate,
)
from tests.naive.other import child_flags
from tests.naive.pain import per1, thoracic_only
from tests.naive.trauma import signs
from tests.naive.words import (
    RULES,
    Chart,
    Fact,
    high,
    low,
    new,
    pain_new,
)

Matches = dict[str, list[Fact]]
CHANGE = {"TRA1", "TRA7", "INF3", "ONC3b", "PER2", "PER3", "ONC2/remote", "TRA3/age"}
UNCERTAIN = {"UNK2", "NEU5", "OUT1", "PER4", "INF2/reassured", "NON1/arm"}
AGAINST = {"DUP1", "NON1"}
DEFICITS = {"NEU1", "NEU2", "NEU3", "NEU4", "NEU6"}
SPREADING = {"INF1", "INF2", "ONC1"}
HOW_SOON = ("routine", "urgent", "immediate")
URGENT = {
    *("NEU6", "NEU3", "INF1", "INF2", "ONC1", "ONC2", "TRA1", "TRA2", "TRA5", "TRA6"),
    "NEU2",
}


def short(name: str) -> str:
    """Make "INF2/reassured" of "INF2-high-risk-host/reassured"."""
    rule, slash, branch = name.partition("/")
    return rule.partition("-")[0] + slash + branch


def ids_of(names: Matches | list[str]) -> set[str]:
    """The rules, whichever branch: "INF2"."""
    return {short(name).partition("/")[0] for name in names}


def matches(chart: Chart) -> Matches:
    """Every rule that matches with the facts behind it; the first one leads."""
    found: Matches = {}
    for name, (_, asked) in sorted(RULES.items(), key=lambda item: item[1][0]):
        facts = asked(chart)
        if facts is not None:
            found[name] = facts
    return found


def flags_of(found: Matches) -> list[str]:
    """The matched rules that are about more than pain."""
    return [name for name in found if RULES[name][0] < 66]


def advise_of(chart: Chart, lead: str) -> str:
    """What the lead says before draft and modifiers are looked at."""
    name = short(lead)
    if name in AGAINST or (name == "PED1" and not _is_child_flagged(chart)):
        return "against"
    special = {
        "AXS1": "for" if "sacroiliac" in chart["order"]["sites"] else "change",
        "ONC3": "for" if per1(chart) else "change",
        "TRA3": "change" if thoracic_only(chart) else "for",
        "TRA6": "for" if signs(chart) else "uncertain",
        "PED1": "change",
    }
    if name in special:
        return special[name]
    if name in UNCERTAIN:
        return "uncertain"
    return "change" if name in CHANGE else "for"


def _is_child_flagged(chart: Chart) -> bool:
    lost = weight_fell(chart)
    return chart["age"] < 5 or lost or bool(child_flags(chart))


def urgency_of(chart: Chart, flags: list[str]) -> str:
    """Step 5: the greatest of the flags' own, and what certain pairs make of it."""
    ids = ids_of(flags)
    neurology = {one for one in ids if one.startswith("NEU")}
    pairs = (
        ids & DEFICITS and ids & SPREADING,
        neurology and ids & {"TRA1", "TRA2"},
        # Any cancer, past or present.
        "NEU2" in ids and ids & {"ONC1", "ONC2", "TRA5"},
    )
    if any(pairs):
        return "immediate"
    own = [_own_urgency(chart, short(name)) for name in flags]
    return max(own, key=HOW_SOON.index, default="routine")


def _own_urgency(chart: Chart, name: str) -> str:
    immediate = {
        "NEU1": True,
        "NEU4": True,
        "NEU2": name == "NEU2" and neu2_is_immediate(chart),
        "NEU3": multifocal(chart),
        # Until NEU2 is there to take it.
        "NEU6": "NEU2-cord" not in chart["rules"] and _is_of_the_cord(chart),
        "INF1": inf1_is_immediate(chart),
    }
    routine = {
        "INF1": inf1_is_routine(chart),
        "INF2": reassuring(chart),
        "ONC2": not pain_new(chart, 90),
    }
    if immediate.get(name):
        return "immediate"
    loss = name == "ONC3" and unexplained_loss(chart)
    urgent = (name in URGENT or loss) and not routine.get(name)
    return "urgent" if urgent else "routine"


def _is_of_the_cord(chart: Chart) -> bool:
    """Weakness of several limbs, or a major feature where nothing is low."""
    upper = high(chart) and not low(chart) and major(chart, 30)
    return bool(new(chart, "cord-motor-deficit", 30) or upper)
