"""T14: a case that was sent back is answered by an amendment that names its task; each touch is on disk at once."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from checklists.crypto import verify
from checklists.inspection.tasks import Task
from checklists.wire import canonical, digest
from mobile.inspecting import evidence
from mobile.screens.reply import flow
from mobile.screens.reply.state import left_out, photo_of, reply_state
from mobile.screens.tasks import flow as tasks_flow
from mobile.sealing import amendment
from mobile.store import replies, store
from mobile.words import words
from tests.mobile import story
from tests.mobile.closing import DEVICE, NOW, kept, signed
from tests.mobile.field import DEVICE as KEY
from tests.mobile.field import hear, line, opened
from tests.mobile.screens.test_lesson import Desk, Screen

PIECES = [{"item": "EQP-14", "evidence": "item"}, {"item": "EQP-14", "evidence": "overall"}]
GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-amendment-1.json"


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """The story sealed on this tablet, with a task for it, and a camera folder with one picture."""
    held_store = opened(tmp_path)
    made = Desk(kept(held_store, signed()), held_store)
    _seal(made)
    row = {"id": "case-1-3", "kind": "supplement", "tier": "medium", "title": {"zh": "补充案件材料"}, "case": "T-1",
           "text": "问题部位照片", "inspection": made.held.inspection, "pieces": PIECES, "due": ""}  # fmt: skip
    made.kit = replace(made.held.kit)
    hear(made.open_store, line("task", row["id"], row))
    made.access.me = story.WANG
    made.look = lambda _inspection: made.held
    made.recount = lambda: None
    made.camera = tmp_path / "camera"
    made.camera.mkdir()
    return made


def _seal(desk: Any) -> None:
    from mobile.sealing import part

    def build(seq: int, previous: str | None) -> Any:
        return part.build(desk.held, DEVICE, part_id="p", sealed_at=story.AT, device_seq=seq, previous=previous)

    store.seal_inspection(desk.open_store, desk.held.inspection, build, KEY)


def picture(desk: Any, name: str, colour: str = "red") -> None:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(held, "JPEG")
    (desk.camera / name).write_bytes(held.getvalue())


def entered(desk: Any) -> Screen:
    screen = Screen()
    flow.enter(desk, screen, task="case-1-3")
    return screen


def test_what_is_asked_for_stands_with_its_pieces(desk: Any) -> None:
    state = entered(desk).state
    assert (state.title, state.asked, state.may_send) == ("退回补充调查 · T-1", "问题部位照片", False)
    assert [one.chosen for one in state.pieces] == [True, False]
    assert state.pieces[0].text.startswith("问题部位或物品照片")


def test_every_touch_is_on_disk_and_outlives_the_screen(desk: Any) -> None:
    screen = entered(desk)
    picture(desk, "1.jpg")
    screen("on_photo")
    screen("on_statement", " 器材放在家里 ")
    screen("on_correction", "挂车号牌应为蒙K1234挂")
    assert len(replies.begun(desk.open_store, "case-1-3")) == 3
    again = entered(desk).state
    assert [tone for tone, _words in again.told] == ["good"] * 3
    assert "器材放在家里" in again.told[1][1] and "更正" in again.told[2][1]
    assert [one.chosen for one in again.pieces] == [False, True]  # the next photo is of what is still asked for


def test_the_answer_is_an_amendment_that_names_the_task_and_its_photos(desk: Any) -> None:
    screen = entered(desk)
    picture(desk, "1.jpg")
    screen("on_photo")
    screen("on_send")
    (sealed,) = [part for _digest, part in amendment.parts_of(desk.open_store, desk.held.inspection)
                 if part["kind"] == "amendment"]  # fmt: skip
    (entry,) = sealed["entries"]
    assert (sealed["task"], entry["kind"], entry["item"]) == ("case-1-3", "photo", "EQP-14")
    assert entry["value"]["evidence"] == "item"
    assert [one["entry"] for one in sealed["photos"]] == [entry["id"]]
    photos = [one for one in store.photos(desk.open_store, desk.held.inspection) if one.entry == entry["id"]]
    assert {one.state for one in photos} == {"wanted"} and len(photos) == 3
    assert replies.begun(desk.open_store, "case-1-3") == ()
    assert desk.sent and desk.went[-1][0] == "tasks"


def test_nothing_is_sealed_before_something_was_put_down(desk: Any) -> None:
    screen = entered(desk)
    screen("on_statement", "  ")
    screen("on_send")
    assert [part["kind"] for _d, part in amendment.parts_of(desk.open_store, desk.held.inspection)] == ["inspection"]
    with pytest.raises(ValueError, match="says something"):
        amendment.reply(desk.open_store, desk.held, DEVICE, KEY, "case-1-3", NOW)


def test_a_task_that_is_gone_or_was_sealed_elsewhere_is_not_answered_here(desk: Any) -> None:
    flow.enter(desk, Screen(), task="case-2-1")
    assert desk.went[-1][0] == "tasks"
    assert not amendment.may_amend(desk.open_store, "another")


def test_the_card_offers_the_answer_and_then_says_where_it_is(desk: Any) -> None:
    screen = Screen()
    tasks_flow.enter(desk, screen)
    (card,) = screen.state.cards
    assert [one.key for one in card.duties] == ["answer"]
    screen("on_duty", "case-1-3", "answer", "")
    assert desk.went[-1] == ("reply", {"task": "case-1-3"})
    amendment.put(desk.open_store, desk.held, "case-1-3", photo_of(Task("x"), 0, _photo(desk)), NOW)
    amendment.reply(desk.open_store, desk.held, DEVICE, KEY, "case-1-3", NOW)
    screen = Screen()
    tasks_flow.enter(desk, screen)
    (card,) = screen.state.cards
    assert (card.duties, card.told) == ((), (("unknown", "已答复：待上传"),))


def _photo(desk: Any) -> dict[str, Any]:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), "blue").save(held, "JPEG")
    return evidence.capture(desk.open_store, held.getvalue(), evidence.Stamp("09:30"))


def test_a_row_of_a_later_office_is_read_as_far_as_it_is_known(desk: Any) -> None:
    odd = Task.of({"id": "t", "kind": "supplement", "pieces": [{"item": "ZZZ-99", "evidence": "hologram"}, "x"]})
    state = reply_state(odd, desk.kit, (), 0, NOW)
    assert (len(odd.pieces), state.pieces, state.hint) == (1, (), "所拍：照片")
    assert left_out(Task("t"), ()) == 0
    assert photo_of(Task("t"), 0, {"sha256": "a"})[0].value == {"sha256": "a"}


def test_the_released_amendment_still_has_its_digest_and_its_signature() -> None:
    body = GOLDEN.read_bytes()
    named, public, signature = GOLDEN.with_suffix(".signature").read_text().split()
    assert digest(body) == named and verify(public, body, signature)
    assert canonical(json.loads(body)) == body


def test_an_amendment_has_the_keys_of_the_released_one(desk: Any) -> None:
    amendment.put(desk.open_store, desk.held, "case-1-3", photo_of(Task("x"), 0, _photo(desk)), NOW)
    sealed = amendment.reply(desk.open_store, desk.held, DEVICE, KEY, "case-1-3", NOW)
    assert set(sealed.part) == set(json.loads(GOLDEN.read_bytes()))
    plain = amendment.amend(desk.open_store, desk.held, DEVICE, KEY, (), NOW).part
    assert set(sealed.part) - set(plain) == {"task"}  # an amendment of nobody's task is as it always was
