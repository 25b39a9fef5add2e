"""Matters and what hangs on every matter alike: numbers, followers, links, search grams."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from xieshang.community.models import Place, Residence
from xieshang.community.rules import OFFICER_ROLES, ResidenceState
from xieshang.lib.actor import SYSTEM, Actor

from .rules import Audience, FollowReason, LinkKind


def visible(actor: Actor, prefix: str = "") -> Q:
    """The condition under which this actor may know that a matter exists; prefix leads to it from another table."""

    def q(**terms: object) -> Q:
        return Q(**{prefix + name: value for name, value in terms.items()})

    if actor is SYSTEM:
        return Q()
    seen = q(audience=Audience.PUBLIC.value)
    if actor.person_id is None:
        return seen
    homes = Residence.objects.filter(person_id=actor.person_id, state=ResidenceState.CONFIRMED.value)
    seen |= q(raised_by=actor.person_id)
    seen |= q(audience=Audience.PLACE.value, community__in=homes.values("community"))
    if actor.office is None:
        return seen
    inside = q(place__path__startswith=actor.office.place_path)
    if actor.role in OFFICER_ROLES:
        return seen | (inside & q(audience__in=[Audience.OFFICERS.value, Audience.PLACE.value]))
    return seen | (inside & q(audience=Audience.PLACE.value))


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters by who may know of them."""

    def visible_to(self, actor: Actor) -> "MatterQuerySet":
        """Those this actor may know of; all others answer as if they did not exist."""
        return self.filter(visible(actor))


class Matter(models.Model):
    """One row for every 事: what low floors and other apps know of a topic, a vote, a thread, a meeting."""

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=80)
    url = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="matters")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, default=Audience.AUTHOR.value)
    # How it stands, in the words of its own app, for lists and search: “协商讨论”.
    standing = models.CharField(max_length=40, blank=True)
    is_open = models.BooleanField(default=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="matters_raised"
    )
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=[audience.value for audience in Audience]), name="matter_audience_known"
            )
        ]
        indexes = [
            models.Index(fields=["community", "kind", "-id"], name="matter_by_community"),
            models.Index(fields=["community", "is_open", "-moved_at"], name="matter_by_movement"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the thing itself; until it is known the short address leads there."""
        return self.url or reverse("matters:short", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it: the first of the conditions in `visible`."""
        return self.audience == Audience.PUBLIC

    @property
    def place_path(self) -> str:
        """Stored path of the place it belongs to."""
        return self.place.path


class OfMatter(models.Model):
    """A topic, a thread, a meeting …: called and placed as its matter is."""

    matter: "models.OneToOneField[Matter, Matter]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is about, in one sentence."""
        return self.matter.title

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return self.matter.place

    @property
    def place_path(self) -> str:
        """Stored path of the place it belongs to."""
        return self.matter.place_path


class NumberSeries(models.Model):
    """The last number given for one prefix, place and year."""

    prefix = models.CharField(max_length=12)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "place", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year} {self.last}"


class Follower(models.Model):
    """A person who hears of a matter, and why; muted means they asked not to."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="following")
    reason = models.CharField(max_length=10, default=FollowReason.ASKED.value)
    muted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.matter_id}"


class MatterLink(models.Model):
    """A tie between two matters, shown on both."""

    source = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=16, default=LinkKind.RELATED.value)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="matter_link_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="matter_not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Gram(models.Model):
    """One search gram of a matter's title and words; the same for both databases."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="grams")
    community = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    gram = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "gram"], name="gram_once_a_matter")]
        indexes = [models.Index(fields=["gram", "community", "matter"], name="gram_by_word")]

    def __str__(self) -> str:
        return self.gram
