"""A secret vote: prepared with three trustees, cast in sealed envelopes, opened by two, counted, found again."""

import datetime
import json

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from tests.voting.rewriting import rewritten
from tests.voting.secretly import LEVELS, cast, opened_by, seal
from tests.voting.verifier import line, opened, packed, rows, verify, written
from xieshang.lib import clock
from xieshang.lib import envelopes as sealing
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, Envelope, LedgerEntry, Opening, RightUsed, Trustee, Vote
from xieshang.voting.rules import Base, State

pytestmark = pytest.mark.django_db


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleViolation) as caught:
        call(*args, **kwargs)
    return caught.value.refusal.code


# preparing


def test_an_appraisal_has_its_grades_and_abstention_and_three_trustees(appraisal):
    vote = appraisal()
    assert [option.text for option in vote.options.all()] == [*LEVELS, "弃权"]
    names = Trustee.objects.filter(vote=vote).order_by("seat").values_list("person__real_name", flat=True)
    assert list(names) == ["何永福", "住户0", "住户1"]


def test_area_and_household_do_not_go_with_secrecy(appraisal):
    assert code_of(appraisal, base=Base.OWNERS) == "secret_by_area"
    assert code_of(appraisal, base=Base.HOUSEHOLD) == "secret_by_household"
    assert Vote.objects.count() == 0


def test_trustees_are_three_people_no_two_of_one_body_nobody_of_the_company(
    appraisal, zhao_jingli, sun_weiyuan, zhang_zhuren
):
    assert code_of(appraisal, trustees=["何永福", "住户0", "住户0"]) == "three_trustees"
    assert code_of(appraisal, trustees=["张敏", "孙雅琴", "住户0"]) == "trustees_of_one_body"
    assert code_of(appraisal, trustees=["赵振华", "住户1", "住户0"]) == "trustee_of_the_company"
    assert code_of(appraisal, trustees=["何永福", "没有这人", "住户0"]) == "trustee_unknown"


def test_it_opens_only_when_all_three_have_made_their_keys(appraisal, trustee_keys, zhang_zhuren):
    vote = appraisal()
    for trustee in Trustee.objects.filter(vote=vote).order_by("seat"):
        assert code_of(services.open_vote, zhang_zhuren, vote.pk) == "keys_missing"
        point = sealing.point_of(trustee_keys[trustee.seat])
        services.register_key(Actor(trustee.person), vote.pk, x=point.x, y=point.y)
    assert services.open_vote(zhang_zhuren, vote.pk).state == State.OPEN


def test_a_key_is_a_point_of_the_curve_ones_own_and_fixed_when_the_vote_opens(
    secret_vote, appraisal, trustee_keys, neighbours
):
    draft = appraisal()
    point = sealing.point_of(sealing.make_key())
    assert code_of(services.register_key, neighbours[0], draft.pk, x=point.x, y=point.x) == "key_unsound"
    services.register_key(neighbours[0], draft.pk, x=point.x, y=point.y)
    assert code_of(services.register_key, neighbours[1], draft.pk, x=point.x, y=point.y) == "key_taken"
    vote = secret_vote()
    other = sealing.point_of(sealing.make_key())
    assert code_of(services.register_key, neighbours[0], vote.pk, x=other.x, y=other.y) == "keys_fixed"
    with pytest.raises(DatabaseError), transaction.atomic():
        Trustee.objects.filter(vote=vote).update(public_key={"x": other.x, "y": other.y})


def test_a_trustee_who_will_not_is_replaced_before_the_vote_opens(appraisal, secret_vote, zhang_zhuren, neighbours):
    vote = appraisal()
    point = sealing.point_of(sealing.make_key())
    services.register_key(neighbours[0], vote.pk, x=point.x, y=point.y)
    assert code_of(services.replace_trustee, zhang_zhuren, vote.pk, 2, "住户1") == "three_trustees"
    services.replace_trustee(zhang_zhuren, vote.pk, 2, "住户5")
    trustee = Trustee.objects.get(vote=vote, seat=2)
    assert (trustee.person_id, trustee.public_key) == (neighbours[5].person_id, None)
    begun = secret_vote()
    assert code_of(services.replace_trustee, zhang_zhuren, begun.pk, 2, "住户6") == "keys_fixed"
    with pytest.raises(NotAllowed):
        services.replace_trustee(neighbours[0], begun.pk, 2, "住户6")


