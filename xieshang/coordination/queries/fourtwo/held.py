"""What a meeting that was held on the platform tells of itself: nobody types again what is known."""

from dataclasses import replace

from django.db.models import Sum

from xieshang.lib.days import day_of
from xieshang.meetings.models import Meeting, MinutesSignature, Motion
from xieshang.meetings.rules import Base, Mark, MeetingKind, MinutesState, MotionState
from xieshang.voting.models import VoteCount
from xieshang.voting.rules import OptionKind

from ...models import FourTwo
from ...rules.fourtwo import Sheet, Tally

SIGNED = frozenset({MinutesState.SIGNED, MinutesState.PUBLISHED})


def sheet_of_meeting(flow: FourTwo, meeting: Meeting, typed: Sheet) -> Sheet:
    """Day, chair, presence, votes, minutes and signatures of the meeting in the place of what was typed."""
    counted = meeting.opened_with or {}
    votes = _votes(flow, meeting)
    tally = replace(
        typed.tally,
        expected=int(counted.get("expected") or meeting.expected or typed.tally.expected),
        present=int(counted.get("present") or typed.tally.present),
        **(votes or {}),
    )
    found = replace(
        typed,
        kind=MeetingKind(meeting.kind),
        base=Base(meeting.base),
        held_on=meeting.starts_on,
        told_on=day_of(meeting.noticed_at) if meeting.noticed_at else typed.told_on,
        chair=str(meeting.chair.title) if meeting.chair else typed.chair,
        tally=tally,
    )
    kept = getattr(meeting, "party_result", None)
    if kept is None:
        return _with_minutes(meeting, found)
    # Of a Party meeting only the yes are kept; the rest of those present did not say yes.
    told = Tally(kept.entitled, kept.present, kept.agree, kept.present - kept.agree, 0)
    return replace(found, held_on=kept.held_on, tally=told, file_number=kept.file_number)


def _votes(flow: FourTwo, meeting: Meeting) -> dict[str, int] | None:
    """The last count of the motion on this matter: of its own item, or the only one there was."""
    closed = Motion.objects.filter(meeting=meeting, state=MotionState.CLOSED.value)
    motion = closed.filter(item__of=flow.matter_id).order_by("-number").first()
    if motion is None and closed.count() == 1:
        motion = closed.first()
    kept = VoteCount.objects.filter(vote=motion.vote_id).order_by("-number").first() if motion else None
    if kept is None:
        return None
    heads = dict(kept.lines.filter(option__isnull=False).values_list("option__kind").annotate(n=Sum("heads")))
    kinds = {"agree": OptionKind.AGREE, "against": OptionKind.AGAINST, "abstain": OptionKind.ABSTAIN}
    return {name: heads.get(kind.value, 0) for name, kind in kinds.items()}


def _with_minutes(meeting: Meeting, sheet: Sheet) -> Sheet:
    """Minutes that every side has signed, or said why not, are the record; else the paper that was handed in."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or minutes.state not in SIGNED:
        return sheet
    signed = [Mark.SIGNED.value, Mark.ON_PAPER.value]
    names = MinutesSignature.objects.filter(minutes=minutes, mark__in=signed).values_list("name", flat=True)
    return replace(sheet, minutes_given=True, signers=sheet.signers or "、".join(names)[:200])
