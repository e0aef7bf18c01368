"""Whether a resource is valid FHIR R4 in the members that are read of it.

The one module that knows fhir.resources (model R4B; what is read is the same in R4).
A resource is never validated whole: a vendor's own element, an odd id or an object
where a list is due must not cost a good result, as long as nobody reads that member.
"""

from __future__ import annotations

import re
from copy import deepcopy
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson
from fhir.resources.R4B.allergyintolerance import AllergyIntolerance
from fhir.resources.R4B.condition import Condition
from fhir.resources.R4B.device import Device
from fhir.resources.R4B.deviceusestatement import DeviceUseStatement
from fhir.resources.R4B.diagnosticreport import DiagnosticReport
from fhir.resources.R4B.imagingstudy import ImagingStudy
from fhir.resources.R4B.medication import Medication
from fhir.resources.R4B.medicationrequest import MedicationRequest
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.procedure import Procedure
from fhir.resources.R4B.servicerequest import ServiceRequest
from pydantic import BaseModel, ValidationError

from cds_service.fhir.frame import frame, held
from cds_service.knowledge.coding import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODELS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "AllergyIntolerance": AllergyIntolerance,
        "Condition": Condition,
        "Device": Device,
        "DeviceUseStatement": DeviceUseStatement,
        "DiagnosticReport": DiagnosticReport,
        "ImagingStudy": ImagingStudy,
        "Medication": Medication,
        "MedicationRequest": MedicationRequest,
        "Observation": Observation,
        "Patient": Patient,
        "Procedure": Procedure,
        "ServiceRequest": ServiceRequest,
    }
)
_READ = {
    "AllergyIntolerance": "clinicalStatus verificationStatus code patient",
    "Condition": (
        "clinicalStatus verificationStatus code bodySite subject "
        "onsetAge onsetDateTime onsetPeriod "
        "abatementAge abatementDateTime abatementPeriod recordedDate"
    ),
    "Device": "status type patient",
    "DeviceUseStatement": "status subject device timingDateTime timingPeriod bodySite",
    "DiagnosticReport": (
        "status code subject effectiveDateTime effectivePeriod issued"
    ),
    "ImagingStudy": "status subject started modality procedureCode description",
    "Medication": "code status",
    "MedicationRequest": (
        "status intent doNotPerform medicationCodeableConcept medicationReference "
        "subject authoredOn dispenseRequest"
    ),
    "Observation": (
        "status code subject effectiveDateTime effectivePeriod effectiveInstant issued "
        "valueQuantity valueString valueCodeableConcept valueBoolean valueInteger "
        "valueRange valueRatio valueSampledData valueTime valueDateTime valuePeriod "
        "dataAbsentReason "
        "interpretation referenceRange"
    ),
    "Patient": "active birthDate gender deceasedBoolean deceasedDateTime",
    "Procedure": "status code subject performedDateTime performedPeriod bodySite",
    "ServiceRequest": (
        "status intent doNotPerform code subject authoredOn bodySite reasonCode"
    ),
}
MEMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {kind: frozenset(members.split()) for kind, members in _READ.items()}
)
"""The members read of each type; nothing else of a resource may be relied on."""

# Before R4 these two were plain codes.
_ONCE_A_CODE = frozenset({"clinicalStatus", "verificationStatus"})
# Local time, without the zone or the seconds that FHIR asks for.
_LOCAL_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_DEEPEST = 32
_DATED = ("DateTime", "Date", "authoredOn", "issued", "started", "Instant")
# The one state kept between calls. It holds digests alone, and no answer depends on
# it: what is not remembered is validated again.
_REMEMBERED = 20_000
_VALID: dict[str, set[bytes]] = {}

# Deeper than anything a criterion reads lies.
DEEPEST_TIDIED = 20


def readable(resource: Mapping[str, Any]) -> str | None:
    """Say why a resource cannot be read, in member names only; None when it can.

    Forgiven are a vendor's own element inside a member, an empty string, a time
    without zone or seconds, and a status written as a plain code.
    """
    kind = resource.get("resourceType")
    members = MEMBERS.get(kind) if isinstance(kind, str) else None
    if not isinstance(kind, str) or members is None:
        return "Resources of this type are not read."
    if resource.get("modifierExtension") or resource.get("implicitRules"):
        return "It carries a modifier this service does not know."
    # A client fires on every change to a draft and sends the same chart each time.
    try:
        digest = sha256(orjson.dumps(frame(resource, members))).digest()
    except TypeError:  # nested deeper than orjson writes
        return _judged(kind, held(resource, members))
    if digest in _VALID.get(kind, ()):
        return None
    fault = _judged(kind, held(resource, members))
    if fault is None:
        _remember(kind, digest)
    return fault


