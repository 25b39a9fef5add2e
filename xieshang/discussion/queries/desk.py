"""The moderation desk, one post at a time, and the public count of what it decided."""

import datetime
from dataclasses import dataclass, field, replace

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.rules import ABOVE_ROLES, COMMUNITY_KINDS
from xieshang.lib.actor import Actor
from xieshang.lib.days import day_of, moment
from xieshang.lib.paging import Page, number_in, page_from
from xieshang.lib.waiting import Filter, Queue, Rows, Waiting
from xieshang.lib.workdays import add_workdays
from xieshang.matters.models import Matter

from ..models import Appeal, Post, Report, Ruling
from ..models.reading import REVIEW_ROLES
from ..rules import RULES, HidingRule, PostState, Rule, RulingKind
from .post import Decision, decisions_about
from .reading import rights_in, thread_of
from .shown import Look, ShownPost, look_at, shown, with_figures

MONTHS = 12
BEFORE = 2


@dataclass(frozen=True, slots=True)
class Complaint:
    """One open report."""

    rule: str
    reason: str
    when: str


@dataclass(slots=True)
class Case:
    """One post on the desk, with all that is needed to decide."""

    post: ShownPost
    matter: Matter
    kind: str
    real_name: str
    context: list[ShownPost]
    reports: list[Complaint] = field(default_factory=list)
    appeal: Appeal | None = None
    decisions: list[Decision] = field(default_factory=list)
    # How many posts of this author were hidden in this community.
    hidden_before: int = 0
    left: int = 0

    @property
    def next_url(self) -> str:
        """The case after this one."""
        return f"{reverse('discussion:review')}?after={self.post.id}"


def cases(actor: Actor) -> QuerySet[Post]:
    """Posts that wait for this actor's decision, oldest first; nothing they have a part in."""
    if actor.office is None or actor.role not in REVIEW_ROLES:
        return Post.objects.none()
    # Each kind from its own short list, however much was said in all the years.
    waiting = Post.objects.filter(state=PostState.WAITING.value).values("pk")
    reported = Report.objects.filter(ruling=None, post__state=PostState.SHOWN.value).values("post")
    appeals = Appeal.objects.filter(decision=None, post__state=PostState.HIDDEN.value).exclude(ruling__by=actor.hands)
    appealed = appeals.values("post")
    open_cases = appealed if actor.role in ABOVE_ROLES else waiting.union(reported, appealed)
    posts = Post.objects.visible_to(actor).filter(pk__in=open_cases)
    posts = posts.filter(thread__matter__place__path__startswith=actor.office.place_path)
    return posts.exclude(author=actor.hands).exclude(assisted_by=actor.hands).exclude(office__body=actor.office.body_id)


def case_at(actor: Actor, *, at: str = "", after: str = "") -> Case | None:
    """The asked case, the one after another, or the oldest; None when nothing waits. At most fifteen queries."""
    waiting = cases(actor).select_related("thread__matter__place", "parent").order_by("pk")
    row = None
    if (asked := number_in(at)) is not None:
        row = waiting.filter(pk=asked).first()
    elif (last := number_in(after)) is not None:
        row = waiting.filter(pk__gt=last).first()
    row = row or waiting.first()
    return _case(actor, row) if row else None


def _case(actor: Actor, row: Post) -> Case:
    matter = row.matter
    thread = thread_of(actor, matter) or row.thread
    above = Post.objects.filter(thread=thread, state=PostState.SHOWN.value, pk__lt=row.pk)
    near = above.filter(Q(pk=row.parent_id) | Q(parent=row.parent_id)).order_by("-pk").values("pk")[:BEFORE]
    ids = [row.pk, *(found["pk"] for found in near)] + ([row.parent_id] if row.parent_id else [])
    rows = list(with_figures(Post.objects.filter(pk__in=ids).order_by("pk"), actor, thread))
    look = look_at(actor, thread, rights_in(actor, thread), rows)
    posts = {post.pk: shown(post, _all_words(look)) for post in rows}
    name = look.names.get(row.author_id)
    appeal = row.appeals.filter(decision=None).select_related("ruling").first()
    return Case(
        post=posts.pop(row.pk),
        matter=matter,
        kind=_kind(row),
        real_name=name.real_name if name else "",
        context=list(posts.values()),
        reports=_complaints(row),
        appeal=appeal,
        decisions=decisions_about(row) if appeal else [],
        hidden_before=_hidden_before(row),
        left=cases(actor).count(),
    )


def _all_words(look: Look) -> Look:
    return replace(look, reads_all=True)


def _hidden_before(row: Post) -> int:
    gone = Post.objects.filter(author=row.author_id, community=row.community_id, state=PostState.HIDDEN.value)
    return gone.exclude(pk=row.pk).count()


