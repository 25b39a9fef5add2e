"""What is known of an owners' decision, for the guards and for the pages."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body
from xieshang.community.rules import BodyKind
from xieshang.lib.actor import Actor
from xieshang.lib.days import day_of
from xieshang.lib.seal import key_code

from ..models import Decision, Roll, VoteCount
from ..rules import DECIDABLE, ENTRIES, Kind, OptionKind
from ..rules.deciding import Facts, State, Step, due_on, value
from ..rules.deciding.tasks import publish_by
from ..rules.deciding.texts import witness_words
from .owners_count import loose_ends

OWNERS_BODIES = frozenset({BodyKind.HOMEOWNERS_COMMITTEE, BodyKind.PROPERTY_MANAGEMENT_COMMITTEE})
COMMITTEES = frozenset({BodyKind.RESIDENTS_COMMITTEE, BodyKind.VILLAGERS_COMMITTEE})
WHOLE_COMMITTEE = "elect_committee"
BEFORE_NOTICE = frozenset({State.PROPOSED, State.PARTY_CONSULTED, State.ROSTER_OPEN})


def stands_in(body: Body) -> bool:
    """Whether a body convenes in the place of one of the owners' own; then it says by which right."""
    return BodyKind(body.kind) not in OWNERS_BODIES


def witness_of(decision: Decision) -> str:
    """Who watches the count beside the convener: the residents' committee, unless it convened the vote itself."""
    return witness_words(by_committee=BodyKind(decision.convener.kind) in COMMITTEES)


def decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions that this actor may know of, with all that their pages name."""
    rows = Decision.objects.visible_to(actor)
    return rows.select_related("vote__matter__place", "vote__scope", "area", "convener__place", "community")


def decision_of(actor: Actor, vote_id: int) -> Decision:
    """The decision of a vote that this actor may know of; all others answer as if they did not exist."""
    return get_object_or_404(decisions(actor).prefetch_related("vote__options", "scopes"), vote_id=vote_id)


def visible_decision(actor: Actor, decision_id: int) -> Decision:
    """One decision that this actor may know of; all others answer as if they did not exist."""
    return get_object_or_404(decisions(actor).prefetch_related("vote__options", "scopes"), pk=decision_id)


def notice_by(decision: Decision) -> date | None:
    """Before the notice: the last day on which it may go out, so that the vote can open on the day planned."""
    return publish_by(decision.opens_on, int(value(decision.values, "assembly.notice_days")))


def facts_of(decision: Decision, at: datetime) -> Facts:
    """The facts of a decision at this instant, as the guards will see them."""
    roll = Roll.objects.filter(vote_id=decision.vote_id).first()
    return Facts(
        today=day_of(at),
        now=at,
        **_of_draft(decision),
        **_of_window(decision),
        **_of_roll(decision, roll),
        **_of_count(decision),
        opinion_due=decision.opinion_due,
        opinion_is_given=decision.opinion_at is not None,
        key_is_there=bool(key_code()),
    )


def setting(decision: Decision, name: str) -> object:
    """One value of the rules a decision was drafted under."""
    return value(decision.values, f"assembly.{name}")


def number(decision: Decision, name: str) -> int:
    """A value that is a number of days or of people."""
    return int(setting(decision, name))  # type: ignore[call-overload]


def _of_draft(decision: Decision) -> dict[str, Any]:
    options = list(decision.vote.options.all())
    entry = ENTRIES.get(decision.entry)
    return {
        "text_given": len(decision.text.strip()) >= 10,
        "entry_is_votable": entry is not None and not entry.needs_everybody,
        "paper_is_sound": bool(options),
        "is_election": decision.vote.kind == Kind.ELECTION,
        "is_whole_committee": decision.entry == WHOLE_COMMITTEE,
        "candidates": sum(OptionKind(option.kind) in DECIDABLE for option in options),
        "seats": decision.seats,
        "seats_least": number(decision, "board_seats_least"),
        "seats_most": number(decision, "board_seats_most"),
        "is_smaller_scope": bool(decision.scopes.all()),
        "smaller_scope_allowed": bool(setting(decision, "smaller_scope_allowed")),
        "scope_source_given": bool(decision.scope_source.strip()),
        "convener_is_owners_body": not stands_in(decision.convener),
        "convener_source_given": bool(decision.convener_source.strip()),
        "deemed": setting(decision, "deemed") == "majority",
        "deemed_clause_given": bool(decision.deemed_clause.strip()),
        "paper_place_given": bool(decision.paper_place.strip()),
        "drafted_by": decision.drafted_by_id,
        "class_is_confirmed": decision.class_confirmed_at is not None,
    }


def _of_window(decision: Decision) -> dict[str, Any]:
    return {
        "opens_on": decision.opens_on,
        "closes_at": decision.closes_at,
        "closes_on": day_of(decision.closes_at) if decision.closes_at else None,
        "opens_at": decision.vote.opens_at,
        "notice_days": number(decision, "notice_days"),
        "window_days_least": number(decision, "window_days_least"),
        "window_days_most": number(decision, "window_days_most"),
        "may_extend": bool(setting(decision, "may_extend")),
        "was_extended": decision.first_closes_at is not None,
        "extension_days_most": number(decision, "extension_days_most"),
        "official_required": bool(setting(decision, "official_evote_required")),
    }


def _of_roll(decision: Decision, roll: Roll | None) -> dict[str, Any]:
    if roll is None:
        return {}
    # A roll that is frozen has none left open: it would not have been frozen.
    is_open = decision.state == State.ROSTER_OPEN
    return {
        "roll_is_published": roll.published_on is not None,
        "roll_last_day": roll.last_day,
        "roll_objections_open": roll.objections.filter(answered_at=None).count() if is_open else 0,
        "roll_is_frozen": roll.frozen_at is not None and bool(roll.value),
    }


def _of_count(decision: Decision) -> dict[str, Any]:
    if State(decision.state) not in {State.COUNTING, State.PRELIM_PUBLICITY}:
        return {}
    asked = decision.steps.filter(step__in=[Step.SIGN_COUNT, Step.RECOUNT]).order_by("pk")
    steps = list(asked.values_list("step", flat=True))
    # Nothing was published before all of it was counted.
    loose = loose_ends(decision.vote) if decision.state == State.COUNTING else None
    prelim = decision.prelim
    objections = prelim.objections if prelim else None
    return {
        "counts": VoteCount.objects.filter(vote_id=decision.vote_id).count(),
        "recounts": steps.count(Step.RECOUNT.value),
        "count_sheets": _sheets(steps),
        "papers_waiting": loose.papers if loose else 0,
        "conflicts_open": loose.conflicts + loose.disputes if loose else 0,
        "prelim_last_day": prelim.last_day if prelim else None,
        "objections_open": objections.filter(state="open").count() if objections else 0,
        "objections_sustained": _sustained(decision),
    }


def _sheets(steps: list[str]) -> int:
    """How many counts have their signed sheet: one is asked for after each recount."""
    recounts, signed = 0, 0
    for step in steps:
        if step == Step.RECOUNT:
            recounts += 1
        else:
            signed = recounts + 1
    return signed


def _sustained(decision: Decision) -> int:
    """Objections to the standing preliminary result that were found right, here or by the street."""
    if decision.prelim is None:
        return 0
    found = decision.prelim.objections
    return found.filter(sustained=True).count() + found.filter(sustained=False, appeal_upheld=True).count()


def due_day(decision: Decision, facts: Facts) -> date | None:
    """The last day of the present state."""
    return due_on(
        State(decision.state),
        day_of(decision.entered_at),
        facts,
        count_workdays=number(decision, "count_workdays"),
        announce_days=number(decision, "announce_days"),
    )
