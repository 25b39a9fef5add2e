"""Where one reader stands towards one vote, in at most four queries."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Residence
from xieshang.community.queries import name_for
from xieshang.community.rules import ResidenceState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now, shown_today
from xieshang.lib.days import moment, short_day
from xieshang.lib.permits import has_perm

from ..models import CHANNEL_LABELS, Ballot, Dispute, RightHolder, RightUsed, Vote
from ..rules import ROOM_KINDS, STANDING_SENTENCES, Base, Channel, Kind, Reader, Standing, State, room, standing_of
from ..rules import deciding as course
from ..rules.handing import Hold
from ..rules.paperwork import DeliveryWay
from .owners import MyRight, owner_rights


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
    by_owners: bool = False
    # Of an owners' vote: a ballot that somebody else cast for one's own home, and may be disputed before closing.
    others: Ballot | None = None
    # What this person has said against it, and the tellers' answer; empty where nothing was said.
    disputed: str = ""
    # May work on what is handed in beside the phone: papers, deliveries, the door.
    handles: bool = False
    # Has said on the page that the notice came.
    has_acknowledged: bool = False

    @property
    def may(self) -> bool:
        """Whether the way to the ballot is open."""
        return self.standing in {Standing.MAY, Standing.MAY_CHANGE}

    @property
    def has_voted(self) -> bool:
        """Whether a ballot stands for this reader."""
        return self.standing in {Standing.VOTED, Standing.MAY_CHANGE, Standing.HOUSEHOLD_VOTED, Standing.ON_PAPER}

    @property
    def open_rights(self) -> list[MyRight]:
        """The rights a paper may still be handed in for: free ones, or those that may be changed."""
        if self.by_owners:
            return [right for right in self.rights if right.is_open]
        free = [right for right in self.rights if right.ballot is None]
        return free or (self.rights if self.standing == Standing.MAY_CHANGE else [])


def standing_for(actor: Actor, vote: Vote) -> MyStanding:
    """Where this actor stands towards a vote."""
    if vote.base == Base.OWNERS:
        return _owner_standing(actor, vote)
    if vote.kind == Kind.SECRET:
        return _secret_standing(actor, vote)
    if vote.kind in ROOM_KINDS:
        return MyStanding(Standing.OUT_OF_SCOPE, str(room.NOT_IN_THE_ROOM.sentence))
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


def _secret_standing(actor: Actor, vote: Vote) -> MyStanding:
    """The same for a secret vote, where nothing but the day and the way of a right's use is known."""
    rights = _rights_of(actor, vote)
    used = RightUsed.objects.filter(right__in=[right.id for right in rights]).first()
    reader = Reader(
        signed_in=actor.person_id is not None,
        in_office=actor.office is not None,
        under_age=_under_age(actor, shown_today()),
        holds_right=bool(rights),
        voted=used is not None,
        **({} if rights or actor.person_id is None else _homes_of(actor, vote)),
    )
    time_is_up = vote.closes_at is not None and shown_now() >= vote.closes_at
    standing = standing_of(reader, State(vote.state), time_is_up=time_is_up, allow_change=False)
    if used and standing != Standing.VOIDED:
        channel, day = CHANNEL_LABELS[Channel(used.channel)], short_day(used.on)
        sentence = str(STANDING_SENTENCES[Standing.VOTED]).format(channel=channel, when=day)
        return MyStanding(standing, sentence, rights=rights)
    url, act = _way_on(standing, vote)
    return MyStanding(standing, _sentence(actor, vote, standing, None), url, act, rights)


def _owner_standing(actor: Actor, vote: Vote) -> MyStanding:
    """The same for an owners' vote, where each right says for itself whether it is open."""
    rights = owner_rights(actor, vote) if actor.person_id else []
    standing = _of_rights(actor, vote, rights)
    own = next((one.ballot for one in rights if one.ballot and one.ballot.cast_by_id == actor.person_id), None)
    sentence = "".join(one.sentence for one in rights if not one.is_open)
    if standing in _BY_THE_RIGHTS and sentence:
        url, act = "", ""
    else:
        url, act = _way_on(standing, vote)
        sentence = _sentence(actor, vote, standing, own)
    receipt, handles = own.receipt if own else "", has_perm("voting.record_delivery", actor, vote)
    others = next((one.ballot for one in rights if one.ballot and one.hold == Hold.CO_OWNER_VOTED), None)
    disputed = _disputed(actor, others) if others else ""
    found = MyStanding(standing, sentence, url, act, rights, receipt)
    said = standing == Standing.NOT_OPEN and _has_acknowledged(actor, vote)
    return replace(found, by_owners=True, others=others, disputed=disputed, handles=handles, has_acknowledged=said)


def _has_acknowledged(actor: Actor, vote: Vote) -> bool:
    """Whether this person has said already that notice and ballot came."""
    online = vote.deliveries.filter(way=DeliveryWay.ONLINE.value, by=actor.person_id or 0)
    return online.exists()


def _disputed(actor: Actor, ballot: Ballot) -> str:
    """What this person said against a ballot for their own home, and what came of it."""
    found = Dispute.objects.filter(ballot=ballot, person_id=actor.person_id or 0).first()
    if found is None:
        return ""
    said = _("您提出过异议：%s") % found.text.strip().rstrip("。")
    if found.upheld is None:
        return _("%s。计票以前由计票人处理。") % said
    answer = _("成立，这一票不计") if found.upheld else _("不成立，这一票照计")
    return _("%(said)s。处理：%(answer)s。%(reason)s") % {"said": said, "answer": answer, "reason": found.reason}


_BY_THE_RIGHTS = frozenset({Standing.VOTED, Standing.ON_PAPER, Standing.HOUSEHOLD_VOTED})
_SHUT = {Hold.VOTED: Standing.VOTED, Hold.ON_PAPER: Standing.ON_PAPER}


def _of_rights(actor: Actor, vote: Vote, rights: list[MyRight]) -> Standing:
    if vote.state == State.VOIDED or vote.decision.state == course.State.ABORTED:
        return Standing.VOIDED
    if rights and not any(one.is_open for one in rights):
        return _SHUT.get(rights[0].hold, Standing.HOUSEHOLD_VOTED)
    at = shown_now()
    if vote.opens_at is None or at < vote.opens_at or vote.state == State.DRAFTED:
        return Standing.NOT_OPEN
    is_running = vote.state == State.OPEN and vote.decision.state in {course.State.NOTICE, course.State.VOTING}
    if not is_running or vote.closes_at is None or at >= vote.closes_at:
        return Standing.VOTED if any(one.ballot for one in rights) else Standing.CLOSED
    return _while_open(actor, rights)


def _while_open(actor: Actor, rights: list[MyRight]) -> Standing:
    if actor.person_id is None:
        return Standing.NOT_SIGNED_IN
    if actor.office is not None:
        return Standing.IN_OFFICE
    if not rights:
        return Standing.NOT_AN_OWNER
    return Standing.MAY if any(one.hold == Hold.FREE for one in rights) else Standing.MAY_CHANGE


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
    if standing == Standing.NOT_AN_OWNER:
        return reverse("voting:claim", args=[vote.decision.area_id]), _("去核对业主身份")
    return "", ""
