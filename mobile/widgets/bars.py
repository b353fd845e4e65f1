"""TopBar, ScrollList and PhotoThumb.

    TopBar:
        title: _("Walk")
        subtitle: "鲁B7A31挂"
        can_go_back: True
        officer: "王警官 · 西海岸检查站"
        online: False
        waiting: 2
        troubled: 0
        on_back: …
        open: True                  # unlocked: the reference can be opened
        on_sync: …                  # the sync pill was pressed
        on_reference: …             # the book was pressed
    ScrollList:                     # a column of rows that scrolls; add_widget and kv children go into the column
        gap: theme.space
    PhotoThumb:
        source: "…/thumb.jpg"       # "" shows that there is none, unless there is a
        texture: …                  # of `mobile.widgets.thumbs`, for what lies on no disk
        caption: "09:41 罐体后部"
        delivered: True
        on_release: …

The bar's two right-most buttons switch sunlight and night, Chinese and English, by themselves: `theme` and `words`
are the same for every screen.
"""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.scrollview import ScrollView

from checklists.words import LANGUAGES
from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.theme import theme
from mobile.words import words


class TopBar(BoxLayout):
    """Where the officer is, who he is, how the link stands; theme and language beside it."""

    test_id = StringProperty("")
    title = StringProperty("")
    subtitle = StringProperty("")
    officer = StringProperty("")
    role = StringProperty("")
    can_go_back = BooleanProperty(False)
    online = BooleanProperty(False)
    by_hub = BooleanProperty(False)
    waiting = NumericProperty(0)
    troubled = NumericProperty(0)
    open = BooleanProperty(False)
    __events__ = ("on_back", "on_sync", "on_reference")

    def switch_theme(self) -> None:
        """Change between sunlight and night."""
        theme.night = not theme.night

    def switch_language(self) -> None:
        """Change to the next language."""
        known = list(LANGUAGES)
        words.lang = known[(known.index(words.lang) + 1) % len(known)]

    def on_back(self) -> None:
        """Hear that the officer wants to go back."""

    def on_sync(self) -> None:
        """Hear that the officer wants to see what has been sent."""

    def on_reference(self) -> None:
        """Hear that the officer wants to look something up."""


class ScrollList(ScrollView):
    """A column of rows, each as high as it says."""

    test_id = StringProperty("")
    gap = NumericProperty(0)

    def add_widget(self, widget: Any, *args: Any, **kwargs: Any) -> None:
        """Add a row; the very first child is the column itself, from the .kv."""
        if self.ids.get("column"):
            self.ids.column.add_widget(widget, *args, **kwargs)
        else:
            super().add_widget(widget, *args, **kwargs)

    def to_top(self) -> None:
        """Show the first row and stand still: what is shown next may be much shorter or longer."""
        self.effect_y.velocity = 0
        self.scroll_y = 1
        self.effect_y.reset(self.effect_y.max)

    def clear_widgets(self, *args: Any, **kwargs: Any) -> None:
        """Take the rows away and keep the column."""
        self.ids.column.clear_widgets(*args, **kwargs)


class PhotoThumb(ButtonBehavior, BoxLayout):
    """A photo with its caption and, where it is evidence, whether the office has it."""

    test_id = StringProperty("")
    source = StringProperty("")
    caption = StringProperty("")
    texture = ObjectProperty(None, allownone=True)
    evidence = BooleanProperty(True)
    delivered = BooleanProperty(False)


load_kv(__file__)
