"""Where one owner, or an owner's agent, stands towards an owners' vote; at most five queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.accounts.queries import phone_is_shared
from xieshang.community.queries import name_for
from xieshang.lib.actor import Actor
from xieshang.lib.days import moment
from xieshang.lib.often import Often
from xieshang.lib.refusals import Refusal

from ..models import CHANNEL_LABELS, Ballot, PaperBallot, Proxy, Right, RightHolder, RightUnit, Vote
from ..rules import Channel, Tally, handing
from ..rules.handing import HOLD_SENTENCES, OPEN_HOLDS, Cast, Hold, hold_of
from ..rules.paperwork import PaperState, ProxyState

MOST_LABELS = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A right that a person may cast, as a holder or by an accepted proxy, and how it stands."""

    right: Right
    hold: Hold
    ballot: Ballot | None
    received_at: datetime | None
    proxy_id: int | None
    # Others hold it too.
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class MyRight:
    """A right that this reader may cast, and whom it stands for: 您代表 …. Shown to the holder alone."""

    id: int
    stands_for: str
    ballot: Ballot | None
    hold: Hold = Hold.FREE
    sentence: str = ""
    proxy_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether a ballot may still be handed in for it."""
        return self.hold in OPEN_HOLDS


def owner_rights(actor: Actor, vote: Vote) -> list[MyRight]:
    """The rights of an owners' vote that this person may cast, own ones first, each with how it stands."""
    held = held_rights(actor, vote)
    labels = labels_of([one.right for one in held])
    return [
        MyRight(
            id=one.right.pk,
            stands_for=labels[one.right.pk],
            ballot=one.ballot,
            hold=one.hold,
            sentence=sentence_of(actor, vote, one),
            proxy_id=one.proxy_id,
        )
        for one in held
    ]


def usable_rights(person_id: int, vote_id: int) -> QuerySet[Right]:
    """The rights of an owners' vote that somebody may cast: own ones, and those by an accepted proxy."""
    own = RightHolder.objects.filter(person_id=person_id).values("right")
    # Gathered first: asked of each right whether it is among them, every cast would go through the whole roll.
    mine = own.union(_proxies_of(person_id).values("right"))
    return Right.objects.filter(pk__in=mine, vote_id=vote_id).order_by("pk")


def _proxies_of(person_id: int) -> QuerySet[Proxy]:
    return Proxy.objects.filter(agent_id=person_id, state__in=[ProxyState.ACCEPTED.value, ProxyState.USED.value])


def held_rights(actor: Actor, vote: Vote) -> list[Held]:
    """The rights of an owners' vote that this person may cast, own ones first; one query."""
    rights = standing_rights(actor.person_id or 0, vote.pk)
    return sorted((_held(actor, vote, right) for right in rights), key=lambda one: one.proxy_id is not None)


def _with_standing(person_id: int, vote_id: int) -> QuerySet[Right]:
    """The rights that somebody may cast, each with its ballot, its paper, and whether it is their own."""
    holders = RightHolder.objects.filter(right=OuterRef("pk"))
    taken = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    papers = PaperBallot.objects.filter(right=OuterRef("pk"), state__in=taken)
    proxies = _proxies_of(person_id).filter(right=OuterRef("pk"))
    rights = usable_rights(person_id, vote_id).annotate(
        is_own=Exists(holders.filter(person_id=person_id)),
        is_shared=Exists(holders.exclude(person_id=person_id)),
        on_paper=Exists(papers),
        paper_at=Subquery(papers.values("received_at")[:1]),
        proxy=Subquery(proxies.values("pk")[:1]),
    )
    return rights.select_related("ballot")


standing_rights: Often[Right] = Often(_with_standing)


def _held(actor: Actor, vote: Vote, right: Any) -> Held:
    """How a right stands, read with whether it is the person's own and whether a paper of it is in the box."""
    ballot = getattr(right, "ballot", None)
    proxy_id = None if right.is_own else right.proxy
    cast = Cast(Channel(ballot.channel), ballot.cast_by_id == actor.person_id) if ballot else None
    is_agent = proxy_id is not None
    hold = hold_of(cast, on_paper=right.on_paper, is_agent=is_agent, allow_change=vote.allow_change)
    return Held(right, hold, ballot, right.paper_at, proxy_id, right.is_shared)


def sentence_of(actor: Actor, vote: Vote, held: Held) -> str:
    """Why a right takes no ballot any more: who used it, how and when; empty where it is free."""
    if held.hold == Hold.ON_PAPER and held.received_at:
        return str(HOLD_SENTENCES[held.hold]).format(when=moment(held.received_at))
    ballot = held.ballot
    if ballot is None or held.hold not in HOLD_SENTENCES:
        return ""
    who = name_for(ballot.cast_by_id, actor, vote.scope).name if ballot.cast_by_id else _("工作人员上门")
    channel = CHANNEL_LABELS[Channel(ballot.channel)]
    return str(HOLD_SENTENCES[held.hold]).format(who=who, channel=channel, when=moment(ballot.cast_at))


def labels_of(rights: Iterable[Right]) -> dict[int, str]:
    """What each right stands for, with all its homes: 3号楼2单元501室、4号楼101室，共206.35㎡; one query."""
    wanted = {right.pk: right for right in rights}
    units: dict[int, list[str]] = defaultdict(list)
    rows = RightUnit.objects.filter(right__in=list(wanted)).order_by("building", "stairwell", "pk")
    for right_id, label in rows.values_list("right_id", "label"):
        units[right_id].append(label)
    return {pk: _label(units[pk], right.area_centi) for pk, right in wanted.items()}


def _label(units: list[str], area_centi: int) -> str:
    area = Tally(1, area_centi).area
    if len(units) > 1:
        return _("%(units)s，共%(area)s㎡") % {"units": _joined(units), "area": area}
    return _("%(units)s，%(area)s㎡") % {"units": _joined(units), "area": area}


def _joined(units: list[str]) -> str:
    if len(units) > MOST_LABELS:
        return _("%(units)s等%(n)s处") % {"units": "、".join(units[:MOST_LABELS]), "n": len(units)}
    return "、".join(units)


def label_of_units(right_id: int) -> str:
    """The homes of one right, without the area; for words to those who hold it."""
    rows = RightUnit.objects.filter(right=right_id).order_by("building", "stairwell", "pk")
    return _joined(list(rows.values_list("label", flat=True)))


def phone_obstacle(person: Person) -> Refusal | None:
    """Why a code to this person's number would prove nobody; None where the number is proved and their own alone."""
    if not person.phone or not person.phone_verified:
        return handing.NO_PHONE
    return handing.SHARED_PHONE if person.shares_phone or phone_is_shared(person) else None
