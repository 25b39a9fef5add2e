"""A home turned into a business: no vote, every interested owner must agree (民法典第279条)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Consent:
    """Where the consents stand: who said no, and who has not answered yet."""

    refused: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_given(self) -> bool:
        """Whether every interested owner has agreed; silence is no consent."""
        return not self.refused and not self.missing


def consent_of(of_the_building: Iterable[str], proven_others: Iterable[str], answers: Mapping[str, bool]) -> Consent:
    """The owners of that building are interested, and others who can show it (法释〔2009〕7号第10、11条)."""
    interested = tuple(dict.fromkeys([*of_the_building, *proven_others]))
    return Consent(
        refused=tuple(owner for owner in interested if answers.get(owner) is False),
        missing=tuple(owner for owner in interested if owner not in answers),
    )
