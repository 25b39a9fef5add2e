"""Rules that differ by place: which values hold from which day on, and by what source."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from ..models import Place, RuleSet

IN_THE_PAST = Refusal("rules_in_the_past", _("新规则不能从过去的日子算起，请从今天或以后生效。"))
NO_SOURCE = Refusal("rules_without_source", _("请写明依据，例如哪一份文件、哪一次会议。"))


@transaction.atomic
def set_rules(
    actor: Actor,
    place_id: int,
    kind: str,
    *,
    values: Mapping[str, object],
    effective_from: datetime.date,
    source: str,
) -> RuleSet:
    """Set the values of one kind of rule for a place from a day on; what has begun keeps the values it copied.

    Whoever is not time itself sets rules from today on only. Setting the same day again replaces that day's values.
    """
    place = get_object_or_404(Place, pk=place_id)
    if not has_perm("community.set_rules", actor, place.path):
        raise NotAllowed("community.set_rules")
    if actor.office is not SYSTEM.office and effective_from < today():
        raise RuleViolation(IN_THE_PAST)
    if not source.strip():
        raise RuleViolation(NO_SOURCE)
    rules, _made = RuleSet.objects.update_or_create(
        place=place, kind=kind, effective_from=effective_from, defaults={"values": dict(values), "source": source}
    )
    detail = {"rule_set": rules.pk, "kind": kind, "effective_from": effective_from, "values": dict(values)}
    record(actor, "community.set_rules", place=place.path, reason=source, detail=detail)
    return rules
