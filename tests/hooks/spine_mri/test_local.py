"""What a site changes: checked at the start, seen in the answer, named on the card."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.answer import answer
from cds_service.site import UNCHANGED, SiteError, read_site
from hooks.spine_mri.extension import NAME
from hooks.spine_mri.limits import LIMITS
from hooks.spine_mri.local import GUARDED, practice_of
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.service import services
from tests.builders import AT, call, draft
from tests.hooks.spine_mri.stories import chart, person, split
from tests.resources import concept
from tests.tables import each, rows

if TYPE_CHECKING:
    from cds_service.cds_hooks.response import Card
    from cds_service.knowledge.practice import Practice
    from cds_service.service import Service
    from hooks.spine_mri.advice import Advice

SITE = "Toy Hospital"
BOTH = "MRI lumbar spine without and with contrast"
LOCAL = "urn:oid:1.2.3.4"
OFF = '[spine_mri.rules.{}]\noff = true\nwhy = "x"\n'
OFF_APPROVED = OFF + 'approved_by = "Dr Ada Okafor, head of radiology"\n'
CODE = (
    '[[spine_mri.order_codes]]\nsystem = "{}"\ncode = "{}"\nregion = ["{}"]\n'
    'contrast = "{}"\n'
)
LUMBAR_CODES = CODE.format(LOCAL, "mr-ls", "lumbar", "without") + CODE.format(
    LOCAL, "MR-LS-C", "lumbar", "without-and-with"
)
SOME_CALM = (
    "temp 37 Cel @ 1 day; lab 4537-7 5 mm/h @ 1 day; lab 1988-5 2 mg/L @ 1 day; "
)


def practice(toml: str) -> Practice:
    """Read and check a site file without its name."""
    section = read_site(f'name = "{SITE}"\n{toml}').content.get("spine_mri", UNCHANGED)
    return practice_of(section, SITE)


def service(toml: str) -> Service[Advice]:
    """Make the service as a site wants it."""
    site = read_site(f'name = "{SITE}"\n{toml}')
    return services(site.content.get("spine_mri", UNCHANGED), SITE)[0]


def limit(name: str, value: str) -> str:
    """Write another number for a limit."""
    return f'[spine_mri.limits.{name}]\nvalue = "{value}"\nwhy = "x"\n'


def card(toml: str, row: dict[str, str], **order: Any) -> Card:
    """Answer a row under a site file."""
    resources = [*chart(row["chart"]), *person(row.get("person", ""))]
    drafted = [draft(reasons=split(row.get("reason", "")), **order)]
    (made,) = answer(service(toml), call(resources, drafted), AT).cards
    return made


def told(made: Card) -> dict[str, Any]:
    """Give what a card says to machines."""
    said: dict[str, Any] = (made.extension or {})[NAME]
    return said


# For each limit a chart that is judged otherwise once the site has moved it.
MOVED = """
    limit                   | value   | chart                                                          | person    | published | here | why
    fever                   | 37.5 Cel| has M54.50 @ 20 days; temp 37.7 Cel @ 1 day                    |           | NON1 | INF1 | a fever from 37.5
    crp-upper               | 5 mg/L  | has M54.50 @ 20 days; lab 1988-5 8 mg/L @ 1 day                |           | NON1 | INF1 | our laboratory's upper limit
    esr-upper-man           | 15 mm/h | has M54.50 @ 20 days; lab 4537-7 18 mm/h @ 1 day               | male 30   | NON1 | INF1 | men
    esr-upper-woman         | 15 mm/h | has M54.50 @ 20 days; lab 4537-7 18 mm/h @ 1 day               | female 18 | NON1 | INF1 | women under 50
    esr-upper-at-any-age    | 30 mm/h | has M54.50 @ 20 days; lab 4537-7 35 mm/h @ 1 day               | female 65 | NON1 | INF1 | no allowance for age beyond 30
    esr-upper-sex-unknown   | 20 mm/h | has M54.50 @ 20 days; lab 4537-7 25 mm/h @ 1 day               | unknown 50| NON1 | INF1 | sex not known
    esr-upper-at-risk       | 15 mm/h | has M54.50 @ 20 days; has E11.9; lab 4537-7 18 mm/h @ 1 day    | male 50   | NON1 | INF1 | at risk of infection
    markers                 | 60 d    | has M54.50 @ 50 days; lab 1988-5 88 mg/L @ 40 days             |           | PER2 | INF1 | a marker of six weeks ago
    fever-window            | 30 d    | has M54.50 @ 20 days; temp 39 Cel @ 20 days                    |           | NON1 | INF1 | a fever of three weeks ago
    bloodstream-infection   | 180 d   | has M54.50 @ 20 days; had R78.81 @ 120 days                    |           | NON1 | INF1 | bacteraemia of four months ago
    spine-infection-past    | 730 d   | has M54.50 @ 20 days; had M46.46 @ 500 days                    |           | NON1 | INF1 | discitis of last year
    spine-surgery           | 180 d   | has M54.50 @ 20 days; did 429164009 @ 120 days                     |           | POS1 | INF2 | an operation of four months ago
    injecting-drug-use      | 730 d   | has M54.50 @ 20 days; had 226034001 @ 500 days                 |           | NON1 | INF2 | injecting given up last year
    pain-new                | 180 d   | has M54.50 @ 120 days; has Z99.2                               |           | UNK2 | INF2 | dialysis and pain of four months
    six-weeks               | 28 d    | has M54.50 @ 30 days                                           |           | NON1 | PER2 | pain of a month
    """

SOONER = """
    limit                   | value   | chart                                              | person    | published | here   | why
    crp-faint               | 15 mg/L | has M54.50 @ 200 days; lab 1988-5 20 mg/L @ 1 day  |           | routine   | urgent | CRP of 20 is no longer faint
    cancer-remote           | 7300 d  | has M54.50 @ 20 days; had C18.9 @ 5000 days        |           | routine   | urgent | a cancer of fourteen years ago counts in full
    """


@each(MOVED)
def test_another_number_gives_another_answer(row: dict[str, str]) -> None:
    """The published number gives one rule, the site's another."""
    found = [
        told(card(toml, row))["rule"].partition("-")[0]
        for toml in ("", limit(row["limit"], row["value"]))
    ]

    assert found == [row["published"], row["here"]]


