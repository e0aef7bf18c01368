"""Settings of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cds_service.settings import Settings, SettingsError, load_settings, load_site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine sets."""
    for name in ("HOST", "PORT", "CDS_SETTINGS", "CDS_SITE"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_it_listens_on_the_loopback() -> None:
    """Nothing is open to others unless it is asked for."""
    settings = load_settings()

    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 2)
    assert settings.cors_origins == frozenset()
    assert not settings.demo
    assert not settings.quiet


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting has its variable; origins stand with commas between."""
    monkeypatch.setenv("CDS_PORT", "9001")
    monkeypatch.setenv("CDS_CORS_ORIGINS", "https://a.example, http://b.example:81,")

    settings = load_settings()

    assert settings.port == 9001
    assert settings.cors_origins == {"https://a.example", "http://b.example:81"}


def test_host_and_port_of_the_platform_are_honoured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Unless our own say otherwise."""
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104 - what platforms set
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("CDS_PORT", "9002")

    settings = load_settings()

    assert (settings.host, settings.port) == ("0.0.0.0", 9002)  # noqa: S104 - as above


def test_a_file_sets_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CDS_SETTINGS names it; its keys are the names of the settings."""
    file = tmp_path / "site.toml"
    file.write_text(
        'port = 9003\nhost = "::1"\nworkers = 3\ncors_origins = ["https://a.example"]'
    )
    monkeypatch.setenv("CDS_SETTINGS", str(file))
    monkeypatch.setenv("CDS_WORKERS", "4")
    monkeypatch.setenv("PORT", "9001")

    settings = load_settings()

    assert (settings.host, settings.port, settings.workers) == ("::1", 9001, 4)
    assert settings.cors_origins == {"https://a.example"}


def test_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line stands above the environment."""
    monkeypatch.setenv("CDS_PORT", "9001")
    monkeypatch.setenv("PORT", "9002")

    assert load_settings(port=9003).port == 9003


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("CDS_PROT", "9001", "CDS_PROT"),
        ("CDS_PORT", "99999", "port"),
        ("CDS_PORT", "secret", "port"),
        ("CDS_WORKERS", "0", "workers"),
        ("CDS_LOG_LEVEL", "loud", "log_level"),
        ("CDS_CORS_ORIGINS", "https://a.example/path", "cors_origins"),
        ("CDS_CORS_ORIGINS", "null", "cors_origins"),
        ("CDS_CORS_ORIGINS", "[::1]:8000", "cors_origins"),
        ("CDS_CORS_ORIGINS", "https://[::1", "cors_origins"),
        ("CDS_CORS_ORIGINS", "https://A.example", "cors_origins"),
        ("CDS_CORS_ORIGINS", "https://a.example/", "cors_origins"),
        ("CDS_CORS_ORIGINS", "https://*.example", "cors_origins"),
        ("CDS_CORS_ORIGINS", "https://a..example-", "cors_origins"),
        ("CDS_CORS_ORIGINS", "*", "cors_origins"),
        ("CDS_PUBLIC_URL", "secret", "^public_url: write scheme://"),
        ("CDS_SETTINGS", "nowhere.toml", r"CDS_SETTINGS: nowhere\.toml: "),
    ],
)
def test_a_wrong_one_is_named(
    name: str, value: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the setting and keeps its value to itself."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=named) as refused:
        load_settings()

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"prot = 1", "prot"),
        (b"port = ", r"CDS_SETTINGS: .*site\.toml"),
        (b'host = "\xff"', r"CDS_SETTINGS: .*site\.toml: UnicodeDecodeError"),
        (b"port = []", "port"),
    ],
)
def test_a_wrong_file_is_named(
    text: bytes, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown keys, bad TOML, bad UTF-8 and wrong types all stop the start."""
    file = tmp_path / "site.toml"
    file.write_bytes(text)
    monkeypatch.setenv("CDS_SETTINGS", str(file))

    with pytest.raises(SettingsError, match=named):
        load_settings()


def test_any_origin_may_call_the_demo() -> None:
    """The demo holds nobody's chart."""
    assert load_settings(demo=True, cors_origins="*").cors_origins == {"*"}


def test_without_a_site_file_nothing_is_changed() -> None:
    """The content is served as published."""
    assert load_site().content == {}


def test_a_site_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CDS_SITE names it."""
    path = tmp_path / "site.toml"
    path.write_text('name = "Toy Hospital"', encoding="utf-8")
    monkeypatch.setenv("CDS_SITE", str(path))

    assert load_site().name == "Toy Hospital"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "CDS_SITE: {}: FileNotFoundError"),
        (b"\xff", "CDS_SITE: {}: UnicodeDecodeError"),
        (b"name = 3", "CDS_SITE: name: Input should be a valid string"),
    ],
)
def test_a_site_file_that_cannot_be_used(
    content: bytes | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line that names the setting, the fault, and the file where that is at fault."""
    path = tmp_path / "site.toml"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("CDS_SITE", str(path))

    with pytest.raises(SettingsError) as refusal:
        load_site()

    assert str(refusal.value) == told.format(path)


def test_ratings_are_off_but_in_the_demo() -> None:
    """Nobody is rated for without a G-code of one's own."""
    assert Settings().gcode is None
    assert Settings(demo=True).gcode == "example-gcode"
    assert Settings(demo=True, pama_gcode="G1004").gcode == "G1004"


@pytest.mark.parametrize(
    "wrong",
    [
        {"pama_gcode": ""},
        {"pama_gcode": "G 1004"},
        {"prefetch_keys": {"mine": "problems"}},
        {"issuers": [{"iss": "x", "jwks": {"keys": []}, "dialect": "klingon"}]},
    ],
    ids=str,
)
def test_what_clients_want_is_checked(wrong: dict[str, Any]) -> None:
    """A key of ours, a dialect that is known, a code that can be one."""
    with pytest.raises(SettingsError):
        load_settings(**wrong)


def test_prefetch_keys_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As JSON, theirs to ours."""
    monkeypatch.setenv("CDS_PREFETCH_KEYS", '{"problems": "conditions"}')

    assert load_settings().prefetch_keys == {"problems": "conditions"}
