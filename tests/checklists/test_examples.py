"""Every example gives what its author expects, in whatever order its parts are written."""

import random
from dataclasses import replace

import pytest

from checklists.authoring.casefile import (
    CaseFile,
    case_of,
    changed,
    check,
    entries,
    line_of,
    plain_case,
    read_case,
)
from checklists.authoring.coverage import EXAMPLES
from checklists.authoring.loader import read_plain
from checklists.facts.identifiers.checks import check_id, check_plate, check_uscc
from checklists.findings.assessment import judge
from checklists.wire import WireError, to_plain

PATHS = sorted(EXAMPLES.glob("*.yaml"))
CLEAN = [path for path in PATHS if path.stem.startswith("clean-")]
NOT_OF_ITS_BASE = ("title", "story", "expect")

every_example = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def shuffled(case: CaseFile, seed: int) -> CaseFile:
    """The same case with the lines, compartments, people, orders and answers in another order."""
    mix = random.Random(seed)
    bill, tank, seen = case.situation.waybill, case.situation.tank, case.situation.seen

    def other(held):
        return held if held is None else tuple(mix.sample(held, len(held)))

    mixed = replace(
        case.situation,
        waybill=bill and replace(bill, lines=other(bill.lines)),
        tank=tank and replace(tank, compartments=other(tank.compartments), media=other(tank.media)),
        seen=replace(
            seen, aboard=other(seen.aboard), panels=dict(mix.sample(list(seen.panels.items()), len(seen.panels)))
        ),
        orders=other(case.situation.orders),
        past=other(case.situation.past),
        waybill_uses=other(case.situation.waybill_uses),
        place=replace(case.situation.place, bans=other(case.situation.place.bans)),
    )
    return replace(case, situation=mixed, answers=dict(mix.sample(list(case.answers.items()), len(case.answers))))


def told(assessment):
    """What an assessment says, without the numbers of entries."""
    findings = [replace(one, entry="") for one in assessment.findings]
    states = [replace(one, results=()) for one in assessment.items]
    return to_plain([findings, assessment.alerts, states, assessment.proposal])


@every_example
def test_an_example_gives_exactly_what_its_author_expects(path, definitions, tables):
    case = read_case(path)
    found = check(case, definitions, tables)
    assert sorted(map(line_of, found.findings)) == sorted(case.expect.get("findings", ()))
    alerts = [f"{one.result.rule} {one.result.case}" for one in found.alerts]
    assert sorted(alerts) == sorted(case.expect.get("alerts", ()))
    assert found.proposal.outcome == case.expect["outcome"]


@every_example
def test_the_order_in_which_a_case_is_written_changes_nothing(path, definitions, tables):
    case = read_case(path)
    asked = definitions.checklists[case.checklist]
    other = shuffled(case, seed=len(path.stem))
    said = list(entries(other, asked))
    random.Random(7).shuffle(said)
    mixed = judge(definitions, tables, tuple(said), other.situation, asked)
    assert told(mixed) == told(check(case, definitions, tables))


@every_example
def test_an_example_reads_like_a_report(path):
    case = read_case(path)
    assert case.title
    assert "月" in case.story
    assert "。" in case.story


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_clean_vehicle_leaves_nothing_open(path, definitions, tables):
    found = check(read_case(path), definitions, tables)
    assert [one.item.id for one in found.open] == []
    assert [one for one in found.results if one.verdict == "conflict"] == []


@every_example
def test_made_up_numbers_have_right_check_signs(path):
    numbers = list(held_by(plain_case(path)["situation"]))
    wrong = [value for key, value in numbers if key == "id_number" and not check_id(value).ok]
    wrong += [value for key, value in numbers if key in ("uscc", "carrier_uscc") and not check_uscc(value).ok]
    wrong += [value for key, value in numbers if key in ("plate", "trailer_plate") and not check_plate(value).ok]
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in PATHS if "base" in read_plain(path)], ids=lambda path: path.stem)
def test_a_case_that_stands_on_another_says_only_what_differs(path):

    own = read_plain(path)
    base = plain_case(path.parent / own["base"])["situation"]
    for place, value in own.get("changes", {}).items():
        assert changed(base, {place: value}) != base, f"{place} is what the base says already"


def held_by(value, key=""):
    if isinstance(value, dict):
        for name, one in value.items():
            yield from held_by(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from held_by(one, key)
    else:
        yield key, value


def test_changes_reach_into_lists_and_null_takes_away():
    held = {"waybill": {"lines": [{"un": "1830"}, {"un": "1203"}]}, "seen": {"goods": "1830"}}
    after = changed(
        held, {"waybill.lines.0.un": "1832", "waybill.lines.1": "null", "seen.goods": "~", "place.road": "G6"}
    )
    assert after == {"waybill": {"lines": [{"un": "1832"}]}, "seen": {}, "place": {"road": "G6"}}
    assert held["waybill"]["lines"][0]["un"] == "1830"
    assert changed(held, {"waybill.lines.2": {"un": "1263"}})["waybill"]["lines"][2] == {"un": "1263"}
    assert changed({}, {"seen.panels.left.1": {"un": "1203"}}) == {"seen": {"panels": {"left.1": {"un": "1203"}}}}


@pytest.mark.parametrize("path", ["waybill.lines.7.un", "waybill.lines.x", "seen.goods.un"])
def test_a_change_that_leads_nowhere_says_where(path):
    held = {"waybill": {"lines": [{"un": "1830"}]}, "seen": {"goods": "1830"}}
    with pytest.raises(WireError) as problem:
        changed(held, {path: "1"})
    assert problem.value.path == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("base: a.yaml", "base"),
        ("title: x", "situation"),
        ("situation: {at: 2026-11-21T09:00:00Z}\nanswer: {}", "answer"),
        ("situation: {at: 2026-11-21T09:00:00Z}\nregime: us", "regime"),
        ("situation: {at: 2026-11-21T09:00:00Z}\nanswers: [x]", "answers"),
        ("situation: {at: 2026-11-21T09:00:00Z}\nchanges: {vehicle.plat: x}", "vehicle.plat"),
    ],
)
def test_a_case_file_with_a_mistake_names_it(tmp_path, text, path):
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(WireError) as problem:
        read_case(tmp_path / "a.yaml")
    assert problem.value.path == path


def test_a_base_that_is_not_there_cannot_be_read(tmp_path):
    (tmp_path / "a.yaml").write_text("base: b.yaml", encoding="utf-8")
    with pytest.raises(OSError, match=r"b\.yaml"):
        read_case(tmp_path / "a.yaml")


def test_a_checklist_that_does_not_exist_is_named(definitions, tables):
    case = case_of({"situation": {"at": "2026-11-21T09:00:00Z"}, "checklist": "nowhere"})
    with pytest.raises(ValueError, match="nowhere"):
        check(case, definitions, tables)
