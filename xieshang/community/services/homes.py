"""Asking for a home, confirming it, ending it (住房认证)."""

from datetime import date

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.accounts.queries import has_agreed, phone_is_shared
from xieshang.accounts.rules import HOLDS_OFFICE, NOT_AGREED
from xieshang.audit.services import record
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.services import send

from ..models import Household, Place, Residence
from ..queries import officers_of, offices_of, register_matches
from ..rules import COMMITTEE_ROLES, PlaceKind, ResidenceKind, ResidenceState, belonging
from .seeing import require_seen

KEPT = {ResidenceState.ASKED, ResidenceState.CONFIRMED}


@transaction.atomic
def ask_for_home(actor: Actor, unit_id: int, *, kind: ResidenceKind, note: str = "") -> Residence:
    """Ask to be verified in a home. A proved number in its register confirms a resident at once, never an owner.

    Raises NotAllowed for a visitor; RuleViolation without consent, for what is no home, and for asking twice.
    """
    if actor.person_id is None:
        raise NotAllowed("community.ask_for_home", _("请先登录，再认证住房。"))
    unit = get_object_or_404(Place.objects.select_related("community"), pk=unit_id)
    if unit.kind != PlaceKind.UNIT or unit.community is None:
        raise RuleViolation(belonging.NOT_A_HOME)
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    _require_new(actor, person, unit)
    residence = Residence.objects.create(
        person=person, unit=unit, community=unit.community, kind=kind.value, note=note.strip()[:200], asked_at=now()
    )
    record(actor, "community.ask_for_home", place=unit.community.path, detail={"residence": residence.pk})
    if _is_in_register(person, unit, kind):
        return _confirm_by_register(residence)
    officers = {office.person_id for office in officers_of(unit.path, COMMITTEE_ROLES)} - {person.pk}
    send(officers, title=_("有邻居等着核实住房"), body=str(unit), url=reverse("community:residences"))
    return residence


def _require_new(actor: Actor, person: Person, unit: Place) -> None:
    if actor.helper is None and not has_agreed(person.pk):
        raise RuleViolation(NOT_AGREED)
    homes = dict(Residence.objects.filter(person=person, state__in=KEPT).values_list("unit_id", "state"))
    if homes.get(unit.pk) == ResidenceState.CONFIRMED:
        raise RuleViolation(belonging.LIVES_THERE_ALREADY)
    if unit.pk in homes:
        raise RuleViolation(belonging.ASKED_ALREADY)
    if list(homes.values()).count(ResidenceState.ASKED.value) >= belonging.MOST_WAITING:
        raise RuleViolation(belonging.MOST_ASKED)


def _is_in_register(person: Person, unit: Place, kind: ResidenceKind) -> bool:
    """A code proves a shared number for several people, so it proves none of them to be this one."""
    shared = person.shares_phone or phone_is_shared(person)
    if kind == ResidenceKind.OWNER or not person.phone_verified or shared:
        return False
    return register_matches(person.phone or "", unit).exists()


def _confirm_by_register(residence: Residence) -> Residence:
    residence.by_register = True
    row = register_matches(residence.person.phone or "", residence.unit).first()
    if row and row.minor_until:
        _mark_minor(residence.person, row.minor_until)
    _settle(SYSTEM, residence, ResidenceState.CONFIRMED, "")
    _tell(residence)
    return residence


def _mark_minor(person: Person, until: date) -> None:
    person.minor_until = until
    person.save(update_fields=["minor_until"])


def _tell(residence: Residence) -> None:
    body = _("%(home)s认证好了，现在可以说事、支持、投票了。") % {"home": residence.unit}
    send([residence.person_id], title=_("住房认证通过了"), body=body, url="/")


