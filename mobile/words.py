"""The tablet's words in the officer's language, switched on the spot. Pure: no Kivy here.

`_("Save")` gives the word in the language of `words.lang`; in .kv files the same `_("Save")` follows a switch live
(`mobile.widgets.base` binds it). Source strings are English. The catalogue `mobile` falls back to `checklists`.
"""

import gettext
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_CN": "中文", "en": "English"}


@lru_cache(maxsize=4)
def catalogue(lang: str) -> gettext.NullTranslations:
    """Return the words of a language: the tablet's, then the checklists'; English is the source and needs none."""
    if lang == "en":
        return gettext.NullTranslations()
    own = gettext.translation("mobile", ROOT / "mobile" / "locale", [lang], fallback=True)
    own.add_fallback(gettext.translation("checklists", ROOT / "checklists" / "locale", [lang], fallback=True))
    return own


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
        return catalogue(self._lang).gettext(message) if message else ""

    def say_n(self, one: str, many: str, n: int) -> str:
        """Return the message for n things, with {n} filled in."""
        return catalogue(self._lang).ngettext(one, many, n).format(n=n)

    def pick(self, text: dict[str, str]) -> str:
        """Return what fits the language of a text that is data, such as {"zh": …, "en": …}."""
        return text.get(self._lang.partition("_")[0]) or text.get("zh") or next(iter(text.values()), "")


words = Words()
_ = words.say
n_ = words.say_n
