"""What pages read: counts of queries at one row and at thirty, facts, what waits, what is shown of ratings."""

import datetime

import pytest

from xieshang.accounts.models import Person
from xieshang.lib.actor import NOBODY
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.outcomes import queries, services
from xieshang.outcomes.models import Notice, Rating
from xieshang.outcomes.rules import NoticeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def objected(publish, neighbours):
    """A 公示 with so many objections."""

    def build(count):
        notice = publish()
        for actor in neighbours(count):
            services.object_to(actor, notice.pk, grounds="通道太窄，电话13911112222")
        return notice

    return build


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_notice_costs_the_same_for_many_objections(objected, rows, django_assert_max_num_queries):
    notice = objected(rows)
    with django_assert_max_num_queries(6):
        page = queries.notice_page(NOBODY, notice.pk)
    assert (len(page.objections), page.open_objections) == (rows, rows)


def test_an_objection_names_nickname_and_building_only(objected):
    (row,) = queries.notice_page(NOBODY, objected(1).pk).objections
    assert (row["name"], row["where"], row["real_name"]) == ("邻居0", "3号楼", "")
    assert row["text"] == "通道太窄，电话139****2222"


def test_real_names_of_objectors_are_for_the_officers_of_the_place_only(
    objected, wang_ayi, zhao_jingli, he_zhuren, other_zhuren, zhang_zhuren
):
    notice = objected(1)
    Person.objects.filter(nickname="邻居0").update(real_name="邻真名")

    def name(actor):
        return queries.notice_page(actor, notice.pk).objections[0]["real_name"]

    assert name(zhang_zhuren) == "邻真名"
    assert [name(actor) for actor in (NOBODY, wang_ayi, zhao_jingli, he_zhuren, other_zhuren)] == [""] * 5


def test_objections_answered_together_show_the_answer_once(objected, zhang_zhuren):
    notice = objected(3)
    ids = list(notice.objections.order_by("pk").values_list("pk", flat=True))
    services.answer_objections(zhang_zhuren, [ids[0], ids[2]], answer="量过，够宽", sustained=False)
    rows = queries.notice_page(NOBODY, notice.pk).objections
    shown = [(row["id"], row["answer"] and row["answer"]["text"], row["together"]) for row in rows]
    assert shown == [(ids[0], None, 1), (ids[2], "量过，够宽", 2), (ids[1], None, 1)]


@pytest.mark.parametrize("rows", [1, 30])
def test_promises_of_a_matter_cost_two_queries(item, matter, zhao_jingli, rows, picture, django_assert_max_num_queries):
    for number in range(rows):
        services.report_progress(zhao_jingli, item(what=f"第{number}件").pk, text="在办", photos=[picture()])
    with django_assert_max_num_queries(2):
        found = queries.items_of(NOBODY, matter)
    assert [row["note"] for row in found] == ["在办"] * rows
    assert {len(row["photos"]) for row in found} == {1}


def test_an_overdue_promise_says_so(item, matter, on_day):
    item()
    on_day(2026, 11, 23)
    (row,) = queries.items_of(NOBODY, matter)
    assert (row["days"], row["tone"], row["is_overdue"]) == (-3, "over", True)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_of_notices_costs_one_query_and_pages_by_key(
    places, zhang_zhuren, publish, rows, django_assert_max_num_queries
):
    for number in range(rows):
        made = make(zhang_zhuren, kind="topic", prefix="议", title=f"第{number}件", place=places.compound)
        settle(made, standing="公示", audience=Audience.PUBLIC, is_open=True)
        publish(matter=made)
    with django_assert_max_num_queries(1):
        page = queries.published_in(places.community.pk)
        assert next(notice.matter.title for notice in page.rows) == f"第{rows - 1}件"
    rest = queries.published_in(places.community.pk, key=page.next_key).rows if page.next_key else []
    assert (len(page.rows), len(rest)) == (min(rows, 20), max(rows - 20, 0))


def test_the_list_goes_by_publication_and_not_by_when_a_draft_was_begun(places, zhang_zhuren, publish):
    notices = []
    for number in range(25):
        made = make(zhang_zhuren, kind="topic", prefix="议", title=f"第{number}件", place=places.compound)
        settle(made, standing="公示", audience=Audience.PUBLIC, is_open=True)
        notices.append(publish(matter=made))
    first = notices[0]
    Notice.objects.filter(pk=first.pk).update(published_at=notices[-1].published_at + datetime.timedelta(hours=1))
    page = queries.published_in(places.community.pk)
    rest = queries.published_in(places.community.pk, key=page.next_key)
    assert page.rows[0] == first
    assert {notice.pk for notice in [*page.rows, *rest.rows]} == {notice.pk for notice in notices}
    assert len(page.rows) + len(rest.rows) == 25


def test_a_list_holds_neither_drafts_nor_what_is_not_public(places, publish, draft, zhang_zhuren):
    hidden = make(zhang_zhuren, kind="topic", prefix="议", title="只给本小区", place=places.compound)
    settle(hidden, standing="公示", audience=Audience.PLACE, is_open=True)
    shown, _unseen = publish(), publish(matter=hidden)
    draft(kind=NoticeKind.GONGGAO)
    assert Notice.objects.count() == 3
    assert queries.published_in(places.community.pk).rows == [shown]


