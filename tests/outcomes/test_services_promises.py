"""Promises: set, reported, looked at, moved, overdue; and ratings."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from xieshang.audit.models import Entry
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import NotAllowed
from xieshang.notify.models import Message
from xieshang.outcomes import hooks, services
from xieshang.outcomes.models import DueMove, Progress, Rating, RatingVersion
from xieshang.outcomes.rules import NoticeKind

from .test_services_notices import refused

pytestmark = pytest.mark.django_db


def test_a_promise_names_body_and_day(item, bodies, zhang_zhuren, matter):
    made = item(proof="照片")
    assert (made.what, made.body, made.due, made.state) == (
        "拆除西侧废弃花坛",
        bodies.property,
        datetime.date(2026, 11, 20),
        "open",
    )
    words = {"what": "x", "body_id": bodies.property.pk}
    assert refused(services.set_item, zhang_zhuren, matter, **words, due=datetime.date(2026, 11, 1)) == [
        "due_in_the_past"
    ]
    words["body_id"] = bodies.other_committee.pk
    assert refused(services.set_item, zhang_zhuren, matter, **words, due=datetime.date(2026, 11, 9)) == [
        "body_of_another_place"
    ]


def test_a_promise_may_be_taken_back_only_before_it_is_public(item, zhang_zhuren, publish, matter):
    services.drop_item(zhang_zhuren, item().pk)
    assert matter.action_items.count() == 0
    kept = item()
    publish(kind=NoticeKind.GONGGAO, days=0)
    assert refused(services.drop_item, zhang_zhuren, kept.pk) == ["item_is_promised"]


def test_done_is_reported_with_proof_and_found_by_another(item, zhao_jingli, zhang_zhuren, picture, monkeypatch):
    finished = []
    monkeypatch.setattr(hooks, "on_all_done", [lambda actor, matter: finished.append(matter.pk)])
    one, two = item(), item(what="划线")
    services.report_progress(zhao_jingli, one.pk, text="已围挡", photos=[picture()])
    assert refused(services.report_done, zhao_jingli, one.pk, text=" ") == ["proof_missing"]
    services.report_done(zhao_jingli, one.pk, text="", photos=[picture()])
    assert refused(services.report_progress, zhao_jingli, one.pk, text="又") == ["item_not_open"]
    services.verify_item(zhang_zhuren, one.pk)
    assert finished == []
    services.report_done(zhao_jingli, two.pk, text="划好了")
    services.verify_item(zhang_zhuren, two.pk)
    assert finished == [one.matter_id]
    kinds = list(Progress.objects.filter(item=one).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["note", "done", "verified"]


def test_whoever_reported_does_not_verify(item, bodies, zhang_zhuren, sun_weiyuan):
    own = item(body_id=bodies.committee.pk)
    services.report_done(zhang_zhuren, own.pk, text="我办的")
    assert refused(services.verify_item, zhang_zhuren, own.pk) == ["same_person"]
    assert services.verify_item(sun_weiyuan, own.pk).state == "verified"


def test_what_is_not_done_goes_back_with_a_reason(item, zhao_jingli, zhang_zhuren):
    made = item()
    assert refused(services.verify_item, zhang_zhuren, made.pk) == ["item_not_done"]
    services.report_done(zhao_jingli, made.pk, text="好了")
    assert refused(services.reopen_item, zhang_zhuren, made.pk, reason=" ") == ["reason_missing"]
    services.reopen_item(zhang_zhuren, made.pk, reason="渣土没清")
    made.refresh_from_db()
    assert (made.state, made.done_at, made.done_by) == ("open", None, None)
    assert Message.objects.filter(person_id=zhao_jingli.person_id, body="退回再办：渣土没清").exists()


def test_other_bodies_do_not_report(item, he_zhuren, zhang_zhuren, wang_ayi):
    made = item()
    made.body.offices.all().delete()
    for actor in (he_zhuren, wang_ayi):
        with pytest.raises(NotAllowed):
            services.report_progress(actor, made.pk, text="x")
    assert services.report_progress(zhang_zhuren, made.pk, text="代记：供热公司来电").by_id == zhang_zhuren.person_id


def test_a_moved_day_keeps_the_old_one_and_followers_hear(item, sun_weiyuan, zhao_jingli, zhang_zhuren):
    made = item()
    new = datetime.date(2026, 11, 27)
    with pytest.raises(NotAllowed):
        services.move_due(zhao_jingli, made.pk, due=new, reason="下雨")
    assert refused(services.move_due, sun_weiyuan, made.pk, due=made.due, reason="x") == ["due_unchanged"]
    assert refused(services.move_due, sun_weiyuan, made.pk, due=new, reason=" ") == ["reason_missing"]
    services.move_due(sun_weiyuan, made.pk, due=new, reason="连续下雨")
    assert DueMove.objects.values_list("old", "new", "reason").get() == (made.due, new, "连续下雨")
    told = Message.objects.get(person_id=zhang_zhuren.person_id)
    assert told.body == "“拆除西侧废弃花坛”改到11月27日前办好，原因：连续下雨"


def test_an_overdue_promise_is_told_once_and_again_after_it_was_moved(item, zhao_jingli, sun_weiyuan, on_day):
    made = item()
    on_day(2026, 11, 20)
    assert services.due(now()) == 0
    on_day(2026, 11, 21)
    assert (services.due(now()), services.due(now())) == (1, 0)
    assert Message.objects.get(person_id=zhao_jingli.person_id).body == "已过期限：拆除西侧废弃花坛"
    services.move_due(sun_weiyuan, made.pk, due=datetime.date(2026, 11, 25), reason="等料")
    on_day(2026, 11, 26)
    assert (services.due(now()), services.due(now())) == (1, 0)
    assert Entry.objects.filter(verb="outcomes.item_overdue").count() == 2


@pytest.fixture
def window(matter, on_day):
    """Rating is asked for until 15 December 2026."""
    on_day(2026, 12, 1)
    return services.open_rating(matter, datetime.date(2026, 12, 15))


def test_a_rating_is_one_each_and_every_version_is_kept(window, wang_ayi, matter, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "on_rated", [lambda matter: told.append(matter.pk)])
    services.rate(wang_ayi, matter.pk, stars=2, solved=False, text="还是堵")
    services.rate(wang_ayi, matter.pk, stars=4, solved=True)
    assert list(Rating.objects.values_list("stars", "solved", "text")) == [(4, True, "")]
    assert list(RatingVersion.objects.order_by("pk").values_list("stars", "solved")) == [(2, False), (4, True)]
    assert told == [matter.pk, matter.pk]


def test_the_record_does_not_say_how_somebody_rated(window, wang_ayi, matter):
    services.rate(wang_ayi, matter.pk, stars=1, solved=False, text="很差")
    entry = Entry.objects.get(verb="outcomes.rate")
    assert (entry.detail, entry.reason, entry.before, entry.after) == ({}, "", "", "")


def test_ratings_are_taken_from_neighbours_until_the_last_day(
    window, wang_ayi, zhou_dashu, wairen, zhang_zhuren, on_day
):
    matter = window.matter
    for actor in (wairen, zhang_zhuren):
        with pytest.raises(NotAllowed):
            services.rate(actor, matter.pk, stars=5, solved=True)
    assert refused(services.rate, wang_ayi, matter.pk, stars=6, solved=True) == ["stars_unknown"]
    on_day(2026, 12, 15)
    assert services.rate(wang_ayi, matter.pk, stars=5, solved=True).stars == 5
    on_day(2026, 12, 16)
    assert refused(services.rate, zhou_dashu, matter.pk, stars=5, solved=True) == ["rating_over"]


def test_before_anybody_asks_there_is_nothing_to_rate(matter, wang_ayi):
    assert refused(services.rate, wang_ayi, matter.pk, stars=5, solved=True) == ["rating_not_open"]


def test_nobody_rates_the_work_of_their_own_body(item, matter, zhao_jingli, move_in, places):
    item()
    move_in(zhao_jingli.person, places.units[0])
    services.open_rating(matter, datetime.date(2026, 12, 15))
    assert refused(services.rate, Actor(zhao_jingli.person), matter.pk, stars=5, solved=True) == ["own_work"]


def test_a_second_round_counts_anew(window, wang_ayi, matter):
    services.rate(wang_ayi, matter.pk, stars=1, solved=False)
    services.open_rating(matter, datetime.date(2026, 12, 31))
    services.rate(wang_ayi, matter.pk, stars=5, solved=True)
    assert list(Rating.objects.order_by("pk").values_list("round", "stars")) == [(1, 1), (2, 5)]


def test_the_database_takes_one_rating_each_of_one_to_five_stars(window, wang_ayi, matter):
    first = services.rate(wang_ayi, matter.pk, stars=3, solved=True)
    given = {"matter": matter, "community_id": matter.community_id, "solved": True, "at": first.at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(**given, person_id=first.person_id, round=1, stars=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(**given, person_id=first.person_id, round=2, stars=6)


def test_the_ledger_of_ratings_only_grows(window, wang_ayi, matter):
    services.rate(wang_ayi, matter.pk, stars=3, solved=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        RatingVersion.objects.update(stars=5)
