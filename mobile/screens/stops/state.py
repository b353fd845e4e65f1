"""Stop orders at the post: which this agency gave and may lift, what became of those of this tablet, and a new one.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checklists import words as kernel
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.registry import key_fault
from checklists.inspection.stop_order import DAYS, GIVE, LIFT, MOST_TEXT, REFUSED, OrderAct, last_day
from mobile.inspecting.inspection import Officer
from mobile.inspecting.officers import leaders
from mobile.inspecting.order_book import Book, Given, Order, OwnAct
from mobile.screens.code.state import needs_code
from mobile.screens.shared.ages import clock_words
from mobile.screens.shared.reasons import is_picked, own_words
from mobile.words import _

MODES = ("list", "plate", "give", "lift")
MOST_LINES = 60
_TRAILER = "trailer"


def _mark(message: str) -> str:
    return message


WHY = (
    _mark("Leaks, smokes or smells"),
    _mark("Drove on and did not stop at the post"),
    _mark("Grave defect seen, the vehicle has driven on"),
    _mark("Reported by another post or by the public"),
)
"""Likely reasons for an order. An officer may write his own."""
WHAT = (
    _mark("Stop it, hold it at a safe place, call this post"),
    _mark("Keep people away, stop it only where it is safe, call this post"),
    _mark("Check it in full before it goes on"),
)
"""What has to happen. An officer may write his own."""
WHY_LIFTED = (
    _mark("Put right and looked at again on the spot"),
    _mark("It was another vehicle"),
    _mark("Checked in full: nothing stands against it any more"),
)
"""Likely reasons for lifting. An officer may write his own."""

_COLOURS = {"yellow": "黄", "blue": "蓝", "green": "绿", "yellow_green": "黄绿", "white": "白", "black": "黑"}
"""Colours as they stand behind a plate in an order: data, in the words of every reader of plates."""


@dataclass(frozen=True)
class Typed:
    """What was typed and touched so far; texts are the officer's words."""

    plate: str = ""
    colour: str = ""
    why: str = ""
    what: str = ""
    days: int = DAYS[0]
    basis: str = ""
    leader: str = ""


