"""The desk's side of a topic: which steps this office may take now, and what each still asks for."""

import datetime
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from xieshang.coordination.models import FourTwo
from xieshang.coordination.rules.fourtwo import State as FlowState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.permits import has_perm
from xieshang.matters.models import MatterLink
from xieshang.matters.queries import similar
from xieshang.matters.rules import LinkKind
from xieshang.outcomes import queries as outcomes
from xieshang.outcomes.models import ActionItem, Notice
from xieshang.outcomes.rules import ItemState, NoticeKind

from ..models import Record, Topic
from ..rules import (
    ACTS,
    PERMIT_OF,
    SESSION_KINDS,
    STEP_LABELS,
    WHO_LABELS,
    Check,
    Facts,
    Nature,
    OwnersResult,
    PartyMeeting,
    PartyOpinion,
    RecordKind,
    State,
    Step,
    TopicKind,
    Who,
    checklist,
    due_on,
    possible_steps,
    value,
)
from .facts import clock_of, facts_about
from .file import TopicFile, file_of

FAR = datetime.date(9999, 12, 31)
REASON: dict[str, object] = {"reason_given": True}
# What the form of a step brings by itself: not missing before it is filled in.
BROUGHT: dict[Step, dict[str, object]] = {
    Step.REJECT_CONTENT: REASON,
    Step.APPEAL: REASON,
    Step.DISMISS_APPEAL: REASON,
    Step.ACCEPT: {"kind": TopicKind.PRACTICAL_PROBLEM, "nature": Nature.ADVISORY},
    Step.DISPATCH: {"receiver_named": True, "plain_repair": True, **REASON},
    Step.REDIRECT: {"receiver_named": True, "receiver_due": FAR, **REASON},
    Step.RETURN_TO_AUTHOR: REASON,
    Step.MERGE: {"merge_target_named": True, "merge_target_is_open": True, **REASON},
    Step.REPORT_HANDLED: {"proof_given": True},
    Step.REPORT_UNSOLVED: REASON,
    Step.ANSWER_REDIRECT: {"answer_given": True},
    Step.REFUSE_REDIRECT: REASON,
    Step.ANNOUNCE: {"notice_text_given": True, "notice_days": 999, "discussion_last_day": FAR},
    Step.FORM_OPINION: {"opinion_text_given": True},
    Step.REVISE_OPINION: {"opinion_text_given": True},
    Step.REOPEN_DISCUSSION: REASON,
    Step.OPEN_POLL: {"poll_question_given": True, "poll_days": 999},
    Step.ESCALATE: REASON,
    Step.HAND_TO_OWNERS: {"convener_named": True, "owners_by": FAR},
    Step.OWNERS_PASSED: {
        "owners_result": OwnersResult.PASSED,
        "owners_result_is_recorded": True,
        "feedback_by": FAR,
    },
    Step.OWNERS_FAILED: {"owners_result": OwnersResult.NO_DECISION, "owners_result_is_recorded": True},
    Step.PUBLISH_FEEDBACK: {"feedback_text_given": True},
    Step.NOT_SOLVED: REASON,
    Step.CORRECT: {"legal_ground_given": True, "correction_notice_given": True, **REASON},
    Step.CLOSE_CORRECTED: REASON,
    Step.SUSPEND: REASON,
}
# Those whose page is the publishing desk, and those that time takes or the author's own page offers.
AT_THE_PUBLISHING_DESK = frozenset({Step.PUBLISH_NOTICE, Step.ADOPT})
NOT_ON_THE_DESK = AT_THE_PUBLISHING_DESK | {Step.SUBMIT, Step.WITHDRAW, Step.MEND, Step.APPEAL, Step.SUSTAIN_OBJECTION}
ACT_LABELS = {
    "record_session": "记一次协商会",
    "attach_minutes": "补传会议记录",
    "add_material": "放一份材料",
    "set_item": "写一件办理事项",
    "plan": "定反馈日期",
    "plan_owners": "写明由谁召集业主表决",
    "explain": "向大家说明",
    "agree_withdrawal": "同意提出人撤回",
    "entrust": "记下委托部门",
    "report": "报送结果",
    "widen": "改涉及的范围",
    "set_circle": "定谁能看、谁能说",
    "extend": "准许延期",
}


