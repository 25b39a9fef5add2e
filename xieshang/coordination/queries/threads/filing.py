"""What the file of a coordination thread keeps: the matter, its steps, what the sides said in the public part."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xieshang.lib.days import day_of
from xieshang.lib.text import mask_phones
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Paper, Part

from ...models import Entry, Thread
from ...rules.threads import STEP_LABELS, CoverKind, EntryKind, Step, sides


def papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """Promises are told by the outcomes; of the working part the file keeps only how much there was."""
    thread = Thread.objects.select_related("raised_for", "convenor").filter(matter=matter).first()
    if thread is None:
        return
    pairs = (
        (_("谁提出"), thread.raised_for.name if thread.raised_for else ""),
        (_("谁的声音"), thread.voices),
        (_("召集"), thread.convenor.name if thread.convenor else ""),
        (_("结果"), thread.result),
    )
    facts = tuple(pair for pair in pairs if pair[1])
    yield Paper(Part.SUBJECT, matter.title, day_of(matter.made_at), facts, (("", thread.text),), circle=Circle.PLACE)
    for step in thread.steps.select_related("office__body").order_by("pk"):
        who = str(step.office.title) if step.office else _("居民") if step.person_id else _("到期自动")
        label = _("提出协调") if step.step == "raise" else str(STEP_LABELS[Step(step.step)])
        note = ((_("说明"), step.note),) if step.note else ()
        yield Paper(Part.COURSE, label, day_of(step.at), ((_("谁办的"), who),), note)
    yield from _said(thread)


def _said(thread: Thread) -> Iterator[Paper]:
    """What residents read too, with the marks in it that stand for covered words."""
    rows = Entry.objects.filter(thread=thread).readable(at_table=False).select_related("side__body", "office__body")
    shown = list(rows.prefetch_related("covers").order_by("pk"))
    for entry in shown:
        covers = [(CoverKind(row.kind), row.words) for row in entry.covers.all()]
        who = entry.speaker
        title = _("%s的书面意见") % who if entry.kind == EntryKind.POSITION else _("%s说明") % who
        title += _("（第%d轮）") % entry.round if entry.round > 1 else ""
        late = ((_("期限"), _("过期后提交")),) if entry.is_late else ()
        text = mask_phones(sides.covered(entry.text, covers))
        yield Paper(Part.TALK, title, day_of(entry.at), late, (("", text),), circle=Circle.PLACE)
    working = thread.entries.count() - len(shown)
    if working:
        kept = ((_("数量"), _("%d条，由各方保管") % working),)
        yield Paper(Part.TALK, _("工作部分"), facts=kept, circle=Circle.OFFICE)
