"""A topic's matter, polls about it, and a decision that is ready for its notice."""

import datetime

import pytest

from xieshang.lib import clock
from xieshang.lib.days import SHANGHAI
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.voting import services
from xieshang.voting.models import Decision, Vote
from xieshang.voting.rules import Base
from xieshang.voting.rules.deciding import State


@pytest.fixture
def matter(places, zhang_zhuren):
    """A topic's matter, open to the public."""
    made = make(zhang_zhuren, kind="topic", prefix="议", title="楼道灯换不换", place=places.compound)
    settle(made, standing="形成意见", audience=Audience.PUBLIC, is_open=True)
    return made


@pytest.fixture
def draft(zhang_zhuren, matter, places):
    """Prepare a poll; by person and 同意 or 不同意 unless told otherwise."""

    def prepare(**given):
        values = {
            "question": "楼道灯换成感应灯，您同意吗？",
            "base": Base.PERSON,
            "scope_id": places.compound.pk,
            "days": 5,
        }
        return services.prepare(zhang_zhuren, matter, **(values | given))

    return prepare


@pytest.fixture
def poll(draft, zhang_zhuren):
    """Prepare and open a poll; the people who are to stand on its roll must exist before."""

    def start(**given):
        vote = services.open_vote(zhang_zhuren, draft(**given).pk)
        return Vote.objects.get(pk=vote.pk)

    return start


@pytest.fixture
def ticked():
    """Ids of the options of a vote by their texts."""

    def ids(vote, *texts):
        return [vote.options.get(text=text).pk for text in texts]

    return ids


@pytest.fixture
def vote_for(ticked):
    """Cast one ballot for the named options."""
    keys = iter(range(10_000))

    def cast(actor, vote, *texts, key=None, right_id=None):
        key = key or f"key-{next(keys)}"
        return services.cast(actor, vote.pk, option_ids=ticked(vote, *texts), key=key, right_id=right_id)

    return cast


@pytest.fixture
def close(later):
    """Let the window run out and time do its work."""

    def run_out(vote):
        later(30)
        services.due(clock.now())
        return Vote.objects.get(pk=vote.pk)

    return run_out


@pytest.fixture
def hand_in(ticked):
    """Cast as an owner does, with a fresh code."""
    keys = iter(range(1000))

    def cast(actor, vote, text="同意", **given):
        code = services.new_code(actor.person_id, vote)
        values = {"key": f"key-{next(keys)}", "code": code} | given
        return services.cast(actor, vote.pk, option_ids=ticked(vote, text), **values)

    return cast


def _day(number):
    return clock.today() + datetime.timedelta(days=number)


@pytest.fixture
def chair(homeowners_committee):
    """Who leads the homeowners' committee."""
    return homeowners_committee.chair


@pytest.fixture
def called(owners_vote, chair):
    """A decision with its frozen roll, ready for the notice, the draft complete."""

    def make(**given):
        made = owners_vote(state=State.ROSTER_OPEN, **given)
        Vote.objects.filter(pk=made.vote.pk).update(state="drafted", opens_at=None, closes_at=None)
        closes = datetime.datetime.combine(_day(36), datetime.time(18), SHANGHAI)
        Decision.objects.filter(pk=made.decision.pk).update(
            opens_on=_day(26), closes_at=closes, paper_place="物业楼一层", opinion_due=_day(-1), consulted_on=_day(-8)
        )
        return made

    return make
