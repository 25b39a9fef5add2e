"""Who stands in for whom: the page of one office, and the offices above which one may say so."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.permits import has_perm

from ..models import Deputy, Office
from ..rules import Role
from ..rules.terms import may_stand_in

MOST = 30


@dataclass(slots=True)
class DeputyPage:
    """One office with who stands in for it, who could, and whether this reader may say so."""

    office: Office
    deputies: list[Deputy]
    colleagues: list[Office]
    may_name: bool

    @property
    def current(self) -> Deputy | None:
        """Who stands in today."""
        today = shown_today()
        return next((one for one in self.deputies if one.starts <= today <= one.ends), None)


def acting_in(offices: "QuerySet[Office]") -> set[int]:
    """Ids of the people who act in these offices today: whoever holds them, and whoever stands in; two queries."""
    held = dict(offices.values_list("pk", "person_id"))
    standing_in = Deputy.objects.running(shown_today()).filter(office__in=list(held))
    return {*held.values(), *standing_in.values_list("person_id", flat=True)}


def deputy_page(actor: Actor, office_id: int | None) -> DeputyPage:
    """The page of one's own office, or for those above of one in their place; 404 for any other."""
    own = actor.office
    wanted = office_id or (own.id if own else 0)
    rows = Office.objects.running(shown_today()).select_related("body__place", "person")
    office = rows.filter(pk=wanted).first()
    if own is None or office is None or not (office.pk == own.id or has_perm("community.appoint", actor, office)):
        raise Http404
    circle = [role.value for role in may_stand_in(Role(office.role))]
    same = rows.filter(body=office.body_id, role__in=circle).exclude(person=office.person_id)
    deputies = Deputy.objects.filter(office=office).select_related("person").order_by("-starts", "-pk")
    return DeputyPage(
        office=office,
        deputies=list(deputies[:MOST]),
        colleagues=list(same.order_by("role", "pk")[:MOST]),
        may_name=has_perm("community.name_deputy", actor, office),
    )


def office_of_deputy(deputy_id: int) -> int:
    """The id of the office in which somebody stands in; asked before a deputyship that may be taken back whole."""
    return get_object_or_404(Deputy, pk=deputy_id).office_id
