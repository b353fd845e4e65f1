"""Two tablets at one vehicle: who is here, how far each has come, the code to join, the codes to carry. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.inspection.entries import conflicts
from mobile.inspecting.inspection import Held
from mobile.pairing.frames import Collected
from mobile.pairing.session import Peer, Session
from mobile.screens.pair.cosignature.state import Told, cosigning, to_sign
from mobile.screens.pair.peers.state import PeerCard, Runs, Tone, peer_card
from mobile.screens.shared.ages import clock_words
from mobile.screens.shared.trouble import code_words
from mobile.sealing import part
from mobile.words import _, n_


def _mark(message: str) -> str:
    return message


REASONS = (
    *(_mark("The tablet is broken"), _mark("Its battery is empty"), _mark("It is lost")),
    _mark("It only took down the papers"),
)
"""Why a tablet takes over the lead."""


@dataclass(frozen=True)
class Shown:
    """The sequence of codes that is being shown: the text of the one in front, its number from 0, how many."""

    text: str = ""
    number: int = 0
    count: int = 0
    still: bool = False


@dataclass(frozen=True)
class Action:
    """Something that can be done now; `aside` stands apart from what comes next."""

    key: str
    words: str
    sign: str = ""
    primary: bool = False
    aside: bool = False


@dataclass(frozen=True)
class PairState:
    """All of the screen. `mode` is status, show, read, join, takeover or cosign; notices are (tone, words).

    `told` is what is co-signed; `prompt` and `trouble` are the pad's.
    """

    mode: str
    title: str = ""
    steps: tuple[str, ...] = ()
    code: str = ""
    code_words: str = ""
    peers: tuple[PeerCard, ...] = ()
    notices: tuple[tuple[Tone, str], ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    actions: tuple[Action, ...] = ()
    told: tuple[Told, ...] = ()
    prompt: str = ""
    trouble: str = ""
    still: bool = False

    def may(self, key: str) -> bool:
        """Whether something can be done now."""
        return any(one.key == key for one in self.actions)


def join_state(pictures: Iterable[tuple[str, str]] = (), trouble: str = "") -> PairState:
    """Return the screen of an officer who wants to join the inspection of a colleague."""
    return PairState(
        mode="join",
        title=_("Join a colleague's check"),
        steps=(
            _("The colleague opens “Two tablets” in the check."),
            _("Photograph the code on that tablet; it is read by itself."),
            _("Both go on where they are; either half reaches the other."),
        ),
        pictures=tuple(pictures),
        notices=(("danger", trouble),) if trouble else (),
        actions=(_newest(),),
    )


def pair_state(
    held: Held,
    device: part.Device,
    session: Session | None,
    runs: Runs,
    now: datetime,
    *,
    mode: str = "status",
    sealed: bool = False,
    shown: Shown | None = None,
    read: Collected | None = None,
    done: str = "",
    pictures: Sequence[tuple[str, str]] = (),
    trouble: str = "",
    registers: bool = False,
) -> PairState:
    """Return the screen of the inspection in hand. `sealed` says that it, or our part of it, is sealed here.

    `registers`: the officer takes down papers, and whoever joins is to go on and lead.
    """
    peers = session.peers if session and session.open else ()
    lead = next((one for one in peers if one.device == held.lead), None)
    ready, mine = cosigning(held, device, session)
    mode = "status" if mode == "cosign" and (sealed or mine or not ready) else mode
    title, steps = _panel(held, mode, runs, lead, sealed=sealed, mine=mine, ready=ready)
    if registers and mode == "status" and held.leads and not sealed:
        title, steps = _("Hand over to who checks"), (*steps, _("Then, over there: “Take the lead”."))
    code, under = _code(mode, runs, shown, leads=held.leads, sealed=sealed)
    return PairState(
        mode=mode,
        title=title,
        steps=(*steps, *_reading(read, done)) if mode == "read" else steps,
        code=code,
        code_words=under,
        peers=tuple(peer_card(held, one, runs, now) for one in peers),
        notices=(
            *((("danger", trouble),) if trouble and mode != "cosign" else ()),
            *_notices(held, lead, peers, runs, mode=mode, sealed=sealed),
        ),
        pictures=tuple(pictures) if mode == "read" else (),
        reasons=tuple((one, _(one)) for one in REASONS) if mode == "takeover" else (),
        told=to_sign(held) if mode == "cosign" else (),
        prompt=_("PIN of {name}").format(name=held.officer.name) if mode == "cosign" else "",
        trouble=trouble if mode == "cosign" else "",
        still=shown.still if shown else False,
        actions=_actions(
            mode,
            leads=held.leads,
            sealed=sealed,
            paired=bool(peers),
            may_sign=ready and not mine,
            may_take_over=not (lead and lead.sealed),
            registers=registers,
        ),
    )


def _actions(
    mode: str, *, leads: bool, sealed: bool, paired: bool, may_sign: bool, may_take_over: bool, registers: bool
) -> tuple[Action, ...]:
    if mode == "read":
        return (Action("show", _("Show codes")), _newest())
    if mode == "show":
        return (Action("read", _("Read the colleague's codes"), "camera", primary=True),)
    if mode in ("takeover", "cosign"):
        return ()
    codes = Action("show", _("QR codes"))
    if sealed:
        return (*((codes,) if paired else ()), Action("queue", _("Next vehicle"), "next", primary=True))
    if leads:
        leave = (Action("leave", _("End pairing"), aside=True),) if paired else ()
        walk = Action("walk", _("Walk"), "next", primary=not (registers and paired))
        on = (Action("next", _("Next vehicle"), "next", primary=True),) if registers and paired else ()
        return (*leave, codes, walk, *on)
    over = (Action("takeover", _("Take the lead"), aside=True),) if may_take_over else ()
    sign = Action("cosign", _("Co-sign"), "pen", primary=True)
    last = sign if may_sign else Action("walk", _("Walk"), "next", primary=True)
    return (*over, codes, Action("close", _("Seal my part"), "lock"), last)


def _newest() -> Action:
    return Action("newest", _("Read the newest picture"), "camera", primary=True)


def _panel(
    held: Held, mode: str, runs: Runs, lead: Peer | None, *, sealed: bool, mine: bool, ready: bool
) -> tuple[str, tuple[str, ...]]:
    """Return the title of the left half and what is to be done, in order."""
    name = (lead.name if lead else "") or _("the colleague")
    if mode == "takeover":
        return _("Take over the lead from {name}").format(name=name), (
            _("From then on this tablet decides and seals. That stands in the record with your name."),
            _("Should the other tablet seal as well, the office keeps and shows both."),
        )
    if mode == "cosign":
        return _("What {name} will seal").format(name=name), ()
    if mode == "read":
        return _("Read the other tablet's codes"), (_("Photograph the codes one after the other, in any order."),)
    if mode == "show":
        return _("Show these codes to the other tablet"), ()
    if sealed:
        return _("Sealed"), (_("What this tablet wrote is sealed and goes to the office."),)
    if held.leads:
        return _("Let a colleague join"), (
            _("On the other tablet: “Join a check”, then photograph this code."),
            *((_("Both tablets in one Wi-Fi, or one in the other's hotspot."),) if runs.addresses else ()),
        )
    if mine:
        return _("You have co-signed"), (_("{name} seals; your part is then sealed by itself.").format(name=name),)
    if ready:
        return _("The driver has signed"), (_("Look at what {name} will seal, and co-sign here.").format(name=name),)
    return _("You work with {name}").format(name=name), (
        _("{name} leads this check: he decides and seals.").format(name=name),
        _("What you write stands on both tablets."),
        _("When the driver has signed there, you co-sign here."),
    )


def _code(mode: str, runs: Runs, shown: Shown | None, *, leads: bool, sealed: bool) -> tuple[str, str]:
    if mode == "show" and shown is not None and shown.count:
        return shown.text, _("{n} of {all}").format(n=shown.number + 1, all=shown.count)
    if mode == "status" and leads and not sealed and runs.code:
        return runs.code, _("lets in until {time}").format(time=clock_words(runs.until))
    return "", ""


def _reading(read: Collected | None, done: str) -> tuple[str, ...]:
    if done:
        return (done,)
    if read is None or not read.count:
        return (_("Nothing read yet."),)
    got = read.count - len(read.missing)
    said = _("{n} of {all} read").format(n=got, all=read.count)
    lacking = "、".join(str(one + 1) for one in read.missing[:12]) + ("…" if len(read.missing) > 12 else "")
    return (said, *((_("Still missing: {numbers}").format(numbers=lacking),) if read.missing else ()))


def _notices(
    held: Held, lead: Peer | None, peers: Sequence[Peer], runs: Runs, *, mode: str, sealed: bool
) -> list[tuple[Tone, str]]:
    disputed = conflicts(held.entries)
    said: list[tuple[Tone, str]] = []
    if disputed and not sealed:
        said.append(
            (
                "danger",
                n_(
                    "The officers differ on {n} point. It is named on both tablets, and nothing is sealed before one gives way.",  # noqa: E501 - one message
                    "The officers differ on {n} points. They are named on both tablets, and nothing is sealed before one gives way.",  # noqa: E501 - one message
                    len(disputed),
                ),
            )
        )
    said += [("unknown", code_words("pair_late", facts={"name": one.name, "n": one.late})) for one in peers if one.late]
    if mode == "status" and held.leads and not sealed:
        if not runs.addresses:
            said.append(("unknown", _("This tablet is in no local network: turn on its hotspot, or use QR codes.")))
        if refused := runs.troubles.get("", ""):
            said.append(("danger", code_words(refused)))
    if lead is not None and _differ(held, lead) and not sealed:
        said.append(
            ("unknown", _("The two tablets have different checklist versions. Confirm by PIN on the leading tablet."))
        )
    return said


def _differ(held: Held, lead: Peer) -> bool:
    """Whether the leading tablet judges with other definitions or tables; a registry of another day does no harm."""
    theirs = {str(one.get("name")): one.get("digest") for one in lead.facts.get("definitions") or ()}
    ours = {one["name"]: one["digest"] for one in held.kit.used}
    return any(theirs.get(name, ours.get(name)) != ours.get(name) for name in ("definitions", "reference"))
