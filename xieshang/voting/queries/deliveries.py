"""What has been delivered and what has not, by building and door; no names, so that a list may lie on a phone."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from xieshang.lib.days import moment

from ..models import Ballot, Delivery, PaperBallot, RightUnit, Vote
from ..rules import Channel, percent
from ..rules.paperwork import DeliveryWay, PaperState, TakenBy
from .owners_count import is_proven

WAY_LABELS = {
    DeliveryWay.HAND: _("当面交给"),
    DeliveryWay.DOOR: _("上门送到"),
    DeliveryWay.MAIL: _("挂号信"),
    DeliveryWay.ONLINE: _("本人在网上确认"),
    DeliveryWay.PHONE: _("电话告知"),
    DeliveryWay.BOARD: _("张贴公告"),
}
TAKEN_LABELS = {
    TakenBy.OWNER: _("业主本人"),
    TakenBy.FAMILY: _("业主的成年家人"),
    TakenBy.TENANT: _("租户"),
    TakenBy.NOBODY: _("没有人接"),
}

# By which a right was used, where that shows that its owner was reached.
CAST_LABELS = {
    Channel.ONLINE: _("网上投了票"),
    Channel.PAPER: _("纸质票收到了"),
    Channel.PROXY: _("委托别人投了票"),
    Channel.ASSISTED: _("上门投了票"),
}


@dataclass(frozen=True, slots=True)
class Door:
    """One home on a work list: delivered and how, or what was tried."""

    unit_id: int
    label: str
    stairwell: str
    is_reached: bool
    words: str = ""


@dataclass(slots=True)
class Reached:
    """How far a building is: homes reached of all."""

    building: str
    whole: int = 0
    reached: int = 0
    doors: list[Door] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Homes not reached yet."""
        return self.whole - self.reached

    @property
    def bar(self) -> dict[str, object]:
        """What the part `bars` draws."""
        share = percent(self.reached, self.whole)
        words = f"{self.reached} / {self.whole}户 · 还差{self.left}户"
        return {"label": self.building, "words": words, "share": share.rstrip("%–") or "0", "mark": None}


def deliveries_by_building(vote: Vote) -> list[Reached]:
    """All homes of a vote by building, each as reached or not, in the order of the doors; four queries."""
    (tried, proven), used = _tried(vote), _used(vote)
    found: dict[str, Reached] = {}
    homes = RightUnit.objects.filter(vote=vote).order_by("building", "stairwell", "unit__room", "pk")
    for unit_id, right_id, label, building, stairwell in homes.values_list(
        "unit_id", "right_id", "label", "building", "stairwell"
    ):
        name = building or str(_("其他"))
        reached = found.setdefault(name, Reached(name))
        visits = tried.get(unit_id, [])
        good = [visit for visit in visits if visit.pk in proven]
        is_reached = bool(good) or right_id in used
        words = _words(good[-1]) if good else used.get(right_id) or (_missed(visits[-1]) if visits else "")
        reached.whole += 1
        reached.reached += is_reached
        reached.doors.append(Door(unit_id, label, stairwell, is_reached, words))
    return list(found.values())


def unreached(vote: Vote, building: str, stairwells: Collection[str]) -> list[int]:
    """Homes of whole stairwells that have not been reached."""
    if not stairwells:
        return []
    found = next((one for one in deliveries_by_building(vote) if one.building == building), None)
    return (
        [door.unit_id for door in found.doors if door.stairwell in stairwells and not door.is_reached] if found else []
    )


def _tried(vote: Vote) -> tuple[dict[int, list[Delivery]], set[int]]:
    """Every visit by home, and which of them are proof."""
    visits: dict[int, list[Delivery]] = defaultdict(list)
    proven: set[int] = set()
    for visit in Delivery.objects.filter(vote=vote).annotate(proves=is_proven(vote)).order_by("at", "pk"):
        visits[visit.unit_id].append(visit)
        proven |= {visit.pk} if visit.proves else set()
    return visits, proven


def _used(vote: Vote) -> dict[int, str]:
    """Rights that were used, when and by which way: whoever votes has had notice and ballot in hand."""
    cast = Ballot.objects.filter(vote=vote).values_list("right_id", "cast_at", "channel")
    used = {right: f"{moment(at)} {CAST_LABELS[Channel(channel)]}" for right, at, channel in cast}
    taken = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    papers = PaperBallot.objects.filter(vote=vote, state__in=taken, received_at__isnull=False)
    for right, at in papers.values_list("right_id", "received_at"):
        used.setdefault(right, f"{moment(at)} {CAST_LABELS[Channel.PAPER]}")
    return used


def _missed(visit: Delivery) -> str:
    """What was tried and does not count: the wrong hands, or nothing to show for it."""
    words = _words(visit)
    is_unproven = visit.proof_id is None and visit.taken_by in {TakenBy.OWNER.value, TakenBy.FAMILY.value}
    return words + _("（没有签收单或照片，还不算）") if is_unproven else words


def _words(visit: Delivery) -> str:
    way, taken = WAY_LABELS[DeliveryWay(visit.way)], TAKEN_LABELS[TakenBy(visit.taken_by)]
    return f"{moment(visit.at)} {way}，{taken}"
