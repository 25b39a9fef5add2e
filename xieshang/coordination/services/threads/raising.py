"""Raising a thread, taking it up or not, and setting the table."""

from collections.abc import Collection, Iterable
from datetime import date

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body, Office, Place
from xieshang.community.queries import acting_in, officers_of, rules_for
from xieshang.community.rules import BodyKind, PlaceKind, Role
from xieshang.discussion.services import attach_photo
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.matters import services as matters
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience, FollowReason, LinkKind

from ...models import Side, Thread
from ...rules.threads import DEFAULTS, RULE_KIND, SideKind, SideRole, Step, positions_by
from ...rules.threads.sides import KINDS, sides_for
from .moving import _moving, _step, audit, locked, office_id, refuse, require, require_term, set_due, touch
from .seating import vacant_since

TITLE_MISSING = Refusal("title_missing", _("请用一句话写明要协调什么事。"))
TEXT_MISSING = Refusal("text_missing", _("请写几句具体情况：什么时候、哪里、影响到谁。"))
NO_COMMUNITY = Refusal("no_community", _("请选一个社区或小区。"))
NO_PARTY_ORG = Refusal("no_party_org", _("这里还没有登记社区党组织，请街道先登记。"))
SIDE_UNKNOWN = Refusal("side_unknown", _("牵头方和配合方要从在场的各方里选。"))


@transaction.atomic
def raise_thread(
    actor: Actor,
    *,
    title: str,
    text: str,
    place_id: int,
    voices: str = "",
    measures: bool = False,
    photos: Iterable[File] = (),
) -> Thread:
    """Raise a matter between the sides of a place; `voices` says whose it is: 17户居民. It waits to be taken up."""
    place = get_object_or_404(Place.objects.select_related("community"), pk=place_id)
    require("raise", actor, place.path, _("居民的事请从“我要说事”提出，居委会会转来协调。各方由在任的人提出。"))
    require_term(actor)
    refuse(
        None if title.strip() else TITLE_MISSING,
        None if text.strip() else TEXT_MISSING,
        None if place.community_id else NO_COMMUNITY,
    )
    thread = _make(actor, place, title.strip(), text.strip())
    thread.voices, thread.measures = voices.strip(), measures
    for photo in photos:
        attach_photo(actor, thread.matter, photo, caption="")
    set_due(thread)
    _step(actor, thread, "raise", before="", due_on=None)
    matter = thread.matter
    matters.settle(matter, standing=thread.label, audience=Audience.OFFICERS, is_open=True)
    secretaries = officers_of(matter.community.path, {Role.PARTY_SECRETARY}).filter(body=thread.convenor_id)
    for person_id in acting_in(secretaries):
        matters.follow(matter, person_id, FollowReason.DUTY)
    body = str(_("有一件事请社区党组织受理。"))
    matters.tell_followers(matter, body=body, leave_out=[actor.person_id])
    audit(actor, thread, "raise", after=thread.state)
    return thread


@transaction.atomic
def raise_from(actor: Actor, source: Matter, *, title: str, text: str, voices: str = "") -> Thread:
    """Raise a thread out of another matter (a topic, a meeting): both ends show the other."""
    thread = raise_thread(actor, title=title, text=text, place_id=source.place_id, voices=voices)
    matters.link(source, thread.matter, LinkKind.BECAME)
    return thread


def _make(actor: Actor, place: Place, title: str, text: str) -> Thread:
    """The rows of a new thread, the rules of its place copied."""
    matter = matters.make(actor, kind="coordination", prefix="协调", title=title, place=place)
    home = matter.community
    convenor = Body.objects.filter(place=home, kind=BodyKind.PARTY_ORG.value).order_by("pk").first()
    refuse(None if convenor else NO_PARTY_ORG)
    at = now()
    thread = Thread.objects.create(
        matter=matter,
        community=home,
        estate=_estate_of(place),
        text=text,
        values=rules_for(place, RULE_KIND, today(), DEFAULTS),
        convenor=convenor,
        raised_for_id=actor.office.body_id if actor.office else None,
        entered_at=at,
        event_at=at,
    )
    matter.url = thread.get_absolute_url()
    matter.save(update_fields=["url"])
    matters.retitle(matter, title=title, place=place, words=text)
    return Thread.objects.with_frame().get(pk=thread.pk)


def _estate_of(place: Place) -> Place | None:
    """The compound that the place is or lies in."""
    found = Place.objects.filter(path__in=place.ancestor_paths, kind=PlaceKind.COMPOUND.value)
    return found.order_by("path").first()


def withdraw(actor: Actor, thread_id: int, *, note: str = "") -> Thread:
    """Take it back before it is taken up."""
    with _moving(actor, thread_id, Step.WITHDRAW, note=note) as thread:
        pass
    return thread


