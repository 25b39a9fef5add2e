"""What the file of a meeting keeps: agenda, presence in numbers, motions, minutes with their signatures."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xieshang.lib.days import day_of
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Paper, Part

from ..models import KIND_LABELS, STATE_LABELS, Meeting, Minutes, MinutesSignature
from ..rules import STEP_LABELS, Mark, MeetingKind, MinutesState, Scope, State, Step
from .minutes import MARK_LOOKS
from .motions import shown_motions

Facts = tuple[tuple[str, str], ...]
CIRCLES = {Scope.TABLE: Circle.OFFICE, Scope.PLACE: Circle.PLACE, Scope.PUBLIC: Circle.PUBLIC}


def papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """The file of one meeting; of a Party meeting its numbers, and nothing more."""
    meeting = Meeting.objects.with_frame().select_related("party_result", "minutes").filter(matter=matter).first()
    if meeting is None:
        return
    agenda = "\n".join(f"{item.position}. {item.title}" for item in meeting.agenda.all())
    texts = _texts((_("议程"), agenda), (_("说明"), meeting.text))
    yield Paper(Part.SUBJECT, meeting.title, meeting.starts_on, _called(meeting), texts)
    for step in meeting.steps.select_related("office__body").order_by("pk"):
        who = str(step.office.title) if step.office else _("到期自动")
        facts, note = ((_("谁办的"), who),), _texts((_("说明"), step.note))
        yield Paper(Part.COURSE, str(STEP_LABELS[Step(step.step)]), day_of(step.at), facts, note)
    yield from _party(meeting)
    yield from _motions(meeting)
    yield from _minutes(meeting)


def _texts(*pairs: tuple[str, str]) -> Facts:
    return tuple(pair for pair in pairs if pair[1])


def _called(meeting: Meeting) -> Facts:
    counted = meeting.opened_with or {}
    presence = ""
    if counted.get("expected"):
        presence = _("应到%(all)s，实到%(came)s") % {"all": counted["expected"], "came": counted.get("present", 0)}
    return _texts(
        (_("会议"), str(KIND_LABELS[MeetingKind(meeting.kind)])),
        (_("召集"), meeting.body.name),
        (_("地点"), meeting.venue),
        (_("到会"), presence),
        (_("状态"), str(STATE_LABELS[State(meeting.state)])),
    )


def _party(meeting: Meeting) -> Iterator[Paper]:
    kept = getattr(meeting, "party_result", None)
    if kept is None:
        return
    facts = (
        (_("应到会有表决权"), str(kept.entitled)),
        (_("到会"), str(kept.present)),
        (_("同意"), str(kept.agree)),
        (_("结果"), _("通过") if kept.is_carried else _("没有通过")),
        (_("文号"), kept.file_number),
    )
    yield Paper(Part.TALLY, _("会议结果"), kept.held_on, facts, circle=Circle.OFFICE)


def _motions(meeting: Meeting) -> Iterator[Paper]:
    for one in shown_motions(meeting):
        if one.result is not None:
            facts = ((_("结果"), one.result.headline), (_("票数"), one.result.words))
            yield Paper(Part.TALLY, one.motion.words, facts=facts, texts=_texts((_("说明"), one.motion.text)))


def _minutes(meeting: Meeting) -> Iterator[Paper]:
    """The words as they were signed; before every side has signed they are nobody's record."""
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    if minutes is None or minutes.state not in {MinutesState.SIGNED, MinutesState.PUBLISHED}:
        return
    published = minutes.state == MinutesState.PUBLISHED
    circle = CIRCLES[Scope(minutes.scope)] if published else Circle.OFFICE
    positions = tuple((str(row["side"]), str(row["text"])) for row in minutes.positions if row.get("text"))
    actions = "\n".join("，".join(filter(None, (row["what"], row["who"], row["due"]))) for row in minutes.actions)
    yield Paper(
        Part.MINUTES,
        _("会议纪要"),
        day_of(minutes.signed_at) if minutes.signed_at else None,
        _texts((_("校验码"), minutes.code), (_("下次会议"), minutes.next_meeting)),
        (
            *positions,
            *_texts((_("达成一致"), minutes.agreed), (_("没有一致"), minutes.not_agreed), (_("要办的事"), actions)),
        ),
        _signatures(minutes),
        circle=circle,
    )


def _signatures(minutes: Minutes) -> tuple[tuple[str, ...], ...]:
    rows = MinutesSignature.objects.filter(minutes=minutes).order_by("position")
    signed = [
        (row.name if row.body_id else _("到会的人"), str(MARK_LOOKS[Mark(row.mark)][0]), row.reason) for row in rows
    ]
    return ((_("谁"), _("签字"), _("原因")), *signed) if signed else ()