@dataclass(slots=True)
class Panel:
    """One step or act that this office may take: its name, and what stands in its way."""

    key: str
    label: str
    missing: list[dict[str, str]] = field(default_factory=list)
    form: object = None
    # The page of its own on which it is written, and the words that lead there.
    url: str = ""
    leads: str = ""

    @property
    def is_blocked(self) -> bool:
        """Whether something must be supplied elsewhere first."""
        return bool(self.missing)


def word_of(key: str) -> str:
    """A step or an act as the desk calls it."""
    return str(STEP_LABELS[Step(key)]) if key in set(Step) else ACT_LABELS.get(key, key)


WRITTEN = {Step.FORM_OPINION: later("写协商意见"), Step.REVISE_OPINION: later("改协商意见")}
# Until a 四议两公开 makes public what was resolved.
UNPUBLISHED = (FlowState.BEGUN, FlowState.PROPOSED, FlowState.DISCUSSED, FlowState.REVIEWED, FlowState.RESOLVED)
SELDOM = frozenset(
    {Step.SUSPEND, Step.RESUME, Step.CORRECT, "entrust", "widen", "set_circle", "extend", "add_material"}
    | {"agree_withdrawal"}
)
# Steps off the ordinary course: offered, but never the one that stands open.
ASIDE = frozenset({Step.NOT_SOLVED, Step.ESCALATE, Step.REOPEN_DISCUSSION, Step.REVISE_OPINION, Step.PARTY_RETURN})


def seldom(topic: Topic) -> frozenset[str]:
    """What stands below: while things are being done another one is the exception."""
    return SELDOM | ({"set_item"} if topic.state == State.IMPLEMENTING else set())


@dataclass(slots=True)
class Work:
    """The desk's page of one topic."""

    topic: Topic
    file: TopicFile
    facts: Facts
    panels: list[Panel]
    may_publish: bool
    may_draft: bool
    similar: list[dict[str, str]]
    items: list[dict[str, object]]
    # A 四议两公开 on its way, whose resolution will be this topic's outcome.
    flow: FourTwo | None = None

    @property
    def first_other(self) -> str:
        """The first of those that are seldom done."""
        return next((panel.key for panel in self.panels if panel.key in seldom(self.topic)), "")

    @property
    def to_verify(self) -> list[ActionItem]:
        """What was reported done and waits to be looked at; each leads to its page."""
        return [item for item in self.file.promises.items if item.state == ItemState.DONE]

    @property
    def main_key(self) -> str:
        """The step that stands open: the one by which the matter goes on, else the first that can be taken now."""
        other = seldom(self.topic) | ASIDE
        free = [panel.key for panel in self.panels if not panel.is_blocked and panel.key not in other]
        first = ONWARD.get(State(self.topic.state))
        if first in free:
            return str(first)
        if self.may_publish or self.may_draft:
            ready = [panel.key for panel in self.panels if not panel.is_blocked]
            return next((key for key in self.before_drafting if key in ready), "")
        return free[0] if free else ""

    @property
    def is_to_be_judged(self) -> bool:
        """Whether the story itself is what has to be judged: on a phone it then stands open above the steps."""
        return self.topic.state in {State.SUBMITTED, State.SCREENING, State.PARTY_REVIEW}

    @property
    def before_drafting(self) -> list[str]:
        """What is better done before the notice is written, because its facts stand in the notice."""
        if self.topic.state == State.OPINION_FORMED:
            return [Step.CONFIRM_OPINION, Step.REVISE_OPINION]
        if self.topic.state != State.PUBLICITY or self.file.draft or (self.publicity and not self.publicity.posted_on):
            return []
        return ["set_item"] if not self.file.promises.items else [] if self.topic.feedback_by else ["plan"]

    @property
    def sessions(self) -> list[Record]:
        """The sessions that are on record already."""
        return self.file.all_of(*SESSION_KINDS)

    @property
    def opinion(self) -> Record | None:
        """What the discussion came to, for those who confirm it and write it up."""
        return self.file.latest(RecordKind.OPINION)

    @property
    def publicity(self) -> Notice | None:
        """The notice whose days run or wait for its boards: posted, objected to and answered from here too."""
        return self.file.notice(NoticeKind.GONGSHI) if self.topic.state == State.PUBLICITY else None


