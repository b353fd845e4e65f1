"""Tank codes: whether a tank may carry goods that ask for another code (ADR 4.3.3.1.2 and 4.3.4.1.2).

A code is four parts: kind of tank, pressure, openings, safety devices. The rows of tank_codes.csv say which values of a
part may stand in for another; whatever they do not compare is unknown, and unknown is never a fit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from fractions import Fraction

from checklists.goods import gases
from checklists.goods.listing import Goods
from checklists.patterns import pattern
from checklists.values import frozen

Rows = Iterable[Mapping[str, str]]
Accepts = Mapping[tuple[int, str], tuple[str, ...]]

_CODE = pattern(r"([LSCPR])(G|X|[0-9]{1,3}(?:\.[0-9]{1,2})?)([A-D])([VFNH])((?:\((?:M|\+)\))*)")
_PORTABLE = pattern(r"T[1-9][0-9]?")
_PROVISION = pattern(r"T[ACEMTU][0-9]+")
ALUMINIUM = "aluminium"
_ALUMINIUM = pattern(r"铝|alumini?um", re.IGNORECASE)
_OTHER_MATERIAL = pattern(r"[^铝]*钢[^铝]*|(?:(?:carbon|mild|stainless)[_ -]?)?steel|other", re.IGNORECASE)
NO_ALUMINIUM = "TU42"
"""The provision by which a shell of aluminium alloy, lined or not, is only for a pH of 5.0 to 8.0. ADR 2025 4.3.5."""

ASKED = {NO_ALUMINIUM: "ask_shell", "TU14": "ask_caps", "TU15": "ask_food"}
"""Provisions that an officer can look at, with the code of the question: the material of the shell, locked caps, no
foodstuffs. ADR 4.3.5; only the first was read, the others are written from knowledge of the rule."""
GAS = frozenset("CPR")


@frozen
class TankCode:
    """The four parts of a tank code: kind of tank, pressure, openings, safety devices.

    `battery` is the suffix (M): also battery vehicles. `approval` is (+): other use only by the type approval.
    """

    parts: tuple[str, str, str, str]
    battery: bool = False
    approval: bool = False

    def __str__(self) -> str:
        return "".join(self.parts) + "(M)" * self.battery + "(+)" * self.approval


@frozen
class Reason:
    """Why a tank fits or not: a code, and what its words need."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@frozen
class Fit:
    """Whether a tank may be used by its code; None: cannot tell.

    Codes in `because`: same, higher, lower, other_kind, no_tank_code, not_a_tank_code, unknown_part, gas_pressure,
    pressure_enough, pressure_low, pressure_open, type_approval, battery, depends_on_state, not_allowed, not_in_tanks,
    codes_unknown, portable_same, portable_other, depends_on_entry, depends_on_edition, provisions, ask_shell, ask_caps,
    ask_food.
    """

    fits: bool | None
    because: tuple[Reason, ...]


@frozen
class About:
    """What else is known of tank and load; None and empty are not known.

    `state` is solid or liquid, `insulated` whether the tank has thermal insulation, `shell` its material as written
    (see `is_aluminium`), `mixture` a text that may name the mixture of a gas, `gas` the rows of the gas table for the
    goods.
    """

    state: str | None = None
    insulated: bool | None = None
    shell: str | None = None
    mixture: str = ""
    gas: tuple[gases.Filling, ...] = ()


NOTHING = About()


def parse(text: str) -> TankCode | None:
    """Return the parts of one code such as L4BN or P22DH(M), or None where it is not one."""
    found = _CODE.fullmatch(_plain(text))
    if not found:
        return None
    kind, pressure, openings, safety, suffix = found.groups()
    return TankCode((kind, _figure(pressure), openings, safety), "M" in suffix, "+" in suffix)


def fits(asked: str, tank: str, rows: Rows, *, about: About = NOTHING) -> Fit:
    """Whether a tank with the code `tank` may carry goods that ask for `asked`, by the rows of tank_codes.csv.

    Goods with two codes (SGAN;L4BN) ask for the first when solid and for the second when molten or liquid; where
    what is known does not say which, the tank has to fit both.
    """
    codes = [code for code in asked.split(";") if code.strip()]
    if not codes:
        return Fit(None, (Reason("no_tank_code"),))
    if len(codes) > 1 and about.state in ("solid", "liquid"):
        codes = [codes[0] if about.state == "solid" else codes[-1]]
    rows = tuple(rows)
    each = [_fits_one(code, tank, rows, about) for code in codes]
    if all(fit.fits == each[0].fits for fit in each):
        return each[-1]
    reason = Reason("depends_on_state", {"tank": tank, "asked": asked})
    return Fit(None, (reason, *(part for fit in each if not fit.fits for part in fit.because)))


