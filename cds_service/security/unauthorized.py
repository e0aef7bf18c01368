"""Why a call is refused. The caller is never told; a metric and the log are."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """What was wrong with a call's token: a label with few values, none of them sent.

    They stand in the order in which they are looked for.
    """

    MISSING = "missing"
    NOT_BEARER = "not-bearer"
    OVERSIZE = "oversize"
    UNREADABLE = "unreadable"
    TYPE = "type"
    ALGORITHM = "algorithm"
    CRITICAL = "critical"
    EMBEDDED_KEY = "embedded-key"
    KEY_ID = "key-id"
    ISSUER = "issuer"
    KEY_URL = "key-url"
    NO_KEYS = "no-keys"
    UNKNOWN_KEY = "unknown-key"
    UNFIT_KEY = "unfit-key"
    SIGNATURE = "signature"
    CLAIM = "claim"
    AUDIENCE = "audience"
    LIFETIME = "lifetime"
    EXPIRED = "expired"
    FUTURE = "future"
    TENANT = "tenant"
    REPLAY = "replay"


class Unauthorized(Exception):
    """A call whose client is not known; its text is the cause and no more."""

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        super().__init__(cause.value)
