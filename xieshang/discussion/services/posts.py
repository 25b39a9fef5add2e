"""Speaking: saying, changing, taking back, thanking."""

from collections.abc import Sequence

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI
from xieshang.lib.refusals import RuleViolation
from xieshang.matters.models import Matter

from ..models import Post, PostVersion, Thanks, Thread
from ..rules import (
    NOT_OPEN,
    NOT_SHOWN,
    OWN_POST,
    Position,
    PostState,
    must_wait,
    require_editable,
    require_state,
    require_words,
)
from .common import appear, locked, note, person_of, require, tell_changed
from .files import Upload, drawn, keep_picture

LIVING = frozenset({PostState.WAITING, PostState.SHOWN})
SHOWN = frozenset({PostState.SHOWN})


def say(
    actor: Actor, matter_id: int, *, text: str, position: str, reply_to: int | None, photos: Sequence[Upload]
) -> Post:
    """Say something about a matter, as a neighbour or for the body acted for; it may have to wait for review."""
    text = text.replace("\r\n", "\n").strip()
    require_words(text, official=actor.office is not None, photos=len(photos))
    pictures = [drawn(photo) for photo in photos]
    with transaction.atomic():
        thread = _open_thread_of(actor, matter_id)
        parent = _answered(actor, thread, reply_to)
        side = Position.NONE if parent or actor.office else Position(position)
        post = Post.objects.create(
            thread=thread,
            community_id=thread.community_id,
            author_id=person_of(actor),
            office_id=actor.office.id if actor.office else None,
            parent=parent,
            text=text,
            position=side.value,
            said_at=now(),
            **actor.assisted,
        )
        for picture in pictures:
            keep_picture(actor, thread.matter, picture, post=post)
        if not _waits(post):
            appear(post)
        note(actor, "say", post)
    return post


def _open_thread_of(actor: Actor, matter_id: int) -> Thread:
    """The thread under lock: what was let in is said before the discussion closes, or not at all."""
    matters = Matter.objects.visible_to(actor).filter(pk=matter_id)
    threads = Thread.objects.select_related("matter__place").select_for_update(of=("self",))
    thread = get_object_or_404(threads, matter__in=matters)
    require(actor, "say", thread)
    if not thread.is_open:
        raise RuleViolation(NOT_OPEN)
    return thread


def _answered(actor: Actor, thread: Thread, reply_to: int | None) -> Post | None:
    """The post that is answered; an answer to an answer stands under the same post, one level deep."""
    if reply_to is None:
        return None
    shown = Post.objects.visible_to(actor).filter(thread=thread, state=PostState.SHOWN.value)
    post = get_object_or_404(shown.select_related("parent"), pk=reply_to)
    return post.parent or post


def _waits(post: Post) -> bool:
    """Whether a post waits: not what a body says, nor what an officer typed in for a neighbour and has read."""
    if post.office_id or post.assisted_by_id:
        return False
    own = Post.objects.filter(author=post.author_id, community=post.community_id, state=PostState.SHOWN.value)
    hour = now().astimezone(SHANGHAI).hour
    return must_wait(post.thread.caution, shown_before=own.exclude(pk=post.pk).count(), hour=hour)


@transaction.atomic
def edit(actor: Actor, post_id: int, *, text: str, position: str) -> Post:
    """Change one's own words within the edit window; the earlier ones stay to be read beside them."""
    post = locked(actor, post_id, "edit")
    text, at = text.replace("\r\n", "\n").strip(), now()
    require_words(text, official=post.office_id is not None, photos=0)
    require_editable(PostState(post.state), post.said_at, at, post.thread.edit_minutes)
    taken = Position.NONE if post.parent_id or post.office_id else Position(position)
    if (text, taken) == (post.text, post.position):
        return post
    before, was_shown = post.state, post.state == PostState.SHOWN
    PostVersion.objects.create(post=post, text=post.text, position=post.position, was_shown=was_shown, replaced_at=at)
    post.text, post.position, post.edited_at = text, taken.value, at
    if was_shown and _waits(post):
        post.state = PostState.WAITING.value
    post.save()
    note(actor, "edit", post, before=before)
    tell_changed(post)
    return post


@transaction.atomic
def withdraw(actor: Actor, post_id: int) -> Post:
    """Take back one's own post: it is shown no more, its words stay in the record."""
    post = locked(actor, post_id, "withdraw")
    require_state(PostState(post.state), LIVING, NOT_SHOWN)
    before, post.state = post.state, PostState.WITHDRAWN.value
    post.save(update_fields=["state"])
    note(actor, "withdraw", post, before=before)
    tell_changed(post)
    return post


@transaction.atomic
def thank(actor: Actor, post_id: int) -> None:
    """Thank somebody for a post, once; twice at the same moment counts once."""
    post = _thankable(actor, post_id)
    row = Thanks(post=post, person_id=person_of(actor), at=now())
    Thanks.objects.bulk_create([row], ignore_conflicts=True)
    note(actor, "thank", post)
    tell_changed(post)


@transaction.atomic
def unthank(actor: Actor, post_id: int) -> None:
    """Take one's thanks back."""
    post = _thankable(actor, post_id)
    Thanks.objects.filter(post=post, person_id=person_of(actor)).delete()
    note(actor, "unthank", post)
    tell_changed(post)


def _thankable(actor: Actor, post_id: int) -> Post:
    rows = Post.objects.visible_to(actor).select_related("thread__matter__place")
    post = get_object_or_404(rows, pk=post_id)
    require(actor, "thank", post)
    require_state(PostState(post.state), SHOWN, NOT_SHOWN)
    if post.author_id == actor.person_id:
        raise RuleViolation(OWN_POST)
    return post
