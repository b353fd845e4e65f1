from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crypto import new_signing_key
from checklists.records.feed_page import FORMAT, PageError, make, opened
from checklists.wire import canonical

KEY = new_signing_key()
HEAD = {"at": "2026-11-29T00:00:00.000Z", "since": "", "cursor": "e.1-1", "more": False, "agency": "T", "area": ""}
CHANGE = st.dictionaries(
    st.text(max_size=5).filter(str.isprintable), st.text(max_size=20) | st.integers(0, 99), max_size=3
)


@given(st.lists(CHANGE, max_size=5))
def test_a_page_reads_back_as_it_was_made(changes: list[dict[str, object]]) -> None:
    lines = [canonical(one) for one in changes]
    page = opened(make(KEY, HEAD, lines), KEY.public, "")
    assert (list(page.lines), page.changes()) == (lines, changes)
    assert (page.at, page.cursor, page.more) == (HEAD["at"], "e.1-1", False)


@given(st.data())
def test_no_byte_of_a_page_can_be_another(data: st.DataObject) -> None:
    body = bytearray(make(KEY, HEAD, [b'{"kind":"orders"}', b'{"kind":"task"}']))
    loose = body.index(b'=="')  # base64 has bits there that mean nothing
    at = data.draw(st.integers(0, len(body) - 1).filter(lambda at: at not in range(loose - 1, loose + 2)))
    body[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(PageError):
        opened(bytes(body), KEY.public, "")


def test_a_later_format_is_not_read() -> None:
    later = make(KEY, HEAD, []).replace(f'"format":{FORMAT}'.encode(), b'"format":9')
    with pytest.raises(PageError, match="signature"):
        opened(later, KEY.public, "")
