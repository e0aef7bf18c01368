"""Whom an installation trusts, as its settings say: clients and FHIR servers.

Nothing here is ever taken from a request. A request names an issuer or a server; it
is looked up here, and what stands here is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _exact_url(value: str) -> str:
    """Accept a URL that can only be read one way, without a slash at its end."""
    parts = urlsplit(value)
    plain = value.isascii() and not any(one in value for one in "\\ \t\r\n%?#@")
    if not plain or not parts.hostname or parts.scheme not in {"https", "http"}:
        raise ValueError("write scheme://host/path, without user, query or escapes")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("only https leaves this machine; http is for loopback")
    return value.rstrip("/")


def _comes_before(value: str) -> str:
    """Refuse the URL of discovery, which is often taken for that of the service."""
    if value.endswith("/cds-services"):
        raise ValueError("write what comes before /cds-services")
    return value


ExactUrl = Annotated[str, AfterValidator(_exact_url)]
PublicUrl = Annotated[ExactUrl, AfterValidator(_comes_before)]


class TrustedServer(BaseModel):
    """A FHIR server that may be asked.

    Attributes:
        url: its base, which is what is called.
        issuers: whose calls may name it; none means those of every trusted issuer.
        ca_file: certificates to trust for it instead of the usual authorities.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: ExactUrl
    issuers: frozenset[str] = frozenset()
    ca_file: Path | None = None


class Issuer(BaseModel):
    """A client whose tokens are accepted, and where its public keys are found.

    Attributes:
        iss: its name, compared exactly with the claim.
        jwks: its keys, inline.
        jwks_file: or a file that holds them.
        jwks_url: or where to get them; the header's `jku`, if sent, must equal it.
        tenants: the tenants that may call; none means that no tenant is looked at.
        dialect: how its cards are written; what a request carries decides otherwise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    iss: str
    jwks: dict[str, Any] | None = None
    jwks_file: Path | None = None
    jwks_url: ExactUrl | None = None
    tenants: frozenset[str] = frozenset()
    dialect: Literal["epic", "davinci-crd", "cds-hooks-1.0"] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Issuer:
        """Refuse an issuer without keys, or with two places for them."""
        given = [self.jwks, self.jwks_file, self.jwks_url]
        if sum(one is not None for one in given) != 1:
            raise ValueError("give one of jwks, jwks_file, jwks_url")
        return self
