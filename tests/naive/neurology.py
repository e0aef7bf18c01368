"""NEU1 to NEU7: the cauda equina, the cord, the roots."""

from __future__ import annotations

from tests.naive.words import (
    Chart,
    Fact,
    Found,
    explicit,
    first_treatment,
    has,
    high,
    limbs,
    low,
    new,
    old,
    resolved,
    rule,
    some,
    undated,
    within,
)

MAJOR = ("saddle-anesthesia", "urinary-retention", "fecal-incontinence")
VAGUE = ("urinary-retention", "urinary-incontinence-new", "fecal-incontinence")


def major(chart: Chart, days: float) -> list[list[Fact]]:
    """The major features that are new, each with its facts.

    Saddle anaesthesia, retention, faecal incontinence, weakness of both legs; urinary
    incontinence beside any explicit complaint.
    """
    features = [new(chart, one, days) for one in (*MAJOR, "bilateral-leg-weakness")]
    if explicit(chart):
        features.append(new(chart, "urinary-incontinence-new", days))
    return [one for one in features if one]


def both_sides(chart: Chart) -> list[Fact]:
    """Sciatica of both sides: by one text, or the codes of right and left, all new."""
    fresh = new(chart, "bilateral-sciatica", 30)
    right = [one for one in fresh if one["code"] in ("M54.31", "M54.41")]
    left = [one for one in fresh if one["code"] in ("M54.32", "M54.42")]
    whole = [one for one in fresh if one not in right + left]
    return fresh if right and left else whole


def minor(chart: Chart) -> tuple[list[list[Fact]], list[Fact]]:
    """The minor features of 30 days, and beside them weakness of a leg.

    Urinary incontinence counts here where no complaint makes it a major one.
    """
    features = [new(chart, one, 30, ["supporting"]) for one in VAGUE]
    features += [both_sides(chart), new(chart, "sexual-dysfunction", 30)]
    if not explicit(chart):
        features.append(new(chart, "urinary-incontinence-new", 30))
    return [one for one in features if one], limbs(new(chart, "motor-deficit", 30))


@rule("NEU1-cauda-equina", 10)
def neu1(chart: Chart) -> Found:
    """A diagnosis that is new (30 d) or undated; or, with a low problem, signs.

    Signs: one major feature or two minor ones, all within 30 days.
    """
    found = first_treatment(new(chart, "cauda-equina", 30))
    found += first_treatment(undated(chart, "cauda-equina"))
    if low(chart):
        strong = major(chart, 30)
        weak, leg = minor(chart)
        enough = strong or len(weak) + bool(leg) >= 2
        found += [one for feature in strong + weak for one in feature if enough]
        found += leg if enough else []
    return found or None


@rule("NEU4-haematoma", 11)
def neu4(chart: Chart) -> Found:
    """Something that bleeds, and a deficit of the last week.

    Anticoagulant, bleeding disorder, or a needle or knife in the spine within 30
    days; with a motor or cord deficit, or a major feature, within 7 days.
    """
    drugs = ("Condition", "MedicationRequest")
    bleeds = has(chart, "anticoagulant", sources=drugs) + has(chart, "coagulopathy")
    bleeds += procedures(chart, 30)
    deficit = new(chart, "motor-deficit", 7) + new(chart, "cord-motor-deficit", 7)
    deficit += [one for feature in major(chart, 7) for one in feature]
    return bleeds + deficit if bleeds and deficit else None


def procedures(chart: Chart, days: float) -> list[Fact]:
    """Spine surgery, injection, puncture or stimulator done in so many days."""
    kinds = ("prior-spine-surgery", "spinal-injection")
    return [
        one
        for one in chart["facts"]
        if one["element"] in kinds
        and one["source"] == "Procedure"
        and (one["role"] == "include" or one["element"] == "spinal-injection")
        and one["role"] in ("include", "supporting")
        and (one["stated"] or within(one, days))
    ]


def myelopathy(chart: Chart) -> list[Fact]:
    """Active, and no after-care of an injury."""
    return first_treatment(has(chart, "myelopathy"))


def myelopathy_now(chart: Chart) -> list[Fact]:
    """New (90 d) or undated.

    A dated fact of the chart beats the order, which gives no date to a reason.
    """
    found = myelopathy(chart)
    dated = [one for one in found if one["last"]]
    if dated:
        return [one for one in found if within(one, 90)]
    return found


