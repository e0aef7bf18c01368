"""The console: an order-entry screen as in an EHR, over the demo chart.

The page is written here; the calls are the browser's own, so that what it shows is
what an EHR would send and get.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Response, abort, render_template, request

from cds_service.cds_hooks.request import parse_call
from cds_service.demo.fhir_routes import PATH
from cds_service.demo.rows import Section, age, sections
from cds_service.demo.search import patient_of
from cds_service.explain import explained
from cds_service.refusals import json_response
from cds_service.sent import json_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cds_service.demo.charts import Charts
    from cds_service.demo.stories import Demo, Patient
    from cds_service.service import Service

    Resource = dict[str, Any]

# Nothing from elsewhere, nothing inline, and nobody's frame.
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{one}-src 'self'" for one in ("script", "style", "connect", "img")),
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """A patient on the list.

    Attributes:
        story: the table of the demo's file that brought the patient in.
    """

    id: str
    name: str
    sex: str
    age: int
    number: str
    story: Patient


@dataclass(frozen=True, slots=True)
class Console:
    """The views over one demo.

    Attributes:
        longest: of a body that is explained, bytes.
    """

    demo: Demo
    charts: Charts
    services: Mapping[str, Service[Any]]
    longest: int

    def page(self) -> tuple[str, int]:
        """Show the list of patients, or the one that the address names."""
        held = self.charts.on(datetime.now(UTC))
        people = list(self._people(held))
        asked = request.args.get("patient")
        if asked is None:
            return render_template("patients.html", people=people), 200
        chosen = next((one for one in people if one.id == asked), None)
        if chosen is None:
            page = render_template("patients.html", people=people, unknown=True)
            return page, 404
        later = people[(people.index(chosen) + 1) % len(people)]
        chart = self._sections(chosen, held)
        start = self._start(chosen)
        return render_template(
            "order.html", person=chosen, later=later, chart=chart, start=start
        ), 200

    def request_body(self) -> Response:
        """Give a call to send: about the patient named, or the first."""
        asked = request.args.get("patient", self.charts.patient_ids[0])
        body = self.charts.call_about(asked, datetime.now(UTC))
        if body is None:
            abort(404)
        return json_response(orjson.dumps(body))

    def explain(self) -> Response:
        """Give the findings behind the answer to the same call."""
        service = self.services.get(request.args.get("service", self.demo.service))
        if service is None:
            abort(404)
        body = json_body(request.environ, self.longest)
        call = parse_call(body, service.hook)
        return json_response(orjson.dumps(explained(service, call, datetime.now(UTC))))

    def _people(self, held: Mapping[tuple[str, str], Resource]) -> Iterator[Person]:
        today = datetime.now(UTC).date()
        stories = zip(self.charts.patient_ids, self.demo.patients, strict=True)
        for patient_id, story in stories:
            patient = held["Patient", patient_id]
            name = patient["name"][0]
            numbers = [one.get("value", "") for one in patient.get("identifier", [])]
            yield Person(
                id=patient_id,
                name=" ".join([*name["given"], name["family"]]),
                sex=patient.get("gender", ""),
                age=age(patient["birthDate"], today),
                number=next(iter(numbers), ""),
                story=story,
            )

    def _sections(
        self, chosen: Person, held: Mapping[tuple[str, str], Resource]
    ) -> list[Section]:
        return list(
            sections(one for one in held.values() if patient_of(one) == chosen.id)
        )

    def _start(self, chosen: Person) -> dict[str, Any]:
        """What the browser begins with: whom, by whom, and what can be ordered."""
        return {
            "patientId": chosen.id,
            "userId": f"Practitioner/{self.demo.practitioner.id}",
            "fhir": PATH,
            "service": self.demo.service,
            "orders": [one.model_dump() for one in self.demo.orders],
            "reasons": [one.model_dump() for one in self.demo.reasons],
            "draft": {
                "order": chosen.story.order,
                "priority": chosen.story.priority,
                "reasons": list(chosen.story.reasons),
            },
        }


def console_routes(console: Console) -> Blueprint:
    """Serve the console, its script and its style."""
    routes = Blueprint(
        "demo_console",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/demo/static",
    )
    routes.get("/")(console.page)
    routes.get("/demo/request")(console.request_body)
    routes.post("/demo/explain")(console.explain)

    @routes.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        # A file's own word on caching gives way to what every answer bears.
        response.headers.pop("Cache-Control", None)
        return response

    return routes
