"""An office with somebody of each role, and forms sent as a browser sends them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from server.config import Config
from server.office import Office, open_office
from server.store import audit, users
from server.store.office_models import Audit
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD, PEOPLE

EDGE = "----lujian"


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    """An office in a folder, with the people of the scene and a leader of the police."""
    office = open_office(Config(data_dir=str(folder), office="示例县", stall_seconds=2))
    for login, name, role, agency in (
        *PEOPLE,
        ("chief", "郑队", "leader", "P"),
        ("deputy", "吴工", "system_admin", "T"),
    ):
        told = {"login": login, "name": name, "role": role, "agency": agency, "password": PASSWORD}
        office.store.write_now(lambda told=told: users.add(**told))  # type: ignore[misc]
    yield office
    office.close()


def text(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def send(browser: Browser, path: str, **fields: str) -> Any:
    """Post a form with the token of the visitor's pages."""
    return browser.post(path, {**fields, "csrf": token(browser.get("/console/account").text)})


def bring(browser: Browser, path: str, name: str, content: bytes, **fields: str) -> Any:
    """Post a form with a file."""
    told = {**fields, "csrf": token(browser.get("/console/account").text)}
    parts = [f'Content-Disposition: form-data; name="{one}"\r\n\r\n{value}'.encode() for one, value in told.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'.encode()
    body = b"".join(b"--%s\r\n%s\r\n" % (EDGE.encode(), one) for one in (*parts, head + content))
    headers = {**browser._headers(), "Content-Type": f"multipart/form-data; boundary={EDGE}"}
    return browser._keep(browser.client.simulate_post(path, body=body + b"--%s--\r\n" % EDGE.encode(), headers=headers))


def secret(page: str) -> str:
    found = re.search(r"data-secret>([^<]+)<", page)
    assert found is not None
    return found[1]


def logged(subject: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    rows = Audit.select().where(Audit.subject == subject).order_by(Audit.id)
    return [(str(one.who), str(one.action), audit.detail_of(one)) for one in rows]
