"""Filing (归档): when a matter is filed, how long its file is kept, how files are handed over. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

PERMANENT = 0
RULES = "archive"
# Years for which a file is kept, by kind of matter; 0 is for good. No law gives one number for all: ballots and
# minutes stay with the files of their assembly, the rest is this platform's default. A place may set its own.
KEEP_YEARS: dict[str, int] = {
    "topic": 10,
    "vote": PERMANENT,
    "consent": PERMANENT,
    "meeting": PERMANENT,
    "coordination": 10,
    "fourtwo": PERMANENT,
    "guidance": 10,
    "study": 10,
}
OTHERS_YEARS = 10
SOURCE = _("本平台默认值，可由本地规则另定")
# Days after its end when a matter nobody has filed is filed by itself; days in which a hand-over is received.
FILE_DAYS = 15
HAND_OVER_DAYS = 10
DEFAULTS: dict[str, int] = {f"archive.{kind}_years": years for kind, years in KEEP_YEARS.items()}

STILL_OPEN = Refusal("matter_still_open", _("这件事还没有办完，办完以后才能归档。要看现在的案卷，可以直接打开。"))
FILED_ALREADY = Refusal("filed_already", _("这件事已经归档，归档后内容没有变化，不用再归一次。"))
NOTHING_TO_HAND_OVER = Refusal("nothing_to_hand_over", _("还没有归档的案卷，没有可以移交的。"))
HAND_OVER_WAITS = Refusal("hand_over_waits", _("上一次移交还没有人接收，请先请接收人确认。"))
NOT_BY_THE_SAME = Refusal("hand_over_by_two", _("移交和接收要由两个人分别办理，您是移交人，请接任的人来确认。"))
RECEIVED_ALREADY = Refusal("hand_over_received", _("这次移交已经接收过了。"))


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a file is kept: years, 0 for good, and the last day."""

    years: int
    until: date | None


def keeping(kind: str, closed_on: date, values: Mapping[str, object]) -> Keeping:
    """How long the file of a matter of this kind is kept, counted from the year after the one in which it ended."""
    years = int(str(values.get(f"archive.{kind}_years", KEEP_YEARS.get(kind, OTHERS_YEARS))))
    return Keeping(years, date(closed_on.year + years, 12, 31) if years else None)


def require_filable(*, is_open: bool, last_hash: str, content_hash: str) -> None:
    """A matter is filed when it is over, and again only when its file has changed since."""
    if is_open:
        raise RuleViolation(STILL_OPEN)
    if last_hash == content_hash:
        raise RuleViolation(FILED_ALREADY)


def list_hash(files: Iterable[tuple[str, int, str]]) -> str:
    """The check code of a list of files (number, version, check code), whatever order they come in."""
    lines = sorted(f"{number} {version} {code}" for number, version, code in files)
    return sha256("\n".join(lines).encode()).hexdigest()


def require_receivable(*, given_by: int | None, received_by: int | None, is_received: bool) -> None:
    """Two human beings hand over: one gives, another receives, once."""
    if is_received:
        raise RuleViolation(RECEIVED_ALREADY)
    if given_by == received_by:
        raise RuleViolation(NOT_BY_THE_SAME)
