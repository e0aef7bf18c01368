"""What kidneys, pregnancy, allergy and implants make of an answer.

M46.46 discitis, 449813001 saddle numbness, C50.911 breast cancer, 42345000 weight loss;
72148 lumbar without contrast, 72158 with both, 72149 with contrast alone.
"""

from __future__ import annotations

from tests.hooks.spine_mri.stories import card, expected, told
from tests.tables import each

SEEN = "lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day; temp 37 Cel @ 1 day; "
FAILED = "has M54.16 @ 50 days; did 91251008 @ 45 days; "
LOW = "lab 98979-8 22 mL/min/{1.73_m2} @ 3 days"


def story(row: dict[str, str]) -> dict[str, str]:
    """Write the chart out: LOW is a low eGFR, FAILED six weeks of care in vain."""
    told_in_full = row["chart"].replace("LOW", LOW).replace("FAILED; ", FAILED)
    return row | {"chart": SEEN + told_in_full}


@each(
    """
    chart                                                 | person    | order   | priority | advise    | target           | indicator | modifiers      | why
    has M46.46; LOW                                       |           | 72158   | urgent   | for       | without-and-with | warning   | SAF1           | infection keeps its contrast whatever the kidneys
    has M46.46; LOW                                       |           | 72148   | urgent   | change    | without-and-with | warning   | SAF1           | and gets it where it was left out
    has M46.46; has Z99.2                                 |           | 72158   | urgent   | for       | without-and-with | warning   | SAF1           | so does one on dialysis
    has 449813001 @ 3 days; LOW                           |           | 72148   | stat     | for       | without          | critical  | INF4           | no contrast, no word about kidneys
    has 449813001 @ 3 days; LOW                           |           | 72158   | stat     | for       | without-and-with | critical  | SAF1 INF4      | contrast that is accepted is no reason to wait
    FAILED; LOW                                           |           | 72148   |          | for       | without          | info      | INF4           | nor in pain
    FAILED; LOW                                           |           | 72158   |          | change    | without          | warning   | CON2 SAF1 INF4 | contrast that adds little, and may harm
    has M54.50 @ 9 days; LOW                              |           | 72158   |          | against   | without          | warning   | SAF1 INF4      | against stays against
    has 449813001 @ 3 days; has Z33.1 @ 90 days           | female 30 | 72148   | stat     | for       | without          | critical  | INF4           | pregnant, without contrast: nothing to add
    has 449813001 @ 3 days; has Z33.1 @ 90 days           | female 30 | 72158   | stat     | change    | without          | critical  | SAF2 INF4      | an emergency without contrast
    has M46.46; has Z33.1 @ 90 days                       | female 30 | 72158   | urgent   | change    | without          | warning   | SAF2           | infection in pregnancy: without
    has M46.46; has Z33.1 @ 90 days                       | female 30 | 72148   | urgent   | for       | without          | warning   | SAF2           | and without is accepted
    has M46.46; has Z33.1 @ 90 days                       | female 30 | 24968-0 | urgent   | for       | without          | warning   | SAF2           | contrast not stated is no reason to change
    has M46.46; has Z33.1 @ 90 days                       | female 30 | 72149   | urgent   | change    | without          | warning   | CON1 SAF2      | contrast alone
    has C50.911; has Z33.1 @ 90 days; LOW                 | female 30 | 72148   | urgent   | for       | without          | warning   | SAF2 INF4      | no contrast is left for the kidneys to mind
    has M46.46; had Z33.1 @ 90 days                       | female 30 | 72158   | urgent   | for       | without-and-with | info      |                | no longer pregnant
    has M46.46; has Z33.1 @ 90 days                       | male 30   | 72158   | urgent   | for       | without-and-with | info      |                | a man
    FAILED; has Z33.1 @ 90 days                           | female 30 | 72148   |          | for       | without          | info      | INF4           | pain, without contrast: nothing to add
    FAILED; has Z33.1 @ 90 days                           | female 30 | 72158   |          | change    | without          | warning   | CON2 SAF2 INF4 | pain, with contrast
    has M54.50 @ 50 days; did 91251008 @ 45 days; has Z33.1 @ 90 days | female 30 | 72158 | | change    | without          | warning   | SAF2 INF4      | a question about the scan, none about the contrast
    has M54.50 @ 9 days; has Z33.1 @ 90 days              | female 30 | 72158   |          | against   | without          | warning   | SAF2 INF4      | never from for to against, nor back
    had C18.9 @ 4000 days; has Z33.1 @ 90 days            | female 30 | 72158   |          | change    | without          | warning   | SAF2 INF4      | a calm change is loud with contrast in pregnancy
    has M46.46; allergic 105879004                        |           | 72158   | urgent   | change    | without-and-with | warning   | SAF3           | infection: another agent, or without
    has M46.46; allergic 105879004                        |           | 72148   | urgent   | for       | without          | warning   | SAF3           | infection: without is accepted
    has M46.46; allergic 105879004                        |           | 72149   | urgent   | change    | without-and-with | warning   | CON1 SAF3      | infection: contrast alone is no use
    has M46.46; allergic 426722004                        |           | 72158   | urgent   | for       | without-and-with | info      |                | an allergy to iodine does not matter
    has M46.46; cleared 105879004                         |           | 72158   | urgent   | for       | without-and-with | info      |                | nor does one refuted
    has C50.911; allergic Gadavist                        |           | 72158   | urgent   | change    | without-and-with | warning   | SAF3 INF4      | tumour as infection
    has 449813001 @ 3 days; allergic 105879004            |           | 72158   | stat     | change    | without          | critical  | SAF3 INF4      | an emergency without contrast
    has 449813001 @ 3 days; has M46.46; allergic 105879004 |          | 72148   | stat     | for       | without          | critical  | SAF3           | with infection too
    FAILED; allergic 105879004                            |           | 72148   |          | for       | without          | info      | INF4           | pain, without contrast: nothing to add
    FAILED; allergic 105879004                            |           | 72158   |          | change    | without          | warning   | CON2 SAF3 INF4 | pain, with contrast
    had C18.9 @ 4000 days; allergic 105879004             |           | 72158   |          | change    | without          | warning   | SAF3 INF4      | contrast that nothing needs is left out
    has M46.46; has Z33.1 @ 9 days; allergic 105879004    | female 30 | 72158   | urgent   | change    | without          | warning   | SAF2 SAF3      | pregnancy comes first
    has M50.00 @ 3 days; has Z95.0                        |           | 72156   | stat     | for       | without-and-with | critical  | SAF4 INF4      | a pacemaker delays no cord compression
    has M46.46; has Z95.0                                 |           | 72158   | urgent   | for       | without-and-with | warning   | SAF4           | nor infection
    FAILED; has Z95.0                                     |           | 72148   |          | for       | without          | warning   | SAF4 INF4      | in pain it is a warning
    has M54.50 @ 9 days; has Z95.0                        |           | 72148   |          | against   | without          | warning   | SAF4 INF4      | against stays against
    has M54.50 @ 50 days; did 91251008 @ 45 days; has Z95.0 |         | 72148   |          | uncertain | without          | info      | SAF4 INF4      | and a question a question
    had C18.9 @ 4000 days; has Z95.0                      |           | 72148   |          | change    | without          | warning   | SAF4 INF4      | a calm change is loud with a device
    """
)
def test_answers(row: dict[str, str]) -> None:
    """Contrast gives way to the patient; no emergency does."""
    assert told(story(row)) == expected(row)


