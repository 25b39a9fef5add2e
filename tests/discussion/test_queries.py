"""What readers see, in how many queries, at one post and at thirty."""

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from xieshang.discussion import queries, services
from xieshang.discussion.models import Post
from xieshang.discussion.queries import case_at, position_summary, post_page, terms, thread_page
from xieshang.lib.actor import NOBODY, SYSTEM, Actor

MOST = 8


@pytest.fixture
def crowd(places, make_person, move_in):
    """Make so many neighbours, each in a home of the stairwell."""

    def gather(number):
        people = [make_person(f"邻居{n}") for n in range(number)]
        for n, person in enumerate(people):
            move_in(person, places.units[n % 14])
        return [Actor(person) for person in people]

    return gather


def texts(page):
    return [str(post.html) for post in page.posts]


# Who sees what --------------------------------------------------------------------------------------------------


def test_the_public_sees_figures_and_one_line_why(thread, matter, zhou_dashu, wang_ayi, wairen, tell):
    tell(zhou_dashu)
    tell(wang_ayi, "费用怎么分摊？", "ask")
    for reader, way in ((NOBODY, "login"), (wairen, "verify")):
        page = thread_page(reader, matter)
        assert (page.counts.posts, page.counts.people) == (2, 2)
        assert (page.may_read, page.noindex, page.posts, page.positions) == (False, False, [], [])
        assert (page.closed.sentence, page.closed.way) == ("本小区、本社区认证居民可以看和说。", way)
    page = thread_page(wang_ayi, matter)
    assert (page.may_read, page.noindex, len(page.posts)) == (True, True, 2)


def test_neighbours_are_named_by_nickname_and_building(thread, matter, wang_ayi, zhou_dashu, zhang_zhuren, tell):
    tell(zhou_dashu)
    for reader in (wang_ayi, zhang_zhuren):
        (post,) = thread_page(reader, matter).posts
        assert (post.name, post.where) == ("周大叔", "3号楼")


def test_a_body_is_named_and_labelled_and_its_people_are_marked(
    thread, matter, wang_ayi, zhao_jingli, zhang_zhuren, tell, move_in, places
):
    tell(zhao_jingli, "物业：3日内换好，电话13912345678。", "")
    tell(zhang_zhuren, "居委会：已联系。", "")
    move_in(zhao_jingli.person, places.units[0])
    tell(Actor(zhao_jingli.person), "我自己也住这里，13912345678。", "for")
    own, committee, company = thread_page(wang_ayi, matter).posts
    assert (company.body, company.label, company.office) == ("安居物业服务有限公司", "物业企业", "安居物业项目经理")
    assert (committee.label, committee.name) == ("单位答复", "和顺社区居民委员会")
    assert (own.role, own.body) == ("物业企业工作人员", "")
    assert "13912345678" in company.html
    assert "139****5678" in own.html


def test_hidden_and_withdrawn_posts_leave_a_line_without_words(
    open_talk, matter, wang_ayi, zhou_dashu, chen_yezhu, zhang_zhuren, tell
):
    open_talk(first_posts_wait=0)
    services.hide(zhang_zhuren, tell(zhou_dashu, "骂人的话").pk, rule="abuse", reason="请改。")
    services.withdraw(chen_yezhu, tell(chen_yezhu, "后悔的话").pk)
    taken_back, hidden = thread_page(wang_ayi, matter).posts
    assert (hidden.hidden_reason, hidden.html) == ("人身攻击", "")
    assert (taken_back.hidden_reason, taken_back.html) == ("本人已撤回", "")
    assert thread_page(wang_ayi, matter).counts.posts == 0
    assert post_page(zhou_dashu, hidden.id).own_words == "<p>骂人的话</p>"
    with pytest.raises(Http404):
        post_page(wang_ayi, hidden.id)


