"""What waits for somebody: their own matters, and the queues of the work desk."""

import datetime
from collections.abc import Callable
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.rules import ABOVE_ROLES, COMMITTEE_ROLES, Role
from xieshang.coordination.rules.study import Point, PointKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.paging import SIZE, Page, number_in
from xieshang.lib.waiting import Dated, Filter, Queue, Waiting, parts_by_day
from xieshang.outcomes.models import Notice

from ..models import Topic, TopicParty
from ..rules import PartyOpinion, State
from .lists import TALKED, with_counts
from .words import counts_workdays, state_word

FAR = datetime.date(9999, 12, 31)
MOST = 4
STUDIED = 6
LEADING_ROLES = COMMITTEE_ROLES | ABOVE_ROLES | {Role.PARTY_SECRETARY}


def _in(*states: State) -> Q:
    return Q(state__in=[state.value for state in states])


READY = _in(State.OPINION_FORMED, State.VOTING, State.ESCALATED)
AGREED = Q(party_opinion=PartyOpinion.AGREED.value)
COMMITTEE_QUEUES: list[tuple[str, str, Q]] = [
    (
        "new",
        "待审核",
        _in(State.SUBMITTED) | (_in(State.REJECTED_CONTENT) & Q(appeal_made=True, appeal_dismissed=False)),
    ),
    ("screening", "待受理", _in(State.SCREENING)),
    ("announce", "待预告", _in(State.PARTY_REVIEW) & AGREED),
    ("talking", "协商中", _in(State.ANNOUNCED, State.DELIBERATING)),
    ("outcome", "待公示", READY | _in(State.CORRECTED)),
    ("publicity", "公示中", _in(State.PUBLICITY, State.TO_OWNERS)),
    ("doing", "办理中", _in(State.ADOPTED, State.IMPLEMENTING, State.FEEDBACK)),
    ("handed", "已转出", _in(State.DISPATCHED, State.HANDLED, State.REDIRECTED)),
]
SECRETARY_QUEUES: list[tuple[str, str, Q]] = [
    ("study", "待研究", _in(State.PARTY_REVIEW) & ~AGREED),
    ("publish", "待发布", (READY | _in(State.PUBLICITY)) & Q(is_drafted=True)),
    ("publicity", "公示中", _in(State.PUBLICITY)),
]


def _queues_of(actor: Actor) -> list[tuple[str, str, Q]]:
    """The queues of one office, as conditions over the topics it leads or was handed."""
    if actor.role in COMMITTEE_ROLES:
        return COMMITTEE_QUEUES
    if actor.role == Role.PARTY_SECRETARY:
        silent = _in(State.PARTY_REVIEW) & Q(party_opinion=PartyOpinion.NO_ANSWER.value)
        return SECRETARY_QUEUES if actor.office and _is_low(actor) else [("study", "到期未答复", silent)]
    if actor.office is None or actor.role in ABOVE_ROLES:
        return []
    body = actor.office.body_id
    unsaid = TopicParty.objects.filter(body_id=body, confirmed_at=None)
    return [
        ("to_confirm", "等确认协商意见", _in(State.OPINION_FORMED) & Q(pk__in=unsaid.values("topic"))),
        ("handed_here", "转来办理", _in(State.DISPATCHED, State.REDIRECTED) & Q(receiver_id=body)),
        ("to_owners", "等召集业主表决", _in(State.TO_OWNERS) & Q(convener_id=body)),
    ]


def _late(today: datetime.date) -> Q:
    """What those above see: a limit that has gone by, or a study that nobody answered in time."""
    silent = _in(State.PARTY_REVIEW) & Q(party_opinion=PartyOpinion.NO_ANSWER.value)
    return Q(alarm_on__lt=today, suspended_since=None) | silent


def _is_low(actor: Actor) -> bool:
    """Whether the office is of a community itself, not of a body above communities."""
    place = getattr(getattr(actor.office, "body", None), "place", None)
    return bool(place and place.is_community)


def _led_by(actor: Actor) -> QuerySet[Topic]:
    """Topics of the places that the office answers for; of bodies that only receive, wherever the matter lies."""
    rows = Topic.objects.visible_to(actor)
    if actor.office and actor.role in LEADING_ROLES:
        rows = rows.filter(matter__place__path__startswith=actor.office.place_path)
    drafts = Notice.objects.filter(matter=OuterRef("matter_id"), state="draft", kind__in=["gongshi", "gonggao"])
    return rows.annotate(is_drafted=Exists(drafts)) if actor.role == Role.PARTY_SECRETARY else rows


def queues(actor: Actor) -> list[Queue]:
    """The queues of this office with their counts, in the order of the work; one query for all counts."""
    wanted = _queues_of(actor)
    if not wanted:
        return []
    counts = _led_by(actor).aggregate(**{key: Count("pk", filter=condition) for key, _label, condition in wanted})
    return [_queue(actor, key, label, condition, counts[key]) for key, label, condition in wanted]


def _queue(actor: Actor, key: str, label: str, condition: Q, count: int) -> Queue:
    """One queue with its parts; what many support is taken up first (topics.support_threshold)."""
    pages = partial(_page_of, actor, lifts=key == "screening")
    by_day = parts_by_day(lambda part: pages(condition & part), "due_on")
    parts = (*by_day, Filter("lifted", _("支持多的"), pages(condition & Q(lifted=True))))
    order = _("支持多的优先，再按到期先后") if key == "screening" else ""
    return Queue(key, label, count, pages(condition), parts, order=order)


