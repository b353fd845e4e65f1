"""What was typed beside what the product carries: every sign that differs shows, and spaces count for nothing."""

from __future__ import annotations

import pytest

from server.console.wordings import compared, differ


@pytest.mark.parametrize(
    ("typed", "carried", "shown"),
    [
        ("处五万元罚款", "处五万元罚款", [("same", "处五万元罚款")]),
        ("处 五万\n元罚款", "处五万元　罚款", [("same", "处五万元罚款")]),
        ("处三万元罚款", "处五万元罚款", [("same", "处"), ("typed", "三"), ("carried", "五"), ("same", "万元罚款")]),
        ("处五万元", "处五万元罚款", [("same", "处五万元"), ("carried", "罚款")]),
        ("全文不同", "", [("typed", "全文不同")]),
        ("", "处五万元罚款", []),
    ],
)
def test_where_two_wordings_differ(typed: str, carried: str, shown: list[tuple[str, str]]) -> None:
    found = compared(typed, carried)
    assert [(one.kind, one.text) for one in found] == shown
    assert differ(found) == any(kind != "same" for kind, _text in shown)


def test_both_wordings_can_be_read_out_of_it() -> None:
    typed, carried = "由交通运输主管部门责令改正，处三千元罚款", "由公安机关责令改正，可以处五千元以下罚款"
    found = compared(typed, carried)
    assert "".join(one.text for one in found if one.kind != "carried") == typed
    assert "".join(one.text for one in found if one.kind != "typed") == carried
