"""The result of an owners' vote as its page tells it: sentence, two steps, table, arithmetic, recounts."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.days import deadline, moment
from xieshang.lib.permits import has_perm

from ..models import CHANNEL_LABELS, Decision, Vote
from ..rules import (
    ITEM_WORDS,
    Channel,
    Item,
    Kind,
    Outcome,
    Share,
    Shown,
    Tally,
    approval_of,
    may_be_split,
    participation_of,
    percent,
    preliminary_verdict_of,
    verdict_of,
)
from ..rules.deciding import State, value
from ..rules.owners_words import FLAG_WORDS, arithmetic, headline_of, mark_words
from ..rules.paperwork import reached_words
from ..rules.tally import grouped
from .owners_count import KeptCount, Reckoning, kept_counts, reached, reckoning_of
from .results import Row

PUBLIC = frozenset({State.PRELIM_PUBLICITY, State.DECIDED, State.ANNOUNCED, State.ANNULLED})
TONES = {Outcome.PASSED: ("go", "circle-check"), Outcome.QUORUM_NOT_MET: ("wait", "users")}


@dataclass(frozen=True, slots=True)
class BarSet:
    """Two bars side by side in meaning: heads and area; of one option where there are several."""

    title: str
    bars: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class OwnersResult:
    """What a counted owners' vote came to, for one reader."""

    vote: Vote
    decision: Decision
    headline: str
    sentence: str
    tone: str
    icon: str
    is_preliminary: bool
    is_internal: bool
    # Where it was not counted here: the platform, the number of its sheet if this reader may open it, what was said.
    official: dict[str, object] | None
    took_part: list[BarSet]
    agreed: list[BarSet]
    agreed_title: str
    channels: str
    head: list[str]
    rows: list[Row]
    split_head: list[str]
    split: list[Row]
    split_note: str
    arithmetic: list[str]
    flags: list[str]
    basis: list[dict[str, str]]
    elected: list[str]
    reserve: list[str]
    counts_head: list[str] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)
    count_notes: list[str] = field(default_factory=list)


def owners_result(actor: Actor, vote: Vote) -> OwnersResult | None:
    """The result for this actor: to everybody once it is published, before that to those who count; else None."""
    decision = getattr(vote, "decision", None)
    if decision is None:
        return None
    reckoning = reckoning_of(vote)
    counts = kept_counts(vote, reckoning)
    is_public = State(decision.state) in PUBLIC
    if not is_public and not has_perm("voting.count", actor, vote):
        # While they are counted anew the published count stays readable.
        published = decision.prelim_id is not None
        counts = [kept for kept in counts if published and kept.counted_at < decision.entered_at]
    if not counts:
        return None
    return _written(vote, decision, reckoning, counts, is_internal=not is_public)


def _written(
    vote: Vote, decision: Decision, reckoning: Reckoning, counts: list[KeptCount], *, is_internal: bool
) -> OwnersResult:
    result, terms, slate, names = counts[-1].result, reckoning.terms, reckoning.slate, reckoning.names
    is_preliminary = State(decision.state) in (State.COUNTING, State.PRELIM_PUBLICITY)
    told = (preliminary_verdict_of if is_preliminary else verdict_of)(result, terms, slate, names)
    tone, icon = TONES.get(result.decision.outcome, ("closed", "circle-minus"))
    split_head, split, note = _split(reckoning, counts[-1])
    counts_head, kept_rows, notes = _beside(reckoning, counts)
    return OwnersResult(
        vote=vote,
        decision=decision,
        headline=headline_of(result, terms.kind, names, is_preliminary=is_preliminary),
        sentence=told,
        tone=tone,
        icon=icon,
        is_preliminary=is_preliminary,
        is_internal=is_internal,
        official=decision.official_result,
        took_part=_took_part(reckoning, counts[-1]),
        agreed=_agreed(reckoning, counts[-1]),
        agreed_title=_("第二步 得票够不够") if terms.kind == Kind.ELECTION else _("第二步 同意的够不够"),
        channels="" if decision.official_result else _channels(counts[-1]),
        head=[_("选项"), _("人数"), _("占参与"), _("面积（㎡）"), _("占参与")],
        rows=_rows(reckoning, counts[-1]),
        split_head=split_head,
        split=split,
        split_note=note,
        arithmetic=_arithmetic(reckoning, counts[-1]),
        flags=[str(FLAG_WORDS[flag]) for flag in result.flags],
        basis=_basis(vote, decision, reckoning),
        elected=[names[pk] for pk in result.decision.elected],
        reserve=[names[pk] for pk in result.decision.reserve],
        counts_head=counts_head,
        counts=kept_rows,
        count_notes=notes,
    )


