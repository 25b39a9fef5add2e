"""The result of a closed vote, as its page shows it: sentence, bars, table, all from whole numbers."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from xieshang.lib.days import day_of, full_day

from ..models import BASE_LABELS, CHANNEL_LABELS, Option, Vote
from ..rules import (
    DECIDABLE,
    HALF,
    NATURE_SENTENCES,
    Base,
    Channel,
    Counted,
    Finding,
    Kind,
    Nature,
    OptionKind,
    Outcome,
    Slate,
    State,
    Tally,
    Terms,
    Verdict,
    fraction,
    headline,
    judge,
    may_be_split,
    percent,
    priorities,
    share_of,
    shown_share,
)
from .counting import kept_count

TONES = {
    Finding.SUPPORTED: ("go", "circle-check"),
    Finding.NO_MAJORITY: ("closed", "circle-minus"),
    Finding.TURNOUT_NOT_MET: ("wait", "users"),
    Finding.NOBODY: ("closed", "circle-minus"),
}


_FINDINGS = {Outcome.PASSED: Finding.SUPPORTED, Outcome.QUORUM_NOT_MET: Finding.TURNOUT_NOT_MET}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of figures."""

    cells: list[str]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a closed vote came to."""

    verdict: Verdict
    headline: str
    reasons: str
    effect: str
    tone: str
    icon: str
    part: int
    whole: int
    turnout_bars: list[dict[str, object]]
    option_bars: list[dict[str, object]]
    head: list[str]
    rows: list[Row]
    channels: str
    split_head: list[str]
    split: list[Row]
    split_note: str

    @property
    def turnout_met(self) -> bool:
        """Whether as many took part as had been asked for beforehand."""
        return self.verdict.turnout_met


def result(vote: Vote) -> Result | None:
    """The result of a poll; None before it is closed and counted, whoever asks. An owners' vote has its own page."""
    is_over = vote.state == State.CLOSED and vote.base != Base.OWNERS
    counted = kept_count(vote) if is_over else None
    if counted is None:
        return None
    return _ranked(vote, counted) if vote.kind == Kind.PRIORITIES else _written(vote, counted)


def _written(vote: Vote, counted: Counted, verdict: Verdict | None = None) -> Result:
    options = list(vote.options.all())
    kinds = {option.pk: OptionKind(option.kind) for option in options}
    verdict = verdict or judge(counted, kinds, share_of(vote.turnout_share))
    names = {option.pk: option.text for option in options}
    is_motion = OptionKind.AGREE in kinds.values()
    split = _split(options, counted)
    tone, icon = TONES[verdict.finding]
    return Result(
        verdict=verdict,
        headline=str(headline(verdict, [names[pk] for pk in verdict.supported], Base(vote.base), is_motion=is_motion)),
        reasons=_reasons(vote, counted, verdict, names),
        effect=str(NATURE_SENTENCES[Nature(vote.nature)]),
        tone=tone,
        icon=icon,
        part=counted.part.heads,
        whole=counted.whole.heads,
        turnout_bars=[_turnout_bar(vote, counted)],
        option_bars=[_option_bar(vote, counted, option) for option in options if kinds[option.pk] in DECIDABLE],
        head=[_("选项"), _("票数（%s）") % vote.unit, _("占参加的")],
        rows=_rows(vote, counted, options, verdict),
        channels=" · ".join(f"{CHANNEL_LABELS[c]}{tally.heads:,}" for c, tally in _by_channel(counted)),
        split_head=[_("选项"), *(str(CHANNEL_LABELS[c]) for c, _tally in _by_channel(counted))],
        split=split,
        split_note=_split_note(counted, split),
    )


