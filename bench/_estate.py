"""A large estate with an owners' vote that takes ballots, written row by row: what is measured is the casting."""

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

A_HOME = 9_050
A_BATCH = 2_000


@dataclass(frozen=True)
class Town:
    """A community, its estate and who convenes there."""

    community: object
    compound: object
    committee: object
    people: list


@dataclass(frozen=True)
class Asked:
    """A vote that takes ballots: its id, the ids of its options, and the number of each right by its person."""

    id: int
    number: str
    yes: int
    no: int


def build_town(homes: int) -> Town:
    """So many people, each with a proved telephone number; an estate, and its homeowners' committee of two."""
    from xieshang.accounts.models import Person
    from xieshang.community.models import Body, Office, Place
    from xieshang.community.rules import BodyKind, PlaceKind, Role

    district = Place.add_root(kind=PlaceKind.DISTRICT.value, name="测量区", label="测量区")
    street = district.add_child(kind=PlaceKind.STREET.value, name="测量街道", label="测量街道")
    community = street.add_child(kind=PlaceKind.COMMUNITY.value, name="测量社区", label="测量社区", short_name="测量")
    community.community = community
    community.save()
    compound = community.add_child(
        kind=PlaceKind.COMPOUND.value, name="测量家园", label="测量家园", community=community
    )
    body = Body.objects.create(
        kind=BodyKind.HOMEOWNERS_COMMITTEE.value, name="测量家园业主委员会", short_name="测量业委会", place=compound
    )
    people = [
        Person(phone=f"+86176{at:08d}", nickname=f"业主{at}", real_name=f"业主{at}", phone_verified=True, password="!")
        for at in range(homes + 1)
    ]
    *people, chair = Person.objects.bulk_create(people, batch_size=A_BATCH)
    began = datetime.date(2024, 1, 1)
    Office.objects.create(person=chair, body=body, role=Role.OWNERS_CHAIR.value, starts=began)
    return Town(community, compound, chair, people)


def list_estate(town: Town, edition: int, homes: int):
    """An edition of the estate's list with so many homes of one identified owner each; gives units and owners."""
    from xieshang.community.models import PropertyArea
    from xieshang.voting.models import Register, RegisterOwner, RegisterUnit, UnitOwner

    area = PropertyArea.objects.create(community=town.community, name=f"测量家园{edition}期")
    area.places.add(town.compound)
    register = Register.objects.create(area=area, community=town.community, edition=edition)
    units = RegisterUnit.objects.bulk_create(
        [
            RegisterUnit(
                register=register,
                code=f"{at // 100 + 1}-{at % 100}",
                building=f"{at // 100 + 1}号楼",
                stairwell="1单元",
                room=f"{at % 100:03d}室",
                kind="home",
                area_centi=A_HOME,
                area_source="register",
            )
            for at in range(homes)
        ],
        batch_size=A_BATCH,
    )
    owners = [RegisterOwner(register=register, name=f"业主{at}") for at in range(homes)]
    owners = RegisterOwner.objects.bulk_create(owners, batch_size=A_BATCH)
    pairs = zip(units, owners, strict=True)
    UnitOwner.objects.bulk_create([UnitOwner(unit=unit, owner=owner) for unit, owner in pairs], batch_size=A_BATCH)
    return register, units, owners


def open_vote(town: Town, edition: int, homes: int, *, closes_at: datetime.datetime) -> Asked:
    """An owners' vote of so many homes that takes ballots from now to then, with its frozen roll and first entry."""
    from xieshang.voting.models import Decision, Roll, Vote
    from xieshang.voting.rules.deciding import State
    from xieshang.voting.rules.rolls import Row, commit, roll_text
    from xieshang.voting.services.ledger import write_opened

    register, units, owners = list_estate(town, edition, homes)
    vote, options = _vote(town, homes, closes_at)
    decision = _decision(town, vote, register.area)
    salts = [secrets.token_hex(32) for _ in units]
    rows = [
        Row(number, 1, A_HOME, owners=(owner.name,), units=(unit.label,), salt=salt)
        for number, (unit, owner, salt) in enumerate(zip(units, owners, salts, strict=True), start=1)
    ]
    _rights(town, vote, rows, units, owners)
    text = roll_text(vote.matter.number, homes, homes * A_HOME, [(row.number, commit(row)) for row in rows])
    from xieshang.lib.seal import check_code

    Roll.objects.create(
        vote=vote,
        register=register,
        edition=edition,
        parking="exclude",
        published_on=vote.opens_at.date(),
        frozen_at=vote.opens_at,
        frozen_by=town.committee,
        heads=homes,
        area_centi=homes * A_HOME,
        algorithm="sha256",
        value=check_code(text.encode(), "sha256")[0],
    )
    Decision.objects.filter(pk=decision.pk).update(state=State.VOTING.value)
    write_opened(Vote.objects.get(pk=vote.pk), vote.opens_at)
    return Asked(vote.pk, vote.matter.number, options[0].pk, options[1].pk)


