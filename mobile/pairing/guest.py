"""The asking side: one letter to the leading tablet, one answer back, over the local network."""

from __future__ import annotations

from collections.abc import Iterable

from mobile.pairing.host import PATH
from mobile.pairing.invite import is_local
from mobile.pairing.letter import MOST_BYTES
from mobile.refusals import Refusal

TIMEOUT_S = (2, 6)
"""To connect, and between two bytes: the other tablet is a few metres away."""


def post(addresses: Iterable[str], body: bytes) -> tuple[str, bytes]:
    """Return the address that answered and its answer.

    Raises Refusal `pair_unreachable` where none does, and what the other tablet refused.
    """
    for address in addresses:
        if not is_local(address):
            continue
        answer = _ask(address, body)
        if answer is not None:
            return address, answer
    raise Refusal("pair_unreachable")


def _ask(address: str, body: bytes) -> bytes | None:
    import requests

    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.post(
                f"http://{address}{PATH}", data=body, timeout=TIMEOUT_S, allow_redirects=False, stream=True
            )
            content = answer.raw.read(MOST_BYTES + 1)
        except (requests.RequestException, OSError):
            return None
        except Exception as problem:  # urllib3's own, while the body is read
            if type(problem).__module__.startswith("urllib3"):
                return None
            raise
    if len(content) > MOST_BYTES:
        raise Refusal("pair_too_large")
    if answer.status_code != 200:
        code = content[:40].decode("ascii", "replace")
        # Whoever answers at an address need not be the tablet; only words of ours are believed.
        raise Refusal(code if code.startswith("pair_") else "pair_unreachable")
    return bytes(content)
