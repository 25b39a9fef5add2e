"""Which form and which verb belong to each step and act of the desk; their fields are the verb's keywords."""

from xieshang.lib.acts import Act

from .. import services
from ..forms import steps as f
from ..forms.base import NoteForm, ReasonForm, StepForm
from ..forms.poll import PollForm
from ..forms.sessions import MinutesForm, SessionForm
from ..rules import Step

DOORS: dict[str, Act[StepForm]] = {
    Step.ADMIT: Act(StepForm, services.admit),
    Step.REJECT_CONTENT: Act(ReasonForm, services.reject_content),
    Step.UPHOLD_APPEAL: Act(StepForm, services.uphold_appeal),
    Step.DISMISS_APPEAL: Act(ReasonForm, services.dismiss_appeal),
    Step.ACCEPT: Act(f.AcceptForm, services.accept),
    Step.DISPATCH: Act(f.DispatchForm, services.dispatch),
    Step.REDIRECT: Act(f.RedirectForm, services.redirect),
    Step.RETURN_TO_AUTHOR: Act(ReasonForm, services.return_to_author),
    Step.MERGE: Act(f.MergeForm, services.merge),
    Step.REPORT_HANDLED: Act(f.ProofForm, services.report_handled),
    Step.CONFIRM_SOLVED: Act(StepForm, services.confirm_solved),
    Step.REPORT_UNSOLVED: Act(ReasonForm, services.report_unsolved),
    Step.ANSWER_REDIRECT: Act(f.AnswerForm, services.answer_redirect),
    Step.REFUSE_REDIRECT: Act(ReasonForm, services.refuse_redirect),
    Step.AGREE: Act(f.AgreeForm, services.agree),
    Step.PARTY_RETURN: Act(f.StudyForm, services.party_return),
    Step.ANNOUNCE: Act(f.AnnounceForm, services.announce),
    Step.OPEN_DISCUSSION: Act(StepForm, services.open_discussion),
    Step.CONFIRM_OPINION: Act(NoteForm, services.confirm_opinion),
    Step.REOPEN_DISCUSSION: Act(f.TalkAgainForm, services.reopen_discussion),
    Step.OPEN_POLL: Act(PollForm, services.open_poll),
    Step.ESCALATE: Act(f.EscalateForm, services.escalate),
    Step.RECORD_DECISION: Act(f.DecisionForm, services.record_decision),
    Step.SEND_BACK: Act(f.SendBackForm, services.send_back),
    Step.HAND_TO_OWNERS: Act(f.HandToOwnersForm, services.hand_to_owners),
    Step.OWNERS_PASSED: Act(f.OwnersPassedForm, services.owners_passed),
    Step.OWNERS_FAILED: Act(f.OwnersFailedForm, services.owners_failed),
    Step.PUBLISH_FEEDBACK: Act(f.FeedbackForm, services.publish_feedback),
    Step.NOT_SOLVED: Act(f.NotSolvedForm, services.not_solved),
    Step.EVALUATE: Act(StepForm, services.evaluate),
    Step.ARCHIVE: Act(NoteForm, services.archive),
    Step.CORRECT: Act(f.CorrectForm, services.correct),
    Step.REDO_OPINION: Act(NoteForm, services.redo_opinion),
    Step.CLOSE_CORRECTED: Act(ReasonForm, services.close_corrected),
    Step.SUSPEND: Act(ReasonForm, services.suspend),
    Step.RESUME: Act(StepForm, services.resume),
    "record_session": Act(SessionForm, services.record_session),
    "attach_minutes": Act(MinutesForm, services.attach_minutes),
    "add_material": Act(f.MaterialForm, services.add_material),
    "set_item": Act(f.ItemForm, services.set_item),
    "plan": Act(f.PlanForm, services.plan),
    "plan_owners": Act(f.HandToOwnersForm, services.plan_owners),
    "explain": Act(f.TextForm, services.explain),
    "agree_withdrawal": Act(StepForm, services.agree_withdrawal),
    "entrust": Act(f.EntrustForm, services.entrust),
    "report": Act(f.TextForm, services.send_report),
    "set_circle": Act(f.CircleForm, services.set_circle),
    "widen": Act(f.WidenForm, services.widen),
    "extend": Act(f.ExtendForm, services.extend),
}
