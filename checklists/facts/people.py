"""Whether two descriptions of somebody are one person: the same, may be, or certainly different.

A person is his number; names are for reading. Names decide where numbers do not, and an equal name alone is enough to
accept him, never to accuse him: two people may be called 张伟.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product, zip_longest
from typing import Protocol

from checklists.facts.identifiers.keys import person_key
from checklists.facts.identifiers.likeness import DIFFERENT, MAY_BE, SAME, Likeness, compare_ids
from checklists.facts.identifiers.masks import ANY, fits, masked_name
from checklists.facts.texts import is_unseen
from checklists.patterns import pattern

_DOTS = "·•・‧．∙⋅･.。˙᛫●ꞏ⸱⸳ᐧᆞ◦\u0307‐-–—_'’ʼ`,，、"
"""What stands between the parts of a name: one dot, whichever was typed or read.

One file read by two readers has two of them (findings/requests-puts-a-japanese-dot-into-a-name.sh)."""

_POINT = pattern("[.·•・‧．∙⋅･]")
_BY_EAR = 5
"""A name of so many signs may be one of another language."""
_CUT = 4
"""A name of so many characters may be cut off by a narrow field, or called by its beginning or end alone."""


_ROLES = "[主副]驾(?:驶员)?|驾驶人?员|驾驶人|司机|押运人?员|押运人|装卸管理人员|随车人员|DRIVER|ESCORT"
_LABELS = "联系电话|电话|手机号码?|手机|居民身份证|身份证号?码?|资格证号?|签[字名章]|TEL|MRS?|MS"
_BESIDE = pattern(rf"(?<![A-Z])(?:{_ROLES}|{_LABELS})(?![A-Z])|[0-9][0-9X*＊+]*|(?<=\s)[男女](?=\s|$)")
"""What is written beside a name: what he does, and numbers of his with their words."""
_LISTED = pattern(r"[/|\\;:+&()\[\]【】〔〕\n]")
"""What parts several names, or a name and what is beside it."""
_SPACED = pattern(r"[\u3400-\u9fff]{2,4}(?:\s+[\u3400-\u9fff]{2,4})+")
"""Chinese names side by side."""
_TITLED = pattern(
    "(?P<name>[\u3400-\u9fff]{1,4})(?:先生|女士|师傅|同志|总|经理|队长|老板|班长)|[小老](?P<called>[\u3400-\u9fff])"
)
"""李师傅, 张总, 老李: a surname, or a whole name with a title."""
_SURNAME = 2
"""So many characters may be a surname alone."""


class Described(Protocol):
    """Somebody as a paper or an officer describes him."""

    @property
    def name(self) -> str | None:
        """The name as it was written."""

    @property
    def id_number(self) -> str | None:
        """The number of the paper that shows who he is."""


@lru_cache(maxsize=2048)
def name_key(name: str) -> str:
    """Return a name in capitals and half width, without dots, white space and unseen signs."""
    plain = unicodedata.normalize("NFKC", name).upper()
    return "".join(one for one in plain if one not in _DOTS and not one.isspace() and not is_unseen(one))


_NO_NAME = pattern(
    "驾驶[人员]?|司机|(?:司机)?师傅|押运(?:人?员|人)?|随车人员|跟车(?:人员)?|装卸管理人员|车主|货主|老板|当事人|自押|DRIVER|ESCORT"
    "|本人|某+|X+|男|女|保密|空|无|没有|暂无|无名氏?|NONE|UNKNOWN|N/A"
    "|(?:未|不|没|没有|无法|暂未|尚未|拒绝?|拒不|不肯|不愿)"
    "(?:知道?|详|明|清楚?|填写?|写|提供|签[字名]?|回答|告知|核实|核对|查明|出示|登记)"
    "|待[查定核补填]|[同如](?:上|前|驾驶员|司机)|详?见(?:[上下附背表].?|运单|备注|证件|身份证|[^证]{0,4}证)"
)
"""What stands where a name is not known: the word for his role, for not knowing, or for another place."""


def is_name(text: str | None) -> bool:
    """Whether this names somebody: not `?`, a dash or digits, and not a word for his role or for not knowing."""
    key = name_key(text or "")
    return any(one.isalpha() for one in key) and not _NO_NAME.fullmatch(key)


def compare_people(one: Described, other: Described) -> Likeness:
    """Compare two descriptions: the number first, then the name."""
    numbers = compare_ids(one.id_number, other.id_number) if one.id_number and other.id_number else None
    names = compare_names(one.name, other.name)
    if numbers == DIFFERENT and (names_several(one.name) or names_several(other.name)):
        # The number beside several names is that of one of them.
        return DIFFERENT if names == DIFFERENT else MAY_BE
    whole = bool(person_key(one.id_number or "") and person_key(other.id_number or ""))
    if numbers == DIFFERENT or (numbers == SAME and whole):
        return numbers
    if numbers == SAME:
        # Hidden signs, and all open ones agree: with another name nobody can say.
        return MAY_BE if names == DIFFERENT else SAME
    if numbers == MAY_BE:
        return DIFFERENT if names == DIFFERENT else MAY_BE
    told = bool(one.id_number and other.id_number)
    return MAY_BE if told and names == SAME else names


def compare_names(one: str | None, other: str | None) -> Likeness:
    """Compare two names; one that is missing, hidden in part, cut off or in another script may be the other.

    What is written beside a name is no part of it (李建国 13800000000, 司机李建国); where several are written
    (李建国/王刚), the likest counts, and a surname alone (李师傅) may be anybody's of that name.
    """
    if name_key(one or "") and name_key(one or "") == name_key(other or "") and ANY not in masked_name(one or ""):
        return SAME
    first, second = _names(one or ""), _names(other or "")
    if not first or not second:
        return MAY_BE
    found = {_compare_keys(*pair) for pair in product(first, second)}
    if not found - {DIFFERENT} and (_is_part(first, other or "") or _is_part(second, one or "")):
        return MAY_BE
    return next(likeness for likeness in (SAME, MAY_BE, DIFFERENT) if likeness in found)


def _is_part(keys: Iterable[str], text: str) -> bool:
    """Whether one of the names is what stands on one side of the point of another: 巴特尔 of 包·巴特尔."""
    parts = [name_key(part) for part in _POINT.split(text)]
    return len(parts) > 1 and any(len(part) > 1 and part in keys for part in parts)


@lru_cache(maxsize=2048)
def _names(text: str) -> tuple[str, ...]:
    """Return the folded names that a text may mean, each without what is beside it: 李师傅 as 李*; none: nobody."""
    if not is_name(text):
        return ()
    parts = [each for part in _listed(text) for each in (part, *_side_by_side(part))]
    keys = [key for part in parts for key in _meant(name_key(part))]
    return tuple(dict.fromkeys(key for key in keys if is_name(key)))


def names_several(text: str | None) -> bool:
    """Whether a text may name more than one person (李建国/王刚): a number beside it is nobody's for certain."""
    return sum(is_name(each) for part in _listed(text or "") for each in _side_by_side(part)) > 1


