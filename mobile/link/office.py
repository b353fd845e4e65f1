"""The office over HTTP: one session, timeouts, TLS verified, and every failure as a code.

`requests` is imported with the first session: it costs start-up time on a tablet.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mobile.link.dispatch import code_of_status
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
    """A session with the office; close it when the run ends."""

    def __init__(self, link: Link) -> None:
        if link.url.startswith(PRACTICE):
            raise Refusal("link_practice")
        import requests

        self._url, self.is_hub = link.url.rstrip("/"), link.is_hub
        self._session = requests.Session()
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
        try:
            answer = self._session.request(
                method,
                self._url + path,
                data=body,
                headers=headers,
                timeout=timeout or TIMEOUT_S,
                allow_redirects=False,
            )
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
            content = answer.json()
        except ValueError as problem:
            raise Refusal("answer_malformed", path) from problem
        if not isinstance(content, dict):
            raise Refusal("answer_malformed", path)
        return content


def _refusal(answer: Response) -> Refusal:
    try:
        told = answer.json()
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
