"""The rule about a scan that was done already."""

from __future__ import annotations

from hooks.spine_mri.citations import ACP_2011
from hooks.spine_mri.criteria.earlier_scan import SCANNED_ALREADY
from hooks.spine_mri.rule import Advise, ContrastRow, Rule

DUP1 = Rule(
    id="DUP1",
    priority=69,
    criterion=SCANNED_ALREADY,
    # Also to one that another rule keeps from matching: it may be a flag.
    gives_way_before=69,
    advise=Advise.AGAINST,
    contrast=ContrastRow.PLAIN,
    summary="Scanned in the last 90 days and nothing new on record: another MRI is not "
    "advised",
    line="scanned already",
    detail="Without a change a second scan seldom changes what is done. Order anyway "
    "if something is new that is not in the record.",
    citations=(ACP_2011,),
    appropriateness=None,
    strength="strong recommendation, low-quality evidence",
    statements=("S28",),
)
REPEAT = (DUP1,)