def test_what_never_was_shown_leaves_no_line(open_talk, matter, wang_ayi, zhou_dashu, zhang_zhuren, tell):
    open_talk(first_posts_wait=1)
    post = tell(zhou_dashu, "加微信领优惠")
    assert [shown.id for shown in thread_page(zhou_dashu, matter).posts] == [post.pk]
    assert thread_page(zhou_dashu, matter).posts[0].waiting
    assert thread_page(wang_ayi, matter).posts == []
    services.hide(zhang_zhuren, post.pk, rule="advertisement", reason="请不要发广告。")
    assert thread_page(wang_ayi, matter).posts == []


def test_before_the_discussion_there_is_one_line(matter, wang_ayi):
    page = thread_page(wang_ayi, matter)
    assert (page.thread, page.closed.sentence) == (None, "预告期满以后，在这里讨论。")


@pytest.mark.parametrize(
    ("values", "said_before", "words"),
    [
        ({"first_posts_wait": 1}, False, "您刚开始在这里发言"),
        ({"first_posts_wait": 0}, False, ""),
        ({"review": "all"}, False, "这里的意见由社区工作人员看过以后再显示。"),
        ({"review": "hours", "first_posts_wait": 0}, False, "22点到次日7点发的意见"),
    ],
)
def test_that_posts_wait_is_said_before_writing(open_talk, matter, wang_ayi, values, said_before, words):
    open_talk(**values)
    page = thread_page(wang_ayi, matter)
    assert page.waits.startswith(words)
    assert bool(page.waits) == bool(words)


def test_who_may_not_speak_is_told_why(open_talk, matter, wang_ayi, places, make_person, move_in):
    open_talk(speakers="scope")
    far = make_person("老孙")
    move_in(far, places.units[-1])
    page = thread_page(Actor(far), matter)
    assert (page.may_read, page.may_speak) == (True, False)
    assert page.closed.sentence == "这件事只请相关楼栋的住户发表意见。"
    services.close_writing(matter)
    assert thread_page(wang_ayi, matter).closed.sentence == "现在不在讨论期。"


# Order and pages ------------------------------------------------------------------------------------------------


def test_newest_first_over_pages(thread, matter, wang_ayi, tell):
    said = [tell(wang_ayi, f"第{n}条").pk for n in range(45)]
    seen, key = [], ""
    while True:
        page = thread_page(wang_ayi, matter, key=key)
        seen += [post.id for post in page.posts]
        if not (key := page.page.next_key):
            break
    assert seen == said[::-1]


def test_most_thanked_first_over_pages(thread, matter, wang_ayi, crowd, tell):
    neighbours = crowd(4)
    said = [tell(wang_ayi, f"第{n}条").pk for n in range(25)]
    for rank, number in enumerate((3, 17, 9)):
        for neighbour in neighbours[rank:]:
            services.thank(neighbour, said[number])
    first = thread_page(wang_ayi, matter, sort="thanks")
    rest = thread_page(wang_ayi, matter, sort="thanks", key=first.page.next_key)
    order = [post.id for post in (*first.posts, *rest.posts)]
    assert order[:3] == [said[3], said[17], said[9]]
    assert sorted(order) == said
    assert [post.thanked_by for post in first.posts[:4]] == [4, 3, 2, 0]


def test_one_position_at_a_time(thread, matter, wang_ayi, tell):
    tell(wang_ayi, "赞成一句", "for")
    tell(wang_ayi, "反对一句", "against")
    assert texts(thread_page(wang_ayi, matter, position="against")) == ["<p>反对一句</p>"]
    page = thread_page(wang_ayi, matter)
    assert [(tab["label"], tab["count"]) for tab in page.tabs] == [
        ("全部", None),
        ("赞成", 1),
        ("反对", 1),
        ("建议", 0),
        ("提问", 0),
    ]


