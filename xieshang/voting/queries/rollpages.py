"""The page of a roll: for those on it and those who make it; own rows in full, others by surname."""

from dataclasses import dataclass, field

from django.http import Http404

from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.paging import Page, number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import Refusal

from ..models import Decision, Register, RegisterUnit, Right, Roll, RollObjection, SecondSignature, Succession
from ..rules import AREA_SOURCE, HEAD_SOURCE, Tally, keeping
from ..rules.estate import AreaSource
from ..rules.estatefile import SALE_WORDS, SOURCE_WORDS
from ..rules.voters import Sale
from .excluded import Exclusion, WaitingExclusion, exclusions_of, read_exclusions, waiting_exclusion
from .rolls import CHANGE, ROWS, RollRow, own_owners, roll_and_list, roll_facts_of, rows_frozen, standing_roll


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of the roll that waits for a second person, in words."""

    id: int
    label: str
    before: str
    after: str
    reason: str
    by_me: bool


@dataclass(slots=True)
class RollPage:
    """All that the page of a roll shows to this reader."""

    decision: Decision
    roll: Roll | None
    register: Register | None
    whole: Tally
    may_see: bool
    makes: bool
    mine: list[RollRow] = field(default_factory=list)
    page: Page[RollRow] | None = None
    objections: list[RollObjection] = field(default_factory=list)
    change: ChangeRow | None = None
    successions: list[Succession] = field(default_factory=list)
    excluded: list[Exclusion] = field(default_factory=list)
    exclusion: WaitingExclusion | None = None
    in_the_way: list[Refusal] = field(default_factory=list)
    may_object: bool = False
    may_answer_change: bool = False
    has_claim: bool = False
    head_source: str = HEAD_SOURCE
    area_source: str = AREA_SOURCE


def visible_decision(actor: Actor, vote_id: int) -> Decision:
    """The decision of a vote, if this actor may know of it."""
    rows = Decision.objects.visible_to(actor).select_related("vote__matter__place", "vote__scope", "area", "convener")
    decision = rows.filter(vote_id=vote_id).first()
    if decision is None:
        raise Http404
    return decision


def roll_page(actor: Actor, decision: Decision, key: str, size: int = ROWS) -> RollPage:
    """The roll of a decision: as the list makes it before it is frozen, as it stands afterwards."""
    roll, register = roll_and_list(decision)
    mine = own_owners(actor.person_id, register)
    makes = has_perm("voting.work_decision", actor, decision) and has_perm("voting.ask_roll_change", actor, decision)
    public = bool(roll and roll.published_on)
    page = RollPage(decision, roll, register, Tally(), makes or (bool(mine) and public), makes, has_claim=bool(mine))
    if roll and roll.frozen_at:
        page.whole = Tally(roll.heads, roll.area_centi)
    if not page.may_see or register is None:
        return page
    read_exclusions(decision)
    page.excluded = exclusions_of(decision)
    after = number_in(key) or 0
    if roll and roll.frozen_at:
        rows, page.mine = rows_frozen(decision.vote_id, mine, after, size)
    else:
        made = standing_roll(register, decision)
        page.whole = made.whole
        rows, page.mine = made.rows(mine, after, size)
    shown = rows[:size]
    page.page = Page(shown, str(shown[-1].number) if len(rows) > size else "", after == 0)
    _add_business(actor, page)
    return page


def _add_business(actor: Actor, page: RollPage) -> None:
    """Objections, the change that waits, what is in the way of the next step."""
    decision, roll, today = page.decision, page.roll, shown_today()
    facts = roll_facts_of(decision, page.whole, (roll, page.register))
    page.may_object = actor.office is None and not keeping.against_objecting(facts, today)
    if roll:
        found = RollObjection.objects.filter(roll=roll).select_related("answered_by").order_by("pk")
        page.objections = list(found if page.makes else found.filter(person_id=actor.person_id or 0))
    if not page.makes:
        return
    if not facts.is_published:
        page.in_the_way = keeping.against_publishing(facts)
    elif not facts.is_frozen:
        page.in_the_way = keeping.against_freezing(facts, today)
    waits = (
        facts.change_waits and SecondSignature.objects.filter(decision=decision, step=CHANGE, answered_at=None).first()
    )
    page.change = _change_row(waits, actor) if waits else None
    page.exclusion = waiting_exclusion(actor, decision) if not facts.is_frozen else None
    page.may_answer_change = bool(waits and waits.asked_by_id != actor.person_id)
    successions = Succession.objects.filter(right__vote_id=decision.vote_id).select_related("right", "written_by")
    page.successions = list(successions.order_by("-pk")[:ROWS])


def _change_row(asked: SecondSignature, actor: Actor) -> ChangeRow:
    given = asked.given
    before = given["before"]
    return ChangeRow(
        id=asked.pk,
        label=str(given["label"]),
        before=_words(before, list(before["owners"])),
        after=_words(given, [owner["name"] for owner in given["owners"]]),
        reason=asked.reason,
        by_me=asked.asked_by_id == actor.person_id,
    )


def _words(values: dict[str, object], owners: list[str]) -> str:
    area = Tally(0, int(str(values["area_centi"] or 0))).area
    source = str(values["area_source"])
    parts = [f"{area}㎡", SOURCE_WORDS[AreaSource(source)] if source else "", SALE_WORDS[Sale(str(values["sale"]))]]
    return "，".join([part for part in parts if part] + ["、".join(owners) or "没有业主"])


def unit_named(decision: Decision, text: str) -> int | None:
    """The unit of the list that a code or a label names."""
    plain = text.strip().replace(" ", "")
    units = RegisterUnit.objects.filter(register__area_id=decision.area_id, gone_on=None)
    exact = units.filter(code=plain).values_list("pk", flat=True).first()
    return exact or next((unit.pk for unit in units if unit.label == plain), None)


def right_numbered(decision: Decision, text: str) -> int | None:
    """The right with this number on the frozen roll."""
    number = number_in(text.strip())
    return Right.objects.filter(vote_id=decision.vote_id, number=number).values_list("pk", flat=True).first()


def succession_proof(actor: Actor, vote_id: int, succession_id: int) -> Attachment:
    """What a succession was written down by, for those who write and confirm; 404 for everybody else."""
    decision = visible_decision(actor, vote_id)
    found = Succession.objects.filter(pk=succession_id, right__vote_id=vote_id).select_related("proof").first()
    if found is None or found.proof is None or not has_perm("voting.confirm_succession", actor, decision):
        raise Http404
    return found.proof