def tidied(value: Any, room: int = DEEPEST_TIDIED) -> Any:  # noqa: ANN401 - any JSON
    """Copy JSON with every string bare: no blanks around it, no marks unseen in it."""
    if isinstance(value, str):
        return bare(value)
    if room and isinstance(value, dict):
        return {name: tidied(one, room - 1) for name, one in value.items()}
    if room and isinstance(value, list):
        return [tidied(one, room - 1) for one in value]
    return value


def _remember(kind: str, digest: bytes) -> None:
    """Keep the digest of a frame that was valid, and nothing of what it said."""
    valid = _VALID.setdefault(kind, set())
    if len(valid) >= _REMEMBERED:
        valid.clear()
    valid.add(digest)


def _judged(kind: str, read: dict[str, Any]) -> str | None:
    for member, value in read.items():
        if not _is_plain(value, _DEEPEST) or _is_numbered(member, value):
            return _wrong((member,))
    try:
        _MODELS[kind].model_validate(read)
    except ValidationError as refusal:
        return _fault(_MODELS[kind], read, refusal)
    return None


def _is_numbered(member: str, value: object) -> bool:
    """Whether a date, or an end of a period, is a number: 20261118 is no instant."""
    if member.endswith("Period") and isinstance(value, dict):
        ends = (value.get("start"), value.get("end"))
        return not all(end is None or isinstance(end, str) for end in ends)
    return member.endswith(_DATED) and not isinstance(value, str)


def warm() -> None:
    """Build every model, so that the first call does not pay for it."""
    for kind in _MODELS:
        readable({"resourceType": kind})


def _is_plain(value: object, room: int) -> bool:
    """Whether a value is no deeper than FHIR ever is and holds no JSON as text.

    The models would read an object out of a string; whoever reads the resource
    itself would find the string.
    """
    if isinstance(value, str):
        text = value.strip()
        braced = text.startswith("{") and text.endswith("}")
        # UCUM annotations, such as {cells}, have braces but no quotation marks.
        return not (braced and ('"' in text or not text[1:-1].strip()))
    if not isinstance(value, dict | list):
        return True
    parts = value.values() if isinstance(value, dict) else value
    return room > 0 and all(_is_plain(part, room - 1) for part in parts)


def _fault(
    model: type[BaseModel], read: Mapping[str, Any], refusal: ValidationError
) -> str | None:
    """Validate once more without what is forgiven.

    It has to be left out, not overlooked: further checks run only when the first
    ones find nothing.
    """
    rest = deepcopy(dict(read))
    # An element may have several faults, and can be left out once.
    faults = {fault["loc"]: fault["type"] for fault in refusal.errors()}
    for path, fault in faults.items():
        if not _leave_out(rest, path, fault):
            return _wrong(path)
    try:
        model.model_validate(rest)
    except ValidationError as again:
        return _wrong(again.errors()[0]["loc"])
    return None


def _leave_out(rest: dict[str, Any], path: tuple[int | str, ...], fault: str) -> bool:
    """Take the element at *path* out of *rest*, if its fault is one to forgive."""
    holder: Any = rest
    for step in path[:-1]:
        holder = _inside(holder, step)
    if not path or not isinstance(holder, dict) or path[-1] not in holder:
        return False
    if fault != "extra_forbidden" and not _is_forgiven(path, holder[path[-1]]):
        return False
    del holder[path[-1]]
    return True


def _inside(holder: object, step: int | str) -> object:
    if isinstance(holder, dict):
        return holder.get(step)
    return holder[step] if isinstance(holder, list) and isinstance(step, int) else None


def _is_forgiven(path: tuple[int | str, ...], value: object) -> bool:
    if not isinstance(value, str):
        return False
    return (
        not value
        or _LOCAL_TIME.fullmatch(value) is not None
        or (len(path) == 1 and path[0] in _ONCE_A_CODE)
    )


def _wrong(path: tuple[int | str, ...]) -> str:
    if not path:
        return "Its members contradict one another."
    return f"`{path[0]}` is missing or is not valid FHIR R4."