@dataclass(frozen=True)
class Choice:
    """Something to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """An order. `state` says how it stands, in a tone; `does` is what a touch does: lift, seen, or nothing."""

    key: str
    number: str
    plate: str
    colour: str
    against: str
    authority: str
    text: str
    until: str
    state: str
    tone: str
    does: str = ""


@dataclass(frozen=True)
class Pin:
    """How the PIN stands: who may confirm, who is asked, and what is said of it."""

    leaders: Sequence[Officer] = ()
    chosen: str = ""
    new: bool = False
    unproven: bool = False
    again: bool = False
    trouble: str = ""

    @property
    def asked(self) -> Officer | None:
        """Who is asked: the chosen one, or the only one."""
        only = self.leaders[0] if len(self.leaders) == 1 else None
        return next((one for one in self.leaders if one.id == self.chosen), only)


@dataclass(frozen=True)
class StopsState:
    """All of the screen. `lacking` is what keeps an act from its PIN, `notice` what stands already against the plate.

    `pending` says that no verified clause is there to stand under an order; `note` is what the PIN does.
    """

    mode: str
    lines: tuple[Line, ...] = ()
    empty: str = ""
    plate: str = ""
    colour: str = ""
    title: str = ""
    detail: str = ""
    notice: str = ""
    why: tuple[Choice, ...] = ()
    own_why: str = ""
    what: tuple[Choice, ...] = ()
    own_what: str = ""
    days: tuple[Choice, ...] = ()
    bases: tuple[Choice, ...] = ()
    pending: str = ""
    leaders: tuple[Choice, ...] = ()
    prompt: str = ""
    trouble: str = ""
    ready: bool = False
    code: str = ""
    lacking: str = ""
    note: str = ""

    @property
    def gives(self) -> bool:
        """Whether an order is being given."""
        return self.mode == "give"


def key_of(plate: str, colour: str) -> tuple[str, str]:
    """Return what an order against a plate is about, as `on` and `key`: a trailer by the form of its plate."""
    form = read_plate(plate).form
    named = _COLOURS.get(colour, "")
    return (_TRAILER, plate) if form.startswith(_TRAILER) else ("vehicle", f"{plate}{named}")


def act_of(typed: Typed) -> OrderAct:
    """Return the act that gives the order that was typed; it has its number once it is sealed."""
    on, key = key_of(typed.plate, typed.colour)
    return OrderAct(GIVE, "", "", on, key, typed.why.strip(), typed.what.strip(), typed.days, typed.basis)


def lift_of(one: Given, why: str) -> OrderAct:
    """Return the act that lifts an order."""
    return OrderAct(LIFT, one.number, one.authority, one.on, one.key, why.strip())


def line_key(order: Order) -> str:
    """Return what names an order on the screen."""
    return "|".join(order)


def liftable(book: Book) -> dict[str, Given]:
    """Return the orders that may be lifted here, by their key on the screen."""
    return {line_key(order): one for order, one in book.liftable.items()}


def underway(book: Book) -> dict[Order, str]:
    """Return how the orders stand that were given here and of which the office has not said that they stand."""
    return {one.order: _how(one)[1] for one in book.underway}


def list_state(book: Book) -> StopsState:
    """Return the list: what needs somebody first, then what is on its way, then all that this agency may lift."""
    may_lift = book.liftable
    coming = [one for one in book.acts if one.counts and not one.refused and (one.act.do == LIFT or book.stands(one))]
    shown = {one.order for one in coming}
    rest = [one for one in book.given if one.order not in shown]
    lines = (
        *(_act_line(one, "seen") for one in reversed(book.unread)),
        *(_act_line(one, "lift" if one.act.do == GIVE and one.order in may_lift else "") for one in reversed(coming)),
        *(_given_line(one, "lift" if one.order in may_lift else "") for one in rest),
    )
    empty = "" if lines else _("No stop order of your agency is known here.")
    return StopsState("list", lines[:MOST_LINES], empty)


def give_state(typed: Typed, book: Book, pin: Pin, bases: Sequence[str], stands: Iterable[str] = ()) -> StopsState:
    """Return an order that is being given; `bases` are verified clauses, `stands` the orders against that plate."""
    numbers = "、".join(stands)
    told = _("A stop order stands already: {numbers}. A second one stands beside it.").format(numbers=numbers)
    return replace(
        _confirming(pin, _lacking(typed)),
        mode="give",
        plate=typed.plate,
        colour=typed.colour,
        title=_("Give a stop order"),
        notice=told if numbers else "",
        why=tuple(Choice(_(one), _(one), is_picked(one, typed.why)) for one in WHY),
        own_why=own_words(WHY, typed.why),
        what=tuple(Choice(_(one), _(one), is_picked(one, typed.what)) for one in WHAT),
        own_what=own_words(WHAT, typed.what),
        days=tuple(Choice(str(one), _days(one, book.today), one == typed.days) for one in (*DAYS, 0)),
        bases=tuple(Choice(one, one, one == typed.basis) for one in bases),
        pending="" if bases else _("Legal basis: to be verified. No verified clause is on this tablet."),
        note=_("It stops the vehicle on this tablet at once, on the others once the office has it."),
    )


def lift_state(one: Given, why: str, pin: Pin) -> StopsState:
    """Return an order that is being lifted."""
    plate, colour = _shown(one.on, one.key)
    lacking = "" if why.strip() else _("Say why first")
    return replace(
        _confirming(pin, lacking),
        mode="lift",
        plate=plate,
        colour=colour,
        title=_("Lift stop order {number}").format(number=one.number),
        detail="\n".join(each for each in (f"{one.authority} · {_against(one.on, one.key)}", one.text) if each),
        why=tuple(Choice(_(each), _(each), is_picked(each, why)) for each in WHY_LIFTED),
        own_why=own_words(WHY_LIFTED, why),
        note=_("It is lifted on this tablet at once, on the others once the office has it."),
    )


def leaders_of(rows: Iterable[Mapping[str, Any]], agency: str) -> tuple[Officer, ...]:
    """Return who may give and lift here: the leaders of the tablet's own agency."""
    return tuple(one for one in leaders(rows) if one.agency == agency)


def _confirming(pin: Pin, lacking: str) -> StopsState:
    one = pin.asked
    return StopsState(
        "give",
        leaders=tuple(Choice(each.id, each.name, each is one) for each in pin.leaders),
        prompt=_prompt(pin, lacking),
        trouble=pin.trouble,
        ready=one is not None and not lacking,
        code=needs_code(one.name) if one and pin.unproven and not lacking else "",
        lacking=lacking,
    )


