from dataclasses import replace

import pytest

from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.screens.deviation.sheet.state import Fault, Sheet, answer_of, sheet_for
from mobile.screens.deviation.state import deviation_state
from mobile.words import words
from tests.mobile.story import StoryDesk, after, arrived, seen


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def chosen(choices):
    return [one.key for one in choices if one.chosen]


def test_the_sheet_comes_filled_in_with_what_the_finding_would_be():
    state = deviation_state(arrived(), Sheet("TNK-05"))
    assert chosen(state.conducts) == ["CN-TNK-05"]
    assert chosen(state.severities) == ["II"]
    assert chosen(state.measures) == ["N", "H", "U"]
    assert state.duty_holder == "carrier 鄂尔多斯市路安危货运输有限公司"
    assert state.agency_name == "Transport enforcement"


def test_at_most_five_conducts_are_offered_what_the_rule_found_first():
    state = deviation_state(seen(), Sheet("LIC-07"))
    assert len(state.conducts) <= 5
    assert state.conducts[0].text == "Trailer permit has expired" and state.conducts[0].chosen


def test_what_is_not_verified_is_never_shown_as_firm():
    state = deviation_state(arrived(), Sheet("LOD-09"))
    unnamed = [one.mark_words for one in state.basis if not any(sign.isdigit() for sign in one.text)]
    assert unnamed == ["article missing"]
    assert "verified" in {one.mark_words for one in deviation_state(arrived(), Sheet("TNK-05")).basis}


def test_while_the_load_is_open_each_row_of_law_is_shown_and_none_is_firm():
    state = deviation_state(arrived(), Sheet("TNK-05"))
    listed, other = state.penalty
    assert (listed.mark, other.mark) == ("unverified", "unverified")
    assert "listed hazardous chemical: yes" in listed.text and "50,000–500,000 yuan" in listed.text
    assert other.text == "listed hazardous chemical: no → —"
    assert state.simple == "procedure to be verified"


def test_a_penalty_without_a_verified_basis_shows_no_amount():
    state = deviation_state(seen(), Sheet("LIC-07"))
    assert all(one.mark == "unverified" and "yuan" not in one.text for one in state.penalty)


def test_a_verified_penalty_shows_its_range_for_the_day():
    told = [deviation_state(arrived(), Sheet(item)).penalty for item in ("LIC-05", "LIC-13")]
    firm = [one.text for penalty in told for one in penalty if one.mark == "verified"]
    assert any("30,000–100,000 yuan" in one for one in firm)


def test_choices_become_the_answer_and_come_back_when_the_sheet_is_opened_again():
    held = arrived()
    sheet = Sheet("TNK-06", (Fault(locations=("valve",), severity="II", measures=("R", "C"), note="盖帽缺失"),))
    drafts = answer_of(held, sheet)
    assert drafts[0].value == {
        **{"result": "does_not_conform", "location": "valve", "severity": "II"},
        **{"measures": ["R", "C"], "note": "部位：阀门箱；盖帽缺失", "told": "部位：阀门箱"},
    }
    assert sheet_for(after(held, drafts), "TNK-06") == sheet


def test_a_conduct_more_exact_than_its_violation_goes_into_the_note_in_the_words_of_law():
    drafts = answer_of(arrived(), Sheet("EQP-01", (Fault("R12:extinguisher_count", note="右侧"),)))
    assert drafts[0].value["violation"] == "CN-EQP-01"
    assert drafts[0].value["note"] == "灭火器数量不足；右侧"


def test_what_was_left_as_it_came_is_not_recorded_as_the_officers_choice():
    assert dict(answer_of(arrived(), Sheet("TNK-05"))[0].value) == {"result": "does_not_conform"}


def test_a_graver_severity_is_what_the_finding_will_have():
    state = deviation_state(arrived(), Sheet("TNK-05", (Fault(severity="I"),)))
    assert chosen(state.severities) == ["I"]


