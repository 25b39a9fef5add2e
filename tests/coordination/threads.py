"""A thread of the estate, walked to any state through the real verbs; the fixtures of its tests."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xieshang.coordination.models import Thread
from xieshang.coordination.rules.threads import State
from xieshang.coordination.services import threads as services
from xieshang.lib.clock import now, today


def picture(name="letter.jpg"):
    """A stamped letter as a phone photographs it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 110)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def raised(zhang_zhuren, li_shuji, he_zhuren, zhao_jingli, places):
    """Cold rooms, raised by the residents' committee for seventeen homes; all three sides have people in office."""
    return services.raise_thread(
        zhang_zhuren,
        title="供暖季室温偏低问题协调",
        text="入冬后17户上报室温低于合同约定。",
        place_id=places.compound.pk,
        voices="17户居民",
        measures=True,
    )


@pytest.fixture
def accepted(raised, li_shuji):
    """Taken up: the three sides sit at the table."""
    return services.accept(li_shuji, raised.pk)


def side_of(thread, kind):
    """The side of a kind."""
    return thread.sides.get(kind=kind)


@pytest.fixture
def asked(accepted, li_shuji):
    """The sides are asked for their positions."""
    lead, helper = side_of(accepted, "company"), side_of(accepted, "committee")
    return services.assign(li_shuji, accepted.pk, lead=lead.pk, assistants=[helper.pk])


@pytest.fixture
def answered(asked, zhang_zhuren, he_zhuren, zhao_jingli):
    """Every side has answered."""
    for actor, kind in ((zhang_zhuren, "committee"), (he_zhuren, "owners"), (zhao_jingli, "company")):
        services.file_position(actor, asked.pk, side_id=side_of(asked, kind).pk, text=f"{kind}的意见")
    return Thread.objects.with_frame().get(pk=asked.pk)


@pytest.fixture
def met(answered, li_shuji, later):
    """The meeting was called, and its day is here."""
    services.call_meeting(li_shuji, answered.pk, starts_at=now() + datetime.timedelta(days=3), venue="社区议事厅")
    later(3)
    return Thread.objects.with_frame().get(pk=answered.pk)


@pytest.fixture
def confirmed(met, li_shuji):
    """Minutes signed by two, refused by one with a reason."""
    ids = list(met.sides.order_by("pk").values_list("pk", flat=True))
    services.draft_minutes(li_shuji, met.pk, present=ids)
    return services.confirm(li_shuji, met.pk, signed=ids[:2], refusals={ids[2]: "退费办法还没谈清"})


__all__ = ["State", "accepted", "answered", "asked", "confirmed", "met", "picture", "raised", "side_of", "today"]
