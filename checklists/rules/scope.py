"""R2 and R7: whether these goods may be on this carrier's vehicle and in this tank at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial

from checklists.facts.identifiers.keys import un_key
from checklists.goods import gases
from checklists.goods.listing import Goods, GoodsTable, un_digits
from checklists.goods.meanings import Meaning, meaning
from checklists.goods.tanks import NO_ALUMINIUM, About, Fit, Rows, by_code, is_aluminium, is_code
from checklists.patterns import pattern
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.sign_places import is_tank
from checklists.rules.small_load import needs_no_approval

_SCOPE = pattern(r"(?:UN)?([0-9]{4})|第?([1-9](?:\.[1-6])?|1\.[1-6][A-S])[类项]?")
"""What a scope may name: a UN number, or a class or division as `8`, `第8类`, `2.1项`, `1.1D`."""

_NAMED_TOO = pattern(
    r"((?:[3789]|[1-9]\.[1-6])[类项]?|1类(?=爆)|2类(?=气))[易自燃非无有毒性害气液固体物质品和氧化过感染腐蚀爆炸遇水放射杂项危险]+"
    r"(?=[\s()、,;/]|$)"
)
"""A class without divisions, or a division, with words that only repeat its name: 第3类易燃液体, not 2类易燃气体."""

_REMARK = pattern(r"(?<=[0-9类项])\((?![第0-9])([^()]*)\)")
"""A bracket behind a class that may narrow it: 2类(易燃气体)."""

_HEADER = pattern(r"(?:非?经营性)?(?:道路)?危险(?:货物|品|化学品)(?:道路)?运输(?:业务)?:?")
"""What stands before the classes in one text: 危险货物运输(3类)."""

_SPOKEN = pattern(r"([1-9])\s*类\s*((?:第?\s*[1-6]\s*[、,和及]\s*)*第?\s*[1-6])\s*项")
"""Divisions of a class, also several of one: 2类1项, 第2类第1、2项."""

_RANGE = pattern(r"(?<![0-9.])([1-9])\s*类?\s*[-~—–至到]\s*第?([1-9])\s*类")
_NUMERAL = pattern(r"(?<![一二三四五六七八九十])[一二三四五六七八九](?=\s*[类项])")
_BETWEEN = pattern(r"[\s()\[\]、,;/和及与]+")
_LEADING_WORD = pattern(r"\b(?:CLASS(?:ES)?|DIVISIONS?|UN)[\s.:]*(?=[0-9])")
_NONE = ("无", "没有", "NONE")
"""What a registry writes in a scope that is empty."""

_LEAVES_OUT = pattern(r"除.*外|以外|不含|不包括|不得|禁止|仅|只限|限于|except|excluding|only", re.IGNORECASE)
"""Words by which a scope leaves something out of what it names, such as 剧毒化学品除外."""

_MEDIA = pattern(r"[、;；/\n]|[，,](?!\s*(?:含|不|未|稳|无|液|固|冷|压|溶|干|湿|按|温|装))")
"""What parts the media of a list that is written as one text."""

_SPACES = pattern(r"(?<![A-Za-z])\s+(?=[\u4e00-\u9fff]|(?:UN\s*)?[0-9]{4})", re.IGNORECASE)
"""White space between two names, not between the words of an English one."""

_NUMBER = pattern(r"(?<![0-9A-Za-z.\-])(?:UN[\s.:]*)?([0-9]{4})(?![0-9A-Za-z.%\-])", re.IGNORECASE)
"""A UN number beside a name: UN1203 汽油."""

_MEASURED = pattern(
    r"(?:密度|比重|容积|容量|压力)\s*[:：]?\s*[0-9.]+|(?<![0-9])[0-9.]+\s*(?:kg|g|t|l|m|mm|m?pa|bar|℃|千克|公斤|吨|升|立方)(?![a-z])",
    re.IGNORECASE,
)
"""A figure beside what it measures, which is no UN number: 密度1830, 1830 kg/m³."""

_SHARE = pattern("[0-9.]+ ?[%％]")

_AND_MORE = pattern(r"(?<=.)等(?![品级])[^、，,;；()（）/\n]*$")
"""What leaves the end of a list open: 汽油、柴油等."""


def r2_scope(context: Context) -> Iterator[Result]:
    """Class, division or named goods of every line lie inside the permitted scope. 29号令 art. 22.

    Ordinary goods need no scope. Words in a scope that name no class leave what they may cover open.
    """
    if context.ordinary:
        return
    scopes = [("carrier_scope", "carrier.licence.scope"), ("vehicle_scope", "vehicle.permit.scope")]
    if context.has_trailer:
        scopes.append(("vehicle_scope", "trailer.permit.scope"))
    for case, path in scopes:
        look = Look(context, "R2")
        look.exemption()
        scope = look.texts(path) or None
        look.lack(*([path] if scope is None else []))
        judged = _each(look, partial(covers, scope))
        look.lack(*(path for verdict in judged if scope and verdict is None))
        _say_differences(look, "class")
        yield look.says(case, conflict=False in judged and not needs_no_approval(look), subject=path.partition(".")[0])


def covers(scope: tuple[str, ...] | None, goods: Goods) -> bool | None:
    """Whether a scope names the UN number or a class or division of the goods; class 2 covers 2.1 to 2.3, 6 both.

    The class of any edition in force is enough. None where the scope is not known, where it does not name them but
    holds words that name no class, and where it names them and words say what is left out.
    """
    if scope is None:
        return None
    named, others = _named(scope)
    if not named.isdisjoint((goods.class_, goods.division, goods.un)) or named & goods.accepts("class"):
        return None if any(_LEAVES_OUT.search(one) for one in others) else True
    return None if others else False


@lru_cache(maxsize=256)
def _named(scope: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The numbers, classes and divisions that a scope names, and its other words."""
    named, others = set[str](), list[str]()
    for text in scope:
        said = _said(text)
        read = {part: _SCOPE.fullmatch(part) for part in _BETWEEN.split(_HEADER.sub(" ", said)) if part}
        mine = [one[1] or one[2] for one in read.values() if one]
        named.update(mine)
        if said not in _NONE and not (mine and all(read.values())):
            others.append(text)
    return frozenset(named), tuple(others)


