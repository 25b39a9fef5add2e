"""Who may do what about homes, people, bodies and offices: a table to read."""

import pytest

from tests.people import enter_as
from xieshang.lib.actor import NOBODY, SYSTEM
from xieshang.lib.permits import has_perm

VERBS = ["confirm_home", "keep_register", "help", "found_body", "appoint", "end_office", "set_rules", "set_up"]
# One column a verb, in that order: x may, . may not.
MATRIX = """
nobody       ........
wang_ayi     ........
chen_yezhu   ........
minor        ........
wairen       ........
zhang_zhuren xxx.....
sun_weiyuan  xxx.....
wu_wangge    .xx.....
li_shuji     ........
he_zhuren    ........
zhao_jingli  ........
liu_street   ...xxxxx
other_zhuren ........
system       ...xxxxx
"""
ROWS = dict(line.split() for line in MATRIX.strip().splitlines())


@pytest.mark.parametrize("who", ROWS)
def test_matrix(who, request, places):
    actor = {"nobody": NOBODY, "system": SYSTEM}.get(who) or request.getfixturevalue(who)
    allowed = [has_perm(f"community.{verb}", actor, places.community.path) for verb in VERBS]
    assert "".join("x" if may else "." for may in allowed) == ROWS[who]


@pytest.mark.parametrize("who", ["zhang_zhuren", "liu_street"])
def test_powers_stay_in_ones_own_place(who, request, places):
    actor = request.getfixturevalue(who)
    allowed = [verb for verb in VERBS if has_perm(f"community.{verb}", actor, places.other_community.path)]
    assert allowed == []


@pytest.mark.parametrize("who", ["zhang_zhuren", "liu_street"])
def test_as_a_neighbour_nobody_has_powers(who, request, places):
    actor = request.getfixturevalue(who)
    as_neighbour = type(actor)(actor.person)
    assert [verb for verb in VERBS if has_perm(f"community.{verb}", as_neighbour, places.community.path)] == []


OFFICER_PAGES = ["/residences/", "/people/", "/people/register/", "/bodies/"]


@pytest.mark.parametrize("path", OFFICER_PAGES)
def test_pages_of_officers_are_not_for_neighbours(client, wang_ayi, path):
    assert client.get(path).status_code == 302
    client.force_login(wang_ayi.person)
    assert client.get(path).status_code == 403


def test_people_elsewhere_are_as_if_absent(client, other_zhuren, wang_ayi, places):
    enter_as(client, other_zhuren)
    assert client.get(f"/people/{wang_ayi.person_id}/").status_code == 404
    assert client.get(f"/people/register/?at={places.units[0].pk}").status_code == 404
    assert client.get("/people/999999999/").status_code == 404
