"""What we mean to say about an order; cards.py puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cds_service.fhir.sight import State
from hooks.spine_mri.definitions import CERVICAL
from hooks.spine_mri.indicator import indicator_of
from hooks.spine_mri.unseen import is_words_alone

if TYPE_CHECKING:
    from cds_service.cds_hooks.response import Indicator
    from cds_service.facts.model import Facts, Fault
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Finding
    from hooks.spine_mri.protocol import Contrast
    from hooks.spine_mri.rule import Advise, Appropriateness, Rule, Urgency
    from hooks.spine_mri.unseen import Gap

NECK = frozenset({CERVICAL})
DATA_GAP = "UNK1-data-gap"
WEAK = ("INF3", "ONC3b")


class Judged(NamedTuple):
    """One rule, its answer, and whether it counts beside the rules before it."""

    rule: Rule
    finding: Finding
    matched: bool
    suppressed: bool
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """How the scan is to be done, and whether the draft says so.

    target: the contrast we advise for this draft. sites: the regions needed, empty
    where nothing says which. fits: what of the draft can stay. contrast_forbidden:
    the draft has contrast that this patient had better not get. second_choice: the
    contrast to offer beside the target.
    """

    target: Contrast
    contrast_fits: bool
    sites: frozenset[str]
    region_fits: bool
    contrast_forbidden: bool = False
    second_choice: Contrast | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do with one order, why, and what could not be judged.

    lead: the rule that decides. matched: every rule that does, most pressing first.
    modifiers: ids of those that fired. gaps: the queries not seen whole, and those
    with nothing recent. no_history: nothing at all was on record. silenced:
    the rules that the site has off and that hold, or may. faults: where a rule, a
    criterion or a caution could not be judged, by a fault of the program.
    """

    facts: Facts
    advise: Advise
    lead: Judged
    judged: tuple[Judged, ...]
    matched: tuple[Judged, ...]
    modifiers: tuple[str, ...]
    protocol: Protocol
    urgency: Urgency
    gaps: tuple[Gap, ...]
    no_history: bool
    priority_fits: bool
    silenced: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def added(self) -> tuple[Judged, ...]:
        """The other red flags, most pressing first."""
        return tuple([one for one in self._beside if one.rule.is_red_flag])

    @property
    def suggested(self) -> tuple[Judged, ...]:
        """Weak signs that are worth a test, and no reason of their own."""
        return tuple([one for one in self._beside if one.rule.id.startswith(WEAK)])

    @property
    def _beside(self) -> list[Judged]:
        return [one for one in self.matched if one is not self.lead]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the lead rests on for an order of this region."""
        rule = self.lead.rule
        neck = rule.neck_citations if self._is_of_neck else ()
        return neck or rule.citations

    @property
    def appropriateness(self) -> Appropriateness | None:
        """How the lead's sources rate such a scan of this region; None: not known."""
        return None if self.is_unrated_neck else self.lead.rule.appropriateness

    @property
    def is_unrated_neck(self) -> bool:
        """Whether what is known of the lead's rating is of the low back alone."""
        return self._is_of_neck and not self.lead.rule.rated_for_neck

    @property
    def _is_of_neck(self) -> bool:
        return self.facts.order.sites == NECK

    @property
    def indicator(self) -> Indicator:
        """How loudly the card speaks."""
        return indicator_of(self)

    @property
    def missing(self) -> tuple[Gap, ...]:
        """What may hide something: an old result hides nothing."""
        return tuple(one for one in self.gaps if one.state is not State.STALE)

    @property
    def not_loaded(self) -> tuple[Gap, ...]:
        """What is missing for another reason than words that nobody understood."""
        missing, facts = self.missing, self.facts
        return tuple(one for one in missing if not is_words_alone(one, facts))

    @property
    def rule_id(self) -> str:
        """The rule that explains the answer: the gap, where it kept us from against."""
        return DATA_GAP if self.kept_from_against else self.lead.rule.id

    @property
    def kept_from_against(self) -> bool:
        """Whether missing sight turned against into uncertain."""
        return self.advise != self.lead.rule.advise and self.advise == "uncertain"
