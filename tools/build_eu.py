"""Write the EU checklist, its draft successor and the infringements: `python -m tools.build_eu SOURCE_DIR`.

SOURCE_DIR holds `eu_checklist.csv` and `eu_infringements.csv` (facts of Directive (EU) 2022/1999 and of Delegated
Directive (EU) 2025/1801 in wordings of our own). The YAML is committed; nothing else ever reads the source. Laws,
agency and measures of the regime are kept by hand in `checklists/law/eu-directive.yaml`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tools import eu_tables as eu
from tools.build_definitions import write

Plain = dict[str, Any]
Row = dict[str, str]

OLD, NEW = "2022/1999", "2025/1801"
APPLIES = date(2026, 6, 24)
"""The day by which the Member States apply Delegated Directive (EU) 2025/1801."""

LAST = APPLIES - timedelta(days=1)
DIRECTIVE, NEXT, ADR = "eu-directive-2022-1999", "eu-directive-2025-1801", "adr"
LISTED = {OLD: "as listed in (EU) 2022/1999", NEW: "as listed in (EU) 2025/1801"}
SOURCE = {OLD: "E1", NEW: "E2"}
NO_PENALTY = "Each Member State sets the penalty. Who answers is our reading."
NOT_READ = (
    "Annex II was replaced by Delegated Directive (EU) 2025/1801; it keeps three categories, but its list was not "
    "read: the category is that of the list before."
)


def rows(path: Path) -> list[Row]:
    """Return the rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def code(row: Row) -> str:
    """Return the code of an infringement: EU-II-03."""
    return f"EU-{row['risk_category']}-{int(row['number']):02}"


def basis(row: Row) -> list[Plain]:
    """Return the ADR sections that the form names; one that was not seen stays open."""
    clauses = [] if row["adr_reference"] == "not seen" else list(filter(None, row["adr_reference"].split("; ")))
    return [_adr(row, clause) for clause in clauses] or [_adr(row, "")]


def _adr(row: Row, clause: str) -> Plain:
    read = row["evidence"] == "page" and bool(clause)
    days = {"in_force_from": APPLIES} if row["edition"] == NEW else {}
    held: Plain = {"law": ADR, "version": LISTED[row["edition"]], "clause": clause, **days, "verified": read}
    return held | ({"source": SOURCE[NEW]} if read else {})


def item(row: Row, category: dict[str, str]) -> Plain:
    """Return one line of the form as an item."""
    edition, number = row["edition"], int(row["item"])
    asked, _, remark = row["input"].partition("; ")
    status = asked.startswith(("checked", "status"))
    kind = "status" if status else eu.INPUT.get(asked, asked)
    zh, en = eu.LOOK["visible" if "visible" in remark else kind]
    codes = [f"EU-{one}" for one in eu.INFRINGEMENTS[edition].get(number, "").split()]
    note = eu.NO_CATEGORY.get((edition, number), "")
    worst = category[codes[0]] if codes else "III"
    held: Plain = {
        "id": f"{eu.PREFIX[edition]}-{number:02}",
        "text": {"zh": row["title_zh"], "en": row["title_en"]},
        "look": {"zh": zh, "en": en},
        "agency": ["EU"],
        "severity": worst,
        "measures": [eu.MEASURES[worst]] if status else [],
        "violations": codes,
        "applies_when": eu.WHEN.get((edition, number), {}),
        "duty_holder": "carrier" if status and not codes else "",
        "input": kind,
        "choices": [{"value": one, "text": {"zh": zh, "en": en}} for one, zh, en in _choices(row)],
        "optional": remark.startswith("only if relevant"),
        "basis": basis(row) if status or row["adr_reference"] else [],
        "note": note,
    }
    keep = ("basis", "measures")
    return {key: value for key, value in held.items() if (value or key in keep) and (key, value) != ("input", "status")}


def _choices(row: Row) -> Iterable[tuple[str, str, str]]:
    return eu.CHOICES.get((row["edition"], int(row["item"])), ())


def checklist(form: list[Row], category: dict[str, str], named: Plain) -> Plain:
    """Return one edition of the form as a checklist."""
    sections = []
    for name in dict.fromkeys(row["section"] for row in form):
        key, zh, en = eu.SECTIONS[name]
        items = [item(row, category) for row in form if row["section"] == name]
        sections.append({"id": key, "title": {"zh": zh, "en": en}, "items": items})
    return named | {"regime": "EU", "sections": sections}


def infringement(row: Row) -> Iterable[Plain]:
    """Yield the row of an infringement up to the last day of the old annex, and the open one from the next day."""
    name, risk, read = code(row), row["risk_category"], row["evidence"] == "page"
    clause = f"Annex II, category {risk}, no. {row['number']}"
    subject = "filler" if name in eu.FILLER else eu.SUBJECT[row["topic"]]
    old: Plain = {"law": DIRECTIVE, "version": OLD, "clause": clause, "in_force_to": LAST, "verified": read}
    new: Plain = {"law": NEXT, "version": NEW, "clause": "", "in_force_from": APPLIES, "verified": False}
    same: Plain = {
        "code": name,
        "title": {"zh": row["title_zh"], "en": row["title_en"]},
        "subject": subject,
        "agency": ["EU"],
        "severity": risk,
        "measures": [eu.MEASURES[risk]],
        "verified": False,
    }
    source = {"source": SOURCE[OLD]} if read else {}
    first = {"duty": [old | source], "effective_to": LAST, "superseded_by": f"{name}@{APPLIES}", "note": NO_PENALTY}
    yield same | source | first
    yield same | {"duty": [new], "effective_from": APPLIES, "note": f"{NOT_READ} {NO_PENALTY}"}


CHECKLISTS = {
    OLD: {
        "name": "eu-adr",
        "version": "2022.1",
        "title": {"zh": "欧盟危险货物道路运输检查表", "en": "EU roadside checklist for dangerous goods"},
        "effective_from": date(2026, 1, 1),
        "status": "published",
    },
    NEW: {
        "name": "eu-adr-2025",
        "version": "2025.0",
        "title": {
            "zh": "欧盟危险货物道路运输检查表（2025年修订，草案）",
            "en": "EU roadside checklist for dangerous goods, amended 2025 (draft)",
        },
        "effective_from": APPLIES,
        "status": "draft",
    },
}
COMMENT = {
    OLD: "The checklist of Directive (EU) 2022/1999, annex I, written from knowledge of it (nothing verified).\n"
    "# Item numbers are those of the form. Which infringement an item may lead to is our reading.",
    NEW: "DRAFT: the checklist of Delegated Directive (EU) 2025/1801, C(2025)3886, as far as it was read: items 1 to\n"
    "# 16, and 17 in part. What comes after is missing. It is not to be used before the rest was read.",
}
BUILT = "From tools/build_eu.py; how to change it: docs/authoring.md"


def main(folder: Path) -> None:
    """Write all three files."""
    form, found = rows(folder / "eu_checklist.csv"), rows(folder / "eu_infringements.csv")
    category = {code(row): row["risk_category"] for row in found}
    for edition, named in CHECKLISTS.items():
        lines = [row for row in form if row["edition"] == edition]
        comment = f"{COMMENT[edition]}\n# {BUILT}"
        write(f"definitions/{named['name']}.yaml", comment, checklist(lines, category, named))
    comment = f"Infringements of Directive (EU) 2022/1999, annex II, by risk category.\n# {BUILT}"
    write("law/eu-infringements.yaml", comment, {"violations": [one for row in found for one in infringement(row)]})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
