"""The lock screen: who unlocks, or, on a tablet that is not enrolled yet, the four steps of enrolment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from mobile.lock.outside import Outside
from mobile.screens.code.state import code_prompt
from mobile.screens.shared.ages import age_words, size_words
from mobile.words import _, n_

STEPS = ("office", "officer", "code", "pin", "again", "packages")
"""Of the enrolment. `code` only where the office wants one of him; `packages` ends when the first pull went through."""

N_ = str
AGENCIES = {
    "T": N_("Transport"),
    "P": N_("Traffic police"),
    "E": N_("Emergency management"),
    "M": N_("Market regulation"),
    "I": N_("Ecology"),
}
"""The agencies before there is a package that names them."""

PACKAGES = ("definitions", "reference", "registry")


@dataclass(frozen=True)
class OfficerCard:
    """An officer to choose; `agency` is its name, empty where it is not known outside the lock."""

    id: str
    name: str
    agency: str = ""
    agency_code: str = ""


@dataclass(frozen=True)
class UnlockState:
    """What the lock screen shows. `step` is `unlock`, or a step of the enrolment; `facts` are (what, value).

    `trouble` is what went wrong just now, `warning` what more of it leads to. `forgetting`: somebody forgot his PIN,
    and `advice` says how he gets another one.
    """

    step: str
    officers: tuple[OfficerCard, ...] = ()
    chosen: str = ""
    prompt: str = ""
    trouble: str = ""
    warning: str = ""
    busy: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    progress: tuple[tuple[str, bool], ...] = ()
    changing: bool = False
    forgetting: bool = False
    advice: tuple[str, ...] = ()
    may_change: bool = False
    may_retry: bool = False
    may_go_on: bool = False
    office_url: str = ""

    @property
    def enrolling(self) -> bool:
        """Whether the tablet is not enrolled yet."""
        return self.step in STEPS


@dataclass(frozen=True)
class Enrolling:
    """How far an enrolment has come; `officers` are the office's, plain."""

    step: str = "office"
    officers: tuple[Mapping[str, Any], ...] = ()
    officer: str = ""
    pin: str = field(default="", repr=False)
    busy: bool = False
    trouble: str = ""
    packages: tuple[str, ...] = ()


def unlock_state(
    officers: Mapping[str, str],
    chosen: str,
    trouble: str,
    outside: Outside,
    now: datetime,
    *,
    warning: str = "",
    changing: bool = False,
    forgot: str | None = None,
) -> UnlockState:
    """Return the lock screen of an enrolled tablet; a single officer is chosen at once. `changing`: his PIN as well.

    `forgot` is who forgot his, empty while nobody was named: a colleague then unlocks for him.
    """
    if forgot is not None:
        return _forgot_state(officers, forgot, chosen, trouble, warning)
    cards = tuple(OfficerCard(one, name) for one, name in officers.items())
    chosen = chosen if chosen in officers else (cards[0].id if len(cards) == 1 else "")
    asked = _("{name}: the PIN that you have now") if changing else _("PIN of {name}")
    prompt = asked.format(name=officers[chosen]) if chosen else _("Choose who you are")
    facts = _facts(outside, now)
    return UnlockState(
        "unlock", cards, chosen, prompt, trouble, warning, facts=facts, changing=changing, may_change=True
    )


def _forgot_state(officers: Mapping[str, str], forgot: str, chosen: str, trouble: str, warning: str) -> UnlockState:
    """Return the lock screen of somebody who forgot his PIN: who he is, and which colleague unlocks for him."""
    others = {one: name for one, name in officers.items() if one != forgot}
    cards = tuple(OfficerCard(one, name) for one, name in others.items())
    if not forgot:
        chosen, prompt = "", _("Who forgot the PIN?")
    elif not others:
        prompt = _("{name} is the only one with a PIN here").format(name=officers[forgot])
    else:
        chosen = chosen if chosen in others else (cards[0].id if len(cards) == 1 else "")
        asked = _("{name} unlocks with his PIN; then {forgot} enters the office's code")
        prompt = asked.format(name=others[chosen], forgot=officers[forgot]) if chosen else _("Which colleague unlocks?")
    return UnlockState(
        *("unlock", cards, chosen, prompt, trouble, warning),
        forgetting=True,
        advice=_advice(alone=bool(forgot) and not others),
    )


def _advice(*, alone: bool) -> tuple[str, ...]:
    if alone:
        return (
            _("No colleague can open this tablet for you, and the office cannot either. Tell the office."),
            _("The tablet is wiped and enrolled anew. What was not sent stays sealed and goes to the office by stick."),
        )
    return (
        _("A new PIN needs a code that the office made for you alone. Ask the office for it by telephone."),
        _("The PIN that you forgot opens nothing any more once the new one is set."),
        _("No network? A code that was made before the last sync is known here. A newer one comes with the next sync:")
        + _(" the colleague unlocks and syncs where there is a network. Until then he goes on with his own PIN."),
    )


def enrol_state(so_far: Enrolling, office_url: str) -> UnlockState:
    """Return the lock screen of a tablet that is being enrolled."""
    cards = tuple(_card(one) for one in so_far.officers)
    name = next((one.name for one in cards if one.id == so_far.officer), "")
    prompts = {
        "office": _("Enrol this tablet at your office"),
        "officer": _("Choose who you are"),
        "code": code_prompt(name),
        "pin": _("{name}, choose a PIN of 6 to 12 digits, then the tick").format(name=name),
        "again": _("Enter the PIN once more"),
        "packages": _("Fetching checklists, law and registry"),
    }
    busy = {"office": _("Asking the office …"), "packages": _("Fetching …")}.get(so_far.step, "")
    state = UnlockState(so_far.step, cards, so_far.officer, prompts[so_far.step], so_far.trouble, office_url=office_url)
    done = set(so_far.packages)
    return replace(
        state,
        busy=busy if so_far.busy else "",
        progress=tuple((package_words(one), one in done) for one in PACKAGES) if so_far.step == "packages" else (),
        may_retry=so_far.step == "packages" and not so_far.busy,
        may_go_on={"definitions", "reference"} <= done,
    )


def take_pin(so_far: Enrolling, pin: str) -> Enrolling:
    """Return the enrolment after a PIN: asked once more, taken (step `packages`), or begun again if they differ."""
    if so_far.step == "pin":
        return replace(so_far, step="again", pin=pin, trouble="")
    if pin != so_far.pin:
        return replace(so_far, step="pin", pin="", trouble=_("The two PINs differ. Choose again."))
    return replace(so_far, step="packages", trouble="")


def package_words(name: str) -> str:
    """Return a package's name in words."""
    known = {
        "definitions": _("Checklists and law"),
        "reference": _("Dangerous goods tables"),
        "registry": _("Registry"),
    }
    return known.get(name, name)


def _card(officer: Mapping[str, Any]) -> OfficerCard:
    code = str(officer.get("agency", ""))
    return OfficerCard(str(officer["id"]), str(officer["name"]), _(AGENCIES.get(code, code)), code)


def _facts(outside: Outside, now: datetime) -> tuple[tuple[str, str], ...]:
    records, files = outside.unsent
    return (
        *((package_words(name), age_words(outside.packages[name], now)) for name in _known(outside.packages)),
        (
            _("Not sent yet"),
            f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', files)}",
        ),
        (_("Free space"), size_words(outside.free_bytes)),
    )


def _known(packages: Iterable[str]) -> list[str]:
    return sorted(packages, key=lambda one: PACKAGES.index(one) if one in PACKAGES else len(PACKAGES))
