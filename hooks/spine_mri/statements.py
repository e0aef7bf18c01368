"""The statements of the commissioning summary, S1 to S38, in our own short words.

Which rule carries which stands at the rule itself; here is only what no rule can say:
where else a statement is carried, or why it is set aside.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    Attributes:
        id: its number in the summary.
        words: what it says.
        place: where it is carried beside the rules.
        note: what a reader should know; for one that no rule carries, why.
        tests: tests that show it, beside those of its rules.
        waits_for: the rule that will carry it, as long as that one is not written.
    """

    id: str
    words: str
    place: str = ""
    note: str = ""
    tests: tuple[str, ...] = ()
    waits_for: str = ""


_WHY_MRI = "[Why MRI at all](README.md#why-mri)"
_REGION = "`hooks/spine_mri/region.py`: which part of the spine is needed"
_REGION_TESTS = ("tests/hooks/spine_mri/test_region.py",)
_CARD_TESTS = ("tests/hooks/spine_mri/test_cards.py",)
_PAGE_TESTS = ("tests/hooks/spine_mri/test_pages.py",)

STATEMENTS = (
    Statement(
        "S1",
        "MRI is for suspected infection, tumour, cord compression and severe or "
        "progressive deficits, not for routine pain",
    ),
    Statement("S2", "Before and after contrast is the standard for spine infection"),
    Statement(
        "S3",
        "Pain with fever, raised ESR or CRP, or a risk factor for infection calls for "
        "imaging",
        note="One risk factor alone: see disagreement D3",
    ),
    Statement(
        "S4",
        "An epidural abscess is imaged at once",
        note="Its incidence is not repeated: the figure counts hospital admissions",
    ),
    Statement("S5", "Radiographs miss early infection"),
    Statement(
        "S6",
        "Cancer in the past is the strongest predictor of cancer behind back pain",
        note="The summary speaks of cord compression; its figure is the chance of "
        "cancer",
    ),
    Statement("S7", "MRI shows tumours, masses and what they press on"),
    Statement(
        "S8",
        "Weight loss, age over 50 and a month without improvement are further flags",
        note="Weak ones: see disagreement D4",
        waits_for="ONC3",
    ),
    Statement("S9", "Suspected cauda equina syndrome is imaged at once"),
    Statement("S10", "Rapidly worsening or multifocal weakness is imaged promptly"),
    Statement(
        "S11",
        "Neurological emergencies are first imaged without contrast",
        note="See disagreement D2",
    ),
    Statement(
        "S12",
        "Spondyloarthritis may show in the spine alone: image sacroiliac joints and "
        "spine",
        waits_for="AXS1",
    ),
    Statement(
        "S13", "Active and chronic inflammation show best on MRI", waits_for="AXS1"
    ),
    Statement(
        "S14",
        "Three inflamed sites or five lesions make spondyloarthritis very likely",
        note="A rule for reading images; nothing of an order depends on it",
    ),
    Statement("S15", "Guidelines discourage MRI in non-specific pain"),
    Statement("S16", "No imaging before six weeks in uncomplicated pain"),
    Statement("S17", "What MRI finds explains pain poorly"),
    Statement(
        "S18",
        "After six weeks of good care, and only where surgery or an injection is an "
        "option",
        note="Thoracic pain: see disagreement D5",
    ),
    Statement(
        "S19",
        "Radiculopathy with signs, stenosis, or doubt before an operation are reasons",
    ),
    Statement("S20", "Without contrast first for trauma, deficits and most else"),
    Statement(
        "S21",
        "Contrast for infection, tumour, inflammation, and scar against disc",
        note="Inflammation: see disagreement D6",
    ),
    Statement("S22", "Images before contrast always belong to it"),
    Statement("S23", "Images after contrast alone are no first test"),
    Statement(
        "S24",
        "The whole spine where disease may be in several places",
        place=_REGION,
        tests=_REGION_TESTS,
    ),
    Statement(
        "S25",
        "Otherwise the region of the symptoms",
        place=_REGION,
        tests=_REGION_TESTS,
    ),
    Statement(
        "S26",
        "Continuing physical therapy with an undiagnosed serious disease does harm",
        place="`hooks/spine_mri/suggestions.py`: never physical therapy beside a red "
        "flag",
        tests=("tests/hooks/spine_mri/test_suggestions.py",),
    ),
    Statement("S27", "A radiograph alone does not exclude infection"),
    Statement("S28", "A scan without a clinical question finds what explains nothing"),
    Statement("S29", "Waiting with a red flag does harm"),
    Statement(
        "S30",
        "MRI shows soft tissue better than other methods",
        place=_WHY_MRI,
        tests=_PAGE_TESTS,
    ),
    Statement(
        "S31",
        "No ionising radiation: fit for children and repeated scans",
        place=_WHY_MRI,
        tests=_PAGE_TESTS,
    ),
    Statement("S32", "Images in every plane", place=_WHY_MRI, tests=_PAGE_TESTS),
    Statement(
        "S33",
        "Early disease shows sooner than on CT or radiographs",
        place=_WHY_MRI,
        tests=_PAGE_TESTS,
    ),
    Statement(
        "S34",
        "Asked about: back pain, numbness or weakness with trauma, cancer or "
        "inflammatory disease",
        waits_for="TRA1",
    ),
    Statement(
        "S35",
        "Supplements clinical judgement and is to be verified",
        place="the last paragraph of every card",
        tests=_CARD_TESTS,
    ),
    Statement(
        "S36",
        "The summary awaits review by a human",
        place="the last paragraph of every card, and the [status](README.md#status) of "
        "the rules",
        note="Rules cite primary sources; the summary is background alone",
        tests=(*_CARD_TESTS, *_PAGE_TESTS),
    ),
    Statement(
        "S37",
        "Its references are four secondary summaries and one review",
        note="None is cited by a rule: each rests on the primary sources of its "
        "[list](README.md#sources)",
    ),
    Statement(
        "S38",
        "Asked elsewhere: recurrent pain after an operation on a disc",
        waits_for="POS1",
    ),
)
