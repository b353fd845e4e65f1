"""What crosses the link: canonical JSON (RFC 8785), and dataclasses to and from plain values.

Numbers are integers or decimal strings, never floats, so that the bytes are the same on every machine.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import time
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

T = TypeVar("T")

_SAFE_INTEGER = 2**53 - 1


class WireError(ValueError):
    """A value that cannot cross the link; `path` says where it stands."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path or 'value'}: {problem}")
        self.path = path
        self.problem = problem

    def inside(self, place: str) -> WireError:
        """Return the same problem as it is told one level further out."""
        dot = "." if self.path and not self.path.startswith("[") else ""
        return WireError(f"{place}{dot}{self.path}", self.problem)


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a plain value: keys by UTF-16 code units, no spaces, no floats.

    Raises WireError for floats, integers beyond 2**53 - 1, lone surrogates and anything that JSON has not.
    """
    # `json` sorts many times faster than we do, and as we do where all is of the common kind.
    held = value if _is_common(value) else _ordered(value, "")
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=held is value)
    try:
        return text.encode()
    except UnicodeEncodeError as problem:
        raise WireError("", "a lone surrogate has no UTF-8 form") from problem


def _is_common(value: Any) -> bool:
    """Whether a value can cross the link, and its keys sort by code points as they do by UTF-16 code units."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return bool(-_SAFE_INTEGER <= value <= _SAFE_INTEGER)
    if kind is dict:
        keys = all(type(key) is str and (key.isascii() or max(key) < "\ud800") for key in value)
        return keys and all(map(_is_common, value.values()))
    return (kind is list or kind is tuple) and all(map(_is_common, value))


def _ordered(value: Any, path: str) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise WireError(path, f"{value} is beyond 2**53 - 1")
        return value
    if isinstance(value, list | tuple):
        return [_ordered(one, f"{path}[{index}]") for index, one in enumerate(value)]
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise WireError(path, f"key {key!r} is not text")
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _ordered(value[key], f"{path}.{key}" if path else key) for key in keys}
    raise WireError(path, f"{type(value).__name__} has no form on the wire")


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def uuid7(now_ms: int | None = None) -> str:
    """Return a new UUIDv7 (RFC 9562): it sorts by the millisecond in which it was made."""
    stamp = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    number = (stamp & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10))
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def read_json(content: bytes | str) -> Any:
    """Return what JSON says. Raises ValueError, also where it is nested too deeply to be read."""
    try:
        return json.loads(content)
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem


