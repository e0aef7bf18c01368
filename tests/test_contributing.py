"""What CONTRIBUTING.md tells to write works as it stands there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.answer import answer
from cds_service.cds_hooks.request import parse_call
from cds_service.facts.extract import facts_about, read_chart_facts
from cds_service.facts.lexicon import MeasuredIn
from cds_service.facts.quantity import Quantity
from cds_service.fhir.chart import read_chart
from cds_service.registry import load
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria import infection
from tests.builders import PATIENT_ID, prefetch, request, spine
from tests.cds_service.reasoning.answers import NOBODY
from tests.resources import AT, observation

if TYPE_CHECKING:
    from cds_service.reasoning.finding import Finding

TEXT = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
CRITERION, SERVICE = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def criterion() -> Any:
    """Make the criterion shown, among the names of the module it belongs in."""
    names = {**vars(infection), "Quantity": Quantity}
    exec(CRITERION, names)  # noqa: S102 - our own document
    return names["PROCALCITONIN_RAISED"]


def judged(*results: str) -> Finding:
    """Let it judge a chart with these results, in a service that asks it too."""
    unit = MeasuredIn(label="PCT", unit="ug/L", lowest=Decimal(0), highest=Decimal(99))
    service = replace(
        spine(),
        criteria=(*spine().criteria, criterion()),
        measured={**spine().measured, codes.PROCALCITONIN.id: unit},
    )
    assert "33959-8" in service.prefetch["observations"]
    found = prefetch([observation("33959-8", one) for one in results])
    chart = read_chart(found, PATIENT_ID, service.prefetch)
    told = read_chart_facts(chart, service.lexicon, AT)
    facts = facts_about(NOBODY.order, told, service.lexicon, AT)
    made: Finding = criterion().assess(facts)
    return made


@pytest.mark.parametrize(
    ("result", "expected"), [("0.5 ug/L", "no"), ("0.6 ug/L", "yes"), ("", "unknown")]
)
def test_the_criterion_shown_judges(result: str, expected: str) -> None:
    """And the prefetch asks for its codes without more ado."""
    assert judged(*filter(None, [result])).truth.name.lower() == expected


def test_the_service_shown_is_found_and_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder with a service.py, and with a card for the order it is about."""
    folder = tmp_path / "content_shown" / "head_ct"
    folder.mkdir(parents=True)
    for one in (folder, folder.parent):
        (one / "__init__.py").write_text("", encoding="utf-8")
    (folder / "service.py").write_text(SERVICE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    (service,) = load("content_shown").values()
    order = {"resourceType": "ServiceRequest", "id": "1", "code": {"text": "CT head"}}
    sent = request(orders=[order]) | {"hook": "order-sign"}
    del sent["context"]["selections"]
    call = parse_call(json.dumps(sent).encode(), service.hook)

    (card,) = answer(service, call, AT).cards
    assert card.summary == "Head CT: state the reason"
