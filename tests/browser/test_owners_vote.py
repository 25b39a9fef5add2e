"""The whole way of an owners' vote in real browsers on phones: from the estate's list to the verified record."""

import datetime
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.browser.visitor import minutes, photo
from xieshang.community.models import Office, PropertyArea
from xieshang.community.rules import Role
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.voting.models import PaperBallot, Vote

QUESTION = "续聘安居物业三年"
MOST_DAYS = 60
HEAD = "楼号,单元,房号,建筑面积,业主姓名,身份证号,用途,销售状态"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(n):
    """An identity number that is made up and well-formed."""
    digits = f"11010119700101{n:03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]


CHEN, WANG, XU, LI, ZHAO, LIU, ZHOU, SUN = (number_of(n) for n in range(1, 9))
HOMES = [
    f"3号楼,2单元,202室,88.50,陈立业,{CHEN},住宅,已售",
    f"4号楼,,301室,120.00,陈立业,{CHEN},住宅,已售",
    f"3号楼,2单元,401室,106.35,王建国、许文静,{WANG}、{XU},住宅,已售",
    f"3号楼,2单元,501室,106.35,李桂芳,{LI},住宅,已售",
    f"3号楼,2单元,502室,92.10,赵德明,{ZHAO},住宅,已售",
    f"3号楼,2单元,601室,106.35,刘秀英,{LIU},住宅,已售",
    f"3号楼,2单元,602室,92.10,周德顺,{ZHOU},住宅,已售",
    f"3号楼,2单元,701室,106.35,孙国强,{SUN},住宅,已售",
]
FAULTY = [*HOMES[:3], HOMES[3].replace("106.35", "一百零六"), HOMES[4].replace(ZHAO, "1.1E+17"), *HOMES[5:], HOMES[7]]


def sheet_of(name, rows):
    """The estate's list as a clerk exports it from an old table program: GBK, a title row, a sum."""
    text = "\r\n".join(["明湖家园业主名册,,,,,,,", HEAD, *rows, "合计,,,818.10,,,,", ""])
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode("gbk")}


def day(ahead=0):
    """A day by the site's clock, as a calendar field wants it."""
    return (clock.today() + datetime.timedelta(days=ahead)).isoformat()


@pytest.fixture
def people(in_demo, visit, bodies, places, make_person, chen_yezhu, zhou_dashu, wu_wangge, zhang_zhuren, li_shuji):
    """Everybody at a phone of their own; the estate stands, its list is empty."""
    area = PropertyArea.objects.create(community=places.community, name="明湖家园")
    area.places.add(places.compound)

    def member(nickname, role):
        person = make_person(nickname, real_name=nickname)
        started = datetime.date(2024, 1, 1)
        return Actor(person, Office.objects.create(person=person, body=bodies.owners, role=role.value, starts=started))

    cast = {
        "chair": member("何主任", Role.OWNERS_CHAIR),
        "clerk": member("邓委员", Role.OWNERS_MEMBER),
        "committee": zhang_zhuren,
        "secretary": li_shuji,
        "grid": wu_wangge,
        "owner": chen_yezhu,
        "co_owner": Actor(make_person("许女士", real_name="许文静")),
        "husband": Actor(make_person("老王", real_name="王建国")),
        "agent": zhou_dashu,
        "anybody": None,
    }
    everybody = {name: visit(actor) for name, actor in cast.items()}
    for name, visitor in everybody.items():
        visitor.name = name
    return SimpleNamespace(**everybody, everybody=list(everybody.values()), vote="")


def pass_days(people, until):
    """Move the demo's clock, on its own page, until the vote's page says so."""
    for _ in range(MOST_DAYS):
        people.anybody.open("/demo/").press("拨到最近的期限").sees("时钟拨到了")
        if until in people.owner.open(people.vote).main_text:
            return
    people.owner.sees(until)


def from_waiting(visitor, act):
    """From what waits on one's first page to the place where it is done."""
    visitor.open("/").press(f"{act}：{QUESTION}", within=".todo")


def at_work(visitor, people, step):
    """From the page of the vote to the form of one step; gives where it stands."""
    visitor.open(people.vote).press("办这次表决")
    panel = visitor.page.locator(f"#do-{step}")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    return f"#do-{step}"


# The list of the estate -----------------------------------------------------------------------------------------


