"""Uploads judged by what they are: size, pixels, content; pictures are drawn anew so that nothing hidden survives."""

import hashlib
import io
import struct
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .refusals import Refusal, RuleViolation
from .refusals import later as _

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
PAGE_SIDE = 1280
THUMB_SIDE = 320
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error)
# Nothing else is even tried: some readers of the library start other programs (PostScript) or are rarely looked after.
# A phone's picture with a second one inside (MPO) is a JPEG to the library.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")

TOO_LARGE = Refusal("file_too_large", _("这个文件超过12MB，请换一个小一些的，或先压缩再传。"))
NOT_A_PICTURE = Refusal("not_a_picture", _("这个文件不是能打开的照片。请用手机拍的照片，或JPG、PNG图片。"))
TOO_MANY_PIXELS = Refusal("too_many_pixels", _("这张照片的尺寸太大，请缩小以后再传。"))
NOT_A_DOCUMENT = Refusal("not_a_document", _("只能上传照片或PDF文件。"))
EMPTY = Refusal("file_empty", _("这个文件是空的，请重新选择。"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: JPEG bytes for the page and for the list, pixels of the first, hash of what is kept."""

    page: bytes
    thumb: bytes
    width: int
    height: int
    sha256: str


def redraw(upload: BinaryIO, size: int) -> Picture:
    """Open, turn upright, shrink and encode again without any metadata; raises RuleViolation for what is no picture."""
    if size > MAX_BYTES:
        raise RuleViolation(TOO_LARGE)
    if size == 0:
        raise RuleViolation(EMPTY)
    try:
        image = Image.open(upload, formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise RuleViolation(TOO_MANY_PIXELS)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    except (*UNREADABLE, Image.DecompressionBombError) as broken:
        raise RuleViolation(NOT_A_PICTURE) from broken
    page = _encoded(upright, PAGE_SIDE, 82)
    shown = Image.open(io.BytesIO(page))
    return Picture(page, _encoded(upright, THUMB_SIDE, 76), shown.width, shown.height, hashlib.sha256(page).hexdigest())


def _encoded(image: Image.Image, side: int, quality: int) -> bytes:
    copy = image.copy()
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def require_pdf(upload: BinaryIO, size: int) -> None:
    """Check that a document is a PDF by its first bytes and by its size, not by its name."""
    if size > MAX_BYTES:
        raise RuleViolation(TOO_LARGE)
    head = upload.read(5)
    upload.seek(0)
    if not head:
        raise RuleViolation(EMPTY)
    if head != b"%PDF-":
        raise RuleViolation(NOT_A_DOCUMENT)