def _listed(text: str) -> list[str]:
    """Return the parts of a text between signs that are in no name, without what is beside names."""
    plain = _BESIDE.sub(";", unicodedata.normalize("NFKC", text).upper())
    return [part.strip() for part in _LISTED.split(plain)]


def _side_by_side(part: str) -> list[str]:
    """Return the names between commas or spaces; both stand inside one name as well (买买提、艾合买提江)."""
    return re.split(r"[,、\s]+" if _SPACED.fullmatch(part) else "[,、]", part)


def _meant(key: str) -> tuple[str, ...]:
    """Return a name as it is, and what a title or a lone surname makes of it; a word for nobody is none."""
    if not is_name(key):
        return ()
    found = _TITLED.fullmatch(key)
    if found is None:
        return (key + ANY,) if len(key) == 1 else (key,)
    name = found["name"] or found["called"]
    masks = (name + ANY,) if len(name) <= _SURNAME else ()
    return (*masks, *((name,) if len(name) > 1 else ()))


def _compare_keys(first: str, second: str) -> Likeness:
    hidden, hidden_other = masked_name(first), masked_name(second)
    if ANY in hidden or ANY in hidden_other:
        return MAY_BE if fits(hidden, hidden_other) else DIFFERENT
    if first == second:
        return SAME
    scripts, others = _scripts(first), _scripts(second)
    if scripts.isdisjoint(others) or ("LATIN" in scripts) != ("LATIN" in others):
        return MAY_BE
    if scripts == {"LATIN"} and sorted(first) == sorted(second):
        return MAY_BE
    if _is_cut(*sorted((first, second), key=len)):
        return MAY_BE
    return MAY_BE if _differ_in_rare_signs(first, second) or _are_near(first, second) else DIFFERENT


def _is_cut(shorter: str, longer: str) -> bool:
    """Whether a name may be the other cut off, or its short form: 宝音 of 宝音德力格尔, 建国 of 张建国."""
    if len(shorter) < _SURNAME or len(shorter) == len(longer):
        return False
    begins, ends = longer.startswith(shorter), longer.endswith(shorter)
    return (begins and len(longer) >= _CUT) or (ends and (len(longer) >= _CUT or len(longer) == len(shorter) + 1))


@lru_cache(maxsize=2048)
def _scripts(key: str) -> frozenset[str]:
    """Return the scripts of a name by the first word of its signs' names: CJK, LATIN, MONGOLIAN, CYRILLIC."""
    return frozenset(unicodedata.name(one, "").partition(" ")[0] for one in key if one.isalpha())


def _are_near(one: str, other: str) -> bool:
    """Whether two long names differ in few signs: a name of another language is written by ear (额尔敦, 额尔登)."""
    alike = sum(a == b for a, b in zip(one, other, strict=False))
    return len(one) == len(other) >= _BY_EAR and alike * 5 >= len(one) * 3


def same_number(one: Described, other: Described) -> bool:
    """Whether both have the same whole number: the only certain proof that two are one person."""
    first, second = person_key(one.id_number or ""), person_key(other.id_number or "")
    return bool(first) and first == second


def _differ_in_rare_signs(one: str, other: str) -> bool:
    """Whether they differ only where one has a character that many systems cannot hold or write otherwise.

    Rare characters (㛃 䶮), traditional ones (張 for 张) and what stands in their place are outside of GB 2312.
    """
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip_longest(one, other, fillvalue="") if a != b]
    return all(_is_rare(a) or _is_rare(b) for a, b in pairs)


def _is_rare(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
