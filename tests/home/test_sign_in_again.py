"""Whoever's sign-in ran out while they wrote comes back to the page they wrote on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def sent(client, **headers):
    return client.post(reverse("meetings:raise_hand", args=[1]), headers=headers)


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/meetings/1/?show=all", "/meetings/1/?show=all"),
        ("http://elsewhere.example/meetings/1/", "/"),
        ("", "/"),
    ],
)
def test_what_was_sent_leads_back_to_the_page_it_was_sent_from(client, came, back):
    there = urlsplit(sent(client, Referer=came).url)
    assert parse_qs(there.query) == {"next": [back]}
    page = client.get(there.geturl()).content.decode()
    assert "登录已过期" in page
    assert f'name="next" value="{back}"' in page


def test_a_piece_of_a_page_is_not_put_in_place_of_what_was_written(client):
    assert sent(client, **{"HX-Request": "true"}).status_code == 403


def test_asking_for_a_page_leads_there_after_signing_in(client):
    page = reverse("meetings:motions", args=[1])
    login = client.get(page).url
    assert parse_qs(urlsplit(login).query) == {"next": [page]}
    assert f'name="next" value="{page}"' in client.get(login, follow=True).content.decode()


def test_the_old_address_of_signing_in_keeps_where_one_wanted_to_go(client):
    assert client.get("/account/login/code/?next=/mine/").url == "/account/login/?next=/mine/"