def test_the_best_of_each_position(thread, matter, wang_ayi, zhou_dashu, chen_yezhu, tell):
    tell(wang_ayi, "先说的", "for")
    best = tell(zhou_dashu, "谢得多的，电话13912345678", "for")
    services.thank(chen_yezhu, best.pk)
    tell(wang_ayi, "住得近的答复", "", reply_to=best.pk)
    summary = position_summary(matter)
    assert [(column.label, column.count) for column in summary] == [
        ("赞成的理由", 2),
        ("反对的理由", 0),
        ("建议", 0),
        ("提问", 0),
    ]
    found = summary[0].best
    assert (found.text, found.name, found.where, found.thanks) == ("谢得多的，电话139****5678", "周大叔", "3号楼", 1)


def test_the_last_answers_are_shown_and_the_rest_is_one_link(thread, matter, wang_ayi, zhou_dashu, tell):
    post = tell(wang_ayi)
    answers = [tell(zhou_dashu, f"回复{n}", "", reply_to=post.pk).pk for n in range(8)]
    (shown,) = thread_page(wang_ayi, matter).posts
    assert [reply.id for reply in shown.replies] == answers[-5:]
    assert shown.more_answers == 3
    assert [reply.id for reply in post_page(wang_ayi, post.pk).post.replies] == answers


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, {"sort": "newest", "position": "", "key": ""}),
        ({"sort": "thanks", "position": "ask", "after": "3:9"}, {"sort": "thanks", "position": "ask", "key": "3:9"}),
        ({"sort": "'; --", "position": "x", "after": "9" * 40}, {"sort": "newest", "position": "", "key": ""}),
        ({"after": "9" * 24}, {"sort": "newest", "position": "", "key": ""}),
    ],
)
def test_unknown_terms_are_left_out(asked, wanted):
    assert terms(asked) == wanted


def test_keys_made_up_by_hand_do_no_harm(thread, matter, wang_ayi, tell):
    tell(wang_ayi)
    for key in ("-1", "x", "1:2:3", "٣", "²", "0"):
        for sort in ("newest", "thanks"):
            assert thread_page(wang_ayi, matter, **terms({"sort": sort, "after": key})).may_read


# Counting queries -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_a_thread_takes_the_same_queries_however_long(number, thread, matter, crowd, zhang_zhuren, tell):
    for neighbour in crowd(number):
        post = tell(neighbour, position="suggest")
        tell(zhang_zhuren, "谢谢，记下了。", "", reply_to=post.pk)
        services.thank(zhang_zhuren, post.pk)
    matter.place.community  # noqa: B018  the pages load it with the matter
    for reader in (zhang_zhuren, SYSTEM):
        for sort in ("newest", "thanks"):
            with CaptureQueriesContext(
                connection,
            ) as done:
                page = thread_page(reader, matter, sort=sort)
                [str(post.url) for post in page.posts]
            assert len(done) <= MOST
    with CaptureQueriesContext(connection) as done:
        thread_page(NOBODY, matter)
    assert len(done) <= 2


@pytest.mark.parametrize("number", [1, 30])
def test_one_post_takes_the_same_queries_however_many_answers(number, thread, crowd, wang_ayi, tell):
    post = tell(wang_ayi)
    for neighbour in crowd(number):
        tell(neighbour, position="", reply_to=post.pk)
    with CaptureQueriesContext(connection) as done:
        post_page(wang_ayi, post.pk)
    assert len(done) <= 13


def test_many_matters_are_counted_at_once(thread, matter, wang_ayi, tell, django_assert_num_queries):
    tell(wang_ayi)
    tell(wang_ayi, "再说一句")
    with django_assert_num_queries(1):
        found = queries.counts_for([matter.pk, 10**6])
    assert found == {matter.pk: queries.Counts(posts=2, people=1)}


# Desk -----------------------------------------------------------------------------------------------------------


