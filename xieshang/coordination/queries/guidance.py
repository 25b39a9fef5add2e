"""Opinions as a list and one by one; those on a draft for a vote are read where they are kept, with the vote."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Body, PropertyArea
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_of, short_day
from xieshang.lib.paging import Page, page_by_day, page_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.refusals import later as mark
from xieshang.lib.waiting import Dated, Queue, Rows, Waiting, parts_by_day
from xieshang.matters.models import Matter
from xieshang.voting.models import Decision, Vote

from ..models import GUIDANCE_STEP_LABELS, Guidance
from ..rules.guidance import ANSWERS_FOR, OPEN, Addressee, State, Step, is_late

LOOKS = {
    State.ASKED: ("hourglass", "wait"),
    State.GIVEN: ("hourglass", "wait"),
    State.ANSWERED: ("circle-check", "done"),
    State.TAKEN_BACK: ("undo-2", "closed"),
    State.WITHDRAWN: ("undo-2", "closed"),
}
# What of the list is shown: the word in the address, on the tab, the states.
SHOWN: dict[str, tuple[str, frozenset[State]]] = {
    "asked": (mark("等提意见"), frozenset({State.ASKED})),
    "given": (mark("等答复"), frozenset({State.GIVEN})),
    "done": (mark("已了结"), frozenset(State) - OPEN),
}
VOTES = "votes"
ONLY_OFFICES = mark("指导意见给党组织、居委会、街道和收到意见的组织看。请先在右上角换成您任职的身份。")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, whichever table it comes from."""

    url: str
    title: str
    meta: str
    word: str
    icon: str
    tone: str
    due: date | None = None

    @property
    def days(self) -> int | None:
        """Days left, negative when over; None when nothing runs."""
        return None if self.due is None else (self.due - shown_today()).days


@dataclass(slots=True)
class GuidancePage:
    """One opinion with its history, and what this reader may do with it."""

    guidance: Guidance
    icon: str
    tone: str
    is_late: bool
    days: int | None
    steps: list[dict[str, object]]
    votes: list[Vote]
    may: dict[str, bool] = field(default_factory=dict)
    vote_url: str = ""


def tabs_of(shown: str) -> list[dict[str, object]]:
    """The parts of the list as tabs."""
    url = reverse("coordination:guidance")
    parts = [(key, words) for key, (words, _states) in SHOWN.items()] + [(VOTES, mark("对业主表决的意见"))]
    rows: list[dict[str, object]] = [
        {"label": _("全部"), "url": url, "current": shown not in {key for key, _words in parts}}
    ]
    return rows + [{"label": _(words), "url": f"{url}?show={key}", "current": key == shown} for key, words in parts]


def guidance_list(actor: Actor, shown: str, key: str) -> Page[Row]:
    """One page of the opinions that this office gives, gets or watches over, the newest first."""
    if actor.office is None:
        raise NotAllowed("coordination.see_guidance", ONLY_OFFICES)
    if shown == VOTES:
        return _rows(page_of(_vote_opinions(actor), key), _vote_row)
    rows = own_guidance(actor)
    if shown in SHOWN:
        rows = rows.filter(state__in=[state.value for state in SHOWN[shown][1]])
    return _rows(page_of(rows.select_related("matter", "body"), key), _row)


def own_guidance(actor: Actor) -> QuerySet[Guidance]:
    """Opinions in the place of this office, and those that concern its body."""
    office = actor.office
    path, body = (office.place_path, office.body_id) if office else ("", None)
    here = Q(matter__place__path__startswith=path) if path else Q(pk__in=[])
    return Guidance.objects.visible_to(actor).filter(here | Q(body=body) | Q(asked_in__body=body))


def _vote_opinions(actor: Actor) -> QuerySet[Decision]:
    """Drafts for a vote on which the Party organisation was asked, in the place of this office."""
    path = actor.office.place_path if actor.office else ""
    rows = Decision.objects.visible_to(actor).filter(consulted_on__isnull=False)
    return rows.filter(vote__matter__place__path__startswith=path).select_related("vote__matter", "convener")


def _rows(page: Page[Any], row: Callable[[Any], Row]) -> Page[Row]:
    return Page([row(one) for one in page.rows], page.next_key, page.is_first)


