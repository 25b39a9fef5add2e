"""Residents put options in an order: plain selects, points from the top, what comes first."""

import pytest
from django.urls import reverse

from xieshang.lib.refusals import RuleViolation
from xieshang.voting import queries
from xieshang.voting.models import Vote
from xieshang.voting.rules import Kind

NAMES = ("修路", "换灯", "加凳", "补树")


@pytest.fixture
def order(poll):
    """An open poll in which three of four may be put in an order."""
    return lambda: poll(options=NAMES, kind=Kind.PRIORITIES, most_choices=3)


def test_points_from_the_top_say_what_comes_first(order, wang_ayi, zhou_dashu, chen_yezhu, vote_for, close):
    vote = order()
    vote_for(wang_ayi, vote, "换灯", "修路", "补树")
    vote_for(zhou_dashu, vote, "换灯", "加凳")
    vote_for(chen_yezhu, vote, "修路")
    told = queries.result(close(vote))
    assert told.headline.startswith("排在前面的是：换灯、修路")
    assert [row.cells for row in told.rows][:3] == [["换灯", "6"], ["修路", "5"], ["加凳", "2"]]
    assert told.part == 3


def test_the_same_option_twice_is_refused(order, wang_ayi, vote_for):
    with pytest.raises(RuleViolation) as refused:
        vote_for(wang_ayi, order(), "换灯", "换灯")
    assert refused.value.refusal.code == "chosen_twice"


def test_nobody_is_asked_to_order_nothing(draft):
    with pytest.raises(RuleViolation):
        draft(kind=Kind.PRIORITIES)


def test_the_paper_is_plain_selects_and_keeps_its_order(order, wang_ayi, client):
    vote = order()
    ids = {option.text: option.pk for option in vote.options.all()}
    client.force_login(wang_ayi.person)
    page = client.get(reverse("voting:choose", args=[vote.pk])).content.decode()
    assert page.count('<select name="option"') == 3
    sent = {"option": [ids["补树"], "", ids["修路"]]}
    assert client.post(reverse("voting:review", args=[vote.pk]), sent).status_code == 302
    review = client.get(reverse("voting:review", args=[vote.pk])).content.decode()
    assert '<ol class="voting-ranked"' in review
    rules = client.get(vote.get_absolute_url()).content.decode()
    assert "排第一得3分" in rules
    assert "超过参加的一半" not in rules
    assert review.index("补树") < review.index("修路")
    key = review.split('name="key" value="')[1].split('"')[0]
    cast = {"key": key, "option": [ids["补树"], ids["修路"]]}
    assert client.post(reverse("voting:cast", args=[vote.pk]), cast).status_code == 302
    ticks = Vote.objects.get(pk=vote.pk).ballots.get().choices.order_by("rank")
    assert list(ticks.values_list("option__text", flat=True)) == ["补树", "修路"]
