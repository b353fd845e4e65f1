"""Telephone and address for service stand on the papers that are served, and only what somebody stated there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.definition import Definitions
from checklists.facts.situation import Situation, Source
from checklists.facts.transport import Person
from checklists.findings.assessment import Assessment
from checklists.goods.listing import Tables
from checklists.papers.handover import hand_over_letter, hand_overs
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import text_of
from checklists.papers.release_pass import clean_pass

PHONE, STREET, REGISTERED = "13900001111", "示例旗解放路1号", "13900002222"


@pytest.fixture
def story(definitions: Definitions, tables: Tables) -> Assessment:
    return check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)


def saying(story: Assessment, *, carrier: bool = True) -> Assessment:
    """The driver stated his own; the carrier's telephone is the registry's, its address stated or not."""
    at = story.situation
    sources = {**at.sources, "driver.phone": Source("party"), "driver.address": Source("party")}
    sources |= {"carrier": Source("registry"), **({"carrier.address": Source("party")} if carrier else {})}
    driver = replace(at.driver or Person("张建国"), phone=PHONE, address=STREET)
    changed: Situation = replace(
        at, driver=driver, carrier=replace(at.carrier, phone=REGISTERED, address="示例市工业园2号"), sources=sources
    )
    return replace(story, situation=changed)


def facts() -> Facts:
    return Facts("D01-R000001", "示例大队", "G109", datetime(2026, 11, 21, 1, 30, tzinfo=UTC), ("王强",), "hold")


def test_the_record_has_what_each_stated_and_nothing_of_the_registry(
    definitions: Definitions, story: Assessment
) -> None:
    text = text_of(on_site_record(definitions, saying(story), facts()))
    assert f"（现场陈述）：驾驶人 联系电话 {PHONE}，送达地址 {STREET}；承运人 送达地址 示例市工业园2号" in text
    assert REGISTERED not in text


def test_a_paper_for_a_party_has_that_partys_own(definitions: Definitions, story: Assessment) -> None:
    said = saying(story)
    order = next(one for one in orders(said) if one.party.role == "carrier")
    text = text_of(order_to_correct(definitions, said, facts(), order))
    assert "送达地址（现场陈述）：示例市工业园2号" in text and PHONE not in text and "联系电话" not in text
    letter = hand_overs(said, "T")[0]
    by_driver = replace(letter, party=replace(letter.party, role="driver"))
    text = text_of(hand_over_letter(definitions, said, facts(), by_driver))
    assert f"联系电话（现场陈述）：{PHONE}" in text


def test_without_a_word_of_the_party_nothing_stands_there_and_a_pass_never_tells(
    definitions: Definitions, story: Assessment
) -> None:
    silent = saying(story, carrier=False)
    order = next(one for one in orders(silent) if one.party.role == "carrier")
    assert "送达地址" not in text_of(order_to_correct(definitions, silent, facts(), order))
    assert "送达地址" not in text_of(on_site_record(definitions, story, facts()))
    assert PHONE not in text_of(clean_pass(definitions, saying(story), facts()))
