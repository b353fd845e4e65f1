"""A plate of no Chinese form, or a paper of somebody who has no resident card: its kind, then its signs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checklists.facts.identifiers.checks import COLOURS, Check, check_id, check_plate
from checklists.inspection.entries import standing
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.shared.problems import problem_words
from mobile.sign_input import COUNTRIES, PAGE_NAMES, PAPERS, PLATES, Signs
from mobile.words import _

N_ = str
KINDS: Mapping[str, str] = {
    "foreign": N_("Foreign plate"),
    "temporary": N_("Temporary plate"),
    "army": N_("Army"),
    "armed_police": N_("Armed police"),
    "embassy": N_("Embassy, consulate"),
    "emergency": N_("Fire and rescue"),
    "civil_aviation": N_("Civil aviation"),
    "other": N_("Another plate"),
    "none": N_("No plate at all"),
}
NAMES: Mapping[str, str] = {
    "MN": N_("Mongolia"),
    "RU": N_("Russia"),
    "KZ": N_("Kazakhstan"),
    "KG": N_("Kyrgyzstan"),
    "TJ": N_("Tajikistan"),
    "UZ": N_("Uzbekistan"),
    "VN": N_("Vietnam"),
    "LA": N_("Laos"),
    "MM": N_("Myanmar"),
    "NP": N_("Nepal"),
    "PK": N_("Pakistan"),
    "KP": N_("North Korea"),
    "other": N_("Another country"),
}
PAPER_KINDS: Mapping[str, str] = {
    "passport": N_("Passport"),
    "permanent_residence": N_("Foreigner's permanent residence card"),
    "hk_macau_permit": N_("Travel permit, Hong Kong or Macau"),
    "taiwan_permit": N_("Travel permit, Taiwan"),
    "other": N_("Another paper"),
}

PLATE_NOTE, PAPER_NOTE = "plate_kind", "paper_kind:"
"""Notes of what the numbers alone do not tell: what kind of plate, of which country; what kind of paper, of whom."""

NO_PLATE = "无号牌"
_ORDINARY = frozenset({"ordinary", "trailer", "nev_large", "nev_small", "police", "learner", "cross_border"})


@dataclass(frozen=True)
class Choice:
    """A kind, a country or a page of keys."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class SignsState:
    """What is shown: kinds or countries to pick, else the keys. `reading` is how the signs will be kept."""

    title: str
    kinds: tuple[Choice, ...] = ()
    countries: tuple[Choice, ...] = ()
    pages: tuple[Choice, ...] = ()
    keys: str = ""
    enabled: str = ""
    text: str = ""
    reading: str = ""
    problems: tuple[str, ...] = ()
    may_take: bool = False
    of_person: bool = False

    @property
    def asks(self) -> bool:
        """Whether a kind or a country is to be picked first."""
        return bool(self.kinds or self.countries)


def signs_state(held: Held, signs: Signs) -> SignsState:
    """Return what is to be picked or typed now."""
    of_person = signs.what == "paper"
    if not signs.kind:
        keys, named = (PAPERS, PAPER_KINDS) if of_person else ((*PLATES, "none"), KINDS)
        title = _("Which paper was shown?") if of_person else _("What kind of plate is it?")
        return SignsState(title, kinds=tuple(Choice(key, _(named[key])) for key in keys), of_person=of_person)
    if signs.wants_country:
        picks = tuple(Choice(key, _(NAMES[key])) for key in COUNTRIES)
        return SignsState(_("Of which country?"), countries=picks)
    check = checked(held, signs)
    return SignsState(
        kind_words(signs),
        pages=_pages(signs),
        keys=signs.keys,
        enabled=signs.keys if signs.may_add else "",
        text=signs.text,
        reading=_("Kept as: {number}").format(number=check.value) if check.value and check.value != signs.text else "",
        problems=tuple(_problems(signs, check)) if signs.is_enough else (),
        may_take=signs.is_enough,
        of_person=of_person,
    )


def _pages(signs: Signs) -> tuple[Choice, ...]:
    """Return the pages of keys to turn to, where there is more than one."""
    pages = tuple(Choice(one, PAGE_NAMES[one], one == signs.page) for one in signs.pages)
    return pages if len(pages) > 1 else ()


def kind_words(signs: Signs) -> str:
    """Return kind and country in words."""
    named = PAPER_KINDS if signs.what == "paper" else KINDS
    said = (_(named.get(signs.kind, signs.kind)), _(NAMES[signs.country]) if signs.country in NAMES else "")
    return " · ".join(one for one in said if one)


def checked(held: Held, signs: Signs) -> Check:
    """Return the signs as they are kept, and what is wrong with them."""
    if signs.what == "paper":
        return check_id(signs.text, held.assessment.situation.day)
    return check_plate(signs.text)


def is_ordinary(check: Check) -> bool:
    """Whether it is a plate of an everyday form after all, which has a colour."""
    return check.form in _ORDINARY


def take_plate(held: Held, signs: Signs) -> tuple[Draft, ...]:
    """Put down the plate, of no colour unless its form has just one, and what kind it is."""
    check = check_plate(NO_PLATE if signs.kind == "none" else signs.text)
    colours = COLOURS.get(check.form, ())
    colour = colours[0] if len(colours) == 1 else None
    value = {"kind": signs.kind, "country": signs.country, "text": kind_words(signs)}
    note = Draft("note", PLATE_NOTE, value)
    return (acts.fact("vehicle.plate", check.value), acts.fact("vehicle.colour", colour), note)


def take_paper(held: Held, signs: Signs, role: str) -> tuple[Draft, ...]:
    """Put down whose paper was shown, by number and kind."""
    number = checked(held, signs).value
    note = Draft("note", PAPER_NOTE + role, {"kind": signs.kind, "role": role, "text": kind_words(signs)})
    return (Draft("fact", f"{role}.id_number", {"data": number, "source": "papers"}), note)


def usual_plate(held: Held) -> tuple[Draft, ...]:
    """Take back what kind of plate it was said to be, once it is an everyday one after all."""
    mine = (one for one in held.all_of("note") if one.item == PLATE_NOTE and one.officer == held.officer.id)
    return tuple(Draft("note", None, {}, withdraws=one.id) for one in mine if one.device == held.device)


def plate_note(held: Held) -> str:
    """Return what kind of plate the officer said that it is; nothing for an everyday one."""
    said = standing(held.entries, "note").get(PLATE_NOTE, ())
    return str(said[-1].value.get("text") or "") if said else ""


def _problems(signs: Signs, check: Check) -> Iterable[str]:
    if signs.what == "plate":
        if is_ordinary(check):
            yield _("This is an everyday plate: the usual keyboard asks for its colour too.")
        elif not check.form:
            yield _("A plate of no form that is known here: compare it with the vehicle, sign by sign.")
        else:
            yield from (problem_words(one) for one in check.problems)
        return
    if check.form == signs.kind or signs.kind == "permanent_residence":
        yield from (problem_words(one) for one in check.problems)
    else:
        yield _("A number of no form that is known here for this paper: compare it with the paper, sign by sign.")
