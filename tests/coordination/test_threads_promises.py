"""Commitments: who binds whom, by when, and what a record says of it."""

import datetime

import pytest

from tests.coordination.threads import picture, side_of
from xieshang.coordination.models import Commitment, Reading
from xieshang.coordination.queries import threads as queries
from xieshang.coordination.rules.threads import State
from xieshang.coordination.services import threads as services
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.outcomes import services as outcomes

DAY = datetime.timedelta(days=1)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def word(what="更换3号楼立管阀门2处", days=3, answerer="工程部刘师傅"):
    return services.Word(what, answerer, today() + days * DAY if days is not None else None, "更换前后照片")


@pytest.fixture
def promised(asked_thread, zhao_jingli):
    """The company has promised to change two valves in three days."""
    return services.promise(zhao_jingli, asked_thread.pk, side_id=side_of(asked_thread, "company").pk, word=word())


def test_a_commitment_is_an_item_of_its_side(promised, bodies):
    item = promised.item
    assert (item.what, item.body, item.due) == ("更换3号楼立管阀门2处", bodies.property, today() + 3 * DAY)
    assert (promised.answerer, promised.origin, promised.first_due) == ("工程部刘师傅", "position", item.due)


def test_without_a_day_or_an_owner_nothing_is_promised(asked_thread, zhao_jingli):
    side = side_of(asked_thread, "company")
    with pytest.raises(RuleViolation) as refused:
        services.promise(zhao_jingli, asked_thread.pk, side_id=side.pk, word=word(days=None, answerer=""))
    assert codes(refused) == ["promise_owner_missing", "promise_due_missing"]
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("who", ["zhang_zhuren", "li_shuji", "he_zhuren", "liu_street"])
def test_nobody_binds_another_side(asked_thread, who, request):
    with pytest.raises(NotAllowed):
        services.promise(
            request.getfixturevalue(who), asked_thread.pk, side_id=side_of(asked_thread, "company").pk, word=word()
        )


def test_what_one_is_asked_for_binds_nobody_until_it_is_promised(asked_thread, he_zhuren, zhao_jingli):
    ask = services.ask_promise(
        he_zhuren, asked_thread.pk, side_id=side_of(asked_thread, "company").pk, what="公布退费办法"
    )
    assert not Commitment.objects.exists()
    with pytest.raises(NotAllowed):
        services.promise_asked(he_zhuren, ask.pk, word=word("公布退费办法"))
    commitment = services.promise_asked(zhao_jingli, ask.pk, word=word("公布退费申请办法"))
    assert commitment.origin == "asked"
    with pytest.raises(RuleViolation) as refused:
        services.decline_ask(zhao_jingli, ask.pk, reason="又不想了")
    assert codes(refused) == ["ask_answered"]


def test_a_side_may_say_why_it_does_not_promise(asked_thread, he_zhuren, zhao_jingli):
    ask = services.ask_promise(he_zhuren, asked_thread.pk, side_id=side_of(asked_thread, "company").pk, what="全额退费")
    with pytest.raises(RuleViolation) as refused:
        services.decline_ask(zhao_jingli, ask.pk, reason=" ")
    assert codes(refused) == ["decline_reason"]
    assert services.decline_ask(zhao_jingli, ask.pk, reason="要由供热企业定").declined_for == "要由供热企业定"


def test_an_invited_side_is_bound_by_its_letter_alone(asked_thread, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked_thread.pk, name="热力公司")
    with pytest.raises(NotAllowed):
        services.promise(zhang_zhuren, asked_thread.pk, side_id=supplier.pk, word=word("换热站平衡调节"))
    services.enter_letter(
        zhang_zhuren, asked_thread.pk, side_id=supplier.pk, text="三天内调平衡", letter=picture(), letter_day=today()
    )
    commitment = services.promise(zhang_zhuren, asked_thread.pk, side_id=supplier.pk, word=word("换热站平衡调节"))
    assert (commitment.origin, commitment.item.body.name) == ("letter", "热力公司")


