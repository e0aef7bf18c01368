"""Take one prefetch value apart: its resources, and what became of the query.

The states are those of CDS Hooks 2.0: null and an empty Bundle say that nothing is
recorded, an OperationOutcome that the query failed. What a resource means is not
looked at here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.fhir.prefetch import KEYS
from cds_service.fhir.sight import State
from cds_service.fhir.supplied import Entry, Issue, Supplied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OUTCOME = "OperationOutcome"
_ASKED = frozenset(kind for kind, _ in KEYS)
_LONG_NUMBER = 20
# What a server remarks on a search that did run, such as that it found nothing.
_REMARKS = frozenset({"warning", "information", "success"})
# Remarks by which some of what was found was not sent: by rules of access, or in part.
_WITHHELD = frozenset(
    {"suppressed", "incomplete", "too-costly", "timeout", "throttled", "transient"}
)


def read_value(
    key: str, value: object, due: frozenset[str], answers: tuple[str, ...] = ()
) -> Supplied:
    """Read one prefetch value.

    Args:
        key: its key, used in paths.
        value: the JSON as received.
        due: the resourceTypes that answer the query; none accepts every type.
        answers: the queries of ours that it answers.
    """
    path = f"$.prefetch.{key}"
    if value is None:
        return Supplied(State.NONE_RECORDED, answers=answers)
    resource = _resource(value)
    if resource is None:
        what = "The value is neither a FHIR resource nor null."
        return _refused(Issue(key, "not-a-resource", path, what), answers)
    if resource["resourceType"] == _OUTCOME:
        return Supplied(State.FAILED, answers=answers)
    if resource["resourceType"] == "Bundle":
        return _read_bundle(key, path, resource, due, answers)
    entry = Entry(key, path, _reference(resource, None), resource)
    if due and resource["resourceType"] not in due:
        return _refused(_wrong_type(key, path), answers, entry)
    return Supplied(State.PRESENT, (entry,), answers=answers)


def _read_bundle(
    key: str,
    path: str,
    bundle: Mapping[str, Any],
    due: frozenset[str],
    answers: tuple[str, ...],
) -> Supplied:
    listed = bundle.get("entry")
    if listed is None:
        listed = []
    if type(listed) is not list:
        what = "The Bundle's entry is not a list."
        return _refused(Issue(key, "bad-bundle", f"{path}.entry", what), answers)
    held = [_held(raw) for raw in listed]
    kinds = [resource and resource["resourceType"] for resource in held]
    state = _state(bundle, listed, held, kinds, due)
    issues = tuple(_no_resources(key, path, held)) if None in kinds else ()
    return Supplied(
        state,
        tuple(_entries(key, path, listed, held)),
        (*issues, _wrong_type(key, path)) if state is State.REJECTED else issues,
        unreadable=len(issues),
        patient_urls=_patient_urls(listed, kinds),
        self_link=_link(bundle, "self"),
        answers=answers,
    )


def _state(
    bundle: Mapping[str, Any],
    listed: Sequence[Any],
    held: Sequence[dict[str, Any] | None],
    kinds: Sequence[Any],
    due: frozenset[str],
) -> State:
    """Say what became of the query: of several faults, the one that tells most."""
    matches = [
        kind
        for raw, kind in zip(listed, kinds, strict=True)
        if kind != _OUTCOME and not _is_included(raw)
    ]
    if _OUTCOME in kinds and any(map(_is_failure, held)):
        return State.FAILED
    if due and any(matches) and due.isdisjoint(matches):
        return State.REJECTED
    cut = _OUTCOME in kinds and any(map(_is_withheld, held))
    if cut or _link(bundle, "next") or _total(bundle) > len(matches):
        return State.TRUNCATED
    return State.PRESENT if matches else State.NONE_RECORDED


def _entries(
    key: str, path: str, listed: Sequence[Any], held: Sequence[dict[str, Any] | None]
) -> Iterator[Entry]:
    for number, resource in enumerate(held):
        if resource is not None and resource["resourceType"] != _OUTCOME:
            place = f"{path}.entry[{number}].resource"
            yield Entry(key, place, _reference(resource, listed[number]), resource)


def _no_resources(
    key: str, path: str, held: Sequence[dict[str, Any] | None]
) -> Iterator[Issue]:
    what = "The entry holds no resource that can be recognised."
    for number, resource in enumerate(held):
        if resource is None:
            yield Issue(key, "no-resource", f"{path}.entry[{number}]", what)


def _patient_urls(listed: Sequence[Any], kinds: Sequence[Any]) -> frozenset[str]:
    if "Patient" not in kinds:
        return frozenset()
    return frozenset(
        _text(raw.get("fullUrl"))
        for raw, kind in zip(listed, kinds, strict=True)
        if kind == "Patient"
    )


def _resource(value: object) -> dict[str, Any] | None:
    if type(value) is not dict:
        return None
    kind = value.get("resourceType")
    # Nobody would look for "Condition ", "condition" or "CONDITION".
    if type(kind) is not str or not kind.isalpha():
        return None
    return value if kind[0] < "a" <= kind[-1] else None


def _held(raw: object) -> dict[str, Any] | None:
    """Give the resource of an entry; a Bundle in a Bundle is no answer to a search."""
    value = raw.get("resource") if type(raw) is dict else None
    if type(value) is not dict:
        return None
    kind = value.get("resourceType")
    # Most are of a type that is asked for, which needs no second look.
    if type(kind) is str and kind in _ASKED:
        return value
    return None if kind == "Bundle" else _resource(value)


def _reference(resource: Mapping[str, Any], listed: Mapping[str, Any] | None) -> str:
    own = resource.get("id")
    if own and type(own) is str:
        return f"{resource['resourceType']}/{own}"
    return _text(listed.get("fullUrl")) if listed else ""


def _is_included(raw: object) -> bool:
    search = raw.get("search") if type(raw) is dict else None
    return type(search) is dict and search.get("mode") == "include"


def _is_failure(resource: Mapping[str, Any] | None) -> bool:
    """Whether it is an OperationOutcome and tells more than a remark."""
    if resource is None or resource["resourceType"] != _OUTCOME:
        return False
    issues = resource.get("issue")
    if type(issues) is not list or not issues:
        return True
    return not all(
        type(issue) is dict and _text(issue.get("severity")) in _REMARKS
        for issue in issues
    )


def _is_withheld(resource: Mapping[str, Any] | None) -> bool:
    """Whether it is an OperationOutcome that says that not all was sent."""
    if resource is None or resource["resourceType"] != _OUTCOME:
        return False
    codes = (one.get("code") for one in resource["issue"] if type(one) is dict)
    return any(_text(code) in _WITHHELD for code in codes)


def _link(bundle: Mapping[str, Any], relation: str) -> str:
    """Give the URL of a link; one without a URL still counts as being there."""
    links = bundle.get("link")
    if type(links) is dict:  # an object where a list is due; there may be more
        links = [links]
    for link in links if type(links) is list else ():
        if type(link) is dict and link.get("relation") == relation:
            return _text(link.get("url")) or "#"
    return ""


def _total(bundle: Mapping[str, Any]) -> int:
    total = bundle.get("total")
    if type(total) is str and total.isdecimal() and len(total) < _LONG_NUMBER:
        return int(total)
    return total if type(total) is int else 0


def _text(value: object) -> str:
    return value if type(value) is str else ""


def _refused(issue: Issue, answers: tuple[str, ...], *entries: Entry) -> Supplied:
    return Supplied(State.REJECTED, entries, (issue,), answers=answers)


def _wrong_type(key: str, path: str) -> Issue:
    what = "The resources are of another type than the query asks for."
    return Issue(key, "wrong-type", path, what)
