"""A secret vote from the draft to the opened envelopes; what is sealed is sealed and opened in browsers, never here."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.community.models import Place
from xieshang.community.queries import officers_of
from xieshang.community.rules import COMMITTEE_ROLES
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.envelopes import reopen, unpacked
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Matter
from xieshang.matters.services import make
from xieshang.notify.services import send

from .. import hooks
from ..models import Box, Envelope, Opening, Right, RightUsed, Trustee, Vote
from ..queries import candidate_of, find_trustee, standing_for
from ..rules import Base, Channel, Kind, Nature, OptionKind, State, lines_for, secret
from .boxes import inside, put_into
from .casting import require_open, tell_page
from .locks import hold, shut_out
from .opening import MATTER_KIND, allowed_scope, one_line, prepared, sound_paper, turnout_of, write_options
from .tallying import count_when_ready


@transaction.atomic
def prepare_secret(
    actor: Actor,
    *,
    question: str,
    scope_id: int,
    days: int,
    trustees: Sequence[str],
    options: Sequence[str] = (),
    levels: bool = False,
    intro: str = "",
    base: Base = Base.PERSON,
    of: Matter | None = None,
    turnout: str | None = None,
    closes_at: datetime | None = None,
) -> Vote:
    """Draft a secret vote of the people of a place: one head, one vote, one line ticked; three trustees are named.

    `of`: the matter it is about, which moves with it as with an open poll. Trustees are given by name or mobile number.
    With `levels` the options are grades (满意, 不满意), and there is no line “none of these”.
    """
    scope = allowed_scope(actor, of, scope_id) if of else _allowed_place(actor, scope_id)
    secret.require_secret(base)
    texts = sound_paper(question, options, 1)
    people = _sound_trustees(scope, trustees)
    own = make(actor, kind=MATTER_KIND, prefix=_("票"), title=one_line(question)[:80], place=scope)
    vote = Vote.objects.create(
        matter=own,
        community_id=own.community_id,
        **_sort(scope, of, base),
        question=own.title,
        intro=intro.strip(),
        turnout_share=turnout_of(scope, turnout),
        days=days,
        closes_at=closes_at,
    )
    left_out = OptionKind.NONE_OF_THESE if levels else None
    write_options(vote, [line for line in lines_for(texts) if line.kind != left_out])
    _name_trustees(vote, people)
    return prepared(actor, vote)


def _sort(scope: Place, of: Matter | None, base: Base) -> dict[str, Any]:
    """Who is asked about what, and what the answer is worth."""
    kind, nature = Kind.SECRET.value, _nature_of(of).value
    return {"scope": scope, "of": of, "kind": kind, "nature": nature, "base": base.value}


def _allowed_place(actor: Actor, scope_id: int) -> Place:
    scope = get_object_or_404(Place, pk=scope_id)
    if not has_perm("voting.prepare", actor, scope.path):
        raise NotAllowed("voting.prepare")
    return scope


def _nature_of(matter: Matter | None) -> Nature:
    known = (nature(matter) for nature in hooks.natures) if matter else iter(())
    return next(filter(None, known), Nature.CONSULTATION)


def _sound_trustees(scope: Place, named: Sequence[str]) -> list[int]:
    people = [find_trustee(scope, text) for text in named]
    secret.require_trustees(people)
    return [one.person_id for one in people]


def _name_trustees(vote: Vote, people: Sequence[int]) -> None:
    Trustee.objects.bulk_create(
        Trustee(vote=vote, seat=seat, person_id=person) for seat, person in zip(secret.SEATS, people, strict=True)
    )
    _ask_for_key(vote, people)


def _ask_for_key(vote: Vote, people: Sequence[int]) -> None:
    send(
        people,
        title=_("请您当钥匙保管人"),
        body=_("“%s”是无记名投票，请您在自己的手机或者电脑上做一把钥匙。") % vote.question,
        number=vote.matter.number,
        url=reverse("voting:trustee", args=[vote.pk]),
    )


@transaction.atomic
def replace_trustee(actor: Actor, vote_id: int, seat: int, text: str) -> Trustee:
    """Another trustee in a seat, given by name or mobile number, as long as the vote is a draft; makes a new key."""
    votes = Vote.objects.visible_to(actor).select_for_update(of=("self",)).select_related("matter__place", "scope")
    vote = get_object_or_404(votes, pk=vote_id, kind=Kind.SECRET.value)
    if not has_perm("voting.prepare", actor, vote):
        raise NotAllowed("voting.prepare")
    if vote.state != State.DRAFTED:
        raise RuleViolation(secret.KEYS_FIXED)
    trustee = get_object_or_404(Trustee, vote=vote, seat=seat)
    others = [candidate_of(vote.scope, one.person_id) for one in Trustee.objects.filter(vote=vote).exclude(seat=seat)]
    found = find_trustee(vote.scope, text)
    secret.require_trustees([*others, found])
    trustee.person_id, trustee.public_key, trustee.made_at = found.person_id, None, None
    trustee.save()
    _ask_for_key(vote, [found.person_id])
    record(actor, "voting.replace_trustee", number=vote.matter.number, place=vote.place_path, detail={"seat": seat})
    return trustee


@transaction.atomic
def register_key(actor: Actor, vote_id: int, *, x: str, y: str) -> Trustee:
    """A trustee's public key, made on the trustee's own device; may be made anew until the vote opens."""
    own = Trustee.objects.select_for_update(of=("self",)).select_related("vote__matter__place")
    trustee = get_object_or_404(own, vote_id=vote_id, person_id=actor.person_id or 0)
    if actor.helper or not has_perm("voting.register_key", actor, trustee.vote):
        raise NotAllowed("voting.register_key")
    if trustee.vote.state != State.DRAFTED:
        raise RuleViolation(secret.KEYS_FIXED)
    point = secret.sound_point(x, y)
    if Trustee.objects.filter(public_key={"x": x, "y": y}).exclude(pk=trustee.pk).exists():
        raise RuleViolation(secret.KEY_TAKEN)
    trustee.public_key, trustee.made_at = {"x": x, "y": y}, now()
    trustee.save()
    vote = trustee.vote
    detail = {"seat": trustee.seat, "fingerprint": point.fingerprint}
    record(actor, "voting.register_key", number=vote.matter.number, place=vote.place_path, detail=detail)
    if not Trustee.objects.filter(vote=vote, made_at=None).exists():
        _tell_committee(vote)
    return trustee


def _tell_committee(vote: Vote) -> None:
    """All keys are in: whoever may open the vote hears of it."""
    send(
        officers_of(vote.place_path, COMMITTEE_ROLES).values_list("person_id", flat=True),
        title=_("三把钥匙都登记了"),
        body=_("“%s”可以开始投票了。") % vote.question,
        number=vote.matter.number,
        url=vote.get_absolute_url(),
    )


@transaction.atomic
def cast_sealed(actor: Actor, vote_id: int, envelope: object) -> None:
    """Take a sealed envelope and note that the right was used, in two places that nothing ties together.

    The same envelope sent again is taken as sent once. Twice, late, or badly sealed: RuleViolation.
    """
    vote = hold(actor, vote_id)
    if actor.helper:
        raise RuleViolation(secret.NO_HELPER)
    if vote.kind != Kind.SECRET or not has_perm("voting.cast", actor, vote):
        raise NotAllowed("voting.cast", standing_for(actor, vote).sentence)
    sealed = secret.sound_envelope(envelope)
    rights = Right.objects.select_for_update(of=("self",)).filter(vote=vote, holders__person_id=actor.person_id)
    right = rights.get()
    box = Box.objects.select_for_update().get(pk=vote.pk)
    at, envelopes = now(), inside(box)
    is_used = RightUsed.objects.filter(right=right).exists()
    if is_used and (sealed in envelopes or _is_listed(vote, sealed)):
        return
    if is_used:
        raise RuleViolation(secret.ALREADY_USED)
    require_open(vote, at)
    if any(one["tracker"] == sealed["tracker"] for one in envelopes):
        raise RuleViolation(secret.NOT_SEALED)
    RightUsed.objects.create(right=right, on=day_of(at))
    put_into(box, [*envelopes, sealed])
    tell_page(vote)


def _is_listed(vote: Vote, sealed: dict[str, object]) -> bool:
    """Whether this very envelope was in the box when it was emptied."""
    found = Envelope.objects.filter(vote=vote, tracker=sealed["tracker"]).first()
    return found is not None and found.sealed == sealed


@transaction.atomic
def hand_out_paper(actor: Actor, vote_id: int, right_number: int) -> RightUsed:
    """A resident takes a paper at the desk: the right is used, what is on the paper goes into the box unseen."""
    vote = hold(actor, vote_id)
    if not has_perm("voting.hand_out_paper", actor, vote) or vote.kind != Kind.SECRET:
        raise NotAllowed("voting.hand_out_paper")
    rights = Right.objects.select_for_update(of=("self",)).filter(vote=vote, number=right_number)
    right, at = get_object_or_404(rights), now()
    if RightUsed.objects.filter(right=right).exists():
        raise RuleViolation(secret.PAPER_TOO_LATE)
    require_open(vote, at)
    used = RightUsed.objects.create(right=right, on=day_of(at), channel=Channel.PAPER.value)
    record(actor, "voting.hand_out_paper", number=vote.matter.number, place=vote.place_path)
    tell_page(vote)
    return used


@transaction.atomic
def submit_openings(actor: Actor, vote_id: int, text: str) -> Vote:
    """What two trustees have found: the key of every envelope. Each is tried on its envelope before it is kept."""
    get_object_or_404(Vote.objects.visible_to(actor), pk=vote_id, kind=Kind.SECRET.value)
    vote = shut_out(vote_id)
    if not has_perm("voting.unseal", actor, vote):
        raise NotAllowed("voting.unseal")
    if vote.state != State.CLOSED:
        raise RuleViolation(secret.NOT_CLOSED)
    envelopes = list(Envelope.objects.filter(vote=vote))
    if Opening.objects.filter(envelope__vote=vote).exists() or vote.counts.exists():
        raise RuleViolation(secret.ALREADY_OPENED)
    seats, keys = secret.sound_openings(
        _read(text),
        vote=vote.matter.number,
        code=secret.list_code([one.sealed for one in envelopes]),
        trackers=[one.tracker for one in envelopes],
    )
    Opening.objects.bulk_create(_opening(vote, one, keys[one.tracker]) for one in envelopes)
    detail = {"seats": seats, "envelopes": len(envelopes), "shut": sum(not key for key in keys.values())}
    record(actor, "voting.unseal", number=vote.matter.number, place=vote.place_path, detail=detail)
    count_when_ready(vote)
    return vote


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as wrong:
        raise RuleViolation(secret.OPENING_UNSOUND) from wrong


def _opening(vote: Vote, envelope: Envelope, key: str) -> Opening:
    """An envelope with its key, tried; an empty key says that two trustees could not open it."""
    if not key:
        return Opening(envelope=envelope)
    try:
        places = reopen(envelope.sealed, vote.matter.number, unpacked(key))
    except ValueError as wrong:
        raise RuleViolation(secret.said(secret.WRONG_KEY, tracker=envelope.tracker)) from wrong
    return Opening(envelope=envelope, key=key, places=places)
