"""The code of a scan, and of other studies, in each code system."""

from __future__ import annotations

import pytest

from cds_service.knowledge.coding import CPT, LOINC, SNOMED
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.order_codes import order_codes, study_codes
from hooks.spine_mri.protocol import Contrast, mri_words, region_words
from tests.hooks.spine_mri.stories import split
from tests.tables import each

SYSTEMS = {"CPT": CPT, "LOINC": LOINC, "SNOMED": SNOMED}
STUDIES = {
    "radiograph": codes.RADIOGRAPH_SPINE_ORDER,
    "CT": codes.CT_SPINE_ORDER,
    "MRI of the joints": codes.MRI_SACROILIAC_ORDER,
}


def test_codes_of_a_system_without_one() -> None:
    """RadLex has no code for a scan, so there is none to suggest."""
    sites = frozenset({"lumbar"})

    assert order_codes("http://radlex.org", sites, Contrast.WITHOUT) == ()
    assert order_codes(CPT, frozenset({"sacral"}), Contrast.WITHOUT) == ()


@pytest.mark.parametrize(
    ("sites", "words"),
    [
        (set(), "spine"),
        ({"lumbar"}, "lumbar spine"),
        ({"lumbar", "cervical"}, "cervical and lumbar spine"),
        ({"lumbar", "cervical", "thoracic"}, "whole spine"),
        ({"lumbar", "sacroiliac"}, "lumbar spine and sacroiliac joints"),
        ({"sacroiliac"}, "sacroiliac joints"),
    ],
)
def test_region_in_words(sites: set[str], words: str) -> None:
    """Regions are named from the head down."""
    assert region_words(frozenset(sites)) == words


def test_scan_in_words() -> None:
    """Contrast that nobody stated is not named."""
    sites = frozenset({"lumbar"})

    assert mri_words(sites, Contrast.UNSPECIFIED) == "MRI lumbar spine"
    assert mri_words(sites, Contrast.WITH) == "MRI lumbar spine with contrast"


@each(
    """
    study      | system | sites                              | contrast    | codes                     | why
    radiograph | LOINC  | lumbar                             |             | 24972-2                   | one region
    radiograph | LOINC  | lumbar; sacral                     |             | 24972-2                   | a lumbar film shows the sacrum
    radiograph | LOINC  |                                    |             | 28613-8                   | no region known: the spine
    radiograph | LOINC  | cervical; thoracic; lumbar; sacral |             | 38008-9                   | the whole spine in LOINC
    radiograph | CPT    | cervical; thoracic; lumbar         |             | 72040; 72070; 72100       | three films in CPT
    radiograph | CPT    | lumbar; thoracic                   |             | 72070; 72100              | two films, from the head down
    radiograph | CPT    |                                    |             |                           | CPT has no film of any spine
    radiograph | SNOMED | sacral                             |             | 1290640000                | no sacral film: the spine
    radiograph | LOINC  | sacroiliac                         |             | 36633-6                   | both joints
    CT         | LOINC  | lumbar                             | without     | 30620-9                   | without contrast
    CT         | LOINC  | lumbar                             | intrathecal | 24965-6                   | contrast in the canal
    CT         | CPT    | lumbar                             | intrathecal |                           | no myelogram among our CPT codes
    CT         | SNOMED | cervical; thoracic; lumbar         | with        | 762008; 113105001; 90523008 | region by region
    MRI of the joints | CPT | sacroiliac                     | without     |                           | no CPT code either
    """
)
def test_codes_of_other_studies(row: dict[str, str]) -> None:
    """The code of the region, else of each, else of any spine, else none."""
    found = study_codes(
        STUDIES[row["study"]],
        SYSTEMS[row["system"]],
        frozenset(split(row["sites"])),
        row["contrast"],
    )

    assert [one.code for one in found] == split(row["codes"])
