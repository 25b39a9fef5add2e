"""Who may take which step of a topic, as a table that a lawyer can read."""

import pytest
from rules.permissions import permissions

from xieshang.lib.actor import NOBODY, SYSTEM, Actor
from xieshang.lib.permits import has_perm
from xieshang.topics.models import Topic
from xieshang.topics.rules import State, Step

# One topic, raised by 王阿姨, handed to the property company, to be convened by the owners' committee.
# author: withdraw, mend, appeal, edit · neighbours: support, confirm_solved · committee: admit, accept, dispatch,
# announce, form_opinion, open_poll, draft_notice, plan, publish_feedback, archive, suspend
GROUPS = {
    "author": ["submit", "withdraw", "mend", "appeal", "edit"],
    "neighbour": ["support"],
    "solved": ["confirm_solved", "report_unsolved"],
    "committee": [
        "reject_content",
        "uphold_appeal",
        "dismiss_appeal",
        "accept",
        "dispatch",
        "redirect",
        "return_to_author",
        "merge",
        "announce",
        "form_opinion",
        "revise_opinion",
        "reopen_discussion",
        "open_poll",
        "escalate",
        "send_back",
        "hand_to_owners",
        "publish_feedback",
        "not_solved",
        "redo_opinion",
        "suspend",
        "resume",
        "draft_notice",
        "record_session",
        "plan",
        "set_items",
        "explain",
        "agree_withdrawal",
        "report",
        "raise_from_thread",
    ],
    "lead": ["close_corrected", "entrust", "widen"],
    "hours": ["admit", "open_discussion", "evaluate", "archive", "sustain_objection", "record_decision"],
    "parties": ["confirm_opinion"],
    "handled": ["report_handled"],
    "answered": ["answer_redirect", "refuse_redirect"],
    "study": ["agree", "party_return"],
    "secretary": ["publish_notice", "adopt", "return_draft"],
    "street": ["correct", "extend"],
    "owners": ["owners_passed", "owners_failed", "record_owners"],
    "time": ["expire", "take_as_solved", "record_no_answer", "close_poll", "close_unconvened", "start_implementing"],
    "desk": ["work"],
    "raise": ["raise"],
}
# author neighbour solved committee lead hours parties handled answered study secretary street owners time desk raise
MATRIX = """
wang_ayi     yes yes yes no  no  no  no  no  no  no  no  no  no  no  no  yes
zhou_dashu   no  yes yes no  no  no  no  no  no  no  no  no  no  no  no  yes
chen_yezhu   no  yes yes no  no  no  no  no  no  no  no  no  no  no  no  yes
minor        no  yes yes no  no  no  no  no  no  no  no  no  no  no  no  yes
wairen       no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  yes
zhang_zhuren no  no  no  yes yes yes yes yes yes no  no  no  yes no  yes yes
sun_weiyuan  no  no  no  yes yes yes yes yes yes no  no  no  yes no  yes yes
wu_wangge    no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  yes
li_shuji     no  no  no  no  no  no  no  no  no  yes yes no  no  no  yes yes
above_shuji  no  no  no  no  no  no  no  no  no  yes no  no  no  no  no  yes
he_zhuren    no  no  no  no  no  no  no  no  no  no  no  no  yes no  yes yes
zhao_jingli  no  no  no  no  no  no  yes yes yes no  no  no  no  no  yes yes
liu_street   no  no  no  no  yes no  no  no  no  no  no  yes no  no  yes yes
other_zhuren no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  yes
nobody       no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no
time         no  no  no  no  no  yes no  no  yes no  no  no  yes yes no  no
"""
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def above_shuji(bodies, make_person, appoint):
    """The secretary of the street's Party working committee."""
    from xieshang.community.rules import Role

    return appoint(make_person("街道书记"), bodies.street_party, Role.PARTY_SECRETARY)


@pytest.fixture
def everybody(request):
    return {row[0]: {"nobody": NOBODY, "time": SYSTEM}.get(row[0]) or request.getfixturevalue(row[0]) for row in ROWS}


@pytest.fixture
def topic(walk, bodies):
    topic = walk(State.SCREENING)
    topic.receiver, topic.convener = bodies.property, bodies.owners
    topic.parties.create(body=bodies.property, name="物业")
    return topic


def test_the_matrix_holds(everybody, topic):
    for name, *expected in ROWS:
        actor = everybody[name]
        for (group, verbs), wanted in zip(GROUPS.items(), expected, strict=True):
            found = {verb for verb in verbs if has_perm(f"topics.{verb}", actor, topic)}
            assert found == (set(verbs) if wanted == "yes" else set()), f"{name} {group}"


def test_every_permission_stands_in_the_matrix():
    known = {name.removeprefix("topics.") for name in permissions if name.startswith("topics.")}
    assert sorted(verb for verbs in GROUPS.values() for verb in verbs) == sorted(known)
    assert known >= set(Step)


def test_what_one_may_not_see_is_as_if_absent(everybody, walk, wang_ayi):
    hidden = walk(State.SUBMITTED)
    seen = {name for name, actor in everybody.items() if Topic.objects.visible_to(actor).filter(pk=hidden.pk).exists()}
    assert seen == {
        "wang_ayi",
        "zhang_zhuren",
        "sun_weiyuan",
        "li_shuji",
        "above_shuji",
        "liu_street",
        "time",
    }


def test_an_office_is_judged_alone(topic, zhang_zhuren):
    assert has_perm("topics.accept", zhang_zhuren, topic)
    assert not has_perm("topics.accept", Actor(zhang_zhuren.person), topic)
