"""The cast: a street with a community, an estate and its people, each an Actor as a request would build it."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from xieshang.accounts.models import Person
from xieshang.community.models import Body, Household, Office, Place, Residence
from xieshang.community.rules import BodyKind, PlaceKind, ResidenceKind, ResidenceState, Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today

STARTED = datetime.date(2024, 1, 1)
_numbers = iter(range(10_000_000))


def grow(parent, *rows):
    """Places below one place, written at once: (kind, name, label, short name), the last two may be left out."""
    made = []
    for step, row in enumerate(rows, parent.numchild + 1):
        kind, name, label, short = (*row, "", "")[:4]
        community = parent if parent.is_community else parent.community
        path, depth = Place._get_path(parent.path, parent.depth + 1, step), parent.depth + 1
        fields = {"kind": kind.value, "name": name, "label": label or name, "short_name": short}
        made.append(Place(**fields, community=community, path=path, depth=depth))
    Place.objects.bulk_create(made)
    parent.numchild += len(made)
    parent.save(update_fields=["numchild"])
    for place in made:
        if place.is_community:
            place.community = place
            place.save(update_fields=["community"])
    return made


@pytest.fixture
def places(db):
    """示例区 → 示例街道 → 和顺社区 → 明湖家园 → 3号楼 → 2单元 → 14 homes; beside it another street's community."""
    district = Place.add_root(kind=PlaceKind.DISTRICT.value, name="示例区", label="示例区")
    street, other_street = grow(district, (PlaceKind.STREET, "示例街道"), (PlaceKind.STREET, "邻街道"))
    (community,) = grow(street, (PlaceKind.COMMUNITY, "和顺社区", "", "和顺"))
    (other_community,) = grow(other_street, (PlaceKind.COMMUNITY, "邻里社区", "", "邻里"))
    (compound,) = grow(community, (PlaceKind.COMPOUND, "明湖家园", "", "明湖"))
    numbers = [(PlaceKind.BUILDING, name, f"明湖家园{name}") for name in ("3号楼", "4号楼")]
    building, next_building = grow(compound, *numbers)
    (stairwell,) = grow(building, (PlaceKind.STAIRWELL, "2单元", "明湖家园3号楼2单元"))
    rooms = [f"{floor}0{door}室" for floor in range(1, 8) for door in (1, 2)]
    units = grow(stairwell, *[(PlaceKind.UNIT, room, f"明湖家园3号楼2单元{room}") for room in rooms])
    units += grow(next_building, *[(PlaceKind.UNIT, f"{n}01室", f"明湖家园4号楼{n}01室") for n in range(1, 4)])
    Household.objects.bulk_create(Household(unit=unit, community=community) for unit in units)
    return SimpleNamespace(
        district=district,
        street=street,
        community=community,
        compound=compound,
        building=building,
        stairwell=stairwell,
        units=units,
        other_street=other_street,
        other_community=other_community,
    )


@pytest.fixture
def make_person(db):
    """Make a person who signs in by phone."""

    def make(nickname, **fields):
        phone = fields.pop("phone", f"+86139{next(_numbers):08d}")
        return Person.objects.create_user(phone, nickname=nickname, phone_verified=True, **fields)

    return make


@pytest.fixture
def move_in(db):
    """Give a person a confirmed home."""

    def move(person, unit, kind=ResidenceKind.FAMILY):
        return Residence.objects.create(
            person=person,
            unit=unit,
            community=unit.community,
            kind=kind.value,
            state=ResidenceState.CONFIRMED.value,
            asked_at=now(),
            decided_at=now(),
        )

    return move


@pytest.fixture
def appoint(db):
    """Let a person act in an office that runs today."""

    def hold(person, body, role):
        office = Office.objects.create(person=person, body=body, role=role.value, starts=STARTED)
        return Actor(person, office)

    return hold


@pytest.fixture
def bodies(places):
    """The bodies of the community, its street and its estate."""

    def body(kind, name, short, place, parent=None):
        return Body.objects.create(kind=kind.value, name=name, short_name=short, place=place, parent=parent)

    street_party = body(BodyKind.PARTY_ORG, "中共示例街道工作委员会", "示例街道党工委", places.street)
    return SimpleNamespace(
        street=body(BodyKind.STREET_OFFICE, "示例街道办事处", "示例街道", places.street),
        street_party=street_party,
        party=body(BodyKind.PARTY_ORG, "中共和顺社区委员会", "和顺社区党委", places.community, street_party),
        committee=body(BodyKind.RESIDENTS_COMMITTEE, "和顺社区居民委员会", "和顺社区居委会", places.community),
        owners=body(BodyKind.HOMEOWNERS_COMMITTEE, "明湖家园业主委员会", "明湖家园业委会", places.compound),
        property=body(BodyKind.PROPERTY_COMPANY, "安居物业服务有限公司", "安居物业", places.compound),
        other_committee=body(
            BodyKind.RESIDENTS_COMMITTEE, "邻里社区居民委员会", "邻里社区居委会", places.other_community
        ),
    )


