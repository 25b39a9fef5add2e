"""An owners' vote made row by row: an estate's list, a decision in any state, its frozen roll.

For tests of one piece of the way; whole ways are walked through the verbs themselves (tests/journeys).
"""

import datetime
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection

from xieshang.community.models import Office, PropertyArea
from xieshang.community.rules import Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.seal import check_code
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.voting.models import (
    Decision,
    Option,
    OwnerClaim,
    Register,
    RegisterOwner,
    RegisterUnit,
    Right,
    RightHolder,
    RightOwner,
    RightUnit,
    Roll,
    UnitOwner,
    Vote,
)
from xieshang.voting.rules import Base, Kind, lines_for
from xieshang.voting.rules import State as VoteState
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.rolls import Row, commit, roll_text

A_HOME = 10_000


@contextmanager
def unguarded():
    """For tests that build a vote step by step: what the database keeps fixed may be changed, until this ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%\\_fixed\\_%'")
            found = cursor.fetchall()
            off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in found]
            back = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in found]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fixed_%'")
            found = cursor.fetchall()
            off, back = [f"DROP TRIGGER {name}" for name, _sql in found], [sql for _name, sql in found]
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)


@pytest.fixture
def homeowners_committee(bodies, make_person):
    """明湖家园业主委员会 with two members who act in it: 何主任 and 孙委员."""
    body = bodies.owners
    started = datetime.date(2024, 1, 1)

    def member(nickname, role):
        person = make_person(nickname, real_name=nickname)
        return Actor(person, Office.objects.create(person=person, body=body, role=role.value, starts=started))

    return SimpleNamespace(
        body=body, chair=member("何主任", Role.OWNERS_CHAIR), member=member("孙委员", Role.OWNERS_MEMBER)
    )


@pytest.fixture
def estate(places):
    """The list of 明湖家园: `homes` homes of 100 m² in 3号楼2单元, one owner each, code 3-2-N."""
    area, _made = PropertyArea.objects.get_or_create(community=places.community, name="明湖家园")
    area.places.add(places.compound)

    def build(homes=6):
        register = Register.objects.create(area=area, community=places.community, edition=1)
        for n in range(1, homes + 1):
            unit = RegisterUnit.objects.create(
                register=register,
                code=f"3-2-{n}",
                building="3号楼",
                stairwell="2单元",
                room=f"{n}01室",
                kind="home",
                area_centi=A_HOME,
                area_source="register",
            )
            owner = RegisterOwner.objects.create(register=register, name=f"业主{n}")
            UnitOwner.objects.create(unit=unit, owner=owner)
        return register

    return build


def committed(number, unit):
    """The row of a roll that a home of one owner makes."""
    owners = (unit.owners.get().owner.name,)
    return Row(number, 1, unit.area_centi, owners=owners, units=(unit.label,), salt=f"{number:064d}")


def _vote(committee, places, *, kind, options, homes, days, is_closed, allow_change):
    """The vote itself with its ballot paper, as if its roll were frozen."""
    matter = make(committee.chair, kind="vote", prefix="决", title="续聘安居物业三年", place=places.compound)
    settle(matter, standing="表决", audience=Audience.PUBLIC, is_open=True)
    at = now()
    vote = Vote.objects.create(
        matter=matter,
        community=places.community,
        scope=places.compound,
        kind=kind.value,
        nature="owners",
        base=Base.OWNERS.value,
        question=matter.title,
        days=days,
        allow_change=allow_change,
        opens_at=at,
        closes_at=at + datetime.timedelta(days=days),
        frozen_at=at,
        roll_size=homes,
        roll_area_centi=homes * A_HOME,
        state=(VoteState.CLOSED if is_closed else VoteState.OPEN).value,
    )
    for position, line in enumerate(lines_for(list(options)), start=1):
        Option.objects.create(vote=vote, position=position, kind=line.kind.value, text=str(line.text))
    return vote


def _decision(vote, area, committee, *, item, values):
    """The decision beside it, its class confirmed by the other member; the roll is still open."""
    return Decision.objects.create(
        vote=vote,
        community=vote.community,
        area=area,
        convener=committee.body,
        state=State.ROSTER_OPEN.value,
        entered_at=vote.opens_at,
        entry="renew_company",
        item=item,
        class_confirmed_by=committee.member.person,
        class_confirmed_at=vote.opens_at,
        values=values or {},
        text="续聘安居物业服务有限公司三年，收费标准不变。",
        drafted_by=committee.chair.person,
        drafted_in=committee.chair.office,
        opens_on=today(),
        closes_at=vote.closes_at,
    )


def _right(vote, unit, row, person):
    """The right of one home of one owner, who is identified and may cast it."""
    owner = unit.owners.get().owner
    right = Right.objects.create(
        vote=vote,
        community=vote.community,
        number=row.number,
        name=owner.name,
        owners_key=f"{owner.pk:064d}",
        area_centi=unit.area_centi,
        salt=row.salt,
        commitment=commit(row),
    )
    RightUnit.objects.create(
        vote=vote,
        right=right,
        unit=unit,
        label=unit.label,
        building=unit.building,
        stairwell=unit.stairwell,
        area_centi=unit.area_centi,
        area_source=unit.area_source,
    )
    RightOwner.objects.create(right=right, owner=owner)
    at = vote.opens_at
    OwnerClaim.objects.create(person=person, owner=owner, way="desk", state="confirmed", asked_at=at, decided_at=at)
    RightHolder.objects.create(right=right, person=person)
    return right


def _freeze(vote, register, committee, rows):
    """The roll with its check code. After the rights: a frozen roll takes no more of them."""
    whole = (vote.roll_size, vote.roll_area_centi)
    text = roll_text(vote.matter.number, *whole, [(row.number, commit(row)) for row in rows])
    Roll.objects.create(
        vote=vote,
        register=register,
        edition=register.edition,
        parking="exclude",
        published_on=today(),
        frozen_at=vote.opens_at,
        frozen_by=committee.chair.person,
        heads=vote.roll_size,
        area_centi=vote.roll_area_centi,
        algorithm="sha256",
        value=check_code(text.encode(), "sha256")[0],
    )


@pytest.fixture
def owners_vote(places, estate, homeowners_committee, make_person):
    """A decision of the owners with a frozen roll of `homes` voters; people[n] is the identified owner of rights[n].

    `state` is the decision's; the vote itself is closed where votes are counted, else open.
    Not `frozen`: the roll is still to be made from the list.
    """

    def build(*, homes=6, state=State.VOTING, kind=Kind.MOTION, item=4, values=None, frozen=True, **given):
        register, is_closed = estate(homes), state == State.COUNTING
        asked = {"options": (), "days": 10, "allow_change": True} | given
        vote = _vote(homeowners_committee, places, kind=kind, homes=homes, is_closed=is_closed, **asked)
        decision = _decision(vote, register.area, homeowners_committee, item=item, values=values)
        made = SimpleNamespace(vote=vote, decision=decision, register=register, rights=[], people=[])
        if not frozen:
            unfrozen = {"state": "drafted", "frozen_at": None, "roll_size": 0, "roll_area_centi": 0, "opens_at": None}
            Vote.objects.filter(pk=vote.pk).update(**unfrozen)
            return made
        units = list(register.units.order_by("pk"))
        rows = [committed(number, unit) for number, unit in enumerate(units, start=1)]
        made.people = [Actor(make_person(f"业主{n}", real_name=f"业主{n}")) for n in range(1, homes + 1)]
        made.rights = [
            _right(vote, *each) for each in zip(units, rows, (one.person for one in made.people), strict=True)
        ]
        _freeze(vote, register, homeowners_committee, rows)
        # The state last: from the notice on the database lets nobody add to the roll.
        decision.state = state.value
        decision.save(update_fields=["state"])
        return made

    return build
