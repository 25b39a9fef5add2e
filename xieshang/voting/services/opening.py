"""Preparing a vote and opening it on a roll that is frozen in the same instant."""

import secrets
from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.community.models import Household, Place
from xieshang.community.queries import adults_under, rules_for
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI, day_of, deadline
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.workdays import period_after
from xieshang.live.services import tell
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience, LinkKind
from xieshang.matters.services import index, link, make, settle

from .. import hooks
from ..models import Option, Right, RightHolder, Vote
from ..queries import whose_of_poll
from ..rules import (
    DEFAULTS,
    RULE_SET,
    Base,
    Kind,
    Line,
    Nature,
    State,
    lines_for,
    refusals,
    require_sound_paper,
    share_of,
    tidy,
)
from ..rules.rolls import Row, commit
from .boxes import set_up_box
from .ledger import write_opened

BATCH = 2000
MATTER_KIND = "vote"


@transaction.atomic
def prepare(
    actor: Actor,
    matter: Matter,
    *,
    question: str,
    base: Base,
    scope_id: int,
    days: int,
    options: Sequence[str] = (),
    intro: str = "",
    nature: Nature = Nature.CONSULTATION,
    kind: Kind = Kind.POLL,
    allow_change: bool = False,
    most_choices: int = 1,
    turnout: str | None = None,
    closes_at: datetime | None = None,
) -> Vote:
    """Draft a poll about a matter; seen by officers only. Without options it asks 同意 or 不同意.

    Open for `days` calendar days unless `closes_at` is given; `turnout` “1/3”, "" none, None the place's rule.
    """
    scope = allowed_scope(actor, matter, scope_id)
    texts = sound_paper(question, options, most_choices)
    own = make(actor, kind=MATTER_KIND, prefix=_("票"), title=one_line(question)[:80], place=matter.place)
    vote = Vote.objects.create(
        matter=own,
        of=matter,
        community_id=own.community_id,
        scope=scope,
        **_sort(nature, kind, base, texts),
        question=own.title,
        intro=intro.strip(),
        most_choices=most_choices,
        allow_change=allow_change,
        turnout_share=turnout_of(scope, turnout),
        days=days,
        closes_at=closes_at,
    )
    write_options(vote, lines_for(texts))
    return prepared(actor, vote)


def allowed_scope(actor: Actor, matter: Matter, scope_id: int) -> Place:
    """The place whose people are asked, in the matter's community; NotAllowed where this office may not ask them."""
    scope = get_object_or_404(Place.objects.filter(path__startswith=matter.community.path), pk=scope_id)
    if not (has_perm("voting.prepare", actor, matter) and has_perm("voting.prepare", actor, scope.path)):
        raise NotAllowed("voting.prepare")
    return scope


def sound_paper(question: str, options: Sequence[str], most_choices: int) -> list[str]:
    """The options as they will stand; RuleViolation for a paper that cannot be voted on."""
    texts = tidy([one_line(option) for option in options])
    require_sound_paper(one_line(question), texts, most_choices)
    return texts


def _sort(nature: Nature, kind: Kind, base: Base, texts: Sequence[str]) -> dict[str, str]:
    """What residents may be asked: to tick, or to put up to `most_choices` of several options in an order."""
    if kind not in (Kind.POLL, Kind.PRIORITIES) or (kind == Kind.PRIORITIES and not texts):
        raise RuleViolation(refusals.TOO_FEW_OPTIONS)
    return {"nature": Nature(nature).value, "kind": kind.value, "base": Base(base).value}


def prepared(actor: Actor, vote: Vote) -> Vote:
    """A draft with its place among the matters and in the record."""
    _announce(vote, Audience.OFFICERS)
    record(actor, "voting.prepare", number=vote.matter.number, place=vote.matter.place_path, after=vote.state)
    return vote


def write_options(vote: Vote, lines: Sequence[Line]) -> None:
    """The lines of the ballot paper, in their fixed places."""
    Option.objects.bulk_create(
        Option(vote=vote, position=position, kind=line.kind.value, text=str(line.text))
        for position, line in enumerate(lines, start=1)
    )


def one_line(text: str) -> str:
    """Every run of blanks one space; Chinese punctuation stays as it is."""
    return " ".join(text.split())


def turnout_of(scope: Place, given: str | None) -> str:
    """The share asked for, checked and reduced; the place's rule where none is given."""
    if given is None:
        given = str(rules_for(scope, RULE_SET, day_of(now()), DEFAULTS)["voting.turnout_share"])
    share = share_of(given.strip())
    return "" if share is None else f"{share.numerator}/{share.denominator}"


