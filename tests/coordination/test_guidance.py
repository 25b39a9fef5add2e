"""Opinions through their verbs: asked, given, answered or not, and what they never touch."""

import ast
import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.http import Http404
from django.urls import reverse

from tests.voting.test_deciding import refused
from xieshang.audit.models import Entry
from xieshang.community.models import Deputy, Office
from xieshang.community.queries import acting_in
from xieshang.community.rules import Role
from xieshang.coordination.models import Guidance
from xieshang.coordination.rules.guidance import Addressee, Occasion, Step
from xieshang.coordination.services import guidance as services
from xieshang.coordination.views import guidance as views
from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.workdays import add_workdays
from xieshang.matters.models import Matter
from xieshang.matters.queries import linked
from xieshang.notify.models import Message
from xieshang.voting.rules.deciding import State as Decided
from xieshang.voting.services import deciding
from xieshang.voting.services.deciding import Draft

pytestmark = pytest.mark.django_db
WORDS = {"text": "先公布近两年收支，再由业主表决。", "basis": "物业管理条例第二十条"}


def in_days(number):
    return clock.today() + datetime.timedelta(days=number)


def test_what_is_asked_has_a_number_a_day_and_reaches_the_party_organisation(li_shuji, luo_shuji, asked):
    assert asked.matter.number.startswith("指-和顺-")
    assert (asked.state, asked.give_by) == ("asked", add_workdays(clock.today(), 5))
    told = set(Message.objects.values_list("person_id", flat=True))
    assert told == {li_shuji.person_id}


def test_what_is_given_can_be_answered_by_the_body_named_and_nobody_else(given, he_zhuren, zhao_jingli, zhang_zhuren):
    with pytest.raises(NotAllowed):
        services.answer_guidance(zhang_zhuren, given.pk, text="知道了")
    with pytest.raises(Http404):
        services.answer_guidance(zhao_jingli, given.pk, text="知道了")
    assert refused(services.answer_guidance, he_zhuren, given.pk, text=" ") == ["guidance_answer_empty"]
    done = services.answer_guidance(he_zhuren, given.pk, text="12月10日前公布收支，1月起草表决。")
    assert (done.state, done.due_on, done.answered_in_id) == ("answered", None, he_zhuren.office.id)
    assert refused(services.answer_guidance, he_zhuren, given.pk, text="再答一次") == ["guidance_not_now"]


def test_an_opinion_without_basis_or_day_is_sent_back_whole(asked, li_shuji):
    codes = refused(services.give_guidance, li_shuji, asked.pk, text="意见", basis=" ", answer_due=in_days(0))
    assert codes == ["guidance_basis_empty", "guidance_due_missing"]
    assert Guidance.objects.get().state == "asked"


def test_an_opinion_nobody_asked_for_goes_to_the_company(li_shuji, zhao_jingli, subject, bodies, he_zhuren):
    about = subject(addressee=Addressee.COMPANY, body_id=bodies.property.pk, occasion=Occasion.COMPLAINT)
    made = services.offer_guidance(li_shuji, about, answer_due=in_days(7), **WORDS)
    assert made.state == "given"
    assert services.answer_guidance(zhao_jingli, made.pk, text="本周内更换。").state == "answered"
    wrong = subject(addressee=Addressee.COMPANY)
    assert refused(services.offer_guidance, li_shuji, wrong, answer_due=in_days(7), **WORDS) == ["guidance_wrong_body"]
    with pytest.raises(NotAllowed):
        services.offer_guidance(he_zhuren, about, answer_due=in_days(7), **WORDS)
    assert Guidance.objects.count() == 1


def test_asking_may_be_taken_back_and_giving_withdrawn_with_a_reason(asked, he_zhuren, li_shuji, subject):
    assert refused(services.take_back_guidance, he_zhuren, asked.pk, reason="") == ["guidance_reason_empty"]
    assert services.take_back_guidance(he_zhuren, asked.pk, reason="已经商量好了").matter.is_open is False
    other = services.offer_guidance(li_shuji, subject(), answer_due=in_days(7), **WORDS)
    assert services.withdraw_guidance(li_shuji, other.pk, reason="写错了依据").state == "withdrawn"
    reasons = Entry.objects.filter(verb__startswith="coordination.").exclude(reason="")
    assert list(reasons.values_list("reason", flat=True)) == ["已经商量好了", "写错了依据"]


def test_silence_is_told_once_on_either_side_and_stops_nobody(asked, li_shuji, he_zhuren, later):
    assert services.due(clock.now()) == 0
    later(15)
    assert [services.due(clock.now()) for _again in range(2)] == [1, 0]
    assert Message.objects.filter(person_id=he_zhuren.person_id, body__contains="不影响").exists()
    services.give_guidance(li_shuji, asked.pk, answer_due=in_days(5), **WORDS)
    later(5)
    assert services.due(clock.now()) == 0
    later(1)
    assert [services.due(clock.now()) for _again in range(2)] == [1, 0]
    assert Guidance.objects.get().state == "given"
    assert services.answer_guidance(he_zhuren, asked.pk, text="晚了两天，已办。").state == "answered"


