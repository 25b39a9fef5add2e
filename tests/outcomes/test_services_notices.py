"""Drafting, publishing, posting and correcting."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.http import Http404

from xieshang.audit.models import Entry
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message
from xieshang.outcomes import hooks, services
from xieshang.outcomes.models import Notice, NoticeVersion
from xieshang.outcomes.rules import NoticeKind, NoticeState

pytestmark = pytest.mark.django_db


def refused(call, *args, **kwargs):
    """Codes with which a verb refuses."""
    with pytest.raises(RuleViolation) as caught:
        call(*args, **kwargs)
    return [refusal.code for refusal in caught.value.refusals]


def test_a_draft_keeps_what_was_typed_and_what_is_safe(draft):
    notice = draft(body="<p onclick='x()'>好</p><script>alert(1)</script>")
    assert (notice.source, notice.body) == ("<p onclick='x()'>好</p><script>alert(1)</script>", "<p>好</p>")
    assert (notice.state, notice.number, notice.party_signed) == ("draft", "", True)
    assert notice.signers == ["中共和顺社区委员会", "和顺社区居民委员会"]


def test_one_draft_of_a_kind_at_a_time(draft):
    draft()
    assert refused(draft) == ["draft_exists"]


def test_a_draft_is_hidden_from_everybody_but_officers(draft, wang_ayi, zhao_jingli, he_zhuren, other_zhuren, li_shuji):
    notice = draft()
    readers = (NOBODY, wang_ayi, zhao_jingli, he_zhuren, other_zhuren, li_shuji)
    seen = [Notice.objects.visible_to(reader).filter(pk=notice.pk).exists() for reader in readers]
    assert seen == [False, False, False, False, False, True]


def test_publication_gives_number_and_days(saturday_posted, publish):
    notice = publish()
    assert (notice.number, notice.state, notice.posted_on) == ("和社协公〔2026〕1号", "published", saturday_posted)
    assert (notice.first_day, notice.last_day) == (datetime.date(2026, 3, 29), datetime.date(2026, 4, 7))
    assert list(notice.versions.values_list("version", "title", "reason")) == [(1, notice.title, "")]


@pytest.mark.parametrize("days", [181, 700, 99_999_999])
def test_a_slip_of_the_finger_hangs_no_notice_out_for_years(publish, days):
    assert refused(publish, days=days) == ["days_too_many"]


def test_numbers_run_on_within_place_and_year(on_day, publish, zhang_zhuren):
    on_day(2026, 12, 30)
    first, second = publish(), publish(actor=zhang_zhuren, kind=NoticeKind.FEEDBACK, days=0)
    on_day(2027, 1, 4)
    third = publish(kind=NoticeKind.GONGGAO, days=0)
    assert [n.number for n in (first, second, third)] == [
        "和社协公〔2026〕1号",
        "和社协公〔2026〕2号",
        "和社协公〔2027〕1号",
    ]


def test_the_street_corrects_under_its_own_number(publish, liu_street, draft):
    notice = draft(actor=liu_street, kind=NoticeKind.CORRECTION)
    assert services.publish(liu_street, notice.pk, days=0).number.startswith("示街协公〔")


def test_nobody_else_publishes_an_outcome(draft, zhang_zhuren, liu_street, wang_ayi):
    notice = draft()
    for actor in (zhang_zhuren, liu_street):
        with pytest.raises(NotAllowed):
            services.publish(actor, notice.pk, days=7)
    with pytest.raises(Http404):
        services.publish(wang_ayi, notice.pk, days=7)
    assert Notice.objects.get().state == NoticeState.DRAFT


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"days": 0, "net_is_enough": True}, ["days_missing"]),
        ({"days": 7}, ["boards_missing"]),
        ({"days": 7, "net_is_enough": True}, []),
    ],
)
def test_what_a_notice_needs_before_it_is_published(draft, li_shuji, given, codes):
    notice = draft(boards=[])
    if codes:
        assert refused(services.publish, li_shuji, notice.pk, **given) == codes
    else:
        assert services.publish(li_shuji, notice.pk, **given).number


def test_a_returned_draft_waits_for_the_committee(draft, li_shuji, zhang_zhuren, bodies):
    notice = draft()
    assert refused(services.return_draft, li_shuji, notice.pk, reason=" ") == ["reason_missing"]
    services.return_draft(li_shuji, notice.pk, reason="补写由谁召集")
    assert refused(services.publish, li_shuji, notice.pk, days=7) == ["notice_returned"]
    services.redraft(
        zhang_zhuren, notice.pk, title="公示", body="<p>补好了</p>", signers=[bodies.committee], boards=["公告栏"]
    )
    done = services.publish(li_shuji, notice.pk, days=7, net_is_enough=True)
    assert (done.state, done.party_signed, done.boards) == ("published", False, ["公告栏"])


def test_the_days_begin_when_the_last_board_hangs(on_day, publish, zhang_zhuren, picture, monkeypatch):
    posted = []
    monkeypatch.setattr(hooks, "on_posted", [lambda actor, notice: posted.append(notice.last_day)])
    on_day(2026, 11, 23)
    notice = publish(net_is_enough=False, boards=["社区公告栏", "3号楼"])
    assert (notice.posted_on, notice.last_day) == (None, None)
    on_day(2026, 11, 25)
    services.record_posting(
        zhang_zhuren, notice.pk, board="社区公告栏", on=datetime.date(2026, 11, 23), photo=picture()
    )
    assert posted == []
    services.record_posting(zhang_zhuren, notice.pk, board="3号楼", on=datetime.date(2026, 11, 25), photo=picture())
    notice.refresh_from_db()
    assert (notice.posted_on, notice.last_day) == (datetime.date(2026, 11, 25), datetime.date(2026, 12, 2))
    assert posted == [datetime.date(2026, 12, 2)]


@pytest.mark.parametrize(
    ("day", "code"),
    [(22, "posted_too_early"), (29, "posted_later"), (24, "posted_long_ago"), (25, None), (28, None)],
)
def test_the_day_of_a_board_must_be_believable(on_day, publish, zhang_zhuren, picture, day, code):
    on_day(2026, 11, 23)
    notice = publish(net_is_enough=False)
    on_day(2026, 11, 28)
    record = {"board": "社区公告栏", "on": datetime.date(2026, 11, day), "photo": picture()}
    if code:
        assert refused(services.record_posting, zhang_zhuren, notice.pk, **record) == [code]
    else:
        assert services.record_posting(zhang_zhuren, notice.pk, **record).on.day == day


def test_a_board_is_recorded_once_and_needs_a_picture(on_day, publish, zhang_zhuren, picture):
    today = on_day(2026, 11, 23)
    notice = publish(net_is_enough=False)
    record = {"board": "社区公告栏", "on": today}
    fake = picture()
    fake.seek(0)
    fake.write(b"nothing")
    fake.seek(0)
    assert refused(services.record_posting, zhang_zhuren, notice.pk, **record, photo=fake) == ["not_a_picture"]
    services.record_posting(zhang_zhuren, notice.pk, **record, photo=picture())
    assert refused(services.record_posting, zhang_zhuren, notice.pk, **record, photo=picture()) == ["posted_already"]


def test_a_published_notice_changes_only_by_correction(publish, zhang_zhuren, li_shuji, bodies):
    notice = publish()
    words = {"title": "改", "body": "<p>改</p>"}
    again = {**words, "signers": [bodies.party], "boards": []}
    assert refused(services.redraft, zhang_zhuren, notice.pk, **again) == ["notice_published"]
    assert refused(services.return_draft, li_shuji, notice.pk, reason="x") == ["notice_published"]
    assert refused(services.publish, li_shuji, notice.pk, days=7) == ["notice_published"]
    assert refused(services.correct, li_shuji, notice.pk, **words, reason="") == ["reason_missing"]
    services.correct(li_shuji, notice.pk, **words, reason="车位数写错")
    notice.refresh_from_db()
    assert (notice.title, notice.version, notice.number) == ("改", 2, "和社协公〔2026〕1号")
    kept = list(notice.versions.order_by("version").values_list("version", "title", "reason"))
    assert kept == [(1, "关于明湖家园地面停车位重新划线协商结果的公示", ""), (2, "改", "车位数写错")]


def test_versions_cannot_be_changed_even_past_the_product(publish):
    publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        NoticeVersion.objects.update(title="别的")


def test_a_withdrawn_notice_stays_readable(publish, zhang_zhuren):
    notice = services.withdraw(zhang_zhuren, publish().pk, reason="异议成立，重新形成意见")
    assert Notice.objects.visible_to(NOBODY).get().withdrawn_for == "异议成立，重新形成意见"
    assert refused(services.withdraw, zhang_zhuren, notice.pk, reason="x") == ["notice_not_published"]


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "published", "number": ""},
        {"state": "published", "number": "x", "published_at": None},
        {"first_day": datetime.date(2026, 1, 1)},
        {"posted_on": datetime.date(2026, 1, 1), "days": 7},
        {"state": "returned"},
        {"kind": "poster"},
    ],
)
def test_the_database_refuses_a_notice_that_cannot_be(draft, broken):
    notice = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**broken)


def test_publication_is_recorded_and_followers_hear(publish, matter, zhang_zhuren):
    notice = publish()
    entry = Entry.objects.get(verb="outcomes.publish")
    assert (entry.number, entry.after, entry.office_title) == (matter.number, notice.number, "和顺社区党委书记")
    message = Message.objects.get(person_id=zhang_zhuren.person_id)
    assert (message.number, notice.number in message.body) == (matter.number, True)
