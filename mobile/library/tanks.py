"""Tank codes: what each part means, and whether a tank may carry a UN number: `L4BN`, `L4BN 1830`. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from checklists import words as kernel
from checklists.goods import tanks
from checklists.goods.listing import Goods, Tables
from mobile.library.goods import name
from mobile.library.shapes import MOST, Block, Card, Row
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


_PART_WORDS = (_mark("kind of tank"), _mark("pressure"), _mark("openings"), _mark("safety devices"))


class TankShelf:
    """Tank codes as the goods list asks for them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    @cached_property
    def codes(self) -> tuple[tuple[str, int], ...]:
        """Every code of the goods list with the number of entries that ask for it, the most frequent first."""
        asked = Counter(code.strip() for cell in self.tables.goods.values("tank_code") for code in cell.split(";"))
        return tuple((code, count) for code, count in asked.most_common() if code)

    def find(self, text: str, aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return codes that begin so, then those with it further on; with a UN number whether each may carry it.

        The number is the one that was typed, else those in hand.
        """
        code, un = _split(text)
        goods = self.tables.goods.lookup(un) if un else tuple(aboard)
        known = sorted((one for one, _count in self.codes if code in one), key=lambda one: not one.startswith(code))
        if code and code not in known and (tanks.parse(code) or tanks.is_portable(code)):
            known.insert(0, code)
        return tuple(self._row(one, goods) for one in known[:MOST])

    def _row(self, code: str, goods: Sequence[Goods]) -> Row:
        count = dict(self.codes).get(code, 0)
        asked = _("{n} entries ask for it").format(n=count) if count else ""
        if not goods:
            return Row(code, code, asked)
        fits = {self._fit(code, un).fits for un in dict.fromkeys(one.un for one in goods)}
        worst = next(one for one in (False, None, True) if one in fits)
        mark, tone = _verdict(worst)
        numbers = "、".join(dict.fromkeys(one.un for one in goods))
        return Row(f"{code}|{','.join(dict.fromkeys(one.un for one in goods))}", code, f"UN {numbers}", mark, tone)

    def _fit(self, code: str, un: str) -> tanks.Fit:
        tables = self.tables
        return tanks.any_of(tables.goods.lookup(un), code, tables.tank_codes, gas=tables.gas_table)

    def card(self, key: str, aboard: Sequence[Goods]) -> Card | None:
        """Return the parts of a code in words, and for each number why it may be carried or not."""
        code, _bar, numbers = key.partition("|")
        uns = [one for one in numbers.split(",") if one] or list(dict.fromkeys(one.un for one in aboard))
        parsed = tanks.parse(code)
        return Card(
            key=key,
            title=code,
            subtitle="" if parsed else _("portable tank instruction") if tanks.is_portable(code) else "",
            blocks=(
                *(self._carries(code, un) for un in uns),
                *self._parts(parsed),
                Block(_("mind"), _("Codes are those of ADR 4.3; the permitted media on the tank's report go first.")),
            ),
        )

    def _carries(self, code: str, un: str) -> Block:
        found = self._fit(code, un)
        mark, tone = _verdict(found.fits)
        because = "；".join(kernel.reason(one.code, one.params, _) for one in found.because)
        entries = self.tables.goods.lookup(un)
        called = f"UN {un} {name(entries[0])}" if entries else f"UN {un}"
        return Block(called, f"{mark}：{because}" if because else mark, tone)

    def _parts(self, parsed: tanks.TankCode | None) -> tuple[Block, ...]:
        if parsed is None:
            return ()
        scope = {row["scope"] for row in self._rows("1", parsed.parts[0])}
        told = []
        for number, (value, called) in enumerate(zip(parsed.parts, _PART_WORDS, strict=True), start=1):
            rows = [row for row in self._rows(str(number), value) if row["scope"] in scope]
            text = {"zh": rows[0]["meaning_zh"], "en": rows[0]["meaning_en"]} if rows else {}
            meaning = words.pick(text) if rows else _("this part is not in the table of codes")
            told.append(Block(f"{value} · {_(called)}", meaning, "neutral" if rows else "unknown"))
        return tuple(told)

    def _rows(self, part: str, value: str) -> list[dict[str, str]]:
        rows = self.tables.tank_codes
        return [dict(row) for row in rows if (row["kind"], row["part"], row["code"]) == ("part", part, value)]


def _split(text: str) -> tuple[str, str]:
    """Return the tank code and the UN number that were typed, either perhaps empty."""
    plain = text.upper().replace("UN", " ").split()
    un = next((one for one in plain if re.fullmatch("[0-9]{4}", one)), "")
    return next((one for one in plain if one != un), ""), un


def _verdict(fits: bool | None) -> tuple[str, str]:
    if fits is None:
        return _("cannot tell"), "unknown"
    return (_("may carry it"), "good") if fits else (_("may not carry it"), "danger")
