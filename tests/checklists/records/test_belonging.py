"""Whose an inspection is by its id, and who was at it by what its parts say of each other."""

import re

from checklists.records.belonging import at_it, is_strangers, mark_of, names_opener, new_inspection, opened_by, word_of
from checklists.wire import uuid7

KEY, OTHER = "key of the leading tablet", "another key"


def entry(device, seq, kind="answer"):
    return {"device": device, "seq": seq, "kind": kind}


def part(device, kind="contribution", inspection="i-1", key="", **more):
    return {"device": device, "kind": kind, "inspection": inspection, "certificate": {"key": key}, **more}


def test_an_id_names_the_tablet_that_opened_the_inspection():
    made = new_inspection(KEY)
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made)
    assert opened_by(made, KEY) and not opened_by(made, OTHER)
    assert is_strangers(made, OTHER) and not is_strangers(made, KEY)
    assert len({new_inspection(KEY, 1_700_000_000_000) for _ in range(1000)}) == 1000
    assert new_inspection(KEY, 1) < new_inspection(OTHER, 2) < uuid7(3)


def test_an_older_id_names_nobody():
    for made in (uuid7(), "i-1", ""):
        assert not (names_opener(made) or opened_by(made, KEY) or is_strangers(made, KEY))


def test_one_changed_sign_names_another():
    made = new_inspection(KEY)
    for place in (0, 12, 15, 20, 30, 35):
        other = made[:place] + ("0" if made[place] != "0" else "1") + made[place + 1 :]
        assert not opened_by(other, KEY)


def test_who_led_names_who_was_there():
    lead = part("a", "inspection", entries=[entry("a", 1), entry("b", 2)], statements=[{"device": "c"}])
    assert at_it([lead, part("d", entries=[entry("e", 1)])]) == {"a", "b", "c"}
    assert at_it([lead, part("d")], {"d"}) == {"a", "b", "c", "d"}


def test_who_read_the_code_says_its_word():
    word = word_of("c2VjcmV0")
    lead = part("a", "inspection", entries=[entry("a", 1)], invited=[mark_of("x"), mark_of(word)])
    held = [lead, part("b", joined=["nothing", word]), part("c", joined=[mark_of(word)]), part("d", joined=[])]
    assert at_it(held) == {"a", "b"}


def test_whom_a_colleague_names_is_not_named_by_who_led():
    lead = part("a", "inspection", entries=[entry("a", 1), entry("b", 2)])
    assert at_it([lead, part("b", entries=[entry("c", 3)], invited=[mark_of("x")]), part("c", joined=["x"])]) == {
        "a",
        "b",
    }


def test_after_a_takeover_who_led_before_names_as_well():
    seal = part("b", "inspection", entries=[entry("a", 1), entry("b", 2, "takeover")])
    before = part("a", invited=[mark_of("x")])
    assert at_it([seal, before, part("c", joined=["x"])]) == {"a", "b", "c"}
    made = new_inspection(KEY)
    alone = part("b", "inspection", made, entries=[entry("b", 2, "takeover")])
    before = part("a", inspection=made, key=KEY, invited=[mark_of("x")])
    assert at_it([alone, before, part("c", joined=["x"])]) == {"a", "b", "c"}


def test_before_the_seal_nobody_is_named():
    assert at_it([part("a", entries=[entry("b", 1)])], {"c"}) == frozenset()
