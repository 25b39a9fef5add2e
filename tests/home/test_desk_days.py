"""The desk by days, the load of one's own office, what those above see, the weekly sheet, the deputies' page."""

import datetime

import pytest
from django.urls import reverse

from xieshang.community.services import name_deputy
from xieshang.coordination.rules.guidance import Addressee, Occasion
from xieshang.coordination.services import guidance
from xieshang.home.queries import queues_of
from xieshang.home.queries.day import below, days_of, desk_of, heading_of, load_of
from xieshang.home.queries.week import LINES, week_of
from xieshang.lib import clock
from xieshang.lib.actor import NOBODY
from xieshang.lib.clock import today
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter
from xieshang.outcomes.models import ActionItem

TODAY = datetime.date(2026, 11, 26)  # a Thursday


def on(days):
    return None if days is None else TODAY + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-40, "已超期"),
        (-1, "已超期"),
        (0, "今天，11月26日（周四）"),
        (1, "11月27日（周五）"),
        (6, "12月2日（周三）"),
        (7, "以后"),
        (None, "没有期限"),
    ],
)
def test_a_day_stands_under_its_heading(days, words):
    assert heading_of(on(days), TODAY) == words


def waiting(days):
    return Waiting("事", "", "/", "去办", on(days))


def test_rows_are_grouped_by_day_and_counted_for_oneself():
    rows = [waiting(days) for days in (-9, -1, 0, 2, 2, 8, 30, None)]
    days = days_of(rows, TODAY)
    assert [(day.label, len(day.rows), day.is_late) for day in days] == [
        ("已超期", 2, True),
        ("今天，11月26日（周四）", 1, False),
        ("11月28日（周六）", 2, False),
        ("以后", 2, False),
        ("没有期限", 1, False),
    ]
    load = load_of(rows, TODAY)
    assert (load.late, load.today, load.week, load.later, load.total) == (2, 1, 2, 3, 8)


pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(li_shuji, zhang_zhuren, bodies):
    """Something that a body has to do by so many days from now."""
    subject = guidance.Subject("物业合同到期", Addressee.COMPANY, bodies.property.pk, Occasion.CONTRACT)
    due = today() + datetime.timedelta(days=20)
    about = guidance.offer_guidance(li_shuji, subject, text="请按时办。", basis="条例", answer_due=due)

    def make(what, days, body=None):
        return ActionItem.objects.create(
            matter=about.matter,
            community_id=about.community_id,
            what=what,
            body=body or bodies.property,
            due=today() + datetime.timedelta(days=days),
            set_by_id=zhang_zhuren.person_id,
            set_at=clock.now(),
        )

    return make


def test_everything_that_waits_stands_on_one_page_by_day(browser_of, promise, zhao_jingli):
    for what, days in (("早该换的灯", -2), ("今天的事", 0), ("下个月的事", 30)):
        promise(what, days)
    page = browser_of(zhao_jingli).get(reverse("home:desk")).content.decode().partition("data-keys")[2]
    order = [
        page.index(words)
        for words in ("已超期", "早该换的灯", "今天的事", ">以后 ", "党组织的指导意见，请答复", "下个月的事")
    ]
    assert order == sorted(order)
    desk = desk_of(zhao_jingli, queues_of(zhao_jingli))
    assert (desk.load.late, desk.load.today, desk.load.later) == (1, 1, 2)
    assert "还剩30天" in page


def test_what_was_promised_for_a_day_is_as_late_on_the_desk_as_on_its_page(browser_of, promise, zhao_jingli):
    client, item = browser_of(zhao_jingli), promise("早该换的灯", -30)
    addresses = (reverse("home:desk"), reverse("home:queue", args=["items"]), item.get_absolute_url())
    assert [address for address in addresses if "已超30天" not in client.get(address).content.decode()] == []


def test_the_office_is_told_who_above_sees_what_is_late(browser_of, promise, zhao_jingli, liu_street, li_shuji):
    promise("早该换的灯", -2)
    page = browser_of(zhao_jingli).get(reverse("home:desk")).content.decode()
    assert "也看得到" in page
    assert "示例街道" in page


def test_those_above_see_what_is_late_below_by_community_and_nobody_else_does(
    promise, liu_street, li_shuji, zhang_zhuren, zhao_jingli, he_zhuren, other_zhuren, wang_ayi
):
    promise("早该换的灯", -2)
    promise("还没到的事", 2)
    for actor in (liu_street, li_shuji):
        [(place, titles)] = [(one.place.name, [row.title for row in one.rows]) for one in below(actor)[0]]
        assert (place, titles) == ("和顺社区", ["早该换的灯"])
    for actor in (zhang_zhuren, zhao_jingli, he_zhuren, other_zhuren, wang_ayi, NOBODY):
        with pytest.raises(NotAllowed):
            below(actor)
        with pytest.raises(NotAllowed):
            week_of(actor, None)


