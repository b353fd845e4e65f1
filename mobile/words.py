"""The tablet's words in the officer's language, switched on the spot. Pure: no Kivy here.

`_("Save")` gives the word in the language of `words.lang`; in .kv files the same `_("Save")` follows a switch live
(`mobile.widgets.base` binds it). Source strings are English. The catalogue `mobile` falls back to `checklists`.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from checklists.words import LANGUAGES, catalogue, pick

_MARKS = {"、": ", ", "，": ", ", "；": "; ", "：": ": ", "。": ". ", "（": " (", "）": ") "}
"""The marks that lists are joined with, and how a text in English has them."""
_HAN, _LETTER = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")
_MARK = re.compile(f"([ ]*)([{''.join(_MARKS)}])([ ]*)")


@lru_cache(maxsize=8192)
def in_english(text: str) -> str:
    """Return a text with the marks of English where most of it is English; words that are Chinese keep theirs."""
    if not _MARK.search(text) or len(_LETTER.findall(text)) <= len(_HAN.findall(text)):
        return text
    return _MARK.sub(_in_english, text)


def _in_english(found: re.Match[str]) -> str:
    whole, (start, end) = found.string, found.span()
    before, after = whole[start - 1 : start], whole[end : end + 1]
    if found[2] not in "（）" and _HAN.match(before) and (not after or _HAN.match(after)):
        return found[0]
    mark = _MARKS[found[2]]
    mark = mark.lstrip() if before in ("", "\n") else mark
    return mark.rstrip() if after in ("", "\n") or after in _MARKS else mark


class Words:
    """The language now in use, and who wants to hear when it changes."""

    def __init__(self, lang: str = "zh_CN") -> None:
        self._lang = lang
        self._listeners: list[Callable[[str], None]] = []

    @property
    def lang(self) -> str:
        """The language in use: a key of LANGUAGES."""
        return self._lang

    @lang.setter
    def lang(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no words in {lang!r}; there are {', '.join(LANGUAGES)}")
        if lang != self._lang:
            self._lang = lang
            for listener in self._listeners:
                listener(lang)

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call the listener with the language at each switch from now on."""
        self._listeners.append(listener)

    def say(self, message: str) -> str:
        """Return the message in the language in use; an empty message stays empty."""
        return catalogue(self._lang, "mobile").gettext(message) if message else ""

    def say_n(self, one: str, many: str, n: int) -> str:
        """Return the message for n things, with {n} filled in."""
        return catalogue(self._lang, "mobile").ngettext(one, many, n).format(n=n)

    def marked(self, text: str) -> str:
        """Return a text as it is drawn in the language in use: in English with the marks of English."""
        return in_english(text) if self._lang == "en" else text

    def pick(self, text: Mapping[str, str]) -> str:
        """Return what fits the language of a text that is data, such as {"zh": …, "en": …}."""
        return pick(text, self._lang)


words = Words()
_ = words.say
n_ = words.say_n
