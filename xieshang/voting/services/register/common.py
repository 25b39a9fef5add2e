"""What all writes to an estate's list share: permission, the lock, the edition."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from xieshang.community.models import Office, PropertyArea
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed

from ...models import Register, Roll


def permitted_area(actor: Actor, area_id: int, verb: str) -> PropertyArea:
    """The estate, if this actor may do the verb to its list."""
    area = get_object_or_404(PropertyArea.objects.select_related("community"), pk=area_id)
    if not has_perm(f"voting.{verb}", actor, area):
        raise NotAllowed(f"voting.{verb}")
    return area


def locked_register(area: PropertyArea) -> Register:
    """The estate's list under lock, made when there is none yet."""
    # The row of the estate is locked first, so that two first imports do not make two lists.
    PropertyArea.objects.select_for_update().get(pk=area.pk)
    Register.objects.get_or_create(area=area, defaults={"community_id": area.community_id})
    return Register.objects.select_for_update(of=("self",)).select_related("community", "area").get(area=area)


def next_edition(register: Register) -> None:
    """Count a change; a roll that is out and was changed in the ordered way goes along with it."""
    register.edition += 1
    register.save(update_fields=["edition", "columns"])
    published_rolls(register).update(edition=register.edition)


def published_rolls(register: Register) -> QuerySet[Roll]:
    """Rolls made from this list that are out and not frozen yet."""
    return Roll.objects.filter(register=register, published_on__isnull=False, frozen_at=None)


def office_row(actor: Actor) -> Office | None:
    """The office acted in, as a row."""
    return actor.office if isinstance(actor.office, Office) else None
