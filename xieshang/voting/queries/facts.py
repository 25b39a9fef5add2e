"""What the tables say of a vote, in the form in which its ledger holds it: for writing, and for comparing later."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Subquery, Sum

from xieshang.lib import seal
from xieshang.lib.envelopes import Point

from ..models import (
    BallotChoice,
    CountLine,
    Decision,
    Option,
    Right,
    RightUnit,
    Roll,
    RoomVote,
    Trustee,
    Vote,
    VoteCount,
)
from ..rules import ROOM_KINDS, Base, CountRow, Kind, Mark, entries, may_be_split
from ..rules.deciding.settings import value
from ..rules.entries import Fields, digest
from ..rules.rolls import Row, roll_text
from .ledger import key_of

# What decides how doubtful ballots and silence are counted.
CHUNK = 2000
BETWEEN_NAMES = "、"
COUNT_SETTINGS = ("invalid_participates", "blank_is_abstain", "deemed", "deemed_for_special", "parking")


def opening_fields(vote: Vote) -> Fields:
    """What was fixed when the vote opened: question, options, terms, roll, end, key."""
    decision = Decision.objects.filter(vote=vote).select_related("convener").first()
    closes_at = (decision.first_closes_at if decision else None) or vote.closes_at
    if closes_at is None:
        raise ValueError("a vote without an end does not open")
    options = [(option.kind, option.text) for option in Option.objects.filter(vote=vote).order_by("position")]
    return entries.opened(
        question=vote.question,
        options=options,
        terms=_terms(vote) | _trustee_terms(vote) | _room_terms(vote) | (_decision_terms(decision) if decision else {}),
        roll=roll_facts(vote),
        closes_at=closes_at,
        key_code=key_of(vote.pk),
    )


def _terms(vote: Vote) -> Fields:
    return {
        "kind": vote.kind,
        "base": vote.base,
        "nature": vote.nature,
        "most_choices": vote.most_choices,
        "allow_change": vote.allow_change,
        "turnout": vote.turnout_share,
    }


def _trustee_terms(vote: Vote) -> Fields:
    """Of a secret vote: for which keys the envelopes are sealed."""
    keys = Trustee.objects.filter(vote=vote).order_by("seat").values_list("public_key", flat=True)
    return {"trustees": [Point(**key).fingerprint for key in keys if key]} if vote.kind == Kind.SECRET else {}


def _room_terms(vote: Vote) -> Fields:
    """Of a motion in a meeting: which share of how many must agree."""
    if vote.kind not in ROOM_KINDS:
        return {}
    asked = RoomVote.objects.get(pk=vote.pk)
    share = {"approval": asked.approval, "is_enough": asked.is_enough, "of_all": asked.is_of_all}
    return {"room": share | {"entitled": asked.entitled, "advice": asked.is_advice}}


def _decision_terms(decision: Decision) -> Fields:
    settings = {name: value(decision.values, f"assembly.{name}") for name in COUNT_SETTINGS}
    if not decision.deemed_clause:
        settings["deemed"] = "none"
    return {
        "item": decision.item,
        "law": decision.rule_set,
        "seats": decision.seats,
        "text": decision.text,
        "convener": decision.convener.name,
        "settings": settings,
    }


def roll_facts(vote: Vote) -> Fields:
    """The frozen roll in numbers, with the check code printed on the notice (a poll's is made here)."""
    rights = Right.objects.filter(vote=vote)
    sums = rights.aggregate(heads=Sum("head"), area=Sum("area_centi"))
    heads, area = sums["heads"] or 0, sums["area"] or 0
    roll = Roll.objects.filter(vote=vote).first()
    if roll and roll.value:
        code, algorithm = roll.value, roll.algorithm
    else:
        rows = [(n or 0, code) for n, code in rights.exclude(number=None).values_list("number", "commitment")]
        code, algorithm = seal.check_code(roll_text(vote.matter.number, heads, area, rows).encode())
    return {"rights": rights.count(), "heads": heads, "area": area, "code": code, "algorithm": algorithm}


def rows_of_roll(vote: Vote) -> Iterator[Row]:
    """The rows of a frozen roll in order of number, as their commitments were made; two queries."""
    units = defaultdict(list)
    for right_id, label in RightUnit.objects.filter(vote=vote).order_by("pk").values_list("right", "label"):
        units[right_id].append(label)
    for right in Right.objects.filter(vote=vote).order_by("number").iterator(chunk_size=CHUNK):
        whose = names_on(right) if vote.base == Base.OWNERS else [whose_of_poll(right)]
        row = (right.number or 0, right.head, right.area_centi)
        yield Row(*row, owners=tuple(whose), units=tuple(units[right.pk]), salt=right.salt)


def names_on(right: Right) -> list[str]:
    """The owners' names as they went into the commitment, whatever stands in them."""
    return list(right.names) if right.names is not None else right.name.split(BETWEEN_NAMES)


def whose_of_poll(right: Right) -> str:
    """Whose a poll's right is, for its commitment: a household or a person by number, in a meeting else by name."""
    if right.household_id:
        return f"household {right.household_id}"
    return f"person {right.person_id}" if right.person_id else f"present {right.name}"


def result_fields(count: VoteCount) -> Fields:
    """A kept count: figures by row and by option, channels together, and what came out of it."""
    options = list(Option.objects.filter(vote=count.vote_id).order_by("position"))
    places = {option.pk: option.position for option in options}
    by_option = {option.pk: [0, 0] for option in options}
    rows = {row.value: [0, 0] for row in CountRow if row is not CountRow.OPTION}
    for line in CountLine.objects.filter(count=count):
        figures = by_option[line.option_id] if line.row == CountRow.OPTION and line.option_id else rows[line.row]
        figures[0] += line.heads
        figures[1] += line.area_centi
    table = buildings_of(count)
    return entries.result(
        number=count.number,
        reason=count.reason,
        counted_at=count.counted_at,
        whole=(count.heads, count.area_centi),
        rows=rows,
        options=[by_option[option.pk] for option in options],
        decision={
            "outcome": count.outcome,
            "choice": places.get(count.choice_id) if count.choice_id else None,
            "elected": _positions(count.elected, places),
            "reserve": _positions(count.reserve, places),
            "flags": list(count.flags),
        },
        buildings=digest({"buildings": table}) if table else "",
    )


def _positions(ids: Sequence[int], places: dict[int, int]) -> list[int]:
    return [places[pk] for pk in ids if pk in places]


def buildings_of(count: VoteCount) -> list[list[object]]:
    """Rows of building, place of the option, heads, area; nothing where one cell would be under five.

    A right with homes in several buildings stands under the first of them; ballots that say nothing are left out.
    """
    vote = count.vote
    if vote.base != Base.OWNERS:
        return []
    homes = RightUnit.objects.filter(right=OuterRef("ballot__right_id")).order_by("pk").values("building")[:1]
    ticks = BallotChoice.objects.filter(ballot__vote=vote, ballot__mark=Mark.VALID.value)
    grouped = ticks.annotate(building=Subquery(homes)).values_list("building", "option__position")
    sums = grouped.annotate(heads=Sum("ballot__right__head"), area=Sum("ballot__right__area_centi"))
    cells = {(building or "", position): (heads, area) for building, position, heads, area in sums}
    buildings, positions = sorted({key[0] for key in cells}), [option.position for option in vote.options.all()]
    table = [[name, at, *cells.get((name, at), (0, 0))] for name in buildings for at in positions]
    return table if may_be_split([cell[2] for cell in table]) else []
