"""What the file of a 四议两公开 keeps: drafts, the record of every meeting, accounts, checks, steps."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xieshang.lib.days import day_of
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Paper, Part

from ...models import FourTwo, FourTwoAccount, FourTwoRecord
from ...rules.fourtwo import STAGE_LABELS, STEP_LABELS, Stage, Step
from .page import facts_of_record
from .words import rows_of


def papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """The whole way, oldest first."""
    flow = FourTwo.objects.with_frame().filter(matter=matter).first()
    if flow is None:
        return
    for draft in flow.drafts.order_by("number"):
        ended = ((_("结束"), draft.ended_for),) if draft.ended_for else ()
        title = _("方案第%d稿") % draft.number
        yield Paper(Part.SUBJECT, title, day_of(draft.at), ended, (("", draft.text),), circle=Circle.PLACE)
    for step in flow.steps.select_related("office__body").order_by("pk"):
        who = str(step.office.title) if step.office else _("到期自动")
        texts = ((_("说明"), step.note),) if step.note else ()
        yield Paper(
            Part.COURSE, str(STEP_LABELS[Step(step.step)]), day_of(step.fell_due_at), ((_("谁办的"), who),), texts
        )
    yield from (_meeting(record) for record in flow.records.select_related("minutes", "draft").order_by("pk"))
    accounts = FourTwoAccount.objects.filter(flow=flow).select_related("check_made__office__body", "office__body")
    for account in accounts.order_by("version"):
        yield from _account(account)


def _meeting(record: FourTwoRecord) -> Paper:
    verdict = _("通过") if record.is_carried else _("没有通过")
    title = f"{STAGE_LABELS[Stage(record.stage)]}（{_('第%d稿') % record.draft.number}）"
    named = [(_("附件"), str(record.minutes))] if record.minutes else []
    facts = (*facts_of_record(record), (_("结果"), verdict), *named)
    texts = ((_("记录"), record.text),) if record.text else ()
    return Paper(Part.MINUTES, title, record.held_on, facts, texts)


def _account(account: FourTwoAccount) -> Iterator[Paper]:
    head = (_("收支"), _("项目"), _("金额（元）"))
    who = str(account.office.title) if account.office else ""
    title = _("收支（第%d次填报）") % account.version
    yield Paper(Part.TALLY, title, day_of(account.at), ((_("填报"), who),), table=(head, *rows_of(account)))
    made = getattr(account, "check_made", None)
    if made is not None:
        facts = (
            (_("结果"), _("通过") if made.passed else _("没有通过")),
            (_("审核"), str(made.office.title) if made.office else ""),
            (_("签字"), made.signers),
        )
        yield Paper(Part.TALLY, _("监督委员会审核意见"), day_of(made.at), facts, (("", made.text),))
