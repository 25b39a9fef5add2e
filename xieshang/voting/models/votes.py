"""Votes: the question and its options; everything that counts is fixed when it opens."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Place
from xieshang.lib.actor import Actor
from xieshang.lib.often import Often
from xieshang.matters.models import Matter, visible

from ..rules import OWNERS_KINDS, ROOM_KINDS, Base, Channel, Kind, Nature, OptionKind, State
from ..rules.estate import ClaimState

STATE_LABELS = {
    State.DRAFTED: _("准备中"),
    State.OPEN: _("正在投票"),
    State.CLOSED: _("已截止"),
    State.VOIDED: _("已作废"),
}
BASE_LABELS = {
    Base.PERSON: _("一人一票"),
    Base.HOUSEHOLD: _("一户一票"),
    Base.OWNERS: _("业主表决，人数和面积都算"),
    Base.SIDE: _("一方一票"),
}
BASE_UNITS = {Base.PERSON: _("人"), Base.HOUSEHOLD: _("户"), Base.OWNERS: _("人"), Base.SIDE: _("方")}
CHANNEL_LABELS = {
    Channel.ONLINE: _("线上"),
    Channel.ASSISTED: _("代办"),
    Channel.PAPER: _("纸质"),
    Channel.PROXY: _("委托"),
    Channel.HANDS: _("举手"),
}


class VoteQuerySet(models.QuerySet["Vote"]):
    """Votes by who may know of them, and by whether they take ballots."""

    def visible_to(self, actor: Actor) -> "VoteQuerySet":
        """Those whose matter this actor may know of, whose roll they stand on, and those that their body convenes."""
        seen = visible(actor, "matter__")
        if actor.office is not None and actor.office.body_id:
            seen |= Q(decision__convener_id=actor.office.body_id)
        if actor.person_id is not None:
            seen |= on_published_roll(actor.person_id, "pk") | _put_to(actor.person_id)
        return self.filter(seen)

    def taking_ballots(self, at: datetime) -> "VoteQuerySet":
        """Those open at this instant, whether the closing has been recorded yet or not."""
        return self.filter(state=State.OPEN.value, closes_at__gt=at)

    def outside_rooms(self) -> "VoteQuerySet":
        """All but motions in meetings, which are read with their meeting."""
        return self.exclude(kind__in=[kind.value for kind in ROOM_KINDS])


def on_published_roll(person_id: int, vote: str) -> Q:
    """The condition that a roll was published to this person: one who is, or says to be, an owner on its list."""
    says = {"person_id": person_id, "state__in": [ClaimState.ASKED.value, ClaimState.CONFIRMED.value]}
    terms = {f"roll__register__owners__claims__{name}": value for name, value in says.items()}
    return Q(**{f"{vote}__in": Vote.objects.filter(roll__published_on__isnull=False, **terms).values("pk")})


def _put_to(person_id: int) -> Q:
    """The condition that a motion was put to this person, who sat in the room."""
    rooms = [kind.value for kind in ROOM_KINDS]
    theirs = Vote.objects.filter(kind__in=rooms, rights__holders__person_id=person_id)
    return Q(pk__in=theirs.values("pk"))


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
    # Of an owners' vote: exclusive area of the whole roll, in 0.01 m².
    roll_area_centi = models.PositiveBigIntegerField(default=0)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="vote_state_known"),
            models.CheckConstraint(condition=Q(base__in=[base.value for base in Base]), name="vote_base_known"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="vote_kind_known"),
            # Owners count by head and area under their own names; a secret vote counts heads only.
            models.CheckConstraint(
                condition=Q(base="owners", kind__in=sorted(kind.value for kind in OWNERS_KINDS))
                | (~Q(base="owners") & ~Q(kind__in=sorted(kind.value for kind in OWNERS_KINDS))),
                name="owners_vote_by_owners",
            ),
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

    @cached_property
    def lines(self) -> "list[Option]":
        """The options in their order, read once."""
        return lines_of(self.pk)

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


lines_of: Often[Option] = Often(lambda vote: Option.objects.filter(vote_id=vote))
