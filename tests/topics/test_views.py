"""Every page of a topic, for everybody who may open it, in the states it passes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xieshang.lib.actor import NOBODY
from xieshang.outcomes import services as outcomes
from xieshang.topics import queries
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.rules import State
from xieshang.voting.models import Vote
from xieshang.voting.rules import Base

WAY = [
    State.SUBMITTED,
    State.SCREENING,
    State.PARTY_REVIEW,
    State.ANNOUNCED,
    State.DELIBERATING,
    State.OPINION_FORMED,
    State.PUBLICITY,
    State.IMPLEMENTING,
    State.FEEDBACK,
    State.ARCHIVED,
]
VISITORS_MOST, SIGNED_IN_MOST = 12, 20


PAGES = {
    None: ["detail", "history", "missing", "file"],
    "wang_ayi": ["detail", "history", "missing", "file", "edit"],
    "zhang_zhuren": ["detail", "history", "missing", "file", "work", "notice", "opinion"],
    "li_shuji": ["detail", "history", "missing", "file", "work", "publish"],
    "zhou_dashu": ["raise", "raise_similar", "raise_check"],
}
# Pages for one step only; in other states they lead elsewhere or are not there.
OF_A_STEP = {"edit", "notice", "opinion", "publish", "raise_similar", "raise_check"}


@pytest.mark.parametrize("state", WAY)
def test_every_page_opens_for_whoever_may_see_it_within_its_queries(request, walk, browser_of, zhou_dashu, state):
    topic = walk(state)
    words = {"title": "楼道灯不亮", "text": "四层的灯不亮。", "place": str(topic.matter.place_id)}
    topics.save_draft(zhou_dashu, words=words)
    wrong, filed = [], reverse("home:file", args=[topic.matter_id])
    for name, pages in PAGES.items():
        client = browser_of(request.getfixturevalue(name) if name else NOBODY)
        client.get(reverse("topics:list"))
        for page in pages:
            args = [] if page.startswith("raise") else [topic.pk]
            url = filed if page == "file" else reverse(f"topics:{page}", args=args)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(url)
            hidden = name is None and state == State.SUBMITTED
            if page not in OF_A_STEP and answer.status_code != (404 if hidden else 200):
                wrong.append(f"{name} {page} answers {answer.status_code}")
            if len(asked) > (SIGNED_IN_MOST if name else VISITORS_MOST):
                wrong.append(f"{name} {page} asks {len(asked)}")
    assert wrong == []


def test_a_study_begins_with_today_and_minutes_may_follow(walk, browser_of, li_shuji, zhang_zhuren):
    work = reverse("topics:work", args=[walk(State.PARTY_REVIEW).pk])
    assert '-studied_on" value="2026-03-' in browser_of(li_shuji).get(work).content.decode()
    work = reverse("topics:work", args=[walk(State.DELIBERATING).pk])
    page = browser_of(zhang_zhuren).get(work).content.decode()
    assert '-held_on" value="2026-03-' in page
    assert '会议记录（PDF）<span class="soft">（可以过后补）' in page
    assert '会议记录（PDF）<span class="soft">（可不填）' not in page


def test_what_the_author_wrote_is_changed_and_before_the_notice_read_on_no_page_but_theirs(
    walk, browser_of, wang_ayi, wairen, zhou_dashu
):
    address = reverse("topics:edit", args=[walk(State.SCREENING).pk])
    assert browser_of(wang_ayi).get(address).status_code == 200
    for actor in (wairen, zhou_dashu):
        assert browser_of(actor).get(address).status_code == 403


def test_a_slip_in_the_year_is_said_at_the_field(walk, browser_of, zhang_zhuren):
    topic, step = walk(State.OPINION_FORMED), "escalate"
    sent = {f"{step}-reason": "大家定不下来", f"{step}-meeting_on": "9999-12-31"}
    answer = browser_of(zhang_zhuren).post(reverse("topics:do", args=[topic.pk, step]), sent)
    assert answer.status_code == 422
    assert "请写成年-月-日，例如2026-11-30" in answer.content.decode()


def test_the_list_opens_for_everybody(walk, browser_of, wang_ayi, zhang_zhuren):
    walk(State.DELIBERATING)
    for actor in (NOBODY, wang_ayi, zhang_zhuren):
        for query in ("", "?show=talk", "?show=mine", "?show=done&place=1"):
            answer = browser_of(actor).get(reverse("topics:list") + query)
            assert answer.status_code == 200
    assert "3号楼2单元楼道灯不亮" in browser_of(NOBODY).get(reverse("topics:list")).content.decode()


def test_an_empty_field_is_named_in_words_and_the_rest_is_kept(browser_of, wang_ayi):
    answer = browser_of(wang_ayi).post(reverse("topics:raise"), {"title": "门口结冰", "text": "", "place": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [
        words for words in ("请填写“具体情况”。", "请选一选“涉及哪里”。", 'value="门口结冰"') if words not in page
    ] == []


@pytest.mark.parametrize("nothing", ["\u200b", "\u3000\u200d\ufeff", "\u3164\u2800", "\u00ad\u200f"])
def test_what_nobody_can_see_is_no_title_no_text_and_no_reason(walk, browser_of, wang_ayi, zhang_zhuren, nothing):
    told = {"title": nothing, "text": nothing}
    page = browser_of(wang_ayi).post(reverse("topics:raise"), told).content.decode()
    assert ("请填写“一句话说说是什么事”。" in page, "请填写“具体情况”。" in page) == (True, True)
    topic = walk(State.SCREENING)
    answer = browser_of(wang_ayi).post(reverse("topics:edit", args=[topic.pk]), told)
    assert answer.status_code == 422
    sent = {"return_to_author-reason": nothing}
    answer = browser_of(zhang_zhuren).post(reverse("topics:do", args=[topic.pk, "return_to_author"]), sent)
    assert answer.status_code == 422
    told = {"title": "🌳挡光", "text": "👍"}
    assert browser_of(wang_ayi).post(reverse("topics:edit", args=[topic.pk]), told).status_code == 302


def test_the_committee_may_ask_for_an_order_and_is_told_what_an_order_needs(walk, browser_of, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    client, address = browser_of(zhang_zhuren), reverse("topics:do", args=[topic.pk, "open_poll"])
    asked = {"question": "先办哪几项？", "kind": "priorities", "base": "household", "days": 8, "allow_change": "on"}

    def send(**more):
        return client.post(address, {f"open_poll-{name}": value for name, value in (asked | more).items()})

    refused = send(options="修路\n换灯", most_choices=1)
    assert (refused.status_code, Vote.objects.count()) == (422, 0)
    for words in ("请写至少三项", "至少2项"):
        assert words in refused.content.decode()
    assert send(options="修路\n换灯\n加凳", most_choices=2).status_code == 302
    assert Vote.objects.get().kind == "priorities"


def test_an_opinion_is_looked_at_before_it_is_put_and_what_was_typed_is_kept(walk, browser_of, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    page, client = reverse("topics:opinion", args=[topic.pk]), browser_of(zhang_zhuren)
    assert "更换声控灯" in client.get(page).content.decode()
    words = {
        "text": "<p>换灯：</p><ul><li><p>四层</p></li></ul><script>alert(1)</script>",
        "minority": "有人嫌贵。",
        "explanation": "已说明。",
    }
    looked = client.post(page, words).content.decode()
    article = looked[looked.index("<article") : looked.index("</article")]
    assert "<ul><li><p>四层</p></li></ul>" in article
    assert "script" not in article
    assert "有人嫌贵。" in client.post(page, {**words, "again": ""}).content.decode()
    assert topic.records.filter(kind="opinion").count() == 1
    empty = client.post(page, {**words, "text": "<p></p>"})
    assert (empty.status_code, "请填写“协商意见”。" in empty.content.decode()) == (422, True)
    assert "有人嫌贵。" in empty.content.decode()
    for _press in range(2):
        assert client.post(page, {**words, "put": "", "once": "page"}).url == reverse("topics:work", args=[topic.pk])
    assert topic.records.filter(kind="opinion").count() == 2
    assert "<ul><li><p>四层</p></li></ul>" in client.get(topic.get_absolute_url()).content.decode()
    body = queries.notice_words(Topic.objects.with_frame().get(pk=topic.pk))[1]
    assert "<p><strong>一、协商意见。</strong></p><p>换灯：</p><ul><li><p>四层</p></li></ul>" in body


def test_an_opinion_is_written_by_the_committee_while_it_is_due(walk, browser_of, zhang_zhuren, li_shuji, wang_ayi):
    topic = walk(State.OPINION_FORMED)
    page = reverse("topics:opinion", args=[topic.pk])
    assert [browser_of(actor).get(page).status_code for actor in (zhang_zhuren, li_shuji, wang_ayi)] == [200, 403, 403]
    early = walk(State.SCREENING)
    answer = browser_of(zhang_zhuren).get(reverse("topics:opinion", args=[early.pk]))
    assert answer.url == reverse("topics:work", args=[early.pk])


def test_what_was_reported_done_is_the_next_thing_to_look_at(walk, browser_of, zhang_zhuren, sun_weiyuan):
    topic = walk(State.IMPLEMENTING)
    item = topic.matter.action_items.get()
    outcomes.report_done(sun_weiyuan, item.pk, text="换好了")
    page = browser_of(zhang_zhuren).get(reverse("topics:work", args=[topic.pk])).content.decode()
    assert page.index("去核实") < page.index("写一件办理事项")
    assert 'id="do-set_item" open' not in page


@pytest.mark.parametrize("step", ["accept", "record_session", "announce", "plan", "add_material"])
def test_who_has_no_work_with_a_topic_is_never_shown_its_work_page(walk, browser_of, wang_ayi, wairen, step):
    """Sending a step's form empty, or filled in, brings no page on which the drafts lie."""
    topic = walk(State.OPINION_FORMED)
    for actor in (wang_ayi, wairen):
        for sent in ({}, {f"{step}-feedback_by": "2099-01-01"}):
            answer = browser_of(actor).post(reverse("topics:do", args=[topic.pk, step]), sent)
            assert answer.status_code in {403, 404}
            assert "居民看到的样子" not in answer.content.decode()


