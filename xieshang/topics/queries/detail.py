"""The page of one topic: who decides, where it is, what is next, by when; then what was said and done."""

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xieshang.community.permissions import acts_in_office, confirmed_homes
from xieshang.community.queries import ShownName, name_for
from xieshang.discussion import queries as discussion
from xieshang.discussion.models import Attachment
from xieshang.discussion.rules import Readers
from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.days import day_words, short_day
from xieshang.lib.permits import has_perm
from xieshang.lib.text import plain_to_html
from xieshang.matters.queries import is_following
from xieshang.outcomes import queries as outcomes
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeState
from xieshang.voting.queries import votes_of

from ..models import Record, Topic, TopicStep
from ..rules import (
    SESSION_KINDS,
    SUPPORTABLE,
    TEXT_MAY_CHANGE,
    Nature,
    RecordKind,
    State,
    text_is_public,
    who_decides,
)
from .drafting import waits_for_home
from .file import BEFORE_NOTICES, BEFORE_OUTCOME, RATED
from .history import Course, Entry, course_of, entries_of, steps_of, visited
from .strip import strip_of
from .words import LOOKS, end_state, scope_word

TALKED_OVER = frozenset({State.DELIBERATING, State.OPINION_FORMED, State.VOTING, State.ESCALATED})
SHORT_HISTORY = 5


@dataclass(slots=True)
class SupportLine:
    """Support in households, the scope and others apart, and what this reader may do about it."""

    words: str = ""
    people: int = 0
    from_merged: int = 0
    is_mine: bool = False
    is_neighbour: bool = False
    may: bool = False
    why_not: str = ""
    may_verify: bool = False


@dataclass(slots=True)
class TopicPage:
    """Everything the page of one topic shows to one reader."""

    topic: Topic
    author: ShownName | None
    strip: dict[str, str]
    support: SupportLine
    course: Course
    entries: list[Entry]
    more_entries: int
    text: SafeString | str
    inside: bool
    is_author: bool
    lives_here: bool
    waits_for_home: bool
    may_work: bool
    label: str
    opinion: Record | None = None
    photos: list[Attachment] = field(default_factory=list)
    documents: list[Attachment] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    items: list[dict[str, object]] = field(default_factory=list)
    votes: list[object] = field(default_factory=list)
    into: Topic | None = None
    merged: list[Topic] = field(default_factory=list)
    proof: Record | None = None
    proof_photos: list[Attachment] = field(default_factory=list)
    positions: object = None
    counts: object = None
    may_read: bool = False
    last_note: str = ""
    raised_on: str = ""
    may_follow: bool = False
    follows: bool = False
    has_rated: bool = False
    rate_until: str = ""

    @property
    def may_rate(self) -> bool:
        """Whether this neighbour is asked to rate it now."""
        return bool(self.rate_until) and self.support.is_neighbour

    @property
    def is_rated(self) -> bool:
        """Whether neighbours were asked how it went."""
        return self.state in {State.FEEDBACK, State.EVALUATED, State.ARCHIVED}

    @property
    def state(self) -> State:
        """Where it is."""
        return State(self.topic.state)

    @property
    def short(self) -> str:
        """The short address, to be copied and printed."""
        return whole_address("matters:short", self.topic.matter_id)

    @property
    def has_acts(self) -> bool:
        """Whether there is anything this reader may do or should be told about doing."""
        line = self.support
        said = line.may or line.is_mine or bool(line.why_not) or (self.is_talking and self.may_read)
        return said or self.may_work or self.may_follow or self.open_vote is not None

    @property
    def open_vote(self) -> object:
        """The poll that runs now, if one does; who works at the topic acts in an office and votes as a neighbour."""
        if self.may_work:
            return None
        return next((vote for vote in self.votes if getattr(vote, "state", "") == "open"), None)

    @property
    def support_is_first(self) -> bool:
        """Whether supporting is what a neighbour is asked for: nothing else is to be said, voted or rated now."""
        return not (self.is_talking or self.open_vote or self.may_rate)

    @property
    def has_bar(self) -> bool:
        """Whether there is a button for the bottom edge of a phone."""
        speaks = self.is_talking and self.may_read
        may_support = self.support.may and not self.support.is_mine
        return bool(may_support or speaks or self.may_work or self.may_rate or self.open_vote)

    @property
    def is_outcome(self) -> bool:
        """Whether what was published comes before what was raised."""
        return self.state not in TALKED_OVER | {State.ANNOUNCED}

    @property
    def may_edit(self) -> bool:
        """Whether the author may still change the words."""
        return self.is_author and self.state in TEXT_MAY_CHANGE

    @property
    def was_held_back(self) -> bool:
        """Whether these words did not pass the review, be it still open or over."""
        return end_state(self.topic) == State.REJECTED_CONTENT

    @property
    def may_withdraw(self) -> bool:
        """Whether the author may still take it back."""
        early = {State.SUBMITTED, State.SCREENING, State.PARTY_REVIEW}
        return self.is_author and self.state in early

    @property
    def is_talking(self) -> bool:
        """Whether neighbours can speak now."""
        return self.state == State.DELIBERATING


