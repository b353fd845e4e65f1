"""Numbers that people and vehicles carry: read, checked, and what is wrong with them.

A problem never refuses a number. A warning, and an error that may be `overridden`, is kept with a reason: papers in the
field are older and stranger than any rule. Words for the codes are made where they are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, field
from datetime import date

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

COLOURS = {
    "ordinary": ("yellow", "blue"),
    "trailer": ("yellow",),
    "nev_large": ("yellow_green",),
    "nev_small": ("green",),
    "special": ("yellow", "blue", "white", "black"),
}
"""Form of a plate → its colours: yellow heavy, blue light; new-energy: yellow and green large, green small."""

_LETTER, _SIGN = "[A-HJ-NP-Z]", "[A-HJ-NP-Z0-9]"
_PLATES = {
    "ordinary": f"[{PROVINCES}]{_LETTER}{_SIGN}{{5}}",
    "trailer": f"[{PROVINCES}]{_LETTER}{_SIGN}{{4}}挂",
    "special": f"[{PROVINCES}]{_LETTER}{_SIGN}{{4}}[学警港澳]",
    "nev_large": f"[{PROVINCES}]{_LETTER}[0-9]{{5}}[A-HJK]",
    "nev_small": f"[{PROVINCES}]{_LETTER}[A-HJK]{_SIGN}[0-9]{{4}}",
}
_AREA = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""First two figures of an identity number: the province."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)


@dataclass(frozen=True)
class Problem:
    """What is wrong: a code, `error` or `warn`, what its words need; `overridden`: an error that a reason may keep."""

    code: str
    severity: str
    params: Mapping[str, str] = field(default_factory=dict)
    overridden: bool = False


@dataclass(frozen=True)
class Check:
    """A number as it is kept, and what is wrong with it. `form` says which of its kind it is (plate: trailer, ...)."""

    kind: str
    value: str
    problems: tuple[Problem, ...] = ()
    form: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong, not even a warning."""
        return not self.problems


def check_plate(text: str, colour: str | None = None) -> Check:
    """Check a number plate: ordinary, trailer (挂), large or small new-energy, or special (学警港澳). Warnings.

    Plate and colour are one key: `colour` is a name of COLOURS, `""` where it was left out (an error), None where it is
    not asked. The forms are those in use, not quoted from a standard.
    """
    value = re.sub(r"[-·•.]", "", _compact(text))
    form = _plate_form(value)
    problems = [] if form else [_bad_plate(value)]
    if colour == "":
        problems.append(Problem("plate_colour_missing", "error"))
    elif colour is not None and colour not in COLOURS.get(form, (colour,)):
        expected = ";".join(COLOURS[form])
        problems.append(Problem("plate_colour", "warn", {"colour": colour, "expected": expected}))
    return Check("plate", value, tuple(problems), form)


def check_id(text: str) -> Check:
    """Check an 18-digit resident identity number (GB 11643): province, real date of birth, check sign. Errors."""
    value = _compact(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        return _one("id", value, "format", "error", {"expected": "18"})
    problems = []
    if not _AREA.match(value):
        problems.append(Problem("id_area", "error", {"area": value[:2]}))
    if not _is_day(value[6:14]):
        problems.append(Problem("id_birth", "error", {"date": value[6:14]}))
    expected = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(value, _ID_WEIGHTS, strict=False)) % 11]
    if value[17] != expected:
        problems.append(Problem("check_sign", "error", {"found": value[17]}))
    return Check("id", value, tuple(problems))


def check_uscc(text: str) -> Check:
    """Check a unified social credit code: 18 signs with a check sign. Errors that a reason may keep."""
    value = _compact(text)
    if re.fullmatch(f"[{_USCC_SIGNS}]{{18}}", value):
        if _uscc_sign(value) == value[17]:
            return Check("uscc", value)
        return _one("uscc", value, "check_sign", "error", {"found": value[17]}, overridden=True)
    meant = value.replace("I", "1").replace("O", "0")
    if meant != value and re.fullmatch(f"[{_USCC_SIGNS}]{{18}}", meant) and _uscc_sign(meant) == meant[17]:
        return _one("uscc", value, "confusable", "error", {"suggestion": meant}, overridden=True)
    code = "uscc_old" if re.fullmatch(r"[0-9]{15}|[0-9A-Z]{8}-?[0-9X]", value) else "format"
    return _one("uscc", value, code, "error", {"expected": "18"}, overridden=True)


def check_vin(text: str) -> Check:
    """Check a vehicle identification number (GB 16735): 17 signs without I, O, Q; check sign in place 9. Warnings."""
    value = _compact(text)
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", value):
        meant = value.translate(str.maketrans("IOQ", "100"))
        if meant != value and re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", meant):
            return _one("vin", value, "confusable", "warn", {"suggestion": meant})
        return _one("vin", value, "format", "warn", {"expected": "17"})
    rest = (
        sum((_VIN_VALUES.get(sign) or int(sign)) * weight for sign, weight in zip(value, _VIN_WEIGHTS, strict=True))
        % 11
    )
    if value[8] != "0123456789X"[rest]:
        return _one("vin", value, "check_sign", "warn", {"found": value[8]})
    return Check("vin", value)


