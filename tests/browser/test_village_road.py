"""The village road in real browsers: through all six steps of 四议两公开, to the printed file and the archive."""

import datetime
from types import SimpleNamespace

import pytest

from tests.people import grow
from xieshang.community.models import Body
from xieshang.community.rules import BodyKind, PlaceKind, Role
from xieshang.lib import clock
from xieshang.lib.actor import Actor

from .visitor import minutes, photo

ROAD = "村内道路硬化和路灯安装"
MOST_DEADLINES = 8
PRESIDED = {"主持人": "高书记", "谁签的字": "高书记"}


def day(ahead=0):
    """A day by the site's clock, as a calendar field wants it."""
    return (clock.today() + datetime.timedelta(days=ahead)).isoformat()


@pytest.fixture
def village(places):
    """北岗村 with its bodies and one household."""
    (place,) = grow(places.street, (PlaceKind.VILLAGE, "北岗村", "", "北岗"))
    (group,) = grow(place, (PlaceKind.GROUP, "一组", "北岗村一组"))
    (home,) = grow(group, (PlaceKind.UNIT, "1户", "北岗村一组1户"))

    def body(kind, name, short):
        return Body.objects.create(kind=kind.value, name=name, short_name=short, place=place)

    return SimpleNamespace(
        home=home,
        party=body(BodyKind.PARTY_ORG, "中共北岗村支部委员会", "北岗村党支部"),
        committee=body(BodyKind.VILLAGERS_COMMITTEE, "北岗村村民委员会", "北岗村村委会"),
        supervision=body(BodyKind.SUPERVISION_COMMITTEE, "北岗村村务监督委员会", "北岗村监委会"),
    )


@pytest.fixture
def people(in_demo, visit, village, make_person, appoint, move_in):
    """The secretary, the chair, another member, the supervisor and a villager, each at a browser of their own."""
    villager = make_person("村西老王")
    move_in(villager, village.home)
    return SimpleNamespace(
        secretary=visit(appoint(make_person("高书记"), village.party, Role.PARTY_SECRETARY)),
        chair=visit(appoint(make_person("韩主任"), village.committee, Role.COMMITTEE_CHAIR)),
        member=visit(appoint(make_person("白委员"), village.committee, Role.COMMITTEE_MEMBER)),
        supervisor=visit(appoint(make_person("老石"), village.supervision, Role.SUPERVISOR)),
        villager=visit(Actor(villager)),
        anybody=visit(),
        road="",
    )


def fill(visitor, form, **words):
    """Write into the fields of one form, by their labels."""
    for label, text in words.items():
        visitor.write(label, text, within=form)


def at(visitor, people, act):
    """On the page of the road, the form of one act unfolded; gives where it stands."""
    visitor.open(people.road)
    panel = visitor.page.locator(f"#do-{act}")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    return f"#do-{act} form"


def numbers(all_, came, yes, no="0", abstain="0"):
    """What was counted."""
    return {"应到": all_, "实到": came, "同意": yes, "反对": no, "弃权": abstain}


def begin(people):
    """The committee begins it; a villager does not know of it yet."""
    chair = people.chair.open("/fourtwo/").press("发起一件")
    chair.write("一句话说明要决定什么", ROAD).write("方案", "硬化主路1.2公里，钱由上级补助和村集体出。")
    chair.press("发起", within="main form").sees("等党支部提议")
    people.road = chair.page.url.removeprefix(chair.address)
    assert people.villager.page.request.get(chair.page.url).status == 404


def propose(people):
    """Without the file number nothing is recorded, and what was typed stays."""
    form = at(people.secretary, people, "record")
    words = numbers("5", "5", "5") | {
        "主持人": "高书记",
        "谁签的字": "高书记",
        "怎么听取群众意见的": "入户听了五十户。",
    }
    fill(people.secretary, form, 哪天开的=day(), **words)
    people.secretary.press("记下会议", within=form).sees("请填写“纸质记录的文号”")
    form = "#do-record form"
    people.secretary.write("纸质记录的文号", "北岗党支〔2026〕1号", within=form).press("记下会议", within=form)
    people.secretary.sees("等“两委”商议")
    people.villager.open(people.road).sees(ROAD, "第2步", "入户听了五十户。").sees_no("记下这一步的会议")


