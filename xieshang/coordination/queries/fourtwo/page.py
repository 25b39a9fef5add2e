"""The page that shows the whole way: six steps, what each left behind, what the next one still asks for."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.rules import PlaceKind
from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_of, full_day
from xieshang.lib.permits import has_perm
from xieshang.matters.models import Matter
from xieshang.matters.queries import linked
from xieshang.meetings.models import BASE_LABELS, KIND_LABELS, Meeting
from xieshang.meetings.rules import KINDS, Base, MeetingKind
from xieshang.meetings.rules import State as MeetingState
from xieshang.outcomes import queries as outcomes
from xieshang.outcomes.models import Notice

from ...models import FourTwo, FourTwoCheck, FourTwoDraft, FourTwoRecord, FourTwoStep
from ...models.fourtwo import LOOKS
from ...rules.fourtwo import (
    STAGE_LABELS,
    STAGE_OF,
    STAGE_WHAT,
    STATE_LABELS,
    STEP_LABELS,
    WHO,
    WHO_LABELS,
    YES,
    Check,
    Mark,
    Stage,
    State,
    Step,
    checklist,
    line,
)
from ...rules.fourtwo.stages import PARTY_STAGES, STAGE_KINDS
from .facts import account_in_force, facts_about
from .words import rows_of, said_at

CARRIED = frozenset({State.RESOLVED, State.RESOLUTION_PUBLISHED, State.IMPLEMENTING, State.RESULT_PUBLISHED})


@dataclass(slots=True)
class Shown:
    """One of the six steps as the page shows it: where it stands and what it left behind."""

    stage: Stage
    number: int
    label: str
    what: str
    mark: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    minutes: object = None
    meeting_url: str = ""
    notice: Notice | None = None
    account: list[tuple[str, str, str]] = field(default_factory=list)
    check: FourTwoCheck | None = None
    note: str = ""


@dataclass(slots=True)
class FourTwoPage:
    """Everything the page shows to one reader."""

    flow: FourTwo
    stages: list[Shown]
    strip: dict[str, str]
    icon: str
    tone: str
    draft: FourTwoDraft | None
    earlier: list[FourTwoDraft]
    earlier_records: dict[int, list[tuple[str, str]]]
    items: list[dict[str, object]]
    related: list[Matter]
    entries: list[dict[str, str]]
    missing: list[Check] = field(default_factory=list)
    may: dict[str, bool] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    stage: Stage | None = None
    step: Step | None = None
    short: str = ""
    call_url: str = ""

    @property
    def dots(self) -> list[dict[str, object]]:
        """The six as the part `progressline` draws them."""
        return [{"label": s.label, "state": s.mark, "url": f"#step-{s.number}", "note": ""} for s in self.stages]

    @property
    def number(self) -> int:
        """At which of the six it stands, counted from one."""
        return next(
            (s.number for s in self.stages if s.mark == Mark.NOW), sum(s.mark == Mark.DONE for s in self.stages)
        )

    @property
    def current(self) -> str:
        """The name of that step."""
        return next((s.label for s in self.stages if s.number == self.number), "")


def fourtwo_page(actor: Actor, flow: FourTwo) -> FourTwoPage:
    """Gather the page; at most a dozen queries."""
    state = State(flow.state)
    drafts = list(flow.drafts.order_by("number"))
    records = list(flow.records.select_related("minutes", "meeting", "office__body").order_by("pk"))
    current = next((draft for draft in drafts if draft.ended_at is None), None)
    kept = current or (drafts[-1] if drafts and state in {State.REFUSED, State.WITHDRAWN} else None)
    of_draft = [record for record in records if kept and record.draft_id == kept.pk]
    ties = linked(actor, flow.matter)
    stage = STAGE_OF.get(state)
    icon, tone = LOOKS[state]
    page = FourTwoPage(
        flow=flow,
        stages=_stages(flow, state, of_draft),
        strip=_strip(flow, state),
        icon=icon,
        tone=tone,
        draft=kept,
        earlier=[draft for draft in drafts if draft is not kept],
        earlier_records={},
        items=outcomes.items_of(actor, flow.matter)
        if stage in {Stage.DISCLOSURE, Stage.RESULT} or flow.result_id
        else [],
        related=[matter for _kind, matter in ties],
        entries=_entries(flow),
        stage=stage,
        step=_next_step(state),
    )
    page.earlier_records = {draft.pk: [_line(r) for r in records if r.draft_id == draft.pk] for draft in page.earlier}
    page.short = whole_address("matters:short", flow.matter_id)
    page.may = may_of(actor, flow)
    if page.step is not None and any(page.may.values()):
        page.missing = [one for one in checklist(state, page.step, facts_about(flow, shown_today())) if not one.is_met]
    if stage in YES and page.may["record"]:
        page.meetings = _closed_meetings(ties, stage)
        page.call_url = _call_url(flow, stage)
    return page


def may_of(actor: Actor, flow: FourTwo) -> dict[str, bool]:
    """What this reader may do now, whatever still stands in the way."""
    state = State(flow.state)
    stage = STAGE_OF.get(state)
    step = YES.get(stage) if stage else None

    def may(verb: str, *states: State) -> bool:
        return state in states and has_perm(f"coordination.{verb}", actor, flow)

    published, working = State.RESOLUTION_PUBLISHED, State.IMPLEMENTING
    return {
        "record": step is not None and has_perm(f"coordination.fourtwo_{step}", actor, flow),
        "redraft": may("redraft_fourtwo", State.BEGUN),
        "draft": may("draft_resolution", State.RESOLVED),
        "publish": may("fourtwo_publish_resolution", State.RESOLVED),
        "items": may("set_fourtwo_items", State.RESOLVED, published, working),
        "start": may("fourtwo_start", published),
        "account": may("fourtwo_enter_account", working),
        "check": may("fourtwo_pass_check", working),
        "result": may("fourtwo_publish_result", working),
        "withdraw": may("fourtwo_withdraw", State.BEGUN, State.PROPOSED, State.DISCUSSED, State.REVIEWED),
    }


def _next_step(state: State) -> Step | None:
    after = {
        State.RESOLVED: Step.PUBLISH_RESOLUTION,
        State.RESOLUTION_PUBLISHED: Step.START,
        State.IMPLEMENTING: Step.PUBLISH_RESULT,
    }
    stage = STAGE_OF.get(state)
    return after.get(state) or (YES.get(stage) if stage else None)


def _stages(flow: FourTwo, state: State, records: list[FourTwoRecord]) -> list[Shown]:
    by_stage = {Stage(record.stage): record for record in records}
    shown = []
    for standing in line(state, sum(record.is_carried for record in records)):
        what = said_at(flow, STAGE_WHAT[standing.stage])
        one = Shown(standing.stage, standing.number, standing.label, what, standing.mark.value)
        record = by_stage.get(standing.stage)
        if record is not None:
            _tell(one, record)
        shown.append(one)
    _tell_disclosure(shown[4], flow)
    if state in {State.IMPLEMENTING, State.RESULT_PUBLISHED}:
        _tell_result(shown[5], flow)
    return shown


def _tell(one: Shown, record: FourTwoRecord) -> None:
    one.facts = facts_of_record(record)
    one.text, one.minutes = record.text, record.minutes
    one.note = "" if record.is_carried else _("没有通过，这一稿到此为止。")
    if record.meeting and Stage(record.stage) not in PARTY_STAGES:
        one.meeting_url = record.meeting.get_absolute_url()


def facts_of_record(record: FourTwoRecord) -> list[tuple[str, str]]:
    """The record of a meeting as labelled facts."""
    kind, base = MeetingKind(record.kind), Base(record.base)
    counts = _("同意%(yes)s，反对%(no)s，弃权%(abstain)s") % {
        "yes": record.agree,
        "no": record.against,
        "abstain": record.abstain,
    }
    of = _("组成人员%(all)s人，其中代表%(reps)s人、妇女代表%(women)s人") % {
        "all": record.members,
        "reps": record.representatives,
        "women": record.women,
    }
    pairs = [
        (
            _("会议"),
            str(KIND_LABELS[kind]) + (_("（平台上开的）") if record.meeting_id and not record.file_number else ""),
        ),
        (_("日期"), full_day(record.held_on)),
        (_("通知"), full_day(record.told_on)),
        (_("主持"), record.chair),
        (_("怎么算"), str(BASE_LABELS[base]) if len(STAGE_KINDS[Stage(record.stage)]) > 1 else ""),
        (_("组成"), of if record.members else ""),
        (_("到会"), _("应到%(all)s，实到%(came)s") % {"all": record.expected, "came": record.present}),
        (_("表决"), counts),
        (_("授权"), record.authorisation),
        (_("文号"), record.file_number),
        (_("签字"), record.signers),
    ]
    return [(label, value) for label, value in pairs if value]


def _tell_disclosure(one: Shown, flow: FourTwo) -> None:
    notice = flow.resolution
    if notice is None:
        return
    one.notice = notice
    days = ""
    if notice.first_day and notice.last_day:
        days = _("%(first)s至%(last)s") % {"first": full_day(notice.first_day), "last": full_day(notice.last_day)}
    one.facts = [
        (_("文号"), notice.number),
        (_("公开期"), days or _("还没有张贴，张贴次日起算")),
        (_("天数"), _("%d天") % notice.days),
    ]


def _tell_result(one: Shown, flow: FourTwo) -> None:
    account, made = account_in_force(flow)
    one.account = rows_of(account) if account else []
    one.check, one.notice = made, flow.result


def _strip(flow: FourTwo, state: State) -> dict[str, str]:
    """The four answers on top: who decides, where it stands, what comes next."""
    step = _next_step(state)
    due = ""
    if state == State.RESOLUTION_PUBLISHED and flow.resolution:
        last = flow.resolution.last_day
        due = _("公开到%s") % full_day(last) if last else _("贴好次日起算")
    return {
        "who": said_at(flow, _("村（居）民会议或者代表会议")),
        "now": str(STATE_LABELS[state]),
        "next": str(STEP_LABELS[step]) if step else _("已经走完"),
        "next_note": said_at(flow, WHO_LABELS[WHO[step]]) if step else "",
        "due": due,
    }


def _entries(flow: FourTwo) -> list[dict[str, str]]:
    """What happened, newest first."""
    rows = FourTwoStep.objects.filter(flow=flow).select_related("office__body").order_by("-pk")
    return [
        {
            "when": full_day(day_of(row.fell_due_at)),
            "title": str(STEP_LABELS[Step(row.step)]),
            "note": row.note,
            "by": str(row.office.title) if row.office else _("到期自动"),
            "url": "",
        }
        for row in rows
    ]


def _line(record: FourTwoRecord) -> tuple[str, str]:
    word = _("通过") if record.is_carried else _("没有通过")
    numbers = f"{record.agree}／{record.present}／{record.expected}"
    return (str(STAGE_LABELS[Stage(record.stage)]), f"{full_day(record.held_on)} {word}（同意／实到／应到 {numbers}）")


def _call_url(flow: FourTwo, stage: Stage) -> str:
    """Where the meeting of a step is called on the platform, tied to this matter."""
    place = PlaceKind(flow.community.kind)
    kinds = [kind for kind in STAGE_KINDS[stage] if place in KINDS[kind].places]
    # Of the deciding meetings that of the representatives is the usual one.
    return f"{reverse('meetings:plan', args=[kinds[-1].value])}?about={flow.matter_id}"


def _closed_meetings(ties: list[tuple[str, Matter]], stage: Stage) -> list[Meeting]:
    """Meetings that were called for this matter, are over and of the kind of the step."""
    kinds = [kind.value for kind in STAGE_KINDS[stage]]
    ids = [matter.pk for _kind, matter in ties if matter.kind == "meeting"]
    if not ids:
        return []
    rows = Meeting.objects.filter(matter__in=ids, kind__in=kinds, state=MeetingState.CLOSED.value)
    return list(rows.select_related("matter").order_by("-pk"))