def goods_fit(goods: Goods, tank: str, rows: Rows, *, gas: Rows = (), about: About = NOTHING) -> Fit:
    """Whether a tank with the code may carry the goods: by its hierarchy, with the goods' tank provisions in `because`.

    A portable tank (T11) fits goods that name its instruction; no table here orders the instructions (ADR 4.2.5.2.5).
    `gas` are the rows of the gas table. Where editions in force ask for different tanks and the answers differ, it
    cannot be told.
    """
    found = by_code(goods, tank, tuple(rows), about, tuple(gas))
    if found.fits is False or is_portable(tank) or not goods.tank_code:
        return found
    return _with_provisions(goods, found, about.shell)


def by_code(goods: Goods, tank: str, rows: Rows, about: About, gas: Rows) -> Fit:
    """Whether the code alone may carry the goods, by every code that an edition in force asks for.

    Goods without a code in any edition may not be in a tank that has one. Goods that can be but solid or but liquid are
    that where the state is not known.
    """
    if goods.carriage_status == "carriage_prohibited":
        return Fit(False, (Reason("not_allowed"),))
    if is_portable(tank):
        return _portable(goods, tank)
    only = next(iter(goods.states or ())) if len(goods.states or ()) == 1 else None
    known = replace(about, state=about.state or only, gas=gases.fillings(goods.un, gas, about.mixture))
    rows = tuple(rows)
    codes = goods.told("tank_code") if parse(tank) else [code for code in goods.told("tank_code") if code]
    each = [
        # 4.3.2.1.1: what has no code in column 12 may not be carried in such tanks.
        fits(code, tank, rows, about=known) if code else Fit(False, (Reason("not_in_tanks"),))
        for code in codes
    ]
    if not each:
        return Fit(None, (Reason("codes_unknown"),))
    if all(fit.fits == each[0].fits for fit in each):
        return each[0]
    reasons = {repr(one): one for fit in each for one in fit.because}
    return Fit(
        None, (Reason("depends_on_edition", {"asked": " / ".join(code or "—" for code in codes)}), *reasons.values())
    )


def any_of(
    entries: Iterable[Goods],
    tank: str,
    rows: Rows,
    *,
    gas: Rows = (),
    about: About = NOTHING,
) -> Fit:
    """Whether the tank may carry goods of which only the number is known: where their entries differ, cannot tell."""
    rows, gas = tuple(rows), tuple(gas)
    each = [goods_fit(goods, tank, rows, gas=gas, about=about) for goods in entries]
    reasons = tuple({repr(one): one for fit in each for one in fit.because}.values())
    if not each:
        return Fit(None, (Reason("no_tank_code"),))
    if all(fit.fits == each[0].fits for fit in each):
        return Fit(each[0].fits, reasons)
    return Fit(None, (Reason("depends_on_entry"), *reasons))


def provisions(goods: Goods) -> tuple[Reason, ...]:
    """What the tank has to meet besides its code: the goods' TU, TC, TE, TA, TT and TM numbers (ADR 4.3.5, 6.8.4).

    Every edition's; those that an officer can look at stand by themselves behind them, as questions.
    """
    numbers = provision_numbers(goods)
    named = (Reason("provisions", {"provisions": " ".join(numbers)}),) if numbers else ()
    return (*named, *(Reason(ask) for number, ask in ASKED.items() if number in numbers))


def provision_numbers(goods: Goods) -> tuple[str, ...]:
    """The tank provisions of the goods in any edition in force, the leading one's first."""
    told = goods.told("tank_special_provisions") if "tank_special_provisions" in goods.row else ()
    return tuple(dict.fromkeys(number for cell in told for number in _PROVISION.findall(cell)))


def _with_provisions(goods: Goods, found: Fit, shell: str | None) -> Fit:
    """The answer with what else is asked; a shell of aluminium leaves it open, since no table here tells the pH."""
    told = provisions(goods)
    aluminium = is_aluminium(shell)
    if aluminium is False:
        told = tuple(one for one in told if one.code != ASKED[NO_ALUMINIUM])
    open_ = bool(aluminium) and any(one.code == ASKED[NO_ALUMINIUM] for one in told)
    return Fit(None if open_ else found.fits, (*found.because, *told))


def is_aluminium(shell: str | None) -> bool | None:
    """Whether the material of a shell is aluminium or its alloy; None where its word is not known."""
    if shell and _ALUMINIUM.search(shell):
        return True
    return False if shell and _OTHER_MATERIAL.fullmatch(shell.strip()) else None


def is_portable(text: str) -> bool:
    """Whether the text is a portable tank instruction such as T11."""
    return _PORTABLE.fullmatch(_plain(text)) is not None


def _portable(goods: Goods, tank: str) -> Fit:
    named = [one for one in goods.row.get("portable_tank", "").split(";") if is_portable(one)]
    params = {"tank": _plain(tank), "asked": " ".join(named)}
    if not named:
        return Fit(None, (Reason("codes_unknown"),))
    if params["tank"] in named:
        return Fit(True, (Reason("portable_same", params),))
    return Fit(None, (Reason("portable_other", params),))


