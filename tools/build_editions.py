"""Build what newer editions say: `python -m tools.build_editions SOURCE_DIR`, after `tools.build_reference`.

SOURCE_DIR holds `adr2025_table_a.csv`, `adr2025_changes.csv` and `adr2025_gas_table.csv`. The goods list stays the
table that was published before; what ADR 2025 has otherwise goes into `goods_changes.csv`, a cell a row, so that a
package without that table still says what it always said. A cell on which the transcription is in doubt (its own
remark, or GB 12268-2025 has the older value) is written with the doubt, and the older value stays.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.build_reference import TARGET, Row, read, written

EDITION = "ADR2025"

COLUMNS = (
    "class", "classification_code", "packing_group", "labels", "limited_quantity", "excepted_quantity", "hazard_id",
    "portable_tank", "portable_tank_sp", "sp_bulk", "sp_loading", "sp_operation", "special_provisions", "tank_code",
    "tank_special_provisions", "transport_category", "tunnel_code", "vehicle_for_tank",
)  # fmt: skip
"""What is compared. Packing instructions are written too differently in the two transcriptions to be held together."""

BY_CONTENTS = "by_contents_5.2.2.1.12"
"""Articles whose labels follow what is in them: the older row names the main one, and nothing newer is said."""

CHECKED_BY_NATIONAL = ("limited_quantity", "excepted_quantity")
WRITTEN_OTHERWISE = {"P1( or P2)": "P1 or P2"}
GAS = (
    "un", "mixture", "test_pressure_bar_insulated", "test_pressure_bar_uninsulated", "max_kg_per_litre", "see_instead",
    "rule", "note",
)  # fmt: skip

Place = tuple[str, str]


def main(source: Path) -> int:
    """Write both tables; returns the number of problems, each printed."""
    base = {(row["un"], row["variant"]): row for row in read(TARGET / "dangerous_goods.csv")}
    listed = {_place(row, base): row for row in read(source / "adr2025_table_a.csv")}
    told = {(row["un"], row["variant"], row["column"]): row for row in read(source / "adr2025_changes.csv")}
    changes = [*_changes(base, listed, told), *_deleted(base, listed)]
    problems = list(_problems(changes, told))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        gases = [{column: row[column] for column in GAS} for row in read(source / "adr2025_gas_table.csv")]
        for name, rows in (("goods_changes", sorted(changes, key=_order)), ("gas_table", gases)):
            (TARGET / f"{name}.csv").write_text(written(rows), encoding="utf-8", newline="")
            print(f"{name}: {len(rows)} rows")
    return len(problems)


def _order(row: Row) -> tuple[str, int, str]:
    return row["un"], int(row["variant"]), row["column"]


def _place(row: Row, base: Mapping[Place, Row]) -> Place:
    """The entry of the list that a row of the newer edition is; by its group where the source did not join it."""
    variant = row["dangerous_goods_variant"]
    if not variant:
        held = [
            one for one, old in base.items() if one[0] == row["un"] and old["packing_group"] == row["packing_group"]
        ]
        variant = held[0][1] if len(held) == 1 else ""
    if (row["un"], variant) not in base:
        raise SystemExit(f"adr2025_table_a: UN {row['un']} row {row['row']} is no entry of the list")
    return row["un"], variant


def _changes(
    base: Mapping[Place, Row], listed: Mapping[Place, Row], told: Mapping[tuple[str, str, str], Row]
) -> Iterator[Row]:
    covered = _covered(told)
    for place, row in listed.items():
        old = base[place]
        new = {column: _value(row, column) for column in COLUMNS}
        for column in COLUMNS:
            same = _same(column, old[column], new[column]) if old["adr_edition"] else old[column] == new[column]
            if not same and new[column] != BY_CONTENTS:
                remark = told.get((*place, column), {}).get("doubt", "") or _doubt(old, row, column)
                if column not in covered or (*place, column) in told or new[column]:
                    yield _change(place, column, new[column], remark)
        yield from _derived(place, old, new)
        if not old["adr_edition"]:
            yield _change(place, "adr_edition", "2025")


def _covered(told: Mapping[tuple[str, str, str], Row]) -> frozenset[str]:
    """The columns that the source's own list of differences covers: there an empty cell it does not name is a gap."""
    return frozenset(column for _, _, column in told)


def _derived(place: Place, old: Row, new: Row) -> Iterator[Row]:
    """What the list has beside the columns of Table A: division and compatibility group, and the subsidiary hazards."""
    labels = new["labels"]
    if labels not in ("", BY_CONTENTS) and labels != old["labels"]:
        yield _change(place, "subsidiary", "+".join(one for one in labels.split("+")[1:] if one != "7E"))
    if new["class"] != old["class"]:
        yield _change(place, "division", new["class"])
    if new["class"] == "1" and not old["adr_edition"]:
        code = new["classification_code"]
        yield from (
            _change(place, column, value)
            for column, value in (("division", code[:3]), ("compatibility_group", code[3:]))
            if value != old[column]
        )
    if new["class"] == "2" and not old["adr_edition"] and old["division"] != labels.partition("+")[0]:
        yield _change(place, "division", labels.partition("+")[0])


def _deleted(base: Mapping[Place, Row], listed: Mapping[Place, Row]) -> Iterator[Row]:
    """Entries that the newer edition no longer has."""
    return (_change(place, "carriage_status", "deleted") for place in base if place not in listed)


def _change(place: Place, column: str, value: str, doubt: str = "") -> Row:
    return {
        "un": place[0],
        "variant": place[1],
        "edition": EDITION,
        "column": column,
        "value": value,
        "doubt": doubt,
    }


def _value(row: Row, column: str) -> str:
    """The cell; a hazard number that belongs to the railway, or a code of class 1 in its place, is none on the road."""
    if column == "hazard_id" and row["hazard_id_scope"] != "ADR":
        return ""
    return WRITTEN_OTHERWISE.get(row[column], row[column])


def _doubt(old: Row, row: Row, column: str) -> str:
    if column in CHECKED_BY_NATIONAL and old[f"gb_{column}"] == old[column]:
        return "GB 12268-2025 has the older value"
    return row["doubt"] if column in row["doubt"] else ""


def _same(column: str, one: str, other: str) -> bool:
    """Whether two cells say the same; of categories and tunnels an empty one is written as a dash as well."""
    if column in ("transport_category", "tunnel_code"):
        return (one or "-") == (other or "-")
    return _parts(one) == _parts(other)


def _parts(cell: str) -> frozenset[str]:
    """A cell without order and without the words for "see", which each language writes its own way."""
    plain = cell.replace("(se;", "(see;").replace("Se;", "See;").replace("se;", "see;").lower()
    return frozenset(part for part in plain.split(";") if part not in ("", "see"))


def _problems(changes: list[Row], told: Mapping[tuple[str, str, str], Row]) -> Iterator[str]:
    """Differences that the source's own list names and that were not found, or found with another value."""
    found = {(row["un"], row["variant"], row["column"]): row["value"] for row in changes}
    for key, row in told.items():
        column = row["column"]
        value = WRITTEN_OTHERWISE.get(row["adr_2025"], row["adr_2025"])
        if key not in found:
            if not _same(column, row["in_dangerous_goods_csv"].replace("none", ""), value):
                yield f"{key}: named as changed to {value!r}, not found"
        elif found[key] != value:
            yield f"{key}: {found[key]!r}, named as {value!r}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(1 if main(Path(sys.argv[1])) else 0)
