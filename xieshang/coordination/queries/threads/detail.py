"""The page of one thread: who settles it, where it is, what is next, by when; what the sides said and promised."""

from dataclasses import dataclass, field

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.discussion import queries as discussion
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.matters.queries import is_following

from ...models import Side, Thread, ThreadStep
from ...rules.threads import (
    NEXT_WORDS,
    STEP_LABELS,
    EntryKind,
    Standing,
    State,
    Step,
    progress,
)
from .table import Column, Said, Seat, columns_of, said_in, seat_of, table_of
from .words import LOOKS, day_words, due_words, moment_words, short_day

SHORT_HISTORY = 5


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
    may_follow: bool = False
    follows: bool = False

    @property
    def short(self) -> str:
        """The short address, to be copied and printed."""
        return settings.SITE_URL + reverse("matters:short", args=[self.thread.matter_id])

    @property
    def is_for_owners(self) -> bool:
        """Whether the page has to say that only the owners decide it."""
        return bool(self.thread.owners_item)


def visible_thread(actor: Actor, thread_id: int) -> Thread:
    """The thread, if this actor may know of it; else 404."""
    return get_object_or_404(Thread.objects.visible_to(actor).with_frame(), pk=thread_id)


def thread_page(actor: Actor, thread: Thread) -> ThreadPage:
    """The page of a thread; a fixed number of queries."""
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
    )
    page.follows = page.may_follow and is_following(actor, thread.matter)
    files = discussion.attachments(actor, thread.matter)
    page.photos = [file for file in files if file.is_photo and not file.caption]
    page.documents = [file for file in files if not file.is_photo]
    return page


def strip_of(thread: Thread, table: list[Side]) -> dict[str, str]:
    """The four answers on top."""
    state = State(thread.state)
    following, by = NEXT_WORDS.get(state, ("", ""))
    if state == State.MEETING and thread.meeting_at:
        following, by = _("开会，写纪要"), f"{moment_words(thread.meeting_at)} {thread.meeting_place}"
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
        return _("%(all)s方中%(done)s方已答") % {"all": len(standing), "done": answered}
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
    late = bool(row.due_on and row.due_on < row.at.date())
    return {
        "when": short_day(row.at),
        "title": word,
        "note": row.note,
        "by": row.office.title if row.office else _("到期自动"),
        "late": late,
        "url": "",
    }
