"""Taking back a photo, or a whole check that was begun by mistake: what becomes of it, and the reason. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mobile.screens.shared.reasons import is_picked, own_words
from mobile.words import _

N_ = str
"""Marks words for the catalogue."""

OF_PHOTO = (
    N_("It shows another vehicle or thing"),
    N_("It cannot be made out"),
    N_("Taken twice"),
    N_("It shows people who have nothing to do with it"),
)
OF_CHECK = (
    N_("Begun for another vehicle than this one"),
    N_("This vehicle is being checked already"),
    N_("The button was touched by mistake"),
    N_("Only tried out"),
)
"""Likely reasons. An officer may write his own."""

_WHY_NOT = {
    "lead": N_("Another tablet leads this check; only that one can abandon it."),
    "signed": N_("Somebody has signed. A signed check is no mistake any more: seal it, or go on."),
}


@dataclass(frozen=True)
class Choice:
    """A reason to pick."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class WithdrawState:
    """All of it. `said` is what becomes of it, `why_not` why it cannot be; `own` is a reason in the officer's words."""

    title: str
    said: str
    why_not: str
    reasons: tuple[Choice, ...]
    own: str
    button: str
    may_do: bool


def photo_state(reason: str) -> WithdrawState:
    """Return the screen for a photo."""
    return WithdrawState(
        _("Take this photo back"),
        _("The photo stays in the record, struck through, with your name and the reason; it proves nothing any more."),
        "",
        *_reasons(OF_PHOTO, reason),
        _("Take the photo back"),
        bool(reason.strip()),
    )


def check_state(reason: str, why_not: str, findings: int, photos: int) -> WithdrawState:
    """Return the screen for a check with so many findings and photos; `why_not` as `withdrawal.why_not` says it."""
    said = _("It is sealed as it stands and goes to the office with your name and the reason; it counts in the shift.")
    found = _("In it: findings {findings}, photos {photos}. Somebody in the office looks at it before it rests.")
    return WithdrawState(
        _("Abandon this check"),
        f"{said} {found.format(findings=findings, photos=photos)}" if findings else said,
        _(_WHY_NOT[why_not]) if why_not else "",
        *_reasons(OF_CHECK, reason),
        _("Abandon and send to the office"),
        bool(reason.strip()) and not why_not,
    )


def _reasons(likely: tuple[str, ...], reason: str) -> tuple[tuple[Choice, ...], str]:
    return tuple(Choice(_(one), _(one), is_picked(one, reason)) for one in likely), own_words(likely, reason)
