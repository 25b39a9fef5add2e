"""Reads of minutes: what is drawn from the meeting, who signs, and the page for one reader."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import SHANGHAI, day_of, deadline
from xieshang.lib.permits import has_perm

from .. import hooks
from ..models import KIND_LABELS, UNIT_WORDS, Attendance, Meeting, Minutes, MinutesSignature
from ..rules import Answer, Base, Mark, MeetingKind, MinutesState, MotionState
from ..rules.minutes import SIGNATURES, Action, Words, content_code, short_code
from .facts import presence_of
from .motions import shown_motions

# Meetings of committees: every member who was there signs.
SIGNED_BY_MEMBERS = frozenset({MeetingKind.OWNERS_COMMITTEE, MeetingKind.TWO_COMMITTEES})
Held = dict[str, object]


def held_of(meeting: Meeting) -> Held:
    """What is known of a meeting that is over, as its minutes tell it."""
    there = _there(meeting)
    return {
        "number": meeting.matter.number,
        "title": meeting.title,
        "kind": str(KIND_LABELS[MeetingKind(meeting.kind)]),
        "called_by": meeting.body.name,
        "when": _when(meeting),
        "where": meeting.venue or _("网络会议"),
        "chair": _chair(meeting),
        "present": there,
        "figures": _figures(meeting),
        "absent": _absent(meeting),
        "adjourned": _("第一次因到会不足改期") if meeting.was_adjourned else "",
        "agenda": [item.title for item in meeting.agenda.all()],
        "motions": _motions(meeting),
    }


def _when(meeting: Meeting) -> str:
    """From when to when: 2026年11月26日（周四）19:00—20:10."""
    begun = (meeting.opened_at or meeting.starts_at).astimezone(SHANGHAI)
    ended = meeting.closed_at.astimezone(SHANGHAI) if meeting.closed_at else None
    until = f"—{ended:%H:%M}" if ended else ""
    return f"{begun.year}年{deadline(begun)}{until}"


def _chair(meeting: Meeting) -> str:
    if meeting.chair is None:
        return meeting.body.name
    person = meeting.chair.person
    return f"{meeting.chair.body.short_name or meeting.chair.body.name} {person.real_name or person.get_short_name()}"


def _attended(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendance.filter(proxy__isnull=True).select_related("person", "side")
    return list(rows.order_by("arrived_at", "pk"))


def _there(meeting: Meeting) -> list[dict[str, str]]:
    """Who came: sides with those who spoke for them, members of a committee by name; of residents only how many."""
    base = Base(meeting.base)
    if base == Base.SIDES:
        by_side: dict[str, list[str]] = {}
        for row in _attended(meeting):
            by_side.setdefault(row.side.name if row.side else _("列席"), []).append(_name(meeting, row))
        return [{"side": side, "who": "、".join(names)} for side, names in by_side.items()]
    if MeetingKind(meeting.kind) in SIGNED_BY_MEMBERS:
        names = [_name(meeting, row) for row in _attended(meeting) if row.counts]
        return [{"side": _("到会"), "who": "、".join(names)}]
    return []


def _name(meeting: Meeting, row: Attendance) -> str:
    """Who speaks for a body is named in full; a neighbour as neighbours know them."""
    if row.person is None:
        return row.name
    on = day_of(meeting.starts_at)
    in_office = Office.objects.running(on).filter(person_id=row.person_id).exists()
    return str(row.person.real_name or row.person.get_short_name()) if in_office else str(row.person.get_short_name())


def _figures(meeting: Meeting) -> str:
    """How many should have come and did: 应到3方，到会3方."""
    presence, unit = presence_of(meeting), UNIT_WORDS[Base(meeting.base)]
    opened = meeting.opened_with or {}
    present = int(str(opened.get("present", presence.present)))
    should = f"应到{presence.expected}{unit}，" if presence.expected else ""
    by_proxy = f"（其中受托{presence.by_proxy}{unit}）" if presence.by_proxy else ""
    if Base(meeting.base) == Base.OPEN:
        return f"到会{presence.in_room}人，名单存档"
    return f"{should}到会{present}{unit}{by_proxy}"


def _absent(meeting: Meeting) -> list[dict[str, str]]:
    """Sides and members that did not come, with the reason they gave."""
    came = set(meeting.attendance.filter(side__isnull=False).values_list("side_id", flat=True))
    said = meeting.invitations.filter(answer=Answer.ABSENT.value).select_related("side", "person")
    reasons = {row.side_id: row.reason for row in said if row.side_id}
    return [
        {"side": side.name, "reason": reasons.get(side.pk) or _("没有说明原因")}
        for side in meeting.sides.order_by("pk")
        if side.pk not in came
    ]


def _motions(meeting: Meeting) -> list[dict[str, object]]:
    return [
        {
            "number": one.motion.number,
            "item": one.motion.item.title,
            "words": one.motion.words,
            "secret": one.is_secret,
            "headline": one.result.headline,
            "figures": one.result.words,
            "source": one.result.source,
            "recounts": [f"{early.headline}（{early.words}）" for early in one.earlier],
        }
        for one in shown_motions(meeting)
        if one.result and one.motion.state == MotionState.CLOSED
    ]


def positions_of(meeting: Meeting) -> list[dict[str, str]]:
    """What each side said, as upper apps know it; empty lines to be written for the others."""
    known = {side: text for ask in hooks.minutes_positions for side, text in ask(meeting)}
    names = [side.name for side in meeting.sides.order_by("pk")]
    return [{"side": name, "text": known.get(name, "")} for name in names]


def actions_of(meeting: Meeting) -> list[Action]:
    """What was promised, as upper apps know it."""
    return [action for ask in hooks.minutes_actions for action in ask(meeting)]


def as_row(action: Action) -> dict[str, str]:
    """An action as it is kept in the minutes."""
    return {
        "what": action.what,
        "who": action.who,
        "helped_by": action.helped_by,
        "due": action.due.isoformat() if action.due else "",
        "proof": action.proof,
    }


def as_action(row: dict[str, str]) -> Action:
    """A kept row as an action."""
    due = date.fromisoformat(row["due"]) if row.get("due") else None
    return Action(row.get("what", ""), row.get("who", ""), due, row.get("helped_by", ""), row.get("proof", ""))


def words_of(minutes: Minutes) -> Words:
    """What is written in the minutes, for the rules."""
    return Words(minutes.agreed, minutes.not_agreed, [as_action(row) for row in minutes.actions])


def code_of(minutes: Minutes) -> str:
    """The check code of everything the sides sign."""
    return content_code(
        {
            "held": minutes.held,
            "positions": minutes.positions,
            "agreed": minutes.agreed,
            "not_agreed": minutes.not_agreed,
            "actions": minutes.actions,
            "next": minutes.next_meeting,
        }
    )


def signers_of(minutes: Minutes) -> list[MinutesSignature]:
    """Who is asked to sign: sides that were there, members of a committee, else whoever called and presided."""
    meeting = minutes.meeting
    if Base(meeting.base) == Base.SIDES:
        found = [_side(row) for row in _first_of_side(_attended(meeting))]
    elif MeetingKind(meeting.kind) in SIGNED_BY_MEMBERS:
        there = [row for row in _attended(meeting) if row.counts]
        found = [MinutesSignature(name=_name(meeting, row)[:60], person=row.person) for row in there]
    else:
        found = [MinutesSignature(name=meeting.body.name[:60], body=meeting.body)]
        if meeting.chair and meeting.chair.body_id != meeting.body_id:
            found.append(MinutesSignature(name=meeting.chair.body.name[:60], body=meeting.chair.body))
    for position, one in enumerate(found, start=1):
        one.minutes, one.position = minutes, position
    return found


def _first_of_side(rows: list[Attendance]) -> list[Attendance]:
    seen: dict[int, Attendance] = {}
    for row in rows:
        if row.side_id and (row.side_id not in seen or seen[row.side_id].person_id is None):
            seen[row.side_id] = row
    return list(seen.values())


def _side(row: Attendance) -> MinutesSignature:
    side = row.side
    body = side.body if side else None
    return MinutesSignature(name=side.name if side else row.name, body=body, person=None if body else row.person)


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """One signature line: what was said, and what this reader may do with it."""

    row: MinutesSignature
    word: str
    icon: str
    tone: str
    who: str
    when: datetime | None
    mine: bool

    @property
    def is_open(self) -> bool:
        """Whether this side can still sign."""
        return self.row.mark in {Mark.ASKED, Mark.REFUSED}


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The minutes for one reader."""

    minutes: Minutes
    meeting: Meeting
    actions: list[Action]
    signatures: list[ShownSignature]
    code: str
    word: str
    tone: str
    icon: str
    keeps: bool
    days_left: int | None

    @property
    def mine(self) -> list[ShownSignature]:
        """Lines that wait for this reader's signature."""
        signing = self.minutes.state == MinutesState.SIGNING
        return [one for one in self.signatures if one.mine and one.is_open] if signing else []

    @property
    def is_signed_by_any(self) -> bool:
        """Whether a word can still be changed."""
        return any(one.row.mark in SIGNATURES for one in self.signatures)

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.minutes.state == MinutesState.DRAFTED

    @property
    def is_signing(self) -> bool:
        """Whether it lies before the sides."""
        return self.minutes.state == MinutesState.SIGNING

    @property
    def is_signed(self) -> bool:
        """Whether signing is over and it waits to be published."""
        return self.minutes.state == MinutesState.SIGNED

    @property
    def is_published(self) -> bool:
        """Whether its scope reads it."""
        return self.minutes.state == MinutesState.PUBLISHED

    @property
    def may_conclude(self) -> bool:
        """Whether the days to sign are over for those who said nothing."""
        late = self.days_left is not None and self.days_left < 0
        return self.keeps and self.is_signing and late and self.is_signed_by_any


