"""Terms of office: who may hold what from when to when."""

import datetime
from dataclasses import dataclass

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .kinds import COMMITTEE_ROLES, OWNERS_ROLES, PARTY_ROLES, PROPERTY_ROLES, ROLES_OF, BodyKind, Role

ENDS_BEFORE_START = Refusal("ends_before_start", _("结束日期比开始日期还早，请核对。"))
OVERLAPS = Refusal("terms_overlap", _("这个人在同一组织的同一职务上已有一段任期和它重叠，请先写明那一段的结束日期。"))
OWN_OFFICE = Refusal("own_office", _("不能给自己任职或者延长自己的任期，请同事来办。"))
ROLE_NOT_OF_BODY = Refusal("role_not_of_body", _("这个组织没有这种职务，请核对。"))
NOBODY_ABOVE = Refusal("nobody_above", _("街道还没有人在平台任职，请联系平台的运营单位办理离任。"))
OVER_ALREADY = Refusal("term_is_over", _("这段任期已经结束了。"))

# A deputy stands in for weeks, not for a term.
DEPUTY_DAYS_MOST = 90
NOT_OF_THE_BODY = Refusal("deputy_not_of_the_body", _("代理人要是本组织现任的同类职务，请从同事里选。"))
OWN_DEPUTY = Refusal("deputy_is_the_holder", _("不能请自己代理自己，请选一位同事。"))
DEPUTY_TOO_LONG = Refusal("deputy_too_long", _("一次代理最长90天，再长请由街道重新任职。"))
DEPUTY_IN_THE_PAST = Refusal("deputy_in_the_past", _("代理不能从过去的日子算起。"))
DEPUTY_BEYOND_TERM = Refusal("deputy_beyond_term", _("代理不能超过原任期，请把结束日期提前。"))
DEPUTY_TWICE = Refusal("deputy_twice", _("这几天已经有人代理了，请先结束那一段。"))
DEPUTY_OF_DEPUTY = Refusal("deputy_of_a_deputy", _("代理人不能再请别人代理。"))
DEPUTY_REASON = Refusal("deputy_without_reason", _("请写为什么代理，例如休假、培训。"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A deputyship as it is asked for: the office's end, the days, what the two people are in the body."""

    starts: datetime.date
    ends: datetime.date
    office_ends: datetime.date | None
    role: Role
    deputy_roles: frozenset[Role]
    is_holder: bool
    reason: str


def may_stand_in(role: Role) -> frozenset[Role]:
    """Those who may act in an office with this role: the same circle of the body, no lower one."""
    circles = (PARTY_ROLES, COMMITTEE_ROLES, OWNERS_ROLES, PROPERTY_ROLES)
    own = next((circle for circle in circles if role in circle), frozenset({role}))
    return own | COMMITTEE_ROLES if role == Role.GRID_WORKER else own


def deputy_faults(asked: Standing, today: datetime.date) -> list[Refusal]:
    """What is wrong with a deputyship; nothing if it can be."""
    wrong = {
        OWN_DEPUTY: asked.is_holder,
        NOT_OF_THE_BODY: not asked.is_holder and not (asked.deputy_roles & may_stand_in(asked.role)),
        DEPUTY_IN_THE_PAST: asked.starts < today,
        ENDS_BEFORE_START: asked.ends < asked.starts,
        DEPUTY_TOO_LONG: (asked.ends - asked.starts).days >= DEPUTY_DAYS_MOST,
        DEPUTY_BEYOND_TERM: asked.office_ends is not None and asked.ends > asked.office_ends,
        DEPUTY_REASON: not asked.reason.strip(),
    }
    return [refusal for refusal, is_wrong in wrong.items() if is_wrong]


def terms_overlap(
    first: tuple[datetime.date, datetime.date | None], second: tuple[datetime.date, datetime.date | None]
) -> bool:
    """Whether two terms, both days included and open ends running on, share a day."""
    (starts, ends), (other_starts, other_ends) = first, second
    return (ends is None or other_starts <= ends) and (other_ends is None or starts <= other_ends)


def require_office(kind: BodyKind, role: Role, starts: datetime.date, ends: datetime.date | None) -> None:
    """The body has such a role, and the term does not end before it starts."""
    if role not in ROLES_OF[kind]:
        raise RuleViolation(ROLE_NOT_OF_BODY)
    if ends is not None and ends < starts:
        raise RuleViolation(ENDS_BEFORE_START)


def require_running_on(starts: datetime.date, ends: datetime.date | None, last_day: datetime.date) -> None:
    """A term can be ended on a day on which it runs."""
    if last_day < starts:
        raise RuleViolation(ENDS_BEFORE_START)
    if ends is not None and ends < last_day:
        raise RuleViolation(OVER_ALREADY)