def _page_of(actor: Actor, condition: Q, *, lifts: bool) -> Callable[[str], Page[Waiting]]:
    """A function that gives one page of a queue, by the day they are due; lifted ones first where it `lifts`."""

    def page(key: str) -> Page[Waiting]:
        rows = with_counts(_led_by(actor).filter(condition).select_related("matter__place"))
        first = ["-lifted"] if lifts else []
        rows = _after(rows, key, lifts=lifts).order_by(*first, F("due_on").asc(nulls_last=True), "pk")
        found = list(rows[: SIZE + 1])
        more = len(found) > SIZE
        return Page([waiting_of(topic) for topic in found[:SIZE]], _key_of(found[SIZE - 1]) if more else "", not key)

    return page


def _key_of(topic: Topic) -> str:
    return f"{int(topic.lifted)}:{(topic.due_on or FAR).isoformat()}:{topic.pk}"


def _after(rows: QuerySet[Topic], key: str, *, lifts: bool) -> QuerySet[Topic]:
    """Rows behind the key (lifted, day, id); a key nobody gave out shows the first page."""
    parts = key.split(":")
    pk = number_in(parts[-1])
    if len(parts) != 3 or pk is None:
        return rows
    try:
        day = datetime.date.fromisoformat(parts[1])
    except ValueError:
        return rows
    later = Q(due_on__isnull=True, pk__gt=pk)
    if day != FAR:
        later = Q(due_on__gt=day) | Q(due_on__isnull=True) | Q(due_on=day, pk__gt=pk)
    if not lifts:
        return rows.filter(later)
    is_lifted = parts[0] == "1"
    return rows.filter((Q(lifted=is_lifted) & later) | (Q(lifted=False) if is_lifted else Q(pk__in=[])))


def waiting_of(topic: Topic) -> Waiting:
    """A topic as one line of a queue."""
    households = getattr(topic, "households_supporting", 0)
    line = topic.matter.place.label or topic.matter.place.name
    if households:
        line += f" · {households}户支持"
    if topic.lifted:
        line += _(" · 支持的人多")
    if topic.danger:
        line = _("现场有危险 · ") + line
    url = reverse("topics:work", args=[topic.pk])
    shape = Waiting if counts_workdays(topic) else Dated
    return shape(topic.matter.title, line, url, _("去办"), topic.due_on)


def waiting_for(actor: Actor, most: int = MOST) -> list[Waiting]:
    """A few matters that wait for this actor: one's own as a neighbour, the desk's nearest as an officer."""
    if actor.person_id is None:
        return []
    if actor.office is None:
        return _own(actor)
    wanted = _queues_of(actor)
    mine = Q()
    for key, _label, condition in wanted:
        if key not in {"talking", "doing", "handed", "publicity"}:
            mine |= condition
    if not mine:
        return []
    rows = with_counts(_led_by(actor).filter(mine, suspended_since=None).select_related("matter__place"))
    return [waiting_of(topic) for topic in rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:most]]


def count_late(actor: Actor) -> int:
    """How many topics in the place of this office are overdue."""
    return _here(actor).filter(_late(shown_today())).count()


def late_under(actor: Actor, most: int) -> list[tuple[int, Waiting]]:
    """Topics in the place of this office that are overdue, with the ids of their communities; first due first."""
    rows = _here(actor).filter(_late(shown_today())).select_related("matter__place")
    found = with_counts(rows).order_by(F("due_on").asc(nulls_last=True), "pk")[:most]
    return [(topic.community_id, waiting_of(topic)) for topic in found]


def due_under(actor: Actor, first: datetime.date, last: datetime.date, most: int) -> list[tuple[int, Waiting]]:
    """Topics in the place of this office that are due from one day to another, with the ids of their communities."""
    rows = _here(actor).filter(due_on__gte=first, due_on__lte=last, suspended_since=None)
    found = with_counts(rows.select_related("matter__place")).order_by("due_on", "pk")[:most]
    return [(topic.community_id, waiting_of(topic)) for topic in found]


def _here(actor: Actor) -> QuerySet[Topic]:
    path = actor.office.place_path if actor.office else ""
    rows = Topic.objects.visible_to(actor).filter(matter__is_open=True)
    return rows.filter(matter__place__path__startswith=path) if path else rows.none()


OWN_LINES = {
    State.RETURNED: ("居委会退回，请补充后再提交", "去补充"),
    State.REJECTED_CONTENT: ("没有通过审核，可以申诉", "去看看"),
    State.HANDLED: ("说是办好了，请您看看解决了没有", "去确认"),
    State.DRAFT: ("还没有提交", "接着写"),
}


def _own(actor: Actor) -> list[Waiting]:
    """One's own matters that wait for oneself."""
    reviewed = _in(State.REJECTED_CONTENT) & Q(appeal_made=True)
    rows = Topic.objects.exclude(reviewed).filter(_in(*OWN_LINES), matter__raised_by=actor.person_id)
    rows = rows.select_related("matter__place")
    found = []
    for topic in rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]:
        line, action = OWN_LINES[State(topic.state)]
        found.append(Waiting(topic.matter.title, line, topic.get_absolute_url(), action, topic.due_on))
    return found


def for_study(community: Place, today: datetime.date) -> list[Point]:
    """Topics of a community on which most households wait, for the table of a regular study."""
    rows = with_counts(Topic.objects.filter(_in(*TALKED), community=community).select_related("matter__place"))
    found = rows.order_by("-lifted", "-households_supporting", F("due_on").asc(nulls_last=True), "pk")[:STUDIED]
    return [_point(topic, today) for topic in found]


def _point(topic: Topic, today: datetime.date) -> Point:
    words = [topic.matter.place.label or topic.matter.place.name, state_word(topic)]
    households = getattr(topic, "households_supporting", 0)
    words += [_("%d户支持") % households] if households else []
    words += [_("已超期")] if topic.due_on and topic.due_on < today else []
    return Point(PointKind.TOPIC, topic.matter.title, " · ".join(words), topic.get_absolute_url())
