"""Reports, rulings, appeals: by which rule, told to whom, decided by whom; nothing is deleted."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from xieshang.audit.models import Entry
from xieshang.discussion import services
from xieshang.discussion.models import Appeal, Report, Ruling
from xieshang.discussion.rules import RulingKind
from xieshang.lib.clock import now
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message

SORRY = "请对事不对人，换个说法。"


@pytest.fixture
def post(thread, zhou_dashu, tell):
    """What 周大叔 said, shown."""
    return tell(zhou_dashu, "一楼的人真自私！", "for")


@pytest.fixture
def hidden(post, zhang_zhuren):
    """The same, hidden by 张主任."""
    return services.hide(zhang_zhuren, post.pk, rule="abuse", reason=SORRY)


def refused(act, *args, **given):
    with pytest.raises(RuleViolation) as found:
        act(*args, **given)
    return found.value.refusal.code


def test_a_report_is_answered(post, wang_ayi, sun_weiyuan):
    first = services.report(wang_ayi, post.pk, rule="abuse", reason="骂人")
    assert services.report(wang_ayi, post.pk, rule="abuse", reason="又点了一次") == first
    services.hide(sun_weiyuan, post.pk, rule="abuse", reason=SORRY)
    first.refresh_from_db()
    assert first.ruling.rule == "abuse"
    assert Message.objects.get(person=wang_ayi.person).body == "您举报的意见已按“人身攻击”处理，谢谢您。"


def test_a_reported_post_may_be_found_in_order(post, wang_ayi, sun_weiyuan):
    services.report(wang_ayi, post.pk, rule="abuse", reason="")
    assert services.approve(sun_weiyuan, post.pk).state == "shown"
    assert not Report.objects.filter(ruling=None).exists()
    assert refused(services.approve, sun_weiyuan, post.pk) == "already_ruled"


def test_one_does_not_report_oneself_nor_by_an_unknown_rule(post, zhou_dashu, wang_ayi):
    assert refused(services.report, zhou_dashu, post.pk, rule="abuse", reason="") == "own_post"
    assert refused(services.report, wang_ayi, post.pk, rule="dislike", reason="") == "choose_a_rule"


def test_a_hidden_post_keeps_its_words_and_its_author_is_told(hidden, zhou_dashu, zhang_zhuren):
    assert (hidden.state, hidden.text) == ("hidden", "一楼的人真自私！")
    ruling = Ruling.objects.get()
    assert (ruling.kind, ruling.rule, ruling.reason, ruling.by) == ("hide", "abuse", SORRY, zhang_zhuren.person)
    message = Message.objects.get(person=zhou_dashu.person)
    assert message.body.startswith(f"您的意见因“人身攻击”没有显示：{SORRY}如不同意，可以申诉")
    assert message.url == hidden.get_absolute_url()
    entry = Entry.objects.get(verb="discussion.hide")
    assert (entry.before, entry.after, entry.reason) == ("shown", "hidden", SORRY)
    assert entry.detail == {"post": hidden.pk, "rule": "abuse"}


def test_messages_about_rulings_are_not_gathered_with_others(post, zhang_zhuren, zhou_dashu, wang_ayi, tell):
    tell(wang_ayi, "别这么说。", "", reply_to=post.pk)
    services.hide(zhang_zhuren, post.pk, rule="abuse", reason=SORRY)
    assert Message.objects.filter(person=zhou_dashu.person).count() == 2


def test_neighbours_and_companies_cannot_hide(post, wang_ayi, zhao_jingli, he_zhuren, wu_wangge):
    for actor in (wang_ayi, zhao_jingli, he_zhuren, wu_wangge):
        with pytest.raises(NotAllowed):
            services.hide(actor, post.pk, rule="abuse", reason=SORRY)


def test_the_committee_of_another_community_does_not_rule_here(post, other_zhuren):
    with pytest.raises(Http404):
        services.hide(other_zhuren, post.pk, rule="abuse", reason=SORRY)


def test_a_waiting_post_is_seen_by_its_author_and_the_desk_only(open_talk, zhou_dashu, wang_ayi, zhang_zhuren, tell):
    from xieshang.discussion.models import Post

    open_talk(first_posts_wait=1)
    post = tell(zhou_dashu)
    seen = {a.person.nickname: Post.objects.visible_to(a).filter(pk=post.pk).exists() for a in (zhou_dashu, wang_ayi)}
    assert seen == {"周大叔": True, "王阿姨": False}
    services.approve(zhang_zhuren, post.pk)
    assert Post.objects.visible_to(wang_ayi).filter(pk=post.pk).exists()
    assert Message.objects.get(person=zhou_dashu.person).body == "您的意见已经显示。"


def test_an_appeal_restores_by_another_hand(hidden, zhou_dashu, zhang_zhuren, li_shuji):
    appeal = services.appeal(zhou_dashu, hidden.pk, grounds="我说的是事实。")
    with pytest.raises(NotAllowed):
        services.decide_appeal(zhang_zhuren, appeal.pk, verdict=RulingKind.UPHOLD, reason="维持。")
    post = services.decide_appeal(li_shuji, appeal.pk, verdict=RulingKind.RESTORE, reason="话重，但没有骂人。")
    assert post.state == "shown"
    appeal.refresh_from_db()
    decision = appeal.decision
    assert (decision.kind, decision.by, decision.first_by) == ("restore", li_shuji.person, zhang_zhuren.person)
    assert Message.objects.filter(person=zhou_dashu.person).last().body.startswith("您的申诉成立")
    given = {"verdict": RulingKind.UPHOLD, "reason": "再来"}
    assert refused(services.decide_appeal, li_shuji, appeal.pk, **given) == "appeal_decided"


def test_an_appeal_upheld_leaves_it_hidden_and_is_the_last_word(hidden, zhou_dashu, liu_street):
    appeal = services.appeal(zhou_dashu, hidden.pk, grounds="我说的是事实。")
    post = services.decide_appeal(liu_street, appeal.pk, verdict=RulingKind.UPHOLD, reason="确有贬低的话。")
    assert post.state == "hidden"
    assert refused(services.appeal, zhou_dashu, hidden.pk, grounds="再说一次") == "already_appealed"


def test_only_the_author_of_a_hidden_post_appeals_and_says_why(post, wang_ayi, zhou_dashu, zhang_zhuren):
    assert refused(services.appeal, zhou_dashu, post.pk, grounds="没隐藏") == "not_hidden"
    services.hide(zhang_zhuren, post.pk, rule="abuse", reason=SORRY)
    assert refused(services.appeal, zhou_dashu, post.pk, grounds="  ") == "say_something"
    with pytest.raises(Http404):
        services.appeal(wang_ayi, post.pk, grounds="替他说")


def test_hidden_again_it_may_be_appealed_again(hidden, zhou_dashu, zhang_zhuren, li_shuji):
    first = services.appeal(zhou_dashu, hidden.pk, grounds="一")
    services.decide_appeal(li_shuji, first.pk, verdict=RulingKind.RESTORE, reason="恢复。")
    services.hide(zhang_zhuren, hidden.pk, rule="privacy", reason="去掉门牌。")
    assert services.appeal(zhou_dashu, hidden.pk, grounds="二") != first


def test_the_database_refuses_an_appeal_decided_by_the_same_hand(hidden, zhang_zhuren):
    first = Ruling.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.create(
            post=hidden,
            community_id=hidden.community_id,
            kind="restore",
            rule="abuse",
            reason="x",
            by=first.by,
            first_by=first.by,
            office_id=zhang_zhuren.office.id,
            at=now(),
        )


def test_rulings_can_be_neither_changed_nor_deleted(hidden):
    for act in (lambda rows: rows.update(reason="x"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(Exception, match="only grows"), transaction.atomic():
            act(Ruling.objects.all())


def test_nothing_is_due_by_time(hidden):
    assert services.due(now()) == 0
    assert Appeal.objects.count() == 0
