"""Facts about one 四议两公开."""

from datetime import date

from django.db.models import Count, Q

from xieshang.outcomes.models import ActionItem, Objection
from xieshang.outcomes.rules import ItemState, NoticeState

from ...models import FourTwo, FourTwoAccount, FourTwoCheck, FourTwoDraft
from ...rules.fourtwo import Facts, State
from .read import drafted


def facts_about(flow: FourTwo, today: date) -> Facts:
    """Everything the guards ask for; two to four queries, by how far it has come."""
    state = State(flow.state)
    draft = FourTwoDraft.objects.filter(flow=flow, ended_at=None).first()
    known: dict[str, object] = {
        "today": today,
        "values": flow.values,
        "is_reserved": flow.is_reserved,
        "draft_given": bool(draft and draft.text),
        "draft_has_ended": draft is None,
        "last_meeting_on": _last_meeting(draft),
    }
    if state == State.RESOLVED:
        known |= _written(flow)
    if state == State.RESOLUTION_PUBLISHED:
        known |= _published(flow)
    if state == State.IMPLEMENTING:
        known |= _carried(flow)
    return Facts(**known)  # type: ignore[arg-type]  # gathered by name


def _last_meeting(draft: FourTwoDraft | None) -> date | None:
    if draft is None:
        return None
    return draft.records.order_by("-pk").values_list("held_on", flat=True).first()


def _written(flow: FourTwo) -> dict[str, object]:
    draft = drafted(flow)
    ready = draft is not None and draft.state == NoticeState.DRAFT
    return {"notice_drafted": ready, "drafted_by": draft.drafted_by_id if draft else None}


def _published(flow: FourTwo) -> dict[str, object]:
    notice = flow.resolution
    if notice is None:
        return {}
    rows = Objection.objects.filter(notice=notice).aggregate(
        waiting=Count("pk", filter=Q(state="open")), right=Count("pk", filter=Q(sustained=True))
    )
    return {
        "posted": notice.posted_on is not None,
        "publicity_days": notice.days,
        "publicity_last_day": notice.last_day,
        "open_objections": rows["waiting"],
        "sustained_objections": rows["right"],
    }


def _carried(flow: FourTwo) -> dict[str, object]:
    items = ActionItem.objects.filter(matter_id=flow.matter_id).aggregate(
        number=Count("pk"), running=Count("pk", filter=~Q(state=ItemState.VERIFIED.value))
    )
    account, made = account_in_force(flow)
    return {
        "items": items["number"],
        "items_open": items["running"],
        "account_given": account is not None,
        "account_checked": made is not None,
        "account_by": account.person_id if account else None,
        "check_passed": bool(made and made.passed),
        "checked_by": made.person_id if made else None,
    }


def account_in_force(flow: FourTwo) -> tuple[FourTwoAccount | None, FourTwoCheck | None]:
    """The newest account and what was found about it; one query."""
    account = flow.accounts.select_related("check_made__office__body", "office__body", "papers").order_by("-version")
    newest = account.first()
    return newest, getattr(newest, "check_made", None) if newest else None
