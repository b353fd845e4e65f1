"""How a page is made: templates, words in the reader's language, and the headers that browsers heed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from falcon.asgi import Response
from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from checklists import words
from checklists.facts.situation import LAW_ZONE
from checklists.papers.paper import unproven
from server import clock
from server.cases.discretion import FACTORS
from server.cases.words import TIERS
from server.console import apart, drawings, place, timeline
from server.console.files import StaticFiles
from server.console.posted import FILE_BYTES
from server.store import waiting_acts


def _(words: str) -> str:
    return words


_HERE = Path(__file__).parent

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


# Codes that entries hold as values, in words where we have them.
_CODED = {
    **words.SOURCES,
    **words.ANSWERS,
    **words.OUTCOMES,
    **words.CODES,
    **timeline.PARTS,
}


_CODES = re.compile(r"\s*\[[A-Z]+\d*[^\]]*\]/?")
"""A code of the list of sources in the data: [S1], [S59]/[M list]."""
_EDITIONS = {
    re.compile(r"(?P<year>\d{4}) No\. (?P<number>\d+)"): _("{year} No. {number}"),
    re.compile(r"MPS Order (?P<number>\d+)"): _("MPS Order {number}"),
    re.compile(r"undated"): _("undated"),
}
"""How the data write the version of a law that has no day, and what a page says."""


class Desk:
    """Draws pages: one environment per language; a process reads and compiles each template once."""

    def __init__(self, office_name: str, files: StaticFiles) -> None:
        self._pages = {lang: _environment(lang, office_name, files) for lang in words.LANGUAGES}

    def draw(self, resp: Response, template: str, lang: str, values: Mapping[str, Any]) -> None:
        """Put a page in the answer. Nothing of it may be kept by the browser or a proxy."""
        resp.content_type = "text/html; charset=utf-8"
        resp.set_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        resp.set_header("Content-Language", "en" if lang == "en" else "zh-CN")
        resp.set_header("Cache-Control", "no-store")
        resp.text = self._pages[lang].get_template(template).render(values)


class _Said(NodeTransformer):
    """Puts the words of the catalogue in the place of each `_("…")` that stands alone: asked once, not for each row."""

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Return a call as it is, or the words that it always gives."""
        self.generic_visit(node)
        alone = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not (alone and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return node
        told = node.args[0]
        if not isinstance(told, nodes.Const):
            return node
        return nodes.Const(Markup(self._say(told.value)) % {}, lineno=node.lineno)  # noqa: S704 - as Jinja's own gettext


class Templates(Environment):
    """Templates of one language."""

    say: Callable[[str], str]

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **more: Any) -> Any:
        """Compile a template with the words of its language in it."""
        if isinstance(source, str):
            source = _Said(self.say).visit(self.parse(source, name, filename))
        return super().compile(source, name, filename, *rest, **more)


@cache
def _environment(lang: str, office_name: str, files: StaticFiles) -> Environment:
    made = Templates(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = words.catalogue(lang, "server")
    made.say = catalogue.gettext
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined] # the i18n extension adds it
    made.filters.update(
        when=local_time,
        pick=partial(words.pick, lang=lang),
        say=lambda text: catalogue.gettext(text) if text else "",
        path=lambda text: words.label(text, catalogue.gettext),
        coded=lambda text: catalogue.gettext(_CODED[text]) if text and text in _CODED else text,
        short=local_short,
        people=lambda text: words.value(text, catalogue.gettext),
        digest=lambda text: text[:12],
        edition=partial(edition, catalogue.gettext),
        source=without_codes,
        thousands=lambda number: "—" if number is None else f"{number:,}",
    )
    made.globals.update(
        lang=lang,
        colon=catalogue.gettext(_(": ")),
        comma=catalogue.gettext(_(", ")),
        semicolon=catalogue.gettext(_("; ")),
        office_name=office_name,
        file_bytes=FILE_BYTES,
        static=files.address,
        vocabulary=words,
        tier_words=TIERS,
        drawings=drawings,
        unproven=unproven,
        once=partial(_once, lang),
        apart=partial(apart.drawn, catalogue.gettext),
        kinds=timeline.KINDS,
        named={**timeline.PARTS, **timeline.NAMED},
        notes=timeline.NOTES,
        doubts=timeline.DOUBTS,
        no_position=place.WHY,
        may_act=waiting_acts.MAY_ACT,
        first=waiting_acts.FIRST,
        factor_words=FACTORS,
    )
    return made


def _once(lang: str, drawn: dict[str, Markup], caller: Callable[[], Markup]) -> Markup:
    """Return a piece as it was drawn before, on the same day: times show their year where it is not this one."""
    today = f"{lang} {datetime.now(LAW_ZONE).date()}"
    if today not in drawn:
        drawn[today] = caller()
    return drawn[today]


def edition(say: Callable[[str], str], version: str) -> str:
    """Return the version of a law as a reader says it; those that are days stay as they are."""
    for pattern, told in _EDITIONS.items():
        found = pattern.fullmatch(version)
        if found is not None:
            return say(told).format(**found.groupdict())
    return version


def without_codes(source: str) -> str:
    """Return where a statement comes from without the codes of the list of sources: [S1][S59]."""
    return _CODES.sub("", source).strip(" /；;，,")


def local_time(text: str | None, *, seconds: bool = False) -> str:
    """Return UTC text as the time on the wall here: `2026-11-21 09:30`; what cannot be read stays as it is."""
    at = _read(text)
    return text or "" if at is None else at.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def local_short(text: str | None) -> str:
    """Return UTC text without its year where that is this year's: lists are dense, an odd year must show."""
    at = _read(text)
    if at is None:
        return text or ""
    return at.strftime("%m-%d %H:%M" if at.year == datetime.now(LAW_ZONE).year else "%Y-%m-%d %H:%M")


def _read(text: str | None) -> datetime | None:
    try:
        return clock.read(text or "").astimezone(LAW_ZONE)
    except ValueError:
        return None