def test_a_newcomer_is_told_at_each_step_that_a_home_comes_first(browser_of, wairen, move_in, places):
    client = browser_of(wairen)
    told = topics.raise_topic(wairen, title="楼道灯又坏了", text="不亮。", place_id=places.building.pk)
    pages = [reverse("topics:raise"), reverse("topics:raise_done", args=[told.pk]), told.get_absolute_url()]
    needed = f'href="{reverse("community:join")}"'
    assert [needed in client.get(page).content.decode() for page in pages] == [True, True, True]
    move_in(wairen.person, places.units[0])
    assert [needed in client.get(page).content.decode() for page in pages] == [False, False, False]


def test_neighbours_see_who_repairs_and_what_they_say_and_show(
    walk, browser_of, zhang_zhuren, zhao_jingli, wang_ayi, bodies, picture
):
    topic, client = walk(State.SCREENING), browser_of(wang_ayi)
    topics.dispatch(zhang_zhuren, topic.pk, reason="请修", receiver_id=bodies.property.pk)
    assert str(bodies.property) in client.get(topic.get_absolute_url()).content.decode()
    topics.report_handled(zhao_jingli, topic.pk, text="换了声控灯", photo=picture())
    shown = client.get(topic.get_absolute_url()).content.decode()
    proof = topic.records.get(kind="proof").file
    assert "换了声控灯" in shown
    assert proof.thumb_url in shown
    topics.report_unsolved(wang_ayi, topic.pk, reason="五楼还不亮")
    assert "换了声控灯" not in client.get(topic.get_absolute_url()).content.decode()


