"""Scanned stacks of paper: a PDF or pictures, page by page, with the QR codes that stand on each page."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

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
_ONE_AT_A_TIME = Lock()

TOO_LARGE = Refusal("scan_too_large", _("扫描件太大。请分几次传，每次不超过60兆、80页。"))
NOT_A_SCAN = Refusal("not_a_scan", _("这个文件打不开。请传扫描的PDF，或者JPG、PNG照片。"))


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number in the stack, the texts of its codes, whether nothing is on it, and its picture (JPEG)."""

    number: int
    codes: tuple[str, ...]
    is_blank: bool
    picture: bytes


def pages_in(files: Sequence[bytes]) -> int:
    """How many pages the files have together; RuleViolation for what is no scan, or too much at once."""
    if sum(map(len, files)) > MOST_BYTES:
        raise RuleViolation(TOO_LARGE)
    pages = sum(_number_of_pages(content) for content in files)
    if pages > MOST_PAGES:
        raise RuleViolation(TOO_LARGE)
    return pages


def pages_of(files: Iterable[bytes]) -> Iterator[Page]:
    """Every page of the files in their order, read one at a time; RuleViolation for what is no scan."""
    images = (image for content in files for image in _images(content))
    for number, image in enumerate(images, 1):
        yield _read(number, image)


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _number_of_pages(content: bytes) -> int:
    if not _is_pdf(content):
        _picture(content)
        return 1
    with _opened(content) as document:
        return len(document)


def _images(content: bytes) -> Iterator[Image.Image]:
    if _is_pdf(content):
        yield from _of_pdf(content)
        return
    try:
        yield ImageOps.exif_transpose(_picture(content)).convert("L")
    except (OSError, SyntaxError) as broken:
        raise RuleViolation(NOT_A_SCAN) from broken


def _picture(content: bytes) -> Image.Image:
    """A picture, its size known and nothing drawn yet."""
    try:
        image = Image.open(io.BytesIO(content))
    except (OSError, SyntaxError, Image.DecompressionBombError) as broken:
        raise RuleViolation(NOT_A_SCAN) from broken
    if image.width * image.height > MOST_PIXELS:
        raise RuleViolation(TOO_LARGE)
    return image


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    """A PDF, closed afterwards; its library does one thing at a time in a process."""
    import pypdfium2  # noqa: PLC0415  # large, and needed by this page only

    try:
        with _ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as broken:
        raise RuleViolation(NOT_A_SCAN) from broken
    try:
        yield document
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def _of_pdf(content: bytes) -> Iterator[Image.Image]:
    """Pages of a PDF, drawn one at a time."""
    with _opened(content) as document:
        for number in range(len(document)):
            with _ONE_AT_A_TIME:
                image = _drawn(document[number])
            yield image


def _drawn(page: Any) -> Image.Image:
    """A page as a picture of its own; one of unheard-of size is drawn smaller."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil().copy()
    page.close()
    return image


def _read(number: int, image: Image.Image) -> Page:
    import zxingcpp  # noqa: PLC0415  # large, and needed by this page only

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    codes = tuple(one.text for one in found)
    is_blank = not codes and ImageStat.Stat(image).stddev[0] < BLANK
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return Page(number, codes, is_blank, out.getvalue())
