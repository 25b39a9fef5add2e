"""Paper after closing: each ballot is read by two people blind; what is unclear is settled by two."""

from collections.abc import Collection

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation

from ..models import Ballot, Conflict, Keying, PaperBallot, Vote, VoteCount
from ..queries import possible_stands
from ..rules import Channel, EntryKind, Mark, State, entries, handing, paperwork
from ..rules import deciding as course
from ..rules.paperwork import READINGS, PaperState, Reading, Stands, agreed
from .casting import require_paper
from .ledger import write_entry
from .papers import locked_paper
from .writing import write_ballot

MOST_ROUNDS = 3


@transaction.atomic
def key_paper(actor: Actor, paper_id: int, *, option_ids: Collection[int], unreadable: bool = False) -> PaperBallot:
    """Write down what one person reads from a paper, blind of the others; two alike make the ballot.

    `unreadable`: no signature, altered, or not to be made out; such a paper is invalid whatever is ticked.
    """
    paper = locked_paper(actor, paper_id)
    if not has_perm("voting.key_paper", actor, paper.vote):
        raise NotAllowed("voting.key_paper")
    keyings = _readings_so_far(actor, paper)
    at, number = now(), len(keyings) + 1
    mark, ticked = _reading(paper.vote, option_ids, unreadable=unreadable)
    Keying.objects.create(
        paper=paper,
        round=number,
        ticked=list(ticked),
        mark=mark,
        by_id=actor.person_id,
        office_id=actor.office.id if actor.office else None,
        at=at,
    )
    write_entry(paper.vote, EntryKind.KEYED, at, entries.keying(serial=paper.serial, round_=number))
    detail = {"paper": paper.serial, "round": number}
    record(actor, "voting.key_paper", number=paper.vote.matter.number, place=paper.vote.place_path, detail=detail)
    both = agreed([*keyings, (mark, ticked)])
    if both:
        _confirm(actor, paper, both)
    elif number == MOST_ROUNDS:
        Conflict.objects.get_or_create(
            right=paper.right, paper=paper, defaults={"words": _("三个人读这张票，读得都不一样。"), "at": at}
        )
    return paper


def _readings_so_far(actor: Actor, paper: PaperBallot) -> list[Reading]:
    """What others read before; RuleViolation where this person may not read it now."""
    vote = paper.vote
    if vote.state != State.CLOSED or vote.decision.state != course.State.COUNTING:
        raise RuleViolation(paperwork.NOT_KEYING)
    if paper.state in {PaperState.ISSUED, PaperState.VOID}:
        raise RuleViolation(
            Refusal(paperwork.NOT_RECEIVED.code, str(paperwork.NOT_RECEIVED.sentence).format(serial=paper.serial))
        )
    before = list(paper.keyings.order_by("round"))
    if any(keying.by_id == actor.person_id for keying in before):
        raise RuleViolation(paperwork.KEYED_BY_YOU)
    if paper.state == PaperState.KEYED or len(before) >= MOST_ROUNDS:
        raise RuleViolation(paperwork.KEYED_FULLY)
    return [_as_read(keying) for keying in before]


def _as_read(keying: Keying) -> Reading:
    return keying.mark, tuple(keying.ticked)


def _reading(vote: Vote, option_ids: Collection[int], *, unreadable: bool) -> Reading:
    """Mark and positions of what is ticked: nothing is blank, too much is invalid, and so is what cannot be read."""
    if unreadable:
        return Mark.INVALID.value, ()
    if not option_ids:
        return Mark.BLANK.value, ()
    try:
        require_paper(vote, option_ids)
    except RuleViolation:
        return Mark.INVALID.value, ()
    places = {option.pk: option.position for option in vote.options.all()}
    return Mark.VALID.value, tuple(sorted(places[option] for option in set(option_ids)))


def _confirm(actor: Actor, paper: PaperBallot, reading: Reading) -> None:
    """Two read alike: the paper is keyed; it becomes the ballot, unless another way was used for its right."""
    paper.state = PaperState.KEYED.value
    paper.save(update_fields=["state"])
    conflict = Conflict.objects.filter(paper=paper, ballot__isnull=False).first()
    if conflict is None or (conflict.settled_at and conflict.stands == Stands.PAPER):
        _make_ballot(actor, paper, reading)


