"""Every kind of page of ours over the loaded demo: few queries, a strict content policy, safe headers and cookies."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xieshang.demo.rules import PARTS
from xieshang.demo.services import load

pytestmark = [pytest.mark.demo, pytest.mark.django_db]
VISITOR_MOST, SIGNED_IN_MOST = 12, 20
PAGES_A_ROLE = 120
NOT_OURS = re.compile(r"logout|^/static/|^/media/|^/cms/|^/ws/|\.(?:pdf|zip|ics|png|jpe?g|svg)(?:\?|$)")
LOOSE = re.compile(r"unsafe-|https?:|\*")
ROLES = [None, *PARTS]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo community, once for all these tests, gone afterwards; the demo's own pages are mounted."""
    from django.conf import settings
    from django.db import transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "DEMO", True)
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
    assert {path: count for path, answer, count in answers.values() if count > most and answer.status_code == 200} == {}
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
