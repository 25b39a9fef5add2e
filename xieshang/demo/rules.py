"""Who may be entered as with one click, and what the demo's places look like."""

from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import later as _


class Guest(StrEnum):
    """The roles of the demo page."""

    RESIDENT = "resident"
    OWNER = "owner"
    ELDER = "elder"
    COMMITTEE = "committee"
    SECRETARY = "secretary"
    OWNERS_COMMITTEE = "owners-committee"
    PROPERTY = "property"
    STREET = "street"
    STRANGER = "stranger"
    CO_OWNER = "co-owner"
    CLERK_1 = "clerk-1"
    CLERK_2 = "clerk-2"
    TRUSTEE_1 = "trustee-1"
    TRUSTEE_2 = "trustee-2"
    TRUSTEE_3 = "trustee-3"
    VILLAGE_SECRETARY = "village-secretary"
    VILLAGE_CHAIR = "village-chair"
    VILLAGE_SUPERVISOR = "village-supervisor"


@dataclass(frozen=True, slots=True)
class Part:
    """One role to try: who it is, what can be tried, whose nickname it has, in which office it acts."""

    guest: Guest
    name: str
    about: str
    phone: str
    role: str = ""


PARTS = (
    Part(Guest.RESIDENT, _("王阿姨 · 居民"), _("提出、支持、说话、投票、评价"), "19900000001"),
    Part(Guest.OWNER, _("陈业主 · 有两套房"), _("投业主表决的票，两套房算一人"), "19900000002"),
    Part(Guest.CO_OWNER, _("许女士 · 共有一套房"), _("两人共有一套房，只投一票"), "19900000023"),
    Part(Guest.ELDER, _("刘奶奶 · 用大字版"), _("大字、大按钮，一步一屏"), "19900000003"),
    Part(Guest.COMMITTEE, _("张主任 · 居委会"), _("受理、预告、主持、记录、核实"), "19900000004", "committee_chair"),
    Part(Guest.SECRETARY, _("李书记 · 社区党组织"), _("研究议题，发布结果"), "19900000005", "party_secretary"),
    Part(Guest.OWNERS_COMMITTEE, _("何主任 · 业委会"), _("召集业主表决、计票、公告"), "19900000006", "owners_chair"),
    Part(Guest.CLERK_1, _("邓委员 · 业委会"), _("收纸质票，开箱后录第一遍"), "19900000024", "owners_member"),
    Part(Guest.CLERK_2, _("唐委员 · 居委会"), _("开箱后录第二遍，两遍一致才算数"), "19900000025", "committee_member"),
    Part(Guest.TRUSTEE_1, _("钱老师 · 钥匙保管人"), _("无记名投票的第一位保管人"), "19900000026"),
    Part(Guest.TRUSTEE_2, _("冯医生 · 钥匙保管人"), _("第二位，截止后任意两位一起开封"), "19900000027"),
    Part(Guest.TRUSTEE_3, _("于会计 · 钥匙保管人"), _("第三位，丢了一张钥匙单也还能开"), "19900000028"),
    Part(Guest.PROPERTY, _("赵经理 · 物业企业"), _("接单、办理、上传凭据"), "19900000007", "property_manager"),
    Part(
        Guest.VILLAGE_SECRETARY,
        _("高书记 · 村党支部"),
        _("提议、审议、签发决议"),
        "19900000016",
        "party_secretary",
    ),
    Part(Guest.VILLAGE_CHAIR, _("韩主任 · 村委会"), _("记会议、填收支、归档"), "19900000017", "committee_chair"),
    Part(Guest.VILLAGE_SUPERVISOR, _("老王 · 村监督员"), _("审核收支和结果，看操作记录"), "19900000018", "supervisor"),
    Part(Guest.STREET, _("刘科员 · 街道"), _("看超期的事、操作记录，建新社区"), "19900000008", "street_officer"),
    Part(Guest.STRANGER, _("小马 · 刚注册"), _("还没有认证住房，能看什么、怎么认证"), "19900000009"),
)


@dataclass(frozen=True, slots=True)
class Estate:
    """A compound drawn in numbers: buildings, and for each how many stairwells, floors and doors a floor."""

    name: str
    buildings: tuple[tuple[int, int, int], ...]


ESTATES = (
    Estate("明湖家园", ((4, 7, 2),) * 4 + ((1, 11, 4),) * 2),
    Estate("铁西老院", ((3, 4, 2),) * 4),
    Estate("新城嘉苑", ((2, 11, 2),) * 3),
)
VILLAGE_GROUPS = (("一组", 20), ("二组", 20), ("三组", 20), ("四组", 20))


def units_of(estate: Estate) -> list[tuple[str, str, str]]:
    """Every home of an estate as building, stairwell and room: 3号楼, 2单元, 501室."""
    found = []
    for building, (stairwells, floors, doors) in enumerate(estate.buildings, 1):
        for stairwell in range(1, stairwells + 1):
            for floor in range(1, floors + 1):
                found += [
                    (f"{building}号楼", f"{stairwell}单元", f"{floor}{door:02d}室") for door in range(1, doors + 1)
                ]
    return found
