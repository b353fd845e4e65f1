"""The tablet's words in the officer's language, switched on the spot. Pure: no Kivy here.

`_("Save")` gives the word in the language of `words.lang`; in .kv files the same `_("Save")` follows a switch live
(`mobile.widgets.base` binds it). Source strings are English. The catalogue `mobile` falls back to `checklists`.
"""

from collections.abc import Callable, Mapping

from checklists.words import LANGUAGES, catalogue, pick


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

    def pick(self, text: Mapping[str, str]) -> str:
        """Return what fits the language of a text that is data, such as {"zh": …, "en": …}."""
        return pick(text, self._lang)


words = Words()
_ = words.say
n_ = words.say_n
