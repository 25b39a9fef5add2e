"""The fifth step: the resolution is made public, its days run, objections are answered, the work begins."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.community.models import Body
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.days import day_of
from xieshang.lib.refusals import RuleViolation
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind

from ... import hooks
from ...models import FourTwo
from ...queries.fourtwo.read import drafted
from ...queries.fourtwo.words import boards_of
from ...rules.fourtwo import State, Step
from ...rules.fourtwo.guards import NOT_IN_COURSE
from .moving import _moving, audit, end_draft, locked

BATCH = 50


@transaction.atomic
def draft_resolution(
    actor: Actor, flow_id: int, *, title: str, body: str, boards: Sequence[str] | None = None
) -> Notice:
    """Write the notice of the resolution, or write it anew; the Party secretary of the place publishes it."""
    flow = locked(actor, flow_id, "draft_resolution")
    if flow.state != State.RESOLVED:
        raise RuleViolation(NOT_IN_COURSE)
    words: Any = {"title": title, "body": body, "signers": signers_of(flow)}
    words["boards"] = boards_of(flow) if boards is None else boards
    draft = drafted(flow)
    if draft is not None:
        notice = outcomes.redraft(actor, draft.pk, **words)
    else:
        notice = outcomes.draft(actor, flow.matter, kind=NoticeKind.GONGSHI, **words)
    audit(actor, flow, "draft_resolution")
    return notice


def publish_resolution(actor: Actor, flow_id: int, *, days: int, net_is_enough: bool = False) -> FourTwo:
    """Publish the resolution for at least the days of the place; another person wrote it."""
    with _moving(actor, flow_id, Step.PUBLISH_RESOLUTION, publicity_days=days) as flow:
        draft = drafted(flow)
        assert draft is not None  # the guards have asked for it
        flow.resolution = outcomes.publish(actor, draft.pk, days=days, net_is_enough=net_is_enough)
        for hear in hooks.resolution_published:
            hear(actor, flow)
    return flow


def start(actor: Actor, flow_id: int) -> FourTwo:
    """Begin the work, once the resolution has been public for its days and every objection has its answer."""
    since = None
    flow = FourTwo.objects.select_related("resolution").filter(pk=flow_id).first()
    if actor is SYSTEM and flow is not None and flow.resolution and flow.resolution.last_day:
        since = flow.resolution.last_day + timedelta(days=1)
    with _moving(actor, flow_id, Step.START, since=since) as flow:
        pass
    return flow


def objection_sustained(actor: Actor, notice: Notice) -> None:
    """An objection to the resolution was found right: this draft is over, and the way begins anew."""
    flow = FourTwo.objects.filter(resolution=notice, state=State.RESOLUTION_PUBLISHED.value).first()
    if flow is None:
        return
    with _moving(SYSTEM, flow.pk, Step.SUSTAIN_OBJECTION, note=_("异议成立"), sustained_objections=1) as flow:
        end_draft(flow, _("公开期间有异议成立"))


def due(at: datetime) -> int:
    """Begin the work where the days are over and nothing is left to answer; gives how many."""
    over = FourTwo.objects.filter(state=State.RESOLUTION_PUBLISHED.value, resolution__last_day__lt=day_of(at))
    free = over.exclude(resolution__objections__state="open").exclude(resolution__objections__sustained=True)
    done = 0
    for flow in free.order_by("pk")[:BATCH]:
        start(SYSTEM, flow.pk)
        done += 1
    return done


def signers_of(flow: FourTwo) -> list[Body]:
    """Who stands under it: the Party organisation and the committee of the place."""
    kinds = ("party_org", "residents_committee", "villagers_committee")
    return list(flow.matter.community.bodies.filter(kind__in=kinds))
