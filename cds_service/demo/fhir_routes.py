"""The demo chart over HTTP: a read-only FHIR R4 endpoint.

FHIR R4, "RESTful API". Made-up patients only, so nobody is asked who they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Response, request

from cds_service.cds_hooks.errors import operation_outcome
from cds_service.demo.capability import capability_statement
from cds_service.demo.refusal import Refusal
from cds_service.demo.search import TYPES, Search

if TYPE_CHECKING:
    from cds_service.demo.charts import Charts

FHIR_JSON = "application/fhir+json"
PATH = "/fhir/R4"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class FhirViews:
    """The views over *charts*."""

    charts: Charts

    def metadata(self) -> Response:
        """Say what can be done."""
        return _answer(capability_statement(root(), datetime.now(UTC)))

    def read(self, kind: str, resource_id: str) -> Response:
        """Give one resource."""
        _refuse_unserved(kind)
        found = self.charts.on(datetime.now(UTC)).get((kind, resource_id))
        if found is None:
            raise Refusal(404, "not-found", f"No {kind} has this id")
        return _answer(found)

    def search(self, kind: str) -> Response:
        """Give what the parameters, in the address or in a form, ask for."""
        _refuse_unserved(kind)
        asked = [*request.args.items(multi=True), *request.form.items(multi=True)]
        held = self.charts.on(datetime.now(UTC)).values()
        return _answer(Search(kind, tuple(asked)).bundle(held, root()))


def fhir_routes(charts: Charts) -> Blueprint:
    """Serve *charts*."""
    routes = Blueprint("demo_fhir", __name__, url_prefix=PATH)
    views = FhirViews(charts)
    routes.get("/metadata")(views.metadata)
    routes.get("/<kind>/<resource_id>")(views.read)
    routes.get("/<kind>")(views.search)
    routes.add_url_rule(
        "/<kind>/_search", "search_by_form", views.search, methods=["POST"]
    )
    routes.route("", defaults={"rest": ""}, methods=METHODS)(refuse)
    routes.route("/<path:rest>", methods=METHODS)(refuse)
    routes.register_error_handler(Refusal, tell)
    return routes


def refuse(rest: str) -> Response:  # noqa: ARG001 - whatever else is asked
    """Refuse what is neither read nor search.

    Raises:
        Refusal: always.
    """
    if request.method != "GET":
        raise Refusal(405, "not-supported", "This chart is read only")
    raise Refusal(404, "not-supported", "Only read and search are spoken here")


def tell(refusal: Refusal) -> Response:
    """Answer a request that is refused."""
    outcome = operation_outcome(refusal.code, refusal.what, "", "See /metadata.")
    return _answer(outcome, refusal.status)


def root() -> str:
    """Give the URL of the endpoint, as the client wrote it."""
    return request.host_url.rstrip("/") + PATH


def _refuse_unserved(kind: str) -> None:
    if kind not in TYPES:
        raise Refusal(404, "not-supported", "No resources of this type here")


def _answer(resource: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(resource), status, content_type=FHIR_JSON)