def check_un(text: str, known: Container[str] | None = None) -> Check:
    """Check a UN number: four digits, with or without UN; in the goods list where one is given. Warnings."""
    found = re.fullmatch(r"(?:UN[-.:]?)?([0-9]{4})", _compact(text))
    if not found:
        return _one("un", _compact(text), "format", "warn", {"expected": "4"})
    value = found[1]
    if known is not None and value not in known:
        return _one("un", value, "un_unknown", "warn", {"un": value})
    return Check("un", value)


def check_hazard_id(text: str, known: Container[str] | None = None, of_goods: Collection[str] | None = None) -> Check:
    """Check a hazard identification number: an X or none, two or three digits; 1.5D in class 1. Warnings.

    `known` are the numbers of the list, `of_goods` those of the goods on the lower half of the same plate.
    """
    value = _compact(text)
    if not re.fullmatch(r"X?[0-9]{2,3}|1\.5D", value):
        return _one("hazard_id", value, "format", "warn", {"expected": "2-3"})
    if of_goods is not None and value not in of_goods:
        return _one("hazard_id", value, "hazard_other_goods", "warn", {"expected": ";".join(sorted(of_goods))})
    if known is not None and value not in known:
        return _one("hazard_id", value, "hazard_unknown", "warn", {"hazard_id": value})
    return Check("hazard_id", value)


def check_permit(text: str) -> Check:
    """Check a vehicle's road transport permit number (道路运输证号): 6 to 24 signs, figures among them. Warnings."""
    value = _compact(text)
    if not 6 <= len(value) <= 24 or not re.search("[0-9]", value):
        return _one("permit", value, "format", "warn", {"expected": "6-24"})
    return Check("permit", value)


def check_licence(text: str) -> Check:
    """Check a carrier's road transport licence number (经营许可证号): any text with twelve digits. Warnings."""
    value = _compact(text)
    if not re.search(r"(?<![0-9])[0-9]{12}(?![0-9])", value):
        return _one("licence", value, "format", "warn", {"expected": "12"})
    return Check("licence", value)


def check_qualification(text: str) -> Check:
    """Check an occupational qualification number (从业资格证号): the identity number, or 19 digits of old. Warnings."""
    value = _compact(text)
    if re.fullmatch(r"[0-9]{19}", value):
        return Check("qualification", value, form="old")
    problems = tuple(Problem(one.code, "warn", one.params) for one in check_id(value).problems)
    return Check("qualification", value, problems, form="id")


def check_phone(text: str) -> Check:
    """Check a mainland mobile number: eleven digits from 13 to 19; +86 is left out. Warnings."""
    value = _compact(text).replace("-", "")
    found = re.fullmatch(r"(?:(?:\+|00)86)?(1[3-9][0-9]{9})", value)
    return Check("phone", found[1]) if found else _one("phone", value, "format", "warn", {"expected": "11"})


_GUESSES: tuple[tuple[str, Callable[[str], Check]], ...] = (
    (r"UN[-.:]?[0-9]{4}|[0-9]{4}", check_un),
    (r"X?[0-9]{2,3}|1\.5D", check_hazard_id),
    (rf"[{PROVINCES}][A-Z][-·•.]?[A-Z0-9]{{4,6}}[挂学警港澳]?", check_plate),
    (r"(?:(?:\+|00)86)?1[3-9][0-9]-?[0-9]{4}-?[0-9]{4}", check_phone),
    (r"[0-9]{17}[0-9X]", check_id),
    (r"[0-9A-Z]{18}", check_uscc),
    (r"[0-9A-Z]{17}", check_vin),
    (r"[0-9]{19}", check_qualification),
    (r".*(?<![0-9])[0-9]{12}(?![0-9]).*", check_licence),
)
"""Shape of a text → what it may be, the first whose check finds nothing wrong."""


def identify(text: str) -> Check | None:
    """What a text is: of the kinds whose shape it has, the first without a problem, else the first; None: no kind."""
    value = _compact(text)
    checks = [check(text) for shape, check in _GUESSES if re.fullmatch(shape, value, re.DOTALL)]
    return next((check for check in checks if check.ok), checks[0] if checks else None)


def _compact(text: str) -> str:
    """Text in capitals and half width, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _one(
    kind: str, value: str, code: str, severity: str, params: Mapping[str, str], *, overridden: bool = False
) -> Check:
    problem = Problem(code if value else "empty", severity, params if value else {}, overridden)
    return Check(kind, value, (problem,))


def _plate_form(value: str) -> str:
    return next((form for form, shape in _PLATES.items() if re.fullmatch(shape, value)), "")


def _bad_plate(value: str) -> Problem:
    """I and O are on no plate: 1 and 0 are meant, behind the letter that follows the province."""
    meant = value[:2] + value[2:].replace("I", "1").replace("O", "0")
    if meant != value and _plate_form(meant):
        return Problem("confusable", "warn", {"suggestion": meant})
    return Problem("format" if value else "empty", "warn", {"expected": "7-8"} if value else {})


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _uscc_sign(value: str) -> str:
    total = sum(_USCC_SIGNS.index(sign) * weight for sign, weight in zip(value, _USCC_WEIGHTS, strict=False))
    return _USCC_SIGNS[(31 - total % 31) % 31]
