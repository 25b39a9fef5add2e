"""Days as forms take them."""

import datetime
import re

import pytest
from django import forms

from tests.house.sources import PRODUCT, files, text
from xieshang.lib.fields import Day


@pytest.mark.parametrize("typed", ["0001-01-01", "0206-11-27", "9999-12-31", "20261-1-1", "2026-02-30"])
def test_a_slip_in_the_year_is_said(typed):
    with pytest.raises(forms.ValidationError):
        Day().clean(typed)


@pytest.mark.parametrize("typed", ["1931-06-01", "2026-02-28", "2099-12-31"])
def test_a_day_that_people_mean_is_taken(typed):
    assert Day().clean(typed) == datetime.date.fromisoformat(typed)


def test_every_day_that_a_form_takes_is_such_a_day():
    """Another field would take the year 9999, from which no day can be counted on."""
    shapes = [path for top in PRODUCT for path in files(top, "*.py")]
    others = [path.name for path in shapes if re.search(r"forms\.DateField\(", text(path))]
    # The class itself.
    assert [name for name in others if name != "fields.py"] == []
