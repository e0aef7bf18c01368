"""Who may call, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.security.claims import Period
from cds_service.security.client_jwt import ClientTokens
from cds_service.security.keys import KeysError, open_keys
from cds_service.settings import SettingsError

if TYPE_CHECKING:
    from cds_service.operations.metrics import Metrics
    from cds_service.security.client_jwt import FirstUse
    from cds_service.settings import Settings


def client_tokens(
    settings: Settings, used: FirstUse | None, metrics: Metrics
) -> ClientTokens | None:
    """Make the check of a call's token; None where every call is accepted.

    Raises:
        SettingsError: nobody is listed who may call, or their keys cannot be read.
    """
    if settings.is_open:
        return None
    if not settings.issuers:
        raise SettingsError("issuers: list who may call, or set CDS_AUTH=none")
    if settings.public_url is None:
        raise SettingsError("public_url: tokens are made out to it; set CDS_PUBLIC_URL")
    _refuse_strangers(settings)
    if used is None:
        raise SettingsError("store: tokens that were used are kept there; open it")
    try:
        keys = open_keys(
            settings.issuers, lambda outcome: metrics.keys.labels(outcome.value).inc()
        )
    except KeysError as error:
        raise SettingsError(str(error)) from None
    return ClientTokens(
        issuers={one.iss: one for one in settings.issuers},
        public_urls=(settings.public_url, *settings.public_url_aliases),
        algorithms=settings.jwt_algorithms,
        period=Period(settings.jwt_max_lifetime, settings.jwt_leeway),
        keys=keys,
        used=used,
    )


def _refuse_strangers(settings: Settings) -> None:
    """Refuse a FHIR server that is bound to a client nobody lists.

    It would never be asked, and nothing but cards without data would tell.
    """
    listed = {one.iss for one in settings.issuers}
    for place, server in enumerate(settings.fhir_servers):
        if not server.issuers <= listed:
            where = f"fhir_servers.{place}.issuers"
            raise SettingsError(f"{where}: name them as `iss` does under issuers")
