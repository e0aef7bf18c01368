"""Where a published statement can be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A published source that a criterion or a rule rests on.

    Attributes:
        id: Kebab-case key, unique within one hook.
        label: What a reader is shown, such as body, subject and year.
        url: Absolute https address a clinician can open.
        year: Year of publication where the source states one.
    """

    id: str
    label: str
    url: str
    year: int | None = None
