"""Discovery as the specification and its clients want it: R1 to R10."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.toy import toy_app

APP = create_app(settings=Settings(auth="none"))
TOLD = APP.test_client().get("/cds-services")
SERVICES: list[dict[str, Any]] = TOLD.get_json()["services"]
TEMPLATES = [
    (service["id"], key, template)
    for service in SERVICES
    for key, template in service.get("prefetch", {}).items()
]
EACH = pytest.mark.parametrize("service", SERVICES, ids=lambda one: str(one["id"]))
EACH_TEMPLATE = pytest.mark.parametrize(("service", "key", "template"), TEMPLATES)
FORBIDDEN = re.compile(r"_include|_revinclude|:not|_maxresults|\|\||%")


def test_r1_discovery_is_an_object_with_services() -> None:
    """200, JSON, an array."""
    assert (TOLD.status_code, TOLD.content_type) == (200, "application/json")
    assert isinstance(SERVICES, list)
    assert len(SERVICES) >= 2


@EACH
def test_r2_each_service_has_hook_description_and_id(service: dict[str, Any]) -> None:
    """Non-empty strings."""
    required = [service[name] for name in ("hook", "description", "id")]

    assert all(isinstance(value, str) and value.strip() for value in required)


@EACH
def test_r3_r4_r5_recommended_members_are_there(service: dict[str, Any]) -> None:
    """Title, usage requirements, and the version of the specification."""
    assert service["title"]
    assert service["usageRequirements"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", service["version"])


def test_r6_templates_are_strings_under_stable_keys() -> None:
    """The same on every start; none at all where nothing is wanted."""
    again = (
        create_app(settings=Settings(auth="none")).test_client().get("/cds-services")
    )

    assert again.data == TOLD.data
    assert all(isinstance(template, str) for _, _, template in TEMPLATES)
    (bare, _) = toy_app().test_client().get("/cds-services").get_json()["services"]
    assert bare.get("prefetch") != {}


@EACH_TEMPLATE
def test_r7_the_patient_is_the_only_token(
    service: str, key: str, template: str
) -> None:
    """First-level tokens work in every version of the specification."""
    tokens = re.findall(r"\{\{.*?\}\}", template)

    assert tokens == ["{{context.patientId}}"], (service, key)


@EACH_TEMPLATE
def test_r8_only_reads_and_plain_searches(
    service: str, key: str, template: str
) -> None:
    """Nothing outside the restricted query set."""
    read = re.fullmatch(r"[A-Z]\w+/\{\{context\.patientId\}\}", template)
    search = re.match(r"[A-Z]\w+\?patient=\{\{context\.patientId\}\}", template)

    assert read or search, (service, key)
    assert not FORBIDDEN.search(template)


@EACH_TEMPLATE
def test_r9_no_parameter_repeats(service: str, key: str, template: str) -> None:
    """One client joins repeated ones by a comma; and URLs stay short."""
    names = re.findall(r"[?&]([^=]+)=", template)

    assert len(names) == len(set(names)), (service, key)
    assert template.count("?") <= 1
    assert len(template) < 2000


def test_r10_every_hook_has_an_id_of_its_own() -> None:
    """A client that keys services by id would lose one otherwise."""
    ids = [service["id"] for service in SERVICES]

    assert len(ids) == len(set(ids))
