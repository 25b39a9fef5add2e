"""Commitments: what a side binds itself to, what others say of it, other days, a company's reply to its record."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.community.models import Body
from xieshang.community.rules import PROPERTY_ROLES
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import short_day
from xieshang.lib.refusals import NotAllowed
from xieshang.matters.services import tell_followers
from xieshang.outcomes import services as outcomes

from ...models import Acceptance, Ask, Commitment, Entry, MoveAsk, RecordReply, Side, Thread
from ...permissions.threads import speaks_for_side
from ...rules.threads import Origin, SideKind, State, promises
from .moving import audit, locked, office_id, refuse, require, require_speaker, require_term, touch


@dataclass(frozen=True, slots=True)
class Word:
    """What is promised: what, who answers for it, by which day (that day included), and what will prove it."""

    what: str
    answerer: str
    due: date | None
    proof: str = ""


@transaction.atomic
def promise(actor: Actor, thread_id: int, *, side_id: int, word: Word, entry: Entry | None = None) -> Commitment:
    """A side binds itself; an invited one by its letter, which the committee entered. From now on it can be overdue."""
    thread = locked(actor, thread_id)
    side = get_object_or_404(thread.sides.select_related("body"), pk=side_id)
    side.thread = thread
    origin = _bind(actor, side)
    if entry is None:
        entry = side.entries.filter(kind="position").order_by("-round", "-version").first()
    return _promised(actor, side, word, origin, entry)


def _bind(actor: Actor, side: Side) -> Origin:
    """Whether this actor binds the side: for it, or with its letter in hand."""
    if side.kind == SideKind.INVITED and side.entries.filter(via="letter").exists():
        require("enter_letter", actor, side.thread)
        require_term(actor)
        return Origin.LETTER
    if side.is_filled:
        refuse(promises.NO_BODY)
    require_speaker(actor, side)
    return Origin.POSITION


def _promised(actor: Actor, side: Side, word: Word, origin: Origin, entry: Entry | None) -> Commitment:
    """The rows of a commitment: the item that is worked on, and who promised it where."""
    thread = side.thread
    state = State(thread.state)
    refuse(promises.why_not_promise(state, SideKind(side.kind), has_body=not side.is_filled))
    refuse(*promises.lacks(word.what, word.answerer, word.due, today()))
    due = word.due or today()
    item = outcomes.set_item(actor, thread.matter, what=word.what, body_id=side.body_id or 0, due=due, proof=word.proof)
    commitment = Commitment.objects.create(
        thread=thread,
        side=side,
        item=item,
        community_id=thread.community_id,
        estate_id=thread.estate_id,
        first_due=due,
        answerer=word.answerer.strip(),
        origin=origin.value,
        entry=entry,
        person_id=actor.person_id,
        office_id=office_id(actor),
        at=now(),
    )
    audit(actor, thread, "promise", {"commitment": commitment.pk, "body": side.body_id, "due": due})
    day = short_day(due)
    body = _("%(side)s承诺：%(what)s，%(day)s前办好。") % {"side": side.short_name, "what": item.what, "day": day}
    tell_followers(thread.matter, body=body, leave_out=[actor.hands])
    touch(thread)
    return commitment


def _commitment(actor: Actor, commitment_id: int) -> Commitment:
    """A commitment of a thread that this actor may know of, its thread locked."""
    rows = Commitment.objects.select_related("side__body", "item__matter__place", "item__body")
    commitment = get_object_or_404(rows, pk=commitment_id)
    commitment.thread = locked(actor, commitment.thread_id)
    commitment.side.thread = commitment.thread
    return commitment


def _own_side(actor: Actor, thread: Thread) -> Side:
    """The side that this actor speaks for."""
    for side in thread.sides.select_related("body").order_by("pk"):
        if speaks_for_side(actor, side):
            require_term(actor)
            return side
    raise NotAllowed("speak", _("只有在场各方在任的人可以办这一步。"))


@transaction.atomic
def accept_promise(actor: Actor, commitment_id: int) -> Acceptance:
    """Another side accepts the commitment as it stands."""
    commitment, side = _judged(actor, commitment_id)
    made = _judge(actor, commitment, side, accepts=True, reason="")
    audit(actor, commitment.thread, "accept_promise", {"commitment": commitment.pk, "side": side.pk})
    return made


@transaction.atomic
def doubt_promise(actor: Actor, commitment_id: int, *, reason: str) -> Acceptance:
    """Another side does not accept it, and says what is lacking; once that is mended it may accept."""
    refuse(None if reason.strip() else promises.OBJECTION_REASON)
    commitment, side = _judged(actor, commitment_id)
    made = _judge(actor, commitment, side, accepts=False, reason=reason.strip())
    audit(actor, commitment.thread, "doubt_promise", {"commitment": commitment.pk}, reason=reason)
    return made


def _judged(actor: Actor, commitment_id: int) -> tuple[Commitment, Side]:
    commitment = _commitment(actor, commitment_id)
    side = _own_side(actor, commitment.thread)
    refuse(promises.OWN_PROMISE if side.pk == commitment.side_id else None)
    return commitment, side


def _judge(actor: Actor, commitment: Commitment, side: Side, *, accepts: bool, reason: str) -> Acceptance:
    said = set(commitment.acceptances.filter(side=side).values_list("accepts", flat=True))
    refuse(promises.JUDGED_ALREADY if True in said or accepts in said else None)
    fields = {"accepts": accepts, "reason": reason, "at": now()}
    fields |= {"person_id": actor.person_id, "office_id": office_id(actor)}
    touch(commitment.thread)
    return Acceptance.objects.create(commitment=commitment, side=side, **fields)


@transaction.atomic
def ask_promise(actor: Actor, thread_id: int, *, side_id: int, what: str, due: date | None = None) -> Ask:
    """Ask another side to promise something; it is bound only once it promises it itself."""
    thread = locked(actor, thread_id)
    require("ask_promise", actor, thread)
    require_term(actor)
    side = get_object_or_404(thread.sides.select_related("body"), pk=side_id)
    refuse(
        None if what.strip() else promises.WHAT_MISSING,
        promises.NO_BODY if side.is_filled else None,
        promises.ASKED_ITSELF if actor.office and actor.office.body_id == side.body_id else None,
        promises.DUE_PAST if due and due < today() else None,
    )
    asked_by = next((one for one in thread.sides.order_by("pk") if _sits_in(actor, one)), None)
    fields = {"person_id": actor.person_id, "office_id": office_id(actor), "at": now()}
    ask = Ask.objects.create(thread=thread, side=side, asked_by=asked_by, what=what.strip(), due=due, **fields)
    audit(actor, thread, "ask_promise", {"ask": ask.pk, "side": side.pk})
    touch(thread)
    return ask


def _sits_in(actor: Actor, side: Side) -> bool:
    """Whether the actor asks for this side: by the body of their office, or as one who represents it."""
    body = actor.office.body_id if actor.office else None
    return bool(speaks_for_side(actor, side)) or (body is not None and not side.is_filled and side.body_id == body)


@transaction.atomic
def promise_asked(actor: Actor, ask_id: int, *, word: Word) -> Commitment:
    """The side that was asked promises it, in its own words and by its own day."""
    ask = _ask(actor, ask_id)
    require_speaker(actor, ask.side)
    commitment = _promised(actor, ask.side, word, Origin.ASKED, None)
    ask.answered_at, ask.commitment = now(), commitment
    ask.save(update_fields=["answered_at", "commitment"])
    return commitment


@transaction.atomic
def decline_ask(actor: Actor, ask_id: int, *, reason: str) -> Ask:
    """The side that was asked says why it does not promise it."""
    ask = _ask(actor, ask_id)
    require_speaker(actor, ask.side)
    refuse(None if reason.strip() else promises.DECLINE_REASON)
    ask.answered_at, ask.declined_for = now(), reason.strip()
    ask.save(update_fields=["answered_at", "declined_for"])
    audit(actor, ask.thread, "decline_ask", {"ask": ask.pk}, reason=reason)
    touch(ask.thread)
    return ask


def _ask(actor: Actor, ask_id: int) -> Ask:
    """What was asked and not answered yet, its thread locked."""
    ask = get_object_or_404(Ask.objects.select_related("side__body"), pk=ask_id)
    ask.thread = ask.side.thread = locked(actor, ask.thread_id)
    ask.refresh_from_db(fields=["answered_at"])
    refuse(promises.ASK_ANSWERED if ask.answered_at else None)
    return ask


@transaction.atomic
def ask_move(actor: Actor, commitment_id: int, *, due: date, reason: str) -> MoveAsk:
    """Ask the convenor for another day, with the reason; until it is granted the old day holds."""
    commitment = _commitment(actor, commitment_id)
    require("ask_move", actor, commitment)
    require_term(actor)
    item = commitment.item
    refuse(
        promises.MOVE_NOT_OPEN if item.state != "open" else None,
        promises.MOVE_WAITS if commitment.move_asks.filter(answered_at=None).exists() else None,
        *promises.lacks_move(item.due, due, reason, today()),
    )
    fields = {"person_id": actor.person_id, "office_id": office_id(actor), "at": now()}
    asked = MoveAsk.objects.create(commitment=commitment, due=due, reason=reason.strip(), **fields)
    audit(actor, commitment.thread, "ask_move", {"commitment": commitment.pk, "due": due}, reason=reason)
    touch(commitment.thread)
    return asked


@transaction.atomic
def grant_move(actor: Actor, move_id: int) -> Commitment:
    """The convenor grants another day: the old one, the new one and the reason stay for everybody to read."""
    move = _move(actor, move_id)
    _answer(actor, move, granted=True, answer="")
    outcomes.move_due(actor, move.commitment.item_id, due=move.due, reason=move.reason)
    audit(actor, move.commitment.thread, "grant_move", {"commitment": move.commitment_id, "due": move.due})
    return move.commitment


@transaction.atomic
def refuse_move(actor: Actor, move_id: int, *, reason: str) -> Commitment:
    """The convenor does not grant it, and says why; the old day holds."""
    refuse(None if reason.strip() else promises.NO_MOVE)
    move = _move(actor, move_id)
    _answer(actor, move, granted=False, answer=reason.strip())
    audit(actor, move.commitment.thread, "refuse_move", {"commitment": move.commitment_id}, reason=reason)
    return move.commitment


def _move(actor: Actor, move_id: int) -> MoveAsk:
    move = get_object_or_404(MoveAsk, pk=move_id)
    move.commitment = _commitment(actor, move.commitment_id)
    require("answer_move", actor, move.commitment)
    move.refresh_from_db(fields=["answered_at"])
    refuse(promises.MOVE_ANSWERED if move.answered_at else None)
    return move


def _answer(actor: Actor, move: MoveAsk, *, granted: bool, answer: str) -> None:
    move.answered_at, move.granted, move.answer, move.answered_by_id = now(), granted, answer, actor.hands
    move.save(update_fields=["answered_at", "granted", "answer", "answered_by"])
    touch(move.commitment.thread)


@transaction.atomic
def reply_to_record(actor: Actor, body_id: int, *, text: str, commitment_id: int | None = None) -> RecordReply:
    """A company answers to its public record, to all of it or to one commitment; the reply stands beside it."""
    body = get_object_or_404(Body.objects.select_related("place"), pk=body_id)
    office = actor.office
    if office is None or office.id is None or office.body_id != body.pk or actor.role not in PROPERTY_ROLES:
        raise NotAllowed("reply_to_record", _("只有这家企业在任的人可以答复。"))
    require_term(actor)
    refuse(None if text.strip() else promises.REPLY_MISSING)
    commitment = None
    if commitment_id:
        commitment = get_object_or_404(Commitment.objects.visible_to(actor), pk=commitment_id, side__body=body)
    reply = RecordReply(body=body, commitment=commitment, text=text.strip(), office_id=office.id, at=now())
    reply.person_id = actor.hands or 0
    reply.save()
    detail = {"body": body.pk, "reply": reply.pk}
    record(actor, "coordination.reply_to_record", place=body.place.path, detail=detail)
    return reply
