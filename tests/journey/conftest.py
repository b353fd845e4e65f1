from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from demo.browser import QUIET, chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=path, args=list(QUIET))
        yield made
        made.close()
