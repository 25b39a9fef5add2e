"""From the ballots of the owners to the count: terms, slate and papers for the engine, and counts that were kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Ballot, Conflict, CountLine, Decision, Delivery, Dispute, Option, PaperBallot, Right, Vote
from ..models import VoteCount as Kept
from ..rules import (
    ALONE,
    DECIDABLE,
    Channel,
    Counted,
    CountRow,
    Item,
    Kind,
    Law,
    Mark,
    OptionKind,
    Outcome,
    Paper,
    Result,
    Slate,
    Tally,
    Terms,
    conclude,
    mark_of,
    share_of,
    with_silent,
)
from ..rules import Decision as Ending
from ..rules.blocking import Loose
from ..rules.deciding import value
from ..rules.decision import Flag
from ..rules.paperwork import DeliveryWay, PaperState, takers
from .counting import CHUNK, whole_of


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is fixed for a count: how it is read, what stands on the ballot, and the names of its options."""

    terms: Terms
    slate: Slate[int]
    names: dict[int, str]
    kinds: dict[int, OptionKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptCount:
    """A count as it was kept, with all that is needed to tell it."""

    number: int
    reason: str
    counted_at: datetime
    result: Result[int]


def reckoning_of(vote: Vote) -> Reckoning:
    """How the ballots of this vote are read: by the decision's copied rules; advice where it is no owners' vote."""
    options = list(vote.options.all())
    kinds = {option.pk: OptionKind(option.kind) for option in options}
    names = {option.pk: option.text for option in options}
    decision = getattr(vote, "decision", None)
    return Reckoning(_terms(vote, decision), _slate(vote, decision, options), names, kinds)


def _terms(vote: Vote, decision: Decision | None) -> Terms:
    """Silence counts only by a named clause of the owners' own rules."""
    if decision is None:
        return Terms(Kind(vote.kind), None, turnout=share_of(vote.turnout_share))
    values = decision.values
    return Terms(
        Kind(vote.kind),
        Item(decision.item),
        law=Law(decision.rule_set),
        invalid_takes_part=bool(value(values, "assembly.invalid_participates")),
        blank_is_abstain=bool(value(values, "assembly.blank_is_abstain")),
        deemed=value(values, "assembly.deemed") == "majority" and bool(decision.deemed_clause),
        deemed_for_special=bool(value(values, "assembly.deemed_for_special")),
    )


def _slate(vote: Vote, decision: Decision | None, options: list[Option]) -> Slate[int]:
    by_kind = {OptionKind(option.kind): option.pk for option in options}
    against = by_kind.get(OptionKind.AGAINST) or by_kind.get(OptionKind.NONE_OF_THESE)
    decidable = tuple(option.pk for option in options if OptionKind(option.kind) in DECIDABLE)
    seats = (decision.seats if decision else vote.most_choices) or 1
    return Slate(decidable, by_kind[OptionKind.ABSTAIN], against, seats=seats)


def count_owners(vote: Vote) -> Result[int]:
    """Count a closed vote from its ballots, by head and area; whoever calls has seen that nothing is loose."""
    reckoning = reckoning_of(vote)
    silent = _silent(vote) if reckoning.terms.counts_silence else []
    return conclude(reckoning.terms, reckoning.slate, _papers(vote, reckoning), whole_of(vote), silent=silent)


def _papers(vote: Vote, reckoning: Reckoning) -> Iterator[Paper[int]]:
    """Every ballot once, its ticks in the order of their ranks; a dispute that was upheld takes it out."""
    disputed = set(Dispute.objects.filter(ballot__vote=vote, upheld=True).values_list("ballot_id", flat=True))
    rows = Ballot.objects.filter(vote=vote).order_by("pk", "choices__rank", "choices__option__position")
    columns = ("pk", "mark", "channel", "right__head", "right__area_centi", "choices__option_id")
    fetched = rows.values_list(*columns).iterator(chunk_size=CHUNK)
    for pk, group in groupby(fetched, key=lambda row: row[0]):
        ticks = list(group)
        _pk, mark, channel, head, area, _option = ticks[0]
        chosen = [row[5] for row in ticks if row[5] is not None]
        taken = Mark.DISPUTED if pk in disputed else _mark(Mark(mark), chosen, reckoning)
        yield Paper(Tally(head, area), Channel(channel), chosen, taken)


def _mark(mark: Mark, chosen: list[int], reckoning: Reckoning) -> Mark:
    """As it was taken; what was taken as valid is looked at once more by the rule of its kind."""
    if mark is not Mark.VALID:
        return mark
    if len(chosen) > 1 and any(reckoning.kinds[option] in ALONE for option in chosen):
        return Mark.INVALID
    return mark_of(reckoning.terms.kind, chosen, reckoning.slate)


def _silent(vote: Vote) -> list[Tally]:
    """Weights of those who were served, with proof, and from whom no ballot came at all."""
    served = proven_deliveries(vote).values("right_id")
    rights = Right.objects.filter(vote=vote, ballot=None, pk__in=served)
    return [Tally(head, area) for head, area in rights.values_list("head", "area_centi")]


def proven_deliveries(vote: Vote) -> QuerySet[Delivery]:
    """Deliveries that reached an owner and can be shown."""
    return Delivery.objects.filter(is_proven(vote), vote=vote)


def is_proven(vote: Vote) -> Q:
    """Of a delivery: taken by the owner or family, never from the board, with proof or read online."""
    taken = takers(tenant_counts=bool(value(vote.decision.values, "assembly.tenant_receipt_counts")))
    shown = Q(proof__isnull=False) | Q(way=DeliveryWay.ONLINE.value)
    return shown & Q(taken_by__in=[one.value for one in taken]) & ~Q(way=DeliveryWay.BOARD.value)


def reached(vote: Vote) -> tuple[int, int]:
    """How many voters notice and ballot have reached, and how many of these only their vote shows; one query.

    Whoever has cast, or whose paper came in, has had both in hand, whatever the delivery log says.
    """
    proven = Q(pk__in=proven_deliveries(vote).values("right_id"))
    came_in = PaperBallot.objects.filter(vote=vote, state__in=[PaperState.RECEIVED.value, PaperState.KEYED.value])
    used = Q(ballot__isnull=False) | Q(pk__in=came_in.values("right_id"))
    numbers = Right.objects.filter(vote=vote).aggregate(
        all=Count("pk", filter=proven | used), alone=Count("pk", filter=used & ~proven)
    )
    return numbers["all"], numbers["alone"]


def loose_ends(vote: Vote) -> Loose:
    """What must be settled before the count; one query."""
    papers = _number_of(PaperBallot.objects.filter(state=PaperState.RECEIVED.value), "vote")
    conflicts = _number_of(Conflict.objects.filter(settled_at=None), "right__vote")
    disputes = _number_of(Dispute.objects.filter(settled_at=None), "ballot__vote")
    return Loose(*Vote.objects.filter(pk=vote.pk).values_list(papers, conflicts, disputes).get())


def _number_of(rows: QuerySet[Any], leads_to: str) -> Coalesce:
    """How many of these rows belong to a vote, as part of a query about it."""
    of_vote = rows.filter(**{leads_to: OuterRef("pk")}).order_by().values(leads_to)
    return Coalesce(Subquery(of_vote.annotate(n=Count("pk")).values("n")), 0)


# Counts that were kept. ----------------------------------------------------------------------------------------------


def kept_counts(vote: Vote, reckoning: Reckoning) -> list[KeptCount]:
    """The first count and every recount, oldest first, exactly as they came out; two queries."""
    counts = Kept.objects.filter(vote=vote).order_by("number").prefetch_related("lines")
    return [_kept(kept, list(kept.lines.all()), reckoning) for kept in counts]


def _kept(kept: Kept, lines: list[CountLine], reckoning: Reckoning) -> KeptCount:
    counted: Counted[int] = Counted(Tally(kept.heads, kept.area_centi))
    counted.invalid_takes_part = reckoning.terms.invalid_takes_part
    silent: list[Tally] = []
    for line in lines:
        tally = Tally(line.heads, line.area_centi)
        if line.row == CountRow.DEEMED:
            silent.append(tally)
        elif line.row == CountRow.INVALID:
            counted.set_aside[Mark.INVALID, Channel(line.channel)] = tally
        elif line.option_id is None:
            counted.took_part[Channel(line.channel)] = tally
        else:
            counted.by_option[line.option_id, Channel(line.channel)] = tally
    counted = with_silent(counted, silent, reckoning.slate.options)
    flags = tuple(Flag(flag) for flag in kept.flags)
    ending = Ending(
        Outcome(kept.outcome),
        choice=kept.choice_id,
        elected=tuple(kept.elected),
        reserve=tuple(kept.reserve),
        is_tied_at_last_seat=Flag.TIE_AT_LAST_SEAT in flags,
    )
    return KeptCount(kept.number, kept.reason, kept.counted_at, Result(counted, ending, flags))
