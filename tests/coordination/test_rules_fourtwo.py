"""四议两公开: every pair of state and step, every limit with the number beside it, accounts to the fen."""

import datetime
from dataclasses import replace

import pytest

from xieshang.coordination.rules.fourtwo import (
    ASKED,
    COURSE,
    DEFAULTS,
    ENDS,
    NOS,
    STAGE_LABELS,
    STAGE_OF,
    STATE_LABELS,
    STEP_LABELS,
    WHO,
    YES,
    Facts,
    Mark,
    Sheet,
    Stage,
    State,
    Step,
    Tally,
    audience_of,
    checklist,
    is_carried,
    is_open,
    line,
    missing_for,
    next_state,
    possible_steps,
    quorum_met,
)
from xieshang.coordination.rules.fourtwo.stages import representatives_enough, women_enough
from xieshang.lib.refusals import RuleViolation
from xieshang.matters.rules import Audience
from xieshang.meetings.rules import DEFAULTS as MEETINGS
from xieshang.meetings.rules import Base, MeetingKind

TODAY = datetime.date(2026, 3, 16)
VALUES = {**MEETINGS, **DEFAULTS}
REPS = Sheet(
    Stage.RESOLUTION,
    MeetingKind.VILLAGER_REPS,
    Base.MEMBERS,
    held_on=datetime.date(2026, 3, 13),
    told_on=datetime.date(2026, 3, 6),
    chair="张主任",
    tally=Tally(30, 20, 11, 5, 4),
    members=30,
    representatives=24,
    women=10,
    minutes_given=True,
    signers="张主任、李书记",
    text="大家都说好。",
)
PARTY = Sheet(
    Stage.REVIEW,
    MeetingKind.PARTY,
    Base.MEMBERS,
    held_on=datetime.date(2026, 3, 13),
    told_on=datetime.date(2026, 3, 6),
    chair="李书记",
    tally=Tally(40, 30, 21, 9, 0),
    file_number="北岗党〔2026〕3号",
    signers="李书记",
    text="入户听取了八十户的意见。",
)
READY = Facts(
    TODAY,
    VALUES,
    acting_person=1,
    reason_given=True,
    draft_given=True,
    sheet=REPS,
    notice_drafted=True,
    drafted_by=2,
    publicity_days=7,
    posted=True,
    publicity_last_day=datetime.date(2026, 3, 15),
    items=2,
    account_given=True,
    account_by=2,
    finding_given=True,
    check_passed=True,
    checked_by=3,
    result_text_given=True,
)


def ready_for(state, step):
    """Facts under which a step of the course may be taken from a state."""
    stage = STAGE_OF.get(state)
    sheet = replace(PARTY, stage=stage) if stage in {Stage.PROPOSAL, Stage.REVIEW} else REPS
    if stage == Stage.DISCUSSION:
        sheet = replace(REPS, stage=stage, kind=MeetingKind.TWO_COMMITTEES, tally=Tally(9, 7, 6, 1, 0))
    if step == Step.SAY_NO:
        sheet = replace(sheet, tally=replace(sheet.tally, agree=0, against=sheet.tally.present, abstain=0))
    sustained = 1 if step == Step.SUSTAIN_OBJECTION else 0
    return replace(READY, sheet=sheet, sustained_objections=sustained)


@pytest.mark.parametrize(("state", "step"), list(COURSE))
def test_every_step_of_the_course_leads_where_the_table_says(state, step):
    assert next_state(state, step, ready_for(state, step)) == COURSE[state, step]


@pytest.mark.parametrize(("state", "step"), [(s, e) for s in State for e in Step if (s, e) not in COURSE])
def test_no_step_is_skipped_and_every_other_is_refused(state, step):
    with pytest.raises(RuleViolation, match="fourtwo_not_in_course"):
        next_state(state, step, ready_for(state, step))