def test_a_conflict_shows_the_values_side_by_side_and_a_reason_sets_it_aside():
    held = seen()
    conflict = deviation_state(held, Sheet("LIC-07")).compared[0]
    assert ("day of the check", "2026-11-21", "worked out") in conflict.rows
    result = next(one for one in held.assessment.results if one.id == conflict.id)
    aside = after(held, acts.override(result, "纸质证件已换发"))
    assert "LIC-07" not in {one.item for one in aside.assessment.findings}
    assert deviation_state(aside, Sheet("LIC-07")).compared[0].overridden == "纸质证件已换发"


def test_an_override_without_a_reason_is_refused():
    result = seen().assessment.results[0]
    with pytest.raises(ValueError, match="reason"):
        acts.override(result, "  ")


def test_photos_of_the_item_are_shown_with_their_thumbnails():
    file = {"sha256": "a" * 64, "bytes": 3, "type": "image/jpeg"}
    held = after(arrived(), acts.photo({**file, "thumbnail": {**file, "sha256": "b" * 64}}, "TNK-05"))
    assert [one.thumbnail for one in deviation_state(held, Sheet("TNK-05")).photos] == ["b" * 64]
    assert deviation_state(held, Sheet("TNK-06")).photos == ()


def test_an_item_that_does_not_apply_here_is_a_mistake_of_the_flow():
    with pytest.raises(KeyError):
        deviation_state(arrived(), Sheet("PLA-10"))


@pytest.fixture
def desk(tmp_path):
    from mobile.store import store
    from tests.mobile.field import opened

    held = opened(tmp_path / "data")
    desk = StoryDesk(seen())
    desk.open_store, desk.camera = held, tmp_path / "camera"
    desk.camera.mkdir()
    yield desk
    store.release(held)


def on_glass(driver, desk, item, **where):
    from mobile.screens.deviation import flow as deviation
    from mobile.screens.deviation.view import DeviationScreen

    words.lang = "en"
    screen = driver.show(DeviationScreen())
    deviation.enter(desk, screen, item=item, **where)
    driver.step(3)
    return screen


def picture(desk, content=None):
    from PIL import Image

    path = desk.camera / "001.jpg"
    if content is None:
        Image.new("RGB", (64, 48), "orange").save(path)
    else:
        path.write_bytes(content)


def test_a_typical_deviation_takes_at_most_six_touches_with_its_photo(driver, desk):
    picture(desk)
    on_glass(driver, desk, "TNK-05", section="TNK")
    driver.tap_id("location:valve")
    driver.tap_id("photo")
    driver.tap_id("record")
    # One more touch, on "does not conform", opened the sheet.
    assert driver.touches + 1 <= 6
    assert desk.last("answer").value["location"] == "valve"
    finding = next(one for one in desk.held.assessment.findings if one.item == "TNK-05")
    assert len(finding.photos) == 1
    assert desk.went == [("section", {"section": "TNK", "item": "TNK-05"})]


def test_the_photo_is_shown_from_memory(driver, desk):
    picture(desk)
    screen = on_glass(driver, desk, "TNK-05")
    driver.tap_id("photo")
    thumb = screen.ids.photos.children[0]
    assert thumb.texture is not None and thumb.source == ""
    assert driver.find_id("photo").text == "1 photo"


