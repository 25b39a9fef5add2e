"""A scanned stack of ballots: which page belongs to which paper, and what is wrong page by page. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xieshang.lib.refusals import later as _


class Known(StrEnum):
    """What is known of a serial before the stack is sorted."""

    RECEIVED = "received"
    NOT_RECEIVED = "not_received"
    VOID = "void"
    SCANNED = "scanned"


WORDS = {
    "unreadable": _("没有读到票上的码。请压平、对正重扫这一页，或在下面写出票上的编号。"),
    "several": _("一页上有几张票的码（{serials}）。请一张票扫一页。"),
    "unknown": _("编号{serials}不是这次表决的票。请把这一页抽出来；编号写错的，请改正。"),
    "doubled": _("编号{serials}和第{other}页是同一张。请抽掉扫重的一页；两张不同的纸编号相同，请交监票人。"),
    Known.NOT_RECEIVED: _("编号{serials}的票没有在截止前登记收到，不能计。请抽出来，交监票人。"),
    Known.VOID: _("编号{serials}已经作废，换发过新票。请抽出来，另外保存。"),
    Known.SCANNED: _("编号{serials}以前已经扫过。请抽掉这一页。"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the stack as it was read: the serials on it, whether it is an empty back."""

    number: int
    serials: Sequence[str]
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one page, and what to do."""

    page: int
    code: str
    words: str

    @property
    def may_be_typed(self) -> bool:
        """Whether writing the serial by hand mends it."""
        return self.code in {"unreadable", "unknown"}

    @property
    def may_be_left_out(self) -> bool:
        """Whether the page belongs elsewhere or is there twice, so that the others may be kept without it."""
        return self.code not in {"several", "unreadable"}


@dataclass(slots=True)
class Sorted:
    """A stack by pages: the serial of each good one, the faults, the empty backs that were left out."""

    placed: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether every page that says something has found its paper, and there is one."""
        return not self.faults and bool(self.placed)


def sort_stack(
    sheets: Iterable[Sheet], known: Mapping[str, Known], typed: Mapping[int, str], left_out: Collection[int] = ()
) -> Sorted:
    """Give each page to its paper. `typed`: serials that somebody wrote for pages whose code could not be read."""
    found, seen = Sorted(), dict[str, int]()
    for sheet in sheets:
        if sheet.number in left_out:
            continue
        serials = sorted({typed[sheet.number]} if typed.get(sheet.number) else set(sheet.serials))
        if not serials and sheet.is_blank:
            found.blanks.append(sheet.number)
            continue
        code = _wrong(serials, known, seen)
        if code:
            words = WORDS[code].format(serials=_("、").join(serials), other=seen.get(serials[0], 0) if serials else 0)
            found.faults.append(Fault(sheet.number, str(code), words))
            continue
        found.placed[sheet.number] = serials[0]
        seen[serials[0]] = sheet.number
    return found


def _wrong(serials: Sequence[str], known: Mapping[str, Known], seen: Mapping[str, int]) -> str:
    """The code of what is wrong with a page; empty if nothing is."""
    if len(serials) != 1:
        return "several" if serials else "unreadable"
    if serials[0] not in known:
        return "unknown"
    if serials[0] in seen:
        return "doubled"
    state = known[serials[0]]
    return "" if state == Known.RECEIVED else state
