"""Every page of the console as somebody who signed in can reach it: from the menu by links, filters and next pages.

A page is known by its path and the names and values of what it was asked, but for where in a list it begins; the page
of one thing by the route of its address, of which some things are enough. So a page or a filter that is added later is
found without a word here.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

from falcon import inspect

from server.app import create_app
from server.console.menu import CARRIERS, LAW, MENU, STEERING, TABS
from server.office import Office

TYPED = {"text", "q", "plate", "number", "knows", "subject"}
"""Fields into which somebody types; they are filled with the samples, one after the other."""
PLACES = {
    *("before", "after", "now", "out", "in", "page", "from", "last", "place"),
    *("csrf", "lang", "said", "next", "back"),
}
"""Where in a list a page begins, and what narrows nothing."""

VALUES, TYPED_VALUES, THINGS = 3, 3, 2
"""So many values of a choice, of what is typed, and so many things of a kind are tried; of thirty handlers some are
enough. Of figures one value. What two things narrow together is not walked to."""
_BESIDE = {"since", "until", "kind", "by", "list", *PLACES}
"""What narrows a page by nothing of its own."""
STARTS = (
    *dict.fromkeys(one.address for table in (MENU, STEERING, CARRIERS, LAW, TABS) for one in table),
    *("/console/search", "/console/known", "/console/unsealed", "/console/account"),
)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the page where it is one; empty for a file."""

    status: int
    page: str


@dataclass(frozen=True)
class Visit:
    """A page that was walked to: its address, the route that answered, and the answer."""

    address: str
    route: str
    answer: Answer


class Routes:
    """The addresses of an app, as they were mounted."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._known = sorted(paths, key=lambda path: path.count("{"))
        self._forms = [re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one))) for one in self._known]

    @classmethod
    def of(cls, office: Office) -> Routes:
        """Return those of an office's app."""
        return cls(one.path for one in inspect.inspect_routes(create_app(office)))

    def of_address(self, address: str) -> str:
        """Return the route of an address, one without a variable part before others; empty for none."""
        path = urlsplit(address).path
        found = (name for name, form in zip(self._known, self._forms, strict=True) if form.fullmatch(path))
        return next(found, "")


class Links(HTMLParser):
    """The addresses that a page leads to by itself, and by each choice of each of its forms that ask for a list."""

    def __init__(self, here: str, samples: Mapping[str, str]) -> None:
        super().__init__()
        self.here, self.samples = here, samples
        self.found: list[str] = []
        self._form: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a link or a choice leads."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith(("/console/", "?")):
            href = told["href"].partition("#")[0]
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
        """Note that a form or a choice is over."""
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


def walk(
    ask: Callable[[str], Answer],
    samples: Mapping[str, str],
    routes: Routes,
    most: int = 700,
    starts: Iterable[str] = (),
) -> Iterator[Visit]:
    """Yield every page that can be reached, each once, those of the menu first; `starts` are walked as well."""
    waiting = deque(dict.fromkeys((*STARTS, *starts)))
    seen = {key_of(one) for one in waiting}
    kinds: Counter[tuple[str, tuple[str, ...]]] = Counter()
    while waiting:
        address = waiting.popleft()
        answer = ask(address)
        yield Visit(address, routes.of_address(address), answer)
        links = Links(address, samples)
        links.feed(answer.page if answer.status == 200 else "")
        for one in links.found:
            route = routes.of_address(one)
            if route not in _NOT_WALKED and key_of(one) not in seen and _is_new_kind(route, one, kinds):
                seen.add(key_of(one))
                waiting.append(one)


_NOT_WALKED = ("", "/console/logout")


def _is_new_kind(route: str, address: str, kinds: Counter[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether there were but few addresses yet of that route with those names."""
    names = tuple(sorted(name for name, _value in parse_qsl(urlsplit(address).query)))
    narrowing = set(names) - _BESIDE
    if len(narrowing) > 1:
        return False
    kinds[route, names] += 1
    if route.startswith("/console/figures"):
        most = 1
    elif "{" in route:
        most = THINGS
    else:
        most = TYPED_VALUES if TYPED & narrowing else VALUES
    return kinds[route, names] <= most
