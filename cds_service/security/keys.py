"""Where the keys of each client are found: in the settings, in a file, at a URL."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from cds_service.security.key_reading import Outcome, unreported
from cds_service.security.key_url import UrlKeys
from cds_service.security.public_keys import (
    NoKeys,
    PublicKeys,
    parse_key_set,
    read_key_set,
)
from cds_service.security.unauthorized import Cause, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cds_service.security.key_reading import Report
    from cds_service.security.public_keys import PublicKey
    from cds_service.security.trust import Issuer

Stamp = tuple[int, int]


class KeySource(Protocol):
    """The keys of one client."""

    def find(self, kid: str) -> tuple[PublicKey, ...]:
        """Find the keys of that id.

        Raises:
            Unauthorized: there is none.
        """
        ...


class KeysError(ValueError):
    """The keys of an issuer in the settings cannot be read; names which, no value."""


@dataclass(frozen=True, slots=True)
class InlineKeys:
    """Keys that stand in the settings."""

    keys: PublicKeys

    def find(self, kid: str) -> tuple[PublicKey, ...]:
        """Find the keys of that id."""
        return _found(self.keys, kid)


class FileKeys:
    """Keys in a file, read again whenever it changes."""

    def __init__(self, path: Path, report: Report = unreported) -> None:
        """Read the file.

        Raises:
            NoKeys: it holds none we could use.
            OSError: it cannot be read.
        """
        self._path = path
        self._report = report
        self._lock = Lock()
        self._stamp = self._look()
        self._keys = parse_key_set(path.read_bytes())

    def find(self, kid: str) -> tuple[PublicKey, ...]:
        """Find the keys of that id, as the file is now."""
        with self._lock:
            self._read_if_changed()
            keys = self._keys
        return _found(keys, kid)

    def _read_if_changed(self) -> None:
        """Read the file again; while it is missing or half written, keep what was."""
        try:
            stamp = self._look()
            if stamp == self._stamp:
                return
            # First, so that a bad file is read once, and not at every call.
            self._stamp = stamp
            self._keys = parse_key_set(self._path.read_bytes())
            self._report(Outcome.READ)
        except OSError:
            self._report(Outcome.UNREACHABLE)
        except NoKeys:
            self._report(Outcome.NO_KEYS)

    def _look(self) -> Stamp:
        """Look when the file was changed, and how long it is."""
        status = self._path.stat()
        return status.st_mtime_ns, status.st_size


def open_keys(
    issuers: Sequence[Issuer], report: Report = unreported
) -> dict[str, KeySource]:
    """Open the keys of every issuer; those at a URL are fetched once.

    Meant for the start, before workers are forked: no thread is left behind, they
    share what was fetched, and a URL that does not answer now is asked again at the
    first call.

    Raises:
        KeysError: names the first issuer whose keys cannot be read.
    """
    sources: dict[str, KeySource] = {}
    for place, issuer in enumerate(issuers):
        if issuer.iss in sources:
            raise KeysError(f"issuers.{place}: its iss is listed before")
        try:
            sources[issuer.iss] = _open(issuer, report)
        except (NoKeys, OSError) as error:
            member = "jwks_file" if issuer.jwks_file else "jwks"
            # What the system says of a file may hold its path, which is a value.
            why = str(error) if isinstance(error, NoKeys) else type(error).__name__
            message = f"issuers.{place}.{member}: keys not read: {why}"
            raise KeysError(message) from None
    return sources


def _open(issuer: Issuer, report: Report) -> KeySource:
    """Open the keys of one issuer."""
    if issuer.jwks_url is not None:
        source = UrlKeys(issuer.jwks_url, report)
        source.fetch()
        return source
    if issuer.jwks_file is not None:
        return FileKeys(issuer.jwks_file, report)
    return InlineKeys(read_key_set(issuer.jwks or {}))


def _found(keys: PublicKeys, kid: str) -> tuple[PublicKey, ...]:
    """Find the keys of that id among *keys*."""
    found = keys.find(kid)
    if not found:
        raise Unauthorized(Cause.UNKNOWN_KEY)
    return found
