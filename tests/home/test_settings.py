"""Production refuses weak settings, and the demo is not there outside the demo."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

STRONG = {
    "XIESHANG_MODE": "production",
    "SECRET_KEY": "s" * 25 + "k" * 25 + "12345",
    "MATCHING_KEY": "m" * 25 + "k" * 25 + "54321",
    "ALLOWED_HOSTS": "xieshang.example",
    "SEALING_KEY": "s" * 25 + "k" * 25 + "67890",
    "LEDGER_KEY_FILE": "/nowhere/ledger.pem",
    "SMS_SENDER": "gateway.send",
    "DATABASE_URL": "postgres://u:p@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SITE_URL": "https://xieshang.example",
}
WEAK = [
    ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ({"MATCHING_KEY": settings.LOCAL_SECRET}, "MATCHING_KEY"),
    ({"SEALING_KEY": settings.LOCAL_SECRET}, "SEALING_KEY"),
    ({"SEALING_KEY": "short"}, "SEALING_KEY"),
    ({"LEDGER_KEY_FILE": ""}, "LEDGER_KEY_FILE"),
    ({"SMS_SENDER": ""}, "SMS_SENDER"),
    ({"DEBUG": "1"}, "DEBUG"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ({"DATABASE_URL": "sqlite:////nowhere.sqlite3"}, "DATABASE_URL"),
    ({"REDIS_URL": ""}, "REDIS_URL"),
]
PRINT_URLS = "from django.urls import get_resolver as r; print('demo' in r().namespace_dict)"


def _manage(*words, **changes):
    environment = {key: value for key, value in os.environ.items() if key not in STRONG} | STRONG | changes
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(("changes", "named"), WEAK)
def test_production_refuses_to_start_on_a_weak_setting_and_names_it(changes, named):
    done = _manage("diffsettings", **changes)
    assert done.returncode != 0
    said = done.stderr.replace("SECRET_KEY, MATCHING_KEY and SEALING_KEY", named)
    assert f"Production refuses to start: {named}" in said


def test_the_deployment_check_is_clean_with_production_settings():
    done = _manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr.count("WARNING")) == (0, 0), done.stderr


def test_the_demo_is_not_mounted_in_production():
    done = _manage("shell", "-c", PRINT_URLS)
    assert done.stdout.strip().splitlines()[-1] == "False", done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/demo/", "/demo/outbox/", "/design/"])
def test_the_demo_pages_are_absent_outside_the_demo(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/demo/enter", "/demo/clock"])
def test_nobody_enters_or_moves_the_clock_outside_the_demo(client, address, wang_ayi):
    assert client.post(address, {"person": "resident", "to": "day"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_whoever_left_while_somebody_tried_the_demo_is_told_to_be_away(client, settings):
    settings.DEMO = True
    answer = client.post("/demo/enter", {"person": "stranger"}, follow=True)
    assert answer.redirect_chain == [("/demo/", 302)]
    assert "换一个人看看" in answer.content.decode()
