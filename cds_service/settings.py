"""Settings of one installation, read once at the start.

From the environment (`CDS_PORT=8080`) or from the TOML file that CDS_SETTINGS names
(`port = 8080`); the environment wins. HOST and PORT, as container platforms set
them, are honoured when CDS_HOST and CDS_PORT are not given.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from cds_service.cds_hooks.members import DEPTH_LIMIT, NODE_LIMIT
from cds_service.fhir.prefetch import KEYS
from cds_service.security.trust import Issuer, PublicUrl, TrustedServer
from cds_service.site import NO_SITE, Site, SiteError, read_site
from cds_service.switches import Switches

PREFIX = "CDS_"
# Variables that name a file of settings rather than one setting.
FILES = frozenset({"CDS_SETTINGS", "CDS_SITE"})
PLATFORM = ("HOST", "PORT")
ORIGIN = re.compile(
    r"https?://(?:[a-z0-9]+(?:[.-]+[a-z0-9]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.ASCII
)
MEGABYTE = 1024 * 1024
OURS = "Value error, "  # pydantic writes it before our own words
Algorithm = Literal["ES256", "ES384", "RS256", "RS384"]
# As the guide's own examples have it: nobody is accredited under it.
EXAMPLE_GCODE = "example-gcode"


def _known_key(value: str) -> str:
    """Refuse what is no prefetch key of ours."""
    if value not in KEYS.values():
        raise ValueError(f"name one of {', '.join(dict.fromkeys(KEYS.values()))}")
    return value


PrefetchKey = Annotated[str, AfterValidator(_known_key)]


class SettingsError(ValueError):
    """A setting is unknown or wrong; names it or the file it is in, never its value."""


class Settings(BaseSettings):
    """What an installation may set.

    Attributes:
        host: address to listen on.
        port: TCP port to listen on.
        workers: server processes.
        cors_origins: origins browsers may call from; in the environment with commas
            between. `*` only in the demo.
        max_body_bytes: longest request body that is read.
        max_nodes: most JSON values a request may hold.
        max_depth: most levels of JSON a request may have.
        read_seconds: longest time a request may take to arrive.
        max_in_flight: most calls a worker answers at once; the next are told 503.
        log_level: what is logged at least.
        quiet: send no card that only says that an order is right as it stands.
        off: answer every call without cards and decide nothing.
        shadow: decide and record, and send no card.
        share: to how many users of a hundred cards are sent, by a hash of their id.
        demo: serve the demo chart and console beside the services.
        auth: `jwt` accepts calls of the issuers alone; `none` accepts every call.
        issuers: the clients whose tokens are accepted.
        public_url: where clients find this service, as their tokens' `aud` begins.
        public_url_aliases: other ways in which clients write that.
        jwt_algorithms: what a token may be signed with.
        jwt_max_lifetime: longest time from `iat` to `exp`, seconds.
        jwt_leeway: how far apart clocks may be, seconds.
        fhir_servers: the servers that may be asked for what a prefetch left out.
        fhir_loopback: ask any FHIR server on this machine too; for development.
        deadline_ms: longest time an answer may wait for FHIR servers, milliseconds.
        store: URL of the database: `sqlite:///file` or `postgresql+psycopg://...`.
        synthetic_seconds: how often a worker answers a made-up call; 0 for never.
        feedback_comments: keep what clinicians write about a card; it may name the
            patient.
        retention_days: how long feedback and decision records are kept.
        pama_gcode: CMS code under which orders are rated by appropriate use criteria;
            without one, none is. The demo has an example.
        davinci_crd: answer as Da Vinci CRD has it, and say so in discovery.
        prefetch_keys: our prefetch key, by the key a client has instead.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    workers: int = Field(2, ge=1, le=64)
    cors_origins: Annotated[frozenset[str], NoDecode] = frozenset()
    max_body_bytes: int = Field(2 * MEGABYTE, ge=1024)
    max_nodes: int = Field(NODE_LIMIT, ge=100)
    max_depth: int = Field(DEPTH_LIMIT, ge=16, le=DEPTH_LIMIT)
    read_seconds: float = Field(10, ge=0.5, le=14)
    max_in_flight: int = Field(48, ge=1, le=1024)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    quiet: bool = False
    off: bool = False
    shadow: bool = False
    share: int = Field(100, ge=0, le=100)
    demo: bool = False
    auth: Literal["jwt", "none"] = "jwt"
    issuers: tuple[Issuer, ...] = ()
    public_url: PublicUrl | None = None
    public_url_aliases: tuple[PublicUrl, ...] = ()
    jwt_algorithms: frozenset[Algorithm] = frozenset({"ES384", "RS384"})
    jwt_max_lifetime: int = Field(3600, ge=60, le=86400)
    jwt_leeway: int = Field(60, ge=0, le=60)
    fhir_servers: tuple[TrustedServer, ...] = ()
    fhir_loopback: bool = False
    deadline_ms: int = Field(400, ge=50, le=1500)
    store: str = Field("sqlite:///cds-service.sqlite", repr=False)
    synthetic_seconds: int = Field(60, ge=0, le=3600)
    feedback_comments: bool = False
    retention_days: int = Field(365, ge=1, le=3650)
    pama_gcode: str | None = Field(None, pattern=r"^[A-Za-z0-9-]{1,20}$")
    davinci_crd: bool = False
    prefetch_keys: dict[str, PrefetchKey] = {}

    @property
    def switches(self) -> Switches:
        """Which cards are sent."""
        return Switches(
            off=self.off, shadow=self.shadow, share=self.share, quiet=self.quiet
        )

    @property
    def gcode(self) -> str | None:
        """The G-code of the ratings; None rates nothing."""
        return self.pama_gcode or (EXAMPLE_GCODE if self.demo else None)

    def dialect_of(self, issuer: str | None) -> str | None:
        """Name how cards are written for an issuer; None leaves it to its requests."""
        return next((one.dialect for one in self.issuers if one.iss == issuer), None)

    @property
    def any_dialect(self) -> str | None:
        """Name how cards are written for clients that nothing is known about."""
        return "davinci-crd" if self.davinci_crd else None

    @property
    def is_open(self) -> bool:
        """Whether every call is accepted, whoever it comes from."""
        return self.demo or self.auth == "none"

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Read a list with commas between, as the environment holds it."""
        if not isinstance(value, str):
            return value
        return [origin.strip() for origin in value.split(",") if origin.strip()]

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: frozenset[str]) -> frozenset[str]:
        """Refuse what no browser would ever send as its origin."""
        if all(origin == "*" or ORIGIN.fullmatch(origin) for origin in value):
            return value
        raise ValueError("an origin is scheme://host or scheme://host:port, or *")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then our environment, the platform's, then the file."""
        unprefixed = {name.lower(): os.environ.get(name) for name in PLATFORM}
        given = {name: value for name, value in unprefixed.items() if value}
        platform = InitSettingsSource(settings_cls, given)
        path = os.environ.get("CDS_SETTINGS")
        toml = TomlConfigSettingsSource(settings_cls, Path(path) if path else None)
        return init_settings, env_settings, platform, toml


