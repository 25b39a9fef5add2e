"""Every page about people: how many queries it takes with one row and with thirty, and what it gives away."""

import pytest
from django.urls import reverse

from xieshang.accounts.services import agree
from xieshang.community.models import Household, RegisteredResident, Residence
from xieshang.community.rules import ResidenceKind, Role
from xieshang.community.services import register_resident
from xieshang.lib.clock import now

MOST_SIGNED_OUT, MOST_SIGNED_IN, MOST_ON_THE_DESK = 12, 20, 25


@pytest.fixture
def fill(places, make_person, move_in, bodies, appoint):
    """So many neighbours who ask, live here, stand in the register and hold office."""

    def with_rows(count):
        units = places.units
        home = Household.objects.get(unit=units[0])
        for n in range(count):
            person = make_person(f"邻居{n}", real_name="同名的人")
            move_in(person, units[n % len(units)])
            fields = {"unit": units[n % len(units)], "community": places.community, "kind": "owner", "asked_at": now()}
            Residence.objects.create(person=make_person(f"新人{n}"), state="asked", note="求核实", **fields)
            RegisteredResident.objects.create(household=home, name=f"名册{n}")
            appoint(person, bodies.committee, Role.GRID_WORKER)

    return with_rows


DESK = [
    "/residences/",
    "/people/",
    "/people/?found=1",
    "/people/register/",
    "/people/register/?at={unit}",
    "/people/{person}/",
    "/bodies/",
    "/bodies/{body}/",
]
OWN = ["/account/", "/account/known/", "/account/close/", "/account/welcome/", "/homes/join/", "/homes/join/?at={unit}"]
OPEN = ["/account/login/", "/account/signup/", "/account/login/password/", "/account/privacy/"]


@pytest.fixture
def address(places, bodies, wang_ayi):
    """Fill in the ids of an address."""
    ids = {"unit": places.units[0].pk, "person": wang_ayi.person_id, "body": bodies.committee.pk}
    return lambda path: path.format(**ids)


@pytest.mark.parametrize("count", [1, 30])
def test_pages_of_the_desk_take_few_queries(enter, zhang_zhuren, fill, address, count, django_assert_max_num_queries):
    fill(count)
    client = enter(zhang_zhuren)
    client.post("/people/", {"q": "同名的人"})
    for path in DESK:
        with django_assert_max_num_queries(MOST_SIGNED_IN):
            assert client.get(address(path)).status_code == 200, path


@pytest.mark.parametrize("count", [1, 30])
def test_pages_of_ones_own_take_few_queries(enter, wang_ayi, fill, address, count, django_assert_max_num_queries):
    fill(count)
    client = enter(wang_ayi)
    for path in OWN:
        with django_assert_max_num_queries(MOST_SIGNED_IN):
            assert client.get(address(path)).status_code == 200, path


def test_open_pages_take_few_queries(client, places, django_assert_max_num_queries):
    for path in OPEN:
        with django_assert_max_num_queries(MOST_SIGNED_OUT):
            assert client.get(path).status_code == 200, path


def test_pages_of_the_street_take_few_queries(enter, liu_street, fill, address, django_assert_max_num_queries):
    fill(30)
    client = enter(liu_street)
    for path in ("/bodies/", address("/bodies/{body}/"), "/set-up/", "/account/"):
        with django_assert_max_num_queries(MOST_SIGNED_IN):
            assert client.get(path).status_code == 200, path
    with django_assert_max_num_queries(MOST_ON_THE_DESK):
        assert client.get("/desk/").status_code == 200


# Who sees what ---------------------------------------------------------------------------------------------------

# One row an actor, one column an address: o opens, - is refused or as if absent.
SEES = """
zhang_zhuren oooooooo
sun_weiyuan  oooooooo
wu_wangge    -ooooo--
li_shuji     ------oo
liu_street   ------oo
wang_ayi     --------
chen_yezhu   --------
minor        --------
wairen       --------
he_zhuren    --------
zhao_jingli  --------
other_zhuren oooo--o-
"""
WHO_SEES = dict(line.split() for line in SEES.strip().splitlines())


@pytest.mark.parametrize("who", WHO_SEES)
def test_the_desk_opens_to_those_whose_work_it_is(who, request, enter, address):
    client = enter(request.getfixturevalue(who))
    marks = {200: "o", 403: "-", 404: "-"}
    assert "".join(marks[client.get(address(path)).status_code] for path in DESK) == WHO_SEES[who]


@pytest.mark.parametrize("who", ["zhou_dashu", "he_zhuren", "zhao_jingli", "wairen"])
def test_no_page_of_ones_own_names_a_neighbour(who, request, enter, wang_ayi, address):
    client = enter(request.getfixturevalue(who))
    for path in OWN:
        page = client.get(address(path)).content.decode()
        for secret in ("王桂芳", wang_ayi.person.phone[3:], "501室"):
            assert secret not in page, (path, secret)


def test_who_asks_for_a_home_is_told_nothing_about_who_lives_there(enter, wairen, wang_ayi, places):
    agree(wairen)
    home = Household.objects.get(unit=places.units[8])
    RegisteredResident.objects.create(household=home, name="王桂芳", phone=wang_ayi.person.phone)
    client = enter(wairen)
    page = client.get(f"/homes/join/?at={places.units[8].pk}").content.decode()
    sent = client.post(f"/homes/join/{places.units[8].pk}/", {"kind": ResidenceKind.FAMILY.value}, follow=True)
    for text in (page, sent.content.decode()):
        assert ("王桂芳" in text, wang_ayi.person.phone[3:] in text) == (False, False)


@pytest.mark.parametrize(("phone", "status"), [("139 9999", 422), ("139 9999 9999", 409)])
def test_a_number_that_cannot_be_shared_stays_in_its_field_with_the_reason(enter, zhang_zhuren, places, phone, status):
    row = register_resident(zhang_zhuren, places.units[1].pk, name="刘秀英")
    answer = enter(zhang_zhuren).post(
        reverse("community:let_share", args=[row.pk]), {"phone": phone, "at": places.units[1].pk}
    )
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'value="{phone}"' in page
    assert '<details class="confirm" open>' in page
