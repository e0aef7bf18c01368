"""Rules about a spine that was operated, is inflamed, or is ill in another way."""

from __future__ import annotations

from dataclasses import replace

from hooks.spine_mri.citations import ACR_AXSPA, ACR_LOW_BACK_PAIN
from hooks.spine_mri.criteria.other_indication import OTHER_INDICATION
from hooks.spine_mri.criteria.spondyloarthritis import (
    JOINTS_INCLUDED,
    KNOWN_SPONDYLOARTHRITIS,
    SPONDYLOARTHRITIS,
)
from hooks.spine_mri.criteria.surgery import PAIN_AFTER_SURGERY
from hooks.spine_mri.rule import Advise, Appropriateness, ContrastRow, Rule, Tone

POS1 = Rule(
    id="POS1",
    priority=57,
    criterion=PAIN_AFTER_SURGERY,
    advise=Advise.FOR,
    contrast=ContrastRow.SCAR,
    tone=Tone.CALM,
    summary="New pain after spine surgery: contrast tells a scar from a new herniation",
    line="new pain after spine surgery",
    detail="A scan without contrast and a radiograph are rated usually appropriate "
    "too.",
    citations=(ACR_LOW_BACK_PAIN,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S21", "S38"),
)
AXS1 = Rule(
    id="AXS1",
    priority=58,
    criterion=JOINTS_INCLUDED,
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Axial spondyloarthritis: MRI of spine and sacroiliac joints is supported",
    line="axial spondyloarthritis",
    detail="Active and old lesions show best on MRI. A fat-suppressed sequence makes "
    "contrast optional.",
    citations=(ACR_AXSPA,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S12", "S13", "S14", "S21"),
)
AXS1_JOINTS = replace(
    AXS1,
    priority=58.5,
    criterion=KNOWN_SPONDYLOARTHRITIS,
    unless=("AXS1",),
    advise=Advise.CHANGE,
    summary="Axial spondyloarthritis: consider imaging the sacroiliac joints as well",
    detail="Lesions of the spine alone are the exception. Contrast is optional.",
)
AXS1_SUSPECTED = replace(
    AXS1_JOINTS,
    id="AXS1-suspected",
    priority=58.6,
    criterion=SPONDYLOARTHRITIS,
    summary="Possible axial spondyloarthritis: image the sacroiliac joints too, "
    "radiograph before MRI",
    line="possible axial spondyloarthritis",
    detail="MRI of joints and spine is for when the radiograph is negative or "
    "unclear. Contrast is optional.",
)
OUT1 = Rule(
    id="OUT1-other-indication",
    priority=67,
    criterion=OTHER_INDICATION,
    unless=("PER1",),
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Known disease of cord or canal: outside these rules, no objection raised",
    line="known disease of cord or canal",
    detail="Criteria for back pain do not fit it; the specialty's own protocol does.",
    citations=(),
    appropriateness=None,
    strength="scope",
    statements=("S1",),
)
KNOWN_DISEASE = (POS1, AXS1, AXS1_JOINTS, AXS1_SUSPECTED, OUT1)
