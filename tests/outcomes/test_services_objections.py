"""Objecting, answering together, appealing."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.refusals import NotAllowed
from xieshang.notify.models import Message
from xieshang.outcomes import hooks, services
from xieshang.outcomes.models import Objection
from xieshang.outcomes.rules import NoticeKind

from .test_services_notices import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What upper apps hear."""
    found = []
    for name in ("on_sustained", "on_all_answered", "on_appeal_upheld"):
        monkeypatch.setattr(hooks, name, [lambda actor, notice, name=name: found.append(name)])
    return found


@pytest.fixture
def notice(saturday_posted, publish, wang_ayi, zhou_dashu):
    """A 公示 of 28 March 2026, open until 7 April."""
    return publish()


def test_an_objection_is_kept_with_the_day_its_answer_is_due(notice, wang_ayi):
    objection = services.object_to(wang_ayi, notice.pk, grounds=" 消防通道太窄 ")
    assert (objection.grounds, objection.state) == ("消防通道太窄", "open")
    # Five working days after Saturday 28 March: Monday to Friday.
    assert objection.due == datetime.date(2026, 4, 3)


def test_only_neighbours_of_the_place_object(notice, wairen, zhang_zhuren):
    for actor, words in ((wairen, "认证过的住户"), (zhang_zhuren, "换成您本人"), (NOBODY, "先登录")):
        with pytest.raises(NotAllowed, match=r"outcomes\.object") as caught:
            services.object_to(actor, notice.pk, grounds="不行")
        assert words in caught.value.sentence


def test_the_period_ends_with_its_last_day(notice, wang_ayi, zhou_dashu, on_day):
    on_day(2026, 4, 7)
    assert services.object_to(wang_ayi, notice.pk, grounds="最后一天").pk
    on_day(2026, 4, 8)
    assert refused(services.object_to, zhou_dashu, notice.pk, grounds="晚了") == ["period_over"]


def test_a_notice_that_waits_for_its_boards_takes_objections(publish, wang_ayi):
    assert services.object_to(wang_ayi, publish(net_is_enough=False).pk, grounds="还没贴").pk


def test_only_a_publicity_notice_is_objected_to(publish, wang_ayi, zhang_zhuren):
    notice = publish(kind=NoticeKind.GONGGAO, days=0)
    assert refused(services.object_to, wang_ayi, notice.pk, grounds="不行") == ["no_objection_here"]


def test_one_waits_at_a_time_for_each_person(notice, wang_ayi, zhang_zhuren):
    first = services.object_to(wang_ayi, notice.pk, grounds="一")
    assert refused(services.object_to, wang_ayi, notice.pk, grounds="二") == ["objection_waits"]
    services.answer_objections(zhang_zhuren, [first.pk], answer="已核对", sustained=False)
    assert services.object_to(wang_ayi, notice.pk, grounds="二").pk != first.pk


def test_the_database_takes_one_open_objection_each(notice, wang_ayi):
    first = services.object_to(wang_ayi, notice.pk, grounds="一")
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(
            notice=notice,
            community_id=first.community_id,
            person_id=first.person_id,
            grounds="二",
            at=first.at,
            due=first.due,
        )


def test_same_grounds_are_answered_together_and_each_person_hears(notice, wang_ayi, zhou_dashu, zhang_zhuren, heard):
    ids = [services.object_to(actor, notice.pk, grounds="通道太窄").pk for actor in (wang_ayi, zhou_dashu)]
    services.answer_objections(zhang_zhuren, ids, answer="消防部门量过，够宽。", sustained=False)
    rows = list(Objection.objects.order_by("pk").values_list("state", "answer", "sustained", "group"))
    assert rows == [("answered", "消防部门量过，够宽。", False, ids[0])] * 2
    told = Message.objects.filter(body="您提的异议有答复了。").values_list("person_id", flat=True)
    assert set(told) == {wang_ayi.person_id, zhou_dashu.person_id}
    assert heard == ["on_all_answered"]


