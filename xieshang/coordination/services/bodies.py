"""Keeping the register: a term, the handover, a paper, a recusal; and telling in time what is owed."""

from datetime import date, datetime
from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse

from xieshang.audit.services import record
from xieshang.community.models import Body, Office
from xieshang.community.queries import acting_in, officers_of
from xieshang.community.rules import ABOVE_ROLES, PARTY_ROLES, Role
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of, full_day
from xieshang.lib.images import redraw, require_pdf
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.notify.services import send

from ..models import DUTY_LABELS, CommitteeTerm, FiledPaper, Recusal
from ..queries.duties import limits_at, term_facts
from ..rules import bodies as rules
from ..rules.bodies import Alarm, PaperKind
from ..rules.guidance import OWNERS_BODIES

BATCH = 50
# The present committee and the one before it.
TWO = 2


@transaction.atomic
def enter_term(actor: Actor, body_id: int, *, number: int, starts: date, ends: date, note: str = "") -> CommitteeTerm:
    """Write down a term of a committee; RuleViolation for days that cannot be."""
    body = _locked(actor, body_id, OWNERS_BODIES)
    others = list(CommitteeTerm.objects.filter(body=body))
    wrong = rules.term_faults(starts, ends, [(o.starts, o.ends) for o in others], limits_at(body.place).term_years_most)
    if number in {other.number for other in others}:
        wrong.append(rules.NUMBER_TAKEN)
    if wrong:
        raise RuleViolation(*wrong)
    term = CommitteeTerm(body=body, number=number, starts=starts, ends=ends, note=note.strip(), **_by(actor, body))
    term.save()
    _reckon(body)
    write_down(actor, "coordination.enter_term", body, {"term": term.pk, "starts": starts, "ends": ends})
    return term


@transaction.atomic
def hand_over_latest(actor: Actor, body_id: int, *, on: date) -> CommitteeTerm:
    """Write down that the committee before the present one has handed over to it."""
    body = _locked(actor, body_id, OWNERS_BODIES)
    terms = list(CommitteeTerm.objects.filter(body=body).order_by("-starts")[:2])
    if len(terms) < TWO:
        raise RuleViolation(rules.NO_EARLIER)
    term = terms[0]
    _refuse_unless(term.starts <= on <= today(), rules.HANDED_EARLY)
    term.handed_over_on = on
    term.save(update_fields=["handed_over_on"])
    _reckon(body)
    write_down(actor, "coordination.hand_over", body, {"term": term.pk, "on": on})
    return term


@transaction.atomic
def file_paper(
    actor: Actor,
    body_id: int,
    *,
    kind: PaperKind,
    name: str,
    filed_on: date,
    number: str = "",
    kept_at: str = "",
    scan: UploadedFile | None = None,
) -> FiledPaper:
    """Write down a paper with its number and its day, with its scan where there is one; a photo or a PDF."""
    body = _locked(actor, body_id)
    _refuse_unless(name.strip(), rules.NAME_EMPTY)
    _refuse_unless(filed_on <= today(), rules.FILED_LATER)
    paper = FiledPaper(body=body, kind=kind.value, name=name.strip(), filed_on=filed_on, **_by(actor, body))
    paper.number, paper.kept_at = number.strip(), kept_at.strip()
    if scan:
        _keep_scan(paper, scan)
    paper.save()
    _reckon(body)
    write_down(actor, "coordination.file_paper", body, {"paper": paper.pk, "kind": kind.value})
    return paper


@transaction.atomic
def add_scan(actor: Actor, body_id: int, *, paper_id: int, scan: UploadedFile) -> FiledPaper:
    """Add the scan to a paper that was written down without; it is not replaced afterwards."""
    body = _locked(actor, body_id)
    paper = get_object_or_404(FiledPaper, pk=paper_id, body=body)
    _refuse_unless(not paper.scan, rules.SCANNED_ALREADY)
    _keep_scan(paper, scan)
    paper.save(update_fields=["scan", "scan_is_photo"])
    write_down(actor, "coordination.add_scan", body, {"paper": paper.pk})
    return paper


def _keep_scan(paper: FiledPaper, scan: UploadedFile) -> None:
    """The scan beside its line: a picture drawn anew, or a PDF; RuleViolation for anything else."""
    paper.scan_is_photo = not scan.read(5).startswith(b"%PDF")
    scan.seek(0)
    if not paper.scan_is_photo:
        require_pdf(cast("BinaryIO", scan), scan.size or 0)
    words = redraw(cast("BinaryIO", scan), scan.size or 0).page if paper.scan_is_photo else scan.read()
    paper.scan.save("scan", ContentFile(words), save=False)