@transaction.atomic
def confirm_home(actor: Actor, residence_id: int, *, minor_until: date | None = None) -> Residence:
    """The committee confirms that this person belongs to this home; under-eighteens are marked with their birthday."""
    residence = _waiting(actor, residence_id)
    if minor_until:
        _mark_minor(residence.person, minor_until)
    _settle(actor, residence, ResidenceState.CONFIRMED, "")
    _tell(residence)
    return residence


@transaction.atomic
def return_home(actor: Actor, residence_id: int, *, reason: str) -> Residence:
    """The committee gives the asking back with what is missing."""
    residence = _waiting(actor, residence_id)
    if not reason.strip():
        raise RuleViolation(belonging.REASON_MISSING)
    _settle(actor, residence, ResidenceState.RETURNED, reason.strip()[:200])
    send([residence.person_id], title=_("住房认证退回了"), body=residence.reason, url=reverse("accounts:me"))
    return residence


@transaction.atomic
def end_residence(actor: Actor, residence_id: int, *, reason: str = "") -> Residence:
    """Somebody has moved out, or no longer asks: said by themselves or by the committee."""
    residence = _locked(residence_id)
    own = actor.person_id is not None and residence.person_id == actor.person_id
    if not own:
        require_seen(actor, residence.community.path)
    if not own and not has_perm("community.confirm_home", actor, residence.community.path):
        raise NotAllowed("community.end_residence")
    if residence.state not in KEPT:
        raise RuleViolation(belonging.NOT_WAITING)
    _end(actor, residence, reason.strip()[:200])
    if not own:
        send([residence.person_id], title=_("住房认证结束了"), body=str(residence.unit), url=reverse("accounts:me"))
    return residence


def _end(actor: Actor, residence: Residence, reason: str) -> None:
    before, residence.state = residence.state, ResidenceState.ENDED.value
    residence.reason = reason or residence.reason
    residence.save(update_fields=["state", "reason"])
    detail = {"residence": residence.pk}
    record(
        actor, "community.end_residence", place=residence.community.path, before=before, after="ended", detail=detail
    )


def refuse_in_office(actor: Actor) -> None:
    """Nobody leaves while they hold an office: its powers must end first, where others see it."""
    if offices_of(actor.person_id or 0):
        raise RuleViolation(HOLDS_OFFICE)


def end_homes_of(actor: Actor) -> None:
    """All homes of somebody who leaves end with it; inside the verb of leaving."""
    homes = Residence.objects.filter(person_id=actor.person_id, state__in=KEPT).select_related("community")
    for residence in homes.select_for_update(of=("self",)):
        _end(actor, residence, "")


def _locked(residence_id: int) -> Residence:
    rows = Residence.objects.select_for_update(of=("self",)).select_related("unit", "community", "person")
    return get_object_or_404(rows, pk=residence_id)


def _waiting(actor: Actor, residence_id: int) -> Residence:
    """An asking that waits, under lock, if this office may judge it; one's own is judged by somebody else."""
    residence = _locked(residence_id)
    require_seen(actor, residence.community.path)
    if not has_perm("community.confirm_home", actor, residence.community.path):
        raise NotAllowed("community.confirm_home")
    if residence.state != ResidenceState.ASKED:
        raise RuleViolation(belonging.NOT_WAITING)
    if residence.person_id == actor.hands:
        raise RuleViolation(belonging.OWN_REQUEST)
    return residence


def _settle(actor: Actor, residence: Residence, state: ResidenceState, reason: str) -> None:
    residence.state, residence.reason, residence.decided_at = state.value, reason, now()
    residence.decided_by_id = actor.person_id
    residence.decided_in_id = actor.office.id if actor.office else None
    residence.save()
    if state == ResidenceState.CONFIRMED:
        Household.objects.get_or_create(unit=residence.unit, defaults={"community": residence.community})
    verb = "community.confirm_home" if state == ResidenceState.CONFIRMED else "community.return_home"
    detail = {"residence": residence.pk, "by_register": residence.by_register}
    record(actor, verb, place=residence.community.path, reason=reason, after=state.value, detail=detail)
