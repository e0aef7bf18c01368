"""What a criterion must be able to read before it can be judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataRequirement:
    """One kind of resource that a criterion reads (after FHIR DataRequirement).

    Attributes:
        type: FHIR resource type, such as `Observation`.
        category: Category code where the type is split by one, such as
            `laboratory` or `vital-signs`.
        value_set: Id of the value set the resource's code must belong to, where
            the query can be narrowed by code.
    """

    type: str
    category: str | None = None
    value_set: str | None = None
