"""What the sides say: positions, words, letters entered for them, guests; what is covered and what is opened."""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404

from xieshang.accounts.models import Person
from xieshang.community.models import Body, Office
from xieshang.community.queries import homes_of
from xieshang.community.rules import BodyKind, ResidenceKind
from xieshang.community.services import store_body
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.text import mobile_number
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow, tell_followers
from xieshang.meetings.services import seat_for

from ...models import Cover, Entry, GuestLink, Opening, Representative, Side, Thread
from ...rules.threads import SPEAKABLE, CoverKind, EntryKind, Part, SideKind, State, Via, sides
from .moving import audit, locked, office_id, refuse, require, require_speaker, require_term, set_due, touch

Covers = Iterable[tuple[CoverKind, str]]


def _side(thread: Thread, side_id: int) -> Side:
    return get_object_or_404(thread.sides.select_related("body", "thread"), pk=side_id)


@transaction.atomic
def file_position(actor: Actor, thread_id: int, *, side_id: int, text: str, covers: Covers = ()) -> Entry:
    """A side's written position, or its next version in this round; all stay. After the day asked for it is late.

    The words of the latest version, by whomever, are no new one.
    """
    thread = locked(actor, thread_id)
    side = _side(thread, side_id)
    require_speaker(actor, side)
    _refuse_position(thread, text)
    latest = side.entries.filter(kind=EntryKind.POSITION.value, round=thread.round).order_by("-version").first()
    if latest is not None and latest.text == text.strip() and latest.due_on == thread.positions_due:
        return latest
    entry = _position(actor, thread, side, text, covers)
    audit(actor, thread, "file_position", {"side": side.pk, "version": entry.version})
    return entry


def _refuse_position(thread: Thread, text: str) -> None:
    refuse(sides.why_not_speak(State(thread.state), text, Part.PUBLIC))
    refuse(None if thread.positions_due else sides.NOT_ASKED_YET)


def _position(actor: Actor, thread: Thread, side: Side, text: str, covers: Covers, **letter: Any) -> Entry:
    words = {"kind": EntryKind.POSITION.value, "round": thread.round, "part": Part.PUBLIC.value}
    latest = side.entries.filter(**words).aggregate(last=Max("version"))["last"] or 0
    entry = _said(actor, thread, side, covers, {"text": text.strip(), "version": latest + 1, **words, **letter})
    tell_followers(thread.matter, body=f"{side.short_name}已书面表态。", leave_out=[actor.hands])
    set_due(thread)
    return entry


@transaction.atomic
def say(
    actor: Actor, thread_id: int, *, text: str, part: Part | None, side_id: int | None = None, covers: Covers = ()
) -> Entry:
    """Say something besides, for residents too or for the table only; without a side the convenor speaks."""
    thread = locked(actor, thread_id)
    side = _side(thread, side_id) if side_id else None
    if side is None:
        require("convenor_speaks", actor, thread, sides.NO_OFFICE.sentence)
        require_term(actor)
    else:
        require_speaker(actor, side)
    refuse(sides.why_not_speak(State(thread.state), text, part))
    entry = _said(actor, thread, side, covers, {"text": text.strip(), "part": (part or Part.WORKING).value})
    audit(actor, thread, "say", {"part": entry.part})
    touch(thread)
    return entry


def _said(actor: Actor, thread: Thread, side: Side | None, covers: Covers, words: dict[str, Any]) -> Entry:
    """The row of an entry with the passages its author covers at once."""
    day, is_position = today(), words.get("kind") == EntryKind.POSITION.value
    entry = Entry.objects.create(
        thread=thread,
        side=side,
        person_id=actor.person_id,
        office_id=office_id(actor),
        at=now(),
        due_on=thread.positions_due if is_position else None,
        is_late=is_position and sides.is_late(day, thread.positions_due),
        **words,
    )
    for kind, passage in covers:
        _cover(actor, entry, kind, passage)
    return entry


