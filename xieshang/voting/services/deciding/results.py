"""After the count: the signed sheet, the preliminary publicity, the recount, the announcement, and after it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext

from xieshang.discussion.models import Attachment
from xieshang.discussion.services import attach_closed, reveal
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import period_after
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind

from ...models import Decision, Roll
from ...queries import kept_counts, reached, reckoning_of
from ...queries.deciding import number, visible_decision
from ...queries.owners_count import KeptCount, Reckoning
from ...rules import OUTCOME_WORDS, EntryKind, Item, entries
from ...rules.deciding import Step
from ...rules.deciding import results as told
from ...rules.deciding.texts import annulment_lines, correction_lines, recount_lines
from ..ledger import write_entry
from .calling import scope_words
from .moving import _moving, tell_committee, tell_owners
from .telling import put_up, table_of, text_of

Upload = File


def sign_count(
    actor: Actor, decision_id: int, upload: Upload | None, *, tellers: str, scrutineers: str, witness: str
) -> Decision:
    """Keep the scan of the count sheet that tellers, scrutineers and the committee's witness signed by hand."""
    names = gettext("计票人：%(tellers)s；监票人：%(scrutineers)s；见证人：%(witness)s。") % {
        "tellers": tellers.strip(),
        "scrutineers": scrutineers.strip(),
        "witness": witness.strip(),
    }
    file = _kept(actor, decision_id, upload, _("计票单"))
    with _moving(
        actor, decision_id, Step.SIGN_COUNT, note=names, file=file, document_given=file is not None
    ) as decision:
        decision.count_sheet = file
    return decision


def _kept(actor: Actor, decision_id: int, upload: Upload | None, name: str) -> Attachment | None:
    """A picture or a PDF, kept with the matter and closed until what it says is published."""
    if upload is None:
        return None
    matter = visible_decision(actor, decision_id).vote.matter
    return attach_closed(actor, matter, upload, caption=name)


def publish_count(actor: Actor, decision_id: int, *, boards: Sequence[str] = ()) -> Decision:
    """Put up the preliminary result, with the days in which everybody may ask and object.

    The days run from the later of the net and the boards named (物业管理区域内的公告栏).
    """
    with _moving(actor, decision_id, Step.PUBLISH_COUNT) as decision:
        if decision.count_sheet:
            reveal(decision.count_sheet)
        days = number(decision, "inquiry_days")
        title = told.preliminary_title(decision.vote.question)
        body = _body(decision, told.preliminary_end, days, is_dated=not boards)
        decision.prelim = put_up(actor, decision, NoticeKind.PRELIM, title, body, days=days, boards=boards)
        news = _("业主表决的初步统计结果公示了，有疑问或异议请在公示期内提出。")
        tell_owners(decision, news)
        tell_committee(decision, news)
    return decision


def recount(actor: Actor, decision_id: int, *, reason: str) -> Decision:
    """Count again, because somebody asked for it with reason; the first count stays beside the second."""
    with _moving(actor, decision_id, Step.RECOUNT, note=reason, reason_given=bool(reason.strip())) as decision:
        if decision.prelim_id:
            outcomes.withdraw(actor, decision.prelim_id, reason=reason.strip()[:300])
        lines = recount_lines(decision.area.name, decision.vote.question, reason.strip())
        title = _("关于“{question}”表决重新计票的通知").format(question=decision.vote.question)
        put_up(actor, decision, NoticeKind.WORD, title, text_of(lines))
        tell_owners(decision, lines[1])
        tell_committee(decision, lines[1])
    return decision


def announce(actor: Actor, decision_id: int) -> Decision:
    """The convener announces what the owners decided, or that nothing was decided; the committee is told."""
    with _moving(actor, decision_id, Step.ANNOUNCE) as decision:
        reckoning = reckoning_of(decision.vote)
        last = kept_counts(decision.vote, reckoning)[-1]
        is_passed = told.is_passed(last.result)
        title = told.result_title(decision.area.name, decision.vote.question, is_passed=is_passed)
        decision.announcement = put_up(actor, decision, NoticeKind.RESULT, title, _body(decision, told.result_end, 0))
        news = _("业主表决结果公告了：{outcome}。").format(outcome=OUTCOME_WORDS[last.result.decision.outcome])
        tell_owners(decision, news)
        tell_committee(decision, news)
    return decision