@pytest.mark.parametrize(("state", "step"), list(COURSE))
def test_with_nothing_given_a_step_says_everything_that_is_missing(state, step):
    missing = missing_for(state, step, Facts(TODAY, VALUES))
    if step != Step.ENTER_ACCOUNT:
        assert missing != []
        with pytest.raises(RuleViolation) as refused:
            next_state(state, step, Facts(TODAY, VALUES))
        assert [one.code for one in refused.value.refusals] == [one.refusal.code for one in missing]


def test_the_six_are_taken_in_their_order_and_end_where_they_should():
    way = [State.BEGUN]
    for step in (
        Step.PROPOSE,
        Step.DISCUSS,
        Step.REVIEW,
        Step.RESOLVE,
        Step.PUBLISH_RESOLUTION,
        Step.START,
        Step.PUBLISH_RESULT,
    ):
        way.append(COURSE[way[-1], step])
    assert (len(way), way[-1] in ENDS) == (8, True)
    assert [STAGE_OF[state] for state in way[:4]] == list(YES)


def test_a_no_before_the_villagers_leads_back_to_the_proposal_and_theirs_is_final():
    assert {State.BEGUN, State.PROPOSED, State.DISCUSSED, State.REVIEWED} == NOS
    assert {COURSE[state, Step.SAY_NO] for state in NOS - {State.REVIEWED}} == {State.BEGUN}
    assert COURSE[State.REVIEWED, Step.SAY_NO] == State.REFUSED
    assert possible_steps(State.REFUSED) == ()


def test_an_ended_draft_cannot_be_proposed_again():
    facts = replace(ready_for(State.BEGUN, Step.PROPOSE), draft_has_ended=True)
    with pytest.raises(RuleViolation, match="fourtwo_draft_has_ended"):
        next_state(State.BEGUN, Step.PROPOSE, facts)


@pytest.mark.parametrize("enumeration", [State, Step, Stage])
def test_everything_has_its_words(enumeration):
    labels = {State: STATE_LABELS, Step: STEP_LABELS, Stage: STAGE_LABELS}[enumeration]
    assert set(labels) == set(enumeration)


def test_every_step_has_its_demands_and_its_people():
    assert set(ASKED) == set(WHO) == set(Step)


# Numbers. ------------------------------------------------------------------------------------------------------------

R, M = MeetingKind.VILLAGER_REPS, Base.MEMBERS
V, H, P = MeetingKind.VILLAGERS, Base.HOUSEHOLDS, Base.PERSONS


@pytest.mark.parametrize(
    ("kind", "base", "tally", "quorum", "carried"),
    [
        (R, M, Tally(30, 19, 19), False, False),
        (R, M, Tally(30, 20, 11), True, True),
        (R, M, Tally(30, 20, 10), True, False),
        (V, H, Tally(300, 199, 199), False, False),
        (V, H, Tally(300, 200, 101), True, True),
        (V, H, Tally(300, 200, 100), True, False),
        (V, P, Tally(1000, 500, 500), False, False),
        (V, P, Tally(1000, 501, 251), True, True),
        (V, P, Tally(1000, 501, 250), True, False),
        (MeetingKind.PARTY, M, Tally(40, 19, 19), False, False),
        (MeetingKind.PARTY, M, Tally(40, 20, 20), True, False),
        (MeetingKind.PARTY, M, Tally(40, 30, 20), True, False),
        (MeetingKind.PARTY, M, Tally(40, 30, 21), True, True),
        (MeetingKind.TWO_COMMITTEES, M, Tally(9, 4, 4), False, False),
        (MeetingKind.TWO_COMMITTEES, M, Tally(9, 5, 3), True, True),
        (MeetingKind.TWO_COMMITTEES, M, Tally(8, 6, 3), True, False),
    ],
)
def test_enough_there_and_enough_agreed(kind, base, tally, quorum, carried):
    assert (quorum_met(kind, base, VALUES, tally), is_carried(kind, base, VALUES, tally)) == (quorum, carried)


