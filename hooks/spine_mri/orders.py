"""Which draft orders are spine MRIs, of which region, with which contrast."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from cds_service.facts.extract.concept import codings_of, status_of
from cds_service.facts.extract.reading import is_true
from cds_service.facts.model import Order
from cds_service.facts.timing import Moment
from cds_service.knowledge.coding import canonical_code, canonical_system
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import SACROILIAC, WHOLE_SPINE
from hooks.spine_mri.order_text import names_joints, read_order_text
from hooks.spine_mri.protocol import Contrast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cds_service.cds_hooks.drafts import DraftOrder
    from cds_service.knowledge.practice import LocalOrder
    from cds_service.knowledge.value_set import Member
    from cds_service.knowledge.vocabulary import Hit

# STU3 and DSTU2 called a service request by these names.
REQUESTS = frozenset({"ServiceRequest", "ProcedureRequest", "DiagnosticOrder"})
CLOSED = frozenset({"revoked", "completed", "entered-in-error"})
SHOW_JOINTS = frozenset({codes.MRI_SACROILIAC_ORDER.id, codes.MRI_SPINE_ORDER.id})
PRIORITIES = ("routine", "urgent", "asap", "stat")


class Scan(NamedTuple):
    """What a code or a text says is to be scanned."""

    sites: frozenset[str]
    contrast: Contrast
    system: str = ""


def spine_mri_orders(
    drafts: tuple[DraftOrder, ...], local: tuple[LocalOrder, ...] = ()
) -> tuple[Order, ...]:
    """Read the drafts that are spine MRIs, those of one whole spine as one order.

    local: codes of the site that asks.
    """
    found = tuple(
        _order(draft, scan)
        for draft in drafts
        if _is_open(draft.resource)
        for scan in [read_scan(draft.resource, local)]
        if scan is not None
    )
    return tuple(_in_session(order, drafts) for order in _joined(found))


def _in_session(order: Order, drafts: tuple[DraftOrder, ...]) -> Order:
    """Tell an order what else is being ordered, so that nothing is offered twice."""
    others = (one for one in drafts if one.reference not in order.references)
    beside = tuple(one.resource for one in others if _is_open(one.resource))
    return replace(order, beside=beside) if beside else order


def _is_open(resource: Mapping[str, Any]) -> bool:
    return (
        resource["resourceType"] in REQUESTS
        and not is_true(resource.get("doNotPerform"))
        and status_of(resource) not in CLOSED
    )


def read_scan(
    resource: Mapping[str, Any], local: tuple[LocalOrder, ...] = ()
) -> Scan | None:
    """Read the order's code, else its words; None when it is no spine MRI."""
    code = resource.get("code")
    # R5 wraps the concept in a CodeableReference.
    concept = code.get("concept", code) if isinstance(code, dict) else None
    coded = [_read_coding(coding, local) for coding in codings_of(concept)]
    scans = [scan for scan in coded if isinstance(scan, Scan)]
    if scans:
        scan = next((one for one in scans if one.sites), scans[0])
    elif _OTHER in coded:
        return None
    else:
        worded = read_order_text(_texts(concept))
        if worded is None:
            return None
        scan = Scan(*worded)
    if scan.contrast is not Contrast.UNSPECIFIED:
        return scan
    return scan._replace(contrast=_modifier(resource))


_OTHER = "something else"


def _read_coding(
    coding: Mapping[str, Any], local: tuple[LocalOrder, ...]
) -> Scan | str | None:
    """Read one coding: a spine MRI, something known to be none, or unknown."""
    own = _local_scan(coding, local) if local else None
    if own is not None:
        return own
    found = {hit.value_set: hit for hit in hits(coding)}
    hit = found.get(codes.MRI_SPINE_ORDER.id)
    if hit is None:
        return _OTHER if codes.NOT_MRI_SPINE_LOOKALIKE.id in found else None
    return Scan(hit.member.sites, _contrast(hit.member), hit.member.system)


