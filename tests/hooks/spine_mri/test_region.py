"""Which regions the findings need to be seen."""

from __future__ import annotations

from tests.hooks.spine_mri.stories import expected, told
from tests.tables import each


@each(
    """
    chart                                                   | order   | reason | region          | advise | why
    has M46.46                                              | 72158   |        | lumbar          | for    | the infection names its level
    has M46.42                                              | 72158   |        | cervical        | change | another level than ordered
    has M46.42                                              | 30855-1 |        | cervical        | for    | the whole spine holds it
    has M46.40; has M54.2                                   | 72158   |        | cervical        | change | the complaint names it
    has M46.40                                              | 72158   |        |                 | for    | nothing names it
    has M46.40; has M54.2; has M54.50                       | 72158   |        | whole           | change | infection with pain in two regions
    has Z99.2; has M54.2; has M54.50                        | 72158   |        | cervical lumbar | change | a risk with pain in two regions: those two
    did 62323 @ 20 days                                     | 72158   | M54.2  | cervical lumbar | change | a needle there, and a pain here that the order states
    has Z99.2; has M54.50 @ 20 days                         | 72158   | M54.2  | cervical lumbar | change | an undated pain elsewhere counts beside a dated one
    has Z99.2; has M54.50 @ 20 days; has M54.2 @ 91 days    | 72158   |        | lumbar          | for    | an old one does not
    has M46.46; has 226034001                               | 72158   |        | whole           | change | injecting drug use spreads
    has M46.46; has F11.20                                  | 72158   |        | whole           | change | so does its strong proxy
    has A18.01                                              | 72158   |        | whole           | change | so does tuberculosis
    has M46.46; has Z22.7                                   | 72158   |        | lumbar          | for    | latent tuberculosis does not
    has C50.911; has M54.50                                 | 72158   |        | lumbar          | for    | cancer: where it hurts
    has C50.911; has M54.50                                 | 30855-1 |        | lumbar          | for    | the whole spine is accepted
    has C79.51; has M54.50                                  | 72158   |        | whole           | change | cancer in bone
    has C90.00; has M54.50                                  | 72158   |        | whole           | change | myeloma
    has C50.911; has M21.371 @ 3 days                       | 72158   |        | whole           | change | cancer with neurology
    had C18.9 @ 90 days; has M21.371 @ 3 days               | 72158   |        | whole           | change | past cancer with neurology
    had C18.9 @ 4000 days; has M21.371 @ 3 days             | 72148   |        |                 | for    | cancer of long ago with neurology
    has 449813001 @ 3 days                                  | 72148   |        | lumbar          | for    | cauda equina: lumbar
    has 449813001 @ 3 days                                  | 30854-4 |        | whole           | for    | an order of the neck as well: the whole
    has 449813001 @ 3 days; has M54.2                       | 72148   |        | whole           | change | neck pain as well: the whole
    has 449813001 @ 3 days; has M54.50 @ 100 days; has 226034001 | 72148 |     | whole           | change | cauda equina in injecting drug use
    has 449813001 @ 40 days                                 | 72141   |        | whole           | change | possible cauda equina on a neck order
    has M21.371 @ 3 days; has M54.2                         | 72148   |        | cervical        | change | weakness: where it hurts
    has M21.371 @ 3 days; has M54.2                         | 36531-2 |        | cervical        | for    | no region is no reason to change
    has M21.371 @ 3 days; has M54.16; has M54.18            | 72148   |        | lumbar          | for    | a lumbar scan shows the upper sacrum
    has M54.12 @ 50 days; did 91251008 @ 45 days            | 30854-4 |        | cervical        | for    | care failed: whole accepted
    has M54.14 @ 50 days; has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 |  | lumbar thoracic | for  | care failed: an overlap is enough
    has M48.00 @ 50 days; has M54.2 @ 50 days; did 91251008 @ 45 days | 72148 |   | cervical        | change | care failed: no overlap
    """,
)
def test_region(row: dict[str, str]) -> None:
    """Which regions are needed, and whether the draft covers them."""
    assert told(row) == expected(row)
