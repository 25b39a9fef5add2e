"""What waits at a desk for owners' votes: who must act next, what is under way, who says to be an owner."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.waiting import Dated, Queue, Waiting, listed, parts_listed

from ..models import Decision, OwnerClaim
from ..rules.deciding import State
from ..rules.deciding.tasks import Task, tasks_of
from ..rules.estate import ClaimState
from .contracts import contracts_waiting
from .deciding import BEFORE_NOTICE, notice_by
from .situations import situation_of, under_way, with_situation

FAR = date.max
MOST = 4


@dataclass(frozen=True, slots=True)
class Words:
    """How a task is told on the desk: what is to be done, the verb on the button, the page, how many wait."""

    line: Any
    action: Any
    page: str = "voting:work"
    anchor: str = ""
    number: str = ""
    perm: str = ""


TOLD: dict[Task, Words] = {
    Task.CONFIRM_CLASS: Words(later("草案等另一个人复核事项类别"), later("去复核")),
    Task.CONSULT: Words(later("草案复核过了，可以报党组织听取意见"), later("去报送")),
    Task.GIVE_OPINION: Words(later("业主表决的草案，请提出意见"), later("去提意见")),
    Task.OPEN_ROLL: Words(later("可以开始核对名册了"), later("去办")),
    Task.PUBLISH_ROLL: Words(later("名册等公布"), later("去公布"), "voting:roll"),
    Task.ANSWER_ROLL: Words(
        later("对名册有%(number)s条异议没有答复"), later("去答复"), "voting:roll", "#objections", "roll_objections"
    ),
    Task.CONFIRM_CHANGE: Words(later("名册有一处改动，等另一个人确认"), later("去确认"), "voting:roll"),
    Task.FREEZE_ROLL: Words(later("名册公示期满，可以锁定"), later("去锁定"), "voting:roll"),
    Task.PUBLISH: Words(later("名册锁定了，可以发布会议公告"), later("去发布"), "voting:notice_preview"),
    Task.ANSWER_SIGNATURE: Words(later("有一步要两个人同意，等另一位确认"), later("去确认")),
    Task.CONFIRM_SUCCESSION: Words(
        later("卖了房换人投，%(number)s处等另一个人确认"), later("去确认"), "voting:roll", "", "successions"
    ),
    Task.JUDGE_PROXY: Words(
        later("%(number)s份委托书等着看"), later("去看"), "voting:papers", "#proxies-head", "proxies"
    ),
    Task.SETTLE_DISPUTE: Words(
        later("共有人的异议有%(number)s条没有处理"), later("去处理"), "voting:papers", "#disputes-head", "disputes"
    ),
    Task.SETTLE_CONFLICT: Words(
        later("重票和认不清的票有%(number)s张等您确认"),
        later("去确认"),
        "voting:papers",
        "#conflicts-head",
        "conflicts",
    ),
    Task.KEY_PAPER: Words(
        later("票箱里还有%(number)s张您没读过的纸质票"), later("去录票"), "voting:keying", "", "papers_unread"
    ),
    Task.ENTER_RESULT: Words(later("等录入官方平台的结果"), later("去录入"), "voting:official_result"),
    Task.COUNT: Words(later("票都齐了，可以计票"), later("去计票"), "voting:count"),
    Task.SIGN_COUNT: Words(later("计票单等签字上传"), later("去上传")),
    Task.PUBLISH_COUNT: Words(later("计票单签好了，可以公示初步结果"), later("去公示")),
    Task.ANSWER_OBJECTION: Words(
        later("对初步结果有%(number)s条异议没有答复"),
        later("去答复"),
        "outcomes:objections",
        "",
        "objections",
        "publish_count",
    ),
    Task.RECOUNT: Words(later("有异议成立，要重新计票"), later("去办")),
    Task.ANNOUNCE: Words(later("结果生效了，等公告"), later("去公告")),
}


def waiting_at_desk(actor: Actor, most: int = MOST) -> list[Waiting]:
    """The nearest of what this office has to do for owners' votes."""
    return _todo(actor)[:most]


def queues(actor: Actor) -> list[Queue]:
    """The queues of owners' votes for this office, with their counts: what it has to do, and what is under way."""
    if actor.office is None:
        return []
    rows = _rows(actor)
    todo, running = _todo(actor, rows), [_running(row) for row in rows if has_perm("voting.work_decision", actor, row)]
    if not (todo or running or has_perm("voting.see_registers", actor, actor.office.place_path)):
        return []
    return [
        _queue("owners", _("业主表决待办"), todo),
        _queue("owners_running", _("业主表决进行中"), sorted(running, key=_day)),
    ]


def _queue(key: str, label: str, found: list[Waiting]) -> Queue:
    """A queue at hand as a whole: few decisions run at once in the place of one office."""
    return Queue(key, label, len(found), listed(found), parts_listed(found))


def _rows(actor: Actor) -> list[Decision]:
    return list(with_situation(under_way(actor), actor.person_id or 0).order_by("pk"))


def _todo(actor: Actor, rows: list[Decision] | None = None) -> list[Waiting]:
    """Everything this office has to do, what is due first on top."""
    found = [one for row in (_rows(actor) if rows is None else rows) for one in _of(row, actor)]
    return sorted([*found, *_claims(actor), *contracts_waiting(actor)], key=_day)


def _day(one: Waiting) -> date:
    return one.due or FAR


def _of(row: Decision, actor: Actor) -> list[Waiting]:
    """What one decision wants from this office."""
    situation = situation_of(row, actor)
    found = []
    for task in tasks_of(situation):
        words = TOLD[task]
        if has_perm(f"voting.{words.perm or task.value}", actor, row):
            line = str(words.line) % {"number": getattr(situation, words.number)} if words.number else str(words.line)
            shape, address = _shape(row), _address(row, words)
            found.append(shape(row.vote.question, line, address, str(words.action), _due(row, task)))
    return found


def _address(row: Decision, words: Words) -> str:
    about = row.prelim_id if words.page == "outcomes:objections" else row.vote_id
    return reverse(words.page, args=[about]) + words.anchor


def _due(row: Decision, task: Task) -> date | None:
    """By when: before the notice, so that the vote can open on the day planned; else the last day of the state."""
    if task == Task.GIVE_OPINION:
        return row.opinion_due
    return notice_by(row) if State(row.state) in BEFORE_NOTICE else row.due_on


def _shape(row: Decision) -> type[Waiting]:
    """Only counting has working days."""
    return Waiting if row.state == State.COUNTING else Dated


def _running(row: Decision) -> Waiting:
    line = f"{row.vote.matter.number} · {row.state_word} · {row.convener.short_name}"
    url = reverse("voting:work", args=[row.vote_id])
    return _shape(row)(row.vote.question, line, url, _("去看"), row.due_on)


def _claims(actor: Actor) -> list[Waiting]:
    """Claims to be looked at by this office, one line an estate."""
    office = actor.office
    if office is None or not has_perm("voting.see_registers", actor, office.place_path):
        return []
    claims = OwnerClaim.objects.filter(state=ClaimState.ASKED.value)
    here = claims.filter(owner__register__area__places__path__startswith=office.place_path).distinct()
    areas = here.values_list("pk", "owner__register__area_id", "owner__register__area__name")
    counted = Counter((area, name) for _pk, area, name in areas)
    return [
        Waiting(
            title=_("核对%(area)s的业主身份") % {"area": name},
            line=_("%(number)s人在等") % {"number": number},
            url=reverse("voting:claims", args=[area]),
            action=_("去核对"),
        )
        for (area, name), number in sorted(counted.items())
    ]
