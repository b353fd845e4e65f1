"""Whether two numbers are the same, may be, or are certainly different. Only what is certainly different accuses.

A number that cannot be read (no form, a hidden sign) may be any other; one whose check sign does not hold may be
another that differs in a single sign; different papers of one person have different numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from checklists.facts.identifiers.confusable import ALIKE
from checklists.facts.identifiers.id_papers import OLD, Paper, modern, paper_of
from checklists.facts.identifiers.keys import fold, number_key, permit_key, person_key
from checklists.facts.identifiers.masks import ANY, fits, is_masked, masked, open_signs
from checklists.facts.identifiers.model import SEPARATORS, compact
from checklists.facts.identifiers.plate_forms import Plate, read_plate
from checklists.patterns import pattern

Likeness = Literal["same", "may_be", "different"]
Colours = tuple[str, str]
SAME: Likeness = "same"
MAY_BE: Likeness = "may_be"
DIFFERENT: Likeness = "different"

_ENOUGH = 8
"""So many open signs that agree are a person's number: the area and the end, or more. Ours."""

_FEW = 3
"""So many figures of a number's end are what people call a tank by."""
_VIN = pattern("[A-HJ-NPR-Z0-9]{17}")

_LOOKS = str.maketrans({sign: min((sign, *alike)) for sign, alike in ALIKE.items() if sign not in "VUY"})


def compare(kind: str, one: str | None, other: str | None, colours: Colours = ("", "")) -> Likeness:
    """Compare two numbers of a kind of `keys.FOLDS`; one that is missing may be any.

    `colours` are those of two plates where they are known beside the signs, several joined by a bar where each may be.
    The same signs in two colours are two vehicles.
    """
    if not one or not other:
        return MAY_BE
    if kind == "person":
        return compare_ids(one, other) or MAY_BE
    return _KINDS.get(kind, _written)(one, other, colours)


def compare_ids(one: str, other: str) -> Likeness | None:
    """Compare two numbers of people, whole or with hidden signs; None where they say nothing of each other."""
    if is_masked(one) or is_masked(other):
        return _compare_masked(masked(one), masked(other))
    first, second = person_key(one), person_key(other)
    if first == second:
        return SAME if first else None
    papers = paper_of(first), paper_of(second)
    kinds = {paper.kind for paper in papers if paper}
    if None in papers or len(kinds) > 1:
        return MAY_BE if one_slip(first, second) else None
    return MAY_BE if not _vouched(papers) and one_slip(first, second) else DIFFERENT


def _vouched(papers: tuple[Paper | None, ...]) -> bool:
    """Whether check signs say that neither number was mistyped."""
    return all(paper is not None and paper.kind in ("", "permanent_residence") and paper.holds for paper in papers)


def _compare_masked(one: str, other: str) -> Likeness | None:
    """The open signs agree, or differ in one that nothing vouches for, or say that it is another."""
    pairs = [(a, b) for a in _lengths(one) for b in _lengths(other)]
    if any(fits(a, b) for a, b in pairs):
        return SAME if max(min(open_signs(a), open_signs(b)) for a, b in pairs) >= _ENOUGH else MAY_BE
    same_length = [(a, b) for a, b in pairs if len(a) == len(b)]
    if not same_length:
        return None
    wrong = min(sum(ANY not in (x, y) and x != y for x, y in zip(a, b, strict=True)) for a, b in same_length)
    return MAY_BE if wrong <= 1 else DIFFERENT


def _lengths(number: str) -> tuple[str, ...]:
    """The number with 18 signs and with 15, as far as it can be had in both."""
    paper = paper_of(number) if ANY not in number else None
    if paper and paper.kind == OLD:
        return number, modern(number)
    if paper and paper.kind == "" and number[6:8] == "19":
        return number, number[:6] + number[8:17]
    return (number,)


def one_slip(one: str, other: str) -> bool:
    """Whether two texts differ in one sign, a sign too many or two neighbours exchanged."""
    if len(one) == len(other):
        wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        first = wrong[0] if wrong else 0
        swapped = len(wrong) == 2 and wrong[1] == first + 1 and one[first : first + 2] == other[first : first + 2][::-1]
        return len(wrong) <= 1 or swapped
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _plates(one: str, other: str, colours: Colours = ("", "")) -> Likeness:
    first, second = read_plate(one), read_plate(other)
    if first.signs == second.signs:
        named, seen = (
            set(plate.colours or beside.split("|")) - {""}
            for plate, beside in zip((first, second), colours, strict=True)
        )
        return DIFFERENT if named and seen and not named & seen else SAME
    if not (_is_read(first) and _is_read(second)):
        return MAY_BE
    # 京民航1234 without its province; no plate of a vehicle on the road ends in another's.
    return MAY_BE if first.signs.endswith(second.signs) or second.signs.endswith(first.signs) else DIFFERENT


