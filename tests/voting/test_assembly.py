"""Rules of owners' decisions at a place: one officer of the street writes, another human being confirms."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.people import enter_as
from xieshang.community.queries import rules_for
from xieshang.community.rules import Role
from xieshang.lib.clock import today
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.voting import services
from xieshang.voting.forms import LABELS
from xieshang.voting.models import RulesDraft
from xieshang.voting.rules.deciding import DEFAULTS, KIND, SOURCES

LATER = datetime.timedelta(days=10)


@pytest.fixture
def second(bodies, make_person, appoint):
    """Another officer of the street."""
    return appoint(make_person("街道二"), bodies.street, Role.STREET_OFFICER)


@pytest.fixture
def written(liu_street, places):
    """A change that waits: twenty days of notice."""
    values = {"assembly.notice_days": 20}
    given = {"values": values, "effective_from": today() + LATER, "source": "本市物业管理条例第20条"}
    return services.write_rules(liu_street, places.compound.pk, **given)


def held(places, on):
    return rules_for(places.compound, KIND, on, DEFAULTS)["assembly.notice_days"]


def test_a_change_holds_from_its_day_once_another_person_confirmed_it(written, second, places):
    assert held(places, today() + LATER) == 15
    services.confirm_rules(second, written.pk)
    assert held(places, today() + LATER) == 20
    assert held(places, today()) == 15


def test_nobody_confirms_their_own(written, liu_street, places):
    with pytest.raises(RuleViolation) as refused:
        services.confirm_rules(liu_street, written.pk)
    assert refused.value.refusal.code == "rules_same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        RulesDraft.objects.filter(pk=written.pk).update(confirmed=True, answered_by=written.written_by_id)
    assert held(places, today() + LATER) == 15


def test_what_was_taken_back_never_holds(written, second, places):
    services.drop_rules(second, written.pk)
    with pytest.raises(RuleViolation):
        services.confirm_rules(second, written.pk)
    assert held(places, today() + LATER) == 15


BAD = {
    "nothing": ({"values": {}}, "rules_nothing_changed"),
    "unknown": ({"values": {"assembly.other": 3}}, "rules_unknown"),
    "another type": ({"values": {"assembly.may_extend": 1}}, "rules_unknown"),
    "no source": ({"source": " "}, "rules_source"),
    "past": ({"effective_from": datetime.date(2020, 1, 1)}, "rules_past"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_change_is_refused_with_its_reason(name, liu_street, places):
    changes, code = BAD[name]
    given = {"values": {"assembly.notice_days": 20}, "effective_from": today(), "source": "条例"}
    with pytest.raises(RuleViolation) as refused:
        services.write_rules(liu_street, places.compound.pk, **(given | changes))
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("who", ["zhang_zhuren", "li_shuji", "he_zhuren", "wang_ayi"])
def test_only_the_street_sets_rules(who, request, places):
    with pytest.raises(NotAllowed):
        services.write_rules(
            request.getfixturevalue(who), places.compound.pk, values={}, effective_from=today(), source="条例"
        )


def test_every_rule_has_its_words_and_its_source():
    assert set(LABELS) == set(DEFAULTS) == set(SOURCES)


def test_the_page_walks_from_writing_to_confirming(liu_street, second, places, client):
    def act(actor):
        enter_as(client, actor)

    address = reverse("voting:place_rules", args=[places.compound.pk])
    act(liu_street)
    page = client.get(address).content.decode()
    assert "待核实" in page
    assert "平台默认" in page
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {
        "assembly_notice_days": 20,
        "effective_from": str(today() + LATER),
        "source": "本市条例第20条",
    }
    assert client.post(address, sent).status_code == 302
    draft = RulesDraft.objects.get()
    assert draft.values == {"assembly.notice_days": 20}
    act(second)
    assert "15 → <strong>20</strong>" in client.get(address).content.decode()
    answer = reverse("voting:answer_rules", args=[places.compound.pk, draft.pk])
    assert client.post(answer, {"answer": "confirm"}).status_code == 302
    assert held(places, today() + LATER) == 20
