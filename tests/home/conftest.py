"""Browsers in which one of the cast is signed in."""

import pytest
from django.test import Client


@pytest.fixture
def browser_of():
    """A client in which this actor is signed in, in the office they act in; a visitor's for nobody."""

    def enter(actor):
        client = Client()
        if actor.person is not None:
            client.force_login(actor.person, "allauth.account.auth_backends.AuthenticationBackend")
        if actor.office:
            session = client.session
            session["office"] = actor.office.id
            session.save()
        return client

    return enter
