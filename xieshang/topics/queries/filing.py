"""The whole file of a topic: its history with documents, and the archive that is printed."""

from dataclasses import dataclass

from xieshang.community.permissions import confirmed_homes
from xieshang.discussion import queries as discussion
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.matters.queries import linked
from xieshang.outcomes import queries as outcomes
from xieshang.outcomes.models import Notice, Objection
from xieshang.outcomes.rules import SHOWN

from ..models import Topic
from ..rules import Nature, State, text_is_public, who_decides
from .detail import SupportLine, authors_photos, reads_early, strip_of, support_line
from .file import BEFORE_NOTICES, BEFORE_OUTCOME, RATED_STATES, notices_of
from .history import Entry, entries_of, steps_of, visited
from .words import day_words

VERBS = {"merged_into": "并入", "became": "转为", "vote_of": "表决", "related": "相关"}


@dataclass(frozen=True, slots=True)
class Archive:
    """One file of one matter: index, texts, documents, notices, promises, log; the same whenever it is made."""

    strip: dict[str, str]
    label: str
    may_read: bool
    reads_merged: bool
    photos: list[Attachment]
    support: SupportLine
    entries: list[Entry]
    notices: list[Notice]
    objections: list[Objection]
    items: list[dict[str, object]]
    ratings: list[outcomes.RatingView] | None
    versions: list[dict[str, str]]
    merged: list[Topic]
    posts: int

    @property
    def index(self) -> list[tuple[str, str, str]]:
        """Parts in order: anchor, title, how much of it."""
        parts = [
            ("text", "事由和范围", f"{len(self.versions)}个版本"),
            ("support", "支持和并入", f"{self.support.people}人"),
            ("log", "经过和文书", f"{len(self.entries)}步"),
            ("notices", "预告、公示、公告", f"{len(self.notices)}份"),
            ("objections", "异议和答复", f"{len(self.objections)}条"),
            ("items", "办理事项", f"{len(self.items)}件"),
        ]
        rated = sum(rating.n for rating in self.ratings or [])
        return parts if self.ratings is None else [*parts, ("ratings", "居民评价", f"{rated}人次")]


def history_of(actor: Actor, topic: Topic) -> list[Entry]:
    """Every step with its documents, newest first."""
    records = list(topic.records.select_related("file", "body", "office__body").order_by("pk"))
    return entries_of(topic, list(steps_of(topic)), records)


def related_to(actor: Actor, topic: Topic) -> list[dict[str, str]]:
    """Matters tied to this one: votes, what it was merged into, what came of it."""
    return [
        {"label": VERBS.get(kind, ""), "title": matter.title, "url": matter.get_absolute_url(), "note": matter.standing}
        for kind, matter in linked(actor, topic.matter)
    ]


def archive_of(actor: Actor, topic: Topic) -> Archive:
    """Gather the whole file, as far as this actor may read it."""
    state = State(topic.state)
    lives_here = actor.person_id is not None and confirmed_homes(actor.person_id, topic.community_id)
    inside = reads_early(actor, topic, lives_here=lives_here)
    may_read = inside or text_is_public(visited(list(steps_of(topic))))
    files = discussion.attachments(actor, topic.matter) if may_read else []
    support = support_line(actor, topic, lives_here=lives_here)
    notices = [] if state in BEFORE_NOTICES else [n for n in notices_of(topic) if n.state in SHOWN]
    asked = any(getattr(notice, "objections_all", 0) for notice in notices)
    promised = state not in BEFORE_OUTCOME
    return Archive(
        strip=strip_of(topic),
        label=str(who_decides(Nature(topic.nature) if topic.nature else None).label),
        may_read=may_read,
        reads_merged=inside,
        photos=authors_photos(files),
        support=support,
        entries=list(reversed(history_of(actor, topic))),
        notices=notices,
        objections=list(Objection.objects.filter(notice__in=notices).order_by("pk")) if asked else [],
        items=outcomes.items_of(actor, topic.matter, files) if promised else [],
        ratings=_ratings(topic) if promised or state in RATED_STATES else None,
        versions=_versions(topic) if may_read else [],
        merged=list(topic.merged.select_related("matter").order_by("pk")) if support.from_merged else [],
        posts=0 if state in BEFORE_NOTICES else discussion.counts(topic.matter).posts,
    )


def _ratings(topic: Topic) -> list[outcomes.RatingView] | None:
    """What residents said of it; no part of the file where nobody was asked."""
    return outcomes.ratings_filed(topic.matter) or ([] if topic.state in RATED_STATES else None)


def _versions(topic: Topic) -> list[dict[str, str]]:
    """The author's words as they stood, oldest first."""
    rows = topic.versions.order_by("version")
    return [{"when": day_words(row.at), "title": row.title, "text": row.text} for row in rows]