def _make_ballot(actor: Actor, paper: PaperBallot, reading: Reading) -> None:
    """The ballot that this paper is, in place of one cast by another way if there is one."""
    mark, ticked = reading
    ballot = Ballot.objects.filter(right=paper.right).first()
    ballot = ballot or Ballot(right=paper.right, vote=paper.vote, community_id=paper.vote.community_id)
    ballot.right, ballot.vote, ballot.cast_by_id, ballot.assisted_by_id = paper.right, paper.vote, None, None
    ballot.channel, ballot.mark, ballot.consent = Channel.PAPER.value, mark, ""
    chosen = list(paper.vote.options.filter(position__in=ticked).values_list("pk", flat=True))
    key, hands_id = f"paper-{paper.pk}", actor.person_id or 0
    write_ballot(ballot, chosen, key=key, at=now(), hands_id=hands_id, paper=paper.serial)
    paper.ballot, paper.state = ballot, PaperState.KEYED.value
    paper.save(update_fields=["ballot", "state"])


@transaction.atomic
def settle_conflict(actor: Actor, conflict_id: int, *, stands: Stands) -> Conflict:
    """Say what stands; the second person who says the same settles it. Of two ways the rule alone decides."""
    rows = Conflict.objects.select_for_update(of=("self",)).filter(right__vote__in=Vote.objects.visible_to(actor))
    conflict = get_object_or_404(rows.select_related("right__vote__matter__place", "ballot"), pk=conflict_id)
    vote = conflict.right.vote
    if not has_perm("voting.settle_conflict", actor, vote):
        raise NotAllowed("voting.settle_conflict")
    _require_settleable(vote, conflict, stands)
    if conflict.settled_by_id is None:
        conflict.settled_by_id, conflict.stands = actor.person_id, stands.value
        conflict.save()
    else:
        _second(actor, vote, conflict, stands)
    facts = {"conflict": conflict.pk, "stands": stands.value, "settled": conflict.settled_at is not None}
    record(actor, "voting.settle_conflict", number=vote.matter.number, place=vote.place_path, detail=facts)
    return conflict


def _require_settleable(vote: Vote, conflict: Conflict, stands: Stands) -> None:
    if conflict.settled_at is not None:
        raise RuleViolation(paperwork.CONFLICT_SETTLED)
    if vote.state != State.CLOSED or vote.decision.state != course.State.COUNTING:
        raise RuleViolation(paperwork.NOT_KEYING)
    if VoteCount.objects.filter(vote=vote).exists():
        raise RuleViolation(handing.COUNTED_ALREADY)
    if stands not in possible_stands(conflict):
        raise RuleViolation(paperwork.NOT_BY_THE_RULE)


def _second(actor: Actor, vote: Vote, conflict: Conflict, stands: Stands) -> None:
    """Another human being says the same: it is settled and done."""
    if conflict.settled_by_id == actor.person_id:
        raise RuleViolation(paperwork.SAME_PERSON)
    if conflict.stands != stands:
        raise RuleViolation(paperwork.ANOTHER_CHOICE)
    at = now()
    conflict.second_id, conflict.settled_at = actor.person_id, at
    conflict.save()
    _carry_out(actor, locked_paper(actor, conflict.paper_id or 0), conflict)


def _carry_out(actor: Actor, paper: PaperBallot, conflict: Conflict) -> None:
    stands = Stands(conflict.stands)
    if stands == Stands.BALLOT:
        paper.state = PaperState.VOID.value
        paper.save(update_fields=["state"])
        hands = [conflict.settled_by_id or 0, conflict.second_id or 0]
        fields = entries.voided(reason=_("先收到的一张有效"), by=hands, serial=paper.serial)
        write_entry(paper.vote, EntryKind.VOIDED, now(), fields)
        return
    readings = [_as_read(keying) for keying in paper.keyings.order_by("round")]
    if stands == Stands.INVALID:
        _make_ballot(actor, paper, (Mark.INVALID.value, ()))
    elif stands == Stands.PAPER:
        read_alike = agreed(readings)
        if read_alike:
            _make_ballot(actor, paper, read_alike)
    else:
        _make_ballot(actor, paper, readings[list(READINGS.values()).index(stands)])
