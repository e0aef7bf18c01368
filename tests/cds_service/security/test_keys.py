"""Keys are read from the settings, from a file that may change, or from a URL."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.security.key_reading import Outcome
from cds_service.security.key_url import UrlKeys
from cds_service.security.keys import FileKeys, KeysError, open_keys
from cds_service.security.trust import Issuer
from cds_service.security.unauthorized import Cause, Unauthorized
from tests.jwks_host import JwksHost, publishes, sends
from tests.tokens import EC_ID, ec_key, public, rsa_key

if TYPE_CHECKING:
    from pathlib import Path

KEYS = public(ec_key())
NEXT = public(ec_key("next"), rsa_key())


class Folder:
    """A folder with a file of keys, each time written a second later."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "jwks.json"
        self.second = 1_000_000_000

    def write(self, keys: Any) -> None:
        """Write the file."""
        text = keys if isinstance(keys, str) else json.dumps(keys)
        self.path.write_text(text, encoding="utf-8")
        self.second += 1
        os.utime(self.path, (self.second, self.second))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a folder with a file of keys."""
    made = Folder(tmp_path)
    made.write(KEYS)
    return made


def test_keys_in_the_settings() -> None:
    """They are found by issuer and id."""
    keys = open_keys([Issuer(iss="a", jwks=KEYS), Issuer(iss="b", jwks=NEXT)])

    assert keys["a"].find(EC_ID)
    assert keys["b"].find("next")
    with pytest.raises(Unauthorized, match=Cause.UNKNOWN_KEY):
        keys["b"].find(EC_ID)


@pytest.mark.fault(12)
def test_a_file_is_read_again_when_it_changes(folder: Folder) -> None:
    """A new key counts at once, and an old one no longer."""
    outcomes: list[Outcome] = []
    issuer = Issuer(iss="a", jwks_file=folder.path)
    keys = open_keys([issuer], outcomes.append)["a"]
    assert keys.find(EC_ID)
    assert outcomes == []

    folder.write(NEXT)

    assert keys.find("next")
    with pytest.raises(Unauthorized, match=Cause.UNKNOWN_KEY):
        keys.find(EC_ID)
    assert outcomes == [Outcome.READ]


@pytest.mark.fault(14)
def test_a_file_that_went_bad_changes_nothing(folder: Folder) -> None:
    """Half written or gone, what was read before counts, and a metric tells."""
    outcomes: list[Outcome] = []
    keys = FileKeys(folder.path, outcomes.append)
    folder.write('{"keys": [')
    assert keys.find(EC_ID)
    assert keys.find(EC_ID)
    folder.path.unlink()
    assert keys.find(EC_ID)
    folder.write(NEXT)

    assert keys.find("next")
    assert outcomes == [Outcome.NO_KEYS, Outcome.UNREACHABLE, Outcome.READ]


def test_keys_at_a_url_are_fetched_at_the_start() -> None:
    """No call waits for them."""
    with JwksHost(publishes(KEYS)) as host:
        keys = open_keys([Issuer(iss="a", jwks_url=host.url)])["a"]
        assert host.calls == 1

        assert keys.find(EC_ID)
        assert host.calls == 1


@pytest.mark.fault(14)
def test_a_url_that_is_down_does_not_stop_the_start() -> None:
    """It is asked again by the first call."""
    with JwksHost(sends(b"")) as host:
        keys = open_keys([Issuer(iss="a", jwks_url=host.url)])["a"]
        host.behaviour = publishes(KEYS)

        assert keys.find(EC_ID)
        assert host.calls == 2


@pytest.mark.fault(12)
def test_a_forked_worker_fetches_for_itself() -> None:
    """What the first process fetched, and its locks, serve in a child."""
    with JwksHost(publishes(KEYS)) as host:
        keys = UrlKeys(host.url)
        keys.fetch()
        host.behaviour = publishes(NEXT)
        child = os.fork()
        if child == 0:
            works = False
            try:
                keys = UrlKeys(host.url) if not keys.find(EC_ID) else keys
                keys._asked_at = 0  # noqa: SLF001 - a minute is too long to wait
                works = bool(keys.find("next"))
            finally:
                os._exit(0 if works else 1)
        _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize(
    ("issuer", "why"),
    [
        (Issuer(iss="b", jwks={}), "NoKeys"),
        (Issuer(iss="b", jwks={"keys": [ec_key().as_dict(private=True)]}), "NoKeys"),
        (Issuer(iss="a", jwks=KEYS), "listed before"),
    ],
)
def test_bad_keys_stop_the_start(issuer: Issuer, why: str) -> None:
    """The error names the place in the settings."""
    with pytest.raises(KeysError, match=rf"^issuers\.1: .*{why}$"):
        open_keys([Issuer(iss="a", jwks=KEYS), issuer])


def test_a_bad_file_stops_the_start(folder: Folder) -> None:
    """One that is missing, and one without keys; its path is not told."""
    folder.write("[]")
    with pytest.raises(KeysError, match=r"^issuers\.0: keys not read: NoKeys$"):
        open_keys([Issuer(iss="a", jwks_file=folder.path)])
    folder.path.unlink()
    with pytest.raises(KeysError, match=r"^issuers\.0: .*FileNotFoundError$"):
        open_keys([Issuer(iss="a", jwks_file=folder.path)])
