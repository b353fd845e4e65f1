import pytest

from tools.kvlint import lint_text

MISTAKES = {
    "<Tile>:\n    titel: 'x'": "2: Tile has no property 'titel'",
    "<Tile>:\n    on_clera: pass": "2: Tile has no event 'on_clera'",
    "<Tile>:\n    Buton:\n        text: 'x'": "2: nobody defines the class 'Buton'",
    "<Tile>:\n    Text:\n        id: items": "2: the id 'items' hides a method of `ids`",
    "<Tile>:\n    title: theme.inkk": "2: theme has no 'inkk'",
    "<Tile>:\n    Text:\n        text: root.titel": "3: Tile has no 'titel'",
    "<Tile>:\n    canvas:\n        Color:\n            rgbb: 1, 1, 1, 1": "4: Color has no property 'rgbb'",
    "<Teil>:\n    title: 'x'": "1: nobody defines the class",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_the_lint_names_line_and_mistake(driver, text):
    import mobile.widgets.tile  # noqa: F401  # declares Tile

    assert any(f":{MISTAKES[text]}" in one for one in lint_text(text)), lint_text(text)


def test_the_lint_passes_what_is_right(driver):
    import mobile.widgets.tile  # noqa: F401  # declares Tile

    assert lint_text("<Tile>:\n    title: theme.mm and _('x')\n    on_clear: print(args)\n    on_title: pass\n") == []
