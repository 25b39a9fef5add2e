"""Commitments for pages: those of a thread, one of them whole, what was asked for."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_of, short_day
from xieshang.outcomes.models import Progress
from xieshang.outcomes.rules import ItemState, ProgressKind

from ...models import Acceptance, Ask, Commitment, MoveAsk, Reading, RecordReply, Side, Thread
from ...rules.threads import ORIGIN_WORDS, Origin, promises
from ...rules.threads.promises import Promise, Result
from .table import Seat, seat_of, table_of, visible_thread

RESULT_LOOKS = {
    Result.RUNNING: ("hammer", "wait"),
    Result.KEPT: ("check", "done"),
    Result.LATE: ("clock-alert", "wait"),
    Result.BROKEN: ("clock-alert", "over"),
}


@dataclass(slots=True)
class Promised:
    """One commitment as a row: what, who, by when, with what proof, how it stands."""

    id: int
    what: str
    body: str
    who: str
    due: str
    first_due: str
    proof: str
    word: str
    icon: str
    tone: str
    result: Result
    is_verified: bool
    side_id: int
    origin: str
    url: str
    accepted: int
    doubted: int
    waits_for: int
    thread: str = ""
    thread_url: str = ""
    number: str = ""


def with_all(rows: "QuerySet[Commitment]") -> "QuerySet[Any]":
    """Commitments with what a row says: its item, body, acceptances, proofs; no query for each."""
    accepted = Acceptance.objects.filter(commitment=OuterRef("commitment"), side=OuterRef("side"), accepts=True)
    doubts = Acceptance.objects.filter(~Exists(accepted), commitment=OuterRef("pk"), accepts=False)
    doubted = doubts.order_by().values("commitment").annotate(n=Count("pk")).values("n")
    proofs = Progress.photos.through.objects.filter(progress__item=OuterRef("item"))
    measured = Reading.objects.filter(commitment=OuterRef("pk"))
    reopened = Progress.objects.filter(item=OuterRef("item"), kind=ProgressKind.REOPENED.value)
    return rows.select_related("item__body", "side", "thread__matter").annotate(
        accepted=Count("acceptances", filter=Q(acceptances__accepts=True)),
        doubted=Coalesce(Subquery(doubted), 0),
        has_photos=Exists(proofs),
        has_readings=Exists(measured),
        was_reopened=Exists(reopened),
    )


def promised_in(thread: Thread, table: list[Side]) -> list[Promised]:
    """The commitments of a thread, first due first; one query."""
    others = _judges(table)
    rows = with_all(Commitment.objects.filter(thread=thread))
    return [row_of(row, others) for row in rows.order_by("item__due", "pk")]


def _judges(table: list[Side]) -> int:
    """How many of the standing sides can say something of a promise: those where somebody sits."""
    return sum(side.is_standing and (not side.is_filled or bool(getattr(side, "seated", []))) for side in table)


def row_of(commitment: Commitment, standing: int = 0) -> Promised:
    """One commitment, annotated by `with_all`, as a row."""
    item, today = commitment.item, shown_today()
    done_on = day_of(item.done_at) if item.done_at else None
    verified = item.state == ItemState.VERIFIED
    result = promises.result_of(Promise(item.due, done_on, verified), today)
    icon, tone = RESULT_LOOKS[result]
    own = 1 if commitment.side.is_standing else 0
    accepted, doubted = _number(commitment, "accepted"), _number(commitment, "doubted")
    return Promised(
        id=commitment.pk,
        what=item.what,
        body=item.body.short_name,
        who=f"{item.body.short_name} · {commitment.answerer}",
        due=short_day(item.due),
        first_due=short_day(commitment.first_due) if commitment.first_due != item.due else "",
        proof=_proof(commitment),
        word=_word(commitment, result, done_on),
        icon="check" if verified else icon,
        tone=tone,
        result=result,
        is_verified=verified,
        side_id=commitment.side_id,
        origin=str(ORIGIN_WORDS[Origin(commitment.origin)]),
        url=reverse("coordination:commitment", args=[commitment.pk]),
        accepted=accepted,
        doubted=doubted,
        waits_for=max(0, standing - own - accepted - doubted),
        thread=commitment.thread.matter.title,
        thread_url=commitment.thread.get_absolute_url(),
        number=commitment.thread.matter.number,
    )


def _number(commitment: Commitment, name: str) -> int:
    return int(getattr(commitment, name, 0))


def _proof(commitment: Commitment) -> str:
    """What has been shown so far: pictures, a table of measurements."""
    shown = [
        word
        for name, word in (("has_photos", _("照片")), ("has_readings", _("测温表")))
        if getattr(commitment, name, False)
    ]
    return "、".join(shown) or "–"


def _word(commitment: Commitment, result: Result, done_on: date | None) -> str:
    """办理中, 逾期1天, 已核实, 退回再办."""
    item = commitment.item
    if item.state == ItemState.VERIFIED:
        return _("已核实") if result == Result.KEPT else _("已核实（晚了）")
    if done_on:
        return _("待核实")
    if result == Result.BROKEN:
        return _("逾期%d天") % (shown_today() - item.due).days
    return _("退回再办") if getattr(commitment, "was_reopened", False) else _("办理中")


@dataclass(slots=True)
class CommitmentPage:
    """One commitment with what was said of it, and what this reader may do with it."""

    commitment: Commitment
    row: Promised
    acceptances: list[Acceptance]
    moves: list[MoveAsk]
    replies: list[RecordReply]
    asks: list[Ask] = field(default_factory=list)
    may: dict[str, bool] = field(default_factory=dict)


def commitment_page(actor: Actor, commitment_id: int) -> CommitmentPage:
    """One commitment for its own page."""
    rows = with_all(Commitment.objects.visible_to(actor))
    commitment = get_object_or_404(rows, pk=commitment_id)
    thread = visible_thread(actor, commitment.thread_id)
    table = table_of(thread)
    seat = seat_of(actor, thread, table)
    moves = list(commitment.move_asks.select_related("office__body").order_by("-pk"))
    acceptances = list(commitment.acceptances.select_related("side__body", "office__body").order_by("pk"))
    standing = _judges(table)
    replies = list(commitment.replies.select_related("office__body").order_by("pk"))
    page = CommitmentPage(commitment, row_of(commitment, standing), acceptances, moves, replies)
    page.may = _may(commitment, seat, acceptances, moves)
    return page


def _may(commitment: Commitment, seat: Seat, acceptances: list[Acceptance], moves: list[MoveAsk]) -> dict[str, bool]:
    open_move = any(move.answered_at is None for move in moves)
    own = commitment.side_id in seat.speaks_for and not commitment.side.is_filled
    mine = own or (commitment.side.kind == "invited" and seat.keeps)
    accepted = {row.side_id for row in acceptances if row.accepts}
    doubted = {row.side_id for row in acceptances if not row.accepts}
    others = {side for side in seat.speaks_for if side != commitment.side_id}
    is_open = commitment.item.state == ItemState.OPEN
    return {
        "judge": bool(others) and not accepted & others,
        "doubt": bool(others) and not (accepted | doubted) & others,
        "ask_move": mine and is_open and not open_move,
        "answer_move": seat.convenes and open_move,
    }


def asks_of(thread: Thread) -> list[Ask]:
    """What the sides have asked of each other in a thread, open ones first; one query."""
    rows = thread.asks.select_related("side__body", "asked_by__body", "office__body", "commitment")
    return sorted(rows.order_by("pk"), key=lambda ask: ask.answered_at is not None)
