"""Somebody at the case page: reads it, takes the primary button, fills in the form that the page gives, sends it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from PIL import Image

from server.office import Office
from server.store import users
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import PEOPLE

EDGE = "----lujian-form"
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def sign_up(office: Office) -> None:
    """Let everybody of the cast sign in."""
    for login, role, agency in PEOPLE:
        office.store.write_now(
            lambda login=login, role=role, agency=agency: users.add(  # type: ignore[misc]
                login=login, name=login, role=role, agency=agency, password=PASSWORD
            )
        )


def png() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(held, "PNG")
    return held.getvalue()


@dataclass
class Sent:
    """A form as the page gives it: its address, what a browser would send of it untouched, and what its buttons add."""

    action: str = ""
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    """Every form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Sent] = []
        self._form: Sent | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Sent(told.get("action", ""))
            self.forms.append(self._form)
        if self._form is None:
            return
        name = told.get("name", "")
        if name:
            self._form.names.add(name)
        if tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((told.get("value", ""), "selected" in told))
        elif tag == "textarea":
            self._area = name
            self._form.values.append((name, ""))
        elif tag == "button" and name:
            self._form.buttons.append((name, told.get("value", "")))
        elif tag == "input" and name:
            kind = told.get("type", "text")
            if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in told):
                return
            self._form.values.append((name, told.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[-1] = (self._area, self._form.values[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select" and self._form is not None and self._select:
            chosen = next((value for value, on in self._options if on), self._options[0][0] if self._options else "")
            self._form.values.append((self._select, chosen))
            self._select = ""


def forms(page: str) -> list[Sent]:
    parser = _Forms()
    parser.feed(page)
    return parser.forms


def text(page: str) -> str:
    """What a reader sees, in one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def primary(page: str) -> tuple[str, str]:
    """The event of the primary button, and the address of its form: `at once` where it has none, nothing where grey."""
    found = re.search(r"<(a|button)[^>]*data-primary[^>]*>", page)
    assert found is not None, "no primary button"
    event = re.search(r'data-event="(\w+)"', found[0])
    assert event is not None
    address = re.search(r'href="([^"]+)"', found[0])
    if found[1] == "button":
        return event[1], "" if "disabled" in found[0] else "at once"
    assert address is not None
    return event[1], html.unescape(address[1])


class Clerk(Browser):
    """One person at one computer, working on cases."""

    def page(self, case: Any) -> str:
        shown = self.get(f"/console/cases/{case}")
        assert shown.status_code == 200, shown.text
        return str(shown.text)

    def next(self, case: Any, event: str, files: Mapping[str, bytes] | None = None, **values: Any) -> Any:
        """Take the primary button of the page, which must be this event."""
        page = self.page(case)
        told, address = primary(page)
        assert told == event, f"the primary button is {told}, not {event}"
        assert address, f"{event} is grey: {text(page)[:600]}"
        if address == "at once":
            assert not values and not files
            return self._sent(next(one for one in forms(page) if one.action.endswith(f"/do/{event}")), {}, {})
        return self.fill(self.get(address), files or {}, values)

    def do(
        self, case: Any, event: str, files: Mapping[str, bytes] | None = None, query: str = "", **values: Any
    ) -> Any:
        """Open the form of an event by its address and send it."""
        return self.fill(self.get(f"/console/cases/{case}/do/{event}{query}"), files or {}, values)

    def fill(self, shown: Any, files: Mapping[str, bytes], values: Mapping[str, Any]) -> Any:
        """Fill in the form of a page and send it; what is written into must be there."""
        held = next((one for one in forms(shown.text) if "/do/" in one.action), None)
        assert held is not None, f"no form: {shown.status_code} {text(shown.text)[:600]}"
        unknown = {*values, *files} - held.names
        assert not unknown, f"the form has no {unknown}: {sorted(held.names)}"
        return self._sent(held, values, files)

    def _sent(self, held: Sent, values: Mapping[str, Any], files: Mapping[str, bytes]) -> Any:
        kept = [(name, value) for name, value in held.values if name not in values]
        for name, value in values.items():
            kept += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return self.send(held.action, kept, files)

    def send(self, path: str, values: list[tuple[str, str]], files: Mapping[str, bytes] | None = None) -> Any:
        """Post fields and files as a browser does."""
        lines = [f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
                 for name, value in values]  # fmt: skip
        for name, content in (files or {}).items():
            head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.pdf"\r\n'
            lines.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content)
        body = b"\r\n".join([*lines, f"--{EDGE}--\r\n".encode()])
        headers = {**self._headers(), "Content-Type": f"multipart/form-data; boundary={EDGE}"}
        return self._keep(self.client.simulate_post(path, body=body, headers=headers))

    def issue(self, case: Any, kind: str, **values: Any) -> Any:
        """Make a document on its page and issue it."""
        shown = self.get(f"/console/cases/{case}/documents/{kind}")
        held = next((one for one in forms(shown.text) if "/documents/" in one.action), None)
        assert held is not None, f"no form: {shown.status_code} {text(shown.text)[:600]}"
        assert not {*values} - held.names
        return self._sent(held, {**values, "act": "issue"}, {})

    def csrf(self, case: Any) -> str:
        return token(self.page(case))


def done(result: Any) -> None:
    """The step was taken: the browser is sent back to the case."""
    assert result.status_code == 303, text(result.text)[:1500]
