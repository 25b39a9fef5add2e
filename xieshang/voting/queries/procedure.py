"""The procedure of an owners' decision as its pages show it: how far it is, what is next, what is missing, who."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now, shown_today
from xieshang.lib.days import day_words, deadline, full_day, left_words, moment
from xieshang.lib.permits import has_perm
from xieshang.lib.workdays import workdays_between
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind

from ..models import DECISION_LABELS, STEP_LABELS, Decision, DecisionStep, SecondSignature, Vote
from ..rules import ENTRIES, ITEM_WORDS, Item, Law, majority_for, time_left
from ..rules.deciding import (
    ACTORS,
    DONE_BY_TIME,
    ENDS,
    Check,
    Facts,
    State,
    Step,
    Who,
    checklist,
    next_step,
    steps_from,
    unmet,
)
from .deciding import BEFORE_NOTICE, facts_of, notice_by

WHO_LABELS = {
    Who.CONVENER: _("召集人"),
    Who.SECOND_PERSON: _("居委会"),
    Who.PARTY: _("社区党组织"),
    Who.TELLERS: _("计票人、监票人"),
    Who.TIME: _("到时候自动"),
    Who.STREET: _("街道"),
}
# The stages that neighbours read on the line of steps.
LINE = (
    (_("起草"), (State.PROPOSED, State.PARTY_CONSULTED)),
    (_("核对名册"), (State.ROSTER_OPEN,)),
    (_("会议公告"), (State.NOTICE,)),
    (_("投票"), (State.VOTING,)),
    (_("计票"), (State.COUNTING,)),
    (_("公示初步结果"), (State.PRELIM_PUBLICITY,)),
    (_("公告决定"), (State.DECIDED, State.ANNOUNCED, State.ANNULLED)),
)
# Steps done on pages of their own.
ELSEWHERE = {
    Step.REDRAFT: "voting:redraft",
    Step.PUBLISH_ROLL: "voting:roll",
    Step.FREEZE_ROLL: "voting:roll",
    Step.PUBLISH: "voting:notice_preview",
    Step.ENTER_RESULT: "voting:official_result",
}
BY_TWO = [Step.EXTEND.value, Step.ABORT.value, Step.ENTER_RESULT.value]
SELDOM = frozenset({Step.WITHDRAW, Step.TAKE_BACK, Step.ABORT, Step.EXTEND, Step.RECOUNT, Step.CORRECT, Step.ANNUL})
PERMITS = {
    Step.REDRAFT: "redraft_decision",
    Step.TAKE_BACK: "consult",
    Step.PUBLISH: "publish_decision",
    Step.WITHDRAW: "withdraw_decision",
}
BROUGHT: dict[str, object] = {"reason_given": True, "opinion_text_given": True, "document_given": True}


@dataclass(slots=True)
class Panel:
    """One step that this office may take now: its name, what stands in its way, its form or its page."""

    key: str
    label: str
    missing: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    form: object = None

    @property
    def is_blocked(self) -> bool:
        """Whether something must be supplied elsewhere first."""
        return bool(self.missing)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The four answers on top, the line of steps, the documents, and what was done by whom."""

    decision: Decision
    strip: dict[str, str]
    stages: list[dict[str, str]]
    number: int
    current: str
    rule: str
    notices: list[Notice]
    entries: list[dict[str, str]]
    opinion: str
    may_work: bool

    @property
    def total(self) -> int:
        """How many stages there are."""
        return len(self.stages)


@dataclass(slots=True)
class DecisionWork:
    """The work page of a decision for one office."""

    decision: Decision
    next_label: str
    checks: list[dict[str, object]]
    panels: list[Panel]
    signatures: list[dict[str, object]]
    main_key: str


def procedure_of(actor: Actor, vote: Vote) -> Procedure | None:
    """The procedure of an owners' vote for this reader; None for a poll."""
    decision = getattr(vote, "decision", None)
    if decision is None:
        return None
    # Whoever sees the vote sees the decision beside it; both pages go on with what is read already.
    decision.vote = vote
    state, facts = State(decision.state), facts_of(decision, shown_now())
    at = next((n for n, (_label, states) in enumerate(LINE) if state in states), len(LINE) - 1)
    return Procedure(
        decision=decision,
        strip=_strip(decision, facts),
        stages=[_stage(n, at, label, state) for n, (label, _states) in enumerate(LINE)],
        number=at + 1,
        current=str(DECISION_LABELS[state]),
        rule=_rule(decision),
        notices=list(Notice.objects.visible_to(actor).filter(matter_id=vote.matter_id).order_by("-pk")),
        entries=_entries(decision),
        opinion=_opinion(decision),
        may_work=has_perm("voting.work_decision", actor, decision),
    )