@each(
    """
    chart                                         | person    | order | says | why
    has M46.46; LOW                               |           | 72158 | Low kidney function (eGFR 22 mL/min/1.73 m² (21 Nov 2026)): consider a group II | the rate and its day
    has M46.46; has Z33.1 @ 90 days               | female 30 | 72158 | Consider **MRI lumbar spine without contrast** | what to order instead
    has M46.46; has Z33.1 @ 90 days               | female 30 | 72158 | Pregnant (Pregnant, incidental (26 Aug 2026)): MRI is fine | and why
    had C18.9 @ 4000 days; has Z33.1 @ 90 days    | female 30 | 72158 | Consider **MRI lumbar spine without contrast** | also where a radiograph comes first
    has M46.46; allergic 105879004                |           | 72158 | Consider **MRI lumbar spine without contrast**, priority urgent, or another agent | two ways are open
    has M46.46; allergic 385420005                |           | 72158 | which kind is not stated: ask whether it was gadolinium | a contrast medium of any kind
    has M46.46; has Z95.0                         |           | 72158 | Implanted device (Pacemaker): not an absolute bar; consider settling | a device
    FAILED; LOW                                   |           | 72149 | Images after contrast alone | contrast alone
    FAILED; LOW                                   |           | 72158 | (21 Nov 2026)): consider MRI without contrast. | which agent does not matter where none is needed
    FAILED; allergic 105879004                    |           | 72158 | Earlier reaction to gadolinium (Gadolinium and/or compound (substance)): consider MRI without contrast. | nor after a reaction
    FAILED; has Z33.1 @ 90 days                   | female 30 | 72158 | MRI is fine; gadolinium is best left out | in pregnancy the scan is fine
    has M54.50 @ 9 days; allergic 105879004       |           | 72158 | (Gadolinium and/or compound (substance)): if you order anyway, consider MRI without contrast. | nor where no scan is advised
    has M54.50 @ 9 days; has Z33.1 @ 90 days      | female 30 | 72158 | if you order anyway, consider MRI without contrast. | in pregnancy too
    """
)
def test_lines(row: dict[str, str]) -> None:
    """Each has one line, with what it rests on."""
    assert row["says"] in card(story(row)).detail


