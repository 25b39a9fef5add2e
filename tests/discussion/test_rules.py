"""Which posts wait, what may be said, by which rules a post is hidden: tables without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from xieshang.discussion import rules
from xieshang.discussion.rules import Caution, PostState, Review, Rule, in_hours, must_wait
from xieshang.lib.refusals import RuleViolation

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "first", "last", "inside"),
    [
        (22, 22, 7, True),
        (23, 22, 7, True),
        (0, 22, 7, True),
        (6, 22, 7, True),
        (7, 22, 7, False),
        (21, 22, 7, False),
        (9, 9, 17, True),
        (16, 9, 17, True),
        (17, 9, 17, False),
        (8, 9, 17, False),
        (12, 5, 5, False),
    ],
)
def test_hours_run_across_midnight_and_end_before_their_last(hour, first, last, inside):
    assert in_hours(hour, first, last) is inside


@pytest.mark.parametrize(
    ("review", "needed", "shown_before", "hour", "waits"),
    [
        (Review.NEW, 1, 0, 12, True),
        (Review.NEW, 1, 1, 12, False),
        (Review.NEW, 1, 1, 23, False),
        (Review.NEW, 3, 2, 12, True),
        (Review.NEW, 0, 0, 12, False),
        (Review.ALL, 0, 99, 12, True),
        (Review.HOURS, 1, 0, 12, True),
        (Review.HOURS, 1, 5, 12, False),
        (Review.HOURS, 1, 5, 23, True),
        (Review.HOURS, 0, 0, 6, True),
        (Review.HOURS, 0, 0, 7, False),
    ],
)
def test_who_waits(review, needed, shown_before, hour, waits):
    assert must_wait(Caution(review, needed, 22, 7), shown_before=shown_before, hour=hour) is waits


@pytest.mark.parametrize(
    ("text", "official", "photos", "codes"),
    [
        ("好", False, 4, []),
        ("", False, 0, ["say_something"]),
        ("  \n　", False, 0, ["say_something"]),
        ("\u200b\u200d\u2060\ufeff", False, 0, ["say_something"]),
        ("👍", False, 0, []),
        ("长" * 1000, False, 0, []),
        ("长" * 1001, False, 0, ["too_long"]),
        ("长" * 1001, True, 0, []),
        ("长" * 5001, True, 0, ["too_long"]),
        ("", False, 5, ["say_something", "too_many_photos"]),
    ],
)
def test_words_have_a_shape_and_every_fault_is_named(text, official, photos, codes):
    try:
        rules.require_words(text, official=official, photos=photos)
        found = []
    except RuleViolation as refused:
        found = [refusal.code for refusal in refused.refusals]
    assert found == codes


@pytest.mark.parametrize(
    ("state", "minutes_later", "code"),
    [
        (PostState.SHOWN, 0, None),
        (PostState.SHOWN, 15, None),
        (PostState.SHOWN, 16, "edit_time_over"),
        (PostState.WAITING, 600, None),
        (PostState.HIDDEN, 0, "not_editable"),
        (PostState.WITHDRAWN, 0, "not_editable"),
    ],
)
def test_the_edit_window(state, minutes_later, code):
    try:
        rules.require_editable(state, AT, AT + timedelta(minutes=minutes_later), 15)
        found = None
    except RuleViolation as refused:
        found = refused.refusal.code
    assert found == code


@pytest.mark.parametrize(("rule", "reason"), [("", "话"), ("criticism", "话"), ("abuse", ""), ("abuse", "  ")])
def test_hiding_needs_a_known_rule_and_a_sentence(rule, reason):
    with pytest.raises(RuleViolation) as refused:
        rules.require_grounds(rule, reason)
    assert refused.value.refusal.code == "choose_a_rule"


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_name_and_a_sentence_for_the_author(rule):
    assert rules.require_grounds(rule.value, "请改一改。") is rule
    assert rules.RULES[rule].label
    assert rules.RULES[rule].sentence.endswith("。")


def test_to_criticise_a_body_is_no_rule():
    assert sorted(Rule) == ["abuse", "advertisement", "illegal", "off_topic", "privacy", "rumour"]
    assert "批评" in rules.NO_RULE_AGAINST_CRITICISM


def test_settings_take_known_keys_over_the_defaults_only():
    assert rules.values_over_defaults({"edit_minutes": 30, "colour": "red"}) == {**rules.DEFAULTS, "edit_minutes": 30}
