"""What was promised to be done: by which body, by when, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Office, Place
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter, visible

from ..rules import ItemState, ProgressKind

ITEM_LABELS = {
    ItemState.OPEN: _("办理中"),
    ItemState.DONE: _("已报办好，待核实"),
    ItemState.VERIFIED: _("办好了"),
}


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Action items by who may know of them."""

    def visible_to(self, actor: Actor) -> "ActionItemQuerySet":
        """Those of matters that this actor may know of, and those that the actor's own body has to do."""
        seen = visible(actor, "matter__")
        if actor.office is not None and actor.office.body_id is not None:
            seen |= Q(body=actor.office.body_id)
        return self.filter(seen)


class ActionItem(models.Model):
    """One thing to be done for a matter: what, by which body, by when, and what will prove it."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="action_items")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="action_items")
    due = models.DateField()
    proof = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=ItemState.OPEN.value)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    # The due day about whose passing its body and the committee were told.
    told_of = models.DateField(null=True, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ItemState]), name="item_state_known"
            ),
            models.CheckConstraint(condition=Q(state="open") | Q(done_at__isnull=False), name="done_item_has_a_day"),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_at__isnull=False), name="verified_item_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "state", "due"], name="item_by_body"),
            models.Index(fields=["community", "state", "due"], name="item_by_community"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """The item with its whole history."""
        return reverse("outcomes:item", args=[self.pk])

    @property
    def place_path(self) -> str:
        """Stored path of the place of its matter."""
        return self.matter.place_path

    @property
    def label(self) -> str:
        """How it stands, in words."""
        return str(ITEM_LABELS[ItemState(self.state)])


class Progress(models.Model):
    """One line of an item's history: what was done, with photos; never changed."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="progress")
    kind = models.CharField(max_length=10, default=ProgressKind.NOTE.value)
    text = models.TextField(blank=True)
    photos = models.ManyToManyField(Attachment, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ProgressKind]), name="progress_kind_known"
            ),
            models.CheckConstraint(condition=~Q(kind="reopened", text=""), name="reopened_with_reason"),
        ]
        indexes = [models.Index(fields=["item", "id"], name="progress_by_item")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"


class DueMove(models.Model):
    """A promise's day moved, openly and with a reason."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="moves")
    old = models.DateField()
    new = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="due_moved_with_reason"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="due_really_moved"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.old} {self.new}"
