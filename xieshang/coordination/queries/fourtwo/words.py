"""Texts that are written from the record: the resolution's notice, the result with its account."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from xieshang.community.rules import PlaceKind
from xieshang.lib.days import short_day
from xieshang.meetings.models import KIND_LABELS, UNIT_WORDS
from xieshang.meetings.rules import Base, MeetingKind
from xieshang.outcomes.models import ActionItem

from ...models import FourTwo, FourTwoAccount, FourTwoRecord
from ...rules.fourtwo import BOARDS, Entry, Side, Stage, balance, local, yuan
from .facts import account_in_force

Words = tuple[str, str]


def resolution_words(flow: FourTwo) -> Words:
    """Title and text of the notice, from the four records."""
    draft = flow.drafts.filter(ended_at=None).first()
    records = list(draft.records.order_by("pk")) if draft else []
    last = next((record for record in records if record.stage == Stage.RESOLUTION), None)
    title = _("关于%s的决议公开") % flow.title
    way = [told(record) for record in records]
    parts = [
        ("", draft.text if draft else ""),
        (_("经过"), "；".join(way) + "。" if way else ""),
        (_("决议"), _("经%s表决，通过以上方案。") % KIND_LABELS[MeetingKind(last.kind)] if last else ""),
        (
            _("公开和意见"),
            _("公开期内对决议有异议的，可以实名在网上提出，也可以到%s书面提出，逐条答复。") % _office(flow),
        ),
    ]
    html = format_html_join("", "<p>{}{}</p>", ((f"{lead}：" if lead else "", text) for lead, text in parts if text))
    return title, str(html)


def told(record: FourTwoRecord) -> str:
    """One meeting in one line, with its numbers."""
    word = str(KIND_LABELS[MeetingKind(record.kind)])
    if record.stage == Stage.PROPOSAL:
        word = _("党支部会议提议")
    elif record.stage == Stage.REVIEW:
        word = _("党员大会审议")
    unit = UNIT_WORDS[Base(record.base)]
    return _("%(day)s%(what)s，应到%(all)s%(unit)s，实到%(came)s%(unit)s，同意%(yes)s") % {
        "day": short_day(record.held_on),
        "what": word,
        "all": record.expected,
        "unit": unit,
        "came": record.present,
        "yes": record.agree,
    }


def _office(flow: FourTwo) -> str:
    return _("村委会") if flow.community.kind == PlaceKind.VILLAGE else _("居委会")


def result_words(flow: FourTwo, text: str) -> Words:
    """Title and text of the result: what was done, the account, what the supervision committee found."""
    account, made = account_in_force(flow)
    items = ActionItem.objects.filter(matter_id=flow.matter_id).select_related("body").order_by("due", "pk")
    done = format_html_join("", "<li>{}（{}）</li>", ((item.what, item.body.name) for item in items))
    html = format_html("<p>{}</p>", text)
    if done:
        html = format_html("{}<p>{}</p><ul>{}</ul>", html, _("办了这些事："), done)
    if account is not None:
        html = format_html("{}{}", html, account_table(account))
    if made is not None:
        html = format_html("{}<p>{}</p>", html, _("监督委员会审核意见：%s") % made.text)
    return _("关于%s实施结果的公开") % flow.title, str(html)


def entries_of(account: FourTwoAccount) -> list[Entry]:
    """The lines of an account as the rules know them."""
    return [Entry(Side(side), str(label), int(fen)) for side, label, fen in account.lines]


def rows_of(account: FourTwoAccount) -> list[tuple[str, str, str]]:
    """The account as a table: way, what for, amount; the sums at the end."""
    entries = entries_of(account)
    came, went, left = balance(entries)
    words = {Side.IN: _("收入"), Side.OUT: _("支出")}
    rows = [(words[entry.side], entry.label, yuan(entry.fen)) for entry in sorted(entries, key=lambda e: e.side)]
    sums = [(_("合计"), _("收入"), yuan(came)), (_("合计"), _("支出"), yuan(went)), (_("结余"), "", yuan(left))]
    return rows + sums


def account_table(account: FourTwoAccount) -> str:
    """The account as official HTML."""
    head = format_html("<tr><th>{}</th><th>{}</th><th>{}</th></tr>", _("收支"), _("项目"), _("金额（元）"))
    body = format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows_of(account))
    return format_html("<table><thead>{}</thead><tbody>{}</tbody></table>", head, body)


def said_at(flow: FourTwo, words: str) -> str:
    """Words for villages and towns as the place of this procedure says them."""
    return local(words, village=flow.community.kind == PlaceKind.VILLAGE)


def boards_of(flow: FourTwo) -> list[str]:
    """The boards on which a resolution has to hang."""
    return [said_at(flow, board) for board in BOARDS]