def test_the_other_sides_accept_it_or_say_what_is_lacking(promised, he_zhuren, zhang_zhuren, zhao_jingli):
    with pytest.raises(RuleViolation) as refused:
        services.accept_promise(zhao_jingli, promised.pk)
    assert codes(refused) == ["own_promise"]
    services.accept_promise(zhang_zhuren, promised.pk)
    with pytest.raises(RuleViolation) as refused:
        services.doubt_promise(he_zhuren, promised.pk, reason="")
    assert codes(refused) == ["promise_objection_reason"]
    services.doubt_promise(he_zhuren, promised.pk, reason="还差地下室那一处")
    page = queries.commitment_page(he_zhuren, promised.pk)
    assert (page.row.accepted, page.row.doubted, page.row.waits_for) == (1, 1, 0)
    assert (page.may["judge"], page.may["doubt"]) == (True, False)
    with pytest.raises(RuleViolation, match="judged_already"):
        services.doubt_promise(he_zhuren, promised.pk, reason="还差一处")
    services.accept_promise(he_zhuren, promised.pk)
    with pytest.raises(RuleViolation, match="judged_already"):
        services.doubt_promise(he_zhuren, promised.pk, reason="又不行了")
    page = queries.commitment_page(he_zhuren, promised.pk)
    assert (page.row.accepted, page.row.doubted, page.row.waits_for) == (2, 0, 0)
    assert (page.may["judge"], len(page.acceptances)) == (False, 3)


def test_a_position_in_the_words_of_the_latest_version_is_no_new_one(asked_thread, zhao_jingli):
    side = side_of(asked_thread, "company")
    for text in ("先换阀门", "先换阀门", "先换阀门，再调平衡", "先换阀门"):
        services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text=text)
    assert asked_thread.entries.filter(kind="position").count() == 3


def test_another_day_needs_a_reason_and_the_convenor(promised, zhao_jingli, zhang_zhuren, li_shuji):
    with pytest.raises(NotAllowed):
        outcomes.move_due(zhang_zhuren, promised.item_id, due=today() + 9 * DAY, reason="等配件")
    with pytest.raises(RuleViolation) as refused:
        services.ask_move(zhao_jingli, promised.pk, due=today() + 9 * DAY, reason=" ")
    assert codes(refused) == ["move_reason"]
    move = services.ask_move(zhao_jingli, promised.pk, due=today() + 9 * DAY, reason="等配件")
    promised.item.refresh_from_db()
    assert promised.item.due == today() + 3 * DAY
    with pytest.raises(NotAllowed):
        services.grant_move(zhang_zhuren, move.pk)
    services.grant_move(li_shuji, move.pk)
    promised.item.refresh_from_db()
    assert promised.item.due == today() + 9 * DAY
    with pytest.raises(RuleViolation) as refused:
        services.refuse_move(li_shuji, move.pk, reason="太晚")
    assert codes(refused) == ["move_answered"]


def test_a_thread_goes_on_when_everything_is_verified_and_comes_back_when_not_solved(
    confirmed_thread, zhao_jingli, zhang_zhuren, li_shuji, wang_ayi, later
):
    services.promise(zhao_jingli, confirmed_thread.pk, side_id=side_of(confirmed_thread, "company").pk, word=word())
    services.start_actions(li_shuji, confirmed_thread.pk)
    commitment = Commitment.objects.get()
    with pytest.raises(RuleViolation) as refused:
        services.verify(zhang_zhuren, confirmed_thread.pk)
    assert codes(refused) == ["promises_open"]
    outcomes.report_done(zhao_jingli, commitment.item_id, text="两处都换了")
    outcomes.reopen_item(zhang_zhuren, commitment.item_id, reason="地下室那处还漏")
    outcomes.report_done(zhao_jingli, commitment.item_id, text="又换了一处")
    outcomes.verify_item(zhang_zhuren, commitment.item_id)
    thread = services.verify(zhang_zhuren, confirmed_thread.pk)
    assert thread.matter.rating_window.until == thread.rated_until
    thread = services.not_solved(zhang_zhuren, confirmed_thread.pk, reason="还有三户不热")
    assert (thread.state, thread.rated_until) == (State.ACTIONS, None)
    services.verify(zhang_zhuren, confirmed_thread.pk)
    outcomes.rate(wang_ayi, thread.matter_id, stars=2, solved=False, text="")
    later(9)
    with pytest.raises(RuleViolation) as refused:
        services.close(li_shuji, confirmed_thread.pk)
    assert codes(refused) == ["found_unsolved"]
    assert services.due(now()) == 1
    thread.refresh_from_db()
    assert (thread.state, thread.steps.last().office) == (State.ACTIONS, None)
    services.verify(zhang_zhuren, confirmed_thread.pk)
    outcomes.rate(wang_ayi, thread.matter_id, stars=5, solved=True, text="")
    later(9)
    assert services.due(now()) == 1
    thread.refresh_from_db()
    assert (thread.state, thread.matter.is_open) == (State.CLOSED, False)