def _ranked(vote: Vote, counted: Counted) -> Result:
    """An order of priorities: what comes first by points. It asks for no majority."""
    options = [option for option in vote.options.all() if OptionKind(option.kind) in DECIDABLE]
    names = {option.pk: option.text for option in vote.options.all()}
    terms = Terms(Kind.PRIORITIES, None, turnout=share_of(vote.turnout_share))
    slate = Slate(tuple(option.pk for option in options), abstain=0, seats=vote.most_choices)
    ending = priorities.decide(counted, slate, terms.majority)
    finding = _FINDINGS.get(ending.outcome, Finding.NO_MAJORITY) if counted.part.heads else Finding.NOBODY
    met = ending.outcome != Outcome.QUORUM_NOT_MET
    verdict = Verdict(finding, turnout_met=met, supported=ending.elected)
    first = "、".join(names[pk] for pk in ending.elected)
    told = _written(vote, counted, verdict)
    if not first:
        tied = _("前几位分数相同，排不出先后") if ending.is_tied_at_last_seat else told.headline
        return replace(told, headline=str(tied), option_bars=[], split=[], rows=_points(vote, counted, verdict))
    return replace(
        told,
        headline=_("排在前面的是：%s") % first,
        reasons=_(
            "排第一的得%(most)s分，往后依次少一分，把大家的分加起来。名册上%(whole)s%(unit)s，参加%(part)s%(unit)s。"
        )
        % {"most": vote.most_choices, "whole": f"{told.whole:,}", "part": f"{told.part:,}", "unit": vote.unit},
        option_bars=[],
        head=[_("选项"), _("分数")],
        rows=_points(vote, counted, verdict),
        split=[],
    )


def _points(vote: Vote, counted: Counted, verdict: Verdict) -> list[Row]:
    """Most points first; 弃权 and its like as they stand on the paper."""
    options = list(vote.options.all())
    ranked = sorted(options, key=lambda option: (OptionKind(option.kind) not in DECIDABLE, -_total(counted, option)))
    return [Row([one.text, f"{_total(counted, one):,}"], strong=one.pk in verdict.supported) for one in ranked]


def _total(counted: Counted, option: Option) -> int:
    return counted.option(option.pk).heads


def result_words(vote: Vote, told: Result) -> str:
    """A result as a notice tells it: when, where and how people were asked, every figure with its base, its worth."""
    if vote.opens_at is None or vote.closes_at is None:
        return ""
    asked = _("%(opens)s至%(closes)s，请%(scope)s的居民按%(base)s，就“%(question)s”表达意愿。") % {
        "opens": full_day(day_of(vote.opens_at)),
        "closes": full_day(day_of(vote.closes_at)),
        "scope": vote.scope,
        "base": BASE_LABELS[Base(vote.base)] + (_("、无记名") if vote.kind == Kind.SECRET else ""),
        "question": vote.question.rstrip("？?。"),
    }
    took = _("名册上%(whole)s%(unit)s，参加%(part)s%(unit)s（%(share)s），其中%(channels)s。") % {
        "whole": f"{told.whole:,}",
        "part": f"{told.part:,}",
        "unit": vote.unit,
        "share": percent(told.part, told.whole),
        "channels": "、".join(f"{word}{vote.unit}" for word in told.channels.split(" · ")),
    }
    votes = "、".join(f"{text}{heads}{vote.unit}（{share}）" for text, heads, share in _cells(told))
    figures = _("占参加%(unit)s数的比例：%(votes)s。") % {"unit": vote.unit, "votes": votes}
    return (
        f"{asked}{took}{figures}{told.headline}。{told.effect}"
        if told.part
        else f"{asked}{told.headline}。{told.effect}"
    )


def _cells(told: Result) -> list[list[str]]:
    """The rows of the table without the sum."""
    return [row.cells for row in told.rows[:-1]]


def _by_channel(counted: Counted) -> list[tuple[Channel, Tally]]:
    """Who took part by channel, in the order in which channels are always named."""
    return [(channel, counted.took_part[channel]) for channel in Channel if channel in counted.took_part]