def test_no_limit_is_without_effect() -> None:
    """Each named limit has a row in one of the two tables, or a test of its own."""
    moved = {row["limit"] for row in (*rows(MOVED), *rows(SOONER))}

    assert moved | {"egfr-low"} == {one.name for one in LIMITS}


@each(SOONER)
def test_another_number_gives_another_urgency(row: dict[str, str]) -> None:
    """The rule stays, how soon changes."""
    tomls = ("", limit(row["limit"], row["value"]))

    found = [told(card(toml, row))["urgency"] for toml in tomls]

    assert found == [row["published"], row["here"]]


def test_a_site_may_warn_of_weaker_kidneys() -> None:
    """The line about the gadolinium agent stands on the card from a higher eGFR."""
    row = {"chart": "has M46.46; lab 33914-3 40 mL/min/{1.73_m2} @ 5 days"}

    rules = [
        told(card(toml, row))["rules"]
        for toml in ("", limit("egfr-low", "45 mL/min/{1.73_m2}"))
    ]

    assert ["SAF1-renal" in one for one in rules] == [False, True]


def test_a_changed_limit_holds_wherever_it_is_asked() -> None:
    """A CRP that is raised here does not reassure here either."""
    row = {"chart": "has M54.50 @ 20 days; has Z99.2; lab 1988-5 8 mg/L @ 1 day"}

    published, here = (
        told(card(toml, row)) for toml in ("", limit("crp-upper", "5 mg/L"))
    )

    assert "INF4-normal-markers" in published["rules"]
    assert "INF4-normal-markers" not in here["rules"]


def test_a_longer_window_never_lets_an_old_normal_reassure() -> None:
    """A raised marker counts for longer here, a normal one for a month as everywhere."""
    old = "lab 1988-5 5 mg/L @ 35 days"
    row = {"chart": f"has M54.50 @ 40 days; has Z99.2; {old}"}

    rules = [told(card(toml, row))["rules"] for toml in ("", limit("markers", "90 d"))]

    assert all("INF4-normal-markers" not in one for one in rules)


@pytest.mark.parametrize("one", LIMITS, ids=lambda one: one.name)
def test_the_published_number_is_within_its_own_bounds(one: Any) -> None:
    """And both ends may be written in a site file."""
    assert one.lowest <= one.value <= one.highest
    for end in (one.lowest, one.highest):
        made = practice(limit(one.name, f"{end} {one.unit}"))
        assert made.limits == {one.name: end}


def test_a_number_may_come_in_another_unit() -> None:
    """Milligrams in a decilitre, degrees Fahrenheit, weeks."""
    assert practice(limit("crp-upper", "0.8 mg/dL")).limits == {"crp-upper": Decimal(8)}
    assert practice(limit("fever", "100.4 [degF]")).limits == {"fever": Decimal(38)}
    assert practice(limit("six-weeks", "4 wk")).limits == {"six-weeks": Decimal(28)}