def _channels(kept: KeptCount) -> str:
    return " · ".join(f"{CHANNEL_LABELS[c]}{tally.heads:,}" for c, tally in _by_channel(kept))


@dataclass(frozen=True, slots=True)
class OwnersEnding:
    """How an owners' decision ended, for the apps above."""

    is_passed: bool
    sentence: str


def ending_of(vote: Vote) -> OwnersEnding:
    """The ending of the last count, with its generated sentence."""
    reckoning = reckoning_of(vote)
    result = kept_counts(vote, reckoning)[-1].result
    sentence = verdict_of(result, reckoning.terms, reckoning.slate, reckoning.names)
    return OwnersEnding(result.decision.outcome == Outcome.PASSED, sentence)


# Bars. ---------------------------------------------------------------------------------------------------------------


def _bars(shown: tuple[Shown, ...], share: Share) -> list[dict[str, object]]:
    """Heads and area with the mark of the law; 131 / 228人 · 57.46%, the exact fraction where rounding misleads."""
    units = (_("人"), _("㎡"))
    return [
        {
            "label": str(one.label),
            "words": f"{grouped(one.number)} / {grouped(one.of)}{unit} · {one.percent}"
            + (f"（{one.exact}）" if one.exact else ""),
            "share": one.percent.rstrip("%–") or "0",
            "mark": percent(share.fraction.numerator, share.fraction.denominator).rstrip("%"),
            "mark_label": mark_words(share),
        }
        for one, unit in zip(shown, units, strict=True)
    ]


def _took_part(reckoning: Reckoning, kept: KeptCount) -> list[BarSet]:
    share = reckoning.terms.majority.participation
    shown = participation_of(kept.result, reckoning.terms)
    return [BarSet("", _bars(shown, share))] if share and shown else []


def _agreed(reckoning: Reckoning, kept: KeptCount) -> list[BarSet]:
    """Bars of the motion, of every candidate, or of the plan that passed, else of the one that leads."""
    terms, names = reckoning.terms, reckoning.names
    return [
        BarSet(
            "" if terms.kind == Kind.MOTION else names[option],
            _bars(approval_of(kept.result, terms, option), terms.majority.approval),
        )
        for option in _looked_at(reckoning, kept)
    ]


def _looked_at(reckoning: Reckoning, kept: KeptCount) -> list[int]:
    decidable, result = list(reckoning.slate.decidable), kept.result
    if reckoning.terms.kind == Kind.PLANS:
        if result.decision.choice is not None:
            return [result.decision.choice]
        most = max(result.counted.support(option).heads for option in decidable)
        return [option for option in decidable if result.counted.support(option).heads == most]
    by_rank = {pk: at for at, pk in enumerate((*result.decision.elected, *result.decision.reserve))}
    return sorted(decidable, key=lambda pk: by_rank.get(pk, len(by_rank)))


def _arithmetic(reckoning: Reckoning, kept: KeptCount) -> list[str]:
    terms, result, names = reckoning.terms, kept.result, reckoning.names
    share, approval = terms.majority.participation, terms.majority.approval
    took_part = participation_of(result, terms) if share else ()
    lines = [f"{_('参与')}{one.label}：{arithmetic(one, share)}。" for one in took_part if share]
    shown = [(names[pk], one) for pk in _looked_at(reckoning, kept) for one in approval_of(result, terms, pk)]
    return lines + [f"“{name}”{one.label}：{arithmetic(one, approval)}。" for name, one in shown]


# Tables. -------------------------------------------------------------------------------------------------------------


def _by_channel(kept: KeptCount) -> list[tuple[Channel, Tally]]:
    took_part = kept.result.counted.took_part
    return [(channel, took_part[channel]) for channel in Channel if channel in took_part]


def _cells(name: str, tally: Tally, part: Tally, *, with_share: bool = True) -> list[str]:
    heads, area = percent(tally.heads, part.heads), percent(tally.area_centi, part.area_centi)
    shares = (heads, area) if with_share else ("–", "–")
    return [name, tally.people, shares[0], tally.area, shares[1]]


