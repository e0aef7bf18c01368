"""The production server: gunicorn with threads, started from Python.

The application is loaded and warmed before the workers are forked, so they share its
memory and answer their first call at full speed. Sixty-four threads a worker, so
that calls that wait for a FHIR server do not starve the others.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.app.base import BaseApplication

from cds_service.app import create_app
from cds_service.fhir.resource import warm as warm_models
from cds_service.operations.log import configure_log
from cds_service.operations.metrics import Metrics
from cds_service.operations.readiness import answers, self_test
from cds_service.operations.vignettes import shipped
from cds_service.registry import load
from cds_service.settings import SettingsError, load_site
from cds_service.store.opening import open_store
from cds_service.store.unavailable import StoreUnavailable
from cds_service.worker import BufferedWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask import Flask

    from cds_service.service import Service
    from cds_service.settings import Settings
    from cds_service.store.opening import Store

THREADS = 64
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - for the workers' heartbeats alone


class Server(BaseApplication):
    """A built application under gunicorn, as *settings* say."""

    def __init__(
        self, app: Flask, settings: Settings, forget: Callable[[int], object] = int
    ) -> None:
        self.app = app
        self.settings = settings
        self.forget = forget
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn leaves open; no file and no command line is read."""
        for name, value in gunicorn_settings(self.settings).items():
            self.cfg.set(name, value)
        self.cfg.set("child_exit", lambda _server, worker: self.forget(worker.pid))

    def load(self) -> Flask:  # type: ignore[override]  # a Flask is a WSGI callable
        """Hand over the application; the workers are forked after this."""
        return self.app


def gunicorn_settings(settings: Settings) -> dict[str, Any]:
    """Derive gunicorn's settings."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": BufferedWorker,
        "threads": THREADS,
        "preload_app": True,
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


def warm(services: Mapping[str, Service[Any]]) -> None:
    """Use what a first call would wait for, then keep it out of garbage collection.

    The vignettes are answered by the services as this site wants them, so what is laid
    down of their patterns is there before the workers are forked.
    """
    warm_models()
    if services:
        self_test()
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
        raise SettingsError(f"store: {error}") from None
    if store.moved_aside:
        structlog.get_logger().error("store", moved_aside=store.moved_aside.name)
    return store


@contextmanager
def metrics_folder() -> Iterator[Path]:
    """Make the folder in which the workers count, and remove it in the end.

    A worker that ends leaves by this way too, and the others still need it.
    """
    maker, folder = os.getpid(), tempfile.mkdtemp(prefix="cds-metrics-")
    try:
        yield Path(folder)
    finally:
        if os.getpid() == maker:
            shutil.rmtree(folder, ignore_errors=True)


def serve(settings: Settings) -> None:
    """Serve until told to stop; exits the process.

    Raises:
        RegistryError: the services cannot be served as they are, or as the site wants.
        SettingsError: the site file cannot be read.
    """
    configure_log(settings.log_level)
    services = load(site=load_site())
    with metrics_folder() as folder:
        metrics = Metrics(folder)
        app = create_app(services, settings, opened(settings), metrics)
        warm(services)
        Server(app, settings, metrics.forget_worker).run()
