"""Make the tree that buildozer packs: `python -m mobile.android.stage build/android`.

It holds main.py, the app and the kernel, compiled words and fonts, and our one class of Java; what only desktops and
authors use stays out.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

PACKAGES = ("checklists", "mobile")
ENDINGS = (".py", ".kv", ".mo", ".ttf", ".txt", ".gz")
LEFT_OUT = (
    "mobile/android",
    "checklists/authoring",
    "checklists/commands",
    "checklists/examples",
    "checklists/__main__.py",
)
"""Definitions and tables come from the office as packages; reading YAML and checking it is the authors' business."""


def stage(target: Path, root: Path = ROOT) -> list[Path]:
    """Write the tree and return its files, relative. Raises ValueError where the words are not compiled yet."""
    if not list(root.glob("mobile/locale/*/LC_MESSAGES/*.mo")):
        raise ValueError("the words are not compiled: run `make words` first")
    shutil.rmtree(target, ignore_errors=True)
    files = [*packed(root)]
    for name in files:
        _copy(root / name, target / name)
    java = (path.relative_to(HERE) for path in sorted((HERE / "java").rglob("*.java")))
    own = [Path("main.py"), Path("buildozer.spec"), *java]
    for name in own:
        _copy(HERE / name, target / name)
    return files + own


def packed(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files that a tablet needs, relative; a package for Windows holds the same."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            name = path.relative_to(root)
            if path.is_file() and path.suffix in ENDINGS and not _left_out(name):
                yield name


def _left_out(name: Path) -> bool:
    return "__pycache__" in name.parts or any(name.is_relative_to(one) for one in LEFT_OUT)


def _copy(source: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, copy)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the tree at the path that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m mobile.android.stage", description=__doc__)
    parser.add_argument("target", type=Path)
    target = parser.parse_args(arguments).target
    files = stage(target)
    size = sum((target / name).stat().st_size for name in files)
    print(f"{target}: {len(files)} files, {size / 1e6:.1f} MB. Next: cd {target} && buildozer android debug")


if __name__ == "__main__":
    main()
