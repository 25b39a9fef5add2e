"""Reads of secret votes: trustees, what they open, the published list. Nothing here leads from a voter to a choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.community.models import Office, Place, Residence
from xieshang.community.queries import community_of, name_for
from xieshang.community.rules import PROPERTY_ROLES, PlaceKind, ResidenceState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import moment
from xieshang.lib.envelopes import Point
from xieshang.lib.paging import number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.text import half_width
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter

from ..models import BoxTally, Envelope, Opening, Option, Right, RightUsed, SecretEnd, Trustee, Vote
from ..rules import Channel, Kind, Mark, OptionKind, Paper, State, Tally, require_valid_choice, secret
from ..rules.secret import Candidate

ONE = Tally(1, 0)
MOST_SCOPES = 200


# Who may be trustee. --------------------------------------------------------------------------------------------------


def find_trustee(scope: Place, text: str) -> Candidate:
    """Somebody by name or mobile number: in office for this place, or with a home in its community."""
    typed = "".join(half_width(text).split())
    community = community_of(scope) or scope
    offices = Office.objects.running(shown_today()).filter(_near(community))
    living = Residence.objects.filter(community=community, state=ResidenceState.CONFIRMED.value)
    known = Q(pk__in=offices.values("person")) | Q(pk__in=living.values("person"))
    by_name = Q(real_name=typed) if typed else Q(pk=None)
    found = list(Person.objects.filter(known, by_name | Q(phone=f"+86{typed}"), is_active=True).distinct()[:2])
    if len(found) != 1:
        refusal = secret.TRUSTEE_AMBIGUOUS if found else secret.TRUSTEE_UNKNOWN
        raise RuleViolation(secret.said(refusal, text=text.strip() or _("（空着）")))
    return candidate_of(community, found[0].pk)


def candidate_of(scope: Place, person_id: int) -> Candidate:
    """A person with the bodies they speak for in this community."""
    community = community_of(scope) or scope
    held = Office.objects.running(shown_today()).filter(_near(community), person_id=person_id)
    of_company = any(office.role in PROPERTY_ROLES for office in held)
    return Candidate(person_id, frozenset(office.body_id for office in held), of_company)


def _near(community: Place) -> Q:
    """Bodies of this community, of places in it, and of those that contain it."""
    steps = [community.path[:end] for end in range(Place.steplen, len(community.path) + 1, Place.steplen)]
    return Q(body__place__path__in=steps) | Q(body__place__path__startswith=community.path)


def _officers(community: Place) -> list[str]:
    """Names to offer in the form: those in office, the company's people left out."""
    offices = Office.objects.running(shown_today()).filter(_near(community)).exclude(role__in=list(PROPERTY_ROLES))
    return sorted(set(offices.exclude(person__real_name="").values_list("person__real_name", flat=True)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form offers: places whose people may be asked, and names of those in office."""

    scopes: list[tuple[int, str]]
    officers: list[str]


def whom_to_ask(path: str) -> Asked:
    """The choices of an office that answers for this place."""
    place = get_object_or_404(Place, path=path)
    inside = Place.objects.filter(path__startswith=path, depth__lte=place.depth + 2).exclude(kind=PlaceKind.UNIT.value)
    return Asked([(one.pk, one.label) for one in inside.order_by("path")[:MOST_SCOPES]], _officers(place))


def asked_about(actor: Actor, number: str) -> Matter | None:
    """The matter that a secret vote is drafted out of; none is named for one that stands alone, 404 if unknown."""
    return get_object_or_404(Matter.objects.visible_to(actor), pk=number_in(number) or 0) if number else None


@dataclass(frozen=True, slots=True)
class ShownTrustee:
    """A trustee as everybody sees them: seat, name, the fingerprint of the key in groups of four."""

    seat: int
    name: str
    fingerprint: str
    when: str
    point: dict[str, str]
    is_me: bool


def trustees_of(actor: Actor, vote: Vote) -> list[ShownTrustee]:
    """The three trustees of a vote, with their real names: they hold an office of trust."""
    rows = Trustee.objects.filter(vote=vote).select_related("person").order_by("seat")
    return [_shown(actor, row) for row in rows]


def _shown(actor: Actor, row: Trustee) -> ShownTrustee:
    name = row.person.real_name or name_for(row.person_id, actor).name
    if row.public_key is None:
        return ShownTrustee(row.seat, name, "", "", {}, row.person_id == actor.person_id)
    code = Point(**row.public_key).fingerprint
    grouped = " ".join(code[at : at + 4] for at in range(0, 32, 4))
    when = moment(row.made_at) if row.made_at else ""
    return ShownTrustee(row.seat, name, grouped, when, row.public_key, row.person_id == actor.person_id)


def trustee_seat(actor: Actor, vote_id: int) -> tuple[Vote, ShownTrustee]:
    """The vote and this person's seat in it; 404 for everybody else."""
    mine = Trustee.objects.filter(vote_id=vote_id, person_id=actor.person_id or 0)
    row = get_object_or_404(mine.select_related("vote__matter", "vote__scope", "person"))
    return row.vote, _shown(actor, row)


def trustees_waiting(actor: Actor) -> list[Waiting]:
    """What a trustee has to do: make a key, or bring it to the opening; one query."""
    unmade = Q(vote__state=State.DRAFTED.value, made_at=None)
    unopened = Q(vote__state=State.CLOSED.value, vote__counts=None, vote__envelopes__isnull=False)
    rows = Trustee.objects.filter(unmade | unopened, person_id=actor.person_id or 0).select_related("vote").distinct()
    return [
        _task(row, "voting:unseal", _("截止了，等两位保管人开封"), _("去开封"))
        if row.vote.state == State.CLOSED
        else _task(row, "voting:trustee", _("请您做一把钥匙"), _("去做钥匙"))
        for row in rows.order_by("vote_id")
    ]


def _task(row: Trustee, address: str, line: str, action: str) -> Waiting:
    url = reverse(address, args=[row.vote_id])
    return Waiting(title=_("“%s”的钥匙保管人") % row.vote.question, line=line, url=url, action=action)


# What is sealed, and what was found inside. ---------------------------------------------------------------------------


def secret_vote(actor: Actor, vote_id: int) -> Vote:
    """A secret vote that this actor may know of."""
    votes = Vote.objects.visible_to(actor).filter(kind=Kind.SECRET.value).select_related("matter__place", "scope")
    return get_object_or_404(votes.prefetch_related("options"), pk=vote_id)


def sealing_facts(actor: Actor, vote: Vote) -> dict[str, object]:
    """What a browser needs to seal a choice."""
    trustees = {str(one.seat): one.point for one in trustees_of(actor, vote)}
    return {"vote": vote.matter.number, "trustees": trustees}


def envelope_file(actor: Actor, vote: Vote) -> dict[str, object]:
    """All envelopes of a closed vote in the order of their trackers, with the keys found so far. For everybody."""
    if vote.state != State.CLOSED:
        raise Http404
    rows = list(Envelope.objects.filter(vote=vote).select_related("opening"))
    envelopes = [row.sealed for row in rows]
    keys = {row.tracker: row.opening.key for row in rows if hasattr(row, "opening")}
    return sealing_facts(actor, vote) | {
        "format": "xieshang-secret/1",
        "code": secret.list_code(envelopes),
        "envelopes": envelopes,
        "keys": keys,
        "options": [option.text for option in vote.options.all()],
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the published list."""

    tracker: str
    choice: str


@dataclass(frozen=True, slots=True)
class PublishedList:
    """Trackers with what was inside (before the opening the trackers alone), and the check code of the envelopes."""

    rows: list[Listed]
    code: str
    is_open: bool
    papers: int


def published_list(vote: Vote) -> PublishedList:
    """The list of a closed secret vote, for everybody; 404 before. Three queries."""
    if vote.state != State.CLOSED:
        raise Http404
    texts = {option.position: option.text for option in vote.options.all()}
    found = list(Envelope.objects.filter(vote=vote).select_related("opening"))
    return PublishedList(
        rows=[Listed(row.tracker, _said(row, texts)) for row in found],
        code=secret.list_code([row.sealed for row in found]),
        is_open=any(hasattr(row, "opening") for row in found),
        papers=RightUsed.objects.filter(right__vote=vote, channel=Channel.PAPER.value).count(),
    )


def _said(row: Envelope, texts: dict[int, str]) -> str:
    opening = getattr(row, "opening", None)
    if opening is None:
        return ""
    if not opening.key:
        return _("没能打开，算无效")
    if len(opening.places) != 1 or opening.places[0] not in texts:
        return _("里面的选择不对，算无效")
    return texts[opening.places[0]]


def papers_of_secret(vote: Vote) -> Iterator[Paper]:
    """What was in the envelopes, and in the paper box as two people counted it, for the one count."""
    options = {option.position: option for option in Option.objects.filter(vote=vote)}
    kinds = {option.pk: OptionKind(option.kind) for option in options.values()}
    for places in Opening.objects.filter(envelope__vote=vote).values_list("places", flat=True):
        yield _paper([options[place].pk for place in places if place in options], len(places), kinds, vote)
    figures = agreed_tally(vote) or secret.Figures()
    for place, number in figures.places:
        yield from [Paper(ONE, Channel.PAPER, (options[place].pk,))] * number
    for _void in range(figures.void):
        yield Paper(ONE, Channel.PAPER, (), Mark.INVALID)


def _paper(chosen: list[int], ticks: int, kinds: dict[int, OptionKind], vote: Vote) -> Paper:
    try:
        require_valid_choice(chosen, kinds, vote.most_choices)
    except RuleViolation:
        return Paper(ONE, Channel.ONLINE, (), Mark.INVALID)
    return Paper(ONE, Channel.ONLINE, tuple(chosen), Mark.VALID if ticks == len(chosen) else Mark.INVALID)


def agreed_tally(vote: Vote) -> secret.Figures | None:
    """The figures of the paper box that two people found alike; None as long as no two agree."""
    seen: list[dict[str, Any]] = []
    for kept in BoxTally.objects.filter(vote=vote).order_by("pk").values_list("figures", flat=True):
        if kept in seen:
            places = tuple((int(place), number) for place, number in kept["places"].items())
            return secret.Figures(places, kept["void"])
        seen.append(kept)
    return None


# The page of those who look after the vote. ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownEnd:
    """That a vote ended without a result, or that somebody asks for it: why, when; whether this reader may answer."""

    id: int
    reason: str
    when: str
    is_done: bool
    may_answer: bool


def _end_of(actor: Actor, vote: Vote) -> ShownEnd | None:
    row = SecretEnd.objects.filter(vote=vote).exclude(agreed=False).order_by("-pk").first()
    if row is None:
        return None
    done = row.answered_at is not None
    may_answer = not done and row.asked_by_id != actor.hands and has_perm("voting.answer_end", actor, vote)
    knows = done or may_answer or has_perm("voting.end_secret", actor, vote)
    return ShownEnd(row.pk, row.reason, moment(row.asked_at), done, may_answer) if knows else None


@dataclass(frozen=True, slots=True)
class SecretPage:
    """How far a secret vote is, for its page."""

    trustees: list[ShownTrustee]
    missing: int
    envelopes: int
    papers: int
    tallies: int
    is_open: bool
    is_counted: bool
    may_begin: bool
    may_unseal: bool
    may_hand_out: bool
    may_tally: bool
    may_end: bool
    end: ShownEnd | None
    is_trustee: bool


def secret_page(actor: Actor, vote: Vote) -> SecretPage:
    """What the page of a secret vote shows beside the ordinary; at most eight queries."""
    trustees = trustees_of(actor, vote)
    used = RightUsed.objects.filter(right__vote=vote)
    is_closed, is_counted = vote.state == State.CLOSED, vote.counts.exists()
    papers = used.filter(channel=Channel.PAPER.value).count()
    waits = is_closed and not is_counted
    found = Envelope.objects.filter(vote=vote).aggregate(all=Count("pk"), opened=Count("opening"))
    envelopes, is_open = found["all"], found["opened"] > 0
    is_over = vote.state == State.VOIDED or is_open or is_counted
    end = _end_of(actor, vote)
    return SecretPage(
        trustees=trustees,
        missing=sum(not one.fingerprint for one in trustees),
        envelopes=envelopes,
        papers=papers,
        tallies=BoxTally.objects.filter(vote=vote).count(),
        is_open=is_open,
        is_counted=is_counted,
        may_begin=vote.state == State.DRAFTED and has_perm("voting.open", actor, vote),
        may_unseal=waits and envelopes > 0 and not is_open and has_perm("voting.unseal", actor, vote),
        may_hand_out=vote.state == State.OPEN and has_perm("voting.hand_out_paper", actor, vote),
        may_tally=waits and papers > 0 and has_perm("voting.tally_paper", actor, vote),
        may_end=not is_over and end is None and has_perm("voting.end_secret", actor, vote),
        end=end,
        is_trustee=any(one.is_me for one in trustees),
    )


def rights_to_hand_out(vote: Vote, words: str) -> list[tuple[int, str]]:
    """People on the roll of this name or mobile number: number of the right, name and home, for the desk alone."""
    typed = "".join(half_width(words).split())
    if not typed:
        return []
    by_person = Q(person__real_name=typed) | Q(person__phone=f"+86{typed}")
    rights = Right.objects.filter(by_person, vote=vote).select_related("person").order_by("number")[:10]
    homes = Residence.objects.filter(person__in=[right.person_id for right in rights]).select_related("unit")
    labels = {row.person_id: row.unit.label for row in homes}
    return [
        (right.number or 0, f"{right.person.real_name} · {labels.get(right.person.pk, '')}")
        for right in rights
        if right.person
    ]
