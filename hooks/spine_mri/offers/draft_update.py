"""One click that turns the clinician's draft into the better order.

The order is echoed as it was received, and only code and priority are put in place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.response import Action, ActionType
from cds_service.facts.extract.concept import codings_of
from cds_service.knowledge.coding import canonical_system
from hooks.spine_mri.cautions import prefers_whole_spine
from hooks.spine_mri.definitions import SACROILIAC, WHOLE_SPINE
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.order_codes import OrderCode, order_codes
from hooks.spine_mri.orders import read_scan
from hooks.spine_mri.protocol import Contrast, mri_words
from hooks.spine_mri.region import advised_sites
from hooks.spine_mri.rule import Advise, Urgency
from hooks.spine_mri.urgency import PRIORITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cds_service.knowledge.practice import LocalOrder
    from hooks.spine_mri.advice import Advice

JOINTS = frozenset({SACROILIAC})
# What names one order cannot name a second.
IDENTITY = ("id", "meta", "identifier", "requisition")


def draft_update(advice: Advice) -> tuple[Offered, ...]:
    """Offer the draft with contrast, region and priority put right, if any is wrong."""
    if advice.advise not in {Advise.FOR, Advise.CHANGE}:
        return ()
    recode = is_recoded(advice)
    if not recode and (advice.priority_fits or _waits(advice)):
        return ()
    return (
        Offered(
            label=_label(advice, recode=recode),
            actions=tuple(_actions(advice, recode=recode)),
            rule=advice.lead.rule.id,
        ),
    )


def second_choice(advice: Advice) -> tuple[Offered, ...]:
    """Offer the same scan with the other contrast, where there are two ways."""
    other = advice.protocol.second_choice
    if other is None:
        return ()
    protocol = replace(advice.protocol, target=other, contrast_fits=False)
    found = draft_update(replace(advice, protocol=protocol))
    return tuple(replace(one, rule="") for one in found)


def whole_spine(advice: Advice) -> tuple[Offered, ...]:
    """Offer the whole spine where a child may have what shows in several places."""
    if not prefers_whole_spine(advice):
        return ()
    protocol = replace(advice.protocol, sites=WHOLE_SPINE, region_fits=False)
    found = draft_update(replace(advice, protocol=protocol))
    return tuple(replace(one, rule="") for one in found)


def is_recoded(advice: Advice) -> bool:
    """Whether the draft's code should say something else, or more."""
    order, protocol = advice.facts.order, advice.protocol
    if advice.lead.rule.advise is Advise.CHANGE and protocol.contrast_fits:
        return False
    open_contrast = order.technique == Contrast.UNSPECIFIED
    open_region = not order.sites and bool(protocol.sites)
    fits = protocol.contrast_fits and protocol.region_fits
    return not fits or open_contrast or open_region


def _waits(advice: Advice) -> bool:
    """Whether another study comes first, and the scan is no emergency."""
    step_first = advice.lead.rule.advise is Advise.CHANGE
    return step_first and advice.urgency is not Urgency.IMMEDIATE


def _label(advice: Advice, *, recode: bool) -> str:
    priority = PRIORITY[advice.urgency]
    if not recode:
        return f"Set priority to {priority}"
    words = mri_words(_sites(advice), advice.protocol.target)
    return f"Order {words}" + ("" if advice.priority_fits else f", {priority}")


def _sites(advice: Advice) -> frozenset[str]:
    """The regions of this draft: joints it lacks are ordered apart from the spine."""
    return advised_sites(advice) - (JOINTS - advice.facts.order.sites)


def _actions(advice: Advice, *, recode: bool) -> Iterator[Action]:
    """Change every draft the order stands for; add drafts for regions it lacks."""
    priority = None if advice.priority_fits else PRIORITY[advice.urgency]
    order, local = advice.facts.order, advice.facts.practice.orders
    for resource in order.resources:
        own = read_scan(resource, local)
        if not recode or own is None:
            yield _update(changed(resource, None, priority), "Change the priority")
            continue
        several = len(order.resources) > 1
        sites = own.sites if several else _sites(advice)
        yield from _recoded(resource, sites, advice, priority)


def _recoded(
    resource: Mapping[str, Any],
    sites: frozenset[str],
    advice: Advice,
    priority: str | None,
) -> Iterator[Action]:
    target, local = advice.protocol.target, advice.facts.practice.orders
    system = _system(resource, local)
    canonical = canonical_system(system)
    # A text is all there is to change where the system has no code for the scan.
    found = order_codes(canonical, sites, target, local) or (
        OrderCode("", mri_words(sites, target)),
    )
    # The draft keeps its own region, and the others are added.
    drafted = read_scan(resource, local)
    kept = drafted.sites & sites if drafted else sites
    own = order_codes(canonical, kept, target, local)
    first, *rest = sorted(found, key=lambda code: code not in own)
    words = f"Change the order to {first.display}"
    yield _update(changed(resource, first, priority, system), words)
    for code in rest:
        added = changed(resource, code, priority, system)
        for identity in IDENTITY:
            added.pop(identity, None)
        words = f"Add {code.display}"
        yield Action(type=ActionType.CREATE, description=words, resource=added)


def _system(resource: Mapping[str, Any], local: tuple[LocalOrder, ...]) -> str:
    """The system of the coding we read, as the client spells it."""
    codings = codings_of(resource.get("code"))
    read = read_scan(resource, local)
    wanted = read.system if read else ""
    stated = (coding.get("system") for coding in codings)
    spelled = (one for one in stated if isinstance(one, str))
    return next((one for one in spelled if canonical_system(one) == wanted), wanted)


def _update(resource: Mapping[str, Any], words: str) -> Action:
    return Action(type=ActionType.UPDATE, description=words, resource=resource)


def changed(
    resource: Mapping[str, Any],
    code: OrderCode | None,
    priority: str | None,
    system: str = "",
) -> dict[str, Any]:
    """Copy the raw order with another code or priority, and nothing else touched."""
    copy = dict(resource)
    if code is not None:
        copy["code"] = _concept(resource.get("code"), code, system)
    if priority is not None:
        copy["priority"] = priority
    return copy


def _concept(sent: object, code: OrderCode, system: str) -> dict[str, Any]:
    concept = dict(sent) if isinstance(sent, dict) else {}
    coding = {"system": system, "code": code.code, "display": code.display}
    if code.code:
        concept["coding"] = [{name: value for name, value in coding.items() if value}]
    else:
        concept.pop("coding", None)
    if "text" in concept or not code.code:
        concept["text"] = code.display
    return concept
