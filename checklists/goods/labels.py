"""Class and packing group as papers write them: 第8类, 8类, 6类1项, 3(6.1), PG II, 包装Ⅱ类."""

from __future__ import annotations

import unicodedata

from checklists.patterns import pattern

_DIVISION = pattern(r"([1-9])(?:\.([1-6]))?([A-S](?![A-Z]))?")
_CLASS = pattern(r"(?<![0-9.])[1-9](?:\.[1-6])?(?![0-9])")
_SPOKEN = pattern(r"([1-9])\s*类\s*第?\s*([1-6])\s*项")
_NUMERALS = "一二三四五六七八九"
_NUMERAL = pattern(f"(?<![{_NUMERALS}十])[{_NUMERALS}](?=\\s*[类项])")
_AROUND = pattern(r"PACKING|GROUP|PG|包装|类别|等级|[\s类级组:.\-/]")
_GROUPS = {"1": "I", "2": "II", "3": "III", "一": "I", "二": "II", "三": "III"}


def divisions(text: str | None) -> tuple[str | None, tuple[str, ...] | None]:
    """Return class or division as the list writes it, and the subsidiary hazards in brackets or with + behind it.

    None where there is no figure, or neither of these: the text does not say.
    """
    plain = _plain(text)
    main, _, inner = plain.replace("+", "(", 1).partition("(")
    found = _DIVISION.search(main)
    if found is None:
        return None, None
    value = found[1] + (f".{found[2]}" if found[2] else "") + (found[3] or "" if found[1] == "1" else "")
    return value, tuple(_CLASS.findall(inner)) or None


def names_several(text: str | None) -> bool:
    """Whether a text names several classes side by side (8/3): of several goods, or a class and subsidiary hazards."""
    main = _plain(text).partition("(")[0].partition("+")[0]
    return len({one[0] for one in _CLASS.findall(main)}) > 1


def _plain(text: str | None) -> str:
    """Return a class in plain capitals, 第六类第一项 and 6类1项 as 6.1."""
    plain = unicodedata.normalize("NFKC", text or "").upper()
    plain = _NUMERAL.sub(lambda one: str(_NUMERALS.index(one[0]) + 1), plain)
    return _SPOKEN.sub(r"\1.\2", plain)


def group_of(text: str | None) -> str:
    """Return the packing group as I, II or III; empty where the text names none."""
    plain = unicodedata.normalize("NFKC", text or "").upper()
    bare = _AROUND.sub("", plain)
    bare = _GROUPS.get(bare, bare)
    return bare if bare in ("I", "II", "III") else ""
