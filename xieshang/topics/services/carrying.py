"""Carrying out, feedback, rating, archive; correction, stops and what concerns the bodies above."""

import datetime
from datetime import timedelta

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body, Place
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.lib.days import short_day
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import period_after
from xieshang.matters import services as matters
from xieshang.matters.models import Matter
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.rules import NoticeKind

from ..models import Record, Topic
from ..rules import RecordKind, State, Step, value
from .consulting import signers_of
from .moving import Given, _moving, _write, acting, audit, locked, set_due
from .raising import rescope

ONLY_LATER = Refusal("only_later", _("期限只能往后延，不能提前。"))
TOO_LATE_TO_WIDEN = Refusal("too_late_to_widen", _("预告以后，范围不再改动。"))
BEFORE_NOTICE = frozenset({State.SUBMITTED, State.SCREENING, State.PARTY_REVIEW})


def publish_feedback(actor: Actor, topic_id: int, *, title: str, body: str) -> Topic:
    """Tell the neighbours what came of it and ask them to rate it."""
    with _moving(actor, topic_id, Step.PUBLISH_FEEDBACK, feedback_text_given=bool(body)) as topic:
        words: Given = {"title": title, "body": body, "signers": signers_of(topic)}
        notice = outcomes.draft(actor, topic.matter, kind=NoticeKind.FEEDBACK, **words)
        outcomes.publish(actor, notice.pk, days=0, net_is_enough=True)
        until = period_after(today(), value(topic.values, "topics.evaluation_days")).last_day
        topic.evaluation_until, topic.unsolved_explained = until, False
        outcomes.open_rating(topic.matter, until)
    return topic


def not_solved(actor: Actor, topic_id: int, *, reason: str, feedback_by: datetime.date | None = None) -> Topic:
    """It is not solved: back to carrying out, with a new date."""
    with _moving(actor, topic_id, Step.NOT_SOLVED, note=reason, reason_given=bool(reason)) as topic:
        topic.feedback_by = feedback_by or topic.feedback_by
    return topic


@transaction.atomic
def explain(actor: Actor, topic_id: int, *, text: str) -> Record:
    """Tell the neighbours who find it unsolved why this is as far as it goes."""
    topic = acting(actor, topic_id, "explain")
    topic.unsolved_explained = True
    topic.save(update_fields=["unsolved_explained"])
    matters.tell_followers(topic.matter, body="居委会向大家作了说明。", leave_out=[actor.person_id])
    audit(actor, topic, "explain")
    return _write(actor, topic, RecordKind.EXPLANATION, conclusion=text)


def evaluate(actor: Actor, topic_id: int) -> Topic:
    """Close the rating once its days are over."""
    with _moving(actor, topic_id, Step.EVALUATE) as topic:
        pass
    return topic


def archive(actor: Actor, topic_id: int, *, note: str = "") -> Topic:
    """Put the whole file away; it can be read and printed for good."""
    with _moving(actor, topic_id, Step.ARCHIVE, note=note) as topic:
        _write(actor, topic, RecordKind.CLOSING, conclusion=note or str(_("材料齐，归档。")))
    return topic


def correct(actor: Actor, topic_id: int, *, reason: str, legal_ground: str, title: str, body: str) -> Topic:
    """The street finds that the result breaks the law: it says which, why, and tells everybody."""
    given: Given = {
        "reason_given": bool(reason),
        "legal_ground_given": bool(legal_ground),
        "correction_notice_given": bool(body),
    }
    with _moving(actor, topic_id, Step.CORRECT, note=reason, **given) as topic:
        _write(actor, topic, RecordKind.CORRECTION, conclusion=reason, form=legal_ground[:40], explanation=legal_ground)
        signers = Body.objects.filter(pk=(actor.office.body_id if actor.office else None) or 0)
        words: Given = {"title": title, "body": body, "signers": list(signers)}
        notice = outcomes.draft(actor, topic.matter, kind=NoticeKind.CORRECTION, **words)
        outcomes.publish(actor, notice.pk, days=0, net_is_enough=True)
    return topic