def _is_read(plate: Plate) -> bool:
    return plate.form not in ("", "none", "trailer_unmarked")


def _trailers(one: str, other: str, colours: Colours = ("", "")) -> Likeness:
    """Where a trailer's plate is asked for, six signs are one without its 挂."""
    whole = [number_key(each) if read_plate(each).form == "trailer_unmarked" else each for each in (one, other)]
    return _plates(whole[0], whole[1], colours)


def _permits(one: str, other: str, _colours: Colours = ("", "")) -> Likeness:
    """Permits by their figures; one that gives fewer of them (the last six, all but one) may be the other."""
    first, second = permit_key(one), permit_key(other)
    if first == second:
        return SAME
    if not (first.isdigit() and second.isdigit()) or is_masked(one) or is_masked(other):
        return MAY_BE
    missed = len(first) != len(second) and one_slip(first, second)
    return MAY_BE if missed or first in second or second in first else DIFFERENT


def _companies(one: str, other: str, _colours: Colours = ("", "")) -> Likeness:
    """Credit codes; one of another length is of another kind (the old number of 15 figures), or lacks signs."""
    found = _written(one, other)
    lengths = {len(compact(text, SEPARATORS)) for text in (one, other)}
    unlike = len(lengths) > 1 and not (is_masked(one) or is_masked(other))
    return MAY_BE if found == DIFFERENT and unlike else found


def _written(one: str, other: str, _colours: Colours = ("", "")) -> Likeness:
    """Numbers of no fixed form: what looks alike, holds the other or hides signs may be the same."""
    first, second = number_key(one), number_key(other)
    if first == second:
        return SAME
    if is_masked(one) or is_masked(other):
        return MAY_BE if fits(masked(one), masked(other)) else DIFFERENT
    if not (first and second) or first in second or second in first:
        return MAY_BE
    if first.translate(_LOOKS) == second.translate(_LOOKS) or _parts(one) == _parts(other) or _is_end(one, other):
        return MAY_BE
    return DIFFERENT if re.search("[0-9]", first) and re.search("[0-9]", second) else MAY_BE


def _tanks(one: str, other: str, _colours: Colours = ("", "")) -> Likeness:
    """A tank by its number; where one of two is a vehicle's identification number, they are of two kinds."""
    found = _written(one, other)
    kinds = {bool(_VIN.fullmatch(number_key(text))) for text in (one, other)}
    return MAY_BE if found == DIFFERENT and len(kinds) > 1 else found


def _is_end(one: str, other: str) -> bool:
    """Whether one is written with figures alone, all of which the other has: 第0815号罐 and G2019-0815."""
    bare, whole = sorted((one, other), key=lambda text: bool(re.search("[A-Za-z]", compact(text))))
    figures = re.findall("[0-9]+", compact(bare))
    alone = not re.search("[A-Za-z]", compact(bare)) and max(map(len, figures), default=0) >= _FEW
    return alone and set(figures) <= set(re.findall("[0-9]+", compact(whole)))


def _parts(text: str) -> list[str]:
    """Return the runs of letters and of figures of a number, without noughts in front: GT-2020-01 as GT, 2020, 1."""
    return [part.lstrip("0") for part in re.findall(r"[0-9]+|[^\W\d_]+", compact(text))]


def _folded(kind: str) -> Callable[[str, str, Colours], Likeness]:
    """Compare by the fold alone, for kinds whose form is fixed; what has no fold cannot be read."""

    def judge(one: str, other: str, _colours: Colours = ("", "")) -> Likeness:
        first, second = fold(kind, one), fold(kind, other)
        return MAY_BE if not (first and second) else SAME if first == second else DIFFERENT

    return judge


_KINDS: Mapping[str, Callable[[str, str, Colours], Likeness]] = {
    "plate": _plates,
    "trailer": _trailers,
    "tank": _tanks,
    "uscc": _companies,
    "permit": _permits,
    "licence": _permits,
    "un": _folded("un"),
    "hazard_id": _folded("hazard_id"),
}
