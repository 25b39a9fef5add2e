"""On a real PostgreSQL: what happens at the same instant happens once, in one order."""

import datetime

import pytest

from tests.races import all_at_once
from xieshang.lib.clock import today
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.notify.models import Message
from xieshang.outcomes import services
from xieshang.outcomes.models import Objection, Rating, RatingVersion

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def test_notices_published_at_once_get_numbers_of_their_own(places, zhang_zhuren, li_shuji, draft):
    drafts = []
    for number in range(AT_ONCE):
        made = make(zhang_zhuren, kind="topic", prefix="议", title=f"第{number}件", place=places.compound)
        settle(made, standing="公示", audience=Audience.PUBLIC, is_open=True)
        drafts.append(draft(matter=made).pk)
    publish = [lambda pk=pk: services.publish(li_shuji, pk, days=7, net_is_enough=True).number for pk in drafts]
    year = datetime.datetime.now(datetime.UTC).year
    expected = {f"和社协公〔{year}〕{number}号" for number in range(1, AT_ONCE + 1)}
    assert set(all_at_once(*publish)) == expected


def test_one_notice_published_twice_is_published_once(li_shuji, draft):
    notice = draft()
    twice = [lambda: services.publish(li_shuji, notice.pk, days=7, net_is_enough=True).version] * 2
    assert sorted(map(str, all_at_once(*twice))) == ["1", "notice_published"]
    assert notice.versions.count() == 1


def test_an_objection_sent_twice_is_one(wang_ayi, publish):
    notice = publish()
    twice = [lambda: services.object_to(wang_ayi, notice.pk, grounds="一").state] * 2
    assert sorted(all_at_once(*twice)) == ["objection_waits", "open"]
    assert Objection.objects.count() == 1


def test_a_rating_sent_many_times_is_one_with_every_version(wang_ayi, matter):
    services.open_rating(matter, datetime.date(2099, 1, 1))
    calls = [lambda: services.rate(wang_ayi, matter.pk, stars=4, solved=True).stars] * AT_ONCE
    assert all_at_once(*calls) == [4] * AT_ONCE
    assert (Rating.objects.count(), RatingVersion.objects.count()) == (1, AT_ONCE)


def test_an_objection_answered_twice_has_one_answer_and_one_message(wang_ayi, zhang_zhuren, sun_weiyuan, publish):
    objection = services.object_to(wang_ayi, publish().pk, grounds="一")

    def heard():
        return sum(Message.objects.filter(person=wang_ayi.person).values_list("count", flat=True))

    before = heard()

    def answer(actor, text):
        return lambda: bool(services.answer_objections(actor, [objection.pk], answer=text, sustained=False))

    found = all_at_once(answer(zhang_zhuren, "够宽"), answer(sun_weiyuan, "量过了"))
    assert sorted(map(str, found)) == ["True", "answered_already"]
    assert heard() == before + 1


def test_a_board_recorded_twice_hangs_once_and_starts_the_days_once(zhang_zhuren, publish, picture):
    notice = publish(net_is_enough=False)
    day, photos = today(), [picture("a.jpg"), picture("b.jpg")]
    twice = [
        lambda photo=photo: (
            services.record_posting(zhang_zhuren, notice.pk, board="社区公告栏", on=day, photo=photo).board
        )
        for photo in photos
    ]
    assert sorted(all_at_once(*twice)) == ["posted_already", "社区公告栏"]
    assert notice.postings.count() == 1


def test_a_promise_reported_done_twice_is_done_once(item, zhao_jingli):
    made = item()
    twice = [lambda: services.report_done(zhao_jingli, made.pk, text="好").state] * 2
    assert sorted(all_at_once(*twice)) == ["done", "item_not_open"]
    assert made.progress.count() == 1


def test_an_overdue_promise_is_told_once_by_two_timers(item, on_day):
    from xieshang.lib.clock import now

    item()
    on_day(2026, 11, 21)
    assert sum(all_at_once(*[lambda: services.due(now())] * 2)) == 1
