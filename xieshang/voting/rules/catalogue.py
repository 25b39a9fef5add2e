"""What a vote is about, in a neighbour's words, and what the law makes of it: the items of 民法典第278条第1款."""

from collections.abc import Iterable
from dataclasses import dataclass

from xieshang.lib.refusals import later as _

from .majority import Item, Law, is_special

ITEM_WORDS = {
    Item.PROCEDURE: _("制定和修改业主大会议事规则"),
    Item.COVENANT: _("制定和修改管理规约"),
    Item.COMMITTEE: _("选举业主委员会或者更换业主委员会成员"),
    Item.COMPANY: _("选聘和解聘物业服务企业或者其他管理人"),
    Item.USE_FUND: _("使用建筑物及其附属设施的维修资金"),
    Item.RAISE_FUND: _("筹集建筑物及其附属设施的维修资金"),
    Item.REBUILD: _("改建、重建建筑物及其附属设施"),
    Item.CHANGE_COMMON: _("改变共有部分的用途或者利用共有部分从事经营活动"),
    Item.OTHER: _("有关共有和共同管理权利的其他重大事项"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue. Without an item it is no vote: every interested owner must agree (民法典第279条)."""

    key: str
    words: str
    item: Item | None
    note: str = ""

    @property
    def needs_everybody(self) -> bool:
        """住改商: a majority is no defence; it is led to the check of interested owners."""
        return self.item is None


CATALOGUE = (
    Entry("procedure", _("制定或修改业主大会议事规则"), Item.PROCEDURE),
    Entry("way_of_meeting", _("改变业主大会的开会或投票方式"), Item.PROCEDURE),
    Entry("covenant", _("制定或修改管理规约"), Item.COVENANT),
    Entry("house_rules", _("养犬、装修、晾晒等共同约定"), Item.COVENANT),
    Entry("elect_committee", _("选举业主委员会"), Item.COMMITTEE),
    Entry("fill_committee", _("增补或更换业主委员会成员"), Item.COMMITTEE),
    Entry("recall_member", _("罢免业主委员会成员"), Item.COMMITTEE),
    Entry("hire_company", _("选聘物业公司"), Item.COMPANY),
    Entry("renew_company", _("续聘物业公司"), Item.COMPANY),
    Entry("dismiss_company", _("解聘物业公司"), Item.COMPANY),
    Entry("company_fee", _("调整物业费"), Item.COMPANY, _("物业费是物业服务合同的一部分。")),
    Entry("fund_roof", _("动用维修资金修屋面"), Item.USE_FUND),
    Entry("fund_lift", _("动用维修资金修电梯、换电梯"), Item.USE_FUND),
    Entry("fund_wall", _("动用维修资金修外墙"), Item.USE_FUND),
    Entry("fund_pipes", _("动用维修资金换水管、修消防设施"), Item.USE_FUND),
    Entry("raise_fund", _("续筹维修资金"), Item.RAISE_FUND, _("续筹是再交钱，和动用不同，要四分之三以上。")),
    Entry("first_fund", _("首次补交维修资金"), Item.RAISE_FUND),
    Entry("add_lift", _("加装电梯"), Item.REBUILD, _("由本单元或本楼的业主表决的，要有当地的规定。")),
    Entry("rebuild", _("翻建、拆除重建房屋"), Item.REBUILD),
    Entry("alter_annexe", _("改建门卫、车棚等附属设施"), Item.REBUILD),
    Entry("insulate", _("外墙加保温、屋面平改坡"), Item.REBUILD),
    Entry("road_parking", _("公共道路划车位"), Item.CHANGE_COMMON),
    Entry("green_parking", _("绿地改车位"), Item.CHANGE_COMMON),
    Entry("charging_shed", _("公共场地建充电车棚"), Item.CHANGE_COMMON),
    Entry("advertising", _("电梯、外墙做广告"), Item.CHANGE_COMMON),
    Entry("let_rooms", _("出租公共用房、架空层"), Item.CHANGE_COMMON),
    Entry("lockers", _("公共场地设快递柜、售货机"), Item.CHANGE_COMMON),
    Entry("common_income", _("公共收益怎么用"), Item.OTHER),
    Entry("lawsuit", _("以业主共同名义起诉或应诉"), Item.OTHER),
    Entry("cameras", _("安装公共监控、门禁"), Item.OTHER),
    Entry("dispose", _("处分共有部分"), Item.OTHER),
    Entry("by_covenant", _("管理规约里写明要共同决定的其他事"), Item.OTHER),
    Entry("home_to_business", _("住房改作经营用（住改商）"), None, _("要有利害关系的业主一致同意，不能用表决代替。")),
)


ENTRIES = {entry.key: entry for entry in CATALOGUE}
# Decided by naming people, not by yes or no.
ELECTIONS = frozenset({"elect_committee", "fill_committee"})


def is_mixed(items: Iterable[Item], law: Law = Law.CIVIL_CODE_2021) -> bool:
    """Whether a motion joins what the law treats differently: ordinary and special. It is split before the notice."""
    return len({is_special(law, item) for item in items}) > 1


def strictest(items: Iterable[Item], law: Law = Law.CIVIL_CODE_2021) -> Item:
    """The item whose majority holds where a mixed motion cannot be split: a special one if there is one."""
    ordered = sorted(items)
    return next((item for item in ordered if is_special(law, item)), ordered[0])