def facts_now(topic: Topic, actor: Actor, file: TopicFile) -> Facts:
    """The facts of today as the guards will see them, for showing."""
    facts = facts_about(topic, shown_today(), file)
    due = due_on(State(topic.state), topic.entered_on, facts, clock_of(topic))
    return replace(facts, due=due, acting_person=actor.person_id)


def work_on(actor: Actor, topic: Topic) -> Work:
    """Everything this office may do with the topic, each with what is missing and who can supply it."""
    file = file_of(topic)
    facts = facts_now(topic, actor, file)
    state = State(topic.state)
    steps = [s for s in possible_steps(state) if s not in NOT_ON_THE_DESK and has_perm(f"topics.{s}", actor, topic)]
    panels = [_panel(topic, s, missing_lines(state, s, facts)) for s in steps if offered(s, facts)]
    acts = [
        key
        for key, states in ACTS.items()
        if state in states and has_perm(f"topics.{PERMIT_OF.get(key, key)}", actor, topic)
    ]
    acts = [key for key in acts if _is_useful(key, topic, file)]
    panels = [Panel(key, ACT_LABELS[key]) for key in acts if key in FIRST_ACTS] + panels
    panels += [Panel(key, ACT_LABELS[key]) for key in acts if key not in FIRST_ACTS]
    panels.sort(key=lambda panel: panel.key in seldom(topic))
    flow = _running_flow(topic) if state == State.ESCALATED else None
    draftable = {State.OPINION_FORMED, State.VOTING, State.ESCALATED}
    # What the owners decide is handed to them after its publicity, not adopted.
    draftable |= {State.PUBLICITY} if topic.nature != Nature.OWNERS else set()
    work = Work(
        topic,
        file,
        facts,
        panels,
        may_publish=has_perm("topics.publish_notice", actor, topic) and file.draft is not None,
        may_draft=state in draftable and flow is None and has_perm("topics.draft_notice", actor, topic),
        similar=_similar(actor, topic) if state == State.SCREENING else [],
        items=[outcomes.item_row(item, []) for item in file.promises.items],
        flow=flow,
    )
    main = work.main_key  # told before: a list that is being sorted looks empty
    work.panels.sort(key=lambda panel: panel.key != main)
    return work


def _panel(topic: Topic, step: Step, missing: list[dict[str, str]]) -> Panel:
    panel = Panel(step.value, str(STEP_LABELS[step]), missing)
    if step in WRITTEN and not missing:
        panel.url, panel.leads = reverse("topics:opinion", args=[topic.pk]), str(WRITTEN[step])
    return panel


def _running_flow(topic: Topic) -> FourTwo | None:
    targets = MatterLink.objects.filter(source=topic.matter_id, kind=LinkKind.BECAME.value).values("target")
    flows = FourTwo.objects.with_frame().filter(matter__in=targets, state__in=[state.value for state in UNPUBLISHED])
    return flows.order_by("-pk").first()


def _similar(actor: Actor, topic: Topic) -> list[dict[str, str]]:
    """Other matters that may be the same, for merging."""
    found = similar(actor, topic.community_id, topic.title, topic.text, kind="topic")
    return [
        {"title": m.title, "url": m.get_absolute_url(), "meta": f"{m.place.label or m.place.name} · {m.standing}"}
        for m, _like in found
        if m.pk != topic.matter_id
    ]


FIRST_ACTS = frozenset({"record_session", "attach_minutes", "set_item", "plan", "plan_owners"})


def _is_useful(key: str, topic: Topic, file: TopicFile) -> bool:
    if key == "agree_withdrawal":
        return not topic.withdrawal_agreed and file.supporters > value(topic.values, "topics.withdrawal_threshold")
    if key == "attach_minutes":
        return any(session.file_id is None for session in file.all_of(*SESSION_KINDS))
    if key == "plan_owners":
        return topic.nature == Nature.OWNERS
    if key == "report":
        return bool(topic.report_to) and topic.report_sent_on is None
    return not (key == "extend" and topic.due_on is None)


