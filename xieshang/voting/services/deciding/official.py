"""The result of the authorities' own platform: typed from its sheet by one, confirmed by another."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File

from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.refusals import later as _

from ...models import Decision, SecondSignature
from ...queries.deciding import visible_decision
from ...queries.official import faults_of_sheet, sheet_from
from ...queries.owners_count import reckoning_of
from ...rules.deciding import Step
from ...rules.official import Sheet, result_of
from ..counting import store
from .asking import ask
from .moving import _moving


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed from the sheet: the platform's name, the figures, what there is to say to them."""

    platform: str
    sheet: Sheet[int]
    note: str = ""


def enter_result(actor: Actor, decision_id: int, typed: Typed, upload: File | None) -> SecondSignature:
    """Enter the result of the official platform; figures that cannot be are refused, each by name.

    It stands when another human being has compared it with the sheet (answer_signature).
    """
    decision = visible_decision(actor, decision_id)
    wrong = faults_of_sheet(decision, typed.sheet, typed.note)
    if wrong:
        raise RuleViolation(*wrong)
    given: dict[str, Any] = {"document_given": upload is not None}
    kept = {"platform": typed.platform.strip(), "note": typed.note.strip(), **_figures(typed.sheet)}
    asked = ask(
        actor, decision_id, Step.ENTER_RESULT, _("结果来自{name}").format(name=kept["platform"]), kept=kept, given=given
    )
    if upload is not None:
        document = attach_closed(actor, decision.vote.matter, upload, caption=_("官方平台结果单"))
        asked.given = {**kept, "document": document.pk}
        asked.save(update_fields=["given"])
    return asked


def _figures(sheet: Sheet[int]) -> dict[str, object]:
    return {
        "whole": [sheet.whole.heads, sheet.whole.area_centi],
        "part": [sheet.part.heads, sheet.part.area_centi],
        "invalid": [sheet.invalid.heads, sheet.invalid.area_centi],
        "options": [[key, tally.heads, tally.area_centi] for key, tally in sheet.options.items()],
        "said": sheet.said.value,
        "deemed": [sheet.deemed.heads, sheet.deemed.area_centi],
    }


def enter(asker: Actor, second: Actor, asked: SecondSignature) -> Decision:
    """Keep the figures that two people stand for, as a count that says where it comes from."""
    given: dict[str, Any] = {"document_given": "document" in asked.given}
    with _moving(asker, asked.decision_id, Step.ENTER_RESULT, note=asked.reason, second=second, **given) as decision:
        vote = decision.vote
        reckoning = reckoning_of(vote)
        number = vote.counts.count() + 1
        reason = _("官方平台的结果重新录入") if number > 1 else ""
        result = result_of(sheet_from(asked.given), reckoning.terms, reckoning.slate)
        store(vote, result, number=number, reason=reason, at=now())
        decision.official_result = {name: asked.given[name] for name in ("platform", "note", "document")}
    return decision
