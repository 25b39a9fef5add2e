"""Lists of votes: for the tab, for the home page, for a topic's page, for what waits for me."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.queries import homes_of
from xieshang.community.rules import COMMUNITY_KINDS
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now
from xieshang.lib.days import day_of, deadline
from xieshang.lib.paging import Page, page_of
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter

from ..models import BASE_LABELS, PaperBallot, Proxy, Right, RightHolder, Vote, VoteCount
from ..rules import OUTCOME_WORDS, Base, Kind, Outcome, State, time_left
from ..rules.deciding import State as Stage
from ..rules.paperwork import PaperState, ProxyState
from .desk import MOST as MOST_AT_DESK
from .desk import waiting_at_desk
from .participation import Participation, participations
from .secret import trustees_waiting

MOST_OPEN = 30
MOST_WAITING = 4
CLOSED_LOOKS = {Stage.COUNTING: ("calculator", "wait"), Stage.PRELIM_PUBLICITY: ("scroll-text", "wait")}


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A running vote on a list: what, until when, how many took part. Never how it stands."""

    vote: Vote
    title: str
    url: str
    meta: str
    live: str
    participation: Participation


def community_for(actor: Actor, chosen: int | None) -> int | None:
    """The community of a list: the office's, else the one chosen in the header, else one's own, else the first."""
    if actor.office is not None:
        place = Place.objects.filter(path=actor.office.place_path).first()
        if place and (place.is_community or place.community_id):
            return place.pk if place.is_community else place.community_id
    if chosen:
        return chosen
    homes = homes_of(actor.person_id) if actor.person_id else []
    if homes:
        return homes[0].community_id
    kinds = [kind.value for kind in COMMUNITY_KINDS]
    return Place.objects.filter(kind__in=kinds).order_by("path").values_list("pk", flat=True).first()


def open_votes(actor: Actor, community_id: int) -> list[OpenVote]:
    """The running votes of a community, closing first on top; two queries."""
    at = shown_now()
    votes = Vote.objects.visible_to(actor).outside_rooms().taking_ballots(at).filter(community_id=community_id)
    found = list(votes.select_related("scope").order_by("closes_at", "pk")[:MOST_OPEN])
    took_part = participations(found)
    return [_listed(vote, took_part[vote.pk], at) for vote in found]


def _listed(vote: Vote, took_part: Participation, at: datetime) -> OpenVote:
    return OpenVote(
        vote, vote.question, vote.get_absolute_url(), _meta(vote, at), f"matter.{vote.matter_id}", took_part
    )


def _meta(vote: Vote, at: datetime) -> str:
    if vote.closes_at is None:
        return ""
    if vote.base == Base.OWNERS:
        what = str(BASE_LABELS[Base.OWNERS])
    elif vote.kind == Kind.SECRET:
        what = _("无记名 · %(base)s") % {"base": BASE_LABELS[Base(vote.base)]}
    else:
        what = _("意愿征集 · %(base)s") % {"base": BASE_LABELS[Base(vote.base)]}
    return _("%(what)s · %(closes)s截止，%(left)s") % {
        "what": what,
        "closes": deadline(vote.closes_at),
        "left": time_left(vote.closes_at, at),
    }


def called_votes(actor: Actor, community_id: int) -> list[Vote]:
    """Owners' votes whose notice is up and which open on a day to come, the nearest first."""
    called = Vote.objects.visible_to(actor).filter(community_id=community_id, decision__state=Stage.NOTICE.value)
    return list(called.select_related("decision").order_by("opens_at", "pk")[:MOST_OPEN])


def rolls_to_check(actor: Actor, community_id: int) -> list[Vote]:
    """Votes whose roll is published and not frozen yet, for those on it and those who make it, soonest over first."""
    if actor.person_id is None:
        return []
    shown = Vote.objects.visible_to(actor).filter(community_id=community_id, decision__state=Stage.ROSTER_OPEN.value)
    rows = shown.filter(roll__published_on__isnull=False, roll__frozen_at=None).select_related("roll")
    return list(rows.order_by("roll__last_day", "pk")[:MOST_OPEN])


@dataclass(frozen=True, slots=True)
class ClosedVote:
    """A vote that is over, on a list: what, its number, how it came out."""

    vote: Vote
    word: str
    icon: str
    tone: str


def secret_drafts(actor: Actor, community_id: int) -> list[Vote]:
    """Secret votes in preparation that this office may know of: their trustees are making keys."""
    if actor.office is None:
        return []
    drafts = Vote.objects.visible_to(actor).filter(kind=Kind.SECRET.value, state=State.DRAFTED.value)
    return list(drafts.filter(community_id=community_id).order_by("-pk")[:MOST_OPEN])


