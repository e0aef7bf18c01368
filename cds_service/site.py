"""The site file: what one site does differently, as it was written.

TOML, with one table for each folder of content. What its names mean, and how far a
number may go, is for that content to say.
"""

from __future__ import annotations

import tomllib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Words = Annotated[str, Field(min_length=1, max_length=200)]


class SiteError(ValueError):
    """The site file cannot be used; says where, what is wrong, and what would do."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LimitTable(_Table):
    """Another number for a named limit: "8 mg/L"."""

    value: Words
    why: Words


class RuleTable(_Table):
    """A rule switched off. One that guards against harm needs who answers for it."""

    off: Literal[True]
    why: Words
    approved_by: Words | None = None


class OrderCodeTable(_Table):
    """A local order code: of which region, with which contrast."""

    system: Words
    code: Words
    region: Annotated[list[Words], Field(min_length=1)]
    contrast: Words
    display: str = ""
    why: Words = "local order code"


class SiteSection(_Table):
    """What the site changes in one folder of content."""

    limits: dict[str, LimitTable] = {}
    rules: dict[str, RuleTable] = {}
    order_codes: list[OrderCodeTable] = []


class Site(_Table):
    """A whole site file.

    Attributes:
        name: of the site, as readers will see it.
        content: by folder under hooks/, what is changed there.
    """

    name: Words = ""  # a default is not checked: only no file has no name
    content: dict[str, SiteSection] = {}


NO_SITE = Site()
UNCHANGED = SiteSection()


def read_site(text: str) -> Site:
    """Read the text of a site file.

    Raises:
        SiteError: it is no TOML, or a member is missing, unknown or of another type.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"is no TOML: {error}") from None
    name = tables.pop("name", None)
    try:
        return Site.model_validate({"name": name, "content": tables})
    except ValidationError as error:
        raise SiteError(_reasons(error)) from None


def _reasons(error: ValidationError) -> str:
    """Tell each fault by the place where it stands in the file."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'] if part != 'content')}: "
        f"{fault['msg']}"
        for fault in faults
    )
