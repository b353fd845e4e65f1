"""A paper set again from the record is the paper that was handed over, or it is not shown as one."""

from __future__ import annotations

from typing import Any

from checklists import words
from checklists.papers.carried import carried, set_again
from checklists.papers.paper import Block, Notice, signature, text_of
from checklists.wire import canonical, digest

SAY = words.say("zh_CN")
DRIVER = {"role": "driver", "name": "张建国", "strokes": [[1, 2, 3, 4]]}
WITHOUT = {"role": "officer", "name": "王志强", "card": "15062401", "strokes": []}
NOTICE = Notice(
    "责令改正通知书",
    "D01-O000001",
    "示例旗交通运输局",
    (
        Block("heading", "一、违法事实"),
        Block("table", rows=(("车牌", "蒙K12345"), ("品名", "硫酸")), widths=(1, 2)),
        Block("text", "请于2026年11月30日前改正。"),
        signature(DRIVER, SAY),
        signature(WITHOUT, SAY),
    ),
    "order",
    "T-2026",
)


def named(**changes: Any) -> dict[str, Any]:
    whole = digest(text_of(NOTICE).encode())
    return {"kind": "order", "number": NOTICE.number, "digest": whole, "notice": carried(NOTICE), **changes}


def test_a_paper_comes_back_with_its_signatures_as_drawn() -> None:
    assert set_again(named(), [DRIVER, WITHOUT], SAY) == NOTICE


def test_the_record_does_not_hold_strokes_twice() -> None:
    assert b"strokes" not in canonical(carried(NOTICE))


def test_other_words_than_those_of_the_digest_are_no_paper() -> None:
    told = carried(NOTICE)
    told["blocks"][2]["text"] = "请于2027年11月30日前改正。"
    assert set_again(named(notice=told), [DRIVER], SAY) is None


def test_a_record_of_before_or_an_odd_one_carries_no_paper() -> None:
    assert set_again({"kind": "order", "number": "1", "digest": "0" * 64}, [], SAY) is None
    assert set_again(named(notice=["odd"]), [], SAY) is None
    assert set_again(named(notice={"title": 3}), [], SAY) is None


def test_a_signature_of_somebody_else_is_not_put_under_a_name() -> None:
    other = {"role": "driver", "name": "李四", "strokes": [[5, 6]]}
    again = set_again(named(), [other], SAY)
    assert again is not None
    assert [one.strokes for one in again.blocks if one.kind == "signature"] == [(), ()]
