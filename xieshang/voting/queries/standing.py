"""Where one reader stands towards one vote, in at most four queries."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Residence
from xieshang.community.queries import name_for
from xieshang.community.rules import ResidenceState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now, shown_today

from ..models import CHANNEL_LABELS, Ballot, RightHolder, Vote
from ..rules import STANDING_SENTENCES, Channel, Reader, Standing, State, moment, standing_of


@dataclass(frozen=True, slots=True)
class MyRight:
    """A right that this reader may cast, and whom it stands for: 您代表 …. Shown to the holder alone."""

    id: int
    stands_for: str
    ballot: Ballot | None


@dataclass(frozen=True, slots=True)
class MyStanding:
    """May this reader vote, in one word, in one sentence, and what would open it."""

    standing: Standing
    sentence: str = ""
    url: str = ""
    act: str = ""
    rights: list[MyRight] = field(default_factory=list)
    # The number of one's own receipt; a housemate's is not shown.
    receipt: str = ""

    @property
    def may(self) -> bool:
        """Whether the way to the ballot is open."""
        return self.standing in {Standing.MAY, Standing.MAY_CHANGE}

    @property
    def has_voted(self) -> bool:
        """Whether a ballot stands for this reader."""
        return self.standing in {Standing.VOTED, Standing.MAY_CHANGE, Standing.HOUSEHOLD_VOTED}

    @property
    def open_rights(self) -> list[MyRight]:
        """The rights a paper may still be handed in for: free ones, or those that may be changed."""
        free = [right for right in self.rights if right.ballot is None]
        return free or (self.rights if self.standing == Standing.MAY_CHANGE else [])


def standing_for(actor: Actor, vote: Vote) -> MyStanding:
    """Where this actor stands towards a vote."""
    rights = _rights_of(actor, vote)
    ballots = [right.ballot for right in rights if right.ballot]
    own = [ballot for ballot in ballots if ballot.cast_by_id == actor.person_id]
    used_up = bool(rights) and len(ballots) == len(rights)
    reader = Reader(
        signed_in=actor.person_id is not None,
        in_office=actor.office is not None,
        under_age=_under_age(actor, shown_today()),
        holds_right=bool(rights),
        voted=used_up and bool(own),
        housemate_voted=used_up and not own,
        **({} if rights or actor.person_id is None else _homes_of(actor, vote)),
    )
    time_is_up = vote.closes_at is not None and shown_now() >= vote.closes_at
    standing = standing_of(reader, State(vote.state), time_is_up=time_is_up, allow_change=vote.allow_change)
    ballot = next(iter(own or ballots), None)
    url, act = _way_on(standing, vote)
    sentence = _sentence(actor, vote, standing, ballot)
    return MyStanding(standing, sentence, url, act, rights, own[0].receipt if own else "")


def _rights_of(actor: Actor, vote: Vote) -> list[MyRight]:
    if actor.person_id is None:
        return []
    rows = RightHolder.objects.filter(person_id=actor.person_id, right__vote=vote)
    rows = rows.select_related("right__household__unit", "right__ballot").order_by("right_id")
    return [
        MyRight(
            row.right_id,
            _("%s的一户") % row.right.household.unit if row.right.household else _("您本人"),
            getattr(row.right, "ballot", None),
        )
        for row in rows
    ]


def _homes_of(actor: Actor, vote: Vote) -> dict[str, bool]:
    living = Residence.objects.filter(person_id=actor.person_id or 0, state=ResidenceState.CONFIRMED.value)
    paths = list(living.values_list("unit__path", flat=True))
    return {"has_home": bool(paths), "lives_in_scope": any(vote.scope.holds(path) for path in paths)}


def _under_age(actor: Actor, today: date) -> bool:
    until = getattr(actor.person, "minor_until", None)
    return until is not None and until > today


def _sentence(actor: Actor, vote: Vote, standing: Standing, ballot: Ballot | None) -> str:
    words = str(STANDING_SENTENCES.get(standing, ""))
    if ballot and standing == Standing.HOUSEHOLD_VOTED:
        return who_voted(actor, vote, ballot)
    return words.format(
        channel=CHANNEL_LABELS[Channel(ballot.channel)] if ballot else "",
        when=moment(ballot.cast_at) if ballot else "",
        scope=vote.scope,
        frozen=moment(vote.frozen_at) if vote.frozen_at else "",
        who="",
    )


def who_voted(actor: Actor, vote: Vote, ballot: Ballot) -> str:
    """What a housemate hears of a ballot that stands for the household: by whom, how, when; never the choice."""
    name = name_for(ballot.cast_by_id, actor, vote.scope).name if ballot.cast_by_id else _("同住的人")
    return str(STANDING_SENTENCES[Standing.HOUSEHOLD_VOTED]).format(
        who=name, channel=CHANNEL_LABELS[Channel(ballot.channel)], when=moment(ballot.cast_at)
    )


def _way_on(standing: Standing, vote: Vote) -> tuple[str, str]:
    if standing == Standing.NOT_SIGNED_IN:
        return reverse(settings.LOGIN_URL, query={"next": vote.get_absolute_url()}), _("去登录")
    if standing == Standing.NOT_VERIFIED:
        return reverse("community:join"), _("去认证住房")
    return "", ""
