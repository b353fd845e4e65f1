"""Where a part is not what its format says: a place and what belongs there, never what stands there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """The place, as a path in the part, and what is expected there."""

    path: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}: {self.expected}" if self.path else self.expected

    @classmethod
    def of(cls, problem: BaseException, under: str = "") -> Fault:
        """Return what msgspec says; its words quote no value, and a path with keys of the sender shows none of them."""
        if isinstance(problem, RecursionError):
            return cls(under, "nothing nested so deeply")
        said, _at, path = str(problem).partition(" - at `$")
        expected, _comma, _got = said.partition(", got")
        expected = expected.partition("Invalid")[0] or "one of the values that are known"
        return cls(f"{under}{path.removesuffix('`')}".lstrip("."), expected)
