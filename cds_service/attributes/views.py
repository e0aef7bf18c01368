"""Serve the source attributes: JSON, or a page to whoever prefers one.

To anyone, as nothing in it is about a patient.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import orjson
from flask import Response, request
from werkzeug.exceptions import NotFound

from cds_service.attributes.page import POLICY, as_page
from cds_service.attributes.told import told
from cds_service.operations.readiness import self_test
from cds_service.refusals import JSON, json_response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cds_service.presentation.source_attributes import SourceAttributes
    from cds_service.service import Service
    from cds_service.switches import Switches

HTML = "text/html"


def attributes_view(
    services: Mapping[str, Service[Any]], switches: Switches
) -> Callable[[str], Response]:
    """Make the view over *services*; each is written when it is first asked for."""

    @cache
    def written(service_id: str) -> tuple[bytes, str]:
        service = services[service_id]
        content = cast("SourceAttributes", service.attributes)  # show has looked
        members = told(service, content, switches, self_test())
        return orjson.dumps(members), as_page(members, content)

    def show(service_id: str) -> Response:
        """Tell what a service says of itself."""
        service = services.get(service_id)
        if service is None or service.attributes is None:
            raise NotFound("No service of this id says anything of itself.")
        as_json, page = written(service_id)
        response = json_response(as_json)
        if request.accept_mimetypes.best_match([JSON, HTML]) == HTML:
            response = Response(page, content_type=f"{HTML}; charset=utf-8")
            response.headers["Content-Security-Policy"] = POLICY
        response.headers["Vary"] = "Accept"
        return response

    return show
