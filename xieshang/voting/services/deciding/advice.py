"""Advice before the notice: the Party organisation is heard, and then the roll is opened, whatever it said."""

from xieshang.community.queries import officers_of
from xieshang.community.rules import PARTY_ROLES
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import short_day
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import add_workdays
from xieshang.notify.services import send

from ...models import Decision
from ...queries.deciding import number
from ...rules.deciding import Step
from .moving import _moving, tell_committee

NO_ANSWER = _("党组织在{due}以前没有答复，记录在案，继续办理。")


def consult(actor: Actor, decision_id: int) -> Decision:
    """Lay the draft before the Party organisation; its answer is due in so many working days (物业管理条例第20条)."""
    with _moving(actor, decision_id, Step.CONSULT) as decision:
        decision.consulted_on = today()
        decision.opinion_due = add_workdays(today(), number(decision, "party_answer_workdays"))
        decision.opinion, decision.opinion_by, decision.opinion_in, decision.opinion_at = "", None, None, None
        tell_committee(decision, _("业主表决的草案已报送，请了解。"))
        _ask_party(decision)
    return decision


def _ask_party(decision: Decision) -> None:
    officers = officers_of(decision.community.path, [role.value for role in PARTY_ROLES])
    matter = decision.vote.matter
    send(
        set(officers.values_list("person_id", flat=True)),
        title=matter.title,
        body=_("请党组织对这次业主表决提出意见。"),
        number=matter.number,
        url=matter.get_absolute_url(),
    )


def give_opinion(actor: Actor, decision_id: int, *, opinion: str) -> Decision:
    """The Party organisation's opinion, once: advice that is shown, not a condition."""
    text = opinion.strip()
    with _moving(actor, decision_id, Step.GIVE_OPINION, note=text, opinion_text_given=bool(text)) as decision:
        decision.opinion, decision.opinion_at = text[:2000], now()
        decision.opinion_by_id = actor.person_id
        decision.opinion_in_id = actor.office.id if actor.office else None
    return decision


def take_back(actor: Actor, decision_id: int, *, reason: str) -> Decision:
    """Back to the draft, to mend it after what was said."""
    with _moving(actor, decision_id, Step.TAKE_BACK, note=reason, reason_given=bool(reason.strip())) as decision:
        pass
    return decision


def open_roll(actor: Actor, decision_id: int) -> Decision:
    """Begin with the roll: the opinion is there, or the time for it is over, which is recorded."""
    silent = Decision.objects.filter(pk=decision_id, opinion_at=None).values_list("opinion_due", flat=True).first()
    note = NO_ANSWER.format(due=short_day(silent)) if silent else ""
    with _moving(actor, decision_id, Step.OPEN_ROLL, note=note) as decision:
        pass
    return decision
