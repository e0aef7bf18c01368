"""What a card offers: the better order first, to give up the order last.

Each can be taken without the others, and at most one is recommended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from cds_service.cds_hooks.response import Suggestion
from hooks.spine_mri.offers.cited import cited, named_by_citing
from hooks.spine_mri.offers.draft_update import draft_update, second_choice, whole_spine
from hooks.spine_mri.offers.laboratory import laboratory
from hooks.spine_mri.offers.other_imaging import other_imaging
from hooks.spine_mri.offers.removal import removal
from hooks.spine_mri.offers.reported import reported
from hooks.spine_mri.offers.therapy import therapy
from hooks.spine_mri.rule import Advise

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.offers.offered import Offered

NAMESPACE = UUID("6f1c0f3e-6c0b-5d6e-9d0a-2f1f7a1f9b52")
# RFC 9562: the last part of a uuid has 48 bits.
NODES = 2**48
# More than these are not read.
SHOWN = 5


def identify(seed: str, *parts: str) -> str:
    """Give the same uuid for the same request, order and rule."""
    return str(uuid5(NAMESPACE, "|".join((seed, *parts))))


def numbered(card: str, number: int) -> str:
    """Give the uuid of a card's suggestion: the card's own, its node counted up."""
    rest, _, node = card.rpartition("-")
    return f"{rest}-{(int(node, 16) + number) % NODES:012x}"


def suggestions(advice: Advice, card: str) -> tuple[Suggestion, ...]:
    """Offer what would make the order right, or what would settle the question.

    Args:
        advice: what is to be done.
        card: the uuid of the card they stand on.
    """
    update = draft_update(advice)
    steps = (*laboratory(advice), *other_imaging(advice), *therapy(advice))
    last = removal(advice)
    choices = (*second_choice(advice), *whole_spine(advice))
    asked = (*cited(advice), *reported(advice, named_by_citing(advice)))
    found = (*update, *choices, *steps, *asked)
    best = _recommended(advice, update, steps)
    # Sorting keeps the order of all others.
    offered = sorted(found, key=lambda one: one is not best)[: SHOWN - len(last)]
    return tuple(
        Suggestion(
            label=one.label,
            uuid=numbered(card, number),
            actions=one.actions,
            is_recommended=one is best,
        )
        for number, one in enumerate((*offered, *last), start=1)
    )


def _recommended(
    advice: Advice, update: tuple[Offered, ...], steps: tuple[Offered, ...]
) -> Offered | None:
    """What the advice comes down to, where it is to change something.

    A rule that itself asks for another step first means that step, not the draft.
    """
    if advice.advise is Advise.FOR and not advice.priority_fits:
        return next(iter(update), None)
    if advice.advise is not Advise.CHANGE:
        return None
    rule = advice.lead.rule
    own = [one for one in steps if one.rule == rule.id]
    first = own if rule.advise is Advise.CHANGE else []
    return next(iter((*first, *update)), None)
