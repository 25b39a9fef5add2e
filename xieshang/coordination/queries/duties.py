"""What the rules of duties need to know of a committee's term; for one, and for many at once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from xieshang.community.models import Body, Place, PropertyArea, RuleSet
from xieshang.lib.clock import shown_today
from xieshang.voting.models import Decision
from xieshang.voting.rules import Item
from xieshang.voting.rules.deciding import ENDS

from ..models import CommitteeTerm, FiledPaper
from ..rules.bodies import Limits, PaperKind, Term
from ..rules.guidance import DEFAULTS, KIND

FIRST = date.min


def limits_at(place: Place) -> Limits:
    """The numbers of duties that hold at a place today."""
    return limits_of([place])[place.pk]


def limits_of(places: Collection[Place]) -> dict[int, Limits]:
    """The numbers that hold at each of these places today, from the outermost place inward; one query."""
    paths = {path for place in places for path in place.ancestor_paths}
    sets = RuleSet.objects.filter(kind=KIND, place__path__in=paths, effective_from__lte=shown_today())
    ordered = list(sets.select_related("place").order_by("place__depth", "effective_from"))
    return {
        place.pk: _limits(row.values for row in ordered if place.path.startswith(row.place.path)) for place in places
    }


def _limits(sets: Iterable[Mapping[str, object]]) -> Limits:
    values = dict(DEFAULTS)
    for one in sets:
        values.update(one)
    names = ("reelection_months", "handover_days", "filing_days", "term_years_most")
    return Limits(**{name: int(str(values[name])) for name in names})


def term_facts(term: CommitteeTerm) -> Term:
    """The facts of one term."""
    return facts_of([term])[term.body_id]


def latest_terms(bodies: Collection[Body]) -> list[CommitteeTerm]:
    """The newest term of each of these bodies; one query."""
    later = CommitteeTerm.objects.filter(body=OuterRef("body"), starts__gt=OuterRef("starts"))
    rows = CommitteeTerm.objects.filter(body__in=[body.pk for body in bodies]).exclude(Exists(later))
    return list(rows.select_related("body__place"))


def facts_of(terms: Collection[CommitteeTerm]) -> dict[int, Term]:
    """The facts of terms, one a body, by the body's id; three queries for all of them."""
    bodies = [term.body_id for term in terms]
    first: dict[int, date] = {}
    for body, starts in CommitteeTerm.objects.filter(body__in=bodies).values_list("body_id", "starts"):
        first[body] = min(starts, first.get(body, starts))
    filed: dict[int, date] = {}
    papers = FiledPaper.objects.filter(body__in=bodies, kind=PaperKind.FILING.value)
    for body, day in papers.values_list("body_id", "filed_on"):
        filed[body] = max(day, filed.get(body, FIRST))
    electing = places_deciding({term.body.place_id for term in terms}, Item.COMMITTEE)
    return {
        term.body_id: Term(
            starts=term.starts,
            ends=term.ends,
            has_earlier=first[term.body_id] < term.starts,
            handed_over_on=term.handed_over_on,
            filed_on=filed.get(term.body_id),
            is_electing=term.body.place_id in electing,
        )
        for term in terms
    }


def places_deciding(places: Collection[int], item: Item) -> set[int]:
    """Those of these estates in which a vote about this item is under way; one query."""
    running = Decision.objects.filter(item=item.value).exclude(state__in=[state.value for state in ENDS])
    rows: QuerySet[PropertyArea, int] = PropertyArea.objects.filter(
        places__in=places, decisions__in=running
    ).values_list("places", flat=True)
    return set(rows)


def areas_deciding(communities: Collection[int], item: Item) -> set[int]:
    """Those property management areas of these communities in which a vote about this item is under way; one query."""
    running = Decision.objects.filter(item=item.value, community__in=communities)
    return set(running.exclude(state__in=[state.value for state in ENDS]).values_list("area_id", flat=True))