@transaction.atomic
def enter_letter(
    actor: Actor,
    thread_id: int,
    *,
    side_id: int,
    text: str,
    letter: File | None,
    letter_day: date,
    covers: Covers = (),
) -> Entry:
    """Enter the stamped letter of a side that does not use the platform: its words, its scan, marked 代录."""
    thread = locked(actor, thread_id)
    require("enter_letter", actor, thread)
    require_term(actor)
    side = _side(thread, side_id)
    _refuse_position(thread, text)
    refuse(
        sides.HAS_ACCOUNT if _speaks_itself(side) else None,
        None if letter else sides.LETTER_MISSING,
        sides.LETTER_DAY if letter_day > today() else None,
    )
    assert letter is not None
    scan = attach_closed(actor, thread.matter, letter, caption=f"{side.short_name}来函")
    words = {"via": Via.LETTER.value, "letter": scan, "letter_day": letter_day}
    entry = _position(actor, thread, side, text, covers, **words)
    audit(actor, thread, "enter_letter", {"side": side.pk, "version": entry.version})
    return entry


def _speaks_itself(side: Side) -> bool:
    """Whether somebody in office, or a representative, can speak for the side here."""
    if side.is_filled:
        return side.representatives.filter(ended_at=None).exists()
    return Office.objects.running(today()).filter(body_id=side.body_id or 0).exists()


@transaction.atomic
def cover(actor: Actor, entry_id: int, *, kind: CoverKind, words: str) -> Cover:
    """Cover a passage for residents, openly: a mark stands in its place that says why."""
    entry = _entry(actor, entry_id)
    require("cover", actor, entry)
    made = _cover(actor, entry, kind, words)
    audit(actor, entry.thread, "cover", {"entry": entry.pk, "kind": kind.value})
    return made


def _cover(actor: Actor, entry: Entry, kind: CoverKind, words: str) -> Cover:
    passage = words.strip()
    refuse(None if passage and passage in entry.text else sides.WORDS_NOT_THERE)
    fields = {"person_id": actor.person_id, "office_id": office_id(actor), "at": now()}
    return Cover.objects.create(entry=entry, kind=kind.value, words=passage, **fields)


@transaction.atomic
def open_entry(actor: Actor, entry_id: int, *, reason: str) -> Opening:
    """Open a working entry to residents; there is no way back, and who did it and why stands with it."""
    entry = _entry(actor, entry_id)
    require("open_entry", actor, entry)
    require_term(actor)
    refuse(
        sides.IS_PUBLIC_ALREADY if entry.part == Part.PUBLIC or hasattr(entry, "opening") else None,
        None if reason.strip() else sides.TEXT_MISSING,
    )
    fields = {"person_id": actor.person_id, "office_id": office_id(actor), "at": now()}
    opening = Opening.objects.create(entry=entry, reason=reason.strip(), **fields)
    audit(actor, entry.thread, "open_entry", {"entry": entry.pk}, reason=reason)
    touch(entry.thread)
    return opening


def _entry(actor: Actor, entry_id: int) -> Entry:
    """An entry that this actor may read, its thread locked."""
    entry = get_object_or_404(Entry.objects.select_related("side__body", "thread"), pk=entry_id)
    entry.thread = locked(actor, entry.thread_id)
    if entry.side:
        entry.side.thread = entry.thread
    return entry


@transaction.atomic
def invite(actor: Actor, thread_id: int, *, body_id: int | None = None, name: str = "") -> Side:
    """Ask another body to the table; one that the platform does not know yet is entered by its name."""
    thread = locked(actor, thread_id)
    require("invite", actor, thread)
    refuse(sides.NOT_SPEAKABLE if State(thread.state) not in SPEAKABLE else None)
    body = get_object_or_404(Body, pk=body_id) if body_id else _named(actor, thread, name.strip())
    refuse(sides.SIDE_TWICE if thread.sides.filter(body=body).exists() else None)
    side = Side.objects.create(thread=thread, kind=SideKind.INVITED.value, body=body, added_at=now())
    for person in Office.objects.running(today()).filter(body=body).values_list("person_id", flat=True):
        follow(thread.matter, person, FollowReason.DUTY)
    audit(actor, thread, "invite", {"body": body.pk})
    touch(thread)
    return side


def _named(actor: Actor, thread: Thread, name: str) -> Body:
    """The unit of the community with this name, entered where it is new."""
    refuse(None if name else sides.SIDE_NAME_MISSING)
    home = thread.matter.community
    known = Body.objects.filter(place=home, name=name).first()
    if known is not None:
        return known
    body = Body(kind=BodyKind.STATIONED_UNIT.value, name=name[:60], short_name=name[:20], place=home)
    store_body(actor, body, "community.found_body")
    return body


