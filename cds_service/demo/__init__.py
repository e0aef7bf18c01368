"""What makes it easy to try out: a chart of made-up patients, and a console.

Only `cds-service demo` serves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.demo.charts import Charts
from cds_service.demo.console import Console, console_routes
from cds_service.demo.fhir_routes import fhir_routes
from cds_service.demo.stories import read_demo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from cds_service.service import Service


def add_demo(app: Flask, services: Mapping[str, Service[Any]], longest: int) -> None:
    """Add the demo chart and the console to *app*.

    Args:
        app: where to.
        services: those that the console can call and explain, by id.
        longest: of a body that is read, bytes.
    """
    demo = read_demo()
    charts = Charts(demo)
    app.register_blueprint(fhir_routes(charts))
    app.register_blueprint(console_routes(Console(demo, charts, services, longest)))


def first_patient() -> str:
    """Give the id of the patient that a tour begins with."""
    return Charts(read_demo()).patient_ids[0]
