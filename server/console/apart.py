"""Each piece of a page is made and drawn apart: what cannot be says so, and hides nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

from markupsafe import Markup

from server.refusals import Refused
from server.store import outage

T = TypeVar("T")

_log = logging.getLogger(__name__)

_BOX = Markup(
    '<section class="card broken" role="note"><p><b>{}</b></p>'
    '<p><a href="/console/records/{}/sealed">{}</a></p></section>'
)


def _(words: str) -> str:
    return words


NOT_SHOWN = _("This part of the record cannot be shown as a page.")
AS_SEALED = _("The sealed record as it came")


class Pieces:
    """Makes the pieces of one page; `broken` names those that could not be made."""

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self.broken: set[str] = set()

    def make(self, name: str, make: Callable[..., T], *given: Any, otherwise: Any, **named: Any) -> T:
        """Return what `make` gives, or `otherwise` where it fails: a page shows that in the piece's place."""
        try:
            return make(*given, **named)
        except Exception as problem:
            if isinstance(problem, Refused) or outage.away(problem):
                raise
            failed(self._digest, name, problem)
            self.broken.add(name)
            return cast(T, otherwise)


def failed(digest: str, name: str, problem: Exception) -> None:
    """Log that a piece could not be made or drawn, without its values."""
    _log.error("a piece of a page failed", exc_info=problem, extra={"record": digest, "reason": name})


def drawn(gettext: Callable[[str], str], page: Any, *names: str, caller: Callable[[], Markup]) -> Markup:
    """Return a piece as the template draws it; `names` are those of what it shows. For `{% call apart(page, …) %}`.

    Of a record that is not what its format says nothing is drawn but what the office itself knows of it.
    """
    digest = str(page.record.digest)
    if page.fault is not None and not set(names) & OWN:
        return Markup("")
    if not page.broken.intersection(names):
        try:
            return caller()
        except Exception as problem:
            failed(digest, names[0], problem)
    return _BOX.format(gettext(NOT_SHOWN), digest, gettext(AS_SEALED))


OWN = frozenset({"seal", "tickets", "tasks", "rivals"})
"""Pieces that the office's own tables give."""
