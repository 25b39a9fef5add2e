"""Files that hang on a matter: pictures drawn anew, PDF documents; upper apps ask their own permissions first."""

import hashlib
from functools import partial
from typing import BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.images import Picture, redraw, require_pdf
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience

from ..models import Attachment, Post
from ..rules import CANNOT_DROP, Circle, FileKind

Upload = File


def drawn(upload: Upload) -> Picture:
    """An uploaded picture drawn anew; raises RuleViolation for what is no picture."""
    return redraw(cast("BinaryIO", upload), upload.size or 0)


def attach_photo(actor: Actor, matter: Matter, upload: Upload, *, caption: str) -> Attachment:
    """Keep an uploaded picture with a matter, drawn anew: no place of taking, upright; raises RuleViolation otherwise.

    What a body uploads is seen with the matter; what a neighbour uploads is seen with the discussion.
    """
    return keep_picture(actor, matter, drawn(upload), caption=caption)


def keep_picture(
    actor: Actor, matter: Matter, picture: Picture, *, caption: str = "", post: Post | None = None
) -> Attachment:
    """Store a picture that was drawn anew, under names that nobody guesses."""
    photo = _new(actor, matter, FileKind.PHOTO, post=post)
    photo.caption = caption[:80]
    photo.sha256, photo.width, photo.height = picture.sha256, picture.width, picture.height
    photo.octets = len(picture.page)
    photo.file.save("page.jpg", ContentFile(picture.page), save=False)
    photo.small.save("thumb.jpg", ContentFile(picture.thumb), save=False)
    return _kept(actor, photo)


def attach_document(actor: Actor, matter: Matter, upload: Upload, *, name: str) -> Attachment:
    """Keep an uploaded PDF with a matter; raises RuleViolation for anything else."""
    require_pdf(cast("BinaryIO", upload), upload.size or 0)
    words = upload.read()
    document = _new(actor, matter, FileKind.DOCUMENT)
    document.name = name.strip()[:80]
    document.sha256, document.octets = hashlib.sha256(words).hexdigest(), len(words)
    document.file.save("document.pdf", ContentFile(words), save=False)
    return _kept(actor, document)


def attach_closed(actor: Actor, matter: Matter, upload: Upload, *, caption: str) -> Attachment:
    """Keep a picture or a PDF with a matter, out of everybody's sight but the uploader's; its app has a door for it."""
    if upload.read(5).startswith(b"%PDF"):
        upload.seek(0)
        kept = attach_document(actor, matter, upload, name=caption)
    else:
        upload.seek(0)
        kept = attach_photo(actor, matter, upload, caption=caption)
    kept.circle = Circle.CLOSED.value
    kept.save(update_fields=["circle"])
    return kept


def reveal(attachment: Attachment) -> None:
    """From now on whoever may know of the matter may open this file that was kept closed."""
    attachment.circle = Circle.MATTER.value
    attachment.save(update_fields=["circle"])


def _new(actor: Actor, matter: Matter, kind: FileKind, *, post: Post | None = None) -> Attachment:
    circle = Circle.MATTER if actor.office and post is None else Circle.PLACE
    return Attachment(
        matter=matter,
        post=post,
        kind=kind.value,
        circle=circle.value,
        uploader_id=actor.person_id,
        office_id=actor.office.id if actor.office else None,
        at=now(),
    )


def _kept(actor: Actor, attachment: Attachment) -> Attachment:
    attachment.save()
    matter = attachment.matter
    facts = {"file": attachment.pk, "kind": attachment.kind, "sha256": attachment.sha256}
    record(actor, "discussion.attach", number=matter.number, place=matter.place_path, detail=facts)
    return attachment


@transaction.atomic
def drop(actor: Actor, attachment_id: int) -> None:
    """Take away a file of one's own from a matter that nobody else has seen yet."""
    rows = Attachment.objects.visible_to(actor).select_related("matter__place").select_for_update(of=("self",))
    attachment = get_object_or_404(rows, pk=attachment_id)
    if attachment.uploader_id != actor.person_id:
        raise NotAllowed("drop")
    matter = attachment.matter
    if matter.audience != Audience.AUTHOR or attachment.post_id:
        raise RuleViolation(CANNOT_DROP)
    stored = [stored for stored in (attachment.file, attachment.small) if stored]
    record(actor, "discussion.drop", number=matter.number, place=matter.place_path, detail={"file": attachment.pk})
    attachment.delete()
    for one in stored:
        transaction.on_commit(partial(one.storage.delete, str(one.name)))