def visible_topic(actor: Actor, topic_id: int) -> Topic:
    """The topic, if this actor may know of it; else 404."""
    return get_object_or_404(Topic.objects.visible_to(actor).with_frame(), pk=topic_id)


def still_visible(actor: Actor, topic_id: int) -> Topic | None:
    """The topic after a step by which this actor may have lost sight of it."""
    return Topic.objects.visible_to(actor).with_frame().filter(pk=topic_id).first()


def topic_page(actor: Actor, topic: Topic) -> TopicPage:
    """The page of a topic; a fixed number of queries for each state."""
    steps = list(steps_of(topic))
    page = _head(actor, topic, steps)
    if page.state not in BEFORE_OUTCOME:
        page.opinion = latest_opinion(topic)
    page.may_follow = actor.person_id is not None and topic.matter.is_open
    page.follows = page.may_follow and is_following(actor, topic.matter)
    if page.state in {State.FEEDBACK, State.EVALUATED}:
        page.rate_until = day_words(outcomes.rating_until(topic.matter))
    page.has_rated = page.may_rate and outcomes.has_rated(actor, topic.matter)
    if topic.merged_into_id:
        page.into = Topic.objects.select_related("matter").get(pk=topic.merged_into_id)
    files = _add_files(page, actor)
    _add_outcome(page, actor, visited(steps), files)
    _add_proof(page, visited(steps), files)
    _add_talk(page, actor)
    return page


def desk_page(actor: Actor, topic: Topic, draft: Notice | None = None) -> TopicPage:
    """The head of a topic with its pictures, for those who work at it; they know of a draft of its notice."""
    steps = list(steps_of(topic))
    page = _head(actor, topic, steps)
    page.strip = strip_of(topic, steps, draft)
    if page.state == State.TO_OWNERS:
        page.votes = list(votes_of(actor, topic.matter))
    _add_files(page, actor)
    return page


def _head(actor: Actor, topic: Topic, steps: list[TopicStep]) -> TopicPage:
    """What stands on top: the four answers, the author, support, the line, the latest steps, the text."""
    lives_here = actor.person_id is not None and confirmed_homes(actor.person_id, topic.community_id)
    author = topic.matter.raised_by_id
    entries = entries_of(topic, steps, [])
    inside = reads_early(actor, topic, lives_here=lives_here)
    return TopicPage(
        topic=topic,
        author=name_for(author, actor, topic.place) if author else None,
        strip=strip_of(topic, steps),
        support=support_line(actor, topic, lives_here=lives_here),
        course=course_of(topic, steps),
        entries=entries[:SHORT_HISTORY],
        more_entries=max(0, len(entries) - SHORT_HISTORY),
        text=plain_to_html(topic.text) if inside or text_is_public(visited(steps)) else "",
        inside=inside,
        is_author=author is not None and author == actor.person_id,
        lives_here=lives_here,
        waits_for_home=waits_for_home(actor, topic),
        may_work=actor.office is not None and has_perm("topics.work", actor, topic),
        label=str(who_decides(Nature(topic.nature) if topic.nature else None).label),
        last_note=steps[-1].note if steps else "",
        raised_on=short_day(steps[0].at) if steps else "",
    )


def support_line(actor: Actor, topic: Topic, *, lives_here: bool) -> SupportLine:
    """Count households, those in the scope and others apart: one query."""
    inside = Q(in_scope=True)
    counted = topic.supports.aggregate(
        inside=Count("household", filter=inside, distinct=True),
        outside=Count("household", filter=~inside, distinct=True),
        homeless=Count("pk", filter=Q(household=None)),
        people=Count("pk"),
        merged=Count("came_from", distinct=True),
        mine=Count("pk", filter=Q(person=actor.person_id)),
    )
    others = counted["outside"] + counted["homeless"]
    scope = scope_word(topic.place)
    line = SupportLine(people=counted["people"], from_merged=counted["merged"], is_mine=bool(counted["mine"]))
    line.is_neighbour = lives_here and actor.office is None
    if line.people:
        line.words = f"{scope}{counted['inside']}/{topic.households}户" + (f" · 其他{others}户" if others else "")
    open_now = State(topic.state) in SUPPORTABLE
    line.may = open_now and line.is_neighbour
    line.why_not = "" if line.may or not open_now else _why_not(actor)
    line.may_verify = bool(line.why_not) and actor.person_id is not None and actor.office is None
    return line


