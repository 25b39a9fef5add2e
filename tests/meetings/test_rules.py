"""Notice, quorum and majorities of every kind of meeting, and each line one less and one more."""

import datetime
from dataclasses import replace

import pytest

from xieshang.community.rules import BodyKind
from xieshang.lib.days import SHANGHAI
from xieshang.lib.refusals import RuleViolation
from xieshang.meetings.rules import (
    COURSE,
    DEFAULTS,
    ENDS,
    KINDS,
    Base,
    Facts,
    MeetingKind,
    PartyCount,
    Presence,
    State,
    Step,
    has_quorum,
    is_carried,
    kinds_of,
    least_present,
    majority_share,
    next_state,
    notice_days,
    party_is_carried,
    party_may_vote,
    require_step,
    share,
    unmet,
)

K = MeetingKind
MONDAY = datetime.date(2026, 3, 9)


def at(day, hour=14):
    return datetime.datetime.combine(day, datetime.time(hour), SHANGHAI)


# Vector, kind, base, entitled, present, yes: is there a quorum, and is it carried? (M1 to M3; the rest by the same law)
VECTORS = [
    ("M1", K.RESIDENTS, Base.PERSONS, 1000, 500, 500, False, False),
    ("M1", K.RESIDENTS, Base.PERSONS, 1000, 501, 251, True, True),
    ("M1", K.RESIDENTS, Base.PERSONS, 1000, 501, 250, True, False),
    ("M2", K.VILLAGERS, Base.HOUSEHOLDS, 300, 199, 199, False, False),
    ("M2", K.VILLAGERS, Base.HOUSEHOLDS, 300, 200, 101, True, True),
    ("M2", K.VILLAGERS, Base.HOUSEHOLDS, 300, 200, 100, True, False),
    ("M3", K.VILLAGER_REPS, Base.MEMBERS, 30, 19, 19, False, False),
    ("M3", K.VILLAGER_REPS, Base.MEMBERS, 30, 20, 11, True, True),
    ("M3", K.VILLAGER_REPS, Base.MEMBERS, 30, 20, 10, True, False),
    ("households", K.RESIDENTS, Base.HOUSEHOLDS, 300, 150, 150, False, False),
    ("households", K.RESIDENTS, Base.HOUSEHOLDS, 300, 151, 76, True, True),
    ("households", K.RESIDENTS, Base.HOUSEHOLDS, 300, 151, 75, True, False),
    ("group reps", K.RESIDENTS, Base.MEMBERS, 40, 20, 20, False, False),
    ("group reps", K.RESIDENTS, Base.MEMBERS, 40, 21, 11, True, True),
    ("reps", K.RESIDENT_REPS, Base.MEMBERS, 50, 33, 33, False, False),
    ("reps", K.RESIDENT_REPS, Base.MEMBERS, 50, 34, 18, True, True),
    ("reps", K.RESIDENT_REPS, Base.MEMBERS, 50, 34, 17, True, False),
    ("villagers", K.VILLAGERS, Base.PERSONS, 801, 400, 400, False, False),
    ("villagers", K.VILLAGERS, Base.PERSONS, 801, 401, 201, True, True),
    ("group", K.VILLAGER_GROUP, Base.PERSONS, 100, 66, 66, False, False),
    ("group", K.VILLAGER_GROUP, Base.PERSONS, 100, 67, 34, True, True),
    ("group", K.VILLAGER_GROUP, Base.HOUSEHOLDS, 40, 26, 26, False, False),
    ("group", K.VILLAGER_GROUP, Base.HOUSEHOLDS, 40, 27, 14, True, True),
    # Of all members, not of those present: four of seven, though four of four are there.
    ("board", K.OWNERS_COMMITTEE, Base.MEMBERS, 7, 3, 3, False, False),
    ("board", K.OWNERS_COMMITTEE, Base.MEMBERS, 7, 4, 4, True, True),
    ("board", K.OWNERS_COMMITTEE, Base.MEMBERS, 7, 4, 3, True, False),
    ("board", K.OWNERS_COMMITTEE, Base.MEMBERS, 6, 3, 3, False, False),
    ("board", K.OWNERS_COMMITTEE, Base.MEMBERS, 6, 4, 3, True, True),
    ("committees", K.TWO_COMMITTEES, Base.MEMBERS, 9, 4, 4, False, False),
    ("committees", K.TWO_COMMITTEES, Base.MEMBERS, 9, 5, 3, True, True),
    ("table", K.JOINT, Base.SIDES, 3, 2, 2, False, False),
    # Among sides nobody outvotes: nothing is carried even where all three are there.
    ("table", K.JOINT, Base.SIDES, 3, 3, 3, True, False),
    ("nobody", K.RESIDENTS, Base.PERSONS, 0, 0, 0, False, False),
]


