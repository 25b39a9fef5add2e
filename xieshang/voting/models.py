"""Tables of votes: the question and its options, the frozen roll, the ballots, their ledger, the count."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.accounts.models import Assistable
from xieshang.community.models import Household, Place
from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter, visible

from .rules import Base, Channel, Kind, Nature, OptionKind, State

STATE_LABELS = {
    State.DRAFTED: _("准备中"),
    State.OPEN: _("正在投票"),
    State.CLOSED: _("已截止"),
    State.VOIDED: _("已作废"),
}
BASE_LABELS = {Base.PERSON: _("一人一票"), Base.HOUSEHOLD: _("一户一票")}
BASE_UNITS = {Base.PERSON: _("人"), Base.HOUSEHOLD: _("户")}
CHANNEL_LABELS = {Channel.ONLINE: _("线上"), Channel.ASSISTED: _("代办")}


class VoteQuerySet(models.QuerySet["Vote"]):
    """Votes by who may know of them, and by whether they take ballots."""

    def visible_to(self, actor: Actor) -> "VoteQuerySet":
        """Those whose matter this actor may know of."""
        return self.filter(visible(actor, "matter__"))

    def taking_ballots(self, at: datetime) -> "VoteQuerySet":
        """Those open at this instant, whether the closing has been recorded yet or not."""
        return self.filter(state=State.OPEN.value, closes_at__gt=at)


class Vote(models.Model):
    """One question put to those who have a right to answer it; everything that counts is fixed when it opens."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="vote")
    of = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="votes")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, default=Kind.POLL.value)
    nature = models.CharField(max_length=16, default=Nature.CONSULTATION.value)
    base = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=State.DRAFTED.value)
    question = models.CharField(max_length=80)
    intro = models.TextField(blank=True)
    most_choices = models.PositiveSmallIntegerField(default=1)
    allow_change = models.BooleanField(default=False)
    # The share of the roll that must take part, as a fraction “1/3”; empty when none is asked for.
    turnout_share = models.CharField(max_length=12, blank=True)
    days = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # When the closing was recorded; what counts is closes_at.
    closed_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    roll_size = models.PositiveIntegerField(default=0)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="vote_state_known"),
            models.CheckConstraint(condition=Q(base__in=[base.value for base in Base]), name="vote_base_known"),
            models.CheckConstraint(condition=Q(nature__in=[n.value for n in Nature]), name="vote_nature_known"),
            models.CheckConstraint(condition=Q(most_choices__gte=1), name="vote_takes_a_choice"),
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(state="voided") | Q(frozen_at__isnull=False, roll_size__gt=0),
                name="vote_open_on_a_frozen_roll",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")), name="vote_closes_later"
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "closes_at"], name="vote_by_closing")]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """The page of the vote: material, then participation, then the result."""
        return reverse("voting:vote", args=[self.pk])

    @property
    def place_path(self) -> str:
        """Stored path of the place its matter belongs to."""
        return self.matter.place_path

    @property
    def unit(self) -> str:
        """What is counted: 人 or 户."""
        return str(BASE_UNITS[Base(self.base)])


class Option(models.Model):
    """One line of the ballot paper, in its fixed place."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, default=OptionKind.CHOICE.value)
    text = models.CharField(max_length=60)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "position"], name="option_place_once"),
            models.UniqueConstraint(fields=["vote", "text"], name="option_text_once"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in OptionKind]), name="option_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text


class Right(models.Model):
    """One right to vote on the frozen roll: how much it weighs, and whose it is. Not who may cast it."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="rights")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Heads and exclusive area in 0.01 m²; a poll counts heads only.
    head = models.PositiveSmallIntegerField(default=1)
    area_centi = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "household"], name="right_once_a_household"),
            models.UniqueConstraint(fields=["vote", "person"], name="right_once_a_person"),
            models.CheckConstraint(
                condition=Q(household__isnull=True) | Q(person__isnull=True), name="right_of_one_or_the_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.household_id or self.person_id}"


class RightHolder(models.Model):
    """A person who may cast a right, as frozen with the roll; a household may have several."""

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="voting_rights")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "right"], name="right_holder_once")]

    def __str__(self) -> str:
        return f"{self.right_id} {self.person_id}"


class Ballot(Assistable):
    """The one ballot that stands for a right; a change replaces it where that is allowed, the ledger keeps each."""

    right = models.OneToOneField(Right, on_delete=models.PROTECT, related_name="ballot")
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()
    channel = models.CharField(max_length=10, default=Channel.ONLINE.value)
    receipt = models.CharField(max_length=20, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=[c.value for c in Channel]), name="ballot_channel_known"),
            models.CheckConstraint(
                condition=Q(channel="assisted", assisted_by__isnull=False)
                | (~Q(channel="assisted") & Q(assisted_by__isnull=True)),
                name="assisted_ballot_names_the_helper",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class BallotChoice(models.Model):
    """One tick on one ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="choice_once_a_ballot")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.option_id}"


class BallotVersion(models.Model):
    """The ledger: every casting and every change, with its receipt. This table only grows."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="versions")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="versions")
    # What the browser sent along so that a second sending of the same is known as such.
    key = models.CharField(max_length=40)
    receipt = models.CharField(max_length=20, unique=True)
    cast_at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    hands = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Hash over nonce and choices: the chain can be shown without showing what was chosen.
    nonce = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "key"], name="ballot_version_once_a_key")]

    def __str__(self) -> str:
        return self.receipt


class LedgerLink(models.Model):
    """A version's place in the chain of its vote; written after commit, in batches. This table only grows."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="links")
    version = models.OneToOneField(BallotVersion, on_delete=models.PROTECT, related_name="link")
    position = models.PositiveBigIntegerField()
    before = models.CharField(max_length=64)
    value = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "position"], name="ledger_position_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.position}"


class VoteCount(models.Model):
    """The count of a closed vote, made once from its ballots."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="vote_count")
    counted_at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    area_centi = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.vote_id} {self.heads}"


class CountLine(models.Model):
    """Heads and area of one option by one channel; without an option: of all who took part by that channel."""

    count = models.ForeignKey(VoteCount, on_delete=models.CASCADE, related_name="lines")
    option = models.ForeignKey(Option, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    heads = models.PositiveIntegerField()
    area_centi = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "option", "channel"], name="count_line_once"),
            models.UniqueConstraint(
                fields=["count", "channel"], condition=Q(option__isnull=True), name="count_of_all_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} {self.channel} {self.heads}"
