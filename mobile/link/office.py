"""The office over HTTP: one session, timeouts, TLS verified, and every failure as a code.

`requests` is imported with the first session: it costs start-up time on a tablet.
"""

from __future__ import annotations

import contextlib
import errno
import io
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checklists.wire import read_json
from mobile.link.dispatch import code_of_status
from mobile.link.lanes import Lanes
from mobile.link.sockets import BLOCK, session
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from requests import Response

TIMEOUT_S = (10, 30)
"""To connect, and between two bytes."""

PRACTICE = "practice:"
"""The address of no office: in practice nothing is ever sent, whoever asks for it."""


@dataclass(frozen=True)
class Link:
    """Where the office is and how it is trusted. `ca_file` pins its certificate authority; empty is the system's.

    `is_hub`: it is a hub at the post, whose clock is no office's.
    """

    url: str
    token: str = ""
    ca_file: str = ""
    is_hub: bool = False


class Office:
    """A session with the office; close it when the run ends. `lanes` is what is known of the line to it."""

    def __init__(self, link: Link, lanes: Lanes | None = None) -> None:
        if link.url.startswith(PRACTICE):
            raise Refusal("link_practice")
        self.lanes = lanes or Lanes()
        self._link, self._url, self.is_hub = link, link.url.rstrip("/"), link.is_hub
        self._session = session()
        self._session.verify = link.ca_file or True
        # The environment must not lead evidence through a proxy or trust other authorities.
        self._session.trust_env = False
        if link.token:
            self._session.headers["Authorization"] = f"Bearer {link.token}"

    def __enter__(self) -> Office:
        """Use the session until the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the session."""
        self._session.close()

    def another(self) -> Office:
        """Return another session with the same office, over the same line."""
        return Office(self._link, self.lanes)

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: tuple[int, int] | None = None,
    ) -> Response:
        """Return the answer to a request. Raises Refusal with the link's code or the office's own."""
        sent = _Body(body, self.lanes) if body else None
        answer = self._answer(method, path, data=sent, headers=headers, timeout=timeout or TIMEOUT_S)
        if sent is not None:
            self.lanes.learn(len(body or b""), sent.seconds)
        return answer

    @contextlib.contextmanager
    def begun(self, path: str, headers: Mapping[str, str]) -> Iterator[tuple[Response, Iterator[bytes]]]:
        """Give an answer of which only the head is there, and its bytes as they come, packed as they are.

        Raises Refusal as `ask` does, also where the line is lost in the middle.
        """
        answer = self._answer("GET", path, headers=headers, timeout=TIMEOUT_S, stream=True)
        try:
            yield answer, _blocks(answer)
        finally:
            answer.close()

    def _answer(self, method: str, path: str, **more: Any) -> Response:
        try:
            answer = self._session.request(method, self._url + path, allow_redirects=False, **more)
        # Every exception of requests is an OSError; so is a pinned authority whose file is gone.
        except OSError as problem:
            raise Refusal(_code(problem), str(problem)) from problem
        if answer.status_code >= 300:
            raise _refusal(answer)
        return answer

    def ask_json(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the answer as a mapping. Raises Refusal, also `answer_malformed` where it is none."""
        answer = self.ask(method, path, body=body, headers={"Content-Type": "application/json", **(headers or {})})
        try:
            content = read_json(answer.content)
        except ValueError as problem:
            raise Refusal("answer_malformed", path) from problem
        if not isinstance(content, dict):
            raise Refusal("answer_malformed", path)
        return content


class _Body(io.BytesIO):
    """A request's body, given to the line block by block: whole, it would have to be gone within one timeout."""

    def __init__(self, content: bytes, lanes: Lanes) -> None:
        super().__init__(content)
        self._lanes = lanes
        self._begun = self._last = 0.0

    def read(self, size: int | None = -1) -> bytes:
        self._last = time.monotonic()
        self._begun = self._begun or self._last
        self._lanes.watch(self.tell(), self.seconds)
        return super().read(BLOCK if size is None or size < 0 else min(size, BLOCK))

    @property
    def seconds(self) -> float:
        """How long the line took to take it."""
        return self._last - self._begun


def _blocks(answer: Response) -> Iterator[bytes]:
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    try:
        yield from answer.raw.stream(BLOCK, decode_content=False)
    except (HTTPError, OSError) as problem:
        code = "link_timeout" if isinstance(problem, ReadTimeoutError | TimeoutError) else "link_broken"
        raise Refusal(code, str(problem)) from problem


def _refusal(answer: Response) -> Refusal:
    try:
        told = read_json(answer.content)
    except ValueError:
        told = None
    told = told if isinstance(told, dict) else {}
    code = code_of_status(answer.status_code, str(told.get("code") or ""))
    return Refusal(code, str(told.get("detail") or ""), status=answer.status_code, headers=dict(answer.headers))


def _code(problem: OSError) -> str:
    from requests import exceptions

    if isinstance(problem, exceptions.SSLError) or "certificate" in str(problem).lower():
        return "tls_untrusted"
    if isinstance(problem, exceptions.Timeout):
        return "link_timeout"
    if isinstance(problem, exceptions.InvalidURL | exceptions.MissingSchema | exceptions.InvalidSchema):
        return "address_invalid"
    return "link_refused" if _refused(problem) else "link_broken"


def _refused(problem: BaseException) -> bool:
    """Whether a socket refusal lies at the bottom: nobody listens there, or there is no way to it."""
    seen: list[BaseException] = [problem]
    for one in seen:
        if isinstance(one, OSError) and one.errno in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH):
            return True
        below = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        seen.extend(step for step in below if isinstance(step, BaseException) and step not in seen)
    return False
