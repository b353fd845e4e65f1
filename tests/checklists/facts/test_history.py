"""From what stores tell of earlier checks to what an inspection keeps of them."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from checklists.facts.earlier import HOLDING, RELEASING
from checklists.facts.history import MOST_OF_OTHERS, MOST_OF_UNIT
from checklists.facts.registry import registry_facts
from checklists.facts.situation import situation
from checklists.findings.outcome import OUTCOMES
from checklists.rules.earlier import standing
from checklists.wire import instant

AT = "2026-11-21T03:00:00.000Z"
AS_OF = "2026-11-21T02:59:00.000Z"
KEY, USCC, DRIVER = "蒙K12345|yellow", "91150600MA0N3K4P0Q", "15062419800101001X"
BILL = {"driver": {"id_number": DRIVER}, "carrier_uscc": USCC}


def row(number, **changes):
    at = datetime(2026, 11, 21, tzinfo=UTC) - timedelta(hours=number)
    return {
        "inspection": f"i-{number}", "digest": "d", "at": instant(at),
        "plate": "蒙K12345", "colour": "yellow", "carrier": "顺达", "un": "1830", "outcome": "release", "severity": "",
        "site": "G109", "about": {"vehicle": KEY}, "agencies": ["T"], "label": "T0001", "violations": [], **changes,
    }  # fmt: skip


def _signs(one):
    return {number.partition("|")[0] for number in one["about"].values()}


def asked(rows, *, past=None, plate="蒙K12345", colour="yellow", given=True, **more):
    """Ask as a tablet does: a store that finds a row by any of its numbers."""

    def lookup(kind, key):
        if kind == "feed":
            known = {"history"} if given else set()
            known |= {"past"} if past is not None else set()
            return {"data": {}, "as_of": AS_OF} if key in known else None
        if kind == "past":
            return {"data": {"rows": past}, "as_of": AS_OF} if key == "蒙K12345" else None
        if kind == "history":
            # As a tablet's store does: also by the signs alone.
            found = [one for one in rows if key in {*one["about"].values(), *_signs(one)}]
            return {"data": {"rows": found}, "as_of": AS_OF} if found else None
        return None

    return registry_facts(lookup, plate, BILL, colour=colour, at=AT, **more)


def kept(rows, **more):
    return [one["inspection"] for one in asked(rows, **more)["history"]["data"]]


def held(rows):
    facts = {"at": AT, "vehicle": {"plate": "蒙K12345", "colour": "yellow"}, "history": asked(rows)["history"]["data"]}
    return [one.inspection for one in standing(situation(facts))]


def test_every_outcome_holds_or_lets_go():
    assert set(HOLDING) | set(RELEASING) == set(OUTCOMES)


def test_earlier_checks_come_newest_first_each_once_and_never_this_one():
    rows = [row(3), row(1), row(2), row(2, about={"vehicle": KEY, "driver": DRIVER})]
    assert kept(rows) == ["i-1", "i-2", "i-3"]
    assert kept(rows, inspection="i-1") == ["i-2", "i-3"]


def test_where_the_office_gives_no_history_it_is_not_known():
    assert "history" not in asked([row(1)], given=False)
    assert asked([])["history"] == {"data": [], "as_of": AS_OF}


def test_nobody_elses_number_is_kept():
    (one,) = asked([row(1, about={"vehicle": KEY, "driver": "150624198203030035", "carrier": USCC})])["history"]["data"]
    assert one["about"] == {"vehicle": KEY, "carrier": USCC}


def test_the_same_signs_on_another_colour_are_not_asked_for():
    blue = row(1, about={"vehicle": "蒙K12345|blue"}, colour="blue")
    assert kept([blue]) == []
    assert kept([blue], colour="") == ["i-1"]


def test_a_row_that_cannot_be_read_is_left_out_and_a_later_field_passed_by():
    odd = [row(1, at="someday"), row(2, at="2026-11-20T10:00:00"), row(3, violations=5), row(4, weather="rain")]
    assert kept(odd) == ["i-4"]


def test_much_is_cut_and_what_holds_is_not():
    rows = [row(number, agencies=["P"], label="P0001") for number in range(60)] + [row(70, outcome="hold")]
    assert kept(rows) == [*(f"i-{number}" for number in range(MOST_OF_UNIT)), "i-70"]
    fleet = [row(number, about={"carrier": USCC}) for number in range(60)]
    assert len(kept(fleet)) == MOST_OF_OTHERS


def test_a_hold_is_never_kept_without_what_lifted_it():
    rows = [row(number, agencies=["P"], label="P0001") for number in range(25)]
    rows += [row(30), row(40, outcome="hold", about={"vehicle": KEY, "carrier": USCC})]
    assert "i-30" not in kept(rows) and "i-40" not in kept(rows)
    assert held(rows) == []


def test_what_holds_is_the_same_in_any_order():
    rows = [row(3, outcome="hold"), row(2), row(1, outcome="seize", agencies=["P"], label="P0001")]
    assert {tuple(held(list(some))) for some in permutations(rows)} == {("i-1",)}


def test_the_office_counts_what_had_happened_by_then():
    rows = [
        row(4, outcome="release", outcome_before="hold", outcome_at="2026-11-21T05:00:00.000Z"),
        row(-9),
    ]
    data = asked(rows, until=AT)["history"]["data"]
    assert [(one["inspection"], one["outcome"]) for one in data] == [("i-4", "hold")]
    # Who was checked a minute before the hold passed no hold.
    assert asked([row(0, at="2026-11-21T03:01:00.000Z", outcome="hold")], until=AT)["history"]["data"] == []
    # A tablet has heard of it, so it has happened, whatever its own clock says.
    assert kept(rows) == ["i--9", "i-4"]


def test_an_amended_telling_stands_whichever_comes_first():
    free = row(4, outcome="release", outcome_before="hold", outcome_at="2026-11-21T01:00:00.000Z")
    for rows in ([row(4, outcome="hold"), free], [free, row(4, outcome="hold")]):
        assert held(rows) == []


def test_what_was_found_before_is_told_once():
    rows = [row(30, violations=["CN-OPR-01"]), row(54, violations=["CN-OPR-01"])]
    office = [{"violation": "CN-OPR-01", "on": "2026-11-20", "keys": ["蒙K12345"], "number": "A-1"}]
    told = asked(rows, past=office)["past"]["data"]
    assert told == [*office, {"violation": "CN-OPR-01", "on": "2026-11-19", "keys": ["蒙K12345"]}]
    assert [one["on"] for one in asked(rows)["past"]["data"]] == ["2026-11-20", "2026-11-19"]


def test_of_the_carriers_other_vehicles_each_violation_is_told_once():
    rows = [row(24 * number, about={"carrier": USCC}, violations=["CN-OPR-01"]) for number in range(1, 9)]
    assert [one["on"] for one in asked(rows)["past"]["data"]] == ["2026-11-20"]
    long_ago = row(24 * 400, about={"vehicle": KEY}, violations=["CN-OPR-01"])
    assert asked([long_ago])["past"]["data"] == []