MARK_LOOKS = {
    Mark.ASKED: (_("等签字"), "clock", "wait"),
    Mark.SIGNED: (_("已签"), "circle-check", "done"),
    Mark.ON_PAPER: (_("纸上已签"), "circle-check", "done"),
    Mark.REFUSED: (_("不签"), "circle-minus", "over"),
    Mark.SILENT: (_("逾期没签"), "circle-alert", "closed"),
}
STATE_LOOKS = {
    MinutesState.DRAFTED: (_("正在整理"), "pencil", "plain"),
    MinutesState.SIGNING: (_("请各方签字"), "clock", "wait"),
    MinutesState.SIGNED: (_("已签定"), "circle-check", "done"),
    MinutesState.PUBLISHED: (_("已公布"), "circle-check", "done"),
}


def visible_minutes(actor: Actor, meeting_id: int) -> Minutes:
    """Minutes that this actor may read; all others answer as if they did not exist."""
    rows = Minutes.objects.visible_to(actor).select_related(
        "meeting__matter__place", "meeting__matter__community", "meeting__body__place", "meeting__chair__body"
    )
    return get_object_or_404(rows.prefetch_related("addenda"), meeting_id=meeting_id)


def minutes_page(actor: Actor, meeting_id: int) -> MinutesPage:
    """The page of the minutes of a meeting; at most eight queries."""
    minutes = visible_minutes(actor, meeting_id)
    word, icon, tone = STATE_LOOKS[MinutesState(minutes.state)]
    rows = minutes.signatures.select_related("body", "person", "by", "office__body", "sheet")
    return MinutesPage(
        minutes=minutes,
        meeting=minutes.meeting,
        actions=[as_action(row) for row in minutes.actions],
        signatures=[_shown(actor, row) for row in rows],
        code=short_code(minutes.code) if minutes.code else "",
        word=word,
        icon=icon,
        tone=tone,
        keeps=has_perm("meetings.keep", actor, minutes.meeting),
        days_left=(minutes.sign_by - shown_today()).days if minutes.sign_by else None,
    )


