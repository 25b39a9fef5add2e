"""The outcome: drafted by the committee, published by the Party secretary, objected to, adopted or handed on."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import ActionItem, Notice
from xieshang.outcomes.rules import DEFAULT_BOARDS, NoticeKind

from ..models import Topic
from ..queries.facts import draft_notice_of
from ..queries.publishing import objected_words
from ..rules import Nature, OwnersResult, RecordKind, State, Step, value
from .consulting import net_is_enough, signers_of
from .moving import Given, _moving, _write, acting, audit, locked

NO_DRAFT = Refusal("outcome_not_drafted", _("公示稿还没有写好。"))
DRAFTABLE = {
    State.OPINION_FORMED: NoticeKind.GONGSHI,
    State.VOTING: NoticeKind.GONGSHI,
    State.ESCALATED: NoticeKind.GONGSHI,
    State.PUBLICITY: NoticeKind.GONGGAO,
}
NOT_AHEAD = Refusal("not_ahead", _("这一天已经到了，请写今天以后的日子。"))
NOT_DRAFTABLE = Refusal("not_draftable", _("现在还不到写公示的时候。"))


@transaction.atomic
def draft_notice(
    actor: Actor, topic_id: int, *, title: str, body: str, boards: Sequence[str] = DEFAULT_BOARDS
) -> Notice:
    """Write the notice of the outcome (公示), or of its adoption (公告), for the secretary to publish."""
    topic = locked(actor, topic_id, "draft_notice")
    kind = DRAFTABLE.get(State(topic.state))
    if kind is None or (kind == NoticeKind.GONGGAO and topic.nature == Nature.OWNERS):
        raise RuleViolation(NOT_DRAFTABLE)
    notice = draft_notice_of(topic)
    if notice is not None and notice.kind == kind:
        return outcomes.redraft(
            actor, notice.pk, title=title, body=body, signers=signers_of(topic, party=True), boards=boards
        )
    return outcomes.draft(
        actor, topic.matter, kind=kind, title=title, body=body, signers=signers_of(topic, party=True), boards=boards
    )


@transaction.atomic
def return_draft(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """The secretary gives the draft back to the committee with what should be changed."""
    topic = locked(actor, topic_id, "return_draft")
    notice = draft_notice_of(topic)
    if notice is None:
        raise RuleViolation(NO_DRAFT)
    outcomes.return_draft(actor, notice.pk, reason=reason)
    return topic


def publish_notice(actor: Actor, topic_id: int, *, days: int) -> Topic:
    """The secretary publishes the outcome; the days of publicity begin the day after it counts as posted."""
    with _moving(actor, topic_id, Step.PUBLISH_NOTICE, publicity_days=days) as topic:
        _publish(actor, topic, days=days)
    return topic


def _publish(actor: Actor, topic: Topic, *, days: int, under: str = "") -> None:
    notice = draft_notice_of(topic)
    if notice is None:
        raise RuleViolation(NO_DRAFT)
    outcomes.publish(
        actor,
        notice.pk,
        days=days,
        net_is_enough=net_is_enough(topic, notice.boards),
        objection_days=value(topic.values, "topics.objection_days"),
        under=under,
    )


def require_ahead(day: datetime.date) -> None:
    """What is promised to the neighbours lies ahead."""
    if day <= today():
        raise RuleViolation(NOT_AHEAD)


@transaction.atomic
def plan(actor: Actor, topic_id: int, *, feedback_by: datetime.date) -> Topic:
    """State by when the neighbours will hear what came of it; raises RuleViolation for a day that is not ahead."""
    topic = acting(actor, topic_id, "plan")
    require_ahead(feedback_by)
    topic.feedback_by = feedback_by
    topic.save(update_fields=["feedback_by"])
    audit(actor, topic, "plan")
    return topic


@transaction.atomic
def plan_owners(
    actor: Actor, topic_id: int, *, by: datetime.date, convener_id: int | None = None, convener_name: str = ""
) -> Topic:
    """State before publicity who will convene the owners and by when, so that the notice can say it."""
    topic = acting(actor, topic_id, "plan_owners")
    require_ahead(by)
    topic.convener = get_object_or_404(Body, pk=convener_id) if convener_id else None
    topic.convener_name, topic.owners_by = convener_name, by
    topic.save(update_fields=["convener", "convener_name", "owners_by"])
    audit(actor, topic, "plan_owners")
    return topic


@transaction.atomic
def set_item(
    actor: Actor, topic_id: int, *, what: str, body_id: int, due: datetime.date, proof: str = ""
) -> ActionItem:
    """Write one thing to be done: what, which body, by when, what will prove it."""
    topic = acting(actor, topic_id, "set_item")
    return outcomes.set_item(actor, topic.matter, what=what, body_id=body_id, due=due, proof=proof)


def adopt(actor: Actor, topic_id: int) -> Topic:
    """The secretary announces that the opinion is adopted, with what will be done, by whom, and the feedback date."""
    with _moving(actor, topic_id, Step.ADOPT) as topic:
        _publish(actor, topic, days=0, under=objected_words(topic))
    return topic


def hand_to_owners(
    actor: Actor, topic_id: int, *, by: datetime.date, convener_id: int | None = None, convener_name: str = ""
) -> Topic:
    """Hand the opinion, which is advice, to whoever may convene the owners, and by when (民法典第278条)."""
    body = get_object_or_404(Body, pk=convener_id) if convener_id else None
    given: Given = {"convener_named": bool(body or convener_name), "owners_by": by}
    with _moving(actor, topic_id, Step.HAND_TO_OWNERS, **given) as topic:
        topic.convener, topic.convener_name, topic.owners_by = body, convener_name, by
        name = body.name if body else convener_name
        _write(actor, topic, RecordKind.OWNERS_HANDOVER, body=body, host=name, due=by)
    return topic


def owners_passed(
    actor: Actor, topic_id: int, *, held_on: datetime.date, conclusion: str, feedback_by: datetime.date
) -> Topic:
    """Record that the owners have decided for it; it is then carried out."""
    given: Given = {
        "owners_result": OwnersResult.PASSED,
        "owners_result_is_recorded": bool(conclusion),
        "feedback_by": feedback_by,
    }
    with _moving(actor, topic_id, Step.OWNERS_PASSED, note=conclusion, **given) as topic:
        topic.owners_result, topic.feedback_by = OwnersResult.PASSED.value, feedback_by
        waiting = topic.records.filter(kind=RecordKind.OWNERS_DECISION.value, step=None, conclusion=conclusion)
        if not waiting.exists():
            _write(
                actor, topic, RecordKind.OWNERS_DECISION, held_on=held_on, conclusion=conclusion, body=topic.convener
            )
    return topic


def owners_failed(
    actor: Actor, topic_id: int, *, held_on: datetime.date, conclusion: str, result: OwnersResult
) -> Topic:
    """Record that no valid decision was formed, or that it was given up for good; the matter closes saying so."""
    given: Given = {"owners_result": result, "owners_result_is_recorded": bool(conclusion)}
    with _moving(actor, topic_id, Step.OWNERS_FAILED, note=conclusion, **given) as topic:
        topic.owners_result = result.value
        _write(actor, topic, RecordKind.OWNERS_DECISION, held_on=held_on, conclusion=conclusion, body=topic.convener)
    return topic


def publicity_days(topic: Topic) -> int:
    """How many days the outcome hangs out at least, by the rule set of the matter."""
    return value(topic.values, "topics.publicity_days")
