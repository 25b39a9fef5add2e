"""What is told of a count: preliminary, and then as the decision. Every figure comes from the count. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xieshang.lib.days import full_day, moment
from xieshang.lib.refusals import later as _

from ..decision import Flag, Outcome, Slate
from ..kinds import Channel
from ..majority import Item
from ..paperwork import reached_words
from ..sentences import approval_of, participation_of, preliminary_verdict_of, verdict_of
from ..tally import Tally, grouped, percent
from ..ways import Result, Terms

CHANNEL_WORDS = {
    Channel.ONLINE: _("线上"),
    Channel.ASSISTED: _("上门代办"),
    Channel.PAPER: _("纸质"),
    Channel.PROXY: _("委托"),
}
FLAG_WORDS = {
    Flag.OUTCOME_DEPENDS_ON_INVALID_RULE: _("请注意：无效票算不算参与表决，会改变结果；本次按公告写明的算法计。"),
    Flag.SPLIT_MAJORITY: _("请注意：人数和面积领先的不是同一个选项，没有投票的业主不算到任何一边。"),
    Flag.TIE_AT_LAST_SEAT: _("请注意：末位票数相同，暂不确定当选人。"),
    Flag.PUBLISHED_OUTCOME_DIFFERS: _("请注意：官方平台结果单写的结论，和按这些数字、按法律算出来的不一样。"),
}
HEAD = (_("选项"), _("人数"), _("占参与人数"), _("面积（平方米）"), _("占参与面积"))
Table = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a count: who called the vote, when, on which roll, how many were served, who counted."""

    area: str
    question: str
    convener: str
    item: Item
    scope: str
    opens_on: date
    closes_at: datetime
    notice_number: str
    opinion_heard: bool
    roll_day: date
    roll_code: str
    # How many were reached, and how many of these only their vote shows.
    reached: tuple[int, int]
    signers: str
    number: int = 1
    recount_reason: str = ""
    earlier: str = ""
    inquiry_first: date | None = None
    inquiry_last: date | None = None
    # Where boards are named the days are known only when the last of them hangs.
    inquiry_days: int = 0
    objections: int = 0
    official_source: str = ""
    official_note: str = ""


def preliminary_title(question: str) -> str:
    """The title of the preliminary publicity."""
    return _("关于“{question}”表决初步统计结果的公示").format(question=question)


def result_title(area: str, question: str, *, is_passed: bool) -> str:
    """The title of the announcement; what did not pass is no decision."""
    what = _("业主大会决定的公告") if is_passed else _("表决结果的公告")
    return _("关于{area}“{question}”{what}").format(area=area, question=question, what=what)


def figures_lines[K: Hashable](around: Around, result: Result[K]) -> list[str]:
    """Law, window, channels, roll, deliveries and who took part."""
    counted = result.counted
    channels = "" if around.official_source else _channels(result)
    lines = [_basis(around), _roll(around, counted.whole), _took_part(counted.part, counted.whole, channels)]
    return [*lines, *_official(around)]


def _official(a: Around) -> Sequence[str]:
    """Whose figures these are, where they were not counted here."""
    if not a.official_source:
        return ()
    note = _("说明：{note}。").format(note=a.official_note.rstrip("。")) if a.official_note else ""
    words = _("以上数字来自{platform}，由两人照该平台的结果单录入、核对；是否达到法定比例，由本站按同样的规则算出。")
    return (words.format(platform=a.official_source) + note,)


def _basis(a: Around) -> str:
    heard = _("，听取社区党组织意见后") if a.opinion_heard else ""
    how = _("在{platform}表决").format(platform=a.official_source) if a.official_source else _("以纸质和电子方式表决")
    return _(
        "依据《民法典》第二百七十八条第一款第{item}项、第二款{heard}，由{convener}组织，就“{question}”"
        "于{opens}至{closes}{how}，范围是{scope}（会议公告{number}）。"
    ).format(
        item="一二三四五六七八九"[int(a.item) - 1],
        heard=heard,
        how=how,
        convener=a.convener,
        question=a.question,
        opens=full_day(a.opens_on),
        closes=moment(a.closes_at),
        scope=a.scope,
        number=a.notice_number,
    )


def _roll(a: Around, whole: Tally) -> str:
    return _(
        "应参加表决业主{heads}人、专有部分面积{area}平方米（以{day}锁定的名册为准，校验码{code}）；已送达{reached}。"
    ).format(
        heads=whole.people,
        area=whole.area,
        day=full_day(a.roll_day),
        code=a.roll_code,
        reached=reached_words(*a.reached),
    )


def _took_part(part: Tally, whole: Tally, channels: str) -> str:
    return _("参与表决{heads}人（{heads_share}）、{area}平方米（{area_share}）{channels}。").format(
        heads=part.people,
        heads_share=percent(part.heads, whole.heads),
        area=part.area,
        area_share=percent(part.area_centi, whole.area_centi),
        channels=channels,
    )


