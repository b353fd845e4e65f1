"""What the run of all benchmarks tells: figures as they were measured, and failures as failures."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from benchmarks.__main__ import Run, last, measured
from benchmarks.page import page
from benchmarks.timing import FIGURES, short, tell

ALONE = {"name": "alone", "values": {"p50_ms": 2.5}, "ratio": 1, "to": "alone"}
BOTH = {"name": "both", "values": {"p50_ms": 7.5}, "ratio": 3.0, "to": "alone"}


def run_of(*figures: object, failed: str = "") -> dict[str, object]:
    return {"name": "touch", "figures": list(figures), "failed": failed, "seconds": 3.0, "load": 0.5}


def held(*runs: object) -> dict[str, object]:
    told = {"at": "2026-11-29T22:00:00+00:00", "commit": "abc", "machine": "m", "cores": 2, "python": "3.11"}
    return {**told, "load": [0.5], "load_after": [0.7], "runs": list(runs)}


def test_a_figure_is_printed_and_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FIGURES, str(tmp_path / "figures"))
    tell("both", 3.0, "alone", p50_ms=7.5)
    assert capsys.readouterr().out.split() == ["both", "p50_ms", "7.50", "=", "3.00", "×", "alone"]
    assert json.loads((tmp_path / "figures").read_text("utf-8")) == BOTH
    assert [short(one) for one in (0.0123, 1.234, 12.34, 12345.6)] == ["0.012", "1.23", "12.3", "12,346"]


def test_a_run_stands_beside_the_one_before() -> None:
    alone = page(held(run_of(ALONE, BOTH)), None)
    assert alone.count("<svg") == 3 and "no run before" in alone
    beside = page(held(run_of(ALONE, {**BOTH, "ratio": 1.5})), held(run_of(ALONE, BOTH)))
    assert '<td class="n">3.00<td class="n">0.500<td>' in beside


def test_what_failed_is_told_and_has_no_number() -> None:
    told = page(held(run_of(ALONE, failed="not done within 3 s")), held(run_of(ALONE, BOTH)))
    assert "failed: not done within 3 s" in told and "1 failed: touch" in told
    assert '<td>both<td class="failed">failed<td><td class="n">3.00<td><td>' in told


def test_a_benchmark_that_ends_in_a_fault_or_too_late_gives_no_figures() -> None:
    gone, late = measured([Run("no_such_benchmark")], time.monotonic() + 60), measured([Run("touch")], time.monotonic())
    (first,), (second,) = gone, late
    assert (first["figures"], second["figures"]) == ([], [])
    assert "no_such_benchmark" in first["failed"] and second["failed"] == "not begun: the time was over"


def test_the_run_before_is_the_newest_with_the_same_benchmarks(tmp_path: Path) -> None:
    for name, told in (("1.json", ["touch", "rules"]), ("2.json", ["touch", "rules", "kernel"]), ("3.json", ["touch"])):
        (tmp_path / name).write_text(json.dumps({"at": name, "runs": [{"name": one} for one in told]}), "utf-8")
    found = last(tmp_path, {"touch", "rules"})
    assert found is not None and found["at"] == "2.json"
    assert last(tmp_path, {"papers"}) is None
