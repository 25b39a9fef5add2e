"""Drafting a decision by the catalogue, and the second person who confirms what the law makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Body, Place, PropertyArea
from xieshang.community.queries import rules_for
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import SHANGHAI
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.matters.models import Matter
from xieshang.matters.rules import LinkKind
from xieshang.matters.services import index, link, make, retitle

from ... import hooks
from ...models import Decision, Option, Vote
from ...rules import (
    DEFAULTS as POLL_DEFAULTS,
)
from ...rules import (
    ELECTIONS,
    ENTRIES,
    RULE_SET,
    Base,
    Entry,
    Item,
    Kind,
    Law,
    Nature,
    is_mixed,
    lines_for,
    require_sound_paper,
    strictest,
    tidy,
)
from ...rules.deciding import DEFAULTS, KIND, State, Step
from .moving import _moving, show

MATTER_KIND = "vote"
NO_ENTRY = Refusal("entry_unknown", _("请选这次表决是关于什么事的。"))
MIXED = Refusal(
    "motion_is_mixed",
    _("选的几件事要求的同意比例不一样（有的过半数，有的四分之三以上），请分成两次表决。确实分不开的，请写明为什么。"),
    _("民法典第278条第2款"),
)
NEEDS_EVERYBODY = Refusal(
    "needs_everybody",
    _("住房改作经营用，要有利害关系的业主一致同意，多数人同意也不行，不能用表决代替。请到“住改商一致同意”里逐户核对。"),
    _("民法典第279条"),
)
CLASS_LOCKED = Refusal("class_is_locked", _("事项类别已经由两个人定下，不能再改。确实选错了，请撤回这份草案重新起草。"))
SCOPE_OUTSIDE = Refusal("scope_outside", _("选的楼栋或单元不在这个小区里，请重新选。"))
TEXT_TOO_LONG = Refusal("text_too_long", _("表决事项全文最多写6000个字，请精简，细节放进材料里。"))
MOST_TEXT = 6000


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody drafts: about what, the question, the text, the options or candidates, the window."""

    entries: Sequence[str]
    question: str
    text: str = ""
    options: Sequence[str] = ()
    seats: int | None = None
    # Why a motion that joins what the law treats differently cannot be split; then the strictest share holds.
    unsplit_reason: str = ""
    scope_ids: Sequence[int] = ()
    scope_source: str = ""
    convener_source: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    paper_place: str = ""
    deemed_clause: str = ""
    about: Matter | None = field(default=None)


@transaction.atomic
def draft_decision(actor: Actor, area_id: int, draft: Draft) -> Decision:
    """Begin a decision of the owners of an estate; the convener is the body that the actor speaks for."""
    area = get_object_or_404(PropertyArea, pk=area_id)
    if not has_perm("voting.draft_decision", actor, area) or actor.office is None:
        raise NotAllowed("draft_decision")
    entry, item = _classified(draft)
    texts = _sound_paper(draft)
    scopes = _scopes(area, draft.scope_ids)
    place = scopes[0] if len(scopes) == 1 else _place_of(area)
    values = rules_for(place, KIND, today(), dict(DEFAULTS))
    vote = _new_vote(actor, draft, entry, place, texts)
    vote.allow_change = bool(values["assembly.may_change_vote"])
    vote.save(update_fields=["allow_change"])
    decision = Decision(
        vote=vote,
        community_id=vote.community_id,
        area=area,
        convener=Body.objects.get(pk=actor.office.body_id or 0),
        entered_at=now(),
        rule_set=Law.CIVIL_CODE_2021.value,
        values={name: values[name] for name in DEFAULTS},
        drafted_in_id=actor.office.id,
    )
    decision.drafted_by_id = actor.person_id or 0
    _fill(decision, draft, entry, item)
    decision.save()
    decision.scopes.set(scopes)
    _give_address(decision, draft)
    for hear in hooks.on_drafted:
        hear(decision)
    matter = vote.matter
    record(actor, "voting.draft_decision", number=matter.number, place=matter.place_path, after=decision.state)
    return decision


