"""The party's link on its papers: made without a network, in the record as a digest, nowhere without an address."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checklists.papers import way_back as link
from checklists.papers.paper import text_of
from mobile.link.office import PRACTICE
from mobile.screens.copy.state import copy_state
from mobile.sealing import seal, way_back
from mobile.sealing.paper import Paper
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, signed
from tests.mobile.field import hear, line, opened

ADDRESS = "https://lj.example.cn"
GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-part-way-back-1.json"


def sealed_with(folder: Path, address: str, url: str = "") -> tuple[bytes, tuple[Paper, ...]]:
    held = opened(folder)
    hear(held, line("feed", link.FEED, {"address": address}))
    made = enrolment()
    sealed = seal.seal(held, kept(held, signed()), DEVICE, replace(made, url=url or made.url), NOW)
    return sealed.body, seal.papers(held, "inspection-1")[1]


def test_the_party_takes_one_link_along_and_the_record_names_its_digest_alone(tmp_path: Path) -> None:
    body, papers = sealed_with(tmp_path, ADDRESS)
    links = {one.kind: one.link for one in papers}
    assert links["record"] == links["order"] != "" and links["handover"] == ""
    token = link.token_of(links["order"])
    assert links["order"] == f"{ADDRESS}/w/{token}" and link.is_token(token)
    assert token.encode() not in body and all(token not in text_of(one.notice) for one in papers)
    named = {one["number"]: one.get("way_back") for one in json.loads(body)["papers"]}
    assert {named[one.number] for one in papers if one.link} == {link.token_digest(token)}
    assert {named[one.number] for one in papers if not one.link} == {None}


@pytest.mark.parametrize(
    "address", ["", "http://lj.example.cn", "https://lj.example.cn/?a", "https://a b", "javascript:x"]
)
def test_without_a_public_address_nothing_is_printed(tmp_path: Path, address: str) -> None:
    body, papers = sealed_with(tmp_path, address)
    assert {one.link for one in papers} == {""} and b"way_back" not in body


def test_an_office_that_never_spoke_of_it_and_practice_print_no_link(tmp_path: Path) -> None:
    assert way_back.public_address(opened(tmp_path / "a")) == ""
    _body, papers = sealed_with(tmp_path / "b", ADDRESS, PRACTICE)
    assert {one.link for one in papers} == {""}


def test_two_inspections_have_two_links(tmp_path: Path) -> None:
    first, second = (sealed_with(tmp_path / name, ADDRESS)[1] for name in "ab")
    assert first[0].link != second[0].link


def test_the_link_is_on_the_page_the_roll_and_among_the_codes(tmp_path: Path) -> None:
    held = opened(tmp_path)
    hear(held, line("feed", link.FEED, {"address": ADDRESS}))
    seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    paper = next(one for one in seal.papers(held, "inspection-1")[1] if one.kind == "order")
    bare = replace(paper, link="")
    place = len(copy_state(bare, 0).place)
    codes = [copy_state(paper, at) for at in range(9)]
    assert [one.code for one in codes].count(paper.link) == 1 and place
    assert codes[-1].proves and codes[-1].code == paper.proof
    with_link = seal.make_strip(held, "inspection-1", paper.number, 58)
    seal.keep_papers(held, "inspection-1", paper.record, (bare,))
    assert with_link.height > seal.make_strip(held, "inspection-1", paper.number, 58).height


def test_a_scanned_page_gives_the_link(tmp_path: Path) -> None:
    import pypdfium2
    import zxingcpp

    held = opened(tmp_path)
    hear(held, line("feed", link.FEED, {"address": ADDRESS}))
    seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    paper = next(one for one in seal.papers(held, "inspection-1")[1] if one.kind == "order")
    pages = pypdfium2.PdfDocument(seal.make_pdf(held, "inspection-1", paper.number, tmp_path))
    found = {code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())}
    assert {paper.link, paper.proof} <= found


def test_the_released_part_still_names_the_digest() -> None:
    named = [one.get("way_back") for one in json.loads(GOLDEN.read_bytes())["papers"]]
    assert any(named) and {len(one) for one in named if one} == {64}
