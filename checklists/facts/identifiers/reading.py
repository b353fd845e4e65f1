"""What a text is: every kind whose shape it has is tried, and the one that fits best comes first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from checklists.facts.identifiers.companies import check_licence, check_permit, check_uscc
from checklists.facts.identifiers.goods import PANEL, check_hazard_id, check_panel, check_un
from checklists.facts.identifiers.model import SEPARATORS, Check, compact, latin
from checklists.facts.identifiers.people import check_id, check_phone, check_qualification
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.identifiers.plates import PROVINCES, check_plate
from checklists.facts.identifiers.vin import check_vin
from checklists.goods.listing import GoodsTable

LONGEST = 64
"""No number is longer; a longer text is not read."""

_TWELVE = r".*(?<![0-9])[0-9]{12}(?![0-9]).*"

_SHAPES: tuple[tuple[str, str], ...] = (
    ("un", r"UN[-.:]?[0-9A-Z]{4}|(?=.*[0-9].*[0-9])[0-9OQDILZSGB]{4}"),
    ("hazard_id", r"X?[0-9]{2,3}|1\.5D"),
    ("plate", rf"[{PROVINCES}][A-Z0-9]{{5,8}}[挂学警港澳领]?|使[0-9A-Z]{{5,7}}"),
    ("phone", r"(?:(?:\+|00)86)?1[3-9][0-9]{9}"),
    ("id", r"(?=(?:.*[0-9]){14})[0-9A-Z]{18}|[0-9]{15}|[1-8][0-9]{16}|[A-Z]{3}[0-9]{12}"),
    ("id", r"[HM][0-9]{8}(?:[0-9]{2})?|[DEGPSK][A-Z]?[0-9]{7,8}"),
    ("uscc", r"[0-9A-Z]{18}|[0-9]{15}|9[0-9A-Z]{16}|9[0-9A-Z]{18}"),
    ("vin", r"(?=.*[0-9])(?=.*[A-Z])[0-9A-Z]{17}"),
    ("qualification", r"[0-9]{17}[0-9X]|[0-9]{19}"),
    ("licence", rf"(?=.*许可){_TWELVE}"),
    ("permit", rf"[0-9]{{12}}|(?=.*[\u4e00-\u9fff]){_TWELVE}"),
    ("licence", rf"[0-9]{{12}}|(?=.*[\u4e00-\u9fff]){_TWELVE}"),
)
"""Kind and the shape, without separators, of what may be one; earlier kinds are likelier."""

_GRAVITY = {
    **dict.fromkeys(("confusable", "un_unknown", "hazard_unknown", "id_unchecked", "other_plate", "no_plate"), 1),
    **{"check_sign": 2, "id_old": 2, "uscc_old": 3},
}


def readings(text: str, goods: GoodsTable | None = None, on: date | None = None) -> tuple[Check, ...]:
    """Return what a text may be, best first, one for each kind; nothing where it has the shape of no kind.

    With the goods list its numbers are looked up; `on` is today, after which nobody was born.
    """
    if len(text) > LONGEST:
        return ()
    found = sorted(_possible(text, goods, on), key=_gravity)
    return tuple(one for place, one in enumerate(found) if place == 0 or not _hopeless(one))


def identify(text: str, goods: GoodsTable | None = None, on: date | None = None) -> Check | None:
    """Return what a text most likely is, or None where it has the shape of no kind."""
    return next(iter(readings(text, goods, on)), None)


def _possible(text: str, goods: GoodsTable | None, on: date | None) -> Iterator[Check]:
    if PANEL.fullmatch(unicodedata.normalize("NFKC", text).strip()):
        yield check_panel(text, goods)
    value, seen = compact(text), set()
    bare = compact(text, SEPARATORS)
    checks = _checks(goods, on)
    form = read_plate(text).form
    plate = form not in ("", "none", "trailer_unmarked") or (form == "none" and "牌" in text)
    for kind, shape in _SHAPES:
        given = value if kind in ("un", "hazard_id") else bare
        fits = (kind == "plate" and plate) or any(re.fullmatch(shape, one) for one in (given, latin(given)))
        if fits and kind not in seen:
            seen.add(kind)
            yield checks[kind](text)


def _checks(goods: GoodsTable | None, on: date | None) -> dict[str, Callable[[str], Check]]:
    return {
        "un": lambda text: check_un(text, goods),
        "hazard_id": lambda text: check_hazard_id(text, goods.hazard_ids if goods is not None else None),
        "plate": check_plate,
        "phone": check_phone,
        "id": lambda text: check_id(text, on),
        "uscc": check_uscc,
        "vin": check_vin,
        "qualification": check_qualification,
        "licence": check_licence,
        "permit": check_permit,
    }


def _hopeless(check: Check) -> bool:
    return any(one.code == "format" for one in check.problems)


def _gravity(check: Check) -> int:
    """How far a text is from being one of that kind; a number that is whole comes first."""
    return sum(_GRAVITY.get(one.code, 4) for one in check.problems)
