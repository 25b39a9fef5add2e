"""Party meetings, of which the platform keeps numbers only."""

from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _


class PartyForm(StrEnum):
    """Which meeting of the Party organisation was held."""

    COMMITTEE = "committee"
    MEMBERS = "members"


TITLES: dict[PartyForm, str] = {PartyForm.COMMITTEE: _("委员会会议"), PartyForm.MEMBERS: _("党员大会")}
TOO_FEW = Refusal(
    "party_too_few",
    _("到会的有表决权的党员不够，会上不能表决：表决要半数以上到会，选举要五分之四以上。请核对人数。"),
    _("中国共产党支部工作条例（试行）第11条"),
)
