"""Plate: a Chinese number plate that looks like one.

    Plate:
        text: "鲁B7A31挂"            # without a dot; the plate draws its own
        colour: "yellow"            # or blue, green (small new-energy), yellow_green (large new-energy), white, black
        height: theme.mm * 9        # the width follows

An unknown colour is drawn in greys, so that it is not taken for a fact.
"""

from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, Rectangle, RoundedRectangle, SmoothEllipse, SmoothRoundedRectangle
from kivy.graphics.texture import Texture
from kivy.properties import StringProperty
from kivy.utils import get_color_from_hex

from mobile.glyphs import drawn
from mobile.plate_input import PROVINCES
from mobile.widgets.base import Drawing, load_kv

# Ground at the top, ground at the bottom, ink.
COLOURS = {
    "yellow": ("#FBC02A", "#F6B210", "#141414"),
    "blue": ("#1D5FC4", "#124CA6", "#FFFFFF"),
    "green": ("#F3FBF5", "#3DBB72", "#141414"),
    "yellow_green": ("#4CC47E", "#3DBB72", "#141414"),
    "white": ("#FFFFFF", "#F4F4F4", "#141414"),
    "black": ("#1B1B1B", "#101010", "#FFFFFF"),
}
UNKNOWN = ("#F2F2F2", "#E6E6E6", "#3C3C3C")
_textures: dict[tuple[str, str], Texture] = {}

# The middle of capitals and of Chinese signs lies this much of a line below the middle of the line.
LIFT = 0.045


def gradient(top: str, bottom: str) -> Texture:
    """Return a texture that runs from bottom to top; made once."""
    if (top, bottom) not in _textures:
        texture = Texture.create(size=(1, 2), colorfmt="rgb")
        pixels = [round(255 * c) for colour in (bottom, top) for c in get_color_from_hex(colour)[:3]]
        texture.blit_buffer(bytes(pixels), colorfmt="rgb", bufferfmt="ubyte")
        texture.wrap = "clamp_to_edge"
        texture.mag_filter = "linear"
        _textures[top, bottom] = texture
    return _textures[top, bottom]


def glyph(text: str, font_size: float) -> Texture:
    """Return the bold glyph as a texture, white on nothing."""
    label = CoreLabel(text=drawn(text), font_size=font_size, bold=True)
    label.refresh()
    return label.texture


class Plate(Drawing):
    """A number plate; its width follows from its height and the number of signs on it."""

    text = StringProperty("")
    colour = StringProperty("yellow")
    drawn_from = ("text", "colour")

    def draw(self) -> None:
        """Draw the ground, the rim and the signs at even pitch, a dot after the second."""
        top, bottom, ink = COLOURS.get(self.colour, UNKNOWN)
        h, thin = self.height, max(1.0, self.height * 0.03)
        Color(rgba=get_color_from_hex(bottom if self.colour != "white" else "#B5B5B5"))
        SmoothRoundedRectangle(pos=self.pos, size=self.size, radius=[h * 0.12])
        self._rim(thin, h * 0.11, top, bottom)
        Color(rgba=get_color_from_hex(ink))
        SmoothRoundedRectangle(
            pos=(self.x + h * 0.06, self.y + h * 0.06), size=(self.width - h * 0.12, h * 0.88), radius=[h * 0.09]
        )
        self._rim(h * 0.06 + thin, h * 0.075, top, bottom)
        if self.colour == "yellow_green":
            self._yellow_part(h * 0.06 + thin, h * 0.075)
        Color(rgba=get_color_from_hex(ink))
        self._signs(h)

    def _rim(self, inset: float, radius: float, top: str, bottom: str) -> None:
        """Fill the plate's ground this far inside its edge."""
        size = max(0, self.width - 2 * inset), max(0, self.height - 2 * inset)
        Color(1, 1, 1)
        RoundedRectangle(
            pos=(self.x + inset, self.y + inset), size=size, radius=[radius], texture=gradient(top, bottom)
        )

    def _yellow_part(self, inset: float, radius: float) -> None:
        """Cover the left of a large new-energy plate, under province and letter, with yellow."""
        Color(rgba=get_color_from_hex(COLOURS["yellow"][0]))
        size = self._pitch() * 2.5 - inset + self._margin(), self.height - 2 * inset
        RoundedRectangle(pos=(self.x + inset, self.y + inset), size=size, radius=[radius, 0, 0, radius])

    def _margin(self) -> float:
        return float(self.height * 0.17)

    def _dotted(self) -> bool:
        """Whether a dot follows the second sign: on plates that begin with a province and a letter."""
        return self.text[:1] in PROVINCES and self.text[1:2].isascii() and self.text[1:2].isalpha()

    def _pitch(self) -> float:
        """Return the width of one sign's cell; the dot takes half of one."""
        return float((self.width - 2 * self._margin()) / (max(len(self.text), 7) + (0.5 if self._dotted() else 0)))

    def _signs(self, h: float) -> None:
        pitch = self._pitch()
        for i, sign in enumerate(self.text):
            centre = self.x + self._margin() + pitch * (i + 0.5 + (0.5 if i >= 2 and self._dotted() else 0))
            texture = glyph(sign, h * 0.56)
            # The signs of a plate are twice as high as wide; the font's are not, so they are drawn stretched.
            width, height = min(texture.width * 0.98, pitch * 1.02), texture.height * 1.14
            corner = centre - width / 2, self.center_y - height / 2 + texture.height * LIFT
            Rectangle(texture=texture, pos=corner, size=(width, height))
        if len(self.text) >= 2 and self._dotted():
            side = h * 0.1
            SmoothEllipse(
                pos=(self.x + self._margin() + pitch * 2.25 - side / 2, self.center_y - side / 2), size=(side, side)
            )


load_kv(__file__)