def discuss_and_review(people):
    """The two committees, then the Party members."""
    form = at(people.chair, people, "record")
    words = numbers("7", "6", "5", "1") | {
        "主持人": "高书记",
        "谁签的字": "高书记、韩主任",
        "各人怎么说的": "逐个表态。",
    }
    fill(people.chair, form, 哪天开的=day(), **words)
    people.chair.attach("签了字的会议记录", minutes(), within=form).press("记下会议", within=form).sees(
        "等党员大会审议"
    )
    form = at(people.secretary, people, "record")
    words = numbers("20", "15", "14", "1") | {
        "主持人": "高书记",
        "谁签的字": "高书记",
        "纸质记录的文号": "北岗党支〔2026〕2号",
    }
    fill(people.secretary, form, 哪天开的=day(), 哪天把议题告诉党员的=day(-5), **words)
    people.secretary.press("记下会议", within=form).sees("等会议决议")


def resolve(people):
    """Too few women among the representatives: refused; put right, it is resolved."""
    form = at(people.chair, people, "record")
    words = numbers("22", "20", "18", "2") | {"主持人": "韩主任", "谁签的字": "各组代表", "会上怎么说的": "逐项议过。"}
    words |= {"代表会议共有多少人": "22", "其中代表多少人": "18", "其中妇女代表多少人": "7"}
    people.chair.choose("哪种会议", "村民代表会议", within=form)
    fill(people.chair, form, 哪天开的=day(), 哪天通知的=day(-8), **words)
    people.chair.attach("签了字的会议记录", minutes(), within=form).press("记下会议", within=form)
    people.chair.sees("妇女代表要占组成人员的三分之一以上")
    form = "#do-record form"
    people.chair.write("其中妇女代表多少人", "8", within=form).attach("签了字的会议记录", minutes(), within=form)
    people.chair.press("记下会议", within=form).sees("等公开决议")


def publish(people):
    """Written by one, published by another, hung on two boards; after the days the work begins by itself."""
    form = at(people.member, people, "draft")
    people.member.press("写好了，请书记签发", within=form).sees("决议公告已写好")
    form = at(people.secretary, people, "publish")
    people.secretary.write("公开多少天", "3", within=form).press("公开决议", within=form).sees("至少七天")
    form = "#do-publish form"
    people.secretary.write("公开多少天", "7", within=form).press("公开决议", within=form).sees("决议公开中")
    for _board in range(2):
        people.chair.open(people.road).press("登记张贴")
        people.chair.attach("张贴的照片", photo()).press("登记", within="main form").sees("张贴已登记")
    people.anybody.open(people.road).sees("决议公开中", "关于村内道路硬化和路灯安装的决议公开")
    for _ in range(MOST_DEADLINES):
        people.villager.open("/demo/").press("拨到最近的期限").sees("时钟拨到了")
        if "实施中" in people.villager.open(people.road).main_text:
            return
    people.villager.sees("实施中")


def carry_out(people):
    """Promised, done, looked at; accounted for to the fen, checked by the supervisors, made public."""
    form = at(people.chair, people, "items")
    people.chair.write("要办什么", "硬化主路", within=form).choose("由谁办", "北岗村村民委员会", within=form)
    people.chair.write("哪天前办好", day(20), within=form).press("记下", within=form).sees("要办的事已记下")
    people.chair.press("看记录").press("报进展").write("办得怎么样", "铺好了。").attach("照片", photo())
    people.chair.tick("已经办好").press("记下").sees("待核实")
    people.member.open(people.road).press("看记录").press("去核实").tick("办好了").press("公开核实结果").sees(
        "核实办好"
    )
    form = at(people.chair, people, "account")
    people.chair.write("收支", "收 上级补助 180000\n支 水泥 173250.50", within=form).press("填报", within=form)
    people.chair.sees("6,749.50")
    form = "#do-check form"
    people.supervisor.open(people.road).tick("通过", within=form)
    people.supervisor.write("审核意见", "票据和实际相符。", within=form).write("谁签的字", "监委会三人", within=form)
    people.supervisor.press("记下审核意见", within=form).sees("审核通过")
    form = at(people.chair, people, "result")
    people.chair.write("办成什么样", "路铺好了，灯亮了。", within=form).press("公开结果", within=form).sees(
        "结果已公开"
    )


def print_and_file(people):
    """Anybody reads and prints the whole way with its index; the committee files it, and its code holds."""
    reader = people.anybody.open(people.road).press("打印")
    reader.sees("目录", "1．党支部提议（办过了）", "4．会议决议（办过了）", "监督委员会审核通过", "173,250.50").sees_no(
        "操作记录摘录"
    )
    people.chair.open(people.road).press("案卷").press("归档", within="main").sees("已归档")
    people.chair.press("核对校验码").sees("校验码和归档时一样")
    people.chair.open("/archives/").sees(ROAD, "四议两公开", "永久")


def test_the_village_road_goes_through_all_six_steps(people):
    begin(people)
    propose(people)
    discuss_and_review(people)
    resolve(people)
    publish(people)
    carry_out(people)
    print_and_file(people)
