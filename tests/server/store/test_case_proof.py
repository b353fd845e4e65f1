"""The board of evidence: what the record holds, what the office added, what cannot be had, what is missing."""

from __future__ import annotations

from pathlib import Path

from server.config import Config
from server.office import open_office
from server.store import case_apply, case_files, case_proof, case_scans
from server.store.case_apply import Applied
from server.store.models import Case
from server.store.office_models import User
from tests.server.scene import play
from tests.server.store.office_cases import FILE


def test_the_board_of_a_case_says_where_each_piece_is(tmp_path: Path) -> None:
    office = open_office(Config(data_dir=str(tmp_path), office="示例县"))
    try:
        play(office, many=2)
        story = Case.select().where(Case.agency == "T").order_by(Case.id).first()
        groups = case_files.groups_of(str(story.id))
        before = case_proof.board(str(story.id), groups)
        states = {piece.state for pieces in before.values() for piece in pieces}
        assert states == {"record", "missing"}
        code = next(one.violation for one in groups if "interview" in one.evidence)
        assert "interview" in case_proof.missing(str(story.id), groups)[code]
        clerk = case_apply.actor_of(User.get(User.login == "transport"))
        rows = [
            {"violation": code, "kind": "interview", "file": FILE},
            {"violation": code, "kind": "inquiry", "not_obtainable": "对方未回函"},
        ]

        def add() -> object:
            case_scans.keep(FILE, "application/pdf", 1, "scan.pdf", "transport")
            return case_apply.apply_event(str(story.id), "evidence_added", {"evidence": rows}, clerk)

        assert isinstance(office.store.write_now(add), Applied)
        after = {piece.kind: piece.state for piece in case_proof.board(str(story.id), groups)[code]}
        assert after["interview"] == "office" and after.get("inquiry", "not_obtainable") == "not_obtainable"
        assert not {"interview", "inquiry"} & set(case_proof.missing(str(story.id), groups)[code])
    finally:
        office.close()
