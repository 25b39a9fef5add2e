"""The page of one thread: who settles it, where it is, what is next, by when; what the sides said and promised."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from xieshang.community.permissions import acts_as_neighbour
from xieshang.discussion import queries as discussion
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.days import day_of, day_words, moment, short_day
from xieshang.matters.queries import is_following

from ...models import Ask, Side, Thread, ThreadStep
from ...permissions.threads import lives_in_place
from ...rules.threads import (
    NEXT_WORDS,
    STEP_LABELS,
    EntryKind,
    Mark,
    SideKind,
    Standing,
    State,
    Step,
    progress,
)
from ...rules.threads.promises import Result
from .measured import Summary, summary_of
from .promised import Promised, asks_of, promised_in
from .table import Column, Said, Seat, columns_of, said_in, seat_of, table_of
from .words import LOOKS, due_words

SHORT_HISTORY = 5
# From here on the page says which round of positions it is.
SECOND = 2
# Taken by what happens in the meeting, not by an office here.
IN_MEETINGS = frozenset({Step.ADJOURN, Step.DRAFT_MINUTES, Step.CONFIRM})


@dataclass(slots=True)
class ThreadPage:
    """Everything the page of one thread shows to one reader."""

    thread: Thread
    seat: Seat
    table: list[Side]
    columns: list[Column]
    words: list[Said]
    strip: dict[str, str]
    line: tuple[Standing, ...]
    steps: list[dict[str, object]]
    more_steps: int
    icon: str
    tone: str
    raised: str
    photos: list[Attachment] = field(default_factory=list)
    documents: list[Attachment] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    measured: Summary | None = None
    lives_here: bool = False
    may_begin_vote: bool = False
    may_follow: bool = False
    follows: bool = False
    # On a phone one side is read at a time.
    shown_side: int = 0
    # Id of the person who reads.
    reader: int | None = None

    @property
    def short(self) -> str:
        """The short address, to be copied and printed."""
        return whole_address("matters:short", self.thread.matter_id)

    @property
    def side_tabs(self) -> list[dict[str, object]]:
        """The sides as the choices of a small screen, each kept in the address."""
        return [
            {
                "label": side.tab,
                "count": side.word,
                "url": f"?side={side.id}#sides",
                "current": side.id == self.shown_side,
            }
            for side in self.columns
        ]

    @property
    def stages(self) -> list[dict[str, object]]:
        """The line for the part `progressline`."""
        return [{"label": str(point.label), "state": point.mark.value, "url": "", "note": ""} for point in self.line]

    @property
    def stage_number(self) -> int:
        """Where on the line it stands, from 1."""
        return next((n for n, point in enumerate(self.line, 1) if point.mark == Mark.NOW), len(self.line))

    @property
    def stage_now(self) -> str:
        """The word of that point; at an end that lies beside the line, the state's."""
        return next((str(point.label) for point in self.line if point.mark == Mark.NOW), self.thread.label)

    @property
    def may_rate(self) -> bool:
        """Whether this neighbour is asked to rate it now."""
        return self.lives_here and self.thread.state == State.VERIFIED

    @property
    def may_measure(self) -> bool:
        """Whether this neighbour may write down the temperature of their own home."""
        return self.lives_here and self.thread.measures and self.thread.matter.is_open

    @property
    def promise_words(self) -> str:
        """4项 · 已核实1 · 逾期1."""
        verified = sum(row.is_verified for row in self.promises)
        over = sum(row.result == Result.BROKEN for row in self.promises)
        words = [_("%d项") % len(self.promises), _("已核实%d") % verified]
        return " · ".join([*words, _("逾期%d") % over] if over else words)

    @property
    def is_rated(self) -> bool:
        """Whether residents were asked how it went."""
        return self.thread.rated_until is not None

    @property
    def is_named(self) -> bool:
        """Whether this reader represents a side, but acts in an office now: that is another part."""
        filled = [side for side in self.table if side.is_filled and side.pk not in self.seat.speaks_for]
        return any(row.person_id == self.reader for side in filled for row in getattr(side, "seated", []))

    @property
    def may_work(self) -> bool:
        """Whether this reader has anything to do here."""
        seat = self.seat
        return bool(seat.speaks_for or seat.keeps) or (seat.reads_working and self.thread.state == State.ESCALATED)

    @property
    def is_for_owners(self) -> bool:
        """Whether the page has to say that only the owners decide it."""
        return bool(self.thread.owners_item)


