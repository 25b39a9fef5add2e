"""Pages of casting as an owner, of papers, the door, proxies and deliveries, as a browser sees them."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.voting.test_handing_in import at_the_door, give, photo
from tests.voting.test_papers import shut
from tests.voting.test_views import confirm, hidden, page, walk
from xieshang.lib import clock
from xieshang.lib.days import SHANGHAI
from xieshang.voting import services
from xieshang.voting.models import Ballot, Delivery, Dispute, Keying, PaperBallot, Proxy, RightHolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(owners_vote, homeowners_committee):
    made = owners_vote()
    made.chair, made.member = homeowners_committee.chair, homeowners_committee.member
    return made


def at(name, made, *more):
    return reverse(f"voting:{name}", args=[made.vote.pk, *more])


def yes(made):
    return made.vote.options.get(text="同意").pk


# Casting -------------------------------------------------------------------------------------------------------------


def test_an_owner_votes_with_a_code_from_the_page(asked, browser_of, settings, django_capture_on_commit_callbacks):
    sent = []
    settings.SMS_SENDER = "tests.voting.test_owners_casting.keep"
    from tests.voting import test_owners_casting as box

    box.keep.sent = sent
    client = browser_of(asked.people[4])
    assert "您可以投票，代表：3号楼2单元501室，100.00㎡。" in page(client.get(asked.vote.get_absolute_url()))
    looked_over = walk(client, asked.vote, yes(asked))
    assert "您代表：3号楼2单元501室，100.00㎡" in page(looked_over)
    assert "发送验证码" in page(looked_over)
    assert "确认投票" not in page(looked_over)
    code = services.new_code(asked.people[4].person_id, asked.vote)
    client.post(at("send_code", asked))
    looked_over = client.get(at("review", asked))
    assert "短信验证码" in page(looked_over)
    wrong = client.post(at("cast", asked), _fields(looked_over) | {"code": "000"}, follow=True)
    assert wrong.redirect_chain == [(at("review", asked), 302)]
    assert "这一票还没有投出。验证码不对" in page(wrong)
    assert hidden(wrong, "option") == [str(yes(asked))]
    # Chosen anew while the code still does: it is asked for at once, not sent again.
    assert "短信验证码" in page(walk(client, asked.vote, yes(asked)))
    assert "直接填在下面" in page(client.post(at("send_code", asked)))
    looked_over = client.get(at("review", asked))
    code = services.new_code(asked.people[4].person_id, asked.vote)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(at("cast", asked), _fields(looked_over) | {"code": code.translate(_FULL_WIDTH)})
    assert "投票成功，这是回执" in page(client.get(answer["Location"]))
    assert "发送验证码" in page(walk(client, asked.vote, yes(asked)))
    assert "已经用过了" in page(client.post(at("send_code", asked)))
    # The browser's back button sends the earlier form again, wrong code and all: the ballot stands, its receipt comes.
    assert client.post(at("cast", asked), _fields(looked_over) | {"code": "000"})["Location"] == answer["Location"]


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _fields(response):
    return {name: hidden(response, name) for name in ("key", "option", "right")}


def test_a_shared_number_is_told_on_the_page_what_else_to_do(asked, browser_of, make_person):
    make_person("儿子", phone=asked.people[0].person.phone, shares_phone=True)
    looked_over = walk(browser_of(asked.people[0]), asked.vote, yes(asked))
    assert "领一张纸质票或请人上门代办" in page(looked_over)
    assert confirm(browser_of(asked.people[0]), asked.vote, looked_over).status_code == 302
    assert Ballot.objects.count() == 0


def test_a_co_owner_disputes_from_the_page(asked, browser_of, make_person):
    from xieshang.lib.actor import Actor

    wife = Actor(make_person("爱人"))
    RightHolder.objects.create(right=asked.rights[0], person=wife.person)
    code = services.new_code(asked.people[0].person_id, asked.vote)
    services.cast(asked.people[0], asked.vote.pk, option_ids=[yes(asked)], key="k", code=code)
    client = browser_of(wife)
    shown = client.get(asked.vote.get_absolute_url())
    assert "这一票已经由业主1投过了" in page(shown)
    client.post(at("dispute", asked), {"ballot": hidden(shown, "ballot")[0], "text": "没有商量过"})
    assert Dispute.objects.get().person_id == wife.person_id
    mine = page(client.get(asked.vote.get_absolute_url()))
    assert ("您提出过异议：没有商量过" in mine, "这一票没有和我商量过" in mine) == (True, False)
    desk = browser_of(asked.chair)
    assert "没有商量过" in page(desk.get(at("papers", asked)))
    answer = {"reason": "核实过，两人都同意", "upheld": "no"}
    desk.post(at("settle_dispute", asked, Dispute.objects.get().pk), answer)
    assert Dispute.objects.get().upheld is False
    assert "不成立，这一票照计" in page(client.get(asked.vote.get_absolute_url()))


# Paper ---------------------------------------------------------------------------------------------------------------


def test_paper_goes_from_the_printer_through_the_box_to_two_readers(asked, browser_of):
    chair = browser_of(asked.chair)
    assert "还有6个表决权没有编号" in page(chair.get(at("papers", asked)))
    chair.post(at("issue_papers", asked))
    paper = PaperBallot.objects.order_by("right_id").first()
    printed = chair.get(at("print_papers", asked) + "?building=3号楼")
    assert page(printed).count("表决票代表") == 0
    assert printed.content.decode().count("<svg") == 12
    assert paper.serial in printed.content.decode()
    unit = asked.register.units.order_by("pk").first()
    assert services.letter_code(unit, [unit.owners.get().owner_id]) in printed.content.decode()
    scanned = chair.get(at("receive_paper", asked) + f"?serial={paper.serial}")
    assert "这是3号楼2单元101室的票" in page(scanned)
    chair.post(at("receive_paper", asked), {"serial": paper.serial})
    again = chair.post(at("receive_paper", asked), {"serial": paper.serial})
    assert (again.status_code, "已经收过了，不用再收" in page(again)) == (409, True)
    shut()
    for actor in (asked.chair, asked.member):
        reader = browser_of(actor)
        assert paper.serial in page(reader.get(at("keying", asked)))
        nothing = reader.post(at("key_paper", asked, paper.pk), {})
        assert (nothing.status_code, "请照票上的勾选" in page(nothing)) == (422, True)
        done = reader.post(at("key_paper", asked, paper.pk), {"option": yes(asked)})
        assert done["Location"] == at("keying", asked)
        again = page(reader.get(at("key_paper", asked, paper.pk)))
        assert ("第二遍要换一个人录" in again, "录好了" in again) == (True, False)
    assert (Keying.objects.count(), Ballot.objects.get().channel) == (2, "paper")


def test_several_papers_are_taken_in_from_a_list(asked, browser_of):
    services.issue_papers(asked.chair, asked.vote.pk)
    first, second, *_rest = PaperBallot.objects.order_by("right_id")
    services.receive_paper(asked.chair, asked.vote.pk, serial=second.serial)
    chair = browser_of(asked.chair)
    answer = page(chair.post(at("receive_list", asked), {"serial": [first.serial, second.serial]}))
    assert f"{first.serial}：已收下" in answer
    assert f"编号{second.serial}在" in answer


@pytest.mark.parametrize("name", ["papers", "receive_paper", "receive_list", "keying", "deliveries", "door"])
def test_neighbours_find_no_desk(asked, browser_of, name):
    assert browser_of(asked.people[0]).get(at(name, asked)).status_code == 403


@pytest.mark.parametrize(
    "name", ["papers", "receive_paper", "receive_list", "keying", "deliveries", "door", "proxy", "count"]
)
def test_a_poll_has_no_papers(poll, wang_ayi, browser_of, zhang_zhuren, name):
    assert browser_of(zhang_zhuren).get(reverse(f"voting:{name}", args=[poll().pk])).status_code == 404


# Door, proxy, delivery -----------------------------------------------------------------------------------------------


def test_a_helper_hands_in_at_the_door(asked, browser_of, wu_wangge):
    client = browser_of(wu_wangge)
    where = at("door", asked) + "?unit=3号楼2单元101室"
    for answer in (client.get(at("door", asked) + "?unit=9号楼"), client.post(at("door", asked), {"unit": "9号楼"})):
        assert "没有找到“9号楼”" in page(answer)
    shown = client.get(where)
    assert "代表：3号楼2单元101室，100.00㎡" in page(shown)
    fields = {"key": hidden(shown, "key")[0], "option": yes(asked), "signer": "业主1"}
    assert "请拍下业主签名的那张纸" in page(client.post(where, fields))
    answer = client.post(where, fields | {"sheet": photo()})
    assert "代办" in page(client.get(answer["Location"]))


def test_a_proxy_is_handed_in_looked_at_and_used(asked, browser_of, wairen, wang_ayi):
    agent = browser_of(wairen)
    fields = {"unit": "3号楼2单元101室", "principal_name": "业主1", "powers": "投同意", "until": "2099-01-01"}
    assert "请附上业主签名的委托书" in page(agent.post(at("proxy", asked), fields))
    agent.post(at("proxy", asked), fields | {"document": photo()})
    proxy = Proxy.objects.get()
    file = at("proxy_file", asked, proxy.pk)
    seen = [browser_of(who).get(file).status_code for who in (wairen, asked.people[0], asked.chair, wang_ayi)]
    assert seen == [200, 200, 200, 404]
    browser_of(asked.chair).post(at("accept_proxy", asked, proxy.pk))
    assert "代表：3号楼2单元101室，100.00㎡（受委托）" in page(agent.get(asked.vote.get_absolute_url()))
    assert "撤回委托" in page(browser_of(asked.people[0]).get(at("proxy", asked)))


def test_a_phone_with_its_signal_back_sends_each_record_once(asked, browser_of, wu_wangge):
    client, unit = browser_of(wu_wangge), asked.register.units.order_by("pk").first()
    when = (clock.now() + datetime.timedelta(minutes=5)).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    record = {"key": "a1b2", "unit": unit.pk, "way": "hand", "taken_by": "owner", "at": when}
    answers = [client.post(at("record_delivery", asked), record, headers={"Accept": "application/json"}) for _ in "12"]
    assert [answer.json() for answer in answers] == [{"new": 1}, {"new": 0}]
    nobody = client.post(
        at("record_delivery", asked), record | {"unit": 0, "key": "c"}, headers={"Accept": "application/json"}
    )
    assert (nobody.status_code, nobody.json()) == (409, {"why": "请选送到了哪几户。"})
    shown = page(client.get(at("deliveries", asked)))
    assert "3号楼（差6）" in shown
    assert "没有签收单或照片，还不算" in shown
    assert Delivery.objects.count() == 1


def test_a_whole_stairwell_is_written_down_with_one_photo_and_sent_twice_makes_it_once(asked, browser_of, wu_wangge):
    client, when = browser_of(wu_wangge), clock.now().astimezone(SHANGHAI) + datetime.timedelta(minutes=5)
    record = {"key": "s1", "building": "3号楼", "stairwell": "2单元", "way": "hand", "taken_by": "owner"}
    record |= {"at": when.strftime("%Y-%m-%dT%H:%M")}
    told = [
        client.post(at("record_delivery", asked), record | {"proof": photo()}, headers={"Accept": "application/json"})
        for _ in "12"
    ]
    assert [answer.json() for answer in told] == [{"new": 6}, {"new": 0}]
    assert len(set(Delivery.objects.values_list("proof", flat=True))) == 1


def test_what_was_done_is_said_once(asked, browser_of, wu_wangge):
    client = browser_of(wu_wangge)
    record = {"key": "d", "unit": asked.register.units.first().pk, "way": "door", "taken_by": "family"}
    record["at"] = (clock.now() + datetime.timedelta(minutes=5)).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(at("record_delivery", asked), record | {"building": "3号楼"})
    assert [str(one) for one in get_messages(answer.wsgi_request)] == ["已登记1户。"]


def test_conflicts_and_proxies_stand_on_the_organisers_desk(asked, browser_of, wairen, wu_wangge):
    give(asked, wairen, 3)
    services.issue_papers(asked.chair, asked.vote.pk)
    at_the_door(asked, wu_wangge)
    paper = PaperBallot.objects.get(right=asked.rights[0])
    services.receive_paper(asked.chair, asked.vote.pk, serial=paper.serial)
    shown = page(browser_of(asked.chair).get(at("papers", asked)))
    assert "业主4委托外人" in shown
    assert "先投的那一票有效，纸质票作废" in shown
    assert "投同意票" not in page(browser_of(wu_wangge).get(at("papers", asked)))
