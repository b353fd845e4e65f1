"""Read the source tables of items and violations (markdown) and write the checklist and the catalogue.

    python -m tools.build_definitions SOURCE.md

The YAML is committed; nothing else ever reads the source. `verified` belongs to one citation: it is true where
the clause is numbered, its law's version is listed, and its own source stands in the row's mark without `M` beside it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tools import item_tables as items
from tools.violation_tables import ENGLISH, EVERY_CASE, EVIDENCE, VIOLATIONS, Range

ROOT = Path(__file__).resolve().parent.parent / "checklists"
_LAWS = yaml.load((ROOT / "law/laws.yaml").read_text("utf-8"), yaml.BaseLoader)["laws"]
LAWS: dict[str, dict[str, Any]] = {law["short"]: law for law in _LAWS}

R1_LAST, R2_LAST, WASTE_LAST = date(2026, 4, 30), date(2026, 2, 28), date(2026, 8, 14)
REBASE = "To be re-based on 危险化学品安全法, in force from 2026-05-01, whose transport clauses were not read."
RENUMBERED = (
    "道路危货规定 was amended in February 2026 and renumbered; only the month is known, so the day is to be confirmed."
)
ORDER_29_SOURCES = ((16, 21, "S16"), (22, 26, "S17"), (44, 49, "S18"), (52, 53, "S19"))

Plain = dict[str, Any]


def tables(text: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every markdown table."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def pure_sources(mark: str) -> frozenset[str]:
    """Return the source keys of a mark that stand in a bracket of their own, without `M` beside them."""
    return frozenset(re.findall(r"\[(S\d+)[^\]/]*\]", mark))


def source_of(law: Plain, version: Plain, clause: str) -> str:
    """Return the one source that carries this clause, or nothing."""
    if law["id"] != "order-29":
        return str(version.get("source", ""))
    number = re.match(r"\d+", clause)
    found = (key for low, high, key in ORDER_29_SOURCES if number and low <= int(number.group()) <= high)
    return next(found, "")


def cite(text: str, sources: frozenset[str]) -> list[Plain]:
    """Return the citations written in `text` (see item_tables), verified where the sources carry them."""
    return [one for part in text.split(";") if part.strip() for one in _cite_law(part.strip(), sources)]


def _cite_law(part: str, sources: frozenset[str]) -> Iterator[Plain]:
    short = max((name for name in LAWS if re.match(re.escape(name) + r"(?=[ @]|$)", part)), key=len, default="")
    if not short:
        raise SystemExit(f"no law is called like the start of {part!r}")
    law, rest = LAWS[short], part[len(short) :]
    version, clauses = _version(law, rest.removeprefix("@")) if rest.startswith("@") else (_only(law), rest)
    for clause in clauses.split(","):
        yield _citation(law, version, clause.strip(), sources)


def _version(law: Plain, rest: str) -> tuple[Plain, str]:
    chosen = max((v for v in law["versions"] if rest.startswith(v["version"])), key=lambda v: len(v["version"]))
    return chosen, rest[len(chosen["version"]) :]


def _only(law: Plain) -> Plain:
    versions: list[Plain] = law["versions"]
    return versions[0] if len(versions) == 1 else {}


def _citation(law: Plain, version: Plain, clause: str, sources: frozenset[str]) -> Plain:
    number, unsure = clause.removesuffix("?"), clause.endswith("?") or not clause
    source = source_of(law, version, number)
    row: Plain = {"law": law["id"], "version": version.get("version", ""), "clause": number}
    row |= {key: date.fromisoformat(version[key]) for key in ("in_force_from", "in_force_to") if key in version}
    if law["id"] == "dg-road-rules" and number and "in_force_to" not in row:
        row |= {"in_force_to": R2_LAST, "note": "numbering of an older version"} if version else {}
    return row | {"verified": not unsure and source in sources, "source": source}


def open_ended(basis: list[Plain]) -> list[Plain]:
    """Return the basis with an open citation where 危化条例 ends: the law that follows, no clause, not verified."""
    ended = [one["clause"] for one in basis if one["law"] == "hazchem-regulation"]
    if not ended:
        return basis
    follows = cite("危化安全法", frozenset())[0]
    return [*basis, follows | {"note": f"takes the place of 危化条例 {'、'.join(ended)}; clause not read"}]


def measures(cell: str) -> list[str]:
    """Return `H (rest), C, T→M/E` as H, C, T:M, T:E."""
    found = []
    for one in (re.sub(r"\s*\(.*?\)", "", part).strip() for part in cell.split(",")):
        code, _, to = one.partition("→")
        found += [f"{code}:{agency}" for agency in to.split("/")] if to else [code]
    return found


def codes(cell: str) -> list[str]:
    """Return `CN-LIC-05 (not carried) / 05b (expired)` as two full codes."""
    parts = [part.strip() for part in re.sub(r"\(.*?\)", "", cell).split("/")]
    if parts == ["—"]:
        return []
    stem = parts[0].rpartition("-")[0]
    return [part if part.startswith("CN-") else f"{stem}-{part}" for part in parts]


def item(cells: Sequence[str]) -> Plain:
    """Return one item from its row."""
    number, zh, en, look, cond, basis, agency, severity, measure, violation, mark = cells
    section = number[:3]
    when = dict(items.WHEN.get(number, {}))
    full_only = section in items.FULL_QUANTITY_ONLY and number not in items.ANY_QUANTITY
    if full_only or number in items.ALSO_FULL_ONLY:
        when["quantity"] = ["full"]
    if bool(cond) != (number in items.WHEN) and number != "TNK-10":
        raise SystemExit(f"{number}: condition {cond!r} and item_tables.WHEN disagree")
    look_en = items.LOOK_EN.get(number) or re.sub(r"\s*\[[^\]]*\]|\*\*", "", look)
    worse = re.fullmatch(r"I if (\w+)(?: else II)?", severity)
    row: Plain = {
        "id": number,
        "text": {"zh": zh, "en": en},
        "look": {"zh": items.LOOK_ZH[number], "en": look_en},
        "agency": agency.split(","),
        "severity": "II" if worse else severity,
        "severity_when": {{"leak": "leaking"}.get(worse[1], worse[1]): "I"} if worse else {},
        "measures": measures(measure),
        "violations": codes(violation),
        "applies_when": when,
        "duty_holder": items.DUTY_HOLDER.get(number, ""),
        "optional": number in items.OPTIONAL,
        "basis": open_ended(cite(items.BASIS.get(number, basis), pure_sources(mark))),
        "source": mark,
        "note": items.NOTE.get(number, ""),
    }
    return {key: value for key, value in row.items() if value or key == "basis"}


def checklist(rows: Iterable[Plain]) -> Plain:
    """Return the national joint checklist."""
    held = list(rows)
    sections = [
        {"id": key, "title": {"zh": zh, "en": en}, "items": [row for row in held if row["id"][:3] in prefixes]}
        for key, prefixes, zh, en in items.SECTIONS
    ]
    return {
        "name": "cn-joint",
        "version": "2026.1",
        "regime": "CN",
        "title": {"zh": "危险货物道路运输路面联合检查表", "en": "Joint roadside inspection of dangerous goods"},
        "effective_from": date(2026, 1, 1),
        "status": "published",
        "sections": sections,
    }


def violation_rows(cells: Sequence[str], item_marks: dict[str, str]) -> list[Plain]:
    """Return the dated rows of one violation: the one of the table, and what follows where its law ends."""
    code, title, _, _, _, agency, simple, mark = cells
    table = VIOLATIONS[code]
    sources = pure_sources(mark)
    duty = cite(table.duty, sources | pure_sources(item_marks.get(code, "")))
    penalty = [_penalty(one, sources) for one in table.penalty]
    zh, en = table.title or _two_languages(title)
    row: Plain = {"code": code, "title": {"zh": zh, "en": ENGLISH.get(code, en)}, "duty": duty, "penalty": penalty}
    row |= {"subject": table.subject, "agency": agency.split("/"), "simple": _simple(simple), "points": table.points}
    row |= {"evidence": f"{EVIDENCE[code]} {EVERY_CASE}".split(), "powers": table.powers.split()}
    row |= {"verified": _verified(penalty, mark), "source": mark, "note": table.note}
    return list(_dated(row, mark))


def _penalty(one: Range, sources: frozenset[str]) -> Plain:
    basis, low, high, zh, en = one
    row: Plain = {"basis": cite(basis.split(",")[0], sources)[0]} if basis else {}
    row |= {"min_cny": low} if low is not None else {}
    row |= {"max_cny": high} if high is not None else {}
    return row | ({"text": {"zh": zh, "en": en}} if zh else {})


def _two_languages(title: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?[^\x00-\x7f])\s+([A-Za-z].*)", title)
    if not found:
        raise SystemExit(f"{title!r} has no English; give one in violation_tables")
    return found[1], found[2]


def _simple(cell: str) -> str:
    return cell if cell in ("yes", "no") else "unknown" if cell in ("?", "—") else "partly"


def _verified(penalty: list[Plain], mark: str) -> bool:
    return bool(penalty) and "M" not in mark and all(one.get("basis", {}).get("verified") for one in penalty)


def _dated(row: Plain, mark: str) -> Iterator[Plain]:
    if "法典" in VIOLATIONS[row["code"]].duty:
        yield from _split(row, WASTE_LAST, "", drop="ecology-code", then_drop="solid-waste-law")
    elif "R1" in mark:
        yield from _split(row, R1_LAST, REBASE, then_drop="hazchem-regulation", empty=True)
    elif "R2" in mark:
        yield from _split(row, R2_LAST, RENUMBERED, renumber=True)
    else:
        yield row


def _split(
    row: Plain,
    last: date,
    note: str,
    *,
    drop: str = "",
    then_drop: str = "",
    empty: bool = False,
    renumber: bool = False,
) -> Iterator[Plain]:
    """Yield the row up to its last day and the one from the next day; what rests on an ended law goes."""
    first = last + timedelta(days=1)
    before = _without(row, drop) | {"effective_to": last, "superseded_by": f"{row['code']}@{first}"}
    yield before | ({"note": f"{row['note']} Last day to be confirmed.".strip()} if note else {})
    after = _without(row, then_drop) | {"effective_from": first, "note": f"{row['note']} {note}".strip()}
    if empty:
        after |= {"penalty": [], "verified": False}
    if renumber:
        penalty = [one | {"basis": _renumbered(one["basis"])} for one in row["penalty"]]
        after |= {"penalty": penalty, "verified": False}
    yield after


def _without(row: Plain, law: str) -> Plain:
    return row | {
        "duty": [one for one in row["duty"] if one["law"] != law],
        "penalty": [one for one in row["penalty"] if one.get("basis", {}).get("law") != law],
    }


def _renumbered(basis: Plain) -> Plain:
    if basis["law"] != "dg-road-rules":
        return basis
    return cite("道路危货规定@2026-02", frozenset())[0]


def scalar(value: Any) -> str:
    """Return a scalar as YAML that every reader takes for the same text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^,\[\]{}#:'\"]*", value) and value == value.strip()
    if plain and isinstance(yaml.safe_load(value), str):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value)


