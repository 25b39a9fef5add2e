"""The sixth step: what is to be done, the account, the supervision committee's check, the result made public."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from xieshang.discussion.services import attach_document
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import ActionItem
from xieshang.outcomes.rules import NoticeKind

from ...models import FourTwo, FourTwoAccount, FourTwoCheck
from ...queries.fourtwo.words import boards_of, result_words
from ...rules.fourtwo import Entry, State, Step, require_sound_account
from ...rules.fourtwo.guards import NOT_IN_COURSE
from .disclosing import signers_of
from .moving import _moving, locked

CARRIED_OUT = frozenset({State.RESOLVED, State.RESOLUTION_PUBLISHED, State.IMPLEMENTING})


@transaction.atomic
def set_item(actor: Actor, flow_id: int, *, what: str, body_id: int, due: date, proof: str = "") -> ActionItem:
    """Say what is to be done, by which body, by when; from the resolution on."""
    flow = locked(actor, flow_id, "set_fourtwo_items")
    if flow.state not in CARRIED_OUT:
        raise RuleViolation(NOT_IN_COURSE)
    return outcomes.set_item(actor, flow.matter, what=what, body_id=body_id, due=due, proof=proof)


def enter_account(
    actor: Actor, flow_id: int, *, entries: Sequence[Entry], papers: UploadedFile | None = None
) -> FourTwoAccount:
    """Enter what came in and went out, or enter it anew; a new account asks for a new check."""
    require_sound_account(entries)
    with _moving(actor, flow_id, Step.ENTER_ACCOUNT) as flow:
        last = flow.accounts.order_by("-version").first()
        return FourTwoAccount.objects.create(
            flow=flow,
            version=last.version + 1 if last else 1,
            lines=[[entry.side.value, entry.label, entry.fen] for entry in entries],
            papers=attach_document(actor, flow.matter, papers, name="收支明细") if papers else None,
            person_id=actor.hands,
            office_id=actor.office.id if actor.office else None,
            at=now(),
        )


def check(actor: Actor, flow_id: int, *, passed: bool, text: str, signers: str) -> FourTwoCheck:
    """What the supervision committee found about the account in force and about what was done."""
    step = Step.PASS_CHECK if passed else Step.FAIL_CHECK
    words = text.strip()
    with _moving(actor, flow_id, step, note=words, finding_given=bool(words and signers.strip())) as flow:
        account = flow.accounts.order_by("-version").first()
        assert account is not None  # the guards have asked for it
        return FourTwoCheck.objects.create(
            account=account,
            passed=passed,
            text=words,
            signers=signers.strip()[:200],
            person_id=actor.hands,
            office_id=actor.office.id if actor.office else None,
            at=now(),
        )


def publish_result(actor: Actor, flow_id: int, *, text: str) -> FourTwo:
    """Make the result public with the account and the check; the six steps are done."""
    with _moving(actor, flow_id, Step.PUBLISH_RESULT, result_text_given=bool(text.strip())) as flow:
        title, body = result_words(flow, text.strip())
        words: Any = {"title": title, "body": body, "signers": signers_of(flow), "boards": boards_of(flow)}
        notice = outcomes.draft(actor, flow.matter, kind=NoticeKind.FEEDBACK, **words)
        flow.result = outcomes.publish(actor, notice.pk, days=0)
    return flow