def test_a_silent_thread_is_told_of_once(asked_thread, later):
    later(9)
    assert services.due(now()) == 0
    later(1)
    assert [services.due(now()), services.due(now())] == [1, 0]
    asked_thread.refresh_from_db()
    assert asked_thread.told_stale_of == asked_thread.event_at


def test_a_neighbour_measures_at_home_and_a_side_enters_a_table(asked_thread, wang_ayi, zhang_zhuren, places, promised):
    home = places.units[8]
    services.add_reading(wang_ayi, asked_thread.pk, unit_id=home.pk, measured_at=now() - DAY, value="16.5")
    with pytest.raises(RuleViolation) as refused:
        services.add_reading(
            wang_ayi, asked_thread.pk, unit_id=places.units[0].pk, measured_at=now() - DAY, value="16.5"
        )
    assert codes(refused) == ["home_missing"]
    with pytest.raises(RuleViolation) as refused:
        services.add_reading(wang_ayi, asked_thread.pk, unit_id=home.pk, measured_at=now() + DAY, value="16.5")
    assert codes(refused) == ["reading_later"]
    with pytest.raises(NotAllowed):
        services.add_reading(zhang_zhuren, asked_thread.pk, unit_id=home.pk, measured_at=now() - DAY, value="16.5")
    day = f"{today().year}-{today().month}-{today().day}"
    table = f"3号楼2单元501室 {day} 0:01 18.0\n明湖家园3号楼2单元502室 {day} 0:01 17.2"
    services.add_readings(zhang_zhuren, asked_thread.pk, table=table)
    assert sorted(Reading.objects.values_list("tenths", flat=True)) == [165, 172, 180]
    with pytest.raises(RuleViolation) as refused:
        services.add_readings(zhang_zhuren, asked_thread.pk, table=f"9号楼101室 {day} 0:01 18.0")
    assert codes(refused) == ["reading_room"]
    summary = queries.summary_of(asked_thread)
    assert (summary.homes, summary.lowest, summary.highest, summary.first_lowest) == (2, "17.2", "18.0", "16.5")


def test_a_table_is_the_progress_of_the_commitment_that_it_proves(promised, zhao_jingli):
    day = f"{today().year}-{today().month}-{today().day}"
    services.add_readings(
        zhao_jingli, promised.thread_id, table=f"3号楼2单元501室 {day} 0:01 18.0", commitment_id=promised.pk
    )
    assert promised.item.progress.get().text == "测温1户：最低18.0℃，最高18.0℃。明细见协调页的测温表。"
    assert queries.commitment_page(zhao_jingli, promised.pk).row.proof == "测温表"


def test_a_company_answers_to_its_record_and_nobody_else_does(promised, zhao_jingli, zhang_zhuren, bodies, later):
    later(5)
    with pytest.raises(NotAllowed):
        services.reply_to_record(zhang_zhuren, bodies.property.pk, text="我替他们答")
    services.reply_to_record(zhao_jingli, bodies.property.pk, text="配件周三到货", commitment_id=promised.pk)
    record = queries.company_record(zhang_zhuren, bodies.property.pk, None, "")
    counts = record.counts
    assert (counts.promised, counts.kept, counts.late, counts.broken, counts.running) == (1, 0, 0, 1, 0)
    assert [reply.text for reply in record.replies] == ["配件周三到货"]


def test_the_board_shows_what_is_overdue_only_of_what_was_promised(promised, he_zhuren, wang_ayi, liu_street, later):
    services.ask_promise(he_zhuren, promised.thread_id, side_id=promised.side_id, what="全额退费", due=today() + DAY)
    later(5)
    community = promised.community_id
    for reader in (wang_ayi, liu_street):
        page = queries.board_page(reader, community, None, "over", "")
        assert [row.what for row in page.rows] == ["更换3号楼立管阀门2处"]
        assert queries.overdue_words(reader, community, None) == "逾期1项。"
