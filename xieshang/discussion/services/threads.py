"""Opening and closing the discussion of a matter. Upper apps call these inside their own verbs."""

from collections.abc import Mapping

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.queries import rules_for
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.lib.refusals import RuleViolation
from xieshang.live.services import tell
from xieshang.matters.models import Matter

from ..models import Thread
from ..rules import ALREADY_OPEN, DEFAULTS, Readers, Speakers
from .common import require


def open_thread(matter: Matter, values: Mapping[str, object]) -> Thread:
    """Make the thread of a matter with the rules of its place, overlaid with our keys in `values`; nobody speaks yet.

    A thread that is there already keeps its settings, so that nobody moves the goalposts.
    """
    settled = rules_for(matter.place, "discussion", today(), DEFAULTS)
    settled |= {key: value for key, value in values.items() if key in DEFAULTS}
    thread, _made = Thread.objects.get_or_create(matter=matter, defaults={key: settled[key] for key in DEFAULTS})
    return thread


def open_writing(matter: Matter) -> None:
    """Let people speak from now on."""
    _let_write(matter, is_open=True)


def close_writing(matter: Matter) -> None:
    """Nobody speaks any more; everything said stays to be read."""
    _let_write(matter, is_open=False)


def _let_write(matter: Matter, *, is_open: bool) -> None:
    with transaction.atomic():
        open_thread(matter, {})
        Thread.objects.filter(matter=matter).update(is_open=is_open)
        tell(f"matter.{matter.pk}", "thread")


@transaction.atomic
def set_circle(actor: Actor, matter_id: int, *, readers: Readers, speakers: Speakers) -> Thread:
    """Widen or narrow who reads and who speaks; only before the discussion opens (the upper app: before the notice)."""
    matter = get_object_or_404(Matter.objects.visible_to(actor).select_related("place"), pk=matter_id)
    open_thread(matter, {})
    thread = Thread.objects.select_for_update(of=("self",)).select_related("matter__place").get(matter=matter)
    require(actor, "set_circle", thread)
    if thread.is_open or thread.posts.exists():
        raise RuleViolation(ALREADY_OPEN)
    before = f"{thread.readers} {thread.speakers}"
    thread.readers, thread.speakers = readers.value, speakers.value
    thread.save(update_fields=["readers", "speakers"])
    after = f"{thread.readers} {thread.speakers}"
    where = matter.place_path
    record(actor, "discussion.set_circle", number=matter.number, place=where, before=before, after=after)
    return thread
