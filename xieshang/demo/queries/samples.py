"""Made-up values for /design/, where every part is shown in every state. Nothing here touches the database."""

import segno
from django import forms
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xieshang.lib.paging import Page
from xieshang.lib.refusals import Refusal, RuleViolation

HERE = "#"
ADDRESS = "https://xieshang.example/s/7kq2"
DOTS = ["提出", "受理", "党组织研究", "预告", "协商讨论", "协商意见", "公示", "业主表决", "办理", "评价"]


class SampleForm(forms.Form):
    """One field of each kind, for looking at labels, hints and errors."""

    title = forms.CharField(label=_("一句话说清楚"), max_length=60, help_text=_("比如：二单元三楼的灯不亮了"))
    body = forms.CharField(
        label=_("再说详细一点"),
        required=False,
        widget=forms.Textarea(attrs={"maxlength": "2000", "data-count": "", "rows": "4"}),
    )
    building = forms.ChoiceField(label=_("在哪里"), choices=[("3", _("3号楼")), ("5", _("5号楼"))])
    position = forms.ChoiceField(
        label=_("您的态度"), choices=[("for", _("赞成")), ("idea", _("建议"))], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label=_("我已看过议事规则"), help_text=_("规则在“帮助”里。"))


def code_for(address: str) -> str:
    """A QR code of an address as an inline picture without styles."""
    return mark_safe(segno.make(address, error="m").svg_inline(omitsize=True, border=0))


def samples() -> dict[str, object]:
    """Everything that templates/design/ needs."""
    wrong = SampleForm({"title": "", "building": "9", "position": ""})
    wrong.is_valid()
    return {
        "plain_form": SampleForm(auto_id="plain_%s"),
        "wrong_form": wrong,
        "refusal": RuleViolation(
            Refusal("notice_running", _("预告还没有满7天，最早11月17日可以开始讨论。"), _("民法典第201条")),
        ),
        "missing": [
            {"what": _("还没有写由谁召集业主表决"), "who": _("居委会"), "url": HERE, "act": _("去看看")},
            {"what": _("缺少第二次协商会的签到表"), "who": _("主持人"), "url": "", "act": ""},
        ],
        "page_first": Page([], "120", True),
        "page_middle": Page([], "100", False),
        "svg": code_for(ADDRESS),
        "address": ADDRESS,
        **_matter(),
        **_talk(),
        **_figures(),
        **_desk(),
        **_notice(),
    }


def _matter() -> dict[str, object]:
    stages = [
        {"label": word, "state": "done" if at < 4 else ("now" if at == 4 else "todo"), "url": HERE if at < 4 else ""}
        for at, word in enumerate(DOTS)
    ]
    return {
        "stages": stages,
        "entries": [
            {"when": _("11月17日"), "title": _("开始协商讨论"), "note": _("预告满7天"), "by": _("居委会"), "url": HERE},
            {"when": _("11月9日"), "title": _("发出协商预告"), "note": _("通知14户，13户已读"), "url": HERE},
            {"when": _("11月3日"), "title": _("党组织研究同意"), "note": _("确定由本单元业主来商量"), "url": HERE},
            {"when": _("10月28日"), "title": _("居委会受理"), "note": _("超过期限1个工作日"), "late": True},
        ],
        "similar": [
            {"title": _("地库B区渗水"), "url": HERE, "likeness": _("很像"), "meta": _("6月，已办结"), "join_url": HERE},
            {"title": _("车库入口积水"), "url": HERE, "likeness": _("有点像"), "meta": _("正在办理"), "join_url": HERE},
        ],
        "facts": [
            {"label": _("编号"), "value": _("议-和顺-2026-0012")},
            {"label": _("首问责任人"), "value": _("张主任"), "note": _("和顺社区居民委员会")},
            {"label": _("参加的范围"), "value": _("3号楼2单元，14户")},
        ],
        "documents": [
            {"name": _("初步方案"), "url": HERE, "size": "1.2 MB", "note": ""},
            {"name": _("日照分析"), "url": HERE, "size": "860 kB", "note": ""},
        ],
    }


def _talk() -> dict[str, object]:
    picture: dict[str, object] = {
        "url": static("img/favicon.svg"),
        "thumb": static("img/favicon.svg"),
        "alt": _("楼道的照片"),
    }
    answer: dict[str, object] = {"body": _("和顺社区居民委员会"), "office": _("居委会主任"), "when": _("11月20日")}
    answer["text"] = _("三家公司的方案、日照分析和费用测算都已放进“材料”。请高层、低层住户都看一看。")
    post = {"id": 1, "name": _("算盘"), "where": _("3号楼"), "role": _("业主"), "when": _("昨天19:42"), "thanks": 15}
    post |= {"position": _("建议"), "position_icon": "lightbulb", "photos": [picture, picture], "edited": True}
    post["text"] = _("一楼二楼不用电梯，不该让人家出钱。我算了一个按楼层的分摊表，大家看看。")
    best = {"text": _("我妈78岁住六楼，一个月下不了两次楼。"), "name": _("向阳花"), "where": _("3号楼"), "thanks": 12}
    return (
        _objections(answer)
        | _items(picture)
        | {
            "picture": picture,
            "pictures": [picture] * 3,
            "answer": answer,
            "post": post,
            "post_waiting": post
            | {"id": 2, "waiting": True, "photos": [], "edited": False, "assisted_by": _("张主任")},
            "post_hidden": post | {"id": 3, "hidden_reason": _("写了别人的电话号码（议事规则第六条）"), "photos": []},
            "columns": [
                {"label": _("赞成的理由"), "count": 19, "url": HERE, "best": best},
                {"label": _("反对的理由"), "count": 8, "url": HERE, "best": best | {"name": _("老赵")}},
                {"label": _("建议"), "count": 0, "url": HERE, "best": None},
            ],
        }
    )


