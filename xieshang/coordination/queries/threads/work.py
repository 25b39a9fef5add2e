"""The desk's side of a thread: which steps and acts this reader may take now, and what each still asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Office
from xieshang.community.permissions import sits_on_committee
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, shown_today
from xieshang.lib.permits import has_perm

from ...models import Entry, GuestLink, Side, Thread
from ...rules.threads import (
    PROMISABLE,
    SPEAKABLE,
    STEP_LABELS,
    WHO_LABELS,
    EntryKind,
    Facts,
    SideKind,
    State,
    Step,
    checklist,
    possible_steps,
)
from .facts import facts_about
from .table import Seat, seat_of, table_of

FAR = date(9999, 12, 31)
# What the form of a step brings by itself: not missing before it is filled in.
REASON: Mapping[str, Any] = {"reason_given": True}
AGAIN: Mapping[str, Any] = {"reason_given": True, "positions_due": FAR, "positions_latest": None}
BROUGHT: dict[Step, Mapping[str, Any]] = {
    Step.DECLINE: REASON,
    Step.ASSIGN: {"lead_chosen": True},
    Step.CALL_MEETING: {"meeting_on": FAR, "notice_days": 99},
    Step.TALK_AGAIN: AGAIN,
    Step.SEND_BACK: AGAIN,
    Step.NOT_SOLVED: REASON,
    Step.CLOSE: REASON,
    Step.ESCALATE: REASON,
    Step.HAND_TO_OWNERS: REASON,
    Step.MEDIATE: REASON,
    Step.GO_TO_LAW: REASON,
    Step.SETTLE: {"result_given": True},
    Step.OWNERS_PASSED: {"result_given": True},
    Step.OWNERS_FAILED: {"result_given": True},
}
# The one step by which each state goes on in the ordinary course.
ONWARD: dict[State, Step] = {
    State.RAISED: Step.ACCEPT,
    State.ACCEPTED: Step.ASSIGN,
    State.POSITIONS: Step.CALL_MEETING,
    State.CONFIRMED: Step.START_ACTIONS,
    State.ACTIONS: Step.VERIFY,
    State.VERIFIED: Step.CLOSE,
}
# Taken together with the step before, or by time alone.
UNSEEN = frozenset({Step.ASK_POSITIONS})
ACT_LABELS = {
    "position": _("写本单位的意见"),
    "promise": _("作出承诺"),
    "say": _("说明情况"),
    "letter": _("代录盖章来函"),
    "ask_promise": _("请对方承诺一件事"),
    "readings": _("登记测温表"),
    "measure": _("请居民登记室温"),
    "invite": _("邀请一方列席"),
    "representative": _("推荐业主代表"),
    "end_representative": _("换下业主代表"),
    "guest": _("给列席单位发链接"),
    "end_guest": _("停用客人链接"),
    "owners": _("标明要业主共同决定"),
    "delegate": _("委托别人召集"),
}


@dataclass(slots=True)
class Panel:
    """One step or act: its word, what is missing, its form."""

    key: str
    label: str
    missing: list[dict[str, str]] = field(default_factory=list)
    form: Any = None

    @property
    def is_blocked(self) -> bool:
        """Whether something stands in the way that its own form does not bring."""
        return bool(self.missing)


@dataclass(slots=True)
class Work:
    """What this reader may do with the thread now."""

    seat: Seat
    table: list[Side]
    panels: list[Panel]
    main_key: str
    may_make_topic: bool = False


def work_on(actor: Actor, thread: Thread) -> Work:
    """The panels of this reader, what comes next on top."""
    table = table_of(thread)
    seat = seat_of(actor, thread, table)
    _mark_bound(thread, table, seat)
    _mark_said(thread, table, seat)
    facts = facts_about(thread, shown_today(), table)
    state = State(thread.state)
    steps = [
        step for step in possible_steps(state) if step not in UNSEEN and has_perm(f"coordination.{step}", actor, thread)
    ]
    first = ONWARD.get(state)
    acts = [Panel(key, str(ACT_LABELS[key])) for key in _acts(actor, thread, table, seat)]
    panels = [_panel(step, facts) for step in sorted(steps, key=lambda step: step != first)]
    if seat.speaks_for and not seat.convenes:
        panels = acts + panels
    else:
        panels = panels[:1] + acts + panels[1:] if first in steps else acts + panels
    may_make_topic = bool(sits_on_committee(actor, thread)) and state in SPEAKABLE
    return Work(seat, table, panels, _first_open(panels, table, seat), may_make_topic)


def _first_open(panels: list[Panel], table: list[Side], seat: Seat) -> str:
    """The panel that lies open: the first, but not an opinion that the side has given already."""
    first = panels[0] if panels else None
    said = any(side.pk in seat.speaks_for and getattr(side, "has_position", False) for side in table)
    return "" if first is None or (first.key == "position" and said) else first.key


def _panel(step: Step, facts: Facts) -> Panel:
    lines = checklist(step, replace(facts, **BROUGHT.get(step, {})))
    missing = [
        {"what": str(line.refusal.sentence), "by": str(WHO_LABELS[line.who])} for line in lines if not line.is_met
    ]
    return Panel(step.value, str(STEP_LABELS[step]), missing)


def _mark_bound(thread: Thread, table: list[Side], seat: Seat) -> None:
    """Note on each side whether this reader binds it: their own, or an invited one whose letter they entered."""
    letters = set(Entry.objects.filter(thread=thread, via="letter").values_list("side_id", flat=True))
    for side in table:
        own = side.pk in seat.speaks_for and not side.is_filled
        side.binds = own or (seat.keeps and side.pk in letters)


def _mark_said(thread: Thread, table: list[Side], seat: Seat) -> None:
    """Note on this reader's side what it said last time, where it is asked anew and has not answered yet."""
    for side in table:
        if side.pk in seat.speaks_for and thread.round > 1 and not getattr(side, "has_position", False):
            rows = side.entries.filter(kind=EntryKind.POSITION.value).order_by("-round", "-version")
            side.said_before = rows.values_list("text", flat=True).first()