def cord_sign_now(chart: Chart) -> list[Fact]:
    """A cord sign, new (90 d) or undated."""
    sign = ("gait-or-sensory-sign", ["include"], "subset=cord_sign")
    return new(chart, sign[0], 90, *sign[1:]) + undated(chart, *sign)


@rule("NEU2-cord", 12)
def neu2(chart: Chart) -> Found:
    """Myelopathy now; para- or tetraparesis (30 d); cord sign with a high problem.

    Or a major feature (30 d) where the problem is high and nothing is low.
    """
    found = myelopathy_now(chart) + new(chart, "cord-motor-deficit", 30)
    if high(chart):
        found += cord_sign_now(chart)
    if high(chart) and not low(chart):
        found += [one for feature in major(chart, 30) for one in feature]
    return found or None


def neu2_is_immediate(chart: Chart) -> bool:
    """Any counted fact of 14 days; paresis or a major feature stated by the order.

    Cancer or infection beside it is looked at where rules are combined.
    """
    stated = [one for one in new(chart, "cord-motor-deficit", 30) if one["stated"]]
    stated += [one for part in major(chart, 30) for one in part if one["stated"]]
    dated = (neu2(chart) or []) + [one for part in major(chart, 14) for one in part]
    return bool(stated) or any(within(one, 14) for one in dated)


@rule("NEU6-possible-cauda-equina", 14)
def neu6(chart: Chart) -> Found:
    """A major feature of 90 days or undated, or a minor one of 30 days.

    Not weakness of one leg. Or a diagnosis of 90 days. The rule says exactly one
    minor feature; two are NEU1 where low, and elsewhere no less a reason.
    """
    return None if neu1(chart) or neu2(chart) else some(possible_signs(chart))


def possible_signs(chart: Chart) -> list[Fact]:
    """What makes NEU6, whatever other rule takes it."""
    if not (low(chart) or high(chart)):
        return []
    undated_major = [undated(chart, one) for one in (*MAJOR, "bilateral-leg-weakness")]
    if explicit(chart):
        undated_major.append(undated(chart, "urinary-incontinence-new"))
    weak, _ = minor(chart)
    found = [one for part in major(chart, 90) for one in part]
    found += [one for part in (*undated_major, *weak) for one in part]
    return found + first_treatment(new(chart, "cauda-equina", 90))


@rule("NEU3-motor", 15)
def neu3(chart: Chart) -> Found:
    """A motor deficit of 90 days or undated that no other rule has taken."""
    if neu1(chart) or neu2(chart) or neu4(chart) or neu6(chart):
        return None
    return some(weak_limbs(chart))


def weak_limbs(chart: Chart) -> list[Fact]:
    """Deficits of a limb or of several, new (90 d) or undated."""
    return [
        fact
        for element in ("motor-deficit", "cord-motor-deficit")
        for fact in new(chart, element, 90) + undated(chart, element)
    ]


def multifocal(chart: Chart) -> bool:
    """Two different limbs, or a code that names several."""
    weak = weak_limbs(chart)
    named = {tag for one in weak for tag in one["tags"] if tag.startswith("limb=")}
    several = [one for one in weak if one["element"] == "cord-motor-deficit"]
    return len(named) > 1 or bool(several)


@rule("NEU7-known-myelopathy", 64)
def neu7(chart: Chart) -> Found:
    """Active myelopathy that is not NEU2, and no after-care of an injury."""
    return None if neu2(chart) else some(myelopathy(chart))


def old_flags(chart: Chart) -> list[Fact]:
    """What was a flag more than 90 days ago and is still active.

    The major features are those of NEU1: incontinence is one beside a complaint.
    """
    majors = [*MAJOR, "bilateral-leg-weakness"]
    majors += ["urinary-incontinence-new"] if explicit(chart) else []
    elements = ("cord-motor-deficit", "motor-deficit", *majors)
    found = first_treatment(old(chart, "cauda-equina", 90))
    found += [one for element in elements for one in old(chart, element, 90)]
    found += old(chart, "gait-or-sensory-sign", 90, ["include"], "subset=cord_sign")
    # Some records close a diagnosis with the visit: a choice of this project.
    lately = ("cauda-equina", "cord-motor-deficit", "motor-deficit", *MAJOR)
    for element in (*lately, "bilateral-leg-weakness"):
        found += first_treatment(resolved(chart, element, 30))
    # The last of the major signs counts beside a complaint alone.
    leaks = old(chart, "urinary-incontinence-new", 90) if explicit(chart) else []
    found += leaks + (explicit(chart) if leaks else [])
    return found + old(chart, "bloodstream-infection", 90)