def instant(at: datetime) -> str:
    """Return an aware time as UTC text with Z and milliseconds."""
    if at.tzinfo is None:
        raise WireError("", "a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_plain(value: Any) -> Any:
    """Return a dataclass (or a container of them) as plain values; fields that hold their default are left out."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if is_dataclass(kind):
        return {
            key: to_plain(held) for key, name, default in _fields(kind) if (held := getattr(value, name)) != default
        }
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(to_plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    return value


def from_plain(kind: type[T], value: Any, path: str = "") -> T:
    """Return the plain value as that dataclass (or other annotated type). Raises WireError naming the path.

    Unknown keys are refused here, because a misspelt fact must not vanish; records keep theirs elsewhere.
    """
    try:
        return cast(T, _reader(cast(Any, kind))(value))
    except WireError as problem:
        raise (problem.inside(path) if path else problem) from problem


@functools.lru_cache(maxsize=1024)
def way(kind: Any, path: str) -> tuple[str, ...] | None:
    """Return the keys by which a dotted path leads into a type's plain values, or None where it leads nowhere.

    A key of a mapping may hold dots itself: `panels.left.1` is the panel `left.1`, `panels.left.1.un` its number. No
    path leads into a list.
    """
    return _way(kind, tuple(path.split(".")))


def _way(kind: Any, names: tuple[str, ...]) -> tuple[str, ...] | None:
    if not names:
        return ()
    shape, inner = _shape(kind)
    if shape == "union":
        return _way(inner, names)
    if shape == "dataclass" and names[0] in inner:
        rest = _way(inner[names[0]][1], names[1:])
        return None if rest is None else (names[0], *rest)
    if shape == "mapping":
        ends = ((count, _way(inner, names[count:])) for count in range(1, len(names) + 1))
        return next(((".".join(names[:count]), *rest) for count, rest in ends if rest is not None), None)
    return None


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _key(name: str) -> str:
    """`class_` is `class` on the wire: Python keeps the bare word for itself."""
    return name.removesuffix("_")


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, str, Any], ...]:
    """Return each field of a dataclass as its key on the wire, its name and its default, which is only compared."""
    return tuple((_key(one.name), one.name, _default(one)) for one in fields(cast(Any, kind)))


def _default(one: Any) -> Any:
    if one.default is not MISSING:
        return one.default
    return one.default_factory() if one.default_factory is not MISSING else MISSING


@functools.cache
def _shape(kind: Any) -> tuple[str, Any]:
    """Return how a type is decoded, with what is inside it; worked out once: every touch decodes a situation."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return "union", next(one for one in typing.get_args(kind) if one is not type(None))
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return "dataclass", {_key(name): (name, inner) for name, inner in hints.items()}
    if origin in (tuple, frozenset, list):
        return "sequence", (origin, typing.get_args(kind)[0])
    if origin is not None and issubclass(origin, Mapping):
        return "mapping", typing.get_args(kind)[1]
    return ("any" if kind in (Any, object) else "scalar"), None


_Read = typing.Callable[[Any], Any]


@functools.cache
def _reader(kind: Any) -> _Read:
    """Return what reads a type. A path is told from where it went wrong outwards: what is right never makes one."""
    shape, inner = _shape(kind)
    if shape == "union":
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if shape == "scalar":
        return lambda value: value if type(value) is kind else _read_scalar(kind, value)
    if shape == "dataclass":
        return functools.partial(_read_dataclass, kind, inner)
    if shape == "sequence":
        return functools.partial(_read_sequence, *inner)
    if shape == "mapping":
        return functools.partial(_read_mapping, inner)
    return lambda value: value


def _read_sequence(origin: Any, inner: Any, value: Any) -> Any:
    if isinstance(value, str) or not isinstance(value, list | tuple | set | frozenset):
        raise WireError("", f"a list is expected, not {value!r}")
    read, held = _reader(inner), []
    for one in value:
        try:
            held.append(read(one))
        except WireError as problem:
            raise problem.inside(f"[{len(held)}]") from problem
    return origin(held)


def _read_mapping(inner: Any, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise WireError("", f"a mapping is expected, not {value!r}")
    read, held = _reader(inner), {}
    for key, one in value.items():
        try:
            held[str(key)] = read(one)
        except WireError as problem:
            raise problem.inside(str(key)) from problem
    return held


def _read_dataclass(kind: type, known: Mapping[str, tuple[str, Any]], value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise WireError("", f"a mapping is expected, not {value!r}")
    if not value.keys() <= known.keys():
        unknown = min(str(key) for key in value if key not in known)
        raise WireError(unknown, f"unknown here; known are {', '.join(known)}")
    held = {}
    for key, one in value.items():
        name, inner = known[key]
        try:
            held[name] = one if type(one) is inner else _reader(inner)(one)
        except WireError as problem:
            raise problem.inside(key) from problem
    try:
        return kind(**held)
    except TypeError as problem:
        raise WireError("", str(problem).partition("() ")[2]) from problem


def _read_scalar(kind: Any, value: Any) -> Any:
    if kind is datetime and isinstance(value, str):
        return _read_time(value)
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as problem:
            raise WireError("", f"{value!r} is no date (2026-11-21)") from problem
    if kind is date and isinstance(value, date) and not isinstance(value, datetime):
        return value
    if kind is int and isinstance(value, str) and value.strip().lstrip("-").isascii():
        try:
            return int(value)
        except ValueError as problem:
            raise WireError("", f"{value!r} is no whole number") from problem
    if kind is bool and value in ("true", "false"):
        return value == "true"
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise WireError("", f"{kind.__name__} is expected, not {value!r}")


def _read_time(value: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except ValueError as problem:
        raise WireError("", f"{value!r} is no time (2026-11-21T09:30:00Z)") from problem
    if at.tzinfo is None:
        raise WireError("", f"{value!r} has no zone; write Z or +08:00")
    return at
