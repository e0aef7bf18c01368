"""What is installed is pinned and known, no secret lies about, and tests stay at home."""

from __future__ import annotations

import re
import socket
import tomllib
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)(?:\[([a-z0-9,-]+)\])?==\S+(?: ; .+?)? \\$", re.MULTILINE
)
NAME = re.compile(r"[A-Za-z0-9._-]+")
KEPT = (
    *("cds_service", "hooks", "fixtures", "tests", "bench", "deploy", "docs", ".ci"),
    *("README.md", "SECURITY.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml"),
)
# A private key with its body; a token or password of a known form.
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{32}"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bAKIA[0-9A-Z]{16}\b|\bxox[bp]-[0-9A-Za-z-]{20,}"
)


def norm(name: str) -> str:
    """Write a package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.fault(62)
def test_every_package_is_pinned_with_hashes() -> None:
    """What the project names and what that brings along."""
    pinned = {norm(name) for name, _ in PINNED.findall(LOCK)}
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"]["optional-dependencies"]
    named = [*project["project"]["dependencies"], *chain(*optional.values())]
    wanted = {norm(NAME.match(one)[0]) for one in named if NAME.match(one)}  # type: ignore[index]

    assert wanted <= pinned
    assert all("--hash=sha256:" in one for one in blocks if PINNED.search(one))
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", LOCK)


@pytest.mark.fault(62)
def test_whoever_wants_extras_finds_them_pinned() -> None:
    """Else pip takes the newest of such a package, and refuses it on the day it appears."""
    pinned = {
        norm(name): set(extras.split(",")) for name, extras in PINNED.findall(LOCK)
    }
    brought = chain.from_iterable(distribution(name).requires or () for name in pinned)
    wanted = [one for one in map(Requirement, brought) if one.extras and applies(one)]

    assert any(norm(one.name) == "coverage" for one in wanted)
    assert all(one.extras <= pinned[norm(one.name)] for one in wanted)


def applies(wanted: Requirement) -> bool:
    """Hold a requirement's marker against this Python, no extra asked for."""
    return wanted.marker is None or wanted.marker.evaluate({"extra": ""})


@pytest.mark.fault(62)
def test_no_secret_lies_about() -> None:
    """Keys that tests sign with are made when they run."""
    paths = [path for one in KEPT for path in ((ROOT / one), *(ROOT / one).rglob("*"))]
    texts = (path for path in paths if path.is_file() and path.suffix != ".pyc")
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if SECRET.search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert not found


def test_a_secret_would_be_found() -> None:
    """Put together here, so that this file is none."""
    key = "-----BEGIN " + "PRIVATE KEY-----\n" + "A" * 40
    assert SECRET.search(key)
    assert SECRET.search("ghp_" + "a" * 36)


@pytest.mark.fault(63)
@pytest.mark.filterwarnings("ignore:A test tried to use")
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_no_test_reaches_the_network(host: str) -> None:
    """Only the loopback is open, and whoever tries another host fails."""
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection((host, 443), timeout=1)
