"""The rhythm, a study called with what waits, its record, its decisions, the help it asks for."""

from datetime import date, datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse

from xieshang.audit.services import record
from xieshang.community.models import Office, Place
from xieshang.community.queries import acting_in, officers_of
from xieshang.community.rules import ABOVE_ROLES, COMMUNITY_KINDS, PARTY_ROLES, Role
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.live.services import tell
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import MeetingKind
from xieshang.meetings.rules import State as MeetingState
from xieshang.notify.services import send
from xieshang.outcomes.models import ActionItem
from xieshang.outcomes.services import set_item

from ..models import Study, StudyPoint, StudyRhythm
from ..queries.agenda import gather
from ..rules import study as rules
from ..rules.study import Point, PointKind, Rhythm, State, period_of, reminders

BATCH = 50
KEPT_REMINDERS = 6
MATTER_KIND = "study"


@transaction.atomic
def set_rhythm(actor: Actor, community_id: int, *, every: Rhythm) -> StudyRhythm:
    """Say how often this community studies, from today on."""
    community = _community(actor, community_id, "coordination.set_rhythm")
    values = {"every": every.value, "set_on": today(), "set_by_id": actor.person_id, "set_in_id": _office(actor)}
    rhythm, _made = StudyRhythm.objects.update_or_create(community=community, defaults=values)
    record(actor, "coordination.set_rhythm", place=community.path, after=every.value)
    return rhythm


@transaction.atomic
def call_study(actor: Actor, community_id: int, *, held_on: date, where: str = "") -> Study:
    """Call the study of the period in which the day lies, with everything that waits now on its table."""
    community = _community(actor, community_id, "coordination.call_study")
    rhythm = StudyRhythm.objects.select_for_update().filter(community=community).first()
    if rhythm is None:
        raise RuleViolation(rules.NO_RHYTHM)
    period = period_of(Rhythm(rhythm.every), held_on)
    if Study.objects.filter(community=community, period=period.key).exists():
        raise RuleViolation(rules.ALREADY)
    title = _("{period}定期研究").format(period=period.words)
    matter = make(actor, kind=MATTER_KIND, prefix=_("研"), title=title, place=community)
    study = Study(matter=matter, community=community, period=period.key, held_on=held_on, where=where.strip())
    study.called_by_id, study.called_in_id = actor.person_id or 0, _office(actor)
    study.save()
    matter.url = study.get_absolute_url()
    matter.save(update_fields=["url"])
    _put(study, gather(community, today()))
    settle(matter, standing=study.state_word, audience=Audience.OFFICERS, is_open=True)
    write_down(actor, "coordination.call_study", study, {"points": study.points.count()})
    return study


@transaction.atomic
def call_meeting(actor: Actor, study_id: int, *, starts_at: datetime, venue: str) -> Study:
    """Open the meeting of the study: its table as the agenda, the notice out; signed in to and minuted as any other."""
    study = _called(actor, study_id)
    rhythm = StudyRhythm.objects.get(community=study.community)
    _refuse_unless(not _is_called(study), rules.MEETING_CALLED)
    period = period_of(Rhythm(rhythm.every), day_of(starts_at))
    _refuse_unless(period.key == study.period, rules.OTHER_PERIOD)
    titles = list(study.points.order_by("pk").values_list("title", flat=True)) or [study.matter.title]
    meeting = meetings.call_meeting(
        actor,
        kind=MeetingKind.STUDY,
        place=study.community,
        starts_at=starts_at,
        title=f"{study.community.name}{study.matter.title}",
        venue=venue,
        items=[meetings.Item(title) for title in titles],
        of_matter=study.matter,
    )
    meetings.notify(actor, meeting.pk)
    study.meeting, study.held_on, study.where = meeting.matter, day_of(starts_at), venue.strip()[:80]
    study.save(update_fields=["meeting", "held_on", "where"])
    write_down(actor, "coordination.call_study_meeting", study, {"meeting": meeting.pk})
    return study


