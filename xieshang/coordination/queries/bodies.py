"""The register of bodies under guidance, as lists of what each owes, and one body with everything kept of it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Office, Place
from xieshang.community.rules import COMMUNITY_KINDS, BodyKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import full_day
from xieshang.lib.paging import Page, number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.refusals import later as mark
from xieshang.outcomes.models import ActionItem
from xieshang.voting.models import ServiceContract
from xieshang.voting.rules import Item
from xieshang.voting.rules.contracts import reached, words_of

from ..models import DUTY_LABELS, CommitteeTerm, FiledPaper, Guidance, Recusal
from ..rules.bodies import MEMBER_SOON, Duty, DutyKind, Limits, Term, open_duties
from ..rules.guidance import OWNERS_BODIES
from .duties import areas_deciding, facts_of, latest_terms, limits_of

KINDS = [kind.value for kind in (*sorted(OWNERS_BODIES), BodyKind.PROPERTY_COMPANY)]
COMMUNITIES_A_PAGE = 10
BODIES_MOST = 400
SOON = 30
FOR_OFFICES = mark("受指导组织的登记给党组织、居委会、街道和组织自己看。")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a body owes or ought to know: what, a word of time, how near, where to go."""

    what: str
    note: str
    due: date
    url: str = ""
    # Terms, filings and contracts, against what is answered or done elsewhere.
    is_of_the_register: bool = False

    @property
    def days(self) -> int:
        """Days left, negative when over."""
        return (self.due - shown_today()).days

    @property
    def is_late(self) -> bool:
        """Whether its last day has gone by."""
        return self.days < 0


@dataclass(slots=True)
class BodyRow:
    """A body with its term, what it owes, and members whose own term ends soon."""

    body: Body
    url: str
    term: CommitteeTerm | None
    lines: list[Line]
    members: list[Office] = field(default_factory=list)
    recusals: int = 0
    takes_terms: bool = True
    contracts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CommunityRows:
    """The bodies of one community, in the order of the estates."""

    community: Place
    rows: list[BodyRow]


def bodies_page(actor: Actor, key: str) -> Page[CommunityRows]:
    """Communities in the place of this office, in the order of the map and in no other, with their bodies."""
    office = actor.office
    if office is None or not has_perm("coordination.see_bodies", actor, office.place_path):
        raise NotAllowed("coordination.see_bodies", FOR_OFFICES)
    communities = communities_of(office.place_path)
    after = communities.filter(pk=number_in(key) or 0).values_list("path", flat=True).first()
    rows = communities.filter(path__gt=after) if after else communities
    found = list(rows[: COMMUNITIES_A_PAGE + 1])
    shown = found[:COMMUNITIES_A_PAGE]
    by_community: dict[int, list[BodyRow]] = {}
    for row in rows_of(shown):
        by_community.setdefault(row.body.place.community_id or row.body.place_id, []).append(row)
    more = str(shown[-1].pk) if len(found) > len(shown) else ""
    return Page([CommunityRows(one, by_community.get(one.pk, [])) for one in shown], more, after is None)


def communities_of(path: str) -> QuerySet[Place]:
    """The communities and villages in a place, and the one it lies in, by the map."""
    kinds = [kind.value for kind in COMMUNITY_KINDS]
    here = Q(path__startswith=path) | Q(path__in=[path[:end] for end in range(Place.steplen, len(path), Place.steplen)])
    return Place.objects.filter(here, kind__in=kinds).order_by("path")


def _bodies_in(communities: Collection[Place]) -> list[Body]:
    ids = [community.pk for community in communities]
    rows = Body.objects.filter(kind__in=KINDS, place__community__in=ids).select_related("place")
    return list(rows.order_by("place__path", "kind", "pk")[:BODIES_MOST])


def rows_of(communities: Collection[Place]) -> list[BodyRow]:
    """The bodies under guidance of these communities with what each owes."""
    return _rows(_bodies_in(communities))


