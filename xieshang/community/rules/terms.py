"""Terms of office: who may hold what from when to when."""

import datetime

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .kinds import ROLES_OF, BodyKind, Role

ENDS_BEFORE_START = Refusal("ends_before_start", _("结束日期比开始日期还早，请核对。"))
OVERLAPS = Refusal("terms_overlap", _("这个人在同一组织的同一职务上已有一段任期和它重叠，请先写明那一段的结束日期。"))
OWN_OFFICE = Refusal("own_office", _("不能给自己任职或者延长自己的任期，请同事来办。"))
ROLE_NOT_OF_BODY = Refusal("role_not_of_body", _("这个组织没有这种职务，请核对。"))
OVER_ALREADY = Refusal("term_is_over", _("这段任期已经结束了。"))


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
