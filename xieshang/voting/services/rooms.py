"""A motion put to a room: opened on those present, voted by phone, hand or paper, closed by the chair, counted at once.

The meeting asks first who may put it and whether it is on the agenda; here is the vote itself, as every vote is held.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import File as Upload
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.community.models import Place
from xieshang.discussion.models import Attachment
from xieshang.discussion.services import attach_closed
from xieshang.lib import seal
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.live.services import tell
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle

from .. import hooks
from ..models import Box, Right, RightHolder, RightUsed, RoomCount, RoomVote, Vote, VoteCount
from ..queries import count_room, rule_of, slate_of, slips_out
from ..rules import Base, Channel, EntryKind, Kind, Nature, OptionKind, Result, State, entries, lines_for, room, secret
from ..rules.entries import slot_of
from ..rules.rolls import opening_salt
from ..rules.room import Count, RoomRule, Seat
from .casting import require_open, require_paper, tell_page
from .counting import keep
from .ledger import write_entry, write_opened
from .linking import settle_ledger
from .locks import hold, shut_out
from .opening import MATTER_KIND, one_line, write_options, write_rights

# A chair who forgets to close: nothing runs for ever.
LONGEST = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Motion:
    """What is put: the words, to whom, by which rule, and where it is read."""

    question: str
    scope: Place
    base: Base
    rule: RoomRule
    url: str
    is_secret: bool = False
    is_advice: bool = False


@transaction.atomic
def put_to_room(actor: Actor, of: Matter, motion: Motion, seats: Sequence[Seat]) -> Vote:
    """Put a motion to those present, who are its roll from this instant on; nothing of it changes any more."""
    if not has_perm("voting.hold_room", actor, of):
        raise NotAllowed("voting.hold_room")
    room.require_seats(seats, motion.base, is_secret=motion.is_secret)
    at = now()
    vote = _drafted(actor, of, motion, at)
    vote.roll_size = _seat(vote, seats)
    if motion.is_secret:
        _write_box(Box(vote=vote), [])
    vote.state, vote.frozen_at, vote.opens_at = State.OPEN.value, at, at
    vote.save()
    write_opened(vote, at)
    settle(vote.matter, standing=_("正在表决"), audience=Audience(of.audience), is_open=True)
    facts = {"present": vote.roll_size, "entitled": motion.rule.entitled, "secret": motion.is_secret}
    record(actor, "voting.put_to_room", number=vote.matter.number, place=vote.place_path, detail=facts)
    return vote


def _drafted(actor: Actor, of: Matter, motion: Motion, at: datetime) -> Vote:
    """The vote with its paper and what it needs, not open yet."""
    own = make(actor, kind=MATTER_KIND, prefix=_("票"), title=one_line(motion.question)[:80], place=of.place)
    own.url = motion.url
    own.save(update_fields=["url"])
    vote = Vote.objects.create(
        matter=own,
        of=of,
        community_id=own.community_id,
        scope=motion.scope,
        nature=Nature.CONSULTATION.value,
        kind=(Kind.ROOM_SECRET if motion.is_secret else Kind.ROOM).value,
        base=motion.base.value,
        question=own.title,
        days=1,
        closes_at=at + LONGEST,
    )
    write_options(vote, lines_for([]))
    approval = motion.rule.approval
    RoomVote.objects.create(
        vote=vote,
        entitled=motion.rule.entitled,
        approval=f"{approval.fraction.numerator}/{approval.fraction.denominator}",
        is_enough=approval.is_enough,
        is_of_all=motion.rule.is_of_all,
        is_advice=motion.is_advice,
        source=motion.rule.source,
    )
    return vote


def _seat(vote: Vote, seats: Sequence[Seat]) -> int:
    """Every right of those present, and whose phones may use it; gives their number."""
    rights = [Right(person_id=s.person_id, household_id=s.household_id, name=s.name[:200]) for s in seats]
    written = write_rights(vote, rights)
    RightHolder.objects.bulk_create(
        RightHolder(right=right, person_id=person)
        for right, seat in zip(written, seats, strict=True)
        for person in sorted(set(seat.holders))
    )
    return len(written)


@transaction.atomic
def cast_in_room(actor: Actor, vote_id: int, option_id: int, *, right_id: int | None = None) -> None:
    """Vote in a secret motion: that the right was used and what was chosen, in two places that nothing ties together.

    Of several rights `right_id` names one. Nobody can find a vote again, so none can be changed.
    """
    vote = hold(actor, vote_id)
    if actor.helper:
        raise RuleViolation(secret.NO_HELPER)
    rights = Right.objects.select_for_update(of=("self",)).filter(vote=vote, holders__person_id=actor.person_id)
    mine = list(rights.order_by("pk"))
    if vote.kind != Kind.ROOM_SECRET or not mine:
        raise RuleViolation(room.NOT_IN_THE_ROOM)
    box = Box.objects.select_for_update().get(pk=vote.pk)
    at = now()
    require_open(vote, at)
    require_paper(vote, [option_id])
    used = set(RightUsed.objects.filter(right__in=mine).values_list("right_id", flat=True))
    free = next((right for right in mine if right.pk not in used and right_id in {None, right.pk}), None)
    if free is None:
        raise RuleViolation(secret.ALREADY_USED)
    RightUsed.objects.create(right=free, on=day_of(at))
    _write_box(box, [*_inside(box), next(option.position for option in vote.options.all() if option.pk == option_id)])
    tell_page(vote)


def _inside(box: Box) -> list[int]:
    """The places chosen so far, in the order of the paper."""
    found: list[int] = json.loads(seal.unseal(box.sealed))
    return found


def _write_box(box: Box, places: Sequence[int]) -> None:
    """The whole box anew, in the order of the paper: nothing shows which choice came last."""
    box.sealed = seal.seal(json.dumps(sorted(places)))
    box.save()


@transaction.atomic
def hand_out_slip(actor: Actor, vote_id: int, right_id: int) -> RightUsed:
    """Somebody without a phone takes a paper in a secret motion: their right is used, the paper goes into the box."""
    vote = hold(actor, vote_id)
    if vote.of is None or vote.kind != Kind.ROOM_SECRET or not has_perm("voting.hold_room", actor, vote.of):
        raise NotAllowed("voting.hold_room")
    right = get_object_or_404(Right.objects.select_for_update(of=("self",)).filter(vote=vote), pk=right_id)
    at = now()
    if RightUsed.objects.filter(right=right).exists():
        raise RuleViolation(secret.PAPER_TOO_LATE)
    require_open(vote, at)
    used = RightUsed.objects.create(right=right, on=day_of(at), channel=Channel.PAPER.value)
    record(actor, "voting.hand_out_paper", number=vote.matter.number, place=vote.place_path)
    tell_page(vote)
    return used


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in the room: hands, or papers, or names on a sheet when the net was down, with its photo."""

    channel: Channel
    count: Count
    sheet: Upload | None = None