def redo_opinion(actor: Actor, topic_id: int, *, note: str = "") -> Topic:
    """After a correction: form the opinion anew."""
    with _moving(actor, topic_id, Step.REDO_OPINION, note=note) as topic:
        topic.opinion_confirmed = False
        topic.sent_back_on = today()
    return topic


def close_corrected(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """After a correction: close the matter, saying why."""
    with _moving(actor, topic_id, Step.CLOSE_CORRECTED, note=reason, reason_given=bool(reason)) as topic:
        _write(actor, topic, RecordKind.CLOSING, conclusion=reason)
    return topic


def suspend(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """Stop all clocks of the matter from today, with the reason."""
    with _moving(actor, topic_id, Step.SUSPEND, note=reason, reason_given=bool(reason)) as topic:
        topic.suspended_since, topic.suspended_reason = today(), reason
    return topic


def resume(actor: Actor, topic_id: int) -> Topic:
    """Let the clocks run again; the days on which they stood are not counted."""
    with _moving(actor, topic_id, Step.RESUME) as topic:
        last_day = today() - timedelta(days=1)
        if topic.suspended_since and topic.suspended_since <= last_day:
            topic.stops = [*topic.stops, [topic.suspended_since.isoformat(), last_day.isoformat()]]
        topic.suspended_since, topic.suspended_reason = None, ""
    return topic


@transaction.atomic
def extend(actor: Actor, topic_id: int, *, to: datetime.date, reason: str) -> Topic:
    """The body above lets the present step take longer; openly, with the reason."""
    topic = acting(actor, topic_id, "extend")
    if topic.due_on is None or to <= topic.due_on:
        raise RuleViolation(ONLY_LATER)
    topic.extended_to = to
    set_due(topic, today())
    topic.save(update_fields=["extended_to", "due_on", "alarm_on"])
    _write(actor, topic, RecordKind.EXPLANATION, conclusion=reason, due=to, form="延期")
    audit(actor, topic, "extend", reason=reason)
    matters.tell_followers(topic.matter, body=f"期限延到{short_day(to)}：{reason}", leave_out=[actor.person_id])
    return topic


@transaction.atomic
def widen(actor: Actor, topic_id: int, *, place_id: int) -> Topic:
    """Set another scope before the notice; one above all communities makes the street its host."""
    topic = locked(actor, topic_id, "widen")
    if State(topic.state) not in BEFORE_NOTICE:
        raise RuleViolation(TOO_LATE_TO_WIDEN)
    place = get_object_or_404(Place, pk=place_id)
    host = place if place.is_community else (place.community or place)
    Matter.objects.filter(pk=topic.matter_id).update(place=place, community=host)
    topic.community = host
    topic.save(update_fields=["community"])
    topic.matter.refresh_from_db()
    rescope(topic)
    audit(actor, topic, "widen")
    return topic


@transaction.atomic
def entrust(actor: Actor, topic_id: int, *, department: str, reply_due: datetime.date | None = None) -> Topic:
    """Note that a government department entrusted this matter: its result is to be reported to it."""
    topic = acting(actor, topic_id, "entrust")
    topic.report_to, topic.report_due = department, reply_due
    topic.save(update_fields=["report_to", "report_due"])
    audit(actor, topic, "entrust")
    return topic


@transaction.atomic
def send_report(actor: Actor, topic_id: int, *, text: str) -> Topic:
    """Report the result to the department that entrusted the matter."""
    topic = acting(actor, topic_id, "report")
    topic.report_sent_on = today()
    topic.save(update_fields=["report_sent_on"])
    _write(actor, topic, RecordKind.REPORT, conclusion=text, host=topic.report_to)
    audit(actor, topic, "report")
    return topic
