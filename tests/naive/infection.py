"""INF1 to INF4: infection of the spine, likely, at risk, or made unlikely."""

from __future__ import annotations

from datetime import timedelta

from tests.naive.fever import doubtful_warmth, fever_coded, fever_measured
from tests.naive.host import (
    MEDICINE,
    at_risk,
    before_procedure,
    drug_use,
    proxy,
    recent_procedure,
    strong_host,
    undated_procedure,
    weak_host,
)
from tests.naive.measured import (
    crp_above,
    crp_raised,
    esr_above,
    esr_limit,
    esr_raised,
    newest_says,
    not_before_pain,
    results,
)
from tests.naive.neurology import procedures
from tests.naive.pain import is_adult, per1
from tests.naive.words import (
    T0,
    Chart,
    Fact,
    Found,
    days_since,
    explicit,
    happened,
    has,
    new,
    of,
    pain_new,
    pain_start,
    resolved,
    rule,
    sees,
    undated,
    within,
)


def bacteraemia(chart: Chart) -> list[Fact]:
    """Bloodstream infection of 90 days, over or not, or active without a date."""
    found = happened(chart, "bloodstream-infection", 90)
    return found + undated(chart, "bloodstream-infection")


def spine_infection(chart: Chart) -> list[Fact]:
    """Active, suspected of late, or over for no more than a year."""
    suspected = [one for one in of(chart, "spine-infection") if one["suspected"]]
    over = resolved(chart, "spine-infection", 365)
    return has(chart, "spine-infection") + suspected + over


def marker_raised(chart: Chart) -> bool:
    """CRP or ESR raised, or a diagnosis that says so."""
    risk = at_risk(chart)
    coded = new(chart, "abnormal-inflammatory-marker-dx", 30)
    return any((crp_raised(chart), esr_raised(chart, at_risk=risk), coded))


def fever(chart: Chart) -> bool:
    """Measured or coded.

    A reading of the second week is also kept by a host risk, a raised marker or a
    bloodstream infection.
    """
    kept = strong_host(chart) or marker_raised(chart) or bacteraemia(chart)
    return bool(fever_measured(chart, kept=bool(kept)) or fever_coded(chart))


@rule("INF1-probable", 20)
def inf1(chart: Chart) -> Found:
    """A sign of infection beside spinal pain, which the order implies."""
    found = [
        *fever_coded(chart),
        *new(chart, "abnormal-inflammatory-marker-dx", 30),
        *bacteraemia(chart),
        *spine_infection(chart),
    ]
    return found if found or fever(chart) or marker_raised(chart) else None


def inf1_is_immediate(chart: Chart) -> bool:
    """Epidural abscess, or sepsis of 7 days."""
    sepsis = happened(chart, "bloodstream-infection", 7, ["include"], "kind=sepsis")
    return bool(has(chart, "epidural-abscess") or sepsis)


def inf1_is_routine(chart: Chart) -> bool:
    """Nothing but a CRP up to 30 or an ESR, in a pain known to be of over 90 days.

    And no host risk; all of which has to have been seen. R70.0 is a raised ESR;
    R79.82 is a raised CRP that may be of any height.
    """
    more = bacteraemia(chart) + spine_infection(chart)
    # A needle or knife of late is a risk also where the pain was there before.
    more += recent_procedure(chart)
    coded = new(chart, "abnormal-inflammatory-marker-dx", 30)
    more += [one for one in coded if one["code"] != "R70.0"]
    high = _crp_may_be_high(chart)
    known = sees(chart, *EVERYTHING) and not doubtful_warmth(chart)
    known = known and not (pain_new(chart, 90) or undated_procedure(chart))
    return known and not any((more, fever(chart), high, at_risk(chart)))


def _crp_may_be_high(chart: Chart) -> bool:
    """From the newest CRP back to the first that settles it: one may be over 30.

    A preliminary one does not.
    """
    for one in not_before_pain(chart, results(chart, "crp", 30)):
        if crp_above(one, 30) is not False:
            return True
        if not one["preliminary"]:
            return False
    return False


