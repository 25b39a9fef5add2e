"""The ledger of a vote: all that happened to it, in order and chained, and its signed heads. It only grows."""

from django.db import models
from django.db.models import Q

from ..rules import EntryKind
from .ballots import BallotVersion
from .votes import Vote


class LedgerEntry(models.Model):
    """One event of a vote in canonical bytes: commitments and numbers, never a name or a choice in clear."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    # What is hashed, to the byte.
    content = models.TextField()
    version = models.OneToOneField(BallotVersion, null=True, on_delete=models.PROTECT, related_name="entry")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in EntryKind]), name="ledger_kind_known"),
            models.CheckConstraint(condition=~Q(content=""), name="ledger_entry_says_something"),
        ]
        indexes = [models.Index(fields=["vote", "id"], name="ledger_by_vote")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.kind} {self.pk}"


class LedgerLink(models.Model):
    """An entry's place in the chain and in the tree of its vote; written after commit, in batches."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="links")
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="link")
    position = models.PositiveBigIntegerField()
    before = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    # Leaf hash of the tree (RFC 6962).
    leaf = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "position"], name="ledger_position_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.position}"


class TreeHead(models.Model):
    """The root of the tree over the first entries of a vote, signed by a key that is not in the database."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="heads")
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    at = models.DateTimeField()
    algorithm = models.CharField(max_length=12)
    key_code = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "size"], name="tree_head_once_a_size")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.size}"
