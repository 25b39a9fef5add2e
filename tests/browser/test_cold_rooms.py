"""Seventeen cold homes in real browsers: raised, answered by three sides, met over, minuted, carried out, rated, not
solved and gone on with; what is overdue seen above; an opinion on the contract asked for, and a vote started from it.
"""

import datetime
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from xieshang.community.models import PropertyArea
from xieshang.coordination.models import Commitment, Guidance, Thread
from xieshang.coordination.services.threads import due
from xieshang.lib import clock
from xieshang.lib.days import SHANGHAI
from xieshang.live.services import unheard
from xieshang.meetings.models import Minutes
from xieshang.meetings.rules import MinutesState

PATIENCE = 20_000
TITLE, SECRET = "供暖季室温偏低", "报价3.2万元"
MOTION = "同意三天内把换热站流量调到位，17户复测"
REASON = "退费不该由我司代交，纪要里没有写明"
TABLE = "3号楼2单元501室 {day} 07:30 20.5\n3号楼2单元502室 {day} 07:40 21.0"


@pytest.fixture
def people(visit, from_monday, places, zhang_zhuren, li_shuji, he_zhuren, zhao_jingli, liu_street, wang_ayi):
    """The offices of an estate at a desk or a phone each, the street's officer, and a resident."""
    area = PropertyArea.objects.create(community=places.community, name="明湖家园")
    area.places.add(places.compound)
    cast = {
        "committee": zhang_zhuren,
        "secretary": li_shuji,
        "owners": he_zhuren,
        "company": zhao_jingli,
        "street": liu_street,
        "resident": wang_ayi,
    }
    found = {name: visit(actor) for name, actor in cast.items()}
    return SimpleNamespace(
        **found,
        everybody=list(found.values()),
        wall=visit(li_shuji),
        later=from_monday,
        estate=places.compound.name,
    )


def day(ahead=0):
    """A day by the site's clock, as a calendar field wants it."""
    return (clock.today() + datetime.timedelta(days=ahead)).isoformat()


def shows(visitor, words, *, where="body"):
    """Wait until this stands there, without anybody loading the page anew."""
    expect(visitor.page.locator(where)).to_contain_text(words, timeout=PATIENCE)


def step(visitor, people, name, query=""):
    """On the work page, the form of one step; gives where it stands."""
    visitor.open(f"{people.thread}work/{query}")
    panel = visitor.page.locator(f"#do-{name}")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    return f"#do-{name}"


def raise_it(people):
    """The committee raises it for seventeen homes, the secretary takes it up and names who leads."""
    committee, secretary = people.committee, people.secretary
    committee.open("/coordination/").press("提出协调")
    committee.write("一句话说清要协调什么", TITLE).write("具体情况", "17户室温低于合同约定。")
    committee.choose("在哪里", people.estate).write("是谁反映的", "17户居民").tick("要登记室温").press("提交")
    committee.sees("已送社区党组织", "等受理")
    people.thread = Thread.objects.get().get_absolute_url()
    secretary.press("受理", within=f"{step(secretary, people, 'accept')} form")
    form = step(secretary, people, "assign")
    secretary.tick("安居物业服务有限公司", within=form).press("定下来，请各方表态").sees("3方中0方已答")


def answer_it(people):
    """Two sides answer in time, the company covering a price and promising something by a day; the third is late."""
    company = people.company
    form = step(company, people, "position")
    company.write("本单位的意见", f"两处阀门锈死，{SECRET}。", within=form)
    company.write("要遮住的商业秘密", SECRET, within=form).press("以单位名义提交")
    form = step(company, people, "promise")
    company.write("承诺办什么", "更换立管阀门", within=form).write("谁负责", "工程部刘师傅", within=form)
    company.press("作出承诺", within=f"{form} form").sees("请填写“哪天前办好”")
    company.write("哪天前办好", day(10), within=form).press("作出承诺", within=f"{form} form").sees(
        "更换立管阀门", SECRET
    )
    form = step(people.committee, people, "position")
    people.committee.write("本单位的意见", "入户测温17户。", within=form).press("以单位名义提交")
    people.later(8)
    form = step(people.owners, people, "position")
    people.owners.write("本单位的意见", "请公布账目。", within=form).press("以单位名义提交")
    promise = f"/coordination/commitments/{Commitment.objects.get().pk}/"
    people.owners.open(promise).press("认可这项承诺").sees("明湖家园业委会")


def read_it(people):
    """A resident reads along on a phone, one side at a time, the price covered."""
    resident = people.resident
    resident.open("/coordination/").press(TITLE).press("业主委员会 迟答").sees("请公布账目。")
    resident.press("物业企业 已答").sees("［商业秘密，已遮住］").sees_no(SECRET, "办这件事")
    assert [one.is_visible() for one in resident.page.locator(".side").all()] == [False, False, True]
    assert resident.overflow == 0


def meet(people):
    """The secretary calls the sides; one signs in by the digits on the wall, two by its picture on their phones."""
    secretary, wall = people.secretary, people.wall
    form = step(secretary, people, "call_meeting")
    at = (clock.now() + datetime.timedelta(days=4)).astimezone(SHANGHAI)
    secretary.write("哪天几点", at.strftime("%Y-%m-%dT%H:%M"), within=form).press("通知各方开会").sees("联席会议")
    people.later(days=4, minutes=1)
    meeting = Thread.objects.get().meeting.meeting
    people.meeting = meeting.get_absolute_url()
    wall.open(f"{people.meeting}screen/")
    shows(wall, "还差3方", where=".screen-count")
    owners = people.owners.open(people.meeting).page
    owners.get_by_role("link", name="输入签到码").last.click()
    owners.get_by_label("大屏幕上的六位签到码").fill(meeting.code)
    owners.get_by_role("button", name="签到", exact=True).click()
    expect(owners.locator("#seat")).to_contain_text("您已签到")
    people.committee.open(f"/meetings/in/{meeting.key}/").press("我到了，签到").sees("您已签到")
    shows(wall, "还差1方：安居物业", where=".screen-count")
    people.company.open(f"/meetings/in/{meeting.key}/").press("我到了，签到").sees("您已签到")
    shows(wall, "够数，可以开会", where=".screen-count")
    secretary.open(f"{people.meeting}work/").press("宣布开会")
    people.owners.open(people.meeting)
    people.owners.page.get_by_role("button", name="举手发言").click()
    shows(wall, "何主任", where=".screen-waiting")
    secretary.open(f"{people.meeting}work/").press("请他说")
    shows(wall, "2:", where=".screen-clock")


