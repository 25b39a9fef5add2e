"""Paper ballots: what was printed, what came back, what waits to be read or settled. Never what is on one."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.days import moment
from xieshang.lib.permits import has_perm
from xieshang.lib.text import half_width

from ..models import Conflict, Keying, PaperBallot, RightUnit, Vote
from ..rules.deciding import value
from ..rules.paperwork import READINGS, PaperState, Stands, stands_by_rule

MOST_ROWS = 400
STANDS_LABELS = {
    Stands.BALLOT: gettext_lazy("先投的那一票有效，纸质票作废"),
    Stands.PAPER: gettext_lazy("纸质票有效，代替先前那一票"),
    Stands.FIRST: gettext_lazy("以第一遍录的为准"),
    Stands.SECOND: gettext_lazy("以第二遍录的为准"),
    Stands.THIRD: gettext_lazy("以第三遍录的为准"),
    Stands.INVALID: gettext_lazy("认不清，算废票"),
}


def tidy_serial(text: str) -> str:
    """A serial as people type it, or as a scanned address gives it, in the one form it is kept in."""
    typed = half_width(text).strip()
    if "serial=" in typed:
        typed = typed.split("serial=", 1)[1].split("&", 1)[0]
    plain = "".join(typed.upper().split()).replace("-", "")
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def paper_at(vote: Vote, paper_id: int) -> PaperBallot:
    """A paper of a vote that this actor works on; else 404."""
    return get_object_or_404(PaperBallot, pk=paper_id, vote=vote)


def receive_address(paper: PaperBallot) -> str:
    """The address behind the QR of a ballot: opens the page on which it is taken in."""
    return f"{whole_address('voting:receive_paper', paper.vote_id)}?serial={paper.serial}"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper on a list: whose homes, where it is."""

    id: int
    serial: str
    units: str
    building: str
    received: str = ""
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """The desk of paper ballots for one actor."""

    printed: int
    received: int
    keyed: int
    void: int
    unprinted: int
    buildings: list[str]
    may_issue: bool
    may_receive: bool
    may_key: bool
    may_settle: bool

    @property
    def waiting(self) -> int:
        """Received and not read by two alike yet."""
        return self.received - self.keyed


def paper_desk(actor: Actor, vote: Vote) -> PaperDesk:
    """Figures of the paper ballots of a vote, and what this actor may do with them; at most eight queries."""
    counts = dict(PaperBallot.objects.filter(vote=vote).values_list("state").annotate(Count("pk")).order_by())
    living = PaperBallot.objects.filter(vote=vote).exclude(state=PaperState.VOID.value).values("right")
    buildings = RightUnit.objects.filter(vote=vote).order_by("building").values_list("building", flat=True).distinct()
    keyed = counts.get(PaperState.KEYED.value, 0)
    return PaperDesk(
        printed=sum(counts.values()) - counts.get(PaperState.VOID.value, 0),
        received=counts.get(PaperState.RECEIVED.value, 0) + keyed,
        keyed=keyed,
        void=counts.get(PaperState.VOID.value, 0),
        unprinted=vote.rights.exclude(pk__in=living).count(),
        buildings=[building for building in buildings if building],
        may_issue=has_perm("voting.issue_papers", actor, vote),
        may_receive=has_perm("voting.receive_paper", actor, vote),
        may_key=has_perm("voting.key_paper", actor, vote),
        may_settle=has_perm("voting.settle_conflict", actor, vote),
    )


def papers_out(vote: Vote, building: str) -> list[PaperRow]:
    """Papers of a building that were printed and have not come back, in the order of the doors."""
    papers = PaperBallot.objects.filter(vote=vote, state=PaperState.ISSUED.value)
    return _rows(papers.filter(right__units__building=building).distinct() if building else papers)


def keyed_by(actor: Actor, paper: PaperBallot) -> bool:
    """Whether this person has read a paper already, so that somebody else has to."""
    return Keying.objects.filter(paper=paper, by_id=actor.hands).exists()


def papers_to_key(actor: Actor, vote: Vote) -> list[PaperRow]:
    """Received papers that this person may read next: not read by them yet, not by two alike; begun ones first."""
    papers = PaperBallot.objects.filter(vote=vote, state=PaperState.RECEIVED.value)
    papers = papers.exclude(keyings__by_id=actor.person_id).annotate(n=Count("keyings", distinct=True)).filter(n__lt=3)
    return _rows(papers.order_by("-n", "pk"))


def paper_by_serial(vote: Vote, serial: str) -> PaperRow | None:
    """The paper with this serial, None when this vote knows none."""
    return next(iter(_rows(PaperBallot.objects.filter(vote=vote, serial=tidy_serial(serial)))), None)


def _rows(papers: QuerySet[PaperBallot]) -> list[PaperRow]:
    found = list(papers[:MOST_ROWS])
    units = RightUnit.objects.filter(right__in=[paper.right_id for paper in found])
    in_order = units.order_by("right_id", "building", "stairwell", "pk").values_list("right_id", "label", "building")
    homes = {right: list(group) for right, group in groupby(in_order, key=lambda row: row[0])}
    return [_row(paper, homes.get(paper.right_id, [])) for paper in found]


def _row(paper: PaperBallot, homes: list[tuple[int, str, str]]) -> PaperRow:
    labels = "、".join(label for _right, label, _building in homes[:3])
    return PaperRow(
        paper.pk,
        paper.serial,
        _("%(units)s等%(n)s处") % {"units": labels, "n": len(homes)} if len(homes) > 3 else labels,
        homes[0][2] if homes else "",
        moment(paper.received_at) if paper.received_at else "",
        getattr(paper, "n", 0),
    )


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """One line of the list of conflicts: what happened, what may stand, who has said what already."""

    id: int
    serial: str
    words: str
    choices: list[tuple[str, str]]
    settled: str
    begun: str
    is_mine: bool

    @property
    def is_open(self) -> bool:
        """Whether two people have not said the same yet."""
        return not self.settled


def possible_stands(conflict: Conflict) -> list[Stands]:
    """What may stand: of two ways the one that the rule names; of three readings any, or the paper is invalid."""
    paper, ballot = conflict.paper, conflict.ballot
    if ballot is None or paper is None or paper.received_at is None:
        return [*READINGS.values(), Stands.INVALID]
    wins = bool(value(paper.vote.decision.values, "assembly.paper_wins"))
    cast_at = ballot.versions.exclude(channel="paper").order_by("-pk").values_list("cast_at", flat=True).first()
    return [stands_by_rule(cast_at or ballot.cast_at, paper.received_at, paper_wins=wins)]


def conflicts_of(actor: Actor, vote: Vote) -> list[ShownConflict]:
    """All conflicts of a vote, open ones first."""
    rows = Conflict.objects.filter(right__vote=vote).select_related("paper__vote__decision", "ballot")
    return [_shown(actor, conflict) for conflict in rows.order_by("settled_at", "pk")]


def _shown(actor: Actor, conflict: Conflict) -> ShownConflict:
    said = str(STANDS_LABELS[Stands(conflict.stands)]) if conflict.stands else ""
    return ShownConflict(
        conflict.pk,
        conflict.paper.serial if conflict.paper else "",
        conflict.words,
        [(stands.value, str(STANDS_LABELS[stands])) for stands in possible_stands(conflict)],
        said if conflict.settled_at else "",
        "" if conflict.settled_at else said,
        conflict.settled_by_id == actor.person_id,
    )
