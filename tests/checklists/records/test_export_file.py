"""The file that only an office can open: whole, cut, damaged, and in wrong hands."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.crypto import SealError, columns_key, encrypt, new_sealing_key, place, seal_for
from checklists.records import export_file
from checklists.records.export_file import HandoverError, Header, Member

KEY, STORE = new_sealing_key(), b"s" * 32


def made(*sizes: int) -> bytes:
    file = io.BytesIO()
    header = Header("dev-1", "T1", KEY.public, export_file.wrap(KEY.public, STORE, "dev-1"), "2026-11-26T00:00:00.000Z")
    members = [Member(f"photos/{number}", size, io.BytesIO(os.urandom(size))) for number, size in enumerate(sizes)]
    export_file.write(file, header, members)
    return file.getvalue()


def read(content: bytes) -> list[tuple[str, int | None]]:
    found = export_file.read(io.BytesIO(content))
    return [(name, None if held is None else len(held)) for name, held in found]


def test_what_was_sealed_for_a_key_opens_with_it_alone() -> None:
    sealed = seal_for(KEY.public, b"evidence", b"here")
    assert KEY.unseal(sealed, b"here") == b"evidence"
    assert sealed != seal_for(KEY.public, b"evidence", b"here")
    for key, content, context in ((new_sealing_key(), sealed, b"here"), (KEY, sealed, b"there"), (KEY, b"", b"here")):
        with pytest.raises(SealError):
            key.unseal(content, context)


def test_a_key_that_is_none_is_said() -> None:
    with pytest.raises(SealError):
        seal_for("bm9uZQ==", b"x")


def test_the_office_gets_the_key_of_the_columns_and_no_more() -> None:
    header = export_file.read_header(io.BytesIO(made()))
    assert export_file.unwrap(KEY, header) == columns_key(STORE) != STORE
    hidden = encrypt(columns_key(STORE), b"content", place("photo", "1"))
    assert export_file.reveal(columns_key(STORE), hidden, "photo", "1") == b"content"
    with pytest.raises(SealError):
        export_file.reveal(columns_key(STORE), hidden, "photo", "2")


def test_every_member_comes_back_and_the_header_is_not_one() -> None:
    assert read(made(10, 70_000, 0)) == [("photos/0", 10), ("photos/1", 70_000), ("photos/2", 0)]


@given(st.integers(0, 30_000))
@settings(max_examples=60, deadline=None)
def test_a_file_cut_anywhere_gives_what_came_before(at: int) -> None:
    whole = made(*[2_000] * 12)
    found = read(whole[:at])
    assert found == [(f"photos/{number}", 2_000) for number in range(len(found))] or found[-1][1] is None


def test_a_damaged_start_costs_neither_the_key_nor_the_rest() -> None:
    content = bytearray(made(*[3_000] * 20))
    content[:4_000] = os.urandom(4_000)
    assert export_file.read_header(io.BytesIO(bytes(content))).device == "dev-1"
    assert len(read(bytes(content))) >= 18


@pytest.mark.parametrize("content", [b"", b"no tar at all" * 900])
def test_what_is_no_such_file_is_said(content: bytes) -> None:
    with pytest.raises(HandoverError):
        export_file.read_header(io.BytesIO(content))
    assert read(content) == []