def decide(people):
    """The motion comes to the phones and to the wall, and its result, without anybody loading anything."""
    secretary, wall = people.secretary, people.wall
    voters = (people.committee, people.owners, people.company)
    for visitor in voters:
        visitor.open(f"{people.meeting}motions/")
    secretary.open(f"{people.meeting}motions/").write("请大家表决什么", MOTION).press("记下来").press("付表决")
    for visitor in voters:
        shows(visitor, "17户复测")
        visitor.tick("同意").unfold("投票")
        shows(visitor, "已经投好了")
    shows(wall, "到会3方都同意，才算通过")
    shows(wall, "已投 3 / 3方")
    secretary.open(f"{people.meeting}motions/").press("停止投票，计票")
    for visitor in (*voters, wall):
        shows(visitor, "通过：3方同意，到会3方都同意")
    secretary.open(f"{people.meeting}work/").press("散会").sees("已散会")


def sign(people):
    """The minutes that wrote themselves are completed, signed by two, refused by one with a reason, and published."""
    path, secretary = f"{people.meeting}minutes/", people.secretary
    secretary.open(path).sees(MOTION).press("改正文")
    secretary.write("达成一致的", "三天内把换热站流量调到位。").write("没有达成一致的", "退费由谁代交没有谈拢。")
    secretary.press("保存").press("送各方签字").sees("请各方签字")
    for visitor in (people.owners, people.committee):
        visitor.open(path).press("看过了，签字").sees("已签")
    people.company.open(path).unfold("不签")
    people.company.write("为什么不签", REASON).press("不签，写明理由").sees(REASON)
    assert Minutes.objects.get().state == MinutesState.SIGNED
    secretary.open(f"{path}edit/").sees_no("保存").press("公布")
    people.resident.open(path).sees(REASON, "17户复测")


def carry_out(people):
    """It is overdue in front of the street, then done with a table of temperatures, sent back once, and verified."""
    secretary, company, committee = people.secretary, people.company, people.committee
    secretary.press("开始办理", within=f"{step(secretary, people, 'start_actions')} form").sees("办理中")
    people.street.open("/coordination/board/?show=over").sees("更换立管阀门", "逾期")
    item = Commitment.objects.get().item.get_absolute_url()
    form = step(company, people, "readings")
    company.write("测温表", TABLE.format(day=clock.today().strftime("%m月%d日")), within=form)
    company.choose("是哪项承诺的凭据", "更换立管阀门", within=form).press("登记测温表", within=f"{form} form")
    company.sees("2户登记过")
    for verdict, word in (("还没办好", "地下室那处还漏"), ("办好了", "复测都够了")):
        company.open(item).press("报进展").write("办得怎么样", "换好了。").tick("已经办好").press("记下")
        committee.open(item).press("去核实").tick(verdict).write("说明", word).press("公开核实结果")
    committee.press("都办好了，请居民评价", within=f"{step(committee, people, 'verify')} form").sees("等居民评价")


def not_solved(people):
    """A resident finds it unsolved: at the end of the days it goes on by itself."""
    people.resident.open(people.thread).press("去评价").tick("没有解决").tick("2分").press("提交评价").sees(
        "评价已收到"
    )
    people.later(10)
    with unheard():
        due(clock.now())
    people.resident.open(people.thread).sees("办理中").open(f"{people.thread}history/").sees("多数说没有解决")
    people.resident.open(f"{people.thread}print/").sees("经过", "没解决，接着办").sees_no(SECRET)


def start_a_vote(people):
    """The owners' committee asks for an opinion on its contract, and drafts the vote from it."""
    owners, secretary = people.owners, people.secretary
    owners.open("/guidance/ask/").write("一句话说明是什么事", "物业合同到期").choose("因为什么", "物业合同到期")
    owners.choose("由哪个组织答复", "明湖家园业主委员会").write("想请党组织指导什么", "续聘还是另选？").press(
        "送党组织"
    )
    opinion = Guidance.objects.get().get_absolute_url()
    secretary.open(opinion).write("指导意见", "先公布收支，再由业主表决。").write("依据", "物业管理条例第二十条")
    secretary.write("请在哪天以前答复", day(10)).press("送出意见")
    owners.open(opinion).press("起草业主表决").tick("续聘物业公司")
    owners.write("要大家表决的问题", "续聘安居物业三年").write("表决事项全文", "收费标准不变。")
    owners.write("投票从哪天开始", day(40)).write("投票到哪天截止", day(60)).press("存成草案").sees("党组织的指导意见")
    secretary.open(opinion).sees("续聘安居物业三年")


def test_from_seventeen_cold_homes_to_a_vote_on_the_contract(people):
    raise_it(people)
    answer_it(people)
    read_it(people)
    meet(people)
    decide(people)
    sign(people)
    carry_out(people)
    not_solved(people)
    start_a_vote(people)
    assert [visitor.complaints for visitor in people.everybody] == [[]] * len(people.everybody)
