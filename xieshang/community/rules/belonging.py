"""Belonging to a home, and acting for somebody: what may not be, and why."""

from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _


class ConsentKind(StrEnum):
    """How a neighbour agreed that an officer does something for them."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    WRITTEN = "written"


# After so many minutes an officer acts for themselves again.
HELPING_MINUTES = 30

NOT_A_HOME = Refusal("not_a_home", _("请选到具体的一户。"))
LIVES_THERE_ALREADY = Refusal("lives_there_already", _("您已经认证过这一户了。"))
ASKED_ALREADY = Refusal("asked_already", _("这一户您已经申请过，请等居委会核实。"))
MOST_ASKED = Refusal("most_asked", _("您有几户还在等核实，请等有了结果再申请。"))
NOT_WAITING = Refusal("not_waiting", _("这条申请已经办过了，请刷新看看。"))
OWN_REQUEST = Refusal("own_request", _("自己的住房认证要请同事来核实。"))
REASON_MISSING = Refusal("reason_missing", _("请写明为什么退回、还差什么，申请人会看到这句话。"))
NAME_MISSING = Refusal("name_missing", _("请填写姓名。"))
PHONE_TAKEN = Refusal("phone_taken", _("这个号码已经有人在用。是一家人合用的，请勾选“和家人合用号码”。"))
NOBODY_TO_SHARE_WITH = Refusal("nobody_to_share_with", _("这个号码还没有人用，不用勾选“和家人合用号码”。"))
NOT_A_HOUSEMATE = Refusal("not_a_housemate", _("用这个号码的人不住在这一户，不能合用。请核对号码和房号。"))
NOT_A_NEIGHBOUR = Refusal("not_a_neighbour", _("只能代本社区认证过住房的居民办理。请先给他登记住房。"))
OFFICERS_HELP_THEMSELVES = Refusal("helps_themselves", _("自己的事请换成“居民本人”来办。"))
MOST_WAITING = 3
IS_IN_ALREADY = Refusal("is_in_already", _("这一户已经有这位居民的账号了。"))


def nickname_of(surname: str) -> str:
    """A name to begin with for somebody let in at the desk; they may choose another."""
    return f"{surname}邻居"
