"""Search the demo's resources, as far as FHIR R4 search is spoken here.

FHIR R4, "Search". A parameter that is not known is refused rather than ignored, so
that nobody takes an answer for narrower than it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cds_service.demo.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Resource = dict[str, Any]

USUAL_PAGE = 100
LONGEST_PAGE = 500
# Parameters about the answer rather than about the resources.
COUNT, OFFSET, SORT, FORMAT = "_count", "_offset", "_sort", "_format"
JSON_NAMES = frozenset({"json", "application/json", "application/fhir+json"})

_OF_PATIENTS = ("patient", "subject")
_DATES = MappingProxyType(
    {
        "Condition": {"onset-date": "onset", "recorded-date": "recordedDate"},
        "Observation": {"date": "effective"},
        "Procedure": {"date": "performed"},
        "MedicationRequest": {"authoredon": "authoredOn"},
        "AllergyIntolerance": {"date": "recordedDate"},
        "ImagingStudy": {"started": "started"},
        "DiagnosticReport": {"date": "effective"},
    }
)
_TOKENS = MappingProxyType(
    {
        "Condition": ("code", "category", "clinical-status"),
        "Observation": ("code", "category", "status"),
        "Procedure": ("code", "category", "status"),
        "MedicationRequest": ("status",),
        "AllergyIntolerance": ("code", "clinical-status"),
        "Device": ("status", "type"),
        "ImagingStudy": ("status",),
        "DiagnosticReport": ("code", "category", "status"),
        "Patient": ("identifier",),
        "Practitioner": ("identifier",),
    }
)
TYPES = tuple(sorted(_TOKENS))
_PATIENTLESS = frozenset({"Patient", "Practitioner"})


def parameters_of(kind: str) -> tuple[str, ...]:
    """Name the parameters by which resources of a *kind* can be searched."""
    patient = () if kind in _PATIENTLESS else _OF_PATIENTS
    return ("_id", *patient, *_TOKENS[kind])


def sorts_of(kind: str) -> Mapping[str, str]:
    """Give what resources of a *kind* can be sorted by, and the member it reads."""
    return _DATES.get(kind, {})


@dataclass(frozen=True, slots=True)
class Search:
    """One search for resources of a kind, its parameters as they were sent."""

    kind: str
    asked: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        known = {*parameters_of(self.kind), COUNT, OFFSET, SORT, FORMAT}
        for name, value in self.asked:
            if name not in known:
                raise Refusal(400, "not-supported", f"Not a parameter here: {name}")
            if name == FORMAT and value not in JSON_NAMES:
                raise Refusal(400, "not-supported", "Only JSON is spoken here")

    def bundle(self, resources: Iterable[Resource], root: str) -> Resource:
        """Answer with a page of those *resources* that are asked for."""
        found = self._sorted([one for one in resources if self._wants(one)])
        first, most = self._number(OFFSET, 0), self._number(COUNT, USUAL_PAGE)
        last = first + min(most, LONGEST_PAGE)
        links = [{"relation": "self", "url": self._url(root, self.asked)}]
        if most and last < len(found):
            rest = [pair for pair in self.asked if pair[0] != OFFSET]
            url = self._url(root, [*rest, (OFFSET, str(last))])
            links.append({"relation": "next", "url": url})
        page = [_entry(one, root) for one in found[first:last]]
        return {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": len(found),
            "link": links,
            # An empty array is no FHIR.
            **({"entry": page} if page else {}),
        }

    def _wants(self, resource: Resource) -> bool:
        limits = parameters_of(self.kind)
        return resource["resourceType"] == self.kind and all(
            _meets(resource, name, value.split(","))
            for name, value in self.asked
            if name in limits
        )

    def _sorted(self, found: list[Resource]) -> list[Resource]:
        members = sorts_of(self.kind)
        wanted = dict(self.asked).get(SORT, "")
        # Sorting is stable: the first key last.
        for key in reversed([part for part in wanted.split(",") if part]):
            member = members.get(key.removeprefix("-"))
            if member is None:
                raise Refusal(400, "not-supported", f"Not sorted by this here: {key}")
            found.sort(
                key=lambda one, member=member: _when(one, member),  # type: ignore[misc]
                reverse=key.startswith("-"),
            )
        return found

    def _number(self, name: str, usual: int) -> int:
        value = dict(self.asked).get(name, str(usual))
        if not (value.isascii() and value.isdigit()) or len(value) > len("123456"):
            raise Refusal(400, "value", f"{name} is a whole number")
        return int(value)

    def _url(self, root: str, asked: Sequence[tuple[str, str]]) -> str:
        query = urlencode(asked, safe=",/|:")
        return f"{root}/{self.kind}" + (f"?{query}" if query else "")


def _entry(resource: Resource, root: str) -> Resource:
    url = f"{root}/{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": url, "resource": resource, "search": {"mode": "match"}}


def _meets(resource: Resource, name: str, wanted: Sequence[str]) -> bool:
    """Whether one of the *wanted* values is what the resource has."""
    if name == "_id":
        return resource["id"] in wanted
    if name in _OF_PATIENTS:
        return patient_of(resource) in {one.removeprefix("Patient/") for one in wanted}
    return any(
        _is_token(one, system, code)
        for one in wanted
        for system, code in _codes(resource.get(_member(name)))
    )


def patient_of(resource: Resource) -> str:
    """Give the id of the patient a resource is about; "" where it is about none."""
    if resource["resourceType"] == "Patient":
        return str(resource["id"])
    about = resource.get("subject") or resource.get("patient") or {}
    return str(about.get("reference", "")).removeprefix("Patient/")


def _member(name: str) -> str:
    """Write the name of a parameter as that of the member it reads."""
    first, _, second = name.partition("-")
    return first + second.capitalize()


def _codes(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any member
    """Yield systems and codes of a code, an Identifier or a CodeableConcept."""
    if isinstance(value, str):
        yield "", value
    if isinstance(value, dict):
        yield value.get("system", ""), value.get("code") or value.get("value", "")
        yield from _codes(value.get("coding"))
    if isinstance(value, list):
        for one in value:
            yield from _codes(one)


def _is_token(wanted: str, system: str, code: str) -> bool:
    named, bar, plain = wanted.rpartition("|")
    return plain in {code, "" if bar else code} and (not bar or named == system)


def _when(resource: Resource, member: str) -> str:
    """Give the date a resource is sorted by; "" where it has none."""
    period = resource.get(f"{member}Period") or {}
    found = resource.get(member) or resource.get(f"{member}DateTime")
    return str(found or period.get("start", ""))
