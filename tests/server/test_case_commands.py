"""`python -m server case …` as an operator types it: what is missing is told, what was done is in the audit log."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checklists.__main__ import main as checklists
from server.commands import main
from server.config import Config
from server.office import open_office
from server.store import audit
from tests.server.store.office_cases import finding, furnish, opened

Told = tuple[int, str, str]


@pytest.fixture
def number(tmp_path: Path) -> str:
    """The number of a case that nobody has taken, in an office of this folder."""
    office = open_office(Config(data_dir=str(tmp_path / "data")))
    try:
        furnish(office)
        opened(office, finding(agency="P"))
        return str(opened(office)[0].number)
    finally:
        office.close()


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    for name in [name for name in os.environ if name.startswith("LUJIAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LUJIAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    def run(*words: str) -> Told:
        code = main(("case", *words))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_a_case_is_listed_shown_and_moved(say: Callable[..., Told], number: str, tmp_path: Path) -> None:
    assert number in say("list", "--user", "wang")[1] and "1 of 1" in say("list", "--user", "wang")[1]
    assert "2 of 2" in say("list")[1] and "0 of 0" in say("list", "--state", "clue")[1]
    code, told, _ = say("show", number, "--user", "wang")
    assert code == 0 and "may try:" in told and "accept" in told and "now with: leader" in told
    code, told, _ = say("do", number, "accept", "--user", "wang", "--version", "1")
    assert code == 0 and "found -> clue, version 2" in told
    assert say("verify")[:2] == (0, "the audit log holds\n")
    office = open_office(Config(data_dir=str(tmp_path / "data")))
    try:
        assert [(one.who, one.action) for one in audit.page() if one.action == "case.accept"] == [
            ("wang", "case.accept")
        ]
    finally:
        office.close()


def test_a_refusal_names_everything_and_ends_with_four(say: Callable[..., Told], number: str) -> None:
    say("do", number, "accept", "--user", "wang")
    code, told, trouble = say("do", number, "propose_opening", "--user", "liu")
    assert (code, told) == (4, "") and "agency: " in trouble and "field_missing: " in trouble and "cause" in trouble
    code, _, trouble = say(
        "do", number, "note", "--user", "wang", "--version", "1", "--data", json.dumps({"text": "x"})
    )
    assert code == 4 and "stale: " in trouble and "2 accept wang" in trouble


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        (("show", "T-1"), "no case 'T-1'"),
        (("do", "{n}", "accept", "--user", "nobody"), "no user 'nobody'"),
        (("do", "{n}", "accept", "--user", "wang", "--data", "{"), "--data: not JSON"),
        (("do", "{n}", "accept", "--user", "wang", "--data", "[]"), "--data: an object"),
        (("show", "{n}", "--user", "liu"), "liu does not see"),
        (("holidays", "none.csv", "--user", "wang"), "law administrator"),
        (("sign", "T", "示交", "--user", "wang"), "a leader or the system administrator"),
    ],
)
def test_what_is_mistyped_or_not_allowed_is_told(
    say: Callable[..., Told], number: str, words: tuple[str, ...], trouble: str
) -> None:
    code, _, told = say(*(one.format(n=number) if one == "{n}" else one for one in words))
    assert code == 1 and trouble in told


def test_the_sign_of_an_office_heads_its_numbers(say: Callable[..., Told], number: str) -> None:
    assert "begin with 示交" in say("sign", "T", "示交", "--user", "lead")[1]
    assert "name: 示例县" in say("office", "T", "--user", "lead", "--data", '{"name": "示例县交通执法大队"}')[1]
    say("do", number, "accept", "--user", "wang")
    two = [{"login": "wang", "name": "wang", "card": "1"}, {"login": "su", "name": "su", "card": "2"}]
    say(
        "do",
        number,
        "party_corrected",
        "--user",
        "wang",
        "--data",
        json.dumps({"party": {"kind": "unit"}, "reason": "x"}),
    )
    said = json.dumps({"cause": "x", "investigators": two})
    assert say("do", number, "propose_opening", "--user", "wang", "--data", said)[0] == 0
    assert "示交立〔" in say("do", number, "opening_approved", "--user", "lead")[1]


def test_the_file_of_a_case_is_written_and_proven(say: Callable[..., Told], number: str, tmp_path: Path) -> None:
    file = tmp_path / "case.zip"
    code, told, _ = say("export", number, "--to", str(file), "--user", "wang")
    assert code == 0 and f"case {number}" in told
    key = told.split("--office-key ")[1].strip()
    assert checklists(["verify-case", str(file), "--office-key", key]) == 0
    code, _, trouble = say("export", number, "--to", str(file), "--user", "liu")
    assert code == 1 and "liu does not see case" in trouble
    code, _, trouble = say("export", number, "--to", str(file), "--user", "su")
    assert code == 1 and "the role of su" in trouble
