"""The kit holds what the tablet's screens use, and nothing else."""

import re
from pathlib import Path

import pytest

MOBILE = Path(__file__).parents[3] / "mobile"
FILES = [path for path in MOBILE.rglob("*") if path.suffix in (".py", ".kv")]
CLASSES = {
    name: path.stem
    for path in sorted((MOBILE / "widgets").glob("*.py"))
    for name in re.findall(r"^class (\w+)", path.read_text("utf-8"), re.MULTILINE)
}


KEPT = {"DangerButton"}
"""What holds or seizes looks like that, whether or not a screen has such a touch just now."""


def uses(name, module):
    """Lines that use the class: in another module, or made in its own module and .kv by another class."""
    for path in FILES:
        text = re.sub(r'""".*?"""', "", path.read_text("utf-8"), flags=re.DOTALL)
        own = path.stem == module and path.parent.name == "widgets"
        pattern = rf"(?<!class )(?<!<)\b{name}\b" if own else rf"\b{name}\b"
        yield from (line for line in text.splitlines() if re.search(pattern, line) and not line.startswith("<"))


@pytest.mark.parametrize("name", sorted(CLASSES.keys() - KEPT))
def test_every_widget_is_used_by_a_screen_or_by_another_widget(name):
    assert list(uses(name, CLASSES[name])), f"{name} in mobile/widgets/{CLASSES[name]}.py is used by nobody"
