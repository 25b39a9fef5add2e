"""What stands on a ballot paper, and whether a paper is filled in as it should be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from . import refusals as no
from .kinds import ALONE, OptionKind

MOST_OPTIONS = 12
AGREE = _("同意")
AGAINST = _("不同意")
NONE_OF_THESE = _("以上都不同意")
ABSTAIN = _("弃权")
_RESERVED = frozenset({NONE_OF_THESE, ABSTAIN})


@dataclass(frozen=True, slots=True)
class Line:
    """One option of a ballot paper, in its fixed place."""

    kind: OptionKind
    text: str


def tidy(options: Sequence[str]) -> list[str]:
    """The options without blanks and without what is added anyway; a typed 同意 and 不同意 is the plain yes or no."""
    texts = [text for text in options if text and text not in _RESERVED]
    return [] if set(texts) == {AGREE, AGAINST} else texts


def lines_for(options: Sequence[str]) -> list[Line]:
    """The whole ballot paper: without options a plain yes or no; 弃权 always, 以上都不同意 for several options."""
    if not options:
        return [Line(OptionKind.AGREE, AGREE), Line(OptionKind.AGAINST, AGAINST), Line(OptionKind.ABSTAIN, ABSTAIN)]
    chosen = [Line(OptionKind.CHOICE, text) for text in options]
    return [*chosen, Line(OptionKind.NONE_OF_THESE, NONE_OF_THESE), Line(OptionKind.ABSTAIN, ABSTAIN)]


def require_sound_paper(question: str, options: Sequence[str], most_choices: int) -> None:
    """A question, none or two to twelve different options, and a number of choices that fits them."""
    wrong: list[Refusal] = []
    if not question:
        wrong.append(no.NO_QUESTION)
    if len(options) == 1:
        wrong.append(no.TOO_FEW_OPTIONS)
    if len(options) > MOST_OPTIONS:
        wrong.append(no.TOO_MANY_OPTIONS)
    if len(set(options)) < len(options):
        wrong.append(no.SAME_OPTIONS)
    if not 1 <= most_choices <= max(1, len(options)):
        wrong.append(no.CHOICES_OUT_OF_RANGE)
    if wrong:
        raise RuleViolation(*wrong)


def share_of(text: str) -> Fraction | None:
    """A share written as 1/3, None when nothing is asked for; more than the whole or less than nothing is refused."""
    if not text:
        return None
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError) as wrong:
        raise RuleViolation(no.SHARE_OUT_OF_RANGE) from wrong
    if not 0 <= share <= 1:
        raise RuleViolation(no.SHARE_OUT_OF_RANGE)
    return share or None


def require_valid_choice(chosen: Collection[int], kinds: Mapping[int, OptionKind], most_choices: int) -> None:
    """At least one option of this paper, not more than allowed; 弃权 and its like only by themselves."""
    if not chosen:
        raise RuleViolation(no.NOTHING_CHOSEN)
    if not set(chosen) <= set(kinds):
        raise RuleViolation(no.NOT_ON_THE_BALLOT)
    if len(chosen) > 1 and any(kinds[option] in ALONE for option in chosen):
        raise RuleViolation(no.CHOSEN_ALONE)
    if len(chosen) > most_choices:
        raise RuleViolation(no.TOO_MANY_CHOSEN)
