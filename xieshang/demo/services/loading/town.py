"""The town of the demo, set up through the same door as a real community, and people moving in."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xieshang.accounts import services as accounts
from xieshang.accounts.models import Person
from xieshang.community import services as community
from xieshang.community.models import Body, Office, Place, RegisteredResident, Residence
from xieshang.community.queries import actor_for
from xieshang.community.rules import PlaceKind, ResidenceKind, ResidenceState, Role
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today

from ...rules import ESTATES, VILLAGE_GROUPS, units_of

DISTRICT, STREET, COMMUNITY, VILLAGE = "示例区", "示例街道", "和顺社区", "北岗村"
PEOPLE = 400
# Every third person of the register does not use the platform.
OFFLINE_EVERY = 3
Table = list[list[object]]


@dataclass
class Town:
    """What the stories need: people by key, those who live in each place, bodies by key."""

    people: dict[str, Person]
    bodies: dict[str, Body]
    places: dict[str, Place]
    residents: dict[str, list[Person]] = field(default_factory=dict)
    offices: dict[str, int] = field(default_factory=dict)
    # Their terms began before the first story and end after the last, so each is looked up once.
    officers: dict[str, Actor] = field(default_factory=dict)

    def neighbour(self, key: str) -> Actor:
        """A person of the cast, acting for themselves."""
        return Actor(self.people[key])

    def officer(self, key: str) -> Actor:
        """A person of the cast in their office."""
        if key not in self.officers:
            self.officers[key] = actor_for(self.people[key], self.offices[key])
        return self.officers[key]

    def living_in(self, place: Place) -> list[Person]:
        """People on the net who live in a place, in a fixed order."""
        inside = [people for path, people in self.residents.items() if path.startswith(place.path)]
        return list({person.pk: person for people in inside for person in people}.values())


def build(content: dict[str, Any]) -> Town:
    """Set up places, bodies, offices and the register, then let people in."""
    chance = random.Random(2026)
    homes = _homes()
    cast = content["person"]
    neighbours = _neighbours(content, chance, [home for home in homes if _label(home) not in _taken(cast)])
    tables: dict[str, Table] = {
        "地点": [_PLACE_HEAD, *_place_rows(homes)],
        "组织": [_BODY_HEAD, *[_body_row(body, content["body"]) for body in content["body"]]],
        "任职": [_OFFICE_HEAD, *_office_rows(content)],
        "居民": [_RESIDENT_HEAD, *_resident_rows(cast, neighbours)],
    }
    report = community.set_up(SYSTEM, tables, dry_run=False)
    if report.faults:
        raise RuntimeError("; ".join(fault.sentence for fault in report.faults[:5]))
    return _move_in(content, neighbours)


_PLACE_HEAD: list[object] = ["区县", "街道/乡镇", "社区/村", "小区/村民小组", "楼栋", "单元", "房号"]
_BODY_HEAD: list[object] = ["类型", "全称", "简称", "所在地点", "上级党组织", "电话"]
_OFFICE_HEAD: list[object] = ["姓名", "手机号", "昵称", "组织", "职务", "开始日期", "结束日期"]
_RESIDENT_HEAD: list[object] = ["社区/村", "小区/村民小组", "楼栋", "单元", "房号", "姓名", "手机号"]

BODY_WORDS = {
    "party_org": "党组织",
    "street_office": "街道办事处",
    "residents_committee": "居民委员会",
    "villagers_committee": "村民委员会",
    "homeowners_committee": "业主委员会",
    "property_management_committee": "物业管理委员会",
    "property_company": "物业企业",
    "stationed_unit": "驻区单位",
    "social_organisation": "社会组织",
    "supervision_committee": "监督委员会",
}
ROLE_WORDS = {
    Role.PARTY_SECRETARY: "书记",
    Role.PARTY_MEMBER: "委员",
    Role.COMMITTEE_CHAIR: "主任",
    Role.COMMITTEE_MEMBER: "委员",
    Role.GRID_WORKER: "网格员",
    Role.OWNERS_CHAIR: "主任",
    Role.OWNERS_MEMBER: "委员",
    Role.PROPERTY_MANAGER: "项目经理",
    Role.PROPERTY_STAFF: "工作人员",
    Role.STREET_OFFICER: "工作人员",
    Role.SUPERVISOR: "监督员",
}
Home = tuple[str, str, str, str, str]


def _homes() -> list[Home]:
    """Every home: community, compound or group, building, stairwell, room."""
    homes: list[Home] = [
        (COMMUNITY, estate.name, building, stairwell, room)
        for estate in ESTATES
        for building, stairwell, room in units_of(estate)
    ]
    for group, households in VILLAGE_GROUPS:
        homes += [(VILLAGE, group, "", "", f"{number}户") for number in range(1, households + 1)]
    return homes


def _place_rows(homes: list[Home]) -> Table:
    return [[DISTRICT, STREET, *home] for home in homes]


def _label(home: Home) -> str:
    """A home as its label is written: from the compound on, in the village from the village on."""
    return "".join(home[1:]) if home[0] == COMMUNITY else "".join(home)


def _taken(cast: list[dict[str, Any]]) -> set[str]:
    return {home for person in cast for home in (person.get("home"), person.get("second_home")) if home}


def _neighbours(content: dict[str, Any], chance: random.Random, homes: list[Home]) -> list[tuple[str, str, Home]]:
    """People of the register without a part of their own: name, phone, home; spread over all places."""
    picked = sorted(chance.sample(homes, PEOPLE - len(content["person"])), key=homes.index)
    names = [surname + given for surname in content["surnames"] for given in content["given"]]
    chance.shuffle(names)
    return [(names[number], f"198{number:08d}", home) for number, home in enumerate(picked)]


def _body_row(body: dict[str, Any], bodies: list[dict[str, Any]]) -> list[object]:
    above = next((other["name"] for other in bodies if other["key"] == body.get("parent")), "")
    return [BODY_WORDS[body["kind"]], body["name"], body["short"], body["place"], above, body.get("phone", "")]


def _office_rows(content: dict[str, Any]) -> Table:
    people = {person["key"]: person for person in content["person"]}
    bodies = {body["key"]: body for body in content["body"]}
    starts = today() - timedelta(days=400)
    return [
        [
            people[office["person"]]["name"],
            people[office["person"]]["phone"],
            people[office["person"]]["nickname"],
            bodies[office["body"]]["name"],
            ROLE_WORDS[Role(office["role"])],
            starts.isoformat(),
            date(starts.year + 5, starts.month, 1).isoformat(),
        ]
        for office in content["office"]
    ]


def _resident_rows(cast: list[dict[str, Any]], neighbours: list[tuple[str, str, Home]]) -> Table:
    by_label = {_label(home): home for home in _homes()}
    rows: Table = [
        [*by_label[person["home"]], person["name"], person["phone"]] for person in cast if person.get("home")
    ]
    return rows + [[*home, name, phone] for name, phone, home in neighbours]


def _move_in(content: dict[str, Any], neighbours: list[tuple[str, str, Home]]) -> Town:
    """Let the cast and most neighbours sign up and be confirmed in their homes."""
    places = {place.name: place for place in Place.objects.exclude(kind=PlaceKind.UNIT.value)}
    units = {unit.label: unit for unit in Place.objects.filter(kind=PlaceKind.UNIT.value).select_related("community")}
    places |= {place.label: place for place in Place.objects.exclude(kind=PlaceKind.UNIT.value)}
    bodies_by_name = {body.name: body for body in Body.objects.all()}
    bodies = {body["key"]: bodies_by_name[body["name"]] for body in content["body"]}
    town = Town({}, bodies, places)
    for words in content["person"]:
        town.people[words["key"]] = _cast_member(town, words, units)
    on_the_net = [words for number, words in enumerate(neighbours) if number % OFFLINE_EVERY]
    for number, (name, phone, home) in enumerate(on_the_net):
        nickname = content["nicknames"][number % len(content["nicknames"])]
        nickname += "" if number < len(content["nicknames"]) else str(number // len(content["nicknames"]) + 1)
        person = _person(name, nickname, phone)
        kind = (ResidenceKind.OWNER, ResidenceKind.FAMILY, ResidenceKind.OWNER, ResidenceKind.TENANT)[number % 4]
        _settle(town, person, units[_label(home)], kind)
    for office in content["office"]:
        person, body = town.people[office["person"]], bodies[office["body"]]
        town.offices[office["person"]] = Office.objects.get(person=person, body=body, role=office["role"]).pk
    return town


def _cast_member(town: Town, words: dict[str, Any], units: dict[str, Place]) -> Person:
    person = _person(words["name"], words["nickname"], words["phone"])
    if words.get("elder"):
        person.elder = True
        person.save()
    for home in (words.get("home"), words.get("second_home")):
        if home:
            _settle(town, person, units[home], ResidenceKind(words["kind"]))
    return person


def _person(name: str, nickname: str, phone: str) -> Person:
    person, _made = Person.objects.update_or_create(
        phone=f"+86{phone}",
        shares_phone=False,
        defaults={"nickname": nickname, "real_name": name, "phone_verified": True},
    )
    accounts.agree(Actor(person))
    return person


def _settle(town: Town, person: Person, unit: Place, kind: ResidenceKind) -> None:
    """A home confirmed long ago."""
    Residence.objects.create(
        person=person,
        unit=unit,
        community=unit.community,
        kind=kind.value,
        state=ResidenceState.CONFIRMED.value,
        asked_at=now(),
        decided_at=now(),
    )
    RegisteredResident.objects.filter(household__unit=unit, name=person.real_name).update(phone=person.phone or "")
    town.residents.setdefault(unit.path, []).append(person)
