"""Queries whose SQL is built once."""

import datetime

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from xieshang.accounts.models import Person
from xieshang.community.models import Body, Office
from xieshang.lib.often import Often, put, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return Person.objects.create(phone="+8617000000001"), Person.objects.create(phone="+8617000000002")


def test_each_set_of_values_gets_its_own_rows_in_one_query(two, django_assert_num_queries):
    first, second = two
    named = Often(lambda phone, but: Person.objects.filter(phone=phone).exclude(pk=but))
    assert named(first.phone, second.pk) == [first]
    with django_assert_num_queries(1):
        assert named(second.phone, first.pk) == [second]
    assert named(first.phone, first.pk) == []


def test_what_is_built_is_built_once_and_rows_are_read_anew(two):
    built = []

    def build(pk):
        built.append(pk)
        return Person.objects.filter(pk=pk)

    asked, first = Often(build), two[0]
    assert asked(first.pk)[0].nickname == ""
    Person.objects.filter(pk=first.pk).update(nickname="阿强")
    assert asked(first.pk)[0].nickname == "阿强"
    assert [row.pk for row in asked(two[1].pk)] == [two[1].pk]
    assert len(built) == 1


def test_conditions_inside_conditions_and_times_come_out_as_the_framework_gives_them(two):
    inside = Person.objects.filter(pk=OuterRef("pk"))
    plain = Person.objects.annotate(is_it=Exists(inside.filter(pk=two[1].pk))).order_by("pk")
    asked = Often(lambda pk: Person.objects.annotate(is_it=Exists(inside.filter(pk=pk))).order_by("pk"))
    seen = [(row.pk, row.is_it, row.joined_at, row.is_active) for row in asked(two[1].pk)]
    assert seen == [(row.pk, row.is_it, row.joined_at, row.is_active) for row in plain]
    assert [row.is_it for row in asked(two[0].pk)] == [True, False]


def test_new_rows_that_point_to_each_other_are_put_with_their_ids(places, django_assert_num_queries):
    body = Body(kind="residents_committee", name="某某居委会", short_name="某居委会", place=places.community)
    person = Person(phone="+8617000000003")
    office = Office(person=person, body=body, role="committee_chair", starts=datetime.date(2026, 1, 1))
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):
        put(person, body, office)
    assert (office.person_id, office.body_id) == (person.pk, body.pk)
    assert Office.objects.select_related("person", "body").get() == office
    person.nickname = "老张"
    person.save()
    assert Office.objects.get().person.nickname == "老张"


@pytest.mark.services
def test_what_is_asked_together_comes_once_and_is_then_asked_anew(two, django_assert_num_queries):
    first, second = two
    named = Often(lambda pk: Person.objects.filter(pk=pk))
    with django_assert_num_queries(3), together(named.of(first.pk), named.of(second.pk)):
        assert (named(second.pk), named(first.pk)) == ([second], [first])
        with django_assert_num_queries(1):
            assert named(first.pk) == [first]
