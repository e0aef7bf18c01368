"""The source attributes as a page for people: no script, nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from cds_service.presentation.source_attributes import SourceAttributes

PACKAGE = "cds_service.attributes"
STYLE = (files(PACKAGE) / "page.css").read_text(encoding="utf-8")
# The one style is told by its hash; whatever else a page could load is refused.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def as_page(told: dict[str, Any], content: SourceAttributes) -> str:
    """Write the page.

    Args:
        told: what is written to the wire as well.
        content: for the criteria behind its rules.
    """
    pages = Environment(
        loader=PackageLoader(PACKAGE, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("page.html").render(
        told=told,
        rules=content.rules,
        cited={one.id: one for one in content.citations},
        style=Markup(STYLE),  # noqa: S704 - our own file
    )
