"""The least a Flask service can do with a call: read the JSON, answer a constant.

Served by gunicorn's own threads, as anyone would serve it who has no reason to do
otherwise; number of threads and time-outs are those of the service. The service's
worker is a part of what is compared. `python -m bench.bare PORT` serves until it is
told to stop.
"""

from __future__ import annotations

import sys

import orjson
from flask import Flask, Response, request

from cds_service.server import Server, warm
from cds_service.settings import Settings

ANSWER = b'{"cards":[]}'


def create_bare() -> Flask:
    """Build an application that parses the body of a call and forgets it."""
    app = Flask("bare", static_folder=None)
    app.post("/cds-services/<service_id>")(answer)
    return app


def answer(service_id: str) -> Response:
    """Answer every call alike."""
    del service_id
    orjson.loads(request.get_data(cache=False))
    return Response(ANSWER, content_type="application/json")


class Bare(Server):
    """The same server but for its worker."""

    def load_config(self) -> None:
        """Let gunicorn's threads read what they answer."""
        super().load_config()
        self.cfg.set("worker_class", "gthread")


if __name__ == "__main__":
    port, workers = [*map(int, sys.argv[1:]), 1][:2]
    settings = Settings(port=port, workers=workers, auth="none")
    bare = create_bare()
    warm({})
    Bare(lambda _: bare, lambda: settings).run()
