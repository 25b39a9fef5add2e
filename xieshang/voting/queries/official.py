"""What is entered from the authorities' own platform, as pages and the guards need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from ..models import Decision, RightHolder, SecondSignature, Vote
from ..rules import OUTCOME_WORDS, Tally
from ..rules.deciding import State, Step
from ..rules.official import DEEMED_NAME, Said, Sheet, faults_of, result_of, words_of
from .deciding import setting
from .owners_count import reckoning_of

SAID_WORDS = {Said.NOTHING: _("没有写"), Said.PASSED: _("通过"), Said.NOT_PASSED: _("没有通过")}
PUBLISHED = frozenset({State.PRELIM_PUBLICITY, State.DECIDED, State.ANNOUNCED, State.ANNULLED})


def is_official(decision: Decision) -> bool:
    """Whether the place demands the authorities' platform for this decision."""
    return bool(setting(decision, "official_evote_required"))


def faults_of_sheet(decision: Decision, sheet: Sheet[int], note: str) -> list[Refusal]:
    """What cannot be in these figures, read by the terms and the frozen roll of this decision."""
    vote, reckoning = decision.vote, reckoning_of(decision.vote)
    roll = Tally(vote.roll_size, vote.roll_area_centi)
    terms, slate, names = reckoning.terms, reckoning.slate, reckoning.names
    return faults_of(sheet, terms, slate, names, roll=roll, is_explained=bool(note.strip()))


def sheet_from(given: Mapping[str, Any]) -> Sheet[int]:
    """The figures as the first person entered them."""
    options = {key: Tally(heads, area) for key, heads, area in given["options"]}
    whole, part, invalid, deemed = (Tally(*given.get(name, (0, 0))) for name in ("whole", "part", "invalid", "deemed"))
    return Sheet(whole, part, options, invalid, Said(given["said"]), deemed)


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """Figures that wait for the second person: every row as typed, what the law would make of them."""

    id: int
    platform: str
    rows: list[tuple[str, str, str]]
    note: str
    said: str
    outcome: str
    document: int
    is_mine: bool


def waiting_sheet(actor: Actor, decision: Decision) -> WaitingSheet | None:
    """What one person entered and nobody has confirmed yet."""
    asked = SecondSignature.objects.filter(decision=decision, step=Step.ENTER_RESULT.value, answered_at=None).first()
    if asked is None:
        return None
    reckoning, sheet = reckoning_of(decision.vote), sheet_from(asked.given)
    named = [(_("应参加"), sheet.whole), (_("参与表决"), sheet.part)]
    named += [(reckoning.names[key], tally) for key, tally in sheet.options.items()]
    named += [(DEEMED_NAME, sheet.deemed)] if reckoning.terms.counts_silence else []
    found = result_of(sheet, reckoning.terms, reckoning.slate)
    return WaitingSheet(
        id=asked.pk,
        platform=asked.given["platform"],
        rows=[(name, tally.people, tally.area) for name, tally in [*named, (_("无效票"), sheet.invalid)]],
        note=asked.given["note"],
        said=SAID_WORDS[sheet.said],
        outcome=OUTCOME_WORDS[found.decision.outcome],
        document=asked.given["document"],
        is_mine=asked.asked_by_id == actor.person_id,
    )


def official_document(actor: Actor, vote: Vote, attachment_id: int) -> Attachment | None:
    """The platform's sheet: for those who count, and once it is published for the owners on the roll."""
    decision: Decision = vote.decision
    document = Attachment.objects.filter(pk=attachment_id, matter_id=vote.matter_id).first()
    acts = decision.asked.filter(step=Step.ENTER_RESULT.value).values_list("given", flat=True)
    known = {row["document"] for row in acts if "document" in row}
    if document is None or attachment_id not in known:
        return None
    if has_perm("voting.enter_result", actor, vote):
        return document
    stands = (decision.official_result or {}).get("document") == attachment_id and decision.state in PUBLISHED
    on_roll = RightHolder.objects.filter(right__vote=vote, person_id=actor.person_id or 0).exists()
    return document if stands and on_roll else None


def counts_silence(decision: Decision) -> bool:
    """Whether the rules of this decision count served owners who stay silent with the majority."""
    return reckoning_of(decision.vote).terms.counts_silence


def roll_words(vote: Vote) -> str:
    """Heads and area of the frozen roll in words."""
    return words_of(Tally(vote.roll_size, vote.roll_area_centi))
