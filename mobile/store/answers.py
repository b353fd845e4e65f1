"""What was done about tasks: durable at once, sent until the office has it. A row each, so that no writers meet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mobile.store.base import Store, keep_setting, many
from mobile.store.models import Setting
from mobile.store.task_act import Act

_PREFIX = "task-act:"


def keep(store: Store, act: Act) -> None:
    """Put what was done on disk, or what became of it."""
    keep_setting(store, _PREFIX + act.id, asdict(act))


def acts(store: Store) -> tuple[Act, ...]:
    """Return everything that was done on this tablet, the earliest first."""
    rows = many(store, Setting.select().where(Setting.name.startswith(_PREFIX)).order_by(Setting.name))
    return tuple(_read(json.loads(store.vault.reveal(row.value, "setting", row.name))) for row in rows)


def unsent(store: Store) -> tuple[Act, ...]:
    """Return what the office has not heard of yet and may still take."""
    return tuple(one for one in acts(store) if not one.sent_at and not one.problem)


def _read(plain: Mapping[str, Any]) -> Act:
    return Act(**{name: str(plain.get(name, "")) for name in Act.__dataclass_fields__})
