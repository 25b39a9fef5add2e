"""At the door without a signal: the list opens all the same, records and photos wait and go up once."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from xieshang.voting.models import Ballot, Delivery

from .visitor import photo


@pytest.fixture
def asked(owners_vote):
    """A vote of three owners that runs."""
    return owners_vote(homes=3)


def opened(visitor, made, name):
    """Open a list with a signal, and wait until this telephone has kept it."""
    visitor.open(reverse(f"voting:{name}", args=[made.vote.pk]))
    expect(visitor.page.locator("html[data-kept]")).to_have_count(1)
    return visitor


def without_signal(visitor):
    """Out of reach, and the page opened anew."""
    visitor.page.context.set_offline(True)
    visitor.page.reload(wait_until="domcontentloaded")
    return visitor


def back(visitor):
    """The signal is back, and the page is looked at again."""
    visitor.page.context.set_offline(False)
    visitor.page.reload(wait_until="domcontentloaded")


def test_a_delivery_with_its_photo_waits_and_is_there_once(visit, asked, homeowners_committee):
    visitor = opened(visit(homeowners_committee.chair), asked, "deliveries")
    without_signal(visitor).sees("送达清单 · 3号楼")
    visitor.tick("3号楼2单元101室").tick("3号楼2单元201室").attach("签收单或照片", photo())
    visitor.find("登记送达", within=".actions").click()
    visitor.sees("手机里有1条还没交上")
    without_signal(visitor).sees("手机里有1条还没交上")
    assert not Delivery.objects.exists()
    back(visitor)
    expect(visitor.page.locator("main").get_by_text("已送达")).to_have_count(2)
    visitor.page.reload()
    rows = list(Delivery.objects.order_by("pk"))
    assert len(rows) == 2
    assert rows[0].proof_id is not None
    assert rows[0].proof_id == rows[1].proof_id


def test_a_ballot_signed_at_the_door_waits_with_its_photo(visit, asked, homeowners_committee):
    visitor = opened(visit(homeowners_committee.chair), asked, "door")
    without_signal(visitor).sees("没有信号？先记在手机里")
    visitor.page.locator("details[data-offline-open]").evaluate("fold => { fold.open = true; }")
    visitor.write("哪一户", "3号楼2单元101室", within="form[data-offline]")
    visitor.tick("同意", within="form[data-offline]").write("签名的业主", "业主1")
    visitor.attach("业主签名那张纸的照片", photo()).find("记在手机里", within="form[data-offline]").click()
    visitor.sees("手机里有1条还没交上")
    back(visitor)
    visitor.sees("刚才记的都交上了")
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.right_id) == ("assisted", asked.rights[0].pk)
    assert ballot.sheet_id is not None


def test_a_list_never_opened_says_so_and_signing_out_takes_all_away(visit, asked, homeowners_committee):
    visitor = opened(visit(homeowners_committee.chair), asked, "deliveries")
    visitor.page.context.set_offline(True)
    visitor.open(reverse("voting:door", args=[asked.vote.pk]))
    expect(visitor.page.locator("body")).to_contain_text("没有存在这部手机里")
    visitor.page.context.set_offline(False)
    visitor.open(reverse("account_logout")).press("退出登录", within="main")
    left = [
        "caches.has('work-lists').then(function (has) { return has ? 1 : 0; })",
        "navigator.serviceWorker.getRegistrations().then(function (all) { return all.length; })",
        "indexedDB.databases().then(function (all) { return all.length; })",
    ]
    assert [visitor.page.evaluate(one) for one in left] == [0, 0, 0]
