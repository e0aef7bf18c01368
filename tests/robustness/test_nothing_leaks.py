"""Nothing that a chart says in words, and no token, leaves by any way but the draft.

A draft order is sent back as it came, changed: that is what an update is. All else in
an answer is our own words, numbers, dates, codes and the references of resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
import pytest
from markdown_it import MarkdownIt
from structlog.testing import capture_logs

from cds_service.app import create_app
from cds_service.knowledge.citation import Citation
from cds_service.operations.metrics import Metrics
from cds_service.registry import load
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from hooks.spine_mri import citations
from tests.vignettes import FOLDERS
from tests.vignettes import load as load_vignette

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.vignettes import Vignette

WORD, TOKEN, USER = "Canary-word-4711", "canary-token-4712", "canary-user-4713"
# Members by which a chart is read; what they hold is a code, a date or an address.
READ = frozenset(
    {
        *("resourceType", "id", "reference", "code", "system", "url", "status"),
        *("intent", "fullUrl", "relation", "type", "unit", "comparator", "gender"),
        *("birthDate", "mode", "use", "verificationStatus", "clinicalStatus"),
        *("modality", "criticality", "category", "linkId", "profile", "data"),
    }
)
PAYLOADS = (
    "<script>alert(1)</script>",
    "![x](https://evil.test/x.png)",
    "[click](javascript:alert(1))",
    "</p><img src=x onerror=alert(1)>",
    "\u202egpj.evil\u202c `|` **bold** # head",
    "https://evil.test/ www.evil.test a@evil.test",
)
VIGNETTES = [load_vignette(folder) for folder in FOLDERS]
SERVICES = load()
CLIENT = create_app(SERVICES, Settings(auth="none")).test_client()
MARKDOWN = MarkdownIt("commonmark", {"html": True, "linkify": False})


def planted(value: Any, word: str, member: str = "") -> Any:
    """Add *word* to every string that is free text."""
    if isinstance(value, dict):
        return {name: planted(one, word, name) for name, one in value.items()}
    if isinstance(value, list):
        return [planted(one, word, member) for one in value]
    free = isinstance(value, str) and member not in READ and not value[:2].isdigit()
    return f"{value} {word}" if free else value


def post(vignette: Vignette, change: Callable[[Any], Any]) -> Any:
    """Send the request of a vignette, its chart changed."""
    body = orjson.loads(vignette.body)
    body["prefetch"] = change(body.get("prefetch", {}))
    body["fhirServer"] = "https://nowhere.example/fhir"
    body["fhirAuthorization"] = {"access_token": TOKEN, "token_type": "Bearer"}
    body["context"]["userId"] = f"Practitioner/{USER}"
    return CLIENT.post(f"/cds-services/{vignette.service}", json=body)


def without_drafts(told: Any) -> str:
    """Write an answer without the orders that are sent back in it."""
    for card in told.get("cards", ()):
        for suggestion in card.get("suggestions", ()):
            for action in suggestion["actions"]:
                action.pop("resource", None)
    return orjson.dumps(told).decode()


@pytest.mark.fault(39)
@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda one: one.folder.name)
def test_no_word_of_a_chart_and_no_token_leaves(
    vignette: Vignette, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in the answer, the log, or what is printed."""
    with capture_logs() as logged:
        told = post(vignette, lambda chart: planted(chart, WORD))
    printed = capfd.readouterr()
    seen = f"{logged} {printed.out} {printed.err} {dict(told.headers)}"

    assert told.status_code in {200, 412}
    assert not {TOKEN, USER} & {one for one in (TOKEN, USER) if one in told.text + seen}
    assert WORD not in without_drafts(told.get_json()) + seen


@pytest.mark.fault(40)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_markup_of_a_chart_is_shown(payload: str) -> None:
    """A card renders to the same tags and links whatever a chart says in words."""
    for vignette in VIGNETTES:
        cards = post(vignette, lambda chart: planted(chart, payload)).get_json()
        for card in cards.get("cards", ()):
            rendered = MARKDOWN.render(card["detail"])
            assert "<script" not in rendered
            assert "<img" not in rendered
            assert "evil.test" not in rendered + card["summary"]


def addresses(told: Any) -> Iterator[str]:
    """Yield every address a card links to."""
    for card in told["cards"]:
        yield from (link["url"] for link in card.get("links", ()))
        yield from filter(None, (card["source"].get("url"),))
        for token in MARKDOWN.parse(card["detail"]):
            for part in token.children or ():
                if part.type == "link_open":
                    yield str(part.attrs["href"])


@pytest.mark.fault(41)
def test_links_lead_to_the_sources_alone() -> None:
    """https, to a place that one of our citations names."""
    known = {one.url for one in vars(citations).values() if isinstance(one, Citation)}
    found = {
        address
        for vignette in VIGNETTES
        for address in addresses(orjson.loads(vignette.golden.read_bytes()))
    }

    assert found
    assert found <= known
    assert {urlsplit(one).scheme for one in known if one} == {"https"}


@pytest.mark.fault(39)
def test_nothing_of_a_chart_reaches_the_store_or_the_counts(tmp_path: Path) -> None:
    """Every story, with a word in every text and a token, then all that is kept."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    metrics = Metrics()
    app = create_app(SERVICES, Settings(auth="none"), store, metrics)
    client = app.test_client()
    for vignette in VIGNETTES:
        body = orjson.loads(vignette.body)
        body["prefetch"] = planted(body.get("prefetch", {}), WORD)
        body["hookInstance"] = USER
        body["fhirServer"] = "https://nowhere.example/fhir"
        body["fhirAuthorization"] = {"access_token": TOKEN, "token_type": "Bearer"}
        client.post(f"/cds-services/{vignette.service}", json=body)
    comment = {
        "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "outcome": "overridden",
        "overrideReason": {
            "reason": {"code": "x", "display": WORD},
            "userComment": WORD,
        },
        "outcomeTimestamp": "2026-11-20T10:00:00Z",
    }
    told = client.post(
        f"/cds-services/{VIGNETTES[0].service}/feedback", json={"feedback": [comment]}
    )
    view: Any = app.view_functions["refuse"]
    view.__self__.journal.recorder.close()
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert told.status_code == 200
    assert b"INF1-probable" in kept
    for canary in (WORD, TOKEN, USER):
        assert canary.encode() not in kept + metrics.text()
