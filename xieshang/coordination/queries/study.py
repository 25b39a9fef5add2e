"""Studies of communities, one study, and what waits of both."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Place
from xieshang.community.queries import bodies_in
from xieshang.community.rules import BodyKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now, shown_today
from xieshang.lib.days import SHANGHAI
from xieshang.lib.paging import Page, number_in, page_from
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.refusals import later as mark
from xieshang.lib.waiting import Dated, Queue, Rows, Waiting, parts_by_age
from xieshang.meetings.models import Meeting
from xieshang.meetings.queries import presence_of
from xieshang.meetings.rules import State as MeetingState
from xieshang.outcomes.queries import items_of

from ..models import Study, StudyPoint, StudyRhythm
from ..rules.study import Period, Rhythm, State, period_of, reminders
from .bodies import communities_of

COMMUNITIES_A_PAGE = 20
SHOWN_OF_EACH = 4
SHOWN_DAYS = 400
FOR_OFFICES = mark("定期研究给党组织、居委会和街道看。")


@dataclass(slots=True)
class CommunityStudies:
    """A community with its rhythm, this period's study, and the ones before."""

    community: Place
    rhythm: StudyRhythm | None
    period: Period | None
    current: Study | None
    past: list[Study]
    missed: Period | None
    may_call: bool
    may_set: bool

    @property
    def asking(self) -> list[Study]:
        """Studies that ask for help and have no answer yet."""
        return [study for study in [self.current, *self.past] if study and study.waits_for_help]


def studies_page(actor: Actor, key: str) -> Page[CommunityStudies]:
    """Communities in the place of this office by the map; who needs help says so, nobody is ranked."""
    office = actor.office
    if office is None or not has_perm("coordination.see_studies", actor, office.place_path):
        raise NotAllowed("coordination.see_studies", FOR_OFFICES)
    rows = communities_of(office.place_path)
    after = rows.filter(pk=number_in(key) or 0).values_list("path", flat=True).first()
    rows = (rows.filter(path__gt=after) if after else rows).select_related("study_rhythm")
    lately = shown_today() - timedelta(days=SHOWN_DAYS)
    recent = Study.objects.visible_to(actor).filter(Q(held_on__gte=lately) | (~Q(help_wanted="") & Q(help_at=None)))
    recent = recent.select_related("matter").order_by("-held_on", "-pk")
    found = list(rows.prefetch_related(Prefetch("studies", recent, "recent"))[: COMMUNITIES_A_PAGE + 1])
    shown = found[:COMMUNITIES_A_PAGE]
    more = str(shown[-1].pk) if len(found) > len(shown) else ""
    return Page([_community(actor, one) for one in shown], more, after is None)


def _community(actor: Actor, community: Place) -> CommunityStudies:
    today, rhythm = shown_today(), getattr(community, "study_rhythm", None)
    period = period_of(Rhythm(rhythm.every), today) if rhythm else None
    studies: list[Study] = getattr(community, "recent", [])
    current = next((study for study in studies if period and study.period == period.key), None)
    recorded = {study.period for study in studies if study.state == State.RECORDED}
    late = [one for _key, one, is_late in _reminders(rhythm, today) if is_late and one.key not in recorded]
    return CommunityStudies(
        community=community,
        rhythm=rhythm,
        period=period,
        current=current,
        past=[study for study in studies if study is not current][:SHOWN_OF_EACH],
        missed=late[0] if late else None,
        may_call=has_perm("coordination.call_study", actor, community.path),
        may_set=has_perm("coordination.set_rhythm", actor, community.path),
    )


def _reminders(rhythm: StudyRhythm | None, today: date) -> list[tuple[str, Period, bool]]:
    return reminders(Rhythm(rhythm.every), rhythm.set_on, today) if rhythm else []


def visible_community(actor: Actor, community_id: int) -> Place:
    """A community in the place of this office."""
    path = actor.office.place_path if actor.office else ""
    rows = communities_of(path) if path else Place.objects.none()
    return get_object_or_404(rows, pk=community_id)


@dataclass(slots=True)
class StudyPage:
    """One study with its table, what was decided, and what this reader may do."""

    study: Study
    points: list[StudyPoint]
    items: list[dict[str, object]]
    bodies: list[Body]
    may: dict[str, bool] = field(default_factory=dict)
    # The meeting in which it is held, and how many came once it is over.
    meeting: Meeting | None = None
    present: int | None = None

    @property
    def first_hour(self) -> dict[str, object]:
        """What the form that calls the meeting begins with: the day that was named, in the morning."""
        at = datetime.combine(self.study.held_on, time(9), SHANGHAI)
        return {"starts_at": at, "venue": self.study.where}


