"""The committee's desk for people: the register of who lives where, and people let in at the desk."""

from datetime import date

from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from xieshang.accounts.models import Person
from xieshang.accounts.queries import people_on
from xieshang.accounts.services import person_for
from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.text import one_line

from ..models import Household, Office, Place, RegisteredResident, Residence
from ..queries import homes_of
from ..rules import PlaceKind, ResidenceKind, ResidenceState, Role, belonging, surname_of
from .offices import appoint
from .seeing import is_seen, require_seen


@transaction.atomic
def register_resident(
    actor: Actor, unit_id: int, *, name: str, phone: str = "", minor_until: date | None = None
) -> RegisteredResident:
    """Write down at the desk who lives in a home; saying it again updates the row."""
    unit = get_object_or_404(Place.objects.select_related("community"), pk=unit_id, kind=PlaceKind.UNIT.value)
    if unit.community is None or not has_perm("community.keep_register", actor, unit.community.path):
        raise NotAllowed("community.keep_register")
    wanted = one_line(name)[:40]
    if not wanted:
        raise RuleViolation(belonging.NAME_MISSING)
    household, _made = Household.objects.get_or_create(unit=unit, defaults={"community": unit.community})
    row, _made = RegisteredResident.objects.update_or_create(
        household=household, name=wanted, defaults={"phone": phone, "minor_until": minor_until}
    )
    record(actor, "community.register_resident", place=unit.community.path, detail={"registered": row.pk})
    return row


@transaction.atomic
def strike_resident(actor: Actor, registered_id: int) -> None:
    """Take somebody who moved away off the register; their own account, if any, stays as it is."""
    row = _registered(actor, registered_id)
    path, detail = row.household.community.path, {"registered": row.pk}
    row.delete()
    record(actor, "community.strike_resident", place=path, detail=detail)


@transaction.atomic
def let_in(actor: Actor, registered_id: int, *, kind: ResidenceKind = ResidenceKind.FAMILY) -> Person:
    """Make a registered resident a person of the platform at the desk, without a phone of their own."""
    return _person_from(actor, _registered(actor, registered_id), kind, phone="")


@transaction.atomic
def let_share(actor: Actor, registered_id: int, *, phone: str) -> Person:
    """Make a registered resident a person who signs in by a housemate's number; owners' votes do not open by it."""
    row = _registered(actor, registered_id)
    first = people_on(phone).first() if phone else None
    if first is None:
        raise RuleViolation(belonging.NOBODY_TO_SHARE_WITH)
    homes = {home.unit_id for home in homes_of(first.pk)}
    if row.household.unit_id not in homes:
        raise RuleViolation(belonging.NOT_A_HOUSEMATE)
    return _person_from(actor, row, ResidenceKind.FAMILY, phone=phone)


def _registered(actor: Actor, registered_id: int) -> RegisteredResident:
    rows = RegisteredResident.objects.select_related("household__unit", "household__community")
    row = get_object_or_404(rows.select_for_update(of=("self",)), pk=registered_id)
    require_seen(actor, row.household.community.path)
    if not has_perm("community.keep_register", actor, row.household.community.path):
        raise NotAllowed("community.keep_register")
    return row


def _person_from(actor: Actor, row: RegisteredResident, kind: ResidenceKind, *, phone: str) -> Person:
    home = row.household
    twin = Residence.objects.filter(unit=home.unit, state=ResidenceState.CONFIRMED.value, person__real_name=row.name)
    if twin.exists():
        raise RuleViolation(belonging.IS_IN_ALREADY)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                phone or None,
                real_name=row.name,
                nickname=belonging.nickname_of(surname_of(row.name)),
                shares_phone=bool(phone),
                phone_verified=bool(phone),
                minor_until=row.minor_until,
            )
    except IntegrityError as taken:
        raise RuleViolation(belonging.PHONE_TAKEN) from taken
    at = now()
    Residence.objects.create(
        person=person,
        unit=home.unit,
        community=home.community,
        kind=kind.value,
        state=ResidenceState.CONFIRMED.value,
        asked_at=at,
        decided_at=at,
        decided_by_id=actor.person_id,
        decided_in_id=actor.office.id if actor.office else None,
    )
    detail = {"person": person.pk, "registered": row.pk, "shares_phone": bool(phone)}
    record(actor, "community.let_in", place=home.community.path, detail=detail)
    return person


@transaction.atomic
def mark_minor(actor: Actor, person_id: int, *, until: date | None) -> Person:
    """Mark a person of one's own place as under age until this birthday, or take a wrong mark away."""
    person = get_object_or_404(Person.objects.select_for_update(), pk=person_id, is_active=True)
    paths = [home.community.path for home in homes_of(person_id) if is_seen(actor, home.community.path)]
    if not paths:
        raise Http404
    path = next((path for path in paths if has_perm("community.confirm_home", actor, path)), "")
    if not path:
        raise NotAllowed("community.confirm_home")
    before, person.minor_until = person.minor_until, until
    person.save(update_fields=["minor_until"])
    record(
        actor,
        "community.mark_minor",
        place=path,
        before=str(before or ""),
        after=str(until or ""),
        detail={"person": person.pk},
    )
    return person


@transaction.atomic
def appoint_by_phone(
    actor: Actor, body_id: int, *, name: str, phone: str, role: Role, starts: date, ends: date | None = None
) -> Office:
    """Appoint whoever signs in by this number, known or new; a name already kept is not overwritten."""
    person = person_for(phone)
    if not person.real_name:
        person.real_name = one_line(name)[:40]
        person.save(update_fields=["real_name"])
    return appoint(actor, person.pk, body_id, role=role, starts=starts, ends=ends)