@pytest.fixture
def wang_ayi(places, make_person, move_in):
    """王阿姨, resident of 3号楼2单元501室."""
    person = make_person("王阿姨", real_name="王桂芳")
    move_in(person, places.units[8])
    return Actor(person)


@pytest.fixture
def zhou_dashu(places, make_person, move_in):
    """周大叔, resident of 3号楼2单元602室."""
    person = make_person("周大叔", real_name="周德顺")
    move_in(person, places.units[11])
    return Actor(person)


@pytest.fixture
def chen_yezhu(places, make_person, move_in):
    """陈业主, owner of two homes, one in another building."""
    person = make_person("陈业主", real_name="陈立业")
    move_in(person, places.units[3], ResidenceKind.OWNER)
    move_in(person, places.units[-1], ResidenceKind.OWNER)
    return Actor(person)


@pytest.fixture
def minor(places, make_person, move_in):
    """小豆, under eighteen, lives with 王阿姨."""
    person = make_person("小豆", minor_until=today() + datetime.timedelta(days=900))
    move_in(person, places.units[8])
    return Actor(person)


@pytest.fixture
def wairen(places, make_person):
    """外人, signed in, no home here."""
    return Actor(make_person("外人"))


@pytest.fixture
def zhang_zhuren(bodies, make_person, appoint):
    """张主任, chair of the residents' committee."""
    return appoint(make_person("张主任", real_name="张敏"), bodies.committee, Role.COMMITTEE_CHAIR)


@pytest.fixture
def sun_weiyuan(bodies, make_person, appoint):
    """孙委员, member of the residents' committee."""
    return appoint(make_person("孙委员", real_name="孙雅琴"), bodies.committee, Role.COMMITTEE_MEMBER)


@pytest.fixture
def wu_wangge(bodies, make_person, appoint):
    """小吴, grid worker."""
    return appoint(make_person("小吴", real_name="吴文斌"), bodies.committee, Role.GRID_WORKER)


@pytest.fixture
def li_shuji(bodies, make_person, appoint):
    """李书记, secretary of the community Party organisation."""
    return appoint(make_person("李书记", real_name="李建国"), bodies.party, Role.PARTY_SECRETARY)


@pytest.fixture
def he_zhuren(bodies, make_person, appoint):
    """何主任, chair of the homeowners' committee."""
    return appoint(make_person("何主任", real_name="何永福"), bodies.owners, Role.OWNERS_CHAIR)


@pytest.fixture
def zhao_jingli(bodies, make_person, appoint):
    """赵经理, manager of the property company."""
    return appoint(make_person("赵经理", real_name="赵振华"), bodies.property, Role.PROPERTY_MANAGER)


@pytest.fixture
def liu_street(bodies, make_person, appoint):
    """刘科员, officer of the street."""
    return appoint(make_person("刘科员", real_name="刘佳宁"), bodies.street, Role.STREET_OFFICER)


@pytest.fixture
def other_zhuren(bodies, make_person, appoint):
    """The chair of another community's committee: nothing here is theirs."""
    return appoint(make_person("邻主任"), bodies.other_committee, Role.COMMITTEE_CHAIR)


# In a browser ---------------------------------------------------------------------------------------------------


def enter_as(client, actor):
    """The browser with this actor signed in, in the office they act in; without a person it is a visitor's."""
    if actor is None or actor.person is None:
        client.logout()
        return client
    client.force_login(actor.person, "xieshang.accounts.adapter.SignedIn")
    session = client.session
    session["office"] = actor.office.id if actor.office else None
    session.save()
    return client


@pytest.fixture
def enter(client):
    """The one browser of the test, taken over by whoever comes next."""
    return lambda actor: enter_as(client, actor)


@pytest.fixture
def browser_of(db):
    """A browser of one's own for each actor, or for a visitor."""
    return lambda actor=None: enter_as(Client(), actor) if actor and actor.person else Client()
