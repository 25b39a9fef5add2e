"""The notice that calls the vote, from which on nothing changes any more; and taking a draft back before it."""

from datetime import datetime, time
from typing import Any

from django.utils.safestring import mark_safe

from xieshang.community.rules import BodyKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import SHANGHAI, day_of, deadline, full_day, short_day
from xieshang.lib.refusals import later as _
from xieshang.lib.seal import key_code
from xieshang.lib.text import clean_html
from xieshang.outcomes.rules import NoticeKind, title_lines

from ...models import Decision, Roll
from ...queries.deciding import COMMITTEES, number, setting
from ...queries.excluded import exclusions_of
from ...rules import ITEM_WORDS, Item, Kind, Law, Tally
from ...rules.deciding import State, Step
from ...rules.deciding.texts import Calling, calling_lines, calling_title
from .moving import _moving, show, tell_committee, tell_owners
from .telling import put_up, text_of


def publish(actor: Actor, decision_id: int) -> Decision:
    """Put up the notice of the meeting: complete by the rules or not at all; all owners and the committee are told."""
    with _moving(actor, decision_id, Step.PUBLISH) as decision:
        vote = decision.vote
        if decision.opens_on is None or decision.closes_at is None:
            raise ValueError("the guards ask for a window")
        vote.opens_at = datetime.combine(decision.opens_on, time(), SHANGHAI)
        vote.closes_at = decision.closes_at
        vote.days = (day_of(decision.closes_at) - decision.opens_on).days + 1
        vote.save(update_fields=["opens_at", "closes_at", "days"])
        decision.key_code = key_code()
        show(decision, State.NOTICE)
        title = calling_title(decision.area.name, vote.question)
        lines = calling_lines(calling_of(decision))
        decision.notice = put_up(actor, decision, NoticeKind.MEETING, title, text_of(lines))
        news = _("业主表决的会议公告发布了，{opens}起投票，{closes}截止。").format(
            opens=short_day(decision.opens_on), closes=deadline(decision.closes_at)
        )
        tell_owners(decision, news)
        tell_committee(decision, news)
    return decision


def calling_of(decision: Decision) -> Calling:
    """What the notice says, read from the decision; for publishing, and for looking at beforehand."""
    vote, item, roll = decision.vote, Item(decision.item), Roll.objects.filter(vote_id=decision.vote_id).first()
    if decision.opens_on is None or decision.closes_at is None or roll is None or roll.frozen_at is None:
        raise ValueError("the guards ask for a window and a frozen roll")
    return Calling(
        area=decision.area.name,
        convener=decision.convener.name,
        convener_source=decision.convener_source,
        question=vote.question,
        text=decision.text,
        item=item,
        item_words=ITEM_WORDS[item],
        law=Law(decision.rule_set),
        kind=Kind(vote.kind),
        options=[option.text for option in vote.options.all()],
        seats=decision.seats or 1,
        scope=scope_words(decision),
        scope_source=decision.scope_source,
        opens_on=decision.opens_on,
        closes_at=decision.closes_at,
        may_change=vote.allow_change,
        paper_place=decision.paper_place,
        proxies_most=number(decision, "proxies_most"),
        roll=Tally(roll.heads, roll.area_centi),
        roll_day=day_of(roll.frozen_at),
        roll_code=roll.value,
        roll_algorithm=roll.algorithm,
        key_code=decision.key_code or key_code(),
        deemed_clause=decision.deemed_clause if setting(decision, "deemed") == "majority" else "",
        opinion=decision.opinion,
        opinion_body=decision.opinion_in.body.name if decision.opinion_in else "",
        opinion_due=decision.opinion_due,
        phone=decision.convener.phone,
        by_committee=BodyKind(decision.convener.kind) in COMMITTEES,
        excluded=[(one.labels, one.reason) for one in exclusions_of(decision)],
        **_as_ruled(decision),
    )


def _as_ruled(decision: Decision) -> dict[str, Any]:
    """What the rules answer with yes or no."""
    names = {
        "deemed_for_special": "deemed_for_special",
        "invalid_takes_part": "invalid_participates",
        "blank_is_abstain": "blank_is_abstain",
        "official": "official_evote_required",
    }
    return {field: bool(setting(decision, name)) for field, name in names.items()}


def calling_sheet(decision: Decision) -> dict[str, object]:
    """The notice as it would hang if it were published today: the keys of the part `notice`."""
    first, second = title_lines(calling_title(decision.area.name, decision.vote.question)[:120])
    return {
        "title": first,
        "title2": second,
        "html": mark_safe(clean_html(text_of(calling_lines(calling_of(decision))))),
        "signers": [decision.convener.name],
        "date": full_day(shown_today()),
    }


def scope_words(decision: Decision) -> str:
    """Who is asked: the whole estate, or the buildings and stairwells named."""
    scopes = [place.label or place.name for place in decision.scopes.order_by("path")]
    return "、".join(scopes) or decision.area.name


def withdraw(actor: Actor, decision_id: int, *, reason: str) -> Decision:
    """Take a draft back before its notice; it stays readable for those who had to do with it."""
    with _moving(actor, decision_id, Step.WITHDRAW, note=reason, reason_given=bool(reason.strip())) as decision:
        tell_committee(decision, _("业主表决的草案撤回了：{reason}").format(reason=reason.strip()))
    return decision
