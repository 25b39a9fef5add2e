"""What residents say of what was done: solved or not, and how satisfied."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xieshang.accounts.models import Assistable
from xieshang.community.models import Place
from xieshang.matters.models import Matter


class RatingWindow(models.Model):
    """Until when a matter is rated, and for which time: a matter done again is rated again."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="rating_window")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["community", "until"], name="rating_window_by_end")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.round} {self.until}"

    @property
    def place_path(self) -> str:
        """Stored path of the place of its matter."""
        return self.matter.place_path


class Rating(Assistable):
    """One resident's rating of one matter: stars and solved apart, changeable until the window ends."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="ratings")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    stars = models.PositiveSmallIntegerField()
    solved = models.BooleanField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "person", "round"], name="rating_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="one_to_five_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.stars}"


class RatingVersion(models.Model):
    """A rating as it was given at one moment; this ledger only grows."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="versions")
    stars = models.PositiveSmallIntegerField()
    solved = models.BooleanField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rating", "id"], name="rating_version_by_rating")]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.stars}"
