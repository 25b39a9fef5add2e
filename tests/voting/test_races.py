"""On a real PostgreSQL: what happens at the same instant happens once, in one order."""

import threading
import time
from functools import partial

import pytest
from django.db import connection, connections, transaction

from tests.races import all_at_once
from tests.voting.secretly import seal
from tests.voting.test_handing_in import give
from tests.voting.test_papers import shut
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, BallotVersion, Box, RightHolder, RightUsed, Vote
from xieshang.voting.rules import State
from xieshang.voting.services.boxes import inside
from xieshang.voting.services.locks import hold

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT_ONCE = 12


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


# Owners ---------------------------------------------------------------------------------------------------------------


def owner_casting(actor, vote, key):
    """Cast as an owner with a code of its own, asked for before the others start."""
    code, option = services.new_code(actor.person_id, vote), vote.options.get(text="同意").pk
    return lambda: services.cast(actor, vote.pk, option_ids=[option], key=key, code=code)


def test_one_owner_pressing_many_times_at_once_has_one_ballot_and_one_receipt(owners_vote):
    made = owners_vote()
    answers = all_at_once(*[owner_casting(made.people[0], made.vote, "same")] * AT_ONCE)
    receipts = [answer.receipt for answer in answers if isinstance(answer, BallotVersion)]
    assert (len(receipts), len(set(receipts))) == (AT_ONCE, 1)
    assert Ballot.objects.count() == BallotVersion.objects.count() == 1


def test_two_owners_of_one_home_at_once_have_one_ballot(owners_vote, make_person):
    made = owners_vote()
    wife = Actor(make_person("爱人"))
    RightHolder.objects.create(right=made.rights[0], person=wife.person)
    both = [owner_casting(made.people[0], made.vote, "his"), owner_casting(wife, made.vote, "hers")]
    answers = all_at_once(*both)
    assert sorted(isinstance(answer, BallotVersion) for answer in answers) == [False, True]
    assert [answer for answer in answers if isinstance(answer, str)] == ["co_owner_voted"]
    assert Ballot.objects.count() == 1


def test_paper_taken_in_while_casting_leaves_one_way_or_a_conflict(owners_vote, homeowners_committee):
    made, chair = owners_vote(), homeowners_committee.chair
    services.issue_papers(chair, made.vote.pk)
    for n, owner in enumerate(made.people):
        serial = made.vote.papers.get(right=made.rights[n]).serial
        taking = partial(services.receive_paper, chair, made.vote.pk, serial=serial)
        cast, _taken = all_at_once(owner_casting(owner, made.vote, f"k{n}"), taking)
        stands, conflicts = Ballot.objects.filter(right=made.rights[n]).exists(), made.rights[n].conflicts.count()
        assert (cast == "on_paper", conflicts) == ((not stands), 1 if stands else 0)


def test_a_serial_scanned_by_two_at_once_is_taken_in_once(owners_vote, homeowners_committee):
    made = owners_vote()
    services.issue_papers(homeowners_committee.chair, made.vote.pk)
    serial = made.vote.papers.first().serial
    hands = (homeowners_committee.chair, homeowners_committee.member)
    answers = all_at_once(*(partial(services.receive_paper, who, made.vote.pk, serial=serial) for who in hands))
    assert [answer for answer in answers if isinstance(answer, str)] == ["serial_used"]


def test_two_readings_at_once_make_one_ballot(owners_vote, homeowners_committee):
    made, hands = owners_vote(), (homeowners_committee.chair, homeowners_committee.member)
    services.issue_papers(hands[0], made.vote.pk)
    paper, option = made.vote.papers.first(), made.vote.options.get(text="同意").pk
    services.receive_paper(hands[0], made.vote.pk, serial=paper.serial)
    shut()
    all_at_once(*(partial(services.key_paper, who, paper.pk, option_ids=[option]) for who in hands))
    assert Ballot.objects.get().channel == "paper"


def test_an_owner_casting_at_the_closing_instant_has_a_receipt_that_counts_or_a_clear_no(owners_vote, later):
    made = owners_vote()
    calls = [owner_casting(owner, made.vote, f"k{n}") for n, owner in enumerate(made.people)]
    left = made.vote.closes_at - clock.now() - clock.timedelta(milliseconds=300)
    later(left / clock.timedelta(days=1))

    def waiting(n, call):
        def run():
            time.sleep(0.22 + 0.03 * n)
            return call()

        return run

    answers = all_at_once(*(waiting(n, call) for n, call in enumerate(calls)))
    received = {answer.receipt for answer in answers if isinstance(answer, BallotVersion)}
    assert {answer for answer in answers if isinstance(answer, str)} <= {"too_late"}
    assert set(Ballot.objects.values_list("receipt", flat=True)) == received


def test_an_agents_fourth_proxy_is_refused_though_two_are_accepted_at_once(owners_vote, homeowners_committee, wairen):
    made = owners_vote(values={"assembly.proxies_most": 1})
    offers = [give(made, wairen, n).pk for n in range(2)]
    hands = (homeowners_committee.chair, homeowners_committee.member)
    answers = all_at_once(*(partial(services.accept_proxy, who, pk) for who, pk in zip(hands, offers, strict=True)))
    assert [answer for answer in answers if isinstance(answer, str)] == ["proxy_over_limit"]


def test_one_right_sealed_many_times_at_once_is_used_once(secret_vote, neighbours):
    vote = secret_vote()
    calls = [partial(services.cast_sealed, neighbours[0], vote.pk, seal(vote, "满意")) for _ in range(AT_ONCE)]
    answers = all_at_once(*calls)
    assert sorted(str(answer) for answer in answers).count("secret_used") == AT_ONCE - 1
    assert (RightUsed.objects.count(), len(inside(Box.objects.get()))) == (1, 1)


def test_envelopes_that_come_at_once_are_all_in_the_box_and_share_nothing_with_their_voters(
    secret_vote, neighbours, later
):
    vote = secret_vote()
    all_at_once(*(partial(services.cast_sealed, actor, vote.pk, seal(vote, "满意")) for actor in neighbours))
    assert len(inside(Box.objects.get())) == RightUsed.objects.count() == len(neighbours)
    later(30)
    services.due(clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM voting_envelope")
        written = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT DISTINCT xmin::text FROM voting_rightused")
        used = {row[0] for row in cursor.fetchall()}
    # One transaction wrote all envelopes, and it is none of those in which somebody voted.
    assert len(written) == 1
    assert not written & used
