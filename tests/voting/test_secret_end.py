"""A secret vote that ends without a result: a draft by one person, a vote that has begun by two, the reason to all."""

import pytest

from tests.people import enter_as
from tests.voting.secretly import cast, opened_by
from tests.voting.verifier import verify
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message
from xieshang.voting import queries, services
from xieshang.voting.models import Box, SecretEnd, Vote
from xieshang.voting.rules import State

pytestmark = pytest.mark.django_db
WHY = "两位保管人的钥匙单都找不到了"


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleViolation) as caught:
        call(*args, **kwargs)
    return caught.value.refusal.code


def told(actor):
    return list(Message.objects.filter(person_id=actor.person_id).values_list("body", flat=True))


def test_a_draft_is_withdrawn_by_one_and_its_trustees_hear_why(appraisal, zhang_zhuren, neighbours):
    vote = appraisal()
    assert code_of(services.end_secret, zhang_zhuren, vote.pk, reason=" ") == "secret_end_no_reason"
    services.end_secret(zhang_zhuren, vote.pk, reason="题目写错了")
    assert Vote.objects.get(pk=vote.pk).state == State.VOIDED
    assert any("题目写错了" in words for words in told(neighbours[0]))
    assert code_of(services.end_secret, zhang_zhuren, vote.pk, reason=WHY) == "secret_end_gone"
    assert code_of(services.open_vote, zhang_zhuren, vote.pk) == "not_a_draft"


@pytest.mark.parametrize("is_closed", [False, True])
def test_one_that_has_begun_ends_by_two_and_everybody_on_the_roll_hears_why(
    secret_vote, neighbours, zhang_zhuren, sun_weiyuan, close, is_closed
):
    vote = secret_vote()
    cast(neighbours[2], vote, "满意")
    if is_closed:
        close(vote)
    asked = services.end_secret(zhang_zhuren, vote.pk, reason=WHY)
    assert Vote.objects.get(pk=vote.pk).state != State.VOIDED
    assert code_of(services.end_secret, sun_weiyuan, vote.pk, reason=WHY) == "secret_end_waits"
    assert code_of(services.answer_end, zhang_zhuren, vote.pk, asked.pk, agreed=True) == "secret_end_own"
    with pytest.raises(NotAllowed):
        services.answer_end(neighbours[6], vote.pk, asked.pk, agreed=True)
    services.answer_end(sun_weiyuan, vote.pk, asked.pk, agreed=True)
    ended = Vote.objects.get(pk=vote.pk)
    assert (ended.state, Box.objects.get(vote=vote).sealed) == (State.VOIDED, "")
    assert all(any(WHY in words for words in told(actor)) for actor in neighbours)
    assert "中止了" in queries.standing_for(neighbours[2], ended).sentence
    assert verify(b"".join(queries.bundle(ended, queries.Depth.PUBLIC)))[0] == []
    assert code_of(services.answer_end, sun_weiyuan, vote.pk, asked.pk, agreed=True) == "secret_end_answered"


def test_a_trustee_may_be_the_other_person_and_may_decline(secret_vote, neighbours, zhang_zhuren):
    vote = secret_vote()
    asked = services.end_secret(zhang_zhuren, vote.pk, reason=WHY)
    services.answer_end(neighbours[0], vote.pk, asked.pk, agreed=False)
    assert Vote.objects.get(pk=vote.pk).state == State.OPEN
    assert services.end_secret(zhang_zhuren, vote.pk, reason=WHY).pk != asked.pk
    assert SecretEnd.objects.filter(agreed=None).count() == 1


def test_what_has_been_opened_stays(secret_vote, neighbours, zhang_zhuren, sun_weiyuan, trustee_keys, close):
    vote = secret_vote()
    cast(neighbours[2], vote, "满意")
    asked = services.end_secret(zhang_zhuren, vote.pk, reason=WHY)
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(close(vote), trustee_keys))
    assert code_of(services.answer_end, sun_weiyuan, vote.pk, asked.pk, agreed=True) == "secret_end_opened"
    assert code_of(services.end_secret, sun_weiyuan, vote.pk, reason=WHY) == "secret_end_opened"


def test_the_page_leads_through_it(client, secret_vote, appraisal, zhang_zhuren, sun_weiyuan, neighbours):
    def page(actor, address, **sent):
        enter_as(client, actor)
        answer = client.post(address, sent, follow=True) if sent else client.get(address)
        return answer.content.decode()

    vote, draft = secret_vote(), appraisal()
    assert "撤回这次投票" in page(zhang_zhuren, draft.get_absolute_url())
    assert "原因：题目写错了" in page(zhang_zhuren, f"/votes/{draft.pk}/end/", reason="题目写错了")
    assert "这次投票不办了" in page(neighbours[0], f"/votes/{draft.pk}/trustee/")
    assert "会告诉所有人" in page(zhang_zhuren, f"/votes/{vote.pk}/end/", reason=" ")
    assert "等另一位" in page(zhang_zhuren, f"/votes/{vote.pk}/end/", reason=WHY)
    assert WHY not in page(neighbours[5], vote.get_absolute_url())
    asked = SecretEnd.objects.get(vote=vote)
    assert "同意中止" in page(neighbours[0], vote.get_absolute_url())
    assert WHY in page(sun_weiyuan, f"/votes/{vote.pk}/end/{asked.pk}/", agree="1")
    for actor in (neighbours[5], zhang_zhuren):
        shown = page(actor, vote.get_absolute_url())
        assert WHY in shown
        assert "已中止" in shown
        assert "去投票" not in shown


def test_blank_papers_are_all_alike_and_for_the_desk_alone(client, secret_vote, zhang_zhuren, neighbours):
    vote = secret_vote()
    enter_as(client, zhang_zhuren)
    shown = client.get(f"/votes/{vote.pk}/secret-papers/print/").content.decode()
    assert len(set(shown.split('<section class="blank">')[1:6])) == 1
    assert "不满意" in shown
    client.force_login(neighbours[5].person)
    assert client.get(f"/votes/{vote.pk}/secret-papers/print/").status_code == 403