def _said(text: str) -> str:
    """A scope in plain capitals, its classes and divisions each written as `2` and `2.1`."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    plain = _NUMERAL.sub(lambda one: str("一二三四五六七八九".index(one[0]) + 1), plain)
    plain = _SPOKEN.sub(lambda one: "、".join(f"{one[1]}.{part}项" for part in re.findall("[1-6]", one[2])), plain)
    plain = _RANGE.sub(_each_class, plain)
    return _NAMED_TOO.sub(r"\1", _REMARK.sub(r"\1", _LEADING_WORD.sub(" ", plain)))


def _each_class(found: re.Match[str]) -> str:
    classes = range(int(found[1]), int(found[2]) + 1)
    return "、".join(map(str, classes)) if classes else found[0]


def strikes(classes: tuple[str, ...], goods: Goods) -> bool | None:
    """Whether a ban names the goods, by the class of every edition in force; None where they differ in that."""
    answer = covers(classes, goods)
    others = [value for value in goods.told("class") if value[:1] != goods.class_[:1]]
    if answer and others and goods.un not in _named(classes)[0]:
        return None
    return answer


def r7_tank_goods(context: Context) -> Iterator[Result]:
    """Each line's goods are on the tank's permitted list; without one the tank code decides. 29号令 art. 23.

    A list that names goods which the code or the shell of the tank forbids leaves open which of them is wrong. Nothing
    where the goods were seen to be in packages or in bulk.
    """
    if not is_tank(context) or context.ordinary:
        return
    look = Look(context, "R7")
    look.exemption()
    media = look.texts("tank.media") if look.has("tank.media") else None
    if not media:
        yield _judged_by_code(context)
        return
    judged = _each(look, lambda one: listed(media, one, context.tables.goods, context.tables.gas_table))
    look.lack(*("tank.media" for verdict in judged if verdict is None))
    if look.has("tank.code") and not is_code(look.text("tank.code") or ""):
        look.leave_open("tank.code")
    found = look.says("goods_not_on_list", conflict=False in judged)
    yield found
    if found.verdict == "conflict" or not look.has("tank.code"):
        return
    code = _judged_by_code(context)
    if found.verdict == "cannot_tell" and code.verdict == "conflict":
        # Words on the list leave it open; the code forbids it whatever they mean.
        yield code
    elif found.verdict == "consistent" and (code.verdict == "conflict" or "goods.ph" in code.missing):
        yield replace(code, verdict="cannot_tell", missing=code.missing or ("tank.media",))


def _judged_by_code(context: Context) -> Result:
    look = Look(context, "R7")
    look.exemption()
    code = look.text("tank.code")
    asked = sorted({one.tank_code or "?" for load in context.certain for one in load})
    look.note("goods.tank_code", "、".join(asked) or None)
    judged = _each(look, lambda one: _by_code(look, one, code) if code else None)
    look.lack(*(["tank.code"] if code and not is_code(code) else []))
    look.lack(*("tank.media" for verdict in judged if verdict is None))
    _say_differences(look, "tank_code")
    _ask_for_shell(look)
    return look.says("tank_code_unfit", conflict=False in judged)


def _by_code(look: Look, goods: Goods, code: str) -> bool | None:
    """Whether the tank's code may carry the goods; what only ADR's gas table forbids is open where it is not law."""
    context, tank = look.context, look.context.situation.tank
    about = About(insulated=tank.insulated if tank else None, mixture=mixture_text(context, goods.un))
    found = by_code(goods, code, context.tables.tank_codes, about, context.tables.gas_table)
    told = [one for one in found.because if "pressures" in one.params]
    look.lack(*("tank.insulated" for one in told if one.code == "pressure_open"))
    for one in told:
        look.note("limit.test_pressure", f"{one.params['pressures']} (ADR 4.3.3.2.5)")
    return None if not context.by_adr and _by_pressure_alone(found) else found.fits


def _by_pressure_alone(found: Fit) -> bool:
    return found.fits is False and all(one.code == "pressure_low" for one in found.because)


def mixture_text(context: Context, un: str) -> str:
    """Return what the waybill calls the goods of a number: a mixture of gases is named there."""
    lines = [one.line for one in context.declared or () if un_digits(one.line.un or "") == un]
    return " ".join(text for line in lines for text in (line.name, line.technical_name) if text)


def _ask_for_shell(look: Look) -> None:
    """Ask for the material of the shell where an edition forbids aluminium alloy (TU42): missing where all of them do.

    A shell of aluminium leaves it open: no table here tells the pH, from 5.0 to 8.0 of which it is good.
    """
    told = [one.told("tank_special_provisions") for load in look.context.certain for one in load]
    asking = [cells for cells in told if any(NO_ALUMINIUM in cell.split(";") for cell in cells)]
    tank = look.context.situation.tank
    aluminium = is_aluminium(tank.shell if tank else None)
    if not asking or aluminium is False:
        return
    if tank and aluminium:
        look.note("tank.shell", tank.shell)
        look.lack("goods.ph")
    elif all(NO_ALUMINIUM in cell.split(";") for cells in asking for cell in cells):
        look.lack("tank.shell")
    look.warn("tank.shell", NO_ALUMINIUM)


def _say_differences(look: Look, column: str) -> None:
    """Show the values of a column on which editions in force differ."""
    for goods in (one for load in look.context.certain for one in load if one.differs(column)):
        look.warn(f"goods.{column}", f"UN {goods.un}: {' / '.join(value or '—' for value in goods.told(column))}")


def listed(media: tuple[str, ...], goods: Goods, table: GoodsTable | None = None, gas: Rows = ()) -> bool | None:
    """Whether a permitted list names the goods, by UN number or name; None where names on it may still mean them.

    A name names the goods that it certainly means (see `_names`); one that may mean these, that means none, or only
    begins a name, leaves it open, and so does 等 for what the list does not name. Words by which a list leaves
    something out leave open what it names.
    """
    known = [_AND_MORE.search(text) is None for text in media if text.strip()]
    found = [_says(part, goods, table, gas) for text in media for part in _parts(text, table)]
    if any(says for says, _, _ in found):
        return None if any(left_out for _, _, left_out in found) else True
    known += [sure and not left_out for _, sure, left_out in found]
    return False if known and all(known) else None


def _says(part: str, goods: Goods, table: GoodsTable | None, gas: Rows) -> tuple[bool, bool, bool]:
    """Return whether a part of a list names the goods, surely names others, and leaves something out."""
    bare = _MEASURED.sub("", part)
    numbers = {un_key(bare)} - {""} or {*_NUMBER.findall(bare)}
    one = _NUMBER.sub("", bare)
    means = meaning(one, table) if table is not None else Meaning()
    names = goods.is_named(one) if table is None else _names(means, one, goods, table, gas)
    others = bool(numbers or ((means.own or means.everyday) and means.names_other_than((goods,), one)))
    return goods.un in numbers or names, others, not means.own and _LEAVES_OUT.search(part) is not None


def _names(means: Meaning, text: str, goods: Goods, table: GoodsTable, gas: Rows) -> bool:
    """Whether a name on a list certainly means the goods: as their own name, else by being no more than all it means.

    酒精 is ethanol, and not each alcohol that goes by it; 硝酸 is not the red fuming one, and 废酸 none for certain. A
    share tells those apart that have one name: 30%硫酸 is not each 硫酸.
    """
    if goods.un in means.own or goods.un not in means.all:
        return goods.un in means.own
    if not means.certain or means.classes or (_SHARE.search(text) and len(means.all) > 1):
        return False
    others = [one for un in (means.own or means.all - {goods.un}) for one in table.lookup(un)]
    return all(_is_no_more(goods, one, gas) for one in others)


def _is_no_more(goods: Goods, other: Goods, gas: Rows) -> bool:
    """Whether what is permitted the other goods is permitted these: a gas kept alike, no other label or lower group."""
    if not goods.every_label <= other.every_label:
        return False
    if "2" not in (goods.class_, other.class_):
        return len(goods.packing_group or "III") >= len(other.packing_group or "I")
    alike = goods.class_ == other.class_ and goods.classification_code[:1] == other.classification_code[:1]
    return alike and _needs_no_more(gases.fillings(goods.un, gas), gases.fillings(other.un, gas))


def _needs_no_more(mine: tuple[gases.Filling, ...], its: tuple[gases.Filling, ...]) -> bool:
    """Whether a tank for one gas has pressure enough for another, where the table says what the one needs."""
    given = [one.bare for one in its if one.bare is not None]
    needed = [one.bare for one in mine]
    return not given or all(one is not None and one <= min(given) for one in needed)


def _parts(text: str, table: GoodsTable | None) -> list[str]:
    """The names and numbers of a list; white space and commas part only what is no name as a whole."""
    if table is not None and meaning(text, table).own:
        return [text]
    found: list[str] = []
    for part in _MEDIA.split(unicodedata.normalize("NFKC", _AND_MORE.sub("", text))):
        whole = table is not None and meaning(part, table).all
        found += [part] if whole else _SPACES.split(part)
    return [part for part in found if part.strip()]


def _each(look: Look, judge: Callable[[Goods], bool | None]) -> list[bool | None]:
    """Return a verdict for each kind of goods aboard; None where the entries that it may mean differ.

    Where one is out, the goods that are out are what was found: the others are not shown beside them.
    """
    context = look.context
    if context.loads is None:
        look.lack(context.lacking)
    told: list[tuple[str, bool | None]] = []
    for load in sorted(context.certain, key=lambda load: [(one.un, one.variant) for one in load]):
        every = {judge(one) for one in load}
        if len(every) > 1:
            look.lack("waybill.lines.packing_group")
        named = "、".join(dict.fromkeys(f"UN {one.un} {one.division}" for one in load))
        told.append((named, next(iter(every)) if len(every) == 1 else None))
    verdicts = [verdict for _named, verdict in told]
    for named, verdict in told:
        if verdict is False or False not in verdicts:
            look.note("goods", named)
    return verdicts