def test_while_a_poll_runs_voting_is_what_neighbours_are_asked_to_do_first(walk, browser_of, zhang_zhuren, wang_ayi):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    topics.open_poll(zhang_zhuren, topic.pk, question="换不换灯？", options=[], base=Base.PERSON, days=5, turnout="")
    vote = topic.matter.votes.get()
    main = re.compile(r'class="btn main[^"]*" (?:href="([^"]*)")?')
    for actor, address in (
        (wang_ayi, vote.get_absolute_url()),
        (zhang_zhuren, reverse("topics:work", args=[topic.pk])),
    ):
        page = browser_of(actor).get(topic.get_absolute_url()).content.decode()
        assert set(main.findall(page)) <= {address}, actor
        assert address in page, actor
    assert "去投票" not in page


def test_once_all_promises_are_kept_the_item_leads_on_to_telling_everybody(
    walk, browser_of, zhang_zhuren, sun_weiyuan, wang_ayi
):
    topic = walk(State.IMPLEMENTING)
    item = topic.matter.action_items.get()
    onward = f'href="{reverse("topics:work", args=[topic.pk])}"'
    outcomes.report_done(sun_weiyuan, item.pk, text="换好了")
    assert "要由另一位同事来核实" in browser_of(sun_weiyuan).get(item.get_absolute_url()).content.decode()
    assert "等居委会核实" in browser_of(wang_ayi).get(item.get_absolute_url()).content.decode()
    assert onward not in browser_of(zhang_zhuren).get(item.get_absolute_url()).content.decode()
    outcomes.verify_item(zhang_zhuren, item.pk)
    assert onward in browser_of(zhang_zhuren).get(item.get_absolute_url()).content.decode()
    read = browser_of(wang_ayi).get(item.get_absolute_url()).content.decode()
    assert "等居委会向大家反馈" in read
    assert onward not in read


def test_what_was_repaired_is_solved_and_can_be_rated_from_its_page(
    walk, browser_of, zhang_zhuren, zhao_jingli, wang_ayi, bodies
):
    topic, client = walk(State.SCREENING), browser_of(wang_ayi)
    topics.dispatch(zhang_zhuren, topic.pk, reason="请修", receiver_id=bodies.property.pk)
    topics.report_handled(zhao_jingli, topic.pk, text="换好了")
    topics.confirm_solved(wang_ayi, topic.pk)
    rate = reverse("outcomes:rate", args=[topic.matter_id])
    shown = client.get(topic.get_absolute_url()).content.decode()
    assert "已解决" in shown
    assert f'href="{rate}"' in shown
    outcomes.rate(wang_ayi, topic.matter_id, stars=5, solved=True)
    assert "改评价" in client.get(topic.get_absolute_url()).content.decode()