@each(
    """
    toml                                | message                                                  | why
    limit crp-uper 8 mg/L               | limits crp-uper: no such name; did you mean crp-upper?   | a slip of the finger
    limit qq 8 mg/L                     | limits qq: no such name; known are bloodstream-infection | nothing like it: all are listed
    limit crp-upper 8                   | limits crp-upper: '8' is no quantity                     | a number without a unit
    limit crp-upper 8 mg                | limits crp-upper: '8 mg' is no quantity                  | a unit nobody uses here
    limit crp-upper 8 mm/h              | limits crp-upper: mm/h does not measure this; write it in mg/L | the unit of another test
    limit crp-upper 11 mg/L             | limits crp-upper: 11 mg/L is outside 3 mg/L to 10 mg/L   | less watchful
    limit crp-upper 2.9 mg/L            | limits crp-upper: 2.9 mg/L is outside                    | below what is normal
    limit pain-new 60 d                 | limits pain-new: 60 d is outside 90 d to 365 d           | a red flag would fall out
    limit six-weeks 30.5 d              | limits six-weeks: write whole days, such as 42 d         | half a day
    limit fever 38.4 Cel                | limits fever: 38.4 Cel is outside 37.5 Cel to 38.3 Cel   | above any source
    off PER9                            | rules PER9: no such name; did you mean PER               | no rule of this id
    off NON1                            | rules NON1: it answers where no other rule does          | the last rule
    off NEU1-cauda-equina               | rules NEU1-cauda-equina: it guards against harm; to switch it off, add `approved_by | an emergency
    off ONC2-history                    | rules ONC2-history: it guards against harm               | a red flag
    code urn:oid:1 A lumba without      | order_codes urn:oid:1 A: region lumba: no such name; did you mean lumbar? | a region nobody knows
    code urn:oid:1 A lumbar wo          | order_codes urn:oid:1 A: contrast wo: no such name; known are unspecified, with, with-only | contrast in short
    code http://www.ama-assn.org/go/cpt 72148 cervical without | order_codes http://www.ama-assn.org/go/cpt 72148: this code has a published meaning | CPT stays CPT
    """
)
def test_what_cannot_be_stops_the_start(row: dict[str, str]) -> None:
    """The message names the place and what would do."""
    word, first, *rest = row["toml"].split(" ")
    toml = {
        "limit": lambda: limit(first, " ".join(rest)),
        "off": lambda: OFF.format(first),
        "code": lambda: CODE.format(first, *rest),
    }[word]()

    with pytest.raises(SiteError) as refusal:
        practice(toml)

    assert str(refusal.value).startswith(row["message"])


def test_a_code_stands_once() -> None:
    """Two meanings of one code, also in another spelling, are refused."""
    twice = CODE.format("urn:oid:1", "a", "lumbar", "without") + CODE.format(
        "urn:oid:1", "A", "cervical", "without"
    )

    with pytest.raises(SiteError, match="order_codes urn:oid:1 A: stands twice"):
        practice(twice)


def test_every_guarded_rule_is_meant() -> None:
    """Their names are short ids; those of rules that are written can be looked up."""
    written = {rule.id.partition("-")[0] for rule in RULES}

    assert {"NEU1", "NEU2", "NEU4", "INF1", "ONC1"} <= GUARDED
    assert written >= GUARDED


@each(
    """
    off                    | approved | chart                                        | rule  | advise    | why
    PER2                   |          | has M54.50 @ 60 days                         | UNK1  | uncertain | missing care is not scolded here, and not turned against
    PER2                   |          | has M54.50 @ 20 days                         | NON1  | against   | what does not hold changes nothing
    TRA3-fragility         |          | has M54.50 @ 20 days; has M81.0              | UNK1  | uncertain | bone at risk
    TRA3-fragility         |          | has M54.50 @ 20 days; has M81.0; has C50.911 | ONC1  | change    | another red flag speaks all the same
    NEU1-cauda-equina      | yes      | has 449813001 @ 3 days                       | NEU6  | for       | the next in line speaks
    ONC1-active            | yes      | has M54.50 @ 20 days; has C50.911            | UNK1  | uncertain | an active cancer never ends in against
    INF1-probable          | yes      | has M54.50 @ 20 days; temp 39 Cel @ 1 day    | UNK1  | uncertain | nor does a fever
    INF2-high-risk-host    | yes      | has M54.50 @ 20 days; has Z99.2              | UNK1  | uncertain | both branches are off
    """
)
def test_a_rule_that_is_off(row: dict[str, str]) -> None:
    """It leads no card, suppresses no other rule, and never turns into against."""
    toml = (OFF_APPROVED if row["approved"] else OFF).format(row["off"])

    said = told(
        card(toml, {"chart": SOME_CALM * ("temp" not in row["chart"]) + row["chart"]})
    )

    assert (said["rule"].partition("-")[0], said["advise"]) == (
        row["rule"],
        row["advise"],
    )
    assert row["off"] not in said["rules"]


