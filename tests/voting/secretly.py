"""A secret vote for tests: people, trustees with their keys, sealed choices, and two of three who open."""

import json

import pytest

from xieshang.lib import envelopes as sealing
from xieshang.lib.actor import Actor
from xieshang.voting import queries, services
from xieshang.voting.models import Trustee, Vote

QUESTION = "您对物业企业今年的服务满意吗？"
LEVELS = ["满意", "基本满意", "不满意"]


@pytest.fixture
def neighbours(places, make_person, move_in):
    """Seven residents of one stairwell."""
    people = [make_person(f"邻居{n}", real_name=f"住户{n}") for n in range(7)]
    for person, unit in zip(people, places.units, strict=False):
        move_in(person, unit)
    return [Actor(person) for person in people]


@pytest.fixture
def appraisal(neighbours, zhang_zhuren, he_zhuren, places):
    """Draft a secret appraisal; trustees are the owners' chair and two residents."""

    def prepare(**given):
        values = {"question": QUESTION, "scope_id": places.compound.pk, "days": 5, "options": LEVELS, "levels": True}
        values["trustees"] = ["何永福", "住户0", "住户1"]
        return services.prepare_secret(zhang_zhuren, **(values | given))

    return prepare


@pytest.fixture
def trustee_keys():
    """The trustees' own keys by seat; in real life they never leave the trustees' devices."""
    return {seat: sealing.make_key() for seat in (1, 2, 3)}


@pytest.fixture
def secret_vote(appraisal, trustee_keys, zhang_zhuren):
    """An open secret vote, its trustees' keys registered."""

    def start(**given):
        vote = appraisal(**given)
        for trustee in Trustee.objects.filter(vote=vote):
            point = sealing.point_of(trustee_keys[trustee.seat])
            services.register_key(Actor(trustee.person), vote.pk, x=point.x, y=point.y)
        services.open_vote(zhang_zhuren, vote.pk)
        return Vote.objects.get(pk=vote.pk)

    return start


def points_of(vote):
    """The trustees' public keys as the site shows them."""
    return {one.seat: sealing.Point(**one.public_key) for one in Trustee.objects.filter(vote=vote)}


def seal(vote, text):
    """A choice sealed as a browser does it."""
    place = vote.options.get(text=text).position
    return sealing.seal_choice([place], vote.matter.number, points_of(vote))


def cast(actor, vote, text):
    """Vote; gives the tracker, which only the voter knows."""
    envelope = seal(vote, text)
    services.cast_sealed(actor, vote.pk, envelope)
    return envelope["tracker"]


def opened_by(vote, keys, seats=(1, 3)):
    """What two trustees find, as the file that they hand in."""
    file, number = queries.envelope_file(Actor(None), vote), vote.matter.number
    found = {}
    for one in file["envelopes"]:
        shares = {seat: sealing.share_of(keys[seat], one, number, seat) for seat in seats}
        key = sealing.key_of(one, number, shares)
        found[one["tracker"]] = sealing.packed(key) if key else ""
    pair = "".join(str(seat) for seat in seats)
    sent = {"format": f"{sealing.FORMAT} openings", "vote": number, "seats": pair, "list": file["code"], "keys": found}
    return json.dumps(sent)
