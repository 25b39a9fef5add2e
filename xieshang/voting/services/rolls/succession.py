"""A sale after the roll was frozen: head and area stay; who may cast the right passes on, by two people."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.accounts.models import Person
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.text import mobile_number
from xieshang.notify.services import send

from ...models import Ballot, Decision, PaperBallot, Right, RightHolder, Succession, Vote
from ...rules import EntryKind, State, entries, keeping
from ...rules.entries import slot_of
from ...rules.paperwork import PaperState
from ...rules.rolls import opening_salt
from ..ledger import write_entry
from ..locks import hold
from ..proxies import end_proxies
from ..register.common import office_row
from .common import locked_decision, write_down


@transaction.atomic
def write_succession(
    actor: Actor, right_id: int, *, name: str, basis: str, proof: File | None, phone: str = ""
) -> Succession:
    """Write down who may cast a right after a sale, how that is known, the paper that shows it. Moves nothing yet."""
    right, decision, vote = _held(actor, right_id, "write_succession")
    refusals = _against(right, vote, now())
    if not name.strip() or not basis.strip():
        refusals.append(keeping.NO_WORDS)
    if proof is None:
        refusals.append(keeping.NO_PROOF)
    if Succession.objects.filter(right=right, confirmed_at=None).exists():
        refusals.append(keeping.SUCCESSION_WAITS)
    if refusals:
        raise RuleViolation(*refusals)
    number = mobile_number(phone) if phone.strip() else None
    person = Person.objects.filter(phone=number, phone_verified=True, is_active=True).first() if number else None
    succession = Succession.objects.create(
        right=right,
        name=name.strip()[:40],
        person=person,
        basis=basis.strip()[:200],
        proof=attach_closed(actor, vote.matter, proof, caption="换人投的证明") if proof else None,
        written_by_id=actor.person_id or 0,
        written_in=office_row(actor),
        written_at=now(),
    )
    write_down(actor, "voting.write_succession", decision, {"succession": succession.pk, "right": right.number})
    return succession


@transaction.atomic
def confirm_succession(actor: Actor, succession_id: int) -> Succession:
    """Confirm, as another human being, what was written down: from now on the new owner casts this right."""
    found = get_object_or_404(Succession, pk=succession_id)
    right, decision, vote = _held(actor, found.right_id, "confirm_succession")
    succession = Succession.objects.select_for_update(of=("self",)).get(pk=succession_id)
    if succession.confirmed_at:
        raise RuleViolation(keeping.CHANGE_GONE)
    if succession.written_by_id == actor.person_id:
        raise RuleViolation(keeping.SAME_PERSON)
    at = now()
    refusals = _against(right, vote, at)
    if refusals:
        raise RuleViolation(*refusals)
    succession.confirmed_by_id, succession.confirmed_in = actor.person_id, office_row(actor)
    succession.confirmed_at = at
    succession.save()
    before = set(right.holders.values_list("person_id", flat=True))
    right.holders.all().delete()
    if succession.person_id:
        RightHolder.objects.create(right=right, person_id=succession.person_id)
    end_proxies(actor, vote, right)
    by = [succession.written_by_id, actor.person_id or 0]
    fields = entries.succession(slot=slot_of(opening_salt(right.salt)), by=by)
    write_entry(vote, EntryKind.SUCCEEDED, at, fields)
    write_down(actor, "voting.confirm_succession", decision, {"succession": succession.pk, "right": right.number})
    _tell(vote, right, before, succession)
    return succession


def _held(actor: Actor, right_id: int, verb: str) -> tuple[Right, Decision, Vote]:
    """The right under lock, its decision and its vote, in the order in which casting takes them: the vote first."""
    found = get_object_or_404(Right.objects.select_related("vote__decision"), pk=right_id)
    vote = hold(actor, found.vote_id)
    decision = locked_decision(actor, found.vote.decision.pk, verb)
    return Right.objects.select_for_update(of=("self",)).get(pk=right_id), decision, vote


def _against(right: Right, vote: Vote, at: datetime) -> list[Refusal]:
    if vote.frozen_at is None:
        return [keeping.NOT_FROZEN]
    if vote.state not in (State.DRAFTED, State.OPEN) or (vote.closes_at and at >= vote.closes_at):
        return [keeping.VOTE_OVER]
    handed_in = PaperBallot.objects.filter(right=right, state=PaperState.RECEIVED.value)
    return [keeping.RIGHT_USED] if handed_in.exists() or Ballot.objects.filter(right=right).exists() else []


def _tell(vote: Vote, right: Right, before: set[int], succession: Succession) -> None:
    homes = "、".join(right.units.order_by("pk").values_list("label", flat=True))
    body = f"{vote.question}：{homes}的表决权，现在由登记的新业主来投。人数和面积不变。"
    people = before | ({succession.person_id} if succession.person_id else set())
    send(people, title="表决权由新业主来投", body=body, number=vote.matter.number, url=vote.get_absolute_url())
