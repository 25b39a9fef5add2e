"""A real browser before the real site: one process, so that the browser sees what the test writes."""

import asyncio
import datetime
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.visitor import STORY, Visitor, sign_in
from xieshang.discussion import services as discussion
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.voting import services as voting
from xieshang.voting.models import Vote
from xieshang.voting.rules import Base

ARGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
PATIENCE = 60
MONDAY = datetime.datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker("browser")


def pytest_collection_finish(session: pytest.Session) -> None:
    """The browser's event loop runs in the thread that also reads the database: the framework must not mind, here."""
    if session.items and all(item.get_closest_marker("browser") for item in session.items):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# The browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as the system brings it: nothing is downloaded."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A resident's phone."""
    phone = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
    return {**browser_context_args, **phone}


# The site -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file instead of memory: several threads read and write it at once."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "site.sqlite3")


class Site(threading.Thread):
    """The whole site, HTTP and WebSocket, in a thread of the test process."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.door = socket.socket()
        self.door.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.server: Any = None

    def run(self) -> None:
        """Serve until told to stop."""
        import uvicorn
        from channels.routing import ProtocolTypeRouter
        from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler

        from xieshang.asgi import http, sockets

        served = ProtocolTypeRouter({"http": ASGIStaticFilesHandler(http), "websocket": sockets})
        config = uvicorn.Config(served, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        asyncio.run(self.server.serve(sockets=[self.door]))

    def wait(self) -> None:
        """Wait until it serves."""
        end = time.monotonic() + PATIENCE
        while not (self.server and self.server.started):
            assert self.is_alive(), "The site fell over while starting."
            assert time.monotonic() < end, "The site did not start."
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop serving; no request is under way afterwards."""
        self.server.should_exit = True
        self.join(PATIENCE)


@pytest.fixture
def live_site(transactional_db: None) -> Iterator[str]:
    """Address of the running site; what the test commits, the browser sees, and it is gone afterwards."""
    site = Site()
    site.start()
    site.wait()
    yield site.address
    site.stop()


# The demo's clock and text messages -----------------------------------------------------------------------------


@pytest.fixture
def in_demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's pages, its clock from a Monday in March 2026 on, and its outbox."""
    from xieshang.demo.services.clock import forget, shift

    settings.DEMO = True
    settings.SMS_SENDER = "xieshang.demo.services.send_to_outbox"
    forget()
    begin = MONDAY - datetime.datetime.now(datetime.UTC)
    monkeypatch.setattr(clock, "_offsets", [shift, lambda: begin])


@pytest.fixture
def visit(new_context: Any, live_site: str) -> Callable[..., Visitor]:
    """Open a browser of one's own: signed in as an actor or not, in 大字版 or not, with scripts or without."""

    def open_browser(actor: Actor | None = None, *, elder: bool = False, scripts: bool = True) -> Visitor:
        context = new_context(java_script_enabled=scripts)
        context.set_default_timeout(PATIENCE * 1000)
        if actor:
            sign_in(context, live_site, actor)
        visitor = Visitor(context.new_page(), live_site).open("/")
        return visitor.press("大字版").sees("普通版") if elder else visitor

    return open_browser


# What there is to look at -----------------------------------------------------------------------------------------


@pytest.fixture
def topic(places: Any, bodies: Any, wang_ayi: Actor, zhang_zhuren: Actor) -> Topic:
    """A topic that may be supported."""
    raised = topics.raise_topic(wang_ayi, title="楼道灯不亮", text=STORY, place_id=places.stairwell.pk)
    topics.admit(zhang_zhuren, raised.pk)
    return raised


@pytest.fixture
def poll(places: Any, bodies: Any, wang_ayi: Actor, zhou_dashu: Actor, zhang_zhuren: Actor) -> Vote:
    """A poll of the stairwell that runs."""
    matter = make(zhang_zhuren, kind="topic", prefix="议", title="楼道灯换不换", place=places.stairwell)
    settle(matter, standing="形成意见", audience=Audience.PUBLIC, is_open=True)
    asked = {
        "question": "楼道灯换成感应灯，您同意吗？",
        "base": Base.PERSON,
        "scope_id": places.stairwell.pk,
        "days": 5,
    }
    return voting.open_vote(zhang_zhuren, voting.prepare(zhang_zhuren, matter, **asked).pk)


@pytest.fixture
def talked_over(places: Any, wang_ayi: Actor) -> Matter:
    """A matter that neighbours talk over; what they say is shown at once."""
    made = make(wang_ayi, kind="topic", prefix="议", title="3号楼2单元加装电梯", place=places.stairwell)
    settle(made, standing="协商讨论", audience=Audience.PUBLIC, is_open=True)
    discussion.open_thread(made, {"first_posts_wait": 0})
    discussion.open_writing(made)
    return made
