"""Every list of the console as somebody who signed in can reach it: from the menu by links, filters and next pages.

A page is known by its path and the names and values of what it was asked, but for where in a list it begins. So that
a page or a filter that is added later is found without a word here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from server.console.menu import MENU, STEERING, TABS
from tests.server.browser import Browser

TYPED = {"text", "q", "plate", "number", "knows", "subject"}
"""Fields into which somebody types; they are filled with the samples, one after the other."""
PLACES = {
    "before",
    "after",
    "now",
    "out",
    "in",
    "page",
    "from",
    "last",
    "place",
    "csrf",
    "lang",
    "said",
    "next",
    "back",
}
"""Where in a list a page begins, and what narrows nothing."""
DAYS = {"since", "until"}
MOST_VALUES, TYPED_VALUES = 4, 6
"""So many values of a choice, and of what is typed, are tried; of thirty handlers some are enough."""
FEW = (
    "/console/figures",
    "/console/figures/checks",
    "/console/figures/map",
    "/console/figures/funnel",
    "/console/figures/plan",
    "/console/figures/pairs",
)
"""Pages of figures: kept sums, and what is crossed ends at so many checks; how those are asked has tests of its own."""
STARTS = (*dict.fromkeys(one.address for table in (MENU, TABS, STEERING) for one in table), "/console/search")


class Links(HTMLParser):
    """The addresses that a page leads to by itself, and by each choice of each of its forms that ask for a list."""

    def __init__(self, here: str, samples: Mapping[str, str]) -> None:
        super().__init__()
        self.here, self.samples = here, samples
        self.found: list[str] = []
        self._form: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith(("/console/", "?")):
            href = told["href"]
            self.found.append(href if href.startswith("/") else f"{urlsplit(self.here).path}{href}")
        elif tag == "form":
            asks = told.get("method", "get").lower() == "get"
            self._form = (told.get("action") or urlsplit(self.here).path) if asks else None
        elif self._form is not None and tag == "select":
            self._select = told.get("name", "")
        elif self._form is not None and tag == "option" and self._select and told.get("value"):
            self._ask(self._select, told["value"])
        elif self._form is not None and tag == "input":
            self._input(told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _input(self, told: Mapping[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text")
        if kind in ("checkbox", "radio") and name:
            self._ask(name, told.get("value") or "on")
        elif kind == "date" and name:
            self._ask(name, self.samples["day"])
        elif kind in ("text", "search") and name:
            for one in self.samples.values():
                self._ask(name, one)

    def _ask(self, name: str, value: str) -> None:
        self.found.append(f"{self._form}?{urlencode({name: value})}")


def key_of(address: str) -> str:
    """Return what makes an address another page than those that were seen."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    told = sorted(
        f"{name}={'' if name in PLACES else value}" for name, value in asked.items() if name not in ("lang", "said")
    )
    return f"{parts.path}?{'&'.join(told)}"


def crawl(
    browser: Browser, samples: Mapping[str, str], lists: frozenset[str], most: int = 400
) -> Iterator[tuple[str, Any]]:
    """Yield (address, answer) of every list: pages whose path is one of `lists`, each once."""
    waiting, seen = list(STARTS), {key_of(one) for one in STARTS}
    kinds: Counter[tuple[str, tuple[str, ...]]] = Counter()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        answer = browser.get(address)
        yield address, answer
        if answer.status_code != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        links = Links(address, samples)
        links.feed(answer.text)
        for one in links.found:
            if urlsplit(one).path in lists and key_of(one) not in seen and _is_new_kind(one, kinds):
                seen.add(key_of(one))
                waiting.append(one)


def _is_new_kind(address: str, kinds: Counter[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether there were but few addresses yet with that path and those names: of thirty handlers some are enough."""
    parts = urlsplit(address)
    kind = parts.path, tuple(sorted(name for name, _value in parse_qsl(parts.query)))
    kinds[kind] += 1
    return kinds[kind] <= (0 if parts.path in FEW else TYPED_VALUES if TYPED.intersection(kind[1]) else MOST_VALUES)