def _row(guidance: Guidance) -> Row:
    icon, tone = LOOKS[State(guidance.state)]
    meta = f"{guidance.occasion_word} · {guidance.body.short_name} · {guidance.matter.number}"
    due = guidance.due_on
    url = guidance.get_absolute_url()
    return Row(url, guidance.matter.title, meta, guidance.state_word, icon, tone, due)


def _vote_row(decision: Decision) -> Row:
    meta = f"{_('业主表决的草案')} · {decision.convener.short_name} · {decision.vote.matter.number}"
    title, url = decision.vote.question, decision.get_absolute_url()
    if decision.opinion_at:
        return Row(url, title, meta, _("已提出意见"), "circle-check", "done")
    if decision.state == "party_consulted":
        return Row(url, title, meta, _("等提意见"), "hourglass", "wait", decision.opinion_due)
    return Row(url, title, meta, _("到期未提，照常办理"), "clock", "closed")


def guidance_page(actor: Actor, guidance_id: int) -> GuidancePage:
    """One opinion."""
    guidance = visible_guidance(actor, guidance_id)
    icon, tone = LOOKS[State(guidance.state)]
    answered = day_of(guidance.answered_at) if guidance.answered_at else None
    return GuidancePage(
        guidance=guidance,
        icon=icon,
        tone=tone,
        is_late=is_late(guidance.answer_due, answered, shown_today()) and guidance.state in {"given", "answered"},
        days=(guidance.due_on - shown_today()).days if guidance.due_on else None,
        steps=_history(guidance),
        votes=_votes_from(actor, guidance),
        may={step.value: _may(actor, guidance, step) for step in Step},
        vote_url=_vote_url(actor, guidance),
    )


def visible_guidance(actor: Actor, guidance_id: int) -> Guidance:
    """One opinion that this actor may know of, with everything its page names."""
    rows = Guidance.objects.visible_to(actor).select_related(
        "matter__place__community", "body__place", "about", "asked_in__body", "given_in__body", "answered_in__body"
    )
    return get_object_or_404(rows, pk=guidance_id)


STEP_STATES = {
    Step.GIVE: State.ASKED,
    Step.ANSWER: State.GIVEN,
    Step.TAKE_BACK: State.ASKED,
    Step.WITHDRAW: State.GIVEN,
}


def _may(actor: Actor, guidance: Guidance, step: Step) -> bool:
    return STEP_STATES[step] == guidance.state and has_perm(f"coordination.{step}_guidance", actor, guidance)


def _history(guidance: Guidance) -> list[dict[str, object]]:
    steps: list[dict[str, object]] = [
        {
            "when": short_day(step.at),
            "title": GUIDANCE_STEP_LABELS[Step(step.step)],
            "note": step.note if step.step in {Step.TAKE_BACK, Step.WITHDRAW} else "",
            "by": step.office.title if step.office else "",
        }
        for step in guidance.steps.select_related("office__body").order_by("-pk")
    ]
    if guidance.asked_in:
        asked: dict[str, object] = {
            "when": short_day(guidance.asked_at),
            "title": _("请求指导"),
            "note": "",
            "by": guidance.asked_in.title,
        }
        steps.append(asked)
    return steps


def _votes_from(actor: Actor, guidance: Guidance) -> list[Vote]:
    """Votes that were started from it or from what it is about."""
    about = [guidance.matter_id, guidance.about_id or guidance.matter_id]
    rows = Vote.objects.filter(of__in=about, matter__in=Matter.objects.visible_to(actor))
    return list(rows.select_related("matter").order_by("-pk")[:10])


def _vote_url(actor: Actor, guidance: Guidance) -> str:
    """Where whoever convenes the owners drafts a vote about it; empty for everybody else."""
    area = area_of(guidance.body)
    if area is None or not has_perm("voting.draft_decision", actor, area):
        return ""
    about = guidance.about_id or guidance.matter_id
    return f"{reverse('voting:draft_decision', args=[area.pk])}?about={about}"


def area_of(body: Body) -> PropertyArea | None:
    """The estate that a body works for, where it is one."""
    return PropertyArea.objects.filter(places=body.place_id).prefetch_related("places").first()


def for_owners(actor: Actor) -> list[Matter]:
    """Opinions about a contract or a term in the place of whoever convenes, for a vote that comes from one."""
    if actor.office is None:
        return []
    rows = own_guidance(actor).filter(occasion__in=["contract", "term"], state__in=["asked", "given", "answered"])
    found = rows.exclude(matter__in=Vote.objects.filter(of__isnull=False).values("of")).select_related("matter")
    return [guidance.matter for guidance in found.order_by("-pk")[:20]]


