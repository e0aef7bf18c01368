"""A fault of ours in one rule costs that rule, and is said."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from structlog.testing import capture_logs

from cds_service.app import create_app
from cds_service.operations.metrics import Metrics
from cds_service.reasoning.guard import guarded
from cds_service.reasoning.outline import tree
from cds_service.reasoning.plain import Judgement
from cds_service.reasoning.truth import Truth
from cds_service.registry import register
from cds_service.settings import Settings
from hooks.spine_mri import decision, precautions
from hooks.spine_mri.modifiers import SAF1
from hooks.spine_mri.rules import RULES
from tests.builders import condition, facts_from, request, spine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion, Finding

CALL = "/cds-services/spine-mri-order-select"
PAIN = condition("M54.50", "9 days")
CANARY = "Canary-4711"


@dataclass(frozen=True)
class Broken:
    """A criterion that fails, and would tell a patient's name if it were let."""

    asked: Criterion

    def __getattr__(self, name: str) -> Any:
        """Be like the one that works, but for its judgement."""
        return getattr(self.asked, name)

    def assess(self, facts: Facts) -> Finding:
        """Fail, one call further down."""
        return fail(facts)


def fail(facts: Facts) -> NoReturn:
    """Fail."""
    raise KeyError(CANARY, facts)


def breaking(monkeypatch: pytest.MonkeyPatch, rule_id: str) -> None:
    """Let one rule fail."""
    rules = tuple(
        replace(rule, criterion=Broken(rule.criterion)) if rule.id == rule_id else rule
        for rule in RULES
    )
    assert any(isinstance(rule.criterion, Broken) for rule in rules)
    monkeypatch.setattr(decision, "RULES", rules)


def told(chart: list[Any]) -> Any:
    """Answer over HTTP with one card; the log and the counts beside it."""
    metrics = Metrics()
    # A service of its own, which has laid nothing down yet.
    services = register([replace(spine())])
    app = create_app(services, Settings(auth="none"), None, metrics)
    with capture_logs() as logged:
        response = app.test_client().post(CALL, json=request(chart))
    assert response.status_code == 200
    (card,) = response.get_json()["cards"]
    return card, logged, metrics.text().decode()


def test_what_fails_is_unknown_and_unseen() -> None:
    """With where it failed, and not a word of what the exception says."""
    facts = facts_from([PAIN])
    broken: Any = Broken(spine().criteria[0])
    finding, fault = guarded("R1", broken, facts)

    assert finding.criterion is broken
    assert (finding.truth, finding.unseen) == (Truth.UNKNOWN, True)
    assert fault is not None
    assert (fault.rule, fault.kind) == ("R1", "KeyError")
    assert fault.where == f"test_broken_rule.py:{fail.__code__.co_firstlineno + 2}"


@pytest.mark.fault(49)
def test_one_rule_that_fails_costs_that_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others lead; the card says what was not checked; somebody is told."""
    breaking(monkeypatch, "INF1-probable")
    card, logged, counted = told([PAIN, condition("G83.4", "2 days")])
    advice = card["extension"]["spine-mri.advice"]

    assert advice["rule"] == "NEU1-cauda-equina"
    assert "A check was unavailable: INF1-probable." in card["detail"]
    assert 'cds_rule_faults_total{rule="INF1-probable"} 1.0' in counted
    assert [line["kind"] for line in logged if line["event"] == "rule failed"] == [
        "KeyError"
    ]
    assert CANARY not in f"{card} {logged} {counted}"


@pytest.mark.fault(49)
def test_nothing_is_advised_against_on_a_check_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What could not be judged may have been a red flag."""
    calm, _, _ = told([PAIN])
    breaking(monkeypatch, "ONC1-active")
    card, _, _ = told([PAIN])

    assert calm["extension"]["spine-mri.advice"]["advise"] == "against"
    assert card["extension"]["spine-mri.advice"]["advise"] == "uncertain"
    assert card["summary"].startswith("Cannot advise: a check failed")


@pytest.mark.fault(49)
def test_a_caution_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scan is advised all the same."""
    assert SAF1.criterion is not None
    broken = replace(SAF1, criterion=Broken(SAF1.criterion))
    monkeypatch.setattr(precautions, "SAF1", broken)
    card, _, _ = told([PAIN])

    assert "A check was unavailable: SAF1-renal." in card["detail"]


LEAVES = {
    one.id: one
    for one in tree(spine().criteria)
    if isinstance(one, Judgement) and not one.parts
}


@contextmanager
def failing(leaf: Judgement) -> Iterator[None]:
    """Let a criterion fail wherever it is asked."""
    works = leaf.judge
    object.__setattr__(leaf, "judge", fail)
    try:
        yield
    finally:
        object.__setattr__(leaf, "judge", works)


@pytest.mark.fault(49)
@pytest.mark.parametrize("leaf", LEAVES)
def test_a_criterion_that_fails_costs_what_rests_on_it(leaf: str) -> None:
    """Rules and words ask for it; a card comes all the same, never against."""
    with failing(LEAVES[leaf]):
        calm, logged, counted = told([PAIN])
        grave, _, _ = told([PAIN, condition("G83.4", "2 days")])
    advice = calm["extension"]["spine-mri.advice"]

    assert advice["advise"] != "against"
    assert f"A check was unavailable: {leaf}" in calm["detail"]
    assert grave["indicator"] == "critical"
    assert f'cds_rule_faults_total{{rule="{leaf}"}} 1.0' in counted
    assert CANARY not in f"{calm} {grave} {logged}"
