"""Keys are read from the settings, from a file that may change, or from a URL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cds_service.security.key_reading import Outcome
from cds_service.security.keys import FileKeys, KeysError, open_keys
from cds_service.security.trust import Issuer
from cds_service.security.unauthorized import Cause, Unauthorized
from tests.jwks_host import JwksHost, in_turn, publishes, sends
from tests.tokens import EC_ID, ec_key, public, rsa_key

ROOT = Path(__file__).parents[3]
KEYS = public(ec_key())
NONE = "no public key that has a kid"
NEXT = public(ec_key("next"), rsa_key())

FORKING = """
import os, sys, threading
from cds_service.security.key_url import INTERVAL, UrlKeys
clock = [0.0]
keys = UrlKeys(sys.argv[1], clock=lambda: clock[0])
keys.fetch()
assert threading.active_count() == 1
child = os.fork()
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
assert keys.find(sys.argv[2])
clock[0] += INTERVAL
assert keys.find("next")
"""


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
    """What was fetched before serves in the child, which then starts its own threads."""
    with JwksHost(in_turn(publishes(KEYS), publishes(NEXT))) as host:
        forked = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", FORKING, host.url, EC_ID],
            cwd=ROOT,
            capture_output=True,
            timeout=50,
            check=False,
        )

    assert forked.stderr == b""
    assert forked.returncode == 0


@pytest.mark.parametrize(
    ("issuer", "why"),
    [
        (Issuer(iss="b", jwks={}), rf"\.jwks: keys not read: {NONE}"),
        (
            Issuer(iss="b", jwks={"keys": [ec_key().as_dict(private=True)]}),
            rf"\.jwks: keys not read: {NONE}",
        ),
        (Issuer(iss="a", jwks=KEYS), ": its iss is listed before"),
    ],
)
def test_bad_keys_stop_the_start(issuer: Issuer, why: str) -> None:
    """The error names the place in the settings."""
    with pytest.raises(KeysError, match=rf"^issuers\.1{why}$"):
        open_keys([Issuer(iss="a", jwks=KEYS), issuer])


def test_a_bad_file_stops_the_start(folder: Folder) -> None:
    """One that is missing, and one without keys; its path is not told."""
    folder.write("[]")
    why = r"keys not read: no JWK Set with a public key that has a kid"
    with pytest.raises(KeysError, match=rf"^issuers\.0\.jwks_file: {why}$"):
        open_keys([Issuer(iss="a", jwks_file=folder.path)])
    folder.path.unlink()
    with pytest.raises(
        KeysError, match=r"^issuers\.0\.jwks_file: .*FileNotFoundError$"
    ):
        open_keys([Issuer(iss="a", jwks_file=folder.path)])
