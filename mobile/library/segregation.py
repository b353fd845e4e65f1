"""Whether two labels or two goods may travel together: `3 8`, `1203 1830`, `1.4S 3`; one alone against all. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from checklists.goods.chemistry import Reaction, reactions
from checklists.goods.listing import Goods, Tables
from checklists.goods.segregation import Marked, Segregation, between, read
from mobile.library.shapes import MOST, Block, Card, Row, blocks
from mobile.words import _, words

ASKS = "="
"""Before the key of a row that stands for a text to look for: a label that is to be compared with all others."""

LABELS = ("1", "2.1", "2.2", "2.3", "3", "4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7D", "8", "9")
"""What one label is compared with, in the order of the classes; class 1 needs its groups."""

# The tables are still to be verified: nothing that they allow is shown as good.
TONES = {"allowed": "neutral", "condition": "unknown", "unknown": "unknown", "prohibited": "danger"}


class MixingShelf:
    """Pairs of labels or goods."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def find(self, text: str, aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return the pairs of what was typed; without a text every pair in hand, else each label against all."""
        typed = text.replace("+", " + ").replace(" + ", "+").replace("、", " ").replace("，", " ").split()
        if len(typed) >= 2:
            return tuple(self._row(f"{one}~{other}") for one, other in combinations(typed[:4], 2))
        if typed:
            return tuple(self._row(f"{typed[0]}~{label}") for label in LABELS)
        numbers = list(dict.fromkeys(one.un for one in aboard))
        if len(numbers) > 1:
            return tuple(self._row(f"{one}~{other}") for one, other in combinations(numbers, 2))[:MOST]
        if numbers:
            return tuple(self._row(f"{numbers[0]}~{label}") for label in LABELS)
        return tuple(Row(f"{ASKS}{label}", label, self._called(label), labels=(label,)) for label in LABELS)

    def card(self, key: str, _aboard: Sequence[Goods]) -> Card | None:
        """Return a pair with its conditions and rule."""
        one, mark, other = key.partition("~")
        if not mark:
            return None
        found, known, lang = self._found(one, other), self._known(one, other), words.lang.partition("_")[0]
        return Card(
            key=key,
            title=f"{self._name(one)}  ×  {self._name(other)}",
            mark=_result(found, known),
            tone=_tone(found, known),
            labels=tuple(dict.fromkeys((*self._labels(one), *self._labels(other)))),
            blocks=(
                *(Block(_("only if"), words.pick(text), "unknown") for text in found.conditions),
                *(Block(_("reacts"), f"{one.text(lang)}（{one.source}）", "danger") for one in known),
                *blocks(
                    (_("by"), found.rule),
                    (_("because"), _not_known() if found.result == "unknown" else ""),
                    (_("mind"), _("The table of JT/T 617.6 was not read; it is that of ADR, to be verified.")),
                    (_("mind"), _("Labels alone are compared; of chemical incompatibility a short table of groups.")),
                ),
            ),
        )

    def _row(self, key: str) -> Row:
        one, _mark, other = key.partition("~")
        found, known = self._found(one, other), self._known(one, other)
        labels = (*self._labels(one), *self._labels(other))
        title = f"{self._name(one)}  ×  {self._name(other)}"
        return Row(key, title, "", _result(found, known), _tone(found, known), labels)

    def _known(self, one: str, other: str) -> tuple[Reaction, ...]:
        sides = self.tables.goods.lookup(one), self.tables.goods.lookup(other)
        return reactions(*sides, self.tables) if all(sides) and sides[0] != sides[1] else ()

    def _found(self, one: str, other: str) -> Segregation:
        try:
            return between(self._marked(one), self._marked(other), self.tables)
        except ValueError as problem:
            return Segregation("unknown", str(problem))

    def _marked(self, text: str) -> Marked:
        found = self.tables.goods.lookup(text)
        return Marked.of(found[0]) if found else read(text, self.tables)

    def _labels(self, text: str) -> tuple[str, ...]:
        found = self.tables.goods.lookup(text)
        if found:
            return found[0].placards
        try:
            return read(text, self.tables).labels
        except ValueError:
            return ()

    def _called(self, label: str) -> str:
        row = next((one for one in self.tables.classes if one["code"] == label), None)
        return words.pick({"zh": row["name_zh"], "en": row["name_en"]}) if row else ""

    def _name(self, text: str) -> str:
        return f"UN {text}" if text in self.tables.goods else text


def _not_known() -> str:
    return _("The table lacks one of the two, or a compatibility group is not known.")


def _tone(found: Segregation, known: Sequence[Reaction]) -> str:
    """Allowed by labels is no green where the goods are known to react."""
    return "unknown" if known and found.result == "allowed" else TONES[found.result]


def _result(found: Segregation, reacting: Sequence[Reaction]) -> str:
    known = {
        "allowed": _("by labels, but they react") if reacting else _("labels do not forbid it"),
        "condition": _("only on conditions"),
        "unknown": _("cannot tell"),
        "prohibited": _("not together"),
    }
    return known[found.result]