def accept(actor: Actor, thread_id: int, *, note: str = "") -> Thread:
    """Take it up for the Party organisation: the sides of the place take their seats, residents can read along."""
    with _moving(actor, thread_id, Step.ACCEPT, note=note) as thread:
        _seat(thread)
    return thread


def decline(actor: Actor, thread_id: int, *, reason: str) -> Thread:
    """Do not take it up, with the reason."""
    with _moving(actor, thread_id, Step.DECLINE, note=reason, reason_given=bool(reason.strip())) as thread:
        pass
    return thread


def _seat(thread: Thread) -> None:
    """Make the standing sides from the bodies of the place; those in office follow the thread."""
    place, day = thread.place, today()
    around = Q(place__path__in=place.ancestor_paths, place__community=place.community_id)
    kinds = [kind.value for kind in KINDS]
    rows = Body.objects.filter(around | Q(place__path__startswith=place.path), kind__in=kinds)
    bodies = list(rows.values_list("pk", "kind"))
    offices = Office.objects.running(day).filter(body__in=[pk for pk, _kind in bodies])
    running = list(offices.values_list("person_id", "body_id"))
    manned = {body for _person, body in running}
    for side in sides_for(bodies, is_estate=thread.estate_id is not None):
        # A committee without anybody in office is filled like one that does not exist.
        vacant = side.kind == SideKind.OWNERS and side.body is not None and side.body not in manned
        since = vacant_since(side.body or 0) if vacant else None
        Side.objects.create(thread=thread, kind=side.kind.value, body_id=side.body, filled_since=since, added_at=now())
    for person in {person for person, _body in running}:
        matters.follow(thread.matter, person, FollowReason.DUTY)


@transaction.atomic
def assign(
    actor: Actor, thread_id: int, *, lead: int, assistants: Collection[int] = (), positions_due: date | None = None
) -> Thread:
    """Name who leads and who assists, and ask every side for its position by a day; five working days unless said."""
    with _moving(actor, thread_id, Step.ASSIGN, lead_chosen=True) as thread:
        _give_roles(thread, lead, set(assistants))
    day = positions_due or positions_by(today(), thread.values)
    return ask_positions(actor, thread_id, positions_due=day)


def ask_positions(actor: Actor, thread_id: int, *, positions_due: date) -> Thread:
    """Ask every side for its written position by a day."""
    with _moving(actor, thread_id, Step.ASK_POSITIONS, positions_due=positions_due) as thread:
        thread.positions_due = positions_due
    return thread


def _give_roles(thread: Thread, lead: int, assistants: set[int]) -> None:
    sides = {side.pk: side for side in thread.sides.all()}
    if lead not in sides or assistants - set(sides):
        raise RuleViolation(SIDE_UNKNOWN)
    thread.sides.update(role=SideRole.NONE.value)
    thread.sides.filter(pk__in=assistants - {lead}).update(role=SideRole.ASSIST.value)
    thread.sides.filter(pk=lead).update(role=SideRole.LEAD.value)


@transaction.atomic
def delegate(actor: Actor, thread_id: int, *, person_id: int | None) -> Thread:
    """The secretary asks somebody of the Party organisation or committee to convene in their stead, or nobody."""
    thread = locked(actor, thread_id)
    require("delegate", actor, thread)
    home = thread.matter.community
    near = Office.objects.running(today()).filter(body__place=home, person_id=person_id or 0)
    refuse(None if person_id is None or near.exists() else SIDE_UNKNOWN)
    thread.delegate_id = person_id
    thread.save(update_fields=["delegate"])
    if person_id:
        matters.follow(thread.matter, person_id, FollowReason.DUTY)
    audit(actor, thread, "delegate", {"office": office_id(actor) or 0})
    return thread


@transaction.atomic
def mark_for_owners(actor: Actor, thread_id: int, *, owners_item: str) -> Thread:
    """Say that only the owners together decide it (民法典第278条), and by which item; empty takes that back."""
    thread = locked(actor, thread_id)
    require("mark_for_owners", actor, thread)
    thread.owners_item = owners_item.strip()
    thread.save(update_fields=["owners_item"])
    touch(thread)
    audit(actor, thread, "mark_for_owners", after=thread.owners_item)
    return thread


@transaction.atomic
def measure(actor: Actor, thread_id: int) -> Thread:
    """From now on temperatures are written down for it."""
    thread = locked(actor, thread_id)
    require("invite", actor, thread)
    thread.measures = True
    thread.save(update_fields=["measures"])
    touch(thread)
    audit(actor, thread, "measure")
    return thread
