"""The web application: what answers under which path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

import orjson
from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST as PROMETHEUS

from cds_service.admission import client_tokens
from cds_service.attributes.views import attributes_view
from cds_service.calls import Calls
from cds_service.cds_hooks.crd import crd_discovery
from cds_service.cds_hooks.discovery import discovery
from cds_service.cds_hooks.members import Limits
from cds_service.cors import Cors
from cds_service.counting import count_requests
from cds_service.demo import add_demo
from cds_service.openapi import description
from cds_service.operations.journal import Journal
from cds_service.operations.metrics import Metrics
from cds_service.operations.recorder import Recorder
from cds_service.overload import Overload
from cds_service.reach import Reach
from cds_service.refusals import add_refusals, json_response
from cds_service.registry import load
from cds_service.settings import load_settings, load_site
from cds_service.views import Endpoints, live, ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from cds_service.service import Service
    from cds_service.settings import Settings
    from cds_service.store.opening import Store


BASE = "/cds-services"


def create_app(
    services: Mapping[str, Service[Any]] | None = None,
    settings: Settings | None = None,
    store: Store | None = None,
    metrics: Metrics | None = None,
) -> Flask:
    """Build the application.

    Args:
        services: by id; those under hooks/ unless given.
        settings: those of the environment unless given.
        store: what outlives a process; needed where clients are asked for tokens.
        metrics: where is counted; those of this process alone unless given.

    Raises:
        RegistryError: a service is wrong.
        SettingsError: a setting or the site file is wrong.
    """
    settings = settings or load_settings()
    services = load(site=load_site()) if services is None else services
    app = Flask("cds_service", static_folder=None)
    metrics = metrics or Metrics()
    endpoints = _endpoints(services, settings, store, metrics)
    _add_routes(app, endpoints, metrics)
    app.get("/health/ready", endpoint="ready")(lambda: ready(store))
    add_refusals(app, metrics)
    count_requests(app, metrics, frozenset(services))
    if settings.demo:
        add_demo(app, services, settings.max_body_bytes)
    free = BoundedSemaphore(settings.max_in_flight)
    called = {f"{BASE}/{service_id}": service_id for service_id in services}
    calls = Calls(app.wsgi_app, called, endpoints.call, metrics)
    within = Overload(_PlainPaths(calls), free, metrics.overloaded.inc)
    layered = Cors(within, settings.cors_origins)
    app.wsgi_app = layered  # type: ignore[method-assign]  # as Flask documents it
    return app


def _endpoints(
    services: Mapping[str, Service[Any]],
    settings: Settings,
    store: Store | None,
    metrics: Metrics,
) -> Endpoints:
    """Put the views together."""
    agreed = crd_discovery() if settings.davinci_crd else None
    return Endpoints(
        services=services,
        listed=orjson.dumps(discovery(services.values(), agreed)),
        settings=settings,
        limits=Limits(settings.max_nodes, settings.max_depth),
        switches=settings.switches,
        tokens=client_tokens(settings, store.replay if store else None, metrics),
        reach=Reach(settings, metrics),
        journal=_journal(settings, store, metrics),
    )


def _journal(settings: Settings, store: Store | None, metrics: Metrics) -> Journal:
    """Open where is left what is left of a call."""
    if store is None:
        return Journal(metrics=metrics)
    retention = timedelta(days=settings.retention_days)
    recorder = Recorder(store.kept, retention, metrics.dropped.inc)
    return Journal(store.kept, recorder, metrics)


def _add_routes(app: Flask, endpoints: Endpoints, metrics: Metrics) -> None:
    app.get(BASE)(endpoints.discover)
    app.post(f"{BASE}/<service_id>")(endpoints.refuse)
    app.post(f"{BASE}/<service_id>/feedback")(endpoints.feedback)
    about = attributes_view(endpoints.services, endpoints.switches)
    app.get(f"{BASE}/<service_id>/source-attributes")(about)
    described = orjson.dumps(description(endpoints.services))
    app.get("/openapi.json", endpoint="openapi")(lambda: json_response(described))
    app.get("/health/live")(live)
    app.get("/metrics", endpoint="metrics")(
        lambda: Response(metrics.text(), content_type=PROMETHEUS)
    )


@dataclass(frozen=True, slots=True)
class _PlainPaths:
    """Read `//` as `/` and drop a trailing one: some clients cannot be redirected."""

    application: WSGIApplication

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if "//" in path or path.endswith("/"):
            environ["PATH_INFO"] = "/" + "/".join(filter(None, path.split("/")))
        return self.application(environ, start_response)
