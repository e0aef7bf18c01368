"""How soon."""

from __future__ import annotations

from tests.hooks.spine_mri.stories import expected, told
from tests.tables import each


@each(
    """
    chart                                               | urgency   | why
                                                        | routine   | nothing found
    has 449813001 @ 3 days                              | immediate | cauda equina
    has 449813001 @ 40 days                             | urgent    | possible cauda equina, the same day
    has M21.371 @ 3 days                                | urgent    | a weak leg
    has M21.371 @ 3 days; has 713512009 @ 3 days        | immediate | leg and arm
    has M21.371 @ 3 days; has 713512009 @ 400 days      | urgent    | the arm is an old matter
    has M46.46                                          | urgent    | infection
    has G06.1                                           | immediate | abscess
    has A41.9 @ 7 days                                  | immediate | sepsis
    has A41.9 @ 8 days                                  | urgent    | sepsis of last week
    has M46.46; has M21.371 @ 3 days                    | immediate | infection with weakness
    has M46.46; has 449813001 @ 40 days                 | immediate | infection with a possible cauda equina
    has 226034001                                       | urgent    | high risk of infection
    has 226034001; has M21.371 @ 3 days                 | immediate | high risk with weakness
    has Z99.2; lab 1988-5 5 mg/L @ 1 day                | routine   | high risk with normal markers
    has 226034001; lab 1988-5 5 mg/L @ 1 day            | routine   | also where they do not reassure
    has C50.911                                         | urgent    | cancer
    has C50.911; has M21.371 @ 3 days                   | immediate | cancer with weakness
    had C18.9 @ 100 days                                | urgent    | past cancer, pain of unknown age
    had C18.9 @ 100 days; has M54.50 @ 90 days          | urgent    | past cancer, new pain
    had C18.9 @ 100 days; has M54.50 @ 91 days          | routine   | past cancer, old pain
    had C18.9 @ 100 days; has M21.371 @ 3 days          | urgent    | past cancer with weakness
    had C18.9 @ 4000 days                               | routine   | cancer long ago
    has M54.50 @ 91 days; lab 1988-5 30 mg/L @ 1 day    | routine   | a faint marker in an old pain
    has M54.50 @ 91 days; lab 4537-7 80 mm/h @ 1 day    | routine   | so with the sedimentation alone
    has M54.50 @ 91 days; lab 1988-5 31 mg/L @ 1 day    | urgent    | no longer faint
    has M54.50 @ 90 days; lab 1988-5 30 mg/L @ 1 day    | urgent    | a faint marker in a newer pain
    has M54.50 @ 91 days; lab 1988-5 30 mg/L @ 1 day; has E11.9 | urgent | a faint marker with a risk
    """
)
def test_urgency(row: dict[str, str]) -> None:
    """The greatest of all matched rules, and what certain pairs make of it."""
    assert told(row) == expected(row)