def _acts(actor: Actor, thread: Thread, table: list[Side], seat: Seat) -> list[str]:
    """The acts beside the steps that make sense now, in the order of the page."""
    state = State(thread.state)
    speakable, promisable = state in SPEAKABLE, state in PROMISABLE
    invited = any(side.kind == SideKind.INVITED for side in table)
    filled = any(side.is_filled for side in table)
    sits = bool(seat.speaks_for) or seat.keeps
    wanted = {
        "position": speakable and bool(seat.speaks_for) and thread.positions_due is not None,
        "promise": promisable and any(side.binds for side in table),
        "say": speakable and (bool(seat.speaks_for) or seat.convenes),
        "letter": speakable and seat.keeps and invited and thread.positions_due is not None,
        "ask_promise": promisable and sits,
        "readings": speakable and thread.measures and has_perm("coordination.add_readings", actor, thread),
        "measure": speakable and seat.keeps and not thread.measures,
        "invite": speakable and seat.keeps,
        "representative": speakable and seat.keeps and filled,
        "end_representative": seat.keeps and any(getattr(side, "seated", []) for side in table),
        "guest": speakable and seat.keeps and invited,
        "end_guest": seat.keeps and invited and _has_links(thread),
        "owners": seat.convenes and thread.matter.is_open,
        "delegate": thread.matter.is_open and has_perm("coordination.delegate", actor, thread),
    }
    return [key for key in ACT_LABELS if wanted[key]]


def _has_links(thread: Thread) -> bool:
    """Whether some guest may still speak by a link."""
    return GuestLink.objects.filter(side__thread=thread, ended_at=None, expires_at__gt=now()).exists()


def delegates_of(thread: Thread) -> list[tuple[int, str]]:
    """People in office in the community who may convene in the secretary's stead, by office and name."""
    rows = Office.objects.running(shown_today()).filter(body__place=thread.matter.community_id)
    wanted = rows.filter(role__in=["party_member", "committee_chair", "committee_member"])
    return [
        (office.person_id, f"{office.title} {office.person.get_short_name()}")
        for office in wanted.select_related("person", "body").order_by("pk")[:50]
    ]