def _prompt(pin: Pin, lacking: str) -> str:
    if not pin.leaders:
        return _("The office has named no leader of your agency for this tablet.")
    if lacking:
        return lacking
    if pin.asked is None:
        return _("Choose the leader first")
    name = pin.asked.name
    if not pin.new:
        return _("PIN of {name}").format(name=name)
    said = _("{name}: the same PIN again") if pin.again else _("{name}: set a PIN of 6 to 12 digits")
    return said.format(name=name)


def _lacking(typed: Typed) -> str:
    if not typed.plate or key_fault("vehicle", typed.plate) is not None:
        return _("Enter the plate first")
    if not typed.why.strip():
        return _("Say why first")
    if not typed.what.strip():
        return _("Say what has to happen")
    return _("Too long: shorten the words") if len(act_of(typed).told) > MOST_TEXT else ""


def _days(days: int, today: date) -> str:
    if not days:
        return _("Until lifted")
    last = last_day(OrderAct(GIVE, "", "", "", "", "", days=days), today)
    if last is None or days == 1:
        return _("Today")
    return _("{n} days, to {day}").format(n=days, day=f"{last:%m-%d}")


def _act_line(one: OwnAct, does: str) -> Line:
    tone, state = _how(one)
    said = one.act.told if one.act.do == GIVE else _("Lifting: {why}").format(why=one.act.why)
    who = " · ".join((one.act.authority, one.officer, clock_words(one.at)))
    key = one.digest if does == "seen" else line_key(one.order)
    last = last_day(one.act, one.first) if one.act.do == GIVE else None
    return _line(key, one.act.number, (one.act.on, one.act.key), who, said, str(last or ""), (tone, state), does)


def _given_line(one: Given, does: str) -> Line:
    stands, about = ("danger", _("Stands everywhere")), (one.on, one.key)
    return _line(line_key(one.order), one.number, about, one.authority, one.text, one.until, stands, does)


def _line(
    key: str, number: str, about: tuple[str, str], who: str, text: str, until: str, how: tuple[str, str], does: str
) -> Line:
    plate, colour = _shown(*about)
    last = _("to {day}").format(day=until) if until else ""
    against = "" if plate else _against(*about)
    return Line(key, number, plate, colour, against, who, text, last, how[1], how[0], does)


def _how(one: OwnAct) -> tuple[str, str]:
    """Return in which tone, and in which words, an act of this tablet stands."""
    if one.answer.get("state") == REFUSED:
        codes = [str(code) for code in one.answer.get("codes") or ()]
        return "danger", _("The office did not take it: {why}").format(why="；".join(refusal_words(c) for c in codes))
    if one.state == "rejected":
        why = str(one.problem.get("code") or "")
        return "danger", _("The office did not take it: {why}").format(why=why)
    if one.state == "waiting":
        return "unknown", _("Of this tablet, not delivered yet")
    return "unknown", _("Delivered; the office has not answered yet")


def refusal_words(code: str) -> str:
    """Return why the office made nothing of an act; a code that this version does not know stays as it is."""
    known = {
        "missing": _("something is missing"),
        "number": _("this is no plate or number of that kind"),
        "until": _("its last day was over when it arrived"),
        "basis": _("its legal basis is not verified or not in force"),
        "given": _("this number was given already"),
        "role": _("who confirmed it leads no team"),
        "reason": _("the reason is missing"),
        "unknown": _("the office knows no such order"),
        "lifted": _("it was lifted already"),
        "foreign": _("another agency gave it"),
        "origin": _("who confirmed it is not known in the agency of this tablet"),
        "revoked": _("this tablet was revoked before it arrived"),
    }
    return known.get(code, code)


def _shown(on: str, key: str) -> tuple[str, str]:
    """Return what is drawn as a plate, with its colour; nothing where it is none."""
    if on not in ("vehicle", _TRAILER):
        return "", ""
    read = read_plate(key)
    return read.signs or key, read.colour or ("yellow" if on == _TRAILER else "")


def _against(on: str, key: str) -> str:
    return f"{_(kernel.UNITS.get(on, on))} {key}"
