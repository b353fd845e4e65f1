"""The code of the office that comes before an officer's first PIN on this tablet. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mobile.words import _


@dataclass(frozen=True)
class CodeState:
    """What the screen asks for; `rules` say what the code is and where it comes from."""

    prompt: str
    trouble: str
    rules: tuple[str, ...]


def code_state(name: str, trouble: str = "", *, anew: bool = False) -> CodeState:
    """Return the screen for an officer by name; `anew`: a new PIN comes in place of the one that he has here."""
    once = _("It is good once: {name} then chooses a new PIN, and the old one opens nothing any more.")
    first = _("The office made it for {name} alone. It opens nothing: the PIN is chosen after it.")
    rules = (
        (once if anew else first).format(name=name),
        _("No code at hand? The office makes one, and this tablet knows it after its next sync."),
    )
    return CodeState(code_prompt(name), trouble, rules)


def code_prompt(name: str) -> str:
    """Return whose code is asked for."""
    return _("{name}: the 12 letters and figures of the office's code").format(name=name)


def needs_code(name: str) -> str:
    """Return why no PIN is asked for yet."""
    return _(
        "{name} is new on this tablet. Before his first PIN he enters the code that the office made for him."
    ).format(name=name)