def rated(matter, neighbours, stars):
    """Let neighbours rate a matter, one for each number of stars."""
    services.open_rating(matter, datetime.date(2099, 1, 1))
    for actor, count in zip(neighbours(len(stars)), stars, strict=True):
        services.rate(actor, matter.pk, stars=count, solved=count > 2, text=f"给{count}分")


def test_below_five_raters_nothing_is_shown(matter, neighbours):
    rated(matter, neighbours, [1, 5, 5, 4])
    view = queries.rating_of(NOBODY, matter)
    assert (view.n, view.satisfied, view.very_satisfied, view.stars, view.solved, view.words) == (
        4,
        "",
        "",
        (),
        None,
        (),
    )


def test_from_five_on_both_rates_are_shown(matter, neighbours):
    rated(matter, neighbours, [1] * 5 + [5] * 6)
    view = queries.rating_of(NOBODY, matter)
    assert (view.average, view.satisfied, view.very_satisfied) == ("3.2", "54.54%", "54.54%")


def test_no_share_is_shown_from_which_a_small_cell_could_be_reckoned(matter, neighbours):
    rated(matter, neighbours, [1, 3, 5, 5, 5, 5, 5])
    view = queries.rating_of(NOBODY, matter)
    assert (view.average, view.satisfied, view.very_satisfied, view.stars, view.solved) == ("4.1", "", "", (), None)


def test_whole_cells_are_shown(matter, neighbours):
    rated(matter, neighbours, [1] * 5 + [5] * 6)
    view = queries.rating_of(NOBODY, matter)
    assert view.stars == ((5, 6), (4, 0), (3, 0), (2, 0), (1, 5))
    assert (view.solved, view.unsolved) == (6, 5)


def test_nothing_shown_says_who_rated(matter, neighbours, zhang_zhuren):
    rated(matter, neighbours, [4] * 6)
    view = queries.rating_of(zhang_zhuren, matter)
    assert Rating.objects.count() == 6
    assert (view.mine, set(view.words)) == (None, {"给4分"})


@pytest.mark.parametrize("rows", [1, 30])
def test_what_was_done_costs_three_queries(
    places, item, zhang_zhuren, zhao_jingli, picture, rows, bodies, django_assert_max_num_queries
):
    item()
    for number in range(rows):
        made = make(zhang_zhuren, kind="topic", prefix="议", title=f"第{number}件", place=places.compound)
        settle(made, standing="办好", audience=Audience.PUBLIC, is_open=False)
        due = datetime.date(2026, 11, 9)
        one = services.set_item(zhang_zhuren, made, what="x", body_id=bodies.property.pk, due=due)
        services.report_progress(zhao_jingli, one.pk, text="开工前", photos=[picture()])
        services.report_done(zhao_jingli, one.pk, text="好", photos=[picture()])
        services.verify_item(zhang_zhuren, one.pk)
    with django_assert_max_num_queries(3):
        done = queries.recently_done(places.community.pk)
    assert len(done) == min(rows, 6)
    assert (done[0].title, bool(done[0].before), bool(done[0].after)) == (f"第{rows - 1}件", True, True)
    assert done[0].before["url"] != done[0].after["url"]


@pytest.mark.parametrize("rows", [1, 30])
def test_queues_cost_three_queries(objected, item, zhang_zhuren, zhao_jingli, rows, django_assert_max_num_queries):
    objected(rows)
    for number in range(rows):
        services.report_done(zhao_jingli, item(what=f"第{number}件").pk, text="好")
    with django_assert_max_num_queries(3):
        found = queries.queues(zhang_zhuren)
    assert [(queue.key, queue.count) for queue in found] == [
        ("items", 0),
        ("verify", rows),
        ("objections", rows),
        ("boards", 0),
    ]
    page = found[1].rows("")
    rest = found[1].rows(page.next_key).rows if page.next_key else []
    assert len(page.rows) + len(rest) == rows
    assert page.rows[0].action == "去核实"


def test_a_made_up_key_is_the_first_page(item, zhao_jingli):
    item()
    (queue,) = queries.queues(zhao_jingli)
    assert [len(queue.rows(key).rows) for key in ("", "x", "2026-99-99:1", "2026-01-01:x")] == [1, 1, 1, 1]


def test_each_hears_what_is_theirs_to_do(
    publish, item, matter, wang_ayi, zhou_dashu, zhang_zhuren, zhao_jingli, liu_street, django_assert_max_num_queries
):
    notice = publish()
    item()
    mine = services.object_to(wang_ayi, notice.pk, grounds="一")
    services.open_rating(matter, datetime.date(2099, 1, 1))
    with django_assert_max_num_queries(4):
        assert [waiting.action for waiting in queries.waiting_for(zhang_zhuren)] == ["去答复"]
    assert [waiting.action for waiting in queries.waiting_for(zhao_jingli)] == ["报进展"]
    # She follows the matter because she objected; her neighbour does not.
    assert [waiting.action for waiting in queries.waiting_for(wang_ayi)] == ["去评价"]
    assert [queries.waiting_for(actor) for actor in (zhou_dashu, liu_street, NOBODY)] == [[], [], []]
    services.answer_objections(zhang_zhuren, [mine.pk], answer="答", sustained=False)
    services.appeal_objection(wang_ayi, mine.pk, text="再看")
    assert [waiting.action for waiting in queries.waiting_for(liu_street)] == ["去答复"]