def test_what_it_is_about_is_tied_to_it(he_zhuren, subject, zhang_zhuren, owners_vote):
    about = owners_vote(state=Decided.VOTING).decision.vote.matter
    made = services.ask_guidance(he_zhuren, subject(about=about), request="怎么办？")
    assert [matter.pk for _kind, matter in linked(zhang_zhuren, made.matter)] == [about.pk]


def voting_rows():
    """Every row of every table of voting, as the database holds it."""
    found = {}
    for model in apps.get_app_config("voting").get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')
            found[model.__name__] = cursor.fetchall()
    return found


@pytest.mark.parametrize("state", [Decided.PROPOSED, Decided.NOTICE, Decided.VOTING, Decided.COUNTING])
def test_no_verb_of_guidance_alters_a_vote_a_tally_or_a_roll(owners_vote, state, li_shuji, he_zhuren, subject, later):
    made = owners_vote(state=state)
    before = voting_rows()
    assert before["Decision"]
    assert before["Right"]
    about = made.decision.vote.matter
    matter = Matter.objects.filter(pk=about.pk).values().get()
    asked = services.ask_guidance(he_zhuren, subject(about=about), request="请指导")
    services.give_guidance(li_shuji, asked.pk, answer_due=in_days(3), shown_to_residents=True, **WORDS)
    services.answer_guidance(he_zhuren, asked.pk, text="照办")
    second = services.ask_guidance(he_zhuren, subject(about=about), request="请指导")
    services.take_back_guidance(he_zhuren, second.pk, reason="不用了")
    third = services.offer_guidance(li_shuji, subject(about=about), answer_due=in_days(3), **WORDS)
    later(9)
    services.due(clock.now())
    services.withdraw_guidance(li_shuji, third.pk, reason="收回")
    assert voting_rows() == before
    assert Matter.objects.filter(pk=about.pk).values().get() == matter
    taken = Entry.objects.filter(verb__endswith="_guidance").values_list("verb", flat=True)
    assert {f"coordination.{step}_guidance" for step in Step} <= set(taken)


def test_every_door_of_guidance_leads_to_a_verb_of_its_own():
    """The pages can call nothing but these, and these are what the test above goes through."""
    assert {act.verb.__name__.removesuffix("_guidance") for act in views.ACTS.values()} == set(Step)


def test_a_vote_drafted_from_an_opinion_and_the_opinion_show_each_other(given, he_zhuren, li_shuji, estate, browser_of):
    area = estate().area
    page = browser_of(he_zhuren).get(given.get_absolute_url()).content.decode()
    address = f"{reverse('voting:draft_decision', args=[area.pk])}?about={given.matter_id}"
    assert address in page
    day = in_days(60)
    draft = Draft(["renew_company"], "续聘安居物业三年", "收费不变。", opens_on=day, closes_on=in_days(80))
    vote = deciding.draft_decision(he_zhuren, area.pk, replace(draft, about=given.matter)).vote
    page = browser_of(he_zhuren).get(given.get_absolute_url()).content.decode()
    assert vote.get_absolute_url() in page
    assert address not in page
    for actor in (he_zhuren, li_shuji):
        shown = browser_of(actor).get(vote.decision.get_absolute_url()).content.decode()
        assert given.get_absolute_url() in shown


def test_a_deputy_hears_what_the_holder_hears(li_shuji, asked, bodies, appoint, make_person, later):
    assert Message.objects.filter(person_id=li_shuji.person_id).exists()
    deputy = appoint(make_person("副书记", real_name="副书记"), bodies.party, Role.PARTY_MEMBER)
    held = Office.objects.get(pk=li_shuji.office.id)
    days = {"starts": in_days(0), "ends": in_days(3), "named_at": clock.now()}
    Deputy.objects.create(office=held, person=deputy.person, reason="住院", named_by=li_shuji.person, **days)
    offices = Office.objects.filter(pk=held.pk)
    assert acting_in(offices) == {li_shuji.person_id, deputy.person_id}
    later(4)
    assert acting_in(offices) == {li_shuji.person_id}


def test_no_room_of_coordination_that_guides_reaches_for_a_verb_of_voting():
    """What it imports of voting is read only: models and queries in its reads, nothing in its writes."""
    root = Path(services.__file__).parents[1]
    files = [root / room / f"{noun}.py" for room in ("services", "views", "forms") for noun in ("guidance",)]
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert [module for module in modules if "voting" in module] == [], path