# casting


def test_a_right_is_used_once_and_the_same_envelope_again_is_taken_as_one(secret_vote, neighbours):
    vote = secret_vote()
    envelope = seal(vote, "满意")
    services.cast_sealed(neighbours[0], vote.pk, envelope)
    services.cast_sealed(neighbours[0], vote.pk, envelope)
    assert code_of(services.cast_sealed, neighbours[0], vote.pk, seal(vote, "满意")) == "secret_used"
    assert (RightUsed.objects.count(), queries.participation(vote).taken) == (1, 1)
    standing = queries.standing_for(neighbours[0], vote)
    assert not standing.may
    assert "已经投过" in standing.sentence


def test_an_envelope_with_anything_odd_about_it_is_refused(secret_vote, neighbours):
    vote = secret_vote()
    good = seal(vote, "满意")
    odd = [None, [], "x", {}, good | {"more": 1}, {k: v for k, v in good.items() if k != "choice"}]
    odd += [good | {"tracker": "满意"}, good | {"tracker": good["tracker"].lower()}, good | {"choice": "AAAA"}]
    odd += [good | {"keys": good["keys"] | {"12": "AA"}}, good | {"commitment": "zz" * 32}]
    odd += [good | {"point": sealing.packed(b"\x04" + bytes(64))}, good | {"keys": 5}, good | {"point": 7}]
    for sent in odd:
        assert code_of(services.cast_sealed, neighbours[0], vote.pk, sent) == "not_sealed"
    assert RightUsed.objects.count() == 0


def test_the_ordinary_ballot_and_a_helper_are_refused(secret_vote, neighbours, zhang_zhuren):
    vote = secret_vote()
    option = vote.options.first().pk
    assert code_of(services.cast, neighbours[0], vote.pk, option_ids=[option], key="a") == "only_sealed"
    helped = Actor(neighbours[0].person, helper=zhang_zhuren, consent="by_phone")
    assert code_of(services.cast_sealed, helped, vote.pk, seal(vote, "满意")) == "secret_no_helper"
    assert Ballot.objects.count() == 0


def test_who_is_not_on_the_roll_or_too_late_is_told(secret_vote, neighbours, wairen, close):
    vote = secret_vote()
    with pytest.raises(NotAllowed):
        services.cast_sealed(wairen, vote.pk, seal(vote, "满意"))
    closed = close(vote)
    assert code_of(services.cast_sealed, neighbours[0], vote.pk, seal(closed, "满意")) == "too_late"


def test_the_same_envelope_sent_again_after_closing_is_still_taken_as_one(secret_vote, neighbours, close):
    vote = secret_vote()
    envelope = seal(vote, "满意")
    services.cast_sealed(neighbours[0], vote.pk, envelope)
    close(vote)
    services.cast_sealed(neighbours[0], vote.pk, dict(reversed(envelope.items())))
    assert code_of(services.cast_sealed, neighbours[0], vote.pk, seal(vote, "满意")) == "secret_used"


def test_every_choice_has_the_same_length(secret_vote):
    vote = secret_vote()
    sizes = {len(json.dumps(seal(vote, option.text))) for option in vote.options.all()}
    assert len(sizes) == 1


# closing and opening


@pytest.fixture
def voted(secret_vote, neighbours):
    """An open vote in which five have voted; their trackers by choice."""
    vote = secret_vote()
    said = ["满意", "满意", "满意", "不满意", "弃权"]
    return vote, [(cast(actor, vote, text), text) for actor, text in zip(neighbours, said, strict=False)]


def test_before_closing_there_is_no_list_and_nothing_to_open(voted, trustee_keys, zhang_zhuren):
    vote, _trackers = voted
    assert Envelope.objects.count() == 0
    with pytest.raises(Http404):
        queries.published_list(vote)
    assert code_of(services.submit_openings, zhang_zhuren, vote.pk, "{}") == "secret_not_closed"


@pytest.mark.parametrize("seats", [(1, 2), (1, 3), (2, 3)])
def test_any_two_trustees_open_and_everybody_finds_their_own(voted, trustee_keys, close, zhang_zhuren, seats):
    vote, trackers = voted
    closed = close(vote)
    assert (queries.result(closed), closed.matter.is_open) == (None, True)
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(closed, trustee_keys, seats))
    closed.matter.refresh_from_db()
    result = queries.result(closed)
    assert not closed.matter.is_open
    assert (result.part, result.whole) == (5, 7)
    assert "满意" in result.headline
    listed = {one.tracker: one.choice for one in queries.published_list(closed).rows}
    assert listed == dict(trackers)
    assert list(listed) == sorted(listed)


