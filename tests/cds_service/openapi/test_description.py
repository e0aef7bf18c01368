"""The description is sound OpenAPI, and describes what is there."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.vignettes import FOLDERS, load

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

METHODS = {"get", "post", "put", "delete", "patch"}
UNDESCRIBED = {"HEAD", "OPTIONS"}


@cache
def application() -> Flask:
    """Serve what is shipped."""
    return create_app(settings=Settings(auth="none"))


@cache
def described() -> Any:
    """Read the description as a client would."""
    return application().test_client().get("/openapi.json").get_json()


def schema_of(path: str, method: str, status: str) -> Any:
    """Give the schema of a response, with all it refers to."""
    response = described()["paths"][path][method]["responses"][status]
    if "$ref" in response:
        name = response["$ref"].rpartition("/")[2]
        response = described()["components"]["responses"][name]
    schema = response["content"]["application/json"]["schema"]
    return {**schema, "components": described()["components"]}


def test_it_is_openapi_3_1() -> None:
    """By a validator of the specification's own schema."""
    validate(described())

    assert described()["openapi"].startswith("3.1.")


def test_its_paths_are_those_that_are_served() -> None:
    """Each method of each, and no other."""
    served = {
        (re.sub(r"<service_id>", "{id}", rule.rule), method.lower())
        for rule in application().url_map.iter_rules()
        for method in (rule.methods or set()) - UNDESCRIBED
    }
    told = {
        (path, method)
        for path, item in described()["paths"].items()
        for method in METHODS & item.keys()
    }

    assert told == served


def test_it_names_the_services() -> None:
    """As discovery does."""
    listed = application().test_client().get("/cds-services").get_json()["services"]
    told = described()["components"]["parameters"]["ServiceId"]["schema"]["enum"]

    assert told == sorted(one["id"] for one in listed)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_vignette_is_as_described(folder: Path) -> None:
    """What it sends and what it is answered."""
    vignette = load(folder)
    path, call = "/cds-services/{id}", described()["components"]["schemas"]["Call"]
    client = application().test_client()
    told = client.post(
        path.format(id=vignette.service),
        data=vignette.body,
        content_type="application/json",
    )
    sent = {**call, "components": described()["components"]}

    assert told.status_code == 200
    Draft202012Validator(sent).validate(orjson.loads(vignette.body))
    schema = schema_of(path, "post", "200")
    Draft202012Validator(schema).validate(told.get_json())


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        ("400", {"json": {}}),
        (
            "413",
            {"data": b"[" * 1000 + b"]" * 1000, "content_type": "application/json"},
        ),
        ("415", {"data": b"{}", "content_type": "text/plain"}),
    ],
)
def test_every_refusal_is_as_described(status: str, sent: dict[str, Any]) -> None:
    """Of calls and of feedback alike."""
    for path in ("/cds-services/{id}", "/cds-services/{id}/feedback"):
        url = path.format(id="spine-mri-order-select")
        told = application().test_client().post(url, **sent)
        if told.status_code == int(status):
            schema = schema_of(path, "post", status)
            Draft202012Validator(schema).validate(told.get_json())
        else:
            assert (path[-8:], status) in {("feedback", "413"), ("ces/{id}", "413")}