def _vote(town: Town, homes: int, closes_at: datetime.datetime):
    from xieshang.lib.actor import Actor
    from xieshang.lib.clock import now
    from xieshang.matters.rules import Audience
    from xieshang.matters.services import make, settle
    from xieshang.voting.models import Option, Vote
    from xieshang.voting.rules import Base, Kind, lines_for
    from xieshang.voting.rules import State as VoteState

    matter = make(Actor(town.committee), kind="vote", prefix="决", title="续聘物业三年", place=town.compound)
    settle(matter, standing="表决", audience=Audience.PUBLIC, is_open=True)
    vote = Vote.objects.create(
        matter=matter,
        community=town.community,
        scope=town.compound,
        kind=Kind.MOTION.value,
        nature="owners",
        base=Base.OWNERS.value,
        question=matter.title,
        days=1,
        opens_at=now(),
        closes_at=closes_at,
        frozen_at=now(),
        roll_size=homes,
        roll_area_centi=homes * A_HOME,
        state=VoteState.OPEN.value,
    )
    lines = enumerate(lines_for([]), start=1)
    options = [
        Option.objects.create(vote=vote, position=at, kind=line.kind.value, text=str(line.text)) for at, line in lines
    ]
    return vote, options


def _decision(town: Town, vote, area):
    from xieshang.community.models import Body
    from xieshang.voting.models import Decision
    from xieshang.voting.rules.deciding import State

    return Decision.objects.create(
        vote=vote,
        community=town.community,
        area=area,
        convener=Body.objects.get(offices__person=town.committee),
        state=State.ROSTER_OPEN.value,
        entered_at=vote.opens_at,
        entry="renew_company",
        item=4,
        class_confirmed_by=town.people[0],
        class_confirmed_at=vote.opens_at,
        values={},
        text="续聘测量物业服务有限公司三年，收费标准不变。",
        drafted_by=town.committee,
        opens_on=vote.opens_at.date(),
        closes_at=vote.closes_at,
    )


def _rights(town: Town, vote, rows: Sequence, units: Sequence, owners: Sequence) -> None:
    """One right a home, held by its person."""
    from xieshang.voting.models import Right, RightHolder, RightOwner, RightUnit
    from xieshang.voting.rules.rolls import commit

    for part in batched(zip(rows, units, owners, town.people[: len(rows)], strict=True), A_BATCH):
        rights = Right.objects.bulk_create(
            Right(
                vote=vote,
                community=town.community,
                number=row.number,
                name=owner.name,
                owners_key=f"{owner.pk:064d}",
                area_centi=A_HOME,
                salt=row.salt,
                commitment=commit(row),
            )
            for row, _unit, owner, _person in part
        )
        RightUnit.objects.bulk_create(
            RightUnit(
                vote=vote,
                right=right,
                unit=unit,
                label=unit.label,
                building=unit.building,
                stairwell=unit.stairwell,
                area_centi=A_HOME,
                area_source=unit.area_source,
            )
            for right, (_row, unit, _owner, _person) in zip(rights, part, strict=True)
        )
        RightOwner.objects.bulk_create(
            RightOwner(right=right, owner=owner) for right, (_r, _u, owner, _p) in zip(rights, part, strict=True)
        )
        RightHolder.objects.bulk_create(
            RightHolder(right=right, person=person) for right, (_r, _u, _o, person) in zip(rights, part, strict=True)
        )


def sign_in(people: Sequence, office: int | None = None) -> list[str]:
    """A session for each, acting in an office or none, kept where signing in keeps it; gives their keys."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    store, until = SessionStore(), timezone.now() + datetime.timedelta(days=1)
    rows, quick = [], {}
    for person in people:
        known = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            "office": office,
        }
        key = secrets.token_hex(16)
        rows.append(Session(session_key=key, session_data=store.encode(known), expire_date=until))
        quick[f"{store.cache_key_prefix}{key}"] = known
    store._cache.set_many(quick, timeout=24 * 60 * 60)
    Session.objects.bulk_create(rows, batch_size=A_BATCH)
    return [row.session_key for row in rows]


def codes_for(vote_id: int, people: Sequence) -> list[str]:
    """A one-time code for each, valid for as long as a measurement takes."""
    from xieshang.voting.models import Vote
    from xieshang.voting.rules import handing
    from xieshang.voting.services.codes import new_code

    handing.CODE_SECONDS, usual = 24 * 60 * 60, handing.CODE_SECONDS
    try:
        vote = Vote.objects.get(pk=vote_id)
        return [new_code(person.pk, vote) for person in people]
    finally:
        handing.CODE_SECONDS = usual
