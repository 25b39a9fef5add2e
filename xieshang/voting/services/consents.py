"""住改商: begin a check, name others who have shown an interest, keep each answer, close it."""

from collections.abc import Collection
from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle

from ..models import ConsentCheck, ConsentParty
from ..queries.consents import consent_so_far, home_called, interested_owners
from ..rules import consents as rules
from .register.common import permitted_area

MATTER_KIND = "consent"


@transaction.atomic
def open_consent(actor: Actor, area_id: int, *, unit: str, business: str) -> ConsentCheck:
    """Begin the check for one home: every other owner of its building by the list is asked."""
    area = permitted_area(actor, area_id, "check_consent")
    home = home_called(area, unit)
    if home is None:
        raise RuleViolation(Refusal(rules.NO_SUCH_HOME.code, rules.NO_SUCH_HOME.sentence.format(unit=unit[:40])))
    if not business.strip():
        raise RuleViolation(rules.BUSINESS_MISSING)
    if ConsentCheck.objects.select_for_update().filter(unit=home, closed_at=None).exists():
        raise RuleViolation(rules.OPEN_ALREADY)
    title = _("{unit}改作{business}").format(unit=home.label, business=business.strip())
    place = home.place or area.places.order_by("path").first() or area.community
    matter = make(actor, kind=MATTER_KIND, prefix=_("改"), title=title[:80], place=place)
    check = ConsentCheck.objects.create(
        matter=matter,
        community_id=area.community_id,
        area=area,
        unit=home,
        business=business.strip(),
        opened_by_id=actor.person_id or 0,
        opened_at=now(),
    )
    matter.url = check.get_absolute_url()
    matter.save(update_fields=["url"])
    settle(matter, standing=_("逐户核对中"), audience=Audience.OFFICERS, is_open=True)
    ConsentParty.objects.bulk_create(
        ConsentParty(check_of=check, owner_id=owner, name=name, units=units[:200], basis=basis)
        for owner, name, units, basis in interested_owners(home)
    )
    write_down(actor, "voting.open_consent", check, {"parties": check.parties.count()})
    return check


def write_down(actor: Actor, verb: str, check: ConsentCheck, detail: dict[str, object]) -> None:
    """Into the record of the place."""
    matter = check.matter
    record(actor, verb, number=matter.number, place=matter.place_path, detail=detail)


def _locked(actor: Actor, check_id: int) -> ConsentCheck:
    """An open check of an estate that this actor keeps, under lock."""
    rows = ConsentCheck.objects.select_for_update(of=("self",)).select_related("area__community", "matter__place")
    check = get_object_or_404(rows, pk=check_id)
    if not has_perm("voting.check_consent", actor, check.area):
        raise NotAllowed("voting.check_consent")
    if check.closed_at:
        raise RuleViolation(rules.CLOSED)
    return check


@transaction.atomic
def add_party(actor: Actor, check_id: int, *, name: str, units: str, basis: str) -> ConsentParty:
    """Name an owner of another building who has shown that it touches them."""
    check = _locked(actor, check_id)
    if not (name.strip() and units.strip() and basis.strip()):
        raise RuleViolation(rules.BASIS_MISSING)
    party = check.parties.create(name=name.strip(), units=units.strip(), basis=basis.strip())
    write_down(actor, "voting.add_party", check, {"party": party.pk})
    return party


@transaction.atomic
def keep_answers(
    actor: Actor, check_id: int, *, party_ids: Collection[int], agreed: bool, signed_on: date, proof: File | None
) -> int:
    """Keep what these owners answered; yes only in writing. Until the check is closed an answer may change."""
    check = _locked(actor, check_id)
    parties = check.parties.filter(pk__in=list(party_ids))
    wrong = rules.answer_faults(
        chosen=parties.count(), agreed=agreed, has_proof=proof is not None, signed_on=signed_on, today=today()
    )
    if wrong:
        raise RuleViolation(*wrong)
    kept = attach_closed(actor, check.matter, proof, caption=_("住改商答复")) if proof else None
    answer = {"agreed": agreed, "signed_on": signed_on, "proof": kept}
    changed = parties.update(**answer, recorded_by_id=actor.person_id, recorded_at=now())
    write_down(actor, "voting.keep_answers", check, {"parties": sorted(party_ids), "agreed": agreed})
    return changed


@transaction.atomic
def close_consent(actor: Actor, check_id: int) -> ConsentCheck:
    """Close the check with what it came to: given by all, or not."""
    check = _locked(actor, check_id)
    consent = consent_so_far(check)
    check.closed_at, check.closed_by_id, check.is_given = now(), actor.person_id, consent.is_given
    check.save(update_fields=["closed_at", "closed_by", "is_given"])
    standing = _("一致同意") if consent.is_given else _("未取得一致同意")
    settle(check.matter, standing=standing, audience=Audience.OFFICERS, is_open=False)
    write_down(actor, "voting.close_consent", check, {"given": consent.is_given})
    return check
