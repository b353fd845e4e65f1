"""The pairings of an open store: by inspection, and the one of the post."""

from __future__ import annotations

from mobile.device import network
from mobile.pairing import sessions
from mobile.pairing.beside import Beside
from mobile.pairing.invite import Invite
from mobile.pairing.near import Near
from mobile.pairing.post import Post
from mobile.pairing.talk import Addresses
from mobile.store import line as lines


class Pairings:
    """Each runs until it is left, the tablet locks, or everybody has heard the end."""

    addresses: Addresses = staticmethod(network.local_addresses)

    def __init__(self, post: Post) -> None:
        self._post = post
        self._running: dict[str, Near] = {}
        self._beside: Beside | None = None

    def near(self, inspection: str) -> Near:
        """Return the pairing of an inspection, running."""
        if inspection not in self._running:
            self._running[inspection] = Near(self._post, inspection, self.addresses)
        return self._running[inspection]

    def runs(self, inspection: str) -> bool:
        """Whether another tablet may be at this inspection."""
        return inspection in self._running

    def attach(self, inspection: str) -> None:
        """Go on with the pairing of an inspection that is taken in hand, where there is one."""
        held = sessions.load(self._post.store, inspection)
        if held is not None and held.open:
            self.near(inspection)

    @property
    def beside(self) -> Beside | None:
        """The pairing of the post, running; None where no tablet was paired here."""
        if self._beside is None and lines.paired(self._post.store) and not self._post.practising:
            self._beside = Beside(self._post, addresses=self.addresses)
        return self._beside

    def open_post(self) -> Beside:
        """Return the pairing of the post, begun where there is none."""
        self._beside = self.beside or Beside(self._post, addresses=self.addresses)
        return self._beside

    def join_post(self, told: Invite) -> None:
        """Pair with the tablet whose code was scanned, in place of another post. Raises Refusal `link_practice`."""
        if self._beside is not None or lines.paired(self._post.store) not in ("", told.inspection):
            self.leave_post()
        self._beside = Beside(self._post, told.inspection, addresses=self.addresses)
        self._beside.joined(told)

    def leave_post(self) -> None:
        """End the pairing of the post, where there is one."""
        if (held := self.beside) is not None:
            held.leave()
        self._beside = None

    def tick(self) -> None:
        """Let each ask when it is time; drop those that are done."""
        for inspection, near in list(self._running.items()):
            near.tick()
            if near.done and not self._post.front.is_watched(inspection):
                near.end()
                del self._running[inspection]
        if self._beside is not None:
            self._beside.tick()

    def stop(self) -> None:
        """Stop all of them."""
        for near in self._running.values():
            near.stop()
        if self._beside is not None:
            self._beside.stop()
        self._running, self._beside = {}, None
