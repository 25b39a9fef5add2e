"""What each step asks for, both sides of every demand."""

from dataclasses import replace

import pytest

from tests.topics.rules_ready import AUTHOR, BREAK, LI, OTHERWISE, READY, TODAY, TOMORROW, YESTERDAY, ZHANG
from xieshang.lib.refusals import RuleViolation
from xieshang.topics.rules import (
    COURSE,
    Facts,
    Nature,
    PartyOpinion,
    State,
    Step,
    Who,
    checklist,
    may_happen,
    missing_for,
    next_state,
)
from xieshang.topics.rules.guards import ASKED, ASKED_FROM, GOES_ON_WHILE_SUSPENDED, demands_of

ASKS = [(state, step, asked.refusal.code) for state, step in COURSE for asked in demands_of(state, step)]


def ready(state, step, **otherwise):
    return replace(READY, **{**OTHERWISE.get(step, {}), **OTHERWISE.get((state, step), {}), **otherwise})


def codes(state, step, facts):
    return [lack.refusal.code for lack in missing_for(state, step, facts)]


@pytest.mark.parametrize(("state", "step"), COURSE)
def test_a_step_happens_when_everything_is_there(state, step):
    assert codes(state, step, ready(state, step)) == []
    assert next_state(state, step, ready(state, step)) == COURSE[state, step]


@pytest.mark.parametrize(("state", "step", "code"), ASKS)
def test_a_step_is_refused_when_one_thing_is_missing(state, step, code):
    facts = ready(state, step, **BREAK[code])
    with pytest.raises(RuleViolation) as refused:
        next_state(state, step, facts)
    assert code in [refusal.code for refusal in refused.value.refusals]
    assert not may_happen(state, step, facts)


def test_every_demand_has_a_trial_and_every_trial_a_demand():
    assert set(BREAK) == {code for _state, _step, code in ASKS}


def test_every_step_of_the_course_knows_what_it_asks():
    steps = {step for _state, step in COURSE}
    asked = set(ASKED) | {step for _state, step in ASKED_FROM}
    nothing_to_ask = {Step.CONFIRM_SOLVED, Step.START_IMPLEMENTING, Step.REDO_OPINION}
    assert steps - asked == nothing_to_ask


def test_one_code_always_means_one_sentence():
    sentences = {}
    for state, step in COURSE:
        for asked in demands_of(state, step):
            assert sentences.setdefault(asked.refusal.code, asked.refusal.sentence) == asked.refusal.sentence


def test_all_that_is_missing_is_told_at_once_with_who_can_supply_it():
    lacks = missing_for(State.OPINION_FORMED, Step.PUBLISH_NOTICE, Facts(today=TODAY))
    assert [(lack.refusal.code, lack.who_can_supply) for lack in lacks] == [
        ("opinion_missing", Who.COMMITTEE),
        ("opinion_not_confirmed", Who.PARTIES),
        ("outcome_not_drafted", Who.COMMITTEE),
        ("objection_channel_missing", Who.COMMITTEE),
        ("publicity_too_short", Who.COMMITTEE),
        ("same_person_throughout", Who.SECRETARY),
    ]


def test_the_list_beside_a_step_ticks_what_is_there():
    lines = checklist(State.PUBLICITY, Step.ADOPT, ready(State.PUBLICITY, Step.ADOPT, open_objections=2))
    assert [line.refusal.code for line in lines if not line.is_met] == ["objections_open"]
    assert len([line for line in lines if line.is_met]) >= 8


def test_the_list_leaves_out_what_this_matter_does_not_need():
    narrow = checklist(State.DELIBERATING, Step.FORM_OPINION, READY)
    wide = checklist(State.DELIBERATING, Step.FORM_OPINION, replace(READY, wide_impact=True))
    assert len(wide) == len(narrow) + 1


@pytest.mark.parametrize(("state", "step"), COURSE)
def test_a_suspended_matter_stands_still_but_for_three_steps(state, step):
    facts = ready(state, step, suspended=True)
    assert may_happen(state, step, facts) == (step in GOES_ON_WHILE_SUSPENDED)


# the Party organisation's study is never skipped in silence


def test_no_answer_does_not_replace_the_study_and_names_the_body_above():
    lacks = missing_for(State.PARTY_REVIEW, Step.ANNOUNCE, replace(READY, party_opinion=PartyOpinion.NO_ANSWER))
    assert ("party_opinion_missing_above", Who.STREET) in [(x.refusal.code, x.who_can_supply) for x in lacks]


def test_the_study_may_still_be_made_after_no_answer_was_recorded():
    facts = replace(READY, party_opinion=PartyOpinion.NO_ANSWER)
    assert may_happen(State.PARTY_REVIEW, Step.AGREE, facts)


def test_no_answer_is_recorded_only_once():
    facts = replace(READY, party_opinion=PartyOpinion.NO_ANSWER)
    assert codes(State.PARTY_REVIEW, Step.RECORD_NO_ANSWER, facts) == ["party_has_answered"]


# two human beings


