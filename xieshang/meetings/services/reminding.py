"""What time itself does in meetings: the reminder of the day before, and the word that a demand went unanswered."""

from datetime import datetime, timedelta

from django.db import transaction

from xieshang.lib.days import deadline as when
from xieshang.lib.refusals import later as _
from xieshang.notify.services import send

from ..models import Meeting
from ..rules import Answer, State
from ..rules.reminders import is_due, is_wanted
from .calling import where
from .moving import asked_people
from .requesting import tell_of_late

CALLED = [State.NOTICED.value, State.ADJOURNED.value]
MOST = 50
# No meeting that begins later than this can be due.
AHEAD = timedelta(days=2)


def due(now: datetime) -> int:
    """Do what has fallen due; harmless to repeat, and nothing that counts depends on how late it runs."""
    return remind(now) + tell_of_late(now)


def remind(at: datetime) -> int:
    """Remind those asked to every meeting of tomorrow, once."""
    rows = Meeting.objects.filter(state__in=CALLED, reminded_at=None, starts_at__gt=at, starts_at__lt=at + AHEAD)
    found = rows.order_by("starts_at", "pk").values_list("pk", "starts_at")[:MOST]
    return sum(_reminded(pk, at) for pk, starts_at in found if is_due(starts_at, at))


@transaction.atomic
def _reminded(pk: int, at: datetime) -> int:
    rows = Meeting.objects.with_frame().select_for_update(of=("self",))
    meeting = rows.filter(pk=pk, state__in=CALLED, reminded_at=None).first()
    if meeting is None or not is_due(meeting.starts_at, at):
        return 0
    meeting.reminded_at = at
    meeting.save(update_fields=["reminded_at"])
    told_at = meeting.entered_at if meeting.was_adjourned else meeting.noticed_at
    if told_at and is_wanted(told_at, meeting.starts_at):
        _send(meeting)
    return 1


def _send(meeting: Meeting) -> None:
    """To those asked to come, but for those who said that they cannot."""
    absent = meeting.invitations.filter(answer=Answer.ABSENT.value).values_list("person_id", flat=True)
    matter = meeting.matter
    body = _("提醒：{when}开会，{where}。").format(when=when(meeting.starts_at), where=where(meeting))
    people = {person for person in asked_people(meeting) - set(absent) if person}
    send(people, title=matter.title, body=body, number=matter.number, url=meeting.get_absolute_url())
