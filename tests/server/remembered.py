"""What each office of the tests asks anew of what never changes in a run, worked out once in a process.

Each stands in for the product's own function and falls back to it wherever anything is not as it was the first time.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MethodType, SimpleNamespace
from typing import Any, ClassVar

import falcon.inspect
import falcon.routing
import pytest
from falcon.routing import CompiledRouter
from peewee import Database, SqliteDatabase

from server import publishing
from server.store import engine, feed_fill, packages
from server.store.models import Package

OPENED = f"INSERT INTO meta (name, value) VALUES ('{feed_fill._DONE}', '1'), ('{feed_fill._VOIDS}', '1')"
"""What the first opening of an office that has nothing leaves, beside its keys and the epoch of its feed."""

_KEPT = 12
"""Packages that are held whole; a run has two, and few made by a test."""

_ANSWERS = ("on_get", "on_head", "on_post", "on_put", "on_patch", "on_delete", "on_options")

Route = tuple[str, object, dict[str, Any]]


class Router(CompiledRouter):
    """Falcon's router. The tree of the same addresses with resources of the same classes is made and compiled once."""

    _trees: ClassVar[dict[Any, CompiledRouter | None]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.routes: list[Route] = []
        self._own: Callable[..., Any] | None = None

    def add_route(self, uri_template: str, resource: object, **kwargs: Any) -> None:
        """Note it; a mistake in it is raised by the first request."""
        self.routes.append((uri_template, resource, kwargs))
        self._own = None

    def find(self, uri: str, req: Any = None) -> Any:
        """Return what Falcon's router finds."""
        if self._own is None:
            self._own = self._made()
        return self._own(uri, req)

    def plain(self) -> CompiledRouter:
        """Return Falcon's own router with these routes."""
        made = CompiledRouter()
        for uri_template, resource, kwargs in self.routes:
            made.add_route(uri_template, resource, **kwargs)
        return made

    def _made(self) -> Callable[..., Any]:
        key = tuple(
            (uri, type(resource), _methods(resource), *sorted(kwargs.items())) for uri, resource, kwargs in self.routes
        )
        if key not in self._trees:
            self._trees[key] = _unbound(self.plain(), self.routes)
        tree = self._trees[key]
        if tree is None:
            return self.plain().find
        return partial(_found, tree, {uri: resource for uri, resource, _kwargs in self.routes})


def _methods(resource: object) -> tuple[Any, ...]:
    """Return what a class answers with, as it stands now: a test may have put another method in the place of one."""
    return tuple(getattr(type(resource), name, None) for name in _ANSWERS)


def _unbound(tree: CompiledRouter, routes: list[Route]) -> CompiledRouter | None:
    """Take the resources out of a compiled tree; None where one answers by more than the methods of its class."""
    tree.find("/")
    resources = {uri: resource for uri, resource, _kwargs in routes}
    for node in tree._return_values:
        resource = resources.get(str(node.uri_template))
        for method, responder in (node.method_map or {}).items():
            if getattr(responder, "__self__", None) is not None:
                if responder.__self__ is not resource or responder.__name__ in vars(resource):
                    return None
                node.method_map[method] = responder.__func__
        node.resource = None
    return tree


def _found(tree: CompiledRouter, resources: dict[str, object], uri: str, _req: Any) -> Any:
    """Look into a tree without resources, and put in those of this app."""
    found = tree.find(uri)
    if found is None or found[3] is None:
        return found
    _resource, responders, params, template = found
    resource = resources[template]
    own = {
        method: MethodType(one, resource) if one in _methods(resource) else one for method, one in responders.items()
    }
    return resource, own, params, template


@falcon.inspect.register_router(Router)
def _inspected(router: Router) -> Any:
    return falcon.inspect.inspect_compiled_router(router.plain())


def migrating(migrate: Callable[[Database], list[str]]) -> Callable[[Database], list[str]]:
    """That function; where every step is applied it is not asked, and an empty SQLite file gets a copy of another."""
    names = {path.stem for path in engine._MIGRATIONS.glob("[0-9]*.py")}
    made: list[bytes] = []

    def quick(database: Database) -> list[str]:
        with database.connection_context():
            applied = set()
            if database.table_exists("schema_migration"):
                applied = {name for (name,) in database.execute_sql("SELECT name FROM schema_migration")}
            empty = isinstance(database, SqliteDatabase) and not database.get_tables()
        if applied == names:
            return []
        if not empty or database.database == ":memory:":
            return migrate(database)
        if not made:
            made.append(_migrated(migrate))
        for beside in ("-wal", "-shm"):
            Path(f"{database.database}{beside}").unlink(missing_ok=True)
        Path(database.database).write_bytes(made[0])
        return sorted(names)

    return quick


def _migrated(migrate: Callable[[Database], list[str]]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "office.sqlite3")
        database = SqliteDatabase(str(path))
        migrate(database)
        database.close()
        return path.read_bytes()


def of_the_same(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """That function; of the very same object, which nobody changes, it is asked once."""
    held: dict[int, tuple[Any, Any]] = {}

    def asked(given: Any) -> Any:
        found = held.get(id(given))
        if found is None:
            found = held[id(given)] = given, work(given)
            while len(held) > _KEPT:
                held.pop(next(iter(held)))
        return found[1]

    return asked


def _content() -> Callable[[Package], dict[str, Any]]:
    """That function, asked once of the same bytes; nobody changes what it gives."""
    read = lru_cache(_KEPT)(json.loads)
    return lambda package: read(bytes(package.body))


class Parts:
    """What is asked once of a mapping to the very objects that the functions gave which go through `giving`."""

    def __init__(self) -> None:
        self._given: dict[int, Any] = {}
        self._held: dict[tuple[tuple[str, int], ...], bytes] = {}

    def giving(self, work: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        """That function; the values of what it gives are known again."""

        def asked(*given: Any) -> dict[str, Any]:
            made = work(*given)
            self._given.update({id(one): one for one in made.values()})
            return made

        return asked

    def once(self, work: Callable[[dict[str, Any]], bytes]) -> Callable[[dict[str, Any]], bytes]:
        """That function; of the very same values, which nobody changes, it is asked once."""

        def asked(content: dict[str, Any]) -> bytes:
            if not content or any(self._given.get(id(one)) is not one for one in content.values()):
                return work(content)
            key = tuple((name, id(one)) for name, one in content.items())
            if key not in self._held:
                self._held[key] = work(content)
            return self._held[key]

        return asked


def remember() -> Iterator[None]:
    """Put it all in place, and take it away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(falcon.routing, "DefaultRouter", Router)
        patch.setattr(engine, "migrate", migrating(engine.migrate))
        parts, tables = Parts(), cache(publishing.load_tables)
        patch.setattr(publishing, "publish", parts.giving(of_the_same(publishing.publish)))
        reference = parts.giving(lambda: tables().to_plain())
        patch.setattr(publishing, "load_tables", lambda: SimpleNamespace(to_plain=reference))
        patch.setattr(packages, "canonical", parts.once(packages.canonical))
        patch.setattr(packages, "gzip", SimpleNamespace(compress=lru_cache(_KEPT)(gzip.compress)))
        patch.setattr(packages, "content", _content())
        yield