@transaction.atomic
def close_room(actor: Actor, vote_id: int, counted: Counted | None = None) -> VoteCount:
    """End a motion and count it at once: what the phones sent, and what was counted in the room."""
    get_object_or_404(Vote.objects.visible_to(actor), pk=vote_id)
    vote = shut_out(vote_id)
    if vote.of is None or not has_perm("voting.hold_room", actor, vote.of):
        raise NotAllowed("voting.hold_room")
    at = now()
    require_open(vote, at)
    return finish(actor, vote, at, counted)


def finish(actor: Actor, vote: Vote, at: datetime, counted: Counted | None = None) -> VoteCount:
    """Shut a motion that is locked, count it, and let the meeting move on; by its chair, or by time."""
    if counted:
        _require_possible(vote, counted)
    vote.state, vote.closed_at = State.CLOSED.value, at
    vote.save(update_fields=["state", "closed_at"])
    fields = _empty_box(vote) if vote.kind == Kind.ROOM_SECRET else entries.closed(ballots=vote.ballots.count())
    write_entry(vote, EntryKind.CLOSED, at, fields)
    if counted:
        _write_counted(actor, vote, 1, counted)
    kept = _kept(vote, 1, at)
    settle_ledger(vote.pk)
    settle(vote.matter, standing=_("已表决"), audience=Audience(vote.matter.audience), is_open=False)
    facts = {"outcome": kept.outcome, "fell_due": vote.closes_at if actor is SYSTEM else None}
    record(actor, "voting.close_room", number=vote.matter.number, place=vote.place_path, detail=facts)
    tell(f"matter.{vote.matter_id}", "poll")
    for move_on in hooks.on_closed:
        move_on(vote)
    return kept


