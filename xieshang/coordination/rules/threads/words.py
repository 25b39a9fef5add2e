"""What the screen calls states, steps, sides, parts and people; glosses for the words of officials."""

from xieshang.lib.refusals import later as _

from .states import CoverKind, EntryKind, Origin, Part, SideKind, SideRole, State, Step, Via, Who

STATE_LABELS: dict[State, str] = {
    State.RAISED: _("等受理"),
    State.ACCEPTED: _("已受理"),
    State.ASSIGNED: _("已定牵头方"),
    State.POSITIONS: _("各方表态"),
    State.MEETING: _("联席会议"),
    State.MINUTES_DRAFT: _("等各方签纪要"),
    State.CONFIRMED: _("纪要已签"),
    State.ACTIONS: _("办理中"),
    State.VERIFIED: _("已核实，等居民评价"),
    State.CLOSED: _("已办结"),
    State.ESCALATED: _("已报街道协调"),
    State.TO_OWNERS: _("转业主表决"),
    State.MEDIATION: _("转人民调解"),
    State.LEGAL: _("走法律途径"),
    State.DECLINED: _("不予受理"),
    State.WITHDRAWN: _("已撤回"),
}
STEP_LABELS: dict[Step, str] = {
    Step.ACCEPT: _("受理"),
    Step.DECLINE: _("不受理"),
    Step.WITHDRAW: _("撤回"),
    Step.ASSIGN: _("定牵头方"),
    Step.ASK_POSITIONS: _("请各方表态"),
    Step.CALL_MEETING: _("召开联席会议"),
    Step.ADJOURN: _("有一方没到，会议改期"),
    Step.DRAFT_MINUTES: _("会开完，写纪要"),
    Step.CONFIRM: _("纪要签好"),
    Step.TALK_AGAIN: _("再商量一次"),
    Step.START_ACTIONS: _("开始办理"),
    Step.VERIFY: _("都办好了，请居民评价"),
    Step.NOT_SOLVED: _("没解决，接着办"),
    Step.CLOSE: _("办结"),
    Step.ESCALATE: _("报街道协调"),
    Step.HAND_TO_OWNERS: _("转业主表决"),
    Step.MEDIATE: _("转人民调解"),
    Step.GO_TO_LAW: _("走法律途径"),
    Step.SEND_BACK: _("退回社区再商量"),
    Step.OWNERS_PASSED: _("业主表决通过"),
    Step.OWNERS_FAILED: _("业主表决没有形成决定"),
    Step.SETTLE: _("记下结果，办结"),
}
NEXT_WORDS: dict[State, tuple[str, str]] = {
    State.RAISED: (_("受理"), _("社区党组织")),
    State.ACCEPTED: (_("定牵头方和日子"), _("社区党组织")),
    State.ASSIGNED: (_("各方表态"), _("各方")),
    State.POSITIONS: (_("联席会议"), _("各方表态后召开")),
    State.MEETING: (_("写纪要"), _("社区党组织")),
    State.MINUTES_DRAFT: (_("开始办理"), _("各方签好以后")),
    State.CONFIRMED: (_("开始办理"), _("社区党组织")),
    State.ACTIONS: (_("居委会核实"), _("承诺都办好以后")),
    State.VERIFIED: (_("办结"), _("居民评价以后")),
    State.ESCALATED: (_("街道协调"), _("街道办事处")),
    State.TO_OWNERS: (_("业主表决"), _("业主委员会召集")),
    State.MEDIATION: (_("调解结果"), _("人民调解委员会")),
    State.LEGAL: (_("等结果"), _("法院或仲裁机构")),
}
SIDE_LABELS: dict[SideKind, str] = {
    SideKind.COMMITTEE: _("居民委员会"),
    SideKind.OWNERS: _("业主委员会"),
    SideKind.COMPANY: _("物业企业"),
    SideKind.INVITED: _("列席单位"),
}
# What stands on the page where a side does not exist and owner representatives sit in its place.
FILLED_LABELS: dict[SideKind, str] = {
    SideKind.OWNERS: _("业主代表"),
    SideKind.COMPANY: _("业主代表（代物业一方）"),
}
FILLED_WORDS: dict[SideKind, str] = {
    SideKind.OWNERS: _("本小区还没有业主委员会，由居委会推荐的业主代表参加。业主代表只说意见，不代表全体业主作决定。"),
    SideKind.COMPANY: _("本小区没有物业企业，由居委会推荐的业主代表参加。业主代表只说意见，不代表全体业主作决定。"),
}
# Of a body that exists, but in which nobody is in office any more.
VACANT_WORDS = _(
    "{day}起{name}没有人在任，由居委会推荐的业主代表补位；有人到任后由它接着参加。"
    "业主代表只说意见，不代表全体业主作决定。"
)
# And once such a body sits there itself; the second sentence where representatives had spoken.
TAKEN_WORDS = _("{day}起由{name}参加。")
TAKEN_OVER = _("此前由业主代表补位，他们说过的话仍在他们名下，以后由它接着说。")
ROLE_WORDS: dict[SideRole, str] = {SideRole.NONE: "", SideRole.LEAD: _("牵头"), SideRole.ASSIST: _("配合")}
PART_LABELS: dict[Part, str] = {
    Part.PUBLIC: _("居民也能看到"),
    Part.WORKING: _("只给各方和上级看"),
}
COVER_WORDS: dict[CoverKind, str] = {
    CoverKind.PERSONAL: _("［个人信息，已遮住］"),
    CoverKind.SECRET: _("［商业秘密，已遮住］"),
}
COVER_LABELS: dict[CoverKind, str] = {
    CoverKind.PERSONAL: _("个人信息（姓名、电话、房号、健康等）"),
    CoverKind.SECRET: _("商业秘密（报价、合同底价等）"),
}
VIA_WORDS: dict[Via, str] = {Via.ACCOUNT: "", Via.LETTER: _("代录"), Via.GUEST: _("客人链接")}
KIND_WORDS: dict[EntryKind, str] = {EntryKind.POSITION: _("书面表态"), EntryKind.WORD: _("说明")}
ORIGIN_WORDS: dict[Origin, str] = {
    Origin.POSITION: _("随表态承诺"),
    Origin.ASKED: _("应各方要求承诺"),
    Origin.LETTER: _("来函承诺"),
    Origin.MINUTES: _("签纪要时承诺"),
}
WHO_LABELS: dict[Who, str] = {
    Who.RAISER: _("提出的一方"),
    Who.CONVENOR: _("召集人"),
    Who.COMMITTEE: _("居委会"),
    Who.SIDES: _("各方"),
    Who.STREET: _("街道"),
    Who.RESIDENTS: _("居民"),
    Who.SYSTEM: _("到期自动"),
}
GLOSS: dict[State, str] = {
    State.POSITIONS: _("各方写明自己的意见"),
    State.MEETING: _("各方坐到一起谈"),
    State.MEDIATION: _("请调解员来说和"),
    State.ESCALATED: _("社区谈不拢，请街道出面"),
}
