"""The table: its sides, who sits there for this reader, and what each has said."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.permissions import is_above, sits_on_committee
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import left_words, short_day
from xieshang.lib.refusals import later as _later
from xieshang.lib.text import mask_phones
from xieshang.lib.workdays import workdays_between

from ...models import Ask, Commitment, Entry, MoveAsk, Representative, Side, Thread
from ...permissions.threads import SPEAKING_ROLES, convenes
from ...rules.threads import (
    FILLED_WORDS,
    ROLE_WORDS,
    SIDE_LABELS,
    TAKEN_OVER,
    TAKEN_WORDS,
    VACANT_WORDS,
    VIA_WORDS,
    CoverKind,
    EntryKind,
    Part,
    SideKind,
    SideRole,
    Via,
    rounds,
    sides,
)
from ...rules.threads.rounds import Answer
from .facts import sides_of

ANSWER_LOOKS = {
    Answer.GIVEN: (_later("已答"), "check", "done"),
    Answer.LATE: (_later("迟答"), "clock-alert", "wait"),
    Answer.MISSED: (_later("到期未答"), "clock-alert", "over"),
    Answer.NOT_ASKED: (_later("还没请表态"), "clock", "plain"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """What a reader is at this table: reads the working part, convenes, keeps the table, speaks for these sides."""

    reads_working: bool = False
    convenes: bool = False
    keeps: bool = False
    speaks_for: tuple[int, ...] = ()


@dataclass(slots=True)
class Said:
    """One entry for one reader."""

    id: int
    side_id: int | None
    side: str
    by: str
    when: str
    text: str
    kind: str
    via: str
    round: int
    version: int
    is_late: bool
    is_public: bool
    part: str
    opened: str = ""
    letter: Attachment | None = None
    covers: list[str] = field(default_factory=list)
    may_open: bool = False
    may_cover: bool = False


@dataclass(slots=True)
class Column:
    """One side with its position, for the table of a thread."""

    id: int
    name: str
    short_name: str
    tab: str
    kind: str
    role: str
    is_invited: bool
    # Why representatives sit here, or since when its own body does after them.
    filled: str
    people: int
    word: str
    icon: str
    tone: str
    position: Said | None = None
    # What the side said when it was asked before, the last time first.
    earlier: list[Said] = field(default_factory=list)
    empty: str = ""
    may_speak: bool = False
    may_enter: bool = False
    promises: list[dict[str, object]] = field(default_factory=list)


def visible_thread(actor: Actor, thread_id: int) -> Thread:
    """The thread, if this actor may know of it; else 404."""
    return get_object_or_404(Thread.objects.visible_to(actor).with_frame(), pk=thread_id)


def still_visible(actor: Actor, thread_id: int) -> bool:
    """Whether this actor may know of the thread after a step by which they may have lost sight of it."""
    return Thread.objects.visible_to(actor).filter(pk=thread_id).exists()


def visible_ask(actor: Actor, ask_id: int) -> Ask:
    """What one side asks of another, if this actor may know of its thread; else 404."""
    rows = Ask.objects.filter(thread__in=Thread.objects.visible_to(actor))
    return get_object_or_404(rows.select_related("thread__matter", "side__body"), pk=ask_id)


def visible_entry(actor: Actor, entry_id: int) -> Entry:
    """An entry of a thread that this actor may know of, whatever its part; else 404."""
    rows = Entry.objects.filter(thread__in=Thread.objects.visible_to(actor))
    return get_object_or_404(rows.select_related("letter"), pk=entry_id)


def open_move(actor: Actor, commitment_id: int) -> int:
    """The request for another day that waits at a commitment, 0 where none does; 404 where it is not to be seen."""
    commitment = get_object_or_404(Commitment.objects.visible_to(actor), pk=commitment_id)
    return MoveAsk.objects.filter(commitment=commitment, answered_at=None).values_list("pk", flat=True).first() or 0


def table_of(thread: Thread) -> list[Side]:
    """The sides with who represents; two queries."""
    taken = Prefetch(
        "representatives", Representative.objects.filter(ended_at=None).select_related("person"), to_attr="seated"
    )
    return list(sides_of(thread).prefetch_related(taken))


def seat_of(actor: Actor, thread: Thread, table: list[Side]) -> Seat:
    """What this reader is at the table, judged from the sides that were read."""
    body = actor.office.body_id if actor.office else None
    speaks = tuple(side.pk for side in table if _speaks(actor, side))
    sits = bool(speaks) or any(body is not None and side.body_id == body for side in table)
    chair, committee = bool(convenes(actor, thread)), bool(sits_on_committee(actor, thread))
    reads = sits or chair or committee or bool(is_above(actor, thread))
    return Seat(reads, chair, chair or committee, speaks)


def _speaks(actor: Actor, side: Side) -> bool:
    if side.is_filled:
        named = [row.person_id for row in getattr(side, "seated", [])]
        return actor.office is None and actor.person_id in named
    return actor.office is not None and actor.office.body_id == side.body_id and actor.role in SPEAKING_ROLES


def said_in(thread: Thread, seat: Seat) -> list[Said]:
    """Everything this reader may read, the oldest first; two queries."""
    rows = Entry.objects.readable(at_table=seat.reads_working).filter(thread=thread)
    rows = rows.select_related("side__body", "person", "office__body", "letter", "opening__office__body")
    return [_shown(entry, seat) for entry in rows.prefetch_related("covers").order_by("pk")]


def _shown(entry: Entry, seat: Seat) -> Said:
    """An entry as this reader reads it: covered for residents, whole at the table with what is covered named."""
    covers = [(CoverKind(row.kind), row.words) for row in entry.covers.all()]
    opening = getattr(entry, "opening", None)
    is_public = entry.part == Part.PUBLIC or opening is not None
    mine = entry.side_id in seat.speaks_for or (entry.side_id is None and seat.convenes)
    return Said(
        id=entry.pk,
        side_id=entry.side_id,
        side=entry.speaker,
        by=_by(entry),
        when=short_day(entry.at),
        text=entry.text if seat.reads_working else mask_phones(sides.covered(entry.text, covers)),
        kind=entry.kind,
        via=str(VIA_WORDS[Via(entry.via)]),
        round=entry.round,
        version=entry.version,
        is_late=entry.is_late,
        is_public=is_public,
        part=_("居民也看得到") if is_public else _("只给各方看"),
        opened=_("%(day)s由%(who)s对居民公开：%(why)s")
        % {"day": short_day(opening.at), "who": opening.office or _("召集人"), "why": opening.reason}
        if opening
        else "",
        letter=entry.letter,
        covers=[words for _kind, words in covers] if seat.reads_working else [],
        may_open=mine and not is_public,
        may_cover=seat.keeps or mine,
    )


def _by(entry: Entry) -> str:
    """Who said it: the person in their office; a guest by the name they gave; by whom a letter was entered."""
    if entry.via == Via.GUEST:
        return _("%s（凭客人链接）") % entry.guest
    if entry.via == Via.LETTER:
        entered = entry.office.body.short_name if entry.office else ""
        return _("%(day)s盖章来函 · %(who)s代录") % {"day": short_day(entry.letter_day), "who": entered}
    name = entry.person.get_short_name() if entry.person else ""
    return " · ".join(filter(None, [entry.office.title if entry.office else _("业主代表"), name]))


def columns_of(thread: Thread, table: list[Side], entries: list[Said], seat: Seat) -> list[Column]:
    """The sides as columns, each with its latest position of this round and of those before."""
    latest = {(said.side_id, said.round): said for said in entries if said.kind == EntryKind.POSITION}
    return [_column(thread, side, [said for (of, _n), said in latest.items() if of == side.pk], seat) for side in table]


def _column(thread: Thread, side: Side, given: list[Said], seat: Seat) -> Column:
    """A side with the last position of each round."""
    position = next((said for said in given if said.round == thread.round), None)
    word, icon, tone = _look(thread, side, position)
    people = len(getattr(side, "seated", []))
    return Column(
        id=side.pk,
        name=side.name,
        short_name=side.short_name,
        tab=_tab(side),
        kind=side.kind,
        role=str(ROLE_WORDS[SideRole(side.role)]),
        is_invited=not side.is_standing,
        filled=_why_filled(side, stood_in=any(said.side != side.short_name for said in given)),
        people=people,
        word=word,
        icon=icon,
        tone=tone,
        position=position,
        earlier=[said for said in reversed(given) if said.round < thread.round],
        empty="" if position else _nothing(thread, side, people),
        may_speak=side.pk in seat.speaks_for,
        may_enter=seat.keeps and not side.is_standing,
    )


def _why_filled(side: Side, *, stood_in: bool) -> str:
    if side.body and side.filled_since:
        return str(VACANT_WORDS).format(day=short_day(side.filled_since), name=side.body.name)
    if side.is_filled:
        return str(FILLED_WORDS[SideKind(side.kind)])
    if side.seated_on is None:
        return ""
    since = str(TAKEN_WORDS).format(day=short_day(side.seated_on), name=side.name)
    return since + str(TAKEN_OVER) if stood_in else since


def _tab(side: Side) -> str:
    """The side in a row of tabs: what it is, where it is one of the three; an invited one by its name."""
    return side.short_name if side.is_filled or not side.is_standing else str(SIDE_LABELS[SideKind(side.kind)])


def _look(thread: Thread, side: Side, position: Said | None) -> tuple[str, str, str]:
    """The badge of a column: answered, late, days left, not answered."""
    if position is not None and position.via:
        return _("列席 · %s") % position.via, "file-text", "closed"
    if position is None and not side.is_standing:
        return _("列席"), "users", "closed"
    today, due = shown_today(), thread.positions_due
    given = [rounds.Given(position.round, position.is_late)] if position else []
    answer = rounds.answer_of(thread.round, given, due, today)
    if answer == Answer.AWAITED and due is not None:
        return left_words(workdays_between(today, due), _("个工作日")), "clock", "wait"
    word, icon, tone = ANSWER_LOOKS[answer]
    return str(word), icon, tone


def _nothing(thread: Thread, side: Side, people: int) -> str:
    if side.is_filled and not people:
        return _("居委会还没有推荐业主代表。")
    if thread.positions_due is None:
        return _("还没有请各方表态。")
    if not side.is_standing:
        return _("还没有来函或说明。")
    return _("尚未提交。到期未答将对居民公开显示。") if shown_today() <= thread.positions_due else _("到期还没有表态。")


def public_words(thread: Thread) -> list[Said]:
    """What everybody who sees the thread reads, for a guest."""
    return said_in(thread, Seat())