EVERYTHING = (
    *("conditions", "observations", "vitals", "procedures", "medications", "order"),
)


@rule("INF2-high-risk-host", 30)
def inf2(chart: Chart) -> Found:
    """A strong host with pain of 90 days or of unknown age, and not INF1.

    Here where markers do not reassure, or the drug use that they never clear.
    """
    using = drug_use(chart) or proxy(chart)
    return None if reassuring(chart) and not using else _host_in_pain(chart)


@rule("INF2-high-risk-host/reassured", 61)
def inf2_reassured(chart: Chart) -> Found:
    """The same host, whom normal markers reassure: then it is uncertain."""
    return None if inf2(chart) or not reassuring(chart) else _host_in_pain(chart)


def _host_in_pain(chart: Chart) -> Found:
    if inf1(chart) is not None or not pain_new(chart, 90):
        return None
    host = strong_host(chart)
    pain = [one for one in explicit(chart) if not one["last"] or within(one, 90)]
    return host + pain if host else None


def reassuring(chart: Chart) -> bool:
    """INF4: normal markers, drawn after the pain began, and nothing hides a fever.

    Of the immune disorders only neutropenia undoes it.
    """
    clean = not (
        inf1(chart) is not None
        or _antibiotics(chart)
        or procedures(chart, 30)
        or has(chart, "immunosuppression", ["include"], "subset=neutropenia")
    )
    return clean and sees(chart, *EVERYTHING) and _markers_normal(chart)


def _antibiotics(chart: Chart) -> list[Fact]:
    """Taken now, ended within 30 days, or nobody knows when."""
    found = of(chart, "antibiotics-systemic", sources=MEDICINE)
    return [
        one
        for one in found
        if one["active"] or one["last"] is None or days_since(one["last"]) <= 30
    ]


def _markers_normal(chart: Chart) -> bool:
    """The newest CRP is certain and normal; so is the newest ESR, or none was done."""
    since = pain_start(chart) or T0 - timedelta(days=7)
    crp, esr = results(chart, "crp", 30), results(chart, "esr", 30)
    limit = esr_limit(chart, at_risk=at_risk(chart))
    fine = [crp_above(one) is False for one in crp[:1]]
    fine += [esr_above(one, limit) is False for one in esr[:1]]
    newest = crp[:1] + esr[:1]
    timely = all(one["last"] >= since and not one["preliminary"] for one in newest)
    return bool(crp) and all(fine) and timely


@rule("INF3-diabetes-only", 71)
def inf3(chart: Chart) -> Found:
    """A weak host with an explicit new pain, and no marker drawn since it began.

    Or a recent procedure for a pain that was there before it. Adults alone; not with
    INF1, INF2 or PER1.
    """
    earlier = (inf1, inf2, inf2_reassured, per1)
    if any(rule(chart) is not None for rule in earlier) or not is_adult(chart):
        return None
    found = weak_host(chart) if pain_new(chart, 90) else []
    found += before_procedure(chart)
    asked = explicit(chart) and not reassuring(chart) and not tested(chart)
    return found + explicit(chart) if found and asked else None


def tested(chart: Chart) -> bool:
    """A CRP or ESR of 30 days is certain, and was drawn since the pain began.

    Without a date of the pain, in the last week.
    """
    since = pain_start(chart) or T0 - timedelta(days=7)
    limit = esr_limit(chart, at_risk=at_risk(chart))
    crp = [one for one in results(chart, "crp", 30) if one["last"] >= since]
    esr = [one for one in results(chart, "esr", 30) if one["last"] >= since]
    answers = (
        newest_says(crp, crp_above),
        newest_says(esr, lambda one: esr_above(one, limit)),
    )
    return any(one is not None for one in answers)


def weak_host_without_complaint(chart: Chart) -> list[Fact]:
    """No pain on record that the risk could be about, and no marker either.

    In a child the risk alone is a sign for PED1.
    """
    settled = explicit(chart) or reassuring(chart) or tested(chart)
    settled = settled or not is_adult(chart)
    return [] if settled else weak_host(chart)
