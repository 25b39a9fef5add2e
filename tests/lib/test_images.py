"""Uploads are judged by what they are, and drawn anew."""

import io

import pytest
from PIL import Image

from xieshang.lib import images
from xieshang.lib.refusals import RuleViolation


def _jpeg(size=(60, 40), **kwargs):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(out, "JPEG", **kwargs)
    out.seek(0)
    return out


def _redraw(file):
    return images.redraw(file, len(file.getvalue()))


def test_a_photo_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "SomePhone"
    exif.get_ifd(0x8825)[1] = "N"
    source = _jpeg(exif=exif)
    assert Image.open(io.BytesIO(source.getvalue())).getexif()
    assert not Image.open(io.BytesIO(_redraw(source).page)).getexif()


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = _redraw(_jpeg((60, 40), exif=exif))
    assert (picture.width, picture.height) == (40, 60)


def test_a_large_photo_is_made_small_twice():
    picture = _redraw(_jpeg((3000, 2000)))
    thumb = Image.open(io.BytesIO(picture.thumb))
    assert (picture.width, max(thumb.size)) == (images.PAGE_SIDE, images.THUMB_SIDE)


def test_a_picture_with_a_clear_ground_is_taken():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    out.seek(0)
    assert _redraw(out).width == 10


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<html><script>alert(1)</script>", "not_a_picture"),
        (b"%PDF-1.7", "not_a_picture"),
        (b"\xff\xd8\xff\xe0broken", "not_a_picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content, code):
    with pytest.raises(RuleViolation) as refused:
        _redraw(io.BytesIO(content))
    assert refused.value.refusal.code == code


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 100)
    with pytest.raises(RuleViolation) as refused:
        _redraw(_jpeg((20, 20)))
    assert refused.value.refusal.code == "too_many_pixels"


def test_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(RuleViolation) as refused:
        images.redraw(io.BytesIO(b"x"), images.MAX_BYTES + 1)
    assert refused.value.refusal.code == "file_too_large"


@pytest.mark.parametrize(("content", "code"), [(b"MZ...", "not_a_document"), (b"", "file_empty")])
def test_a_document_is_a_pdf_by_its_content(content, code):
    with pytest.raises(RuleViolation) as refused:
        images.require_pdf(io.BytesIO(content), len(content))
    assert refused.value.refusal.code == code


def test_a_pdf_is_taken_and_left_at_its_beginning():
    file = io.BytesIO(b"%PDF-1.7 ...")
    images.require_pdf(file, 12)
    assert file.read(4) == b"%PDF"


@pytest.mark.parametrize("kind", ["EPS", "TIFF", "PPM", "ICO"])
def test_kinds_of_pictures_that_no_phone_takes_are_not_even_opened(kind):
    file = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(file, kind)
    file.seek(0)
    assert Image.open(file).format == kind
    file.seek(0)
    with pytest.raises(RuleViolation) as refused:
        images.redraw(file, len(file.getvalue()))
    assert refused.value.refusal.code == "not_a_picture"
