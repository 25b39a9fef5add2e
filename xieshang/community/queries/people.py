"""A person's own homes and offices; and whom an officer acts for."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.accounts.models import Person
from xieshang.lib.actor import Actor

from ..models import Office, Residence
from ..rules import COMMITTEE_ROLES, ConsentKind, Role
from .desk import doors_of
from .places import offices_of

CONSENT_LABELS = {
    ConsentKind.IN_PERSON: _("当面同意"),
    ConsentKind.PHONE: _("电话同意"),
    ConsentKind.WRITTEN: _("书面同意"),
}
HELPERS = COMMITTEE_ROLES | {Role.GRID_WORKER}


def homes_of_me(person_id: int) -> list[Residence]:
    """All homes a person ever asked for, the newest first."""
    rows = Residence.objects.filter(person_id=person_id).select_related("unit", "community").order_by("-pk")[:20]
    return list(rows)


def first_home_step(actor: Actor) -> str:
    """The address where a home is found, for somebody who never asked for one and holds no office."""
    person = actor.person_id or 0
    return "" if homes_of_me(person) or offices_of(person) else f"{reverse('community:join')}?first=1"


def about_me(actor: Actor) -> Mapping[str, object]:
    """Homes and offices, for a person's own page."""
    person = actor.person_id or 0
    return {"homes": homes_of_me(person), "offices": offices_of(person), "doors": doors_of(actor)}


def known_homes(person_id: int) -> Mapping[str, object]:
    """Homes and offices, for what is known about a person."""
    return {
        "住房": [
            {"住房": str(home.unit), "身份": home.kind_word, "状态": home.state_word, "说明": home.note}
            for home in homes_of_me(person_id)
        ],
        "职务": [_office(office) for office in offices_of(person_id)],
    }


def _office(office: Office) -> Mapping[str, str]:
    ends = office.ends.isoformat() if office.ends else ""
    return {"职务": office.title, "开始": office.starts.isoformat(), "结束": ends}


def still_helping(officer: Actor, helping: Mapping[str, object], at: float) -> Actor | None:
    """The actor for a neighbour while the half hour runs and the officer acts in the same office; else None.

    `helping` is what was kept when it began: person, office, consent, until (seconds of real time).
    """
    if officer.office is None or officer.office.id != helping.get("office") or officer.role not in HELPERS:
        return None
    if at >= float(str(helping.get("until") or 0)):
        return None
    person = Person.objects.filter(pk=helping.get("person"), is_active=True).first()
    return Actor(person, None, officer, str(helping["consent"])) if person else None
