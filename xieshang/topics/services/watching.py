"""What happens below and moves a topic: a poll closed, a notice posted, an objection sustained, a post said."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xieshang.coordination.models import FourTwo, FourTwoRecord, Thread
from xieshang.coordination.rules.threads import State as ThreadState
from xieshang.discussion.models import Post
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Matter, MatterLink
from xieshang.matters.rules import FollowReason, LinkKind
from xieshang.matters.services import follow, tell_followers
from xieshang.meetings.models import KIND_LABELS
from xieshang.meetings.rules import MeetingKind
from xieshang.outcomes.models import Notice
from xieshang.voting.models import Decision, Vote
from xieshang.voting.queries import ending_of

from ..models import Topic
from ..queries.facts import OBJECTION_WORD
from ..rules import OwnersResult, RecordKind, State, Step
from .consulting import record_decision
from .moving import Given, _moving, _write, audit, set_due
from .publishing import owners_failed, owners_passed
from .screening import answer_redirect, refuse_redirect


def poll_closed(vote: Vote) -> None:
    """Record on the topic that its poll has closed; what counts is the vote's own closing time."""
    topic = Topic.objects.filter(matter_id=vote.of_id or 0, state=State.VOTING.value).first()
    if topic is None:
        return
    with _moving(SYSTEM, topic.pk, Step.CLOSE_POLL, poll_time_is_up=True, poll_is_closed=False):
        pass


def owners_decided(decision: Decision) -> None:
    """The owners' vote to which a topic was handed has its result: the topic goes on with it, nobody types it again.

    Passed, but nothing promised yet: the result stands recorded, and the convener says who does what by when.
    """
    topic = Topic.objects.filter(matter_id=decision.vote.of_id or 0, state=State.TO_OWNERS.value).first()
    if topic is None:
        return
    ending = ending_of(decision.vote)
    held_on = day_of(decision.vote.closes_at or now())
    if not ending.is_passed:
        owners_failed(SYSTEM, topic.pk, held_on=held_on, conclusion=ending.sentence, result=OwnersResult.NO_DECISION)
        return
    dues = topic.matter.action_items.order_by("-due").values_list("due", flat=True)
    feedback_by = topic.feedback_by or dues.first() or today()
    try:
        with transaction.atomic():
            owners_passed(SYSTEM, topic.pk, held_on=held_on, conclusion=ending.sentence, feedback_by=feedback_by)
    except RuleViolation:
        _keep_result(topic, ending.sentence, held_on)


def _keep_result(topic: Topic, conclusion: str, held_on: date) -> None:
    """The owners have decided for it; what will be done is still to be said."""
    Topic.objects.filter(pk=topic.pk).update(owners_result=OwnersResult.PASSED.value)
    _write(SYSTEM, topic, RecordKind.OWNERS_DECISION, held_on=held_on, conclusion=conclusion, body=topic.convener)
    audit(SYSTEM, topic, "record_owners", reason=conclusion)
    tell_followers(topic.matter, body=_("业主表决通过了，接下来请召集人写明由谁办、哪天前办好。"))


def thread_ended(actor: Actor, thread: Thread) -> None:
    """The thread that a topic was handed to is settled: its result is the answer; not taken up, it comes back."""
    source = MatterLink.objects.filter(target=thread.matter_id, kind=LinkKind.BECAME.value).values("source")
    topic = Topic.objects.filter(matter__in=source, state=State.REDIRECTED.value).first()
    if topic is None:
        return
    number = thread.matter.number
    if thread.state == ThreadState.CLOSED:
        answer_redirect(SYSTEM, topic.pk, answer=thread.result or _("已协调办结，经过见%s。") % number)
    else:
        refuse_redirect(SYSTEM, topic.pk, reason=_("没有按协调受理，原因见%s。") % number)


def _waiting_for(flow: FourTwo) -> Topic | None:
    """The topic that a 四议两公开 came from and that waits for what is decided there."""
    sources = MatterLink.objects.filter(target=flow.matter_id, kind=LinkKind.BECAME.value).values("source")
    return Topic.objects.filter(matter__in=sources, state=State.ESCALATED.value).first()


def fourtwo_resolved(record: FourTwoRecord) -> None:
    """A meeting has resolved on a 四议两公开: the topic it came from has its decision, nobody types it again."""
    topic = _waiting_for(record.flow)
    if topic is None:
        return
    record_decision(
        SYSTEM,
        topic.pk,
        held_on=record.held_on,
        host=record.chair,
        form=str(KIND_LABELS[MeetingKind(record.kind)]),
        expected=record.expected,
        present=record.present,
        agree=record.agree,
        against=record.against,
        abstain=record.abstain,
        conclusion=_("按四议两公开（%s）决议通过。") % record.flow.matter.number,
        minutes=record.minutes,
        quorum_met=True,
    )


def resolution_published(actor: Actor, flow: FourTwo) -> None:
    """A 四议两公开 makes public what was resolved: those days and objections are the topic's publicity too.

    Where the rules of topics ask for more (days, another person), the topic is published by itself.
    """
    topic, notice = _waiting_for(flow), flow.resolution
    if topic is None or notice is None:
        return
    given: Given = {
        "outcome_drafted": True,
        "drafted_by": notice.drafted_by_id,
        "objection_channel_given": OBJECTION_WORD in notice.body,
        "publicity_days": notice.days,
    }
    note = _("四议两公开（%s）的决议公开，就是这件事的公示。") % flow.matter.number
    try:
        with _moving(actor, topic.pk, Step.PUBLISH_NOTICE, note=note, **given) as topic:
            topic.resolution = notice
    except (NotAllowed, RuleViolation):
        return


def notice_posted(actor: Actor, notice: Notice) -> None:
    """The last board is recorded: the days of the notice are known, and with them the limit of the state."""
    for matter_id in Topic.objects.filter(_published_by(notice)).values_list("matter_id", flat=True):
        _reckon(matter_id)


def _published_by(notice: Notice) -> Q:
    """Topics of which this notice is one of their own, or whose publicity it is."""
    return Q(matter_id=notice.matter_id) | Q(resolution=notice)


def promises_moved(actor: Actor, matter: Matter) -> None:
    """All that was promised is verified: the next day that counts is another."""
    _reckon(matter.pk)


def _reckon(matter_id: int) -> None:
    topic = Topic.objects.select_for_update(of=("self",)).with_frame().filter(matter_id=matter_id).first()
    if topic is not None:
        set_due(topic, today())
        topic.save(update_fields=["due_on", "alarm_on"])


def objection_sustained(actor: Actor, notice: Notice) -> None:
    """An objection was found right, by the committee or above: the opinion is to be mended and confirmed anew."""
    topic = Topic.objects.filter(_published_by(notice), state=State.PUBLICITY.value).first()
    if topic is None:
        return
    given: Given = {"reason_given": True, "sustained_objections": 1}
    with _moving(SYSTEM, topic.pk, Step.SUSTAIN_OBJECTION, note="异议成立", **given) as topic:
        topic.opinion_confirmed, topic.resolution = False, None
        topic.sent_back_on = today()


def spoken(post: Post) -> None:
    """Whoever speaks on a topic hears how it goes on."""
    if post.office_id is None:
        follow(post.matter, post.author_id, FollowReason.SPOKE)
