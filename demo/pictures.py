"""Pictures for the story's camera: the waybill with its QR code, and drawings of what an officer would photograph.

They are drawn, and say so: no photo of a real vehicle, person or place is in this repository.
"""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from checklists.papers.qr_code import qr_code

FONT = Path(__file__).resolve().parent.parent / "mobile" / "assets" / "fonts" / "NotoSansSC-Bold.ttf"
SIZE = (1600, 1200)
ORANGE, INK, PAPER, STEEL, ROAD = "#f07c1b", "#101418", "#f4f1e8", "#c9ced3", "#6d7278"


def waybill(text: str, path: Path) -> None:
    """Photograph a printed waybill with its QR code."""
    sheet = Image.new("RGB", SIZE, "#8d8a83")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((180, 60, 1420, 1160), PAPER)
    draw.text((240, 110), "危险货物道路运输运单（演示）", INK, _font(60))
    for line, words in enumerate(text.split(";")[:14]):
        draw.text((240, 220 + line * 62), words.replace("=", "：")[:22], "#40454a", _font(34))
    code = io.BytesIO()
    qr_code(text).save(code, kind="png", scale=8, border=3)
    with Image.open(code) as square:
        image = square.convert("RGB")
        image.thumbnail((560, 560))
        sheet.paste(image, (1400 - image.width, 220))
    _save(sheet, path)


def panel(hazard: str, un: str, path: Path) -> None:
    """Photograph the orange plate on the back of a tank."""
    sheet, draw = _tank()
    draw.rectangle((520, 420, 1080, 800), ORANGE, INK, 14)
    draw.line((520, 610, 1080, 610), INK, 14)
    for text, middle in ((hazard, 515), (un, 705)):
        draw.text((800, middle), text, INK, _font(150), anchor="mm")
    _save(sheet, path)


def plate(signs: str, path: Path) -> None:
    """Photograph the number plate on the back of a trailer, in its two lines."""
    sheet, draw = _tank()
    draw.rectangle((520, 620, 1080, 900), "#f6b210", INK, 8)
    draw.text((800, 690), f"{signs[0]} · {signs[1]}", INK, _font(80), anchor="mm")
    draw.text((800, 805), signs[2:], INK, _font(140), anchor="mm")
    _save(sheet, path)


def empty_box(path: Path) -> None:
    """Photograph the kit box in which the absorbent should be."""
    sheet, draw = _tank()
    draw.rectangle((420, 520, 1180, 980), "#3f6f4e", INK, 10)
    draw.rectangle((460, 560, 1140, 940), "#24402d")
    draw.text((800, 750), "箱内无吸附材料", "#c8d8cd", _font(64), anchor="mm")
    _save(sheet, path)


def cab(path: Path) -> None:
    """Photograph the empty seat beside the driver."""
    sheet = Image.new("RGB", SIZE, "#39424c")
    draw = ImageDraw.Draw(sheet)
    draw.polygon(((120, 180), (1480, 180), (1380, 660), (220, 660)), "#a9c4d6")
    for left, fill in ((300, "#1f252b"), (930, "#2d353d")):
        draw.rounded_rectangle((left, 560, left + 380, 1120), 60, fill)
    draw.ellipse((400, 420, 580, 600), "#8a6f5c")
    draw.text((1120, 840), "副驾驶无人", "#c8d2da", _font(54), anchor="mm")
    _save(sheet, path)


def scales(path: Path) -> None:
    """Photograph the weighbridge's display."""
    sheet = Image.new("RGB", SIZE, "#5a6068")
    draw = ImageDraw.Draw(sheet)
    draw.rounded_rectangle((300, 380, 1300, 800), 40, INK)
    draw.text((800, 590), "44 920 kg", "#ff5b3a", _font(190), anchor="mm")
    _save(sheet, path)


def caption(title: str, item: str, path: Path) -> None:
    """Photograph what a control photo asks for; what it is stands on it."""
    sheet, draw = _tank()
    draw.text((800, 520), f"{title}（演示）", INK, _font(90), anchor="mm")
    draw.text((800, 660), item, "#40454a", _font(64), anchor="mm")
    _save(sheet, path)


def permit(path: Path, until: str) -> None:
    """Photograph the trailer's operating permit."""
    sheet = Image.new("RGB", SIZE, "#8d8a83")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((260, 200, 1340, 1000), "#e8efe2", "#51684c", 8)
    draw.text((800, 310), "道路运输证（演示）", "#2f4a2a", _font(70), anchor="mm")
    for line, words in enumerate(("蒙K1234挂", "经营范围：危险货物运输（8类）", f"有效期至 {until}")):
        draw.text((340, 460 + line * 130), words, INK, _font(56))
    _save(sheet, path)


def _tank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", SIZE, "#b7c3cc")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 900, *SIZE), ROAD)
    draw.ellipse((260, 80, 1340, 1080), STEEL, "#8b9299", 16)
    draw.ellipse((330, 150, 1270, 1010), "#d8dce0", "#a5abb1", 6)
    return sheet, draw


def _save(sheet: Image.Image, path: Path) -> None:
    """Write a JPEG with a little noise, as every camera gives: a clean drawing would compress to nothing."""
    dice = random.Random(path.name)
    noise = Image.frombytes("L", (400, 300), dice.randbytes(120_000)).resize(SIZE)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.blend(sheet, Image.merge("RGB", (noise, noise, noise)), 0.06).save(path, quality=88)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)
