"""What a place may set for its 四议两公开; copied when one begins, so that nobody moves the goalposts."""

from collections.abc import Mapping
from dataclasses import replace

from xieshang.community.rules import RuleBook, counted
from xieshang.lib.refusals import later as _

KIND = "fourtwo"
USUAL = _("四议两公开的通常做法，以当地规定为准")
OURS = _("本平台默认值，以当地规定为准")
RULES = (
    counted("fourtwo.publicity_days", _("决议公开的天数"), 7, unit="d", source=USUAL),
    counted("fourtwo.review_days", _("党员大会前几天告诉党员议题"), 1, unit="d", source=OURS),
)
BOOK = RuleBook(
    KIND,
    _("四议两公开规则"),
    _("决议公开几天、党员大会提前几天告知"),
    tuple(replace(rule, is_unsure=True, least=1) for rule in RULES),
)
DEFAULTS: dict[str, int] = {rule.key: int(rule.default) for rule in RULES}


def value(values: Mapping[str, object], key: str) -> int:
    """The number in force; a rule set that is silent, or no number, leaves the default."""
    default = DEFAULTS[f"fourtwo.{key}"]
    found = values.get(f"fourtwo.{key}", default)
    return found if isinstance(found, int) else default
