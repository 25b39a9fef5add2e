"""Proxies: those an organiser looks at, those of one's own right, those one acts by."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xieshang.community.queries import names_for
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.days import full_day
from xieshang.lib.permits import has_perm

from ..models import Proxy, Right, RightHolder, RightOwner, RightUnit, Succession, Vote
from ..rules.paperwork import ProxyState
from .owners import labels_of

MOST_PROXIES = 300
PROXY_LABELS = {
    ProxyState.OFFERED: _("等召集人看"),
    ProxyState.ACCEPTED: _("已接受，还没投"),
    ProxyState.REFUSED: _("没有接受"),
    ProxyState.WITHDRAWN: _("已撤回"),
    ProxyState.USED: _("已用来投票"),
}


def signers_of(right: Right) -> dict[str, int | None]:
    """Who may sign for a right, by name: its owners, their guardians, whoever bought since; with the owner's id."""
    names: dict[str, int | None] = {}
    for row in RightOwner.objects.filter(right=right).select_related("owner"):
        names["".join(row.owner.name.split())] = row.owner_id
        if row.owner.guardian:
            names["".join(row.owner.guardian.split())] = row.owner_id
    bought = Succession.objects.filter(right=right, confirmed_at__isnull=False).order_by("-pk").first()
    return {"".join(bought.name.split()): None} if bought else names


def right_of(vote: Vote, unit: str, name: str) -> Right | None:
    """The right of a home as people write it, if this name may sign for it; None does not tell which was wrong."""
    right = right_at(vote, unit)
    return right if right and name in signers_of(right) else None


def right_at(vote: Vote, unit: str) -> Right | None:
    """The right of a home as people write it, for who stands at its door."""
    typed = "".join(unit.split())
    row = RightUnit.objects.filter(Q(label=typed) | Q(unit__code=typed), vote=vote).select_related("right").first()
    return row.right if row else None


def proxy_document(actor: Actor, vote: Vote, proxy_id: int) -> Attachment | None:
    """The document of a proxy for its organiser, its agent and the holders of the right; nobody else gets it."""
    proxy = Proxy.objects.filter(pk=proxy_id, right__vote=vote).select_related("document").first()
    if proxy is None:
        return None
    holds = RightHolder.objects.filter(right=proxy.right_id, person_id=actor.person_id or 0).exists()
    between = actor.person_id is not None and actor.person_id in {proxy.agent_id, proxy.principal_id}
    return proxy.document if holds or between or has_perm("voting.accept_proxy", actor, vote) else None


@dataclass(frozen=True, slots=True)
class ShownProxy:
    """One proxy on a list."""

    id: int
    units: str
    principal: str
    agent: str
    powers: str
    until: str
    is_family: bool
    state: str
    word: str
    reason: str
    file_id: int

    @property
    def is_waiting(self) -> bool:
        """Whether the organiser has not looked at it."""
        return self.state == ProxyState.OFFERED

    @property
    def is_withdrawable(self) -> bool:
        """Whether the owner may still take it back."""
        return self.state in {ProxyState.OFFERED, ProxyState.ACCEPTED}


def proxies_to_judge(actor: Actor, vote: Vote) -> list[ShownProxy]:
    """All proxies of a vote for its organiser, waiting ones first; nobody else gets any."""
    if not has_perm("voting.accept_proxy", actor, vote):
        return []
    found = Proxy.objects.filter(right__vote=vote)
    return sorted(_shown(actor, vote, found), key=lambda proxy: not proxy.is_waiting)


def my_proxies(actor: Actor, vote: Vote) -> list[ShownProxy]:
    """Proxies given for one's own right: what may be withdrawn."""
    mine = RightHolder.objects.filter(person_id=actor.person_id, right__vote=vote).values("right")
    given = Proxy.objects.filter(Q(right__in=mine) | Q(principal=actor.person_id), right__vote=vote)
    return _shown(actor, vote, given) if actor.person_id else []


def proxies_by_me(actor: Actor, vote: Vote) -> list[ShownProxy]:
    """Proxies by which this person acts, or asked to."""
    return _shown(actor, vote, Proxy.objects.filter(agent=actor.person_id, right__vote=vote)) if actor.person_id else []


def _shown(actor: Actor, vote: Vote, proxies: QuerySet[Proxy]) -> list[ShownProxy]:
    found = list(proxies.select_related("right").order_by("pk")[:MOST_PROXIES])
    labels = labels_of([proxy.right for proxy in found])
    names = names_for([proxy.agent_id for proxy in found], actor, vote.scope)
    return [
        ShownProxy(
            proxy.pk,
            labels[proxy.right_id],
            proxy.principal_name,
            str(names[proxy.agent_id]),
            proxy.powers,
            full_day(proxy.until),
            proxy.is_family,
            proxy.state,
            str(PROXY_LABELS[ProxyState(proxy.state)]),
            proxy.reason,
            proxy.document_id,
        )
        for proxy in found
    ]
