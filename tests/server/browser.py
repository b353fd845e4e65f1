"""A browser without a screen: keeps cookies, fills in forms, says where it came from as browsers do."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from falcon import testing

from server import clock
from server.app import create_app
from server.office import Office
from server.store.administration_models import StatedPurpose
from server.store.models import Record
from tests.server.scene import PASSWORD


class Browser:
    """One person at one computer, who says for what he looks where he is asked; with `shy` he does not."""

    def __init__(self, office: Office, login: str = "", *, shy: bool = False) -> None:
        self.shy = shy
        self.client = testing.TestClient(create_app(office))
        self.cookies: dict[str, str] = {}
        if login:
            assert self.sign_in(login).status_code == 303

    def get(self, path: str) -> Any:
        found = self._keep(self.client.simulate_get(path, headers=self._headers()))
        asked = str(found.headers.get("location", ""))
        if self.shy or not asked.startswith("/console/purpose"):
            return found
        self.say_why(asked)
        return self._keep(self.client.simulate_get(path, headers=self._headers()))

    def say_why(self, asked: str, purpose: str = "supervision", number: str = "督〔2026〕3号") -> Any:
        """Say for what one looks, on the page that asks."""
        about = dict(parse_qsl(urlsplit(asked).query))
        page = self._keep(self.client.simulate_get(asked, headers=self._headers())).text
        return self.post("/console/purpose", {"csrf": token(page), "purpose": purpose, "number": number, **about})

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Any:
        sent = {**self._headers(), "Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._keep(self.client.simulate_post(path, body=urlencode(fields), headers=sent))

    def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> Any:
        page = self.get("/console/login").text
        fields = {"csrf": token(page), "login": login, "password": password, **more}
        return self.post("/console/login", fields)

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _keep(self, result: Any) -> Any:
        for line in result.headers.get("set-cookie", "").split(", "):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        self.cookies.update({name: cookie.value for name, cookie in result.cookies.items()})
        return result


def everything_said(office: Office, login: str) -> None:
    """Let somebody have said for what he looks at every stop that the office knows."""
    stops = {str(one.inspection) for one in Record.select(Record.inspection).distinct()}
    rows = [
        {"login": login, "inspection": one, "purpose": "supervision", "number": "督〔2026〕3号", "at": clock.now()}
        for one in stops
    ]
    office.store.write_now(lambda: StatedPurpose.insert_many(rows).execute())


def token(page: str) -> str:
    """The token of a page's first form."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]
