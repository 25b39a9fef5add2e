"""A secret vote that ends without a result: a draft withdrawn, or one that nobody can open any more, by two people."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.community.queries import officers_of
from xieshang.community.rules import COMMITTEE_ROLES
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.live.services import tell
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle, tell_followers
from xieshang.notify.services import send

from .. import hooks
from ..models import Box, Opening, RightHolder, SecretEnd, Trustee, Vote
from ..rules import EntryKind, Kind, State, entries, secret
from .ledger import write_entry
from .linking import settle_ledger
from .locks import shut_out


@transaction.atomic
def end_secret(actor: Actor, vote_id: int, *, reason: str) -> SecretEnd:
    """Withdraw a draft, at once; of a vote that has begun ask for the end, which somebody else confirms."""
    vote = _locked(actor, vote_id, "voting.end_secret")
    state = State(vote.state)
    secret.require_end(state, reason=reason, is_opened=_is_opened(vote))
    if SecretEnd.objects.filter(vote=vote, answered_at=None).exists():
        raise RuleViolation(secret.END_WAITS)
    asked = SecretEnd(vote=vote, reason=reason.strip()[:200], asked_by_id=actor.person_id or 0, asked_at=now())
    if state == State.DRAFTED:
        asked.answered_at, asked.agreed = asked.asked_at, True
    asked.save()
    if state == State.DRAFTED:
        record(actor, "voting.withdraw_secret", number=vote.matter.number, place=vote.place_path, reason=asked.reason)
        _withdraw(vote, asked)
    else:
        record(actor, "voting.ask_end", number=vote.matter.number, place=vote.place_path, reason=asked.reason)
        _ask_others(actor, vote)
    return asked


@transaction.atomic
def answer_end(actor: Actor, vote_id: int, asked_id: int, *, agreed: bool) -> SecretEnd:
    """Another person, of the committee or a trustee, confirms that the vote ends, or declines."""
    vote = _locked(actor, vote_id, "voting.answer_end")
    asked = get_object_or_404(SecretEnd.objects.select_for_update(of=("self",)), pk=asked_id, vote=vote)
    if asked.answered_at is not None:
        raise RuleViolation(secret.END_ANSWERED)
    if asked.asked_by_id == actor.hands:
        raise RuleViolation(secret.END_OWN)
    if agreed:
        secret.require_end(State(vote.state), reason=asked.reason, is_opened=_is_opened(vote))
    asked.answered_by_id, asked.answered_at, asked.agreed = actor.hands, now(), agreed
    asked.save()
    detail = {"agreed": agreed}
    record(
        actor, "voting.answer_end", number=vote.matter.number, place=vote.place_path, reason=asked.reason, detail=detail
    )
    if agreed:
        _end(vote, asked)
    tell(f"matter.{vote.matter_id}", "poll")
    return asked


def _locked(actor: Actor, vote_id: int, permission: str) -> Vote:
    get_object_or_404(Vote.objects.visible_to(actor), pk=vote_id, kind=Kind.SECRET.value)
    vote = shut_out(vote_id)
    if not has_perm(permission, actor, vote):
        raise NotAllowed(permission)
    return vote


def _is_opened(vote: Vote) -> bool:
    return vote.counts.exists() or Opening.objects.filter(envelope__vote=vote).exists()


def _ask_others(actor: Actor, vote: Vote) -> None:
    """Those who may confirm it: the committee's other people and the trustees."""
    people = set(officers_of(vote.place_path, COMMITTEE_ROLES).values_list("person_id", flat=True))
    people |= set(Trustee.objects.filter(vote=vote).values_list("person_id", flat=True))
    send(
        people - {actor.person_id or 0},
        title=vote.question,
        body=_("有人提出中止这次无记名投票，请您确认。"),
        number=vote.matter.number,
        url=vote.get_absolute_url(),
    )


def _withdraw(vote: Vote, asked: SecretEnd) -> None:
    """A draft is known to officers and trustees only; they hear that no keys are wanted any more."""
    vote.state, vote.closed_at = State.VOIDED.value, asked.answered_at
    vote.save(update_fields=["state", "closed_at"])
    settle(vote.matter, standing=_("已撤回"), audience=Audience.OFFICERS, is_open=False)
    send(
        Trustee.objects.filter(vote=vote).values_list("person_id", flat=True),
        title=vote.question,
        body=_("这次无记名投票撤回了：%s。钥匙单可以销毁。") % asked.reason.rstrip("。"),
        number=vote.matter.number,
        url=reverse("voting:trustee", args=[vote.pk]),
    )


def _end(vote: Vote, asked: SecretEnd) -> None:
    """Into the ledger, the box emptied unread, and the reason to everybody on the roll."""
    vote.state, vote.closed_at = State.VOIDED.value, asked.answered_at
    vote.save(update_fields=["state", "closed_at"])
    Box.objects.filter(vote=vote).update(sealed="")
    both = [person for person in (asked.asked_by_id, asked.answered_by_id) if person is not None]
    write_entry(vote, EntryKind.VOIDED, asked.answered_at or now(), entries.voided(reason=asked.reason, by=both))
    settle_ledger(vote.pk)
    settle(vote.matter, standing=_("已中止"), audience=Audience(vote.matter.audience), is_open=False)
    words = _("这次无记名投票中止了，投过的票没有人打开，全部作废。原因：%s。") % asked.reason.rstrip("。")
    send(
        RightHolder.objects.filter(right__vote=vote).values_list("person_id", flat=True).distinct(),
        title=vote.question,
        body=words,
        number=vote.matter.number,
        url=vote.get_absolute_url(),
    )
    tell_followers(vote.of or vote.matter, body=words)
    for move_on in hooks.on_closed:
        move_on(vote)