def _new_vote(actor: Actor, draft: Draft, entry: Entry, place: Place, texts: Sequence[str]) -> Vote:
    """The vote behind a decision, with its ballot paper; not open before its time."""
    matter = make(actor, kind=MATTER_KIND, prefix=_("决"), title=_one_line(draft.question)[:80], place=place)
    vote = Vote.objects.create(
        matter=matter,
        of=draft.about,
        community_id=matter.community_id,
        scope=place,
        kind=_kind(entry, texts).value,
        nature=Nature.OWNERS.value,
        base=Base.OWNERS.value,
        question=matter.title,
        most_choices=max(1, draft.seats or 1) if entry.key in ELECTIONS else 1,
        days=_days(draft),
    )
    _write_options(vote, texts)
    return vote


def _give_address(decision: Decision, draft: Draft) -> None:
    """Give the matter its address and say how it stands; tie it to the matter it is about."""
    vote, matter = decision.vote, decision.vote.matter
    matter.url = decision.get_absolute_url()
    matter.save(update_fields=["url"])
    show(decision, State.PROPOSED)
    index(matter, f"{vote.question} {vote.scope.label} {decision.text}")
    if draft.about:
        link(matter, draft.about, LinkKind.VOTE_OF)


def redraft(actor: Actor, decision_id: int, draft: Draft) -> Decision:
    """Write a draft anew. What is asked stays confirmed only while it reads the same; the class, once confirmed, stays.

    Whoever writes last is its drafter, so that another human being confirms what stands there.
    """
    with _moving(actor, decision_id, Step.REDRAFT) as decision:
        entry, item = _classified(draft)
        was_confirmed = decision.steps.filter(step=Step.CONFIRM_CLASS.value).exists()
        if was_confirmed and (entry.key, item) != (decision.entry, decision.item):
            raise RuleViolation(CLASS_LOCKED)
        texts = _sound_paper(draft)
        before = _asked(decision)
        scopes = _scopes(decision.area, draft.scope_ids)
        _rewrite_vote(decision, draft, entry, texts, scopes)
        _fill(decision, draft, entry, item)
        decision.scopes.set(scopes)
        decision.drafted_by_id = actor.person_id or 0
        decision.drafted_in_id = actor.office.id if actor.office else None
        if _asked(decision) != before or decision.class_confirmed_by_id == actor.person_id:
            decision.class_confirmed_by_id, decision.class_confirmed_at = None, None
    return decision


def confirm_class(actor: Actor, decision_id: int, *, note: str = "") -> Decision:
    """Another human being of the residents' committee confirms item and fractions; from here on they are locked."""
    with _moving(actor, decision_id, Step.CONFIRM_CLASS, note=note) as decision:
        decision.class_confirmed_by_id, decision.class_confirmed_at = actor.person_id, now()
    return decision


def _classified(draft: Draft) -> tuple[Entry, Item]:
    """The line of the catalogue and the item of the law whose share holds."""
    entries = [ENTRIES[key] for key in dict.fromkeys(draft.entries) if key in ENTRIES]
    if not entries or len(entries) < len(set(draft.entries)):
        raise RuleViolation(NO_ENTRY)
    if any(entry.needs_everybody for entry in entries):
        raise RuleViolation(NEEDS_EVERYBODY)
    items = [entry.item for entry in entries if entry.item is not None]
    if is_mixed(items) and not draft.unsplit_reason.strip():
        raise RuleViolation(MIXED)
    item = strictest(items) if is_mixed(items) else items[0]
    return next(entry for entry in entries if entry.item == item), item


