"""The whole file of a topic: its history with documents, and the papers that its archive is made of."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.days import day_of
from xieshang.matters.models import Matter
from xieshang.matters.queries import linked
from xieshang.matters.rules import Circle, Paper, Part

from ..models import Record, Topic, TopicStep
from ..rules import KIND_LABELS, Nature, TopicKind, text_is_public, who_decides
from .history import Entry, entries_of, steps_of, visited

VERBS = {"merged_into": "并入", "became": "转为", "vote_of": "表决", "related": "相关"}
Facts = tuple[tuple[str, str], ...]


def history_of(actor: Actor, topic: Topic) -> list[Entry]:
    """Every step with its documents, newest first."""
    return entries_of(topic, list(steps_of(topic)), _records(topic))


def related_to(actor: Actor, topic: Topic) -> list[dict[str, str]]:
    """Matters tied to this one: votes, what it was merged into, what came of it."""
    return [
        {"label": VERBS.get(kind, ""), "title": matter.title, "url": matter.get_absolute_url(), "note": matter.standing}
        for kind, matter in linked(actor, topic.matter)
    ]


def _records(topic: Topic) -> list[Record]:
    return list(topic.records.select_related("file", "body", "office__body").order_by("pk"))


def papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """What this app keeps of a topic: the author's words, support, every step with its documents."""
    topic: Any = _with_support(Topic.objects.with_frame().filter(matter=matter)).first()
    if topic is None:
        return
    steps = list(steps_of(topic))
    reads = Circle.PUBLIC if text_is_public(visited(steps)) else Circle.PLACE
    yield from _words(topic, reads, circle)
    yield Paper(Part.SUBJECT, _("受理和支持"), facts=_about(topic))
    if topic.from_merged:
        yield from (_merged(other) for other in topic.merged.select_related("matter").order_by("pk"))
    yield from _course(topic, steps)


def _words(topic: Topic, reads: Circle, circle: Circle) -> Iterator[Paper]:
    """The words in force; for the offices the earlier ones too."""
    if circle == Circle.OFFICE:
        versions = list(topic.versions.order_by("version"))
        for row in versions[:-1]:
            title = _("第%d稿：%s") % (row.version, row.title)
            yield Paper(Part.SUBJECT, title, day_of(row.at), texts=(("", row.text),), circle=Circle.OFFICE)
    yield Paper(Part.SUBJECT, topic.title, day_of(topic.matter.made_at), texts=(("", topic.text),), circle=reads)


def _with_support(topics: "QuerySet[Topic]") -> "QuerySet[Any]":
    """With how many support each, and whether some came along with what was merged into it."""
    return topics.annotate(
        homes=Count("supports__household", distinct=True),
        people=Count("supports", distinct=True),
        from_merged=Count("supports__came_from", distinct=True),
    )


def _about(topic: Any) -> Facts:
    support = _("%(homes)d户，%(people)d人") % {"homes": topic.homes, "people": topic.people} if topic.people else ""
    nature = Nature(topic.nature) if topic.nature else None
    pairs = (
        (_("范围"), topic.place.label),
        (_("哪一类"), str(KIND_LABELS[TopicKind(topic.kind)]) if topic.kind else ""),
        (_("由谁决定"), str(who_decides(nature).label) if nature else ""),
        (_("首问负责"), str(topic.first_officer.title) if topic.first_officer else ""),
        (_("支持"), support),
        (_("并入"), topic.merged_into.matter.number if topic.merged_into_id and topic.merged_into else ""),
    )
    return tuple(pair for pair in pairs if pair[1])


def _merged(other: Topic) -> Paper:
    title = _("并入的一件：%(number)s %(title)s") % {"number": other.matter.number, "title": other.matter.title}
    return Paper(Part.SUBJECT, title, texts=(("", other.text),), circle=Circle.PLACE)


def _course(topic: Topic, steps: list[TopicStep]) -> Iterator[Paper]:
    days = {step.pk: day_of(step.fell_due_at) for step in steps}
    for entry in reversed(entries_of(topic, steps, _records(topic))):
        texts = ((_("说明"), entry.note),) if entry.note else ()
        yield Paper(Part.COURSE, entry.title, days[entry.id], ((_("谁办的"), entry.by),), texts)
        for document in entry.documents:
            named = ((_("附件"), str(document.file)),) if document.file else ()
            facts = tuple((fact["label"], fact["value"]) for fact in document.facts)
            told = tuple((text["label"], text["text"]) for text in document.texts)
            yield Paper(Part.COURSE, document.label, days[entry.id], (*facts, *named), told)
