"""Keeping what a neighbour has begun to say, so that nothing typed is lost."""

from collections.abc import Mapping
from functools import partial
from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.images import redraw
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from ..models import Draft, DraftPhoto

MOST_PHOTOS = 6
LONGEST = {"title": 40, "text": 3000}
TOO_MANY_PHOTOS = Refusal("too_many_photos", _("最多放6张照片，请先去掉一张。"))


def _draft_of(actor: Actor) -> Draft:
    """The draft of the person acted for, made when first needed."""
    if not has_perm("topics.raise", actor):
        raise NotAllowed("raise", _("请先登录，再说事。"))
    draft, _made = Draft.objects.get_or_create(person_id=actor.person_id or 0, defaults={"saved_at": now()})
    return draft


def save_draft(actor: Actor, *, words: Mapping[str, object]) -> Draft:
    """Keep what was typed so far; keys not given stay as they were."""
    draft = _draft_of(actor)
    draft.words = {**draft.words, **{key: _capped(key, value) for key, value in words.items()}}
    draft.saved_at = now()
    draft.save(update_fields=["words", "saved_at"])
    return draft


def _capped(key: str, value: object) -> object:
    return value[: LONGEST.get(key, 200)] if isinstance(value, str) else value


@transaction.atomic
def add_draft_photo(actor: Actor, *, upload: UploadedFile) -> DraftPhoto:
    """Keep a picture with the draft, drawn anew and turned upright; raises RuleViolation for what is no picture."""
    draft = _draft_of(actor)
    picture = redraw(cast("BinaryIO", upload), upload.size or 0)
    # Under lock: a phone sends several at once.
    draft = get_object_or_404(Draft.objects.select_for_update(), pk=draft.pk)
    if draft.photos.count() >= MOST_PHOTOS:
        raise RuleViolation(TOO_MANY_PHOTOS)
    photo = DraftPhoto(draft=draft)
    photo.page.save("page.jpg", ContentFile(picture.page), save=False)
    photo.thumb.save("thumb.jpg", ContentFile(picture.thumb), save=False)
    photo.save()
    return photo


def remove_draft_photo(actor: Actor, photo_id: int) -> None:
    """Take a picture out of one's own draft."""
    photo = get_object_or_404(DraftPhoto, pk=photo_id, draft__person_id=actor.person_id or 0)
    _throw_away(photo)


def drop_draft(actor: Actor) -> None:
    """Throw one's draft away with its pictures; also inside the verb of leaving the platform."""
    for photo in DraftPhoto.objects.filter(draft__person_id=actor.person_id or 0):
        _throw_away(photo)
    Draft.objects.filter(person_id=actor.person_id or 0).delete()


def _throw_away(photo: DraftPhoto) -> None:
    photo.delete()
    for file in (photo.page, photo.thumb):
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
