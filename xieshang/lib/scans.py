"""Scanned stacks of paper: a PDF or pictures, page by page, with the QR codes that stand on each page."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, ImageStat

from .refusals import Refusal, RuleViolation
from .refusals import later as _

MOST_BYTES = 60 * 1024 * 1024
MOST_PAGES = 80
MOST_PIXELS = 40_000_000
# Dots per inch: enough for a code of two centimetres on a bad copy, and for reading the page on a screen.
DPI = 150
LONGEST_SIDE = 1800
BLANK = 2.5

TOO_LARGE = Refusal("scan_too_large", _("扫描件太大。请分几次传，每次不超过60兆、80页。"))
NOT_A_SCAN = Refusal("not_a_scan", _("这个文件打不开。请传扫描的PDF，或者JPG、PNG照片。"))


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number in the stack, the texts of its codes, whether nothing is on it, and its picture (JPEG)."""

    number: int
    codes: tuple[str, ...]
    is_blank: bool
    picture: bytes


def pages_of(files: Iterable[tuple[BinaryIO, int]]) -> Iterator[Page]:
    """Every page of the files (each with its size) in their order; RuleViolation for what is no scan, or too much."""
    number = 0
    for file, size in files:
        if size > MOST_BYTES:
            raise RuleViolation(TOO_LARGE)
        for image in _images(file):
            number += 1
            if number > MOST_PAGES:
                raise RuleViolation(TOO_LARGE)
            yield _read(number, image)


def _images(file: BinaryIO) -> Iterator[Image.Image]:
    file.seek(0)
    if file.read(5) == b"%PDF-":
        file.seek(0)
        yield from _of_pdf(file.read())
        return
    file.seek(0)
    try:
        image = Image.open(file)
        if image.width * image.height > MOST_PIXELS:
            raise RuleViolation(TOO_LARGE)
        yield ImageOps.exif_transpose(image).convert("L")
    except (OSError, SyntaxError, Image.DecompressionBombError) as broken:
        raise RuleViolation(NOT_A_SCAN) from broken


def _of_pdf(content: bytes) -> Iterator[Image.Image]:
    """Pages of a PDF, drawn one at a time; a page of unheard-of size is drawn smaller."""
    import pypdfium2  # noqa: PLC0415  # large, and needed by this page only

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as broken:
        raise RuleViolation(NOT_A_SCAN) from broken
    try:
        if len(document) > MOST_PAGES:
            raise RuleViolation(TOO_LARGE)
        for page in document:
            width, height = page.get_size()
            scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
            yield page.render(scale=scale, grayscale=True).to_pil()
            page.close()
    finally:
        document.close()


def _read(number: int, image: Image.Image) -> Page:
    import zxingcpp  # noqa: PLC0415  # large, and needed by this page only

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    codes = tuple(one.text for one in found)
    is_blank = not codes and ImageStat.Stat(image).stddev[0] < BLANK
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return Page(number, codes, is_blank, out.getvalue())
