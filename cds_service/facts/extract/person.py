"""Read who the patient is: born when, of which sex, alive or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.facts.extract.reading import is_true
from cds_service.facts.model import Person
from cds_service.facts.timing import Moment, years_between
from cds_service.fhir.chart import Issue
from cds_service.fhir.resource import readable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from cds_service.facts.extract.reading import Gathered
    from cds_service.fhir.chart import Chart

PATIENT, PATH = "patient", "$.prefetch.patient"
# The greatest age of anyone on record, in years. Where a birth date is unknown, some
# systems write 1 January 1900 or the day of registration.
OLDEST = 122


def read_person(chart: Chart, gathered: Gathered) -> Person:
    """Read the Patient; nothing of one that is not valid FHIR is relied on."""
    patient = chart.patient
    if patient is None:
        return Person()
    fault = readable(patient)
    if fault is not None:
        issue = Issue(PATIENT, "invalid", PATH, fault)
        gathered.issues.append(issue)
        return Person()
    sex = patient.get("gender")
    return Person(
        birth=_birth(patient, gathered),
        sex=sex if isinstance(sex, str) else None,
        deceased=is_deceased(patient, gathered.now),
    )


def is_deceased(patient: Mapping[str, Any], now: datetime) -> bool:
    """Whether a Patient has died; nobody has on a day to come."""
    if is_true(patient.get("deceasedBoolean")):
        return True
    day = patient.get("deceasedDateTime")
    died = Moment.parse(day)
    return bool(day) and not (died and died.is_future(now))


def _birth(patient: Mapping[str, Any], gathered: Gathered) -> Moment | None:
    """Give when the patient was born, if that can be true."""
    birth = Moment.parse(patient.get("birthDate"))
    if birth is None:
        return None
    least, _ = years_between(birth, gathered.now)
    if not birth.is_future(gathered.now) and least <= OLDEST:
        return birth
    what = "`birthDate` is of nobody alive: it counts as unknown."
    gathered.repairs.append(Issue(PATIENT, "implausible", PATH, what))
    return None
