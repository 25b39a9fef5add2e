"""How the product says no: a refusal is a value with a stable code, a sentence and its source."""

from dataclasses import dataclass


def later(message: str) -> str:
    """Mark a sentence for translation without needing the framework; it is translated when shown."""
    return message


_ = later


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not happen: code for programs, sentence for the neighbour, article of law if there is one."""

    code: str
    sentence: str
    source: str = ""


class RuleViolation(Exception):
    """The act is not possible now; carries every refusal that applies, so that nobody is sent back twice."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(", ".join(refusal.code for refusal in refusals))

    @property
    def refusal(self) -> Refusal:
        """The first refusal, for pages that show one sentence."""
        return self.refusals[0]


class NotAllowed(Exception):
    """The thing is visible, but this act is not this office's; carries the verb and a sentence for the page."""

    def __init__(self, verb: str, sentence: str = _("您现在的身份不能办这一步。")) -> None:
        self.verb = verb
        self.sentence = sentence
        self.refusal = Refusal("not_allowed", sentence)
        super().__init__(verb)


# What stands in the way of an act, whichever of the two it is; parts/refusal.html shows both.
Refused = RuleViolation | NotAllowed
