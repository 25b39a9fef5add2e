"""Acts that two human beings must want: the one extension, and aborting a vote in which a fault was found."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from xieshang.community.models import Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.outcomes.rules import NoticeKind

from ...models import Decision, SecondSignature
from ...rules import EntryKind, entries
from ...rules import State as VoteState
from ...rules.deciding import Step
from ...rules.deciding.texts import abort_lines, extension_lines
from ..ledger import write_entry
from .asking import ask, write_down
from .moving import _moving, locked, tell_committee, tell_owners
from .official import enter
from .telling import put_up, text_of

ANSWERED = Refusal("signature_answered", _("这一条已经办过了，请刷新看看。"))
OWN_SIGNATURE = Refusal("own_signature", _("要由另一个人来确认，提出的人自己不能确认。"))


def ask_extension(actor: Actor, decision_id: int, *, closes_at: datetime, reason: str) -> SecondSignature:
    """One of the convener's people wants more time for the vote; another human being confirms it."""
    given: dict[str, Any] = {"new_closes_at": closes_at, "new_closes_on": day_of(closes_at)}
    return ask(actor, decision_id, Step.EXTEND, reason, kept={"closes_at": closes_at.isoformat()}, given=given)


def ask_abort(actor: Actor, decision_id: int, *, reason: str) -> SecondSignature:
    """One of the convener's people found a fault in roll, text or rule; another human being confirms the abort."""
    return ask(actor, decision_id, Step.ABORT, reason, kept={}, given={})


@transaction.atomic
def answer_signature(actor: Actor, signature_id: int, *, agreed: bool) -> Decision:
    """The other human being confirms or declines; confirmed, it is done in the same moment."""
    known = get_object_or_404(SecondSignature.objects.filter(step__in=[step.value for step in ACTS]), pk=signature_id)
    decision = locked(actor, known.decision_id)
    if not has_perm("voting.answer_signature", actor, decision):
        raise NotAllowed("answer_signature")
    asked = SecondSignature.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=signature_id)
    if asked.answered_at is not None:
        raise RuleViolation(ANSWERED)
    if asked.asked_by_id == actor.person_id:
        raise RuleViolation(OWN_SIGNATURE)
    asked.answered_by_id, asked.answered_at, asked.agreed = actor.person_id, now(), agreed
    asked.save(update_fields=["answered_by", "answered_at", "agreed"])
    write_down(actor, decision, f"voting.{'confirm' if agreed else 'decline'}_{asked.step}", asked.reason)
    return ACTS[Step(asked.step)](_asker(asked), actor, asked) if agreed else decision


def _asker(asked: SecondSignature) -> Actor:
    """Whoever began it, in the office it was begun in: the act is the convener's."""
    office = Office.objects.select_related("body__place").filter(pk=asked.asked_in_id or 0).first()
    if office is None:
        raise Http404
    return Actor(asked.asked_by, office)


def _extend(asker: Actor, second: Actor, asked: SecondSignature) -> Decision:
    closes_at = datetime.fromisoformat(asked.given["closes_at"])
    given: dict[str, Any] = {"new_closes_at": closes_at, "new_closes_on": day_of(closes_at), "reason_given": True}
    with _moving(asker, asked.decision_id, Step.EXTEND, note=asked.reason, second=second, **given) as decision:
        vote, before = decision.vote, decision.closes_at
        if before is None:
            raise ValueError("a vote that runs has an end")
        # In this order: the database lets the vote's end follow the decision's, and nothing else.
        decision.first_closes_at, decision.closes_at = before, closes_at
        decision.save(update_fields=["first_closes_at", "closes_at"])
        vote.closes_at = closes_at
        vote.save(update_fields=["closes_at"])
        fields = entries.extended(closes_at=closes_at, reason=asked.reason, by=_both(asker, second))
        write_entry(vote, EntryKind.EXTENDED, now(), fields)
        lines = extension_lines(decision.area.name, vote.question, asked.reason, before, closes_at)
        title = _("关于延长“{question}”投票时间的通知").format(question=vote.question)
        put_up(asker, decision, NoticeKind.WORD, title, text_of(lines))
        tell_owners(decision, lines[1])
        tell_committee(decision, lines[1])
    return decision


def _abort(asker: Actor, second: Actor, asked: SecondSignature) -> Decision:
    given: dict[str, Any] = {"reason_given": True}
    with _moving(asker, asked.decision_id, Step.ABORT, note=asked.reason, second=second, **given) as decision:
        vote = decision.vote
        was_open = vote.state == VoteState.OPEN
        vote.state, vote.closed_at = VoteState.VOIDED.value, now()
        vote.save(update_fields=["state", "closed_at"])
        if was_open:
            fields = entries.voided(reason=asked.reason, by=_both(asker, second))
            write_entry(vote, EntryKind.VOIDED, now(), fields)
        lines = abort_lines(decision.area.name, vote.question, asked.reason)
        title = _("关于中止“{question}”表决的通知").format(question=vote.question)
        put_up(asker, decision, NoticeKind.WORD, title, text_of(lines))
        tell_owners(decision, lines[1])
        tell_committee(decision, lines[1])
    return decision


def _both(asker: Actor, second: Actor) -> list[int]:
    return [person for person in (asker.person_id, second.person_id) if person is not None]


ACTS: dict[Step, Callable[[Actor, Actor, SecondSignature], Decision]] = {
    Step.EXTEND: _extend,
    Step.ABORT: _abort,
    Step.ENTER_RESULT: enter,
}
