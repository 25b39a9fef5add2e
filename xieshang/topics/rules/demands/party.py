"""What is asked of the Party organisation's study: no silence replaces it, nobody skips it."""

from xieshang.lib.refusals import later as _

from ..states import PartyOpinion, Who
from .demand import PARTY_FIRST, demand

PARTY_DATE = demand(
    "party_date_missing",
    (_("写明研究日期"), _("请写明党组织哪天研究的，不能晚于今天。")),
    Who.SECRETARY,
    lambda f: f.party_studied_on is not None and f.party_studied_on <= f.today,
)
PARTY_MEETING = demand(
    "party_meeting_missing",
    (_("写明在哪个会上研究"), _("请写明是支委会还是党员大会研究的。")),
    Who.SECRETARY,
    lambda f: f.party_meeting_named,
    source=_("中国共产党支部工作条例（试行）"),
)
PARTY_CONCLUSION = demand(
    "party_conclusion_missing",
    (_("写明研究结论"), _("请写明研究的结论。")),
    Who.SECRETARY,
    lambda f: f.party_conclusion_given,
)
PARTY_SIGNER = demand(
    "party_signer_missing",
    (_("写明签署人"), _("请写明签署人。")),
    Who.SECRETARY,
    lambda f: f.party_signer_named,
)
PARTIES = demand(
    "parties_missing",
    (_("定好请谁来协商"), _("请定好请哪些方面来协商。")),
    Who.SECRETARY,
    lambda f: f.parties_chosen,
)
FORM = demand(
    "form_missing",
    (_("定好协商形式"), _("请定好用什么形式协商。")),
    Who.SECRETARY,
    lambda f: f.form_chosen,
)
PARTY_UNANSWERED = demand(
    "party_has_answered",
    (_("党组织还没有答复"), _("党组织已经答复了。")),
    Who.SYSTEM,
    lambda f: f.party_opinion == PartyOpinion.NONE,
)
PARTY_NOT_AGREED = demand(
    "party_already_agreed",
    (_("还没有记下同意"), _("党组织的意见已经记下了。")),
    Who.SECRETARY,
    lambda f: f.party_opinion != PartyOpinion.AGREED,
)
PARTY_AGREED = demand(
    "party_opinion_missing",
    (
        _("党组织研究意见已有"),
        _("社区党组织还没有给出研究意见。到期未答复会记下并报上级，上级党组织可以代为研究，但这一步不能跳过。"),
    ),
    Who.SECRETARY,
    lambda f: f.party_opinion == PartyOpinion.AGREED,
    source=PARTY_FIRST,
).when(lambda f: f.party_opinion != PartyOpinion.NO_ANSWER)
PARTY_AGREED_ABOVE = demand(
    "party_opinion_missing_above",
    (_("党组织研究意见已有"), _("社区党组织到期没有答复，已报上级。请上级党组织督促或代为研究，这一步不能跳过。")),
    Who.STREET,
    lambda f: f.party_opinion == PartyOpinion.AGREED,
    source=PARTY_FIRST,
).when(lambda f: f.party_opinion == PartyOpinion.NO_ANSWER)
