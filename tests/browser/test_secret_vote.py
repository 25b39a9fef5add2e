"""A secret vote in real browsers: three keys are made, residents seal their votes, two trustees open, all find theirs.

What the browser sealed is opened in Python too, and what Python sealed by the browser.
"""

import json

import pytest
from playwright.sync_api import expect

from tests.voting.secretly import LEVELS, QUESTION, points_of
from xieshang.lib import clock
from xieshang.lib import envelopes as sealing
from xieshang.lib.actor import Actor
from xieshang.voting import queries, services
from xieshang.voting.models import RightUsed, Trustee, Vote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def close(monkeypatch):
    """Let the window run out."""

    def run_out(vote):
        shift = vote.closes_at - clock.now()
        monkeypatch.setattr(clock, "_offsets", [lambda: shift])
        services.due(clock.now())

    return run_out


def make_key(visitor, vote):
    """A trustee makes a key; gives what stands on the sheet."""
    visitor.open(f"/votes/{vote.pk}/trustee/").unfold("在这台设备上做钥匙")
    code = visitor.page.locator("[data-code]")
    expect(code).to_be_visible()
    sheet = code.inner_text()
    visitor.write("抄好了吗", sheet.split()[-1])
    visitor.press("登记这把钥匙").sees("您的钥匙登记好了")
    return sheet


def vote_as(visitor, vote, text):
    """A resident votes; gives the tracker."""
    visitor.open(f"/votes/{vote.pk}/choose/").tick(text).unfold("下一步，核对").sees("先抄下您的查询码", text)
    visitor.unfold("封好投出")
    expect(visitor.page.locator("[data-done]")).to_be_visible()
    return visitor.page.locator("[data-done] [data-tracker]").inner_text()


def use_sheet(visitor, sheet, sentence):
    """A trustee types in the sheet."""
    visitor.write("一位保管人的钥匙单", sheet.lower())
    visitor.unfold("用这把钥匙")
    expect(visitor.page.locator("[data-said]")).to_contain_text(sentence)


def test_the_whole_way_of_a_secret_vote(visit, neighbours, zhang_zhuren, he_zhuren, places, close):
    committee = visit(zhang_zhuren).open("/votes/").press("发起无记名投票")
    committee.write("问什么", QUESTION).choose("请谁投", places.compound.label)
    for label, name in (("第一位", "何永福"), ("第二位", "住户0"), ("第三位", "住户1")):
        committee.write(f"{label}保管人", name)
    committee.press("准备好").sees("还没有做钥匙", "三把钥匙登记齐了，才能开始投票")
    vote = Vote.objects.get(question=QUESTION)
    trustees = [he_zhuren, neighbours[0], neighbours[1]]
    sheets = [make_key(visit(actor), vote) for actor in trustees]
    committee.open(vote.get_absolute_url()).press("开始投票").sees("投票开始了")
    voters = {actor: visit(actor) for actor in neighbours[2:4]}
    said = {vote_as(visitor, vote, text): text for visitor, text in zip(voters.values(), LEVELS, strict=False)}
    by_python = sealing.seal_choice([3], vote.matter.number, points_of(vote))
    services.cast_sealed(neighbours[4], vote.pk, by_python)
    said[by_python["tracker"]] = LEVELS[2]
    assert RightUsed.objects.count() == 3

    close(Vote.objects.get(pk=vote.pk))
    opener = visit(zhang_zhuren).open(f"/votes/{vote.pk}/unseal/")
    opener.page.context.set_offline(True)
    use_sheet(opener, "不对的单子", "没有输对")
    use_sheet(opener, sheets[2], "第3位保管人的钥匙用好了")
    use_sheet(opener, sheets[0], "打开了3个信封")
    opener.page.context.set_offline(False)
    sent = json.loads(opener.page.locator("form [data-openings]").input_value())
    opener.press("交给网站，公布结果").sees("开封文件收下了")
    for envelope in queries.envelope_file(Actor(None), Vote.objects.get(pk=vote.pk))["envelopes"]:
        places_ticked = sealing.reopen(
            envelope, vote.matter.number, sealing.unpacked(sent["keys"][envelope["tracker"]])
        )
        assert [vote.options.get(position=place).text for place in places_ticked] == [said[envelope["tracker"]]]

    (tracker, text), *_others = said.items()
    anybody = visit().open(f"/votes/{vote.pk}/list/").write("我的查询码", tracker)
    shown = anybody.page.locator("tbody tr:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(text)
    anybody.unfold("重新开封核对").sees("重新打开了3个信封，每一个都和名单一样")
    assert Trustee.objects.filter(vote=vote).count() == 3
    assert all(visitor.complaints == [] for visitor in [committee, anybody, *voters.values()])


def test_without_a_script_nothing_is_sent_and_the_paper_way_is_named(visit, secret_vote, neighbours):
    vote = secret_vote()
    visitor = visit(neighbours[0], scripts=False).open(f"/votes/{vote.pk}/choose/")
    assert "没有打开脚本" in visitor.main_text
    assert "领一张盖了章的空白票" in visitor.main_text
    assert visitor.page.locator("main form").count() == 0


def test_a_half_opened_file_goes_to_the_second(visit, secret_vote, neighbours, trustee_keys, close, tmp_path):
    vote = secret_vote()
    points = points_of(vote)
    services.cast_sealed(neighbours[0], vote.pk, sealing.seal_choice([1], vote.matter.number, points))
    close(vote)
    first = visit(neighbours[0]).open(f"/votes/{vote.pk}/unseal/")
    use_sheet(first, sealing.sheet_of(trustee_keys[2]), "第2位保管人的钥匙用好了")
    with first.page.expect_download() as saved:
        first.unfold("存下半开文件")
    saved.value.save_as(tmp_path / "half.txt")
    second = visit(neighbours[1]).open(f"/votes/{vote.pk}/unseal/").unfold("第一位不在身边")
    second.page.locator("#half").set_input_files(tmp_path / "half.txt")
    expect(second.page.locator("[data-said]")).to_contain_text("第2位保管人的钥匙用好了")
    use_sheet(second, sealing.sheet_of(trustee_keys[3]), "打开了1个信封")
    second.press("交给网站，公布结果").sees("开封文件收下了", "满意")
