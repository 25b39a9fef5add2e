"""What a check of unanimous consent asks for (民法典第279条, 法释〔2009〕7号第10、11条). Pure."""

from datetime import date

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .unanimity import Consent

NO_SUCH_HOME = Refusal("no_such_home", _("名册上没有找到“{unit}”，或者不是住宅。请照名册写，比如3号楼2单元501室。"))
OPEN_ALREADY = Refusal("consent_open_already", _("这一户已经有一次核对还没有结束，请接着办那一次。"))
BUSINESS_MISSING = Refusal("business_missing", _("请写打算做什么经营，比如“理发店”。"))
BASIS_MISSING = Refusal(
    "basis_missing", _("本栋以外的业主，请写明姓名、房屋，和凭什么说有利害关系。"), _("法释〔2009〕7号第11条")
)
NOBODY_CHOSEN = Refusal("nobody_chosen", _("请选是哪几位业主的答复。"))
SIGNED_MISSING = Refusal(
    "consent_not_signed", _("同意要有业主签名的书面材料，请附照片或PDF。一张纸上几位签名的，附一次就行。")
)
SIGNED_LATER = Refusal("consent_signed_later", _("签名的日子不能晚于今天。"))
CLOSED = Refusal("consent_closed", _("这次核对已经结束，不能再改。情况有变的，请重新开始一次核对。"))


def answer_faults(*, chosen: int, agreed: bool, has_proof: bool, signed_on: date, today: date) -> list[Refusal]:
    """What is missing from an answer; none if it may be kept."""
    wrong = {
        NOBODY_CHOSEN: not chosen,
        SIGNED_MISSING: agreed and not has_proof,
        SIGNED_LATER: signed_on > today,
    }
    return [refusal for refusal, is_wrong in wrong.items() if is_wrong]


def verdict(consent: Consent, whole: int) -> str:
    """Where the check stands, in one sentence."""
    if consent.refused:
        return _("{number}位有利害关系的业主不同意，不能改作经营用，多数人同意也不行。").format(
            number=len(consent.refused)
        )
    if consent.missing:
        return _("{whole}位有利害关系的业主，还有{number}位没有答复。没有答复不算同意。").format(
            whole=whole, number=len(consent.missing)
        )
    return _("{whole}位有利害关系的业主都书面同意了。还要遵守法律法规和管理规约。").format(whole=whole)