def _is_called(study: Study) -> bool:
    """Whether its meeting stands; one that was called off leaves room for another."""
    return study.meeting is not None and study.meeting.meeting.state != MeetingState.CANCELLED


def study_moved(meeting: Meeting) -> None:
    """Its meeting was put off or is over: the study is of the day on which it was held."""
    Study.objects.filter(meeting=meeting.matter_id, state=State.CALLED.value).update(held_on=meeting.starts_on)


def gather_again(actor: Actor, study_id: int) -> int:
    """Put on the table what has come up since; gives how many points are new."""
    with transaction.atomic():
        study = _called(actor, study_id)
        known = set(study.points.values_list("kind", "title"))
        fresh = [point for point in gather(study.community, today()) if (point.kind.value, point.title) not in known]
        _put(study, fresh)
        write_down(actor, "coordination.gather_points", study, {"points": len(fresh)})
    return len(fresh)


@transaction.atomic
def add_point(actor: Actor, study_id: int, *, title: str) -> StudyPoint:
    """Put something on the table by hand."""
    study = _called(actor, study_id)
    _refuse_unless(title.strip(), rules.POINT_EMPTY)
    _put(study, [Point(PointKind.OTHER, title.strip())])
    write_down(actor, "coordination.add_point", study, {})
    return study.points.latest("pk")


@transaction.atomic
def drop_point(actor: Actor, study_id: int, *, point_id: int) -> None:
    """Take something off the table before the study is recorded."""
    study = _called(actor, study_id)
    point = get_object_or_404(study.points, pk=point_id)
    write_down(actor, "coordination.drop_point", study, {"kind": point.kind, "url": point.url})
    point.delete()


@transaction.atomic
def record_study(
    actor: Actor, study_id: int, *, present: int, conclusion: str, file_number: str = "", help_wanted: str = ""
) -> Study:
    """Write down how many were there and what came of it; from then on the record stays as it is."""
    study = _called(actor, study_id)
    rules.require_record(held_on=study.held_on, today=today(), present=present, conclusion=conclusion)
    study.present, study.conclusion = present, conclusion.strip()
    study.file_number, study.help_wanted = file_number.strip(), help_wanted.strip()
    study.recorded_by_id, study.recorded_in_id, study.recorded_at = actor.person_id, _office(actor), now()
    study.state = State.RECORDED.value
    study.save()
    settle(study.matter, standing=study.state_word, audience=Audience.OFFICERS, is_open=study.waits_for_help)
    write_down(actor, "coordination.record_study", study, {"present": present})
    if study.help_wanted:
        _tell(study, ABOVE_ROLES, _("研究以后，有一件事请街道帮忙。"))
    return study


@transaction.atomic
def decide(actor: Actor, study_id: int, *, what: str, body_id: int, due: date, proof: str = "") -> ActionItem:
    """A decision of the study as something to be done: what, by which body, by when, with what proof."""
    study = _seen(actor, study_id)
    if not has_perm("coordination.record_study", actor, study):
        raise NotAllowed("coordination.record_study")
    return set_item(actor, study.matter, what=what, body_id=body_id, due=due, proof=proof)


@transaction.atomic
def answer_help(actor: Actor, study_id: int, *, text: str) -> Study:
    """Those above say how they help, or why they cannot."""
    study = _seen(actor, study_id)
    if not has_perm("coordination.answer_help", actor, study):
        raise NotAllowed("coordination.answer_help")
    _refuse_unless(study.help_wanted, rules.NO_HELP_ASKED)
    _refuse_unless(study.help_at is None, rules.ANSWERED_ALREADY)
    _refuse_unless(text.strip(), rules.HELP_EMPTY)
    study.help_answer, study.help_at = text.strip(), now()
    study.help_by_id, study.help_in_id = actor.person_id, _office(actor)
    study.save()
    settle(study.matter, standing=study.state_word, audience=Audience.OFFICERS, is_open=False)
    write_down(actor, "coordination.answer_help", study, {})
    _tell(study, PARTY_ROLES, _("请街道帮忙的事有了答复。"))
    return study


