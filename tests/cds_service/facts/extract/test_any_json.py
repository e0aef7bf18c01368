"""Whatever JSON stands in a chart or an order: it is read, or left out and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    AT,
    ago,
    condition,
    draft,
    facts_from,
    medication_request,
    observation,
    patient,
    procedure,
    referral,
    status_of,
    up_to,
)
from tests.cds_service.facts.extract.charts import coded
from tests.robustness.mutations import paths, replaced, without

if TYPE_CHECKING:
    from tests.builders import Resource

SITE = [coded("122496007")]
CHART: dict[str, Resource] = {
    "problem": condition(
        "G83.4",
        "3 days",
        recorded="2 days",
        bodySite=SITE,
        onsetAge={"value": 40, "unit": "a", "code": "a"},
        abatementPeriod={"start": ago("3 days"), "end": ago("1 day")},
    ),
    "result": observation(
        "1988-5",
        ">88 mg/L",
        flag="H",
        referenceRange=up_to("10 mg/L", type=status_of("normal")),
    ),
    "done": procedure("91251008", "3 days", bodySite=SITE),
    "given": medication_request(
        "x",
        "3 days",
        doNotPerform=False,
        medicationCodeableConcept=None,
        contained=[
            {
                "resourceType": "Medication",
                "id": "m",
                "code": coded("x|1", text="prednisone"),
            }
        ],
        medicationReference={"reference": "#m", "display": "prednisone"},
    ),
    "asked for": referral("91251008", "3 days"),
    "patient": patient(deceasedBoolean=False),
}
ORDER = draft(
    reasons=["G83.4", "back pain"], cites=["Condition/1"], note="?cauda equina"
)
TEXT = st.text(max_size=12) | st.sampled_from(
    ["", "9999-12-31", "0000", "2026-02-30", "-1", "1e400", "{}", "10*9/L", "\ud7ff"]
)
SCALAR = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
ANY = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "coding", "system", "value", "unit", "text", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
# By these a resource finds its way into the chart; all else may be anything.
KEPT = ("resourceType", "id", "category")


def places(resource: Resource) -> list[tuple[str | int, ...]]:
    """List where something may be replaced."""
    return [path for path in paths(resource) if path[0] not in KEPT]


@given(data=st.data(), value=ANY)
@settings(max_examples=400, deadline=None)
def test_any_json_in_a_chart_is_read_or_left_out(
    data: st.DataObject, value: Any
) -> None:
    """No resource of another shape brings the reader down."""
    name = data.draw(st.sampled_from(sorted(CHART)))
    path = data.draw(st.sampled_from(places(CHART[name])))
    chart = CHART | {name: replaced(CHART[name], path, value)}

    facts = facts_from(chart.values(), ORDER)

    assert facts.as_of == AT


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_anything_may_be_missing_from_a_chart(data: st.DataObject) -> None:
    """What a resource loses never adds a concept to those that were read."""
    name = data.draw(st.sampled_from(sorted(CHART)))
    path = data.draw(st.sampled_from(places(CHART[name])))
    chart = CHART | {name: without(CHART[name], path)}

    before, after = facts_from(CHART.values(), ORDER), facts_from(chart.values(), ORDER)

    assert set(after.coded) <= set(before.coded)
    assert set(after.measured) <= set(before.measured)


@given(data=st.data(), value=ANY)
@settings(max_examples=200, deadline=None)
def test_any_json_in_an_orders_reasons_is_read_or_counted(
    data: st.DataObject, value: Any
) -> None:
    """An order is echoed, not validated, so its reasons may have any shape."""
    reasons = ("reasonCode", "reasonReference", "note", "authoredOn")
    path = data.draw(
        st.sampled_from([one for one in places(ORDER) if one[0] in reasons])
    )

    facts = facts_from(CHART.values(), replaced(ORDER, path, value))

    assert "order" in facts.sight


@given(
    value=st.decimals(0, 500, places=2),
    unit=st.sampled_from([("mg/L", 1), ("mg/dL", 10), ("g/L", 1000), ("ug/mL", 1)]),
)
@settings(deadline=None)
def test_one_amount_reads_the_same_in_every_unit(value: Any, unit: Any) -> None:
    """To the last digit, or a limit would be met in one unit and not in another."""
    name, factor = unit
    sent = observation("1988-5", f"{value / factor:f} {name}")

    (found,) = facts_from([sent]).measured["crp"]

    assert found.reading
    assert found.reading.low == value


@given(seconds=st.integers(0, 40 * 86_400), zone=st.integers(-12 * 60, 14 * 60))
@settings(deadline=None)
def test_one_instant_reads_the_same_in_every_zone(seconds: int, zone: int) -> None:
    """The window is one of instants, not of dates on the wall."""
    utc = ago(f"{seconds} seconds")
    sign, minutes = "-" if zone < 0 else "+", abs(zone)
    taken = AT.timestamp() - seconds + zone * 60
    wall = AT.fromtimestamp(taken, tz=AT.tzinfo)
    local = f"{wall:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"

    one = facts_from([observation("8310-5", "38 Cel", effectiveDateTime=utc)])
    other = facts_from([observation("8310-5", "38 Cel", effectiveDateTime=local)])

    assert [found.when for found in one.measured["body-temperature"]] == [
        found.when for found in other.measured["body-temperature"]
    ]
