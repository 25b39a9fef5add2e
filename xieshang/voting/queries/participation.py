"""How many took part: the only figure that is shown before a vote is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, Sum

from ..models import PaperBallot, Right, Vote
from ..rules import Base, Tally, fraction, percent, share_of
from ..rules.paperwork import PaperState

# Of the owners' heads and of their area, this share must take part (民法典第278条第2款).
TWO_THIRDS = Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Participation:
    """Who took part of how many, in 人 or 户, and the share that was asked for beforehand."""

    taken: int
    whole: int
    unit: str
    turnout: Fraction | None
    # Of an owners' vote: exclusive area in 0.01 m².
    area_taken: int = 0
    area_whole: int = 0

    @property
    def share(self) -> str:
        """Width of the bar, in hundredths of its length."""
        return percent(self.taken, self.whole).rstrip("%–") or "0"

    @property
    def words(self) -> str:
        """The figures in words: 123户参与（应到300户）· 41.00%."""
        return f"{self.taken:,}{self.unit}参与（应到{self.whole:,}{self.unit}）· {percent(self.taken, self.whole)}"

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
        marked = {"mark": self.mark, "mark_label": self.mark_label}
        people = {"words": self.words, "share": self.share, **marked}
        if not self.area_whole:
            return [{"label": f"{self.unit}数", **people}]
        area = {"words": self.area_words, "share": percent(self.area_taken, self.area_whole).rstrip("%"), **marked}
        return [{"label": "人数", **people}, {"label": "面积", **area}]

    @property
    def area_words(self) -> str:
        """The figures of the area in words: 10,635.20㎡参与（共30,210.00㎡）· 35.20%."""
        taken, whole = Tally(0, self.area_taken).area, Tally(0, self.area_whole).area
        return f"{taken}㎡参与（共{whole}㎡）· {percent(self.area_taken, self.area_whole)}"


def participations(votes: Iterable[Vote]) -> dict[int, Participation]:
    """Participation of several votes, in one query: rights for which a ballot stands or an unread paper came in."""
    wanted = {vote.pk: vote for vote in votes}
    in_the_box = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    papers = PaperBallot.objects.filter(vote__in=list(wanted), state__in=in_the_box).values("right")
    used = Right.objects.filter(
        Q(ballot__isnull=False) | Q(used__isnull=False) | Q(pk__in=papers), vote__in=list(wanted)
    )
    sums = used.values_list("vote_id").annotate(Sum("head"), Sum("area_centi")).order_by()
    taken = {vote_id: Tally(heads, area) for vote_id, heads, area in sums}
    return {pk: _of(vote, taken.get(pk, Tally())) for pk, vote in wanted.items()}


def _of(vote: Vote, taken: Tally) -> Participation:
    if vote.base != Base.OWNERS:
        return Participation(taken.heads, vote.roll_size, vote.unit, share_of(vote.turnout_share))
    return Participation(taken.heads, vote.roll_size, vote.unit, TWO_THIRDS, taken.area_centi, vote.roll_area_centi)


def participation(vote: Vote) -> Participation:
    """Participation of one vote."""
    return participations([vote])[vote.pk]
