"""What waits for those who keep an estate's list: who says to be an owner, and one name borne by several."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.waiting import Waiting

from ..models import OwnerClaim
from ..rules.estate import ClaimState


def waiting_at_desk(actor: Actor) -> list[Waiting]:
    """Claims to be looked at by this office, one line an estate; one query."""
    office = actor.office
    if office is None or not has_perm("voting.see_registers", actor, office.place_path):
        return []
    claims = OwnerClaim.objects.filter(state=ClaimState.ASKED.value)
    here = claims.filter(owner__register__area__places__path__startswith=office.place_path).distinct()
    areas = here.values_list("pk", "owner__register__area_id", "owner__register__area__name")
    counted = Counter((area, name) for _pk, area, name in areas)
    return [
        Waiting(
            title=_("核对%(area)s的业主身份") % {"area": name},
            line=_("%(number)s人在等") % {"number": number},
            url=reverse("voting:claims", args=[area]),
            action=_("去核对"),
        )
        for (area, name), number in sorted(counted.items())
    ]