def _why_not(actor: Actor) -> str:
    if actor.person_id is None:
        return _("登录并认证住房后可以支持和提意见。")
    if actor.office is not None:
        return _("支持是住户自己的事，请先在页首换成您本人。")
    return _("认证了本社区的住房就可以支持和提意见。")


def reads_early(actor: Actor, topic: Topic, *, lives_here: bool) -> bool:
    """Whether this actor is of the place, its bodies, or the author: they read words that no notice has made public."""
    own = topic.matter.raised_by_id == actor.person_id and actor.person_id is not None
    return lives_here or own or actor.office is not None


def _add_files(page: TopicPage, actor: Actor) -> list[Attachment]:
    """The pictures and papers that hang on the matter; gives all of them, those of promises too."""
    if not page.text:
        return []
    files = discussion.attachments(actor, page.topic.matter)
    page.photos = authors_photos(files)
    page.documents = [file for file in files if not file.is_photo]
    if page.inside and page.support.from_merged:
        page.merged = list(page.topic.merged.select_related("matter").order_by("pk"))
    return files


def authors_photos(files: list[Attachment]) -> list[Attachment]:
    """The pictures the author sent along; those of boards and proofs carry a caption."""
    return [file for file in files if file.is_photo and not file.caption]


def _add_outcome(page: TopicPage, actor: Actor, been: frozenset[State], files: list[Attachment]) -> None:
    """Notices, promises and polls, as far as this topic can have them."""
    matter, state = page.topic.matter, page.state
    if state not in BEFORE_NOTICES and State.ANNOUNCED in been:
        shown = [NoticeState.PUBLISHED.value, NoticeState.WITHDRAWN.value]
        own = Q(matter=matter) | Q(pk=page.topic.resolution_id or 0)
        page.notices = list(Notice.objects.filter(own, state__in=shown).order_by("-pk"))
    if {State.ADOPTED, State.IMPLEMENTING} & been:
        page.items = outcomes.items_of(actor, matter, files)
    drafts = {State.OPINION_FORMED} if actor.office else set()
    if {State.VOTING, State.TO_OWNERS, *drafts} & been:
        page.votes = list(votes_of(actor, matter))


def _add_proof(page: TopicPage, been: frozenset[State], files: list[Attachment]) -> None:
    """What the body that put it right says and shows: neighbours are asked whether it is so."""
    if State.HANDLED not in been or page.state not in RATED:
        return
    proofs = page.topic.records.filter(kind=RecordKind.PROOF.value).select_related("office__body")
    page.proof = proofs.order_by("-pk").first()
    page.proof_photos = [file for file in files if page.proof and file.pk == page.proof.file_id]


def _add_talk(page: TopicPage, actor: Actor) -> None:
    """What neighbours say, in short; their words only for those who may read them."""
    if page.state in BEFORE_NOTICES or page.state == State.PARTY_REVIEW:
        return
    thread = discussion.thread_of(actor, page.topic.matter)
    if thread is None:
        return
    page.may_read = thread.readers == Readers.PUBLIC or page.lives_here or bool(acts_in_office(actor, thread))
    page.counts = discussion.Counts(thread.post_count, thread.people_count)
    if page.may_read and page.state in TALKED_OVER:
        page.positions = discussion.position_summary(page.topic.matter)[:3]


def latest_opinion(topic: Topic) -> Record | None:
    """The opinion in force."""
    return topic.records.filter(kind=RecordKind.OPINION.value, replaced_by=None).order_by("-pk").first()


def opinion_words(topic: Topic) -> dict[str, str]:
    """The opinion in force, as the form takes it."""
    found = latest_opinion(topic)
    if found is None:
        return {}
    return {"text": found.conclusion, "minority": found.minority, "explanation": found.explanation}


def sessions_of(topic: Topic) -> QuerySet[Record]:
    """The sessions on record, oldest first."""
    return topic.records.filter(kind__in=SESSION_KINDS, replaced_by=None).order_by("pk")


def look_of(topic: Topic) -> tuple[str, str]:
    """Icon and tone of the state."""
    return LOOKS[State(topic.state)]