def due(at: datetime) -> int:
    """Remind, once each, of a period that ends without a study; of one that has ended, those above hear too."""
    day = day_of(at)
    done = 0
    for rhythm in StudyRhythm.objects.select_related("community").order_by("pk").iterator(500):
        wanted = [one for one in reminders(Rhythm(rhythm.every), rhythm.set_on, day) if one[0] not in rhythm.told]
        done += sum(_remind(rhythm.pk, *one) for one in wanted) if wanted and done < BATCH else 0
    return done


@transaction.atomic
def _remind(rhythm_id: int, key: str, period: rules.Period, is_late: bool) -> int:  # noqa: FBT001
    rhythm = StudyRhythm.objects.select_for_update(of=("self",)).select_related("community").get(pk=rhythm_id)
    if key in rhythm.told:
        return 0
    rhythm.told = [*rhythm.told, key][-KEPT_REMINDERS:]
    rhythm.save(update_fields=["told"])
    studies = Study.objects.filter(community=rhythm.community, period=period.key, state=State.RECORDED.value)
    if studies.exists():
        return 0
    words = (
        _("{period}的定期研究没有记录，上级也看得到。")
        if is_late
        else _("{period}的定期研究还没有开，请在月底以前安排。")
    )
    roles = [Role.PARTY_SECRETARY, *(ABOVE_ROLES if is_late else ())]
    people = acting_in(officers_of(rhythm.community.path, roles))
    title, url = rhythm.community.name, reverse("coordination:studies")
    send(people, title=title, body=words.format(period=period.words), url=url)
    record(SYSTEM, "coordination.study_reminder", place=rhythm.community.path, detail={"period": key})
    return 1


def _put(study: Study, points: list[Point]) -> None:
    StudyPoint.objects.bulk_create(
        StudyPoint(
            study=study, kind=point.kind.value, title=point.title[:200], line=point.line[:200], url=point.url[:200]
        )
        for point in points
    )


def _community(actor: Actor, community_id: int, verb: str) -> Place:
    kinds = [kind.value for kind in COMMUNITY_KINDS]
    community = get_object_or_404(Place, pk=community_id, kind__in=kinds)
    if not has_perm(verb, actor, community.path):
        raise NotAllowed(verb, _("定期研究由党组织来定、来开。"))
    return community


def _seen(actor: Actor, study_id: int) -> Study:
    rows = Study.objects.visible_to(actor).select_related("matter__place", "matter__community", "community")
    return get_object_or_404(rows.select_for_update(of=("self",)), pk=study_id)


def _called(actor: Actor, study_id: int) -> Study:
    """A study that is not recorded yet, for whoever records it, under lock."""
    study = _seen(actor, study_id)
    if not has_perm("coordination.record_study", actor, study):
        raise NotAllowed("coordination.record_study")
    _refuse_unless(study.state == State.CALLED, rules.RECORDED_ALREADY)
    return study


def write_down(actor: Actor, verb: str, study: Study, detail: dict[str, object]) -> None:
    """Into the record of the community, and to the open pages."""
    record(actor, verb, number=study.matter.number, place=study.place_path, detail={"study": study.pk, **detail})
    tell(f"matter.{study.matter_id}", "moved")


def _tell(study: Study, roles: frozenset[Role], body: str) -> None:
    matter = study.matter
    send(
        acting_in(officers_of(study.place_path, roles)),
        title=matter.title,
        body=body,
        number=matter.number,
        url=matter.url,
    )


def _office(actor: Actor) -> int | None:
    return actor.office.id if isinstance(actor.office, Office) else None


def _refuse_unless(holds: object, refusal: Refusal) -> None:
    if not holds:
        raise RuleViolation(refusal)