@pytest.mark.parametrize(("name", "kind", "base", "entitled", "present", "yes", "quorum", "carried"), VECTORS)
def test_enough_are_there_and_enough_agree(name, kind, base, entitled, present, yes, quorum, carried):
    presence = Presence(expected=entitled, present=present, in_room=present)
    assert has_quorum(kind, base, DEFAULTS, presence) is quorum
    assert is_carried(kind, base, DEFAULTS, presence, yes) is carried


@pytest.mark.parametrize(("kind", "base"), [(k, b) for k, known in KINDS.items() for b in known.bases])
@pytest.mark.parametrize("entitled", [1, 2, 3, 7, 30, 1000])
def test_the_least_number_is_enough_and_one_less_is_not(kind, base, entitled):
    least = least_present(kind, base, DEFAULTS, entitled)
    if least is None:
        assert base == Base.OPEN
        return
    enough, short = (Presence(expected=entitled, present=n, in_room=n) for n in (least, least - 1))
    assert has_quorum(kind, base, DEFAULTS, enough)
    assert not has_quorum(kind, base, DEFAULTS, short)


# Entitled, present, yes, election: may it vote, is it carried? (M4, M5)
PARTY = [
    (40, 30, 20, False, True, False),
    (40, 30, 21, False, True, True),
    (40, 19, 19, False, False, False),
    (40, 20, 20, False, True, False),
    (40, 32, 16, True, True, False),
    (40, 32, 17, True, True, True),
    (40, 31, 31, True, False, False),
]


@pytest.mark.parametrize(("entitled", "present", "yes", "election", "may", "carried"), PARTY)
def test_a_party_meeting_counts_those_entitled(entitled, present, yes, election, may, carried):
    count = PartyCount(entitled, present, yes, is_election=election)
    assert party_may_vote(DEFAULTS, count) is may
    assert party_is_carried(DEFAULTS, count) is carried


# Clear days of each kind, the notice going out on Monday 9 March 2026: the first day on which it may be held.
EARLIEST = [
    (K.CONSULTATION, 3, datetime.date(2026, 3, 13)),
    (K.JOINT, 3, datetime.date(2026, 3, 13)),
    (K.HEARING, 7, datetime.date(2026, 3, 17)),
    (K.RESIDENTS, 3, datetime.date(2026, 3, 13)),
    (K.RESIDENT_REPS, 3, datetime.date(2026, 3, 13)),
    (K.VILLAGERS, 10, datetime.date(2026, 3, 20)),
    (K.VILLAGER_REPS, 3, datetime.date(2026, 3, 13)),
    (K.VILLAGER_GROUP, 3, datetime.date(2026, 3, 13)),
    (K.OWNERS_COMMITTEE, 7, datetime.date(2026, 3, 17)),
    (K.TWO_COMMITTEES, 1, datetime.date(2026, 3, 11)),
    (K.STUDY, 1, datetime.date(2026, 3, 11)),
]


def planned(kind, day, **known):
    base = KINDS[kind].base
    given = {
        "starts_at": at(day),
        "starts_on": day,
        "venue_given": True,
        "agenda_items": 1,
        "sides": 3,
        "presence": Presence(expected=30),
    }
    return Facts(today=MONDAY, now=at(MONDAY, 10), kind=kind, base=base, values=DEFAULTS, **{**given, **known})


