from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.wire import WireError, canonical
from server.gate.ingest import is_canonical

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(max_size=8)
    | st.sampled_from(["\U0001f69b", "\ufb33", "12345678901234567890", "\u2028", "\x7f", '"\\/\b\f'])
)
values = st.recursive(
    scalars,
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=4), one, max_size=4),
    max_leaves=12,
)


def kernel_says(body: bytes) -> bool:
    try:
        return canonical(json.loads(body)) == body
    except WireError:
        return False


@given(values)
def test_the_fast_comparison_agrees_with_the_kernel(value: Any) -> None:
    loose = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    body = loose.encode(errors="surrogatepass")
    assert is_canonical(body) == kernel_says(body)


@given(st.dictionaries(st.text(max_size=4), scalars, max_size=6))
def test_what_the_kernel_writes_is_canonical(value: dict[str, Any]) -> None:
    try:
        body = canonical(value)
    except WireError:
        return
    assert is_canonical(body)


@pytest.mark.parametrize(
    "text", ["1.0", "1e2", "-0", " 1", "01", '{"b":1,"a":2}', '"\\u0061"', '"\\/"', "9007199254740992"]
)
def test_other_ways_to_write_are_not_canonical(text: str) -> None:
    assert not is_canonical(text.encode())
