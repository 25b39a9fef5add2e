"""Minutes: drafted from what happened, edited, signed or refused, then never changed."""

import datetime
import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from tests.meetings.conftest import fresh
from tests.meetings.sitting import DUE, WORDS, code, line, sign
from tests.voting.test_deciding import picture
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.days import day_of
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.workdays import add_workdays
from xieshang.meetings import hooks
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting, Minutes, MinutesSignature
from xieshang.meetings.queries import to_sign
from xieshang.meetings.queries.minutes import minutes_page
from xieshang.meetings.rules import Mark, MeetingKind, MinutesState, MinutesStep, Scope
from xieshang.meetings.rules import minutes as law
from xieshang.meetings.rules.minutes import Action, Words

M = MinutesState
DAY = datetime.timedelta(days=1)


# Rules. ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "step"), list(itertools.product(MinutesState, MinutesStep)))
def test_minutes_move_only_on_their_course(state, step):
    if (state, step) in law.MINUTES_COURSE:
        assert law.next_minutes_state(state, step) == law.MINUTES_COURSE[state, step]
        return
    assert code(lambda: law.next_minutes_state(state, step)) == "minutes_out_of_course"


@pytest.mark.parametrize(
    ("state", "marks", "refused"),
    [
        (M.DRAFTED, [], None),
        (M.SIGNING, [Mark.ASKED, Mark.REFUSED], "minutes_in_signing"),
        (M.SIGNING, [Mark.ASKED, Mark.SIGNED], "minutes_fixed"),
        (M.SIGNED, [Mark.SIGNED], "minutes_fixed"),
        (M.PUBLISHED, [Mark.ON_PAPER], "minutes_fixed"),
    ],
)
def test_only_a_draft_is_edited(state, marks, refused):
    if refused is None:
        law.require_editable(state, marks)
    else:
        assert code(lambda: law.require_editable(state, marks)) == refused


SIGNING = {
    (M.SIGNING, Mark.ASKED): None,
    (M.SIGNING, Mark.REFUSED): None,
    (M.SIGNING, Mark.SILENT): None,
    (M.SIGNING, Mark.SIGNED): "minutes_signed_already",
    (M.SIGNING, Mark.ON_PAPER): "minutes_signed_already",
    (M.SIGNED, Mark.SIGNED): "minutes_signed_already",
    (M.PUBLISHED, Mark.ON_PAPER): "minutes_signed_already",
    (M.SIGNED, Mark.ON_PAPER): "minutes_signed_already",
    (M.PUBLISHED, Mark.SIGNED): "minutes_signed_already",
    (M.DRAFTED, Mark.SIGNED): "minutes_signed_already",
    (M.DRAFTED, Mark.ON_PAPER): "minutes_signed_already",
}


@pytest.mark.parametrize(("state", "mark"), list(itertools.product(MinutesState, Mark)))
def test_a_side_signs_once_and_only_while_signing_runs(state, mark):
    wanted = SIGNING.get((state, mark), "minutes_not_in_signing")
    if wanted is None:
        law.require_signing(state, mark)
    else:
        assert code(lambda: law.require_signing(state, mark)) == wanted


def test_how_long_the_sides_may_sign_is_the_rule_of_the_place_as_it_was_when_the_meeting_was_planned(
    held, zhang_zhuren
):
    Meeting.objects.filter(pk=held.pk).update(values={**held.values, "meetings.sign_workdays": 2})
    meetings.edit_minutes(zhang_zhuren, held.pk, edition=held.minutes.edition, **WORDS)
    minutes = meetings.send_minutes(zhang_zhuren, held.pk)
    assert minutes.sign_by == add_workdays(day_of(minutes.sent_at), 2)


@pytest.mark.parametrize(
    ("state", "mark", "reason", "refused"),
    [
        (M.SIGNING, Mark.ASKED, "没有写退费", None),
        (M.SIGNING, Mark.ASKED, "  ", "minutes_no_reason"),
        (M.SIGNING, Mark.REFUSED, "再说一次", "minutes_refused_already"),
        (M.SIGNING, Mark.SIGNED, "反悔", "minutes_signed_then_refused"),
        (M.SIGNED, Mark.ASKED, "晚了", "minutes_not_in_signing"),
    ],
)
def test_who_does_not_sign_says_why(state, mark, reason, refused):
    if refused is None:
        law.require_refusing(state, mark, reason)
    else:
        assert code(lambda: law.require_refusing(state, mark, reason)) == refused