def bodies_to_guide(actor: Actor) -> list[Body]:
    """Bodies in the place of this office that can be asked to answer an opinion."""
    if actor.office is None:
        return []
    kinds = {kind.value for found in ANSWERS_FOR.values() for kind in found}
    here = Body.objects.filter(place__path__startswith=actor.office.place_path, kind__in=kinds)
    return list(here.select_related("place").order_by("place__path", "kind", "pk")[:300])


def addressee_of(body: Body) -> Addressee:
    """For whom a body answers first: the company for itself, committees for themselves."""
    own = (Addressee.COMPANY, Addressee.COMMITTEE, Addressee.ASSEMBLY)
    return next(one for one in own if body.kind in ANSWERS_FOR[one])


def _todo(actor: Actor) -> QuerySet[Guidance]:
    """What waits for this office: to be given by the Party organisation, to be answered by the body."""
    office = actor.office
    if office is None or office.body_id is None:
        return Guidance.objects.none()
    wanted = Q(state=State.GIVEN.value, body=office.body_id)
    if has_perm("coordination.give_guidance", actor, office.place_path):
        wanted |= Q(state=State.ASKED.value, matter__place__path__startswith=office.place_path)
    return Guidance.objects.visible_to(actor).filter(wanted).select_related("matter", "body", "asked_in__body")


def guidance_waiting(actor: Actor, most: int) -> list[Waiting]:
    """What this office has to say, what is due first on top; one query."""
    if actor.office is None or not _takes_part(actor):
        return []
    return [_waiting(one) for one in _todo(actor).order_by("due_on", "pk")[:most]]


def _takes_part(actor: Actor) -> bool:
    path = actor.office.place_path if actor.office else ""
    return any(has_perm(f"coordination.{verb}_guidance", actor, path) for verb in ("ask", "give"))


def _waiting(guidance: Guidance) -> Waiting:
    url = guidance.get_absolute_url()
    if guidance.state == State.ASKED:
        asker = guidance.asked_in.body.short_name if guidance.asked_in else ""
        line = _("%(body)s请党组织提指导意见") % {"body": asker}
        return Dated(guidance.matter.title, line, url, _("去提意见"), guidance.due_on)
    return Dated(guidance.matter.title, _("党组织的指导意见，请答复"), url, _("去答复"), guidance.due_on)


def guidance_queues(actor: Actor) -> list[Queue]:
    """The queue of opinions for an office that gives or answers them."""
    if actor.office is None or not _takes_part(actor):
        return []
    parts = parts_by_day(lambda part: _pages(actor, part), "due_on")
    return [Queue("guidance", _("指导意见"), _todo(actor).count(), _pages(actor, Q()), parts)]


def _pages(actor: Actor, part: Q) -> Rows:
    def page(key: str) -> Page[Waiting]:
        found = page_by_day(_todo(actor).filter(part), "due_on", key)
        return Page([_waiting(one) for one in found.rows], found.next_key, found.is_first)

    return page


def guidance_due_under(actor: Actor, first: date | None, last: date, most: int) -> list[tuple[int, Waiting]]:
    """Opinions in the place of this office to be given or answered in these days, with the ids of the communities."""
    rows = _open_under(actor, last).filter(due_on__gte=first or date.min)
    found = rows.select_related("matter", "body", "asked_in__body").order_by("due_on", "pk")[:most]
    return [(one.community_id, _told_above(one)) for one in found]


def count_guidance_under(actor: Actor, last: date) -> int:
    """How many opinions in the place of this office were to be given or answered by this day and were not."""
    return _open_under(actor, last).count()


def _open_under(actor: Actor, last: date) -> QuerySet[Guidance]:
    if actor.office is None:
        return Guidance.objects.none()
    rows = Guidance.objects.visible_to(actor).filter(state__in=[state.value for state in OPEN], due_on__lte=last)
    return rows.filter(matter__place__path__startswith=actor.office.place_path)


def _told_above(guidance: Guidance) -> Waiting:
    """The same, for somebody who looks on."""
    words = _("等党组织提意见") if guidance.state == State.ASKED else _("等%s答复") % guidance.body.short_name
    return Dated(guidance.matter.title, words, guidance.get_absolute_url(), _("去看"), guidance.due_on)
