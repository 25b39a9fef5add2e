"""Recording the four meetings: the numbers decide whether it was a yes, nobody claims it."""

from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404

from xieshang.discussion.models import Attachment
from xieshang.discussion.services import attach_document, attach_photo
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.matters.models import MatterLink
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import Base, MeetingKind, PartyCount
from xieshang.meetings.rules import State as MeetingState
from xieshang.meetings.rules.party import PartyForm

from ... import hooks
from ...models import FourTwo, FourTwoRecord
from ...queries.fourtwo.held import sheet_of_meeting
from ...queries.fourtwo.read import visible_flow
from ...rules.fourtwo import STAGE_LABELS, STAGE_OF, YES, Sheet, Stage, State, Step, Tally, base_of, is_carried
from ...rules.fourtwo.guards import NOT_IN_COURSE
from ...rules.fourtwo.stages import STAGE_KINDS
from .moving import _moving, end_draft, running_draft

Upload = UploadedFile | Attachment | None
FORMS = {Stage.PROPOSAL: PartyForm.COMMITTEE, Stage.REVIEW: PartyForm.MEMBERS}
WRONG_KIND = Refusal("fourtwo_wrong_meeting", _("这一步不是在这种会上办的，请选对会议。"))
NOT_CLOSED = Refusal("fourtwo_meeting_not_over", _("这次会还没有开完，散会以后再记到这一步里。"))


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as it is handed in; of one held on the platform only its number, votes, minutes and signatures."""

    held_on: date | None = None
    told_on: date | None = None
    chair: str = ""
    tally: Tally = field(default_factory=Tally)
    kind: MeetingKind | None = None
    base: Base | None = None
    meeting_id: int | None = None
    members: int = 0
    representatives: int = 0
    women: int = 0
    authorisation: str = ""
    file_number: str = ""
    signers: str = ""
    text: str = ""
    minutes: Upload = None


def record_meeting(actor: Actor, flow_id: int, held: Held, *, asked: Stage | None = None) -> FourTwoRecord:
    """Record the meeting of the present step: a yes moves it on, a no ends the draft, too few count for nothing.

    `asked` is the step that whoever typed it was asked for: what two people type at once is not taken for the next one.
    """
    flow = visible_flow(actor, flow_id)
    stage = STAGE_OF.get(State(flow.state))
    if stage not in YES or (asked or stage) != stage:
        raise RuleViolation(NOT_IN_COURSE)
    sheet, meeting = _sheet(actor, flow, stage, held)
    carried = is_carried(sheet.kind, sheet.base, flow.values, sheet.tally)
    # What cannot be judged is asked as a yes, so that everything missing is said.
    step = YES[stage] if carried or not sheet.tally.is_sound else Step.SAY_NO
    note = _note(sheet.tally)
    with _moving(actor, flow_id, step, verb=f"fourtwo_{YES[stage]}", note=note, sheet=sheet) as flow:
        if STAGE_OF.get(State(flow.state)) != stage:
            # Another meeting was recorded while this one was read.
            raise RuleViolation(NOT_IN_COURSE)
        record = _kept(actor, flow, sheet, held, meeting, carried=carried)
        if not carried:
            end_draft(flow, _("{stage}没有通过").format(stage=STAGE_LABELS[stage]))
        elif stage == Stage.RESOLUTION:
            for hear in hooks.fourtwo_resolved:
                hear(record)
    return record


def _sheet(actor: Actor, flow: FourTwo, stage: Stage, held: Held) -> tuple[Sheet, Meeting | None]:
    """The record for the guards; what a meeting of the platform knows itself is taken from it."""
    meeting = _meeting(actor, flow, stage, held.meeting_id) if held.meeting_id else None
    kinds = STAGE_KINDS[stage]
    kind = held.kind if held.kind in kinds and held.kind else kinds[0]
    typed = Sheet(
        stage=stage,
        kind=kind,
        base=base_of(kind, held.base),
        held_on=held.held_on,
        told_on=held.told_on,
        chair=held.chair.strip(),
        tally=held.tally,
        members=held.members,
        representatives=held.representatives,
        women=held.women,
        authorisation=held.authorisation.strip(),
        file_number=held.file_number.strip(),
        minutes_given=held.minutes is not None,
        signers=held.signers.strip(),
        text=held.text.strip(),
    )
    return (sheet_of_meeting(flow, meeting, typed), meeting) if meeting else (typed, None)


def _meeting(actor: Actor, flow: FourTwo, stage: Stage, meeting_id: int) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.visible_to(actor).with_frame(), pk=meeting_id)
    ties = MatterLink.objects.filter(source=flow.matter_id, target=meeting.matter_id)
    if MeetingKind(meeting.kind) not in STAGE_KINDS[stage] or not ties.exists():
        raise RuleViolation(WRONG_KIND)
    if meeting.state != MeetingState.CLOSED:
        raise RuleViolation(NOT_CLOSED)
    return meeting


def _kept(
    actor: Actor, flow: FourTwo, sheet: Sheet, held: Held, meeting: Meeting | None, *, carried: bool
) -> FourTwoRecord:
    if sheet.is_party and meeting is None:
        meeting = _party_meeting(actor, flow, sheet)
    draft = running_draft(flow)
    assert draft is not None  # the guards have asked for it
    return FourTwoRecord.objects.create(
        flow=flow,
        draft=draft,
        stage=sheet.stage.value,
        kind=sheet.kind.value,
        base=sheet.base.value,
        meeting=meeting,
        held_on=sheet.held_on,
        told_on=sheet.told_on,
        chair=sheet.chair[:60],
        expected=sheet.tally.expected,
        present=sheet.tally.present,
        agree=sheet.tally.agree,
        against=sheet.tally.against,
        abstain=sheet.tally.abstain,
        members=sheet.members,
        representatives=sheet.representatives,
        women=sheet.women,
        authorisation=sheet.authorisation[:200],
        file_number=sheet.file_number[:60],
        minutes=_paper(actor, flow, held.minutes, STAGE_LABELS[sheet.stage]) if not sheet.is_party else None,
        signers=sheet.signers[:200],
        text=sheet.text,
        is_carried=carried,
        person_id=actor.person_id,
        office_id=actor.office.id if actor.office else None,
        at=now(),
    )


def _party_meeting(actor: Actor, flow: FourTwo, sheet: Sheet) -> Meeting:
    """A Party meeting is entered among the meetings too: date, numbers, result, file number, and nothing more."""
    count = PartyCount(sheet.tally.expected, sheet.tally.present, sheet.tally.agree)
    assert sheet.held_on is not None  # the guards have asked for it
    return meetings.record_party_meeting(
        actor,
        held_on=sheet.held_on,
        count=count,
        file_number=sheet.file_number,
        form=FORMS[sheet.stage],
        of_matter=flow.matter,
    )


def _paper(actor: Actor, flow: FourTwo, paper: Upload, name: str) -> Attachment | None:
    """The signed minutes as a PDF or a photo."""
    if paper is None or isinstance(paper, Attachment):
        return paper
    head = paper.read(5)
    paper.seek(0)
    title = _("{stage}会议记录").format(stage=name)
    if head.startswith(b"%PDF"):
        return attach_document(actor, flow.matter, paper, name=title)
    return attach_photo(actor, flow.matter, paper, caption=title)


def _note(tally: Tally) -> str:
    return _("应到{expected}，实到{present}，同意{agree}，反对{against}，弃权{abstain}").format(
        expected=tally.expected,
        present=tally.present,
        agree=tally.agree,
        against=tally.against,
        abstain=tally.abstain,
    )
