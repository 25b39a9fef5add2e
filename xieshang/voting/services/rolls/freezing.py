"""Freezing a roll before the notice: rights with salted commitments, their check code, no change after."""

import secrets
from collections import defaultdict

from django.db import transaction

from xieshang.lib import seal
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import RuleViolation

from ...models import Decision, OwnerClaim, Right, RightHolder, RightOwner, RightUnit, Roll
from ...queries.rolls import Preview, names_of, owners_key, preview, roll_facts_of
from ...rules import Voter, keeping
from ...rules.deciding import Step
from ...rules.estate import ClaimState
from ...rules.rolls import Row, commit, roll_text
from ..opening import BATCH
from .common import keep_step, locked_decision, locked_list, write_down
from .publishing import list_faults

_LONGEST = 200


@transaction.atomic
def freeze_roll(actor: Actor, decision_id: int) -> Roll:
    """Fix who votes with how much, before the notice. From here on nobody changes it, the database included.

    RuleViolation names all that is in the way: the window runs, objections or same-name questions are open, a change
    waits, the list was moved.
    """
    decision = locked_decision(actor, decision_id, "freeze_roll")
    register = locked_list(decision)
    shown = preview(register, decision)
    whole = shown.voters.whole
    refusals = keeping.against_freezing(roll_facts_of(decision, whole), today()) + list_faults(decision, shown)
    if refusals:
        raise RuleViolation(*refusals)
    rights = _write_rights(decision, shown)
    _write_holders(rights, shown)
    at, vote = now(), decision.vote
    text = roll_text(vote.matter.number, whole.heads, whole.area_centi, _commitments(rights))
    roll = Roll.objects.select_for_update().get(vote=vote)
    roll.value, roll.algorithm = seal.check_code(text.encode())
    roll.heads, roll.area_centi = whole.heads, whole.area_centi
    roll.frozen_at, roll.frozen_by_id = at, actor.person_id
    roll.save()
    vote.roll_size, vote.roll_area_centi, vote.frozen_at = whole.heads, whole.area_centi, at
    vote.save(update_fields=["roll_size", "roll_area_centi", "frozen_at"])
    note = f"共{whole.people}人，{whole.area}平方米"
    keep_step(actor, decision, Step.FREEZE_ROLL, note)
    write_down(actor, "voting.freeze_roll", decision, {"heads": whole.heads, "value": roll.value})
    return roll


def _commitments(rights: list[Right]) -> list[tuple[int, str]]:
    return [(right.number or 0, right.commitment) for right in rights]


def _write_rights(decision: Decision, shown: Preview) -> list[Right]:
    voters = shown.voters.voters
    rights = [_right(decision, number, voter, shown) for number, voter in enumerate(voters, start=1)]
    Right.objects.bulk_create(rights, batch_size=BATCH)
    pairs = list(zip(rights, voters, strict=True))
    RightUnit.objects.bulk_create(
        (
            RightUnit(
                vote_id=decision.vote_id,
                right=right,
                unit=row,
                label=unit.name[:80],
                building=row.building,
                stairwell=row.stairwell,
                area_centi=unit.area_centi,
                area_source=row.area_source,
            )
            for right, voter in pairs
            for unit, row in ((unit, shown.units[unit.name]) for unit in voter.units)
        ),
        batch_size=BATCH,
    )
    RightOwner.objects.bulk_create(
        (RightOwner(right=right, owner_id=int(key)) for right, voter in pairs for key in sorted(voter.owners, key=int)),
        batch_size=BATCH,
    )
    return rights


def _right(decision: Decision, number: int, voter: Voter, shown: Preview) -> Right:
    names, salt = names_of(voter, shown.owners), secrets.token_hex(32)
    weight = voter.weight
    units = tuple(unit.name for unit in voter.units)
    return Right(
        vote_id=decision.vote_id,
        community_id=decision.community_id,
        number=number,
        name="、".join(names)[:_LONGEST],
        names=names,
        head=weight.heads,
        area_centi=weight.area_centi,
        owners_key=owners_key(voter),
        is_developer=voter.is_developer,
        salt=salt,
        commitment=commit(Row(number, weight.heads, weight.area_centi, tuple(names), units, salt)),
    )


def _write_holders(rights: list[Right], shown: Preview) -> None:
    """Whoever was found to be one of the owners, or of their copies, may cast the right."""
    standing = {pk: owner.pk for pk, owner in ((int(key), owner) for key, owner in shown.owners.items())}
    people = defaultdict(set)
    claims = OwnerClaim.objects.filter(state=ClaimState.CONFIRMED.value, owner__register_id__in=_registers(shown))
    for owner, same_as, person in claims.values_list("owner_id", "owner__same_as_id", "person_id"):
        if (same_as or owner) in standing:
            people[same_as or owner].add(person)
    holders = {
        (right.pk, person)
        for right, voter in zip(rights, shown.voters.voters, strict=True)
        for key in voter.owners
        for person in people[int(key)]
    }
    RightHolder.objects.bulk_create(
        (RightHolder(right_id=right, person_id=person) for right, person in sorted(holders)), batch_size=BATCH
    )


def _registers(shown: Preview) -> set[int]:
    return {owner.register_id for owner in shown.owners.values()}
