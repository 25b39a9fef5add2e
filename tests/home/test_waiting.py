"""待我办 and the work desk: what waits for each role, what is due first on top."""

import datetime

import pytest
from django.urls import reverse

from xieshang.home.queries import queues_of, waiting_for
from xieshang.lib.actor import NOBODY
from xieshang.lib.clock import today
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.rules import Nature, State, TopicKind


@pytest.fixture
def raise_one(wang_ayi, sun_weiyuan, places, bodies):
    """A matter of 王阿姨's that waits for screening."""

    def make(title="楼道灯不亮", place=places.building):
        topic = topics.raise_topic(wang_ayi, title=title, text="晚上看不清。", place_id=place.pk)
        if topic.state == State.SUBMITTED:
            topics.admit(sun_weiyuan, topic.pk)
        return Topic.objects.get(pk=topic.pk)

    return make


@pytest.fixture
def stages(raise_one, bodies, places, zhang_zhuren):
    """One matter for whoever is asked to do something next."""
    returned = raise_one("退回来的事")
    topics.return_to_author(zhang_zhuren, returned.pk, reason="请写清是哪一盏。")
    raise_one("刚提的事")
    studied = raise_one("要研究的事")
    topics.accept(zhang_zhuren, studied.pk, kind=TopicKind.PRACTICAL_PROBLEM, nature=Nature.ADVISORY)
    handed = raise_one("要修的事", places.community)
    topics.dispatch(zhang_zhuren, handed.pk, reason="灯坏了。", receiver_id=bodies.property.pk)
    late = raise_one("早该办的事")
    Topic.objects.filter(pk=late.pk).update(alarm_on=today() - datetime.timedelta(days=1))
    handed_over = raise_one("要业主定的事")
    Topic.objects.filter(pk=handed_over.pk).update(state=State.TO_OWNERS.value, convener=bodies.owners.pk)


@pytest.mark.parametrize(
    ("who", "titles", "action"),
    [
        ("wang_ayi", {"退回来的事"}, "去补充"),
        ("zhang_zhuren", {"刚提的事", "早该办的事"}, "去办"),
        ("li_shuji", {"要研究的事"}, "去办"),
        ("zhao_jingli", {"要修的事"}, "去办"),
        ("he_zhuren", {"要业主定的事"}, "去办"),
        ("liu_street", {"下级有1件事过了期限"}, "去看看"),
        ("wairen", {"认证您的住房"}, "去认证"),
        ("chen_yezhu", set(), ""),
    ],
)
def test_each_role_finds_what_it_is_asked_to_do_and_nothing_else(request, stages, who, titles, action):
    found = waiting_for(request.getfixturevalue(who))
    assert {waiting.title for waiting in found} == titles
    assert {waiting.action for waiting in found} <= {action}


@pytest.mark.parametrize("who", ["wang_ayi", "zhang_zhuren", "li_shuji", "zhao_jingli", "he_zhuren", "liu_street"])
def test_what_waits_leads_to_a_page_that_opens(request, stages, browser_of, who):
    actor = request.getfixturevalue(who)
    browser = browser_of(actor)
    urls = [waiting.url for waiting in waiting_for(actor)]
    assert urls
    assert [browser.get(url).status_code for url in urls] == [200] * len(urls)
    assert urls[0] in browser.get(reverse("home:mine")).content.decode()


def test_a_visitor_and_a_neighbour_have_neither_waiting_work_nor_a_desk(stages, chen_yezhu):
    assert (waiting_for(NOBODY), queues_of(NOBODY), queues_of(chen_yezhu)) == ([], [], [])


def test_what_one_may_no_longer_appeal_does_not_wait(raise_one, wang_ayi, sun_weiyuan):
    topic = raise_one()
    Topic.objects.filter(pk=topic.pk).update(state=State.REJECTED_CONTENT.value)
    assert [waiting.action for waiting in waiting_for(wang_ayi)] == ["去看看"]
    Topic.objects.filter(pk=topic.pk).update(appeal_made=True)
    assert waiting_for(wang_ayi) == []


def test_the_desk_and_what_waits_go_by_the_day_they_are_due(raise_one, zhang_zhuren, browser_of):
    for title, days in (("第三", 9), ("第一", -2), ("第二", 3)):
        topic = raise_one(title)
        Topic.objects.filter(pk=topic.pk).update(due_on=today() + datetime.timedelta(days=days))
    assert [waiting.title for waiting in waiting_for(zhang_zhuren)] == ["第一", "第二", "第三"]
    page = browser_of(zhang_zhuren).get(reverse("home:queue", args=["screening"])).content.decode()
    places = [page.index(f"<strong>{title}") for title in ("第一", "第二", "第三")]
    assert places == sorted(places)


def test_a_long_queue_is_narrowed_in_the_address_and_pages_stay_narrowed(browser_of, raise_one, zhang_zhuren):
    late, soon, lifted = raise_one("早该受理的事"), raise_one("明天到期的事"), raise_one("很多人支持的事")
    days = {late: -2, soon: 1, lifted: 9}
    for topic, ahead in days.items():
        due = today() + datetime.timedelta(days=ahead)
        Topic.objects.filter(pk=topic.pk).update(due_on=due, lifted=topic is lifted)
    client = browser_of(zhang_zhuren)
    shown = {}
    for show in ("", "over", "soon", "lifted", "no-such-part"):
        answer = client.get(reverse("home:queue", args=["screening"]), {"show": show})
        shown[show] = {row.title for row in answer.context["page"].rows}
        assert answer.context["query"] == (f"show={show}&" if show in {"over", "soon", "lifted"} else "")
    everything = {"早该受理的事", "明天到期的事", "很多人支持的事"}
    assert shown == {
        "": everything,
        "over": {"早该受理的事"},
        "soon": {"明天到期的事"},
        "lifted": {"很多人支持的事"},
        "no-such-part": everything,
    }


@pytest.mark.parametrize(
    "key", ["²", "0:2026-01-01:²", "2026-01-01:²", "1:9999-12-31:٣", "2026-01-01T00:00Z:1", "9" * 40]
)
@pytest.mark.parametrize("queue", ["screening", "objections", "items", "review", "suggestions"])
def test_a_key_of_a_page_that_nobody_gave_out_shows_the_first_page(browser_of, raise_one, zhang_zhuren, queue, key):
    raise_one("第一")
    answer = browser_of(zhang_zhuren).get(reverse("home:queue", args=[queue]), {"after": key})
    assert answer.status_code == 200


def test_a_queue_in_which_nothing_waits_is_not_listed_but_still_opens(browser_of, raise_one, zhang_zhuren):
    client = browser_of(zhang_zhuren)
    lists = {"new", "screening", "boards"}
    hrefs = {key: f'href="{reverse("home:queue", args=[key])}"' for key in lists}
    page = client.get(reverse("home:desk")).content.decode()
    assert [key for key in lists if hrefs[key] in page] == []
    assert "眼下没有等您办的事" in page
    assert "这里都办完了" in client.get(reverse("home:queue", args=["boards"])).content.decode()
    raise_one()
    assert [key for key in lists if hrefs[key] in client.get(reverse("home:desk")).content.decode()] == ["screening"]


def test_what_is_late_below_stands_on_one_page_to_which_the_queue_leads(browser_of, stages, liu_street):
    client = browser_of(liu_street)
    assert "下级有1件事过了期限" in client.get(reverse("home:desk")).content.decode()
    assert client.get(reverse("home:queue", args=["late"])).url == reverse("home:below")
    assert "早该办的事" in client.get(reverse("home:below")).content.decode()
