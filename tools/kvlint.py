"""Finds what Kivy would pass over in silence in .kv files: `python -m tools.kvlint FOLDER …`.

Kivy creates misspelt properties, so that a typing mistake shows nothing. With Kivy's own parser this reports, as
file:line: message, a class that nobody defines, a property that its class does not declare, an event that does not
exist, a name that `theme`, `root` or `self` does not have, a method behind a text (its value stays as it first was),
an id that hides a method of the dictionary `ids`, a property of a class that hides one of Kivy's own places, such as
`right`, an event that is named like the change of a property (`on_plate` beside `plate`: Kivy dispatches it at each
change, too), and two widget classes of one name, because a rule is for a name in all modules.
No window opens. A class made in .kv (Name@Base) may set what its base declares; what is new belongs in a Python class.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demo.windows import open_window

DICT_METHODS = set(dir(dict))
PLACES = {"x", "y", "right", "top", "center", "center_x", "center_y", "pos", "size", "width", "height"}
Mistake = tuple[int, str]
"""A line, counted from 1, and what is wrong there."""


def import_beside(path: Path, root: Path) -> None:
    """Import the module beside a .kv file, which declares its classes; the file itself is loaded by it."""
    if path.with_suffix(".py").exists():
        importlib.import_module(".".join(path.with_suffix("").relative_to(root).parts))


def class_named(name: str) -> Any:
    """Return the class of a name in .kv, or None."""
    from kivy.factory import Factory, FactoryException

    try:
        return Factory.get(name)
    except (FactoryException, AttributeError):
        return None


def check_rule(rule: Any, cls: Any, root: Any, widget: Any) -> Iterator[Mistake]:
    """Return each mistake in a rule of the class and in what it holds; `self` in its values is the widget's class."""
    for name, prop in rule.properties.items():
        if not hasattr(cls, name):
            yield prop.line + 1, f"{cls.__name__} has no property {name!r}"
        yield from check_value(prop, root, widget)
    for handler in rule.handlers:
        known = (handler.name in _events(cls), hasattr(cls, handler.name), hasattr(cls, handler.name[3:]))
        if not any(known):
            yield handler.line + 1, f"{cls.__name__} has no event {handler.name!r}"
    if rule.id and rule.id in DICT_METHODS:
        yield rule.line + 1, f"the id {rule.id!r} hides a method of `ids`"
    for canvas in (rule.canvas_before, rule.canvas_root, rule.canvas_after):
        yield from check_children(canvas.children if canvas else [], root, widget)
    yield from check_children(rule.children, root, None)


def check_children(children: Any, root: Any, widget: Any) -> Iterator[Mistake]:
    """Return each mistake in instructions on the widget's canvas, or in child widgets where there is no widget."""
    for child in children:
        cls = class_named(child.name)
        if cls is None:
            yield child.line + 1, f"nobody defines the class {child.name!r}"
        else:
            yield from check_rule(child, cls, root, widget or cls)


def check_value(prop: Any, root: Any, widget: Any) -> Iterator[Mistake]:
    """Return a message for each name in a value that the theme, the root or the widget itself does not have."""
    from mobile.widgets.theme import theme

    owners = {"theme": ("theme", theme), "root": (root.__name__, root), "self": (widget.__name__, widget)}
    for keys in prop.watched_keys or []:
        name, owner = owners.get(keys[0], ("", None))
        if name and len(keys) > 1 and not hasattr(owner, keys[1]):
            yield prop.line + 1, f"{name} has no {keys[1]!r}"
        if len(keys) > 2 and hasattr(str, keys[-1]):
            yield prop.line + 1, f"Kivy does not follow {'.'.join(keys[:-1])} behind {keys[-1]!r}"


def _events(cls: Any) -> set[str]:
    return {event for base in cls.__mro__ for event in getattr(base, "__events__", ())}


def check_class(cls: Any) -> Iterator[str]:
    """Return a message for each property by which the class or a base of ours hides a place that Kivy counts with."""
    for base in cls.__mro__:
        if not base.__module__.startswith("kivy."):
            yield from (f"{base.__name__} hides Kivy's {name!r}" for name in sorted(PLACES & set(vars(base))))


def twins(package: str) -> Iterator[str]:
    """Return a message for each name that two classes of a package have: in .kv, and for rules, they would be one."""
    from kivy.uix.widget import Widget

    found: dict[str, set[str]] = {}
    for cls in _below(Widget):
        if cls.__module__.split(".")[0] == package:
            found.setdefault(cls.__name__, set()).add(cls.__module__)
    for name, modules in sorted(found.items()):
        if len(modules) > 1:
            yield f"{' and '.join(sorted(modules))} both declare the widget {name!r}"


def doubled(package: str) -> Iterator[str]:
    """Return a message for each event of a package's classes that Kivy dispatches at the change of a property as well.

    Where a class declares the event and a base the property, or the other way round, that is the same trap.
    """
    from kivy.event import EventDispatcher
    from kivy.properties import Property

    for cls in _below(EventDispatcher):
        own = {*cls.__dict__.get("__events__", ()), *(f"on_{name}" for name in vars(cls))}
        if cls.__module__.split(".")[0] == package:
            for event in sorted(own & _events(cls)):
                if isinstance(getattr(cls, event.removeprefix("on_"), None), Property):
                    yield f"{cls.__module__}.{cls.__name__}: the event {event!r} is also the change of a property"


def _below(cls: Any) -> Iterator[Any]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def lint_text(text: str, name: str = "<text>") -> list[str]:
    """Return every mistake of one .kv text, its classes being imported already."""
    from kivy.lang.parser import Parser

    parser = Parser(content=text, filename=name)
    found: list[Mistake] = []
    for selector, rule in parser.rules:
        cls = class_named(selector.key)
        if cls is None:
            # Selectors are in lower case; the rule's own name keeps the case.
            cls = class_named(rule.name.strip("<>-").split("@")[0].split(",")[0].strip())
        if cls is None:
            found.append((rule.line + 1, f"nobody defines the class {rule.name!r}"))
        else:
            found.extend((rule.line + 1, message) for message in check_class(cls))
            found.extend(check_rule(rule, cls, cls, cls))
    return [f"{name}:{line}: {message}" for line, message in sorted(set(found))]


def main() -> int:
    """Check the folders given; print the mistakes and return 1 if there are any."""
    open_window("mock", 1280, 800)
    root = Path.cwd()
    sys.path.insert(0, str(root))
    files = sorted(path.resolve() for folder in sys.argv[1:] for path in Path(folder).rglob("*.kv"))
    for path in files:
        import_beside(path, root)
    mistakes = [one for path in files for one in lint_text(path.read_text("utf-8"), str(path.relative_to(root)))]
    mistakes += [line for folder in sys.argv[1:] for look in (twins, doubled) for line in look(Path(folder).parts[0])]
    print("\n".join(mistakes) or f"{len(files)} .kv files, no mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    raise SystemExit(main())
