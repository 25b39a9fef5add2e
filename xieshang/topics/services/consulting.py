"""From the advance notice to the opinion: notice, window, sessions, opinion, confirmation, meeting above."""

import datetime
from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body
from xieshang.discussion import services as discussion
from xieshang.discussion.models import Attachment
from xieshang.discussion.rules import Readers, Speakers
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import short_day
from xieshang.lib.officialtext import shown
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import period_after
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.rules import NoticeKind

from ..models import Record, Topic
from ..permissions import hosts
from ..rules import SESSION_KINDS, RecordKind, State, Step
from .moving import Given, _moving, _write, acting, audit, locked, renew, set_due

NOT_IN_DISCUSSION = Refusal("not_in_discussion", _("协商会在讨论期间开，现在不能补记。"))
CIRCLE_IS_FIXED = Refusal("circle_is_fixed", _("预告以后，谁能看、谁能说不再改动。"))
BEFORE_NOTICE = frozenset({State.SCREENING, State.PARTY_REVIEW})
SESSION_STATES = frozenset({State.DELIBERATING})


def announce(
    actor: Actor,
    topic_id: int,
    *,
    title: str,
    body: str,
    days: int,
    discussion_days: int,
    boards: Sequence[str] = (),
) -> Topic:
    """Tell all parties what will be discussed and until when; the author's text is fixed from now."""
    last_day = period_after(period_after(today(), days).last_day, discussion_days).last_day
    given: Given = {"notice_text_given": bool(body), "notice_days": days, "discussion_last_day": last_day}
    with _moving(actor, topic_id, Step.ANNOUNCE, **given) as topic:
        topic.discussion_days, topic.discussion_last_day = discussion_days, last_day
        words: Given = {"title": title, "body": body, "signers": signers_of(topic), "boards": list(boards)}
        notice = outcomes.draft(actor, topic.matter, kind=NoticeKind.ADVANCE, **words)
        outcomes.publish(actor, notice.pk, days=days, net_is_enough=net_is_enough(topic, boards))
        discussion.open_thread(topic.matter, topic.values)
    return topic


@transaction.atomic
def set_circle(actor: Actor, topic_id: int, *, readers: Readers, speakers: Speakers) -> Topic:
    """Widen or narrow who reads and who speaks on this topic, before its notice."""
    topic = locked(actor, topic_id, "plan")
    if State(topic.state) not in BEFORE_NOTICE:
        raise RuleViolation(CIRCLE_IS_FIXED)
    discussion.set_circle(actor, topic.matter_id, readers=readers, speakers=speakers)
    audit(actor, topic, "set_circle")
    return topic


def signers_of(topic: Topic, *, party: bool = False) -> list[Body]:
    """Who stands under a notice: the committee that leads it, before it the Party organisation where it signs."""
    bodies = topic.matter.community.bodies.all()
    kinds = ["party_org"] if party else []
    kinds += ["residents_committee", "villagers_committee", "street_office"]
    return [body for kind in kinds for body in bodies if body.kind == kind]


def net_is_enough(topic: Topic, boards: Sequence[str]) -> bool:
    """Whether this place counts publication on the net as posting, or no board is named to hang it on."""
    return bool(topic.values.get("topics.net_notice_enough")) or not boards


def open_discussion(actor: Actor, topic_id: int, *, fell_due: datetime.date | None = None) -> Topic:
    """Begin the discussion once the advance notice has run its full days."""
    with _moving(actor, topic_id, Step.OPEN_DISCUSSION, fell_due=fell_due) as topic:
        first_day = fell_due or today()
        last_day = period_after(first_day - timedelta(days=1), topic.discussion_days).last_day
        topic.discussion_first_day = first_day
        topic.discussion_last_day = max(topic.discussion_last_day or last_day, last_day)
        discussion.open_writing(topic.matter)
    return topic


@transaction.atomic
def record_session(
    actor: Actor,
    topic_id: int,
    *,
    held_on: datetime.date,
    host: str,
    venue: str,
    present: int,
    conclusion: str,
    minutes: UploadedFile | Attachment | None = None,
    is_hearing: bool = False,
    dissent: bool = False,
) -> Record:
    """File one session or hearing: date, place, host, attendance, what was said; its minutes may follow."""
    topic = locked(actor, topic_id, "record_session")
    if State(topic.state) not in SESSION_STATES:
        raise RuleViolation(NOT_IN_DISCUSSION)
    kind = RecordKind.HEARING if is_hearing else RecordKind.SESSION
    file = filed(actor, topic, minutes, name=f"{short_day(held_on)}会议记录")
    record = _write(
        actor,
        topic,
        kind,
        file=file,
        held_on=held_on,
        host=host,
        venue=venue,
        present=present,
        conclusion=conclusion,
    )
    topic.last_session_on = max(held_on, topic.last_session_on or held_on)
    topic.dissent = topic.dissent or dissent
    set_due(topic, today())
    topic.save()
    audit(actor, topic, "record_session")
    return record


def filed(actor: Actor, topic: Topic, upload: UploadedFile | Attachment | None, *, name: str) -> Attachment | None:
    """An uploaded document as an attachment of the matter; one that is there already is taken as it is."""
    if upload is None or isinstance(upload, Attachment):
        return upload
    return discussion.attach_document(actor, topic.matter, upload, name=name)


@transaction.atomic
def attach_minutes(actor: Actor, topic_id: int, *, record_id: int, minutes: UploadedFile) -> Record:
    """Add the minutes that a session's record still lacks."""
    topic = acting(actor, topic_id, "attach_minutes")
    record = get_object_or_404(topic.records, kind__in=SESSION_KINDS, pk=record_id, file=None)
    record.file = filed(actor, topic, minutes, name=f"{short_day(record.held_on)}会议记录")
    record.save(update_fields=["file"])
    audit(actor, topic, "attach_minutes")
    return record


