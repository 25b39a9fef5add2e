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

    words: str
    item: Item | None
    note: str = ""

    @property
    def needs_everybody(self) -> bool:
        """住改商: a majority is no defence; it is led to the check of interested owners."""
        return self.item is None


CATALOGUE = (
    Entry(_("制定或修改业主大会议事规则"), Item.PROCEDURE),
    Entry(_("改变业主大会的开会或投票方式"), Item.PROCEDURE),
    Entry(_("制定或修改管理规约"), Item.COVENANT),
    Entry(_("养犬、装修、晾晒等共同约定"), Item.COVENANT),
    Entry(_("选举业主委员会"), Item.COMMITTEE),
    Entry(_("增补或更换业主委员会成员"), Item.COMMITTEE),
    Entry(_("罢免业主委员会成员"), Item.COMMITTEE),
    Entry(_("选聘物业公司"), Item.COMPANY),
    Entry(_("续聘物业公司"), Item.COMPANY),
    Entry(_("解聘物业公司"), Item.COMPANY),
    Entry(_("调整物业费"), Item.COMPANY, _("物业费是物业服务合同的一部分。")),
    Entry(_("动用维修资金修屋面"), Item.USE_FUND),
    Entry(_("动用维修资金修电梯、换电梯"), Item.USE_FUND),
    Entry(_("动用维修资金修外墙"), Item.USE_FUND),
    Entry(_("动用维修资金换水管、修消防设施"), Item.USE_FUND),
    Entry(_("续筹维修资金"), Item.RAISE_FUND, _("续筹是再交钱，和动用不同，要四分之三以上。")),
    Entry(_("首次补交维修资金"), Item.RAISE_FUND),
    Entry(_("加装电梯"), Item.REBUILD, _("由本单元或本楼的业主表决的，要有当地的规定。")),
    Entry(_("翻建、拆除重建房屋"), Item.REBUILD),
    Entry(_("改建门卫、车棚等附属设施"), Item.REBUILD),
    Entry(_("外墙加保温、屋面平改坡"), Item.REBUILD),
    Entry(_("公共道路划车位"), Item.CHANGE_COMMON),
    Entry(_("绿地改车位"), Item.CHANGE_COMMON),
    Entry(_("公共场地建充电车棚"), Item.CHANGE_COMMON),
    Entry(_("电梯、外墙做广告"), Item.CHANGE_COMMON),
    Entry(_("出租公共用房、架空层"), Item.CHANGE_COMMON),
    Entry(_("公共场地设快递柜、售货机"), Item.CHANGE_COMMON),
    Entry(_("公共收益怎么用"), Item.OTHER),
    Entry(_("以业主共同名义起诉或应诉"), Item.OTHER),
    Entry(_("安装公共监控、门禁"), Item.OTHER),
    Entry(_("处分共有部分"), Item.OTHER),
    Entry(_("管理规约里写明要共同决定的其他事"), Item.OTHER),
    Entry(_("住房改作经营用（住改商）"), None, _("要有利害关系的业主一致同意，不能用表决代替。")),
)


def is_mixed(items: Iterable[Item], law: Law = Law.CIVIL_CODE_2021) -> bool:
    """Whether a motion joins what the law treats differently: ordinary and special. It is split before the notice."""
    return len({is_special(law, item) for item in items}) > 1


def strictest(items: Iterable[Item], law: Law = Law.CIVIL_CODE_2021) -> Item:
    """The item whose majority holds where a mixed motion cannot be split: a special one if there is one."""
    ordered = sorted(items)
    return next((item for item in ordered if is_special(law, item)), ordered[0])
