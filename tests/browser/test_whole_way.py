"""The whole way of one matter in real browsers on phones: from a stranger's sign-up to the printed archive."""

import datetime
import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from xieshang.lib import clock

from .visitor import minutes, photo

TITLE = "楼道灯不亮"
OPINION = "换成声控灯，费用由物业承担。"
MOST_DEADLINES = 12


def day(ahead=0):
    """A day by the site's clock, as a calendar field wants it."""
    return (clock.today() + datetime.timedelta(days=ahead)).isoformat()


@pytest.fixture(params=[False, True], ids=["normal", "large"])
def people(request, in_demo, visit, bodies, wang_ayi, chen_yezhu, sun_weiyuan, zhang_zhuren, li_shuji, zhao_jingli):
    """Everybody at a phone of their own, all in the normal or all in the large edition."""
    cast = {
        "newcomer": None,
        "neighbour": wang_ayi,
        "owner": chen_yezhu,
        "member": sun_weiyuan,
        "chair": zhang_zhuren,
        "secretary": li_shuji,
        "property": zhao_jingli,
    }
    everybody = {name: visit(actor, elder=request.param) for name, actor in cast.items()}
    return SimpleNamespace(**everybody, everybody=list(everybody.values()), topic="")


def pass_time(people, until):
    """Move the demo's clock, on its own page, from deadline to deadline until it stands on the matter's page."""
    for _ in range(MOST_DEADLINES):
        people.owner.open("/demo/").press("拨到最近的期限").sees("时钟拨到了")
        if until in people.owner.open(people.topic).main_text:
            return
    people.owner.sees(until)


def at_work(visitor, people, step):
    """From the page of the matter to the desk's form of one step; gives where the form stands."""
    visitor.open(people.topic).press("办这件事")
    panel = visitor.page.locator(f"#do-{step}")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    return f"#do-{step}"


def from_waiting(visitor, title, act):
    """From what waits on one's first page to the place where it is done."""
    visitor.open("/").press(f"{act}：{title}", within=".todo")


# A stranger becomes a neighbour ---------------------------------------------------------------------------------


def sign_up(newcomer):
    """By phone and one-time code; a name for the neighbours, and consent."""
    newcomer.press("我的", within=".tabs-bottom").press("第一次来？")
    newcomer.write("手机号码", "199 1234 5678").press("发送验证码", within="main")
    newcomer.write("短信里的验证码", read_code(newcomer)).press("确定", within="main")
    newcomer.write("邻居们怎么称呼您", "小林").tick("我看过并同意").press("同意，下一步").sees("欢迎您，小林。")


def read_code(newcomer):
    """What the text message says, in the demo's outbox: a new window, from the page that asks for the code."""
    with newcomer.page.expect_popup() as opened:
        newcomer.find("短信发件箱", within="main").click()
    outbox = opened.value
    expect(outbox.locator("main")).to_contain_text("验证码")
    code = re.search(r"(?<!\d)(\d{6})(?!\d)", outbox.locator("main").inner_text()).group(1)
    outbox.close()
    return code


def move_in(newcomer, chair):
    """The first visit leads on, down the tree to one's own door; the committee confirms from its first page."""
    for name in ("和顺社区", "明湖家园", "3号楼", "2单元", "402室"):
        if newcomer.find(name, within=".place-choices").count():
            newcomer.press(name, within=".place-choices")
    newcomer.tick("家人").press("申请认证").sees("等核实")
    from_waiting(chair, "住房认证", "去核实")
    chair.sees("402室").press("确认是这里的居民").sees("已确认")


# From a phone to the discussion ---------------------------------------------------------------------------------


def raise_it(people):
    """Three pages with a photo, a number at the end; the first words of a newcomer wait for a look."""
    newcomer = people.newcomer.open("/")
    newcomer.press("我要说事", within="main").write("一句话", TITLE).write("具体情况", "四到七层都不亮。")
    newcomer.attach("拍张照片", photo()).choose("涉及哪里", "明湖家园3号楼2单元")
    newcomer.press("下一步").sees("回去改一改").press("提交").sees("已收到您说的事", "议-和顺-")
    newcomer.press("看这件事")
    people.topic = newcomer.page.url
    expect(newcomer.page.locator("main .photos img")).to_have_count(1)
    from_waiting(people.member, TITLE, "去办")
    people.member.press("审核通过", within="form").sees("待受理")


