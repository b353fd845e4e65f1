"""Papers as PDF on the tablet: milliseconds for each paper of the story after a warm-up, beside an empty fpdf page.

Run it with `python -m benchmarks.papers`. The ratio to the empty page is what compares between machines.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.timing import heading, tell
from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT, load_all
from checklists.crypto import SigningKey
from checklists.goods.listing import load_tables
from checklists.papers.education_record import education_record
from checklists.papers.evidence_list import Exhibit, evidence_list
from checklists.papers.handover import hand_over_letter, hand_overs
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import Notice, text_of
from checklists.papers.release_pass import clean_pass
from checklists.records.paper_proof import prove
from checklists.records.record import certificate
from checklists.wire import digest
from mobile.sealing import pdf as papers

ROUNDS = 9
OFFICE, DEVICE = SigningKey(b"o" * 32), SigningKey(b"d" * 32)
AT = "2026-11-21T01:55:00.000Z"
STROKES = tuple(tuple((x, (x * x) % 3000) for x in range(start, start + 900, 30)) for start in range(0, 8000, 1000))


def main() -> None:
    """Print the table."""
    heading()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "paper.pdf"
        papers.render(notices()[0], "warm-up", out)
        empty, _worst, _cpu = _ms(_empty)
        tell("empty page", 1, "empty page", p50_ms=empty)
        for notice in notices():
            median, worst, cpu = _ms(partial(papers.render, notice, _code(notice), out))
            times = {"p50_ms": median, "worst_ms": worst, "cpu_ms": cpu}
            tell(notice.kind, median / empty, "empty page", **times, blocks=len(notice.blocks))


def notices() -> list[Notice]:
    """Return a paper of each kind of the story."""
    definitions = load_all()
    story = check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, load_tables())
    at = story.situation.at
    signed = (
        {"role": "driver", "name": "张建国", "strokes": STROKES},
        {"role": "officer", "name": "王强", "card": "T-0001"},
        {"role": "officer", "name": "李敏", "card": "P-0002"},
    )
    officers = ("王强（T-0001）", "李敏（P-0002）")
    facts = Facts("D01-X000001", "示例旗交通运输综合行政执法大队", "G109 示例检查点", at, officers, "hold", signed)
    facts = replace(facts, ended_at=at + timedelta(minutes=25), statement="堵漏器材上周用完了，还没补。")
    shots = [Exhibit("EQP-14", "item", AT, "王强", f"{number:064x}") for number in range(20)]
    clean = replace(story, findings=())
    return [
        on_site_record(definitions, story, facts),
        order_to_correct(definitions, story, facts, orders(story)[0]),
        hand_over_letter(definitions, story, facts, hand_overs(story, "T")[0], ("现场检查记录",)),
        evidence_list(definitions, story, facts, shots, "cn-joint"),
        education_record(definitions, story, facts, ()),
        clean_pass(definitions, clean, replace(facts, outcome="release")),
    ]


def _code(notice: Notice) -> str:
    device = "019aa5f0-3c51-7d2e-8f3a-0123456789ab"
    named = certificate(OFFICE, device=device, public=DEVICE.public, agency="T", prefix="D01", issued_at=AT)
    words = digest(text_of(notice).encode())
    return prove(DEVICE, named, record="ab" * 32, text=words, kind=notice.kind, number=notice.number, sealed_at=AT)


def _empty() -> None:
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.output()


def _ms(act: Callable[[], object]) -> tuple[float, float, float]:
    """Return median and worst of the clock, and the median of CPU time, which a busy machine does not lengthen much."""
    found, busy = [], []
    for _ in range(ROUNDS):
        start, cpu = time.perf_counter(), time.process_time()
        act()
        found.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    return statistics.median(found), max(found), statistics.median(busy)


if __name__ == "__main__":
    main()
