"""What happens below and moves a topic: a poll closed, a notice posted, an objection sustained, a post said."""

from xieshang.discussion.models import Post
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import today
from xieshang.matters.models import Matter
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow
from xieshang.outcomes.models import Notice
from xieshang.voting.models import Vote

from ..models import Topic
from ..rules import State, Step
from .moving import Given, _moving, set_due


def poll_closed(vote: Vote) -> None:
    """Record on the topic that its poll has closed; what counts is the vote's own closing time."""
    topic = Topic.objects.filter(matter_id=vote.of_id or 0, state=State.VOTING.value).first()
    if topic is None:
        return
    with _moving(SYSTEM, topic.pk, Step.CLOSE_POLL, poll_time_is_up=True, poll_is_closed=False):
        pass


def notice_posted(actor: Actor, notice: Notice) -> None:
    """The last board is recorded: the days of the notice are known, and with them the limit of the state."""
    _reckon(notice.matter_id)


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
    topic = Topic.objects.filter(matter_id=notice.matter_id, state=State.PUBLICITY.value).first()
    if topic is None:
        return
    given: Given = {"reason_given": True, "sustained_objections": 1}
    with _moving(SYSTEM, topic.pk, Step.SUSTAIN_OBJECTION, note="异议成立", **given) as topic:
        topic.opinion_confirmed = False
        topic.sent_back_on = today()


def spoken(post: Post) -> None:
    """Whoever speaks on a topic hears how it goes on."""
    if post.office_id is None:
        follow(post.matter, post.author_id, FollowReason.SPOKE)
