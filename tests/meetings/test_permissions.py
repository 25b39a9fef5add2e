"""Who may do what with a meeting, as a table that a lawyer can read."""

import pytest
from rules.permissions import permissions

from xieshang.lib.actor import NOBODY, SYSTEM, Actor
from xieshang.lib.permits import has_perm
from xieshang.meetings.permissions import Calling
from xieshang.meetings.rules import MeetingKind

# A three-side meeting that the residents' committee called. plan: what its caller does before and around it.
# call_off: the caller, and what follows from a step taken elsewhere.
GROUPS = {
    "plan": ["revise", "notify", "postpone", "enter"],
    "call_off": ["cancel"],
    "hold": ["open", "adjourn", "close", "keep"],
    "sign_in": ["sign_in"],
}
# call: which kinds each may call in the estate (c consultation, j joint, h hearing, r residents, p reps, o owners'
# committee, t two committees, y Party, s study).
MATRIX = """
wang_ayi      no   no   no   yes  -
minor         no   no   no   yes  -
wairen        no   no   no   yes  -
zhang_zhuren  yes  yes  yes  yes  cjhrpts
sun_weiyuan   yes  yes  yes  yes  cjhrpts
wu_wangge     no   no   no   yes  -
li_shuji      no   no   no   yes  cjhtys
he_zhuren     no   no   no   yes  o
zhao_jingli   no   no   no   yes  -
liu_street    no   no   no   yes  cjh
other_zhuren  no   no   no   yes  -
nobody        no   no   no   no   -
time          no   yes  no   no   -
"""
LETTERS = {
    "c": "consultation",
    "j": "joint",
    "h": "hearing",
    "r": "residents",
    "p": "resident_reps",
    "o": "owners_committee",
    "t": "two_committees",
    "y": "party",
    "s": "study",
}
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def everybody(request):
    return {row[0]: {"nobody": NOBODY, "time": SYSTEM}.get(row[0]) or request.getfixturevalue(row[0]) for row in ROWS}


def test_the_matrix_holds(everybody, called):
    meeting = called()
    for name, *expected, _kinds in ROWS:
        for (group, verbs), wanted in zip(GROUPS.items(), expected, strict=True):
            found = {verb for verb in verbs if has_perm(f"meetings.{verb}", everybody[name], meeting)}
            assert found == (set(verbs) if wanted == "yes" else set()), f"{name} {group}"


def test_each_kind_is_called_by_those_its_table_names(everybody, places):
    for name, *_rest, letters in ROWS:
        actor = everybody[name]
        body = actor.office.body if actor.office and actor is not SYSTEM else None
        found = {
            kind.value
            for kind in MeetingKind
            if body is not None and has_perm("meetings.call", actor, Calling(kind, body, places.compound.path))
        }
        assert found == {LETTERS[letter] for letter in letters if letter != "-"}, name


def test_nobody_calls_in_another_body_s_name(zhang_zhuren, bodies, places):
    assert has_perm("meetings.call", zhang_zhuren, Calling(MeetingKind.JOINT, bodies.committee, places.compound.path))
    assert not has_perm("meetings.call", zhang_zhuren, Calling(MeetingKind.JOINT, bodies.party, places.compound.path))
    elsewhere = Calling(MeetingKind.JOINT, bodies.committee, places.other_community.path)
    assert not has_perm("meetings.call", zhang_zhuren, elsewhere)


def test_every_permission_stands_in_the_matrix():
    known = {name.removeprefix("meetings.") for name in permissions if name.startswith("meetings.")}
    ours = {verb for verbs in GROUPS.values() for verb in verbs} | {"call"}
    assert ours <= known


def test_whoever_presides_holds_the_meeting_but_does_not_plan_it(called, li_shuji):
    meeting = called()
    assert not has_perm("meetings.keep", li_shuji, meeting)
    meeting.chair_id = li_shuji.office.id
    assert has_perm("meetings.keep", li_shuji, meeting)
    assert not has_perm("meetings.cancel", li_shuji, meeting)


def test_an_office_is_judged_alone(called, zhang_zhuren):
    meeting = called()
    assert has_perm("meetings.keep", zhang_zhuren, meeting)
    assert not has_perm("meetings.keep", Actor(zhang_zhuren.person), meeting)
