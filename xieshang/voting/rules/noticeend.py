"""What a pasted notice says of its own end: passed, not passed, too few took part; said plainly, or not read. Pure."""

import re
from enum import StrEnum

_CLAUSES = re.compile(r"[，,。；;：:！!？?、\s“”\"《》〔〕（）()]+")
# A rule told, a matter still to come, a way of voting: no end.
_UNDECIDED = re.compile(
    r"方可|方为|方能|才能|才算|视为|即为|如果|若|是否|能否|应当|须|需|拟|待|(?:反对|不同意)通过"
    r"|通过(?:率|线|后|前|本|微信|短信|网|了解|的?标准|的?比例)"
)
_QUORUM = re.compile(r"(?:参与|参加|到会|投票)[^同]*?(?:未|没有|没|不)(?:能)?(?:达到?|满|足|够)")
_FAILED = re.compile(
    r"(?:未|没有|没|不|未能|未获|未获得|不能|不予)(?:被|能|获得?|予以|表决)?通过|否决|表决无效"
    r"|(?:未|没有|没|未能)(?:能)?(?:形成|作出|做出)(?:有效的?)?(?:决定|决议)"
    r"|(?:未|没有|没|未能|不)(?:达到?|符合|满足|具备)(?:法定)?的?通过的?(?:条件|要求)(?!的)"
)
_PASSED = re.compile(
    r"(?:达到?|符合|满足|具备)了?(?:法定)?的?通过的?(?:条件|要求)(?!的)"
    r"|(?:获得?|获得了|已经?|一致|予以|表决|全部|均|有效|决定|依法|得以|正式)通过(?!的|条件)|^通过$|通过(?:了|有效|生效)?$|通过了"
)


class Said(StrEnum):
    """The end as a notice words it; `FAILED` leaves open which of the shares was missed."""

    PASSED = "passed"
    FAILED = "failed"
    QUORUM = "quorum"


def said_in(text: str) -> Said | None:
    """The one end that a text states; None where it states none, or both."""
    clauses = [clause for clause in _CLAUSES.split(text) if not _UNDECIDED.search(clause)]
    failed = [clause for clause in clauses if _FAILED.search(clause)]
    passed = any(_PASSED.search(clause) for clause in clauses if clause not in failed)
    too_few = any(_QUORUM.search(clause) for clause in clauses)
    if passed:
        return None if failed or too_few else Said.PASSED
    if too_few:
        return Said.QUORUM
    return Said.FAILED if failed else None
