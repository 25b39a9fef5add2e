"""A matter that everybody knows of, its discussion open, and a way to speak, to sign in and to make pictures."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xieshang.discussion import services
from xieshang.discussion.models import Thread
from xieshang.lib import clock
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle


@pytest.fixture
def matter(wang_ayi, places):
    """王阿姨 raised it: a lift for the stairwell; the public knows the title."""
    made = make(wang_ayi, kind="topic", prefix="议", title="3号楼2单元加装电梯", place=places.stairwell)
    settle(made, standing="协商讨论", audience=Audience.PUBLIC, is_open=True)
    return made


@pytest.fixture
def open_talk(matter):
    """Open the discussion with these settings; posts are shown at once unless said otherwise."""

    def start(**values):
        services.open_thread(matter, {"first_posts_wait": 0, **values})
        services.open_writing(matter)
        return Thread.objects.select_related("matter__place").get(matter=matter)

    return start


@pytest.fixture
def thread(open_talk):
    """An open discussion in which nothing waits."""
    return open_talk()


@pytest.fixture
def tell(matter):
    """Say something."""

    def speak(actor, text="我赞成，老人上下楼太难了。", position="for", **given):
        words = {"reply_to": None, "photos": (), **given}
        return services.say(actor, matter.pk, text=text, position=position, **words)

    return speak


@pytest.fixture
def photo():
    """An upload of a real picture."""

    def take(name="照片.jpg", size=(640, 480), kind="JPEG"):
        out = io.BytesIO()
        Image.new("RGB", size, (90, 120, 100)).save(out, kind)
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return take


@pytest.fixture
def pdf():
    """An upload that begins like a PDF."""
    return SimpleUploadedFile("记录.exe", b"%PDF-1.7\n% a record\n%%EOF", "application/octet-stream")


@pytest.fixture
def clock_moves(monkeypatch):
    """Move the one clock forward."""
    moved = [datetime.timedelta()]
    monkeypatch.setattr(clock, "_offsets", [lambda: moved[0]])

    def move(**by):
        moved[0] += datetime.timedelta(**by)

    return move
