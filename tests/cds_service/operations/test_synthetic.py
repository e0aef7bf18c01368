"""A made-up call every now and then, counted by whether it is answered as agreed."""

from __future__ import annotations

import time
from dataclasses import replace

from structlog.testing import capture_logs

from cds_service.operations.metrics import Metrics
from cds_service.operations.synthetic import ask_for_ever, ask_once
from cds_service.operations.vignettes import shipped
from cds_service.registry import load


def test_an_answer_as_agreed_is_counted() -> None:
    """Without a word in the log."""
    metrics = Metrics()
    with capture_logs() as logged:
        outcome = ask_once(load(), shipped()[0], metrics)

    assert outcome == "agreed"
    assert b'cds_synthetic_calls_total{outcome="agreed"} 1.0' in metrics.text()
    assert logged == []


def test_another_answer_is_counted_and_logged() -> None:
    """By the name of the story."""
    metrics = Metrics()
    first, second = shipped()[:2]
    swapped = replace(first, body=second.body, at=second.at, service=second.service)
    with capture_logs() as logged:
        outcome = ask_once(load(), swapped, metrics)

    assert outcome == "differs"
    assert b'cds_synthetic_calls_total{outcome="differs"} 1.0' in metrics.text()
    assert [line["cause"] for line in logged] == [first.folder.name]


def test_it_goes_on_by_itself() -> None:
    """In a thread of its own."""
    metrics = Metrics()
    ended = ask_for_ever(0.01, metrics)
    for _ in range(200):
        if b'outcome="agreed"' in metrics.text():
            break
        time.sleep(0.05)
    ended.set()

    assert b'outcome="agreed"' in metrics.text()
