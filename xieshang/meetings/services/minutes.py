"""Minutes: drafted from what happened, edited, laid before the sides, signed or refused, published, added to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.core.files.base import File as Upload
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Office
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.workdays import add_workdays
from xieshang.matters.services import tell_followers
from xieshang.notify.services import send

from .. import hooks
from ..models import Meeting, Minutes, MinutesAddendum, MinutesSignature
from ..permissions import SIGNS_FOR
from ..queries.minutes import (
    actions_of,
    as_row,
    code_of,
    held_of,
    positions_of,
    signers_of,
    words_of,
)
from ..rules import Mark, MinutesAct, MinutesState, MinutesStep, Scope, State, number
from ..rules import minutes as law
from ..rules.minutes import Action
from .moving import audit, tell_pages


def draft_minutes(meeting: Meeting) -> Minutes:
    """When a meeting is over: its minutes as far as they are known, for the desk to complete. Called inside closing."""
    minutes, _is_new = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"community_id": meeting.community_id, "drafted_at": now()}
    )
    _draw(minutes)
    minutes.save()
    return minutes


def _draw(minutes: Minutes) -> None:
    meeting = minutes.meeting
    minutes.held = held_of(meeting)
    minutes.positions = positions_of(meeting)
    minutes.actions = [as_row(action) for action in actions_of(meeting)]


@contextmanager
def _holding(actor: Actor, meeting_id: int, verb: str) -> Iterator[Minutes]:
    """The minutes, alone, for whoever keeps the meeting; saved, recorded and told at the end."""
    with transaction.atomic():
        minutes = _locked(actor, meeting_id)
        if not has_perm("meetings.keep", actor, minutes.meeting):
            raise NotAllowed(verb)
        yield minutes
        minutes.save()
        audit(actor, minutes.meeting, verb, detail={"edition": minutes.edition})
        tell_pages(minutes.meeting, "minutes")


def _locked(actor: Actor, meeting_id: int) -> Minutes:
    rows = Minutes.objects.visible_to(actor).select_for_update(of=("self",))
    rows = rows.select_related("meeting__matter__place", "meeting__body", "meeting__chair__body")
    return get_object_or_404(rows, meeting_id=meeting_id)


def _marks(minutes: Minutes) -> list[Mark]:
    return [Mark(mark) for mark in minutes.signatures.values_list("mark", flat=True)]


def redraw_minutes(actor: Actor, meeting_id: int) -> Minutes:
    """Draw anew what is known of the meeting, its positions and promises; what was written besides stays."""
    with _holding(actor, meeting_id, MinutesAct.REDRAW) as minutes:
        law.require_editable(MinutesState(minutes.state), _marks(minutes))
        _draw(minutes)
        minutes.edition += 1
    return minutes


def edit_minutes(
    actor: Actor,
    meeting_id: int,
    *,
    edition: int,
    agreed: str,
    not_agreed: str,
    positions: Mapping[str, str],
    actions: Sequence[Action],
    next_meeting: str = "",
) -> Minutes:
    """Write the words of a draft; refused once it is laid before the sides, and over what another wrote meanwhile."""
    with _holding(actor, meeting_id, MinutesAct.EDIT) as minutes:
        law.require_editable(MinutesState(minutes.state), _marks(minutes))
        if edition != minutes.edition:
            raise RuleViolation(law.CHANGED_BY_OTHERS)
        law.require_actions(actions)
        minutes.agreed, minutes.not_agreed = agreed.strip(), not_agreed.strip()
        minutes.positions = [
            {"side": row["side"], "text": positions.get(row["side"], row["text"]).strip()} for row in minutes.positions
        ]
        minutes.actions = [as_row(action) for action in actions]
        minutes.next_meeting = next_meeting.strip()[:200]
        minutes.edition += 1
    return minutes


def send_minutes(actor: Actor, meeting_id: int) -> Minutes:
    """Lay the minutes before the sides: complete or not at all; from here no word changes while anybody has signed."""
    with _holding(actor, meeting_id, MinutesStep.SEND) as minutes:
        after = law.next_minutes_state(MinutesState(minutes.state), MinutesStep.SEND)
        if minutes.meeting.state != State.CLOSED:
            raise RuleViolation(law.NO_MINUTES)
        signers = signers_of(minutes)
        law.require_complete(words_of(minutes), len(signers))
        at = now()
        minutes.state, minutes.code, minutes.sent_at = after.value, code_of(minutes), at
        minutes.sign_by = add_workdays(day_of(at), number(minutes.meeting.values, "sign_workdays"))
        MinutesSignature.objects.bulk_create(signers)
        _ask(minutes, signers)
    return minutes


def _ask(minutes: Minutes, signers: Sequence[MinutesSignature]) -> None:
    """Tell everybody who can sign for a side."""
    bodies = [one.body_id for one in signers if one.body_id]
    people = {one.person_id for one in signers if one.person_id}
    roles = [role.value for role in SIGNS_FOR]
    running = Office.objects.running(day_of(now())).filter(body__in=bodies, role__in=roles)
    people |= set(running.values_list("person_id", flat=True))
    matter = minutes.meeting.matter
    body = _("会议纪要整理好了，请看过以后签字；不同意的写明理由。")
    send(people, title=matter.title, body=body, number=matter.number, url=minutes.get_absolute_url())


def take_back_minutes(actor: Actor, meeting_id: int) -> Minutes:
    """Back to the desk, while nobody has signed; the sides are asked anew afterwards."""
    with _holding(actor, meeting_id, MinutesStep.TAKE_BACK) as minutes:
        after = law.next_minutes_state(MinutesState(minutes.state), MinutesStep.TAKE_BACK)
        law.require_take_back(_marks(minutes))
        minutes.signatures.all().delete()
        minutes.state, minutes.code, minutes.sent_at, minutes.sign_by = after.value, "", None, None
        minutes.edition += 1
    return minutes


@contextmanager
def _answering(actor: Actor, signature_id: int, verb: str) -> Iterator[MinutesSignature]:
    """One line, with its minutes locked first: two who answer for one side answer one after the other."""
    with transaction.atomic():
        seen = Minutes.objects.visible_to(actor)
        line = get_object_or_404(MinutesSignature.objects.filter(minutes__in=seen), pk=signature_id)
        minutes = _locked(actor, line.minutes.meeting_id)
        line = MinutesSignature.objects.select_related("body").get(pk=signature_id)
        line.minutes = minutes
        yield line
        line.by_id, line.at = actor.person_id, now()
        line.office_id = actor.office.id if actor.office else None
        line.save()
        audit(actor, minutes.meeting, verb, detail={"side": line.position})
        _conclude_when_complete(actor, minutes)
        tell_pages(minutes.meeting, "minutes")


def sign_minutes(actor: Actor, signature_id: int, *, code: str) -> MinutesSignature:
    """Sign in one's own account for the side one holds office in; `code` is that of the words one has read."""
    with _answering(actor, signature_id, MinutesAct.SIGN) as line:
        if actor.helper or not has_perm("meetings.sign_minutes", actor, line):
            raise NotAllowed("meetings.sign_minutes", str(law.NOT_YOUR_SIDE))
        law.require_signing(MinutesState(line.minutes.state), Mark(line.mark))
        if code != line.minutes.code:
            raise RuleViolation(law.CHANGED)
        line.mark, line.code, line.reason = Mark.SIGNED.value, line.minutes.code, ""
    return line