def _shown(actor: Actor, row: MinutesSignature) -> ShownSignature:
    word, icon, tone = MARK_LOOKS[Mark(row.mark)]
    who = ""
    if row.by and row.mark != Mark.ON_PAPER:
        name = row.by.real_name or row.by.get_short_name()
        who = f"{name}（{row.office.role_word}）" if row.office else name
    return ShownSignature(row, word, icon, tone, who, row.at, has_perm("meetings.sign_minutes", actor, row))


def signatures_asked_of(actor: Actor) -> QuerySet[MinutesSignature]:
    """Signatures that the body one acts in, or oneself, is asked for."""
    rows = MinutesSignature.objects.filter(mark=Mark.ASKED.value, minutes__state=MinutesState.SIGNING.value)
    if actor.office is not None and actor.office.body_id:
        return rows.filter(body_id=actor.office.body_id)
    return rows.filter(person_id=actor.person_id)


def to_sign(actor: Actor) -> list[Minutes]:
    """Minutes that wait for the signature of this office or person, in one query."""
    if actor.person_id is None:
        return []
    rows = signatures_asked_of(actor)
    found = rows.select_related("minutes__meeting__matter", "minutes__meeting__body").order_by("minutes__sign_by", "pk")
    return [row.minutes for row in found if has_perm("meetings.sign_minutes", actor, row)]