@pytest.mark.parametrize(
    ("marks", "today", "refused"),
    [
        ([Mark.SIGNED, Mark.REFUSED], DUE, None),
        ([Mark.SIGNED, Mark.ASKED], DUE, "minutes_not_all_said"),
        ([Mark.SIGNED, Mark.ASKED], DUE + DAY, None),
        ([Mark.REFUSED, Mark.ASKED], DUE + DAY, "minutes_none_signed"),
        ([Mark.REFUSED, Mark.REFUSED], DUE, "minutes_none_signed"),
    ],
)
def test_signing_ends_when_all_have_spoken_or_the_days_are_over(marks, today, refused):
    if refused is None:
        law.require_conclusion(marks, today=today, sign_by=DUE)
    else:
        assert code(lambda: law.require_conclusion(marks, today=today, sign_by=DUE)) == refused


@pytest.mark.parametrize(
    ("words", "signers", "refused"),
    [
        (Words("三天内清完", ""), 3, None),
        (Words("", "退费没有谈拢"), 3, None),
        (Words(" ", ""), 3, "minutes_empty"),
        (Words("好", ""), 0, "minutes_nobody_signs"),
        (Words("好", "", [Action("换阀门", "", DUE)]), 3, "minutes_action_owner"),
        (Words("好", "", [Action("换阀门", "安居物业", None)]), 3, "minutes_action_day"),
        (Words("好", "", [Action("换阀门", "安居物业", DUE)]), 3, None),
    ],
)
def test_what_is_laid_before_the_sides_is_whole(words, signers, refused):
    if refused is None:
        law.require_complete(words, signers)
    else:
        assert code(lambda: law.require_complete(words, signers)) == refused


def test_the_same_words_have_the_same_code_and_one_comma_more_another():
    assert law.content_code({"b": 1, "a": "好"}) == law.content_code({"a": "好", "b": 1})
    assert law.content_code({"a": "好，"}) != law.content_code({"a": "好"})


# In a meeting. --------------------------------------------------------------------------------------------------------


def test_the_draft_is_drawn_from_what_happened(held):
    minutes = held.minutes
    assert minutes.held["figures"] == "应到3方，到会3方"
    assert minutes.held["present"] == [
        {"side": "和顺社区居委会", "who": "张敏"},
        {"side": "明湖家园业委会", "who": "何永福"},
        {"side": "安居物业", "who": "赵振华"},
    ]
    (motion,) = minutes.held["motions"]
    assert motion["headline"] == "通过：3方同意，到会3方都同意"
    assert minutes.held["agenda"] == ["换热站怎么调", "退费怎么办"]
    assert minutes.held["when"] == "2026年3月13日（周五）14:01—14:01"


def test_what_upper_apps_know_is_in_the_draft(held, zhang_zhuren, monkeypatch):
    monkeypatch.setattr(hooks, "minutes_positions", [lambda meeting: [("安居物业", "阀门锈死两处")]])
    monkeypatch.setattr(hooks, "minutes_actions", [lambda meeting: [Action("换阀门", "安居物业", DUE)]])
    minutes = meetings.redraw_minutes(zhang_zhuren, held.pk)
    assert {"side": "安居物业", "text": "阀门锈死两处"} in minutes.positions
    assert [row["what"] for row in minutes.actions] == ["换阀门"]


def test_two_sign_and_one_refuses_and_the_minutes_stand(laid_out, zhang_zhuren, he_zhuren, zhao_jingli, monkeypatch):
    heard = []
    monkeypatch.setattr(hooks, "on_minutes_signed", [heard.append])
    sign(zhang_zhuren, laid_out, "和顺社区居委会")
    sign(he_zhuren, laid_out, "明湖家园业委会")
    assert Minutes.objects.get().state == M.SIGNING
    meetings.refuse_minutes(zhao_jingli, line(laid_out, "安居物业").pk, reason="退费不该由我司代交")
    minutes = Minutes.objects.get()
    assert (minutes.state, heard) == (M.SIGNED, [laid_out.meeting])
    marks = list(minutes.signatures.values_list("name", "mark", "reason"))
    assert marks == [
        ("和顺社区居委会", "signed", ""),
        ("明湖家园业委会", "signed", ""),
        ("安居物业", "refused", "退费不该由我司代交"),
    ]


def test_nobody_signs_twice(laid_out, zhang_zhuren, sun_weiyuan):
    sign(zhang_zhuren, laid_out, "和顺社区居委会")
    for again in (zhang_zhuren, sun_weiyuan):
        assert code(lambda again=again: sign(again, laid_out, "和顺社区居委会")) == "minutes_signed_already"
    row = line(laid_out, "和顺社区居委会")
    assert code(lambda: meetings.refuse_minutes(zhang_zhuren, row.pk, reason="反悔")) == "minutes_signed_then_refused"


