"""A few articles for the public pages of the demo's communities."""

from cms.models import ArticlePage, CommunityPage, PlainPage, SectionPage

from .town import COMMUNITY, VILLAGE, Town

ARTICLES = {
    "news": [
        ("社区议事厅冬季开放时间", "每天18:30到20:30", "<p>天黑得早了，议事厅晚上照常开，暖气已经烧上。来开会的老人，请走东门的坡道。</p>"),
        ("招募协商议事志愿者", "会主持、会记录、会倾听", "<p>想帮大家把事说清楚的邻居，请到居委会登记。会先安排一次半天的练习。</p>"),
    ],
    "affairs": [
        ("第三季度社区经费收支", "惠民资金使用情况", "<p>本季度收入12,000.00元，支出9,460.00元，结余2,540.00元。明细在居委会公开栏，可以随时查看。</p>"),
        ("协商结果落实情况", "三件已办成，两件正在办", "<p>声控灯更换、长椅安装、垃圾站除冰已经办成；扶手安装和坡道改造正在办。每一件都可以在“议事”里看到进展。</p>"),
    ],
    "party": [("党员责任岗名单", "楼道、广场、垃圾站", "<p>二十个责任岗的岗位和职责公布如下，请邻居们监督。</p>")],
    "guides": [
        ("老年人办公交卡", "带身份证到社区服务站", "<p>年满65岁，带身份证和一张一寸照片，当场办理。腿脚不便的，打电话可以上门。</p>"),
        ("加装电梯怎么申请", "先商量，再表决，后报批", "<p>第一步在“议事”里提出来商量；第二步由相关业主依法表决；第三步带表决结果和方案到街道申报。</p>"),
    ],
}
ABOUT = {
    COMMUNITY: "<p>和顺社区有明湖家园、铁西老院、新城嘉苑三个小区，五百多户。居委会在明湖家园东门北侧，工作日8:30到17:30有人值班。</p>",
    VILLAGE: "<p>北岗村有四个村民小组，八十户。村委会在打谷场东边，每天上午有人值班。</p>",
}


def write_pages(town: Town) -> None:
    """Write the articles, and a line about each community."""
    for name, about in ABOUT.items():
        root = CommunityPage.objects.get(place=town.places[name])
        page = PlainPage.objects.child_of(root).get(slug="about")
        page.body = about
        page.save_revision().publish()
    root = CommunityPage.objects.get(place=town.places[COMMUNITY])
    for section in SectionPage.objects.child_of(root):
        for title, summary, body in ARTICLES[section.section]:
            section.add_child(instance=ArticlePage(title=title, summary=summary, body=body))
