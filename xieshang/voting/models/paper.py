"""Paper: ballots printed with a serial, received unread, keyed twice after closing; proxies; what was delivered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xieshang.community.models import Office
from xieshang.discussion.models import Attachment

from ..rules.paperwork import DeliveryWay, PaperState, ProxyState
from .ballots import Ballot
from .register import RegisterUnit
from .rights import Right
from .votes import Vote


class PaperBallot(models.Model):
    """A printed ballot with its serial. Before closing it is only received: nobody looks, the other ways are shut."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="papers")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="papers")
    serial = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=10, default=PaperState.ISSUED.value)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Signed at the door before closing, written down afterwards: when it was signed.
    signed_at = models.DateTimeField(null=True, blank=True)
    page = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ballot = models.OneToOneField(Ballot, null=True, blank=True, on_delete=models.PROTECT, related_name="paper")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in PaperState]), name="paper_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "void"]) | Q(received_at__isnull=False, received_by__isnull=False),
                name="received_paper_says_when",
            ),
            models.UniqueConstraint(
                fields=["right"], condition=Q(state__in=["received", "keyed"]), name="one_paper_received_a_right"
            ),
        ]
        indexes = [models.Index(fields=["vote", "state", "id"], name="paper_by_state")]

    def __str__(self) -> str:
        return self.serial


class Keying(models.Model):
    """What one person read from a paper: first, blind second, a third where they differ. Never the same person."""

    paper = models.ForeignKey(PaperBallot, on_delete=models.PROTECT, related_name="keyings")
    round = models.PositiveSmallIntegerField()
    # Positions of the options ticked, in order; or the word for a ballot that is not valid.
    ticked = models.JSONField(default=list)
    mark = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "round"], name="keying_once_a_round"),
            models.UniqueConstraint(fields=["paper", "by"], name="keying_by_another_person"),
            models.CheckConstraint(condition=Q(round__gte=1, round__lte=3), name="keying_round_known"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.round}"


class Conflict(models.Model):
    """Two ways used for one right all the same; the scrutineers settle it before the count."""

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="conflicts")
    paper = models.ForeignKey(PaperBallot, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ballot = models.ForeignKey(Ballot, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    # Which stands, by the rule “first received”, or paper where the place says so; two people sign it.
    stands = models.CharField(max_length=10, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("settled_by")), name="conflict_settled_by_two"
            ),
            models.UniqueConstraint(fields=["right", "paper"], name="conflict_once_a_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.pk}"


class Proxy(models.Model):
    """A written proxy: who acts for whom, in what, until when, with which instruction (民法典第165条)."""

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="proxies")
    principal = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    principal_name = models.CharField(max_length=60)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Spouse, parent or child: outside the limit on how many one agent may act for.
    is_family = models.BooleanField(default=False)
    powers = models.CharField(max_length=200)
    until = models.DateField()
    document = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=ProxyState.OFFERED.value)
    offered_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in ProxyState]), name="proxy_state_known"),
            models.CheckConstraint(
                condition=Q(principal__isnull=True) | ~Q(principal=F("agent")), name="proxy_for_another"
            ),
            models.UniqueConstraint(
                fields=["right"], condition=Q(state__in=["offered", "accepted", "used"]), name="one_living_proxy"
            ),
        ]
        indexes = [models.Index(fields=["agent", "state"], name="proxy_by_agent")]

    def __str__(self) -> str:
        return f"{self.right_id} {self.agent_id} {self.state}"


class Delivery(models.Model):
    """That a ballot or the notice reached a voter at a unit: how, when, by whom, with what proof. Only grows."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="deliveries")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey(RegisterUnit, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    # Who took it: the owner, a grown-up of the family, a tenant (who is not the owner).
    taken_by = models.CharField(max_length=10)
    note = models.CharField(max_length=120, blank=True)
    proof = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # Made on the phone at the door, so that what was written without a signal merges once.
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "key"], name="delivery_once_a_key"),
            models.CheckConstraint(condition=Q(way__in=[w.value for w in DeliveryWay]), name="delivery_way_known"),
        ]
        indexes = [models.Index(fields=["vote", "right"], name="delivery_by_right")]

    def __str__(self) -> str:
        return f"{self.right_id} {self.way}"