def closed_votes(actor: Actor, community_id: int, key: str) -> Page[ClosedVote]:
    """One page of the votes of a community whose time is up, and of those aborted, newest first."""
    time_is_up = Q(closes_at__lte=shown_now(), state__in=[State.OPEN.value, State.CLOSED.value])
    aborted = Q(decision__state=Stage.ABORTED.value) | Q(kind=Kind.SECRET.value, state=State.VOIDED.value)
    over = Vote.objects.visible_to(actor).outside_rooms().filter(time_is_up | aborted, community_id=community_id)
    last = VoteCount.objects.filter(vote=OuterRef("pk")).order_by("-number").values("outcome")[:1]
    page = page_of(over.select_related("matter", "decision").annotate(outcome=Subquery(last)), key)
    return Page([_closed(vote) for vote in page.rows], page.next_key, page.is_first)


def _closed(vote: Vote) -> ClosedVote:
    decision = getattr(vote, "decision", None)
    if vote.kind == Kind.SECRET:
        return ClosedVote(vote, str(vote.matter.standing), "lock", "closed")
    if decision is None:
        return ClosedVote(vote, _("看结果"), "chart-no-axes-column", "closed")
    outcome = getattr(vote, "outcome", "")
    if outcome and Stage(decision.state) in {Stage.DECIDED, Stage.ANNOUNCED}:
        is_passed = outcome == Outcome.PASSED
        return ClosedVote(
            vote,
            str(OUTCOME_WORDS[Outcome(outcome)]),
            "circle-check" if is_passed else "circle-minus",
            "done" if is_passed else "closed",
        )
    icon, tone = CLOSED_LOOKS.get(Stage(decision.state), ("circle-slash", "closed"))
    return ClosedVote(vote, vote.matter.standing, icon, tone)


def votes_of(actor: Actor, matter: Matter) -> list[Vote]:
    """The votes about a matter that this actor may know of, newest first."""
    return list(Vote.objects.visible_to(actor).filter(of=matter).select_related("matter", "scope").order_by("-pk"))


def waiting_for(actor: Actor, most: int = MOST_AT_DESK) -> list[Waiting]:
    """Running votes in which an own right or an accepted proxy is unused, or what waits at a desk."""
    if actor.office is not None:
        return waiting_at_desk(actor, most)
    if actor.person_id is None:
        return []
    at = shown_now()
    rights = _unused_by(actor, at)
    votes = {right.vote_id: right.vote for right in rights if right.is_own}
    soonest = sorted(votes.values(), key=lambda vote: (vote.closes_at or at, vote.pk))
    own = [
        _to_cast(vote, _("给“%s”投票") % vote.question, _("%s截止 · 您还没投"), at) for vote in soonest[:MOST_WAITING]
    ]
    words, line = _("替%(who)s给“%(what)s”投票"), _("%s截止 · 委托已经接受，还没投")
    others = [
        _to_cast(right.vote, words % {"who": right.principal, "what": right.vote.question}, line, at)
        for right in rights
        if not right.is_own
    ]
    return trustees_waiting(actor) + own + others[:MOST_WAITING]


def _unused_by(actor: Actor, at: datetime) -> list[Any]:
    """Rights of running votes that this person may use, as a holder or by an accepted proxy, and has not; one query."""
    own = RightHolder.objects.filter(person_id=actor.person_id)
    accepted = Proxy.objects.filter(agent_id=actor.person_id, state=ProxyState.ACCEPTED.value, until__gte=day_of(at))
    in_the_box = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    papers = PaperBallot.objects.filter(right=OuterRef("pk"), state__in=in_the_box)
    free = Right.objects.filter(ballot=None, used=None, vote__state=State.OPEN.value, vote__closes_at__gt=at)
    mine = free.filter(Q(pk__in=own.values("right")) | Q(pk__in=accepted.values("right")), vote__opens_at__lte=at)
    marked = mine.filter(~Exists(papers)).annotate(
        is_own=Exists(own.filter(right=OuterRef("pk"))),
        principal=Subquery(accepted.filter(right=OuterRef("pk")).values("principal_name")[:1]),
    )
    return list(marked.select_related("vote").order_by("vote__closes_at", "pk"))


def _to_cast(vote: Vote, title: str, line: str, at: datetime) -> Waiting:
    closes = vote.closes_at or at
    return Waiting(
        title=title, line=line % deadline(closes), url=vote.get_absolute_url(), action=_("去投票"), due=day_of(closes)
    )
