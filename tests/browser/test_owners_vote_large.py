"""The hands-on half of an owners' vote in 大字版 on a phone: cast with a code, dispute, paper, door, opened box."""

import pytest

from tests.browser.test_owners_vote import read_code
from tests.browser.visitor import photo
from tests.voting.test_papers import shut
from xieshang.lib.actor import Actor
from xieshang.voting import services
from xieshang.voting.models import Ballot, Dispute, PaperBallot, RightHolder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(in_demo, visit, owners_vote, homeowners_committee, make_person):
    """Five homes; the second has two owners who are both on the net. Papers are printed."""
    made = owners_vote(homes=5, allow_change=False)
    wife = Actor(make_person("许女士", real_name="许文静"))
    RightHolder.objects.create(right=made.rights[1], person=wife.person)
    services.issue_papers(homeowners_committee.chair, made.vote.pk)
    cast = {
        "owner": made.people[0],
        "husband": made.people[1],
        "wife": wife,
        "chair": homeowners_committee.chair,
        "clerk": homeowners_committee.member,
    }
    made.visitors = {name: visit(actor, elder=True) for name, actor in cast.items()}
    made.page = made.vote.get_absolute_url()
    return made


def fits(visitor):
    """Large print never makes a page wider than the phone."""
    assert visitor.overflow == 0, visitor.page.url
    return visitor


def cast(visitor, page, option, home):
    """Material, choice, a second look, the code, the receipt, each read as it is."""
    fits(visitor.open(page)).press("去投票", within=".actions")
    fits(visitor.tick(option)).press("下一步，核对").sees(home)
    fits(visitor).press("发送验证码", within=".actions")
    fits(visitor.write("短信验证码", read_code(visitor))).press("确认投票")
    fits(visitor.sees("投票成功，这是回执"))


def dispute(people):
    """The other owner is told by whom and how, and says that it was not agreed on."""
    wife = fits(people.visitors["wife"].open(people.page).sees("这一票已经由"))
    wife.unfold("这一票没有和我商量过").write("说一说为什么不对", "没有和我商量。")
    fits(wife.press("提出异议", within="main form").sees("没有和我商量"))


def hand_in(people):
    """One paper goes into the box, one owner signs at the door."""
    chair = people.visitors["chair"]
    fits(chair.open(people.page).press("纸质票和送达")).press("收一张票")
    serial = PaperBallot.objects.get(right=people.rights[2]).serial
    fits(chair.write("票上的编号", serial)).press("收下这张票").sees("收下")
    fits(chair.open(people.page).press("纸质票和送达")).write("房屋", people.rights[3].units.get().label)
    fits(chair.press("去代办")).tick("同意").write("签名的业主", "业主4").attach("业主签名那张纸的照片", photo())
    fits(chair.press("交上这一票").sees("收"))


def key(people):
    """After closing the one paper is read by two people."""
    shut()
    for name in ("chair", "clerk"):
        visitor = fits(people.visitors[name].open(f"{people.page}papers/keying/"))
        fits(visitor.press("", within="main .rows")).tick("不同意").press("录好了，下一张")
        fits(visitor)


def test_an_owners_vote_is_cast_disputed_handed_in_and_keyed_in_large_print(people):
    cast(people.visitors["owner"], people.page, "同意", people.rights[0].units.get().label)
    cast(people.visitors["husband"], people.page, "不同意", people.rights[1].units.get().label)
    dispute(people)
    hand_in(people)
    key(people)
    channels = Ballot.objects.filter(vote=people.vote).order_by("right__number").values_list("channel", flat=True)
    assert list(channels) == ["online", "online", "paper", "assisted"]
    assert Dispute.objects.get().text == "没有和我商量。"
    assert [words for visitor in people.visitors.values() for words in visitor.complaints] == []
