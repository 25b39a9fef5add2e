"""What the file of a matter keeps of its outcome: notices, objections, promises, ratings."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from xieshang.lib.days import day_of, full_day
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Paper, Part

from ..models import ActionItem, Notice, Objection, Progress
from ..rules import SHOWN, NoticeState
from .ratings import RatingView, ratings_filed

Facts = tuple[tuple[str, str], ...]


def papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """Everything published, objected, promised and rated, oldest first."""
    shown = Notice.objects.filter(matter=matter, state__in=[state.value for state in SHOWN]).order_by("pk")
    notices = list(shown.annotate(objections_all=Count("objections")))
    yield from (_notice(notice) for notice in notices)
    if any(notice.objections_all for notice in notices):
        rows = Objection.objects.filter(notice__matter=matter).select_related("notice", "answered_in__body")
        yield from (_objection(row) for row in rows.order_by("pk"))
    items = list(ActionItem.objects.filter(matter=matter).select_related("body").order_by("due", "pk"))
    lines = _lines(matter) if items and circle == Circle.OFFICE else {}
    yield from (_item(item, lines.get(item.pk, [])) for item in items)
    if items or not matter.is_open:
        yield from (_rating(number, view) for number, view in enumerate(ratings_filed(matter), 1))


def _facts(*pairs: tuple[str, str]) -> Facts:
    return tuple(pair for pair in pairs if pair[1])


def _notice(notice: Notice) -> Paper:
    days = ""
    if notice.first_day and notice.last_day:
        days = _("%(first)s至%(last)s") % {"first": full_day(notice.first_day), "last": full_day(notice.last_day)}
    return Paper(
        Part.NOTICE,
        f"{notice.label}：{notice.title}",
        on=day_of(notice.published_at) if notice.published_at else None,
        facts=_facts(
            (_("文号"), notice.number),
            (_("落款"), "、".join(notice.signers)),
            (_("期限"), days),
            (_("张贴"), full_day(notice.posted_on)),
            (_("版本"), _("第%d版") % notice.version if notice.version > 1 else ""),
            (_("撤下原因"), notice.withdrawn_for if notice.state == NoticeState.WITHDRAWN else ""),
        ),
        html=notice.body,
    )


def _objection(row: Objection) -> Paper:
    answered = _("成立") if row.sustained else _("不成立")
    return Paper(
        Part.OBJECTION,
        _("对%s的异议") % (row.notice.number or row.notice.label),
        on=day_of(row.at),
        facts=_facts(
            (_("结果"), answered if row.answer else _("还没有答复")),
            (_("答复单位"), str(row.answered_in.title) if row.answered_in else ""),
            (_("答复日期"), full_day(day_of(row.answered_at)) if row.answered_at else ""),
        ),
        texts=_facts(
            (_("异议"), row.grounds),
            (_("答复"), row.answer),
            (_("申诉"), row.appeal),
            (_("对申诉的答复"), row.appeal_answer),
        ),
    )


def _lines(matter: Matter) -> dict[int, list[str]]:
    """Each promise's history in lines; one query."""
    found: dict[int, list[str]] = {}
    for row in Progress.objects.filter(item__matter=matter).select_related("office__body").order_by("pk"):
        who = str(row.office.title) if row.office else ""
        found.setdefault(row.item_id, []).append(f"{full_day(day_of(row.at))} {who} {row.text}".strip())
    return found


def _item(item: ActionItem, lines: list[str]) -> Paper:
    return Paper(
        Part.ITEM,
        item.what,
        facts=_facts(
            (_("由谁办"), item.body.name),
            (_("期限"), full_day(item.due)),
            (_("现在"), item.label),
            (_("核实日期"), full_day(day_of(item.verified_at)) if item.verified_at else ""),
        ),
        texts=((_("经过"), "\n".join(lines)),) if lines else (),
    )


def _rating(number: int, view: RatingView) -> Paper:
    """One round, no more than its own page tells."""
    solved = _("已解决%(yes)s，没解决%(no)s") % {"yes": view.solved, "no": view.unsolved}
    return Paper(
        Part.RATING,
        _("第%d次评价") % number,
        facts=_facts(
            (_("评价人次"), str(view.n)),
            (_("平均"), view.average),
            (_("满意率"), view.satisfied),
            (_("非常满意和满意"), view.very_satisfied),
            (_("解决情况"), solved if view.solved is not None else ""),
        ),
        texts=tuple((_("留言"), words) for words in view.words),
    )
