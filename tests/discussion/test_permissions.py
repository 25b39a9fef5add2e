"""Who may what: rows are the cast, columns the verbs; read it as a table."""

import pytest
from rules.permissions import permissions

from xieshang.discussion import services
from xieshang.discussion.models import Post
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.permits import has_perm

CAST = (
    "nobody wang_ayi zhou_dashu chen_yezhu minor wairen zhang_zhuren sun_weiyuan li_shuji he_zhuren zhao_jingli "
    "wu_wangge liu_street other_zhuren"
).split()
# The post is 周大叔's, in the stairwell's discussion.
MAY = {
    "read": "wang_ayi zhou_dashu chen_yezhu minor zhang_zhuren sun_weiyuan li_shuji he_zhuren zhao_jingli "
    "wu_wangge liu_street",
    "say": "wang_ayi zhou_dashu chen_yezhu minor zhang_zhuren sun_weiyuan li_shuji he_zhuren zhao_jingli "
    "wu_wangge liu_street",
    "thank": "wang_ayi zhou_dashu chen_yezhu minor zhang_zhuren sun_weiyuan li_shuji he_zhuren zhao_jingli "
    "wu_wangge liu_street",
    "report": "wang_ayi zhou_dashu chen_yezhu minor zhang_zhuren sun_weiyuan li_shuji he_zhuren zhao_jingli "
    "wu_wangge liu_street",
    "edit": "zhou_dashu",
    "withdraw": "zhou_dashu",
    "appeal": "zhou_dashu",
    "review": "zhang_zhuren sun_weiyuan li_shuji",
    "set_circle": "zhang_zhuren sun_weiyuan li_shuji",
}


@pytest.fixture
def actors(request):
    """The whole cast."""
    return {name: NOBODY if name == "nobody" else request.getfixturevalue(name) for name in CAST}


@pytest.mark.parametrize("verb", MAY)
def test_the_table_of_verbs(verb, actors, thread, tell):
    post = Post.objects.select_related("thread__matter__place").get(pk=tell(actors["zhou_dashu"]).pk)
    thing = thread if verb == "set_circle" else post
    assert [name for name in CAST if has_perm(f"discussion.{verb}", actors[name], thing)] == MAY[verb].split()


def test_every_permission_stands_in_the_table_or_below():
    known = {name.removeprefix("discussion.") for name in permissions if name.startswith("discussion.")}
    assert known == {*MAY, "decide_appeal"}


def test_an_appeal_is_decided_by_another_human_being(actors, thread, tell):
    post = tell(actors["zhou_dashu"])
    services.hide(actors["sun_weiyuan"], post.pk, rule="off_topic", reason="说的不是这件事。")
    appeal = services.appeal(actors["zhou_dashu"], post.pk, grounds="说的就是这件事。")
    may = [name for name in CAST if has_perm("discussion.decide_appeal", actors[name], appeal)]
    assert may == ["zhang_zhuren", "li_shuji", "liu_street"]


def test_two_offices_of_one_person_are_one_human_being(actors, thread, tell, appoint, bodies):
    from xieshang.community.rules import Role

    post = tell(actors["zhou_dashu"])
    services.hide(actors["zhang_zhuren"], post.pk, rule="off_topic", reason="说的不是这件事。")
    appeal = services.appeal(actors["zhou_dashu"], post.pk, grounds="说的就是这件事。")
    as_secretary = appoint(actors["zhang_zhuren"].person, bodies.party, Role.PARTY_SECRETARY)
    assert has_perm("discussion.decide_appeal", actors["li_shuji"], appeal)
    assert not has_perm("discussion.decide_appeal", as_secretary, appeal)


def test_nobody_rules_on_what_their_own_body_said(actors, thread, tell):
    post = tell(actors["zhang_zhuren"], "居委会答复：已联系厂家。", "")
    judges = [name for name in CAST if has_perm("discussion.review", actors[name], post)]
    assert judges == ["li_shuji"]


def test_nobody_rules_on_what_they_typed_in_for_a_neighbour(actors, thread, tell):
    assisted = Actor(actors["zhou_dashu"].person, helper=actors["sun_weiyuan"], consent="spoken")
    post = tell(assisted)
    assert not has_perm("discussion.review", actors["sun_weiyuan"], post)
    assert has_perm("discussion.review", actors["zhang_zhuren"], post)


def test_a_narrow_circle_lets_only_the_scope_speak(actors, open_talk, places, make_person, move_in):
    thread = open_talk(speakers="scope")
    neighbour = make_person("老孙")
    move_in(neighbour, places.units[-1])
    assert has_perm("discussion.read", Actor(neighbour), thread)
    assert not has_perm("discussion.say", Actor(neighbour), thread)
    assert has_perm("discussion.say", actors["wang_ayi"], thread)


def test_a_wide_circle_lets_everybody_read_and_only_neighbours_speak(actors, open_talk):
    thread = open_talk(readers="public")
    assert [name for name in CAST if has_perm("discussion.read", actors[name], thread)] == CAST
    assert not has_perm("discussion.say", actors["wairen"], thread)


def test_an_asked_but_not_confirmed_home_opens_nothing(actors, thread, places, make_person):
    from xieshang.community.models import Residence
    from xieshang.lib.clock import now

    person, unit = make_person("新邻居"), places.units[0]
    Residence.objects.create(
        person=person, unit=unit, community=unit.community, kind="tenant", state="asked", asked_at=now()
    )
    assert not has_perm("discussion.read", Actor(person), thread)
