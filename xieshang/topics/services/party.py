"""The Party organisation's study: nothing of weight is discussed before it (重要事项先经党组织研究)."""

import datetime
from collections.abc import Sequence

from xieshang.community.models import Body
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from ..models import Topic, TopicParty
from ..permissions import is_secretary_above
from ..rules import PARTY_MEETING_LABELS, PartyMeeting, PartyOpinion, RecordKind, Step
from .moving import Given, _moving, _write

NOT_YET_ABOVE = Refusal("own_party_first", _("社区党组织还在研究期限内。到期没有答复的，上级党组织才可以代为研究。"))


def agree(
    actor: Actor,
    topic_id: int,
    *,
    studied_on: datetime.date,
    meeting: PartyMeeting,
    conclusion: str,
    signer: str,
    form: str,
    body_ids: Sequence[int] = (),
    other_parties: Sequence[str] = (),
) -> Topic:
    """Record the study: date, meeting, conclusion and signer; who is asked to take part, and in which form."""
    given = _study(studied_on, meeting, conclusion, signer)
    given |= {"parties_chosen": bool(body_ids or other_parties), "form_chosen": bool(form)}
    with _moving(actor, topic_id, Step.AGREE, note=conclusion, **given) as topic:
        _only_when_silent(actor, topic)
        topic.party_opinion = PartyOpinion.AGREED.value
        topic.form = form
        _invite(topic, body_ids, other_parties)
        _file(actor, topic, studied_on, meeting, conclusion, signer)
    return topic


def party_return(
    actor: Actor,
    topic_id: int,
    *,
    studied_on: datetime.date,
    meeting: PartyMeeting,
    conclusion: str,
    signer: str,
) -> Topic:
    """Record a study that gives the matter back to its author, with the reason."""
    given: Given = {**_study(studied_on, meeting, conclusion, signer), "reason_given": bool(conclusion)}
    with _moving(actor, topic_id, Step.PARTY_RETURN, note=conclusion, **given) as topic:
        _only_when_silent(actor, topic)
        _file(actor, topic, studied_on, meeting, conclusion, signer)
    return topic


def _study(studied_on: datetime.date | None, meeting: str, conclusion: str, signer: str) -> Given:
    return {
        "party_studied_on": studied_on,
        "party_meeting_named": bool(meeting),
        "party_conclusion_given": bool(conclusion),
        "party_signer_named": bool(signer),
    }


def _only_when_silent(actor: Actor, topic: Topic) -> None:
    """The organisation above studies in the stead of its own only after that one has let the days go by."""
    if is_secretary_above(actor, topic) and topic.party_opinion == PartyOpinion.NONE:
        raise RuleViolation(NOT_YET_ABOVE)


def _invite(topic: Topic, body_ids: Sequence[int], others: Sequence[str]) -> None:
    topic.parties.all().delete()
    bodies = Body.objects.filter(pk__in=body_ids).order_by("pk")
    rows = [TopicParty(topic=topic, body=body, name=body.name) for body in bodies]
    rows += [TopicParty(topic=topic, name=name) for name in dict.fromkeys(others) if name]
    TopicParty.objects.bulk_create(rows)


def _file(
    actor: Actor, topic: Topic, studied_on: datetime.date, meeting: PartyMeeting, conclusion: str, *signers: str
) -> None:
    form = str(PARTY_MEETING_LABELS[meeting])
    _write(
        actor,
        topic,
        RecordKind.PARTY_REVIEW,
        held_on=studied_on,
        form=form,
        conclusion=conclusion,
        signer="".join(signers),
    )
