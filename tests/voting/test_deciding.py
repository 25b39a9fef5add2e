"""The way of an owners' decision through its verbs: drafted, confirmed, called, run, counted, announced."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xieshang.community.models import RuleSet
from xieshang.discussion.queries import attachments
from xieshang.lib import clock
from xieshang.lib.actor import SYSTEM
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import Notice
from xieshang.voting import services
from xieshang.voting.models import Decision, LedgerEntry, Roll, Vote
from xieshang.voting.rules.deciding import State
from xieshang.voting.services import deciding
from xieshang.voting.services.deciding import Draft, moving

pytestmark = pytest.mark.django_db
TEXT = "续聘安居物业服务有限公司三年，收费标准不变，服务标准见附件。"


def days(number):
    return clock.today() + datetime.timedelta(days=number)


def a_draft(**given):
    fields = {
        "entries": ["renew_company"],
        "question": "同意续聘安居物业三年",
        "text": TEXT,
        "opens_on": days(40),
        "closes_on": days(50),
        "paper_place": "物业楼一层，每天9:00至17:00",
    }
    return Draft(**(fields | given))


def refused(act, *args, **given):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **given)
    return [one.code for one in caught.value.refusals]


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    return SimpleUploadedFile("sheet.png", out.getvalue(), "image/png")


@pytest.fixture
def drafted(estate, chair):
    register = estate(6)

    def begin(**given):
        return deciding.draft_decision(chair, register.area_id, a_draft(**given))

    return begin


# The draft. ----------------------------------------------------------------------------------------------------------


def test_item_and_kind_follow_from_the_catalogue(drafted):
    assert [(d.item, d.vote.kind) for d in (drafted(),)] == [(4, "motion")]
    assert drafted(entries=["raise_fund"]).item == 6
    plans = drafted(entries=["common_income"], options=["修路", "换灯"])
    assert [o.text for o in plans.vote.options.all()] == ["修路", "换灯", "以上都不同意", "弃权"]


def test_what_the_law_treats_differently_is_split_or_held_to_the_stricter_share(drafted):
    both = ["fund_roof", "raise_fund"]
    assert refused(drafted, entries=both) == ["motion_is_mixed"]
    assert drafted(entries=both, unsplit_reason="先筹后用，分不开").item == 6


def test_a_home_turned_business_is_no_vote(drafted):
    assert refused(drafted, entries=["home_to_business"]) == ["needs_everybody"]


def test_a_draft_is_seen_by_convener_committee_and_party_and_by_nobody_else(
    drafted, chair, zhang_zhuren, li_shuji, wang_ayi, zhao_jingli
):
    vote = drafted().vote
    seen = {actor: Vote.objects.visible_to(actor).filter(pk=vote.pk).exists() for actor in (chair, zhang_zhuren)}
    assert all(seen.values())
    assert Vote.objects.visible_to(li_shuji).filter(pk=vote.pk).exists()
    assert not Vote.objects.visible_to(wang_ayi).filter(pk=vote.pk).exists()
    assert not Vote.objects.visible_to(zhao_jingli).filter(pk=vote.pk).exists()


def test_the_class_is_confirmed_by_the_committee_and_then_locked(drafted, chair, zhang_zhuren, li_shuji):
    decision = drafted()
    with pytest.raises(NotAllowed):
        deciding.confirm_class(chair, decision.pk)
    with pytest.raises(NotAllowed):
        deciding.confirm_class(li_shuji, decision.pk)
    deciding.confirm_class(zhang_zhuren, decision.pk)
    assert refused(deciding.redraft, chair, decision.pk, a_draft(entries=["fund_roof"])) == ["class_is_locked"]
    again = deciding.redraft(chair, decision.pk, a_draft(paper_place="门卫"))
    assert again.class_confirmed_at is not None
    changed = deciding.redraft(chair, decision.pk, a_draft(text=TEXT + "另加一条。"))
    assert changed.class_confirmed_at is None
    assert refused(deciding.redraft, chair, decision.pk, a_draft(entries=["fund_roof"])) == ["class_is_locked"]


def test_who_drafts_in_the_committee_does_not_confirm(estate, zhang_zhuren, sun_weiyuan):
    register = estate(6)
    draft = a_draft(convener_source="业主委员会任期届满未换届")
    decision = deciding.draft_decision(zhang_zhuren, register.area_id, draft)
    assert refused(deciding.confirm_class, zhang_zhuren, decision.pk) == ["class_by_two"]
    deciding.confirm_class(sun_weiyuan, decision.pk)


def test_the_party_is_heard_and_its_silence_is_no_veto(drafted, chair, zhang_zhuren, li_shuji, later):
    first, second = drafted(), drafted()
    for decision in (first, second):
        assert refused(deciding.consult, chair, decision.pk) == ["class_not_confirmed"]
        deciding.confirm_class(zhang_zhuren, decision.pk)
        deciding.consult(chair, decision.pk)
    deciding.give_opinion(li_shuji, first.pk, opinion="请把服务标准写清楚。")
    assert refused(deciding.give_opinion, li_shuji, first.pk, opinion="再说一次") == ["opinion_is_given"]
    assert deciding.open_roll(chair, first.pk).state == State.ROSTER_OPEN
    assert refused(deciding.open_roll, chair, second.pk) == ["opinion_waited_for"]
    later(12)
    assert deciding.open_roll(chair, second.pk).state == State.ROSTER_OPEN
    assert "没有答复" in second.steps.get(step="open_roll").note


# The notice. ---------------------------------------------------------------------------------------------------------


def test_the_notice_is_complete_and_everybody_is_told(called, chair, zhang_zhuren, wang_ayi):
    made = called()
    deciding.publish(chair, made.decision.pk)
    notice, roll = Notice.objects.get(kind="meeting"), Roll.objects.get()
    told = [TEXT[:8], "过半数", "三分之二以上", "同意、不同意、弃权", "物业楼一层", "没有投票的不算参与表决"]
    told += [roll.value, Decision.objects.get().key_code, "没有收到答复", "600.00平方米"]
    assert [words for words in told if words not in notice.body] == []
    assert notice.signers == ["明湖家园业主委员会"]
    assert not notice.party_signed
    assert {row.person_id for row in Message.objects.all()} >= {actor.person_id for actor in made.people}
    assert Message.objects.filter(person_id=zhang_zhuren.person_id).exists()
    assert Vote.objects.visible_to(wang_ayi).filter(pk=made.vote.pk).exists()


def test_nobody_but_the_convener_publishes(called, li_shuji, zhang_zhuren, liu_street, zhao_jingli):
    made = called()
    for actor in (li_shuji, zhang_zhuren, liu_street):
        with pytest.raises(NotAllowed):
            deciding.publish(actor, made.decision.pk)
    assert not Notice.objects.exists()


def test_the_notice_cannot_be_corrected_afterwards(called, chair):
    made = called()
    deciding.publish(chair, made.decision.pk)
    given = {"title": "改", "body": "改", "reason": "改"}
    assert refused(outcomes.correct, chair, Notice.objects.get().pk, **given) == ["notice_of_owners_fixed"]
    assert refused(deciding.redraft, chair, made.decision.pk, a_draft()) == ["decision_out_of_course"]


# The window. ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def running(called, chair, later):
    """A vote that time has opened."""

    def make(**given):
        made = called(**given)
        deciding.publish(chair, made.decision.pk)
        later(27)
        services.due(clock.now())
        made.decision.refresh_from_db()
        made.vote.refresh_from_db()
        return made

    return make


def test_time_opens_and_closes_the_vote_and_counts_nothing(running, later):
    made = running()
    assert (made.decision.state, made.vote.state) == (State.VOTING, "open")
    assert LedgerEntry.objects.filter(kind="opened").count() == 1
    later(11)
    services.due(clock.now())
    made.decision.refresh_from_db()
    made.vote.refresh_from_db()
    assert (made.decision.state, made.vote.state) == (State.COUNTING, "closed")
    assert not made.vote.counts.exists()


def test_one_extension_by_two(running, chair, homeowners_committee):
    made = running(values={"assembly.may_extend": True})
    later_end = made.decision.closes_at + datetime.timedelta(days=5)
    ask = {"closes_at": later_end, "reason": "大雪，送票没有送完"}
    asked = deciding.ask_extension(chair, made.decision.pk, **ask)
    assert refused(deciding.ask_extension, homeowners_committee.member, made.decision.pk, **ask) == ["signature_waits"]
    assert refused(deciding.answer_signature, chair, asked.pk, agreed=True) == ["own_signature"]
    deciding.answer_signature(homeowners_committee.member, asked.pk, agreed=True)
    made.vote.refresh_from_db()
    assert made.vote.closes_at == later_end
    assert refused(deciding.answer_signature, homeowners_committee.member, asked.pk, agreed=True) == [
        "signature_answered"
    ]
    assert "was_extended" in refused(deciding.ask_extension, chair, made.decision.pk, **ask)
    assert LedgerEntry.objects.filter(kind="extended").exists()


def test_no_extension_where_the_rules_do_not_allow_it(running, chair):
    made = running()
    end = made.decision.closes_at + datetime.timedelta(days=2)
    assert refused(deciding.ask_extension, chair, made.decision.pk, closes_at=end, reason="雪") == ["may_not_extend"]


@pytest.mark.parametrize("first", ["chair", "member"])
def test_an_abort_by_two_in_either_order(running, homeowners_committee, first):
    made = running()
    both = [homeowners_committee.chair, homeowners_committee.member]
    asker, other = both if first == "chair" else reversed(both)
    asked = deciding.ask_abort(asker, made.decision.pk, reason="名册漏了一栋楼")
    deciding.answer_signature(other, asked.pk, agreed=True)
    made.decision.refresh_from_db()
    made.vote.refresh_from_db()
    assert (made.decision.state, made.vote.state) == (State.ABORTED, "voided")
    assert "名册漏了一栋楼" in Notice.objects.get(kind="word").body
    assert made.decision.steps.get(step="abort").second_id == other.person_id


def test_a_declined_abort_leaves_the_vote_running_and_may_be_asked_again(running, chair, zhang_zhuren, li_shuji):
    made = running()
    asked = deciding.ask_abort(chair, made.decision.pk, reason="有人说票印错了")
    with pytest.raises(NotAllowed):
        deciding.answer_signature(li_shuji, asked.pk, agreed=True)
    deciding.answer_signature(zhang_zhuren, asked.pk, agreed=False)
    made.decision.refresh_from_db()
    assert made.decision.state == State.VOTING
    deciding.ask_abort(chair, made.decision.pk, reason="确实印错了")


def test_after_closing_nothing_is_aborted(running, chair, later):
    made = running()
    later(11)
    assert refused(deciding.ask_abort, chair, made.decision.pk, reason="晚了") == ["too_late"]


def test_a_draft_is_withdrawn_with_reason(drafted, chair):
    decision = drafted()
    assert refused(deciding.withdraw, chair, decision.pk, reason=" ") == ["reason_missing"]
    assert deciding.withdraw(chair, decision.pk, reason="先不办").state == State.WITHDRAWN


def test_a_called_vote_is_not_withdrawn(called, chair):
    deciding.publish(chair, (made := called()).decision.pk)
    assert refused(deciding.withdraw, chair, made.decision.pk, reason="x") == ["decision_out_of_course"]


# Count, inquiry, announcement. ---------------------------------------------------------------------------------------


@pytest.fixture
def counted(running, chair, later):
    """Closed, counted, the sheet signed."""

    def make(**given):
        made = running(**given)
        later(11)
        services.due(clock.now())
        services.count_vote(chair, made.vote.pk)
        sign(chair, made)
        return made

    return make


def sign(chair, made):
    by = {"tellers": "何主任", "scrutineers": "孙委员", "witness": "张敏"}
    return deciding.sign_count(chair, made.decision.pk, picture(), **by)


def test_the_preliminary_result_waits_for_count_and_sheet(running, chair, later):
    made = running()
    later(11)
    services.due(clock.now())
    assert refused(deciding.publish_count, chair, made.decision.pk) == ["not_counted", "count_sheet_missing"]
    services.count_vote(chair, made.vote.pk)
    assert refused(deciding.publish_count, chair, made.decision.pk) == ["count_sheet_missing"]


def test_result_is_publicised_decided_by_time_and_announced_by_the_convener(counted, chair, later, li_shuji):
    made = counted()
    assert not attachments(li_shuji, made.vote.matter)
    assert deciding.publish_count(chair, made.decision.pk).count_sheet in attachments(li_shuji, made.vote.matter)
    prelim = Notice.objects.get(kind="prelim")
    assert "初步统计未达到通过条件" in prelim.body
    assert "反对通过" not in prelim.body
    assert "已送达0人。" in prelim.body
    assert "监票人：孙委员" in prelim.body
    services.due(clock.now())
    made.decision.refresh_from_db()
    assert made.decision.state == State.PRELIM_PUBLICITY
    later(9)
    services.due(clock.now())
    with pytest.raises(NotAllowed):
        deciding.announce(li_shuji, made.decision.pk)
    deciding.announce(chair, made.decision.pk)
    made.decision.refresh_from_db()
    assert made.decision.state == State.ANNOUNCED
    assert "未形成有效决定" in Notice.objects.get(kind="result").body


def test_an_open_objection_holds_the_decision_and_a_sustained_one_asks_for_a_recount(counted, chair, later):
    made = counted()
    deciding.publish_count(chair, made.decision.pk)
    notice, owner = Notice.objects.get(kind="prelim"), made.people[0]
    objection = outcomes.object_to(owner, notice.pk, grounds="我家的票没有算进去")
    later(9)
    services.due(clock.now())
    made.decision.refresh_from_db()
    assert made.decision.state == State.PRELIM_PUBLICITY
    outcomes.answer_objections(chair, [objection.pk], answer="漏计一张，重新计票。", sustained=True)
    services.due(clock.now())
    made.decision.refresh_from_db()
    assert made.decision.state == State.PRELIM_PUBLICITY
    deciding.recount(chair, made.decision.pk, reason="漏计一张")
    assert Notice.objects.get(pk=notice.pk).state == "withdrawn"
    services.count_vote(chair, made.vote.pk, reason="漏计一张")
    assert refused(deciding.publish_count, chair, made.decision.pk) == ["count_sheet_missing"]
    sign(chair, made)
    deciding.publish_count(chair, made.decision.pk)
    assert "第2次计票" in Notice.objects.filter(kind="prelim").latest("pk").body
    later(9)
    services.due(clock.now())
    made.decision.refresh_from_db()
    assert made.decision.state == State.DECIDED


def test_corrections_and_annulment_stand_beside_the_old_result(counted, chair, later, liu_street, client):
    made = counted()
    deciding.publish_count(chair, made.decision.pk)
    later(9)
    services.due(clock.now())
    deciding.announce(chair, made.decision.pk)
    deciding.correct(chair, made.decision.pk, reason="公告里电话印错了，应为6612345。")
    given = {"reason": "名册有误", "basis": "（2026）某民初1号", "upload": None}
    assert refused(deciding.annul, liu_street, made.decision.pk, **given) == ["document_missing"]
    with pytest.raises(NotAllowed):
        deciding.annul(chair, made.decision.pk, **(given | {"upload": picture()}))
    deciding.annul(liu_street, made.decision.pk, **(given | {"upload": picture()}))
    page = client.get(f"/votes/{made.vote.pk}/result/").content.decode()
    assert all(words in page for words in ("不再有效", "名册有误", "民初1号", "看撤销的通知", "各选项得票"))
    made.decision.refresh_from_db()
    assert (made.decision.state, made.vote.counts.count()) == (State.ANNULLED, 1)
    assert [e.kind for e in LedgerEntry.objects.order_by("pk")][-2:] == ["corrected", "annulled"]


def test_a_rule_set_changed_later_does_not_move_a_decision_that_runs(drafted, places):
    before = drafted()
    values = {"assembly.notice_days": 30}
    RuleSet.objects.create(
        place=places.community, kind="assembly", effective_from=days(0), values=values, source="本地规定"
    )
    assert before.values["assembly.notice_days"] == 15
    assert drafted().values["assembly.notice_days"] == 30


def test_time_alone_opens_closes_and_decides(called, chair):
    made = called()
    deciding.publish(chair, made.decision.pk)
    with pytest.raises(NotAllowed), moving._moving(chair, made.decision.pk, "open"):
        pass
    with pytest.raises(RuleViolation), moving._moving(SYSTEM, made.decision.pk, "open"):
        pass
