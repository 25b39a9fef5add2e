"""The texts of an owners' vote, written from facts and never typed: the notice that calls it, what is told after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xieshang.lib.days import day_of, deadline, full_day
from xieshang.lib.refusals import later as _

from ..kinds import Kind
from ..majority import Item, Law, majority_for
from ..tally import Tally


@dataclass(frozen=True, slots=True)
class Calling:
    """What the notice that calls a vote says, as plain values."""

    area: str
    convener: str
    convener_source: str
    question: str
    text: str
    item: Item
    item_words: str
    law: Law
    kind: Kind
    options: Sequence[str]
    seats: int
    scope: str
    scope_source: str
    opens_on: date
    closes_at: datetime
    may_change: bool
    paper_place: str
    proxies_most: int
    roll: Tally
    roll_day: date
    roll_code: str
    roll_algorithm: str
    key_code: str
    deemed_clause: str
    deemed_for_special: bool
    invalid_takes_part: bool
    blank_is_abstain: bool
    opinion: str
    opinion_body: str
    opinion_due: date | None
    official: bool
    phone: str
    # Units that do not count in this vote, and why.
    excluded: Sequence[tuple[str, str]] = ()
    # Called by the residents' committee itself, which then cannot stand beside as a witness.
    by_committee: bool = False


ALGORITHM_WORDS = {"sha256": "SHA-256", "sm3": "SM3"}


def calling_title(area: str, question: str) -> str:
    """The title of the notice."""
    return _("关于{area}业主大会就“{question}”表决的会议公告").format(area=area, question=question)


def calling_lines(c: Calling) -> list[str]:
    """The notice line by line: text, rule with fractions in words, options, window, channels, silence, roll, key."""
    return [
        _("{area}全体业主：").format(area=c.area),
        _opening(c),
        _("一、表决事项。{question}").format(question=c.question),
        *(line.strip() for line in c.text.splitlines() if line.strip()),
        _rule(c),
        _ballot(c),
        _window(c),
        _who(c),
        _channels(c),
        _silence(c),
        _roll(c),
        _advice(c),
        _(
            "九、结果怎么公布。截止后开箱计票，先公示初步统计结果，听取询问和异议，再公告决定。截止以前谁也看不到票数，只公布有多少人参加。"
        ),
        _contact(c),
    ]


def _opening(c: Calling) -> str:
    source = _("（召集依据：{source}）").format(source=c.convener_source) if c.convener_source else ""
    return _(
        "根据《民法典》第二百七十八条、《物业管理条例》第十二条、第十四条，由{convener}{source}组织召开业主大会会议，"
        "以书面征求意见和电子投票的方式表决。现公告如下。"
    ).format(convener=c.convener, source=source)


def _rule(c: Calling) -> str:
    majority = majority_for(c.law, c.item)
    return _("二、法律依据和通过条件。属于《民法典》第二百七十八条第一款第{item}项“{words}”，应当{rule}。").format(
        item=_ordinal(c.item), words=c.item_words, rule=majority.words
    )


def _ordinal(item: Item) -> str:
    return "一二三四五六七八九"[int(item) - 1]


def _ballot(c: Calling) -> str:
    options = "、".join(c.options)
    if c.kind == Kind.ELECTION:
        return _("三、选票。候选人和选项依次为：{options}。应选{seats}人，最多选{seats}人，多选的票无效。").format(
            options=options, seats=c.seats
        )
    return _("三、选票。选项依次为：{options}。每个表决权选一项，多选的票无效。").format(options=options)


def _window(c: Calling) -> str:
    day = f"{full_day(c.opens_on)}0:00"
    change = _("截止以前可以改，以最后一次为准。") if c.may_change else _("投出后不能改。")
    return _("四、投票时间。{opens}至{closes}截止。{change}").format(
        opens=day, closes=f"{day_of(c.closes_at).year}年{deadline(c.closes_at)}", change=change
    )


def _who(c: Calling) -> str:
    source = _("（依据：{source}）").format(source=c.scope_source) if c.scope_source else ""
    return _(
        "五、谁能投。{scope}的业主{source}。一户有几位共有人的，合起来一票，由其中一位投；同一业主有几套房的，人数算一人，面积合并计算。"
    ).format(scope=c.scope, source=source) + _excluded(c)


def _excluded(c: Calling) -> str:
    """What does not count this time, with the reason."""
    words = _("不计入本次表决的房屋：{units}（{reason}）。")
    return "".join(words.format(units=units, reason=reason.rstrip("。")) for units, reason in c.excluded)


def _channels(c: Calling) -> str:
    if c.official:
        first = _("当地要求在政府的电子投票平台表决，请在该平台投票，本平台只作准备和公布。")
    else:
        first = _("可以在本平台投票（先核实业主身份，投票时再用短信验证码确认），也可以投纸质票，两种方式效力相同。")
    return _(
        "六、怎么投。{first}纸质票领取：{place}。可以书面委托他人，每人最多代{most}户，给配偶、父母、子女代的不算在内。"
    ).format(first=first, place=c.paper_place, most=c.proxies_most)


def silence_words(clause: str) -> str:
    """What becomes of those who were reached and do not vote: by a clause of the owners' rules, or nothing."""
    if not clause:
        return _("没有投票的不算参与表决，也不算同意或不同意。")
    return _(
        "已送达而没有投票的，依据{clause}，算到人数和面积都领先的那个选项里，并单独列出；不想这样算的，请投票或选“弃权”。"
    ).format(clause=clause)