def import_the_list(people):
    """A list with planted faults: each is named with its row, nothing is stored; the mended one goes in."""
    chair = people.chair.open("/desk/").press("业主名册").press("管名册").press("导入名册")
    chair.attach("业主名册", sheet_of("明湖.csv", FAULTY)).press("下一步：认列").press("下一步：试算")
    chair.sees("有要改的地方，现在什么都没有改", "一百零六", "身份证号", "第6行", "第7行")
    chair.press("改好了，再传一次").attach("业主名册", sheet_of("明湖2.csv", HOMES))
    chair.press("下一步：认列").press("下一步：试算").sees("没有问题，可以导入", "8套")
    chair.press("导入", within="main form").sees("导入好了").press("看名册").sees("106.35")


def prove_to_be_owners(people):
    """Each owner once, by the number of the identity card."""
    for visitor, name, number in (
        (people.owner, "陈立业", CHEN),
        (people.co_owner, "许文静", XU),
        (people.husband, "王建国", WANG),
        (people.agent, "周德顺", ZHOU),
    ):
        visitor.open("/votes/").press("我是业主", within="main").press("我是业主", within="main").press(
            "填身份证号", within="main"
        )
        visitor.write("姓名", name).write("身份证号", number).press("核对", within="main form").sees("已认证")


# From the draft to the notice -----------------------------------------------------------------------------------


def draft(people):
    """Drafted by the convener in neighbours' words, the class confirmed by the committee, the Party asked."""
    chair = people.chair.open("/votes/").press("起草业主表决")
    chair.tick("续聘物业公司").tick("续筹维修资金").write("要大家表决的问题", QUESTION)
    chair.write("表决事项全文", "续聘安居物业服务有限公司三年，收费标准不变。")
    chair.press("存成草案").sees("请分成两次表决").tick("续筹维修资金")
    chair.write("投票从哪天开始", day(40)).write("投票到哪天截止", day(47)).write("到哪里领纸质票", "业委会办公室")
    chair.press("存成草案").sees("草案已存好", "居委会")
    people.vote = chair.page.url.replace("work/", "")
    from_waiting(people.committee, "去复核")
    people.committee.press("复核事项类别", within="#do-confirm_class form").sees("复核事项类别")
    from_waiting(people.chair, "去报送")
    people.chair.press("报党组织听取意见", within="#do-consult form")
    from_waiting(people.secretary, "去提意见")
    people.secretary.write("意见", "同意提交业主表决。", within="#do-give_opinion")
    people.secretary.press("党组织提出意见", within="#do-give_opinion form").sees("同意提交业主表决。")
    from_waiting(people.chair, "去办")
    people.chair.press("开始核对名册", within="#do-open_roll form")


def make_the_roll(people):
    """Published to those on it, objected to, changed by two, frozen when its days are over."""
    from_waiting(people.chair, "去公布")
    people.chair.press("公布名册", within="main form").sees("正在公示，请核对")
    people.owner.open(f"{people.vote}roll/").sees("208.50", "1人").write("哪一套", "3号楼2单元202室")
    people.owner.write("哪里不对", "202室是89平方米。").press("提交异议").sees("202室是89平方米。")
    from_waiting(people.chair, "去答复")
    people.chair.write("答复", "看了不动产权证，是89平方米。").press("说得对，要改").sees("成立")
    people.chair.unfold("提出改一套", within="main").write("房号或编号", "3号楼2单元202室", within="main")
    people.chair.write("面积", "89.00", within="main").write("业主", "陈立业", within="main")
    people.chair.write("证件号码", CHEN, within="main").write("为什么改", "不动产权证", within="main")
    people.chair.press("提出，等另一个人确认").sees("是您提出的")
    from_waiting(people.committee, "去确认")
    people.committee.press("核对过，同意改").sees("89.00")
    for _ in range(MOST_DAYS):
        people.anybody.open("/demo/").press("往前拨一天")
        if "去锁定" in people.chair.open("/").main_text:
            break
    from_waiting(people.chair, "去锁定")
    people.chair.unfold("锁定名册", within="main").press("锁定", within=".confirm-box").sees("已经锁定，谁都不能再改")


def call(people):
    """The notice is looked at as it will hang, then published; nothing can be changed any more."""
    from_waiting(people.chair, "去发布")
    people.chair.sees("会议公告预览", "续聘安居物业服务有限公司三年", "应参加表决的业主7人", "名册校验码")
    people.chair.unfold("发布会议公告", within=".rail").press("确认发布").sees("会议公告中")
    people.anybody.open(people.vote).press("关于明湖家园业主大会就").sees("应参加表决的业主7人", "同意提交业主表决。")
    notice = urlsplit(people.anybody.page.url).path
    assert people.anybody.prints(f"{notice}print/") == [2, 2]