@transaction.atomic
def name_representative(actor: Actor, side_id: int, *, phone: str) -> Representative:
    """Name an owner of the place to sit where a body is missing."""
    side = get_object_or_404(Side.objects.select_related("thread"), pk=side_id)
    thread = locked(actor, side.thread_id)
    require("name_representative", actor, thread)
    refuse(None if side.is_filled else sides.NOT_FILLED)
    number = mobile_number(phone)
    person = Person.objects.filter(phone=number or "-", is_active=True).first()
    refuse(None if person and _owns_in(person.pk, thread.place_path) else sides.NOT_AN_OWNER)
    assert person is not None
    rows = side.representatives.filter(ended_at=None)
    refuse(sides.TOO_MANY if rows.exclude(person=person).count() >= sides.MOST_REPRESENTATIVES else None)
    named, _made = Representative.objects.get_or_create(
        side=side, person=person, ended_at=None, defaults={"named_by_id": actor.hands, "at": now()}
    )
    follow(thread.matter, person.pk, FollowReason.DUTY)
    if thread.meeting and State(thread.state) == State.MEETING:
        seat_for(thread.meeting.meeting, side.name, person.pk)
    audit(actor, thread, "name_representative", {"side": side.pk, "person": person.pk})
    return named


def _owns_in(person_id: int, path: str) -> bool:
    """Whether somebody is confirmed as the owner of a home in this place."""
    owned = [home for home in homes_of(person_id) if home.kind == ResidenceKind.OWNER]
    return any(home.unit.path.startswith(path) for home in owned)


@transaction.atomic
def end_representative(actor: Actor, representative_id: int) -> Thread:
    """Let a representative leave the table; what they said stays."""
    row = get_object_or_404(Representative.objects.select_related("side"), pk=representative_id, ended_at=None)
    thread = locked(actor, row.side.thread_id)
    require("name_representative", actor, thread)
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    audit(actor, thread, "end_representative", {"side": row.side_id, "person": row.person_id})
    return thread


@transaction.atomic
def make_guest_link(actor: Actor, side_id: int, *, days: int) -> str:
    """A link by which somebody of an invited side may speak for so many days; gives its key, which is not kept."""
    side = get_object_or_404(Side.objects.select_related("thread"), pk=side_id)
    thread = locked(actor, side.thread_id)
    require("guest_link", actor, thread)
    refuse(
        None if 1 <= days <= sides.MOST_GUEST_DAYS else sides.GUEST_DAYS,
        None if side.kind == SideKind.INVITED else sides.NOT_FILLED,
    )
    key, at = token_urlsafe(24), now()
    row = GuestLink(side=side, digest=_digest(key), expires_at=at + timedelta(days=days), at=at)
    row.made_by_id = actor.hands or 0
    row.save()
    audit(actor, thread, "make_guest_link", {"side": side.pk, "until": row.expires_at.date()})
    return key


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def guest_side(key: str) -> Side:
    """The side a guest's link speaks for; an unknown link answers 404, an expired one is refused with a sentence."""
    row = GuestLink.objects.select_related("side__body", "side__thread__matter").filter(digest=_digest(key)).first()
    if row is None:
        raise Http404
    refuse(sides.GUEST_EXPIRED if row.ended_at or now() > row.expires_at else None)
    return row.side


@transaction.atomic
def end_guest_links(actor: Actor, side_id: int) -> Thread:
    """Stop every link of a side at once."""
    side = get_object_or_404(Side, pk=side_id)
    thread = locked(actor, side.thread_id)
    require("guest_link", actor, thread)
    side.guest_links.filter(ended_at=None).update(ended_at=now())
    audit(actor, thread, "end_guest_link", {"side": side.pk})
    return thread


@transaction.atomic
def guest_says(key: str, *, text: str, name: str) -> Entry:
    """A guest speaks for their side by the link, under the name they give."""
    side = guest_side(key)
    thread = Thread.objects.with_frame().select_for_update(of=("self",)).get(pk=side.thread_id)
    refuse(
        sides.why_not_speak(State(thread.state), text, Part.PUBLIC),
        None if name.strip() else sides.GUEST_NAME_MISSING,
    )
    words: dict[str, Any] = {"via": Via.GUEST.value, "guest": name.strip()[:40]}
    if thread.positions_due:
        entry = _position(NOBODY, thread, side, text, (), **words)
    else:
        entry = _said(NOBODY, thread, side, (), {"text": text.strip(), "part": Part.PUBLIC.value, **words})
    audit(NOBODY, thread, "guest_says", {"side": side.pk})
    touch(thread)
    return entry
