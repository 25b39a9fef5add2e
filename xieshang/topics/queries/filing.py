"""The whole file of a topic: its history with documents, and the archive that is printed."""

from dataclasses import dataclass

from xieshang.discussion import queries as discussion
from xieshang.lib.actor import Actor
from xieshang.matters.queries import linked
from xieshang.outcomes.models import Notice, Objection
from xieshang.outcomes.rules import NoticeState

from ..models import Topic
from .detail import TopicPage, item_of, topic_page
from .file import TopicFile, file_of
from .history import Entry, entries_of, steps_of
from .words import day_words

VERBS = {"merged_into": "并入", "became": "转为", "vote_of": "表决", "related": "相关"}


@dataclass(frozen=True, slots=True)
class Archive:
    """One file of one matter: index, texts, documents, notices, promises, log; the same whenever it is made."""

    page: TopicPage
    file: TopicFile
    entries: list[Entry]
    notices: list[Notice]
    objections: list[Objection]
    items: list[dict[str, object]]
    versions: list[dict[str, str]]
    merged: list[Topic]
    supporters: int
    posts: int

    @property
    def index(self) -> list[tuple[str, str, str]]:
        """Parts in order: anchor, title, how much of it."""
        return [
            ("text", "事由和范围", f"{len(self.versions)}个版本"),
            ("support", "支持和并入", f"{self.supporters}人"),
            ("log", "经过和文书", f"{len(self.entries)}步"),
            ("notices", "预告、公示、公告", f"{len(self.notices)}份"),
            ("objections", "异议和答复", f"{len(self.objections)}条"),
            ("items", "办理事项", f"{len(self.items)}件"),
        ]


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
    """Gather the whole file."""
    file = file_of(topic)
    shown = [NoticeState.PUBLISHED.value, NoticeState.WITHDRAWN.value]
    notices = list(Notice.objects.filter(matter=topic.matter, state__in=shown).order_by("pk"))
    versions = [
        {"when": day_words(version.at), "title": version.title, "text": version.text}
        for version in topic.versions.order_by("version")
    ]
    merged = list(topic.merged.select_related("matter").order_by("pk"))
    return Archive(
        page=topic_page(actor, topic),
        file=file,
        entries=list(reversed(history_of(actor, topic))),
        notices=notices,
        objections=list(Objection.objects.filter(notice__in=notices).order_by("pk")),
        items=[item_of(item) for item in file.promises.items],
        versions=versions,
        merged=merged,
        supporters=topic.supports.count(),
        posts=discussion.counts(topic.matter).posts,
    )