def _local_scan(
    coding: Mapping[str, Any], local: tuple[LocalOrder, ...]
) -> Scan | None:
    stated, code = coding.get("system"), coding.get("code")
    if not isinstance(stated, str) or not isinstance(code, str):
        return None
    system = canonical_system(stated)
    named = system, canonical_code(system, code)
    scans = (
        Scan(one.sites, Contrast(one.technique), one.system)
        for one in local
        if (one.system, one.code) == named
    )
    return next(scans, None)


def _texts(concept: object) -> tuple[str, ...]:
    if not isinstance(concept, dict):
        return ()
    displays = [coding.get("display") for coding in codings_of(concept)]
    return tuple(
        one for one in (concept.get("text"), *displays) if isinstance(one, str)
    )


def _modifier(resource: Mapping[str, Any]) -> Contrast:
    """Read contrast from `orderDetail`, where the code left it open."""
    details = resource.get("orderDetail")
    codings = (
        coding
        for detail in (details if isinstance(details, list) else ())
        for coding in codings_of(detail)
    )
    found = (
        _contrast(hit.member)
        for coding in codings
        for hit in hits(coding)
        if hit.value_set == codes.CONTRAST_MODIFIER.id
    )
    return next(found, Contrast.UNSPECIFIED)


def hits(coding: Mapping[str, Any]) -> tuple[Hit, ...]:
    """Give what a raw coding stands for, by value set."""
    code, system = coding.get("code"), coding.get("system")
    if not isinstance(code, str):
        return ()
    return codes.VOCABULARY.lookup(system if isinstance(system, str) else "", code)


def shows_joints(order: Order) -> bool:
    """Whether this or another draft of the session shows the sacroiliac joints."""
    return any(_shows_joints(one) for one in (*order.resources, *order.beside))


def _shows_joints(resource: Mapping[str, Any]) -> bool:
    """By code; by words where no code says what it is."""
    concept = resource.get("code")
    known = [hit for coding in codings_of(concept) for hit in hits(coding)]
    if known:
        return any(
            hit.value_set in SHOW_JOINTS and SACROILIAC in hit.member.sites
            for hit in known
        )
    return any(names_joints(text) for text in _texts(concept))


def _contrast(member: Member) -> Contrast:
    stated = member.tag("contrast") or Contrast.UNSPECIFIED.value
    return Contrast(stated.replace("_", "-"))


def _order(draft: DraftOrder, scan: Scan) -> Order:
    priority = draft.resource.get("priority")
    return Order(
        references=(draft.reference,),
        resources=(draft.resource,),
        sites=scan.sites,
        technique=scan.contrast.value,
        priority=priority if priority in PRIORITIES else PRIORITIES[0],
        system=scan.system,
        authored=Moment.parse(draft.resource.get("authoredOn")),
    )


def _joined(orders: tuple[Order, ...]) -> tuple[Order, ...]:
    """Read orders of one contrast that together make a whole spine as one."""
    by_contrast: dict[str, list[Order]] = {}
    for order in orders:
        by_contrast.setdefault(order.technique, []).append(order)
    joined: list[Order] = []
    for group in by_contrast.values():
        covered = _covered(group)
        whole = len(group) > 1 and covered >= WHOLE_SPINE
        partial = not any(one.sites >= WHOLE_SPINE for one in group)
        joined += [_as_one(group, covered)] if whole and partial else group
    return tuple(joined)


def _covered(orders: Iterable[Order]) -> frozenset[str]:
    return frozenset[str]().union(*(order.sites for order in orders)) - {SACROILIAC}


def _as_one(orders: list[Order], sites: frozenset[str]) -> Order:
    first = orders[0]
    return Order(
        references=tuple(name for order in orders for name in order.references),
        resources=tuple(one for order in orders for one in order.resources),
        sites=sites,
        technique=first.technique,
        priority=min((order.priority for order in orders), key=PRIORITIES.index),
        system=first.system,
        authored=first.authored,
    )