@each(
    """
    chart                                      | person    | order | summary | why
    has M46.46; has Z33.1 @ 90 days            | female 30 | 72158 | Pregnant, suspected spine infection: consider MRI without contrast, urgently | the rule's own words ask for contrast
    has 449813001 @ 3 days; has M46.46; has Z33.1 @ 9 days | female 30 | 72158 | Possible cauda equina syndrome: consider emergency MRI now, not delayed for contrast | these do not
    has M46.46; allergic 105879004             |           | 72158 | Suspected or known spine infection: consider MRI without and with contrast within 24 hours | with another agent they hold
    has M46.46; allergic 105879004             |           | 72148 | Earlier reaction to gadolinium, suspected spine infection: consider MRI without contrast, urgently | without is accepted
    FAILED; has Z33.1 @ 90 days                | female 30 | 72158 | Pregnant: consider MRI without gadolinium, unless it would change care of mother or fetus | in pain it is what matters most
    FAILED; allergic 105879004                 |           | 72158 | Earlier reaction to gadolinium: consider MRI without contrast | so is an allergy
    has G95.20 @ 3 days; has Z95.0             |           | 72146 | Signs of spinal cord compression: consider emergency MRI of the whole spine; implanted device on record | an implant, where it is pressing
    has M54.50 @ 9 days; has Z95.0             |           | 72148 | No red flags found in the record: MRI is not advised before six weeks of care | and not where no scan is advised
    has M54.50 @ 9 days; allergic 105879004    |           | 72158 | No red flags found in the record: MRI is not advised before six weeks of care | where no scan is advised
    """
)
def test_summary(row: dict[str, str]) -> None:
    """The one line never asks for contrast that the patient had better not get."""
    assert card(story(row)).summary == row["summary"]


@each(
    """
    missing            | advise  | modifiers | says                                                     | why
    allergies          | against | INF4      | Not seen: allergies (not supplied).                      | an allergy not seen is no red flag
    devices            | against | INF4      | Not seen: implants (not supplied).                       | nor is an implant
    allergies; devices | against | INF4      | Not seen: allergies, implants (not supplied). | both are named
    """
)
def test_what_is_not_seen_of_them(row: dict[str, str]) -> None:
    """It is named, and never makes an answer uncertain."""
    asked = row | {"chart": f"{SEEN}has M54.50 @ 9 days"}

    assert told(asked)["advise"] == row["advise"]
    assert told(asked)["modifiers"] == row["modifiers"]
    assert row["says"] in card(asked).detail


def test_a_caution_names_its_source() -> None:
    """In the words, among the links and in the record for machines."""
    made = card(story({"chart": "has M46.46; LOW", "order": "72158"}))

    labels = [link.label for link in made.links]
    assert "ACR and NKF 2021 gadolinium consensus" in labels
    assert all(label in made.detail for label in labels)
    (told_to_machines,) = (made.extension or {}).values()
    assert "SAF1-renal" in told_to_machines["rules"]
    assert "egfr-low" in [one["criterion"] for one in told_to_machines["reasons"]]
