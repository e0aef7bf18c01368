"""Calls that are made up from the description get answers that it describes.

schemathesis writes them: sound ones, odd ones, other methods and media types.
"""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from cds_service.app import create_app
from cds_service.settings import Settings

# Left out on purpose. negative_data_rejection: odd input is read as far as it can be,
# since an EHR's data are odd. positive_data_acceptance: a call may follow its schema
# and still name a selection that is not among its drafts, which JSON Schema cannot say.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
EXAMPLES = 200
CONFIG = SchemathesisConfig()

schema = schemathesis.openapi.from_wsgi(
    "/openapi.json", create_app(settings=Settings(auth="none")), config=CONFIG
)


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True)
def test_answers_are_as_described(case: Any) -> None:
    """Whatever is asked."""
    case.call_and_validate(checks=CHECKS)
