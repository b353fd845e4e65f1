"""Plates read from drawn pictures: `python -m benchmarks.plates`, with the optional extra `plates`.

Made-up plates of every province, of one line and of two, large new-energy ones too, tilted and blurred on a grey
vehicle: an upper bound for what a road gives. The ratio is of what was read right; wrong is what fits and is not it.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.timing import heading, spread, tell
from checklists.facts.identifiers.plate_forms import PROVINCES
from mobile.device import plate_reader

FONT = Path(__file__).parent.parent / "mobile" / "assets" / "fonts" / "NotoSansSC-Bold.ttf"
LETTERS, FIGURES = "ABCDEFGHJKLMNPQRSTUVWXYZ", "0123456789"
COLOURS = {"yellow": ("#f6b210", "#141414"), "blue": ("#124ca6", "#ffffff"), "green": ("#7ad39b", "#141414")}


@dataclass(frozen=True)
class Drawn:
    """A plate in a picture: what it is, its signs, and the JPEG."""

    kind: str
    signs: str
    picture: bytes


def drawn(rng: random.Random, number: int) -> Drawn:
    """Draw the plate of that number; its province follows from it."""
    kind = rng.choice(("one line", "one line", "two lines", "trailer", "new energy"))
    head = PROVINCES[number % len(PROVINCES)] + rng.choice(LETTERS)
    if kind == "new energy":
        signs = head + rng.choice("DF") + "".join(rng.choice(FIGURES) for _ in range(5))
    else:
        many = 4 if kind == "trailer" else 5
        tail = "".join(rng.choice(LETTERS + FIGURES if rng.random() < 0.3 else FIGURES) for _ in range(many))
        signs = head + tail + ("挂" if kind == "trailer" else "")
    colour = "green" if kind == "new energy" else "yellow"
    if kind == "one line":
        colour = rng.choice(("yellow", "blue"))
    plate = _two_lines(signs) if kind in ("two lines", "trailer") else _one_line(signs, colour)
    return Drawn(kind, signs, _photographed(rng, plate))


def _one_line(signs: str, colour: str) -> Image.Image:
    ground, ink = COLOURS[colour]
    plate = Image.new("RGB", (440 if len(signs) == 7 else 480, 140), ground)
    draw = ImageDraw.Draw(plate)
    draw.rectangle((4, 4, plate.width - 5, 135), outline=ink, width=3)
    pitch = (plate.width - 50) / (len(signs) + 0.4)
    for place, sign in enumerate(signs):
        middle = 25 + pitch * (place + 0.5 + (0.4 if place > 1 else 0))
        draw.text((middle, 70), sign, ink, _font(92 if sign.isascii() else 76), anchor="mm")
    dot = 25 + pitch * 2.2
    draw.ellipse((dot - 6, 64, dot + 6, 76), fill=ink)
    return plate


def _two_lines(signs: str) -> Image.Image:
    ground, ink = COLOURS["yellow"]
    plate = Image.new("RGB", (440, 220), ground)
    draw = ImageDraw.Draw(plate)
    draw.rectangle((5, 5, 434, 214), outline=ink, width=4)
    for middle, sign in ((150, signs[0]), (290, signs[1])):
        draw.text((middle, 50), sign, ink, _font(66), anchor="mm")
    draw.ellipse((212, 44, 224, 56), fill=ink)
    for place, sign in enumerate(signs[2:]):
        draw.text((62 + place * 79, 142), sign, ink, _font(112 if sign.isascii() else 88), anchor="mm")
    return plate


def _photographed(rng: random.Random, plate: Image.Image) -> bytes:
    """Put the plate on a grey vehicle, 200 to 520 pixels wide, tilted by 6 degrees at most, and blurred."""
    photo = Image.new("RGB", (1600, 1200), rng.choice(("#6d7278", "#8d8a83", "#c9ced3", "#39424c")))
    draw = ImageDraw.Draw(photo)
    draw.rectangle((250, 200, 1350, 950), fill="#b7bcc2")
    draw.rectangle((100, 960, 1500, 1010), fill="#2c3036")
    wide, tilt = rng.randint(200, 520), rng.uniform(-6, 6)
    small = plate.resize((wide, plate.height * wide // plate.width), Image.Resampling.LANCZOS)
    mask = Image.new("L", small.size, 255).rotate(tilt, expand=True)
    small = small.rotate(tilt, expand=True, resample=Image.Resampling.BICUBIC)
    photo.paste(small, (rng.randint(120, 1400 - wide), rng.randint(250, 850)), mask)
    buffer = io.BytesIO()
    photo.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.6))).save(buffer, "JPEG", quality=rng.randint(70, 92))
    return buffer.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def main() -> None:
    """Print how many were read, how long that took, and the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plates", type=int, default=186)
    many = parser.parse_args().plates
    reader = plate_reader.reader()
    if reader is None:
        raise SystemExit("The optional extra `plates` is not installed.")
    rng = random.Random(7)
    every = [drawn(rng, number) for number in range(many)]
    heading(f"{many} plates")
    before, spent, told = _held_mb(), [], Counter[tuple[str, str]]()
    for one in every:
        start = time.perf_counter()
        found = reader.read(one.picture)
        spent.append((time.perf_counter() - start) * 1000)
        how = "none" if not found else "right" if found[0].signs == one.signs else "wrong"
        told.update(((one.kind, how), ("all", how)))
        if how != "right":
            print(f"  {one.kind}: {one.signs} read as {', '.join(two.signs for two in found) or 'none'}", flush=True)
    for kind in sorted({kind for kind, _how in told}, key=lambda name: (name == "all", name)):
        counts = {how: told[kind, how] for how in ("right", "none", "wrong")}
        tell(kind, counts["right"] / sum(counts.values()), "those drawn", **counts)
    tell("the first picture, with loading", ms=spent[0])
    tell("a picture", **spread(spent[1:] or spent))
    held = _held_mb()
    reader.forget()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    tell("memory of the process", before_mb=before, held_mb=held, peak_mb=peak, let_go_mb=_held_mb())


def _held_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


if __name__ == "__main__":
    main()
