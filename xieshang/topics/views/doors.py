"""Which form and which verb belong to each step and act of the desk; their fields are the verb's keywords."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import services
from ..forms import steps as f
from ..forms.base import NoteForm, ReasonForm, StepForm
from ..forms.poll import PollForm
from ..rules import Step


@dataclass(frozen=True, slots=True)
class Door:
    """One form, one verb."""

    form: type[StepForm]
    verb: Callable[..., Any]


DOORS: dict[str, Door] = {
    Step.ADMIT: Door(StepForm, services.admit),
    Step.REJECT_CONTENT: Door(ReasonForm, services.reject_content),
    Step.UPHOLD_APPEAL: Door(StepForm, services.uphold_appeal),
    Step.DISMISS_APPEAL: Door(ReasonForm, services.dismiss_appeal),
    Step.ACCEPT: Door(f.AcceptForm, services.accept),
    Step.DISPATCH: Door(f.DispatchForm, services.dispatch),
    Step.REDIRECT: Door(f.RedirectForm, services.redirect),
    Step.RETURN_TO_AUTHOR: Door(ReasonForm, services.return_to_author),
    Step.MERGE: Door(f.MergeForm, services.merge),
    Step.REPORT_HANDLED: Door(f.ProofForm, services.report_handled),
    Step.CONFIRM_SOLVED: Door(StepForm, services.confirm_solved),
    Step.REPORT_UNSOLVED: Door(ReasonForm, services.report_unsolved),
    Step.ANSWER_REDIRECT: Door(f.AnswerForm, services.answer_redirect),
    Step.REFUSE_REDIRECT: Door(ReasonForm, services.refuse_redirect),
    Step.AGREE: Door(f.AgreeForm, services.agree),
    Step.PARTY_RETURN: Door(f.StudyForm, services.party_return),
    Step.ANNOUNCE: Door(f.AnnounceForm, services.announce),
    Step.OPEN_DISCUSSION: Door(StepForm, services.open_discussion),
    Step.CONFIRM_OPINION: Door(NoteForm, services.confirm_opinion),
    Step.REOPEN_DISCUSSION: Door(f.TalkAgainForm, services.reopen_discussion),
    Step.OPEN_POLL: Door(PollForm, services.open_poll),
    Step.ESCALATE: Door(f.EscalateForm, services.escalate),
    Step.RECORD_DECISION: Door(f.DecisionForm, services.record_decision),
    Step.SEND_BACK: Door(f.SendBackForm, services.send_back),
    Step.HAND_TO_OWNERS: Door(f.HandToOwnersForm, services.hand_to_owners),
    Step.OWNERS_PASSED: Door(f.OwnersPassedForm, services.owners_passed),
    Step.OWNERS_FAILED: Door(f.OwnersFailedForm, services.owners_failed),
    Step.PUBLISH_FEEDBACK: Door(f.FeedbackForm, services.publish_feedback),
    Step.NOT_SOLVED: Door(f.NotSolvedForm, services.not_solved),
    Step.EVALUATE: Door(StepForm, services.evaluate),
    Step.ARCHIVE: Door(NoteForm, services.archive),
    Step.CORRECT: Door(f.CorrectForm, services.correct),
    Step.REDO_OPINION: Door(NoteForm, services.redo_opinion),
    Step.CLOSE_CORRECTED: Door(ReasonForm, services.close_corrected),
    Step.SUSPEND: Door(ReasonForm, services.suspend),
    Step.RESUME: Door(StepForm, services.resume),
    "record_session": Door(f.SessionForm, services.record_session),
    "add_material": Door(f.MaterialForm, services.add_material),
    "set_item": Door(f.ItemForm, services.set_item),
    "plan": Door(f.PlanForm, services.plan),
    "plan_owners": Door(f.HandToOwnersForm, services.plan_owners),
    "explain": Door(f.TextForm, services.explain),
    "agree_withdrawal": Door(StepForm, services.agree_withdrawal),
    "entrust": Door(f.EntrustForm, services.entrust),
    "report": Door(f.TextForm, services.send_report),
    "set_circle": Door(f.CircleForm, services.set_circle),
    "widen": Door(f.WidenForm, services.widen),
    "extend": Door(f.ExtendForm, services.extend),
}