def thread_page(actor: Actor, thread: Thread, side: int | None = None) -> ThreadPage:
    """The page of a thread, on a phone with one `side` in front; a fixed number of queries."""
    table = table_of(thread)
    seat = seat_of(actor, thread, table)
    entries = said_in(thread, seat)
    steps = list(thread.steps.select_related("office__body").order_by("pk"))
    icon, tone = LOOKS[State(thread.state)]
    page = ThreadPage(
        thread=thread,
        seat=seat,
        table=table,
        columns=columns_of(thread, table, entries, seat),
        words=[said for said in entries if said.kind == EntryKind.WORD],
        strip=strip_of(thread, table),
        line=progress(State(thread.state), frozenset(State(row.after) for row in steps)),
        steps=[step_of(row) for row in reversed(steps)][:SHORT_HISTORY],
        more_steps=max(0, len(steps) - SHORT_HISTORY),
        icon=icon,
        tone=tone,
        raised=_raised(thread, steps),
        may_follow=actor.person_id is not None and thread.matter.is_open,
        reader=actor.person_id,
    )
    page.shown_side = _in_front(page.columns, seat, side)
    page.follows = page.may_follow and is_following(actor, thread.matter)
    page.lives_here = bool(acts_as_neighbour(actor, thread) and lives_in_place(actor, thread))
    body = actor.office.body_id if actor.office else None
    page.may_begin_vote = any(side.kind == SideKind.OWNERS and side.body_id == body for side in table if body)
    page.promises = promised_in(thread, table)
    page.asks = asks_of(thread)
    page.measured = summary_of(thread) if thread.measures else None
    files = discussion.attachments(actor, thread.matter)
    page.photos = [file for file in files if file.is_photo and not file.caption]
    page.documents = [file for file in files if not file.is_photo]
    return page


def printed_page(thread: Thread) -> tuple[ThreadPage, list[dict[str, object]]]:
    """The page as everybody reads it who may know of the thread, with all its steps, the first one first."""
    steps = thread.steps.select_related("office__body").order_by("pk")
    return thread_page(NOBODY, thread), [step_of(row) for row in steps]


def _in_front(columns: list[Column], seat: Seat, wanted: int | None) -> int:
    """The side a small screen shows: the one asked for, else the reader's own, else the first."""
    there = [side.id for side in columns]
    chosen = [wanted, *seat.speaks_for, *there]
    return next((side for side in chosen if side in there), 0) or 0


def strip_of(thread: Thread, table: list[Side]) -> dict[str, str]:
    """The four answers on top."""
    state = State(thread.state)
    following, by = NEXT_WORDS.get(state, ("", ""))
    if state == State.MEETING and thread.meeting_at:
        following, by = _("开会，写纪要"), f"{moment(thread.meeting_at)} {thread.meeting_place}"
        if thread.meeting and not thread.meeting.is_open:
            following, by = _("会议取消了，再定日子"), _("社区党组织")
    for_owners = bool(thread.owners_item)
    return {
        "who": _("业主共同决定") if for_owners else _("各方协商一致"),
        "who_note": _("民法典第278条，各方意见供参考") if for_owners else _("不投票，谁也不能压过谁"),
        "now": thread.label,
        "now_note": _now_note(thread, state, table),
        "next": str(following),
        "next_note": str(by),
        "due": day_words(thread.due_on),
        "due_note": due_words(thread) if thread.matter.is_open else "",
    }


def _now_note(thread: Thread, state: State, table: list[Side]) -> str:
    if state == State.POSITIONS:
        standing = [side for side in table if side.is_standing]
        answered = sum(bool(getattr(side, "has_position", False)) for side in standing)
        words = _("%(all)s方中%(done)s方已答") % {"all": len(standing), "done": answered}
        return words if thread.round < SECOND else _("%(words)s · 第%(n)d轮") % {"words": words, "n": thread.round}
    return _("%s起") % short_day(thread.entered_at)


def _raised(thread: Thread, steps: list[ThreadStep]) -> str:
    """17户居民反映 · 和顺社区居委会提出 · 11月12日受理."""
    accepted = next((row for row in steps if row.step == Step.ACCEPT), None)
    by = thread.raised_for.short_name if thread.raised_for else ""
    return " · ".join(
        filter(
            None,
            [
                thread.voices,
                _("%s提出") % by if by else "",
                _("%s召集") % thread.convenor.short_name if thread.convenor else "",
                _("%s受理") % short_day(accepted.at) if accepted else _("%s提出") % short_day(thread.matter.made_at),
            ],
        )
    )


def step_of(row: ThreadStep) -> dict[str, object]:
    """One step for the part `steps`."""
    word = _("提出") if row.step == "raise" else str(STEP_LABELS[Step(row.step)])
    # A meeting is called once the day for positions has gone by: that is no delay.
    late = bool(row.due_on and row.due_on < day_of(row.at)) and row.step != Step.CALL_MEETING
    return {
        "when": short_day(row.at),
        "title": word,
        "note": row.note,
        "by": row.office.title if row.office else "" if row.step in IN_MEETINGS else _("到期自动"),
        "late": late,
        "url": "",
    }