def deliver(people):
    """Papers printed, one stairwell delivered with one photo, an owner confirms on the phone, one proxy."""
    people.chair.open(people.vote).press("纸质票和送达").unfold("印票").press("给他们编号").sees("已印7张")
    # One letter a home, one ballot a voter: the second home of an owner of two gets a letter that says where it is.
    assert people.chair.prints(f"{people.vote}papers/print/") == [8, 8]
    people.grid.open(people.vote).press("纸质票和送达").press("送达清单").press("3号楼")
    people.grid.tick("整个单元里还没送达的").choose("谁收下的", "业主本人")
    people.grid.attach("签收单或照片", photo()).press("登记送达").sees("已送达")
    people.owner.open(people.vote).press("我收到公告了").sees("您")
    people.agent.open(people.vote).press("委托别人投").write("业主的房屋", "3号楼2单元701室").write(
        "业主姓名", "孙国强"
    )
    people.agent.write("业主让您怎么投", "同意").write("委托到哪一天", day(60)).attach("委托书", photo())
    people.agent.press("交委托书").sees("等召集人看")
    from_waiting(people.chair, "去看")
    people.chair.press("接受", within="main form").sees("已接受")


# The vote -------------------------------------------------------------------------------------------------------


def vote_online(people):
    """An owner of two homes casts one ballot with a one-time code; a co-owner is told that the home has voted."""
    pass_days(people, "您可以投票")
    cast(people.owner.open(people.vote), "同意", "3号楼2单元202室")
    number = people.owner.page.locator(".voting-number").inner_text()
    people.anybody.open(people.vote).press("去查一查").write("回执号", number).press("查", within="main form")
    people.anybody.sees("在，这一票已经收下")
    cast(people.husband.open(people.vote), "不同意", "3号楼2单元401室")
    people.co_owner.open(people.vote).sees("这一票已经由老王投过").unfold("这一票没有和我商量过")
    people.co_owner.write("说一说为什么不对", "没有和我商量。").press("提出异议", within="main form").sees(
        "没有和我商量"
    )
    cast(people.agent.open(people.vote), "同意", "3号楼2单元701室")


def cast(visitor, option, home):
    """Choose, look over, confirm by the code of a text message, receipt."""
    visitor.press("去投票", within=".actions").tick(option)
    if visitor.page.locator("label", has_text=home).count():
        visitor.tick(home)
    visitor.press("下一步，核对").sees("您").sees(home).press("发送验证码", within=".actions")
    visitor.write("短信验证码", read_code(visitor)).press("确认投票").sees("投票成功，这是回执")


def read_code(visitor):
    """What the newest text message says, in the demo's outbox, in a window of its own."""
    outbox = visitor.page.context.new_page()
    outbox.goto(visitor.address + "/demo/outbox/")
    code = re.search(r"(?<!\d)(\d{6})(?!\d)", outbox.locator("main").inner_text()).group(1)
    outbox.close()
    return code


def vote_on_paper_and_at_the_door(people):
    """Two papers go into the box unread, one owner signs at the door; who handed in paper cannot vote again."""
    for room in ("501室", "502室"):
        serial = PaperBallot.objects.get(right__units__label__endswith=room, state="issued").serial
        people.clerk.open(people.vote).press("纸质票和送达").press("收一张票").write("票上的编号", serial)
        people.clerk.press("收下这张票").sees("收下")
    people.grid.open(people.vote).press("纸质票和送达").write("房屋", "3号楼2单元601室").press("去代办")
    people.grid.tick("同意").write("签名的业主", "刘秀英").attach("业主签名那张纸的照片", photo())
    people.grid.press("交上这一票").sees("收")


# The count ------------------------------------------------------------------------------------------------------


