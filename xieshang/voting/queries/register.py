"""Reads of an estate's list: its pages for those who keep it, its questions, who asks to be an owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from xieshang.community.models import PropertyArea
from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page, number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.text import mask_identities, mask_phones

from ..models import OwnerClaim, Register, RegisterImport, RegisterOwner, RegisterUnit, SameName
from ..rules import Sale, Tally, UnitKind
from ..rules.estate import AreaSource, ClaimState, Sameness
from ..rules.estatefile import FIELD_LABELS, KIND_WORDS, SALE_WORDS, SOURCE_WORDS, Field, guessed, heading_of
from ..rules.estatefile.cells import text_of
from ..rules.estatefile.columns import plain
from .lists import community_for
from .rolls import natural

ROWS = 50
_SAMPLES = 2


@dataclass(frozen=True, slots=True)
class EstateRow:
    """An estate on the page that leads to the lists: what this reader may do there."""

    area: PropertyArea
    keeps: bool
    claims: list[OwnerClaim]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the list in words."""

    label: str
    kind: str
    area: str
    source: str
    sale: str
    owners: list[str]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a file: its header, what it was taken for, and what stands in it."""

    word: str
    field: str
    samples: list[str]


def estates_for(actor: Actor, chosen: int | None) -> list[EstateRow]:
    """The estates of the reader's community, those they keep first to be worked on."""
    community = community_for(actor, chosen)
    areas = PropertyArea.objects.filter(community_id=community).select_related("community").order_by("name", "pk")
    claims = OwnerClaim.objects.filter(person_id=actor.person_id or 0).exclude(state=ClaimState.ENDED.value)
    mine: dict[int, list[OwnerClaim]] = {}
    for claim in claims.select_related("owner__register").order_by("pk"):
        mine.setdefault(claim.owner.register.area_id, []).append(claim)
    rows = areas if community else PropertyArea.objects.none()
    return [EstateRow(area, has_perm("voting.import_register", actor, area), mine.get(area.pk, [])) for area in rows]


def kept_area(actor: Actor, area_id: int) -> PropertyArea:
    """The estate whose list this actor keeps; NotAllowed for others, so that its names stay with those who keep it."""
    area = PropertyArea.objects.filter(pk=area_id).select_related("community").first()
    if area is None:
        raise Http404
    if not has_perm("voting.import_register", actor, area):
        raise NotAllowed("voting.import_register", "名册上有个人信息，只给管名册的业委会、物管会、居委会和街道看。")
    return area


def any_area(area_id: int) -> PropertyArea:
    """An estate by its id: its name is no secret."""
    area = PropertyArea.objects.filter(pk=area_id).select_related("community").first()
    if area is None:
        raise Http404
    return area


def register_of(area: PropertyArea) -> Register | None:
    """The list of an estate, if there is one yet."""
    return Register.objects.filter(area=area).select_related("area").first()


def buildings_in(register: Register) -> list[tuple[str, int]]:
    """Buildings of the list with how many units, in natural order."""
    units = RegisterUnit.objects.filter(register=register, gone_on=None)
    counted = units.values_list("building").annotate(number=Count("pk"))
    return sorted(((name, number) for name, number in counted), key=lambda pair: natural(pair[0]))


def units_page(register: Register, key: str, *, building: str | None, words: str) -> Page[UnitRow]:
    """One page of the list in its own order, of one building or of what a search finds (room, code, name)."""
    rows = RegisterUnit.objects.filter(register=register, gone_on=None)
    if building is not None:
        rows = rows.filter(building=building)
    if words:
        rows = rows.filter(Q(code__icontains=words) | Q(room__contains=words) | Q(owners__owner__name=words)).distinct()
    after = number_in(key)
    found = list(rows.filter(pk__gt=after or 0).order_by("pk").prefetch_related("owners__owner")[: ROWS + 1])
    shown = [_unit_row(unit) for unit in found[:ROWS]]
    return Page(shown, str(found[ROWS - 1].pk) if len(found) > ROWS else "", after is None)


def _unit_row(unit: RegisterUnit) -> UnitRow:
    return UnitRow(
        label=unit.label,
        kind=KIND_WORDS[UnitKind(unit.kind)],
        area=Tally(0, unit.area_centi).area if unit.area_centi else "",
        source=SOURCE_WORDS[AreaSource(unit.area_source)] if unit.area_source else "",
        sale=SALE_WORDS[Sale(unit.sale_state)],
        owners=[owner_words(link.owner) for link in unit.owners.all()],
    )


def owner_words(owner: RegisterOwner) -> str:
    """An owner for those who keep the list: name, end of the number, guardian."""
    number = f"（证件尾号{owner.id_tail}）" if owner.id_tail else "（没有证件号）"
    return owner.name + number + (f"，监护人{owner.guardian}" if owner.guardian else "")


