"""Pages of votes as a browser sees them: four steps, back and double sending, refusals with the way on."""

import re

import pytest
from django.urls import reverse

from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience
from xieshang.voting.models import Ballot, BallotVersion, Vote
from xieshang.voting.rules import Base

pytestmark = pytest.mark.django_db


def page(response):
    """What a reader sees: the text without tags, scripts and blanks."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", body))


def hidden(response, name):
    """Values of the hidden fields of one name."""
    return re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', response.content.decode())


def walk(client, vote, *option_ids, **more):
    """Choose and look over; gives the page with the button 确认投票."""
    return client.post(reverse("voting:review", args=[vote.pk]), {"option": option_ids, **more}, follow=True)


def confirm(client, vote, looked_over):
    """Press 确认投票 on that page."""
    fields = {name: hidden(looked_over, name) for name in ("key", "option", "right")}
    return client.post(reverse("voting:cast", args=[vote.pk]), fields)


def test_a_neighbour_votes_in_four_steps(poll, wang_ayi, ticked, browser_of):
    vote = poll(base=Base.HOUSEHOLD)
    client = browser_of(wang_ayi)
    assert "代表您家投一票" in page(client.get(vote.get_absolute_url()))
    assert "选一项" in page(client.get(reverse("voting:choose", args=[vote.pk])))
    looked_over = walk(client, vote, *ticked(vote, "同意"))
    assert "您代表：明湖家园3号楼2单元501室的一户" in page(looked_over)
    answer = confirm(client, vote, looked_over)
    version = BallotVersion.objects.get()
    assert answer["Location"] == reverse("voting:receipt", args=[vote.pk, version.receipt])
    receipt = page(client.get(answer["Location"]))
    assert version.receipt in receipt
    assert "您选的是" not in receipt
    assert "查我的一票在不在" in receipt


def test_sending_twice_leads_to_the_same_receipt(poll, wang_ayi, ticked, browser_of):
    vote = poll()
    client = browser_of(wang_ayi)
    looked_over = walk(client, vote, *ticked(vote, "同意"))
    first, second = (confirm(client, vote, looked_over)["Location"] for _ in range(2))
    assert first == second
    assert Ballot.objects.count() == 1


def test_going_back_and_sending_anew_says_that_one_has_voted(poll, wang_ayi, ticked, browser_of):
    vote = poll()
    client = browser_of(wang_ayi)
    pages = [walk(client, vote, *ticked(vote, text)) for text in ("同意", "不同意")]
    confirm(client, vote, pages[0])
    answer = confirm(client, vote, pages[1])
    assert (answer.status_code, Ballot.objects.count()) == (409, 1)
    assert "您已经投过了" in page(answer)


def test_a_wrong_paper_comes_back_with_what_was_ticked(poll, wang_ayi, ticked, browser_of):
    vote = poll(options=["甲", "乙", "丙"], most_choices=2)
    chosen = ticked(vote, "甲", "弃权")
    answer = walk(browser_of(wang_ayi), vote, *chosen)
    assert answer.status_code == 409
    assert "不能和别的选项一起选" in page(answer)
    assert re.findall(r'value="(\d+)" checked', answer.content.decode()) == [str(pk) for pk in chosen]


def test_an_empty_paper_is_told_what_to_do(poll, wang_ayi, browser_of):
    vote = poll()
    answer = walk(browser_of(wang_ayi), vote)
    assert answer.status_code == 409
    assert "请先选一项" in page(answer)


def test_late_is_a_clear_refusal_and_no_receipt(poll, wang_ayi, ticked, browser_of, later):
    vote = poll()
    client = browser_of(wang_ayi)
    looked_over = walk(client, vote, *ticked(vote, "同意"))
    later(30)
    answer = confirm(client, vote, looked_over)
    assert (answer.status_code, BallotVersion.objects.count()) == (409, 0)
    assert "已截止，这一票没有收下" in page(answer)


def test_whom_one_stands_for_is_shown_to_oneself_only(poll, wang_ayi, zhou_dashu, ticked, browser_of):
    vote = poll(base=Base.HOUSEHOLD)
    mine = page(walk(browser_of(wang_ayi), vote, *ticked(vote, "同意")))
    other = page(walk(browser_of(zhou_dashu), vote, *ticked(vote, "同意")))
    assert ("501室" in mine, "501室" in other) == (True, False)


@pytest.mark.parametrize(
    ("who", "line"),
    [
        ("minor", "满18周岁的居民才能投票"),
        ("wairen", "认证过住房的居民才能投票"),
        ("zhang_zhuren", "请先在页面上方换成“居民本人”"),
        (None, "登录以后才能投票"),
    ],
)
def test_whoever_may_not_vote_reads_one_line_and_sees_no_button(poll, wang_ayi, browser_of, request, who, line):
    actor = request.getfixturevalue(who) if who else None
    vote = poll()
    client = browser_of(actor)
    for name in ("vote", "choose"):
        shown = page(client.get(reverse(f"voting:{name}", args=[vote.pk])))
        assert (line in shown, "去投票" in shown) == (True, False)


def test_whoever_may_not_vote_is_refused_when_they_try(poll, wang_ayi, wairen, ticked, browser_of):
    vote = poll()
    fields = {"option": ticked(vote, "同意"), "key": "k"}
    refused = browser_of(wairen).post(reverse("voting:cast", args=[vote.pk]), fields)
    assert (refused.status_code, vote.question in refused.content.decode()) == (403, True)
    assert "这一票没有收下" in refused.content.decode()
    assert Ballot.objects.count() == 0


def test_a_session_that_ends_before_casting_leads_back_through_the_sign_in(poll, wang_ayi, ticked, browser_of):
    vote = poll()
    client = browser_of(wang_ayi)
    looked_over = walk(client, vote, *ticked(vote, "同意"))
    client.logout()
    answer = client.post(reverse("voting:cast", args=[vote.pk]), {"key": hidden(looked_over, "key")}, follow=True)
    assert "这一票还没有投出" in answer.content.decode()
    assert reverse("voting:choose", args=[vote.pk]) in answer.redirect_chain[0][0]
    assert Ballot.objects.count() == 0


def test_no_tally_is_on_any_page_before_closing(poll, wang_ayi, zhang_zhuren, vote_for, browser_of):
    vote = poll(options=["方案甲", "方案乙"])
    vote_for(wang_ayi, vote, "方案甲")
    for actor in (wang_ayi, zhang_zhuren, None):
        shown = page(browser_of(actor).get(vote.get_absolute_url()))
        assert "1人参与（应到1人）·100.00%" in shown
        assert "各选项得票" not in shown


def test_after_closing_the_result_stands_on_top(poll, wang_ayi, vote_for, close, browser_of):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    close(vote)
    shown = page(browser_of().get(vote.get_absolute_url()))
    for words in ("参加的人超过一半同意", "名册上1人，参加1人（100.00%）", "结果供协商参考", "同意1100.00%"):
        assert words in shown


def test_the_list_has_running_and_closed_votes(poll, wang_ayi, close, browser_of):
    over = poll(question="已经截止的一件")
    close(over)
    Vote.objects.filter(pk=poll(question="正在进行的一件").pk).update(days=5)
    shown = page(browser_of(wang_ayi).get(reverse("voting:list")))
    assert shown.index("正在进行的一件") < shown.index("已经截止的一件")


def test_a_hidden_vote_and_an_absent_one_answer_alike(draft, wang_ayi, browser_of):
    vote = draft()
    client = browser_of(wang_ayi)
    for name in ("vote", "choose", "check"):
        hidden_one = client.get(reverse(f"voting:{name}", args=[vote.pk]))
        absent_one = client.get(reverse(f"voting:{name}", args=[99999]))
        assert (hidden_one.status_code, absent_one.status_code) == (404, 404)


def test_anybody_with_the_number_can_check_a_ballot(poll, wang_ayi, vote_for, browser_of):
    vote = poll(allow_change=True)
    first = vote_for(wang_ayi, vote, "同意")
    second = vote_for(wang_ayi, vote, "不同意")
    address = reverse("voting:check", args=[vote.pk])
    answers = [
        page(browser_of().get(address, {"number": n})) for n in (first.receipt, second.receipt, "WRON-GNUM-BERX")
    ]
    found = [("改投过" in a, "在，这一票已经收下" in a, "没有查到" in a) for a in answers]
    assert found == [(True, False, False), (False, True, False), (False, False, True)]
    assert "王阿姨" not in "".join(answers)


def test_a_receipt_can_be_kept_as_a_file_and_as_a_picture(poll, wang_ayi, vote_for, browser_of):
    vote = poll()
    version = vote_for(wang_ayi, vote, "同意")
    kept = browser_of().get(reverse("voting:receipt_file", args=[vote.pk, version.receipt]))
    assert version.receipt in kept.content.decode()
    assert "同意" not in kept.content.decode().replace(vote.question, "")
    picture = browser_of().get(reverse("voting:receipt_qr", args=[vote.pk, version.receipt]))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert browser_of().get(reverse("voting:receipt", args=[vote.pk, "NONE-NONE-NONE"])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_however_many(poll, wang_ayi, browser_of, number, django_assert_max_num_queries):
    votes = [poll(question=f"第{n}件") for n in range(number)]
    addresses = [reverse("voting:list"), votes[0].get_absolute_url(), reverse("voting:choose", args=[votes[0].pk])]
    known, unknown = browser_of(wang_ayi), browser_of()
    for address in addresses:
        with django_assert_max_num_queries(20):
            assert known.get(address).status_code == 200
        with django_assert_max_num_queries(12):
            assert unknown.get(address).status_code == 200


def test_going_back_after_casting_shows_neither_the_paper_nor_a_second_chance(poll, wang_ayi, ticked, browser_of):
    vote = poll()
    client = browser_of(wang_ayi)
    confirm(client, vote, walk(client, vote, *ticked(vote, "同意")))
    shown = client.get(reverse("voting:review", args=[vote.pk]), follow=True)
    assert "您已经投过了" in page(shown)
    assert "您选的是" not in page(shown)
    assert f"paper-{vote.pk}" not in client.session


def test_two_homes_choose_which_one_a_paper_stands_for(poll, chen_yezhu, ticked, browser_of):
    vote = poll(base=Base.HOUSEHOLD)
    client = browser_of(chen_yezhu)
    rights = re.findall(
        r'name="right" value="(\d+)"', client.get(reverse("voting:choose", args=[vote.pk])).content.decode()
    )
    confirm(client, vote, walk(client, vote, *ticked(vote, "同意"), right=rights[1]))
    assert Ballot.objects.get().right_id == int(rights[1])
    assert "明湖家园3号楼2单元202室的一户" in page(walk(client, vote, *ticked(vote, "弃权")))


def test_the_holder_of_a_receipt_checks_a_vote_that_is_not_public_without_signing_in(
    poll, matter, wang_ayi, vote_for, browser_of
):
    Matter.objects.filter(pk=matter.pk).update(audience=Audience.PLACE.value)
    matter.audience = Audience.PLACE.value
    vote = poll()
    version = vote_for(wang_ayi, vote, "同意")
    address = reverse("voting:check", args=[vote.pk])
    found = [browser_of().get(address, query).status_code for query in ({}, {"number": "WRON-GNUM-BERX"})]
    assert found == [404, 404]
    answer = page(browser_of().get(address, {"number": version.receipt}))
    assert "在，这一票已经收下" in answer
    assert f'href="{vote.get_absolute_url()}"' not in answer


def test_an_open_page_hears_that_the_vote_is_closed(poll, wang_ayi, close, browser_of):
    vote = poll()
    close(vote)
    swapped = browser_of().get(vote.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert swapped.count('id="taking-part"') == 1
    assert "投票已截止，看结果" in swapped
    assert "投票已截止，看结果" not in browser_of().get(vote.get_absolute_url()).content.decode()
