"""Count files: a published result as a file for anybody, and what a counted file says in words."""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor

from ..models import Vote
from ..rules import OUTCOME_WORDS, Kind, Outcome, Tally
from ..rules.countfile import FORMAT, FileFault
from ..rules.countfile.terms import ABSTAIN, AGAINST, AGREE
from ..rules.decision import Flag
from ..rules.owners_words import FLAG_WORDS
from ..rules.tally import grouped
from .owners_count import Reckoning, kept_counts, reckoning_of
from .owners_result import owners_result
from .results import Row

CHOICE_WORDS = {AGREE: _("同意"), AGAINST: _("不同意（或以上都不同意）"), ABSTAIN: _("弃权")}


def page_words() -> dict[str, dict[str, str]]:
    """The words that the script of the page shows."""
    return {
        "outcomes": {outcome.value: str(words) for outcome, words in OUTCOME_WORDS.items()},
        "flags": {flag.value: str(words) for flag, words in FLAG_WORDS.items()},
        "choices": {name: str(words) for name, words in CHOICE_WORDS.items()},
    }


def count_file_of(actor: Actor, vote: Vote) -> str:
    """The published figures of an owners' vote as a file (form B); empty while they are not published, or of no form.

    It holds what everybody may read on the page of the result, nothing of single ballots.
    """
    told = owners_result(actor, vote)
    reckoning = reckoning_of(vote)
    if told is None or reckoning.terms.kind not in (Kind.MOTION, Kind.PLANS):
        return ""
    return json.dumps(_document(vote, reckoning), ensure_ascii=False, indent=1)


def _document(vote: Vote, reckoning: Reckoning) -> dict[str, object]:
    terms, slate, names = reckoning.terms, reckoning.slate, reckoning.names
    result = kept_counts(vote, reckoning)[-1].result
    counted = result.counted
    words = {slate.abstain: ABSTAIN, slate.against: AGAINST}
    is_motion = terms.kind == Kind.MOTION
    choices = {words.get(pk, AGREE if is_motion else names[pk]): pk for pk in names}
    totals: dict[str, object] = {
        "all": _pair(counted.whole),
        "participating": _pair(counted.part),
        "choices": {word: _pair(counted.option(pk)) for word, pk in choices.items()},
        "invalid": _pair(counted.invalid),
    }
    if counted.deemed_to is not None:
        to = next(word for word, pk in choices.items() if pk == counted.deemed_to)
        totals["deemed"] = {"to": to, **_pair(counted.deemed)}
    document: dict[str, object] = {
        "format": FORMAT,
        "rule_set": terms.law.value,
        "item": int(terms.item or 0),
        "invalid_counts_as_participating": terms.invalid_takes_part,
        "totals": totals,
        "published_outcome": result.decision.outcome.value,
    }
    return document if is_motion else document | {"options": [names[pk] for pk in slate.decidable]}


def _pair(tally: Tally) -> dict[str, object]:
    return {"heads": tally.heads, "area": tally.area_digits}


@dataclass(frozen=True, slots=True)
class FileTold:
    """A counted file in words, or its faults."""

    headline: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)


HEAD = [_("选项"), _("人数"), _("面积（㎡）")]


def told_of(result: dict[str, object] | list[FileFault]) -> FileTold:
    """What the engine says about a file, for the page without script."""
    if isinstance(result, list):
        return FileTold(_("这份文件有%s处看不懂") % len(result), faults=result[:50])
    outcome, choice = Outcome(str(result["outcome"])), result.get("choice")
    headline = str(OUTCOME_WORDS[outcome]) + (f"：“{choice}”" if choice else "")
    rows = [_row(label, result.get(name)) for name, label in (("total", _("应参加")), ("participating", _("参与表决")))]
    choices = result.get("choices")
    if isinstance(choices, dict):
        rows += [_row(str(CHOICE_WORDS.get(name, name)), pair) for name, pair in choices.items()]
    rows += [_row(label, result.get(name)) for name, label in (("invalid", _("无效")), ("deemed", _("推定随多数")))]
    flags = result.get("flags")
    notes = [str(FLAG_WORDS[Flag(flag)]) for flag in flags] if isinstance(flags, list) else []
    elected = result.get("elected")
    if isinstance(elected, list):
        notes.insert(0, _("当选：%s") % ("、".join(map(str, elected)) or _("没有人")))
    return FileTold(headline, [row for row in rows if row], notes)


def _row(label: str, pair: object) -> Row | None:
    if not isinstance(pair, dict):
        return None
    heads, area = pair.get("heads"), pair.get("area")
    return Row([label, "–" if heads is None else f"{heads:,}", "–" if area is None else grouped(str(area))])
