"""Objecting to a notice, answering in public, and the street's second look."""

from collections.abc import Iterable

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.queries import rules_for
from xieshang.lib.actor import Actor
from xieshang.lib.blanks import says_something
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.workdays import add_workdays, period_after
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow
from xieshang.notify.services import send

from .. import hooks, rules
from ..models import Notice, Objection
from ..rules import OPEN_TO_OBJECTION, ObjectionState
from .doing import office_id, refuse_unless, require, write_down


@transaction.atomic
def object_to(actor: Actor, notice_id: int, *, grounds: str) -> Objection:
    """Object to a published notice within its period; for people who live in the place it is about."""
    rows = Notice.objects.visible_to(actor).select_related("matter__place", "community")
    notice = get_object_or_404(rows.select_for_update(of=("self",)), pk=notice_id)
    require("outcomes.object", actor, notice, _why_not(actor))
    refuse_unless(says_something(grounds), rules.GROUNDS_MISSING)
    refuse_unless(notice.is_published and notice.kind in OPEN_TO_OBJECTION, rules.NO_OBJECTION_HERE)
    refuse_unless(rules.is_open_on(today(), notice.last_day), rules.PERIOD_OVER)
    mine = notice.objections.filter(person_id=actor.person_id or 0, state=ObjectionState.OPEN.value)
    refuse_unless(not mine.exists(), rules.OBJECTION_WAITS)
    objection = Objection(notice=notice, community_id=notice.community_id, grounds=grounds.strip(), at=now())
    objection.person_id, objection.due = _known(actor), add_workdays(today(), notice.objection_days)
    objection.assisted_by_id, objection.consent = (actor.helper.person_id if actor.helper else None), actor.consent
    objection.save()
    follow(notice.matter, objection.person_id, FollowReason.SPOKE)
    write_down(actor, "outcomes.object", notice.matter, {"notice": notice.pk, "objection": objection.pk})
    return objection


def _why_not(actor: Actor) -> str:
    if actor.person_id is None:
        return _("提异议要先登录，并认证过房屋。")
    if actor.office is not None:
        return _("提异议是住户自己的事。请先在页首把身份换成您本人。")
    return _(rules.NOT_CONCERNED.sentence)


def _known(actor: Actor) -> int:
    """Id of a person who passed a permission that asks for one."""
    if actor.person_id is None:
        raise RuleViolation(rules.NOT_CONCERNED)
    return actor.person_id


@transaction.atomic
def answer_objections(actor: Actor, ids: Iterable[int], *, answer: str, sustained: bool) -> Notice:
    """Answer one objection, or several with the same grounds together; the answer is public and final here."""
    wanted = sorted(set(ids))
    refuse_unless(wanted, rules.NOTHING_CHOSEN)
    visible = Notice.objects.visible_to(actor).select_related("matter__place", "community")
    notice = get_object_or_404(visible.filter(objections=wanted[0]))
    require("outcomes.answer_objections", actor, notice)
    refuse_unless(answer.strip(), rules.ANSWER_MISSING)
    rows = list(Objection.objects.select_for_update().filter(notice=notice, pk__in=wanted).order_by("pk"))
    is_open = [row.state == ObjectionState.OPEN for row in rows]
    refuse_unless(len(rows) == len(wanted) and all(is_open), rules.ANSWERED_ALREADY)
    refuse_unless(actor.hands not in {row.person_id for row in rows}, rules.OWN_OBJECTION)
    for row in rows:
        row.state, row.sustained, row.answer, row.group = "answered", sustained, answer.strip(), wanted[0]
        row.answered_by_id, row.answered_in_id, row.answered_at = actor.hands, office_id(actor), now()
        row.save()
    verdict = "sustained" if sustained else "not_sustained"
    write_down(
        actor, "outcomes.answer_objections", notice.matter, {"notice": notice.pk, "objections": wanted}, after=verdict
    )
    _tell_objectors(notice, rows)
    _move_on(actor, notice, sustained=sustained)
    return notice


def _tell_objectors(notice: Notice, rows: list[Objection]) -> None:
    send(
        {row.person_id for row in rows},
        title=notice.title,
        body=_("您提的异议有答复了。"),
        number=notice.matter.number,
        url=f"{notice.get_absolute_url()}#objections",
    )


def _move_on(actor: Actor, notice: Notice, *, sustained: bool) -> None:
    if sustained:
        for hook in hooks.on_sustained:
            hook(actor, notice)
        return
    rest = notice.objections
    if not rest.filter(state=ObjectionState.OPEN.value).exists() and not rest.filter(sustained=True).exists():
        for hook in hooks.on_all_answered:
            hook(actor, notice)


@transaction.atomic
def appeal_objection(actor: Actor, objection_id: int, *, text: str) -> Objection:
    """Ask the street to look again at an answer; it delays nothing."""
    objection = _locked(actor, objection_id)
    require("outcomes.appeal", actor, objection)
    refuse_unless(objection.answered_at, rules.NOT_ANSWERED)
    refuse_unless(objection.appealed_at is None, rules.APPEALED_ALREADY)
    refuse_unless(says_something(text), rules.GROUNDS_MISSING)
    values = rules_for(objection.notice.community, rules.RULE_KIND, today(), rules.DEFAULTS)
    if objection.answered_at is not None:
        last = period_after(day_of(objection.answered_at), int(str(values["outcomes.appeal_days"]))).last_day
        refuse_unless(today() <= last, rules.APPEAL_TOO_LATE)
    objection.appeal, objection.appealed_at = text.strip(), now()
    objection.save(update_fields=["appeal", "appealed_at"])
    write_down(actor, "outcomes.appeal", objection.notice.matter, {"objection": objection.pk})
    return objection


@transaction.atomic
def answer_appeal(actor: Actor, objection_id: int, *, answer: str, upheld: bool) -> Objection:
    """The street's second look, by another human being than the one who answered."""
    objection = _locked(actor, objection_id)
    require("outcomes.answer_appeal", actor, objection)
    refuse_unless(objection.appeal_waits, rules.NO_APPEAL)
    refuse_unless(objection.answered_by_id != actor.hands, rules.SAME_ANSWERER)
    refuse_unless(answer.strip(), rules.ANSWER_MISSING)
    objection.appeal_answer, objection.appeal_upheld, objection.appeal_at = answer.strip(), upheld, now()
    objection.appeal_by_id, objection.appeal_in_id = actor.hands, office_id(actor)
    objection.save()
    notice = objection.notice
    verdict = "upheld" if upheld else "dismissed"
    write_down(actor, "outcomes.answer_appeal", notice.matter, {"objection": objection.pk}, after=verdict)
    _tell_objectors(notice, [objection])
    if upheld:
        for hook in hooks.on_appeal_upheld:
            hook(actor, notice)
    return objection


def _locked(actor: Actor, objection_id: int) -> Objection:
    rows = Objection.objects.filter(notice__in=Notice.objects.visible_to(actor))
    rows = rows.select_related("notice__matter__place", "notice__community")
    return get_object_or_404(rows.select_for_update(of=("self",)), pk=objection_id)