def support_it(people):
    """A resident and an owner, each for their household."""
    for visitor in (people.neighbour, people.owner):
        visitor.press("议事", within=".tabs-bottom").press(TITLE, within="main").press("支持").sees("您已支持")
    people.owner.sees("本单元2/14户")


def take_it_up(people):
    """The committee accepts, the Party organisation studies, the notice goes out and runs."""
    form = at_work(people.chair, people, "accept")
    people.chair.tick("社区协商", within=form).choose("属于哪一类", "大家反映强烈的实际困难和矛盾纠纷", within=form)
    people.chair.press("受理并告知提出人", within=form).sees("待研究")
    from_waiting(people.secretary, TITLE, "去办")
    people.secretary.write("哪天研究的", day(), within="#do-agree").write("研究结论", "同意。", within="#do-agree")
    people.secretary.write("签署人", "李建国", within="#do-agree").tick("安居物业", within="#do-agree")
    people.secretary.press("同意开展协商", within="#do-agree form").sees("党组织已同意")
    form = at_work(people.chair, people, "announce")
    people.chair.press("发布预告", within=f"{form} form").sees("预告中")
    pass_time(people, "协商讨论")


def talk_it_over(people):
    """Two say what they think, each with a position; first words are looked at; a session is held and recorded."""
    for visitor, position, words in (
        (people.neighbour, "赞成", "太黑了，老人下楼不安全。"),
        (people.owner, "反对", "该物业修，不用商量。"),
    ):
        visitor.open(people.topic).press("提意见").tick(position, within="#say").write("说说理由", words, within="#say")
        visitor.unfold("提意见", within="#say").sees("收到了", words)
        from_waiting(people.member, "1条意见等着审核", "去审核")
        people.member.sees(words).press("通过", within=".rail").sees("都看完了")
    people.newcomer.open(people.topic).sees("太黑了，老人下楼不安全。", "该物业修，不用商量。")
    form = at_work(people.chair, people, "record_session")
    people.chair.write("哪天开的", day(), within=form).write("主持人", "李建国", within=form)
    people.chair.write("地点", "议事厅", within=form).write("到会人数", "12", within=form)
    people.chair.write("说了什么", "都同意换灯。", within=form).attach("会议记录", minutes(), within=form)
    people.chair.press("记一次协商会", within=f"{form} form").sees("已记：")


def come_to_an_opinion(people):
    """The window runs out; the opinion with its minority, confirmed by the parties."""
    for _ in range(MOST_DEADLINES):
        people.owner.open("/demo/").press("拨到最近的期限")
        form = at_work(people.chair, people, "form_opinion")
        if people.chair.page.locator(form).get_by_text("写协商意见").count():
            break
    people.chair.press("写协商意见", within=form)
    people.chair.page.locator(".official-text").fill(OPINION)
    people.chair.write("不同意见", "有人说不用商量。").write("怎样向持不同意见的人说明", "已当面说明。")
    people.chair.press("先看一遍", within="main").sees("居民会看到", OPINION).press("记下这份意见", within="main")
    people.chair.press("确认协商意见", within="#do-confirm_opinion form")
    people.neighbour.open(people.topic).sees(OPINION, "有人说不用商量。")


# The poll -------------------------------------------------------------------------------------------------------


def poll_with_two_browsers(people):
    """One votes; the other, with the same page open, sees the participation move without reloading."""
    form = at_work(people.chair, people, "open_poll")
    people.chair.press("发起意愿征集", within=f"{form} form").sees("意愿征集")
    watching, voting = people.newcomer.open(people.topic), people.neighbour.open(people.topic)
    watching.press("去投票").sees("0户参与（应到14户）")
    watching.page.evaluate("window.stayed = true")
    vote(voting.press("去投票"), "同意")
    watching.sees("1户参与（应到14户）")
    assert watching.page.evaluate("window.stayed") is True
    vote(watching, "同意")
    pass_time(people, "已截止，可以看结果")


def vote(visitor, option):
    """See the paper, choose, look over, receipt."""
    visitor.press("去投票", within=".actions").tick(option).press("下一步，核对").sees("您代表")
    visitor.press("确认投票").sees("投票成功，这是回执")


# From the notice to the archive ---------------------------------------------------------------------------------


