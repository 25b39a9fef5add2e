"""A matter with notices, promises and ratings; a clock set to a day; a browser; a picture."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.outcomes import services
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind

BODY = "<p><strong>一、协商意见。</strong>北侧道路不增划车位。</p><p>二、不同意见。9人主张单边划线。</p>"


@pytest.fixture
def on_day(monkeypatch):
    """Set the one clock to noon of a day in Shanghai."""

    def go(year, month, day):
        noon = datetime.datetime(year, month, day, 12, tzinfo=SHANGHAI)
        monkeypatch.setattr(clock, "_offsets", [lambda: noon - started])
        return noon.date()

    started = datetime.datetime.now(datetime.UTC)
    return go


@pytest.fixture
def saturday_posted(on_day):
    """28 March 2026: the seventh day after it falls in the Qingming leave."""
    return on_day(2026, 3, 28)


@pytest.fixture
def matter(places, zhang_zhuren):
    """A topic's matter, open to the public."""
    made = make(zhang_zhuren, kind="topic", prefix="议", title="地面停车位重新划线", place=places.compound)
    settle(made, standing="形成意见", audience=Audience.PUBLIC, is_open=True)
    return made


@pytest.fixture
def draft(zhang_zhuren, matter, bodies):
    """Write a notice; 公示 by both bodies unless told otherwise."""

    def write(actor=None, **given):
        values = {
            "kind": NoticeKind.GONGSHI,
            "title": "关于明湖家园地面停车位重新划线协商结果的公示",
            "body": BODY,
            "signers": [bodies.committee, bodies.party],
        }
        return services.draft(actor or zhang_zhuren, given.pop("matter", matter), **(values | given))

    return write


@pytest.fixture
def publish(draft, li_shuji):
    """Write and publish a notice; the net is enough unless told otherwise."""

    def now(actor=None, days=7, net_is_enough=True, **given):
        notice = draft(**given)
        services.publish(actor or li_shuji, notice.pk, days=days, net_is_enough=net_is_enough)
        return Notice.objects.get(pk=notice.pk)

    return now


@pytest.fixture
def picture():
    """A small picture as a phone sends it."""

    def take(name="photo.jpg"):
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "#7799aa").save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return take


@pytest.fixture
def item(zhang_zhuren, matter, bodies, on_day):
    """Promise something, by the property company unless told otherwise."""
    on_day(2026, 11, 2)

    def promise(**given):
        values = {"what": "拆除西侧废弃花坛", "body_id": bodies.property.pk, "due": datetime.date(2026, 11, 20)}
        return services.set_item(zhang_zhuren, matter, **(values | given))

    return promise


@pytest.fixture
def neighbours(places, make_person, move_in):
    """So many verified neighbours of the compound."""

    def many(count):
        found = []
        for number in range(count):
            person = make_person(f"邻居{number}")
            move_in(person, places.units[number % len(places.units)])
            found.append(Actor(person))
        return found

    return many