@pytest.mark.parametrize(("kind", "days", "earliest"), EARLIEST)
def test_the_notice_runs_its_clear_days(kind, days, earliest):
    assert notice_days(DEFAULTS, kind) == days
    assert unmet(Step.NOTIFY, planned(kind, earliest)) == []
    early = unmet(Step.NOTIFY, planned(kind, earliest - datetime.timedelta(days=1)))
    assert [check.refusal.code for check in early] == ["meeting_notice_too_short"]


def test_every_kind_has_its_days_and_its_share():
    kinds = {kind for kind, _days, _day in EARLIEST} | {K.PARTY}
    assert kinds == set(KINDS)
    assert {kind for kind in KINDS if KINDS[kind].decides} == {
        kind for kind in KINDS if majority_share(DEFAULTS, kind) and kind != K.PARTY
    }


def test_clear_days_that_end_on_leave_end_after_it():
    # Three days from Thursday 2 April end on Sunday 5 April, in the Qingming leave up to Monday 6 April.
    thursday = datetime.date(2026, 4, 2)
    facts = Facts(today=thursday, now=at(thursday), kind=K.JOINT, base=Base.SIDES, values=DEFAULTS)
    assert facts.earliest_day == datetime.date(2026, 4, 8)


# What is taken away from a complete plan, and the one thing then asked for.
MISSING = [
    (K.JOINT, {"venue_given": False}, "meeting_venue_missing"),
    (K.JOINT, {"agenda_items": 0}, "meeting_agenda_missing"),
    (K.JOINT, {"sides": 1}, "meeting_sides_missing"),
    (K.RESIDENTS, {"presence": Presence()}, "meeting_expected_missing"),
    (K.OWNERS_COMMITTEE, {"presence": Presence(expected=0)}, "meeting_members_missing"),
    (K.PARTY, {}, "meeting_party_not_here"),
]


@pytest.mark.parametrize(("kind", "taken", "code"), MISSING)
def test_the_notice_is_complete_or_does_not_go_out(kind, taken, code):
    facts = planned(kind, datetime.date(2026, 3, 30), **taken)
    assert [check.refusal.code for check in unmet(Step.NOTIFY, facts)] == [code]


def opening(kind, present, *, adjourned=False, in_room=None, hour=14):
    presence = Presence(expected=3, present=present, in_room=present if in_room is None else in_room)
    return Facts(
        today=MONDAY,
        now=at(MONDAY, hour),
        kind=kind,
        base=KINDS[kind].base,
        values=DEFAULTS,
        starts_at=at(MONDAY),
        starts_on=MONDAY,
        presence=presence,
        was_adjourned=adjourned,
    )


def test_a_joint_meeting_without_all_sides_is_adjourned_once_then_held_with_the_absence_noted():
    with pytest.raises(RuleViolation) as refused:
        require_step(State.NOTICED, Step.OPEN, opening(K.JOINT, 2))
    assert refused.value.refusal.code == "meeting_no_quorum"
    assert require_step(State.ADJOURNED, Step.OPEN, opening(K.JOINT, 2, adjourned=True)) == State.OPEN
    with pytest.raises(RuleViolation) as refused:
        require_step(State.ADJOURNED, Step.OPEN, opening(K.JOINT, 0, adjourned=True))
    assert refused.value.refusal.code == "meeting_no_quorum"
    with pytest.raises(RuleViolation) as refused:
        next_state(State.ADJOURNED, Step.ADJOURN)
    assert refused.value.refusal.code == "meeting_adjourned_once"


def test_where_the_law_asks_for_a_quorum_a_second_date_does_not_replace_it():
    for kind in (K.RESIDENTS, K.VILLAGERS, K.VILLAGER_REPS, K.OWNERS_COMMITTEE):
        with pytest.raises(RuleViolation):
            require_step(State.ADJOURNED, Step.OPEN, opening(kind, 1, adjourned=True))


