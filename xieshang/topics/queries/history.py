"""What happened to a topic, step by step, with the documents that stand on each step."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.days import day_of, day_words
from xieshang.lib.workdays import workdays_between

from ..models import Record, Topic, TopicStep
from ..rules import (
    DEADLINES,
    GLOSS,
    LINE,
    RECORD_LABELS,
    STEP_LABELS,
    TIMED,
    Mark,
    Nature,
    RecordKind,
    State,
    Step,
    line_of,
    progress,
)

TIMED_STEPS = frozenset(step.value for step in TIMED.values())
MARKS = {Mark.DONE: "done", Mark.CURRENT: "now", Mark.AHEAD: "todo", Mark.SKIPPED: "skipped"}


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the file as the page shows it: its label, its labelled facts, its texts, its file."""

    label: str
    facts: list[dict[str, str]]
    texts: list[dict[str, str]]
    file: object = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: when, what, by whom, why, its documents; late when it was taken after its day."""

    id: int
    when: str
    title: str
    by: str
    note: str
    url: str
    late: bool
    gloss: str = ""
    documents: list[Document] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Course:
    """The line of steps with its marks, the number of the present one, and how many there are."""

    stages: list[dict[str, object]]
    number: int
    total: int
    current: str


def steps_of(topic: Topic) -> QuerySet[TopicStep]:
    """The steps of a topic in order, each with the office it was taken in."""
    return topic.steps.select_related("office__body").order_by("pk")


def visited(steps: list[TopicStep]) -> frozenset[State]:
    """The states a topic has been in."""
    return frozenset(State(word) for step in steps for word in (step.before, step.after))


def poll_is_over(steps: Sequence[TopicStep]) -> bool:
    """Whether the latest poll has closed."""
    polled = [step.step for step in steps if step.step in {Step.OPEN_POLL, Step.CLOSE_POLL}]
    return polled[-1:] == [Step.CLOSE_POLL]


def course_of(topic: Topic, steps: list[TopicStep]) -> Course:
    """The progress line; each point that is done leads to the step by which it was left."""
    state, been = State(topic.state), visited(steps)
    nature = Nature(topic.nature) if topic.nature else None
    points = {point.key: point for point in (*LINE, *line_of(state, been, nature))}
    page = reverse("topics:history", args=[topic.pk])
    stages: list[dict[str, object]] = []
    for standing in progress(state, been, nature):
        if standing.mark == Mark.SKIPPED:
            continue
        left = [s.pk for s in steps if State(s.before) in points[standing.key].states and s.before != s.after]
        url = f"{page}#step-{left[-1]}" if left and standing.mark == Mark.DONE else ""
        stages.append({"label": str(standing.label), "state": MARKS[standing.mark], "url": url, "note": ""})
    here = [n for n, stage in enumerate(stages, start=1) if stage["state"] == "now"]
    number = here[0] if here else sum(stage["state"] == "done" for stage in stages)
    current = str(stages[number - 1]["label"]) if number else ""
    return Course(stages, number, len(stages), current)


def entries_of(topic: Topic, steps: list[TopicStep], records: list[Record]) -> list[Entry]:
    """The history, newest first, each step with its documents."""
    on_step: dict[int | None, list[Record]] = {}
    for record in records:
        on_step.setdefault(record.step_id, []).append(record)
    page = reverse("topics:history", args=[topic.pk])
    return [_entry(step, on_step.get(step.pk, []), page) for step in reversed(steps)]


def _entry(step: TopicStep, records: list[Record], page: str) -> Entry:
    days = _days_late(step)
    title = str(STEP_LABELS[Step(step.step)])
    return Entry(
        id=step.pk,
        when=day_words(step.fell_due_at),
        title=title,
        by=_by(step),
        note=step.note + (_("（晚了%d个工作日）") % days if days else ""),
        url=f"{page}#step-{step.pk}",
        late=days > 0,
        gloss=next((str(means) for word, means in GLOSS.items() if word in title), ""),
        documents=[document_of(record) for record in records],
    )


def _days_late(step: TopicStep) -> int:
    """Working days by which an office let a counted limit go by; windows that must run their days are never late."""
    limit = DEADLINES.get(State(step.before))
    if (
        step.person_id is None
        or step.before == step.after
        or step.due_on is None
        or limit is None
        or limit.unit != "wd"
    ):
        return 0
    return max(0, workdays_between(step.due_on, day_of(step.fell_due_at)))


def _by(step: TopicStep) -> str:
    """Officials by their office; a neighbour is not named here."""
    if step.office:
        return str(step.office.title)
    if step.person_id is None:
        return _("到期自动") if step.step in TIMED_STEPS else _("系统自动")
    return _("居民，由工作人员代办") if step.assisted_by_id else _("居民本人")


def document_of(record: Record) -> Document:
    """A document with only those of its facts that are filled in."""
    pairs = [
        (_("日期"), day_words(record.held_on)),
        (_("形式"), record.form),
        (_("主持"), record.host),
        (_("地点"), record.venue),
        (_("到会"), _attendance(record)),
        (_("表决"), _tally(record)),
        (_("签署"), record.signer),
        (_("单位"), record.body.name if record.body else ""),
        (_("期限"), day_words(record.due)),
        (_("记录人"), str(record.office.title) if record.office else ""),
    ]
    texts = [
        (_("内容"), record.words),
        (_("不同意见"), record.minority),
        (_("说明和答复"), record.explanation),
    ]
    return Document(
        label=str(RECORD_LABELS[RecordKind(record.kind)]) + ("（已有新的）" if record.replaced_by_id else ""),
        facts=[{"label": label, "value": value} for label, value in pairs if value],
        texts=[{"label": label, "text": text} for label, text in texts if text],
        file=record.file,
    )


def _attendance(record: Record) -> str:
    if record.present is None:
        return ""
    return (
        _("应到%(all)s人，实到%(present)s人") % {"all": record.expected, "present": record.present}
        if (record.expected)
        else _("%s人") % record.present
    )


def _tally(record: Record) -> str:
    if record.agree is None:
        return ""
    return _("同意%(a)s，反对%(b)s，弃权%(c)s") % {"a": record.agree, "b": record.against, "c": record.abstain}