@pytest.mark.parametrize(
    ("screened_by", "drafted_by", "acting", "allowed"),
    [
        (ZHANG, ZHANG, ZHANG, False),
        (ZHANG, ZHANG, LI, True),
        (ZHANG, LI, ZHANG, True),
        (LI, ZHANG, ZHANG, True),
        (None, None, LI, False),
    ],
)
def test_one_person_may_not_screen_draft_and_publish(screened_by, drafted_by, acting, allowed):
    facts = replace(READY, screened_by=screened_by, drafted_by=drafted_by, acting_person=acting)
    assert may_happen(State.OPINION_FORMED, Step.PUBLISH_NOTICE, facts) == allowed
    assert may_happen(State.PUBLICITY, Step.ADOPT, facts) == allowed


def test_nobody_reviews_their_own_first_words():
    assert codes(State.SUBMITTED, Step.ADMIT, replace(READY, acting_person=AUTHOR)) == ["reviewed_by_author"]


def test_time_admits_only_those_whose_words_need_no_review():
    alone = replace(READY, acting_person=None)
    assert not may_happen(State.SUBMITTED, Step.ADMIT, alone)
    assert may_happen(State.SUBMITTED, Step.ADMIT, replace(alone, review_is_needed=False))


# last days


@pytest.mark.parametrize(("last_day", "over"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False)])
def test_a_last_day_belongs_to_the_period(last_day, over):
    assert may_happen(State.ANNOUNCED, Step.OPEN_DISCUSSION, replace(READY, notice_last_day=last_day)) == over
    assert may_happen(State.DELIBERATING, Step.FORM_OPINION, replace(READY, discussion_last_day=last_day)) == over
    assert may_happen(State.PUBLICITY, Step.ADOPT, replace(READY, publicity_last_day=last_day)) == over
    assert may_happen(State.FEEDBACK, Step.EVALUATE, replace(READY, evaluation_last_day=last_day)) == over


def test_days_of_a_notice_that_hangs_nowhere_do_not_run():
    facts = replace(READY, notice_last_day=None, publicity_last_day=None)
    assert codes(State.ANNOUNCED, Step.OPEN_DISCUSSION, facts) == ["notice_not_posted"]
    assert codes(State.PUBLICITY, Step.ADOPT, facts) == ["publicity_not_posted"]


# whose decision it is


def test_an_owners_matter_is_handed_over_and_never_adopted():
    facts = replace(READY, nature=Nature.OWNERS)
    assert codes(State.PUBLICITY, Step.ADOPT, facts) == ["owners_decide"]
    assert may_happen(State.PUBLICITY, Step.HAND_TO_OWNERS, facts)


@pytest.mark.parametrize("nature", [Nature.RESIDENTS_MEETING, Nature.VILLAGERS_MEETING])
@pytest.mark.parametrize("state", [State.OPINION_FORMED, State.VOTING])
def test_what_a_meeting_must_decide_is_not_published_without_it(nature, state):
    undecided = replace(READY, nature=nature, decision_on=None)
    assert codes(state, Step.PUBLISH_NOTICE, undecided) == ["meeting_must_decide"]
    assert may_happen(state, Step.PUBLISH_NOTICE, replace(undecided, decision_on=TODAY))


def test_a_poll_on_a_meetings_matter_leads_back_so_that_the_meeting_can_decide():
    undecided = replace(READY, nature=Nature.RESIDENTS_MEETING, decision_on=None)
    assert may_happen(State.VOTING, Step.REOPEN_DISCUSSION, undecided)
    assert not may_happen(State.VOTING, Step.REOPEN_DISCUSSION, READY)
    assert may_happen(State.DELIBERATING, Step.ESCALATE, undecided)


def test_a_missed_turnout_may_be_published_with_that_said():
    missed = replace(READY, poll_turnout_met=False)
    assert codes(State.VOTING, Step.PUBLISH_NOTICE, missed) == ["shortfall_not_said"]
    assert may_happen(State.VOTING, Step.PUBLISH_NOTICE, replace(missed, turnout_shortfall_is_said=True))


# withdrawal, rating, correction


@pytest.mark.parametrize(("supporters", "agreed", "allowed"), [(10, False, True), (11, False, False), (11, True, True)])
def test_a_supported_matter_is_withdrawn_only_with_the_committee(supporters, agreed, allowed):
    facts = replace(READY, acting_person=AUTHOR, supporters=supporters, withdrawal_threshold=10)
    facts = replace(facts, committee_agrees_withdrawal=agreed)
    assert may_happen(State.SCREENING, Step.WITHDRAW, facts) == allowed


@pytest.mark.parametrize(
    ("solved", "unsolved", "explained", "allowed"),
    [(0, 0, False, True), (3, 3, False, True), (2, 3, False, False), (2, 3, True, True)],
)
def test_a_matter_that_most_call_unsolved_does_not_end_without_a_word(solved, unsolved, explained, allowed):
    facts = replace(READY, rated_solved=solved, rated_unsolved=unsolved, unsolved_is_explained=explained)
    assert may_happen(State.FEEDBACK, Step.EVALUATE, facts) == allowed


def test_a_result_that_breaks_the_law_can_be_corrected_even_while_suspended():
    assert may_happen(State.IMPLEMENTING, Step.CORRECT, replace(READY, suspended=True))
