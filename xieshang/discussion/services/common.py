"""What all verbs about a post share: finding it under lock, bringing it before people's eyes, recording."""

from collections.abc import Mapping

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.live.services import tell
from xieshang.matters.models import Matter
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow, tell_followers
from xieshang.notify.services import send

from .. import hooks
from ..models import Post
from ..rules import PostState


def locked(actor: Actor, post_id: int, verb: str) -> Post:
    """The post under lock, if this actor may read it (else 404) and may do the verb (else NotAllowed)."""
    rows = Post.objects.visible_to(actor).select_related("thread__matter__place", "office__body", "parent")
    post = get_object_or_404(rows.select_for_update(of=("self",)), pk=post_id)
    require(actor, verb, post)
    return post


def require(actor: Actor, verb: str, thing: object) -> None:
    """Raise NotAllowed unless this actor may do the verb to the thing."""
    if not has_perm(f"discussion.{verb}", actor, thing):
        raise NotAllowed(verb)


def person_of(actor: Actor) -> int:
    """Id of the person acting; the permissions have let nobody through without one."""
    if actor.person_id is None:
        raise NotAllowed("say")
    return actor.person_id


def hands_of(actor: Actor) -> int:
    """Id of the human being whose hands act."""
    return actor.hands or person_of(actor)


def office_of(actor: Actor) -> int:
    """Id of the office acted in; the permissions have let no neighbour through."""
    if actor.office is None or actor.office.id is None:
        raise NotAllowed("review")
    return actor.office.id


def note(
    actor: Actor,
    verb: str,
    post: Post,
    *,
    before: str = "",
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write a verb about a post into the record: ids and states, never its words."""
    matter = post.matter
    facts = {"post": post.pk, **(detail or {})}
    words = {"number": matter.number, "place": matter.place_path, "before": before, "after": post.state}
    record(actor, f"discussion.{verb}", **words, reason=reason, detail=facts)


def appear(post: Post) -> None:
    """Bring a post before people's eyes; the first time its author begins to follow, and whom it answers is told."""
    first = post.shown_at is None
    post.state, post.shown_at = PostState.SHOWN.value, post.shown_at or now()
    post.save()
    tell_posts(post)
    if not first:
        return
    follow(post.matter, post.author_id, FollowReason.SPOKE)
    _tell_people(post)
    for said in hooks.on_said:
        said(post)


def _tell_people(post: Post) -> None:
    """An organisation's answer goes to everybody who follows; a neighbour's only to the one it answers."""
    matter: Matter = post.matter
    if post.office:
        body = _("%(body)s作了答复。") % {"body": post.office.body.name}
        tell_followers(matter, body=body, leave_out=[post.author_id])
        return
    if post.parent and post.parent.author_id != post.author_id:
        body = _("有人回复了您的意见。")
        send([post.parent.author_id], title=matter.title, body=body, number=matter.number, url=post.get_absolute_url())


def tell_posts(post: Post) -> None:
    """Say live that there is something new to read."""
    tell(f"matter.{post.matter.pk}", "posts")


def tell_changed(post: Post) -> None:
    """Say live that something already there has changed, so that the figures are read anew."""
    tell(f"matter.{post.matter.pk}", "thread")