def last_import(register: Register) -> RegisterImport | None:
    """The last import of the list."""
    return register.imports.select_related("by").order_by("-pk").first()


# Questions and claims -------------------------------------------------------------------------------------------


def same_name_rows(register: Register, *, answered: bool) -> QuerySet[SameName]:
    """Questions about one name: open ones, or answered ones with who answered."""
    rows = SameName.objects.filter(register=register)
    rows = rows.exclude(answer=Sameness.OPEN.value) if answered else rows.filter(answer=Sameness.OPEN.value)
    return (
        rows.select_related("first", "second", "answered_by", "answered_in")
        .order_by("pk")
        .prefetch_related("first__units__unit", "second__units__unit")
    )


MOST = 100


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question about one name in words: who, with which homes, and the answer if there is one."""

    id: int
    name: str
    first: str
    second: str
    answer: str
    basis: str
    by: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim at the desk in words: who asks, whom of the list they say to be."""

    id: int
    nickname: str
    real_name: str
    owner: str
    homes: str
    claim: OwnerClaim


def questions_in_words(register: Register, *, answered: bool) -> list[QuestionRow]:
    """Questions for the clerk, with what tells the two apart; answered ones newest first."""
    rows = same_name_rows(register, answered=answered)
    return [
        QuestionRow(
            id=row.pk,
            name=row.first.name,
            first=_of_owner(row.first),
            second=_of_owner(row.second),
            answer=row.answer,
            basis=row.basis,
            by=str(row.answered_in.title if row.answered_in else row.answered_by or ""),
        )
        for row in (rows.order_by("-answered_at") if answered else rows)[:MOST]
    ]


def _of_owner(owner: RegisterOwner) -> str:
    number = f"证件尾号{owner.id_tail}" if owner.id_tail else "没有证件号"
    phone = f"，电话尾号{owner.phone[-4:]}" if owner.phone else ""
    return f"{homes_of_owner(owner) or '现在名下没有房'}（{number}{phone}）"


def claims_in_words(area: PropertyArea) -> list[ClaimRow]:
    """What waits at the desk."""
    return [
        ClaimRow(
            id=claim.pk,
            nickname=claim.person.get_short_name(),
            real_name=claim.person.real_name,
            owner=owner_words(claim.owner),
            homes=homes_of_owner(claim.owner),
            claim=claim,
        )
        for claim in waiting_claims(area)[:MOST]
    ]


def homes_of_owner(owner: RegisterOwner) -> str:
    """Units of an owner in words."""
    return "、".join(link.unit.label for link in owner.units.all() if link.unit.gone_on is None)


def open_questions(register: Register) -> int:
    """How many same-name questions wait."""
    return SameName.objects.filter(register=register, answer=Sameness.OPEN.value).count()


def waiting_claims(area: PropertyArea) -> QuerySet[OwnerClaim]:
    """Claims that wait at the desk, oldest first."""
    rows = OwnerClaim.objects.filter(owner__register__area=area, state=ClaimState.ASKED.value)
    return rows.select_related("person", "owner").prefetch_related("owner__units__unit").order_by("pk")


def claims_of(actor: Actor, area: PropertyArea) -> list[OwnerClaim]:
    """Own claims in one estate, newest first."""
    rows = OwnerClaim.objects.filter(person_id=actor.person_id or 0, owner__register__area=area)
    return list(rows.select_related("owner").prefetch_related("owner__units__unit").order_by("-pk"))


# Columns of a file ----------------------------------------------------------------------------------------------

Sheets = Mapping[str, Sequence[Sequence[object]]]
CHOICES = [(field.value, label) for field, label in FIELD_LABELS.items()]


def columns_of(sheets: Sheets, remembered: Mapping[str, str]) -> list[ColumnRow]:
    """Every header of a file once, with what it was taken for and samples; without a header, the fullest row."""
    found: dict[str, ColumnRow] = {}
    for rows in sheets.values():
        top = [[text_of(cell) for cell in row] for row in rows[:31]]
        heading = heading_of(top, remembered)
        if heading:
            at, words = heading.at, heading.words
        elif top:
            at = max(range(len(top)), key=lambda n: sum(bool(cell) and not cell[0].isdigit() for cell in top[n]))
            words = {place: cell for place, cell in enumerate(top[at]) if cell}
        else:
            continue
        for place, word in sorted(words.items()):
            if plain(word) not in found:
                seen = [row[place] for row in top[at + 1 :] if place < len(row) and row[place]][:_SAMPLES]
                samples = [mask_identities(mask_phones(cell)) for cell in seen]
                field = guessed(word, remembered) or Field.NONE
                found[plain(word)] = ColumnRow(word, field.value, samples)
    return list(found.values())


def said_of_columns(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What somebody said of headers, as it is remembered; unknown words are left out."""
    known = {field.value for field in Field}
    return {plain(word): field for word, field in pairs if field in known and plain(word)}
