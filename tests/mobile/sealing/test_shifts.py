"""A shift: begun as the last one was, counted from the store, signed, sealed into the chain, and compared."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from checklists.wire import canonical, instant
from mobile.inspecting.inspection import Officer
from mobile.refusals import Refusal
from mobile.screens.shift.state import closed_state, count_lines, end_state, is_dark, start_state, verdict
from mobile.sealing import shifts
from mobile.sealing.part import Device
from mobile.sealing.shift import Closed, Shift, draft, signature
from mobile.store import line as lines
from mobile.store import store
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.field import begun, opened, sealed
from tests.mobile.killed import killed_before_every_step

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MORNING = "2026-11-21T00:00:00.000Z"
DEVICE = Device({"device": "dev-1", "prefix": "T1"}, {"offset_ms": 0, "agreed_at": None, "jumps": []}, "G18")
WANG, LI = story.WANG, story.LI
SHIFT = Shift("shift-1", MORNING, "G18", "逐车过检", (WANG.id, LI.id), ("officers_2",))
FOUND = [{"severity": "I"}, {"severity": "II"}]


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


@pytest.fixture
def held(tmp_path):
    made = opened(tmp_path)
    shifts.begin(made, SHIFT)
    yield made
    store.release(made)


def seal(held, at="2026-11-21T03:00:00.000Z", **more):
    return sealed(held, sealed_at=at, outcome={"decided": "release"}, **more)


def close(held, officers=(WANG,), shift=SHIFT):
    signed = draft(shift, shifts.tally(held, shift))
    given = [signature(one, signed, MORNING) for one in officers]
    return shifts.close(held, shift, DEVICE, tablet.enrolment(), given, NOW)


def test_a_shift_counts_what_was_sealed_since_the_one_before(held) -> None:
    seal(held, findings=FOUND)
    close(held)
    next_ = replace(SHIFT, id="shift-2", began_at="2026-11-21T10:00:00.000Z")
    shifts.begin(held, next_)
    seal(held, "2026-11-21T11:00:00.000Z")
    found = shifts.tally(held, next_)
    assert (found.counts["inspections"], found.counts["findings"], len(found.parts)) == (1, 0, 1)


def test_what_was_sealed_the_same_day_before_the_shift_was_begun_belongs_to_it(held) -> None:
    seal(held, "2026-11-20T15:59:00.000Z")  # 23:59 in Beijing, the day before
    seal(held, "2026-11-20T16:01:00.000Z")
    assert shifts.tally(held, SHIFT).counts["inspections"] == 1


@pytest.mark.parametrize("clock", ["2026-11-19T03:00:00.000Z", "2026-11-21T03:00:00.000Z", "1970-01-01T00:00:00.000Z"])
def test_what_was_sealed_in_a_shift_belongs_to_it_whatever_the_clock_said(held, clock) -> None:
    seal(held, "2026-11-20T12:00:00.000Z")  # the evening before
    shifts.begin(held, replace(SHIFT, id="shift-2"))
    seal(held, clock)
    shift = shifts.current(held)
    shifts.begin(held, replace(shift, campaign="别的"))
    assert shifts.tally(held, shifts.current(held)).counts["inspections"] == 1
    part = close(held, shift=shifts.current(held)).part
    assert (part["first_seq"], len(part["parts"])) == (2, 1)


def test_a_shift_that_an_older_app_began_is_read_as_it_was(held) -> None:
    before = {key: value for key, value in asdict(SHIFT).items() if key != "first_seq"}
    store.keep_setting(held, "shift", before)
    seal(held)
    assert shifts.tally(held, shifts.current(held)).counts["inspections"] == 1
    assert close(held, shift=shifts.current(held)).part["first_seq"] == 1


def test_wherever_the_closing_is_cut_off_a_shift_is_closed_once_with_its_line_and_its_post(tmp_path) -> None:
    def made(folder):
        held = opened(folder)
        shifts.begin(held, SHIFT)
        seal(held)
        lines.add(held, "dev-1", (WANG.id, WANG.name), MORNING, "vehicle-1", ("came", {"sort": "tank"}))
        store.keep_setting(held, lines.PAIRED, "post-1")
        store.release(held)

    def act(folder):
        held = opened(folder)
        close(held)
        store.release(held)

    for folder, _made in killed_before_every_step(tmp_path, made, act):
        held = opened(folder)
        open_ = shifts.current(held) is not None
        assert bool(lines.steps(held)) == bool(lines.paired(held)) == open_
        if open_:
            close(held)
        kinds = [store.sealed(held, one.digest).part["kind"] for one in store.deliveries(held)]
        assert sorted(kinds) == ["inspection", "shift"] and shifts.closed(held).seq == 2
        store.release(held)


def test_the_closed_shift_is_the_next_part_of_the_chain_and_waits_to_be_sent(held) -> None:
    parts = [seal(held, findings=FOUND), seal(held)]
    left = begun(held)
    part = close(held, (WANG, LI)).part
    assert (part["kind"], part["device_seq"], part["previous"], part["first_seq"]) == ("shift", 3, parts[1].digest, 1)
    assert part["parts"] == [one.digest for one in parts]
    assert part["counts"]["severities"] == {"I": 1, "II": 1}
    assert [one["inspection"] for one in part["open"]] == [left]
    assert (part["site"], part["campaign"], part["unsent"]) == ("G18", "逐车过检", {"records": 2, "photos": 0})
    assert [(one["officer"], one["card"]) for one in part["signatures"]] == [(WANG.id, WANG.card), (LI.id, LI.card)]
    assert part["setup"]["seen"] == ["officers_2"]
    assert part["setup"]["not_confirmed"] == ["signs_200_m"]
    assert store.unsent(held) == (3, 0)
    assert shifts.current(held) is None
    assert store.inspection_state(held, left) == "in_progress"


def test_a_shift_without_any_record_can_be_closed(held) -> None:
    part = close(held).part
    assert (part["first_seq"], part["parts"], part["device_seq"]) == (1, [], 1)


def test_a_signature_of_other_counts_does_not_close_the_shift(held) -> None:
    signed = draft(SHIFT, shifts.tally(held, SHIFT))
    seal(held)
    given = [signature(WANG, signed, MORNING)]
    with pytest.raises(Refusal, match="draft_changed"):
        shifts.close(held, SHIFT, DEVICE, tablet.enrolment(), given, NOW)
    with pytest.raises(Refusal, match="draft_changed"):
        shifts.close(held, SHIFT, DEVICE, tablet.enrolment(), [], NOW)
    assert shifts.current(held) == SHIFT
    assert store.chain_head(held)[0] == 1


def test_delivery_between_two_signatures_does_not_make_the_first_stale(held) -> None:
    from checklists.records.record import receipt
    from tests.mobile.field import AT, OFFICE

    part = seal(held)
    before = draft(SHIFT, shifts.tally(held, SHIFT))
    store.mark_delivered(held, part.digest, receipt(OFFICE, digest_=part.digest, device_seq=1, received_at=AT))
    assert draft(SHIFT, shifts.tally(held, SHIFT)) == before


def test_a_shift_is_closed_once(held) -> None:
    close(held)
    with pytest.raises(Refusal, match="shift_closed"):
        close(held)


def test_begun_again_it_proposes_what_did_not_change(held) -> None:
    shifts.begin(held, replace(SHIFT, campaign="夜查"))
    close(held, shift=replace(SHIFT, campaign="夜查"))
    assert shifts.before(held).officers == (WANG.id, LI.id)
    assert shifts.campaigns(held) == ("夜查", "逐车过检")
    assert store.setting(held, "site") == "G18"
    assert shifts.first_screen(held, WANG.id) == "shift"


def test_signing_proposes_the_colleague_of_the_shift_to_either_of_the_two(held) -> None:
    assert shifts.colleague(held, WANG.id) == LI.id
    assert shifts.colleague(held, LI.id) == WANG.id
    close(held)
    assert shifts.colleague(held, WANG.id) == ""


def test_only_the_last_shift_keeps_what_the_office_said(held) -> None:
    digest = close(held).digest
    shifts.keep_answer(held, "0" * 64, {"equal": True})
    assert shifts.closed(held).told == {}
    shifts.keep_answer(held, digest, {"equal": True, "named": 0})
    assert shifts.closed(held).told["equal"]


def test_the_sealed_shift_is_canonical_and_holds_no_float(held) -> None:
    seal(held)
    sealed_ = close(held)
    assert canonical(sealed_.part) == sealed_.body


@pytest.mark.parametrize(("hour", "dark"), [(10, False), (11, True), (22, False), (0, False), (21, True)])
def test_it_is_dark_at_the_post_from_seven_to_six(hour, dark) -> None:
    assert is_dark(datetime(2026, 11, 21, hour, 0, tzinfo=UTC)) is dark


def test_the_beginning_offers_other_campaigns_and_the_other_officers() -> None:
    state = start_state(SHIFT, [WANG, LI], ["逐车过检", "夜查"], (), me=WANG.id)
    assert [one.key for one in state.campaigns] == ["夜查"]
    assert [(one.key, one.chosen) for one in state.seconds] == [(LI.id, True)]
    assert [(one.id, one.ticked) for one in state.ticks] == [("officers_2", True), ("signs_200_m", False)]


def test_counts_are_told_line_by_line() -> None:
    counts = {"inspections": 3, "outcomes": {"hold": 1, "release": 2}, "findings": 2, "severities": {"I": 2}}
    lines = [(one.name, one.value) for one in count_lines(counts)]
    assert lines == [
        ("Sealed inspections", "3"), ("hold at a safe place", "1"), ("release", "2"), ("Findings", "2"),
        ("Severity I", "2"), ("Photos", "0"),
    ]  # fmt: skip


def test_the_officers_sign_one_after_the_other_and_who_has_no_pin_is_passed_over(held) -> None:
    found, third = shifts.tally(held, SHIFT), Officer("officer-3", "赵敏", "T-0003", "T")
    first = end_state(SHIFT, found, [WANG, LI], NOW)
    assert (first.asked, first.without) == (WANG.id, "")
    second = end_state(SHIFT, found, [WANG, LI], NOW, confirmed=[WANG.id])
    assert (second.asked, second.without) == (LI.id, "李敏")
    last = end_state(SHIFT, found, [WANG, third], NOW, confirmed=[WANG.id], absent=[third.id])
    assert (last.asked, last.slots[1].state) == ("", "has no PIN on this tablet")


def test_unfinished_checks_are_named_and_stay(held) -> None:
    begun(held)
    state = end_state(SHIFT, shifts.tally(held, SHIFT), [WANG], NOW)
    assert state.open == (("plate not known", "begun 09:30, stays in the queue for the next officer"),)


def told(**more):
    return {"equal": False, "named": 2, "held": 2, "lacking": [], "extra": [], "differs": [], "counts": {}, **more}


@pytest.mark.parametrize(
    ("answer", "tone", "said"),
    [
        ({}, "unknown", "The office has not counted this shift yet."),
        (told(equal=True), "good", "The office counts the same: 2 records."),
        (told(held=1, lacking=["a"]), "danger", "The office has 1 of 2 records of this shift."),
        (told(differs=["findings"]), "danger", "The office counts this shift otherwise."),
    ],
)
def test_the_offices_counts_are_told_in_words(answer, tone, said) -> None:
    assert verdict(Closed("d", MORNING, 3, answer)) == (tone, said)


def test_a_closed_shift_names_the_records_that_the_office_lacks(held) -> None:
    lost = seal(held, entries=[{**_fact(), "item": "vehicle.plate"}])
    part = close(held).part
    end = replace(shifts.closed(held), told=told(held=0, named=1, lacking=[lost.digest]))
    state = closed_state(part, end, "delivered", {lost.digest: lost.part}, {lost.digest: "waiting"}, NOW)
    assert [(one.plate, one.tone) for one in state.lacking] == [("蒙K12345", "unknown")]
    assert state.lacking[0].words == f"sealed 11:00 · Waiting to be sent · {lost.digest[:12]}"


def test_a_closed_shift_says_which_counts_differ_what_is_extra_and_where_photos_are(held) -> None:
    part = close(held).part
    answer = told(differs=["findings"], counts={"findings": 4}, extra=["x"], files={"named": 9, "received": 3})
    state = closed_state(part, replace(shifts.closed(held), told=answer), "delivered", {}, {}, NOW)
    assert state.more == (
        "Findings: 0 signed, 4 at the office",
        "The office has 1 record that this shift does not name.",
        "Photo files at the office: 3 of 9",
    )


def test_a_shift_that_began_yesterday_says_so(held) -> None:
    yesterday = replace(SHIFT, began_at=instant(NOW - timedelta(days=1)))
    assert end_state(yesterday, shifts.tally(held, yesterday), [WANG], NOW).title.startswith("Shift since 11-20 17:00")


def _fact():
    base = {"id": "e-1", "inspection": "i-1", "device": "dev-1", "seq": 1, "officer": WANG.id, "agency": "T"}
    return {**base, "at": MORNING, "kind": "fact", "value": {"data": "蒙K12345", "source": "officer"}}


def test_the_part_says_who_does_what_and_what_of_the_line_went_on_unchecked_and_forgets_the_line(held) -> None:
    from mobile.store import line

    shift = replace(SHIFT, roles={WANG.id: "guide"})
    shifts.begin(held, shift)
    device = str((store.setting(held, "enrolment") or {}).get("device", ""))
    for vehicle, kinds in (("v1", [("came", {}), ("passed", {"reason": "capacity"})]), ("v2", [("came", {})])):
        line.add(held, device, (WANG.id, WANG.name), shift.began_at, vehicle, *kinds)
    before = draft(shift, shifts.tally(held, shift))
    part = close(held, shift=shift).part
    assert part["line"] == {"came": 2, "unchecked": {"capacity": 1}, "waiting": 1}
    assert [one.get("role") for one in part["officers"]] == ["guide", None]
    assert line.steps(held) == ()
    assert draft(shift, shifts.tally(held, shift)) != before