def test_one_trustee_alone_opens_nothing(voted, trustee_keys, close):
    vote, _trackers = voted
    closed = close(vote)
    (first, *_rest) = queries.envelope_file(Actor(None), closed)["envelopes"]
    number = closed.matter.number
    own = sealing.share_of(trustee_keys[1], first, number, 1)
    for seat in (2, 3):
        for guess in (own, bytes(32), sealing.share_of(trustee_keys[1], first, number, seat)):
            assert sealing.key_of(first, number, {1: own, seat: guess}) is None


def test_a_false_key_is_named_and_nothing_is_kept(voted, trustee_keys, close, zhang_zhuren):
    vote, _trackers = voted
    sent = json.loads(opened_by(close(vote), trustee_keys))
    one, other, *_rest = sent["keys"]
    sent["keys"][one] = sent["keys"][other]
    assert code_of(services.submit_openings, zhang_zhuren, vote.pk, json.dumps(sent)) == "wrong_key"
    assert Opening.objects.count() == 0


def test_an_incomplete_or_foreign_file_of_openings_is_refused(voted, trustee_keys, close, zhang_zhuren, wairen):
    vote, _trackers = voted
    text = opened_by(close(vote), trustee_keys)
    sent = json.loads(text)
    short = sent | {"keys": dict(list(sent["keys"].items())[1:])}
    wrong = [short, sent | {"vote": "票-别处-2026-0001"}, sent | {"list": "00"}, sent | {"seats": "11"}, [], 5]
    for file in wrong:
        assert code_of(services.submit_openings, zhang_zhuren, vote.pk, json.dumps(file)) == "opening_unsound"
    assert code_of(services.submit_openings, zhang_zhuren, vote.pk, "不是文件") == "opening_unsound"
    with pytest.raises(NotAllowed):
        services.submit_openings(wairen, vote.pk, text)
    services.submit_openings(zhang_zhuren, vote.pk, text)
    assert code_of(services.submit_openings, zhang_zhuren, vote.pk, text) == "secret_opened"


def test_an_envelope_badly_made_by_its_voter_is_void_and_listed(
    secret_vote, neighbours, trustee_keys, close, zhang_zhuren
):
    vote = secret_vote()
    cast(neighbours[0], vote, "满意")
    strange = sealing.make_key()
    junk = sealing.seal_choice([1], vote.matter.number, dict.fromkeys((1, 2, 3), sealing.point_of(strange)))
    services.cast_sealed(neighbours[1], vote.pk, junk)
    points = {one.seat: sealing.Point(**one.public_key) for one in Trustee.objects.filter(vote=vote)}
    twice = sealing.seal_choice([1, 2], vote.matter.number, points)
    services.cast_sealed(neighbours[2], vote.pk, twice)
    closed = close(vote)
    services.submit_openings(neighbours[0], vote.pk, opened_by(closed, trustee_keys))
    assert queries.result(closed).part == 1
    listed = {one.tracker: one.choice for one in queries.published_list(closed).rows}
    assert "无效" in listed[junk["tracker"]]
    assert "无效" in listed[twice["tracker"]]


def test_the_ledger_holds_the_list_and_who_voted_without_tying_them(voted, close):
    vote, _trackers = voted
    closed = close(vote)
    entry = json.loads(LedgerEntry.objects.get(vote=vote, kind="closed").content)
    assert entry["code"] == queries.envelope_file(Actor(None), closed)["code"]
    assert (entry["ballots"], entry["envelopes"], entry["used"]) == (5, 5, sorted(entry["used"]))
    assert LedgerEntry.objects.filter(vote=vote).count() == 2
    assert queries.first_broken(closed) is None


def _taken(vote, depth=queries.Depth.PUBLIC):
    return b"".join(queries.bundle(Vote.objects.get(pk=vote.pk), depth))