@transaction.atomic
def recount_room(actor: Actor, vote_id: int, counted: Counted, *, reason: str) -> VoteCount:
    """Hands or papers counted once more, with the reason; the first count stays beside it."""
    get_object_or_404(Vote.objects.visible_to(actor), pk=vote_id)
    vote = shut_out(vote_id)
    if vote.of is None or not has_perm("voting.hold_room", actor, vote.of):
        raise NotAllowed("voting.hold_room")
    if vote.state != State.CLOSED:
        raise RuleViolation(room.NOT_ROOM_COUNTED)
    if not reason.strip():
        raise RuleViolation(room.RECOUNT_WITHOUT_REASON)
    _require_possible(vote, counted)
    number, at = vote.counts.count() + 1, now()
    from_phones = RoomCount.objects.filter(vote=vote, number=1, channel=Channel.ONLINE.value)
    RoomCount.objects.bulk_create(
        RoomCount(vote=vote, number=number, option_id=row.option_id, channel=row.channel, heads=row.heads)
        for row in from_phones
    )
    _write_counted(actor, vote, number, counted)
    kept = _kept(vote, number, at, reason=reason.strip()[:200])
    settle_ledger(vote.pk)
    facts = {"number": number, "outcome": kept.outcome}
    record(actor, "voting.recount_room", number=vote.matter.number, place=vote.place_path, reason=reason, detail=facts)
    tell(f"matter.{vote.matter_id}", "poll")
    return kept


def _require_possible(vote: Vote, counted: Counted) -> None:
    """No more than are there; in secret no hands, and no more papers than went out; on paper with its sheet."""
    if vote.kind == Kind.ROOM_SECRET:
        if counted.channel != Channel.PAPER:
            raise RuleViolation(room.NOT_BY_HANDS)
        room.require_slips(counted.count, out=slips_out(vote))
        return
    room.require_possible(counted.count, phones=vote.ballots.count(), present=vote.roll_size)
    if counted.channel == Channel.PAPER and counted.sheet is None:
        raise RuleViolation(room.NO_SHEET)


def _write_counted(actor: Actor, vote: Vote, number: int, counted: Counted) -> None:
    sheet: Attachment | None = None
    if counted.sheet is not None and vote.of is not None:
        sheet = attach_closed(actor, vote.of, counted.sheet, caption=_("计票单"))
    heads = counted.count.by_kind
    RoomCount.objects.bulk_create(
        RoomCount(
            vote=vote,
            number=number,
            option=option,
            channel=counted.channel.value,
            heads=heads[OptionKind(option.kind)],
            by_id=actor.hands,
            sheet=sheet,
        )
        for option in vote.options.all()
    )


def _kept(vote: Vote, number: int, at: datetime, *, reason: str = "") -> VoteCount:
    """Count, decide by the rule of this motion, and keep it with its place in the ledger."""
    found = count_room(vote, number)
    decision = room.decide(found, slate_of(vote), rule_of(vote))
    return keep(vote, Result(found, decision, ()), number=number, reason=reason, at=at)


def _empty_box(vote: Vote) -> entries.Fields:
    """The choices become one row a line of the paper, all at once; gives what the ledger says of the rights used."""
    box = Box.objects.select_for_update().get(pk=vote.pk)
    places = _inside(box)
    RoomCount.objects.bulk_create(
        RoomCount(vote=vote, option=option, channel=Channel.ONLINE.value, heads=places.count(option.position))
        for option in vote.options.all()
    )
    box.sealed = ""
    box.save()
    salts = RightUsed.objects.filter(right__vote=vote).values_list("right__salt", flat=True)
    return entries.closed_in_room(used=[slot_of(opening_salt(salt)) for salt in salts])
