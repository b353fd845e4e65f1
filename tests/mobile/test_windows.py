"""What is packed for Windows, as far as it can be looked at elsewhere."""

import ast

from mobile.android.stage import ROOT, packed

SPEC = ROOT / "mobile" / "windows" / "lujian.spec"


def test_the_packers_recipe_is_python_and_starts_the_app():
    tree = ast.parse(SPEC.read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert {"Analysis", "PYZ", "EXE", "COLLECT", "packed"} <= called
    assert (ROOT / "mobile" / "__main__.py").is_file()


def test_screens_flows_fonts_and_words_are_in_it():
    names = {name.as_posix() for name in packed()}
    screens = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "mobile/screens").rglob("view.kv")}
    assert screens
    assert all(f"{name}/view.{end}" in names for name in screens for end in ("py", "kv"))
    assert {"mobile/assets/fonts/NotoSansSC-Regular.ttf", "mobile/locale/zh_CN/LC_MESSAGES/mobile.mo"} <= names
    assert not any(name.startswith(("server/", "mobile/android/", "checklists/authoring/")) for name in names)
