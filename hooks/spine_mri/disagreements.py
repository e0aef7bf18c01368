"""Where the sources differ, and which reading the rules take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A question that sources answer differently.

    Attributes:
        id: as the specification numbers it.
        question: what is disputed.
        sources: who says what.
        choice: what the rules do, and why that is the safer reading.
        rules: the ids, up to the first dash, of the rules it shows in.
    """

    id: str
    question: str
    sources: str
    choice: str
    rules: tuple[str, ...]


DISAGREEMENTS = (
    Disagreement(
        id="D1",
        question="Does suspected infection need contrast?",
        sources="The commissioning summary asks for images before and after contrast. "
        "ACR rates a scan without contrast just as appropriate; a published case was "
        "missed on one.",
        choice="Before and after is proposed. A draft without contrast gets a proposed "
        "change, never advice against, and the card says that it will do where "
        "contrast would cost time.",
        rules=("INF1", "INF2"),
    ),
    Disagreement(
        id="D2",
        question="Contrast in a neurological emergency?",
        sources="The summary prefers none. ACR rates both alike for cauda equina "
        "syndrome and myelopathy.",
        choice="Without is proposed and both are accepted, so that nobody waits. A "
        "sign of infection or tumour beside it asks for contrast.",
        rules=("NEU1", "NEU2", "NEU3", "NEU4", "NEU6"),
    ),
    Disagreement(
        id="D3",
        question="Is one risk factor for infection enough to image?",
        sources="The summary and ACR image. An emergency-department guideline (Davis "
        "2011) measures ESR and CRP first.",
        choice="Strong risks (injecting drug use, dialysis, weakened immunity, a "
        "recent procedure) are imaged; normal markers turn most of them into a "
        "question. Diabetes and other weak risks alone are measured first.",
        rules=("INF2", "INF3", "INF4"),
    ),
    Disagreement(
        id="D4",
        question="Are age over 50, weight loss or a month without improvement flags?",
        sources="The summary lists them as reasons for MRI. ACP 2011 holds them weak: "
        "radiograph and ESR first.",
        choice="Age alone never counts. Weight loss, or age with a month of failed "
        "care, proposes blood tests and a radiograph; MRI stays accepted.",
        rules=("ONC3", "ONC3b"),
    ),
    Disagreement(
        id="D5",
        question="MRI for thoracic pain after six weeks of care?",
        sources="The summary allows it at any level. ACR 2024 rates it usually not "
        "appropriate in thoracic pain without neurology.",
        choice="Thoracic pain without radiculopathy or neurology: radiograph first.",
        rules=("PER1", "PER3"),
    ),
    Disagreement(
        id="D6",
        question="Contrast for suspected spondyloarthritis?",
        sources="The summary adds it for inflammation. ACR rates both alike, and "
        "lesions are read on fluid-sensitive images without it.",
        choice="Without is proposed, both are accepted.",
        rules=("AXS1",),
    ),
    Disagreement(
        id="D7",
        question="A cancer of the past and new pain: MRI at once?",
        sources="ACR rates MRI usually appropriate. ACP 2011 starts with a radiograph "
        "and ESR.",
        choice="MRI, unless the cancer is known to be over for more than ten years and "
        "is not of a kind that seeks bone: then radiograph and ESR first.",
        rules=("ONC2",),
    ),
    Disagreement(
        id="D8",
        question="What is a fever?",
        sources="38.0 Cel (CDC), 38.3 Cel once (IDSA and SCCM), 37.8 Cel by mouth in "
        "residents of care homes.",
        choice="38.0 Cel after rounding to one decimal.",
        rules=("INF1",),
    ),
)
