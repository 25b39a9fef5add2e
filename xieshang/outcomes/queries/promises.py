"""What was promised, how it stands, and what its history says."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_words, short_day
from xieshang.lib.permits import has_perm
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter

from .. import hooks
from ..models import ActionItem, DueMove, Progress
from ..rules import ItemState, ProgressKind
from .words import photo_of

LOOKS = {
    ItemState.OPEN: ("hammer", "wait"),
    ItemState.DONE: ("hourglass", "wait"),
    ItemState.VERIFIED: ("circle-check", "done"),
}
TOLD = frozenset({ProgressKind.NOTE, ProgressKind.DONE, ProgressKind.REOPENED})
LINE_WORDS = {
    ProgressKind.NOTE: "进展",
    ProgressKind.DONE: "报办好",
    ProgressKind.VERIFIED: "核实办好",
    ProgressKind.REOPENED: "退回再办",
}


@dataclass(slots=True)
class ItemPage:
    """One promise with its history, and what this reader may do with it."""

    item: ActionItem
    row: dict[str, object]
    history: list[dict[str, object]]
    may: dict[str, bool] = field(default_factory=dict)
    # Where what was done is looked at by somebody else: what this reader waits for.
    waits_for: str = ""
    # What comes after the last promise of the matter.
    next: Waiting | None = None


def items_of(actor: Actor, matter: Matter, files: Collection[Attachment] | None = None) -> list[dict[str, object]]:
    """The promises of a matter, first due first: the keys of the part `actionitem`; two queries.

    One query where the matter's files were read already: of each promise the latest picture is then taken from them.
    """
    told = Progress.objects.filter(item=OuterRef("pk"), kind__in=[kind.value for kind in TOLD]).order_by("-pk")
    rows = ActionItem.objects.visible_to(actor).filter(matter=matter).select_related("body")
    rows = rows.annotate(last_id=Subquery(told.values("pk")[:1]), last_text=Subquery(told.values("text")[:1]))
    if files is not None:
        by_id = {file.pk: [file] for file in files}
        rows = rows.annotate(picture=Subquery(_pictures().filter(progress__item=OuterRef("pk"))[:1]))
        shown = rows.order_by("due", "pk")
        return [_row(item, item.last_text or "", by_id.get(item.picture, [])) for item in shown]
    items = list(rows.order_by("due", "pk"))
    links = Progress.photos.through.objects.filter(progress_id__in=[item.last_id for item in items if item.last_id])
    photos: dict[int, list[Attachment]] = {}
    for link in links.select_related("attachment").order_by("attachment_id") if items else ():
        photos.setdefault(link.progress_id, []).append(link.attachment)
    return [_row(item, item.last_text or "", photos.get(item.last_id, [])) for item in items]


def _pictures() -> "QuerySet[Any, Any]":
    """Ids of the pictures that came with reports, the latest first."""
    links = Progress.photos.through.objects.filter(progress__kind__in=[kind.value for kind in TOLD])
    return links.order_by("-progress_id", "attachment_id").values("attachment_id")


def item_row(item: ActionItem, lines: list[Progress]) -> dict[str, object]:
    """One promise for the part `actionitem`, with the newest of its lines that report."""
    told = [line for line in lines if line.kind in TOLD]
    last = told[-1] if told else None
    return _row(item, last.text if last else "", list(last.photos.all()) if last else [])


def _row(item: ActionItem, note: str, photos: list[Attachment]) -> dict[str, object]:
    """Days left while open, and the newest report with its photos."""
    icon, tone = LOOKS[ItemState(item.state)]
    days = (item.due - shown_today()).days if item.state == ItemState.OPEN else None
    return {
        "id": item.pk,
        "what": item.what,
        "body": item.body.short_name,
        "due": day_words(item.due),
        "days": days,
        "working": False,
        "state": item.label,
        "icon": "clock-alert" if days is not None and days < 0 else icon,
        "tone": "over" if days is not None and days < 0 else tone,
        "is_overdue": days is not None and days < 0,
        "done_when": short_day(item.done_at) if item.state == ItemState.VERIFIED else "",
        "note": note,
        "photos": [photo_of(photo) for photo in photos],
        "promised_proof": item.proof,
        "url": item.get_absolute_url(),
    }


def visible_item(actor: Actor, item_id: int) -> ActionItem:
    """One promise that this actor may know of, with its body, matter and places."""
    rows = ActionItem.objects.visible_to(actor).select_related("body", "matter__place", "matter__community")
    return get_object_or_404(rows, pk=item_id)


def item_page(actor: Actor, item_id: int) -> ItemPage:
    """One promise for its own page."""
    item = visible_item(actor, item_id)
    lines = list(item.progress.select_related("office__body").prefetch_related("photos").order_by("pk"))
    moves = list(item.moves.select_related("office__body").order_by("pk"))
    history = [(line.at, _line(line)) for line in lines] + [(move.at, _move(move)) for move in moves]
    history.sort(key=lambda entry: entry[0], reverse=True)
    reports = has_perm("outcomes.report", actor, item)
    verifies = has_perm("outcomes.verify_item", actor, item)
    return ItemPage(
        item=item,
        row=item_row(item, lines),
        history=[entry for _at, entry in history],
        may={
            "report": item.state == ItemState.OPEN and reports,
            "verify": item.state == ItemState.DONE and verifies and item.done_by_id != actor.hands,
            "move_due": item.state == ItemState.OPEN and has_perm("outcomes.move_due", actor, item),
        },
        waits_for=_waits_for(actor, item, verifies=verifies) if item.state == ItemState.DONE else "",
        next=_next(actor, item) if item.state == ItemState.VERIFIED else None,
    )


def _waits_for(actor: Actor, item: ActionItem, *, verifies: bool) -> str:
    """Why somebody who reads of what is done cannot look at it for the body; nothing where they can."""
    if verifies:
        return _("办好是您报的，要由另一位同事来核实。") if item.done_by_id == actor.hands else ""
    return _("办理单位说办好了，等居委会核实。")


def _next(actor: Actor, item: ActionItem) -> Waiting | None:
    """What comes once all that was promised in the matter is verified; nothing as long as one thing is not."""
    if item.matter.action_items.exclude(state=ItemState.VERIFIED.value).exists():
        return None
    told = (hook(actor, item.matter) for hook in hooks.comes_next)
    return next((waiting for waiting in told if waiting), None)


def _by(line: Progress | DueMove) -> str:
    return line.office.title if line.office else ""


def _line(line: Progress) -> dict[str, object]:
    return {
        "when": short_day(line.at),
        "title": LINE_WORDS[ProgressKind(line.kind)],
        "note": line.text,
        "by": _by(line),
        "photos": [photo_of(photo) for photo in line.photos.all()],
    }


def _move(move: DueMove) -> dict[str, object]:
    return {
        "when": short_day(move.at),
        "title": f"期限由{day_words(move.old)}改到{day_words(move.new)}",
        "note": move.reason,
        "by": _by(move),
        "photos": [],
    }
