"""Step 4: which part of the spine must be seen."""

from __future__ import annotations

from tests.naive.host import drug_use, proxy
from tests.naive.infection import bacteraemia
from tests.naive.neurology import cord_sign_now
from tests.naive.outcome import Matches, flags_of, ids_of, short
from tests.naive.words import SPINE, Chart, complaint_sites, has, high, in_region

LUMBAR_ONLY = ({"lumbar"}, {"lumbar", "sacral"}, {"sacral"})


def needed_region(chart: Chart, found: Matches) -> set[str]:
    """The regions; empty where nothing says which. The first row decides."""
    flags = ids_of(flags_of(found))
    lead = next(iter(found))
    if _is_whole(chart, found, flags):
        return set(SPINE)
    if flags & {"NEU1", "NEU6"}:
        return set(SPINE) if high(chart) else {"lumbar"}
    if lead in ("NEU2-cord", "NEU7-known-myelopathy"):
        return _without_sacrum(_level(found, lead)) or set(SPINE)
    if lead in ("POS1", "AXS1", "AXS1-suspected", "OUT1-other-indication"):
        return _of_known_disease(chart, lead, found)
    behind = {site for fact in found[lead] for site in fact["sites"]}
    sites = behind or complaint_sites(chart)
    return _without_sacrum(sites)


def _of_known_disease(chart: Chart, lead: str, found: Matches) -> set[str]:
    """The operated region, unless all pain is elsewhere; the joints; as ordered."""
    hurts = complaint_sites(chart)
    named = {site for fact in found[lead] for site in fact["sites"]}
    if lead == "POS1":
        kept = named if in_region(chart, hurts) and named else hurts
        return _without_sacrum(kept)
    if lead.startswith("AXS1"):
        # The sacrum is named for its joints.
        spine = (named or hurts) - {"sacral"} or chart["order"]["sites"]
        return {*spine, "sacroiliac"}
    return set()


def _without_sacrum(sites: set[str]) -> set[str]:
    """The upper sacrum is on a lumbar scan."""
    return sites - {"sacral"} if "lumbar" in sites else sites


def _is_whole(chart: Chart, found: Matches, flags: set[str]) -> bool:
    """What spreads, what may lie anywhere.

    Bone cancer where a cancer rule matched; active or past cancer with a deficit;
    tuberculosis and drug use beside any flag; haematoma; a cord of unknown level;
    bacteraemia or INF1 with pain in two regions; a cord sign and a lumbar draft.
    """
    cancer = flags & {"ONC1"} or "ONC2-history" in found
    deficit = flags & {"NEU1", "NEU2", "NEU3", "NEU4"}
    in_bone = cancer and has(chart, "spine-or-bone-malignancy")
    spreads = drug_use(chart) or proxy(chart) or has(chart, "tuberculosis")
    lower = chart["order"]["sites"] in LUMBAR_ONLY
    return bool(
        in_bone
        or (cancer and deficit)
        or (flags and spreads)
        or "NEU4" in flags
        or ("NEU2" in flags and not _level(found, "NEU2-cord"))
        or (
            _is_infected(chart, flags) and len(complaint_sites(chart) - {"sacral"}) >= 2
        )
        or (flags and cord_sign_now(chart) and lower)
    )


def _is_infected(chart: Chart, flags: set[str]) -> bool:
    return "INF1" in flags or bool(bacteraemia(chart))


def _level(found: Matches, name: str) -> set[str]:
    return {site for fact in found.get(name, []) for site in fact["sites"]}


def region_fits(chart: Chart, lead: str, needed: set[str]) -> bool:
    """Red flags need all of it; pain and scars only that it is not elsewhere."""
    ordered = chart["order"]["sites"]
    if not ordered or not needed:
        return True
    if lead in flags_of({lead: []}) and short(lead) != "POS1":
        return not needed - ordered
    return bool(needed & ordered)
