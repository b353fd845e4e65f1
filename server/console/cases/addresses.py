"""Where the form of a step is: its address, and the attributes by which it opens beside the page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

_LINK = Markup('href="{0}" hx-get="{0}" hx-target="#beside" hx-select="#act" hx-swap="innerHTML"')


def step(case: str, event: str, query: Mapping[str, str] | None = None, side: str = "") -> str:
    """Return the address of the form of a step, with what its link says already."""
    asked = {**(query or {}), **({"side": side} if side else {})}
    return f"/console/cases/{case}/do/{event}" + (f"?{urlencode(asked)}" if asked else "")


def opens(case: str, event: str, query: Mapping[str, str] | None = None, side: str = "") -> Markup:
    """Return the attributes of a link to a form: plain without a script, beside the page with one."""
    return _LINK.format(step(case, event, query, side))
