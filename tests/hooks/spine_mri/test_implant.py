"""Does the patient carry something that MRI must respect?

Z95.0 pacemaker, Z96.21 cochlear implant; 307280005 a pacemaker put in, 175140001 taken
out; 14106009 pacemaker as the type of a Device.
"""

from __future__ import annotations

from hooks.spine_mri.criteria.implant import IMPLANT
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_implant = judges(
    IMPLANT,
    """
    chart                                                | missing | expected | unseen | why
    has Z95.0                                            |         | yes      |        | a problem
    did 307280005 @ 2000 days                            |         | yes      |        | a procedure
    wears 14106009                                       |         | yes      |        | a device
    wears Dual-chamber pacemaker                         |         | yes      |        | in words
    has Cochlear implant in situ @ 900 days              |         | yes      |        | of a diagnosis too
    did Removal of spinal cord stimulator @ 9 days       |         | no       |        | what was taken out
    wears Hearing aid                                    |         | no       |        | none that MRI must respect
    wears 14106009                                       | conditions | yes   |        | one source is enough
    has Z96.21                                           |         | yes      |        | in the ear
    has Z18.11                                           |         | yes      |        | magnetic metal
    has 275531008                                        |         | no       |        | a pacemaker once
    had Z95.0 @ 900 days                                 |         | no       |        | the problem is closed
    wore 14106009                                        |         | no       |        | the device is not worn any more
    did 307280005 @ 900 days; did 175140001 @ 90 days    |         | no       |        | put in and taken out
    did 307280005 @ 90 days; did 175140001 @ 900 days    |         | yes      |        | taken out, and another put in
    did 307280005 @ 90 days; did 175140001 @ 90 days     |         | yes      |        | both at once: exchanged
    has Z95.0; did 175140001 @ 90 days                   |         | yes      |        | nobody knows which came first
    has Z95.0 @ 900 days; did 175140001                  |         | yes      |        | nor here
    has Z95.0 @ 900 days; did 175140001 @ 90 days; wears 14106009 | | yes     |        | nor of a device without a date
    has Z96.21 @ 900 days; did 175140001 @ 90 days       |         | yes      |        | what was taken out was something else
    has Z96.641                                          |         | no       |        | an artificial hip
                                                         |         | no       |        | nothing on record
                                                         | devices | unknown  | unseen | devices were not sent
    """,
    facts_of,
)
