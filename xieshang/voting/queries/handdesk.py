"""The desk of what is handed in beside the phone, and what is printed for it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.days import deadline, moment
from xieshang.lib.permits import has_perm

from ..models import Dispute, PaperBallot, RegisterUnit, RightUnit, Vote
from ..rules import Tally
from ..rules.deciding.texts import silence_words
from ..rules.paperwork import PaperState
from .deliveries import Reached, deliveries_by_building
from .owners_count import reckoning_of
from .papers import PaperDesk, ShownConflict, conflicts_of, paper_desk, receive_address
from .proxies import ShownProxy, proxies_to_judge

MOST_SHEETS = 500


@dataclass(frozen=True, slots=True)
class ShownDispute:
    """A disputed ballot on the tellers' list; its choice is not shown."""

    id: int
    units: str
    text: str
    when: str
    answer: str


@dataclass(frozen=True, slots=True)
class HandDesk:
    """All that is handed in beside the phone, for one actor."""

    papers: PaperDesk
    buildings: list[Reached]
    proxies: list[ShownProxy]
    conflicts: list[ShownConflict]
    disputes: list[ShownDispute]
    may_deliver: bool
    may_help: bool

    @property
    def bars(self) -> list[dict[str, object]]:
        """Delivered by building, what is left the longest first."""
        return [one.bar for one in sorted(self.buildings, key=lambda one: -one.left)]


def hand_desk(actor: Actor, vote: Vote) -> HandDesk:
    """The desk for this actor; what is not theirs is empty."""
    desk = paper_desk(actor, vote)
    return HandDesk(
        papers=desk,
        buildings=deliveries_by_building(vote),
        proxies=proxies_to_judge(actor, vote),
        conflicts=conflicts_of(actor, vote) if desk.may_settle else [],
        disputes=_disputes(vote) if has_perm("voting.settle_dispute", actor, vote) else [],
        may_deliver=has_perm("voting.record_delivery", actor, vote),
        may_help=has_perm("voting.cast_at_door", actor, vote),
    )


def _disputes(vote: Vote) -> list[ShownDispute]:
    rows = list(Dispute.objects.filter(ballot__vote=vote).select_related("ballot").order_by("settled_at", "pk")[:100])
    units = RightUnit.objects.filter(right__in=[row.ballot.right_id for row in rows]).order_by("right_id", "pk")
    by_right = {right: list(group) for right, group in groupby(units, key=lambda unit: unit.right_id)}
    return [
        ShownDispute(
            row.pk,
            "、".join(unit.label for unit in by_right.get(row.ballot.right_id, [])[:3]),
            row.text,
            moment(row.at),
            "" if row.settled_at is None else (_("成立：%s") if row.upheld else _("不成立：%s")) % row.reason,
        )
        for row in rows
    ]


def buildings_voting(vote: Vote) -> list[str]:
    """The buildings on the roll of a vote."""
    names = RightUnit.objects.filter(vote=vote).order_by("building").values_list("building", flat=True).distinct()
    return [name for name in names if name]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter to print, and, at the first home of each right, its ballot."""

    label: str
    owners: str
    stands_for: str
    serial: str
    qr: SafeString | None
    # Why there is no ballot on this letter, and where it is; empty where there is one.
    no_ballot: str
    # By which an owner is found to be one, with the name: printed here and kept nowhere.
    code: str


CodeOf = Callable[[RegisterUnit, list[int]], str]


def sheets_to_print(vote: Vote, building: str, code_of: CodeOf) -> list[Sheet]:
    """Letters of a building in the order of the doors; whoever has several homes gets the ballot with the first.

    `code_of` gives the code of the letter to a home and its owners.
    """
    homes = RightUnit.objects.filter(vote=vote).select_related("right", "unit").prefetch_related("unit__owners")
    homes = homes.order_by("building", "stairwell", "pk")
    shown = list((homes.filter(building=building) if building else homes)[:MOST_SHEETS])
    rights = {home.right_id for home in shown}
    last = {paper.right_id: paper for paper in PaperBallot.objects.filter(vote=vote, right__in=rights).order_by("pk")}
    first: dict[int, RightUnit] = {}
    for home in homes.filter(right__in=rights):
        first.setdefault(home.right_id, home)
    return [_sheet(home, last.get(home.right_id), first[home.right_id], code_of) for home in shown]


def _sheet(home: RightUnit, paper: PaperBallot | None, first: RightUnit, code_of: CodeOf) -> Sheet:
    weight = Tally(home.right.head, home.right.area_centi).area
    missing = _no_ballot(home, paper, first)
    printed = None if missing else paper
    return Sheet(
        home.label,
        home.right.name,
        _("%(owners)s，专有面积%(area)s㎡") % {"owners": home.right.name, "area": weight},
        printed.serial if printed else "",
        drawn(receive_address(printed)) if printed else None,
        missing,
        code_of(home.unit, [link.owner_id for link in home.unit.owners.all()]),
    )


def _no_ballot(home: RightUnit, paper: PaperBallot | None, first: RightUnit) -> str:
    """Why no ballot stands below this letter; empty if one does."""
    if paper is None or paper.state == PaperState.VOID:
        return _("这封信里没有纸质表决票。要投纸质票的，请向召集人领取。")
    if paper.state != PaperState.ISSUED:
        return _("您的纸质表决票已经交回，不再另印。")
    if home.pk != first.pk:
        return _("您名下几套房是一票，表决票印在%(label)s的信上。") % {"label": first.label}
    return ""


def drawn(address: str) -> SafeString:
    """An address as a code to point a phone at."""
    return mark_safe(segno.make(address, micro=False, error="m").svg_inline(omitsize=True, border=2))


def print_facts(vote: Vote) -> dict[str, object]:
    """What every letter of a vote says: window, page of the vote, where paper is handed in, check code of the roll."""
    decision, roll = vote.decision, getattr(vote, "roll", None)
    page = whole_address("matters:short", vote.matter_id)
    claim = whole_address("voting:claim", decision.area_id)
    return {
        "decision": decision,
        "window": _("%(opens)s至%(closes)s")
        % {
            "opens": deadline(vote.opens_at) if vote.opens_at else "",
            "closes": deadline(vote.closes_at) if vote.closes_at else "",
        },
        "page_address": page,
        "claim_address": claim,
        "page_qr": drawn(page),
        "roll_code": f"{roll.algorithm.upper()} {roll.value}" if roll else "",
        "options": list(vote.options.all()),
        "silence": silence_words(decision.deemed_clause if reckoning_of(vote).terms.counts_silence else ""),
    }
