"""Long work beside a request: how far it is, what came of it, and that nothing is lost without a word."""

import pytest
from django.core.cache import cache

from xieshang.lib import longwork
from xieshang.lib.refusals import Refusal, RuleViolation

NO = Refusal("no", "不行。")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(longwork, "_beside", lambda act: act())
    cache.clear()


def test_it_says_how_far_it_is_then_what_it_found_until_that_is_forgotten():
    seen = []

    def work(tell):
        tell(1, 4)
        seen.append(longwork.look("here"))
        return "found"

    longwork.begin("here", work)
    assert [(one.percent, one.is_over) for one in seen] == [(25, False)]
    assert longwork.look("here").result == "found"
    assert longwork.look("elsewhere") is None
    longwork.forget("here")
    assert longwork.look("here") is None


@pytest.mark.parametrize(("raised", "code"), [(RuleViolation(NO), "no"), (ValueError("x"), "long_work_broken")])
def test_what_went_wrong_is_said_where_the_result_would_be(raised, code):
    def work(tell):
        raise raised

    longwork.begin("here", work)
    found = longwork.look("here")
    assert (found.is_over, [refusal.code for refusal in found.refusals]) == (True, [code])
