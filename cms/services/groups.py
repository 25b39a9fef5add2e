"""Groups follow the offices: who writes, who approves, as long as the term runs and no longer."""

from datetime import datetime

from django.db import transaction

from xieshang.accounts.models import Person
from xieshang.community.models import Office
from xieshang.community.rules import COMMITTEE_ROLES, Role
from xieshang.lib.clock import today

from ..models import CommunityPage

Membership = Person.groups.through


def follow_office(office: Office) -> None:
    """Bring the groups of an office's holder in step with all offices they hold today."""
    settle_groups(person_id=office.person_id)


def due(at: datetime) -> int:
    """Take people whose office has ended out of their groups, and let those in whose office has begun."""
    return settle_groups()


@transaction.atomic
def settle_groups(*, person_id: int | None = None) -> int:
    """Bring the groups of one person, or of everybody, in step with the running offices; gives how many changed."""
    one = {} if person_id is None else {"person_id": person_id}
    groups = {page.place_id: page for page in CommunityPage.objects.only("place_id", "writers_id", "approvers_id")}
    ours = {pk for page in groups.values() for pk in (page.writers_id, page.approvers_id)}
    roles = [*COMMITTEE_ROLES, Role.PARTY_SECRETARY]
    offices = Office.objects.running(today()).filter(role__in=roles, body__place__in=groups, **one)
    wanted = {
        (holder, groups[place].approvers_id if role == Role.PARTY_SECRETARY else groups[place].writers_id)
        for holder, place, role in offices.values_list("person_id", "body__place_id", "role")
    }
    rows = {(row.person_id, row.group_id): row for row in Membership.objects.filter(group__in=ours, **one)}
    surplus = [row.pk for pair, row in rows.items() if pair not in wanted]
    missing = wanted - rows.keys()
    Membership.objects.filter(pk__in=surplus).delete()
    Membership.objects.bulk_create([Membership(person_id=who, group_id=group) for who, group in missing])
    return len(surplus) + len(missing)
