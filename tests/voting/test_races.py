"""On a real PostgreSQL: what happens at the same instant happens once, in one order."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from xieshang.lib import clock
from xieshang.lib.refusals import RuleViolation
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, BallotVersion, Vote
from xieshang.voting.rules import State
from xieshang.voting.services.locks import hold

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT_ONCE = 12


def all_at_once(*calls):
    """Run these in threads that start together; gives what each returned or the code of its refusal."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait(20)
            return call()
        except RuleViolation as refused:
            return refused.refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def casting(actor, vote, option, key):
    return lambda: services.cast(actor, vote.pk, option_ids=[option], key=key)


def test_one_right_cast_many_times_at_once_counts_once(poll, wang_ayi, ticked):
    vote = poll()
    (yes,) = ticked(vote, "同意")
    answers = all_at_once(*(casting(wang_ayi, vote, yes, f"key-{n}") for n in range(AT_ONCE)))
    assert sorted(str(answer) for answer in answers).count("already_voted") == AT_ONCE - 1
    assert Ballot.objects.count() == BallotVersion.objects.count() == 1


def test_one_key_sent_many_times_at_once_gets_one_receipt(poll, wang_ayi, ticked):
    vote = poll()
    (yes,) = ticked(vote, "同意")
    answers = all_at_once(*(casting(wang_ayi, vote, yes, "same") for _ in range(AT_ONCE)))
    assert len({queries.receipt_text(vote, answer) for answer in answers}) == 1
    assert Ballot.objects.count() == 1


def test_two_neighbours_do_not_wait_for_each_other(poll, wang_ayi, zhou_dashu, ticked):
    vote = poll()
    (yes,) = ticked(vote, "同意")
    done = []
    with transaction.atomic():
        services.cast(wang_ayi, vote.pk, option_ids=[yes], key="one")

        def other():
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            done.append(services.cast(zhou_dashu, vote.pk, option_ids=[yes], key="two"))
            connections.close_all()

        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)
    assert len(done) == 1


def test_closing_waits_for_a_cast_that_was_in_time_and_counts_it(poll, wang_ayi, ticked, later):
    vote = poll()
    (yes,) = ticked(vote, "同意")
    closer = threading.Thread(target=lambda: (services.due(clock.now()), connections.close_all()))
    with transaction.atomic():
        services.cast(wang_ayi, vote.pk, option_ids=[yes], key="in-time")
        later(30)
        closer.start()
        time.sleep(0.5)
        assert closer.is_alive()
    closer.join(20)
    closed = Vote.objects.get(pk=vote.pk)
    assert (closed.state, queries.result(closed).part) == (State.CLOSED, 1)


def test_a_cast_that_waited_for_the_closing_is_too_late(poll, wang_ayi, ticked, zhang_zhuren):
    vote = poll()
    (yes,) = ticked(vote, "同意")
    answers = []

    def late():
        answers.extend(all_at_once(casting(wang_ayi, vote, yes, "late")))

    thread = threading.Thread(target=late)
    with transaction.atomic():
        row = Vote.objects.select_for_update().get(pk=vote.pk)
        thread.start()
        time.sleep(0.5)
        assert thread.is_alive()
        row.state = State.CLOSED.value
        row.save()
    thread.join(20)
    assert answers == ["too_late"]
    assert Ballot.objects.count() == 0


def test_no_receipt_given_at_the_last_instant_is_missing_from_the_count(poll, places, make_person, move_in, ticked):
    from xieshang.lib.actor import Actor

    people = [make_person(f"邻居{n}") for n in range(AT_ONCE)]
    for n, person in enumerate(people):
        move_in(person, places.units[n])
    vote = poll()
    (yes,) = ticked(vote, "同意")
    Vote.objects.filter(pk=vote.pk).update(closes_at=clock.now() + clock.timedelta(milliseconds=400))

    def keep_trying(actor):
        def run():
            time.sleep(0.3 + 0.02 * people.index(actor.person))
            return services.cast(actor, vote.pk, option_ids=[yes], key="k")

        return run

    def close():
        for _ in range(20):
            services.due(clock.now())
            time.sleep(0.05)

    answers = all_at_once(close, *(keep_trying(Actor(person)) for person in people))[1:]
    received = [answer for answer in answers if isinstance(answer, BallotVersion)]
    assert [answer for answer in answers if answer not in received] == ["too_late"] * (AT_ONCE - len(received))
    closed = Vote.objects.get(pk=vote.pk)
    assert queries.result(closed).part == len(received) == Ballot.objects.count()


def test_holding_a_vote_is_shared(poll, wang_ayi):
    vote = poll()
    answers = all_at_once(*(lambda: transaction.atomic(hold)(wang_ayi, vote.pk).pk for _ in range(4)))
    assert answers == [vote.pk] * 4
