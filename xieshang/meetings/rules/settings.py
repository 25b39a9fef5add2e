"""What a place may set for its meetings: days, shares, the speaking rules; each with its source.

Copied when a meeting is planned, so that nobody moves the goalposts. Shares are written `>1/2` or `>=2/3`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xieshang.lib.refusals import later as _

from .kinds import Base, MeetingKind
from .shares import Share, share

KIND = "meetings"
Value = int | str
Values = Mapping[str, object]
OURS = _("本平台默认值，可由本地规则另定")
RESIDENTS_LAW = _("城市居民委员会组织法（2018）第9、10条；2025年修订后的条文以当地主管部门答复为准")
VILLAGERS_LAW = _("村民委员会组织法（2018）第21、22条")
REPS_LAW = _("村民委员会组织法（2018）第25、26条")
GROUP_LAW = _("村民委员会组织法（2018）第28条")
LIKE_VILLAGE = _("参照村民代表会议，以当地规定为准")
BOARD_RULES = _("业主大会和业主委员会指导规则第37至39条")
PARTY_RULES = _("中国共产党支部工作条例（试行）第11条")
PARTY_ELECTIONS = _("中国共产党基层组织选举工作条例")
TABLE = _("三方联席会议的通常做法")
PROCEDURE = _("社区协商议事规则样本")


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the rule set: its default and where it comes from."""

    default: Value
    source: str = OURS


K = MeetingKind
SETTINGS: dict[str, Setting] = {
    "meetings.notice_consultation": Setting(3, PROCEDURE),
    "meetings.notice_joint": Setting(3, TABLE),
    "meetings.notice_hearing": Setting(7),
    "meetings.notice_residents": Setting(3),
    "meetings.notice_resident_reps": Setting(3, LIKE_VILLAGE),
    "meetings.notice_villagers": Setting(10, VILLAGERS_LAW),
    "meetings.notice_villager_reps": Setting(3, _("浙江省实施村委会组织法办法第23条（他地做法）")),
    "meetings.notice_villager_group": Setting(3),
    "meetings.notice_owners_committee": Setting(7, BOARD_RULES),
    "meetings.notice_two_committees": Setting(1),
    "meetings.notice_party": Setting(0),
    "meetings.notice_study": Setting(1),
    "meetings.notice_again": Setting(1, TABLE),
    "meetings.quorum_residents_persons": Setting(">1/2", RESIDENTS_LAW),
    "meetings.quorum_residents_households": Setting(">1/2", RESIDENTS_LAW),
    "meetings.quorum_residents_members": Setting(">1/2", RESIDENTS_LAW),
    "meetings.quorum_resident_reps_members": Setting(">=2/3", LIKE_VILLAGE),
    "meetings.quorum_villagers_persons": Setting(">1/2", VILLAGERS_LAW),
    "meetings.quorum_villagers_households": Setting(">=2/3", VILLAGERS_LAW),
    "meetings.quorum_villager_reps_members": Setting(">=2/3", REPS_LAW),
    "meetings.quorum_villager_group_persons": Setting(">=2/3", GROUP_LAW),
    "meetings.quorum_villager_group_households": Setting(">=2/3", GROUP_LAW),
    "meetings.quorum_owners_committee_members": Setting(">1/2", BOARD_RULES),
    "meetings.quorum_two_committees_members": Setting(">1/2"),
    "meetings.quorum_study_members": Setting(">1/2"),
    "meetings.quorum_joint_sides": Setting(">=1/1", TABLE),
    "meetings.quorum_party_members": Setting(">=1/2", PARTY_RULES),
    "meetings.quorum_party_election": Setting(">=4/5", PARTY_ELECTIONS),
    "meetings.majority_residents": Setting(">1/2", RESIDENTS_LAW),
    "meetings.majority_resident_reps": Setting(">1/2", LIKE_VILLAGE),
    "meetings.majority_villagers": Setting(">1/2", VILLAGERS_LAW),
    "meetings.majority_villager_reps": Setting(">1/2", REPS_LAW),
    "meetings.majority_villager_group": Setting(">1/2", GROUP_LAW),
    # 全体委员半数以上; where the local rule says 过半数, the place sets it.
    "meetings.majority_owners_committee": Setting(">=1/2", BOARD_RULES),
    "meetings.majority_two_committees": Setting(">1/2"),
    "meetings.majority_consultation": Setting(">1/2"),
    "meetings.majority_hearing": Setting(">1/2"),
    "meetings.majority_party": Setting(">1/2", PARTY_RULES),
    "meetings.majority_party_election": Setting(">1/2", PARTY_ELECTIONS),
    "meetings.proxies_most": Setting(3),
    "meetings.speaking_minutes": Setting(3, PROCEDURE),
    "meetings.turns_most": Setting(2, PROCEDURE),
    "meetings.sign_in_minutes": Setting(120),
    "meetings.sign_workdays": Setting(5),
    "meetings.request_share": Setting(">=1/3", BOARD_RULES),
    "meetings.request_days": Setting(7, BOARD_RULES),
}
DEFAULTS: dict[str, Value] = {key: setting.default for key, setting in SETTINGS.items()}


def number(values: Values, key: str) -> int:
    """A whole number in force; a rule set that is silent, or no number, leaves the default."""
    found = values.get(f"meetings.{key}", DEFAULTS[f"meetings.{key}"])
    return found if isinstance(found, int) else int(DEFAULTS[f"meetings.{key}"])


def notice_days(values: Values, kind: MeetingKind) -> int:
    """Clear days between the notice and the meeting."""
    return number(values, f"notice_{kind}")


def share_at(values: Values, key: str) -> Share | None:
    """The share under a full key; what a rule set writes wrongly leaves the default."""
    default = DEFAULTS.get(key)
    if default is None:
        return None
    found = values.get(key, default)
    try:
        return share(str(found))
    except ValueError:
        return share(str(default))


def quorum_share(values: Values, kind: MeetingKind, base: Base) -> Share | None:
    """How many of those entitled have to be there; None where nobody is counted."""
    return share_at(values, f"meetings.quorum_{kind}_{base}")


def majority_share(values: Values, kind: MeetingKind) -> Share | None:
    """How many have to agree; None where nothing is put to a vote."""
    return share_at(values, f"meetings.majority_{kind}")


def source_of(key: str) -> str:
    """Where the number of a key comes from."""
    return SETTINGS[f"meetings.{key}"].source
