"""Objections as the public reads them, and as the committee and the street work through them."""

from itertools import pairwise

from django.shortcuts import get_object_or_404

from xieshang.community.queries import names_for
from xieshang.lib.actor import Actor
from xieshang.lib.days import day_words, short_day
from xieshang.lib.permits import has_perm
from xieshang.lib.text import mask_phones

from ..models import Notice, Objection
from ..rules import ObjectionState


def objections_of(actor: Actor, notice: Notice) -> list[dict[str, object]]:
    """Every objection to a notice with its answer; what was answered together stands together."""
    rows = notice.objections.select_related("answered_in__body", "appeal_in__body")
    found = sorted(rows, key=lambda row: (row.group or row.pk, row.pk))
    names = names_for({row.person_id for row in found}, actor, notice.matter.place)
    shown = [_row(row, actor, names.get(row.person_id)) for row in found]
    for row, after in pairwise(shown):
        if row["group"] is not None and after["group"] == row["group"]:
            row["answer"] = None
            after["together"] = int(str(row["together"])) + 1
    return shown


def _row(row: Objection, actor: Actor, name: object) -> dict[str, object]:
    word, icon, tone = _standing(row)
    return {
        "id": row.pk,
        "name": getattr(name, "name", "邻居"),
        "where": getattr(name, "where", ""),
        "real_name": getattr(name, "real_name", ""),
        "when": short_day(row.at),
        "due": day_words(row.due),
        "text": mask_phones(row.grounds),
        "assisted": row.assisted_by_id is not None,
        "waits": row.state == ObjectionState.OPEN,
        "word": word,
        "icon": icon,
        "tone": tone,
        "group": row.group,
        "together": 1,
        "answer": _answer(row),
        "mine": actor.person_id is not None and row.person_id == actor.person_id,
        "may_appeal": row.state == ObjectionState.ANSWERED and not row.appealed_at and row.person_id == actor.person_id,
        "appeal": mask_phones(row.appeal) if row.appealed_at else "",
        "appeal_waits": row.appeal_waits,
        "appeal_answer": _appeal_answer(row),
    }


def _standing(row: Objection) -> tuple[str, str, str]:
    if row.state == ObjectionState.OPEN:
        return "等待答复", "clock", "wait"
    if row.sustained or row.appeal_upheld:
        return "异议成立", "circle-check", "go"
    return "已答复，异议不成立", "circle-check", "done"


def _answer(row: Objection) -> dict[str, str] | None:
    if row.state == ObjectionState.OPEN:
        return None
    office = row.answered_in
    return {
        "body": office.body.short_name if office else "",
        "office": office.title if office else "",
        "when": short_day(row.answered_at),
        "text": row.answer,
    }


def _appeal_answer(row: Objection) -> dict[str, str] | None:
    if row.appeal_at is None:
        return None
    office = row.appeal_in
    return {
        "body": office.body.short_name if office else "",
        "office": office.title if office else "",
        "when": short_day(row.appeal_at),
        "text": row.appeal_answer,
    }


def objection_desk(actor: Actor, notice_id: int) -> tuple[Notice, list[dict[str, object]], dict[str, bool]]:
    """A notice, its objections, and which of the two desks this actor may use; 404 for whoever may use neither."""
    rows = Notice.objects.visible_to(actor).select_related("matter__place", "community")
    notice = get_object_or_404(rows, pk=notice_id)
    may = {
        "answer": has_perm("outcomes.answer_objections", actor, notice),
        "answer_appeal": has_perm("outcomes.answer_appeal", actor, notice),
    }
    return notice, objections_of(actor, notice), may


def objection_for(actor: Actor, objection_id: int) -> tuple[Notice, dict[str, object]]:
    """One objection with its notice, as this actor reads it; 404 where the notice is hidden."""
    rows = Objection.objects.filter(notice__in=Notice.objects.visible_to(actor))
    rows = rows.select_related("notice__matter__place", "notice__community", "answered_in__body", "appeal_in__body")
    found = get_object_or_404(rows, pk=objection_id)
    names = names_for([found.person_id], actor, found.notice.matter.place)
    return found.notice, _row(found, actor, names.get(found.person_id))
