"""What a thread gives to the minutes of its meeting: what each side said, and what was promised."""

from django.utils.translation import gettext_lazy as _

from xieshang.lib.text import mask_phones
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules.minutes import Action

from ...models import Commitment, Entry, Thread
from ...rules.threads import CoverKind, EntryKind, sides

EARLIER_ROUND = _("（上一轮的意见）")


def minutes_positions(meeting: Meeting) -> list[tuple[str, str]]:
    """The latest position of each side as residents read it: minutes are published."""
    thread = Thread.objects.filter(meeting=meeting.matter_id).first()
    if thread is None:
        return []
    rows = Entry.objects.filter(thread=thread, kind=EntryKind.POSITION.value)
    found: dict[str, str] = {}
    for entry in rows.select_related("side__body", "office__body").prefetch_related("covers").order_by("pk"):
        covers = [(CoverKind(row.kind), row.words) for row in entry.covers.all()]
        if entry.side:
            before = "" if entry.speaker == entry.side.short_name else f"（{entry.speaker}）"
            before += "" if entry.round == thread.round else str(EARLIER_ROUND)
            found[entry.side.name] = before + mask_phones(sides.covered(entry.text, covers))
    return list(found.items())


def minutes_actions(meeting: Meeting) -> list[Action]:
    """The commitments made so far."""
    rows = Commitment.objects.filter(thread__meeting=meeting.matter_id).select_related("item__body")
    return [
        Action(row.item.what, f"{row.item.body.short_name} · {row.answerer}", row.item.due, proof=row.item.proof)
        for row in rows.order_by("item__due", "pk")
    ]