def test_the_desk_gives_one_post_at_a_time_oldest_first(
    open_talk, matter, wang_ayi, zhou_dashu, chen_yezhu, zhang_zhuren, tell
):
    open_talk(first_posts_wait=1)
    waiting = tell(zhou_dashu, "第一次说话")
    shown = tell(wang_ayi, "王阿姨的话")
    services.approve(zhang_zhuren, shown.pk)
    services.report(chen_yezhu, shown.pk, rule="privacy", reason="写了门牌")
    first = case_at(zhang_zhuren)
    assert (first.post.id, first.kind, first.left, first.real_name) == (waiting.pk, "waiting", 2, "周德顺")
    second = case_at(zhang_zhuren, after=str(first.post.id))
    assert (second.post.id, second.kind) == (shown.pk, "reported")
    assert [(one.rule, one.reason) for one in second.reports] == [("泄露他人隐私", "写了门牌")]
    assert case_at(zhang_zhuren, after=str(second.post.id)).post.id == waiting.pk
    assert case_at(zhang_zhuren, at=str(shown.pk)).post.id == shown.pk


def test_an_appeal_comes_to_another_desk(thread, zhou_dashu, zhang_zhuren, li_shuji, liu_street, tell):
    post = tell(zhou_dashu)
    services.hide(zhang_zhuren, post.pk, rule="abuse", reason="请改。")
    services.appeal(zhou_dashu, post.pk, grounds="不对")
    assert case_at(zhang_zhuren) is None
    for actor in (li_shuji, liu_street):
        case = case_at(actor)
        assert (case.kind, case.appeal.grounds, case.decisions[0].rule) == ("appeal", "不对", "人身攻击")


def test_nothing_of_ones_own_comes_to_the_desk(open_talk, zhang_zhuren, sun_weiyuan, li_shuji, move_in, places, tell):
    open_talk(first_posts_wait=1)
    move_in(zhang_zhuren.person, places.units[0])
    own = tell(Actor(zhang_zhuren.person))
    assert case_at(zhang_zhuren) is None
    assert case_at(sun_weiyuan).post.id == case_at(li_shuji).post.id == own.pk


def test_neighbours_companies_and_other_places_have_no_desk(open_talk, zhou_dashu, zhao_jingli, other_zhuren, tell):
    open_talk(review="all")
    tell(zhou_dashu)
    for actor in (zhou_dashu, zhao_jingli, other_zhuren):
        assert case_at(actor) is None
        assert queries.waiting_for(actor) == []
    assert queries.queues(zhou_dashu) == queries.queues(zhao_jingli) == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_desk_and_its_queue_in_few_queries(number, open_talk, crowd, zhang_zhuren, tell):
    open_talk(review="all")
    for neighbour in crowd(number):
        tell(neighbour)
    with CaptureQueriesContext(connection) as done:
        (waiting,) = queries.waiting_for(zhang_zhuren)
    assert (len(done), waiting.title) == (1, f"{number}条意见等着审核")
    with CaptureQueriesContext(connection) as done:
        (queue,) = queries.queues(zhang_zhuren)
        page = queue.rows("")
        assert len(page.rows) == min(number, 20)
    assert (len(done), queue.count) == (2, number)
    with CaptureQueriesContext(connection) as done:
        assert case_at(zhang_zhuren).left == number
    assert len(done) <= 13


def test_rulings_are_counted_by_month_and_rule(thread, places, zhou_dashu, zhang_zhuren, li_shuji, tell):
    for text, rule in (("一", "abuse"), ("二", "abuse"), ("三", "privacy")):
        services.hide(zhang_zhuren, tell(zhou_dashu, text).pk, rule=rule, reason="请改。")
    appeal = services.appeal(zhou_dashu, Post.objects.last().pk, grounds="不对")
    services.decide_appeal(li_shuji, appeal.pk, verdict=queries.desk.RulingKind.RESTORE, reason="恢复。")
    _community, (month,) = queries.rulings_by_month(places.community.pk)
    assert (month.hidden, month.by_rule["abuse"], month.by_rule["privacy"], month.restored) == (3, 2, 1, 1)
    assert queries.rulings_by_month(places.other_community.pk)[1] == []
