"""Written proxies: uploaded by the agent, accepted by the organiser, withdrawn by the owner until they are used."""

from datetime import date

from django.core.files.base import File as Upload
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.limits import require_within
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.notify.services import send

from ..models import Ballot, OwnerClaim, PaperBallot, Proxy, Right, RightHolder, Vote
from ..queries import label_of_units, right_of, signers_of
from ..rules import EntryKind, entries, handing, paperwork, refusals
from ..rules.deciding import State, value
from ..rules.estate import ClaimState
from ..rules.paperwork import PaperState, ProxyState, within_limit
from ..rules.rolls import opening_salt
from .ledger import write_entry
from .locks import hold

OFFERS_AN_HOUR = 10
WAITING = (ProxyState.OFFERED.value, ProxyState.ACCEPTED.value)
LIVING = (*WAITING, ProxyState.USED.value)


@transaction.atomic
def offer_proxy(
    actor: Actor,
    vote_id: int,
    *,
    unit: str,
    principal_name: str,
    powers: str,
    until: date,
    document: Upload,
    is_family: bool = False,
) -> Proxy:
    """Hand in the written proxy of an owner, named as on the roll; the organiser looks at it, the owner is told."""
    if actor.person_id is None or actor.office is not None or actor.helper is not None:
        raise NotAllowed("voting.offer_proxy")
    require_within("offer-proxy", actor.person_id, OFFERS_AN_HOUR, 3600)
    vote = hold(actor, vote_id)
    _require_running(vote, until)
    _require_within_limit(vote, actor.person_id, is_family=is_family)
    name = "".join(principal_name.split())
    found = right_of(vote, unit, name)
    if found is None:
        raise RuleViolation(paperwork.NO_SUCH_RIGHT)
    right = Right.objects.select_for_update().get(pk=found.pk)
    _require_free(actor, right)
    proxy = Proxy.objects.create(
        right=right,
        principal_id=_account_of(right, name),
        principal_name=name,
        agent_id=actor.person_id,
        is_family=is_family,
        powers=powers.strip()[:200],
        until=until,
        document=attach_closed(actor, vote.matter, document, caption=_("委托书")),
        offered_at=now(),
    )
    record(actor, "voting.offer_proxy", number=vote.matter.number, place=vote.place_path, detail={"proxy": proxy.pk})
    _tell(vote, proxy, _("有人交来您的委托书，要代您投%(units)s的票。不是您委托的，请马上撤回。"))
    return proxy


def _require_running(vote: Vote, until: date) -> None:
    over = vote.closes_at is None or now() >= vote.closes_at
    if over or vote.decision.state not in {State.NOTICE, State.VOTING}:
        raise RuleViolation(refusals.TOO_LATE if over else refusals.NOT_OPEN_YET)
    if vote.closes_at and until < day_of(vote.closes_at):
        raise RuleViolation(paperwork.PROXY_TOO_SHORT)


def _require_free(actor: Actor, right: Right) -> None:
    """Nobody's own right, not used yet, and no other proxy lives for it."""
    if RightHolder.objects.filter(right=right, person_id=actor.person_id).exists():
        raise RuleViolation(paperwork.PROXY_FOR_ONESELF)
    received = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    on_paper = PaperBallot.objects.filter(right=right, state__in=received).exists()
    if on_paper or Ballot.objects.filter(right=right).exists():
        raise RuleViolation(paperwork.ALREADY_CAST)
    if Proxy.objects.filter(right=right, state__in=LIVING).exists():
        raise RuleViolation(paperwork.PROXY_TAKEN)


def _account_of(right: Right, name: str) -> int | None:
    """The account of the owner who gave the proxy, if they have one."""
    claim = OwnerClaim.objects.filter(owner_id=signers_of(right).get(name) or 0, state=ClaimState.CONFIRMED.value)
    return claim.values_list("person_id", flat=True).first()


def _tell(vote: Vote, proxy: Proxy, words: str) -> None:
    """Tell the owner, and every other holder of the right."""
    holders = set(RightHolder.objects.filter(right=proxy.right_id).values_list("person_id", flat=True))
    people = holders | ({proxy.principal_id} if proxy.principal_id else set())
    body = words % {"units": label_of_units(proxy.right_id)}
    send(people, title=vote.question, body=body, number=vote.matter.number, url=vote.get_absolute_url())


def _locked(actor: Actor, proxy_id: int) -> tuple[Vote, Proxy]:
    """A proxy after its vote was held against closing, its right locked, and all of its agent's proxies with it."""
    found = get_object_or_404(Proxy.objects.filter(right__vote__in=Vote.objects.visible_to(actor)), pk=proxy_id)
    vote = hold(actor, Right.objects.values_list("vote_id", flat=True).get(pk=found.right_id))
    Right.objects.select_for_update().get(pk=found.right_id)
    of_agent = Proxy.objects.select_for_update(of=("self",)).filter(agent=found.agent_id, right__vote=vote)
    locked = {proxy.pk: proxy for proxy in of_agent.select_related("right").order_by("pk")}
    return vote, locked[proxy_id]