def test_the_weekly_sheet_counts_what_it_cannot_show(promise, liu_street, li_shuji):
    for number in range(LINES + 2):
        promise(f"逾期的事{number}", -1 - number)
    promise("下周的事", 3)
    week = week_of(li_shuji, None)
    assert (len(week.late.lines), week.late.number, week.late.left) == (LINES, LINES + 2, 2)
    assert week.late.lines[0].title == f"逾期的事{LINES + 1}"
    assert [line.title for line in week.coming.lines][:1] == ["下周的事"]
    assert (week.first.weekday(), (week.last - week.first).days) == (0, 6)
    assert [line.title for line in week.came.lines] == ["物业合同到期"]
    assert {line.place for line in week_of(liu_street, None).late.lines} == {"和顺社区"}


def test_a_week_gone_by_shows_its_own_and_a_week_to_come_is_this_one(promise, li_shuji):
    promise("事", 3)
    Matter.objects.update(made_at=clock.now() - datetime.timedelta(days=7))
    before = week_of(li_shuji, today() - datetime.timedelta(days=7))
    assert (before.came.number, week_of(li_shuji, None).came.number) == (1, 0)
    assert week_of(li_shuji, today() + datetime.timedelta(days=30)).first == week_of(li_shuji, None).first


def test_the_sheet_opens_with_whatever_day_stands_in_the_address(browser_of, li_shuji):
    client = browser_of(li_shuji)
    for day in ("", "2026-11-02", "2026-02-31", "x", "9999-12-31", "0001-01-01"):
        assert client.get(reverse("home:week"), {"day": day}).status_code == 200, day


def test_a_deputy_is_named_on_the_page_takes_the_office_and_it_is_ended_there(
    browser_of, zhang_zhuren, sun_weiyuan, wang_ayi
):
    chair, member = browser_of(zhang_zhuren), browser_of(sun_weiyuan)
    url, day = reverse("home:deputy"), today().isoformat()
    form = {"person_id": sun_weiyuan.person_id, "starts": day, "ends": day, "reason": "住院"}
    wrong = chair.post(url, form | {"reason": ""})
    assert (wrong.status_code, "请写为什么代理" in wrong.content.decode()) == (422, True)
    early = chair.post(url, form | {"starts": "2020-01-01"})
    assert (early.status_code, "过去的日子" in early.content.decode()) == (409, True)
    assert "代理中" in chair.post(url, form, follow=True).content.decode()
    member.post(reverse("home:choose_office"), {"office": zhang_zhuren.office.id})
    page = member.get(reverse("home:desk")).content.decode()
    assert "主任（代理）" in page
    assert "不能再请别人代理" in member.get(url).content.decode()
    deputy = zhang_zhuren.office.deputies.get()
    assert chair.post(reverse("home:end_deputy", args=[deputy.pk]), follow=True).status_code == 200
    assert "主任（代理）" not in member.get("/").content.decode()
    assert browser_of(wang_ayi).get(url).status_code == 404


def test_the_street_names_a_deputy_for_an_office_below(browser_of, liu_street, zhang_zhuren, sun_weiyuan, other_zhuren):
    url = reverse("home:deputy_of", args=[zhang_zhuren.office.id])
    assert browser_of(liu_street).get(url).status_code == 200
    assert browser_of(other_zhuren).get(url).status_code == 404


def test_a_deputy_finds_the_desk_of_the_office(zhang_zhuren, sun_weiyuan, promise, bodies):
    from xieshang.community.queries import actor_for

    promise("居委会的事", 1, bodies.committee)
    day = today()
    given = {"person_id": sun_weiyuan.person_id, "starts": day, "ends": day, "reason": "培训"}
    name_deputy(zhang_zhuren, zhang_zhuren.office.id, **given)
    acting = actor_for(sun_weiyuan.person, zhang_zhuren.office.id)
    own, stood_in = (
        {row.title for day in desk_of(actor, queues_of(actor)).days for row in day.rows}
        for actor in (zhang_zhuren, acting)
    )
    assert own == stood_in
    assert "居委会的事" in own


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize(("who", "most"), [("zhang_zhuren", 25), ("li_shuji", 25), ("liu_street", 25)])
def test_the_desk_asks_at_most_twenty_five_questions(
    request, browser_of, promise, bodies, who, most, number, django_assert_max_num_queries
):
    for each in range(number):
        promise(f"事{each}", each - 5, bodies.committee)
    client = browser_of(request.getfixturevalue(who))
    client.get("/")
    with django_assert_max_num_queries(most):
        client.get(reverse("home:desk"))
    with django_assert_max_num_queries(20):
        client.get(reverse("home:below"))
    with django_assert_max_num_queries(20):
        client.get(reverse("home:week"))
