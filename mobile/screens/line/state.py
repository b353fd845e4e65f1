"""The line of vehicles that wait at the post: who is next, who has whom in hand, who went on unchecked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from checklists import words as kernel
from checklists.inspection.line import REASONS, SORTS, Vehicle
from mobile.pairing.hands import in_hand
from mobile.pairing.session import Peer
from mobile.screens.shared.ages import age_words, clock_words
from mobile.screens.shared.trouble import code_words
from mobile.words import _, n_

NEAR = timedelta(seconds=12)
"""Who was heard within this time is in contact: four tries."""
LONG_WAIT, TOO_LONG_WAIT = 15, 30
"""Minutes in line after which a wait is shown as long, and as too long. Ours."""

MODES = ("line", "plate", "pass", "pair")


@dataclass(frozen=True)
class Choice:
    """Something to choose."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """A vehicle of the line. `number` is its place, empty where it waits no longer; `picture` is base64.

    `can` is what a touch can do: take and pass, back, leave (to the other officer who has it too), or nothing.
    """

    key: str
    number: str
    plate: str
    colour: str
    sort: str
    words: str
    tone: str
    by: str
    picture: str = ""
    can: str = ""


@dataclass(frozen=True)
class Other:
    """Another tablet of the post: who works with it, what it has in hand, and how fresh that is."""

    device: str
    name: str
    words: str
    tone: str
    hand: str


@dataclass(frozen=True)
class Heard:
    """What only the running pairing knows: when each tablet was heard, why not, and the code on offer."""

    peers: tuple[Peer, ...] = ()
    heard: Mapping[str, datetime] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)
    paired: bool = False
    code: str = ""
    until: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineState:
    """All of the screen. `mode` is one of MODES; `notices` are (tone, words)."""

    mode: str
    rows: tuple[Row, ...]
    others: tuple[Other, ...]
    counts: str
    notices: tuple[tuple[str, str], ...] = ()
    paired: bool = False
    code: str = ""
    code_words: str = ""
    asked: str = ""
    reasons: tuple[Choice, ...] = ()
    sorts: tuple[Choice, ...] = ()


def line_state(
    vehicles: Sequence[Vehicle],
    device: str,
    now: datetime,
    heard: Heard | None = None,
    *,
    mode: str = "line",
    asked: str = "",
    clashes: Iterable[tuple[str, str]] = (),
) -> LineState:
    """Return the line as this tablet knows it; `asked` is the vehicle that a plate or a reason is asked for."""
    heard = heard or Heard()
    waiting = [one for one in vehicles if one.state == "waiting"]
    taken = [one for one in vehicles if one.state == "taken"]
    passed = [one for one in vehicles if one.state == "passed"]
    rows = (
        *(_waiting(one, number, now) for number, one in enumerate(waiting, start=1)),
        *(_taken(one, device) for one in reversed(taken)),
        *(_passed(one) for one in reversed(passed)),
    )
    return LineState(
        mode=mode,
        rows=rows,
        others=tuple(_other(one, heard, now) for one in heard.peers),
        counts=_counts(waiting, taken, passed),
        notices=_notices(heard, clashes, mode),
        paired=heard.paired,
        code=heard.code,
        code_words=_("lets in until {time}").format(time=clock_words(heard.until)) if heard.code else "",
        asked=_asked(vehicles, asked, mode),
        reasons=tuple(Choice(one, _(kernel.PASSED[one])) for one in REASONS),
        sorts=tuple(Choice(one, _(kernel.SORTS[one])) for one in SORTS),
    )


def next_words(vehicles: Sequence[Vehicle], now: datetime) -> tuple[str, str]:
    """Return who is next in line, as its id and words; empty where nobody waits."""
    found = next((one for one in vehicles if one.state == "waiting"), None)
    if found is None:
        return "", ""
    said = _("Next: {vehicle} · {n} min").format(vehicle=called(found), n=_minutes(found, now))
    return found.id, said


def clash_words(plate: str, name: str) -> str:
    """Return that another officer has a vehicle in hand too."""
    return code_words("line_taken_twice", facts={"plate": plate or _("A vehicle"), "name": name})


def called(one: Vehicle) -> str:
    """Return what a vehicle is called: its plate, else what it looks like."""
    return one.plate or _(kernel.SORTS.get(one.sort, "truck"))


def _waiting(one: Vehicle, number: int, now: datetime) -> Row:
    minutes = _minutes(one, now)
    tone = "neutral" if minutes < LONG_WAIT else "unknown" if minutes < TOO_LONG_WAIT else "danger"
    said = n_("waits {n} min", "waits {n} min", minutes)
    return _row(one, str(number), said, tone, one.came.name, can="take")


def _taken(one: Vehicle, device: str) -> Row:
    mine = any(take.device == device for take in one.takes)
    names = "、".join(dict.fromkeys(take.name for take in one.takes))
    if one.clashes:
        said = _("in two checks: {names}") if len(one.takes) > 1 else _("in hand: {names}; also let go on")
        return _row(one, "", said.format(names=names), "danger", _since(one), can="leave" if mine else "")
    return _row(one, "", _("in hand: {names}").format(names=names), "primary", _since(one))


def _passed(one: Vehicle) -> Row:
    assert one.passed is not None  # noqa: S101 - what passed was said to
    reason = str(one.passed.value.get("reason") or "")
    tone = "neutral" if reason == "mistake" else "unknown"
    said = _("unchecked: {why}") if reason != "mistake" else "{why}"
    by = f"{one.passed.name} · {clock_words(one.passed.at)}"
    return _row(one, "", said.format(why=_(kernel.PASSED.get(reason, reason))), tone, by, can="back")


def _row(one: Vehicle, number: str, said: str, tone: str, by: str, *, can: str = "") -> Row:
    sort = _(kernel.SORTS.get(one.sort, ""))
    return Row(one.id, number, one.plate, one.colour, sort, said, tone, by, one.picture, can)


def _since(one: Vehicle) -> str:
    return _("taken {time}").format(time=clock_words(min(take.at for take in one.takes)))


def _minutes(one: Vehicle, now: datetime) -> int:
    return max(0, (now - datetime.fromisoformat(one.came.at)) // timedelta(minutes=1))


def _counts(waiting: Sequence[Vehicle], taken: Sequence[Vehicle], passed: Sequence[Vehicle]) -> str:
    unchecked = sum(one.passed is not None and one.passed.value.get("reason") != "mistake" for one in passed)
    said = _("Waiting {waiting} · taken {taken} · went on unchecked {unchecked}")
    return said.format(waiting=len(waiting), taken=len(taken), unchecked=unchecked)


def _other(peer: Peer, heard: Heard, now: datetime) -> Other:
    """Return another tablet, and how old its word is: without contact each goes on by itself."""
    at, hand = heard.heard.get(peer.device), in_hand(peer)
    done = int(peer.facts.get("done") or 0) if isinstance(peer.facts.get("done"), int) else 0
    told = _("in hand {hand} · sealed {done}").format(hand=len(hand), done=done)
    trouble = heard.troubles.get(peer.device, "")
    if at is not None and abs(now - at) <= NEAR and not trouble:
        seconds = max(0, int((now - at).total_seconds()))
        words, tone = _("in contact, {n} s ago").format(n=seconds), "good"
    else:
        age = age_words(at.isoformat() if at is not None else peer.heard_at, now)
        why = code_words(trouble) if trouble and trouble != "pair_unreachable" else _("no contact")
        words, tone = _("{why}; its list is {age}").format(why=why.rstrip("。."), age=age), "unknown"
    plates = " ".join(one["plate"] or "?" for one in hand)
    return Other(peer.device, peer.name or _("a tablet"), f"{told} · {words}", tone, plates)


def _notices(heard: Heard, clashes: Iterable[tuple[str, str]], mode: str) -> tuple[tuple[str, str], ...]:
    said = [("danger", clash_words(plate, name)) for plate, name in clashes]
    if mode == "pair" and not heard.addresses:
        said.append(("unknown", _("This tablet is in no local network: turn on its hotspot, or join the other's.")))
    if mode == "pair" and (refused := heard.troubles.get("", "")):
        said.append(("danger", code_words(refused)))
    return tuple(said)


def _asked(vehicles: Sequence[Vehicle], asked: str, mode: str) -> str:
    found = next((one for one in vehicles if one.id == asked), None)
    if mode == "pass":
        name = called(found) if found else _("A vehicle that stood in no line")
        return _("{vehicle}: why does it go on unchecked?").format(vehicle=name)
    if mode == "plate":
        return _("{vehicle}: its plate").format(vehicle=called(found)) if found else _("The plate of the next in line")
    return ""
