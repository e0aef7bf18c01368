"""The table of settings in the operator's guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cds_service import settings_table
from cds_service.settings import FILES, PREFIX, Settings
from cds_service.settings_table import GUIDE, meanings, settings_pages, values

ROOT = Path(__file__).parent.parent.parent
TABLE = settings_table.settings_table()
ROWS = [line.split(" | ") for line in TABLE.splitlines()[2:]]


def test_the_guide_has_the_table_of_the_settings_class() -> None:
    """`cds-service outline --write` was run after the last change."""
    assert settings_pages() == {GUIDE: GUIDE.read_text(encoding="utf-8")}


def test_every_setting_has_its_row_and_its_meaning() -> None:
    """In the order of the class, and the docstring explains no other."""
    names = [row[0].strip("| `") for row in ROWS]

    assert names == [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    assert set(meanings()) == set(Settings.model_fields)
    assert all(text.endswith(".") for text in meanings().values())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("host", "text"),
        ("port", "number from 0 to 65535"),
        ("max_body_bytes", "number from 1024"),
        ("quiet", "`true`, `false`"),
        ("auth", "`jwt`, `none`"),
        ("issuers", "list"),
        ("cors_origins", "list"),
        ("public_url", "text"),
        ("prefetch_keys", "table"),
    ],
)
def test_what_a_setting_may_be_is_told(name: str, told: str) -> None:
    """From its type and its bounds."""
    assert values(Settings.model_fields[name]) == told


@pytest.mark.parametrize(
    ("variable", "default"),
    [
        ("CDS_PORT", "`8000`"),
        ("CDS_QUIET", "`false`"),
        ("CDS_ISSUERS", "none"),
        ("CDS_PUBLIC_URL", "none"),
        ("CDS_JWT_ALGORITHMS", "`ES384`, `RS384`"),
        ("CDS_PREFETCH_KEYS", "none"),
    ],
)
def test_what_holds_unless_it_is_set_is_told(variable: str, default: str) -> None:
    """As it would be written."""
    (row,) = (row for row in ROWS if f"`{variable}`" in row[0])

    assert row[3] == f"{default} |"


def test_outside_a_checkout_there_is_no_guide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in an installed wheel."""
    monkeypatch.setattr(settings_table, "GUIDE", tmp_path / "operations.md")

    assert settings_pages() == {}


def test_the_guide_names_no_setting_that_does_not_exist() -> None:
    """Variables, and the names in its TOML."""
    text = GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"\bCDS_[A-Z_]+", text))

    assert (
        named <= {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | FILES
    )


def test_its_links_and_files_exist() -> None:
    """Every relative link, and every path below deploy/."""
    text = GUIDE.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    shipped = re.findall(r"deploy/[\w/.-]+\.(?:yaml|json|service)", text)

    assert links
    assert all((GUIDE.parent / one).exists() for one in links)
    assert all((ROOT / one).exists() for one in shipped)
