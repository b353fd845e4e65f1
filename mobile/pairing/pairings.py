"""The pairings of an open store, by inspection."""

from __future__ import annotations

from mobile.device import network
from mobile.pairing import sessions
from mobile.pairing.near import Addresses, Near
from mobile.pairing.post import Post


class Pairings:
    """Each runs until it is left, the tablet locks, or everybody has heard the end."""

    addresses: Addresses = staticmethod(network.local_addresses)

    def __init__(self, post: Post) -> None:
        self._post = post
        self._running: dict[str, Near] = {}

    def near(self, inspection: str) -> Near:
        """Return the pairing of an inspection, running."""
        if inspection not in self._running:
            self._running[inspection] = Near(self._post, inspection, self.addresses)
        return self._running[inspection]

    def attach(self, inspection: str) -> None:
        """Go on with the pairing of an inspection that is taken in hand, where there is one."""
        held = sessions.load(self._post.store, inspection)
        if held is not None and held.open:
            self.near(inspection)

    def tick(self) -> None:
        """Let each ask when it is time; drop those that are done."""
        for inspection, near in list(self._running.items()):
            near.tick()
            if near.done and not self._post.front.is_watched(inspection):
                near.stop()
                del self._running[inspection]

    def stop(self) -> None:
        """Stop all of them."""
        for near in self._running.values():
            near.stop()
        self._running = {}
