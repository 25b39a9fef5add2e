"""Reads: the same number of queries for one row and for thirty; queues; what the public may read."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import conditional_escape

from xieshang.home.queries import file_page
from xieshang.lib import clock
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import RuleViolation
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import ActionItem, Rating
from xieshang.topics import queries
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries import words
from xieshang.topics.rules import Channel, PartyOpinion, State


@pytest.fixture
def many(wang_ayi, walk, places):
    """One topic in screening, or so many more."""
    walk(State.SCREENING)

    def raise_more(count):
        for number in range(count):
            topics.raise_topic(wang_ayi, title=f"第{number}件事", text="请看看。", place_id=places.building.pk)

    return raise_more


def asked(read):
    with CaptureQueriesContext(connection) as found:
        read()
    return len(found)


@pytest.mark.parametrize("name", ["list", "front", "waiting", "queues", "queue_page"])
def test_a_list_asks_the_same_for_one_and_for_thirty(many, places, zhang_zhuren, name):
    community = places.community.pk
    reads = {
        "list": lambda: queries.topics_page(NOBODY, community, queries.Shown(), ""),
        "front": lambda: queries.being_talked_over(NOBODY, community),
        "waiting": lambda: queries.waiting_for(zhang_zhuren),
        "queues": lambda: queries.queues(zhang_zhuren),
        "queue_page": lambda: queries.queues(zhang_zhuren)[1].rows(""),
    }
    one = asked(reads[name])
    many(29)
    assert asked(reads[name]) == one <= 2


@pytest.mark.parametrize(("key", "state"), [("screening", State.SCREENING), ("handed", State.DISPATCHED)])
def test_a_queue_is_paged_by_the_day_and_only_what_is_to_be_taken_up_by_support(many, zhang_zhuren, key, state):
    many(25)
    last, lifted = Topic.objects.order_by("-pk")[:2]
    Topic.objects.update(state=state.value)
    Topic.objects.filter(pk=lifted.pk).update(lifted=True)
    Topic.objects.filter(pk=last.pk).update(due_on=last.due_on - datetime.timedelta(days=1))
    queue = next(q for q in queries.queues(zhang_zhuren) if q.key == key)
    first = queue.rows("")
    second = queue.rows(first.next_key)
    urls = [row.url for row in [*first.rows, *second.rows]]
    assert (queue.count, len(first.rows), len(set(urls))) == (26, 20, 26)
    ahead = {"screening": [lifted, last], "handed": [last]}[key]
    assert [row.title for row in first.rows[: len(ahead)]] == [topic.matter.title for topic in ahead]


def test_the_public_reads_the_authors_words_only_from_the_notice_on(walk, wang_ayi, zhou_dashu, zhang_zhuren):
    topic = walk(State.PARTY_REVIEW)
    for actor, seen in ((NOBODY, False), (wang_ayi, True), (zhou_dashu, True), (zhang_zhuren, True)):
        page = queries.topic_page(actor, Topic.objects.with_frame().get(pk=topic.pk))
        assert bool(page.text) == seen


@pytest.mark.parametrize("way", ["merge", "redirect", "dispatch"])
def test_what_ends_without_a_notice_keeps_its_words_in_the_place(walk, way, wang_ayi, zhou_dashu, zhang_zhuren, places):
    target = walk(State.SCREENING)
    topic = topics.raise_topic(wang_ayi, title="灯又不亮", text="只给邻居看的话。", place_id=places.building.pk)
    {
        "merge": lambda: topics.merge(zhang_zhuren, topic.pk, into_id=target.pk, reason="同一件事。"),
        "redirect": lambda: topics.redirect(
            zhang_zhuren,
            topic.pk,
            channel=Channel.POLICE,
            receiver_name="派出所",
            due=clock.today() + datetime.timedelta(days=5),
            reason="归派出所管。",
        ),
        "dispatch": lambda: topics.dispatch(zhang_zhuren, topic.pk, receiver_name="电业公司", reason="坏了"),
    }[way]()
    pages = [topic, target] if way == "merge" else [topic]
    for actor, seen in ((NOBODY, False), (zhou_dashu, True)):
        for shown in (Topic.objects.with_frame().get(pk=one.pk) for one in pages):
            page = queries.topic_page(actor, shown)
            texts = [str(page.text), *(other.text for other in page.merged)]
            assert ("只给邻居看的话" in "".join(texts)) == seen
            filed = file_page(actor, shown.matter_id).sections
            assert ("只给邻居看的话" in str(filed)) == seen


def test_the_notices_text_is_public(walk):
    topic = walk(State.ANNOUNCED)
    assert "老人晚上下楼" in queries.topic_page(NOBODY, Topic.objects.with_frame().get(pk=topic.pk)).text


def test_a_blocked_step_says_what_is_missing_and_who_supplies_it(walk, zhang_zhuren):
    topic = Topic.objects.with_frame().get(pk=walk(State.PARTY_REVIEW).pk)
    blocked = queries.what_is_missing(zhang_zhuren, topic)
    assert blocked.label == "发布预告"
    assert blocked.missing[0]["who"] == "社区党组织书记"
    panel = next(p for p in queries.work_on(zhang_zhuren, topic).panels if p.key == "announce")
    assert [line["who"] for line in panel.missing] == ["社区党组织书记"]


def test_a_paper_not_begun_is_one_line(walk, zhang_zhuren):
    topic = Topic.objects.with_frame().get(pk=walk(State.SCREENING).pk)
    blocked = queries.what_is_missing(zhang_zhuren, topic)
    assert [(line["what"], line["by"]) for line in blocked.missing] == [("还没有受理。", "请居委会来办")]


def test_what_ended_elsewhere_says_where(walk, wang_ayi, zhang_zhuren, places):
    topic = walk(State.SCREENING)
    again = topics.raise_topic(wang_ayi, title="灯又不亮", text="请看看。", place_id=places.building.pk)
    topics.merge(zhang_zhuren, again.pk, into_id=topic.pk, reason="同一件事。")
    page = queries.topic_page(wang_ayi, Topic.objects.with_frame().get(pk=again.pk))
    assert (page.into, page.strip["who"], {stage["state"] for stage in page.course.stages}) == (
        topic,
        "看并入的那一件",
        {"done"},
    )
    there = queries.topic_page(wang_ayi, Topic.objects.with_frame().get(pk=topic.pk))
    assert [other.pk for other in there.merged] == [again.pk]


def test_the_facts_of_a_notice_come_from_the_record(walk):
    topic = Topic.objects.with_frame().get(pk=walk(State.OPINION_FORMED).pk)
    title, body = queries.notice_words(topic)
    assert title == "关于3号楼2单元楼道灯不亮协商结果的公示"
    assert "召开协商会1次，到会12人次" in body
    assert "这是协商意见，供参考" in body


def test_the_street_sees_what_is_overdue(walk, liu_street, later):
    walk(State.SCREENING)
    assert (queries.count_late(liu_street), queries.late_under(liu_street, 9)) == (0, [])
    later(days=15)
    assert (queries.count_late(liu_street), len(queries.late_under(liu_street, 9))) == (1, 1)


def test_the_step_by_which_the_matter_goes_on_stands_first(walk, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    work = queries.work_on(zhang_zhuren, Topic.objects.with_frame().get(pk=topic.pk))
    assert (work.main_key, work.panels[0].key) == ("confirm_opinion", "confirm_opinion")


def test_the_secretary_finds_the_draft_at_the_publishing_desk(walk, li_shuji, sun_weiyuan, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    title, body = queries.notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    assert {q.key: q.count for q in queries.queues(li_shuji)} == {"study": 0, "publish": 1, "publicity": 0}
    desk = queries.publishing_desk(li_shuji, Topic.objects.with_frame().get(pk=topic.pk))
    assert (desk.missing, desk.count_words) == (1, "6项中5项已齐")
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    desk = queries.publishing_desk(li_shuji, Topic.objects.with_frame().get(pk=topic.pk))
    assert (desk.missing, body in conditional_escape(desk.sheet["html"])) == (0, True)


def test_a_draft_that_says_nothing_of_objections_cannot_be_published(walk, li_shuji, sun_weiyuan, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    topics.draft_notice(sun_weiyuan, topic.pk, title="关于楼道灯的公示", body="<p>都换成声控灯。</p>", boards=())
    desk = queries.publishing_desk(li_shuji, Topic.objects.with_frame().get(pk=topic.pk))
    lacking = [line for line in desk.checks if not line["ok"]]
    assert [(line["what"], line["who"]) for line in lacking] == [("请写明对结果有异议可以怎么提。", "居委会")]
    assert not any(line.get("url") for line in desk.checks)
    with pytest.raises(RuleViolation, match="objection_channel_missing"):
        topics.publish_notice(li_shuji, topic.pk, days=7)


def test_a_promise_on_the_topics_page_says_how_far_it_is(walk, zhao_jingli, picture):
    topic = walk(State.IMPLEMENTING)
    item = ActionItem.objects.get(matter=topic.matter)
    outcomes.report_progress(zhao_jingli, item.pk, text="灯已买回", photos=[picture()])
    (shown,) = queries.topic_page(NOBODY, Topic.objects.with_frame().get(pk=topic.pk)).items
    assert (shown["note"], len(shown["photos"])) == ("灯已买回", 1)


def test_the_file_lists_each_round_of_ratings_and_nothing_that_points_at_a_person(walk, make_person):
    topic = walk(State.EVALUATED)
    matter, community = topic.matter, topic.community
    for number in range(6):
        values = {"community": community, "stars": 4, "solved": True, "text": f"第{number}句", "at": clock.now()}
        Rating.objects.create(matter=matter, person=make_person(f"邻居{number}"), round=2, **values)
    last = file_page(NOBODY, matter.pk).sections[-1]
    (_n, first), (_m, second) = last.papers
    assert (last.title, first.facts, first.texts) == ("居民评价", (("评价人次", "1"),), ())
    assert second.facts[:2] == (("评价人次", "6"), ("平均", "4.0"))
    assert second.texts == tuple(("留言", f"第{number}句") for number in range(6))


def test_before_the_outcome_the_file_has_no_part_for_ratings(walk):
    sections = file_page(NOBODY, walk(State.PUBLICITY).matter_id).sections
    assert [section.title for section in sections] == ["事由和范围", "经过和文书", "预告、公示、公告"]


def test_an_open_discussion_counts_to_its_own_last_day_and_then_to_the_opinion(walk):
    topic = walk(State.DELIBERATING)
    last_day = topic.discussion_last_day
    after = last_day + datetime.timedelta(days=1)
    assert (words.next_day(topic, last_day), words.left_words(topic, last_day)) == (last_day, "讨论今天截止")
    assert words.next_day(topic, after) == topic.due_on > last_day
    assert "个工作日" in words.left_words(topic, after)


def test_once_the_party_organisation_has_agreed_the_notice_is_what_is_waited_for(walk):
    topic = walk(State.PARTY_REVIEW)
    assert words.state_word(topic) == "待研究"
    topic.party_opinion = PartyOpinion.AGREED
    assert words.state_word(topic) == "待预告"


def test_on_a_day_of_leave_a_limit_of_yesterday_is_over_and_not_due_today(walk, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    friday, saturday = datetime.date(2026, 3, 27), datetime.date(2026, 3, 28)
    topic.due_on = friday
    assert (words.left_words(topic, friday), words.left_words(topic, saturday)) == ("今天到期", "已超1天")
    assert words.left_words(topic, datetime.date(2026, 3, 30)) == "已超1个工作日"