def _sound_paper(draft: Draft) -> list[str]:
    texts = tidy([_one_line(option) for option in draft.options])
    require_sound_paper(_one_line(draft.question), texts if len(texts) != 1 or not _elects(draft) else texts * 2, 1)
    if len(draft.text) > MOST_TEXT:
        raise RuleViolation(TEXT_TOO_LONG)
    return texts


def _elects(draft: Draft) -> bool:
    return any(key in ELECTIONS for key in draft.entries)


def _kind(entry: Entry, texts: Sequence[str]) -> Kind:
    if entry.key in ELECTIONS:
        return Kind.ELECTION
    return Kind.PLANS if texts else Kind.MOTION


def _scopes(area: PropertyArea, ids: Sequence[int]) -> list[Place]:
    """The buildings or stairwells a decision is confined to; each lies in the estate."""
    found = list(Place.objects.filter(pk__in=ids).order_by("path"))
    estate = list(area.places.values_list("path", flat=True))
    inside = [place for place in found if any(place.path.startswith(path) for path in estate)]
    if len(inside) < len(set(ids)):
        raise RuleViolation(SCOPE_OUTSIDE)
    return [] if {place.path for place in inside} & set(estate) else inside


def _place_of(area: PropertyArea) -> Place:
    places = list(area.places.order_by("path")[:2])
    return places[0] if len(places) == 1 else area.community


def _days(draft: Draft) -> int:
    if draft.opens_on is None or draft.closes_on is None:
        return 0
    return max(0, (draft.closes_on - draft.opens_on).days + 1)


def _fill(decision: Decision, draft: Draft, entry: Entry, item: Item) -> None:
    decision.entry, decision.item = entry.key, item
    decision.text, decision.seats = _written(draft), draft.seats if entry.key in ELECTIONS else None
    decision.scope_source, decision.convener_source = draft.scope_source.strip(), draft.convener_source.strip()
    decision.paper_place, decision.deemed_clause = draft.paper_place.strip(), draft.deemed_clause.strip()
    decision.opens_on, decision.closes_at = draft.opens_on, _closing(decision.vote.scope, draft.closes_on)


def _written(draft: Draft) -> str:
    text = draft.text.strip()
    if not draft.unsplit_reason.strip():
        return text
    return f"{text}\n{_('本次表决的几件事分不开，按其中要求最高的比例计：')}{draft.unsplit_reason.strip()}"


def _closing(place: Place, day: date | None) -> datetime | None:
    """The place's hour on the last day of the window."""
    if day is None:
        return None
    hour = int(str(rules_for(place, RULE_SET, day, POLL_DEFAULTS)["voting.closing_hour"]))
    return datetime.combine(day, time(hour), SHANGHAI)


def _asked(decision: Decision) -> tuple[object, ...]:
    """What a second person looked at: question, text, options, seats, scope."""
    options = tuple(decision.vote.options.values_list("text", flat=True))
    scopes = tuple(decision.scopes.order_by("pk").values_list("pk", flat=True))
    return decision.vote.question, decision.text, options, decision.seats, scopes


def _rewrite_vote(
    decision: Decision, draft: Draft, entry: Entry, texts: Sequence[str], scopes: Sequence[Place]
) -> None:
    vote = decision.vote
    vote.question = _one_line(draft.question)[:80]
    vote.kind, vote.days = _kind(entry, texts).value, _days(draft)
    vote.most_choices = max(1, draft.seats or 1) if entry.key in ELECTIONS else 1
    vote.scope = scopes[0] if len(scopes) == 1 else _place_of(decision.area)
    vote.save(update_fields=["question", "kind", "days", "most_choices", "scope"])
    vote.options.all().delete()
    _write_options(vote, texts)
    retitle(vote.matter, title=vote.question, place=vote.scope, words=draft.text)


def _write_options(vote: Vote, texts: Sequence[str]) -> None:
    Option.objects.bulk_create(
        Option(vote=vote, position=position, kind=line.kind.value, text=str(line.text))
        for position, line in enumerate(lines_for(texts), start=1)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