def study_page(actor: Actor, study_id: int) -> StudyPage:
    """One study."""
    rows = Study.objects.visible_to(actor).select_related(
        "matter__place", "matter__community", "community", "recorded_in__body", "help_in__body", "called_in__body"
    )
    study = get_object_or_404(rows, pk=study_id)
    records = has_perm("coordination.record_study", actor, study)
    meeting = (
        Meeting.objects.filter(matter=study.meeting_id).select_related("matter").first() if study.meeting_id else None
    )
    stands = meeting is not None and meeting.state != MeetingState.CANCELLED
    over = meeting is not None and meeting.state == MeetingState.CLOSED
    is_open = study.state == State.CALLED
    return StudyPage(
        study=study,
        points=list(study.points.order_by("pk")),
        items=items_of(actor, study.matter),
        bodies=bodies_to_act(study.community) if records else [],
        may={
            "arrange": records and is_open,
            "call": records and is_open and not stands,
            # What is held on the platform is recorded once it is over.
            "record": records and is_open and study.held_on <= shown_today() and (over or not stands),
            "decide": records and has_perm("outcomes.set_item", actor, study.matter),
            "help": study.waits_for_help and has_perm("coordination.answer_help", actor, study),
        },
        meeting=meeting if stands else None,
        present=presence_of(meeting).in_room or None if meeting and over and records and is_open else None,
    )


def bodies_to_act(community: Place) -> list[Body]:
    """Bodies of the community that can be given something to do."""
    return [row.body for row in bodies_in(community) if row.body.kind != BodyKind.PARTY_ORG.value]


def study_waiting(actor: Actor, most: int) -> list[Waiting]:
    """For the secretary what is to be called and recorded; for those above who asks for help."""
    office = actor.office
    if office is None:
        return []
    if has_perm("coordination.record_study", actor, office.place_path):
        return _to_record(actor, most) + _to_call(actor)
    if has_perm("coordination.answer_help", actor, office.place_path):
        return [_help(study) for study in _asking(actor).order_by("recorded_at", "pk")[:most]]
    return []


def _is_own(actor: Actor) -> bool:
    """Whether the office is of one community: a body above it holds no studies of its own here."""
    place = getattr(getattr(actor.office, "body", None), "place", None)
    return bool(place and place.is_community)


def _to_record(actor: Actor, most: int) -> list[Waiting]:
    if not _is_own(actor):
        return []
    path = actor.office.place_path if actor.office else ""
    rows = Study.objects.filter(community__path__startswith=path, state=State.CALLED.value).select_related("matter")
    return [
        Dated(study.matter.title, _("开过以后请记录"), study.get_absolute_url(), _("去看议程"), study.held_on)
        for study in rows.order_by("held_on", "pk")[:most]
    ]


def _to_call(actor: Actor) -> list[Waiting]:
    """The period of the secretary's community, once its end is near and nothing is called; two queries."""
    if not _is_own(actor):
        return []
    path, today = (actor.office.place_path if actor.office else ""), shown_today()
    rhythm = StudyRhythm.objects.filter(community__path=path).first()
    if rhythm is None:
        return []
    called = set(
        Study.objects.filter(community=rhythm.community_id).order_by("-pk").values_list("period", flat=True)[:8]
    )
    return [
        Waiting(
            _("%s的定期研究") % period.words, _("还没有召集"), reverse("coordination:studies"), _("去召集"), period.last
        )
        for _key, period, _late in _reminders(rhythm, today)
        if period.key not in called
    ]


def _asking(actor: Actor) -> QuerySet[Study]:
    path = actor.office.place_path if actor.office else ""
    rows = Study.objects.visible_to(actor).filter(~Q(help_wanted=""), help_at=None, state=State.RECORDED.value)
    return rows.filter(community__path__startswith=path).select_related("matter", "community")


def _help(study: Study) -> Waiting:
    line = _("%s请街道帮忙") % study.community.name
    return Waiting(study.matter.title, line, study.get_absolute_url(), _("去答复"))


def help_under(actor: Actor, most: int) -> list[tuple[int, Waiting]]:
    """Studies in the place of this office that ask those above for help, with the ids of the communities."""
    if actor.office is None:
        return []
    return [(study.community_id, _help(study)) for study in _asking(actor).order_by("recorded_at", "pk")[:most]]


def study_queues(actor: Actor) -> list[Queue]:
    """For those above: communities that ask for help."""
    office = actor.office
    if office is None or not has_perm("coordination.answer_help", actor, office.place_path):
        return []
    parts = parts_by_age(lambda part: _help_pages(actor, part), "recorded_at", shown_now())
    return [Queue("help", _("社区请求帮助"), _asking(actor).count(), _help_pages(actor, Q()), parts)]


def _help_pages(actor: Actor, part: Q) -> Rows:
    def page(key: str) -> Page[Waiting]:
        found = page_from(_asking(actor).filter(part), key)
        return Page([_help(study) for study in found.rows], found.next_key, found.is_first)

    return page