def block(value: Any, indent: int, room: int) -> str:
    """Return a value as it stands after its key or dash: on one line where it is short, else as a block."""
    line = flow(value)
    small = not isinstance(value, dict | list) or not any(isinstance(one, dict) for one in _inside(value))
    if not isinstance(value, dict | list) or not value or (small and len(line) <= room):
        return " " + line
    pad = "\n" + " " * indent
    if isinstance(value, list):
        return "".join(f"{pad}-{_entry(one, indent + 2)}" for one in value)
    return "".join(f"{pad}{key}:{block(one, indent + 2, 116 - indent - len(key))}" for key, one in value.items())


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _entry(value: Any, indent: int) -> str:
    text = block(value, indent, 116 - indent)
    return " " + text.lstrip() if text.startswith("\n") else text


def write(name: str, comment: str, content: Plain) -> None:
    """Write one definition file under checklists/."""
    body = block(content, 0, 0).lstrip("\n")
    (ROOT / name).write_text(f"# {comment}\n{body}\n", "utf-8")


def main(source: Path) -> None:
    """Write both files from the source."""
    rows = list(tables(source.read_text("utf-8")))
    found = [item(cells) for cells in rows if re.fullmatch(r"(LIC|PLA|TNK|VEH|EQP|LOD|OPR|EDU)-\d\d", cells[0])]
    marks: dict[str, str] = {}
    for one in found:
        for code in one.get("violations", ()):
            marks[code] = marks.get(code, "") + one["source"]
    catalogue = [row for cells in rows if cells[0].startswith("CN-") for row in violation_rows(cells, marks)]
    tidy = [{key: value for key, value in row.items() if value or key == "verified"} for row in catalogue]
    write(
        "definitions/cn-joint.yaml",
        "The national joint checklist. How to change it: docs/authoring.md",
        checklist(found),
    )
    write("law/violations.yaml", "The violation catalogue, by the days each row applies.", {"violations": tidy})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
