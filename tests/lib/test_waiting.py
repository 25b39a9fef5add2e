"""Parts of a queue of the work desk: what is overdue, what is due soon."""

import datetime

import pytest

from xieshang.lib.clock import shown_today, today
from xieshang.lib.paging import SIZE
from xieshang.lib.waiting import SOON, Dated, Waiting, listed, parts_by_age, parts_listed


def due_in(days):
    """Something due in so many days; None where nothing runs."""
    due = None if days is None else today() + datetime.timedelta(days=days)
    return Waiting(str(days), "", "/", "去办", due)


def test_a_list_at_hand_is_parted_by_its_days():
    found = [due_in(days) for days in (-1, 0, SOON, SOON + 1, None)]
    parts = {part.key: [one.title for one in part.rows("").rows] for part in parts_listed(found)}
    assert parts == {"over": ["-1"], "soon": ["0", str(SOON)]}


def test_pages_of_a_list_at_hand_meet_without_a_gap():
    found = [due_in(days) for days in range(SIZE + 2)]
    first = listed(found)("")
    second = listed(found)(first.next_key)
    assert first.rows + second.rows == found
    assert (first.is_first, second.is_first, second.next_key) == (True, False, "")


def test_what_has_no_last_day_is_parted_by_how_long_it_has_waited():
    present = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)
    since = present - datetime.timedelta(days=SOON)
    parts = parts_by_age(lambda part: lambda _key: dict(part.children), "at", present)
    assert {part.key: part.rows("") for part in parts} == {"long": {"at__lt": since}, "new": {"at__gte": since}}


@pytest.mark.parametrize(
    ("kind", "begins", "ends", "told"),
    [
        # From a Monday (0): Friday is 4, Saturday 5, the Monday after 7.
        (Waiting, 4, 7, (1, True)),
        (Waiting, 4, 4, (0, False)),
        (Waiting, 4, 5, (1, False)),
        (Waiting, 5, 4, (-1, False)),
        (Dated, 4, 7, (3, False)),
        (Dated, 4, 5, (1, False)),
        (Dated, 5, 5, (0, False)),
    ],
)
def test_only_the_day_itself_is_today_and_what_is_held_is_told_in_plain_days(from_monday, kind, begins, ends, told):
    due = shown_today() + datetime.timedelta(ends)
    from_monday(begins)
    one = kind("", "", "/", "", due)
    assert (one.days_left, one.working) == told
