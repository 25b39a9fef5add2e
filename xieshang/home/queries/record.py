"""The record as the supervising body reads it."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xieshang.audit.models import Entry
from xieshang.audit.queries import entries_under
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI

from ..models import STATE_WORDS, VERB_LABELS


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What the reader of the record looks for; empty means everything."""

    number: str = ""
    verb: str = ""
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """An entry in the reader's words: what was done, what stood before and after, and for whom."""

    entry: Entry
    verb: str
    before: str
    after: str
    who: str
    assisted: bool


def read(entry: Entry, who: str = "") -> Read:
    """Put one entry into words; `who` is the name under which its person is shown to this reader."""
    words = STATE_WORDS.get(entry.verb) or STATE_WORDS.get(entry.verb.partition(".")[0], {})
    before, after = (str(words.get(state, state)) for state in (entry.before, entry.after))
    verb = str(VERB_LABELS.get(entry.verb) or _("其他操作"))
    return Read(entry, verb, before, after, who, "for" in entry.detail)


def entries_for(actor: Actor, wanted: RecordFilter) -> QuerySet[Entry]:
    """Entries about the place of the office acted in, and all in it."""
    if actor.office is None:
        return Entry.objects.none()
    found = entries_under(actor.office.place_path)
    if wanted.number:
        found = found.filter(number=wanted.number)
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.first_day:
        found = found.filter(at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        found = found.filter(at__lt=_midnight(wanted.last_day + datetime.timedelta(days=1)))
    return found


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), SHANGHAI)