def correct(actor: Actor, decision_id: int, *, reason: str) -> Decision:
    """Say openly what in the announcement was wrong; figures come from the count and are never typed anew."""
    with _moving(actor, decision_id, Step.CORRECT, note=reason, reason_given=bool(reason.strip())) as decision:
        vote = decision.vote
        fields = entries.afterwards(reason=reason.strip(), by=[actor.person_id or 0])
        write_entry(vote, EntryKind.CORRECTED, now(), fields)
        lines = correction_lines(decision.area.name, vote.question, reason.strip())
        title = _("关于“{question}”表决结果公告的更正").format(question=vote.question)
        put_up(actor, decision, NoticeKind.WORD, title, text_of(lines))
        tell_owners(decision, _("业主表决结果的公告有更正。"))
    return decision


def annul(actor: Actor, decision_id: int, *, reason: str, basis: str, upload: Upload | None) -> Decision:
    """A court or the street annulled the decision: entered with its document; the old result stays readable."""
    file = _kept(actor, decision_id, upload, _("撤销文书"))
    given: dict[str, Any] = {"reason_given": bool(reason.strip() and basis.strip()), "document_given": file is not None}
    with _moving(actor, decision_id, Step.ANNUL, note=f"{basis}：{reason}", file=file, **given) as decision:
        if file:
            reveal(file)
        vote = decision.vote
        fields = entries.afterwards(reason=reason.strip(), basis=basis.strip(), by=[actor.person_id or 0])
        write_entry(vote, EntryKind.ANNULLED, now(), fields)
        _publish_annulment(actor, decision, reason.strip(), basis.strip())
        tell_owners(decision, _("业主大会决定已被撤销。"))
        tell_committee(decision, _("业主大会决定已被撤销。"))
    return decision


def _publish_annulment(actor: Actor, decision: Decision, reason: str, basis: str) -> Notice:
    """The notice of an annulment is the street's own, not the convener's."""
    lines = annulment_lines(decision.area.name, decision.vote.question, reason, basis)
    title = _("关于“{question}”业主大会决定已撤销的通知").format(question=decision.vote.question)
    signers = [actor.office.body] if actor.office else []
    kind = NoticeKind.CORRECTION
    notice = outcomes.draft(
        actor, decision.vote.matter, kind=kind, title=title[:120], body=text_of(lines), signers=signers, boards=()
    )
    return outcomes.publish(actor, notice.pk, days=0, net_is_enough=True)


# The text of a result. -----------------------------------------------------------------------------------------------


def _body(decision: Decision, ending: Callable[..., list[str]], days: int, *, is_dated: bool = True) -> str:
    """Figures, table, fractions and sentence of the last count, as an official text."""
    reckoning = reckoning_of(decision.vote)
    kept = kept_counts(decision.vote, reckoning)
    last, names, terms, slate = kept[-1].result, reckoning.names, reckoning.terms, reckoning.slate
    around = around_of(decision, kept, reckoning, days if is_dated else 0)
    around = around if is_dated else replace(around, inquiry_days=days)
    head = text_of(told.figures_lines(around, last))
    marks = text_of([*told.four_fractions(last, terms, slate, names), *ending(around, last, terms, slate, names)])
    return f"{head}{table_of(told.table_of(last, slate, names))}{marks}"


def around_of(decision: Decision, kept: list[KeptCount], reckoning: Reckoning, days: int) -> told.Around:
    """What is known around the last count."""
    vote, last = decision.vote, kept[-1]
    roll = Roll.objects.get(vote_id=vote.pk)
    period = period_after(today(), days) if days else None
    official = decision.official_result or {}
    signed = decision.steps.filter(step=Step.SIGN_COUNT.value).order_by("-pk").first()
    if decision.opens_on is None or decision.closes_at is None:
        raise ValueError("a counted vote had a window")
    return told.Around(
        area=decision.area.name,
        question=vote.question,
        convener=decision.convener.name,
        item=Item(decision.item),
        scope=scope_words(decision),
        opens_on=decision.opens_on,
        closes_at=decision.closes_at,
        notice_number=decision.notice.number if decision.notice else "",
        opinion_heard=bool(decision.opinion),
        roll_day=day_of(roll.frozen_at) if roll.frozen_at else today(),
        roll_code=roll.value,
        reached=reached(vote),
        signers=signed.note if signed else "",
        number=last.number,
        recount_reason=last.reason,
        earlier=_outcome(kept[-2]) if len(kept) > 1 else "",
        inquiry_first=period.first_day if period else None,
        inquiry_last=period.last_day if period else None,
        objections=decision.prelim.objections.count() if decision.prelim else 0,
        official_source=official.get("platform", ""),
        official_note=official.get("note", ""),
    )


def _outcome(count: KeptCount) -> str:
    return str(OUTCOME_WORDS[count.result.decision.outcome]) + "。"
