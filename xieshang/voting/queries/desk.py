"""What waits for offices that have to do with owners' votes: papers to key, and who says to be an owner."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.waiting import Waiting

from ..models import OwnerClaim, PaperBallot
from ..rules.deciding import State as Stage
from ..rules.estate import ClaimState
from ..rules.paperwork import PaperState


def waiting_at_desk(actor: Actor) -> list[Waiting]:
    """What this office has to do for owners' votes: papers to key, claims to look at; two queries."""
    return [*_papers(actor), *_claims(actor)]


def _papers(actor: Actor) -> list[Waiting]:
    """Boxes that are open, with papers that this person has not read yet; one line a vote."""
    waiting = PaperBallot.objects.filter(state=PaperState.RECEIVED.value, vote__decision__state=Stage.COUNTING.value)
    unread = waiting.exclude(keyings__by=actor.person_id).exclude(keyings__round=3).order_by("vote_id")
    rows = unread.select_related("vote__decision", "vote__matter__place")
    papers = Counter(paper.vote for paper in rows if paper.vote.matter.place.path.startswith(_path(actor)))
    return [
        Waiting(
            title=_("给“%s”录票") % vote.question,
            line=_("票箱里还有%(number)s张您没读过的纸质票") % {"number": number},
            url=reverse("voting:keying", args=[vote.pk]),
            action=_("去录票"),
            due=vote.decision.due_on,
        )
        for vote, number in papers.items()
        if has_perm("voting.key_paper", actor, vote)
    ]


def _path(actor: Actor) -> str:
    return actor.office.place_path if actor.office else ""


def _claims(actor: Actor) -> list[Waiting]:
    """Claims to be looked at by this office, one line an estate."""
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
