"""What every verb of this app does alike: ask who may, write it down, tell who listens."""

from collections.abc import Mapping

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.live.services import tell
from xieshang.matters.models import Matter


def require(verb: str, actor: Actor, thing: object, sentence: str = "") -> None:
    """Refuse an actor whose office may not do this; a sentence of its own says what would open it."""
    if not has_perm(verb, actor, thing):
        raise NotAllowed(verb, sentence) if sentence else NotAllowed(verb)


def refuse_unless(holds: object, refusal: Refusal) -> None:
    """Refuse what cannot be now."""
    if not holds:
        raise RuleViolation(refusal)


def write_down(
    actor: Actor,
    verb: str,
    matter: Matter,
    detail: Mapping[str, object] | None = None,
    *,
    after: str = "",
    reason: str = "",
) -> None:
    """Record an act on a matter, with plain facts about it, and tell its listeners after commit."""
    record(actor, verb, number=matter.number, place=matter.place_path, after=after, reason=reason, detail=detail)
    tell(f"matter.{matter.pk}", "moved")


def hands(actor: Actor) -> int:
    """Id of the human being who acts; for verbs that time does not do."""
    if actor.hands is None:
        raise NotAllowed("act")
    return actor.hands


def office_id(actor: Actor) -> int | None:
    """Id of the office acted in."""
    return actor.office.id if actor.office else None
