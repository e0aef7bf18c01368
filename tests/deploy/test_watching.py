"""Alert rules and dashboard speak of metrics that exist, by the labels they have."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import Counter, Histogram

from cds_service.app import create_app
from cds_service.operations.metrics import Metrics
from cds_service.registry import register
from cds_service.security.key_reading import Outcome
from cds_service.security.unauthorized import Cause as TokenCause
from cds_service.settings import Settings
from cds_service.switches import Switch
from tests.deploy.yaml_subset import read
from tests.toy import toy

ROOT = Path(__file__).parent.parent.parent
ALERTS = ROOT / "deploy/prometheus/alerts.yaml"
GUIDE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboard.json").read_text("utf-8"))
(GROUP,) = read(ALERTS)["groups"]
EACH_RULE = pytest.mark.parametrize(
    "rule", GROUP["rules"], ids=lambda one: one["alert"]
)
QUERIES = {
    **{one["alert"]: one["expr"] for one in GROUP["rules"]},
    **{
        f"{panel['title']} {target['refId']}": target["expr"]
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    },
    **{
        f"variable {one['name']}": one["query"]["query"]
        for one in DASHBOARD["templating"]["list"]
        if one["type"] == "query"
    },
}
EACH_QUERY = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
# What Prometheus itself adds to a series.
ITS_OWN = {"up": {"job", "instance"}}
SELECTED = re.compile(r"\b(up|cds_[a-z_]+)(?:\{([^}]*)\})?")
MATCHED = re.compile(r'([a-z_]+)(=~|!~|!=|=)"([^"]*)"')
GROUPED = re.compile(r"\b(?:by|on|group_left)\s*\(([a-z_, ]*)\)")
CALLED = re.compile(r"\b([a-z_0-9]+)\s*\(")
FUNCTIONS = {
    *("sum", "rate", "increase", "histogram_quantile", "vector", "hour"),
    *("day_of_week", "topk", "label_values", "by", "on", "group_left"),
    *("or", "and", "unless", "unless on"),
}


def series() -> dict[str, set[str]]:
    """Give every series that is exposed, with its labels."""
    found = dict(ITS_OWN)
    for one in vars(Metrics()).values():
        if isinstance(one, Counter):
            found[f"{one._name}_total"] = set(one._labelnames)  # noqa: SLF001
        if isinstance(one, Histogram):
            names = set(one._labelnames)  # noqa: SLF001
            found[f"{one._name}_bucket"] = {*names, "le"}  # noqa: SLF001
            found[f"{one._name}_count"] = found[f"{one._name}_sum"] = names  # noqa: SLF001
    return found


SERIES = series()


@EACH_QUERY
def test_every_metric_exists_with_its_labels(query: str) -> None:
    """Named exactly, with the ending that its kind has."""
    selected = SELECTED.findall(query)

    assert selected
    for name, matchers in selected:
        assert name in SERIES
        assert {label for label, *_ in MATCHED.findall(matchers)} <= SERIES[name]


@EACH_QUERY
def test_grouping_is_by_labels_that_exist(query: str) -> None:
    """Of the metrics that the query names."""
    names = {label for name, _ in SELECTED.findall(query) for label in SERIES[name]}
    names |= {"instance", "job"}

    grouped = {one for found in GROUPED.findall(query) for one in found.split(",")}
    assert {one.strip() for one in grouped} - {""} <= names


@EACH_QUERY
def test_a_query_is_whole(query: str) -> None:
    """Parentheses close, quotes close, and every function is one of PromQL's."""
    bare = re.sub(r'"[^"]*"', '""', query)
    depth = 0
    for one in bare:
        depth += (one == "(") - (one == ")")
        assert depth >= 0

    assert depth == 0
    assert query.count('"') % 2 == 0
    assert set(CALLED.findall(bare)) <= FUNCTIONS


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("cds_unauthorized_total.cause", {one.value for one in TokenCause}),
        ("cds_key_readings_total.outcome", {one.value for one in Outcome}),
        ("cds_switched_total.switch", {one.value for one in Switch}),
        ("cds_synthetic_calls_total.outcome", {"agreed", "differs"}),
    ],
)
def test_label_values_are_those_that_are_counted(label: str, known: set[str]) -> None:
    """A misspelt one would match nothing, for ever."""
    name, wanted = label.split(".")
    named = {
        value
        for query in QUERIES.values()
        for metric, matchers in SELECTED.findall(query)
        if metric == name
        for found, _, values in MATCHED.findall(matchers)
        if found == wanted
        for value in values.split("|")
    }

    assert named
    assert named <= known


@EACH_RULE
def test_an_alert_says_what_is_the_matter(rule: dict[str, Any]) -> None:
    """How pressing it is, one sentence, and what it means in the guide."""
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert rule["annotations"]["summary"].endswith(".")
    assert f"`{rule['alert']}`" in GUIDE


def test_the_alerts_that_were_asked_for_are_there() -> None:
    """Silence of both kinds above all: it looks like a clean bill of health."""
    assert {one["alert"] for one in GROUP["rules"]} >= {
        *("CdsSilent", "CdsNoRuleFires", "CdsSpike", "CdsErrorRatio"),
        *("CdsLatencyBudget", "CdsUnauthorizedBurst", "CdsRecordsDropped"),
        *("CdsRuleFault", "CdsNotReady", "CdsOverloaded", "CdsUnreachable"),
    }


def test_a_probe_that_is_refused_is_the_series_the_alert_looks_at() -> None:
    """CdsNotReady sees the probes of an installation that is not ready."""
    app = create_app(register([toy("order-select")]), Settings(auth="none"))
    app.view_functions["ready"] = lambda: ("", 503)
    client = app.test_client()
    client.get("/health/ready")

    told = client.get("/metrics").get_data(as_text=True)

    assert 'cds_requests_total{service="other",status="503"} 1.0' in told
    assert 'service="other",status="503"' in QUERIES["CdsNotReady"]


def test_the_panels_stand_side_by_side() -> None:
    """None overlaps another, none leaves the grid of 24 columns, each has its id."""
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken
        assert at["x"] + at["w"] <= 24
        taken |= cells

    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    assert all(panel["title"] and panel["description"] for panel in DASHBOARD["panels"])
