"""Rules of owners' decisions at a place: one officer of the street writes them, another confirms them."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Place, RuleSet
from xieshang.community.services import set_rules
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from ..models import RulesDraft
from ..rules.deciding import DEFAULTS, KIND

NOTHING_CHANGED = Refusal("rules_nothing_changed", _("没有改动。请改一项再提交。"))
UNKNOWN_RULE = Refusal("rules_unknown", _("有一项规则系统不认识，请重新打开这一页再填。"))
RULES_SOURCE = Refusal("rules_source", _("请写明依据，例如哪一条规定、哪一次业主大会通过的议事规则。"))
RULES_PAST = Refusal("rules_past", _("生效日期要在今天或以后；已经开始的表决仍按原来的规则。"))
RULES_WAIT = Refusal("rules_wait", _("这个地方已经有一份改动等人复核，请先复核或者收回那一份。"))
RULES_SAME_PERSON = Refusal("rules_same_person", _("要换一个人复核，不能由写的人自己确认。"))
RULES_ANSWERED = Refusal("rules_answered", _("这一份已经处理过了。"))


@transaction.atomic
def write_rules(
    actor: Actor, place_id: int, *, values: Mapping[str, object], effective_from: datetime.date, source: str
) -> RulesDraft:
    """Write down what is to hold from a day on; it waits for another person. What runs keeps what it copied."""
    place = _place(actor, place_id)
    if not values:
        raise RuleViolation(NOTHING_CHANGED)
    if not all(key in DEFAULTS and type(value) is type(DEFAULTS[key]) for key, value in values.items()):
        raise RuleViolation(UNKNOWN_RULE)
    wrong = [
        no for no, is_wrong in ((RULES_SOURCE, not source.strip()), (RULES_PAST, effective_from < today())) if is_wrong
    ]
    if RulesDraft.objects.filter(place=place, answered_at=None).exists():
        wrong.append(RULES_WAIT)
    if wrong:
        raise RuleViolation(*wrong)
    draft = RulesDraft(place=place, values=dict(values), effective_from=effective_from, source=source.strip())
    draft.written_by_id, draft.written_at = actor.person_id or 0, now()
    draft.written_in_id = actor.office.id if actor.office else None
    draft.save()
    record(actor, "voting.write_rules", place=place.path, reason=draft.source, detail=_said(draft))
    return draft


@transaction.atomic
def confirm_rules(actor: Actor, draft_id: int) -> RuleSet:
    """Another person confirms: the values hold at the place from that day on, over what was set for the same day."""
    draft = _waiting(actor, draft_id)
    if draft.written_by_id == actor.person_id:
        raise RuleViolation(RULES_SAME_PERSON)
    known = RuleSet.objects.filter(place=draft.place, kind=KIND, effective_from=draft.effective_from).first()
    values = {**(known.values if known else {}), **draft.values}
    rules = set_rules(
        actor, draft.place_id, KIND, values=values, effective_from=draft.effective_from, source=draft.source
    )
    _answer(actor, draft, confirmed=True)
    record(actor, "voting.confirm_rules", place=draft.place.path, reason=draft.source, detail=_said(draft))
    return rules


@transaction.atomic
def drop_rules(actor: Actor, draft_id: int) -> RulesDraft:
    """Take a draft back, by whoever wrote it or should confirm it."""
    draft = _waiting(actor, draft_id)
    _answer(actor, draft, confirmed=False)
    record(actor, "voting.drop_rules", place=draft.place.path, reason=draft.source, detail=_said(draft))
    return draft


def _answer(actor: Actor, draft: RulesDraft, *, confirmed: bool) -> None:
    draft.answered_by_id, draft.answered_at, draft.confirmed = actor.person_id, now(), confirmed
    draft.save(update_fields=["answered_by", "answered_at", "confirmed"])


def _said(draft: RulesDraft) -> dict[str, object]:
    return {"draft": draft.pk, "values": draft.values, "effective_from": draft.effective_from}


def _place(actor: Actor, place_id: int) -> Place:
    place = get_object_or_404(Place, pk=place_id)
    if not has_perm("community.set_rules", actor, place.path):
        raise NotAllowed("community.set_rules")
    return place


def _waiting(actor: Actor, draft_id: int) -> RulesDraft:
    rows = RulesDraft.objects.select_for_update(of=("self",)).select_related("place")
    draft = get_object_or_404(rows, pk=draft_id)
    if not has_perm("community.set_rules", actor, draft.place.path):
        raise NotAllowed("community.set_rules")
    if draft.answered_at is not None:
        raise RuleViolation(RULES_ANSWERED)
    return draft
