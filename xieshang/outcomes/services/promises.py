"""Setting, reporting, looking at and moving what was promised."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Office
from xieshang.community.queries import officers_of
from xieshang.community.rules import COMMITTEE_ROLES
from xieshang.discussion.services import attach_photo
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of, short_day
from xieshang.matters.models import Matter
from xieshang.matters.services import tell_followers
from xieshang.notify.services import send

from .. import hooks, rules
from ..models import ActionItem, DueMove, Progress
from ..rules import ItemState, NoticeKind, NoticeState, ProgressKind
from .doing import hands, office_id, refuse_unless, require, write_down

BATCH = 50


@transaction.atomic
def set_item(actor: Actor, matter: Matter, *, what: str, body_id: int, due: date, proof: str = "") -> ActionItem:
    """Promise one thing: what, by which body of this place, by when (that day included), and what will prove it."""
    require("outcomes.set_item", actor, matter)
    refuse_unless(what.strip(), rules.BODY_EMPTY)
    body = get_object_or_404(Body.objects.select_related("place"), pk=body_id)
    home = matter.community.path
    near = body.place.path.startswith(home) or home.startswith(body.place.path)
    refuse_unless(near, rules.NOT_OF_THIS_PLACE)
    refuse_unless(due >= today(), rules.DUE_IN_THE_PAST)
    item = ActionItem(matter=matter, community_id=matter.community_id, what=what.strip(), body=body, due=due)
    item.proof, item.set_at, item.set_by_id = proof.strip(), now(), hands(actor)
    item.save()
    write_down(actor, "outcomes.set_item", matter, {"item": item.pk, "body": body.pk, "due": due})
    return item


@transaction.atomic
def drop_item(actor: Actor, item_id: int) -> Matter:
    """Take back an item that was not made public yet."""
    item = _locked(actor, item_id)
    require("outcomes.set_item", actor, item)
    public = item.matter.notices.filter(kind=NoticeKind.GONGGAO.value, state=NoticeState.PUBLISHED.value)
    refuse_unless(not public.exists() and not item.progress.exists(), rules.ITEM_IS_PROMISED)
    write_down(actor, "outcomes.drop_item", item.matter, {"item": item.pk, "body": item.body_id, "due": item.due})
    item.delete()
    return item.matter


@transaction.atomic
def report_progress(actor: Actor, item_id: int, *, text: str, photos: Iterable[File] = ()) -> Progress:
    """Say how far it is, with photos, for the body that does it."""
    item = _locked(actor, item_id)
    require("outcomes.report", actor, item)
    refuse_unless(item.state == ItemState.OPEN, rules.ITEM_NOT_OPEN)
    line = _line(actor, item, ProgressKind.NOTE, text, photos)
    write_down(actor, "outcomes.report_progress", item.matter, {"item": item.pk})
    tell_followers(item.matter, body=_("有新进展：%s") % item.what, leave_out=[actor.hands])
    return line


@transaction.atomic
def report_done(actor: Actor, item_id: int, *, text: str, photos: Iterable[File] = ()) -> ActionItem:
    """Say that it is done, with a photo or in words; somebody else looks at it."""
    item = _locked(actor, item_id)
    require("outcomes.report", actor, item)
    refuse_unless(item.state == ItemState.OPEN, rules.ITEM_NOT_OPEN)
    _line(actor, item, ProgressKind.DONE, text, photos)
    item.state, item.done_at, item.done_by_id = ItemState.DONE.value, now(), actor.hands
    item.save(update_fields=["state", "done_at", "done_by"])
    write_down(actor, "outcomes.report_done", item.matter, {"item": item.pk}, after=item.state)
    tell_followers(item.matter, body=_("已报办好，等核实：%s") % item.what, leave_out=[actor.hands])
    return item


@transaction.atomic
def verify_item(actor: Actor, item_id: int, *, text: str = "") -> ActionItem:
    """Find that it is really done; another human being than the one who reported it."""
    item = _looked_at(actor, item_id)
    _line(actor, item, ProgressKind.VERIFIED, text or _("核实办好了。"), ())
    item.state, item.verified_at = ItemState.VERIFIED.value, now()
    item.save(update_fields=["state", "verified_at"])
    write_down(actor, "outcomes.verify_item", item.matter, {"item": item.pk}, after=item.state)
    tell_followers(item.matter, body=_("办好了：%s") % item.what, leave_out=[actor.hands])
    if not item.matter.action_items.exclude(state=ItemState.VERIFIED.value).exists():
        for hook in hooks.on_all_done:
            hook(actor, item.matter)
    return item


@transaction.atomic
def reopen_item(actor: Actor, item_id: int, *, reason: str) -> ActionItem:
    """Find that it is not done and send it back, with the reason that everybody reads."""
    item = _looked_at(actor, item_id)
    refuse_unless(reason.strip(), rules.REASON_MISSING)
    _line(actor, item, ProgressKind.REOPENED, reason, ())
    item.state, item.done_at, item.done_by = ItemState.OPEN.value, None, None
    item.save(update_fields=["state", "done_at", "done_by"])
    write_down(actor, "outcomes.reopen_item", item.matter, {"item": item.pk}, after=item.state, reason=reason)
    tell_followers(item.matter, body=_("还没办好，退回再办：%s") % item.what, leave_out=[actor.hands])
    _tell_body(item, _("退回再办：%s") % reason.strip())
    return item


def _looked_at(actor: Actor, item_id: int) -> ActionItem:
    """The item, locked, when this actor may look at it now."""
    item = _locked(actor, item_id)
    require("outcomes.verify_item", actor, item)
    refuse_unless(item.state == ItemState.DONE, rules.ITEM_NOT_DONE)
    refuse_unless(item.done_by_id != actor.hands, rules.SAME_PERSON)
    return item


@transaction.atomic
def move_due(actor: Actor, item_id: int, *, due: date, reason: str) -> ActionItem:
    """Move a promised day, openly: the old day, the new one and the reason stay, followers are told."""
    item = _locked(actor, item_id)
    require("outcomes.move_due", actor, item)
    refuse_unless(item.state == ItemState.OPEN, rules.ITEM_NOT_OPEN)
    refuse_unless(reason.strip(), rules.REASON_MISSING)
    refuse_unless(due != item.due, rules.DUE_UNCHANGED)
    refuse_unless(due >= today(), rules.DUE_IN_THE_PAST)
    move = DueMove(item=item, old=item.due, new=due, reason=reason.strip(), office_id=office_id(actor), at=now())
    move.by_id = hands(actor)
    move.save()
    item.due = due
    item.save(update_fields=["due"])
    write_down(actor, "outcomes.move_due", item.matter, {"item": item.pk, "old": move.old, "new": due}, reason=reason)
    day = short_day(due)
    body = _("“%(what)s”改到%(day)s前办好，原因：%(reason)s") % {"what": item.what, "day": day, "reason": move.reason}
    tell_followers(item.matter, body=body, leave_out=[actor.hands])
    return item


def due(now: datetime) -> int:
    """Tell the body and the committee, once, of every promise whose day has gone by."""
    day = day_of(now)
    late = ActionItem.objects.filter(Q(told_of=None) | ~Q(told_of=F("due")), state=ItemState.OPEN.value, due__lt=day)
    done = 0
    for item in late.select_related("matter__place", "body").order_by("due", "pk")[:BATCH]:
        with transaction.atomic():
            # Whoever sets the mark tells; a second timer finds it set.
            marked = late.filter(pk=item.pk).update(told_of=item.due)
            if marked:
                _tell_body(item, _("已过期限：%s") % item.what)
                write_down(SYSTEM, "outcomes.item_overdue", item.matter, {"item": item.pk, "due": item.due})
            done += marked
    return done


def _tell_body(item: ActionItem, body: str) -> None:
    """Tell the people of the responsible body and of the committee."""
    people = set(Office.objects.running(today()).filter(body_id=item.body_id).values_list("person_id", flat=True))
    people |= {office.person_id for office in officers_of(item.place_path, COMMITTEE_ROLES)}
    send(people, title=item.matter.title, body=body, number=item.matter.number, url=item.get_absolute_url())


def _line(actor: Actor, item: ActionItem, kind: ProgressKind, text: str, photos: Iterable[File]) -> Progress:
    kept = [attach_photo(actor, item.matter, photo, caption=item.what[:60]) for photo in photos]
    refuse_unless(text.strip() or kept, rules.PROOF_MISSING)
    line = Progress(item=item, kind=kind.value, text=text.strip(), office_id=office_id(actor), at=now())
    line.by_id = hands(actor)
    line.save()
    line.photos.add(*kept)
    return line


def _locked(actor: Actor, item_id: int) -> ActionItem:
    rows = ActionItem.objects.visible_to(actor).select_related("matter__place", "matter__community", "body")
    return get_object_or_404(rows.select_for_update(of=("self",)), pk=item_id)
