"""Forms as browsers send them, whole and broken."""

from __future__ import annotations

from typing import Any

import pytest
from falcon import testing
from falcon.asgi import App, Request, Response

from server.console.posted import Posted, posted
from server.refusals import Refused

EDGE = "----lujian"


def send(body: bytes, content_type: str, limit: int = 100_000, **headers: str) -> Posted | str:
    """What a handler is given, or the code of the refusal."""
    held: dict[str, Any] = {}

    class Take:
        async def on_post(self, req: Request, _resp: Response) -> None:
            try:
                held["form"] = await posted(req, 5, limit)
            except Refused as refused:
                held["form"] = refused.code

    app: App[Request, Response] = App()
    app.add_route("/", Take())
    testing.TestClient(app).simulate_post("/", body=body, headers={"Content-Type": content_type, **headers})
    found: Posted | str = held["form"]
    return found


def multipart(*parts: tuple[str, bytes]) -> bytes:
    lines = [f"--{EDGE}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body for head, body in parts]
    return b"\r\n".join([*lines, f"--{EDGE}--\r\n".encode()])


def test_a_plain_form_keeps_every_value_of_a_name_in_order() -> None:
    form = send(b"violation=A&violation=B&reason=%E6%B2%A1+&empty=", "application/x-www-form-urlencoded")
    assert isinstance(form, Posted)
    assert form.many("violation") == ("A", "B")
    assert form.get("reason") == "没"
    assert form.fields == {"violation": "B", "reason": "没 ", "empty": ""}


def test_files_come_with_their_name_and_an_empty_choice_is_none() -> None:
    body = multipart(
        ('name="text"', "笔录".encode()),
        ('name="scan"; filename="回证.pdf"\r\nContent-Type: application/pdf', b"%PDF-1.7 \r\n--not the edge"),
        ('name="other"; filename=""\r\nContent-Type: application/octet-stream', b""),
    )
    form = send(body, f"multipart/form-data; boundary={EDGE}")
    assert isinstance(form, Posted)
    assert form.get("text") == "笔录"
    assert (form.files["scan"].name, form.files["scan"].content) == ("回证.pdf", b"%PDF-1.7 \r\n--not the edge")
    assert "other" not in form.files


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"a=%00", "application/x-www-form-urlencoded", "malformed"),
        (b"a=%ff", "application/x-www-form-urlencoded;", None),
        (b"\xff=1", "application/x-www-form-urlencoded", "malformed"),
        (b"a=1" * 60_000, "application/x-www-form-urlencoded", "body_too_large"),
        (b"&".join([b"a=1"] * 3000), "application/x-www-form-urlencoded", "malformed"),
        (multipart(('name="a"', b"1"))[:-9], f"multipart/form-data; boundary={EDGE}", "malformed"),
        (multipart(('name="a"', b"1")), "multipart/form-data", "malformed"),
        (multipart(('name="a"', b"\xff")), f"multipart/form-data; boundary={EDGE}", "malformed"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_code(body: bytes, content_type: str, code: str | None) -> None:
    form = send(body, content_type)
    assert form == code if code else isinstance(form, Posted)


def test_another_site_posts_nothing() -> None:
    assert send(b"a=1", "application/x-www-form-urlencoded", **{"Sec-Fetch-Site": "cross-site"}) == "form_refused"
