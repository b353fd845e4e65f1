"""How law is shown: what is verified stands as a basis, what is not says so, what has no clause says that it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists.definitions.citation import citable, cite
from checklists.definitions.definition import Definitions
from checklists.law.model import Citation, Penalty
from checklists.wire import WireError, from_plain

Plain = Mapping[str, Any]

MARKS = ("verified", "unverified", "ended", "missing")


@dataclass(frozen=True)
class Cited:
    """A citation as shown, its text per language; `version` names the law's version.

    `mark` is verified, unverified, ended (verified, but not in force that day) or missing (no clause); `confirmed` says
    when and by whom the office itself confirmed it.
    """

    text: Mapping[str, str]
    mark: str
    version: str = ""
    note: str = ""
    confirmed: str = ""


@dataclass(frozen=True)
class Fine:
    """A penalty range as shown; `cited` is None where no basis is known, the amounts None where the data lack them."""

    cited: Cited | None
    text: Mapping[str, str]
    min_cny: int | None
    max_cny: int | None

    @property
    def verified(self) -> bool:
        """Whether the range may be relied on."""
        return self.cited is not None and self.cited.mark == "verified"

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known of the penalty."""
        return self.cited is None and not self.text and self.min_cny is None and self.max_cny is None


def citations(definitions: Definitions, plain: Iterable[Plain], day: date) -> list[Cited]:
    """Return citations as shown for conduct on that day: each clause once, verified ones first, as on papers."""
    shown = sorted(
        (((one.law, one.clause), _cited(definitions, one, day)) for one in _read(plain)),
        key=lambda pair: MARKS.index(pair[1].mark),
    )
    return list({key: cited for key, cited in reversed(shown)}.values())[::-1]


def fines(definitions: Definitions, plain: Iterable[Plain], day: date) -> list[Fine]:
    """Return penalty ranges as shown for conduct on that day."""
    shown = []
    for one in plain:
        penalty = _penalty(one)
        basis = _cited(definitions, penalty.basis, day) if penalty.basis else None
        shown.append(Fine(basis, penalty.text, penalty.min_cny, penalty.max_cny))
    return [one for one in shown if not one.empty]


def general(definitions: Definitions, use: str, day: date) -> tuple[Mapping[str, str], Cited] | None:
    """Return a clause that holds for every case, by its use, as its wording and the citation; None where unknown."""
    found = next((one for one in definitions.general if one.use == use and one.in_force(day)), None)
    return None if found is None else (found.text, _cited(definitions, found, day))


def _cited(definitions: Definitions, one: Citation, day: date) -> Cited:
    text = {short: cite(definitions, one, lang) for short, lang in (("zh", "zh_CN"), ("en", "en"))}
    return Cited(text, _mark(definitions, one, day), one.version, one.note, one.confirmed)


def _mark(definitions: Definitions, one: Citation, day: date) -> str:
    if not one.clause:
        return "missing"
    if not one.verified:
        return "unverified"
    return "verified" if citable(definitions, [one], day) else "ended"


def _penalty(plain: Plain) -> Penalty:
    try:
        return from_plain(Penalty, _known(Penalty, plain))
    except WireError:  # of a later shape: its words are shown, without a basis
        return Penalty(text={lang: str(text) for lang, text in dict(plain.get("text") or {}).items()})


def _read(plain: Iterable[Plain]) -> list[Citation]:
    found = []
    for one in plain:
        try:
            found.append(from_plain(Citation, _known(Citation, one)))
        except WireError:  # a citation of a later shape: its law is still named, as not verified
            found.append(Citation(str(one.get("law", "")), str(one.get("version", "")), str(one.get("clause", ""))))
    return found


def _known(kind: type, plain: Plain) -> dict[str, Any]:
    """Leave aside keys of a later version: the sealed bytes keep them."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined] # both kinds are dataclasses
    return {key: value for key, value in plain.items() if key in names}
