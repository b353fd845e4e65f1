"""What holds for every situation, however little is known of it and however absurd it may be."""

import random
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.authoring.casefile import case_of, changed, check, entries, plain_case
from checklists.authoring.coverage import EXAMPLES
from checklists.facts.situation import Situation, situation
from checklists.findings.assessment import judge
from checklists.findings.outcome import heavier
from checklists.goods.listing import load_tables
from checklists.inspection.entries import Entry
from tests.loaded import load_all

DEFINITIONS, TABLES = load_all(), load_tables()
CHECKLIST = DEFINITIONS.checklists["cn-joint"]
HELD = {path.stem: plain_case(path) for path in sorted(EXAMPLES.glob("*.yaml"))}
CASES = {name: case_of(held) for name, held in HELD.items()}
BARE = {name: case.situation for name, case in CASES.items()}
NAMES = st.sampled_from(sorted(name for name, case in CASES.items() if case.checklist == "cn-joint"))
ITEMS = sorted(item.id for item in CHECKLIST.items() if item.input == "status")

DECIDES_WHAT_IS_COMPARED = "|".join(
    (
        r"seen\.loaded|waybill\.lines\.\d+\.quantity",  # empty and clean, limited, excepted: less is asked
        r".*\.(status|carried)|seen\.levels\..*|seen\.goods|seen\.equipment\.extinguisher_expired",  # accuse only
        r"(orders|past|history|waybill_uses|place\.bans|journey|terminal)\..*",  # what office, recorder, platform gave
        r"(trailer\.plate|tank\.number|seen\.trailer_plate|seen\.tank_number|waybill\.vehicle_permit)",  # a second look
        r"tank\.media",  # else the tank code decides
    )
)
"""Facts that nobody has to state. Without one a comparison is not made, or is made with less; no unknown is a pass."""

TEXTS = st.sampled_from(
    [
        *(
            "",
            "无",
            "1830",
            "UN 1203",
            "1263",
            "0082",
            "9999",
            "80",
            "X423",
            "8",
            "2.1",
            "I",
            "III",
            "driver",
            "escort",
        ),
        *(
            "tank",
            "packages",
            "empty",
            "uncleaned",
            "limited",
            "excepted",
            "closed",
            "open",
            "broken",
            "revoked",
            "valid",
        ),
        *(
            "tractor",
            "trailer",
            "registry",
            "stop",
            "correct",
            "00:00-06:00",
            "25:99",
            "L4BN",
            "P18BN",
            "1",
            "2",
            "1.1D",
        ),
        *("蒙K12345", "expressway", "G6", "😀" * 40, "9" * 400, "\x00", "null", "٣", "²", "2026-13-45/x"),
    ]
) | st.text(max_size=6)
NUMBERS = st.sampled_from((-(2**53), -1, 0, 1, 99, 100, 101, 28000, 2**53)) | st.integers(-10, 60000)
DAYS = st.sampled_from((date.min, date.max, date(2026, 11, 21))) | st.dates()
TIMES = st.sampled_from((datetime.min, datetime.max, datetime(2026, 11, 21, 3))) | st.datetimes()  # noqa: DTZ001, DTZ901
NOW = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
SCALARS = {
    str: TEXTS,
    int: NUMBERS,
    bool: st.booleans(),
    date: DAYS,
    datetime: TIMES.map(lambda at: at.replace(tzinfo=UTC)),
}


