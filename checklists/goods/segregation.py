"""Which goods may stand together on one transport unit, by their labels and compatibility groups.

Tables of ADR 7.5.2.1 and 7.5.2.2, which JT/T 617.6 follows (not verified). A pair that the tables lack is unknown,
never allowed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product

from checklists.goods.kept import kept
from checklists.goods.listing import Goods, Row, Tables
from checklists.values import frozen

RESULTS = ("allowed", "condition", "unknown", "prohibited")
"""From the mildest to the worst."""

_EXPLOSIVE = ("1", "1.4", "1.5", "1.6")
"""The labels of class 1. Goods of another class that also bear label 1 (4.1+1, 5.2+1) have them second."""

_RULE_CLASS_1 = "JT/T 617.6; ADR 7.5.2.2"

_GROUPS_OPEN = {
    "zh": "按配装组判定；须先查明双方的配装组",
    "en": "decided by the compatibility groups, which have to be known for both",
}


@frozen
class Segregation:
    """Whether a pair may travel together; `conditions` are the footnotes (zh, en) that have to hold for it."""

    result: str
    because: str
    conditions: tuple[Mapping[str, str], ...] = ()
    rule: str = ""


@frozen
class Marked:
    """What is known of one side of a pair: labels, and for class 1 the code such as 1.4S. Empty is not known."""

    labels: tuple[str, ...]
    code: str = ""
    un: str = ""
    name: str = ""

    @property
    def explosive(self) -> bool:
        """Whether it is of class 1, whatever other labels it bears."""
        return bool(self.code) or self.labels[:1] in {(one,) for one in _EXPLOSIVE}

    @property
    def group(self) -> str:
        """The compatibility group, or nothing where it is not known."""
        return self.code[-1:] if self.code[-1:].isalpha() else ""

    @classmethod
    def of(cls, goods: Goods) -> Marked:
        """What the leading edition of the goods list says of goods; only class 1 has a code."""
        code = f"{goods.division}{goods.compatibility_group}" if goods.class_ == "1" else ""
        return cls(goods.labels, code, goods.un, goods.name_en)

    @classmethod
    def by_edition(cls, goods: Goods) -> tuple[Marked, ...]:
        """The same by each edition in force, the leading one's first; labels in another order are no difference."""
        own = cls.of(goods)
        if not goods.differs("labels"):
            return (own,)
        sets = {frozenset(one.split("+")) - {""}: one for one in goods.accepts("labels")}
        others = (labels for labels in sets if labels and labels != frozenset(own.labels))
        return (own, *(replace(own, labels=tuple(sorted(labels))) for labels in sorted(others, key=sorted)))