@transaction.atomic
def accept_proxy(actor: Actor, proxy_id: int) -> Proxy:
    """The organiser has looked at the document: from now on the agent may cast; RuleViolation over the limit."""
    vote, proxy = _locked(actor, proxy_id)
    _require_organiser(actor, vote, proxy)
    _require_running(vote, proxy.until)
    _require_within_limit(vote, proxy.agent_id, is_family=proxy.is_family)
    _decided(actor, proxy, ProxyState.ACCEPTED)
    slot = entries.slot_of(opening_salt(proxy.right.salt))
    write_entry(vote, EntryKind.PROXY_GRANTED, now(), entries.proxy(slot=slot))
    record(actor, "voting.accept_proxy", number=vote.matter.number, place=vote.place_path, detail={"proxy": proxy.pk})
    _tell(vote, proxy, _("您委托别人代投%(units)s的票，已经接受。投出以前您可以撤回，也可以随时自己投。"))
    send([proxy.agent_id], title=vote.question, body=_("委托已接受，您可以代投了。"), url=vote.get_absolute_url())
    return proxy


def _require_within_limit(vote: Vote, agent_id: int, *, is_family: bool) -> None:
    """How many owners one agent may act for, spouse, parents and children apart; only accepted proxies count."""
    counted = [ProxyState.ACCEPTED.value, ProxyState.USED.value]
    others = Proxy.objects.filter(agent=agent_id, right__vote=vote, state__in=counted, is_family=False)
    most = int(value(vote.decision.values, "assembly.proxies_most"))
    if not within_limit(others.count(), most, is_family=is_family):
        refusal = paperwork.PROXY_OVER_LIMIT
        raise RuleViolation(Refusal(refusal.code, str(refusal.sentence).format(most=most)))


def _require_organiser(actor: Actor, vote: Vote, proxy: Proxy) -> None:
    if not has_perm("voting.accept_proxy", actor, vote):
        raise NotAllowed("voting.accept_proxy")
    if proxy.state != ProxyState.OFFERED:
        raise RuleViolation(paperwork.PROXY_NOT_WAITING)


def _decided(actor: Actor, proxy: Proxy, state: ProxyState, reason: str = "") -> None:
    proxy.state, proxy.reason = state.value, reason[:200]
    proxy.decided_by_id, proxy.decided_at = actor.person_id, now()
    proxy.save()


@transaction.atomic
def refuse_proxy(actor: Actor, proxy_id: int, *, reason: str) -> Proxy:
    """The document does not do; the reason is told to the agent."""
    vote, proxy = _locked(actor, proxy_id)
    _require_organiser(actor, vote, proxy)
    if not reason.strip():
        raise RuleViolation(handing.REASON_MISSING)
    _decided(actor, proxy, ProxyState.REFUSED, reason.strip())
    record(actor, "voting.refuse_proxy", number=vote.matter.number, place=vote.place_path, detail={"proxy": proxy.pk})
    body = _("委托没有被接受：%s") % proxy.reason
    send([proxy.agent_id], title=vote.question, body=body, url=vote.get_absolute_url())
    return proxy


@transaction.atomic
def withdraw_proxy(actor: Actor, proxy_id: int) -> Proxy:
    """The owner takes it back, until it has been used; after that their own vote still goes before it."""
    vote, proxy = _locked(actor, proxy_id)
    holds = RightHolder.objects.filter(right=proxy.right_id, person_id=actor.person_id).exists()
    if actor.office is not None or not (holds or proxy.principal_id == actor.person_id):
        raise NotAllowed("voting.withdraw_proxy")
    if proxy.state == ProxyState.USED:
        raise RuleViolation(paperwork.PROXY_USED)
    if proxy.state not in LIVING:
        raise RuleViolation(paperwork.PROXY_NOT_WAITING)
    _end(actor, vote, proxy)
    record(actor, "voting.withdraw_proxy", number=vote.matter.number, place=vote.place_path, detail={"proxy": proxy.pk})
    send([proxy.agent_id], title=vote.question, body=_("业主已撤回委托。"), url=vote.get_absolute_url())
    return proxy


def end_proxies(actor: Actor, vote: Vote, right: Right) -> None:
    """Whoever cast for the former owner does so no more: the right has passed to a new one."""
    for proxy in Proxy.objects.select_for_update(of=("self",)).filter(right=right, state__in=WAITING):
        _end(actor, vote, proxy, _("房屋已经转让"))
        words = _("这一票已由登记的新业主来投，原来的委托不再有效。")
        send([proxy.agent_id], title=vote.question, body=words, url=vote.get_absolute_url())


def _end(actor: Actor, vote: Vote, proxy: Proxy, reason: str = "") -> None:
    """Withdrawn; the ledger hears of one that had been accepted."""
    was_accepted = proxy.state == ProxyState.ACCEPTED
    _decided(actor, proxy, ProxyState.WITHDRAWN, reason)
    if was_accepted:
        slot = entries.slot_of(opening_salt(proxy.right.salt))
        write_entry(vote, EntryKind.PROXY_WITHDRAWN, now(), entries.proxy(slot=slot))
