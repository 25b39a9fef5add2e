"""Speaking: what each verb does, refuses, records and tells."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction
from django.http import Http404

from xieshang.audit.models import Entry
from xieshang.community.models import RuleSet
from xieshang.discussion import hooks, services
from xieshang.discussion.models import Post, PostVersion, Thanks, Thread
from xieshang.discussion.rules import Readers, Speakers
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Follower
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle
from xieshang.notify.models import Message


def verbs():
    return list(Entry.objects.filter(verb__startswith="discussion.").order_by("pk").values_list("verb", flat=True))


def refused(act, *args, **given):
    with pytest.raises(RuleViolation) as found:
        act(*args, **given)
    return found.value.refusal.code


# Opening --------------------------------------------------------------------------------------------------------


def test_a_thread_copies_the_rules_of_its_place_and_keeps_them(matter, places):
    RuleSet.objects.create(
        place=places.street, kind="discussion", effective_from=today(), values={"edit_minutes": 30}, source="街道"
    )
    thread = services.open_thread(matter, {"topics.discussion_days": 14, "review": "all"})
    assert (thread.edit_minutes, thread.review, thread.first_posts_wait, thread.is_open) == (30, "all", 1, False)
    services.open_thread(matter, {"edit_minutes": 1, "review": "new"})
    thread.refresh_from_db()
    assert (thread.edit_minutes, thread.review) == (30, "all")


def test_writing_opens_and_closes(matter, wang_ayi, tell):
    services.open_thread(matter, {})
    assert refused(tell, wang_ayi) == "not_open"
    services.open_writing(matter)
    assert tell(wang_ayi).pk
    services.close_writing(matter)
    assert refused(tell, wang_ayi, "又想起一句。") == "not_open"


def test_the_circle_is_set_before_the_discussion_opens(matter, zhang_zhuren, wang_ayi):
    thread = services.set_circle(zhang_zhuren, matter.pk, readers=Readers.PUBLIC, speakers=Speakers.SCOPE)
    services.open_thread(matter, {"readers": "place"})
    assert (Thread.objects.get().readers, thread.speakers) == ("public", "scope")
    assert Entry.objects.get(verb="discussion.set_circle").after == "public scope"
    with pytest.raises(NotAllowed):
        services.set_circle(wang_ayi, matter.pk, readers=Readers.PLACE, speakers=Speakers.SCOPE)
    services.open_writing(matter)
    given = {"readers": Readers.PLACE, "speakers": Speakers.COMMUNITY}
    assert refused(services.set_circle, zhang_zhuren, matter.pk, **given) == "already_open"


# Saying ---------------------------------------------------------------------------------------------------------


def test_a_post_is_shown_recorded_followed_and_told(
    thread, zhou_dashu, tell, monkeypatch, django_capture_on_commit_callbacks
):
    told, heard = [], []
    monkeypatch.setattr("xieshang.live.services._send", lambda group, kind: told.append((group, kind)))
    monkeypatch.setattr(hooks, "on_said", [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        post = tell(zhou_dashu)
    assert (post.state, post.position, post.community_id) == ("shown", "for", thread.community_id)
    assert heard == [post]
    assert (f"matter.{thread.matter_id}", "posts") in told
    entry = Entry.objects.get(verb="discussion.say")
    assert (entry.person_id, entry.after, entry.detail) == (zhou_dashu.person_id, "shown", {"post": post.pk})
    assert Follower.objects.filter(matter=thread.matter, person=zhou_dashu.person).get().reason == "spoke"


def test_the_words_are_nowhere_in_the_record(thread, zhou_dashu, tell):
    services.withdraw(zhou_dashu, tell(zhou_dashu, "这句话只在意见里。").pk)
    assert Entry.objects.exists()
    assert not any("这句话" in str(entry.detail) + entry.reason for entry in Entry.objects.all())


def test_strangers_and_visitors_cannot_speak(thread, wairen, other_zhuren, tell):
    for actor in (wairen, other_zhuren):
        with pytest.raises(NotAllowed):
            tell(actor)
    assert not Post.objects.exists()


def test_a_matter_one_may_not_know_of_answers_as_absent(thread, zhou_dashu, tell, matter):
    settle(matter, standing="待受理", audience=Audience.OFFICERS, is_open=True)
    with pytest.raises(Http404):
        tell(zhou_dashu)


def test_the_first_post_of_a_person_waits_until_one_was_let_through(open_talk, zhou_dashu, zhang_zhuren, tell):
    open_talk(first_posts_wait=1)
    first, second = tell(zhou_dashu, "第一句。"), tell(zhou_dashu, "第二句。")
    assert (first.state, second.state, first.shown_at) == ("waiting", "waiting", None)
    services.approve(zhang_zhuren, first.pk)
    assert tell(zhou_dashu, "第三句。").state == "shown"


def test_a_new_person_again_after_the_only_post_was_hidden(open_talk, zhou_dashu, zhang_zhuren, tell):
    open_talk(first_posts_wait=1)
    first = tell(zhou_dashu, "第一句。")
    services.approve(zhang_zhuren, first.pk)
    services.hide(zhang_zhuren, first.pk, rule="abuse", reason="请对事不对人。")
    assert tell(zhou_dashu, "第二句。").state == "waiting"


def test_bodies_and_assisted_neighbours_do_not_wait(open_talk, zhao_jingli, wu_wangge, zhou_dashu, tell):
    open_talk(review="all")
    answer = tell(zhao_jingli, "已报修，3日内换好。", "")
    assisted = tell(Actor(zhou_dashu.person, helper=wu_wangge, consent="spoken"))
    assert (answer.state, answer.office_id, answer.position) == ("shown", zhao_jingli.office.id, "")
    assert (assisted.state, assisted.author, assisted.assisted_by, assisted.consent) == (
        "shown",
        zhou_dashu.person,
        wu_wangge.person,
        "spoken",
    )
    entry = Entry.objects.filter(verb="discussion.say").last()
    assert (entry.person_id, entry.detail["for"]) == (wu_wangge.person_id, zhou_dashu.person_id)


def test_a_body_takes_no_side_and_neither_does_an_answer(thread, zhang_zhuren, wang_ayi, zhou_dashu, tell):
    post = tell(wang_ayi)
    assert tell(zhang_zhuren, "居委会的答复。", "against").position == ""
    assert tell(zhou_dashu, "说得对。", "for", reply_to=post.pk).position == ""


def test_answers_are_one_level_deep(thread, wang_ayi, zhou_dashu, chen_yezhu, tell):
    post = tell(wang_ayi)
    answer = tell(zhou_dashu, "多少钱？", "", reply_to=post.pk)
    deeper = tell(chen_yezhu, "我也想知道。", "", reply_to=answer.pk)
    assert (answer.parent_id, deeper.parent_id) == (post.pk, post.pk)


def test_only_what_is_shown_here_can_be_answered(open_talk, wang_ayi, zhou_dashu, tell):
    open_talk(first_posts_wait=1)
    waiting = tell(wang_ayi)
    for missing in (waiting.pk, 10**6):
        with pytest.raises(Http404):
            tell(zhou_dashu, "回一句。", "", reply_to=missing)


def test_whom_a_post_answers_hears_of_it_and_followers_hear_of_a_body(thread, wang_ayi, zhou_dashu, zhao_jingli, tell):
    post = tell(zhou_dashu)
    tell(wang_ayi, "我也这么想。", "", reply_to=post.pk)
    message = Message.objects.get(person=zhou_dashu.person)
    assert (message.body, message.url) == ("有人回复了您的意见。", Post.objects.last().get_absolute_url())
    tell(zhao_jingli, "物业的答复。", "")
    assert Message.objects.get(person=wang_ayi.person).body == "安居物业服务有限公司作了答复。"
    assert not Message.objects.filter(person=zhao_jingli.person).exists()


# Changing -------------------------------------------------------------------------------------------------------


def test_an_edit_keeps_the_earlier_words(thread, wang_ayi, tell):
    post = services.edit(wang_ayi, tell(wang_ayi, "我赞成").pk, text="我反对。", position="against")
    version = PostVersion.objects.get()
    assert (post.text, post.position, version.text, version.position, version.was_shown) == (
        "我反对。",
        "against",
        "我赞成",
        "for",
        True,
    )
    assert post.edited_at is not None
    assert verbs() == ["discussion.say", "discussion.edit"]


def test_an_edit_that_changes_nothing_is_none(thread, wang_ayi, tell):
    services.edit(wang_ayi, tell(wang_ayi, "一样").pk, text="一样", position="for")
    assert not PostVersion.objects.exists()


def test_after_the_window_words_stand(thread, wang_ayi, tell, clock_moves):
    post = tell(wang_ayi)
    clock_moves(minutes=16)
    assert refused(services.edit, wang_ayi, post.pk, text="改口", position="for") == "edit_time_over"


def test_staff_cannot_edit_anybodys_words(thread, wang_ayi, zhang_zhuren, li_shuji, liu_street, tell):
    post = tell(wang_ayi)
    for actor in (zhang_zhuren, li_shuji, liu_street):
        with pytest.raises(NotAllowed):
            services.edit(actor, post.pk, text="改成好话", position="for")
        with pytest.raises(NotAllowed):
            services.withdraw(actor, post.pk)
    post.refresh_from_db()
    assert post.text == "我赞成，老人上下楼太难了。"


def test_what_was_said_for_a_body_is_changed_only_in_that_office(thread, zhang_zhuren, tell):
    post = tell(zhang_zhuren, "居委会的答复。", "")
    with pytest.raises(NotAllowed):
        services.edit(Actor(zhang_zhuren.person), post.pk, text="改", position="")
    assert services.edit(zhang_zhuren, post.pk, text="改好的答复。", position="").text == "改好的答复。"


def test_an_edit_does_not_slip_past_the_review(open_talk, zhou_dashu, zhang_zhuren, tell):
    open_talk(first_posts_wait=1)
    post = tell(zhou_dashu, "好话")
    services.approve(zhang_zhuren, post.pk)
    assert services.edit(zhou_dashu, post.pk, text="广告", position="for").state == "waiting"


def test_a_withdrawn_post_keeps_its_words_in_the_record(thread, wang_ayi, tell):
    post = services.withdraw(wang_ayi, tell(wang_ayi).pk)
    assert (post.state, post.text) == ("withdrawn", "我赞成，老人上下楼太难了。")
    assert refused(services.withdraw, wang_ayi, post.pk) == "not_shown"
    assert refused(services.edit, wang_ayi, post.pk, text="又改", position="for") == "not_editable"


def test_replaced_words_can_be_neither_changed_nor_deleted(thread, wang_ayi, tell):
    services.edit(wang_ayi, tell(wang_ayi).pk, text="我反对。", position="against")
    for act in (lambda rows: rows.update(text="x"), lambda rows: rows.delete()):
        with pytest.raises(Exception, match="only grows"), transaction.atomic():
            act(PostVersion.objects.all())


# Thanking -------------------------------------------------------------------------------------------------------


def test_thanks_count_once_and_can_be_taken_back(thread, wang_ayi, zhou_dashu, tell):
    post = tell(wang_ayi)
    services.thank(zhou_dashu, post.pk)
    services.thank(zhou_dashu, post.pk)
    assert Thanks.objects.filter(post=post).count() == 1
    services.unthank(zhou_dashu, post.pk)
    assert not Thanks.objects.exists()
    assert refused(services.thank, wang_ayi, post.pk) == "own_post"


def test_the_database_itself_refuses_second_thanks(thread, wang_ayi, zhou_dashu, tell):
    post = tell(wang_ayi)
    services.thank(zhou_dashu, post.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.create(post=post, person=zhou_dashu.person, at=now())


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_thanks_at_the_same_moment_are_one(thread, wang_ayi, zhou_dashu, tell):
    post = tell(wang_ayi)

    def thank(_time):
        services.thank(zhou_dashu, post.pk)
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(thank, range(4)))
    assert Thanks.objects.filter(post=post).count() == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_nobody_is_let_in_while_the_discussion_is_being_closed(thread, matter, wang_ayi, tell):
    closing, said = threading.Event(), []

    def say():
        closing.wait(20)
        try:
            said.append(refused(tell, wang_ayi))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(say)
        with transaction.atomic():
            services.close_writing(matter)
            closing.set()
            time.sleep(0.5)
            assert said == []
        late.result()
    assert said == ["not_open"]
    assert Post.objects.count() == 0
