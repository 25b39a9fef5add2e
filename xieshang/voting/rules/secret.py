"""Secret votes: for whom, by which trustees, and whether an envelope or an opening has the right form. Pure."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xieshang.lib.envelopes import ALPHABET, FORMAT, PAIRS, Envelope, Point, packed, unpacked
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .kinds import Base, State
from .ledger import canonical

SEATS = (1, 2, 3)
# With fewer on the roll everybody knows everybody, and nothing is secret.
FEWEST_ON_ROLL = 5

BY_AREA = Refusal(
    "secret_by_area",
    _(
        "无记名投票只能一人一票，不能同时按面积计票：面积差不多就是门牌号，公布出来等于记名。要按面积算的事请用业主表决。"
    ),
    _("民法典第278条"),
)
BY_HOUSEHOLD = Refusal("secret_by_household", _("无记名投票一人一票。按户投票时，一家人看得出是谁投的。"))
TOO_FEW_ON_ROLL = Refusal("secret_too_few", _("名册上不到5个人，结果一公布就猜得出谁选了什么，不能用无记名投票。"))
THREE_TRUSTEES = Refusal("three_trustees", _("要有三位保管人，三个不同的人。"))
ONE_BODY = Refusal("trustees_of_one_body", _("三位保管人里，同一个单位的最多一位，不然这个单位自己就能提前开封。"))
OF_THE_COMPANY = Refusal("trustee_of_the_company", _("物业企业的人不能当保管人。"))
TRUSTEE_UNKNOWN = Refusal("trustee_unknown", _("没有找到“{text}”：请写在本社区任职或者认证过住房的人的姓名或手机号。"))
TRUSTEE_AMBIGUOUS = Refusal("trustee_ambiguous", _("有不止一位“{text}”，请写手机号。"))
KEYS_MISSING = Refusal("keys_missing", _("三位保管人还没有都登记钥匙，登记齐了才能开始投票。"))
KEYS_FIXED = Refusal("keys_fixed", _("投票已经开始，钥匙不能再换。"))
KEY_UNSOUND = Refusal("key_unsound", _("钥匙没有登记上，请在这一页重新做一把。"))
KEY_TAKEN = Refusal("key_taken", _("这把钥匙另一位保管人已经登记过了。每人要在自己的设备上做自己的。"))

NOT_SEALED = Refusal("not_sealed", _("这一票没有封好，没有收下。请重新打开这一页再投。"))
ONLY_SEALED = Refusal(
    "only_sealed", _("这是无记名投票，选票要在您的设备上封好再交。请打开投票页；设备不行的，请到居委会领纸质票。")
)
ALREADY_USED = Refusal("secret_used", _("您已经投过了。无记名投票分不出哪一张是谁的，投出后不能改。"))
NO_HELPER = Refusal(
    "secret_no_helper", _("无记名投票不能代办，代办的人会看到您选了什么。不方便上网的，请到居委会领纸质票。")
)
NOT_CLOSED = Refusal("secret_not_closed", _("还没有截止，信封还不能开。"))
ALREADY_OPENED = Refusal("secret_opened", _("已经开过封、计过票了。"))
OPENING_UNSOUND = Refusal(
    "opening_unsound", _("这份开封文件不是这次投票的，或者没有复制完整。请回到开封页，把整份文件重新交一次。")
)
WRONG_KEY = Refusal("wrong_key", _("查询码{tracker}的开封钥匙和信封对不上，这份开封文件没有收下。"))

PAPER_TOO_LATE = Refusal("secret_paper_too_late", _("这位居民已经投过票或者领过纸质票了，不能再发。"))
TALLY_TOO_MANY = Refusal("tally_too_many", _("点出来的票比发出去的{handed_out}张还多，请再点一遍。"))
TALLY_NOTHING = Refusal("tally_nothing", _("这次没有发过纸质票，不用点。"))
TALLY_AGREED = Refusal("tally_agreed", _("已经有两个人点出一样的数，不用再点。"))
TALLY_TWICE = Refusal("tally_twice", _("您已经点过一遍了，要换一个人点第二遍。"))

END_NO_REASON = Refusal("secret_end_no_reason", _("请写明为什么不投了，会告诉所有人。"))
END_OPENED = Refusal("secret_end_opened", _("信封已经开过，结果已经有了，不能再中止。"))
END_GONE = Refusal("secret_end_gone", _("这次投票已经撤回或者中止了。"))
END_WAITS = Refusal("secret_end_waits", _("已经有人提出中止，正在等另一位确认，不用再提。"))
END_ANSWERED = Refusal("secret_end_answered", _("这一条已经办过了，请刷新看看。"))
END_OWN = Refusal("secret_end_own", _("要由另一个人来确认，提出的人自己不能确认。"))

_TRACKER = re.compile(f"(?:[{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}")
_SIZES = {"point": 65, "choice": 32}
_KEY = 48
_COORDINATE = 32
_UNCOMPRESSED = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody counted in a paper box: papers by place of the option, and void ones."""

    places: tuple[tuple[int, int], ...] = ()
    void: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody named as trustee: who, and the bodies they speak for, the property company's marked."""

    person_id: int
    bodies: frozenset[int] = frozenset()
    of_company: bool = False


