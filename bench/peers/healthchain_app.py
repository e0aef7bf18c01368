"""HealthChain with a rule of ten lines, as its own documentation builds a service.

Runs in an environment of its own: `python bench/peers/healthchain_app.py PORT WORKERS`.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import uvicorn
from healthchain.gateway import CDSHooksService, HealthChainAPI
from healthchain.io.adapters.cdsfhiradapter import CdsFhirAdapter
from healthchain.models.requests.cdsrequest import (
    CDSRequest,  # noqa: TC002 - FastAPI reads the annotation
)
from healthchain.models.responses.cdsresponse import CDSResponse

CANCER = "C"
# It warns of every call that brings no note; writing that would cost it time.
logging.disable(logging.WARNING)


def create() -> Any:  # noqa: ANN401 - its types are not installed here
    """Build the application."""
    service = CDSHooksService()
    adapter = CdsFhirAdapter(hook_name="order-select")

    def advise(request: CDSRequest) -> CDSResponse:
        chart = adapter.parse(request).fhir.prefetch_resources
        conditions = [entry.resource for entry in chart["conditions"].entry or []]
        codings = [coding for one in conditions for coding in one.code.coding or []]
        cancer = any(coding.code.startswith(CANCER) for coding in codings)
        card = {
            "summary": "Consider MRI with contrast" if cancer else "MRI rarely helps",
            "indicator": "warning" if cancer else "info",
            "source": {"label": "ten lines"},
        }
        return CDSResponse(cards=[card])

    service.hook("order-select", id="spine-mri-order-select")(advise)
    app = HealthChainAPI()
    app.register_service(service)
    return app


if __name__ == "__main__":
    port, workers = int(sys.argv[1]), int(sys.argv[2])
    uvicorn.run(
        "healthchain_app:create",
        factory=True,
        app_dir=__file__.rpartition("/")[0],
        host="127.0.0.1",
        port=port,
        workers=workers,
        log_level="error",
    )
