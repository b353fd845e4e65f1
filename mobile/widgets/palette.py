"""The colours of the two themes, by role, and the contrast between two of them.

A role comes as a ground and what is written on it: `primary` and `primary_ink`, `good_soft` and `good_soft_ink`.
`PAIRS` lists every ground with every ink that may stand on it; a test holds them to 7:1 (WCAG 2.2, 1.4.6 level AAA).
"""

SUNLIGHT = {
    "ground": "#E9EEF5",
    "card": "#FFFFFF",
    "sunk": "#F4F7FB",
    "ink": "#0B1A30",
    "ink_soft": "#3A4A61",
    "line": "#C9D3E0",
    "line_strong": "#5A6B83",
    "bar": "#0C2C5C",
    "bar_raised": "#1B437F",
    "bar_ink": "#FFFFFF",
    "bar_ink_soft": "#D3E1F5",
    "primary": "#134E9E",
    "primary_ink": "#FFFFFF",
    "primary_soft": "#E1ECFA",
    "primary_soft_ink": "#0E3D7D",
    "danger": "#A0161B",
    "danger_ink": "#FFFFFF",
    "danger_soft": "#FCE6E5",
    "danger_soft_ink": "#861015",
    "good": "#0D5B2D",
    "good_ink": "#FFFFFF",
    "good_soft": "#DFF3E5",
    "good_soft_ink": "#0A4A25",
    "unknown": "#F6B73C",
    "unknown_ink": "#2F1E00",
    "unknown_soft": "#FFF1D2",
    "unknown_soft_ink": "#573800",
    "stale": "#4B4384",
    "stale_ink": "#FFFFFF",
    "stale_soft": "#ECEAF8",
    "stale_soft_ink": "#3B346E",
    "neutral": "#43526A",
    "neutral_ink": "#FFFFFF",
    "neutral_soft": "#E6EBF2",
    "neutral_soft_ink": "#33425A",
    "disabled": "#DDE3EB",
    "disabled_ink": "#3E4859",
    "agency_transport": "#104F8D",
    "agency_police": "#26327A",
    "agency_emergency": "#873514",
    "agency_market": "#095754",
    "agency_ecology": "#2B581E",
    "agency_joint": "#5B4C27",
}

NIGHT = {
    "ground": "#0A0F17",
    "card": "#141C28",
    "sunk": "#0F1620",
    "ink": "#E8EEF7",
    "ink_soft": "#B3C0D2",
    "line": "#2B3748",
    "line_strong": "#8796AC",
    "bar": "#0D1727",
    "bar_raised": "#22324C",
    "bar_ink": "#F1F5FB",
    "bar_ink_soft": "#B9C8DE",
    "primary": "#86B7FF",
    "primary_ink": "#071A36",
    "primary_soft": "#172A47",
    "primary_soft_ink": "#B5D3FF",
    "danger": "#FF9A93",
    "danger_ink": "#3A0406",
    "danger_soft": "#3B1719",
    "danger_soft_ink": "#FFC0BB",
    "good": "#79D69A",
    "good_ink": "#04250F",
    "good_soft": "#12301E",
    "good_soft_ink": "#9FE5B8",
    "unknown": "#F3BE55",
    "unknown_ink": "#2B1B00",
    "unknown_soft": "#3A2B0D",
    "unknown_soft_ink": "#FAD68F",
    "stale": "#B9B1F2",
    "stale_ink": "#1A1440",
    "stale_soft": "#262143",
    "stale_soft_ink": "#D2CCFA",
    "neutral": "#A9B7CB",
    "neutral_ink": "#111A27",
    "neutral_soft": "#222D3D",
    "neutral_soft_ink": "#CCD6E4",
    "disabled": "#1C2533",
    "disabled_ink": "#A7B1C0",
    "agency_transport": "#6FAEF0",
    "agency_police": "#9AA6F5",
    "agency_emergency": "#F0996B",
    "agency_market": "#5CC7C2",
    "agency_ecology": "#8CCB78",
    "agency_joint": "#CDB878",
}


def _luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB (WCAG 2.2), 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