def _rows(bodies: list[Body]) -> list[BodyRow]:
    """Every body with what is to be known of it; ten queries for all of them."""
    terms = {term.body_id: term for term in latest_terms(bodies)}
    facts, limits = facts_of(list(terms.values())), limits_of([body.place for body in bodies])
    known = _contracts(bodies)
    contracts, answers, promised = _contract_lines(known), _unanswered(bodies), _overdue_items(bodies)
    ending, aside = _ending(bodies), _aside(bodies)
    rows = []
    for body in bodies:
        term = terms.get(body.pk)
        lines = _term_lines(facts[body.pk], limits[body.place_id]) if term else []
        lines += [*contracts.get(body.pk, []), *answers.get(body.pk, []), *promised.get(body.pk, [])]
        lines.sort(key=lambda line: line.due)
        url = reverse("coordination:guided_body", args=[body.pk])
        takes_terms = body.kind != BodyKind.PROPERTY_COMPANY
        ends = [_contract_words(contract) for contract, _words in known.get(body.pk, [])]
        rows.append(BodyRow(body, url, term, lines, ending.get(body.pk, []), aside[body.pk], takes_terms, ends))
    return rows


NOTES = {
    DutyKind.REELECTION: mark("任期届满前三个月要启动换届，起草选举表决、报党组织听取意见。"),
    DutyKind.TERM_OVER: mark("任期已经届满，还没有新一届。"),
    DutyKind.HANDOVER: mark("上一届的资料、印章、账款要交给新一届，交了请登记。"),
    DutyKind.FILING: mark("选出以后要向街道和房管部门备案，回执请登记。"),
}


def _term_lines(term: Term, limits: Limits) -> list[Line]:
    return [_duty_line(duty) for duty in open_duties(term, limits, shown_today())]


def _duty_line(duty: Duty) -> Line:
    return Line(str(DUTY_LABELS[duty.kind]), _(NOTES[duty.kind]), duty.due, is_of_the_register=True)


Contracts = dict[int, list[tuple[ServiceContract, str]]]


def _contracts(bodies: list[Body]) -> Contracts:
    """The running contracts of each company, in its name or of its estate, with what is to be done; two queries."""
    companies = [body for body in bodies if body.kind == BodyKind.PROPERTY_COMPANY]
    if not companies:
        return {}
    communities = {body.place.community_id or body.place_id for body in companies}
    deciding = areas_deciding(communities, Item.COMPANY)
    rows = ServiceContract.objects.filter(closed_at=None, community__in=communities).select_related("area")
    found: Contracts = {}
    for contract in rows.annotate(place=Min("area__places")).order_by("ends", "pk"):
        words = words_of(reached(contract.ends, shown_today()))
        told = _("已经有业主表决在办。") if words and contract.area_id in deciding else words
        for body in companies:
            if body.name == contract.company or body.place_id == contract.place:
                found.setdefault(body.pk, []).append((contract, told))
    return found


def _contract_words(contract: ServiceContract) -> str:
    ends = full_day(contract.ends)
    return _("%(area)s的物业合同到%(day)s") % {"area": contract.area.name, "day": ends}


def _contract_lines(known: Contracts) -> dict[int, list[Line]]:
    """Those that have reached a mark of the calendar."""
    url = reverse("voting:contracts")
    return {
        body: [
            Line(_("%s的物业合同到期") % contract.area.name, words, contract.ends, url, is_of_the_register=True)
            for contract, words in rows
            if words
        ]
        for body, rows in known.items()
    }


def _unanswered(bodies: list[Body]) -> dict[int, list[Line]]:
    """Opinions that wait for an answer of these bodies, once they are nearly due; one query."""
    near = shown_today() + timedelta(days=SOON)
    rows = Guidance.objects.filter(state="given", body__in=[body.pk for body in bodies], answer_due__lte=near)
    found: dict[int, list[Line]] = {}
    for row in rows.select_related("matter").order_by("answer_due", "pk")[:BODIES_MOST]:
        line = Line(_("答复指导意见"), row.matter.title, row.answer_due or shown_today(), row.get_absolute_url())
        found.setdefault(row.body_id, []).append(line)
    return found


