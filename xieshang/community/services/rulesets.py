"""Rules that differ by place: what holds from which day on, by what source; one writes it, another confirms."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from ..models import Place, RulesDraft, RuleSet
from ..queries.rulesets import book_at
from ..rules import RuleBook, rulebooks

IN_THE_PAST = Refusal("rules_in_the_past", _("新规则不能从过去的日子算起，请从今天或以后生效。"))
NO_SOURCE = Refusal("rules_without_source", _("请写明依据，例如哪一份文件、哪一次会议。"))


@transaction.atomic
def set_rules(
    actor: Actor,
    place_id: int,
    kind: str,
    *,
    values: Mapping[str, object],
    effective_from: datetime.date,
    source: str,
) -> RuleSet:
    """Set the values of one kind of rule for a place from a day on; what has begun keeps the values it copied.

    Whoever is not time itself sets rules from today on only. Setting the same day again replaces that day's values.
    """
    place = get_object_or_404(Place, pk=place_id)
    if not has_perm("community.set_rules", actor, place.path):
        raise NotAllowed("community.set_rules")
    if actor.office is not SYSTEM.office and effective_from < today():
        raise RuleViolation(IN_THE_PAST)
    if not source.strip():
        raise RuleViolation(NO_SOURCE)
    rules, _made = RuleSet.objects.update_or_create(
        place=place, kind=kind, effective_from=effective_from, defaults={"values": dict(values), "source": source}
    )
    detail = {"rule_set": rules.pk, "kind": kind, "effective_from": effective_from, "values": dict(values)}
    record(actor, "community.set_rules", place=place.path, reason=source, detail=detail)
    return rules


@transaction.atomic
def write_rules(
    actor: Actor,
    place_id: int,
    *,
    book: RuleBook,
    values: Mapping[str, object],
    effective_from: datetime.date,
    source: str,
) -> RulesDraft:
    """Write down what is to hold from a day on; it waits for another person. What runs keeps what it copied."""
    place = get_object_or_404(Place.objects.select_for_update(of=("self",)), pk=place_id)
    if not has_perm("community.set_rules", actor, place.path):
        raise NotAllowed("community.set_rules")
    rulebooks.require_values(book_at(place, book), values)
    is_waiting = RulesDraft.objects.filter(place=place, kind=book.kind, answered_at=None).exists()
    asked = (
        (rulebooks.RULES_SOURCE, not source.strip()),
        (rulebooks.RULES_PAST, effective_from < today()),
        (rulebooks.RULES_WAIT, is_waiting),
    )
    wrong = [refusal for refusal, is_wrong in asked if is_wrong]
    if wrong:
        raise RuleViolation(*wrong)
    draft = RulesDraft(place=place, kind=book.kind, values=dict(values), effective_from=effective_from)
    draft.source, draft.written_by_id, draft.written_at = source.strip()[:200], actor.person_id or 0, now()
    draft.written_in_id = actor.office.id if actor.office else None
    draft.save()
    record(actor, "community.write_rules", place=place.path, reason=draft.source, detail=_said(draft))
    return draft


@transaction.atomic
def confirm_rules(actor: Actor, draft_id: int) -> RuleSet:
    """Another person confirms: the values hold at the place from that day on, over what was set for the same day."""
    draft = _waiting(actor, draft_id)
    if draft.written_by_id == actor.person_id:
        raise RuleViolation(rulebooks.RULES_SAME_PERSON)
    known = RuleSet.objects.filter(place=draft.place, kind=draft.kind, effective_from=draft.effective_from).first()
    values = {**(known.values if known else {}), **draft.values}
    day, source = draft.effective_from, draft.source
    rules = set_rules(actor, draft.place_id, draft.kind, values=values, effective_from=day, source=source)
    _answer(actor, draft, confirmed=True)
    record(actor, "community.confirm_rules", place=draft.place.path, reason=draft.source, detail=_said(draft))
    return rules


@transaction.atomic
def drop_rules(actor: Actor, draft_id: int) -> RulesDraft:
    """Take a draft back, by whoever wrote it or should confirm it."""
    draft = _waiting(actor, draft_id)
    _answer(actor, draft, confirmed=False)
    record(actor, "community.drop_rules", place=draft.place.path, reason=draft.source, detail=_said(draft))
    return draft


def _answer(actor: Actor, draft: RulesDraft, *, confirmed: bool) -> None:
    draft.answered_by_id, draft.answered_at, draft.confirmed = actor.person_id, now(), confirmed
    draft.save(update_fields=["answered_by", "answered_at", "confirmed"])


def _said(draft: RulesDraft) -> dict[str, object]:
    return {
        "draft": draft.pk,
        "kind": draft.kind,
        "values": draft.values,
        "effective_from": draft.effective_from,
    }


def _waiting(actor: Actor, draft_id: int) -> RulesDraft:
    rows = RulesDraft.objects.select_for_update(of=("self",)).select_related("place")
    draft = get_object_or_404(rows, pk=draft_id)
    if not has_perm("community.set_rules", actor, draft.place.path):
        raise NotAllowed("community.set_rules")
    if draft.answered_at is not None:
        raise RuleViolation(rulebooks.RULES_ANSWERED)
    return draft
