"""Build `checklists/goods/reference/` from a folder of source tables: `python -m tools.build_reference SOURCE_DIR`.

Run once per edition of the tables; the result is committed and nothing else reads the source. Every table is checked
first, and nothing is written while a single check fails.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from checklists.goods import tanks

Row = dict[str, str]
Tables = dict[str, list[Row]]

TARGET = Path(__file__).parent.parent / "checklists" / "goods" / "reference"

ROWS = {
    "dangerous_goods": 2945, "hazard_ids": 110, "classes": 30, "equipment": 32, "tank_codes": 38,
    "transport_category": 16, "vehicle_types": 5, "emergency": 2034, "emergency_table3": 52, "erg_guides": 63,
    "segregation": 276, "segregation_class1": 78,
}  # fmt: skip
"""The tables that are built, with the rows that each must have: a torn copy is noticed."""

KEPT_BY_HAND = ("hazardous_waste", "everyday_names")
"""Small tables that have no source file; they are checked, not written."""

FORMATS = {
    "dangerous_goods": {
        "un": r"\d{4}", "variant": r"[1-9]\d*", "packing_group": r"(I|II|III)?", "name_en": r".+",
        "class": r"[1-9]|4\.[1-3]|5\.[12]|6\.[12]", "division": r"[1-9](\.[1-6])?|",
        "compatibility_group": r"[A-LNS]?", "transport_category": r"[0-4-]?",
        "tunnel_code": r"[B-E](/[D-E])?|B1000C|C5000D|-|",
        "hazard_id": r"(X?\d{2,3}|1\.5D)?", "carriage_status": r"allowed|carriage_prohibited|not_subject_to_adr",
        "adr_edition": r"(2017|2019)?", "excepted_quantity": r"(E[0-5]|SP340)?", "gb_packing_group": r"(I|II|III)?",
    },
    "hazard_ids": {"kind": r"number|digit|rule", "code": r".+", "water_reactive": r"yes|no"},
    "classes": {"code": r".+", "kind": r"label|division|mark"},
    "equipment": {"key": r"[a-z_0-9]+", "quantity": r"\d*", "min_capacity_kg": r"\d*"},
    "tank_codes": {"kind": r"part|suffix|rule|example", "part": r"[1-4]?"},
    "transport_category": {"kind": r"limit|limit_exception|sum|quantity|members", "category": r".+"},
    "vehicle_types": {"code": r"[A-Z/]+"},
    "emergency": {"un": r"\d{4}", "guide": r"\d{3}", "table1_or_3": r"yes|no", "large_spill_in_table3": r"yes|no"},
    "emergency_table3": {"un": r"\d{4}", "guide": r"\d{3}", "time": r"day|night"},
    "erg_guides": {"guide": r"\d{3}", "title_zh": r".+"},
    "segregation": {"result": r"allowed|prohibited|condition"},
    "segregation_class1": {"result": r"allowed|prohibited|condition"},
}  # fmt: skip
"""What a cell must look like; columns ending in `_m` are whole metres or empty in every table."""

REQUIREMENTS = {"count": "extinguisher_count", "total": "extinguisher_capacity", "cab": "extinguisher_cab",
                "add": "extinguisher_other", "exempt": "extinguisher_count"}  # fmt: skip
"""`ext_count_le35` and its like become the name that the kernel asks by, the mass band being a column."""

ADDED: dict[str, Row] = {
    "hazard_ids": {
        "kind": "number", "code": "285",
        "meaning_en": "corrosive gas, feeds fire", "meaning_zh": "腐蚀性气体，氧化性（助燃）",
        "water_reactive": "no", "special_combination": "no", "uses_in_dangerous_goods": "0", "second_list": "no",
    },
}  # fmt: skip
"""A row that the source lacks: the hazard number that ADR/RID 2025 gives to UN 1950 (2.2+5.1+8)."""

MEMBERS_ZH = {
    "2": "不属0、1、4类的包装类别II；第1类1.4B~1.4G、1.6N；第2类F组及F组气雾剂；6.1项包装类别III；以及列明UN编号",
    "3": "不属0、2、4类的包装类别III；第2类A、O组及A、O组气雾剂；以及列明UN编号",
    "4": "1.4S；列明UN编号；除0类外的未清洗空包装",
}
"""Who belongs to the transport categories, where the older table had no row for it."""

WITHDRAWN = frozenset({"1014", "1015", "1270", "3002", "3492", "3493"})
"""Numbers that the guidebook still lists and the dangerous goods list no longer has."""

CONDITIONS: tuple[tuple[str, Callable[[re.Match[str]], Row]], ...] = (
    (r"always", lambda m: {}),
    (r"not exempt_1136", lambda m: {"unless_exempt": "yes"}),
    (r"exempt_1136", lambda m: {"only_exempt": "yes"}),
    (r"mpm_t<=([\d.]+)", lambda m: {"mass_up_to_kg": _kilograms(m[1])}),
    (r"mpm_t>([\d.]+)", lambda m: {"mass_over_kg": _kilograms(m[1])}),
    (r"([\d.]+)<mpm_t<=([\d.]+)", lambda m: {"mass_over_kg": _kilograms(m[1]), "mass_up_to_kg": _kilograms(m[2])}),
    (r"any_label_in\(([\d.,]+)\)", lambda m: {"labels_any": m[1].replace(",", ";")}),
    (r"any_label_not_in\(([\d.,]+)\)", lambda m: {"labels_not_only": m[1].replace(",", ";")}),
    (r"state_in\(([a-z,]+)\)", lambda m: {"states": m[1].replace(",", ";")}),
    (r"vehicle_type_in\(([A-Z/,]+)\)", lambda m: {"vehicle_types": m[1].replace(",", ";")}),
)

UNIDENTIFIED = {"default_isolation_m": "100", "default_fire_isolation_m": "800"}
"""Guide 111, which no number of the source has, so that it lacks its distances: as hazmattool.com gives its page (read
2026-11), and a second copy of the guidebook."""


def main(source: Path) -> int:
    """Check every table, then write them all; returns the number of problems, each printed."""
    tables = {name: read(source / f"{name}.csv") for name in ROWS}
    tables |= {name: read(TARGET / f"{name}.csv") for name in KEPT_BY_HAND}
    for row in tables["erg_guides"]:
        row.update(UNIDENTIFIED if row["guide"] == "111" else {})
    for name, row in ADDED.items():
        tables[name].append(row)
    members = read(source / "adr2025_1136_members.csv")
    known = {row["un"] for row in tables["dangerous_goods"]}
    tables["transport_category"] = with_members(tables["transport_category"], members, known)
    problems = list(check(tables))
    try:
        tables["equipment"] = [structured(row) for row in tables["equipment"]]
    except ValueError as error:
        problems.append(str(error))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        for name in ROWS:
            (TARGET / f"{name}.csv").write_text(written(tables[name]), encoding="utf-8", newline="")
        print(f"{len(ROWS)} tables, {sum(map(len, tables.values()))} rows in {TARGET}")
        print("Now run python -m tools.build_initials: new names may have new characters.")
    return len(problems)


def check(tables: Tables) -> Iterable[str]:
    """Every problem of every table: row counts, formats, keys, and names that point into another table."""
    for name, count in ROWS.items():
        if len(tables[name]) != count:
            yield f"{name}: {len(tables[name])} rows, expected {count}"
        yield from _misshapen(name, tables[name])
    yield from _keys(tables)
    yield from _references(tables)
    yield from _goods(tables["dangerous_goods"])


def with_members(rows: list[Row], members: list[Row], known: Collection[str]) -> list[Row]:
    """The table of transport categories with the members of ADR 2025, 1.1.3.6.3, each number that they name by itself.

    `8: 2215 (molten only)` names an entry among several: there the goods list itself has the category.
    """
    held = {row["category"]: row for row in rows if row["kind"] == "members"}
    kept = [row for row in rows if row["kind"] != "members"]
    for row in members:
        old = held.get(row["category"], {})
        told: Row = dict.fromkeys(rows[0], "") | {
            "kind": "members",
            "category": row["category"],
            "definition_en": row["members"],
            "definition_zh": old.get("definition_zh") or MEMBERS_ZH[row["category"]],
            "un_numbers": ";".join(one for one in _numbers(row["members"]) if one in known),
            "rule": "1.1.3.6.3",
            "evidence": "page",
        }
        kept.append(told)
    return kept


def _numbers(text: str) -> list[str]:
    """The UN numbers that a text names, spans written out; not those that it excepts or restricts."""
    found: list[str] = []
    plain = re.sub(r"except \d{4}|\d{4} \([^)]*\)|\d{4}( \d{4})* packing group [I]+", "", text)
    for first, last in re.findall(r"(?<![\d.])(\d{4})(?:-(\d{4}))?(?!\d)", plain):
        found += [f"{number:04}" for number in range(int(first), int(last or first) + 1)]
    return found


def structured(row: Row) -> Row:
    """An equipment row whose condition has become columns, so that no expression is evaluated later.

    Raises ValueError for a condition that this script does not know.
    """
    conditions: Row = dict.fromkeys(
        ("unless_exempt", "only_exempt", "labels_any", "labels_not_only", "states", "vehicle_types", "mass_over_kg",
         "mass_up_to_kg"), "")  # fmt: skip
    conditions |= {"unless_exempt": "no", "only_exempt": "no"}
    for term in row["condition"].split(" and "):
        for pattern, columns in CONDITIONS:
            if found := re.fullmatch(pattern, term):
                conditions |= columns(found)
                break
        else:
            raise ValueError(f"equipment {row['key']}: condition not understood: {term}")
    requirement = row["key"]
    if found := re.fullmatch(r"ext_([a-z]+?)(_[lg][et]\d+)?", requirement):
        requirement = REQUIREMENTS.get(found[1], f"extinguisher_{found[1]}")
    kept = {name: value for name, value in row.items() if name != "condition"}
    return {"requirement": requirement, **kept, **conditions}


def _kilograms(tonnes: str) -> str:
    return str(round(float(tonnes) * 1000))


def _misshapen(name: str, rows: list[Row]) -> Iterable[str]:
    metres = {column: r"\d*" for column in rows[0] if column.endswith("_m")}
    for number, row in enumerate(rows, start=2):
        for column, pattern in (FORMATS[name] | metres).items():
            if not re.fullmatch(pattern, row[column], re.ASCII):
                yield f"{name} line {number}: {column} is {row[column]!r}"
        if any(value != value.strip() or "\n" in value for value in row.values()):
            yield f"{name} line {number}: stray white space"


def _keys(tables: Tables) -> Iterable[str]:
    keys = {
        "dangerous_goods": ("un", "variant"), "hazard_ids": ("kind", "code"), "classes": ("code",),
        "equipment": ("key",), "vehicle_types": ("code",), "erg_guides": ("guide",), "hazardous_waste": ("un",),
        "everyday_names": ("name", "un"),
        "emergency_table3": ("un", "container", "time"),
    }  # fmt: skip
    for name, columns in keys.items():
        seen: set[tuple[str, ...]] = set()
        for row in tables[name]:
            key = tuple(row[column] for column in columns)
            if key in seen:
                yield f"{name}: {key} twice"
            seen.add(key)
    for name, one, other in (("segregation", "label_a", "label_b"), ("segregation_class1", "group_a", "group_b")):
        pairs = {frozenset((row[one], row[other])) for row in tables[name]}
        members = {row[one] for row in tables[name]} | {row[other] for row in tables[name]}
        if len(pairs) != len(members) * (len(members) + 1) // 2 or len(pairs) != len(tables[name]):
            yield f"{name}: a pair is missing or given twice"


def _references(tables: Tables) -> Iterable[str]:
    goods = tables["dangerous_goods"]
    labels = {row["code"] for row in tables["classes"] if row["kind"] == "label"} | {"7X"}
    known = {
        "labels": labels,
        "hazard_id": {row["code"] for row in tables["hazard_ids"] if row["kind"] == "number"},
        "vehicle_for_tank": {row["code"] for row in tables["vehicle_types"]},
    }
    for row in goods:
        for column, values in known.items():
            if unknown := [value for value in row[column].split("+") if value and value not in values]:
                yield f"dangerous_goods {row['un']}: {column} {unknown} is in no other table"
        for code in filter(None, row["tank_code"].split(";")):
            if not (parsed := tanks.parse(code)) or not tanks.is_listed(parsed, tables["tank_codes"]):
                yield f"dangerous_goods {row['un']}: tank code {code}"
    numbers = {row["un"] for row in goods}
    guides = {row["guide"] for row in tables["erg_guides"]}
    for name in ("emergency", "emergency_table3", *KEPT_BY_HAND):
        for row in tables[name]:
            if row["un"] not in numbers | WITHDRAWN:
                yield f"{name}: UN {row['un']} is not in dangerous_goods"
            if row.get("guide", "111") not in guides:
                yield f"{name}: UN {row['un']} names guide {row['guide']}"
    for row in tables["transport_category"]:
        for number in filter(None, row["un_numbers"].split(";")):
            if number not in numbers:
                yield f"transport_category: UN {number} is not in dangerous_goods"


def _goods(rows: list[Row]) -> Iterable[str]:
    last = ("", 0)
    for row in rows:
        number, variant = row["un"], int(row["variant"])
        if (number, variant) not in {(last[0], last[1] + 1)} and (number <= last[0] or variant != 1):
            yield f"dangerous_goods {number}: variant {variant} out of order"
        last = (number, variant)
        if row["division"] and not row["division"].startswith(row["class"]):
            yield f"dangerous_goods {number}: division {row['division']} in class {row['class']}"
        if row["adr_edition"] and row["subsidiary"] != "+".join(
            label for label in row["labels"].split("+")[1:] if label != "7E"
        ):
            yield f"dangerous_goods {number}: subsidiary {row['subsidiary']} of labels {row['labels']}"
        if not row["adr_edition"] and (row["labels"] or row["tank_code"] or row["hazard_id"] or not row["gb_class"]):
            yield f"dangerous_goods {number}: no edition, yet ADR values, or no national class either"


def read(path: Path) -> list[Row]:
    """Return the rows of a table. Raises SystemExit for an empty or torn one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    if not rows or any(None in row or None in row.values() for row in rows):
        raise SystemExit(f"{path}: empty, or a line has another number of cells than the header")
    return rows


def written(rows: list[Row]) -> str:
    """Return rows as the text of a table, each with the columns of the first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(1 if main(Path(sys.argv[1])) else 0)
