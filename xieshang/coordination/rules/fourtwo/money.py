"""The account of what was done: what came in, what went out, in whole fen."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

MOST_LINES = 60
MOST_FEN = 10**12
NO_LINES = Refusal("account_empty", _("请至少写一笔收入和一笔支出，没有花钱的也写明“无”和0元。"))
TOO_MANY = Refusal("account_too_long", _("最多写六十笔，请把小的合并起来，明细附在材料里。"))
BAD_LINE = Refusal(
    "account_line_unreadable", _("每行写一笔：“收 上级补助 120000.00”或者“支 水泥 35600.50”，金额最多两位小数。")
)
OVERSPENT = Refusal("account_overspent", _("支出比收入多，请写明差的钱从哪里来（也算一笔收入）。"))


class Side(StrEnum):
    """Which way the money went."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an account: which way, for what, how much in fen."""

    side: Side
    label: str
    fen: int


def fen_of(text: str) -> int | None:
    """Yuan as typed, with at most two decimals, in fen; None for anything else."""
    whole, dot, rest = text.replace(",", "").replace("，", "").removesuffix("元").partition(".")
    digits = whole + rest
    if not (whole and digits.isascii() and digits.isdigit()) or len(rest) > 2 or (dot and not rest):
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def yuan(fen: int) -> str:
    """An amount as an account writes it: 312,600.00."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def balance(entries: Iterable[Entry]) -> tuple[int, int, int]:
    """What came in, what went out and what is left, in fen."""
    lines = list(entries)
    came = sum(line.fen for line in lines if line.side == Side.IN)
    went = sum(line.fen for line in lines if line.side == Side.OUT)
    return came, went, came - went


def require_sound_account(entries: Iterable[Entry]) -> None:
    """Something on either side, nothing spent that never came in."""
    lines = list(entries)
    if {line.side for line in lines} != set(Side):
        raise RuleViolation(NO_LINES)
    if len(lines) > MOST_LINES:
        raise RuleViolation(TOO_MANY)
    if any(not line.label or not 0 <= line.fen <= MOST_FEN for line in lines):
        raise RuleViolation(BAD_LINE)
    if balance(lines)[2] < 0:
        raise RuleViolation(OVERSPENT)
