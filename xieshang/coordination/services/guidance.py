"""Asking for an opinion, giving, answering, taking it back. None of these verbs knows how a vote is moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Body, Office
from xieshang.community.queries import acting_in, officers_of, rules_for
from xieshang.community.rules import PARTY_ROLES, BodyKind
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import add_workdays
from xieshang.live.services import tell
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience, LinkKind
from xieshang.matters.services import index, link, make, settle
from xieshang.notify.services import send

from ..models import Guidance
from ..rules.guidance import (
    ASK_EMPTY,
    DEFAULTS,
    KIND,
    OPEN,
    Addressee,
    Facts,
    Occasion,
    State,
    Step,
    next_state,
    require_addressee,
)

BATCH = 50
MATTER_KIND = "guidance"
NO_OFFICE = _("请先在右上角换成您任职的身份。")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an opinion is about: its title, for whom, which body answers, on what occasion, of which matter if any."""

    title: str
    addressee: Addressee
    body_id: int
    occasion: Occasion
    about: Matter | None = None


@transaction.atomic
def ask_guidance(actor: Actor, subject: Subject, *, request: str) -> Guidance:
    """Ask the Party organisation of the place for its opinion; it has so many working days, and is no gate."""
    body = _body(actor, subject, "coordination.ask_guidance")
    if not request.strip():
        raise RuleViolation(ASK_EMPTY)
    guidance = _new(actor, subject, body)
    guidance.request, guidance.asked_at, guidance.asked_by_id = request.strip(), now(), actor.person_id
    guidance.asked_in_id = _office(actor)
    guidance.give_by = guidance.due_on = add_workdays(today(), _number(body, "give_workdays"))
    guidance.save()
    _shown(guidance)
    record(actor, "coordination.ask_guidance", number=guidance.matter.number, place=guidance.place_path)
    _tell(guidance, _party(guidance), _("请党组织提出指导意见。"))
    return guidance


@transaction.atomic
def offer_guidance(
    actor: Actor, subject: Subject, *, text: str, basis: str, answer_due: date | None, shown_to_residents: bool = False
) -> Guidance:
    """Give an opinion that nobody asked for."""
    body = _body(actor, subject, "coordination.give_guidance")
    next_state(State.ASKED, Step.GIVE, Facts(today(), text, basis, answer_due))
    guidance = _new(actor, subject, body)
    guidance.save()
    return give_guidance(
        actor, guidance.pk, text=text, basis=basis, answer_due=answer_due, shown_to_residents=shown_to_residents
    )


def give_guidance(
    actor: Actor, guidance_id: int, *, text: str, basis: str, answer_due: date | None, shown_to_residents: bool = False
) -> Guidance:
    """The opinion, with what it rests on and the day by which an answer is expected."""
    with _moving(actor, guidance_id, Step.GIVE, text=text, basis=basis, answer_due=answer_due) as guidance:
        guidance.text, guidance.basis, guidance.shown_to_residents = text.strip(), basis.strip(), shown_to_residents
        guidance.given_by_id, guidance.given_in_id, guidance.given_at = actor.person_id, _office(actor), now()
        guidance.answer_due = guidance.due_on = answer_due
        _tell(guidance, _concerned(guidance), _("党组织提出了指导意见，请在期限以前答复。"))
    return guidance


def answer_guidance(actor: Actor, guidance_id: int, *, text: str) -> Guidance:
    """What the body will do, or why not; an answer after the day is taken too, and shown as late."""
    with _moving(actor, guidance_id, Step.ANSWER, text=text) as guidance:
        guidance.answer, guidance.answered_at = text.strip(), now()
        guidance.answered_by_id, guidance.answered_in_id = actor.person_id, _office(actor)
        guidance.due_on = None
        _tell(guidance, _party(guidance), _("指导意见有了答复。"))
    return guidance


def take_back_guidance(actor: Actor, guidance_id: int, *, reason: str) -> Guidance:
    """The asking body needs no opinion any more."""
    with _moving(actor, guidance_id, Step.TAKE_BACK, text=reason) as guidance:
        guidance.due_on = None
        _tell(guidance, _party(guidance), _("请求已收回。"))
    return guidance


def withdraw_guidance(actor: Actor, guidance_id: int, *, reason: str) -> Guidance:
    """The Party organisation withdraws an opinion; it stays readable, with the reason."""
    with _moving(actor, guidance_id, Step.WITHDRAW, text=reason) as guidance:
        guidance.due_on = None
        _tell(guidance, _concerned(guidance), _("党组织撤回了这份意见，不用再答复。"))
    return guidance


def due(at: datetime) -> int:
    """Tell, once, of every opinion that was not given and every answer that did not come by its day."""
    day = day_of(at)
    states = [state.value for state in OPEN]
    late = Guidance.objects.filter(Q(told_of=None) | ~Q(told_of=F("due_on")), state__in=states, due_on__lt=day)
    done = 0
    for guidance in late.select_related("matter__place", "body", "asked_in").order_by("due_on", "pk")[:BATCH]:
        with transaction.atomic():
            # Whoever sets the mark tells; a second timer finds it set.
            marked = late.filter(pk=guidance.pk).update(told_of=guidance.due_on)
            if marked:
                _tell_late(guidance)
            done += marked
    return done