def _objections(answer: dict[str, object]) -> dict[str, object]:
    return {
        "objections": [
            {
                "id": 1,
                "name": _("老赵"),
                "where": _("3号楼"),
                "when": _("11月25日"),
                "text": _("没有说清低层怎么补偿。"),
            },
            {
                "id": 2,
                "name": _("小满"),
                "where": _("5号楼"),
                "when": _("11月26日"),
                "text": _("签到表上少写了我家。"),
                "state": _("已答复"),
                "icon": "circle-check",
                "tone": "done",
                "answer": answer | {"text": _("已补上，人数改为64人。")},
            },
        ],
    }


def _items(picture: dict[str, object]) -> dict[str, object]:
    return {
        "items": [
            {"id": 1, "what": _("更换3号楼立管阀门2处"), "body": _("安居物业"), "due": _("11月26日"), "days": 3},
            {
                "id": 2,
                "what": _("公布退费申请办法"),
                "body": _("安居物业客服"),
                "state": _("已核实"),
                "icon": "circle-check",
                "tone": "done",
                "done_when": _("11月20日"),
                "photos": [picture],
                "days": None,
            },
            {
                "id": 3,
                "what": _("换热站平衡调节"),
                "body": _("热力公司"),
                "due": _("11月22日"),
                "days": -1,
                "url": HERE,
            },
        ],
    }


def _figures() -> dict[str, object]:
    least, more = _("至少三分之二"), _("超过一半")
    return {
        "turnout": [
            {"label": _("人数"), "words": _("228 / 300人 · 76.00%"), "share": 76.0, "mark": 66.67, "mark_label": least},
            {
                "label": _("面积"),
                "words": _("22,904.60 / 30,000.00㎡ · 76.35%"),
                "share": 76.35,
                "mark": 66.67,
                "mark_label": least,
            },
        ],
        "agreed": [
            {"label": _("人数"), "words": _("131 / 228人 · 57.46%"), "share": 57.46, "mark": 50, "mark_label": more},
            {"label": _("只有一条"), "words": _("9 / 14户"), "share": 64.3, "mark": None, "mark_label": ""},
        ],
        "tally_head": [_("选项"), _("人数"), _("占参与"), _("面积（㎡）"), _("占参与")],
        "tally_rows": [
            {"cells": [_("方案丙 更换楼道灯"), "131", "57.46%", "13,180.20", "57.54%"], "strong": True},
            {"cells": [_("方案甲 修补小区路面"), "58", "25.44%", "5,820.40", "25.41%"]},
            {"cells": [_("以上都不同意"), "5", "2.19%", "500.00", "2.18%"]},
        ],
    }


def _desk() -> dict[str, object]:
    return {
        "waiting": [
            {
                "title": _("给“2026年公共收益怎么用”投票"),
                "line": _("今天18:00截止，您还没投"),
                "url": HERE,
                "action": _("去投票"),
            },
            {"title": _("楼道灯修好了，请评价"), "line": _("物业已于昨天办结"), "url": HERE, "action": _("评价")},
        ],
        "doors": [
            {"icon": "megaphone", "title": _("我要说事"), "note": _("写一句话，拍张照片"), "url": HERE},
            {"icon": "vote", "title": _("投票"), "note": _("正在进行2件"), "url": HERE},
            {"icon": "file-check-corner", "title": _("看结果"), "note": _("大家定了什么"), "url": HERE},
            {"icon": "phone", "title": _("打电话"), "note": _("请居委会帮我办"), "url": HERE},
        ],
        "groups": [
            {
                "title": _("等我处理"),
                "items": [
                    {"label": _("待受理"), "count": 5, "url": HERE, "current": True, "over": True},
                    {"label": _("待研究"), "count": 2, "url": HERE},
                    {"label": _("办理中"), "count": 9, "url": HERE},
                ],
            }
        ],
        "checks": [
            {"ok": True, "what": _("协商记录两次，签到63人"), "note": _("来自会议记录")},
            {"ok": True, "what": _("公示不少于7日")},
            {"ok": False, "what": _("还没写由谁召集业主表决"), "note": _("谁召集、什么时候前"), "url": HERE},
            {"ok": False, "what": _("党组织研究意见还没有签"), "who": _("社区党组织")},
        ],
        "tabs": [
            {"label": _("全部"), "count": 37, "url": HERE, "current": True},
            {"label": _("赞成"), "count": 19, "url": HERE},
            {"label": _("反对"), "count": 8, "url": HERE},
            {"label": _("建议"), "count": 10, "url": HERE},
        ],
    }


def _notice() -> dict[str, object]:
    return {
        "paragraphs": [
            {
                "lead": "",
                "text": _("依据《和顺社区协商议事规则》，经社区党组织研究、居民委员会主持，就停车位重新划线组织协商。"),
            },
            {"lead": _("一、协商意见。"), "text": _("北侧道路不增划车位；拆除西侧废弃花坛后增设18个车位。")},
            {
                "lead": _("二、公示期。"),
                "text": _("2026年11月24日至11月30日，共7日。对结果有异议的，请于公示期内提出。"),
            },
        ],
        "signers": [_("中共和顺社区委员会"), _("和顺社区居民委员会")],
        "annexes": [{"name": _("签到表"), "url": HERE}, {"name": _("不同意见和答复"), "url": ""}],
        "wizard": [_("写下来"), _("看看是不是同一件事"), _("核对后提交")],
    }