def _silence(c: Calling) -> str:
    counts = c.deemed_for_special or c.item not in (Item.RAISE_FUND, Item.REBUILD, Item.CHANGE_COMMON)
    silent = silence_words(c.deemed_clause if counts else "")
    invalid = _("无效票算参与表决。") if c.invalid_takes_part else _("无效票不算参与表决。")
    blank = _("空白票算弃权。") if c.blank_is_abstain else _("空白票算无效票。")
    return _("七、没投票、弃权和无效票怎么算。{silent}弃权算参与表决，不算同意。{invalid}{blank}").format(
        silent=silent, invalid=invalid, blank=blank
    )


def _roll(c: Calling) -> str:
    algorithm = ALGORITHM_WORDS.get(c.roll_algorithm, c.roll_algorithm)
    return _(
        "八、名册。应参加表决的业主{heads}人，专有部分面积{area}平方米，以{day}锁定的名册为准。"
        "名册校验码（{algorithm}）：{code}。投票记录签名公钥的校验码（SHA-256）：{key}。"
    ).format(
        heads=c.roll.people,
        area=c.roll.area,
        day=full_day(c.roll_day),
        algorithm=algorithm,
        code=c.roll_code,
        key=c.key_code,
    )


def _advice(c: Calling) -> str:
    if c.opinion:
        return _("公告以前听取了{body}的意见：{opinion}（意见供业主参考，不影响表决。）").format(
            body=c.opinion_body, opinion=c.opinion
        )
    due = full_day(c.opinion_due) if c.opinion_due else ""
    return _("公告以前已书面征求社区党组织意见，到{due}没有收到答复。").format(due=due)


def _contact(c: Calling) -> str:
    phone = _("（电话{phone}）").format(phone=c.phone) if c.phone else ""
    other = "" if c.by_committee else _("或社区居民委员会")
    return _("十、有疑问找谁。请向{convener}{phone}{other}询问。计票由{witness}见证。").format(
        convener=c.convener, phone=phone, other=other, witness=witness_words(by_committee=c.by_committee)
    )


def witness_words(*, by_committee: bool) -> str:
    """Who watches the count: the residents' committee, or somebody else where it convened the vote itself."""
    return _("街道、乡镇或者不参加计票的业主") if by_committee else _("社区居民委员会")


# What is told in between. --------------------------------------------------------------------------------------------


def extension_lines(area: str, question: str, reason: str, before: datetime, after: datetime) -> list[str]:
    """The notice of the one extension."""
    return [
        _("{area}全体业主：").format(area=area),
        _("“{question}”的投票截止时间，由{before}延长到{after}，只延长这一次。").format(
            question=question, before=deadline(before), after=deadline(after)
        ),
        _("原因：{reason}").format(reason=reason),
        _("已经投的票有效，其他事项不变。"),
    ]


def abort_lines(area: str, question: str, reason: str) -> list[str]:
    """The notice that a vote is aborted."""
    return [
        _("{area}全体业主：").format(area=area),
        _("“{question}”的表决中止，已经投的票不再计算，也不公布。").format(question=question),
        _("原因：{reason}").format(reason=reason),
        _("需要重新表决的，将重新核对名册、重新发布会议公告。"),
    ]


def recount_lines(area: str, question: str, reason: str) -> list[str]:
    """The notice that the count is made again."""
    return [
        _("{area}全体业主：").format(area=area),
        _("“{question}”的表决将重新计票，先前公示的初步统计结果不再作准，重新计票的结果另行公示。").format(
            question=question
        ),
        _("原因：{reason}").format(reason=reason),
    ]


def correction_lines(area: str, question: str, reason: str) -> list[str]:
    """The notice that something told before was wrong; the figures come from the count and stay."""
    return [
        _("{area}全体业主：").format(area=area),
        _("关于“{question}”表决结果公告的更正：").format(question=question),
        *(line.strip() for line in reason.splitlines() if line.strip()),
        _("原公告保留在网上，可以对照查看。"),
    ]


def annulment_lines(area: str, question: str, reason: str, basis: str) -> list[str]:
    """The notice that a decision was annulled."""
    return [
        _("{area}全体业主：").format(area=area),
        _("“{question}”的业主大会决定已被撤销，不再有效。依据：{basis}").format(question=question, basis=basis),
        _("原因：{reason}").format(reason=reason),
        _("原来的表决结果保留在网上，标明已撤销。"),
    ]