def publish(people):
    """Drafted by a member, published by the secretary, hung on its board with a photo."""
    people.member.open(people.topic).press("办这件事").press("写稿子")
    people.member.write("贴在哪些公告栏", "东门公告栏").press("交给书记").sees("等书记发布")
    send_out(people.secretary, "公示")
    people.chair.open(people.topic).press("办这件事").press("登记张贴")
    people.chair.attach("张贴的照片", photo()).press("登记", within="main form").sees("公示期")


def send_out(secretary, act):
    """From what waits for the secretary to the publishing desk; one question, then it is out."""
    from_waiting(secretary, TITLE, "去办")
    secretary.press("去发布台").sees("发布前核对").unfold(act, within=".rail").press("确认发布").sees("已发布")


def object_and_answer(people):
    """A neighbour objects; the committee answers in public."""
    people.neighbour.open(people.topic).press("关于楼道灯不亮协商结果的公示").press("提出异议")
    people.neighbour.write("您对哪一条有异议", "费用到底谁出？").press("提交异议").sees("异议已收到")
    people.chair.open(people.topic).press("办这件事").press("去答复")
    people.chair.tick("不成立").write("答复和理由", "由物业承担。").press("公开答复").sees("已答复")
    people.neighbour.page.reload()
    people.neighbour.sees("由物业承担。")


def adopt(people):
    """What is to be done, by whom, by when; announced after the days of the notice."""
    form = at_work(people.chair, people, "set_item")
    people.chair.write("办什么", "更换楼道灯", within=form).choose("由哪个单位办", "安居物业服务有限公司", within=form)
    people.chair.write("哪天前办好", day(20), within=form).press("写一件办理事项", within=f"{form} form")
    form = at_work(people.chair, people, "plan")
    people.chair.write("哪天前向大家反馈", day(25), within=form).press("定反馈日期", within=f"{form} form")
    people.member.open(people.topic).press("办这件事").press("写稿子")
    expect(people.member.page.locator("form [name=body]")).to_have_value(re.compile("更换楼道灯"))
    people.member.press("交给书记")
    people.owner.open("/demo/").press("拨到最近的期限")
    send_out(people.secretary, "公告")


def carry_out(people):
    """The company does it and shows a photo, the committee verifies and feeds back."""
    people.owner.open("/demo/").press("往前拨一天")
    from_waiting(people.property, "更换楼道灯", "报进展")
    people.property.press("报进展").write("办得怎么样", "都换好了。").attach("照片", photo())
    people.property.tick("已经办好").press("记下").sees("待核实")
    from_waiting(people.chair, "更换楼道灯", "去核实")
    people.chair.press("去核实").tick("办好了").press("公开核实结果").sees("核实办好")
    form = at_work(people.chair, people, "publish_feedback")
    people.chair.write("正文", "灯都亮了。", within=form).press("反馈办理结果", within=f"{form} form").sees("已反馈")


def rate(people):
    """Residents rate: solved, and how content, kept apart."""
    from_waiting(people.neighbour, TITLE, "去评价")
    people.neighbour.tick("解决了").tick("5分").press("提交评价").sees("评价已收到")
    people.newcomer.open(people.topic).press("去评价").tick("解决了").tick("4分").press("提交评价").sees("评价已收到")
    pass_time(people, "已评价")


def print_the_archive(people):
    """Filed by the committee; anybody opens it to print, and on paper there is nothing but the record."""
    form = at_work(people.chair, people, "archive")
    people.chair.press("归档", within=f"{form} form").sees("已归档")
    reader = people.newcomer.open(people.topic).press("打印")
    reader.sees("目录", OPINION, "费用到底谁出？", "由物业承担。", "更换楼道灯")
    reader.page.emulate_media(media="print")
    for frame in ("header.top", ".tabs-bottom", ".demo-strip"):
        expect(reader.page.locator(frame)).to_be_hidden()


def test_from_a_strangers_sign_up_to_the_printed_archive(people):
    sign_up(people.newcomer)
    move_in(people.newcomer, people.chair)
    raise_it(people)
    support_it(people)
    take_it_up(people)
    talk_it_over(people)
    come_to_an_opinion(people)
    poll_with_two_browsers(people)
    publish(people)
    object_and_answer(people)
    adopt(people)
    carry_out(people)
    rate(people)
    print_the_archive(people)
    assert [words for visitor in people.everybody for words in visitor.complaints] == []
