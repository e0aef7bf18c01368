"""The production server: gunicorn with threads, started from Python.

The application is loaded and warmed before the workers are forked, so they share its
memory and answer their first call at full speed. Sixty-four threads a worker, so
that calls that wait for a FHIR server do not starve the others.
"""

from __future__ import annotations

import gc
import resource
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.app.base import BaseApplication

from cds_service.app import create_app
from cds_service.fhir.resource import warm as warm_models
from cds_service.operations.log import configure_log
from cds_service.operations.metrics import shared_metrics
from cds_service.operations.readiness import answers, self_test
from cds_service.operations.synthetic import ask_for_ever
from cds_service.operations.vignettes import shipped
from cds_service.registry import RegistryError, load
from cds_service.settings import SettingsError, load_site
from cds_service.store.opening import open_store
from cds_service.store.unavailable import StoreUnavailable, Trouble
from cds_service.worker import BufferedWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from cds_service.operations.metrics import Metrics
    from cds_service.service import Service
    from cds_service.settings import Settings
    from cds_service.store.opening import Store

THREADS = 64
CONNECTIONS = 1000
# The store, the log, and connections to FHIR servers.
OTHER_FILES = 256
UNREACHED = "; is its server up, and are host, port, user and password right?"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - for the workers' heartbeats alone


class Server(BaseApplication):
    """An application under gunicorn, built anew when it is told to reload.

    Args:
        build: makes the application, as settings say.
        read: reads the settings.
        forget: told the process id of a worker that ended.
        begin: called in a worker that begins.
    """

    def __init__(
        self,
        build: Callable[[Settings], Flask],
        read: Callable[[], Settings],
        forget: Callable[[int], object] = int,
        begin: Callable[[Settings], object] = type,
    ) -> None:
        self.build = build
        self.read = read
        self.forget = forget
        self.begin = begin
        self.settings = read()
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn leaves open; no file and no command line is read."""
        for name, value in gunicorn_settings(self.settings).items():
            self.cfg.set(name, value)
        self.cfg.set("child_exit", lambda _server, worker: self.forget(worker.pid))
        self.cfg.set("post_fork", lambda _server, _worker: self.begin(self.settings))

    def load(self) -> Flask:  # type: ignore[override]  # a Flask is a WSGI callable
        """Build the application; the workers are forked after this."""
        return self.build(self.settings)

    def reload(self) -> None:
        """Read settings and site file again; what is wrong leaves all as it was."""
        try:
            settings = self.read()
            self.callable = self.build(settings)  # type: ignore[assignment]  # is WSGI
        except (RegistryError, SettingsError) as error:
            structlog.get_logger().error("not reloaded", cause=str(error))
            return
        self.settings = settings
        super().reload()


def gunicorn_settings(settings: Settings) -> dict[str, Any]:
    """Derive gunicorn's settings."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": BufferedWorker,
        "threads": THREADS,
        "preload_app": True,
        "worker_connections": _connections(),
        "timeout": 30,
        # Who stops the service waits ten seconds at most.
        "graceful_timeout": 8,
        "keepalive": 5,
        "loglevel": settings.log_level,
        "proc_name": "cds-service",
        # A heartbeat on a disk can stall; a control socket is nobody's need here.
        "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
        "control_socket_disable": True,
    }


def _connections() -> int:
    """Count the connections that a worker can hold, each being an open file."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(THREADS + 1, min(CONNECTIONS, files - OTHER_FILES))


def warm(services: Mapping[str, Service[Any]]) -> None:
    """Use what a first call would wait for, then keep it out of garbage collection.

    The vignettes are answered by the services as this site wants them, so what is laid
    down of their patterns is there before the workers are forked.
    """
    warm_models()
    if services:
        self_test()
    # The self-test was of the content as published; a site may have its own.
    if services and dict(services) != dict(load()):
        for vignette in shipped():
            answers(services, vignette)
    gc.collect()
    gc.freeze()


def opened(settings: Settings) -> Store | None:
    """Open the store, but for a demo: that keeps nothing.

    Raises:
        SettingsError: it cannot be opened; says why, without its URL.
    """
    if settings.demo:
        return None
    try:
        store = open_store(settings.store)
    except StoreUnavailable as error:
        hint = UNREACHED if error.trouble is Trouble.UNREACHABLE else ""
        raise SettingsError(f"store: {error}{hint}") from None
    if store.moved_aside:
        structlog.get_logger().error("store", moved_aside=store.moved_aside.name)
    return store


def serve(
    read: Callable[[], Settings], listening: Callable[[Settings], object] = type
) -> None:
    """Serve until told to stop; exits the process. SIGHUP reads everything again.

    Args:
        read: gives the settings.
        listening: called once connections are taken.

    Raises:
        RegistryError: the services cannot be served as they are, or as the site wants.
        SettingsError: a setting is wrong, or the site file.
    """
    with shared_metrics() as metrics:
        begin = partial(begin_worker, metrics)
        server = Server(partial(build, metrics), read, metrics.forget_worker, begin)
        server.cfg.set("when_ready", lambda _: listening(server.settings))
        server.run()


def begin_worker(metrics: Metrics, settings: Settings) -> None:
    """Start what runs beside the calls."""
    if settings.synthetic_seconds and not settings.demo:
        ask_for_ever(settings.synthetic_seconds, metrics)


def build(metrics: Metrics, settings: Settings) -> Flask:
    """Make the application as the settings and the site file are now.

    Raises:
        RegistryError: the services cannot be served as they are, or as the site wants.
        SettingsError: the site file cannot be read, or the store not be opened.
    """
    configure_log(settings.log_level)
    services = load(site=load_site())
    app = create_app(services, settings, opened(settings), metrics)
    warm(services)
    return app
