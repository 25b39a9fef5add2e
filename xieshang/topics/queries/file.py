"""The file of one topic, read once: its documents, notices, promises, poll and ratings."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q

from xieshang.outcomes.models import ActionItem, Notice, Progress, Rating, RatingWindow
from xieshang.outcomes.rules import ItemState, NoticeKind, NoticeState, ObjectionState
from xieshang.voting.queries import PollFacts, poll_facts

from ..models import Record, Topic
from ..rules import RecordKind, State

# From these states on a topic may have notices, and from those promises; before, nobody need ask.
BEFORE_NOTICES = frozenset(
    {
        State.DRAFT,
        State.SUBMITTED,
        State.REJECTED_CONTENT,
        State.SCREENING,
        State.DISPATCHED,
        State.HANDLED,
        State.REDIRECTED,
        State.RETURNED,
        State.MERGED,
    }
)
BEFORE_OUTCOME = BEFORE_NOTICES | {State.PARTY_REVIEW, State.ANNOUNCED, State.DELIBERATING}
RATED = frozenset({State.HANDLED, State.FEEDBACK, State.EVALUATED, State.ARCHIVED})
RATED_STATES = RATED | {State.IMPLEMENTING}


@dataclass(slots=True)
class Promises:
    """The action items of a matter, and how they stand."""

    items: list[ActionItem] = field(default_factory=list)

    @property
    def open_items(self) -> list[ActionItem]:
        """Those that nobody has verified yet."""
        return [item for item in self.items if item.state != ItemState.VERIFIED]

    @property
    def done_items(self) -> list[ActionItem]:
        """Those that were looked at and found done."""
        return [item for item in self.items if item.state == ItemState.VERIFIED]

    @property
    def next_due(self) -> datetime.date | None:
        """The nearest day among the open ones."""
        return min((item.due for item in self.open_items), default=None)


@dataclass(slots=True)
class TopicFile:
    """Everything that hangs on a topic and that its guards and its page both ask for."""

    records: list[Record] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    promises: Promises = field(default_factory=Promises)
    poll: PollFacts | None = None
    rated_solved: int = 0
    rated_unsolved: int = 0
    supporters: int = 0

    def latest(self, kind: RecordKind) -> Record | None:
        """The document of this kind that is in force, the newest."""
        of_kind = [record for record in self.records if record.kind == kind and record.replaced_by_id is None]
        return of_kind[-1] if of_kind else None

    def all_of(self, *kinds: RecordKind) -> list[Record]:
        """The documents of these kinds, oldest first."""
        return [record for record in self.records if record.kind in kinds and record.replaced_by_id is None]

    def notice(self, kind: NoticeKind) -> Notice | None:
        """The newest published notice of this kind that is in force."""
        published = [n for n in self.notices if n.kind == kind and n.state == NoticeState.PUBLISHED]
        return published[-1] if published else None

    @property
    def draft(self) -> Notice | None:
        """The notice that is being written, or was returned."""
        drafts = [n for n in self.notices if n.state in {NoticeState.DRAFT, NoticeState.RETURNED}]
        return drafts[-1] if drafts else None


def file_of(topic: Topic) -> TopicFile:
    """Read the file of a topic: two to seven queries, by how far it has come."""
    state = State(topic.state)
    found = TopicFile(records=list(topic.records.select_related("file", "body", "office__body").order_by("pk")))
    found.supporters = topic.supports.count()
    if state in BEFORE_NOTICES:
        return found
    found.notices = notices_of(topic)
    if state not in BEFORE_OUTCOME:
        found.promises = Promises(items_of(topic))
        found.poll = poll_facts(topic.matter)
    if state in RATED_STATES:
        _add_ratings(found, topic)
    return found


def notices_of(topic: Topic) -> list[Notice]:
    """The notices of the topic, drafts too, oldest first, each with its open and its sustained objections."""
    is_open = Q(objections__state=ObjectionState.OPEN.value)
    own = Q(matter_id=topic.matter_id) | Q(pk=topic.resolution_id or 0)
    rows = Notice.objects.filter(own).annotate(
        objections_open=Count("objections", filter=is_open, distinct=True),
        objections_sustained=Count("objections", filter=Q(objections__sustained=True), distinct=True),
        objections_all=Count("objections", distinct=True),
    )
    return list(rows.order_by("pk"))


def items_of(topic: Topic) -> list[ActionItem]:
    """The promises of the matter, first due first, each with whether it was reported done with proof."""
    proved = Progress.objects.filter(item=OuterRef("pk"), kind="done")
    rows = ActionItem.objects.filter(matter_id=topic.matter_id).select_related("body")
    return list(rows.annotate(is_proved=Exists(proved)).order_by("due", "pk"))


def _add_ratings(found: TopicFile, topic: Topic) -> None:
    """How many found it solved, how many not, in the present round."""
    current = RatingWindow.objects.filter(matter_id=topic.matter_id).values("round")
    counts = Rating.objects.filter(matter_id=topic.matter_id, round=current[:1]).aggregate(
        found_solved=Count("pk", filter=Q(solved=True)), found_unsolved=Count("pk", filter=Q(solved=False))
    )
    found.rated_solved, found.rated_unsolved = counts["found_solved"], counts["found_unsolved"]
