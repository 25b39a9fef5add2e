"""What the file of an opinion and of a study keeps."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from xieshang.lib.days import day_of, full_day
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Paper, Part

from ..models import GUIDANCE_STEP_LABELS, Guidance, Study
from ..rules.guidance import Step

Pairs = tuple[tuple[str, str], ...]


def _said(*pairs: tuple[str, str]) -> Pairs:
    return tuple(pair for pair in pairs if pair[1])


def _on(at: datetime | None) -> str:
    return full_day(day_of(at)) if at else ""


def guidance_papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """What was asked, what was advised on what basis, what was answered, and every step."""
    rows = Guidance.objects.select_related("body", "asked_in__body", "given_in__body", "answered_in__body")
    one = rows.filter(matter=matter).first()
    if one is None:
        return
    about = _said((_("因为什么"), one.occasion_word), (_("给谁"), one.addressee_word), (_("由谁答复"), one.body.name))
    asker = one.asked_in.title if one.asked_in else ""
    facts = about + _said((_("谁请求的"), str(asker)), (_("请求的日子"), _on(one.asked_at)))
    yield Paper(Part.SUBJECT, matter.title, facts=facts, texts=_said((_("请求"), one.request)))
    if one.text:
        giver = str(one.given_in.title) if one.given_in else ""
        facts = _said((_("依据"), one.basis), (_("谁提的"), giver), (_("答复期限"), full_day(one.answer_due)))
        on = day_of(one.given_at) if one.given_at else None
        yield Paper(Part.COURSE, _("党组织的意见"), on, facts, _said((_("意见"), one.text)))
    if one.answer:
        who = str(one.answered_in.title) if one.answered_in else ""
        on = day_of(one.answered_at) if one.answered_at else None
        yield Paper(Part.COURSE, _("答复"), on, _said((_("谁答的"), who)), _said((_("答复"), one.answer)))
    for step in one.steps.filter(step__in=[Step.TAKE_BACK, Step.WITHDRAW]).select_related("office__body"):
        who = str(step.office.title) if step.office else ""
        title = str(GUIDANCE_STEP_LABELS[Step(step.step)])
        yield Paper(Part.COURSE, title, day_of(step.at), _said((_("谁办的"), who)), _said((_("原因"), step.note)))


def study_papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """The table of a study, its record, the help asked and what was answered."""
    rows = Study.objects.select_related("community", "recorded_in__body", "help_in__body")
    one = rows.filter(matter=matter).first()
    if one is None:
        return
    yield Paper(Part.SUBJECT, matter.title, one.held_on, _said((_("社区"), one.community.name), (_("地点"), one.where)))
    points = [(point.kind_word, point.title, point.line) for point in one.points.order_by("pk")]
    if points:
        yield Paper(Part.MINUTES, _("议程"), one.held_on, table=((_("类别"), _("什么事"), _("情况")), *points))
    if one.recorded_at:
        who = str(one.recorded_in.title) if one.recorded_in else ""
        facts = _said((_("到会"), _("%d人") % one.present), (_("文号"), one.file_number), (_("记录"), who))
        yield Paper(Part.MINUTES, _("研究的结论"), one.held_on, facts, _said((_("结论"), one.conclusion)))
    if one.help_wanted:
        texts = _said((_("请求"), one.help_wanted), (_("答复"), one.help_answer))
        yield Paper(Part.COURSE, _("请街道帮忙"), day_of(one.help_at) if one.help_at else None, texts=texts)