def test_a_sheet_that_could_not_be_put_down_goes_on_showing_what_is_added(driver, desk):
    picture(desk)
    screen = on_glass(driver, desk, "TNK-05")

    def full(_drafts, **_more):
        raise Refusal("disk_full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "put", full)
        with pytest.raises(Refusal):
            screen.dispatch("on_done")
    driver.tap_id("photo")
    assert driver.find_id("photo").text == "1 photo"


def test_an_answer_that_was_put_down_is_left_also_where_its_frequency_cannot_be_kept(driver, desk):
    on_glass(driver, desk, "TNK-05", section="TNK")
    said = []

    def attempt(act):
        try:
            act()
        except Refusal as refusal:
            said.append(refusal.code)

    def full(*_args):
        raise Refusal("disk_full")

    desk.attempt = attempt
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mobile.inspecting.frequency.count", full)
        driver.tap_id("location:valve")
        driver.tap_id("record")
    assert said == ["disk_full"] and desk.went[-1][0] == "section"


def test_what_is_no_image_is_refused_and_nothing_is_put_down(driver, desk):
    picture(desk, b"not a picture")
    screen = on_glass(driver, desk, "TNK-05")
    before = desk.held.entries
    with pytest.raises(Refusal, match="not_an_image"):
        screen.dispatch("on_photo")
    assert desk.held.entries == before


def test_an_empty_camera_is_said(driver, desk):
    screen = on_glass(driver, desk, "TNK-05")
    with pytest.raises(Refusal):
        screen.dispatch("on_photo")


def test_measures_are_added_and_taken_back_one_by_one(driver, desk):
    on_glass(driver, desk, "TNK-05")
    driver.tap_id("measure:N")
    driver.tap_id("measure:C")
    driver.tap_id("record")
    assert desk.last("answer").value["measures"] == ["H", "U", "C"]


def test_a_comparison_is_set_aside_in_two_touches_with_a_likely_reason(driver, desk):
    screen = on_glass(driver, desk, "LIC-07")
    driver.tap_id("set_aside")
    driver.tap(screen.ids.conflicts.children[0].ids.reasons.children[-1])
    assert desk.last("override").value["reason"] == "The registry is behind: the valid paper was shown"
    assert "LIC-07" not in {one.item for one in desk.held.assessment.findings}


def test_a_comparison_is_set_aside_for_a_reason_of_ones_own(driver, desk):
    screen = on_glass(driver, desk, "LIC-07")
    driver.tap_id("set_aside")
    box = screen.ids.conflicts.children[0]
    assert driver.find_id("set_aside_own").disabled
    driver.tap(box.ids.reason.ids.input)
    driver.type_text("纸质证件已换发")
    driver.tap_id("set_aside_own")
    assert desk.last("override").value["reason"] == "纸质证件已换发"


def test_nothing_is_recorded_by_going_back(driver, desk):
    before = desk.held.entries
    on_glass(driver, desk, "LIC-07", back="compare")
    driver.tap_id("leave")
    assert desk.held.entries == before and desk.went == [("compare", {})]


def test_what_is_not_verified_says_so_on_the_glass(driver, desk):
    screen = on_glass(driver, desk, "LIC-07")
    line = screen.ids.penalty.children[0]
    assert (line.tone, line.mark) == ("unknown", "to be verified")


def test_what_was_recorded_often_on_this_tablet_comes_first_behind_what_a_rule_found():
    plain = [one.key for one in deviation_state(arrived(), Sheet("EQP-01")).conducts]
    counted = [one.key for one in deviation_state(arrived(), Sheet("EQP-01"), {plain[-1]: 4}).conducts]
    assert counted == [plain[-1], *plain[:-1]]
    found = deviation_state(seen(), Sheet("LIC-07"), {"CN-LIC-05": 9}).conducts
    assert found[0].text == "Trailer permit has expired"


def test_recording_counts_the_conduct_and_no_plain_word_of_it_lies_on_the_disk(driver, desk):
    from mobile.inspecting import frequency

    on_glass(driver, desk, "TNK-05")
    driver.tap_id("record")
    assert frequency.of(desk.open_store, "TNK-05") == {"CN-TNK-05": 1}
    frequency.count(desk.open_store, "TNK-05", "CN-TNK-05")
    assert frequency.of(desk.open_store, "TNK-05") == {"CN-TNK-05": 2}
    assert not any(b"CN-TNK-05" in path.read_bytes() for path in desk.open_store.folder.rglob("*") if path.is_file())


def test_places_fit_the_vehicle_its_trailer_and_its_compartments():
    assert "trailer" in [one.key for one in deviation_state(arrived(), Sheet("EQP-01")).locations]
    lines = [{"un": "1203", "name": "汽油", "class": "3", "compartment": str(n), "net_mass_kg": 9000} for n in (1, 2)]
    told = [one.text for one in deviation_state(arrived(lines=lines), Sheet("TNK-05")).locations]
    assert told[-2:] == ["compartment 1", "compartment 2"]
    assert not any("compartment" in one.text for one in deviation_state(arrived(), Sheet("TNK-05")).locations)


def test_a_measured_value_is_kept_as_a_whole_number_and_told_in_the_words_of_law():
    drafts = answer_of(arrived(), Sheet("VEH-03", (Fault(measured={"tread_depth_um": 1200}),)))
    assert drafts[0].value["measured"] == {"tread_depth_um": 1200}
    assert drafts[0].value["note"] == "实测轮胎花纹深度 1.2 mm（仪器未注明，检定有效期不明）"
    again = sheet_for(after(arrived(), drafts), "VEH-03")
    assert answer_of(arrived(), again)[0].value == drafts[0].value


def test_a_value_is_measured_in_two_touches_and_its_digits(driver, desk):
    on_glass(driver, desk, "VEH-03")
    driver.tap_id("measured:tread_depth_um")
    for sign in ("1", ".", "2"):
        driver.tap_text(sign)
    driver.tap_text("Done")
    driver.find_text("tread depth 1.2 mm")
    driver.tap_id("record")
    assert desk.last("answer").value["measured"] == {"tread_depth_um": 1200}
    # One more touch, on "does not conform", opened the sheet.
    assert driver.touches + 1 <= 7


def test_a_value_that_cannot_be_true_is_refused_with_what_could(driver, desk):
    screen = on_glass(driver, desk, "VEH-03")
    screen.dispatch("on_measured", "tread_depth_um", "400")
    assert screen.trouble == "400 mm cannot be true here. Possible is 0 to 30 mm."
    screen.dispatch("on_measured", "tread_depth_um", "4")
    assert screen.trouble == ""
    screen.dispatch("on_measured", "tread_depth_um", "-1")
    driver.tap_id("record")
    assert desk.last("answer").value["measured"] == {"tread_depth_um": 4000}


TWO = Sheet(
    "EQP-01",
    (
        Fault("R12:extinguisher_count", locations=("cab",), note="少一具"),
        Fault("CN-EQP-01", locations=("left", "right"), severity="III", note="已过期"),
    ),
    at=1,
)


def test_one_missing_and_one_expired_are_two_findings_with_their_own_places():
    held = after(arrived(), answer_of(arrived(), TWO))
    found = [one for one in held.assessment.findings if one.item == "EQP-01"]
    assert [(one.case, one.note) for one in found] == [
        ("", "灭火器数量不足；部位：驾驶室；少一具"),
        ("more:1", "部位：左侧、右侧；已过期"),
    ]
    assert sheet_for(held, "EQP-01").faults == TWO.faults


def test_the_sheet_shows_the_finding_of_the_fault_in_hand():
    first, second = (deviation_state(arrived(), replace(TWO, at=at)) for at in (0, 1))
    assert [one.key for one in second.severities if one.chosen] == ["III"]
    assert [one.key for one in first.locations if one.chosen] == ["cab"]
    assert [(one.key, one.chosen) for one in second.faults] == [("0", False), ("1", True), ("+", False), ("-", False)]


def test_a_fault_is_added_and_taken_away():
    alone = Sheet("EQP-01", (Fault("R12:extinguisher_count"),))
    assert alone.another().fault == Fault() and alone.another().without() == alone
    assert alone.without().faults == (Fault(),)


def test_other_places_change_the_words_and_leave_the_officers_note():
    held = after(arrived(), answer_of(arrived(), Sheet("TNK-06", (Fault(locations=("valve",), note="滴漏"),))))
    again = sheet_for(held, "TNK-06")
    moved = answer_of(held, again.having(locations=("top",)))[0].value
    assert (again.fault.note, moved["note"]) == ("滴漏", "部位：罐顶；滴漏")


def test_an_answer_of_an_older_tablet_opens_as_it_was():
    old = {"violation": "CN-EQP-01", "location": "cab", "note": "少一具", "measured": {}}
    (fault,) = sheet_for(after(arrived(), acts.answer("EQP-01", "does_not_conform", **old)), "EQP-01").faults
    assert (fault.conduct, fault.locations, fault.note) == ("CN-EQP-01", ("cab",), "少一具")


def test_what_was_measured_says_with_what_and_until_when_that_is_calibrated():
    with_ = {"name": "深度尺 7号", "calibrated_until": "2027-03-01"}
    sheet = Sheet("VEH-03", (Fault(measured={"tread_depth_um": 1200}, instrument=with_),))
    value = answer_of(arrived(), sheet)[0].value
    assert value["instrument"] == with_
    assert value["note"] == "实测轮胎花纹深度 1.2 mm（仪器 深度尺 7号，检定有效期至 2027-03-01）"
    offered = deviation_state(arrived(), Sheet("VEH-03", (Fault(measured={"tread_depth_um": 1200}),)), used=with_)
    assert [(one.text, one.known) for one in offered.instrument] == [("", "深度尺 7号"), ("", "2027-03-01")]
    assert deviation_state(arrived(), Sheet("VEH-03"), used=with_).instrument == ()


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-11-21", "检定有效期至 2026-11-21"),
        ("2026-11-20", "检定有效期至 2026-11-20，检定已过期"),
        ("２０２６年１０月", "检定有效期至 ２０２６年１０月，检定已过期"),
        ("长期", "检定有效期至 长期，检定有效期不明"),
        ("2027-02-30", "检定有效期至 2027-02-30，检定有效期不明"),
        ("", "检定有效期不明"),
    ],
)
def test_a_calibration_that_ended_or_is_not_known_is_said_where_it_is_written_and_where_it_is_printed(until, told):
    words.lang = "zh_CN"
    used = {"name": "深度尺 7号", "calibrated_until": until}
    sheet = Sheet("VEH-03", (Fault(measured={"tread_depth_um": 1200}, instrument=used),))
    assert answer_of(arrived(), sheet)[0].value["note"] == f"实测轮胎花纹深度 1.2 mm（仪器 深度尺 7号，{told}）"
    doubt = deviation_state(arrived(), sheet).instrument[1].trouble
    assert [one in doubt for one in ("检定已过期", "检定有效期不明")] == [one in told for one in ("已过期", "期不明")]


