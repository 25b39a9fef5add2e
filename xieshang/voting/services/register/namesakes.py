"""Who of those with one name is one person: by number, else by the clerk's answer, which is kept with who gave it."""

from itertools import combinations

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation

from ...models import Register, RegisterOwner, SameName
from ...rules import Sale, keeping
from ...rules.estate import Sameness
from ..opening import BATCH
from .common import locked_register, next_edition, office_row, permitted_area, published_rolls


def ask_same_names(register: Register) -> int:
    """Ask about each pair of one name of whom one has no number; forget questions that are none any more.

    Gives the number of open questions. Answers stay, whatever comes.
    """
    living = RegisterOwner.objects.filter(register=register, same_as=None)
    living = living.filter(units__unit__gone_on=None, units__unit__sale_state=Sale.SOLD.value).distinct()
    by_name: dict[str, list[tuple[int, bool]]] = {}
    for pk, name, digest in living.order_by("pk").values_list("pk", "name", "id_hash"):
        by_name.setdefault(name, []).append((pk, bool(digest)))
    wanted = {
        (one[0], other[0])
        for people in by_name.values()
        for one, other in combinations(people, 2)
        if not (one[1] and other[1])
    }
    asked = dict(_pairs(register))
    stale = [pk for pair, (pk, answer) in asked.items() if answer == Sameness.OPEN and pair not in wanted]
    SameName.objects.filter(pk__in=stale).delete()
    fresh = sorted(wanted - set(asked))
    rows = (SameName(register=register, first_id=first, second_id=second) for first, second in fresh)
    SameName.objects.bulk_create(rows, batch_size=BATCH)
    return SameName.objects.filter(register=register, answer=Sameness.OPEN.value).count()


def _pairs(register: Register) -> list[tuple[tuple[int, int], tuple[int, str]]]:
    rows = SameName.objects.filter(register=register).values_list("first_id", "second_id", "pk", "answer")
    return [((first, second), (pk, answer)) for first, second, pk, answer in rows]


@transaction.atomic
def answer_same_name(actor: Actor, question_id: int, *, same: bool, basis: str) -> SameName:
    """Say whether two of one name are one person, and by what that is known. It changes the head count.

    An answer may be put right, but not while a roll made from the list is out.
    """
    found = get_object_or_404(SameName.objects.select_related("register__area"), pk=question_id)
    area = permitted_area(actor, found.register.area_id, "answer_same_name")
    register = locked_register(area)
    question = SameName.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=question_id)
    before, after = question.answer, (Sameness.SAME if same else Sameness.DIFFERENT).value
    if not basis.strip():
        raise RuleViolation(keeping.NO_BASIS)
    if before == after:
        raise RuleViolation(keeping.ALREADY_ANSWERED)
    if before != Sameness.OPEN and published_rolls(register).exists():
        raise RuleViolation(keeping.ROLL_IS_OUT)
    question.answer, question.basis, question.answered_at = after, basis.strip()[:200], now()
    question.answered_by_id, question.answered_in = actor.person_id, office_row(actor)
    question.save()
    _join(question) if same else _part(question)
    ask_same_names(register)
    next_edition(register)
    detail = {"question": question.pk, "register": register.pk}
    record(
        actor,
        "voting.answer_same_name",
        place=register.place_path,
        before=before,
        after=after,
        reason=question.basis,
        detail=detail,
    )
    return question


def _join(question: SameName) -> None:
    """The one with a number stands for both; copies always point at the one that stands."""
    stands, copy = question.first, question.second
    if copy.id_hash and not stands.id_hash:
        stands, copy = copy, stands
    stands_for = stands.same_as_id or stands.pk
    RegisterOwner.objects.filter(same_as=copy).update(same_as_id=stands_for)
    RegisterOwner.objects.filter(pk=copy.pk).exclude(pk=stands_for).update(same_as_id=stands_for)


def _part(question: SameName) -> None:
    """Found to be two after all: neither is a copy of the other any more."""
    first, second = question.first, question.second
    if (first.same_as_id or first.pk) == (second.same_as_id or second.pk):
        copy = second if second.same_as_id else first
        RegisterOwner.objects.filter(pk=copy.pk).update(same_as=None)