def sign_on_paper(actor: Actor, signature_id: int, *, sheet: Upload | None) -> MinutesSignature:
    """The printed sheet was signed by hand: whoever keeps the meeting enters it with the photo."""
    with _answering(actor, signature_id, MinutesAct.PAPER) as line:
        if not has_perm("meetings.keep", actor, line.minutes.meeting):
            raise NotAllowed("meetings.sign_on_paper")
        law.require_signing(MinutesState(line.minutes.state), Mark(line.mark))
        if sheet is None:
            raise RuleViolation(law.NO_SHEET)
        matter = line.minutes.meeting.matter
        line.sheet = attach_closed(actor, matter, sheet, caption=_("%s的签字页") % line.name)
        line.mark, line.code, line.reason = Mark.ON_PAPER.value, line.minutes.code, ""
    return line


def refuse_minutes(actor: Actor, signature_id: int, *, reason: str) -> MinutesSignature:
    """Say why one's side does not sign; it stands in the minutes word for word."""
    with _answering(actor, signature_id, MinutesAct.REFUSE) as line:
        if actor.helper or not has_perm("meetings.sign_minutes", actor, line):
            raise NotAllowed("meetings.sign_minutes", str(law.NOT_YOUR_SIDE))
        law.require_refusing(MinutesState(line.minutes.state), Mark(line.mark), reason)
        line.mark, line.reason = Mark.REFUSED.value, reason.strip()[:400]
    return line