def is_code(text: str) -> bool:
    """Whether a text can be read as a tank code or a portable tank instruction."""
    return parse(text) is not None or is_portable(text)


def is_listed(code: TankCode, rows: Rows) -> bool:
    """Whether the table knows every part of a code."""
    accepts = _accepts(code.parts[0], rows)
    return all((part, value) in accepts for part, value in enumerate(code.parts, start=1))


def _fits_one(asked: str, tank: str, rows: Rows, about: About = NOTHING) -> Fit:
    wanted, given = parse(asked), parse(tank)
    if not wanted or not given:
        return Fit(None, (Reason("not_a_tank_code", {"code": tank if wanted else asked}),))
    names = {"asked": str(wanted), "tank": str(given)}
    if given.battery and not wanted.battery and wanted.parts[0] == given.parts[0]:
        # (M) in column 12 names the goods that battery vehicles and MEGCs may carry as well; these are not among them.
        return Fit(None, (Reason("battery", names),))
    if wanted.parts == given.parts:
        return Fit(True, (Reason("same", names),))
    accepts = _accepts(wanted.parts[0], rows)
    if given.parts[0] not in (wanted.parts[0], *accepts.get((1, wanted.parts[0]), ())):
        return Fit(False, (Reason("other_kind", names),))
    pairs = enumerate(zip(wanted.parts, given.parts, strict=True), start=1)
    verdicts = [_part(number, own, its, accepts, about) for number, (own, its) in pairs]
    if lower := [reason for fit, reason in verdicts if fit is False]:
        return Fit(False, tuple(lower))
    if unknown := [reason for fit, reason in verdicts if fit is None]:
        return Fit(None, tuple(unknown))
    # 4.3.4.1.3: a code with (+) stands outside the hierarchy unless the type approval says otherwise.
    if wanted.approval or given.approval:
        return Fit(None, (Reason("type_approval", names),))
    told = [reason for _, reason in verdicts if reason.code == "pressure_enough"]
    return Fit(True, (*told, Reason("higher", names)) if not told or _differ(wanted, given) else tuple(told))


def _differ(wanted: TankCode, given: TankCode) -> bool:
    """Whether more than the pressure of two codes differs."""
    return wanted.parts[2:] != given.parts[2:]


def _part(number: int, wanted: str, given: str, accepts: Accepts, about: About) -> tuple[bool | None, Reason]:
    params = {"part": str(number), "asked": wanted, "tank": given}
    if wanted == given:
        return True, Reason("same", params)
    if number == 2 and "x" in (wanted, given):
        # x is the gas's own test pressure (4.3.3.2.5).
        return _own_pressure(given, about, params)
    if given in accepts.get((number, wanted), ()):
        return True, Reason("higher", params)
    if number == 2 and any((1, kind) in accepts for kind in GAS) and {wanted, given}.isdisjoint("Gx"):
        # In gas codes any figure may stand, and a higher one may be used (4.3.3.1.2).
        higher = Fraction(given) >= Fraction(wanted)
        return higher, Reason("higher" if higher else "lower", params)
    if (number, given) not in accepts or (number, wanted) not in accepts:
        return None, Reason("unknown_part", params)
    return False, Reason("lower", params)


def _own_pressure(given: str, about: About, params: Mapping[str, str]) -> tuple[bool | None, Reason]:
    """Whether the pressure of a tank is enough for the gas itself; what the table leaves open is for the officer."""
    told = gases.pressures_text(about.gas)
    if not told or not re.fullmatch(r"[0-9.]+", given):
        return None, Reason("gas_pressure", params)
    enough = gases.pressure_fits(about.gas, Fraction(given), insulated=about.insulated)
    code = {True: "pressure_enough", False: "pressure_low", None: "pressure_open"}[enough]
    return enough, Reason(code, {**params, "pressures": told})


def _plain(text: str) -> str:
    """Return a code in capitals without spaces; a comma between figures is a point: L1,5BN and L1、5BN are L1.5BN."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return re.sub(r"(?<=[0-9])[,·、](?=[0-9])", ".", plain)


def _figure(pressure: str) -> str:
    """Return the pressure of a code as the table writes it: 4.0 and 04 are 4, X is x."""
    whole, point, part = pressure.partition(".")
    part = part.rstrip("0")
    return (
        (whole.lstrip("0") or "0") + (point and part and f".{part}") if whole.isdigit() else pressure.replace("X", "x")
    )


def _accepts(kind: str, rows: Rows) -> Accepts:
    """For each part and value: the values that may stand in, from the rows of the scope that a kind of tank is in."""
    parts = [row for row in rows if row["kind"] == "part"]
    scopes = {row["scope"] for row in parts if row["part"] == "1" and row["code"] == kind}
    return {
        (int(row["part"]), row["code"]): tuple(filter(None, row["also_accepts"].split(";")))
        for row in parts
        if row["scope"] in scopes
    }
