"""Values: frozen dataclasses whose methods are made when the first instance is, not when their module is imported.

`dataclasses` writes and compiles six methods for each class, which was two thirds of the time that a tablet took to
import the kernel; most inspections need a part of them. `frozen` gives the same classes: `fields`, `replace`, equality,
hash and match patterns are those of `@dataclass(frozen=True)`.
"""

from __future__ import annotations

import dataclasses
import functools
from threading import RLock
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)

_MADE = ("__dataclass_params__", "__match_args__", "__repr__", "__eq__", "__hash__", "__dataclass_fields__", "__init__")
"""What is taken over from the dataclass, what lets an instance come into being last: until then threads wait."""

_lock = RLock()


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: _Class) -> _Class:
    """Make a class a frozen dataclass at its first use."""
    held: Any = cls

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        _make(cls, init)
        held.__init__(self, *args, **kwargs)

    held.__dataclass_fields__ = _Fields(cls, init)
    held.__setattr__ = held.__delattr__ = _refuse
    held.__init__ = init
    return cls


class _Fields:
    """Stands for the fields of a class until somebody asks for them."""

    def __init__(self, cls: type, init: Any) -> None:
        self._cls, self._init = cls, init

    def __get__(self, _instance: object, owner: type) -> Any:
        _make(self._cls, self._init)
        return self._cls.__dict__["__dataclass_fields__"]


def _make(cls: type, stub: Any) -> None:
    """Let `dataclasses` make a twin of the class, and take its methods over; once."""
    with _lock:
        held = dict(cls.__dict__)
        if held["__init__"] is not stub:
            return
        for name in ("__dict__", "__weakref__", "__init__", "__setattr__", "__delattr__", "__dataclass_fields__"):
            held.pop(name, None)
        twin: Any = dataclasses.dataclass(frozen=True)(type(cls.__name__, cls.__bases__, held))
        for one in dataclasses.fields(twin):
            if one.default is not dataclasses.MISSING:
                setattr(cls, one.name, one.default)
            elif one.name in cls.__dict__:
                delattr(cls, one.name)
        methods = {name: twin.__dict__[name] for name in _MADE}
        methods["__init__"] = _init(cls, twin)
        for name, method in methods.items():
            setattr(cls, name, method)


def _init(cls: type, twin: Any) -> Any:
    """Return an `__init__` that lays all values at once.

    The library's asks the guard of a frozen class anew for each value, which was a tenth of all cross-checks.
    """
    parameters, values = [], []
    scope: dict[str, Any] = {"_lay": _dict_of(cls).__set__, "_unset": dataclasses.MISSING}
    for one in dataclasses.fields(twin):
        name, default = one.name, f"_default_{one.name}"
        made = one.default_factory is not dataclasses.MISSING
        given = not made and one.default is dataclasses.MISSING
        scope[default] = one.default_factory if made else one.default
        parameters.append(name if given else f"{name}=_unset" if made else f"{name}={default}")
        values.append(f"{name!r}: {default}() if {name} is _unset else {name}" if made else f"{name!r}: {name}")
    lines = [f"def __init__(self, {', '.join(parameters)}):", f"    _lay(self, {{{', '.join(values)}}})"]
    lines += ["    self.__post_init__()"] if hasattr(twin, "__post_init__") else []
    exec("\n".join(lines), scope)  # noqa: S102  # as the library writes its own
    return functools.update_wrapper(scope["__init__"], twin.__init__)


def _dict_of(cls: type) -> Any:
    """Return what holds the values of an instance: the class that first has it lends it to those below."""
    return next(one.__dict__["__dict__"] for one in cls.__mro__ if "__dict__" in one.__dict__)


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r} of a {type(self).__name__}")
