"""The name of an order tells levels and contrast where codes do not."""

from __future__ import annotations

import pytest

from hooks.spine_mri.order_text import read_order, read_order_text
from hooks.spine_mri.protocol import Contrast

C, T, L, S = "cervical", "thoracic", "lumbar", "sacral"
WHOLE = {C, T, L, S}


@pytest.mark.parametrize(
    ("text", "sites", "contrast"),
    [
        ("MR Lumbar spine", {L}, "unspecified"),
        ("MR Lumbar spine WO contrast", {L}, "without"),
        ("MR Lumbar spine W contrast IV", {L}, "with-only"),
        ("MR Lumbar spine WO and W contrast IV", {L}, "without-and-with"),
        ("MRI LUMBAR SPINE W WO IV CONTRAST", {L}, "without-and-with"),
        ("MRI Cervical Spine W/O & W/ contrast", {C}, "without-and-with"),
        ("MRI C-spine", {C}, "unspecified"),
        ("MRI C/T spine", {C, T}, "unspecified"),
        ("MRI T/L spine", {T, L}, "unspecified"),
        ("MRI T-spine pre and post", {T}, "without-and-with"),
        ("MRI dorsal spine plain", {T}, "without"),
        ("MRI cervicothoracic spine", {C, T}, "unspecified"),
        ("MRI thoracolumbar spine", {T, L}, "unspecified"),
        ("MRI LS spine w/wo", {L, S}, "without-and-with"),
        ("MR Sacrum WO contrast", {S}, "without"),
        ("MRI whole spine with contrast", WHOLE, "with-only"),
        ("MRI C+T+L spine", WHOLE, "unspecified"),
        ("MRI neuroaxis with and without contrast", WHOLE, "without-and-with"),
        ("MR Spine.cervical+Spine.thoracic W contrast", {C, T}, "with-only"),
        ("Magnetic resonance imaging of lumbar spine", {L}, "unspecified"),
        ("MRI brain and cervical spine without contrast", {C}, "without"),
        ("MRI lumbar spine and sacroiliac joint", {L}, "unspecified"),
        ("MRI lumbar spine +C", {L}, "with-only"),
        ("MRI lumbar spine unenhanced", {L}, "without"),
        ("MRI lumbar spine enhanced", {L}, "with-only"),
        ("MRI lumbar, without contrast followed by contrast", {L}, "without-and-with"),
        ("MRI lumbar spine without contrast and with sedation", {L}, "without"),
        ("MRI spine", set(), "unspecified"),
        ("MRI of the back without contrast", set(), "without"),
    ],
)
def test_a_spine_mri_is_understood(text: str, sites: set[str], contrast: str) -> None:
    """The usual spellings of level and contrast are read."""
    order = read_order(text)
    assert order is not None
    assert set(order.sites) == sites
    assert order.contrast.value == contrast
    assert order.complete is (sites == WHOLE)


@pytest.mark.parametrize(
    "text",
    [
        "MRI brain",
        "MRI knee",
        "MRI foot",
        "MRI neck soft tissue",
        "MRA cervical spine",
        "MR angiography of spine",
        "MRI lumbar plexus",
        "MRI sacroiliac joints",
        "MRI pelvis and spine survey of the hip joint of the head".replace(
            " spine", ""
        ),
        "CT lumbar spine",
        "X-ray lumbar spine",
        "Lumbar spine",
        "",
    ],
)
def test_other_orders_are_none(text: str) -> None:
    """Another organ, another modality, vessels and plexus are no spine MRI."""
    assert read_order(text) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), None),
        (("CT head",), None),
        (("MRI",), None),
        (("MRI spine", "MRI lumbar spine wo"), (frozenset({L}), Contrast.WITHOUT)),
        (("MRI spine", "MRI back"), (frozenset(), Contrast.UNSPECIFIED)),
    ],
)
def test_the_text_that_says_most_counts(
    texts: tuple[str, ...], expected: tuple[frozenset[str], Contrast] | None
) -> None:
    """A name with a level is better than one without."""
    assert read_order_text(texts) == expected