@pytest.mark.parametrize(
    ("members", "representatives", "women", "enough", "women_are"),
    [
        (30, 24, 10, True, True),
        (30, 23, 10, False, True),
        (30, 24, 9, True, False),
        (5, 4, 2, True, True),
        (5, 3, 1, False, False),
        (32, 26, 11, True, True),
        (32, 25, 10, False, False),
        (1, 1, 1, True, True),
        (0, 0, 0, False, True),
        (10, 11, 4, False, True),
    ],
)
def test_of_whom_a_representatives_meeting_consists(members, representatives, women, enough, women_are):
    assert (representatives_enough(members, representatives), women_enough(members, women)) == (enough, women_are)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"representatives": 23}, "fourtwo_too_few_representatives"),
        ({"women": 9}, "fourtwo_too_few_women"),
        ({"tally": Tally(30, 19, 19)}, "fourtwo_no_quorum"),
        ({"tally": Tally(30, 20, 10)}, "fourtwo_not_carried"),
        ({"tally": Tally(30, 20, 11, 6, 4)}, "fourtwo_numbers_do_not_fit"),
        ({"tally": Tally(30, 31, 20)}, "fourtwo_numbers_do_not_fit"),
        ({"tally": Tally()}, "fourtwo_numbers_do_not_fit"),
        ({"minutes_given": False}, "fourtwo_minutes_missing"),
        ({"signers": ""}, "fourtwo_signature_missing"),
        ({"chair": ""}, "fourtwo_chair_missing"),
        ({"held_on": None}, "fourtwo_date_missing"),
        ({"held_on": TODAY + datetime.timedelta(days=1)}, "fourtwo_date_missing"),
        ({"told_on": None}, "fourtwo_told_too_late"),
    ],
)
def test_each_lack_of_the_deciding_meeting_is_said(change, code):
    facts = replace(READY, sheet=replace(REPS, **change))
    assert code in [one.refusal.code for one in missing_for(State.REVIEWED, Step.RESOLVE, facts)]
    with pytest.raises(RuleViolation):
        next_state(State.REVIEWED, Step.RESOLVE, facts)


def test_a_no_without_quorum_is_no_no():
    facts = replace(READY, sheet=replace(REPS, tally=Tally(30, 19, 0, 19, 0)))
    with pytest.raises(RuleViolation, match="fourtwo_no_quorum"):
        next_state(State.REVIEWED, Step.SAY_NO, facts)


@pytest.mark.parametrize(
    ("kind", "base", "told", "fine"),
    [
        # 9 March is a Monday: three clear days end on Thursday the 12th, the meeting may be on the 13th.
        (R, M, datetime.date(2026, 3, 9), True),
        (R, M, datetime.date(2026, 3, 10), False),
        # Ten clear days of the villagers' meeting: told on the 2nd, they end on the 12th.
        (V, P, datetime.date(2026, 3, 2), True),
        (V, P, datetime.date(2026, 3, 3), False),
    ],
)
def test_the_deciding_meeting_was_told_of_in_time(kind, base, told, fine):
    tally = Tally(30, 20, 11) if kind == R else Tally(300, 200, 101)
    facts = replace(READY, sheet=replace(REPS, kind=kind, base=base, told_on=told, tally=tally))
    codes = [one.refusal.code for one in missing_for(State.REVIEWED, Step.RESOLVE, facts)]
    assert codes == ([] if fine else ["fourtwo_told_too_late"])


def test_what_belongs_to_the_villagers_meeting_asks_for_its_authority():
    facts = replace(READY, is_reserved=True)
    assert [one.refusal.code for one in missing_for(State.REVIEWED, Step.RESOLVE, facts)] == ["fourtwo_not_authorised"]
    given = replace(facts, sheet=replace(REPS, authorisation="2025年12月20日村民会议授权，到2026年底"))
    assert missing_for(State.REVIEWED, Step.RESOLVE, given) == []
    all_of_them = replace(REPS, kind=V, base=H, tally=Tally(80, 60, 50), told_on=datetime.date(2026, 3, 1))
    assert missing_for(State.REVIEWED, Step.RESOLVE, replace(facts, sheet=all_of_them)) == []


