"""Standing in for somebody in office: for how long, by whom, under whose name, and what ends it."""

import datetime
from dataclasses import replace

import pytest
from django.http import Http404

from xieshang.audit.models import Entry
from xieshang.community import services
from xieshang.community.models import Deputy, Office
from xieshang.community.queries import actor_for, offices_of
from xieshang.community.rules import Role
from xieshang.community.rules.terms import Standing, deputy_faults, may_stand_in
from xieshang.lib import clock
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message

TODAY = datetime.date(2026, 11, 26)
ASKED = Standing(
    starts=TODAY,
    ends=TODAY + datetime.timedelta(days=89),
    office_ends=TODAY + datetime.timedelta(days=89),
    role=Role.COMMITTEE_CHAIR,
    deputy_roles=frozenset({Role.COMMITTEE_MEMBER}),
    is_holder=False,
    reason="住院",
)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"ends": TODAY}, []),
        ({"ends": TODAY + datetime.timedelta(days=90), "office_ends": None}, ["deputy_too_long"]),
        ({"office_ends": TODAY + datetime.timedelta(days=88)}, ["deputy_beyond_term"]),
        ({"starts": TODAY - datetime.timedelta(days=1), "ends": TODAY}, ["deputy_in_the_past"]),
        ({"starts": TODAY + datetime.timedelta(days=2), "ends": TODAY}, ["ends_before_start"]),
        ({"is_holder": True}, ["deputy_is_the_holder"]),
        ({"deputy_roles": frozenset({Role.GRID_WORKER})}, ["deputy_not_of_the_body"]),
        ({"deputy_roles": frozenset()}, ["deputy_not_of_the_body"]),
        ({"reason": " "}, ["deputy_without_reason"]),
    ],
)
def test_a_deputyship_has_days_a_colleague_and_a_reason(change, codes):
    assert [fault.code for fault in deputy_faults(replace(ASKED, **change), TODAY)] == codes


CIRCLES = """
party_secretary  party_member party_secretary
committee_member committee_chair committee_member
grid_worker      committee_chair committee_member grid_worker
owners_chair     owners_chair owners_member
property_staff   property_manager property_staff
street_officer   street_officer
supervisor       supervisor
"""


def test_only_the_same_circle_of_a_body_stands_in_and_nobody_from_below():
    for line in CIRCLES.strip().splitlines():
        role, *circle = line.split()
        assert sorted(may_stand_in(Role(role))) == circle


def in_days(number):
    return clock.today() + datetime.timedelta(days=number)


def name(actor, office, person, *, starts=0, ends=5, reason="住院"):
    return services.name_deputy(
        actor, office.id, person_id=person.id, starts=in_days(starts), ends=in_days(ends), reason=reason
    )


def codes(act, *args, **given):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **given)
    return [one.code for one in caught.value.refusals]


pytestmark = pytest.mark.django_db


def as_deputy(deputy_of, person):
    return actor_for(person, deputy_of.id)


def test_a_deputy_acts_in_the_office_under_their_own_name_for_these_days_only(zhang_zhuren, sun_weiyuan, later):
    office = zhang_zhuren.office
    name(zhang_zhuren, office, sun_weiyuan.person, starts=1, ends=3)
    assert as_deputy(office, sun_weiyuan.person).office is None
    for _day in range(3):
        later(1)
        acting = as_deputy(office, sun_weiyuan.person)
        assert (acting.person_id, acting.role) == (sun_weiyuan.person_id, "committee_chair")
        assert str(acting.office.title) == "和顺社区居委会主任（代理）"
    later(1)
    assert as_deputy(office, sun_weiyuan.person).office is None
    assert [one.pk for one in offices_of(sun_weiyuan.person_id)] == [sun_weiyuan.office.id]


def test_the_record_holds_the_deputys_name_and_that_it_was_a_deputy(zhang_zhuren, sun_weiyuan, places):
    name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person)
    acting = as_deputy(zhang_zhuren.office, sun_weiyuan.person)
    services.register_resident(acting, places.units[0].pk, name="新邻居", phone="")
    entry = Entry.objects.get(verb="community.register_resident")
    assert (entry.person_id, entry.office_id) == (sun_weiyuan.person_id, zhang_zhuren.office.id)
    assert entry.office_title == "和顺社区居委会主任（代理）"
    assert Entry.objects.filter(verb="community.name_deputy", person_id=zhang_zhuren.person_id).count() == 1
    assert set(Message.objects.values_list("person_id", flat=True)) == {zhang_zhuren.person_id, sun_weiyuan.person_id}


