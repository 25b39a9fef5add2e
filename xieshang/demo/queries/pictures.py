"""Photos that nobody took: simple drawings of what the demo's matters are about."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
Pen = ImageDraw.ImageDraw
Colour = tuple[int, int, int]


def draw(subject: str, seed: int = 1) -> bytes:
    """A drawing of a subject as JPEG; the same subject and seed give the same picture."""
    chance = random.Random(f"{subject}{seed}")
    image = Image.new("RGB", SIZE, _tint((226, 228, 220), chance))
    pen = ImageDraw.Draw(image)
    _ground(pen, chance)
    SUBJECTS.get(subject, _house)(pen, chance)
    image = image.filter(ImageFilter.GaussianBlur(0.8))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=84)
    return out.getvalue()


def draw_minutes(seed: int = 1) -> bytes:
    """A page of handwriting that nobody can read, as PDF: minutes as they look when scanned."""
    chance = random.Random(seed)
    image = Image.new("RGB", (620, 877), (252, 251, 247))
    pen = ImageDraw.Draw(image)
    pen.rectangle((190, 60, 430, 84), fill=(60, 60, 66))
    for line in range(130, 800, 34):
        x = 70
        while x < 540 - chance.randint(0, 120):
            width = chance.randint(10, 22)
            pen.rectangle((x, line + chance.randint(-2, 2), x + width, line + 14), fill=(78, 80, 92))
            x += width + chance.randint(5, 9)
    out = io.BytesIO()
    image.save(out, "PDF")
    return out.getvalue()


def _tint(colour: Colour, chance: random.Random) -> Colour:
    red, green, blue = (max(0, min(255, part + chance.randint(-8, 8))) for part in colour)
    return red, green, blue


def _ground(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 300), fill=_tint((199, 214, 222), chance))
    pen.rectangle((0, 470, 960, 720), fill=_tint((182, 176, 160), chance))


def _house(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((140, 120, 820, 520), fill=_tint((214, 196, 170), chance))
    for row in range(4):
        for column in range(6):
            x, y = 180 + column * 105, 150 + row * 90
            pen.rectangle((x, y, x + 62, y + 54), fill=_tint((120, 146, 160), chance))


def _stairs(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=_tint((205, 203, 194), chance))
    for step in range(9):
        y, grey = 660 - step * 62, 168 - step * 6
        left = 120 + step * 40
        pen.polygon([(left, y), (760, y), (760, y + 62), (left - 40, y + 62)], fill=(grey, grey, grey))
    pen.line((790, 660, 790, 120), fill=(110, 84, 60), width=18)
    pen.line((790, 120, 470, 120), fill=(110, 84, 60), width=18)


def _parking(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 380, 960, 720), fill=_tint((120, 122, 124), chance))
    for bay in range(6):
        x = 40 + bay * 155
        pen.line((x, 420, x - 40, 700), fill=(236, 236, 226), width=8)
        if chance.random() < 0.75:
            _car(pen, x + 8, 470, _tint((140, 70 + bay * 22, 80), chance))


def _car(pen: Pen, x: int, y: int, colour: Colour) -> None:
    pen.rounded_rectangle((x, y + 40, x + 120, y + 110), 18, fill=colour)
    pen.rounded_rectangle((x + 20, y, x + 100, y + 60), 18, fill=colour)
    pen.rectangle((x + 30, y + 14, x + 90, y + 44), fill=(196, 214, 224))
    for wheel in (x + 22, x + 84):
        pen.ellipse((wheel, y + 96, wheel + 26, y + 122), fill=(40, 40, 42))


def _bikes(pen: Pen, chance: random.Random) -> None:
    for bike in range(5):
        x = 70 + bike * 170
        for wheel in (x, x + 90):
            pen.ellipse((wheel, 470, wheel + 80, 550), outline=(50, 50, 54), width=9)
        pen.line((x + 40, 510, x + 80, 440, x + 130, 510), fill=_tint((60, 110, 120), chance), width=10)
    pen.line((60, 250, 900, 330), fill=(60, 60, 60), width=5)


def _roof(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 250, 960, 720), fill=_tint((150, 152, 152), chance))
    for _spot in range(7):
        x, y = chance.randint(40, 800), chance.randint(330, 640)
        pen.ellipse((x, y, x + chance.randint(60, 170), y + chance.randint(20, 60)), fill=(104, 116, 122))


def _bins(pen: Pen, chance: random.Random) -> None:
    for number, colour in enumerate(((70, 120, 80), (62, 92, 140), (120, 110, 100), (150, 60, 56))):
        x = 110 + number * 195
        pen.rounded_rectangle((x, 320, x + 140, 560), 16, fill=_tint(colour, chance))
        pen.rectangle((x - 10, 296, x + 150, 330), fill=_tint(colour, chance))


def _wall(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=_tint((196, 178, 150), chance))
    for _patch in range(9):
        x, y = chance.randint(0, 860), chance.randint(0, 620)
        pen.rectangle((x, y, x + chance.randint(50, 200), y + chance.randint(30, 120)), fill=(150, 132, 112))
    pen.rectangle((420, 240, 590, 480), fill=(110, 136, 150))


def _rail(pen: Pen, chance: random.Random) -> None:
    _stairs(pen, chance)
    pen.line((60, 560, 440, 60), fill=(176, 130, 70), width=22)


def _square(pen: Pen, chance: random.Random) -> None:
    for _person in range(14):
        x, y = chance.randint(60, 880), chance.randint(400, 620)
        pen.ellipse((x, y - 60, x + 30, y - 30), fill=(90, 70, 60))
        pen.rounded_rectangle((x - 6, y - 30, x + 36, y + 50), 12, fill=_tint((150, 80 + x % 90, 90), chance))


def _dog(pen: Pen, chance: random.Random) -> None:
    coat = _tint((150, 110, 70), chance)
    pen.ellipse((330, 400, 640, 560), fill=coat)
    pen.ellipse((590, 330, 730, 460), fill=coat)
    for leg in (380, 450, 540, 600):
        pen.rectangle((leg, 530, leg + 26, 640), fill=(120, 86, 52))
    pen.line((610, 430, 880, 200), fill=(170, 60, 50), width=8)


def _lamp_off(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(46, 50, 58))
    pen.rectangle((466, 90, 486, 150), fill=(90, 90, 92))
    pen.ellipse((430, 140, 522, 232), fill=(84, 86, 84))
    pen.rectangle((120, 300, 330, 720), fill=(38, 40, 46))


def _lamp_on(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(206, 196, 168))
    pen.polygon([(430, 200), (522, 200), (860, 720), (100, 720)], fill=(240, 228, 188))
    pen.rectangle((466, 90, 486, 150), fill=(120, 116, 104))
    pen.ellipse((430, 140, 522, 232), fill=(255, 250, 224))


def _slide(pen: Pen, chance: random.Random) -> None:
    pen.polygon([(300, 240), (360, 240), (760, 600), (680, 600)], fill=_tint((196, 120, 60), chance))
    for rung in range(6):
        pen.line((200, 300 + rung * 55, 300, 300 + rung * 55), fill=(80, 96, 110), width=12)
    for post in (200, 300):
        pen.line((post, 240, post, 620), fill=(80, 96, 110), width=14)


def _snow(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 430, 960, 720), fill=(240, 243, 246))
    pen.polygon([(300, 720), (420, 430), (540, 430), (700, 720)], fill=(196, 204, 212))
    for _flake in range(160):
        x, y = chance.randint(0, 950), chance.randint(0, 710)
        pen.ellipse((x, y, x + 7, y + 7), fill=(255, 255, 255))


def _road(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 300, 960, 720), fill=_tint((150, 168, 110), chance))
    pen.polygon([(380, 300), (480, 300), (880, 720), (120, 720)], fill=_tint((158, 132, 98), chance))
    for _puddle in range(5):
        x, y = chance.randint(300, 560), chance.randint(430, 680)
        pen.ellipse((x, y, x + 110, y + 26), fill=(120, 126, 130))


def _thermometer(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=_tint((222, 216, 206), chance))
    pen.rounded_rectangle((420, 100, 540, 560), 60, fill=(250, 250, 248), outline=(120, 120, 120), width=6)
    pen.rectangle((466, 360, 494, 560), fill=(176, 60, 50))
    pen.ellipse((430, 520, 530, 620), fill=(176, 60, 50))


def _door(pen: Pen, chance: random.Random) -> None:
    _house(pen, chance)
    pen.rectangle((380, 300, 580, 620), fill=(92, 100, 104))
    pen.rectangle((610, 420, 660, 490), fill=(40, 46, 52))
    pen.ellipse((624, 434, 646, 456), fill=(110, 200, 190))


def _board(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=_tint((206, 200, 188), chance))
    pen.rectangle((150, 90, 810, 600), fill=(120, 88, 60))
    pen.rectangle((180, 120, 780, 570), fill=_tint((232, 228, 216), chance))
    for sheet in range(3):
        x = 220 + sheet * 190
        pen.rectangle((x, 170, x + 150, 400), fill=(255, 255, 252))
        pen.rectangle((x + 35, 190, x + 115, 202), fill=(150, 50, 44) if sheet == 1 else (70, 70, 74))
        for line in range(8):
            y, end = 222 + line * 20, x + 135 - chance.randint(0, 40)
            pen.rectangle((x + 15, y, end, y + 6), fill=(120, 120, 122))


SUBJECTS: dict[str, Callable[[Pen, random.Random], None]] = {
    "stairs": _stairs,
    "parking": _parking,
    "bikes": _bikes,
    "roof": _roof,
    "bins": _bins,
    "wall": _wall,
    "rail": _rail,
    "square": _square,
    "dog": _dog,
    "lamp_off": _lamp_off,
    "lamp_on": _lamp_on,
    "slide": _slide,
    "snow": _snow,
    "road": _road,
    "thermometer": _thermometer,
    "door": _door,
    "board": _board,
}