def test_nobody_signs_for_a_body_without_office_in_it(laid_out, zhang_zhuren, he_zhuren, wu_wangge, zhao_jingli):
    for actor, name in ((he_zhuren, "安居物业"), (zhao_jingli, "和顺社区居委会"), (wu_wangge, "和顺社区居委会")):
        with pytest.raises(NotAllowed):
            sign(actor, laid_out, name)
    with pytest.raises((NotAllowed, Http404)):
        sign(Actor(zhao_jingli.person), laid_out, "安居物业")
    assert set(laid_out.signatures.values_list("mark", flat=True)) == {"asked"}


def test_after_the_term_no_signature(laid_out, zhao_jingli):
    from xieshang.community.queries import actor_for  # as a request builds it

    office = zhao_jingli.office
    office.ends = datetime.date(2026, 3, 1)
    office.save()
    late = actor_for(zhao_jingli.person, office.pk)
    assert late.office is None
    with pytest.raises((NotAllowed, Http404)):
        sign(late, laid_out, "安居物业")


def test_signed_minutes_are_edited_by_nobody_on_no_path(laid_out, zhang_zhuren):
    sign(zhang_zhuren, laid_out, "和顺社区居委会")
    edition = Minutes.objects.get().edition
    ask = lambda: meetings.edit_minutes(zhang_zhuren, laid_out.meeting_id, edition=edition, **WORDS)  # noqa: E731
    assert code(ask) == "minutes_fixed"
    assert code(lambda: meetings.take_back_minutes(zhang_zhuren, laid_out.meeting_id)) == "minutes_fixed"
    assert code(lambda: meetings.redraw_minutes(zhang_zhuren, laid_out.meeting_id)) == "minutes_fixed"
    for statement in (
        "UPDATE meetings_minutes SET agreed = '别的'",
        "UPDATE meetings_minutes SET held = '{}'",
        "UPDATE meetings_minutes SET state = 'drafted'",
        "DELETE FROM meetings_minutes",
        "UPDATE meetings_minutessignature SET mark = 'refused', reason = '别的' WHERE mark = 'signed'",
        "UPDATE meetings_minutessignature SET by_id = NULL WHERE mark = 'signed'",
        "DELETE FROM meetings_minutessignature WHERE mark = 'signed'",
    ):
        with pytest.raises(DatabaseError, match="is signed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_minutes_nobody_signed_go_back_to_the_desk_and_all_are_asked_anew(laid_out, zhang_zhuren, zhao_jingli):
    meetings.refuse_minutes(zhao_jingli, line(laid_out, "安居物业").pk, reason="漏了一条")
    minutes = meetings.take_back_minutes(zhang_zhuren, laid_out.meeting_id)
    assert (minutes.state, minutes.signatures.count()) == (M.DRAFTED, 0)
    meetings.edit_minutes(zhang_zhuren, laid_out.meeting_id, edition=minutes.edition, **WORDS | {"agreed": "补上了"})
    again = meetings.send_minutes(zhang_zhuren, laid_out.meeting_id)
    assert again.code != laid_out.code


def test_who_read_other_words_does_not_sign_these(laid_out, zhang_zhuren):
    old = laid_out.code
    minutes = meetings.take_back_minutes(zhang_zhuren, laid_out.meeting_id)
    meetings.edit_minutes(zhang_zhuren, laid_out.meeting_id, edition=minutes.edition, **WORDS | {"agreed": "变了"})
    minutes = meetings.send_minutes(zhang_zhuren, laid_out.meeting_id)
    row = line(minutes, "和顺社区居委会")
    assert code(lambda: meetings.sign_minutes(zhang_zhuren, row.pk, code=old)) == "minutes_changed"


def test_two_who_edit_at_a_time_do_not_write_over_each_other(held, zhang_zhuren, sun_weiyuan):
    edition = held.minutes.edition
    meetings.edit_minutes(zhang_zhuren, held.pk, edition=edition, **WORDS)
    ask = lambda: meetings.edit_minutes(sun_weiyuan, held.pk, edition=edition, **WORDS)  # noqa: E731
    assert code(ask) == "minutes_changed_by_others"


def test_a_signature_on_paper_needs_its_photo(laid_out, zhang_zhuren, he_zhuren):
    row = line(laid_out, "安居物业")
    assert code(lambda: meetings.sign_on_paper(zhang_zhuren, row.pk, sheet=None)) == "minutes_no_sheet"
    with pytest.raises(NotAllowed):
        meetings.sign_on_paper(he_zhuren, row.pk, sheet=picture())
    meetings.sign_on_paper(zhang_zhuren, row.pk, sheet=picture())
    kept = line(laid_out, "安居物业")
    assert (kept.mark, kept.sheet is not None) == (Mark.ON_PAPER, True)
    assert not isinstance(kept.sheet, SimpleUploadedFile)


def test_who_stays_silent_is_written_down_when_the_days_are_over(laid_out, zhang_zhuren, move_to):
    sign(zhang_zhuren, laid_out, "和顺社区居委会")
    conclude = lambda: meetings.conclude_minutes(zhang_zhuren, laid_out.meeting_id)  # noqa: E731
    assert code(conclude) == "minutes_not_all_said"
    move_to(datetime.datetime(2026, 3, 23, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=8))))
    assert conclude().state == M.SIGNED
    assert list(laid_out.signatures.values_list("mark", flat=True)) == ["signed", "silent", "silent"]