def _kind(row: Post) -> str:
    if row.state == PostState.HIDDEN:
        return "appeal"
    return "waiting" if row.state == PostState.WAITING else "reported"


def _complaints(row: Post) -> list[Complaint]:
    reports = Report.objects.filter(post=row, ruling=None).order_by("pk")
    return [Complaint(str(RULES[Rule(one.rule)].label), one.reason, moment(one.at)) for one in reports]


def may_moderate(actor: Actor) -> bool:
    """Whether this office has a moderation desk at all."""
    return actor.office is not None and actor.role in REVIEW_ROLES


def _due(at: datetime.datetime) -> datetime.date:
    """Somebody looks within one working day."""
    return add_workdays(day_of(at), 1)


def waiting_for(actor: Actor) -> list[Waiting]:
    """What waits for this actor here: one line for all posts on the desk; one query."""
    if not may_moderate(actor):
        return []
    _number, line = _gathered(actor)
    return [line] if line else []


def _gathered(actor: Actor) -> tuple[int, Waiting | None]:
    """How many posts wait, and the one line for all of them; one query."""
    found = cases(actor).aggregate(n=Count("pk"), oldest=Min("said_at"))
    if not found["n"]:
        return 0, None
    title = _("%(n)d条意见等着审核") % {"n": found["n"]}
    line = _("新人首条、举报和申诉，一条一条看")
    return found["n"], Waiting(title, line, reverse("discussion:review"), _("去审核"), _due(found["oldest"]))


def queues(actor: Actor) -> list[Queue]:
    """The queue of the work desk: reports, first posts and appeals; one query for the count."""
    if not may_moderate(actor):
        return []
    parts = {
        "waiting": (_("等审核"), Q(state=PostState.WAITING.value)),
        "reported": (_("被举报"), Q(state=PostState.SHOWN.value)),
        "appeal": (_("申诉"), Q(state=PostState.HIDDEN.value)),
    }
    filters = tuple(Filter(key, label, _pages(actor, part)) for key, (label, part) in parts.items())
    number, line = _gathered(actor)
    return [Queue("review", _("举报与审核"), number, _pages(actor, Q()), filters, line)]


def _pages(actor: Actor, part: Q) -> Rows:
    """What came first is due first."""

    def page(key: str) -> Page[Waiting]:
        found = page_from(cases(actor).filter(part).select_related("thread__matter__place"), key)
        return Page([_line(row) for row in found.rows], found.next_key, found.is_first)

    return page


def _line(row: Post) -> Waiting:
    labels = {"appeal": _("申诉"), "waiting": _("等审核"), "reported": _("被举报")}
    text = Truncator(" ".join(row.text.split())).chars(40)
    url = f"{reverse('discussion:review')}?at={row.pk}"
    return Waiting(text, f"{labels[_kind(row)]} · {row.matter.title}", url, _("去审核"), _due(row.said_at))


# The public count ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Month:
    """What was decided in one month: hidden by each rule, let through, appeals answered."""

    first_day: datetime.date
    by_rule: dict[Rule, int] = field(default_factory=dict)
    approved: int = 0
    restored: int = 0
    upheld: int = 0

    @property
    def hidden(self) -> int:
        """All hidden posts of the month."""
        return sum(self.by_rule.values())

    @property
    def cells(self) -> list[tuple[HidingRule, int]]:
        """Hidden by each rule in the order of the rules, for a table."""
        return [(words, self.by_rule.get(rule, 0)) for rule, words in RULES.items()]


def rulings_by_month(community_id: int) -> tuple[Place, list[Month]]:
    """A community and the last twelve months in which something was decided there, newest first; figures only."""
    kinds = [kind.value for kind in COMMUNITY_KINDS]
    community = get_object_or_404(Place.objects.filter(kind__in=kinds), pk=community_id)
    rulings = Ruling.objects.filter(community=community).annotate(month=TruncMonth("at")).order_by()
    rows = rulings.values("month", "kind", "rule").annotate(n=Count("pk"))
    months: dict[datetime.date, Month] = {}
    for row in rows:
        day = row["month"].date()
        _count_in(months.setdefault(day, Month(day)), RulingKind(row["kind"]), row["rule"], row["n"])
    return community, [months[day] for day in sorted(months, reverse=True)[:MONTHS]]


def _count_in(month: Month, kind: RulingKind, rule: str, number: int) -> None:
    if kind == RulingKind.HIDE:
        month.by_rule[Rule(rule)] = number
    elif kind == RulingKind.APPROVE:
        month.approved += number
    elif kind == RulingKind.RESTORE:
        month.restored += number
    else:
        month.upheld += number