def read(text: str, tables: Tables) -> Marked:
    """Return the labels that somebody typed: `3`, `第3类`, `1.1D`, `1 1.4S`, `4.1+1`.

    Raises ValueError for a label that the table has not.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    parts = re.sub(r"第|类|項|项|标志|CLASS|DIVISION|LABEL", " ", plain).split()
    if len(parts) == 2 and len(parts[0]) == 1 and parts[1].startswith(parts[0]):
        parts = parts[1:]
    if len(parts) != 1:
        raise ValueError(f"{text!r} is no label; write for example 3, 5.1 or 1.4S")
    labels, code = [], ""
    for one in parts[0].split("+"):
        label, letter = _label(one, tables)
        labels.append(label)
        code = code or letter
    marked = Marked(tuple(labels), code)
    for label in _in_table(marked, tables):
        if (label, label) not in _pairs(tables):
            raise ValueError(f"label {label} ({text!r}) is not in the table, which has {', '.join(_known(tables))}")
    if marked.group and marked.group not in _known_groups(tables):
        raise ValueError(_no_group(marked.group, tables))
    return marked


def between_groups(one: str, other: str, tables: Tables) -> Segregation:
    """Return whether two compatibility groups of class 1 may travel together. ADR 7.5.2.2."""
    named = [unicodedata.normalize("NFKC", group).strip().upper() for group in (one, other)]
    row = _groups(tables).get((named[0], named[1]))
    if row is None:
        lacking = [group for group in named if group not in _known_groups(tables)]
        return Segregation("unknown", _no_group(" ".join(sorted(lacking)), tables))
    return _judged(row, row["result"], f"groups {' and '.join(sorted(named))}")


@kept
def between(one: Marked, other: Marked, tables: Tables) -> Segregation:
    """Return the worst of all label pairs. Packages with the same labels are apart only by their groups.

    Class 1 among itself goes by its groups alone, whatever other labels it bears. ADR 7.5.2.1 note 2, 7.5.2.2.
    """
    if one.explosive and other.explosive:
        return _explosives(one, other, tables)
    mine, its = _in_table(one, tables), _in_table(other, tables)
    if not mine or not its:
        return Segregation("unknown", "the goods list gives no labels")
    pairs = [(label, label) for label in mine] if set(mine) == set(its) else sorted(product(mine, its), key=sorted)
    named = [(label, its_label) for label, its_label in pairs if _is_noted(label, its_label, one, other, tables)]
    return worst(_pair(label, its_label, one, other, tables) for label, its_label in named or pairs)


def worst(found: Iterable[Segregation]) -> Segregation:
    """Return the worst of several answers, with the conditions of all that are equally bad."""
    every = sorted(found, key=lambda one: (-RESULTS.index(one.result), one.because))
    bad = [one for one in every if one.result == every[0].result]
    conditions = {text["en"]: text for one in bad for text in one.conditions}
    because = "; ".join(dict.fromkeys(one.because for one in bad))
    rules = "; ".join(dict.fromkeys(one.rule for one in bad if one.rule))
    return Segregation(bad[0].result, because, tuple(conditions[key] for key in sorted(conditions)), rules)


def _explosives(one: Marked, other: Marked, tables: Tables) -> Segregation:
    """What the groups say; two UN numbers of group L are never the same type of goods. ADR 7.5.2.2 note d."""
    if not (one.group and other.group):
        shown = " and ".join(sorted(each.code or "class 1" for each in (one, other)))
        return Segregation("condition", f"{shown}: by compatibility group", (_GROUPS_OPEN,), _RULE_CLASS_1)
    found = between_groups(one.group, other.group, tables)
    if {one.group, other.group} == {"L"} and one.un and other.un and one.un != other.un:
        return Segregation("prohibited", f"{found.because}; UN {one.un} and {other.un} differ", (), found.rule)
    return found


def _pair(label: str, its: str, one: Marked, other: Marked, tables: Tables) -> Segregation:
    row = _pairs(tables).get((label, its))
    shown = f"labels {' and '.join(sorted((_shown(label, one), _shown(its, other))))}"
    if row is None:
        lacking = sorted({each for each in (label, its) if (each, each) not in _pairs(tables)})
        return Segregation("unknown", f"label {', '.join(lacking)} is not in the table")
    if row["condition_codes"] == "class1":
        return Segregation("condition", f"{shown}: by compatibility group", (_GROUPS_OPEN,), _rule(row))
    if row["result"] == "condition":
        explosive, rest = (one, other) if row["label_a"] == label else (other, one)
        return _judged(row, _by_footnotes(row, explosive, rest, tables), shown)
    return _judged(row, row["result"], shown)


def _is_noted(label: str, its: str, one: Marked, other: Marked, tables: Tables) -> bool:
    """Whether a footnote of the pair of labels names both goods by their numbers: then it holds for all their labels.

    Barium nitrate may stand beside blasting explosives, though it bears 6.1 too. ADR 7.5.2.1 note d.
    """
    row = _pairs(tables).get((label, its))
    if row is None or row["result"] != "condition" or row["condition_codes"] == "class1":
        return False
    explosive, rest = (one, other) if one.explosive else (other, one)
    notes = (note for note in tables.segregation_notes if note["note"] in row["condition_codes"].split(";"))
    return any(
        explosive.un in _set(note["explosive_uns"]) - _set(note["explosive_not_uns"])
        and rest.un in _set(note["other_uns"])
        for note in notes
    )


def _shown(label: str, marked: Marked) -> str:
    return marked.code if marked.code.startswith(label) else label


def _by_footnotes(row: Row, explosive: Marked, rest: Marked, tables: Tables) -> str:
    """What the footnotes of a pair come to: the best of those that hold, and prohibited where none can."""
    notes = {note["note"]: note for note in tables.segregation_notes}
    held = {code: _holds(notes.get(code), explosive, rest) for code in row["condition_codes"].split(";")}
    results = [notes[code]["result"] for code, holds in held.items() if holds]
    if results:
        return min(results, key=RESULTS.index)
    return "condition" if None in held.values() else "prohibited"


def _holds(note: Row | None, explosive: Marked, rest: Marked) -> bool | None:
    """Whether a footnote holds for the pair, by segregation_notes.csv; None where that is not known."""
    if note is None:
        return None
    codes, numbers, without = (_set(note[f"explosive_{kind}"]) for kind in ("codes", "uns", "not_uns"))
    answers = {
        True if not codes else explosive.code in codes if explosive.group else None,
        True if not numbers | without else explosive.un in numbers - without if explosive.un else None,
        _is_named(note, rest),
    }
    return False if False in answers else None if None in answers else True


def _is_named(note: Row, rest: Marked) -> bool | None:
    """Whether the other side is what the note allows: a UN number, or a name with its word; an open name may be."""
    numbers, word, open_name = _set(note["other_uns"]), note["other_named"], note["other_open"]
    if not numbers or rest.un in numbers:
        return True
    if not rest.un:
        return None
    if word and word in rest.name.upper():
        return True
    return None if open_name and open_name in rest.name.upper() else False


def _judged(row: Row, result: str, shown: str) -> Segregation:
    text = {"zh": row["condition_zh"], "en": row["condition_en"]}
    conditions = (text,) if result == "condition" else ()
    return Segregation(result, f"{shown}: {result}", conditions, _rule(row))


def _rule(row: Row) -> str:
    return f"JT/T 617.6; {row['rule']}"


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(";")))


def _label(text: str, tables: Tables) -> tuple[str, str]:
    """A label as the classes name it and, for class 1, the code: 1.1D shows label 1, and 7 may be 7A, 7B or 7C."""
    found = re.fullmatch(r"(1(?:\.[1-6])?)([A-Z]?)", text)
    if not found:
        return text, ""
    models = {row["code"]: row["label_model"] for row in tables.classes}
    return models.get(found[1], found[1]), text if found[2] or "." in text else ""


def _in_table(one: Marked, tables: Tables) -> tuple[str, ...]:
    """The labels as the table names them: 4.1 and 1 are 4.1+1, radioactive goods without their category all three.

    The criticality label stands beside one of these and decides nothing.
    """
    known = _known(tables)
    radioactive = [label for label in known if label.startswith("7")]
    labels = [label for label in one.labels if label != "7E" or not {"7", "7D", "7X", *radioactive} & set(one.labels)]
    spread = [each for label in labels for each in (radioactive if label in ("7", "7D", "7X") else (label,))]
    joined = next((both for both in known if "+" in both and set(both.split("+")) <= set(spread)), None)
    if joined:
        spread = [joined, *(label for label in spread if label not in joined.split("+"))]
    return tuple(dict.fromkeys(spread))


def _no_group(group: str, tables: Tables) -> str:
    return f"compatibility group {group} is not in the table, which has {', '.join(_known_groups(tables))}"


@kept
def _known(tables: Tables) -> tuple[str, ...]:
    return tuple(one for one, other in _pairs(tables) if one == other)


@kept
def _known_groups(tables: Tables) -> tuple[str, ...]:
    return tuple(one for one, other in _groups(tables) if one == other)


@kept
def _pairs(tables: Tables) -> Mapping[tuple[str, str], Row]:
    return _both_ways(tables.segregation, "label_a", "label_b")


@kept
def _groups(tables: Tables) -> Mapping[tuple[str, str], Row]:
    return _both_ways(tables.segregation_class1, "group_a", "group_b")


def _both_ways(rows: Iterable[Row], one: str, other: str) -> Mapping[tuple[str, str], Row]:
    held = {(row[one], row[other]): row for row in rows}
    return {**held, **{(second, first): row for (first, second), row in held.items()}}