def _announce(vote: Vote, audience: Audience) -> None:
    """Give the vote's matter its address and say how it stands; tie it to the matter it is about."""
    matter = vote.matter
    matter.url = vote.get_absolute_url()
    matter.save(update_fields=["url"])
    settle(matter, standing=_("准备中"), audience=audience, is_open=True)
    index(matter, f"{vote.question} {matter.place.label} {vote.intro}")
    if vote.of:
        link(matter, vote.of, LinkKind.VOTE_OF)


@transaction.atomic
def open_vote(actor: Actor, vote_id: int) -> Vote:
    """Freeze the roll and take ballots from this instant on; from here nothing of the vote changes any more."""
    votes = Vote.objects.visible_to(actor).select_for_update(of=("self",)).select_related("scope", "matter", "of")
    vote = get_object_or_404(votes, pk=vote_id)
    if not has_perm("voting.open", actor, vote):
        raise NotAllowed("voting.open")
    if vote.state != State.DRAFTED:
        raise RuleViolation(refusals.NOT_A_DRAFT)
    at = now()
    vote.closes_at = vote.closes_at or _closing(vote, at)
    if vote.closes_at <= at:
        raise RuleViolation(refusals.CLOSES_TOO_EARLY)
    vote.roll_size = _freeze_roll(vote, at)
    if vote.kind == Kind.SECRET:
        set_up_box(vote)
    vote.state, vote.opens_at, vote.frozen_at = State.OPEN.value, at, at
    vote.save()
    write_opened(vote, at)
    if vote.kind == Kind.SECRET:
        for move_on in hooks.on_opened:
            move_on(actor, vote)
    audience = Audience(vote.of.audience) if vote.of else Audience.PUBLIC
    settle(vote.matter, standing=_("%s截止") % deadline(vote.closes_at), audience=audience, is_open=True)
    record(
        actor,
        "voting.open",
        number=vote.matter.number,
        place=vote.place_path,
        before=State.DRAFTED.value,
        after=vote.state,
        detail={"roll": vote.roll_size, "closes_at": vote.closes_at},
    )
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell(f"matter.{matter_id}", "poll")
    return vote


def _closing(vote: Vote, at: datetime) -> datetime:
    """The place's hour on the last day of the period; a last day of leave moves to the next working day."""
    hour = int(str(rules_for(vote.scope, RULE_SET, day_of(at), DEFAULTS)["voting.closing_hour"]))
    return datetime.combine(period_after(day_of(at), vote.days).last_day, time(hour), SHANGHAI)


def _freeze_roll(vote: Vote, at: datetime) -> int:
    """Write every right of the scope, and who may cast it; gives the number of rights. Nobody under age."""
    adults = adults_under(vote.scope.path, day_of(at))
    if vote.base == Base.HOUSEHOLD:
        size = _freeze_households(vote, list(adults.values_list("unit_id", "person_id").distinct()))
    else:
        size = _freeze_people(vote, sorted(set(adults.values_list("person_id", flat=True))))
    if not size:
        raise RuleViolation(refusals.EMPTY_ROLL)
    return size


def _freeze_people(vote: Vote, people: list[int]) -> int:
    rights = write_rights(vote, [Right(person_id=person) for person in people])
    RightHolder.objects.bulk_create(
        (RightHolder(right=right, person_id=right.person_id) for right in rights), batch_size=BATCH
    )
    return len(rights)


def write_rights(vote: Vote, rights: list[Right]) -> list[Right]:
    """The rights of a poll, numbered by lot so that a number tells nothing, each with its commitment."""
    numbers = list(range(1, len(rights) + 1))
    secrets.SystemRandom().shuffle(numbers)
    for number, right in zip(numbers, rights, strict=True):
        right.vote, right.community_id, right.number = vote, vote.community_id, number
        right.salt = secrets.token_hex(32)
        right.commitment = commit(Row(number, right.head, right.area_centi, (whose_of_poll(right),), (), right.salt))
    return Right.objects.bulk_create(rights, batch_size=BATCH)


def _freeze_households(vote: Vote, adults: list[tuple[int, int]]) -> int:
    homes = Household.objects.filter(unit__path__startswith=vote.scope.path).values_list("pk", "unit_id")
    units = dict(homes.order_by("pk"))
    rights = write_rights(vote, [Right(household_id=home) for home in units])
    by_unit = {units[right.household_id]: right for right in rights if right.household_id}
    RightHolder.objects.bulk_create(
        (RightHolder(right=by_unit[unit], person_id=person) for unit, person in sorted(adults) if unit in by_unit),
        batch_size=BATCH,
    )
    return len(rights)
