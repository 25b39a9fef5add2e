"""Checks of unanimous consent: who is interested by the list, who has answered what."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import Http404

from xieshang.community.models import PropertyArea
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import later as _
from xieshang.lib.text import half_width

from ..models import ConsentCheck, ConsentParty, RegisterUnit
from ..rules import Consent, UnitKind, consent_of
from ..rules.consents import verdict
from .register import kept_area

NO_OWNER = _("名册上没写业主")


def home_called(area: PropertyArea, words: str) -> RegisterUnit | None:
    """A home of the list by its code or by what neighbours call it."""
    typed = "".join(half_width(words).split())
    homes = RegisterUnit.objects.filter(register__area=area, gone_on=None, kind=UnitKind.HOME.value)
    named = homes.annotate(named=Concat("building", Value(""), "stairwell", Value(""), "room"))
    return named.filter(Q(code=typed) | Q(named=typed)).select_related("place").first()


def interested_owners(home: RegisterUnit) -> list[tuple[int | None, str, str, str]]:
    """Every other owner of the building, each once, with their homes; a unit without one stands for itself."""
    units = RegisterUnit.objects.filter(register_id=home.register_id, building=home.building, gone_on=None)
    units = units.exclude(kind=UnitKind.COMMON.value).prefetch_related("owners__owner__same_as").order_by("pk")
    own = {link.owner.same_as_id or link.owner_id for link in home.owners.select_related("owner")}
    found: dict[int, tuple[str, list[str]]] = {}
    nobody: list[tuple[int | None, str, str, str]] = []
    for unit in units:
        links = list(unit.owners.all())
        if not links and unit.pk != home.pk:
            nobody.append((None, NO_OWNER, unit.label, _("本栋业主")))
        for link in links:
            owner = link.owner.same_as or link.owner
            if owner.pk not in own:
                found.setdefault(owner.pk, (owner.name, []))[1].append(unit.label)
    return [*((pk, name, _("、").join(labels), "") for pk, (name, labels) in found.items()), *nobody]


def consent_so_far(check: ConsentCheck) -> Consent:
    """Where the consents of a check stand."""
    rows = check.parties.order_by("pk").values_list("pk", "owner_id", "agreed")
    building = [str(pk) for pk, owner, _agreed in rows if owner]
    others = [str(pk) for pk, owner, _agreed in rows if not owner]
    return consent_of(building, others, {str(pk): agreed for pk, _owner, agreed in rows if agreed is not None})


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """One check for those who keep the list."""

    check: ConsentCheck
    parties: list[ConsentParty]
    consent: Consent
    verdict: str

    @property
    def agreed(self) -> int:
        """How many have agreed in writing."""
        return len(self.parties) - len(self.consent.refused) - len(self.consent.missing)


def consent_page(actor: Actor, check_id: int) -> ConsentPage:
    """A check, with everybody asked and what they said; refused to whoever does not keep the list."""
    rows = ConsentCheck.objects.select_related("area__community", "unit", "matter__place")
    check = rows.filter(pk=check_id).first()
    if check is None:
        raise Http404
    kept_area(actor, check.area_id)
    parties, consent = list(check.parties.order_by("pk")), consent_so_far(check)
    return ConsentPage(check, parties, consent, verdict(consent, len(parties)))


def checks_of(area: PropertyArea) -> QuerySet[ConsentCheck]:
    """The checks of an estate, newest first, each with how many were asked and how many agreed."""
    rows = ConsentCheck.objects.filter(area=area).select_related("unit", "matter").order_by("-pk")
    asked, agreed = Count("parties"), Count("parties", filter=Q(parties__agreed=True))
    return rows.annotate(asked=asked, said_yes=agreed)[:100]


def consent_proof(actor: Actor, check_id: int, party_id: int) -> Attachment | None:
    """What an owner signed, for those who keep the list."""
    page = consent_page(actor, check_id)
    return next((party.proof for party in page.parties if party.pk == party_id), None)
