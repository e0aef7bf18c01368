"""Who may call has to be said before anyone does."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.admission import client_tokens
from cds_service.operations.metrics import Metrics
from cds_service.security.trust import TrustedServer
from cds_service.settings import Settings, SettingsError
from tests.tokens import CLINIC, PUBLIC_URL, Remembered, issuers

GIVEN: dict[str, Any] = {"issuers": issuers(), "public_url": PUBLIC_URL}


@pytest.mark.parametrize(
    ("settings", "used", "missing"),
    [
        ({**GIVEN, "issuers": ()}, Remembered(), "issuers: "),
        ({**GIVEN, "public_url": None}, Remembered(), "public_url: "),
        (GIVEN, None, "store: "),
        (
            {
                **GIVEN,
                "fhir_servers": (TrustedServer(url=CLINIC, issuers=frozenset({"x"})),),
            },
            Remembered(),
            r"fhir_servers\.0\.issuers: ",
        ),
    ],
)
def test_what_is_missing_is_named(
    settings: dict[str, Any], used: Remembered | None, missing: str
) -> None:
    """Before the service starts."""
    with pytest.raises(SettingsError, match=f"^{missing}"):
        client_tokens(Settings(**settings), used, Metrics())


def test_without_a_question_nobody_is_asked() -> None:
    """As in the demo."""
    assert client_tokens(Settings(auth="none"), None, Metrics()) is None
