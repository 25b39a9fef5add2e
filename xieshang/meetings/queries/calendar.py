"""A meeting as a calendar file (RFC 5545): lines end with CR LF, text is escaped, no line is longer than 75 octets."""

from datetime import UTC, datetime, timedelta

from ..models import Meeting
from ..rules import State

HOURS = 2
WIDTH = 73


def calendar_of(meeting: Meeting, site: str) -> str:
    """The calendar file of one meeting; a meeting put off keeps its identity and counts its changes."""
    is_off = meeting.state == State.CANCELLED
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Xieshang//Meetings//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{site.rsplit('//', maxsplit=1)[-1]}",
        f"SEQUENCE:{meeting.steps.count()}",
        f"DTSTAMP:{_stamp(meeting.entered_at)}",
        f"DTSTART:{_stamp(meeting.starts_at)}",
        f"DTEND:{_stamp(meeting.starts_at + timedelta(hours=HOURS))}",
        f"SUMMARY:{_escaped(meeting.matter.title)}",
        f"LOCATION:{_escaped(meeting.venue)}",
        f"URL:{site}{meeting.get_absolute_url()}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for plain in ("\\", ";", ","):
        text = text.replace(plain, f"\\{plain}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold by octets, never inside a character."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > WIDTH:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
