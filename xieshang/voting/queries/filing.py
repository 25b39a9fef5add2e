"""What the file of a matter keeps of votes: the question, how it was asked, the result; the steps of a procedure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xieshang.lib.actor import NOBODY
from xieshang.lib.days import day_of, full_day
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Paper, Part

from ..models import BASE_LABELS, STATE_LABELS, STEP_LABELS, DecisionStep, Vote
from ..rules import Base, State
from ..rules.deciding import Step
from .owners_result import owners_result
from .results import result

Table = tuple[tuple[str, ...], ...]


def papers_of_vote(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """The file of a vote itself: what is asked, the steps of the owners' procedure, the result."""
    vote = Vote.objects.select_related("matter", "scope", "decision__convener").filter(matter=matter).first()
    if vote is None:
        return
    yield Paper(Part.SUBJECT, vote.question, facts=_asked(vote), texts=_texts(vote))
    if hasattr(vote, "decision"):
        yield from _steps(vote)
    yield from _result(vote)


def papers_about(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """Votes that were held on a matter, each with its question and its result."""
    if matter.kind == "vote":
        return
    for vote in Vote.objects.select_related("matter", "scope", "decision__convener").filter(of=matter).order_by("pk"):
        yield Paper(Part.TALLY, f"{vote.matter.number} {vote.question}", facts=_asked(vote))
        yield from _result(vote)


def _asked(vote: Vote) -> tuple[tuple[str, str], ...]:
    window = ""
    if vote.opens_at and vote.closes_at:
        window = _("%(opens)s至%(closes)s") % {
            "opens": full_day(day_of(vote.opens_at)),
            "closes": full_day(day_of(vote.closes_at)),
        }
    pairs = (
        (_("范围"), vote.scope.label),
        (_("怎么算"), str(BASE_LABELS[Base(vote.base)])),
        (_("时间"), window),
        (_("应到"), f"{vote.roll_size:,}{vote.unit}" if vote.roll_size else ""),
        (_("召集人"), vote.decision.convener.name if hasattr(vote, "decision") else ""),
        (_("状态"), vote.decision.state_word if hasattr(vote, "decision") else str(STATE_LABELS[State(vote.state)])),
    )
    return tuple(pair for pair in pairs if pair[1])


def _texts(vote: Vote) -> tuple[tuple[str, str], ...]:
    words = vote.decision.text if hasattr(vote, "decision") else vote.intro
    options = "\n".join(f"{option.position}. {option.text}" for option in vote.options.all())
    return tuple(pair for pair in ((_("说明"), words), (_("选项"), options)) if pair[1])


def _steps(vote: Vote) -> Iterator[Paper]:
    rows = DecisionStep.objects.filter(decision=vote.decision).select_related("office__body").order_by("pk")
    for row in rows:
        who = str(row.office.title) if row.office else _("到期自动") if row.person_id is None else _("本人")
        facts = ((_("谁办的"), who),)
        texts = ((_("说明"), row.note),) if row.note else ()
        yield Paper(Part.COURSE, str(STEP_LABELS[Step(row.step)]), day_of(row.fell_due_at), facts, texts)


def _result(vote: Vote) -> Iterator[Paper]:
    """What everybody may read of the result; nothing before it is published."""
    if vote.base == Base.OWNERS:
        owners = owners_result(NOBODY, vote)
        if owners is not None:
            table: Table = (tuple(map(str, owners.head)), *(tuple(map(str, row.cells)) for row in owners.rows))
            texts = (("", owners.sentence), *(("", line) for line in owners.arithmetic))
            yield Paper(Part.TALLY, owners.headline, facts=_channels(owners.channels), texts=texts, table=table)
        return
    told = result(vote)
    if told is not None:
        table = (tuple(map(str, told.head)), *(tuple(map(str, row.cells)) for row in told.rows))
        texts = (("", told.reasons), ("", told.effect))
        yield Paper(Part.TALLY, told.headline, facts=_channels(told.channels), texts=texts, table=table)


def _channels(words: str) -> tuple[tuple[str, str], ...]:
    return ((_("渠道"), words),) if words else ()