def of(kind: typing.Any) -> st.SearchStrategy:
    """Anything of an annotated type, absurd as it may be."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.none() | of(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        return st.lists(of(inner[0]), max_size=3).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(SIDES, of(inner[1]), max_size=3)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{one.name: st.deferred(lambda at=hints[one.name]: of(at)) for one in fields(kind)})
    return SCALARS[kind]


SIDES = (
    st.sampled_from(("front", "rear", "left", "right.1", "1", "", "valve", "vest", "waybill", "trailer.permit")) | TEXTS
)
SITUATIONS = st.tuples(of(Situation), NOW).map(lambda pair: replace(pair[0], at=pair[1]))


def leaves(value: typing.Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to every single fact; a list of texts is one fact."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*way, name))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, one in enumerate(value):
            yield from leaves(one, (*way, place))
    else:
        yield way


def ways(held: typing.Any, but: str) -> list[tuple[str | int, ...]]:
    """The ways to every fact that may be taken away, but for those of this pattern."""
    found = [way for way in leaves(held) if way != ("at",) and not (way[-1] in NEEDED and way[0] in LISTED)]
    return [way for way in found if not re.fullmatch(but, ".".join(map(str, way)))]


def without(value: typing.Any, gone: set, way: tuple[str | int, ...] = ()) -> typing.Any:
    if isinstance(value, dict):
        return {name: without(one, gone, (*way, name)) for name, one in value.items() if (*way, name) not in gone}
    if isinstance(value, list):
        return [without(one, gone, (*way, place)) for place, one in enumerate(value)]
    return value


def absurd(value: typing.Any, wild: random.Random) -> typing.Any:
    """The same shape with some facts gone and some made absurd, each still of its type."""
    if isinstance(value, dict):
        return {name: absurd(one, wild) for name, one in value.items() if name in NEEDED or wild.random() > 0.05}
    if isinstance(value, list):
        return [absurd(one, wild) for one in value if wild.random() > 0.1]
    if wild.random() > 0.15 or value in ("true", "false"):
        return value
    if re.fullmatch(r"-?\d{1,7}", value):
        return wild.choice(("0", "-1", "1", "9999999999", "100"))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return wild.choice(("0001-01-01", "9999-12-31", "2026-11-20"))
    if re.match(r"\d{4}-\d\d-\d\dT", value):
        return wild.choice(("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-21T00:00:00+08:00"))
    return wild.choice(("", "无", "😀", "0", "UN", "9" * 200))


NEEDED = ("at", "id", "number", "kind", "on", "key", "violation", "role", "inspection")
"""Without these an entry cannot even be read."""

LISTED = ("orders", "past", "waybill_uses", "place", "seen", "history")


def by_rule(held: Situation) -> tuple[set[str], set[str]]:
    """The items that conform because comparisons say so, and those of which comparisons speak and that do not."""
    found = judge(DEFINITIONS, TABLES, (), held, CHECKLIST)
    told = {one.item.id: one.state for one in found.items if one.results}
    return {item for item, state in told.items() if state == "conforms"}, {
        item for item, state in told.items() if state != "conforms"
    }


def conflicts(held: Situation) -> set[tuple[str, str]]:
    return {(one.rule, one.case) for one in judged(held).results if one.verdict == "conflict"}


def judged(held: Situation, said: tuple[Entry, ...] = ()):
    """Judge, and check what holds of every assessment."""
    found = judge(DEFINITIONS, TABLES, said, held, CHECKLIST)
    for one in found.results:
        assert one.missing or one.verdict != "cannot_tell", f"{one.id} lacks nothing"
        if one.verdict == "conflict":
            assert ("CN", one.rule, one.case) in DEFINITIONS.rules, f"{one.id} has no row"
    assert found.proposal.outcome
    return found


@given(SITUATIONS)
@settings(max_examples=60, deadline=None)
def test_whatever_the_situation_it_gets_an_answer(held):
    judged(held)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_the_calendar_get_an_answer(at):
    held = HELD["waybill-used-twice"]["situation"]
    judged(situation(changed(held, {"waybill_uses.0.start_at": at, "waybill.start_at": at})))


@given(NAMES, st.integers(0, 2**32))
@settings(max_examples=120, deadline=None)
def test_an_example_with_absurd_values_gets_an_answer(name, seed):
    held = HELD[name]["situation"]
    at = {"at": held["at"]}
    judged(situation({**absurd(held, random.Random(seed)), **at}))


@given(NAMES, st.data())
@settings(max_examples=80, deadline=None)
def test_a_fact_taken_away_makes_nothing_conform_that_was_open_or_wrong(name, data):
    held = HELD[name]["situation"]
    gone = data.draw(st.sets(st.sampled_from(ways(held, DECIDES_WHAT_IS_COMPARED)), min_size=1, max_size=5))
    conforms, _ = by_rule(situation(without(held, gone)))
    _, did_not = by_rule(BARE[name])
    assert conforms & did_not == set()


OTHER_GROUND = "|".join(
    (
        DECIDES_WHAT_IS_COMPARED,
        r"seen\.goods|vehicle\.kerb_mass_kg|seen\.gross_mass_kg",  # what is next best then: plates, waybill, gauges
        r"vehicle\.plate|waybill_uses\..*",  # the same waybill: another vehicle's, or else another trip's
    )
)
"""Facts without which a comparison is made with others that accuse in their own right."""


@given(NAMES, st.data())
@settings(max_examples=80, deadline=None)
def test_a_fact_taken_away_accuses_of_nothing_new(name, data):
    held = HELD[name]["situation"]
    gone = {data.draw(st.sampled_from(ways(held, OTHER_GROUND)))}
    assert conflicts(situation(without(held, gone))) <= conflicts(BARE[name])


@given(NAMES, st.sampled_from(ITEMS), st.sampled_from(("I", "II", "III", "")))
@settings(max_examples=60, deadline=None)
def test_one_more_finding_never_makes_the_outcome_lighter(name, item, severity):
    case, asked = CASES[name], CHECKLIST
    found = check(case, DEFINITIONS, TABLES)
    if any(item in one.items for one in found.findings):
        return  # with a severity of his own an officer says otherwise about what was found already
    before = found.proposal.outcome
    value = {"result": "does_not_conform", **({"severity": severity} if severity else {})}
    said = [one for one in entries(case, asked) if (one.kind, one.item) != ("answer", item)]
    had = [one for one in entries(case, asked) if (one.kind, one.item) == ("answer", item)]
    if any(one.value.get("result") == "does_not_conform" for one in had):
        return
    more = Entry("more", "case", "case", 999, "case", "", "", "answer", item, value)
    after = judged(case.situation, (*said, more)).proposal.outcome
    assert not heavier(before, after)


@pytest.mark.parametrize("name", sorted(HELD))
def test_what_cannot_be_told_names_what_is_missing_and_each_conflict_has_a_row(name):
    if CASES[name].checklist == "cn-joint":
        judged(BARE[name])


def test_a_situation_of_which_nothing_is_known_conforms_in_nothing():
    assert by_rule(Situation(datetime(2026, 11, 21, tzinfo=UTC)))[0] == set()
