"""An office with everybody of the cast signed up, shared by the tests of a module, and forms picked from its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from server.config import Config
from server.office import Office, open_office
from server.store import users
from tests.server.console.cases.clerk import Clerk, Sent, forms, sign_up, text
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import furnish

MORE = (("zhou", "law_admin", "T"), ("sun", "system_admin", "T"))
HOSTILE = "\"'><script>alert(1)</script>&amp;{{ 7*7 }}"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;{{ 7*7 }}"


def furnished(office: Office) -> Office:
    """Publish the law and let everybody sign in, also who is no party to cases."""
    furnish(office)
    sign_up(office)
    for login, role, agency in MORE:
        office.store.write_now(
            lambda login=login, role=role, agency=agency: users.add(  # type: ignore[misc]
                login=login, name=login, role=role, agency=agency, password=PASSWORD
            )
        )
    return office


def shared(folder: Path) -> Iterator[Office]:
    """An office of its own on SQLite, for a module."""
    office = furnished(open_office(Config(data_dir=str(folder), office="示例县", stall_seconds=2)))
    yield office
    office.close()


def form_of(page: str, action: str, **having: str) -> Sent:
    """Return the first form of a page that goes to an address and has those values, or a button that adds them."""
    for one in (one for one in forms(page) if one.action == action):
        pressed = [pair for pair in one.buttons if pair in having.items()]
        if having.items() <= {*one.values, *pressed}:
            return replace(one, values=[*one.values, *pressed])
    raise AssertionError(text(page)[:800])


def taken_out(clerk: Clerk, page: str, action: str, number: str) -> Any:
    """Ask for an export by the form of a page, and say for what where that is asked."""
    done = sent(clerk, form_of(page, action))
    if done.status_code == 200:
        done = sent(clerk, form_of(done.text, action), purpose="case", number=number)
    return done


def csrf_of(clerk: Clerk) -> str:
    """Return what forms of this visitor carry."""
    return dict(form_of(clerk.get("/console/account").text, "/console/logout").values)["csrf"]


def sent(clerk: Clerk, held: Sent, files: dict[str, bytes] | None = None, **values: str) -> Any:
    """Fill in a form and send it; what is written into must be there."""
    assert not {*values, *(files or {})} - held.names
    kept = [(name, value) for name, value in held.values if name not in values]
    return clerk.send(held.action, [*kept, *values.items()], files)
