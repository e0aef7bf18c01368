"""Which rule offers which test or study."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from hooks.spine_mri.rule import Advise

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.rule import Rule


class Offer(StrEnum):
    """A test or a study that a rule may ask for."""

    ESR = "ESR"
    CRP = "CRP"
    BLOOD_CULTURES = "two sets of blood cultures"
    RADIOGRAPH = "radiograph of the region"
    RADIOGRAPH_SACROILIAC = "radiograph of the sacroiliac joints"
    CT = "CT of the region without contrast"
    MRI_SACROILIAC = "MRI of the sacroiliac joints without contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the rules whose id begins with *rule* offer.

    beside: also where another rule leads. advises: the one branch of the rule that
    offers it, if not all do.
    """

    rule: str
    offers: tuple[Offer, ...]
    beside: bool = False
    advises: Advise | None = None

    def covers(self, rule: str, advises: Advise, *, leads: bool) -> bool:
        """Whether a rule that matched, by its id and its advice, offers this."""
        branch = self.advises is None or self.advises is advises
        return rule.startswith(self.rule) and branch and (leads or self.beside)


MARKERS = (Offer.ESR, Offer.CRP)
INFECTION = (*MARKERS, Offer.BLOOD_CULTURES)
JOINTS = (Offer.MRI_SACROILIAC, Offer.RADIOGRAPH_SACROILIAC)

ROWS = (
    Row(rule="INF1", offers=INFECTION, beside=True),
    Row(rule="INF2", offers=INFECTION, beside=True),
    Row(rule="INF3", offers=MARKERS, beside=True),
    Row(rule="ONC3", offers=MARKERS, beside=True),
    Row(rule="ONC3", offers=(Offer.RADIOGRAPH,)),
    # A radiograph does not rule out a tumour where the suspicion is strong.
    Row(rule="ONC2", offers=(Offer.ESR, Offer.RADIOGRAPH), advises=Advise.CHANGE),
    Row(rule="TRA1", offers=(Offer.CT,), beside=True),
    Row(rule="TRA2", offers=(Offer.CT,), beside=True),
    Row(rule="TRA3", offers=(Offer.RADIOGRAPH,)),
    Row(rule="TRA7", offers=(Offer.RADIOGRAPH, Offer.CT)),
    # A radiograph may settle what is only suspected, so it stands first.
    Row(rule="AXS1-suspected", offers=(Offer.RADIOGRAPH_SACROILIAC,)),
    Row(rule="AXS1", offers=JOINTS, advises=Advise.CHANGE),
    Row(rule="PED1", offers=(Offer.RADIOGRAPH,), advises=Advise.CHANGE),
    Row(rule="PER3", offers=(Offer.RADIOGRAPH,)),
    # Pain of neck and arm; of back pain alone no picture is taken.
    Row(rule="NON1", offers=(Offer.RADIOGRAPH,), advises=Advise.UNCERTAIN),
)


def offers_of(advice: Advice) -> dict[Offer, Rule]:
    """Give each offer once, with the first rule that makes it."""
    found: dict[Offer, Rule] = {}
    for rule in (one.rule for one in advice.matched):
        leads = rule is advice.lead.rule
        for offer in _offers(rule.id, rule.advise, leads=leads):
            found.setdefault(offer, rule)
    return found


@cache
def _offers(rule: str, advises: Advise, *, leads: bool) -> tuple[Offer, ...]:
    """Give what a rule that matched offers."""
    rows = (row for row in ROWS if row.covers(rule, advises, leads=leads))
    return tuple(offer for row in rows for offer in row.offers)
