"""Proxies, the door, deliveries: who may, until when, what goes before what."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.voting.test_owners_casting import refusal_of
from tests.voting.test_papers import shut
from xieshang.discussion.models import Attachment
from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed
from xieshang.notify.models import Message
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, Delivery, LedgerEntry, PaperBallot, Proxy
from xieshang.voting.rules.paperwork import DeliveryWay, ProxyState, TakenBy

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(owners_vote, homeowners_committee):
    made = owners_vote()
    made.chair, made.member = homeowners_committee.chair, homeowners_committee.member
    return made


def photo():
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, "JPEG")
    return SimpleUploadedFile("sheet.jpg", out.getvalue(), "image/jpeg")


def give(made, agent, n=0, **given):
    values = {
        "unit": f"3号楼2单元{n + 1}01室",
        "principal_name": f"业主{n + 1}",
        "powers": "对“续聘安居物业三年”投同意票",
        "until": clock.today() + datetime.timedelta(days=30),
        "document": photo(),
    }
    return services.offer_proxy(agent, made.vote.pk, **(values | given))


# Proxies -------------------------------------------------------------------------------------------------------------


def test_an_agent_casts_once_the_organiser_has_accepted_and_the_owner_is_told(asked, wairen, hand_in):
    proxy = give(asked, wairen)
    with pytest.raises(NotAllowed):
        hand_in(wairen, asked.vote)
    services.accept_proxy(asked.chair, proxy.pk)
    assert "已经接受" in Message.objects.get(person=asked.people[0].person).body
    version = hand_in(wairen, asked.vote)
    assert (version.channel, Proxy.objects.get().state) == ("proxy", ProxyState.USED)
    assert list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True)) == ["proxy_granted", "cast"]


def test_an_accepted_proxy_waits_for_its_agent_until_it_is_used(asked, wairen, hand_in):
    proxy = give(asked, wairen)
    assert queries.waiting_for(wairen) == []
    services.accept_proxy(asked.chair, proxy.pk)
    (waiting,) = queries.waiting_for(wairen)
    assert waiting.title == f"替业主1给“{asked.vote.question}”投票"
    hand_in(wairen, asked.vote)
    assert queries.waiting_for(wairen) == []


def test_the_owners_own_vote_beats_the_agents_and_stays(asked, wairen, hand_in):
    services.accept_proxy(asked.chair, give(asked, wairen).pk)
    hand_in(wairen, asked.vote, key="agent")
    hand_in(asked.people[0], asked.vote, "不同意")
    ballot = Ballot.objects.get()
    assert (ballot.channel, [tick.option.text for tick in ballot.choices.all()]) == ("online", ["不同意"])
    assert refusal_of(lambda: hand_in(wairen, asked.vote)).code == "owner_voted"


def test_a_proxy_is_withdrawable_until_it_is_used(asked, wairen, hand_in):
    first = give(asked, wairen)
    services.accept_proxy(asked.chair, first.pk)
    services.withdraw_proxy(asked.people[0], first.pk)
    with pytest.raises(NotAllowed):
        hand_in(wairen, asked.vote)
    second = give(asked, wairen)
    services.accept_proxy(asked.chair, second.pk)
    hand_in(wairen, asked.vote)
    assert refusal_of(lambda: services.withdraw_proxy(asked.people[0], second.pk)).code == "proxy_used"


def test_one_agent_acts_for_three_family_not_counted(asked, wairen):
    waiting = [give(asked, wairen, n) for n in range(4)]
    for proxy in waiting[:3]:
        services.accept_proxy(asked.chair, proxy.pk)
    refused = refusal_of(lambda: services.accept_proxy(asked.chair, waiting[3].pk))
    assert refused.sentence.startswith("一个人最多代3位业主投票（配偶、父母、子女不算在内）")
    assert "请业主另找一位代理人" in refused.sentence
    # Said already where it is handed in, so that nobody waits for nothing.
    assert refusal_of(lambda: give(asked, wairen, 4)).code == "proxy_over_limit"
    mother = give(asked, wairen, 4, is_family=True)
    assert services.accept_proxy(asked.chair, mother.pk).state == ProxyState.ACCEPTED


def test_home_and_name_must_fit_and_neither_is_betrayed(asked, wairen):
    wrong = [refusal_of(lambda g=g: give(asked, wairen, **g)) for g in ({"principal_name": "业主9"}, {"unit": "9号楼"})]
    assert [one.code for one in wrong] == ["no_such_right"] * 2


def test_the_document_is_seen_by_its_uploader_and_by_nobody_else(asked, wairen, wang_ayi):
    proxy = give(asked, wairen)
    seen = [Attachment.objects.visible_to(who).filter(pk=proxy.document_id).exists() for who in (wairen, wang_ayi)]
    assert seen == [True, False]


def test_only_the_convener_accepts(asked, wairen, wang_ayi, zhao_jingli, zhang_zhuren):
    proxy = give(asked, wairen)
    for actor in (wang_ayi, zhao_jingli, zhang_zhuren):
        with pytest.raises(NotAllowed):
            services.accept_proxy(actor, proxy.pk)


# The door ------------------------------------------------------------------------------------------------------------


def at_the_door(made, actor, n=0, **given):
    values = {
        "right_id": made.rights[n].pk,
        "option_ids": [made.vote.options.get(text="同意").pk],
        "key": "door",
        "signer": f"业主{n + 1}",
        "sheet": photo(),
    }
    return services.cast_at_door(actor, made.vote.pk, **(values | given))


def test_a_helper_hands_in_with_both_names_and_the_signed_sheet(asked, wu_wangge):
    version = at_the_door(asked, wu_wangge)
    again = at_the_door(asked, wu_wangge)
    ballot = Ballot.objects.get()
    assert (version, version.channel) == (again, "assisted")
    assert (ballot.assisted_by_id, ballot.cast_by_id) == (wu_wangge.person_id, asked.people[0].person_id)
    assert ballot.sheet.caption == "业主1"


@pytest.mark.parametrize(
    ("given", "code"), [({"signer": "租户"}, "not_the_signer"), ({"sheet": None}, "sheet_missing")]
)
def test_the_sheet_is_signed_by_an_owner(asked, wu_wangge, given, code):
    assert refusal_of(lambda: at_the_door(asked, wu_wangge, **given)).code == code


def test_what_was_signed_before_closing_counts_if_it_is_there_before_the_count(asked, wu_wangge):
    signed = clock.now()
    shut()
    assert refusal_of(lambda: at_the_door(asked, wu_wangge)).code == "too_late"
    assert at_the_door(asked, wu_wangge, signed_at=signed).channel == "assisted"


def test_paper_and_an_own_vote_go_before_the_door(asked, wu_wangge, hand_in):
    hand_in(asked.people[0], asked.vote)
    assert refusal_of(lambda: at_the_door(asked, wu_wangge)).code == "already_there"
    services.issue_papers(asked.chair, asked.vote.pk)
    paper = PaperBallot.objects.get(right=asked.rights[1])
    services.receive_paper(asked.chair, asked.vote.pk, serial=paper.serial)
    assert refusal_of(lambda: at_the_door(asked, wu_wangge, 1)).code == "right_on_paper"


def test_an_officer_helping_online_is_led_to_the_door(asked, wu_wangge, hand_in):
    from xieshang.lib.actor import Actor

    helped = Actor(asked.people[0].person, None, wu_wangge, "in_person")
    assert refusal_of(lambda: hand_in(helped, asked.vote)).code == "at_the_door"


# Deliveries ----------------------------------------------------------------------------------------------------------


def visit(made, *numbers, key="a1", way=DeliveryWay.HAND, taken_by=TakenBy.OWNER, **given):
    units = list(made.register.units.order_by("pk"))
    at = given.get("at", clock.now())
    return services.Visit(key, [units[n].pk for n in numbers], way, at, taken_by)


def test_what_was_written_without_a_signal_merges_once(asked, wu_wangge):
    told = [services.record_delivery(wu_wangge, asked.vote.pk, visit(asked, 0)) for _ in range(2)]
    assert (told, Delivery.objects.count()) == ([1, 0], 1)


def test_one_photo_proves_a_whole_stairwell(asked, wu_wangge):
    many = visit(asked, 0, 1, 2)
    assert refusal_of(lambda: services.record_delivery(wu_wangge, asked.vote.pk, many)).code == "proof_missing"
    assert services.record_delivery(wu_wangge, asked.vote.pk, many, proof=photo()) == 3
    assert len(set(Delivery.objects.values_list("proof", flat=True))) == 1


def test_the_board_a_tenant_and_nothing_to_show_reach_nobody_and_who_voted_was_reached(asked, wu_wangge, hand_in):
    tried = [(TakenBy.TENANT, DeliveryWay.HAND), (TakenBy.OWNER, DeliveryWay.BOARD), (TakenBy.OWNER, DeliveryWay.MAIL)]
    for n, (taken_by, way) in enumerate(tried):
        proof = None if way == DeliveryWay.MAIL else photo()
        one = visit(asked, n, key=f"k{n}", way=way, taken_by=taken_by)
        services.record_delivery(wu_wangge, asked.vote.pk, one, proof=proof)
    services.record_delivery(wu_wangge, asked.vote.pk, visit(asked, 3, 4, key="s"), proof=photo())
    hand_in(asked.people[4], asked.vote)
    hand_in(asked.people[0], asked.vote)
    services.issue_papers(asked.chair, asked.vote.pk)
    serial = PaperBallot.objects.get(right=asked.rights[5]).serial
    services.receive_paper(asked.chair, asked.vote.pk, serial=serial)
    (building,) = queries.deliveries_by_building(asked.vote)
    assert [door.is_reached for door in building.doors] == [True, False, False, True, True, True]
    assert building.bar["words"] == "4 / 6户 · 还差2户"
    words = ["网上投了票", "张贴公告", "还不算", "当面交给", "当面交给", "纸质票收到了"]
    assert all(word in door.words for word, door in zip(words, building.doors, strict=True))
    # The same on the result and its notice: four were reached, two of them by their vote alone.
    assert queries.reached(asked.vote) == (4, 2)


def test_the_company_carries_nothing_where_it_is_at_stake(owners_vote, zhao_jingli):
    about_it = owners_vote(item=4)
    with pytest.raises(NotAllowed):
        services.record_delivery(zhao_jingli, about_it.vote.pk, visit(about_it, 0))


def test_the_company_carries_where_it_is_about_the_roof(owners_vote, zhao_jingli):
    about_the_roof = owners_vote(item=5)
    assert services.record_delivery(zhao_jingli, about_the_roof.vote.pk, visit(about_the_roof, 0)) == 1


def test_a_delivery_lies_within_notice_and_closing(asked, wu_wangge):
    for days in (-400, 40):
        wrong = visit(asked, 0, at=clock.now() + datetime.timedelta(days=days))
        assert refusal_of(lambda w=wrong: services.record_delivery(wu_wangge, asked.vote.pk, w)).code == (
            "delivered_later"
        )


def test_an_owner_confirms_online_once(asked, wairen):
    for _ in range(2):
        services.acknowledge(asked.people[0], asked.vote.pk)
    assert Delivery.objects.get().way == "online"
    with pytest.raises(NotAllowed):
        services.acknowledge(wairen, asked.vote.pk)
