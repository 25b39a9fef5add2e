"""The one-time code by which an owner is confirmed once more at casting (电子签名法第13条)."""

import secrets
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.accounts.services import text_within_caps
from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.limits import Cap, within
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.seal import matching

from ..models import Vote
from ..queries import phone_obstacle, visible_vote
from ..rules import handing

MINUTE = 60


@transaction.atomic
def send_code(actor: Actor, vote_id: int, *, address: str | None = None) -> None:
    """Text a one-time code to this owner's own number; RuleViolation where it proves nobody or was sent too often."""
    vote = visible_vote(actor, vote_id)
    if not has_perm("voting.cast", actor, vote):
        raise NotAllowed("voting.cast")
    person = Person.objects.get(pk=actor.person_id)
    require_own_phone(person)
    cap = Cap("cast-code", f"{vote_id} {person.pk}", 1, MINUTE)
    if not within(cap):
        wait = handing.JUST_SENT if has_code(person.pk, vote) else handing.JUST_USED
        raise RuleViolation(Refusal(wait.code, wait.sentence.format(seconds=cap.seconds_left)))
    code = _drawn()
    words = _("【协商】您正在投“%(question)s”的票，验证码是%(code)s，5分钟内有效。请不要告诉别人。") % {
        "question": vote.question[:20],
        "code": code,
    }
    if not text_within_caps(str(person.phone), words, address=address):
        raise RuleViolation(handing.TOO_MANY_TEXTS)
    # Only what has gone out takes the place of the one before.
    _keep(person.pk, vote, code)
    record(actor, "voting.send_code", number=vote.matter.number, place=vote.place_path)


def require_own_phone(person: Person) -> None:
    """A number proves one person only when it is proved and nobody shares it."""
    obstacle = phone_obstacle(person)
    if obstacle:
        raise RuleViolation(obstacle)


def new_code(person_id: int, vote: Vote) -> str:
    """A fresh code for one person and one vote, kept as a keyed hash for five minutes."""
    code = _drawn()
    _keep(person_id, vote, code)
    return code


def _drawn() -> str:
    return f"{secrets.randbelow(10**handing.CODE_DIGITS):0{handing.CODE_DIGITS}d}"


def _keep(person_id: int, vote: Vote, code: str) -> None:
    slot = _slot(person_id, vote.pk)
    cache.set(slot, matching(slot + code), handing.CODE_SECONDS)
    cache.set(f"{slot}:tries", 0, handing.CODE_SECONDS)


def has_code(person_id: int, vote: Vote) -> bool:
    """Whether a code that still does was sent to this person for this vote."""
    return cache.get(_slot(person_id, vote.pk)) is not None


def use_code(person_id: int, vote: Vote, code: str) -> None:
    """Take a code, for good once the acting transaction holds; RuleViolation where it does not do.

    None was given, it is wrong, its time is over, or it was tried too often.
    """
    slot = _slot(person_id, vote.pk)
    if not code:
        raise RuleViolation(handing.CODE_MISSING)
    kept = cache.get(slot)
    if kept is None or not _may_try(slot):
        cache.delete(slot)
        raise RuleViolation(handing.CODE_OVER)
    if not secrets.compare_digest(kept, matching(slot + code)):
        raise RuleViolation(handing.CODE_WRONG)
    # Used up with the ballot it confirmed: if that is not kept after all, pressing again must still do.
    transaction.on_commit(partial(cache.delete, slot))


def _may_try(slot: str) -> bool:
    try:
        return cache.incr(f"{slot}:tries") <= handing.CODE_TRIES
    except ValueError:
        # The span ended between the two calls.
        return False


def _slot(person_id: int, vote_id: int) -> str:
    return f"cast-code:{vote_id}:{person_id}"
