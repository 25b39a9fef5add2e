"""Looking at first words, and deciding what a raised matter is: to consult about, to repair, to pass on, to merge."""

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Body
from xieshang.coordination.services import threads as coordination
from xieshang.discussion.services import attach_photo
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.workdays import period_after
from xieshang.matters import services as matters
from xieshang.matters.rules import FollowReason, LinkKind
from xieshang.outcomes.services import open_rating

from ..models import Support, Topic
from ..rules import CHANNEL_LABELS, Channel, Nature, RecordKind, State, Step, TopicKind, is_open, value
from .moving import Given, _moving, _write
from .raising import lift


def admit(actor: Actor, topic_id: int) -> Topic:
    """Let a new neighbour's words through to screening."""
    with _moving(actor, topic_id, Step.ADMIT) as topic:
        topic.review_needed = False
    return topic


def reject_content(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """Hold back words that break the rules; the author is told the reason and may appeal to another person."""
    with _moving(actor, topic_id, Step.REJECT_CONTENT, note=reason, reason_given=bool(reason)) as topic:
        topic.rejected_by_id = actor.person_id
        topic.appeal_made = topic.appeal_dismissed = False
        _write(actor, topic, RecordKind.REVIEW_NOTE, conclusion=reason)
    return topic


def appeal(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """The author asks for a second look by another person."""
    with _moving(actor, topic_id, Step.APPEAL, note=reason, reason_given=bool(reason)) as topic:
        topic.appeal_made = True
        _write(actor, topic, RecordKind.APPEAL, conclusion=reason)
    return topic


def uphold_appeal(actor: Actor, topic_id: int, *, reason: str = "") -> Topic:
    """Another person finds the author right; the matter goes to screening."""
    with _moving(actor, topic_id, Step.UPHOLD_APPEAL, note=reason) as topic:
        topic.review_needed = False
    return topic


def dismiss_appeal(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """Another person finds the holding back right, and says why."""
    with _moving(actor, topic_id, Step.DISMISS_APPEAL, note=reason, reason_given=bool(reason)) as topic:
        topic.appeal_dismissed = True
    return topic


def accept(
    actor: Actor, topic_id: int, *, kind: TopicKind, nature: Nature, wide_impact: bool = False, note: str = ""
) -> Topic:
    """Take a raised topic up as a consultation and hand it to the Party organisation's study."""
    with _moving(actor, topic_id, Step.ACCEPT, note=note, kind=kind, nature=nature, danger=False) as topic:
        topic.kind, topic.nature, topic.wide_impact = kind.value, nature.value, wide_impact
        topic.danger = False
        topic.screened_by_id = actor.person_id
        topic.party_opinion = "none"
        _write(actor, topic, RecordKind.SCREENING_NOTE, conclusion=note)
    return topic


def dispatch(
    actor: Actor,
    topic_id: int,
    *,
    reason: str,
    receiver_id: int | None = None,
    receiver_name: str = "",
    danger: bool = False,
) -> Topic:
    """Send a repair or a danger to whoever can mend it, at once; a danger is due the same day."""
    body = get_object_or_404(Body, pk=receiver_id) if receiver_id else None
    given: Given = {
        "receiver_named": bool(body or receiver_name),
        "plain_repair": not danger,
        "danger": danger,
        "reason_given": bool(reason),
    }
    with _moving(actor, topic_id, Step.DISPATCH, note=reason, **given) as topic:
        topic.receiver, topic.receiver_name = body, receiver_name
        topic.danger, topic.plain_repair = danger, not danger
        topic.screened_by_id = actor.person_id
        _write(actor, topic, RecordKind.HANDOVER, conclusion=reason, body=body, host=receiver_name)
    return topic


def report_handled(actor: Actor, topic_id: int, *, text: str, photo: UploadedFile | None = None) -> Topic:
    """Say that the repair is done, with a picture or a note; neighbours then say whether it is."""
    with _moving(actor, topic_id, Step.REPORT_HANDLED, note=text, proof_given=bool(text or photo)) as topic:
        file = attach_photo(actor, topic.matter, photo, caption="办好后的照片") if photo else None
        _write(actor, topic, RecordKind.PROOF, file=file, conclusion=text)
        open_rating(topic.matter, period_after(today(), value(topic.values, "topics.handled_days")).last_day)
    return topic


def confirm_solved(actor: Actor, topic_id: int) -> Topic:
    """A neighbour says that it is solved."""
    with _moving(actor, topic_id, Step.CONFIRM_SOLVED) as topic:
        pass
    return topic


def report_unsolved(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """A neighbour says that it is not solved; back to screening."""
    with _moving(actor, topic_id, Step.REPORT_UNSOLVED, note=reason, reason_given=bool(reason)) as topic:
        topic.receiver, topic.receiver_name = None, ""
    return topic


@transaction.atomic
def redirect(
    actor: Actor,
    topic_id: int,
    *,
    channel: Channel,
    reason: str,
    due: datetime.date | None,
    receiver_id: int | None = None,
    receiver_name: str = "",
) -> Topic:
    """Pass a matter on to where it belongs; the number stays open with the first officer until the receiver answers.

    What the sides are to settle becomes a coordination thread at once; its end is the answer.
    """
    body = get_object_or_404(Body, pk=receiver_id) if receiver_id else None
    given: Given = {"receiver_named": bool(body or receiver_name), "receiver_due": due, "reason_given": bool(reason)}
    with _moving(actor, topic_id, Step.REDIRECT, note=reason, **given) as topic:
        topic.receiver, topic.receiver_name, topic.receiver_due = body, receiver_name, due
        topic.screened_by_id = actor.person_id
        form = str(CHANNEL_LABELS[channel])
        _write(actor, topic, RecordKind.HANDOVER, conclusion=reason, body=body, host=receiver_name, due=due, form=form)
    if channel == Channel.COORDINATION:
        _raise_thread(actor, topic)
    return topic


def _raise_thread(actor: Actor, topic: Topic) -> None:
    homes = topic.supports.filter(in_scope=True).exclude(household=None).values("household").distinct().count()
    voices = _("%d户居民") % homes if homes else _("居民")
    coordination.raise_from(actor, topic.matter, title=topic.title, text=topic.text, voices=voices)


def answer_redirect(actor: Actor, topic_id: int, *, answer: str) -> Topic:
    """The receiver's answer closes the matter and is shown to all."""
    with _moving(actor, topic_id, Step.ANSWER_REDIRECT, note=answer, answer_given=bool(answer)) as topic:
        _write(actor, topic, RecordKind.HANDOVER_ANSWER, conclusion=answer, body=topic.receiver)
    return topic


def refuse_redirect(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """The receiver does not take it; the first officer has it again."""
    with _moving(actor, topic_id, Step.REFUSE_REDIRECT, note=reason, reason_given=bool(reason)) as topic:
        _write(actor, topic, RecordKind.HANDOVER_ANSWER, conclusion=reason, body=topic.receiver, sends_back=True)
        topic.receiver, topic.receiver_name, topic.receiver_due = None, "", None
    return topic


def return_to_author(actor: Actor, topic_id: int, *, reason: str) -> Topic:
    """Give it back with what is missing; the author may mend it and send it again."""
    with _moving(actor, topic_id, Step.RETURN_TO_AUTHOR, note=reason, reason_given=bool(reason)) as topic:
        _write(actor, topic, RecordKind.SCREENING_NOTE, conclusion=reason, sends_back=True)
    return topic


@transaction.atomic
def merge(actor: Actor, topic_id: int, *, into_id: int, reason: str) -> Topic:
    """Merge a duplicate into another topic: all supporters, followers and texts stay, under the other's number."""
    # Both under lock, in one order for all: of two merged crosswise one goes through, and nobody is added in between.
    both = Topic.objects.visible_to(actor).filter(pk__in=(topic_id, into_id)).select_related("matter")
    held = {topic.pk: topic for topic in both.select_for_update(of=("self",)).order_by("pk")}
    target = held.get(into_id) if into_id != topic_id else None
    stands = bool(target and is_open(State(target.state)))
    given: Given = {
        "merge_target_named": target is not None,
        "merge_target_is_open": stands,
        "reason_given": bool(reason),
    }
    with _moving(actor, topic_id, Step.MERGE, note=reason, **given) as topic:
        topic.merged_into = target
        _write(actor, topic, RecordKind.SCREENING_NOTE, conclusion=reason)
        if target:
            _bring_over(topic, target)
    return topic


def _bring_over(topic: Topic, target: Topic) -> None:
    """Supporters of the duplicate support the other one too; its author counts as one of them."""
    matters.link(topic.matter, target.matter, LinkKind.MERGED_INTO)
    there = set(target.supports.values_list("person_id", flat=True))
    moved = [
        Support(
            topic=target,
            person_id=row.person_id,
            household_id=row.household_id,
            in_scope=row.in_scope,
            came_from=topic,
            at=row.at,
            assisted_by_id=row.assisted_by_id,
            consent=row.consent,
        )
        for row in topic.supports.all()
        if row.person_id not in there
    ]
    author = topic.matter.raised_by_id
    if author and author not in there | {row.person_id for row in moved}:
        moved.append(Support(topic=target, person_id=author, came_from=topic, at=now()))
    Support.objects.bulk_create(moved)
    for person in {row.person_id for row in moved} | ({author} if author else set()):
        matters.follow(target.matter, person, FollowReason.SUPPORTED)
    lift(target)