@transaction.atomic
def add_material(actor: Actor, topic_id: int, *, upload: UploadedFile, name: str) -> Attachment:
    """Put a document beside the topic for everybody to read."""
    topic = acting(actor, topic_id, "add_material")
    audit(actor, topic, "add_material")
    return discussion.attach_document(actor, topic.matter, upload, name=name)


def form_opinion(
    actor: Actor, topic_id: int, *, text: str, minority: str = "", explanation: str = "", dissent: bool | None = None
) -> Topic:
    """Write down what the discussion came to, with the minority's view and how it was explained to them."""
    with _moving(actor, topic_id, Step.FORM_OPINION, opinion_text_given=bool(text)) as topic:
        topic.opinion_confirmed = False
        _opine(actor, topic, text, minority, explanation)
        topic.dissent = bool(minority) or (topic.dissent if dissent is None else dissent)
        topic.parties.update(confirmed_at=None, confirmed_by=None)
        discussion.close_writing(topic.matter)
    return topic


def revise_opinion(actor: Actor, topic_id: int, *, text: str, minority: str = "", explanation: str = "") -> Topic:
    """Write the opinion anew before it is confirmed; the earlier wording stays in the file."""
    with _moving(actor, topic_id, Step.REVISE_OPINION, opinion_text_given=bool(text)) as topic:
        _opine(actor, topic, text, minority, explanation)
        topic.dissent = topic.dissent or bool(minority)
        topic.parties.update(confirmed_at=None, confirmed_by=None)
    return topic


def _opine(actor: Actor, topic: Topic, text: str, minority: str, explanation: str) -> None:
    words: Given = {"conclusion": str(shown(text)), "minority": minority, "explanation": explanation}
    renew(topic, RecordKind.OPINION, _write(actor, topic, RecordKind.OPINION, **words))


def confirm_opinion(actor: Actor, topic_id: int, *, note: str = "") -> Topic:
    """Confirm the opinion: a body for itself, the committee for all who have said so elsewhere, writing how."""
    with _moving(actor, topic_id, Step.CONFIRM_OPINION, note=note) as topic:
        waiting = topic.parties.filter(confirmed_at=None)
        own = waiting.filter(body_id=(actor.office.body_id if actor.office else None) or 0)
        confirmed = waiting if hosts(actor, topic) else own
        names = "、".join(confirmed.values_list("name", flat=True))
        confirmed.update(confirmed_at=now(), confirmed_by_id=actor.person_id)
        topic.opinion_confirmed = not topic.parties.filter(confirmed_at=None).exists()
        _write(actor, topic, RecordKind.CONFIRMATION, conclusion="。".join(filter(None, [names, note])))
    return topic


def reopen_discussion(actor: Actor, topic_id: int, *, reason: str, days: int) -> Topic:
    """Talk once more: an opinion was not confirmed, or too few took part in the poll."""
    with _moving(actor, topic_id, Step.REOPEN_DISCUSSION, note=reason, reason_given=bool(reason)) as topic:
        topic.reopened_times += 1
        _talk_again(topic, days)
    return topic


def _talk_again(topic: Topic, days: int) -> None:
    topic.discussion_first_day = today()
    topic.discussion_last_day = period_after(today(), max(days, 1)).last_day
    topic.opinion_confirmed = False
    discussion.open_writing(topic.matter)


def escalate(actor: Actor, topic_id: int, *, reason: str, meeting_on: datetime.date | None = None) -> Topic:
    """Take an unsolved or weighty matter to the residents' (villagers') meeting or that of representatives."""
    with _moving(actor, topic_id, Step.ESCALATE, note=reason, reason_given=bool(reason)) as topic:
        topic.meeting_on = meeting_on
        discussion.close_writing(topic.matter)
    return topic


def record_decision(
    actor: Actor,
    topic_id: int,
    *,
    held_on: datetime.date,
    host: str,
    form: str,
    expected: int,
    present: int,
    agree: int,
    against: int,
    abstain: int,
    conclusion: str,
    minutes: UploadedFile | Attachment | None,
    quorum_met: bool,
    sends_back: bool = False,
) -> Topic:
    """File what the meeting decided: date, host, who should come and came, the tally, the minutes."""
    given: Given = {
        "decision_on": held_on,
        "decision_host_named": bool(host),
        "decision_counted": present > 0 and agree + against + abstain <= present <= expected,
        "decision_minutes_given": minutes is not None,
        "decision_quorum_met": quorum_met,
        "decision_sends_back": sends_back,
    }
    with _moving(actor, topic_id, Step.RECORD_DECISION, note=conclusion, **given) as topic:
        file = filed(actor, topic, minutes, name=f"{form}记录")
        words: Given = {"held_on": held_on, "host": host, "form": form, "conclusion": conclusion}
        words |= {"expected": expected, "present": present, "agree": agree, "against": against, "abstain": abstain}
        words |= {"quorum_met": quorum_met, "sends_back": sends_back}
        record = _write(actor, topic, RecordKind.RESIDENTS_MEETING, file=file, **words)
        renew(topic, RecordKind.RESIDENTS_MEETING, record)
    return topic


def send_back(actor: Actor, topic_id: int, *, days: int, note: str = "") -> Topic:
    """The meeting asked to talk again: back to the discussion."""
    with _moving(actor, topic_id, Step.SEND_BACK, note=note) as topic:
        _talk_again(topic, days)
    return topic