def _conclude_when_complete(actor: Actor, minutes: Minutes) -> None:
    if law.is_complete(_marks(minutes)):
        _conclude(actor, minutes)


def _conclude(actor: Actor, minutes: Minutes) -> None:
    """Signing is over: the minutes stand as they are, and upper apps go on from them."""
    minutes.state = law.next_minutes_state(MinutesState(minutes.state), MinutesStep.CONCLUDE).value
    minutes.signed_at = now()
    minutes.save()
    minutes.signatures.filter(mark=Mark.ASKED.value).update(mark=Mark.SILENT.value)
    audit(actor, minutes.meeting, MinutesStep.CONCLUDE)
    for hear in hooks.on_minutes_signed:
        hear(minutes.meeting)


@transaction.atomic
def conclude_minutes(actor: Actor, meeting_id: int) -> Minutes:
    """The days to sign are over: whoever said nothing is written down as silent."""
    minutes = _locked(actor, meeting_id)
    if not has_perm("meetings.keep", actor, minutes.meeting):
        raise NotAllowed("meetings.conclude_minutes")
    law.next_minutes_state(MinutesState(minutes.state), MinutesStep.CONCLUDE)
    law.require_conclusion(_marks(minutes), today=day_of(now()), sign_by=minutes.sign_by or day_of(now()))
    _conclude(actor, minutes)
    tell_pages(minutes.meeting, "minutes")
    return minutes


def publish_minutes(actor: Actor, meeting_id: int, *, scope: Scope) -> Minutes:
    """Let those in the chosen scope read it."""
    with _holding(actor, meeting_id, MinutesStep.PUBLISH) as minutes:
        after = law.next_minutes_state(MinutesState(minutes.state), MinutesStep.PUBLISH)
        minutes.state, minutes.scope, minutes.published_at = after.value, Scope(scope).value, now()
        if scope != Scope.TABLE:
            tell_followers(minutes.meeting.matter, body=_("会议纪要公布了，可以看了。"), leave_out=[actor.person_id])
    return minutes


def add_to_minutes(actor: Actor, meeting_id: int, *, text: str) -> MinutesAddendum:
    """A correction or addition beside signed minutes; neither it nor they ever change."""
    with transaction.atomic():
        minutes = _locked(actor, meeting_id)
        if not has_perm("meetings.keep", actor, minutes.meeting):
            raise NotAllowed("meetings.add_to_minutes")
        if minutes.state not in {MinutesState.SIGNED, MinutesState.PUBLISHED}:
            raise RuleViolation(law.ADDENDUM_EARLY)
        if not text.strip():
            raise RuleViolation(law.ADDENDUM_EMPTY)
        number = (minutes.addenda.aggregate(last=Max("number"))["last"] or 0) + 1
        added = MinutesAddendum.objects.create(
            minutes=minutes,
            number=number,
            text=text.strip(),
            by_id=actor.person_id,
            office_id=actor.office.id if actor.office else None,
            at=now(),
        )
        audit(actor, minutes.meeting, MinutesAct.ADD, detail={"number": number})
        tell_pages(minutes.meeting, "minutes")
    return added
