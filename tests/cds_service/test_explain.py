"""How an answer came about, shown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from cds_service.cds_hooks.request import parse_call
from cds_service.cli import main
from cds_service.explain import explained, told
from tests.replay import services
from tests.vignettes import FIXTURES, load

if TYPE_CHECKING:
    from pathlib import Path

    from cds_service.cds_hooks.request import ServiceCall
    from tests.vignettes import Vignette

AT = "2026-11-20T10:00:00+0000"
REQUEST = FIXTURES / "suspected-discitis" / "request.json"


@pytest.fixture
def vignette() -> Vignette:
    """The patient with fever and a raised CRP."""
    return load(REQUEST.parent)


def called(vignette: Vignette) -> ServiceCall:
    """Read its request."""
    return parse_call(vignette.body, services()[vignette.service].hook)


def test_every_criterion_names_its_resource(vignette: Vignette) -> None:
    """The tree holds the CRP with its Observation, and ends in the card."""
    service = services()[vignette.service]
    lines = list(told(service, called(vignette), vignette.at))

    assert any("CRP 88 mg/L [Observation/" in line for line in lines)
    assert any(line.startswith("[warning] Suspected or known") for line in lines)


def test_what_was_left_out_is_told(vignette: Vignette) -> None:
    """A resource that cannot be read appears with its path."""
    request = json.loads(vignette.body)
    del request["prefetch"]["conditions"]["entry"][0]["resource"]["code"]
    call = called(replace(vignette, body=json.dumps(request).encode()))
    lines = list(told(services()[vignette.service], call, vignette.at))

    assert any("left out: $.prefetch.conditions.entry[0]" in line for line in lines)


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (
            "0",
            "2026-11-20 09:56:00 UTC, when it was drafted; called at 2026-11-20 10:00:00",
        ),
        ("10", "2026-11-30 10:00:00 UTC, the time of the call (--at)"),
    ],
)
def test_whose_time_it_is_judged_at_is_told(
    later: str, said: str, vignette: Vignette
) -> None:
    """The order's own while it is fresh, later that of the call."""
    now = vignette.at + timedelta(days=int(later))
    first = next(told(services()[vignette.service], called(vignette), now))

    assert f", judged at {said}" in first


def test_the_same_for_machines(vignette: Vignette) -> None:
    """Findings as a tree of JSON, beside the response."""
    shown = explained(services()[vignette.service], called(vignette), vignette.at)
    (order,) = shown["orders"]

    assert {"no", "yes", "unknown"} >= {one["truth"] for one in order["findings"]}
    assert len(shown["response"]["cards"]) == 1


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command(options: list[str]) -> None:
    """`explain` reads a file and needs no server."""
    ran = CliRunner().invoke(main, ["explain", str(REQUEST), "--at", AT, *options])

    assert ran.exit_code == 0
    assert "crp-raised" in ran.output or "C-reactive protein raised" in ran.output


def test_a_service_nobody_knows() -> None:
    """The command names what it was asked for."""
    ran = CliRunner().invoke(main, ["explain", str(REQUEST), "--service", "knee"])

    assert ran.exit_code == 1
    assert "no service knee: there is spine-mri-order-select" in ran.output


def test_a_request_that_is_refused() -> None:
    """The refusal names the place."""
    wrong = ["--service", "spine-mri-order-sign"]
    ran = CliRunner().invoke(main, ["explain", str(REQUEST), *wrong])

    assert ran.exit_code == 1
    assert "$.hook" in ran.output


def test_the_service_is_that_of_the_hook() -> None:
    """Whoever replays a call need not know under which id it was made."""
    signing = FIXTURES / "discitis-at-signing" / "request.json"
    ran = CliRunner().invoke(main, ["explain", str(signing), "--at", AT])

    assert ran.exit_code == 0
    assert ran.output.startswith("Order ServiceRequest/")


def test_nothing_to_judge_is_said() -> None:
    """An empty answer would leave whoever looks for a card as wise as before."""
    knee = FIXTURES / "knee-mri" / "request.json"
    ran = CliRunner().invoke(main, ["explain", str(knee), "--at", AT])

    assert ran.exit_code == 0
    assert ran.output.startswith("No order to judge: ")


def test_prefetch_keys_are_read_as_the_server_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search that found nothing counts as an answer under a key of theirs, too."""
    request = json.loads(REQUEST.read_bytes())
    del request["prefetch"]["conditions"]
    request["prefetch"]["theirs"] = None
    sent = tmp_path / "request.json"
    sent.write_text(json.dumps(request), encoding="utf-8")
    command = ["explain", str(sent), "--at", AT, "--json"]
    unknown = CliRunner().invoke(main, command)
    monkeypatch.setenv("CDS_PREFETCH_KEYS", '{"theirs": "conditions"}')
    known = CliRunner().invoke(main, command)

    assert '"query": "conditions"' in unknown.output
    assert '"query": "conditions"' not in known.output


@pytest.mark.parametrize("command", ["check", "outline"])
def test_content_commands(command: str) -> None:
    """The content is sound, and can be written out."""
    ran = CliRunner().invoke(main, [command])

    assert ran.exit_code == 0
    assert (
        "sound" in ran.output or "C-reactive protein > 10 mg/L in 30 days" in ran.output
    )