@pytest.mark.parametrize("depth", list(queries.Depth))
def test_the_verifier_finds_the_record_whole_at_every_moment(voted, trustee_keys, close, zhang_zhuren, depth):
    vote, _trackers = voted
    services.settle_ledger(vote.pk)
    assert verify(_taken(vote, depth))[0] == []
    closed = close(vote)
    assert verify(_taken(vote, depth))[0] == []
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(closed, trustee_keys))
    faults, lines = verify(_taken(vote, depth))
    assert faults == []
    assert any("5张票" in line for line in lines)
    assert any("信封：5个逐个打开" in line for line in lines)


def _altered(row, way):
    """A line of the list of envelopes as a forger would like it."""
    if way == "choice":
        return row | {"places": [1 if row["places"] == [2] else 2]}
    if way == "key":
        return row | {"key": sealing.packed(bytes(32))}
    return row | {"choice": sealing.packed(bytes(32))}


@pytest.mark.parametrize("way", ["choice", "key", "envelope", "gone"])
def test_the_verifier_names_an_altered_envelope_or_choice(voted, trustee_keys, close, zhang_zhuren, way):
    vote, _trackers = voted
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(close(vote), trustee_keys))
    files = opened(_taken(vote))
    first, *others = rows(files["envelopes.jsonl"])
    forged = others if way == "gone" else [_altered(first, way), *others]
    faults, _lines = verify(packed(files | {"envelopes.jsonl": written(forged)}))
    assert any("信封" in fault for fault in faults)


def test_the_verifier_names_totals_that_do_not_come_out_of_the_envelopes(voted, trustee_keys, close, zhang_zhuren):
    vote, _trackers = voted
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(close(vote), trustee_keys))
    files = opened(_taken(vote))

    def forge(entry):
        return entry | {"options": [[5, 0], *[[0, 0]] * 3]} if entry.get("options") and "rows" in entry else entry

    result = rows(files["result.json"])[0]
    result["counts"] = [forge(count) for count in result["counts"]]
    faults, _lines = verify(packed(rewritten(files, forge) | {"result.json": line(result)}))
    assert any("对不上" in fault for fault in faults)


def test_who_did_not_vote_sees_that_nothing_stands_in_their_name(voted, close, neighbours):
    vote, _trackers = voted
    closed = close(vote)
    assert [place.stands for place in queries.my_places(neighbours[0], closed)] == [True]
    assert [place.stands for place in queries.my_places(neighbours[6], closed)] == [False]


def test_nothing_of_an_envelope_can_be_changed_or_taken_away(voted, close):
    vote, _trackers = voted
    close(vote)
    for table in (Envelope, RightUsed):
        for harm in (lambda rows: rows.delete(), lambda rows: rows.update(**{_column(rows): None})):
            with pytest.raises(DatabaseError), transaction.atomic():
                harm(table.objects.all())


def _column(rows):
    return "sealed" if rows.model is Envelope else "on"


# paper


def test_a_paper_shuts_the_other_way_and_is_counted_by_two_who_agree(
    voted, trustee_keys, close, neighbours, zhang_zhuren, sun_weiyuan, wu_wangge
):
    vote, _trackers = voted
    (number, _name) = queries.rights_to_hand_out(vote, "住户6")[0]
    services.hand_out_paper(zhang_zhuren, vote.pk, number)
    assert code_of(services.cast_sealed, neighbours[6], vote.pk, seal(vote, "满意")) == "secret_used"
    assert code_of(services.hand_out_paper, zhang_zhuren, vote.pk, number) == "secret_paper_too_late"
    closed = close(vote)
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(closed, trustee_keys))
    assert queries.result(closed) is None
    assert code_of(services.tally_paper, zhang_zhuren, vote.pk, {1: 1, 2: 1}) == "tally_too_many"
    services.tally_paper(zhang_zhuren, vote.pk, {3: 1})
    assert code_of(services.tally_paper, zhang_zhuren, vote.pk, {3: 1}) == "tally_twice"
    services.tally_paper(sun_weiyuan, vote.pk, {3: 1})
    assert queries.result(closed).part == 6


def test_a_group_too_small_to_hide_in_gets_no_secret_vote(secret_vote, places):
    assert code_of(secret_vote, scope_id=places.units[0].pk) == "secret_too_few"


def test_clock_of_a_used_right_is_a_day(voted):
    assert {used.on for used in RightUsed.objects.all()} == {clock.today()}
    assert all(isinstance(used.on, datetime.date) for used in RightUsed.objects.all())