def test_an_instrument_whose_calibration_ended_is_not_offered_again():
    used = {"name": "深度尺 7号", "calibrated_until": "2026-11-20"}
    offered = deviation_state(arrived(), Sheet("VEH-03", (Fault(measured={"tread_depth_um": 1200}),)), used=used)
    assert [one.known for one in offered.instrument] == ["", ""]


def test_any_conduct_of_the_law_is_found_by_its_code_and_recorded(driver, desk):
    screen = on_glass(driver, desk, "VEH-03")
    assert len(screen.find("")) > 45
    driver.tap_id("find_conduct")
    driver.tap_id("search")
    driver.type_text("EQP01")
    driver.step(20)
    driver.tap_id("row:CN-EQP-01")
    driver.tap_id("conduct:CN-EQP-01")
    driver.tap_id("record")
    assert desk.last("answer").value["violation"] == "CN-EQP-01"


def test_conducts_are_found_by_pinyin_initials(driver, desk):
    screen = on_glass(driver, desk, "VEH-03")
    assert any("押运" in one.title or "escort" in one.title for one in screen.find("yyy"))


def test_a_second_fault_begins_empty_and_is_recorded_beside_the_first(driver, desk):
    on_glass(driver, desk, "EQP-01")
    for name in ("location:cab", "fault:+", "location:left", "location:right", "record"):
        driver.tap_id(name)
    value = desk.last("answer").value
    assert value["location"] == "cab" and value["more"][0]["locations"] == ["left", "right"]


def test_what_was_set_aside_by_mistake_counts_again_by_one_touch(driver, desk):
    screen = on_glass(driver, desk, "LIC-07")
    driver.tap_id("set_aside")
    driver.tap(screen.ids.conflicts.children[0].ids.reasons.children[-1])
    assert "LIC-07" not in {one.item for one in desk.held.assessment.findings}
    driver.tap_id("heed")
    assert "LIC-07" in {one.item for one in desk.held.assessment.findings}
    assert desk.last("withdrawn").withdraws == desk.last("override").id
    driver.find_id("set_aside")
