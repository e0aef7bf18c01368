"""What a call may be completed from: one server, one patient, one span of time."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.fhir.sight import Cause
from cds_service.operations.metrics import Metrics
from cds_service.reach import Reach
from cds_service.settings import Settings
from tests.builders import call
from tests.fhir_server import empty, fhir_server, hang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.fhir.fetched import Fetched

OURS = "https://ehr.example.org/fhir"
TEMPLATES = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": "Condition?patient={{context.patientId}}&code=a|b,c",
}


def reach(**settings: Any) -> Reach:
    """Make one with these settings."""
    return Reach(Settings(**{"auth": "none", **settings}), Metrics())


def naming(
    server: str | None, patient_id: str = "pat-1", **members: Any
) -> ServiceCall:
    """Make a call that names a server."""
    made = call([])
    about = replace(made.context, patient_id=patient_id)
    return replace(made, fhir_server=server, context=about, **members)


def gathered(
    one: Reach, made: ServiceCall, issuer: str | None = None
) -> Mapping[str, Fetched]:
    """Search for everything that call left out."""
    return one.gather(made, issuer, time.monotonic())(TEMPLATES)


@pytest.mark.parametrize("patient_id", ["pat-1", "e_M-5.x", "a..b", "e" * 190])
def test_the_id_is_put_into_every_template(patient_id: str) -> None:
    """As it is, for it has no character that would have to be escaped."""
    with fhir_server(empty) as server:
        one = reach(fhir_servers=[{"url": server.url}])
        found = gathered(one, naming(server.url, patient_id))

    assert set(found) == set(TEMPLATES)
    assert sorted(server.targets) == [
        f"/fhir/Condition?patient={patient_id}&code=a%7Cb,c",
        f"/fhir/Patient/{patient_id}",
    ]


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    "patient_id",
    [".", "..", "...", "a/b", "a b", "a%41", "a?b", "a&b", "a\n", "\u0661", "e" * 191],
)
def test_what_is_no_id_is_asked_about_nowhere(patient_id: str) -> None:
    """It could lead to another path, or to another search."""
    with fhir_server(empty) as server:
        one = reach(fhir_servers=[{"url": server.url}])
        found = gathered(one, naming(server.url, patient_id))

    assert found == {}
    assert server.connections == 0


def test_a_call_that_names_no_server_has_none() -> None:
    """There is no server to turn to of one's own accord."""
    assert gathered(reach(fhir_servers=[{"url": OURS}]), naming(None)) == {}


@pytest.mark.fault(16)
def test_a_server_that_is_not_trusted_is_named_as_that() -> None:
    """For every key, and nobody is asked."""
    with fhir_server(empty) as server:
        found = gathered(reach(fhir_servers=[{"url": OURS}]), naming(server.url))

    assert {key: one.cause for key, one in found.items()} == dict.fromkeys(
        TEMPLATES, Cause.UNTRUSTED
    )
    assert not any(one.asked for one in found.values())
    assert server.connections == 0


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    ("issuer", "asked"), [("a", True), ("b", False), (None, False)]
)
def test_who_calls_decides_whom_he_may_name(issuer: str | None, asked: bool) -> None:  # noqa: FBT001 - a table
    """A server may be bound to its issuers."""
    with fhir_server(empty) as server:
        one = reach(fhir_servers=[{"url": server.url, "issuers": ["a"]}])
        found = gathered(one, naming(server.url), issuer)

    assert all(each.asked is asked for each in found.values())
    assert bool(server.asked) is asked


@pytest.mark.parametrize("switch", ["fhir_loopback", "demo"])
def test_this_machine_will_do_for_development(switch: str) -> None:
    """By either switch; the same server is refused without."""
    with fhir_server(empty) as server:
        found = gathered(reach(**{switch: True}), naming(server.url))

    assert {one.cause for one in found.values()} == {None}


@pytest.mark.fault(24)
def test_time_counts_from_the_beginning_of_the_call() -> None:
    """What was spent before the search is not there for it."""
    with fhir_server(hang) as server:
        one = reach(fhir_servers=[{"url": server.url}], deadline_ms=1500)
        began = time.monotonic() - 1.4
        found = one.gather(naming(server.url), None, began)(TEMPLATES)
        took = time.monotonic() - began

    assert {each.cause for each in found.values()} == {Cause.TIMED_OUT}
    # A second deadline, counted from the search, would end at 2.9.
    assert took < 2.7


def test_searches_are_counted_by_what_came_of_them() -> None:
    """By key and cause, and by nothing of the call."""
    with fhir_server(empty) as server:
        one = reach(fhir_servers=[{"url": server.url}])
        gathered(one, naming(server.url, "pat-canary", access_token="token-canary"))

    text = one.metrics.text().decode()
    assert 'cds_fetch_seconds_count{cause="none",query="conditions"} 1.0' in text
    assert "canary" not in text
    assert server.asked[0].headers["authorization"] == "Bearer token-canary"