def load_settings(**given: object) -> Settings:
    """Read the settings; *given* ones, from the command line, win.

    Raises:
        SettingsError: names every setting that is unknown or wrong.
    """
    _refuse_unknown_variables()
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # validated at run time
    except ValidationError as error:
        raise SettingsError(_reasons(error)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        name, kind = os.environ.get("CDS_SETTINGS"), type(error).__name__
        raise SettingsError(f"CDS_SETTINGS: {name}: {kind}: {error}") from None
    if "*" in settings.cors_origins and not settings.demo:
        raise SettingsError("cors_origins: * is for the demo only; list the origins")
    return settings


def load_site() -> Site:
    """Read the site file that CDS_SITE names, if any.

    Raises:
        SettingsError: it cannot be read, or is not what a site file is.
    """
    path = os.environ.get("CDS_SITE")
    if not path:
        return NO_SITE
    try:
        return read_site(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"CDS_SITE: {path}: {type(error).__name__}") from None
    except SiteError as error:
        raise SettingsError(f"CDS_SITE: {error}") from None


def _reasons(error: ValidationError) -> str:
    """Tell each fault by the name of its setting."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(
        f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix(OURS)}"
        for fault in faults
    )


def _refuse_unknown_variables() -> None:
    """Refuse a misspelt variable, and a settings file that is not there."""
    path = os.environ.get("CDS_SETTINGS")
    if path and not Path(path).is_file():
        raise SettingsError(f"CDS_SETTINGS: {path}: there is no such file")
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | FILES
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            raise SettingsError(f"{name}: no such setting")
