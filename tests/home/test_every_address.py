"""Every kind of page of ours over the loaded demo: few queries, a strict content policy, safe headers and cookies."""

import re
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xieshang.accounts.models import Person
from xieshang.demo.models import TrusteeSheet
from xieshang.demo.rules import PARTS
from xieshang.demo.services import load
from xieshang.lib.actor import Actor
from xieshang.voting.models import Decision, PaperBallot, RegisterUnit, Vote, VoteCount
from xieshang.voting.queries import owner_rights
from xieshang.voting.rules.handing import Hold

pytestmark = [pytest.mark.demo, pytest.mark.django_db]
VISITOR_MOST, SIGNED_IN_MOST = 12, 20
# The work desk gathers what waits from every app, and counts its queues.
DESK, DESK_MOST = "/desk/", 25
PAGES_A_ROLE = 120
NOT_OURS = re.compile(r"logout|^/static/|^/media/|^/cms/|^/ws/|\.(?:pdf|zip|ics|png|jpe?g|svg)(?:\?|$)")
LOOSE = re.compile(r"unsafe-|https?:|\*")
ROLES = [None, *PARTS]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo community, once for all these tests, gone afterwards; the demo's own pages are mounted."""
    from django.conf import settings
    from django.db import transaction

    from xieshang.demo.services.clock import shift

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "DEMO", True)
        patch.setattr("xieshang.lib.clock._offsets", [shift])
        load()
        yield
        transaction.set_rollback(True)


def kind(path):
    """A path without its numbers and its query: pages of one kind look alike."""
    return re.sub(r"\d+", "N", path.partition("?")[0])


def links(path, text):
    """Paths of this site that a page leads to."""
    found = (urldefrag(urljoin(path, link.replace("&amp;", "&"))).url for link in re.findall(r'\shref="([^"]+)"', text))
    return [link for link in found if link.startswith("/") and not NOT_OURS.search(link)]


def walk(part):
    """One answer of each kind of page that this role reaches, with the number of its queries."""
    client, waiting, answers = Client(), deque(["/"]), {}
    if part:
        client.post("/demo/enter", {"person": part.guest.value})
        assert "_auth_user_id" in client.session
    while waiting and len(answers) < PAGES_A_ROLE:
        path = waiting.popleft()
        if kind(path) in answers:
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        answers[kind(path)] = (path, answer, len(queries))
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            waiting += links(path, answer.content.decode())
    return answers


@pytest.mark.parametrize("part", ROLES, ids=lambda part: part.guest.value if part else "visitor")
def test_every_page_asks_little_of_the_database_and_lets_in_no_foreign_code(part, loaded):
    answers = walk(part)
    most = SIGNED_IN_MOST if part else VISITOR_MOST
    assert len(answers) >= 15
    read = {path: count for path, answer, count in answers.values() if answer.status_code == 200}
    assert {path: n for path, n in read.items() if n > (DESK_MOST if path.startswith(DESK) else most)} == {}
    assert {path: answer.status_code for path, answer, _ in answers.values() if answer.status_code >= 500} == {}
    pages = [(path, answer) for path, answer, _ in answers.values() if "html" in answer.get("Content-Type", "")]
    for path, answer in pages:
        policy = answer["Content-Security-Policy"]
        assert {"default-src", "script-src", "object-src", "base-uri", "frame-ancestors"} <= set(policy.split()), path
        assert not LOOSE.search(policy), path
        assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin"), path
        assert answer["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}, path
        assert "geolocation=()" in answer["Permissions-Policy"], path


def test_the_cookies_of_a_visit_are_not_for_scripts_nor_for_other_sites(loaded):
    client = Client()
    client.post("/demo/enter", {"person": "resident"})
    client.post("/elder/")
    for name in ("sessionid", "elder"):
        assert (client.cookies[name]["httponly"], client.cookies[name]["samesite"]) == (True, "Lax"), name


def test_the_owners_of_the_demo_have_a_vote_in_every_state_to_look_at(loaded):
    states = Counter(Decision.objects.values_list("state", flat=True))
    once = ("proposed", "party_consulted", "notice", "counting", "aborted")
    assert states == {**dict.fromkeys(once, 1), "roster_open": 2, "voting": 2, "announced": 4, "annulled": 1}
    assert set(VoteCount.objects.exclude(outcome="").values_list("outcome", flat=True)) == {
        "PASSED",
        "NOT_PASSED",
        "NO_EFFECTIVE_DECISION",
    }
    assert RegisterUnit.objects.count() == 312
    assert PaperBallot.objects.filter(state="received", vote__decision__state="counting").count() >= 3


def test_the_lift_of_the_demo_misses_three_quarters_of_the_area_by_a_hundredth(loaded):
    count = VoteCount.objects.get(outcome="NOT_PASSED")
    rows = count.lines.filter(row="option")
    agree = sum(row.area_centi for row in rows if row.option.kind == "agree")
    assert 3 * sum(row.area_centi for row in rows) - 4 * agree == 1


@pytest.mark.parametrize("guest", ["owner", "co-owner"])
def test_owners_of_the_demo_can_still_vote(guest, loaded):
    part = next(part for part in PARTS if part.guest == guest)
    person = Person.objects.get(phone=f"+86{part.phone}")
    votes = Vote.objects.filter(decision__state="voting")
    held = [right.hold for vote in votes for right in owner_rights(Actor(person), vote)]
    disputed = {Hold.CO_OWNER_VOTED} if guest == "co-owner" else set()
    assert set(held) == {Hold.FREE} | disputed


def test_the_demo_has_a_secret_vote_to_cast_in_one_to_open_and_one_to_look_at(loaded):
    votes = Vote.objects.filter(kind="secret")
    assert votes.filter(state="open").count() == votes.filter(state="closed", counts__isnull=False).count() == 1
    waiting = votes.get(state="closed", counts=None)
    assert TrusteeSheet.objects.filter(vote=waiting).count() == 3
    assert waiting.envelopes.count() >= 20
