"""What is shipped to run the service fits the service, as far as it can be read."""

from __future__ import annotations

import re
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest

from cds_service.app import create_app
from cds_service.registry import register
from cds_service.settings import FILES, PREFIX, Settings
from tests.deploy.yaml_subset import read
from tests.toy import toy

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNIT_FILE = DEPLOY / "systemd/cds-service.service"
YAML = sorted(DEPLOY.rglob("*.yaml"))
TEXTS = [ROOT / "Dockerfile", UNIT_FILE, *YAML]
COMPOSE = read(DEPLOY / "compose.yaml")
SERVICE = COMPOSE["services"]["cds-service"]
KUBERNETES = {path.stem: read(path) for path in DEPLOY.glob("kubernetes/*.yaml")}
POD = KUBERNETES["deployment"]["spec"]["template"]
(CONTAINER,) = POD["spec"]["containers"]
PROMETHEUS = read(DEPLOY / "prometheus/prometheus.yaml")
APP = create_app(register([toy("order-select")]), Settings(auth="none"))
ROUTES = {str(rule) for rule in APP.url_map.iter_rules()}
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | FILES
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
EACH_TEXT = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)


def unit() -> RawConfigParser:
    """Read the systemd unit; keys keep their case."""
    parser = RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # as documented
    parser.read_string(UNIT_FILE.read_text(encoding="utf-8"))
    return parser


@EACH_TEXT
def test_every_setting_that_is_named_exists(path: Path) -> None:
    """A misspelt one would stop the start."""
    named = set(re.findall(r"\bCDS_[A-Z_]+", path.read_text(encoding="utf-8")))

    assert named <= KNOWN


@EACH_TEXT
def test_every_path_that_is_probed_is_served(path: Path) -> None:
    """Health and metrics."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"/health/\w+|(?<![\w/.-])/metrics\b", text))

    assert named <= ROUTES


def images() -> list[str]:
    """List every image that is named."""
    from_ = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    composed = [one["image"] for one in COMPOSE["services"].values()]
    return [*from_, *composed, CONTAINER["image"]]


@pytest.mark.parametrize("image", images())
def test_an_image_has_a_version(image: str) -> None:
    """Never the newest of whatever day; and no registry's host is named."""
    name, _, tag = image.partition(":")

    assert re.match(r"v?\d+\.?\d*", tag)
    assert "." not in name.split("/")[0]


