"""Pictures for invented products and for the report: drawn by us, coloured by sector and name."""

import colorsys
import io
import math
from zlib import crc32

from PIL import Image, ImageDraw

SIZE = 900
_HUES = {
    "agro": 0.07, "fashion": 0.93, "crafts": 0.11, "culinary": 0.05, "footwear": 0.08, "it": 0.55,
    "machinery": 0.58, "fishery": 0.5, "": 0.45,
}  # fmt: skip


def picture(name: str, sector: str) -> bytes:
    """A JPEG of 900 × 675 with a kawung-like pattern around a disc; the same name gives the same picture."""
    seed = crc32(name.encode())
    hue = (_HUES.get(sector, 0.45) + (seed % 17 - 8) / 170) % 1
    image = Image.new("RGB", (SIZE, SIZE * 3 // 4), _colour(hue, 0.16, 0.95))
    draw = ImageDraw.Draw(image)
    step = 75
    for row in range(-1, image.height // step + 2):
        for column in range(-1, SIZE // step + 2):
            _petals(
                draw, column * step + (row % 2) * step / 2, row * step, step * 0.46, _colour(hue, 0.24, 0.88)
            )
    centre, radius = (SIZE / 2, image.height / 2), image.height * 0.34
    draw.ellipse(_box(centre, radius * 1.12), fill=_colour(hue, 0.10, 0.99))
    draw.ellipse(_box(centre, radius), fill=_colour(hue, 0.55, 0.62))
    turns = 5 + seed % 5
    for ring, share in enumerate((0.82, 0.56, 0.3)):
        for turn in range(turns):
            angle = 2 * math.pi * (turn + ring / 2) / turns
            place = (
                centre[0] + radius * share * math.cos(angle),
                centre[1] + radius * share * math.sin(angle),
            )
            draw.ellipse(
                _box(place, radius * 0.13), fill=_colour((hue + 0.03 * ring) % 1, 0.4, 0.92 - 0.14 * ring)
            )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def scene(name: str, sector: str) -> bytes:
    """A JPEG of 1200 × 675 with people at tables in a hall, in place of a photo nobody may show here."""
    seed, hue = crc32(name.encode()), _HUES.get(sector, 0.45)
    image = Image.new("RGB", (1200, 675), _colour(hue, 0.12, 0.96))
    draw = ImageDraw.Draw(image)
    for column in range(17):
        _petals(draw, column * 75, 60, 34, _colour(hue, 0.26, 0.86))
    draw.rectangle((0, 430, 1200, 675), fill=_colour(hue, 0.18, 0.84))
    for table in range(4):
        left, top = 70 + 285 * table, 400 + 60 * ((seed >> table) % 2)
        for seat, shift in enumerate((15, 155)):
            shade = _colour((hue + 0.11 * ((seed >> (2 * table + seat)) % 7)) % 1, 0.45, 0.6)
            draw.ellipse(_box((left + shift + 25, top - 95), 30), fill=_colour(0.07, 0.42, 0.72))
            draw.rounded_rectangle((left + shift - 20, top - 62, left + shift + 70, top + 40), 34, fill=shade)
        draw.rounded_rectangle((left - 30, top, left + 250, top + 26), 10, fill=_colour(hue, 0.5, 0.5))
        draw.rectangle((left + 98, top + 26, left + 122, top + 150), fill=_colour(hue, 0.5, 0.42))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _box(centre: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    return centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius


def _petals(draw: ImageDraw.ImageDraw, x: float, y: float, length: float, fill: tuple[int, int, int]) -> None:
    for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        tip = length * 0.72
        middle = (x + dx * tip / 2, y + dy * tip / 2)
        points = []
        for part in range(25):
            angle = 2 * math.pi * part / 24
            along, across = tip * 0.52 * math.cos(angle), tip * 0.24 * math.sin(angle)
            points.append(
                (middle[0] + (along * dx - across * dy) * 0.71, middle[1] + (along * dy + across * dx) * 0.71)
            )
        draw.polygon(points, fill=fill)