def _stage(n: int, at: int, label: str, state: State) -> dict[str, str]:
    shown = "done" if n < at or (n == at and state in ENDS) else "now" if n == at else "todo"
    if state in {State.WITHDRAWN, State.ABORTED}:
        shown = "skipped"
    return {"label": str(label), "state": shown}


def _strip(decision: Decision, facts: Facts) -> dict[str, str]:
    state = State(decision.state)
    step = next_step(state, facts)
    who = WHO_LABELS[ACTORS[step]] if step else ""
    due, due_note = _due(decision, state)
    return {
        "who": str(_("%s的业主共同决定") % decision.area.name),
        "who_note": str(_("由%s召集") % decision.convener.short_name),
        "now": decision.state_word,
        "now_note": str(_("%s起") % moment(decision.entered_at)),
        "next": str(STEP_LABELS[step]) if step else "",
        "next_note": str(who),
        "due": due,
        "due_note": due_note,
    }


def _due(decision: Decision, state: State) -> tuple[str, str]:
    """The last day of the state and what is left of it; voting ends at a moment, counting has working days."""
    due, closes = decision.due_on, decision.vote.closes_at
    if due is None and state in BEFORE_NOTICE:
        due = notice_by(decision)
    if due is None or state in ENDS:
        return "", ""
    if state == State.VOTING and closes:
        return deadline(closes), time_left(closes, shown_now())
    today = shown_today()
    if state == State.COUNTING:
        return day_words(due), left_words(workdays_between(today, due), _("个工作日"))
    return day_words(due), left_words((due - today).days)


def _rule(decision: Decision) -> str:
    """Item of the law, and the fractions in words."""
    item = Item(decision.item)
    entry = ENTRIES.get(decision.entry)
    return _("%(words)s：属于民法典第278条第1款第%(item)s项“%(law)s”，%(rule)s。") % {
        "words": entry.words if entry else "",
        "item": int(item),
        "law": ITEM_WORDS[item],
        "rule": majority_for(Law(decision.rule_set), item).words,
    }


def _opinion(decision: Decision) -> str:
    if decision.opinion:
        return _("社区党组织的意见（供参考）：%s") % decision.opinion
    silent = State(decision.state) not in {State.PROPOSED, State.PARTY_CONSULTED, State.WITHDRAWN}
    if silent and decision.opinion_due:
        return _("已征求社区党组织意见，到%s没有收到答复。") % full_day(decision.opinion_due)
    return ""


def annulment_of(decision: Decision) -> dict[str, object] | None:
    """Who annulled the decision, why, and the notice that says so; None for one that stands."""
    if State(decision.state) != State.ANNULLED:
        return None
    rows = decision.steps.filter(step=Step.ANNUL.value).select_related("office__body__place")
    row = rows.order_by("-pk").first()
    notices = Notice.objects.filter(matter_id=decision.vote.matter_id, kind=NoticeKind.CORRECTION.value)
    return {**_entry(row), "notice": notices.order_by("-pk").first()} if row else None


def _entries(decision: Decision) -> list[dict[str, str]]:
    rows = decision.steps.select_related("office__body__place").order_by("-pk")[:40]
    return [_entry(row) for row in rows]


def _entry(row: DecisionStep) -> dict[str, str]:
    who = str(row.office.title) if row.office else str(_("到期自动"))
    if row.second_id:
        who = str(_("%s，另一位确认") % who)
    return {"when": moment(row.fell_due_at), "title": str(STEP_LABELS[Step(row.step)]), "by": who, "note": row.note}