def test_powers_end_with_the_deputys_own_office(zhang_zhuren, sun_weiyuan):
    name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person)
    Office.objects.filter(pk=sun_weiyuan.office.id).update(ends=in_days(-1))
    assert as_deputy(zhang_zhuren.office, sun_weiyuan.person).office is None


def test_powers_end_with_the_office_stood_in_for(zhang_zhuren, sun_weiyuan):
    name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person)
    Office.objects.filter(pk=zhang_zhuren.office.id).update(ends=in_days(-1))
    assert as_deputy(zhang_zhuren.office, sun_weiyuan.person).office is None


def test_two_do_not_stand_in_at_once_and_a_deputy_names_nobody(zhang_zhuren, sun_weiyuan, make_person, appoint, bodies):
    third = appoint(make_person("唐委员"), bodies.committee, Role.COMMITTEE_MEMBER)
    name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person, ends=5)
    assert codes(name, zhang_zhuren, zhang_zhuren.office, third.person, starts=5, ends=9) == ["deputy_twice"]
    name(zhang_zhuren, zhang_zhuren.office, third.person, starts=6, ends=9)
    acting = as_deputy(zhang_zhuren.office, sun_weiyuan.person)
    assert codes(name, acting, zhang_zhuren.office, third.person, starts=20, ends=22) == ["deputy_of_a_deputy"]


def test_a_colleague_of_another_body_or_from_below_is_refused(zhang_zhuren, li_shuji, wu_wangge):
    for stranger in (li_shuji, wu_wangge):
        assert codes(name, zhang_zhuren, zhang_zhuren.office, stranger.person) == ["deputy_not_of_the_body"]
    assert Deputy.objects.count() == 0


WHO = "zhang_zhuren sun_weiyuan wu_wangge li_shuji he_zhuren zhao_jingli liu_street other_zhuren wang_ayi wairen"


def test_only_the_holder_and_those_above_say_who_stands_in(request, zhang_zhuren):
    office = Office.objects.select_related("body__place").get(pk=zhang_zhuren.office.id)
    may = [who for who in WHO.split() if has_perm("community.name_deputy", request.getfixturevalue(who), office)]
    assert may == ["zhang_zhuren", "liu_street"]


def test_others_are_refused_and_those_elsewhere_see_no_such_office(sun_weiyuan, zhang_zhuren, other_zhuren, liu_street):
    with pytest.raises(NotAllowed):
        name(sun_weiyuan, zhang_zhuren.office, sun_weiyuan.person)
    with pytest.raises(Http404):
        name(other_zhuren, zhang_zhuren.office, sun_weiyuan.person)
    assert name(liu_street, zhang_zhuren.office, sun_weiyuan.person).person_id == sun_weiyuan.person_id


def test_it_ends_early_with_yesterday_and_what_had_not_begun_is_gone(zhang_zhuren, sun_weiyuan, later):
    running = name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person, ends=9)
    later(2)
    assert services.end_deputy(zhang_zhuren, running.pk).ends == in_days(-1)
    assert as_deputy(zhang_zhuren.office, sun_weiyuan.person).office is None
    assert codes(services.end_deputy, zhang_zhuren, running.pk) == ["term_is_over"]
    coming = name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person, starts=3, ends=5)
    assert services.end_deputy(zhang_zhuren, coming.pk) is None
    assert Entry.objects.filter(verb="community.end_deputy").count() == 2


def test_drafter_and_deputy_are_two_human_beings_but_one_person_stays_one(zhang_zhuren, sun_weiyuan):
    """Acting in somebody else's office makes nobody a second person."""
    name(zhang_zhuren, zhang_zhuren.office, sun_weiyuan.person)
    acting = as_deputy(zhang_zhuren.office, sun_weiyuan.person)
    assert acting.hands == sun_weiyuan.hands != zhang_zhuren.hands
