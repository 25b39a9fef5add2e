"""Raising a matter, mending and withdrawing it, supporting it."""

from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body, Household, Place
from xieshang.community.permissions import confirmed_homes
from xieshang.community.queries import first_officer, households_under, rules_for, units_of
from xieshang.coordination.models import Thread
from xieshang.discussion.services import attach_photo
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.live.services import tell, tell_crowd
from xieshang.matters import services as matters
from xieshang.matters.rules import FollowReason, LinkKind

from ..models import Draft, Support, Topic, TopicVersion
from ..rules import DEFAULTS, SUPPORTABLE, TEXT_MAY_CHANGE, State, Step, Values, is_lifted, value
from .drafts import drop_draft
from .moving import _moving, acting, audit, locked

TEXT_IS_FIXED = Refusal("text_is_fixed", _("预告以后，提出人写的内容不再改动。要补充的话，请在讨论里说。"))
SENT_ALREADY = Refusal("sent_already", _("这件事已经提交过了，在“我的”里能看到。"))
NOT_SUPPORTABLE = Refusal("not_supportable", _("这件事现在不收集支持了。"))


@transaction.atomic
def raise_topic(
    actor: Actor,
    *,
    title: str,
    text: str,
    place_id: int,
    danger: bool = False,
    photos: Iterable[File] = (),
) -> Topic:
    """Raise a matter about a place and send it in; new people's first ones wait for a look, others go to screening."""
    place = get_object_or_404(Place.objects.select_related("community"), pk=place_id)
    if not has_perm("topics.raise", actor, place):
        raise NotAllowed("raise", _("请先登录，再说事。"))
    topic = _make(actor, place, title, text)
    topic.danger = danger
    topic.save()
    for photo in photos:
        attach_photo(actor, topic.matter, photo, caption="")
    return submit(actor, topic.pk)


@transaction.atomic
def raise_from_thread(actor: Actor, thread_id: int) -> Topic:
    """What the sides were to settle is talked over by all: a topic of the same words, each end showing the other."""
    rows = Thread.objects.visible_to(actor).select_related("matter__place", "matter__community")
    thread = get_object_or_404(rows, pk=thread_id)
    if not has_perm("topics.raise_from_thread", actor, thread):
        raise NotAllowed("raise_from_thread")
    topic = raise_topic(actor, title=thread.title, text=thread.text, place_id=thread.matter.place_id)
    matters.link(thread.matter, topic.matter, LinkKind.BECAME)
    return topic


def _make(actor: Actor, place: Place, title: str, text: str) -> Topic:
    """The rows of a new topic, a draft still."""
    matter = matters.make(actor, kind="topic", prefix="议", title=title, place=place)
    values: dict[str, Any] = rules_for(place, "topics", today(), DEFAULTS)
    topic = Topic.objects.create(
        matter=matter,
        community_id=matter.community_id,
        text=text,
        values=values,
        entered_at=now(),
        review_needed=_is_new_here(actor, values),
        raised_for=Body.objects.filter(pk=actor.office.body_id or 0).first() if actor.office else None,
        **actor.assisted,
    )
    matter.url = topic.get_absolute_url()
    matter.save(update_fields=["url"])
    TopicVersion.objects.create(topic=topic, version=1, title=title, text=text, at=now())
    matters.retitle(matter, title=title, place=place, words=text)
    return topic


def _is_new_here(actor: Actor, values: Values) -> bool:
    """Whether this one's first matters are looked at first; what officers raise or write down is not."""
    if actor.office or actor.helper:
        return False
    passed = Topic.objects.filter(matter__raised_by=actor.person_id, was_screened=True).count()
    return passed < value(values, "topics.first_posts_reviewed")


def submit(actor: Actor, topic_id: int) -> Topic:
    """Send a draft in; name the first officer; let it through at once where nobody needs to look first."""
    with _moving(actor, topic_id, Step.SUBMIT) as topic:
        topic.first_officer = first_officer(topic.place)
        topic.households = households_under(topic.place_path)
    if not topic.review_needed and _is_verified(topic):
        with _moving(SYSTEM, topic_id, Step.ADMIT) as topic:
            pass
    return topic


def _is_verified(topic: Topic) -> bool:
    return bool(topic.raised_for_id) or confirmed_homes(topic.matter.raised_by_id or 0, topic.community_id)


@transaction.atomic
def raise_draft(actor: Actor, *, title: str, text: str, place_id: int, danger: bool = False) -> Topic:
    """Raise what the draft holds, with its pictures, and clear the draft; a second click finds it gone."""
    draft = Draft.objects.select_for_update().filter(person_id=actor.person_id or 0).first()
    if draft is None:
        raise RuleViolation(SENT_ALREADY)
    photos: list[Any] = [photo.page for photo in draft.photos.order_by("pk")]
    topic = raise_topic(actor, title=title, text=text, place_id=place_id, danger=danger, photos=photos)
    drop_draft(actor)
    return topic


