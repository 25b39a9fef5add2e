"""Files that hang on a matter: pictures drawn anew and PDF documents."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from xieshang.community.models import Office
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.matters.models import Matter, visible

from ..rules import Circle, FileKind, PostState
from .posts import Post
from .reading import readable, reviewable


def stored_name(attachment: "Attachment", name: str) -> str:
    """A name that nobody guesses; the ending is ours, not the uploader's."""
    ending = "pdf" if attachment.kind == FileKind.DOCUMENT else "jpg"
    return f"matters/{attachment.matter_id}/{secrets.token_urlsafe(24)}.{ending}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files by who may open them."""

    def visible_to(self, actor: Actor) -> "AttachmentQuerySet":
        """Those this actor may open: with the matter, with the discussion, one's own, and for the desk waiting ones."""
        if actor is SYSTEM:
            return self
        own = Q(uploader=actor.person_id) if actor.person_id else Q(pk__in=[])
        free = Q(post__isnull=True) | Q(post__state=PostState.SHOWN.value)
        open_to_all = Q(circle=Circle.MATTER.value) & Q(post__isnull=True)
        unseen = Q(post__state__in=[PostState.WAITING.value, PostState.HIDDEN.value])
        read = ~Q(circle=Circle.CLOSED.value) & free & readable(actor, "matter__")
        allowed = open_to_all | own | read | (unseen & reviewable(actor, "matter__"))
        return self.filter(visible(actor, "matter__"), allowed)


class Attachment(models.Model):
    """One file of a matter, of a post about it or of a document on one of its steps."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="attachments")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=8)
    circle = models.CharField(max_length=8, default=Circle.PLACE.value)
    # The picture for the page, or the document; `small` only of pictures.
    file = models.FileField(upload_to=stored_name, max_length=120)
    small = models.FileField(upload_to=stored_name, max_length=120, blank=True)
    name = models.CharField(max_length=80, blank=True)
    caption = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    octets = models.PositiveIntegerField(default=0)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in FileKind]), name="attachment_kind_known"),
            models.CheckConstraint(condition=Q(circle__in=[c.value for c in Circle]), name="attachment_circle_known"),
            models.CheckConstraint(condition=~Q(kind="photo") | ~Q(small=""), name="attachment_photo_has_thumb"),
        ]
        indexes = [models.Index(fields=["matter", "post", "id"], name="attachment_by_matter")]

    def __str__(self) -> str:
        return self.name or self.caption or f"{self.matter_id} {self.pk}"

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture that we drew anew."""
        return self.kind == FileKind.PHOTO

    @property
    def url(self) -> str:
        """Where it opens, judged anew each time."""
        return reverse("discussion:file", args=[self.pk, "page"])

    @property
    def thumb_url(self) -> str:
        """Where the small picture opens."""
        return reverse("discussion:file", args=[self.pk, "thumb"])

    # The word by which the part that shows pictures asks for it.
    thumb = thumb_url

    @property
    def size(self) -> str:
        """How large it is, in words: 1.2兆."""
        return f"{self.octets / 1_048_576:.1f}兆" if self.octets > 100_000 else f"{max(self.octets // 1024, 1)}千字节"

    @property
    def alt(self) -> str:
        """What a picture shows, in words."""
        return self.caption or self.name
