"""Contracts of property companies: entered, replaced, and told of in time."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from xieshang.audit.services import record
from xieshang.community.models import Office, PropertyArea
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of, full_day
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.notify.services import send

from ..models import ServiceContract
from ..permissions import SPEAKS_FOR_CONVENER
from ..rules import contracts as rules
from ..rules.contracts import MARKS, require_contract, to_tell
from .register.common import office_row, permitted_area

FIRST = max(MARKS)
MOST = 50


@transaction.atomic
def set_contract(
    actor: Actor, area_id: int, *, company: str, starts: date, ends: date, note: str = ""
) -> ServiceContract:
    """Enter the running contract of an estate; the one before it is closed. RuleViolation for dates that cannot be."""
    area = permitted_area(actor, area_id, "set_contract")
    wrong = require_contract(company, starts, ends)
    if wrong:
        raise RuleViolation(*wrong)
    PropertyArea.objects.select_for_update().get(pk=area.pk)
    ServiceContract.objects.filter(area=area, closed_at=None).update(closed_at=now())
    contract = ServiceContract.objects.create(
        area=area,
        community_id=area.community_id,
        company=company.strip(),
        starts=starts,
        ends=ends,
        note=note.strip(),
        entered_by_id=actor.person_id or 0,
        entered_in=office_row(actor),
        entered_at=now(),
    )
    facts = {"area": area.pk, "ends": ends.isoformat(), "company": contract.company}
    record(actor, "voting.set_contract", place=area.community.path, detail=facts)
    return contract


def remind(at: datetime) -> int:
    """Tell those who must act of contracts that reach a mark today; each mark once, however often this runs."""
    today = day_of(at)
    near = ServiceContract.objects.filter(closed_at=None, ends__lte=today + timedelta(days=FIRST))
    ids = [row.pk for row in near.order_by("ends", "pk") if to_tell(row.ends, today, row.told) is not None][:MOST]
    return sum(_remind(contract_id, today) for contract_id in ids)


@transaction.atomic
def _remind(contract_id: int, today: date) -> bool:
    rows = ServiceContract.objects.select_for_update(of=("self",)).select_related("area")
    contract = rows.get(pk=contract_id)
    mark = to_tell(contract.ends, today, contract.told)
    if mark is None or contract.closed_at:
        return False
    contract.told = [*contract.told, mark]
    contract.save(update_fields=["told"])
    title = _("{area}的物业合同").format(area=contract.area.name)
    ends = full_day(contract.ends)
    body = _("物业合同{ends}到期。{words}").format(ends=ends, words=rules.words_of(mark))
    send(_who_must_act(contract, today), title=title, body=body, number="", url=reverse("voting:contracts"))
    return True


def _who_must_act(contract: ServiceContract, today: date) -> set[int]:
    """The owners' committee, the residents' committee and the street of this estate."""
    paths = list(contract.area.places.values_list("path", flat=True))
    roles = [role.value for role in SPEAKS_FOR_CONVENER]
    rows = Office.objects.running(today).filter(role__in=roles).select_related("body__place")
    return {row.person_id for row in rows if any(path.startswith(row.place_path) for path in paths)}
