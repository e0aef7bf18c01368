"""The check digits by which a mistyped LOINC or SNOMED CT code shows itself."""

from __future__ import annotations

import re
from functools import reduce
from typing import Final

_LOINC: Final = re.compile(r"(\d{1,7})-(\d)", re.ASCII)
_SNOMED: Final = re.compile(r"[1-9]\d{5,17}", re.ASCII)

# Verhoeff: the multiplication of the symmetries of a pentagon, and the
# permutation applied to a digit once more for each place it stands further left.
_PRODUCT: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_PERMUTATION: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)


def loinc_is_valid(code: str) -> bool:
    """Say whether a LOINC code has its form and its mod-10 check digit."""
    form = _LOINC.fullmatch(code)
    if form is None:
        return False
    # Every second digit, from the last one on, counts double.
    total = sum(
        sum(divmod(int(digit) * (2 - place % 2), 10))
        for place, digit in enumerate(reversed(form[1]))
    )
    return -total % 10 == int(form[2])


def snomed_is_valid(code: str) -> bool:
    """Say whether a SNOMED CT identifier has its form and its Verhoeff digit."""
    if _SNOMED.fullmatch(code) is None:
        return False
    places = enumerate(int(digit) for digit in reversed(code))
    turned = (_PERMUTATION[place % 8][digit] for place, digit in places)
    return reduce(lambda left, right: _PRODUCT[left][right], turned, 0) == 0
