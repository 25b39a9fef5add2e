"""How every decision that is under way stands for one person, in one query."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.outcomes.models import Objection

from ..models import (
    Conflict,
    Decision,
    DecisionStep,
    Dispute,
    PaperBallot,
    Proxy,
    RollObjection,
    SecondSignature,
    Succession,
    VoteCount,
)
from ..rules.deciding import ENDS, State, Step, value
from ..rules.deciding.tasks import Situation
from ..rules.paperwork import PaperState, ProxyState
from .excluded import EXCLUDE, LIFT
from .rolls import CHANGE

HELD = ("vote__matter__place", "vote__roll", "area", "convener")


def under_way(actor: Actor) -> "QuerySet[Decision]":
    """Decisions that are not at an end, in the place of this office or convened by its body."""
    office = actor.office
    if office is None:
        return Decision.objects.none()
    rows = Decision.objects.visible_to(actor).exclude(state__in=[state.value for state in ENDS])
    here = Q(vote__matter__place__path__startswith=office.place_path) | Q(convener_id=office.body_id or 0)
    return rows.filter(here).select_related(*HELD)


def with_situation(rows: "QuerySet[Decision]", person: int) -> "QuerySet[Decision]":
    """The same decisions with all numbers that `situation_of` reads, as this person meets them."""
    return rows.annotate(
        n_roll_objections=_count(RollObjection.objects.filter(answered_at=None), "roll__vote", "vote"),
        n_asked=_count(_asked_by_others(person).exclude(step__in=[CHANGE, EXCLUDE, LIFT]), "decision"),
        n_changes=_count(_asked_by_others(person).filter(step__in=[CHANGE, EXCLUDE, LIFT]), "decision"),
        is_entered=Exists(
            SecondSignature.objects.filter(decision=OuterRef("pk"), step=Step.ENTER_RESULT.value, answered_at=None)
        ),
        n_successions=_count(
            Succession.objects.filter(confirmed_at=None).exclude(written_by=person), "right__vote", "vote"
        ),
        n_proxies=_count(Proxy.objects.filter(state=ProxyState.OFFERED.value), "right__vote", "vote"),
        n_disputes=_count(Dispute.objects.filter(settled_at=None), "ballot__vote", "vote"),
        n_conflicts=_count(Conflict.objects.filter(settled_at=None).exclude(settled_by=person), "right__vote", "vote"),
        n_conflicts_all=_count(Conflict.objects.filter(settled_at=None), "right__vote", "vote"),
        n_papers=_count(_received(), "vote", "vote"),
        n_unread=_count(_unread(person), "vote", "vote"),
        n_counts=_count(VoteCount.objects.all(), "vote", "vote"),
        n_recounts=_count(DecisionStep.objects.filter(step=Step.RECOUNT.value), "decision"),
        is_signed=Exists(_signed()),
        n_objections=_count(Objection.objects.filter(state="open"), "notice", "prelim"),
        n_sustained=_count(
            Objection.objects.filter(Q(sustained=True) | Q(sustained=False, appeal_upheld=True)), "notice", "prelim"
        ),
    )


def _count(rows: "QuerySet[Any]", leads_to: str, of: str = "pk") -> Coalesce:
    """How many of these rows belong to a decision, as part of the query about it."""
    own = rows.filter(**{leads_to: OuterRef(of)}).order_by().values(leads_to)
    return Coalesce(Subquery(own.annotate(n=Count("pk", distinct=True)).values("n")), 0)


def _asked_by_others(person: int) -> "QuerySet[SecondSignature]":
    return SecondSignature.objects.filter(answered_at=None).exclude(asked_by=person)


def _received() -> "QuerySet[PaperBallot]":
    return PaperBallot.objects.filter(state=PaperState.RECEIVED.value)


def _unread(person: int) -> "QuerySet[PaperBallot]":
    """Papers that this person may read: not read by them, and not read three times."""
    return _received().exclude(keyings__by=person).exclude(keyings__round=3)


def _signed() -> "QuerySet[DecisionStep]":
    """The signature of a count that no recount came after."""
    own = DecisionStep.objects.filter(decision=OuterRef(OuterRef("pk")), step=Step.RECOUNT.value)
    last = Coalesce(Subquery(own.order_by("-pk").values("pk")[:1]), 0)
    return DecisionStep.objects.filter(decision=OuterRef("pk"), step=Step.SIGN_COUNT.value, pk__gt=last)


def situation_of(row: Any, actor: Actor) -> Situation:
    """One annotated decision as the rules look at it."""
    roll = getattr(row.vote, "roll", None)
    state = State(row.state)
    return Situation(
        state=state,
        today=shown_today(),
        is_mine=row.drafted_by_id == actor.person_id,
        class_is_confirmed=row.class_confirmed_at is not None,
        opinion_is_given=row.opinion_at is not None,
        opinion_due=row.opinion_due,
        roll_is_published=bool(roll and roll.published_on),
        roll_is_frozen=bool(roll and roll.frozen_at),
        roll_last_day=roll.last_day if roll else None,
        roll_objections=row.n_roll_objections,
        roll_changes=row.n_changes,
        signatures=row.n_asked,
        successions=row.n_successions,
        proxies=row.n_proxies if state in {State.NOTICE, State.VOTING} else 0,
        disputes=row.n_disputes,
        conflicts=row.n_conflicts,
        papers_unread=row.n_unread,
        papers=row.n_papers,
        is_official=bool(value(row.values, "assembly.official_evote_required")),
        is_entered=row.is_entered,
        is_counted=row.n_counts > row.n_recounts,
        sheet_is_signed=row.is_signed,
        objections=row.n_objections,
        sustained=row.n_sustained if state == State.PRELIM_PUBLICITY else 0,
    )
