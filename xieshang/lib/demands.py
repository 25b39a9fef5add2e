"""What a step of a procedure asks for: one sentence to tick, one refusal while it is missing, and who supplies it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .refusals import Refusal


def _always(facts: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Demand[Facts, Who]:
    """One thing a step asks for, judged from the facts of a matter; made only where `applies` is true.

    Made by this bare name, never by an alias with its types filled in: Python 3.12.1 cannot call that one.
    """

    asks: str
    refusal: Refusal
    who: Who
    is_met: Callable[[Facts], bool]
    applies: Callable[[Facts], bool] = _always

    def when(self, applies: Callable[[Facts], bool]) -> "Demand[Facts, Who]":
        """The same demand, made only in matters of which `applies` is true."""
        return replace(self, applies=applies)


@dataclass(frozen=True, slots=True)
class Check[Who]:
    """One line of the list beside a step: the sentence, whether it is so, what is said while it is not, who helps."""

    asks: str
    is_met: bool
    refusal: Refusal
    who: Who


def ticked[Facts, Who](demands: Iterable[Demand[Facts, Who]], facts: Facts) -> list[Check[Who]]:
    """The demands that apply to a matter, each ticked from its facts."""
    asked = [demand for demand in demands if demand.applies(facts)]
    return [Check(demand.asks, demand.is_met(facts), demand.refusal, demand.who) for demand in asked]