def _channels[K: Hashable](result: Result[K]) -> str:
    by_channel = [(channel, result.counted.took_part.get(channel)) for channel in Channel]
    named = [f"{CHANNEL_WORDS[channel]}{tally.people}人" for channel, tally in by_channel if tally]
    return _("，其中{named}").format(named="、".join(named)) if named else ""


def table_of[K: Hashable](result: Result[K], slate: Slate[K], names: Mapping[K, str]) -> Table:
    """Every option with heads and area and their shares, then abstention, invalid ballots and deemed votes."""
    counted = result.counted
    rows = [_row(names[option], counted.option(option), counted.part) for option in (*slate.options, slate.abstain)]
    rows.append(_row(_("无效票"), counted.invalid, None))
    if counted.deemed != Tally() and counted.deemed_to is not None:
        label = _("没有投票、按议事规则算到“{name}”").format(name=names[counted.deemed_to])
        rows.append(_row(label, counted.deemed, counted.part))
    return rows


def _row(label: str, tally: Tally, part: Tally | None) -> tuple[str, ...]:
    shares = (
        ("", "") if part is None else (percent(tally.heads, part.heads), percent(tally.area_centi, part.area_centi))
    )
    return label, tally.people, shares[0], tally.area, shares[1]


def four_fractions[K: Hashable](result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]) -> list[str]:
    """The fractions with the marks the law sets: who took part, and who stands behind what was decided on."""
    shown = [(_("参与表决"), part) for part in participation_of(result, terms)]
    leading = result.decision.choice if result.decision.choice is not None else slate.decidable[0]
    if len(slate.decidable) == 1 or result.decision.choice is not None:
        shown += [(names[leading], part) for part in approval_of(result, terms, leading)]
    return [
        _("{what}{label}{number}/{of}，{percent}，法定{mark}，{met}。").format(
            what=what,
            label=each.label,
            number=grouped(each.number),
            of=grouped(each.of),
            percent=each.percent,
            mark=each.mark,
            met=_("达到") if each.is_met else _("未达到"),
        )
        for what, each in shown
    ]


def preliminary_end[K: Hashable](
    around: Around, result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]
) -> list[str]:
    """What follows the figures in the preliminary publicity: the condition met or not, who counted, how to object."""
    lines = [preliminary_verdict_of(result, terms, slate, names), *_flags(result), *_recounted(around)]
    if around.inquiry_days or (around.inquiry_first and around.inquiry_last):
        lines.append(
            _(
                "公示期{period}。对统计结果有疑问或异议的，请在公示期内在网上或书面向{convener}实名提出，"
                "也可以向社区居民委员会反映。本公示是初步统计结果，公示期满后另行公告决定。"
            ).format(period=_period(around), convener=around.convener)
        )
    return [*lines, *_signed(around)]


def _period(a: Around) -> str:
    """The days of the inquiry."""
    if a.inquiry_first and a.inquiry_last:
        return _("{first}至{last}").format(first=full_day(a.inquiry_first), last=full_day(a.inquiry_last))
    return _("{days}日，从网上发布、各公告栏都贴好的第二天起算").format(days=a.inquiry_days)


def result_end[K: Hashable](
    around: Around, result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]
) -> list[str]:
    """What follows the figures in the announcement: the decision, what was objected, who counted, what is next."""
    heard = (
        _("初步统计结果公示期内收到异议{number}条，都已答复。").format(number=around.objections)
        if around.objections
        else _("初步统计结果公示期内没有收到异议。")
    )
    lines = [verdict_of(result, terms, slate, names), *_flags(result), *_recounted(around), heard]
    if is_passed(result):
        lines.append(_("业主认为决定侵害其合法权益的，可以自知道或者应当知道之日起一年内请求人民法院撤销。"))
    return [*lines, *_signed(around)]


def is_passed[K: Hashable](result: Result[K]) -> bool:
    """Whether something was decided: passed, or at least some seats filled."""
    return result.decision.outcome == Outcome.PASSED or bool(result.decision.elected)


def _flags[K: Hashable](result: Result[K]) -> list[str]:
    return [FLAG_WORDS[flag] for flag in result.flags if flag in FLAG_WORDS]


def _recounted(around: Around) -> Sequence[str]:
    if around.number < 2:
        return ()
    words = _("本次是第{number}次计票。重新计票的原因：{reason}上一次的结果：{earlier}")
    reason = around.recount_reason.rstrip("。") + "。"
    return (words.format(number=around.number, reason=reason, earlier=around.earlier),)


def _signed(around: Around) -> Sequence[str]:
    return (around.signers,) if around.signers else ()