def _overdue_items(bodies: list[Body]) -> dict[int, list[Line]]:
    """What these bodies promised and did not do by its day; one query."""
    rows = ActionItem.objects.filter(state="open", body__in=[body.pk for body in bodies], due__lt=shown_today())
    found: dict[int, list[Line]] = {}
    for item in rows.order_by("due", "pk")[:BODIES_MOST]:
        line = Line(_("答应的事过了期限"), item.what, item.due, item.get_absolute_url())
        found.setdefault(item.body_id, []).append(line)
    return found


def _ending(bodies: list[Body]) -> dict[int, list[Office]]:
    """Members whose own term ends soon; one query."""
    until = shown_today() + timedelta(days=MEMBER_SOON)
    rows = Office.objects.running(shown_today()).filter(body__in=[body.pk for body in bodies], ends__lte=until)
    found: dict[int, list[Office]] = {}
    for office in rows.select_related("body", "person").order_by("ends", "pk"):
        found.setdefault(office.body_id, []).append(office)
    return found


def _running(rows: "QuerySet[Recusal]") -> "QuerySet[Recusal]":
    today = shown_today()
    return rows.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)


def _aside(bodies: list[Body]) -> Counter[int]:
    """How many members of each body stand aside today; one query."""
    rows = _running(Recusal.objects.filter(body__in=[body.pk for body in bodies]))
    return Counter(dict(rows.values_list("body").annotate(number=Count("pk"))))


@dataclass(slots=True)
class BodyPage:
    """Everything kept of one body."""

    row: BodyRow
    terms: list[CommitteeTerm]
    offices: list[Office]
    papers: list[FiledPaper]
    recusals: list[Recusal]
    guidance: list[Guidance]
    may_keep: bool
    may_hand_over: bool
    guide_url: str = ""


def body_page(actor: Actor, body_id: int) -> BodyPage:
    """One body under guidance, for those who guide it and for its own people."""
    body = get_object_or_404(Body.objects.filter(kind__in=KINDS).select_related("place__community"), pk=body_id)
    path = body.place.path
    guides = has_perm("coordination.see_bodies", actor, path)
    if not guides and not has_perm("coordination.see_own_body", actor, body):
        raise NotAllowed("coordination.see_bodies", FOR_OFFICES)
    [row] = _rows([body])
    terms = list(CommitteeTerm.objects.filter(body=body).order_by("-starts")[:20])
    offices = Office.objects.running(shown_today()).filter(body=body).select_related("body", "person")
    recusals = Recusal.objects.filter(body=body).select_related("office__body", "office__person")
    return BodyPage(
        row=row,
        terms=terms,
        offices=list(offices.order_by("role", "pk")),
        papers=list(FiledPaper.objects.filter(body=body).order_by("-filed_on", "-pk")[:50]),
        recusals=list(recusals.order_by("-starts", "-pk")[:50]),
        guidance=list(
            Guidance.objects.visible_to(actor).filter(body=body).select_related("matter").order_by("-pk")[:10]
        ),
        may_keep=has_perm("coordination.keep_bodies", actor, path),
        may_hand_over=len(terms) > 1 and terms[0].handed_over_on is None,
        guide_url=_guide_url(actor, body),
    )


def visible_paper(actor: Actor, paper_id: int) -> FiledPaper:
    """A filed paper with its scan, for those who guide the body and for its own people; else 404."""
    paper = get_object_or_404(FiledPaper.objects.select_related("body__place").exclude(scan=""), pk=paper_id)
    guides = has_perm("coordination.see_bodies", actor, paper.body.place.path)
    if not guides and not has_perm("coordination.see_own_body", actor, paper.body):
        raise Http404
    return paper


def _guide_url(actor: Actor, body: Body) -> str:
    """Where the Party organisation writes an opinion for this body, or others ask for one."""
    for verb, page in (("give", "offer_guidance"), ("ask", "ask_guidance")):
        if has_perm(f"coordination.{verb}_guidance", actor, body.place.path):
            return f"{reverse(f'coordination:{page}')}?body_id={body.pk}&occasion=term"
    return ""
