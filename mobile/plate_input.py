"""Which keys of the plate keyboard make sense next. Pure.

A whole plate is checked by `checklists.facts.identifiers.plates`. A plate is a province, a letter and five signs, six
on new-energy plates; I and O are never used. The last sign may be a word (挂 trailer, 学 learner, 警 police, 港 澳
cross-border, 领 consulate), but not on new-energy plates.
"""

from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.identifiers.plates import COLOURS as COLOURS_BY_FORM

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
DIGITS = "1234567890"
LETTERS = "QWERTYUPASDFGHJKLZXCVBNM"
WORDS = {"挂": "yellow", "学": "yellow", "警": "white", "港": "black", "澳": "black", "领": "black"}
"""The words that may end a plate, with the colour of plates that carry them."""

# Rows of the second keyboard: 4 × 10, so that every key is as large as the next.
ROWS = ("1234567890", "QWERTYUP港澳", "ASDFGHJKL领", "ZXCVBNM挂学警")
COLOURS = ("yellow", "blue", "green", "yellow_green")


def usual_colour(plate: str) -> str:
    """Return the colour that a plate is drawn in where nobody named one; none for those of no everyday form."""
    form = read_plate(plate).form
    colours = COLOURS_BY_FORM.get("trailer" if form == "trailer_unmarked" else form, ())
    return colours[0] if colours else ""


def length(colour: str) -> int:
    """Return how many signs a plate of that colour has."""
    return 8 if colour in ("green", "yellow_green") else 7


def allowed(text: str, colour: str) -> str:
    """Return the keys that may follow the text on a plate of that colour; nothing when it is full."""
    full = length(colour)
    if len(text) >= full or text[-1:] in WORDS:
        return ""
    if not text:
        return PROVINCES
    if len(text) == 1:
        return LETTERS
    return DIGITS + LETTERS + ("".join(WORDS) if len(text) == 6 and full == 7 else "")


def is_full(text: str, colour: str) -> bool:
    """Return whether the text has as many signs as a plate of that colour."""
    return len(text) == length(colour)