def work_of(actor: Actor, decision: Decision) -> DecisionWork:
    """Everything this office may do with the decision now, each with what is missing and who supplies it."""
    facts = facts_of(decision, shown_now())
    state = State(decision.state)
    step = next_step(state, facts)
    panels = [_panel(decision, one, facts) for one in steps_from(state) if _offered(actor, decision, one, facts)]
    panels.sort(key=lambda panel: Step(panel.key) in SELDOM)
    free = [panel.key for panel in panels if not panel.is_blocked and Step(panel.key) not in SELDOM]
    return DecisionWork(
        decision=decision,
        next_label=str(STEP_LABELS[step]) if step else "",
        checks=[_ticked(check) for check in checklist(_goal(state, step), facts)] if step else [],
        panels=panels,
        signatures=_signatures(actor, decision),
        main_key=_first_to_do(step, [panel.key for panel in panels] if facts.objections_sustained else [], free),
    )


def _first_to_do(step: Step | None, after_objection: list[str], free: list[str]) -> str:
    """The panel that stands open: counting anew where an objection was found right, else the next step, else any."""
    if Step.RECOUNT.value in after_objection:
        return Step.RECOUNT.value
    return step.value if step and step.value in free else (free[0] if free else "")


def _goal(state: State, step: Step | None) -> Step:
    """What the checklist is about: while draft and roll are made, the notice, so that nothing comes as a surprise."""
    if state in {State.PROPOSED, State.PARTY_CONSULTED, State.ROSTER_OPEN} or step is None:
        return Step.PUBLISH
    return step


def checks_before_notice(facts: Facts) -> list[dict[str, object]]:
    """What the notice needs, ticked, beside its preview."""
    return [_ticked(check) for check in checklist(Step.PUBLISH, facts)]


def _ticked(check: Check) -> dict[str, object]:
    note = "" if check.is_met else str(check.refusal.sentence)
    return {"ok": check.is_met, "what": check.asks, "note": note, "who": str(WHO_LABELS[check.who])}


def _offered(actor: Actor, decision: Decision, step: Step, facts: Facts) -> bool:
    if step in DONE_BY_TIME or not has_perm(f"voting.{PERMITS.get(step, step.value)}", actor, decision):
        return False
    pointless = {
        Step.CONFIRM_CLASS: facts.class_is_confirmed,
        Step.GIVE_OPINION: facts.opinion_is_given,
        Step.PUBLISH_ROLL: facts.roll_is_frozen or facts.roll_is_published,
        Step.FREEZE_ROLL: facts.roll_is_frozen,
        Step.ENTER_RESULT: not facts.official_required or facts.is_counted,
        Step.SIGN_COUNT: facts.official_required,
        Step.EXTEND: not facts.may_extend or facts.was_extended,
    }
    return not pointless.get(step, False)


def _panel(decision: Decision, step: Step, facts: Facts) -> Panel:
    brought = dict(BROUGHT)
    if step == Step.EXTEND and facts.closes_at and facts.closes_on:
        brought |= {"new_closes_at": facts.closes_at + timedelta(days=1)}
        brought |= {"new_closes_on": facts.closes_on + timedelta(days=1)}
    missing = [
        {"what": str(check.refusal.sentence), "by": _by(check.who)}
        for check in unmet(step, replace(facts, **brought))  # type: ignore[arg-type]
    ]
    url = reverse(ELSEWHERE[step], args=[decision.vote_id]) if step in ELSEWHERE else ""
    return Panel(step.value, str(STEP_LABELS[step]), missing, url)


def _by(who: Who) -> str:
    return _("到时候自动往下走") if who == Who.TIME else _("由%s补上") % WHO_LABELS[who]


def _signatures(actor: Actor, decision: Decision) -> list[dict[str, object]]:
    """Acts by two that wait for the second person."""
    waiting = SecondSignature.objects.filter(decision=decision, answered_at=None, step__in=BY_TWO)
    may = has_perm("voting.answer_signature", actor, decision)
    return [
        {
            "id": row.pk,
            "what": str(STEP_LABELS[Step(row.step)]),
            "reason": row.reason,
            "who": str(row.asked_in.title) if row.asked_in else "",
            "when": moment(row.asked_at),
            "url": reverse(ELSEWHERE[Step(row.step)], args=[decision.vote_id]) if row.step in ELSEWHERE else "",
            "may": may and row.asked_by_id != actor.person_id,
        }
        for row in waiting.select_related("asked_in__body__place").order_by("pk")
    ]