def offered(step: Step, facts: Facts) -> bool:
    """Whether it makes sense to show a step at all: one does not resume what runs, or hand on what is not theirs."""
    if step in {Step.SUSPEND, Step.RESUME}:
        return facts.suspended == (step == Step.RESUME)
    if step in {Step.AGREE, Step.PARTY_RETURN}:
        return facts.party_opinion != PartyOpinion.AGREED
    if step in {Step.UPHOLD_APPEAL, Step.DISMISS_APPEAL}:
        return facts.appeal_is_made
    if step in {Step.HAND_TO_OWNERS, Step.SEND_BACK}:
        return facts.nature == Nature.OWNERS if step == Step.HAND_TO_OWNERS else facts.decision_sends_back
    if step in {Step.REVISE_OPINION, Step.CONFIRM_OPINION, Step.REOPEN_DISCUSSION}:
        return not facts.opinion_is_confirmed
    # Of a vote that is held here the result comes by itself.
    return step not in {Step.OWNERS_PASSED, Step.OWNERS_FAILED} or not facts.owners_vote_is_linked


def missing_lines(state: State, step: Step, facts: Facts) -> list[dict[str, str]]:
    """What stands in the way of a step beside what its own form brings: what, who can supply it."""
    brought = dict(BROUGHT.get(step, {}))
    if step in {Step.AGREE, Step.PARTY_RETURN}:
        brought = {**REASON, **STUDY}
    if step == Step.RECORD_DECISION:
        brought = DECISION
    if step == Step.DISPATCH and facts.danger:
        brought["danger"] = True
    lines = checklist(state, step, replace(facts, **brought))  # type: ignore[arg-type]
    return [_line(check) for check in lines if not check.is_met]


STUDY: dict[str, object] = {
    "party_studied_on": datetime.date(2000, 1, 1),
    "party_meeting_named": bool(PartyMeeting.COMMITTEE),
    "party_conclusion_given": True,
    "party_signer_named": True,
    "parties_chosen": True,
    "form_chosen": True,
}
DECISION: dict[str, object] = {
    "decision_on": datetime.date(2000, 1, 1),
    "decision_host_named": True,
    "decision_counted": True,
    "decision_minutes_given": True,
    "decision_quorum_met": True,
}


def _line(check: Check) -> dict[str, str]:
    who = str(WHO_LABELS[check.who])
    by = _("到时候自动往下走") if check.who == Who.SYSTEM else _("请%s补上") % who
    return {"what": str(check.refusal.sentence), "who": who, "by": by}


# The one step by which each state goes on in the ordinary course.
ONWARD: dict[State, Step] = {
    State.SUBMITTED: Step.ADMIT,
    State.SCREENING: Step.ACCEPT,
    State.DISPATCHED: Step.REPORT_HANDLED,
    State.REDIRECTED: Step.ANSWER_REDIRECT,
    State.PARTY_REVIEW: Step.ANNOUNCE,
    State.ANNOUNCED: Step.OPEN_DISCUSSION,
    State.DELIBERATING: Step.FORM_OPINION,
    State.OPINION_FORMED: Step.PUBLISH_NOTICE,
    State.VOTING: Step.PUBLISH_NOTICE,
    State.ESCALATED: Step.PUBLISH_NOTICE,
    State.PUBLICITY: Step.ADOPT,
    State.TO_OWNERS: Step.OWNERS_PASSED,
    State.IMPLEMENTING: Step.PUBLISH_FEEDBACK,
    State.FEEDBACK: Step.EVALUATE,
    State.EVALUATED: Step.ARCHIVE,
}


@dataclass(frozen=True, slots=True)
class Blocked:
    """The step that comes next and what it still asks for."""

    label: str
    missing: list[dict[str, str]]


def what_is_missing(actor: Actor, topic: Topic) -> Blocked | None:
    """What the next step of the ordinary course still asks for and who can supply it; None at an end."""
    state = State(topic.state)
    step = ONWARD.get(state)
    if step is None:
        return None
    if state == State.PUBLICITY and topic.nature == Nature.OWNERS:
        step = Step.HAND_TO_OWNERS
    facts = facts_now(topic, actor, file_of(topic))
    return Blocked(str(STEP_LABELS[step]), _lacks(state, step, facts))


def _lacks(state: State, step: Step, facts: Facts) -> list[dict[str, str]]:
    """What a step waits for from elsewhere, then its own paper; a paper not begun is one line, not all its fields."""
    elsewhere = missing_lines(state, step, facts)
    own = [_line(check) for check in checklist(state, step, facts) if not check.is_met]
    own = [line for line in own if line not in elsewhere]
    if len(own) > 1:
        label, who = STEP_LABELS[step], own[-1]["who"]
        own = [{"what": _("还没有%s。") % label, "who": who, "by": _("请%s来办") % who}]
    return elsewhere + own