def test_the_card_says_why_it_does_not_advise() -> None:
    """What is off and would have spoken is named first."""
    toml = (
        limit("crp-upper", "5 mg/L")
        + limit("fever", "37.8 Cel")
        + limit("markers", "40 d")
        + OFF.format("PER2")
    )

    made = card(toml, {"chart": "has M54.50 @ 60 days"})

    assert made.summary.startswith("Cannot advise: a rule that may speak for the scan")
    assert (
        "Changed at Toy Hospital: PER2: off (standard: on); crp-upper: 5 mg/L "
        "(standard: 10 mg/L); fever: 37.8 Cel (standard: 38 Cel); and 1 more."
    ) in (made.detail or "")


def test_a_card_as_published_speaks_of_no_site() -> None:
    """Nor does its knowledge."""
    made = card("", {"chart": "has M54.50 @ 20 days"})

    assert "Changed at" not in (made.detail or "")
    assert set(told(made)["knowledge"]) == {"version", "sha256"}


def test_every_change_shows_in_the_knowledge() -> None:
    """Version, hash and list differ from what is published, and from each other."""
    row = {"chart": "has M54.50 @ 20 days"}
    tomls = ("", limit("crp-upper", "5 mg/L"), OFF.format("PER2"), LUMBAR_CODES)

    published, *changed = [told(card(toml, row))["knowledge"] for toml in tomls]

    assert len({one["sha256"] for one in (published, *changed)}) == len(tomls)
    assert {one["version"] for one in changed} == {published["version"] + "+local"}
    assert [one["localChanges"] for one in changed] == [
        ["crp-upper: 5 mg/L (standard: 10 mg/L)"],
        ["PER2: off (standard: on)"],
        [
            f"{LOCAL} mr-ls: MRI lumbar spine without contrast (standard: not known)",
            f"{LOCAL} MR-LS-C: {BOTH} (standard: not known)",
        ],
    ]


def test_the_service_carries_its_changes() -> None:
    """With reason and who answers for them, for the page about the service."""
    (change,) = service(OFF_APPROVED.format("NEU1-cauda-equina")).practice.changes

    assert (change.kind, change.why) == ("rule", "x")
    assert change.approved_by == "Dr Ada Okafor, head of radiology"


def local_draft(code: str, **members: Any) -> dict[str, Any]:
    """Make the members of a draft in the site's own code."""
    return {"code": {"coding": [{"system": LOCAL, "code": code}]}, **members}


def test_a_local_code_is_understood() -> None:
    """In either spelling of the code; without the site file nobody knows it."""
    row = {"chart": "has M54.50 @ 20 days"}
    calls = call(chart(row["chart"]), [draft(**local_draft("MR-LS"))])

    assert told(card(LUMBAR_CODES, row, **local_draft("MR-LS")))["rule"] == "NON1"
    assert answer(service(""), calls, AT).cards == ()


def test_the_better_order_is_offered_in_the_local_code() -> None:
    """The draft came in it, so the change goes back in it."""
    made = card(LUMBAR_CODES, {"chart": "has M46.46"}, **local_draft("MR-LS"))

    changed = made.suggestions[0].actions[0].resource or {}
    assert changed["code"]["coding"] == [
        {
            "system": LOCAL,
            "code": "MR-LS-C",
            "display": BOTH,
        }
    ]


@pytest.mark.parametrize(
    "coding", [{"code": "MR-LS"}, {"system": LOCAL}, {"system": LOCAL, "code": "MR-X"}]
)
def test_a_code_that_is_not_the_site_s_is_not_taken_for_it(
    coding: dict[str, str],
) -> None:
    """Without system or code, or with another one, it stays unknown."""
    drafted = draft(code={"coding": [coding]})

    assert answer(service(LUMBAR_CODES), call((), [drafted]), AT).cards == ()


def test_published_codes_go_on_being_read() -> None:
    """A site adds to them."""
    row = {"chart": "has M54.50 @ 20 days"}
    published = concept("72148")

    assert told(card(LUMBAR_CODES, row, code=published))["rule"] == "NON1"
