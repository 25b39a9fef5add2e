"""Rules of a place: one officer of the street writes, another human being confirms, the law is the floor."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.people import enter_as, grow
from xieshang.community import services
from xieshang.community.forms.rulebooks import RulesForm
from xieshang.community.hooks import rule_books
from xieshang.community.models import RulesDraft
from xieshang.community.queries import book_at, rules_for, waiting_for
from xieshang.community.rules import PlaceKind, Role
from xieshang.lib.clock import today
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.meetings import rules as meetings
from xieshang.voting.rules.deciding import BOOK, DEFAULTS, KIND

LATER = datetime.timedelta(days=10)


@pytest.fixture
def second(bodies, make_person, appoint):
    """Another officer of the street."""
    return appoint(make_person("街道二"), bodies.street, Role.STREET_OFFICER)


@pytest.fixture
def written(liu_street, places):
    """A change that waits: twenty days of notice."""
    values = {"assembly.notice_days": 20}
    given = {"book": BOOK, "values": values, "effective_from": today() + LATER, "source": "本市物业管理条例第20条"}
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
    given = {"book": BOOK, "values": {"assembly.notice_days": 20}, "effective_from": today(), "source": "条例"}
    with pytest.raises(RuleViolation) as refused:
        services.write_rules(liu_street, places.compound.pk, **(given | changes))
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("who", ["zhang_zhuren", "li_shuji", "he_zhuren", "wang_ayi"])
def test_only_the_street_sets_rules(who, request, places):
    actor = request.getfixturevalue(who)
    given = {"book": BOOK, "values": {}, "effective_from": today(), "source": "条例"}
    with pytest.raises(NotAllowed):
        services.write_rules(actor, places.compound.pk, **given)


@pytest.mark.parametrize("kind", ["assembly", "coordination", "fourtwo", "guidance", "meetings", "topics"])
def test_every_rule_has_its_words_its_source_and_a_default_that_it_knows_and_the_law_allows(kind):
    rules = rule_books[kind].rules
    assert [rule.key for rule in rules if not (rule.label and rule.source)] == []
    assert [rule.key for rule in rules if not (rule.is_known(rule.default) and rule.is_lawful(rule.default))] == []
    assert len({(rule.group, rule.label) for rule in rules}) == len(rules)


# A value, and whether the law lets a place set it: the line itself, one step laxer, one step stricter.
LINES = [
    ("notice_villagers", 9, False),
    ("notice_villagers", 10, True),
    ("notice_villagers", 11, True),
    ("notice_residents", 1, True),
    ("quorum_villagers_persons", ">=1/2", False),
    ("quorum_villagers_persons", ">1/2", True),
    ("quorum_villagers_persons", ">=2/3", True),
    ("quorum_villager_reps_members", ">1/2", False),
    ("quorum_residents_persons", ">=1/3", True),
    ("majority_party", ">=1/2", False),
    ("request_share", ">=1/4", True),
    ("request_share", ">=1/2", False),
    ("request_days", 7, True),
    ("request_days", 8, False),
]


@pytest.mark.parametrize(("name", "value", "lawful"), LINES)
def test_a_place_may_be_stricter_than_the_law_and_never_laxer(name, value, lawful):
    assert meetings.BOOK.rule(f"meetings.{name}").is_lawful(value) is lawful


# A value, and whether a place may set it: re-election begun earlier, the rest done sooner.
GUIDANCE = [
    ("reelection_months", 2, False),
    ("reelection_months", 6, True),
    ("handover_days", 11, False),
    ("handover_days", 7, True),
    ("filing_days", 31, False),
    ("term_years_most", 3, True),
    ("term_years_most", 6, False),
    ("give_workdays", 20, True),
]


@pytest.mark.parametrize(("name", "value", "lawful"), GUIDANCE)
def test_what_a_committee_under_guidance_owes_may_be_asked_sooner_and_never_later(name, value, lawful):
    assert rule_books["guidance"].rule(name).is_lawful(value) is lawful


TOWN, VILLAGE = frozenset({PlaceKind.COMMUNITY}), frozenset({PlaceKind.VILLAGE})


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [(TOWN, (True, False)), (VILLAGE, (False, True)), (TOWN | VILLAGE, (True, True)), (frozenset(), (False, False))],
)
def test_a_book_shows_what_is_for_villagers_in_villages_and_what_is_for_residents_in_towns(kinds, shown):
    book = meetings.BOOK.at(kinds)
    keys = ("meetings.notice_residents", "meetings.quorum_villager_group_households")
    assert tuple(book.rule(key) is not None for key in keys) == shown
    assert book.rule("meetings.notice_joint") is not None


def test_a_rule_for_villagers_is_refused_in_a_town_and_stands_in_the_book_of_the_street_above_both(liu_street, places):
    given = {"values": {"meetings.notice_villagers": 12}, "effective_from": today(), "source": "通知"}
    with pytest.raises(RuleViolation) as refused:
        services.write_rules(liu_street, places.compound.pk, book=meetings.BOOK, **given)
    assert refused.value.refusal.code == "rules_unknown"
    assert "meetings_notice_villagers" not in RulesForm(book=book_at(places.street, meetings.BOOK), now_holds={}).fields
    grow(places.street, (PlaceKind.VILLAGE, "北岗村", "", "北岗"))
    services.write_rules(liu_street, places.street.pk, book=meetings.BOOK, **given)


def test_a_change_below_the_law_is_refused_with_the_law(liu_street, places):
    given = {"values": {"meetings.notice_villagers": 9}, "effective_from": today(), "source": "通知"}
    grow(places.street, (PlaceKind.VILLAGE, "北岗村", "", "北岗"))
    with pytest.raises(RuleViolation) as refused:
        services.write_rules(liu_street, places.street.pk, book=meetings.BOOK, **given)
    assert refused.value.refusal.code == "rules_below_law"
    assert "村民委员会组织法" in refused.value.refusal.sentence


def test_a_draft_of_one_kind_does_not_hold_up_another_kind(written, liu_street, places):
    given = {"effective_from": today(), "source": "条例"}
    services.write_rules(liu_street, places.compound.pk, book=meetings.BOOK, values={"meetings.turns_most": 3}, **given)
    with pytest.raises(RuleViolation):
        services.write_rules(liu_street, places.compound.pk, book=BOOK, values={"assembly.notice_days": 21}, **given)


def test_the_draft_waits_for_the_other_officer_and_not_for_who_wrote_it(written, liu_street, second):
    assert [one.title for one in waiting_for(second)] == ["规则复核"]
    assert waiting_for(liu_street) == []


def test_the_page_walks_from_writing_to_confirming(liu_street, second, places, client):
    def act(actor):
        enter_as(client, actor)

    address = reverse("community:place_rules", args=["assembly", places.compound.pk])
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
    answer = reverse("community:answer_rules", args=["assembly", places.compound.pk, draft.pk])
    assert client.post(answer, {"answer": "confirm"}).status_code == 302
    assert held(places, today() + LATER) == 20
