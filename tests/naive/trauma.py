"""TRA1 to TRA7: injuries and fractures."""

from __future__ import annotations

from tests.naive.host import long_steroid
from tests.naive.imaging import CT, MRI, RADIOGRAPH, imaged_since
from tests.naive.malignancy import any_cancer
from tests.naive.pain import NEUROLOGICAL, per1
from tests.naive.words import (
    Chart,
    Fact,
    Found,
    explicit,
    first_treatment,
    happened,
    has,
    new,
    pain_new,
    rule,
    some,
    undated,
    within,
)

FRACTURE = "vertebral-compression-fracture"


def age(chart: Chart) -> int:
    """A missing birth date reads as an adult of no particular age."""
    return 40 if chart["age"] is None else int(chart["age"])


def high_energy(chart: Chart, days: float) -> list[Fact]:
    """Injuries of high energy in so many days, not in after-care.

    A fracture of a thoracic or lumbar vertebra is one only under 65 without
    osteoporosis, or beside an accident, a fall from a height or an injury of another
    kind (the rule names the first two).
    """
    found = first_treatment(happened(chart, "recent-trauma", days, tag="energy=high"))
    broken = "kind=vertebral-fracture"
    violent = any(broken not in one["tags"] for one in found)
    young = age(chart) < 65 and not has(chart, "osteoporosis")
    return [one for one in found if violent or young or broken not in one["tags"]]


@rule("TRA1-high-energy", 50)
def tra1(chart: Chart) -> Found:
    """High energy within 7 days, and no CT of the region since."""
    found = high_energy(chart, 7)
    return some(one for one in found if not imaged_since(chart, [CT], one))


@rule("TRA2-ankylosed", 51)
def tra2(chart: Chart) -> Found:
    """An ankylosed spine with any injury of 90 days or an explicit pain of 30."""
    stiff = has(chart, "ankylosed-spine")
    roles = ["include", "supporting"]
    hurt = first_treatment(happened(chart, "recent-trauma", 90, roles))
    hurt += [one for one in explicit(chart) if within(one, 30)]
    return stiff + hurt if stiff and hurt else None


@rule("TRA6-after-ct", 52)
def tra6(chart: Chart) -> Found:
    """High energy within 90 days, and a CT of the spine since."""
    found = high_energy(chart, 90)
    hurt = [one for one in found if imaged_since(chart, [CT], one)]
    return hurt + signs(chart) if hurt else None


def signs(chart: Chart) -> list[Fact]:
    """Any neurological sign that is active, however vague."""
    roles = ["include", "supporting"]
    elements = (*NEUROLOGICAL, "radiculopathy")
    return [fact for one in elements for fact in has(chart, one, roles)]


@rule("TRA4-known-vcf", 54)
def tra4(chart: Chart) -> Found:
    """A vertebral fracture of 90 days or undated, no cancer ever, and not TRA1."""
    found = first_treatment(new(chart, FRACTURE, 90) + undated(chart, FRACTURE))
    return None if any_cancer(chart) or tra1(chart) else some(found)


def weak_bone(chart: Chart) -> list[Fact]:
    """Osteoporosis, long steroids, or a fall of 30 days from the age of 50."""
    fall = first_treatment(happened(chart, "recent-trauma", 30, tag="energy=low"))
    weak = has(chart, "osteoporosis") + long_steroid(chart)
    return weak + fall if age(chart) >= 50 else weak


@rule("TRA3-fragility", 55)
def tra3(chart: Chart) -> Found:
    """An explicit pain, new (42 d) or of unknown age, in a spine that breaks easily. Adults."""
    if age(chart) < 18 or not explicit(chart) or not pain_new(chart, 42):
        return None
    return explicit(chart) + weak_bone(chart) if weak_bone(chart) else None


@rule("TRA3-fragility/age", 66.5)
def tra3_age(chart: Chart) -> Found:
    """From 70, with a youngest dated complaint of 42 days, and not PER1."""
    if age(chart) < 70 or tra3(chart) or per1(chart):
        return None
    dated = [one for one in explicit(chart) if "invented" not in one]
    return some(one for one in dated if within(one, 42))


@rule("TRA7-recent-trauma", 56)
def tra7(chart: Chart) -> Found:
    """High energy of 8 to 90 days ago, and nothing imaged since."""
    found = high_energy(chart, 90)
    if high_energy(chart, 7):
        return None
    kinds = (CT, RADIOGRAPH, MRI)
    return some(one for one in found if not imaged_since(chart, kinds, one))
