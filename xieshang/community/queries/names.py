"""How one person is named to another."""

from collections.abc import Iterable
from dataclasses import dataclass

from xieshang.accounts.models import Person
from xieshang.lib.actor import Actor

from ..models import Place, Residence
from ..rules import OFFICER_ROLES, ResidenceState


@dataclass(frozen=True, slots=True)
class ShownName:
    """How one person is named to one viewer: never the flat or the phone; the real name to officers of the place."""

    person_id: int
    name: str
    where: str = ""
    real_name: str = ""

    @property
    def initial(self) -> str:
        """The first character, for the round picture."""
        return self.name[:1]

    def __str__(self) -> str:
        return f"{self.name} · {self.where}" if self.where else self.name


def names_for(people: Iterable[int], viewer: Actor, place: Place | None = None) -> dict[int, ShownName]:
    """How these people are named to the viewer, in two queries: nickname and building; officers see real names too."""
    wanted = {person for person in people if person}
    if not wanted:
        return {}
    real = bool(
        place and viewer.office and viewer.role in OFFICER_ROLES and place.path.startswith(viewer.office.place_path)
    )
    homes = Residence.objects.filter(person_id__in=wanted, state=ResidenceState.CONFIRMED.value)
    if place is not None and place.community_id:
        homes = homes.filter(community_id=place.community_id)
    buildings = {person: building_of(label) for person, label in homes.values_list("person_id", "unit__label")}
    people_rows = Person.objects.filter(pk__in=wanted).only("handle", "nickname", "real_name", "closed_at")
    return {
        person.pk: ShownName(
            person.pk,
            "已注销的邻居" if person.closed_at else person.get_short_name(),
            "" if person.closed_at else buildings.get(person.pk, ""),
            person.real_name if real and not person.closed_at else "",
        )
        for person in people_rows
    }


def name_for(person: int, viewer: Actor, place: Place | None = None) -> ShownName:
    """How one person is named to the viewer; for more than one use names_for."""
    return names_for([person], viewer, place).get(person, ShownName(person, "邻居"))


def building_of(label: str) -> str:
    """The building in a unit's label, which neighbours may see: 明湖家园3号楼2单元501室 gives 3号楼."""
    for ending in ("号楼", "栋", "幢", "组"):
        before, found, _rest = label.partition(ending)
        if found:
            digits = ""
            while before and ((before[-1].isalnum() and before[-1].isascii()) or before[-1] in "一二三四五六七八九十"):
                digits, before = before[-1] + digits, before[:-1]
            return digits + ending
    return ""