def _tell_late(guidance: Guidance) -> None:
    people = _party(guidance)
    words = _("党组织到期没有提出意见，记录在案，不影响您单位继续办理。")
    if guidance.state == State.GIVEN:
        words = _("指导意见到期没有答复。")
    _tell(guidance, people | _concerned(guidance), words)
    detail = {"guidance": guidance.pk, "due": guidance.due_on}
    matter = guidance.matter
    record(SYSTEM, "coordination.guidance_overdue", number=matter.number, place=matter.place_path, detail=detail)


@contextmanager
def _moving(
    actor: Actor, guidance_id: int, step: Step, *, text: str = "", basis: str = "", answer_due: date | None = None
) -> Iterator[Guidance]:
    """Lock, ask who, ask when, move, save, record, tell: the one way an opinion changes its state."""
    with transaction.atomic():
        rows = Guidance.objects.visible_to(actor).select_for_update(of=("self",))
        guidance = get_object_or_404(rows.select_related("matter__place", "body", "asked_in"), pk=guidance_id)
        if not has_perm(f"coordination.{step}_guidance", actor, guidance):
            raise NotAllowed(f"coordination.{step}_guidance")
        before = State(guidance.state)
        guidance.state = next_state(before, step, Facts(today(), text, basis, answer_due)).value
        yield guidance
        guidance.save()
        _shown(guidance)
        office = _office(actor)
        guidance.steps.create(step=step.value, at=now(), person_id=actor.person_id, office_id=office, note=text.strip())
        _write_down(actor, guidance, step, before, text.strip())


def _write_down(actor: Actor, guidance: Guidance, step: Step, before: State, text: str) -> None:
    matter = guidance.matter
    record(
        actor,
        f"coordination.{step}_guidance",
        number=matter.number,
        place=matter.place_path,
        before=before.value,
        after=guidance.state,
        reason=text[:400] if step in {Step.TAKE_BACK, Step.WITHDRAW} else "",
    )
    tell(f"matter.{matter.pk}", "moved")


def _body(actor: Actor, subject: Subject, verb: str) -> Body:
    """The body that will answer, in the place of this actor's office; NotAllowed for whoever may not do the verb."""
    body = get_object_or_404(Body.objects.select_related("place__community"), pk=subject.body_id)
    if actor.office is None:
        raise NotAllowed(verb, NO_OFFICE)
    if not has_perm(verb, actor, body.place.path):
        raise NotAllowed(verb)
    require_addressee(subject.addressee, BodyKind(body.kind))
    return body


def _new(actor: Actor, subject: Subject, body: Body) -> Guidance:
    title = subject.title.strip()[:80]
    matter = make(actor, kind=MATTER_KIND, prefix=_("指"), title=title, place=body.place)
    guidance = Guidance(matter=matter, community_id=matter.community_id, body=body, state=State.ASKED.value)
    guidance.addressee, guidance.occasion = subject.addressee.value, subject.occasion.value
    guidance.about = subject.about
    index(matter, f"{title} {body.place.label}")
    if subject.about:
        link(matter, subject.about, LinkKind.RELATED)
    return guidance


def _shown(guidance: Guidance) -> None:
    """Say anew how the matter stands: for the bodies concerned, or for the residents too where the giver chose so."""
    matter = guidance.matter
    if not matter.url:
        matter.url = guidance.get_absolute_url()
        matter.save(update_fields=["url"])
    state = State(guidance.state)
    audience = Audience.PLACE if guidance.shown_to_residents else Audience.OFFICERS
    settle(matter, standing=guidance.state_word, audience=audience, is_open=state in OPEN)


def _number(body: Body, name: str) -> int:
    """A number of the place's rules, those of the day on which it is asked."""
    return int(str(rules_for(body.place, KIND, today(), DEFAULTS)[name]))


def _office(actor: Actor) -> int | None:
    return actor.office.id if actor.office else None


def _party(guidance: Guidance) -> set[int]:
    """The nearest Party organisation of the place."""
    offices = officers_of(guidance.place_path, [role.value for role in PARTY_ROLES])
    first = offices.first()
    return acting_in(offices.filter(body=first.body_id)) if first else set()


def _concerned(guidance: Guidance) -> set[int]:
    """The people of the body that answers, and of the one that asked."""
    bodies = {guidance.body_id, guidance.asked_in.body_id if guidance.asked_in else guidance.body_id}
    return acting_in(Office.objects.running(today()).filter(body__in=bodies))


def _tell(guidance: Guidance, people: set[int], body: str) -> None:
    matter = guidance.matter
    send(people, title=matter.title, body=body, number=matter.number, url=matter.url)
