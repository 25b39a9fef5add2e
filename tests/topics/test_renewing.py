"""A draft that is older than its facts: told to who writes and who publishes, and set right with one press."""

import datetime

import pytest
from django.urls import reverse

from xieshang.lib import clock
from xieshang.lib.days import full_day
from xieshang.lib.refusals import RuleViolation
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries import draft_gaps, notice_words, renewed_words
from xieshang.topics.rules import Nature, State, renewed

TOLD = "写稿以后，记录又有变化"
ORDER = ["意见", "事项", "反馈"]


@pytest.mark.parametrize(
    ("html", "fresh", "made"),
    [
        (
            "<p>头。</p><p><strong>一、意见。</strong>好</p><p>又一段</p><p><strong>二、事项。</strong>旧</p>",
            {"事项": "<p><strong>一、事项。</strong>新</p>"},
            "<p>头。</p><p><strong>一、意见。</strong>好</p><p>又一段</p><p><strong>二、事项。</strong>新</p>",
        ),
        (
            "<p><strong>一、意见。</strong>好</p><p><strong>二、反馈。</strong>年底</p>",
            {"事项": "<p><strong>一、事项。</strong>新</p>"},
            "<p><strong>一、意见。</strong>好</p><p><strong>二、事项。</strong>新</p><p><strong>三、反馈。</strong>年底</p>",
        ),
        (
            "<p>没有编号</p>",
            {"反馈": "<p><strong>一、反馈。</strong>年底</p>"},
            "<p>没有编号</p><p><strong>一、反馈。</strong>年底</p>",
        ),
    ],
    ids=["in its place", "between the others", "at the end"],
)
def test_only_the_paragraphs_that_are_given_are_written_anew(html, fresh, made):
    assert renewed(html, fresh, ORDER) == made


def test_a_draft_older_than_its_facts_is_told_and_takes_them_over_with_one_press(
    walk, sun_weiyuan, zhang_zhuren, li_shuji, bodies, browser_of
):
    topic = walk(State.PUBLICITY)
    title, body = notice_words(topic)
    body = body.replace("现公告如下。", "现公告如下，请互相转告。")
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    day = clock.today() + datetime.timedelta(days=30)
    topics.set_item(sun_weiyuan, topic.pk, what="换灯", body_id=bodies.property.pk, due=day)
    topics.plan(zhang_zhuren, topic.pk, feedback_by=day + datetime.timedelta(days=10))
    work, page, publish = (reverse(f"topics:{name}", args=[topic.pk]) for name in ("work", "notice", "publish"))
    said = f"换灯，由{bodies.property.name}在{full_day(day)}前办好。"
    for actor, address in ((sun_weiyuan, work), (sun_weiyuan, page), (li_shuji, publish)):
        answer = browser_of(actor).get(address).content.decode()
        assert (TOLD in answer, said in answer) == (True, True)
    fresh = browser_of(sun_weiyuan).get(page + "?renew=1")
    words = fresh.context["form"].initial
    assert TOLD not in fresh.content.decode()
    assert ("请互相转告" in words["body"], words["body"].count("办理事项"), said in words["body"]) == (True, 1, True)
    browser_of(sun_weiyuan).post(page, words)
    assert TOLD not in browser_of(sun_weiyuan).get(work).content.decode()


def test_what_the_owners_decide_is_handed_to_them_and_no_adoption_is_drafted(walk, sun_weiyuan, browser_of):
    topic = walk(State.PUBLICITY, Nature.OWNERS)
    assert "公告稿" not in browser_of(sun_weiyuan).get(reverse("topics:work", args=[topic.pk])).content.decode()
    with pytest.raises(RuleViolation, match="not_draftable"):
        topics.draft_notice(sun_weiyuan, topic.pk, title="公告", body="<p>采纳。</p>")


def test_who_convenes_the_owners_is_taken_into_a_draft_where_it_belongs(walk, sun_weiyuan, zhang_zhuren, bodies):
    topic = walk(State.OPINION_FORMED, Nature.OWNERS)
    Topic.objects.filter(pk=topic.pk).update(owners_by=None, convener=None)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    draft = topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body)
    by = clock.today() + datetime.timedelta(days=20)
    topics.plan_owners(zhang_zhuren, topic.pk, by=by, convener_id=bodies.owners.pk)
    topic = Topic.objects.with_frame().get(pk=topic.pk)
    assert draft_gaps(topic, draft) == [f"由{bodies.owners.name}在{full_day(by)}前召集业主表决。"]
    assert renewed_words(topic, draft) == notice_words(topic)[1]