def test_the_version_is_the_one_of_the_project() -> None:
    """In compose and Kubernetes alike."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (version,) = re.findall(r'^version = "(.*)"', project, re.MULTILINE)

    assert SERVICE["image"] == CONTAINER["image"] == f"spine-mri-cds:{version}"


def test_the_image_runs_as_nobody_in_particular() -> None:
    """By number, so that Kubernetes can see that it is not root."""
    last = DOCKERFILE.rsplit("FROM ", 1)[1]

    assert re.findall(r"^USER (.*)", last, re.MULTILINE) == ["10001:10001"]
    assert last.index("USER ") < last.index("ENTRYPOINT")
    assert SERVICE["user"] == "10001:10001"
    assert POD["spec"]["securityContext"]["runAsNonRoot"] is True
    assert POD["spec"]["securityContext"]["runAsUser"] == 10001


def test_the_image_holds_what_is_served_and_not_what_builds_it() -> None:
    """Two stages; what is copied exists, and is let through to the build."""
    build, last = DOCKERFILE.split("FROM ")[1:]
    let_through = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        source
        for line in re.findall(r"^COPY (.*)", build, re.MULTILINE)
        for source in line.split()[:-1]
    ]

    assert re.findall(r"^COPY (.*)", last, re.MULTILINE) == ["--from=build /venv /venv"]
    assert "--require-hashes" in build
    assert "--no-index" in build
    for source in copied:
        assert (ROOT / source).exists()
        assert f"!{source}" in let_through


def test_the_image_tells_whether_it_lives() -> None:
    """By the port it listens on."""
    (port,) = re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE)

    assert f"CDS_PORT={port}" in DOCKERFILE
    assert f"http://127.0.0.1:{port}/health/live" in DOCKERFILE
    assert "HEALTHCHECK" in DOCKERFILE


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_nothing_of_compose_can_write_to_its_image(name: str) -> None:
    """Nor win rights; what it keeps is a volume that is declared."""
    service = COMPOSE["services"][name]
    kept = [one.split(":")[0] for one in service["volumes"]]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["user"].split(":")[0] != "0"
    for source in kept:
        declared = source in COMPOSE["volumes"]
        written_by_site = source == "./settings.toml"
        assert declared or written_by_site or (DEPLOY / source).exists()


def test_compose_waits_for_its_store_and_asks_whether_it_is_ready() -> None:
    """PostgreSQL first; ready, not merely alive."""
    assert SERVICE["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert "/health/ready" in SERVICE["healthcheck"]["test"][-1]
    assert SERVICE["environment"]["CDS_STORE"].startswith("postgresql+psycopg://")
    assert all(
        "healthcheck" in COMPOSE["services"][one] for one in ("cds-service", "db")
    )


def test_prometheus_scrapes_the_service_and_finds_its_rules() -> None:
    """By the names and paths that compose gives."""
    (job,) = PROMETHEUS["scrape_configs"]
    (static,) = job["static_configs"]
    mounted = [
        one.split(":")[1] for one in COMPOSE["services"]["prometheus"]["volumes"]
    ]

    assert job["job_name"] == "cds-service"
    assert static["targets"] == ["cds-service:8000"]
    assert set(PROMETHEUS["rule_files"]) <= set(mounted)


def test_kubernetes_sends_nobody_to_a_pod_that_is_not_ready() -> None:
    """Ready to be sent calls, alive to be left alone, time to start."""
    port = {one["name"]: one["containerPort"] for one in CONTAINER["ports"]}
    paths = {probe: CONTAINER[probe]["httpGet"]["path"] for probe in PROBES}

    assert paths == {
        "startupProbe": "/health/ready",
        "readinessProbe": "/health/ready",
        "livenessProbe": "/health/live",
    }
    assert all(CONTAINER[probe]["httpGet"]["port"] in port for probe in PROBES)
    assert port["http"] == 8000


def test_kubernetes_bounds_what_a_pod_may_take_and_do() -> None:
    """Memory, processor, file system, rights."""
    assert set(CONTAINER["resources"]["limits"]) == {"cpu", "memory"}
    assert set(CONTAINER["resources"]["requests"]) == {"cpu", "memory"}
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["spec"]["terminationGracePeriodSeconds"] >= 8 + 3


def test_what_kubernetes_mounts_is_declared() -> None:
    """Every mount has its volume."""
    declared = {one["name"] for one in POD["spec"]["volumes"]}

    assert {one["name"] for one in CONTAINER["volumeMounts"]} == declared


def test_everything_in_kubernetes_means_the_same_pods() -> None:
    """Service, autoscaler and disruption budget."""
    labels = POD["metadata"]["labels"]
    scaled = KUBERNETES["autoscaling"]["spec"]

    assert KUBERNETES["deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert KUBERNETES["service"]["spec"]["selector"] == labels
    assert KUBERNETES["disruption"]["spec"]["selector"]["matchLabels"] == labels
    assert (
        scaled["scaleTargetRef"]["name"] == KUBERNETES["deployment"]["metadata"]["name"]
    )
    assert scaled["minReplicas"] > KUBERNETES["disruption"]["spec"]["minAvailable"]


@pytest.mark.parametrize("name", sorted(KUBERNETES))
def test_a_kubernetes_object_says_what_it_is(name: str) -> None:
    """Version, kind and name."""
    one: dict[str, Any] = KUBERNETES[name]

    assert re.fullmatch(r"([a-z]+/)?v\d", one["apiVersion"])
    assert one["kind"]
    assert one["metadata"]["name"] == "cds-service"


def test_systemd_starts_reloads_and_stops_it() -> None:
    """Never as root, with the signal that reads the settings again."""
    service = unit()["Service"]

    assert service["ExecStart"].endswith("/cds-service serve")
    assert "-HUP $MAINPID" in service["ExecReload"]
    assert service["DynamicUser"] == "yes"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert int(service["TimeoutStopSec"]) > 8
