"""Numbers of goods: UN number, hazard identification number, and both as an orange plate shows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import replace

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.model import Check, compact, in_form, one_problem
from checklists.goods.listing import GoodsTable
from checklists.patterns import pattern

PANEL = pattern(r"(X?[0-9A-Z]{2,3}|1\.5D)[\s/\\|,、;-]+(UN[-.:]?)?([0-9A-Z]{4})", re.IGNORECASE)
"""Upper and lower number of an orange plate on one line, with something between them."""

_DIGITS = ("0123456789",)
_HAZARD = pattern(r"X?[0-9]{2,3}|1\.5D")


def check_un(text: str, known: Container[str] | None = None) -> Check:
    """Check a UN number: four digits, with or without UN; in the goods list where one is given. Warnings."""
    value = compact(text)
    digits = re.sub(r"^UN(?:NO|编号|号)?[-.:：]?|\.0$", "", value)
    if not re.fullmatch(r"[0-9]{4}", digits):
        guesses = meant(digits, _DIGITS * 4, lambda one: known is None or one in known)
        if guesses:
            return one_problem("un", value, "confusable", "warn", {"suggestion": "、".join(guesses)})
        return one_problem("un", value, "format", "warn", {"expected": "4"})
    if known is not None and digits not in known:
        return one_problem("un", digits, "un_unknown", "warn", {"un": digits})
    return Check("un", digits)


def check_hazard_id(text: str, known: Container[str] | None = None, of_goods: Collection[str] | None = None) -> Check:
    """Check a hazard identification number: an X or none, two or three digits; 1.5D in class 1. Warnings.

    `known` are the numbers of the list, `of_goods` those of the goods on the lower half of the same plate.
    """
    value = in_form(compact(text), lambda one: bool(_HAZARD.fullmatch(one)))
    if not _HAZARD.fullmatch(value):
        guesses = meant(value, ("X0123456789", *_DIGITS * (len(value) - 1))) if 2 <= len(value) <= 4 else ()
        if guesses and re.fullmatch(r"X?[0-9]{2,3}", guesses[0]):
            return one_problem("hazard_id", value, "confusable", "warn", {"suggestion": "、".join(guesses)})
        return one_problem("hazard_id", value, "format", "warn", {"expected": "2-3"})
    if of_goods is not None and value not in of_goods:
        return one_problem("hazard_id", value, "hazard_other_goods", "warn", {"expected": ";".join(sorted(of_goods))})
    if known is not None and value not in known:
        return one_problem("hazard_id", value, "hazard_unknown", "warn", {"hazard_id": value})
    return Check("hazard_id", value)


def check_panel(text: str, goods: GoodsTable | None = None) -> Check:
    """Check an orange plate written `33/1203`: both numbers, and that they belong together. Warnings."""
    found = PANEL.fullmatch(unicodedata.normalize("NFKC", text).strip()) or PANEL.fullmatch(compact(text))
    if not found:
        return one_problem("panel", compact(text), "format", "warn", {"expected": "33/1203"})
    un = check_un(found[3], goods)
    entries = goods.lookup(un.value) if goods is not None and un.ok else ()
    numbers = {number for one in entries for number in one.accepts("hazard_id")} - {""}
    hazard = check_hazard_id(found[1], goods.hazard_ids if goods is not None else None, numbers or None)
    return replace(un, kind="panel", value=f"{hazard.value}/{un.value}", problems=hazard.problems + un.problems)