@transaction.atomic
def edit(actor: Actor, topic_id: int, *, title: str, text: str, place_id: int | None = None) -> Topic:
    """Change one's own words until the advance notice; earlier words are kept and supporters hear of it."""
    topic = locked(actor, topic_id, "edit")
    if State(topic.state) not in TEXT_MAY_CHANGE:
        raise RuleViolation(TEXT_IS_FIXED)
    place = get_object_or_404(Place, pk=place_id) if place_id else topic.place
    last = topic.versions.aggregate(last=Max("version"))["last"] or 0
    TopicVersion.objects.create(topic=topic, version=last + 1, title=title, text=text, at=now())
    topic.text = text
    topic.save(update_fields=["text"])
    matters.retitle(topic.matter, title=title, place=place, words=text)
    if place_id:
        rescope(topic)
    audit(actor, topic, "edit")
    tell(f"matter.{topic.matter_id}", "moved")
    if topic.supports.exists():
        matters.tell_followers(topic.matter, body="提出人修改了内容，您可以再看一眼。", leave_out=[actor.person_id])
    return topic


@transaction.atomic
def resend(actor: Actor, topic_id: int, *, title: str, text: str) -> Topic:
    """Mend what was returned and send it in again, under the same number."""
    with _moving(actor, topic_id, Step.MEND):
        pass
    edit(actor, topic_id, title=title, text=text)
    return submit(actor, topic_id)


def withdraw(actor: Actor, topic_id: int, *, reason: str = "") -> Topic:
    """Take one's own matter back, before its notice; with many supporters the committee must have agreed."""
    with _moving(actor, topic_id, Step.WITHDRAW, note=reason) as topic:
        pass
    return topic


@transaction.atomic
def agree_withdrawal(actor: Actor, topic_id: int) -> Topic:
    """The committee agrees that a much supported matter may be withdrawn by its author."""
    topic = acting(actor, topic_id, "agree_withdrawal")
    topic.withdrawal_agreed = True
    topic.save(update_fields=["withdrawal_agreed"])
    audit(actor, topic, "agree_withdrawal")
    return topic


@transaction.atomic
def support(actor: Actor, topic_id: int) -> Support:
    """Support a matter, once a person; counted by household, those in its scope and others apart."""
    topic = locked(actor, topic_id, "support")
    if State(topic.state) not in SUPPORTABLE:
        raise RuleViolation(NOT_SUPPORTABLE)
    person_id = actor.person_id or 0
    # The topic is locked: nobody adds a row for the same person in between.
    if before := topic.supports.filter(person_id=person_id).first():
        return before
    household, in_scope = _home_for(actor, topic)
    row = Support.objects.create(
        topic=topic, person_id=person_id, household=household, in_scope=in_scope, at=now(), **actor.assisted
    )
    matters.follow(topic.matter, person_id, FollowReason.SUPPORTED)
    audit(actor, topic, "support")
    lift(topic)
    return row


def _home_for(actor: Actor, topic: Topic) -> tuple[Household | None, bool]:
    """The household a person supports from: one in the scope before any other of the community."""
    units = units_of(actor.person_id or 0, topic.community_id)
    units.sort(key=lambda unit: not unit.path.startswith(topic.place_path))
    if not units:
        return None, False
    return getattr(units[0], "household", None), units[0].path.startswith(topic.place_path)


def rescope(topic: Topic) -> None:
    """After another scope was set: count its homes anew, and which supporters live in it."""
    topic.households = households_under(topic.place_path)
    topic.save(update_fields=["households"])
    inside = Household.objects.filter(unit__path__startswith=topic.place_path)
    from_homes = topic.supports.exclude(household=None)
    from_homes.filter(household__in=inside).update(in_scope=True)
    from_homes.exclude(household__in=inside).update(in_scope=False)


def lift(topic: Topic) -> None:
    """Let a matter with enough supporters come first in the screening queue; tell the open pages."""
    if not topic.lifted and is_lifted(topic.supports.count(), topic.values):
        Topic.objects.filter(pk=topic.pk).update(lifted=True)
    tell_crowd(f"matter.{topic.matter_id}", "support")


@transaction.atomic
def unsupport(actor: Actor, topic_id: int) -> None:
    """Take one's support back while support is still gathered."""
    topic = locked(actor, topic_id, "support")
    if State(topic.state) not in SUPPORTABLE:
        raise RuleViolation(NOT_SUPPORTABLE)
    gone, _rows = topic.supports.filter(person_id=actor.person_id or 0).delete()
    if gone:
        audit(actor, topic, "unsupport")
        tell_crowd(f"matter.{topic.matter_id}", "support")