@transaction.atomic
def recuse(
    actor: Actor, body_id: int, *, office_id: int, about: str, starts: date, ends: date | None = None
) -> Recusal:
    """Write down that a member stands aside in one matter."""
    body = _locked(actor, body_id)
    _refuse_unless(about.strip(), rules.ABOUT_EMPTY)
    _refuse_unless(ends is None or ends >= starts, rules.RECUSAL_ENDS_EARLY)
    office = Office.objects.running(today()).filter(pk=office_id, body=body).first()
    if office is None:
        raise RuleViolation(rules.STRANGER)
    made = Recusal(office=office, body=body, about=about.strip(), starts=starts, ends=ends, **_by(actor, body))
    made.save()
    write_down(actor, "coordination.recuse", body, {"recusal": made.pk, "office": office.pk})
    return made


def due(at: datetime) -> int:
    """Give the alarms of today, each once; those whose reason has gone are only dropped."""
    day = day_of(at)
    ids = CommitteeTerm.objects.filter(alarm_on__lte=day).order_by("alarm_on", "pk").values_list("pk", flat=True)
    return sum(_alarm(term_id, day) for term_id in list(ids[:BATCH]))


@transaction.atomic
def _alarm(term_id: int, day: date) -> int:
    term = CommitteeTerm.objects.select_for_update(of=("self",)).select_related("body__place").get(pk=term_id)
    given = [alarm for alarm in _alarms(term) if alarm.day <= day] if _is_latest(term) else []
    # Of what was missed only the last word on each duty is said.
    last = {alarm.duty.kind: alarm for alarm in given}
    for alarm in last.values():
        _tell(term, alarm)
    term.told = [*term.told, *(alarm.key for alarm in given)]
    _set_alarm(term)
    return len(last)


def _is_latest(term: CommitteeTerm) -> bool:
    return not CommitteeTerm.objects.filter(body=term.body_id, starts__gt=term.starts).exists()


def _alarms(term: CommitteeTerm) -> list[Alarm]:
    return rules.alarms_of(term_facts(term), limits_at(term.body.place), term.told)


def _set_alarm(term: CommitteeTerm) -> None:
    left = _alarms(term) if _is_latest(term) else []
    term.alarm_on = left[0].day if left else None
    term.save(update_fields=["told", "alarm_on"])


def _reckon(body: Body) -> None:
    """Set the next alarm of a body's terms anew after something was written down."""
    for term in CommitteeTerm.objects.filter(body=body).select_related("body__place"):
        _set_alarm(term)


def _tell(term: CommitteeTerm, alarm: Alarm) -> None:
    """To the committee itself and whoever guides it; of what is late the street hears too."""
    path = term.body.place.path
    roles = [*PARTY_ROLES, Role.COMMITTEE_CHAIR, *(ABOVE_ROLES if alarm.is_late else ())]
    people = acting_in(officers_of(path, roles)) | acting_in(Office.objects.running(today()).filter(body=term.body_id))
    day = full_day(alarm.duty.due)
    words = _("{what}已经过了期限（{day}）。") if alarm.is_late else _("{what}要在{day}以前办。")
    body = words.format(what=DUTY_LABELS[alarm.duty.kind], day=day)
    send(people, title=term.body.name, body=body, url=reverse("coordination:guided_body", args=[term.body_id]))
    detail = {"term": term.pk, "alarm": alarm.key}
    record(SYSTEM, "coordination.term_alarm", place=path, detail=detail)


def _locked(actor: Actor, body_id: int, kinds: frozenset[object] = frozenset()) -> Body:
    """A body that this actor keeps the register of, under lock; 404 for one that has no such lines."""
    rows = Body.objects.select_related("place__community").select_for_update(of=("self",))
    body = get_object_or_404(rows.filter(kind__in=[str(kind) for kind in kinds]) if kinds else rows, pk=body_id)
    if not has_perm("coordination.keep_bodies", actor, body.place.path):
        raise NotAllowed("coordination.keep_bodies", _("登记由居委会、党组织和街道来做。"))
    return body


def _by(actor: Actor, body: Body) -> dict[str, object]:
    community = body.place if body.place.is_community else body.place.community
    return {
        "community": community,
        "entered_by_id": actor.person_id,
        "entered_in_id": actor.office.id if actor.office else None,
        "entered_at": now(),
    }


def write_down(actor: Actor, verb: str, body: Body, detail: dict[str, object]) -> None:
    """Into the record of the place of the body."""
    record(actor, verb, place=body.place.path, after=body.name, detail={"body": body.pk, **detail})


def _refuse_unless(holds: object, refusal: Refusal) -> None:
    if not holds:
        raise RuleViolation(refusal)