def _reasons(vote: Vote, counted: Counted, verdict: Verdict, names: dict[int, str]) -> str:
    """Why, with the exact numbers: 应到300户，参加228户（76.00%），…."""
    part, whole, unit = counted.part.heads, counted.whole.heads, vote.unit
    turnout = share_of(vote.turnout_share)
    said = [
        _("名册上%(whole)s%(unit)s，参加%(part)s%(unit)s") % {"whole": f"{whole:,}", "part": f"{part:,}", "unit": unit}
    ]
    said[0] += f"（{shown_share(part, whole, turnout)}）"
    if turnout is not None:
        reached = _("达到") if counted.part.reaches(turnout, counted.whole) else _("没有达到")
        said.append(_("%(reached)s事先定的%(share)s") % {"reached": reached, "share": fraction(turnout)})
    if part and verdict.turnout_met:
        leading = verdict.supported or _leading(vote, counted)
        over = _("超过参加的一半") if verdict.supported else _("没有超过参加的一半")
        said += [f"“{names[pk]}”{counted.option(pk).heads:,}{unit}，{over}" for pk in leading]
    return "；".join(said) + "。"


def _leading(vote: Vote, counted: Counted) -> list[int]:
    """The option that could be decided for and has most, if one alone has."""
    options = [option.pk for option in vote.options.all() if OptionKind(option.kind) in DECIDABLE]
    most = max(counted.option(pk).heads for pk in options)
    leading = [pk for pk in options if counted.option(pk).heads == most]
    return leading if len(leading) == 1 else []


def _figures(part: int, whole: int, unit: str, share: str) -> str:
    return f"{part:,} / {whole:,}{unit} · {share}"


def _width(part: int, whole: int) -> str:
    return percent(part, whole).rstrip("%–") or "0"


def _turnout_bar(vote: Vote, counted: Counted) -> dict[str, object]:
    part, whole, turnout = counted.part.heads, counted.whole.heads, share_of(vote.turnout_share)
    return {
        "label": _("参加"),
        "words": _figures(part, whole, vote.unit, shown_share(part, whole, turnout)),
        "share": _width(part, whole),
        "mark": _width(turnout.numerator, turnout.denominator) if turnout else None,
        "mark_label": _("至少%s") % fraction(turnout) if turnout else "",
    }


def _option_bar(vote: Vote, counted: Counted, option: Option) -> dict[str, object]:
    votes, part = counted.option(option.pk).heads, counted.part.heads
    return {
        "label": option.text,
        "words": _figures(votes, part, vote.unit, shown_share(votes, part, HALF)),
        "share": _width(votes, part),
        "mark": _width(1, 2),
        "mark_label": _("超过一半"),
    }


def _rows(vote: Vote, counted: Counted, options: list[Option], verdict: Verdict) -> list[Row]:
    part = counted.part.heads
    rows = [
        Row(
            [option.text, f"{counted.option(option.pk).heads:,}", percent(counted.option(option.pk).heads, part)],
            strong=option.pk in verdict.supported,
        )
        for option in options
    ]
    last = _("参加合计") if vote.most_choices == 1 else _("参加合计（每%s可选几项）") % vote.unit
    return [*rows, Row([last, f"{part:,}", ""], strong=True)]


def _split(options: list[Option], counted: Counted) -> list[Row]:
    """Options by channel, only where no cell is so small that it would point at somebody."""
    channels = [channel for channel, _tally in _by_channel(counted)]
    cells = {(option.pk, c): _heads(counted, option, c) for option in options for c in channels}
    if len(channels) < 2 or not may_be_split(list(cells.values())):
        return []
    return [Row([option.text, *(f"{cells[option.pk, c]:,}" for c in channels)]) for option in options]


def _heads(counted: Counted, option: Option, channel: Channel) -> int:
    tally = counted.by_option.get((option.pk, channel))
    return tally.heads if tally else 0


def _split_note(counted: Counted, split: list[Row]) -> str:
    """Where ballots came by several channels and the figures are too small to be shown apart, say so."""
    if split or len(counted.took_part) < 2:
        return ""
    return _("代办的票和线上的票合在一起计。各选项不按投票方式分开列：有的格子不到5票，会让人猜出是谁。")