def test_while_one_is_open_not_all_are_answered(notice, wang_ayi, zhou_dashu, zhang_zhuren, heard):
    first = services.object_to(wang_ayi, notice.pk, grounds="一")
    services.object_to(zhou_dashu, notice.pk, grounds="二")
    services.answer_objections(zhang_zhuren, [first.pk], answer="答", sustained=False)
    assert heard == []


def test_a_sustained_objection_is_heard_above(notice, wang_ayi, zhang_zhuren, heard):
    first = services.object_to(wang_ayi, notice.pk, grounds="一")
    services.answer_objections(zhang_zhuren, [first.pk], answer="您说得对", sustained=True)
    assert heard == ["on_sustained"]


def test_answers_are_the_committees_and_come_once(notice, wang_ayi, zhang_zhuren, li_shuji):
    first = services.object_to(wang_ayi, notice.pk, grounds="一")
    with pytest.raises(NotAllowed):
        services.answer_objections(li_shuji, [first.pk], answer="答", sustained=False)
    assert refused(services.answer_objections, zhang_zhuren, [], answer="答", sustained=False) == ["nothing_chosen"]
    assert refused(services.answer_objections, zhang_zhuren, [first.pk], answer=" ", sustained=False) == [
        "answer_missing"
    ]
    services.answer_objections(zhang_zhuren, [first.pk], answer="答", sustained=False)
    assert refused(services.answer_objections, zhang_zhuren, [first.pk], answer="改", sustained=True) == [
        "answered_already"
    ]


def test_nobody_answers_their_own_objection(notice, zhang_zhuren, move_in, places):
    move_in(zhang_zhuren.person, places.units[0])
    mine = services.object_to(Actor(zhang_zhuren.person), notice.pk, grounds="我自己的")
    assert refused(services.answer_objections, zhang_zhuren, [mine.pk], answer="答", sustained=True) == [
        "own_objection"
    ]


def test_the_street_looks_again_and_delays_nothing(notice, wang_ayi, zhou_dashu, zhang_zhuren, liu_street, heard):
    mine = services.object_to(wang_ayi, notice.pk, grounds="一")
    assert refused(services.appeal_objection, wang_ayi, mine.pk, text="再看") == ["not_answered"]
    services.answer_objections(zhang_zhuren, [mine.pk], answer="答", sustained=False)
    with pytest.raises(NotAllowed):
        services.appeal_objection(zhou_dashu, mine.pk, text="替她")
    services.appeal_objection(wang_ayi, mine.pk, text="请再看")
    assert refused(services.appeal_objection, wang_ayi, mine.pk, text="又") == ["appealed_already"]
    services.answer_appeal(liu_street, mine.pk, answer="确有问题", upheld=True)
    mine.refresh_from_db()
    assert (mine.appeal_upheld, mine.appeal_answer) == (True, "确有问题")
    assert heard == ["on_all_answered", "on_appeal_upheld"]
    assert refused(services.answer_appeal, liu_street, mine.pk, answer="又", upheld=False) == ["no_appeal"]


def test_an_appeal_has_fifteen_days(notice, wang_ayi, zhang_zhuren, on_day):
    mine = services.object_to(wang_ayi, notice.pk, grounds="一")
    services.answer_objections(zhang_zhuren, [mine.pk], answer="答", sustained=False)
    on_day(2026, 4, 14)
    assert refused(services.appeal_objection, wang_ayi, mine.pk, text="晚了") == ["appeal_too_late"]


def test_done_for_a_neighbour_both_are_kept(notice, zhou_dashu, wu_wangge):
    helped = Actor(zhou_dashu.person, None, wu_wangge, "当面")
    objection = services.object_to(helped, notice.pk, grounds="听不清楚网上的")
    assert (objection.person_id, objection.assisted_by_id, objection.consent) == (
        zhou_dashu.person_id,
        wu_wangge.person_id,
        "当面",
    )