def open_the_box(people):
    """After closing: two people key each paper blind, the dispute is settled, then the count and its signed sheet."""
    pass_days(people, "已截止")
    for visitor in (people.clerk, people.committee):
        for option in ("同意", "不同意"):
            from_waiting(visitor, "去录票")
            visitor.press("", within="main .rows").tick(option).press("录好了，下一张")
    from_waiting(people.committee, "去处理")
    people.committee.write("理由", "夫妻意见不一致，按共有人的异议。").press("成立，这一票不计").sees("成立")
    from_waiting(people.chair, "去计票")
    people.chair.press("开始计票").sees("还没有公示")
    assert people.chair.prints(f"{people.vote}count/sheet/") == [1, 1]
    from_waiting(people.chair, "去上传")
    form = "#do-sign_count"
    people.chair.write("计票人", "何永福、邓春梅", within=form).write("监票人", "黄淑芬", within=form)
    people.chair.write("见证人", "张敏", within=form).attach("签好字的计票单", minutes(), within=form)
    people.chair.press("签署计票单", within=f"{form} form")


def publish_the_count(people):
    """The preliminary result, an objection, its answer; then it takes effect and is announced."""
    from_waiting(people.chair, "去公示")
    people.chair.press("公示初步结果", within="#do-publish_count form")
    people.owner.open(people.vote).press("看完整结果").sees("初步").press("提出异议")
    people.owner.write("您对哪一条有异议", "502室的票是不是录错了？").press("提交异议").sees("异议已收到")
    from_waiting(people.chair, "去答复")
    people.chair.tick("成立").write("答复和理由", "再数一遍。").press("公开答复").sees("已答复")
    from_waiting(people.chair, "去办")
    people.chair.write("原因", "有人问502室的票。", within="#do-recount").press("重新计票", within="#do-recount form")
    from_waiting(people.chair, "去计票")
    people.chair.write("为什么重新计票", "有人问502室的票").press("重新计票", within="main form").sees("第2次")
    from_waiting(people.chair, "去上传")
    form = "#do-sign_count"
    people.chair.write("计票人", "何永福、邓春梅", within=form).write("监票人", "黄淑芬", within=form)
    people.chair.write("见证人", "张敏", within=form).attach("签好字的计票单", minutes(), within=form)
    people.chair.press("签署计票单", within=f"{form} form")
    from_waiting(people.chair, "去公示")
    people.chair.press("公示初步结果", within="#do-publish_count form")
    pass_days(people, "待公告结果")
    from_waiting(people.chair, "去公告")
    people.chair.press("公告结果", within="#do-announce form").sees("已公告")
    people.anybody.open("/votes/").sees(QUESTION, "通过")


# The record -----------------------------------------------------------------------------------------------------


def download(visitor, people, button, into):
    """Take a bundle as a file, as a browser keeps it."""
    visitor.open(people.vote).press("看完整结果").press("下载和核对")
    with visitor.page.expect_download() as taken:
        visitor.find(button).click()
    path = Path(into) / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def verify(path):
    """The verifier on a machine without the site: its exit code and what it says."""
    program = Path(settings.BASE_DIR) / "static" / "verify.py"
    done = subprocess.run([sys.executable, "-I", program, path], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def change_a_choice_beneath():
    """Somebody with the database in hand turns a ballot of the owner into its opposite."""
    vote = Vote.objects.get(question=QUESTION)
    yes, no = vote.options.order_by("position")[:2]
    choice = vote.ballots.filter(channel="online", choices__option=yes).order_by("pk").first().choices.get()
    with sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20) as beneath:
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'voting_ballotchoice'"
        guards = beneath.execute(asked).fetchall()
        for name, _sql in guards:
            beneath.execute(f"DROP TRIGGER {name}")
        beneath.execute("UPDATE voting_ballotchoice SET option_id = ? WHERE id = ?", [no.pk, choice.pk])
        for _name, sql in guards:
            beneath.execute(sql)


def check_the_record(people, tmp_path):
    """The public bundle holds; the owners' too; after a choice was changed beneath, the verifier names the ballot."""
    code, said = verify(download(people.anybody, people, "下载公开版", tmp_path))
    assert code == 0, said
    code, said = verify(download(people.owner, people, "下载业主版", tmp_path))
    assert code == 0, said
    change_a_choice_beneath()
    code, said = verify(download(people.owner, people, "下载业主版", tmp_path))
    assert code == 1, said
    assert "和账本里的密封码不符：这一票被改过" in said


def test_from_the_estates_list_to_the_verified_record(people, tmp_path):
    import_the_list(people)
    prove_to_be_owners(people)
    draft(people)
    make_the_roll(people)
    call(people)
    deliver(people)
    vote_online(people)
    vote_on_paper_and_at_the_door(people)
    open_the_box(people)
    publish_the_count(people)
    check_the_record(people, tmp_path)
    assert [words for visitor in people.everybody for words in visitor.complaints] == []
