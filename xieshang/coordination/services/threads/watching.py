"""What happens below and moves a thread: the owners have decided."""

from xieshang.lib.actor import SYSTEM
from xieshang.voting.models import Decision
from xieshang.voting.queries import ending_of

from ...models import Thread
from ...rules.threads import State
from .settling import owners_failed, owners_passed


def owners_decided(decision: Decision) -> None:
    """The vote to which a thread was handed has its result: the thread goes on with it, nobody types it again."""
    thread = Thread.objects.filter(matter_id=decision.vote.of_id or 0, state=State.TO_OWNERS.value).first()
    if thread is None:
        return
    ending = ending_of(decision.vote)
    verb = owners_passed if ending.is_passed else owners_failed
    verb(SYSTEM, thread.pk, result=ending.sentence)
