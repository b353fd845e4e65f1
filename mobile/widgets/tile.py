"""TileBody: the part of a tile that opens what the tile stands for; the tile itself is its screen's."""

from kivy.properties import StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.base import load_kv


class TileBody(ButtonBehavior, BoxLayout):
    """A column that can be pressed as a whole."""

    test_id = StringProperty("")


load_kv(__file__)
