"""Who may take which step of a topic, as a table that a lawyer can read."""

import pytest

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
        "record_decision",
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
    ],
    "handled": ["report_handled", "answer_redirect", "refuse_redirect"],
    "study": ["agree", "party_return"],
    "secretary": ["publish_notice", "adopt", "return_draft"],
    "street": ["correct", "extend"],
    "owners": ["owners_passed", "owners_failed"],
    "time": ["expire", "take_as_solved", "record_no_answer", "close_poll", "close_unconvened", "start_implementing"],
}
# who           author neighbour solved committee handled study secretary street owners time
MATRIX = """
wang_ayi        yes    yes       yes    no        no      no    no        no     no     no
zhou_dashu      no     yes       yes    no        no      no    no        no     no     no
chen_yezhu      no     yes       yes    no        no      no    no        no     no     no
minor           no     yes       yes    no        no      no    no        no     no     no
wairen          no     no        no     no        no      no    no        no     no     no
zhang_zhuren    no     no        no     yes       yes     no    no        no     yes    no
sun_weiyuan     no     no        no     yes       yes     no    no        no     yes    no
wu_wangge       no     no        no     no        no      no    no        no     no     no
li_shuji        no     no        no     no        no      yes   yes       no     no     no
above_shuji     no     no        no     no        no      yes   no        no     no     no
he_zhuren       no     no        no     no        no      no    no        no     yes    no
zhao_jingli     no     no        no     no        yes     no    no        no     no     no
liu_street      no     no        no     no        no      no    no        yes    no     no
other_zhuren    no     no        no     no        no      no    no        no     no     no
nobody          no     no        no     no        no      no    no        no     no     no
time            no     no        no     no        no      no    no        no     no     yes
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
    return topic


def test_the_matrix_holds(everybody, topic):
    for name, *expected in ROWS:
        actor = everybody[name]
        for (group, verbs), wanted in zip(GROUPS.items(), expected, strict=True):
            found = {verb for verb in verbs if has_perm(f"topics.{verb}", actor, topic)}
            assert found == (set(verbs) if wanted == "yes" else set()), f"{name} {group}"


def test_every_step_has_its_permission(topic):
    for step in Step:
        assert has_perm(f"topics.{step}", NOBODY, topic) is False


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
