"""What a place may set for its 四议两公开; copied when one begins, so that nobody moves the goalposts."""

from collections.abc import Mapping
from dataclasses import dataclass

from xieshang.lib.refusals import later as _

KIND = "fourtwo"


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the rule set: its default, what it is, where it comes from."""

    default: int
    label: str
    source: str


SETTINGS: dict[str, Setting] = {
    "fourtwo.publicity_days": Setting(7, _("决议公开的天数"), _("四议两公开的通常做法，以当地规定为准")),
    "fourtwo.review_days": Setting(1, _("党员大会前几天告诉党员议题"), _("本平台默认值，以当地规定为准")),
}
DEFAULTS: dict[str, int] = {key: setting.default for key, setting in SETTINGS.items()}


def value(values: Mapping[str, object], key: str) -> int:
    """The number in force; a rule set that is silent, or no number, leaves the default."""
    default = DEFAULTS[f"fourtwo.{key}"]
    found = values.get(f"fourtwo.{key}", default)
    return found if isinstance(found, int) else default
