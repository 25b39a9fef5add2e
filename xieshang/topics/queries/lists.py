"""Lists of topics: the tab 议事, the home page, and the counts on their cards."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.discussion.models import Post
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.paging import Page, page_of
from xieshang.lib.permits import has_perm
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter

from ..models import Support, Topic
from ..rules import State
from .words import LOOKS, counts_workdays, days_left, state_word

MOST_FOR_OWNERS = 50
TALKED = (
    State.SCREENING,
    State.PARTY_REVIEW,
    State.ANNOUNCED,
    State.DELIBERATING,
    State.OPINION_FORMED,
    State.VOTING,
    State.ESCALATED,
)
GROUPS: dict[str, tuple[object, tuple[State, ...]]] = {
    "talk": (_("正在议"), TALKED),
    "notice": (_("公示"), (State.PUBLICITY, State.TO_OWNERS, State.ADOPTED, State.CORRECTED)),
    "doing": (
        _("办理"),
        (State.DISPATCHED, State.REDIRECTED, State.HANDLED, State.IMPLEMENTING, State.FEEDBACK),
    ),
    "done": (_("办完"), (State.EVALUATED, State.ARCHIVED, State.CLOSED, State.MERGED, State.WITHDRAWN)),
}


@dataclass(frozen=True, slots=True)
class TopicCard:
    """One topic in a list."""

    title: str
    url: str
    number: str
    where: str
    word: str
    icon: str
    tone: str
    households: int
    posts: int
    days: int | None
    working: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader asks the list for: a group of states or one's own, and a place."""

    group: str = ""
    place_path: str = ""


def with_counts(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Topics with how many households support them and how many posts they have, counted from the rows."""
    supports = Support.objects.filter(topic=OuterRef("pk")).order_by().values("topic")
    posts = Post.objects.filter(thread__matter=OuterRef("matter_id"), state="shown").order_by().values("thread")
    return topics.annotate(
        households_supporting=Coalesce(
            Subquery(supports.annotate(n=Count("household", distinct=True)).values("n")), Value(0)
        ),
        posts=Coalesce(Subquery(posts.annotate(n=Count("pk")).values("n")), Value(0)),
    )


def card_of(topic: Topic) -> TopicCard:
    """A topic, with its counts, as a card."""
    icon, tone = LOOKS[State(topic.state)]
    return TopicCard(
        title=topic.matter.title,
        url=topic.get_absolute_url(),
        number=topic.matter.number,
        where=topic.matter.place.label or topic.matter.place.name,
        word=state_word(topic),
        icon=icon,
        tone=tone,
        households=getattr(topic, "households_supporting", 0),
        posts=getattr(topic, "posts", 0),
        days=days_left(topic, shown_today()) if topic.matter.is_open else None,
        working=counts_workdays(topic, shown_today()),
        paused=topic.suspended_since is not None,
    )


def topics_page(actor: Actor, community_id: int, shown: Shown, key: str) -> Page[TopicCard]:
    """One page of a community's topics that this actor may know of, newest first."""
    rows = Topic.objects.visible_to(actor).filter(community_id=community_id)
    if shown.group in GROUPS:
        rows = rows.filter(state__in=[state.value for state in GROUPS[shown.group][1]])
    if shown.group == "mine":
        rows = rows.filter(Q(matter__raised_by=actor.person_id) | Q(pk__in=_supported(actor)))
    if shown.place_path:
        rows = rows.filter(matter__place__path__startswith=shown.place_path)
    page = page_of(with_counts(rows.select_related("matter__place")), key)
    return Page([card_of(topic) for topic in page.rows], page.next_key, page.is_first)


def for_owners(actor: Actor) -> list[Matter]:
    """Matters talked over that wait for the owners to decide, called together by this actor's body; newest first."""
    if actor.office is None or not actor.office.body_id:
        return []
    rows = Topic.objects.visible_to(actor).filter(state=State.TO_OWNERS.value, convener_id=actor.office.body_id)
    return [topic.matter for topic in rows.select_related("matter").order_by("-pk")[:MOST_FOR_OWNERS]]


def after_promises(actor: Actor, matter: Matter) -> Waiting | None:
    """What comes once all that a topic promised is verified: telling everybody, by whose business that is."""
    topic = Topic.objects.visible_to(actor).with_frame().filter(matter=matter, state=State.IMPLEMENTING.value).first()
    if topic is None:
        return None
    if not has_perm("topics.publish_feedback", actor, topic):
        return Waiting(matter.title, str(_("各项都办好了，等居委会向大家反馈。")), "", "")
    line, work = str(_("各项都办好了，接下来向大家反馈。")), reverse("topics:work", args=[topic.pk])
    return Waiting(matter.title, line, work, str(_("去反馈")))


def _supported(actor: Actor) -> QuerySet[Support, int]:
    supports = Support.objects.filter(person_id=actor.person_id or 0)
    return supports.values_list("topic_id", flat=True)


def being_talked_over(actor: Actor, community_id: int, most: int = 5) -> list[TopicCard]:
    """What neighbours talk over now, what moved last on top; for the home page."""
    # Along the community's open matters as they moved last, so it ends after a few however many there are.
    rows = Topic.objects.visible_to(actor).filter(
        matter__community_id=community_id, matter__is_open=True, state__in=[state.value for state in TALKED]
    )
    # Chosen first, counted then: SQLite counts for every row that it puts in order.
    last = rows.order_by("-matter__moved_at", "-matter_id").values("pk")[:most]
    found = with_counts(Topic.objects.filter(pk__in=last).select_related("matter__place"))
    return [card_of(topic) for topic in found.order_by("-matter__moved_at", "-matter_id")]
