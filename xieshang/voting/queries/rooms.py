"""Reads of motions in a meeting: what was asked for, who may still vote, how it came out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xieshang.lib.actor import Actor

from ..models import CHANNEL_LABELS, Option, Right, RoomCount, RoomVote, Vote, VoteCount
from ..rules import (
    Channel,
    Counted,
    CountRow,
    Kind,
    OptionKind,
    Outcome,
    Paper,
    Share,
    Slate,
    Tally,
    fraction,
    percent,
    room,
)
from ..rules.room import RoomRule


def rule_of(vote: Vote) -> RoomRule:
    """What this motion needs, as it was fixed when it was put."""
    asked: RoomVote = vote.room
    approval = Share(Fraction(asked.approval), is_enough=asked.is_enough)
    return RoomRule(approval, asked.is_of_all, asked.entitled, vote.roll_size, asked.source)


def slate_of(vote: Vote) -> Slate[int]:
    """同意, 不同意, 弃权."""
    lines = {OptionKind(option.kind): option.pk for option in vote.options.all()}
    return Slate((lines[OptionKind.AGREE],), lines[OptionKind.ABSTAIN], lines[OptionKind.AGAINST])


def papers_of_room(vote: Vote, number: int) -> Iterator[Paper[int]]:
    """What was counted in the room, and what the box of a secret motion held, as papers of many heads each."""
    for row in RoomCount.objects.filter(vote=vote, number=number).order_by("option__position", "channel"):
        yield Paper(Tally(row.heads), Channel(row.channel), (row.option_id,))


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One line of the paper in the result: its votes, and their share of the base."""

    text: str
    kind: OptionKind
    heads: int
    # Its votes of the base with their share, and the width of its bar in hundredths.
    words: str
    share: str
    mark: str | None = None
    mark_label: str = ""

    @property
    def label(self) -> str:
        """The line as the part `bars` calls it."""
        return self.text


@dataclass(frozen=True, slots=True)
class RoomResult:
    """How a motion ended, the same for everybody in the room."""

    number: int
    reason: str
    is_passed: bool
    is_advice: bool
    headline: str
    base: str
    lines: tuple[RoomLine, ...]
    silent: int
    unit: str
    channels: str
    source: str

    @property
    def effect(self) -> str:
        """What a motion that did not pass means."""
        return "" if self.is_passed else str(room.NOTHING_DECIDED)

    @property
    def words(self) -> str:
        """The figures in one line, for the minutes: 到会30人，同意16人，不同意10人，弃权3人，未表态1人."""
        said = [self.base, *(f"{line.text}{line.heads}{self.unit}" for line in self.lines)]
        return "，".join([*said, f"未表态{self.silent}{self.unit}"] if self.silent else said)


def room_results(votes: Sequence[Vote]) -> dict[int, list[RoomResult]]:
    """The counts of several closed motions, the latest first; three queries. `votes` come with room and options."""
    kept = VoteCount.objects.filter(vote__in=[vote.pk for vote in votes]).prefetch_related("lines").order_by("-number")
    found: dict[int, list[VoteCount]] = {}
    for one in kept:
        found.setdefault(one.vote_id, []).append(one)
    return {vote.pk: [_result(vote, one) for one in found.get(vote.pk, [])] for vote in votes}


def _result(vote: Vote, kept: VoteCount) -> RoomResult:
    rule, counted = rule_of(vote), _counted(kept)
    agree = counted.option(slate_of(vote).decidable[0]).heads
    is_passed, advice = kept.outcome == Outcome.PASSED, vote.room.is_advice
    return RoomResult(
        number=kept.number,
        reason=kept.reason,
        is_passed=is_passed,
        is_advice=advice,
        headline=room.headline(rule, agree, is_passed=is_passed, is_advice=advice, unit=vote.unit),
        base=_base(vote, rule),
        lines=tuple(_line(option, counted, rule, vote.unit) for option in vote.options.all()),
        silent=vote.roll_size - counted.part.heads,
        unit=vote.unit,
        channels="，".join(_by_channel(vote, counted)),
        source=rule.source,
    )


def _base(vote: Vote, rule: RoomRule) -> str:
    there = f"到会{rule.present}{vote.unit}"
    return f"应到{rule.entitled}{vote.unit}，{there}" if rule.is_of_all else there


def _counted(kept: VoteCount) -> Counted[int]:
    """A kept count without asking again: its lines come with it."""
    counted: Counted[int] = Counted(Tally(kept.heads))
    for line in kept.lines.all():
        tally, channel = Tally(line.heads), Channel(line.channel)
        if line.row == CountRow.OPTION and line.option_id:
            counted.by_option[line.option_id, channel] = tally
        elif line.row == CountRow.PART:
            counted.took_part[channel] = tally
    return counted


def _line(option: Option, counted: Counted[int], rule: RoomRule, unit: str) -> RoomLine:
    """One bar; the mark of what is needed stands on that of those who agree."""
    kind, heads = OptionKind(option.kind), counted.option(option.pk).heads
    words = f"{heads} / {rule.base}{unit} · {room.share_words(heads, rule)}"
    width = percent(heads, rule.base).rstrip("%–") or "0"
    if kind != OptionKind.AGREE:
        return RoomLine(option.text, kind, heads, words, width)
    approval = rule.approval
    if approval.fraction == room.ALL:
        return RoomLine(option.text, kind, heads, words, width)
    mark = percent(approval.fraction.numerator, approval.fraction.denominator).rstrip("%")
    label = approval.words if approval.is_enough else f"超过{fraction(approval.fraction)}"
    return RoomLine(option.text, kind, heads, words, width, mark, label)


def _by_channel(vote: Vote, counted: Counted[int]) -> list[str]:
    """How the votes came: phones, hands, papers; of one way alone nothing is said."""
    ways = [(channel, counted.took_part[channel]) for channel in Channel if channel in counted.took_part]
    if vote.kind == Kind.ROOM_SECRET and len(ways) > 1:
        return []
    return [f"{CHANNEL_LABELS[channel]}{tally.heads}{vote.unit}" for channel, tally in ways]


@dataclass(frozen=True, slots=True)
class MySeat:
    """One reader in one motion: how many of their rights are free, what the next one is, what is used."""

    right_id: int | None = None
    whose: str = ""
    free: int = 0
    used: int = 0


def my_seat(actor: Actor, vote: Vote) -> MySeat:
    """Which rights this reader may still use; one query. Nothing here knows what was chosen."""
    if actor.person_id is None:
        return MySeat()
    rights = Right.objects.filter(vote=vote, holders__person_id=actor.person_id).order_by("pk")
    rows = list(rights.values_list("pk", "name", "ballot", "used"))
    free = [(pk, name) for pk, name, ballot, used in rows if ballot is None and used is None]
    pk, name = free[0] if free else (None, "")
    return MySeat(pk, name, len(free), len(rows) - len(free))


def rights_without_phone(vote: Vote) -> list[Right]:
    """The rights not used yet, for handing out papers in a secret motion, by name."""
    free = Right.objects.filter(vote=vote, used=None, ballot=None)
    return list(free.order_by("name", "pk"))


def slips_out(vote: Vote) -> int:
    """How many papers were handed out in a secret motion."""
    return Right.objects.filter(vote=vote, used__channel=Channel.PAPER.value).count()
