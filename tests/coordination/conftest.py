"""A clock that moves, browsers, and an owners' vote beside which the Party organisation gives its opinions."""

import datetime

import pytest

from xieshang.community.rules import Role
from xieshang.coordination.rules.guidance import Addressee, Occasion
from xieshang.coordination.services import guidance as services
from xieshang.lib import clock


@pytest.fixture
def luo_shuji(bodies, make_person, appoint):
    """罗书记, secretary of the street's Party working committee."""
    return appoint(make_person("罗书记", real_name="罗海燕"), bodies.street_party, Role.PARTY_SECRETARY)


@pytest.fixture
def subject(bodies):
    """What an opinion is about: the contract of the owners' committee's estate, unless told otherwise."""

    def about(**given):
        words = {"title": "物业合同到期续聘还是另选", "addressee": Addressee.COMMITTEE, "body_id": bodies.owners.pk}
        return services.Subject(**(words | {"occasion": Occasion.CONTRACT} | given))

    return about


@pytest.fixture
def asked(he_zhuren, subject):
    """An opinion that the owners' committee asks for."""
    return services.ask_guidance(he_zhuren, subject(), request="合同明年6月到期，续聘和另选各要注意什么？")


@pytest.fixture
def given(asked, li_shuji):
    """The same, given."""
    due = clock.today() + datetime.timedelta(days=10)
    words = {"text": "先公布近两年收支，再由业主表决。", "basis": "物业管理条例第二十条"}
    return services.give_guidance(li_shuji, asked.pk, answer_due=due, **words)
