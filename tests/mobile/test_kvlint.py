import pytest

from tools.kvlint import doubled, lint_text, twins

MISTAKES = {
    "<Notice>:\n    titel: 'x'": "2: Notice has no property 'titel'",
    "<Notice>:\n    on_clera: pass": "2: Notice has no event 'on_clera'",
    "<Notice>:\n    Buton:\n        text: 'x'": "2: nobody defines the class 'Buton'",
    "<Notice>:\n    Text:\n        id: items": "2: the id 'items' hides a method of `ids`",
    "<Notice>:\n    text: theme.inkk": "2: theme has no 'inkk'",
    "<Notice>:\n    Text:\n        text: root.titel": "3: Notice has no 'titel'",
    "<Notice>:\n    text: f.text.strip()\n    Field:\n        id: f": "2: Kivy does not follow f.text behind 'strip'",
    "<Notice>:\n    canvas:\n        Color:\n            rgbb: 1, 1, 1, 1": "4: Color has no property 'rgbb'",
    "<Teil>:\n    title: 'x'": "1: nobody defines the class",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_the_lint_names_line_and_mistake(driver, text):
    import mobile.widgets.cards
    import mobile.widgets.field  # noqa: F401  # they declare Notice and Field

    assert any(f":{MISTAKES[text]}" in one for one in lint_text(text)), lint_text(text)


def test_a_property_that_hides_a_place_of_kivy_is_named(driver):
    from kivy.properties import StringProperty

    from mobile.widgets.cards import Notice

    class Answered(Notice):
        """Says what was right."""

        right = StringProperty("")

    assert lint_text(f"<{Answered.__name__}>:\n    text: 'x'") == ["<text>:1: Answered hides Kivy's 'right'"]


def test_the_lint_passes_what_is_right(driver):
    import mobile.widgets.cards  # noqa: F401  # declares Notice

    assert (
        lint_text("<Notice>:\n    text: theme.mm and _('x')\n    on_touch_up: print(args)\n    on_text: pass\n") == []
    )


def test_two_widgets_of_one_name_are_named(driver):
    from kivy.uix.widget import Widget

    made = [type("Lane", (Widget,), {"__module__": f"county.{name}.view"}) for name in ("queue", "sync")]
    assert made
    assert list(twins("county")) == ["county.queue.view and county.sync.view both declare the widget 'Lane'"]


def test_no_two_widgets_of_the_tablet_share_a_name(driver):
    from pathlib import Path

    from tools.kvlint import import_beside

    for path in sorted(Path("mobile").resolve().rglob("*.kv")):
        import_beside(path, Path.cwd())
    assert list(twins("mobile")) == []


def test_an_event_named_like_the_change_of_a_property_is_named_also_across_a_base(driver):
    from kivy.properties import StringProperty
    from kivy.uix.widget import Widget

    class Sheet(Widget):
        plate = StringProperty("")
        __events__ = ("on_photo",)

        def on_photo(self):
            pass

    class Marked(Sheet):
        photo = StringProperty("")

    class Asked(Sheet):
        __events__ = ("on_plate", "on_done")

        def on_plate(self, *args):
            pass

        def on_done(self):
            pass

    for one in (Sheet, Marked, Asked):
        one.__module__ = "trap.view"
    assert list(doubled("trap")) == [
        "trap.view.Marked: the event 'on_photo' is also the change of a property",
        "trap.view.Asked: the event 'on_plate' is also the change of a property",
    ]


def test_no_event_of_the_tablet_is_the_change_of_a_property(driver):
    from pathlib import Path

    from tools.kvlint import import_beside

    for path in sorted(Path("mobile").resolve().rglob("*.kv")):
        import_beside(path, Path.cwd())
    assert list(doubled("mobile")) == []
