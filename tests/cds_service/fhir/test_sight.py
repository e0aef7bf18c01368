"""How much of a query could be seen."""

from __future__ import annotations

import pytest

from cds_service.fhir.sight import Sight, State


@pytest.mark.parametrize("state", State)
def test_only_an_answered_query_is_complete(state: State) -> None:
    """Found, none recorded or none of late, and all of it readable; else unseen."""
    answered = state in {State.PRESENT, State.NONE_RECORDED, State.STALE}
    assert Sight(state).complete is answered
    assert not Sight(state, unreadable=1).complete