def test_nobody_opens_before_the_hour():
    with pytest.raises(RuleViolation) as refused:
        require_step(State.NOTICED, Step.OPEN, opening(K.JOINT, 3, hour=13))
    assert [refusal.code for refusal in refused.value.refusals] == ["meeting_not_yet"]


def test_it_is_not_adjourned_for_want_of_people_who_are_there():
    wednesday = MONDAY + datetime.timedelta(days=2)
    facts = replace(opening(K.JOINT, 3), new_starts_at=at(wednesday), new_starts_on=wednesday)
    assert [check.refusal.code for check in unmet(Step.ADJOURN, facts)] == ["meeting_has_quorum"]


@pytest.mark.parametrize(("state", "step"), [(s, e) for s in State for e in Step if (s, e) not in COURSE])
def test_every_other_step_is_refused(state, step):
    with pytest.raises(RuleViolation):
        next_state(state, step)


def test_no_step_leaves_an_end():
    assert {state for state, _step in COURSE} & ENDS == set()


SHARES = [
    (">1/2", 100, 51, "过半数"),
    (">=1/2", 100, 50, "半数以上"),
    (">1/2", 101, 51, "过半数"),
    (">=2/3", 100, 67, "三分之二以上"),
    (">=4/5", 40, 32, "五分之四以上"),
    (">=1/1", 3, 3, "全部"),
]


@pytest.mark.parametrize(("text", "whole", "least", "words"), SHARES)
def test_a_share_is_reached_by_its_least_number_and_not_by_one_less(text, whole, least, words):
    wanted = share(text)
    assert wanted.least(whole) == least
    assert wanted.words == words
    assert wanted.is_reached(least, whole)
    assert not wanted.is_reached(least - 1, whole)


@pytest.mark.parametrize("text", ["1/2", ">3/2", ">1/0", "> 1/2", ">=", "66%"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match="no share"):
        share(text)


def test_a_place_may_ask_for_more_and_a_slip_in_its_rules_leaves_the_default():
    stricter = {"meetings.majority_owners_committee": ">2/3", "meetings.notice_joint": 5}
    presence = Presence(expected=9, present=9, in_room=9)
    assert not is_carried(K.OWNERS_COMMITTEE, Base.MEMBERS, stricter, presence, 6)
    assert is_carried(K.OWNERS_COMMITTEE, Base.MEMBERS, stricter, presence, 7)
    assert notice_days(stricter, K.JOINT) == 5
    slip = {"meetings.majority_owners_committee": "most", "meetings.notice_joint": "five"}
    assert is_carried(K.OWNERS_COMMITTEE, Base.MEMBERS, slip, presence, 5)
    assert notice_days(slip, K.JOINT) == 3


# Who calls what, by the kind's table.
CALLERS = [
    (
        "committee_chair",
        "residents_committee",
        "consultation joint hearing residents resident_reps two_committees study",
    ),
    (
        "committee_member",
        "villagers_committee",
        "consultation joint hearing villagers villager_reps villager_group two_committees study",
    ),
    ("party_secretary", "party_org", "consultation joint hearing two_committees party study"),
    ("owners_chair", "homeowners_committee", "owners_committee"),
    ("owners_member", "property_management_committee", "owners_committee"),
    ("street_officer", "street_office", "consultation joint hearing"),
    ("property_manager", "property_company", ""),
    ("grid_worker", "residents_committee", ""),
    ("supervisor", "supervision_committee", ""),
]


@pytest.mark.parametrize(("role", "body", "kinds"), CALLERS)
def test_who_may_call_what(role, body, kinds):
    expected = kinds.split()
    villages = {"villagers", "villager_reps", "villager_group"}
    found = [str(kind) for kind in kinds_of(role, BodyKind(body))]
    assert sorted(found) == sorted(expected)
    assert villages.isdisjoint(found) or body == "villagers_committee"
