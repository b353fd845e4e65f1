"""The process that starts and watches the office's server: it stays small, and every other command is still there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server import serving
from server.commands import main
from server.config import Config


def test_it_reads_nothing_of_the_office() -> None:
    heavy = ("server.office", "server.app", "server.commands", "peewee", "falcon", "psycopg", "jinja2")
    asked = f"import sys; import server.serving; print([one for one in {heavy!r} if one in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_what_serves_reads_no_library_for_papers_before_a_paper_is_made() -> None:
    heavy = ("docx", "lxml", "fpdf", "highspy", "xlsxwriter", "python_calamine", "obstore", "zxcvbn", "resvg_py")
    asked = f"import sys; import server.app; print([one for one in {heavy!r} if one in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["init"], ["--config", "x.toml", "devices"], ["serve", "--help"], []])
def test_it_leaves_every_other_command_alone(arguments: list[str]) -> None:
    assert serving.main(arguments) is None


def test_settings_that_cannot_be_used_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUJIAN_CONFIG", "")
    file = tmp_path / "lujian.toml"
    file.write_text("port = 'x'\n", encoding="utf-8")
    assert serving.main(["--config", str(file), "serve"]) == 2
    assert "port" in capsys.readouterr().err


def test_it_serves_by_either_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[Config] = []
    monkeypatch.setattr(serving, "serve", lambda config: served.append(config) or 0)
    monkeypatch.setattr("server.commands.serve", serving.serve)
    monkeypatch.setenv("LUJIAN_DATA_DIR", str(tmp_path))
    before = os.umask(0o022)
    try:
        assert serving.main(["serve"]) == 0
        assert main(["serve"]) == 0
    finally:
        os.umask(before)
    assert [one.data for one in served] == [tmp_path, tmp_path]
