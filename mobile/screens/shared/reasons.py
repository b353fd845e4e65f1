"""Likely reasons and what was picked of them: it stays picked when the language is switched meanwhile. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.words import LANGUAGES, catalogue


def is_picked(message: str, text: str) -> bool:
    """Whether a text that stands is this message, in whichever language it was picked."""
    return bool(text) and any(catalogue(lang, "mobile").gettext(message) == text for lang in LANGUAGES)


def own_words(messages: Iterable[str], text: str) -> str:
    """Return the text where it is the officer's own; empty where it is one of the messages."""
    return "" if any(is_picked(one, text) for one in messages) else text
