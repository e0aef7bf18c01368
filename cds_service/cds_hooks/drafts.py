"""The draft orders of a session, and which of them the call is about.

Clients send them without Bundle type, with empty codings, with ids that FHIR would
not allow. All of that passes: an order is refused only when it is needed and cannot
be found.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks import members
from cds_service.cds_hooks.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PATH = "$.context.draftOrders"
# An order is echoed in full, and the encoder ends at 254 levels. FHIR needs 20.
LEVEL_LIMIT = 100
# Not `dict | list`, which would be made anew for every member of an order.
HOLDERS = (dict, list)


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """One unsigned order, exactly as it was received.

    Attributes:
        path: JSON path of the resource in the request body.
        reference: `ServiceRequest/103`; the entry's fullUrl for an order without id.
        resource: the raw JSON, never altered: an update echoes all of it.
        full_url: the entry's fullUrl, "" where it has none.
    """

    path: str
    reference: str
    resource: Mapping[str, Any]
    full_url: str = ""


def read_drafts(bundle: Mapping[str, Any]) -> tuple[DraftOrder, ...]:
    """Read every entry that holds a resource; the others are passed over."""
    if bundle.get("resourceType", "Bundle") != "Bundle":
        what = "Member `draftOrders` is not a Bundle"
        raise BadRequest(what, f"{PATH}.resourceType", "Send a Bundle of draft orders.")
    entries = enumerate(members.optional_array(bundle, "entry", PATH) or ())
    drafts = (_draft(entry, f"{PATH}.entry[{at}].resource") for at, entry in entries)
    return tuple(draft for draft in drafts if draft)


def _draft(entry: object, path: str) -> DraftOrder | None:
    """Read one entry; None where it holds no resource."""
    if not isinstance(entry, dict):
        return None
    resource = entry.get("resource")
    if not isinstance(resource, dict):
        return None
    kind = resource.get("resourceType")
    if not isinstance(kind, str):
        return None
    identity, full_url = _string(resource, "id"), _string(entry, "fullUrl")
    reference = f"{kind}/{identity}" if identity else full_url or kind
    return DraftOrder(path, reference, resource, full_url)


def refuse_deep(drafts: Iterable[DraftOrder]) -> None:
    """Refuse an order nested so deeply that it could not be sent back."""
    for draft in drafts:
        if _is_deep(draft.resource):
            what = f"A draft order is nested over {LEVEL_LIMIT} levels deep"
            raise BadRequest(what, draft.path, "Send the order as a FHIR resource.")


def _is_deep(resource: Mapping[str, Any]) -> bool:
    level: list[Any] = [resource]
    for _ in range(LEVEL_LIMIT):
        rows = (row.values() if isinstance(row, dict) else row for row in level)
        level = [one for row in rows for one in row if isinstance(one, HOLDERS)]
        if not level:
            return False
    return True


def _string(parent: Mapping[str, Any], name: str) -> str:
    """Read a string of the order; anything else is the same as nothing."""
    value = parent.get(name)
    return value if isinstance(value, str) else ""


def select(
    drafts: Iterable[DraftOrder], selections: Sequence[object]
) -> tuple[DraftOrder, ...]:
    """Pick the drafts that *selections* name, in the order of the drafts.

    A selection names an order by `Type/id`, by bare id, by its fullUrl, or by a URL
    that ends in `Type/id`. BadRequest names the first that matches no order; without
    any drafts, as a client stripped of its data calls, there is nothing to say.
    """
    drafts = tuple(drafts)
    if not drafts:
        return ()
    names = _positions_by_name(drafts)
    chosen: set[int] = set()
    for at, selection in enumerate(selections):
        positions = names.get(_name(selection))
        if not positions:
            what = "A selection names none of the draft orders"
            remedy = "Name an entry of `draftOrders` as `ResourceType/id`."
            raise BadRequest(what, f"$.context.selections[{at}]", remedy)
        chosen.update(positions)
    return tuple(draft for at, draft in enumerate(drafts) if at in chosen)


def _positions_by_name(drafts: tuple[DraftOrder, ...]) -> Mapping[str, list[int]]:
    names: defaultdict[str, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        bare = _string(draft.resource, "id")
        for name in {draft.reference, bare, _name(draft.full_url)} - {""}:
            names[name].append(at)
    return names


def _name(selection: object) -> str:
    """Reduce a selection to what drafts are known by; "" where it is no string."""
    if not isinstance(selection, str):
        return ""
    unversioned = selection.partition("/_history/")[0]
    return "/".join(unversioned.rsplit("/", 2)[-2:])
