"""How the diamonds look: grounds, symbol and inks of each label, ADR 5.2.2.2; for tablet and console."""

from __future__ import annotations

ORANGE, RED, GREEN, BLUE, YELLOW = "#F07818", "#D6232A", "#1E8A45", "#1C5FB8", "#F8CF17"
WHITE, BLACK = "#FFFFFF", "#111111"
# Upper ground, lower ground, symbol, ink above, ink below, figure in the lower corner.
LABELS: dict[str, tuple[str, str, str, str, str, str]] = {
    **{d: (ORANGE, ORANGE, "bomb", BLACK, BLACK, "1") for d in ("1", "1.1", "1.2", "1.3")},
    **{d: (ORANGE, ORANGE, d, BLACK, BLACK, "1") for d in ("1.4", "1.5", "1.6")},
    "2.1": (RED, RED, "flame", WHITE, WHITE, "2"),
    "2.2": (GREEN, GREEN, "cylinder", WHITE, WHITE, "2"),
    "2.3": (WHITE, WHITE, "skull", BLACK, BLACK, "2"),
    "3": (RED, RED, "flame", WHITE, WHITE, "3"),
    "4.1": (WHITE, WHITE, "flame", BLACK, BLACK, "4"),
    "4.2": (WHITE, RED, "flame", BLACK, WHITE, "4"),
    "4.3": (BLUE, BLUE, "flame", WHITE, WHITE, "4"),
    "5.1": (YELLOW, YELLOW, "flame_circle", BLACK, BLACK, "5.1"),
    "5.2": (RED, YELLOW, "flame", WHITE, BLACK, "5.2"),
    "6.1": (WHITE, WHITE, "skull", BLACK, BLACK, "6"),
    "6.2": (WHITE, WHITE, "biohazard", BLACK, BLACK, "6"),
    "7X": (YELLOW, WHITE, "trefoil", BLACK, BLACK, "7"),
    "7E": (WHITE, WHITE, "FISSILE", BLACK, BLACK, "7"),
    "7A": (WHITE, WHITE, "trefoil", BLACK, BLACK, "7"),
    **{d: (YELLOW, WHITE, "trefoil", BLACK, BLACK, "7") for d in ("7", "7B", "7C", "7D")},
    "8": (WHITE, BLACK, "corrosion", BLACK, WHITE, "8"),
    "9": (WHITE, WHITE, "", BLACK, BLACK, "9"),
    "9A": (WHITE, WHITE, "", BLACK, BLACK, "9"),
}
# Colour of the seven upright stripes, and whether they run through the lower half as well.
STRIPED = {"4.1": (RED, True), "9": (BLACK, False), "9A": (BLACK, False)}

# Size and height above the middle of symbols that are broader than the rest.
PLACES = {"corrosion": (0.54, 0.1), "trefoil": (0.68, 0.04), "bomb": (0.62, 0.1)}
