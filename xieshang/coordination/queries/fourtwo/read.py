"""One 四议两公开 that a reader may know of."""

from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind, NoticeState

from ...models import FourTwo


def visible_flow(actor: Actor, flow_id: int) -> FourTwo:
    """The procedure for its page; 404 where this actor may not know of it."""
    return get_object_or_404(FourTwo.objects.visible_to(actor).with_frame(), pk=flow_id)


def drafted(flow: FourTwo) -> Notice | None:
    """The resolution's notice that is being written, or was sent back."""
    states = [NoticeState.DRAFT.value, NoticeState.RETURNED.value]
    return flow.matter.notices.filter(kind=NoticeKind.GONGSHI.value, state__in=states).first()