def test_a_correction_stands_beside_signed_minutes_and_stays(laid_out, zhang_zhuren, he_zhuren, zhao_jingli):
    early = lambda: meetings.add_to_minutes(zhang_zhuren, laid_out.meeting_id, text="更正")  # noqa: E731
    assert code(early) == "minutes_addendum_early"
    for actor, name in ((zhang_zhuren, "和顺社区居委会"), (he_zhuren, "明湖家园业委会"), (zhao_jingli, "安居物业")):
        sign(actor, laid_out, name)
    before = Minutes.objects.get().code
    meetings.add_to_minutes(zhang_zhuren, laid_out.meeting_id, text="阀门是两处，不是一处。")
    assert (
        code(lambda: meetings.add_to_minutes(zhang_zhuren, laid_out.meeting_id, text=" ")) == "minutes_addendum_empty"
    )
    assert Minutes.objects.get().code == before
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_minutesaddendum SET text = '别的'")


@pytest.mark.parametrize(
    ("scope", "neighbour", "anybody"),
    [(Scope.TABLE, False, False), (Scope.PLACE, True, False), (Scope.PUBLIC, True, True)],
)
def test_published_minutes_are_read_in_their_scope_and_no_sooner(
    scope, neighbour, anybody, laid_out, zhang_zhuren, he_zhuren, zhao_jingli, wang_ayi
):
    def readers():
        return [Minutes.objects.visible_to(actor).exists() for actor in (zhao_jingli, wang_ayi, NOBODY)]

    assert readers() == [True, False, False]
    for actor, name in ((zhang_zhuren, "和顺社区居委会"), (he_zhuren, "明湖家园业委会"), (zhao_jingli, "安居物业")):
        sign(actor, laid_out, name)
    assert readers() == [True, False, False]
    meetings.publish_minutes(zhang_zhuren, laid_out.meeting_id, scope=scope)
    assert readers() == [True, neighbour, anybody]


def test_a_draft_is_seen_by_whoever_called_the_meeting_alone(held, zhang_zhuren, he_zhuren, zhao_jingli, wang_ayi):
    actors = (zhang_zhuren, he_zhuren, zhao_jingli, wang_ayi)
    assert [Minutes.objects.visible_to(actor).exists() for actor in actors] == [True, False, False, False]


def test_what_waits_for_a_signature_is_found(laid_out, zhang_zhuren, he_zhuren, zhao_jingli, wang_ayi):
    assert [len(to_sign(actor)) for actor in (zhang_zhuren, he_zhuren, zhao_jingli, wang_ayi, NOBODY)] == [
        1,
        1,
        1,
        0,
        0,
    ]
    sign(he_zhuren, laid_out, "明湖家园业委会")
    assert to_sign(he_zhuren) == []
    assert [one.row.name for one in minutes_page(zhao_jingli, laid_out.meeting_id).mine] == ["安居物业"]


def test_members_of_a_committee_sign_each_for_themselves(gathered, board, he_zhuren):
    start = datetime.datetime(2026, 3, 18, 14, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    items = [meetings.Item("灯具更换", is_voted=True)]
    kind = MeetingKind.OWNERS_COMMITTEE
    meeting = gathered(he_zhuren, kind=kind, title="业委会例会", starts_at=start, items=items)
    for member in board[:3]:
        meetings.sign_in_by_code(member, meeting.code)
    meetings.open_meeting(he_zhuren, meeting.pk)
    meeting = fresh(meetings.close_meeting(he_zhuren, meeting.pk))
    words = {"agreed": "换灯", "not_agreed": "", "positions": {}, "actions": []}
    meetings.edit_minutes(he_zhuren, meeting.pk, edition=meeting.minutes.edition, **words)
    minutes = meetings.send_minutes(he_zhuren, meeting.pk)
    assert set(minutes.signatures.values_list("person_id", flat=True)) == {one.person_id for one in board[:3]}
    own = MinutesSignature.objects.get(minutes=minutes, person_id=board[1].person_id)
    meetings.sign_minutes(board[1], own.pk, code=minutes.code)
    other = MinutesSignature.objects.get(minutes=minutes, person_id=board[2].person_id)
    with pytest.raises(NotAllowed):
        meetings.sign_minutes(board[1], other.pk, code=minutes.code)
