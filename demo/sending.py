"""What a party sends by its link: proof with a photo, and a dispute."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def proof(phone: Any, picture: Path) -> None:
    """Send a photo as proof of the first point that takes one."""
    form = _form(phone, "proof").first
    form.locator("[name=file1]").set_input_files(str(picture))
    form.locator("[name=text]").fill("已按要求整改，见照片。")
    with phone.expect_navigation():
        form.locator("button").click()


def dispute(phone: Any) -> None:
    """Say of the last point that it is wrong."""
    form = _form(phone, "dispute").last
    form.locator("[name=text]").fill("现场情况与记录不符，请复看照片。")
    with phone.expect_navigation():
        form.locator("button").click()


def _form(phone: Any, what: str) -> Any:
    """Return the forms of a kind, each unfolded as a finger does it."""
    found = phone.locator("form", has=phone.locator(f"[name=what][value={what}]"))
    for folded in phone.locator("details:not([open]) > summary").all()[::-1]:
        folded.click()
    return found