def require_secret(base: Base) -> None:
    """One head, one vote; by area or by household nothing would stay secret."""
    if base == Base.OWNERS:
        raise RuleViolation(BY_AREA)
    if base != Base.PERSON:
        raise RuleViolation(BY_HOUSEHOLD)


def require_trustees(named: Sequence[Candidate]) -> None:
    """Three people, no two of one body, nobody of the company."""
    wrong = []
    if len({one.person_id for one in named}) != len(SEATS):
        wrong.append(THREE_TRUSTEES)
    bodies = [body for one in named for body in one.bodies]
    if len(set(bodies)) < len(bodies):
        wrong.append(ONE_BODY)
    if any(one.of_company for one in named):
        wrong.append(OF_THE_COMPANY)
    if wrong:
        raise RuleViolation(*wrong)


def sound_point(x: str, y: str) -> Point:
    """A public key that is one; raises RuleViolation."""
    try:
        return _on_curve(x, y)
    except ValueError as wrong:
        raise RuleViolation(KEY_UNSOUND) from wrong


def _on_curve(x: str, y: str) -> Point:
    point = Point(x, y)
    if len(unpacked(x)) != _COORDINATE or len(unpacked(y)) != _COORDINATE:
        raise ValueError("other sizes")
    point.key  # noqa: B018  # asks whether it is on the curve
    return point


def sound_envelope(sent: object) -> dict[str, object]:
    """An envelope that has every piece in its one size, and nothing beside; raises RuleViolation.

    The sizes never differ, so that an envelope tells nothing by its length.
    """
    try:
        return _checked(sent)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise RuleViolation(NOT_SEALED) from wrong


def _checked(sent: object) -> dict[str, object]:
    if not isinstance(sent, dict) or set(sent) != {"tracker", "point", "commitment", "keys", "choice"}:
        raise ValueError("other fields")
    keys = sent["keys"]
    sound = set(keys) == set(PAIRS) and all(len(unpacked(keys[pair])) == _KEY for pair in PAIRS)
    sound = sound and all(len(unpacked(sent[name])) == size for name, size in _SIZES.items())
    sound = sound and len(bytes.fromhex(sent["commitment"])) == len(hashlib.sha256().digest())
    if not sound or not _TRACKER.fullmatch(sent["tracker"]) or sent["commitment"] != sent["commitment"].lower():
        raise ValueError("other sizes")
    raw = unpacked(sent["point"])
    if raw[0] != _UNCOMPRESSED:
        raise ValueError("not a point")
    _on_curve(packed(raw[1 : _COORDINATE + 1]), packed(raw[_COORDINATE + 1 :]))
    return dict(sent)


def list_code(envelopes: Sequence[Envelope]) -> str:
    """The check code of a list of envelopes, in the order of their trackers."""
    ordered = sorted((dict(one) for one in envelopes), key=lambda one: str(one["tracker"]))
    return hashlib.sha256(canonical({"envelopes": ordered}).encode()).hexdigest()


def sound_openings(sent: object, *, vote: str, code: str, trackers: Collection[str]) -> tuple[str, Mapping[str, str]]:
    """The pair of seats and the key of every envelope (empty: it did not open); raises RuleViolation."""
    if not isinstance(sent, dict) or (sent.get("format"), sent.get("vote")) != (f"{FORMAT} openings", vote):
        raise RuleViolation(OPENING_UNSOUND)
    keys, seats = sent.get("keys"), sent.get("seats")
    if not isinstance(keys, dict) or not isinstance(seats, str) or seats not in PAIRS:
        raise RuleViolation(OPENING_UNSOUND)
    whole = set(keys) == set(trackers) and sent.get("list") == code
    if not whole or not all(isinstance(key, str) for key in keys.values()):
        raise RuleViolation(OPENING_UNSOUND)
    return seats, keys


def require_tally(papers: int, *, handed_out: int, is_closed: bool, is_settled: bool, is_mine: bool) -> None:
    """Whether figures of the paper box may be given now; raises RuleViolation."""
    reasons = (
        (NOT_CLOSED, not is_closed),
        (TALLY_NOTHING, not handed_out),
        (TALLY_AGREED, is_settled),
        (TALLY_TWICE, is_mine),
        (said(TALLY_TOO_MANY, handed_out=handed_out), papers > handed_out),
    )
    for refusal, applies in reasons:
        if applies:
            raise RuleViolation(refusal)


def require_end(state: State, *, reason: str, is_opened: bool) -> None:
    """Whether a secret vote may still end without a result; raises RuleViolation. What was opened stays."""
    if state == State.VOIDED:
        raise RuleViolation(END_GONE)
    if is_opened:
        raise RuleViolation(END_OPENED)
    if not reason.strip():
        raise RuleViolation(END_NO_REASON)


def said(refusal: Refusal, **words: object) -> Refusal:
    """A refusal with its words filled in."""
    return Refusal(refusal.code, refusal.sentence.format(**words), refusal.source)
