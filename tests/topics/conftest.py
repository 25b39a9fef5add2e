"""Topics: the clock starts on a Monday; a photo and scanned minutes as a phone sends them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.topics.walking import minutes_scan


@pytest.fixture(autouse=True)
def later(from_monday):
    """Start on a Monday in March 2026; `later(days=3)` moves the clock forward."""
    return from_monday


@pytest.fixture
def picture():
    """A photo as a phone sends it."""

    def make(name="photo.jpg"):
        out = io.BytesIO()
        Image.new("RGB", (40, 30), (90, 120, 110)).save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return make


@pytest.fixture
def minutes():
    """The scanned minutes of a session."""
    return minutes_scan
