"""How many took part: the only figure that is shown before a vote is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from ..models import Ballot, Vote
from ..rules import fraction, percent, share_of


@dataclass(frozen=True, slots=True)
class Participation:
    """Who took part of how many, in 人 or 户, and the share that was asked for beforehand."""

    taken: int
    whole: int
    unit: str
    turnout: Fraction | None

    @property
    def share(self) -> str:
        """Width of the bar, in hundredths of its length."""
        return percent(self.taken, self.whole).rstrip("%–") or "0"

    @property
    def words(self) -> str:
        """The figures in words: 123 / 300户 · 41.00%."""
        return f"{self.taken} / {self.whole}{self.unit} · {percent(self.taken, self.whole)}"

    @property
    def mark(self) -> str | None:
        """Where the mark stands on the bar; None when no share is asked for."""
        if self.turnout is None:
            return None
        return percent(self.turnout.numerator, self.turnout.denominator).rstrip("%")

    @property
    def mark_label(self) -> str:
        """The mark in words: 至少三分之一."""
        return f"至少{fraction(self.turnout)}" if self.turnout else ""

    @property
    def bars(self) -> list[dict[str, object]]:
        """What the part `bars` draws."""
        drawn = {"words": self.words, "share": self.share, "mark": self.mark, "mark_label": self.mark_label}
        return [{"label": "已参加", **drawn}]


def participations(votes: Iterable[Vote]) -> dict[int, Participation]:
    """Participation of several votes, in one query."""
    wanted = {vote.pk: vote for vote in votes}
    taken = Ballot.objects.filter(vote__in=list(wanted)).values_list("vote_id").annotate(Count("pk"))
    counts = dict(taken.order_by())
    return {
        pk: Participation(counts.get(pk, 0), vote.roll_size, vote.unit, share_of(vote.turnout_share))
        for pk, vote in wanted.items()
    }


def participation(vote: Vote) -> Participation:
    """Participation of one vote."""
    return participations([vote])[vote.pk]