def _rows(reckoning: Reckoning, kept: KeptCount) -> list[Row]:
    """Every option as cast, then deemed and invalid in rows of their own, then all who took part."""
    counted, decision = kept.result.counted, kept.result.decision
    part, strong = counted.part, {decision.choice, *decision.elected}
    rows = [Row(_cells(name, counted.option(pk), part), strong=pk in strong) for pk, name in reckoning.names.items()]
    if counted.deemed_to is not None:
        name = _("推定随多数（算入“%s”）") % reckoning.names[counted.deemed_to]
        rows.append(Row(_cells(name, counted.deemed, part)))
    takes_part = counted.invalid_takes_part
    label = _("无效（算参与）") if takes_part else _("无效（不算参与）")
    rows.append(Row(_cells(label, counted.invalid, part, with_share=takes_part and bool(counted.invalid.heads))))
    is_election = reckoning.terms.kind == Kind.ELECTION and reckoning.slate.seats > 1
    last = _("参与合计（一票可选几人）") if is_election else _("参与合计")
    return [*rows, Row([last, part.people, "", part.area, ""], strong=True)]


def _split(reckoning: Reckoning, kept: KeptCount) -> tuple[list[str], list[Row], str]:
    """Options by channel, only where no cell is so small that it would point at somebody."""
    channels = [channel for channel, _tally in _by_channel(kept)]
    by_option = kept.result.counted.by_option
    cells = {(pk, c): by_option.get((pk, c), Tally()).heads for pk in reckoning.names for c in channels}
    if len(channels) < 2:
        return [], [], ""
    if not may_be_split(list(cells.values())):
        return [], [], _("各选项不按投票方式分开列：有的格子不到5票，会让人猜出是谁。")
    head = [_("选项"), *(str(CHANNEL_LABELS[c]) for c in channels)]
    return head, [Row([name, *(str(cells[pk, c]) for c in channels)]) for pk, name in reckoning.names.items()], ""


def _beside(reckoning: Reckoning, counts: list[KeptCount]) -> tuple[list[str], list[Row], list[str]]:
    """The first count beside every recount; nothing while there is only one."""
    if len(counts) < 2:
        return [], [], []
    head = [_("选项"), *(_("第%s次") % kept.number for kept in counts)]

    def cell(tally: Tally) -> str:
        return _("%(heads)s人 · %(area)s㎡") % {"heads": tally.people, "area": tally.area}

    rows = [
        Row([name, *(cell(kept.result.counted.option(pk)) for kept in counts)]) for pk, name in reckoning.names.items()
    ]
    rows.append(Row([_("无效"), *(cell(kept.result.counted.invalid) for kept in counts)]))
    rows.append(Row([_("参与合计"), *(cell(kept.result.counted.part) for kept in counts)], strong=True))
    notes = [_note(kept) for kept in counts]
    return head, rows, notes


def _note(kept: KeptCount) -> str:
    words = {"number": kept.number, "when": moment(kept.counted_at)}
    if not kept.reason:
        return _("第%(number)s次：%(when)s计票。") % words
    return _("第%(number)s次：%(when)s重新计票。理由：%(reason)s") % {**words, "reason": kept.reason}


def _basis(vote: Vote, decision: Decision, reckoning: Reckoning) -> list[dict[str, str]]:
    """By which law and which rules, fixed before the notice, and how many were reached."""
    majority, item = reckoning.terms.majority, Item(decision.item)
    silence = _("不推定，没投票的不算参与")
    if reckoning.terms.counts_silence:
        silence = _("送达后没投票的随多数（%s）") % decision.deemed_clause
    invalid = value(decision.values, "assembly.invalid_participates")
    whole = Tally(vote.roll_size, vote.roll_area_centi)
    roll = _("%(heads)s人、%(area)s㎡") % {"heads": whole.people, "area": whole.area}
    facts = [
        (
            _("表决事项"),
            _("民法典第278条第1款第%(item)s项：%(words)s") % {"item": int(item), "words": ITEM_WORDS[item]},
        ),
        (_("要达到"), f"{majority.words}（{majority.source}）"),
        (_("应参加的业主"), roll),
        (_("已送达"), reached_words(*reached(vote))),
        (_("投票时间"), _window(vote)),
        (_("没投票的怎么算"), silence),
        (_("无效票怎么算"), _("算参与，不算同意") if invalid else _("不算参与")),
        (_("召集人"), decision.convener.name),
    ]
    return [{"label": label, "value": str(words)} for label, words in facts]


def _window(vote: Vote) -> str:
    if vote.opens_at is None or vote.closes_at is None:
        return ""
    return _("%(opens)s至%(closes)s") % {"opens": deadline(vote.opens_at), "closes": deadline(vote.closes_at)}
