"""Filing a matter that is over, and handing the files of a body to whoever comes next."""

from datetime import datetime, timedelta

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Body
from xieshang.community.queries import rules_for
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.workdays import period_after
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience

from .. import rules
from ..models import Archive, HandOver
from ..queries.archives import files_to_hand_over, running_matters
from ..queries.filing import whole_file

MOST_AT_ONCE = 10


def file_matter(actor: Actor, matter_id: int) -> Archive:
    """File a matter that is over: its check code, its term; anew only when its file has changed since."""
    with transaction.atomic():
        rows = Matter.objects.visible_to(actor).select_related("place", "community").select_for_update(of=("self",))
        matter = get_object_or_404(rows, pk=matter_id)
        if not has_perm("home.file", actor, matter):
            raise NotAllowed("home.file")
        return _filed(actor, matter)


def _filed(actor: Actor, matter: Matter) -> Archive:
    last = Archive.objects.filter(matter=matter).order_by("-version").first()
    at = now()
    # Up to when the record counts: a second filing asks first whether anything is new up to the first one's instant.
    made = whole_file(matter, last.as_of if last else at)
    rules.require_filable(
        is_open=matter.is_open, last_hash=last.content_hash if last else "", content_hash=made.content_hash
    )
    made = whole_file(matter, at)
    ended = day_of(matter.moved_at)
    kept = rules.keeping(matter.kind, ended, rules_for(matter.place, rules.RULES, today(), rules.DEFAULTS))
    archive = Archive.objects.create(
        matter=matter,
        community_id=matter.community_id,
        kind=matter.kind,
        year=ended.year,
        version=last.version + 1 if last else 1,
        as_of=at,
        content_hash=made.content_hash,
        papers=len(made.papers),
        copies=made.copy_count,
        keep_years=kept.years,
        keep_until=kept.until,
        person_id=actor.person_id,
        office_id=actor.office.id if actor.office else None,
    )
    detail = {"archive": archive.pk, "version": archive.version, "check_code": archive.content_hash}
    record(actor, "home.file", number=matter.number, place=matter.place.path, detail=detail)
    return archive


def file_due(at: datetime) -> int:
    """File what has been over for some days and nobody has filed; gives how many."""
    before = at - timedelta(days=rules.FILE_DAYS)
    waits = Matter.objects.filter(is_open=False, archives=None, moved_at__lt=before)
    ids = waits.exclude(audience=Audience.AUTHOR.value).order_by("pk").values_list("pk", flat=True)
    done = 0
    for matter_id in ids[:MOST_AT_ONCE]:
        file_matter(SYSTEM, matter_id)
        done += 1
    return done


@transaction.atomic
def give(actor: Actor, *, note: str = "") -> HandOver:
    """Give the files of one's body, as listed today, to whoever comes next; one hand-over waits at a time."""
    body = _own_body(actor)
    if HandOver.objects.filter(body=body, received_at=None).exists():
        raise RuleViolation(rules.HAND_OVER_WAITS)
    files = files_to_hand_over(actor)
    if not files:
        raise RuleViolation(rules.NOTHING_TO_HAND_OVER)
    at = now()
    made = HandOver.objects.create(
        body=body,
        files=files,
        list_hash=rules.list_hash((one["number"], one["version"], one["code"]) for one in files),
        running=running_matters(actor).count(),
        note=note.strip(),
        given_by_id=actor.hands,
        given_in_id=actor.office.id if actor.office else None,
        given_at=at,
        due=period_after(day_of(at), rules.HAND_OVER_DAYS).last_day,
    )
    record(actor, "home.give", place=body.place.path, reason=note[:300], detail={"hand_over": made.pk})
    return made


@transaction.atomic
def receive(actor: Actor, hand_over_id: int) -> HandOver:
    """Confirm that the files on a list were received; by another human being of the same body."""
    made = _locked(actor, hand_over_id)
    rules.require_receivable(
        given_by=made.given_by_id, received_by=actor.hands, is_received=made.received_at is not None
    )
    made.received_by_id, made.received_at = actor.hands, now()
    made.received_in_id = actor.office.id if actor.office else None
    made.save(update_fields=["received_by", "received_in", "received_at"])
    record(actor, "home.receive", place=made.place_path, detail={"hand_over": made.pk, "check_code": made.list_hash})
    return made


@transaction.atomic
def take_back(actor: Actor, hand_over_id: int) -> None:
    """Whoever gave it takes back a hand-over that nobody has received yet."""
    made = _locked(actor, hand_over_id)
    if made.received_at is not None:
        raise RuleViolation(rules.RECEIVED_ALREADY)
    if made.given_by_id != actor.hands:
        raise NotAllowed("home.hand_over")
    record(actor, "home.take_back", place=made.place_path, detail={"hand_over": made.pk})
    made.delete()


def _own_body(actor: Actor) -> Body:
    """The body acted for, under lock, if it keeps files."""
    path = actor.office.place_path if actor.office else None
    if actor.office is None or not has_perm("home.hand_over", actor, path):
        raise NotAllowed("home.hand_over")
    return Body.objects.select_for_update(of=("self",)).select_related("place").get(pk=actor.office.body_id)


def _locked(actor: Actor, hand_over_id: int) -> HandOver:
    body = _own_body(actor)
    return get_object_or_404(HandOver.objects.select_for_update(of=("self",)), pk=hand_over_id, body=body)