def test_a_meeting_before_the_one_before_is_refused():
    facts = replace(READY, last_meeting_on=datetime.date(2026, 3, 14))
    assert [one.refusal.code for one in missing_for(State.REVIEWED, Step.RESOLVE, facts)] == [
        "fourtwo_before_the_last_step"
    ]
    same_day = replace(READY, last_meeting_on=datetime.date(2026, 3, 13))
    assert missing_for(State.REVIEWED, Step.RESOLVE, same_day) == []


def test_of_the_branch_the_file_number_is_asked_and_no_paper():
    facts = replace(READY, sheet=replace(PARTY, file_number=""))
    assert [one.refusal.code for one in missing_for(State.DISCUSSED, Step.REVIEW, facts)] == [
        "fourtwo_file_number_missing"
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"publicity_days": 6}, "fourtwo_publicity_too_short"),
        ({"notice_drafted": False}, "fourtwo_notice_missing"),
        ({"drafted_by": 1}, "fourtwo_publish_by_two"),
    ],
)
def test_the_resolution_is_public_for_seven_days_by_two_people(change, code):
    facts = replace(READY, **change)
    assert [one.refusal.code for one in missing_for(State.RESOLVED, Step.PUBLISH_RESOLUTION, facts)] == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"posted": False}, "fourtwo_not_posted"),
        ({"publicity_last_day": TODAY}, "fourtwo_publicity_still_running"),
        ({"open_objections": 1}, "fourtwo_objections_open"),
        ({"sustained_objections": 1}, "fourtwo_objection_sustained"),
    ],
)
def test_the_work_begins_when_the_days_are_over_and_all_is_answered(change, code):
    facts = replace(READY, **change)
    assert [one.refusal.code for one in missing_for(State.RESOLUTION_PUBLISHED, Step.START, facts)] == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"items": 0}, "fourtwo_items_open"),
        ({"items_open": 1}, "fourtwo_items_open"),
        ({"account_given": False}, "fourtwo_account_missing"),
        ({"check_passed": False}, "fourtwo_check_missing"),
        ({"checked_by": 1}, "fourtwo_result_by_two"),
        ({"result_text_given": False}, "fourtwo_result_text_missing"),
    ],
)
def test_the_result_is_public_after_the_supervisors_check(change, code):
    facts = replace(READY, **change)
    assert [one.refusal.code for one in missing_for(State.IMPLEMENTING, Step.PUBLISH_RESULT, facts)] == [code]


@pytest.mark.parametrize("step", [Step.PASS_CHECK, Step.FAIL_CHECK])
def test_an_account_is_checked_once_by_somebody_else(step):
    assert missing_for(State.IMPLEMENTING, step, READY) == []
    for change, code in (({"account_checked": True}, "already_checked"), ({"account_by": 1}, "check_by_two")):
        facts = replace(READY, **change)
        assert [one.refusal.code for one in missing_for(State.IMPLEMENTING, step, facts)] == [f"fourtwo_{code}"]


def test_the_list_of_the_deciding_meeting_is_ticked_line_by_line():
    lines = checklist(State.REVIEWED, Step.RESOLVE, READY)
    assert (len(lines), all(one.is_met for one in lines)) == (11, True)


# The line, the audience. ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", State)
def test_the_line_marks_what_is_done_and_what_is_next(state):
    marks = [one.mark for one in line(state, 2)]
    now = marks.count(Mark.NOW)
    assert (len(marks), now) == (6, 1 if state in STAGE_OF else 0)
    assert marks == sorted(marks, key=[Mark.DONE, Mark.NOW, Mark.AHEAD].index)
    assert is_open(state) == (state in STAGE_OF)


def test_who_may_know_of_it():
    assert audience_of(State.BEGUN, was_proposed=False) == Audience.OFFICERS
    assert audience_of(State.BEGUN, was_proposed=True) == Audience.PLACE
    assert audience_of(State.REVIEWED, was_proposed=True) == Audience.PLACE
    assert audience_of(State.RESOLUTION_PUBLISHED, was_proposed=True) == Audience.PUBLIC
