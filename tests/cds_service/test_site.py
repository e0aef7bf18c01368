"""The site file as it is written: what is read, and what is refused and why."""

from __future__ import annotations

import pytest

from cds_service.site import NO_SITE, UNCHANGED, SiteError, read_site

WHOLE = """
name = "Toy Hospital"

[toys.limits.weight]
value = "8 kg"
why = "our shelves"

[toys.rules.TOY1]
off = true
why = "no shelves"
approved_by = "Dr Ada Okafor, head of toys"

[[toys.order_codes]]
system = "urn:oid:1.2.3"
code = "T1"
region = ["left"]
contrast = "without"
"""


NOWHERE = """
[[toys.order_codes]]
system = "s"
code = "c"
region = []
contrast = "with"
"""


def test_a_whole_file_is_read() -> None:
    """Name, limits, rules and order codes, by the folder of the content."""
    site = read_site(WHOLE)
    toys = site.content["toys"]

    assert site.name == "Toy Hospital"
    assert (toys.limits["weight"].value, toys.limits["weight"].why) == (
        "8 kg",
        "our shelves",
    )
    assert toys.rules["TOY1"].approved_by == "Dr Ada Okafor, head of toys"
    assert toys.order_codes[0].region == ["left"]


def test_a_file_may_change_nothing() -> None:
    """It has a name all the same."""
    assert read_site('name = "Toy Hospital"\n[toys]').content == {"toys": UNCHANGED}
    assert NO_SITE.content == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "is no TOML: "),
        ("", "name: Input should be a valid string"),
        ('name = ""', "name: String should have at least 1 character"),
        ('name = "A"\ntoys = 3', "toys: "),
        ('name = "A"\n[toys.limts.a]\nvalue = "1 d"', "toys.limts: Extra inputs"),
        (
            'name = "A"\n[toys.limits.a]\nvalue = "1 d"',
            "toys.limits.a.why: Field required",
        ),
        (
            'name = "A"\n[toys.limits.a]\nvalue = 8\nwhy = "x"',
            "toys.limits.a.value: Input should be a valid string",
        ),
        (
            'name = "A"\n[toys.rules.T1]\noff = false\nwhy = "x"',
            "toys.rules.T1.off: Input should be True",
        ),
        (
            f'name = "A"\n{NOWHERE}',
            "toys.order_codes.0.region: List should have at least 1 item",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, told: str) -> None:
    """Table and key, and what would do; never the value that stands there."""
    with pytest.raises(SiteError) as refusal:
        read_site(text)

    assert str(refusal.value).startswith(told)


def test_every_fault_is_told_at_once() -> None:
    """Nobody likes to mend a file one start at a time."""
    with pytest.raises(
        SiteError, match=r"toys.limits.a.value: .*; toys.limits.a.why: "
    ):
        read_site('name = "A"\n[toys.limits.a]')
