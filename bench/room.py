"""A full room: how long after a motion is put, and after it is counted, the last phone of all those signed in shows it.

    python -m bench.room [phones] [rounds]

Asked for: 1,000 signed in, the result on the last phone within a second. As an operator runs it: PostgreSQL with fsync,
Redis, gunicorn for pages, uvicorn for sockets. Each phone holds a socket of its own session, joined to its meeting;
time runs from the press of the chair's button until the last phone has the piece of the page in its hands. Nobody asks
for anything meanwhile: the piece itself is sent. The phones run on the same machine and take their part of it.
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench._servers import Application, Sockets, servers

PHONES, ROUNDS = 1_000, 5
TOKEN = "a" * 32
# How many connect at a time, and how long anything may take.
AT_ONCE, PATIENCE = 40, 120


@dataclass(frozen=True)
class Room:
    """A meeting in session: its id, the session of whoever keeps it, a session for each phone."""

    meeting: int
    chair: str
    phones: list[str]


def build_room(number: int) -> Room:
    """A residents' meeting with so many signed in, written row by row: what is measured is the telling."""
    from bench._estate import build_town, sign_in
    from xieshang.community.models import Body, Office
    from xieshang.community.rules import BodyKind, Role

    town = build_town(number + 1)
    *people, chair = town.people
    body = Body.objects.create(
        kind=BodyKind.RESIDENTS_COMMITTEE.value,
        name="测量社区居民委员会",
        short_name="测量居委会",
        place=town.community,
    )
    office = Office.objects.create(person=chair, body=body, role=Role.COMMITTEE_CHAIR.value, starts="2024-01-01")
    meeting = _in_session(town, office, people)
    return Room(meeting.pk, sign_in([chair], office.pk)[0], sign_in(people))


def _in_session(town, office, people):
    from xieshang.lib.actor import Actor
    from xieshang.lib.clock import now
    from xieshang.matters.rules import Audience
    from xieshang.matters.services import make, settle
    from xieshang.meetings.models import AgendaItem, Attendance, Meeting
    from xieshang.meetings.rules import DEFAULTS, Base, MeetingKind, State, Way

    at = now()
    actor = Actor(office.person, office)
    matter = make(actor, kind="meeting", prefix="会", title="居民会议", place=town.community)
    settle(matter, standing="正在开", audience=Audience.PLACE, is_open=True)
    meeting = Meeting.objects.create(
        matter=matter,
        community=town.community,
        body=office.body,
        chair=office,
        kind=MeetingKind.RESIDENTS.value,
        base=Base.PERSONS.value,
        state=State.OPEN.value,
        expected=len(people),
        values=DEFAULTS,
        starts_at=at,
        planned_at=at,
        entered_at=at,
        noticed_at=at,
        opened_at=at,
        at_item=1,
    )
    AgendaItem.objects.create(meeting=meeting, position=1, title="楼道堆物", is_voted=True)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=person, counts=True, way=Way.QR.value, arrived_at=at) for person in people
    )
    return meeting


# The phones -----------------------------------------------------------------------------------------------------------


class Phones:
    """All sockets of a room, and when each of them got what is waited for."""

    def __init__(self, port: int, room: Room) -> None:
        self.port, self.room = port, room
        self.sockets: list[object] = []
        self.listening: list[asyncio.Task] = []
        self.wanted, self.got, self.done = "", [], asyncio.Event()

    async def connect(self) -> float:
        """Open every socket and join the meeting; gives the seconds it took."""
        began, gate = time.monotonic(), asyncio.Semaphore(AT_ONCE)

        async def one(session: str) -> None:
            async with gate:
                self.sockets.append(await self._joined(session))

        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(one(session) for session in self.room.phones))
        self.listening = [asyncio.create_task(self._listen(socket)) for socket in self.sockets]
        return time.monotonic() - began

    async def _joined(self, session: str):
        from websockets.asyncio.client import connect

        headers = {"Cookie": f"sessionid={session}", "Origin": f"http://127.0.0.1:{self.port}"}
        socket = await connect(
            f"ws://127.0.0.1:{self.port}/ws/", additional_headers=headers, compression=None, ping_interval=None
        )
        await socket.send(json.dumps({"join": f"meeting.{self.room.meeting}"}))
        answer = json.loads(await socket.recv())
        assert "joined" in answer, answer
        return socket

    async def _listen(self, socket) -> None:
        async for message in socket:
            if self.wanted and self.wanted in message:
                self.got.append(time.perf_counter())
                if len(self.got) == len(self.sockets):
                    self.done.set()

    def want(self, words: str) -> None:
        """From now on wait for a piece of the phone's own slot that holds these words."""
        self.wanted, self.got = words, []
        self.done.clear()

    async def all_have_it(self) -> list[float]:
        """When each phone got it."""
        async with asyncio.timeout(PATIENCE):
            await self.done.wait()
        return sorted(self.got)

    async def close(self) -> None:
        """Hang up."""
        for task in self.listening:
            task.cancel()
        await asyncio.gather(*(socket.close() for socket in self.sockets), return_exceptions=True)


async def press(port: int, session: str, path: str) -> int:
    """The chair presses a button; gives the status of the answer."""
    body = f"csrfmiddlewaretoken={TOKEN}".encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.closing(writer):
        writer.write(head.encode() + body)
        answer = await reader.read()
    return int(answer.split(b" ", 2)[1])


# What is measured -----------------------------------------------------------------------------------------------------


def bring(room: Room, number: int) -> int:
    """A motion of its own words, not put yet."""
    from xieshang.lib.clock import now
    from xieshang.meetings.models import Meeting, Motion
    from xieshang.meetings.rules import MotionWay

    meeting = Meeting.objects.select_related("chair").get(pk=room.meeting)
    return Motion.objects.create(
        meeting=meeting,
        item=meeting.agenda.get(),
        number=number,
        words=f"第{secrets.token_hex(4)}号事项",
        way=MotionWay.PHONES.value,
        brought_by_id=meeting.chair.person_id,
        brought_at=now(),
    ).pk


def vote(motion: int) -> int:
    """Two of three present vote by phone, as the site keeps it; nobody is told meanwhile."""
    from xieshang.accounts.models import Person
    from xieshang.lib.actor import Actor
    from xieshang.live.services import unheard
    from xieshang.meetings.models import Motion
    from xieshang.meetings.services import vote_on_motion
    from xieshang.voting.models import RightHolder

    vote_id = Motion.objects.get(pk=motion).vote_id
    holders = RightHolder.objects.filter(right__vote_id=vote_id).order_by("pk").values_list("person_id", flat=True)
    people = Person.objects.in_bulk(list(holders)[::3] + list(holders)[1::3])
    options = list(Motion.objects.get(pk=motion).vote.options.order_by("position").values_list("pk", flat=True))
    with unheard():
        for at, person in enumerate(people.values()):
            vote_on_motion(Actor(person), motion, option_id=options[at % 5 == 0])
    return len(people)


async def moment(phones: Phones, site: Application, path: str, words: str) -> tuple[float, float, float]:
    """Press once; milliseconds until the site answered, half of the phones have it, the last has it."""
    phones.want(words)
    began = time.perf_counter()
    status = await press(site.port, phones.room.chair, path)
    answered = time.perf_counter()
    assert status == 302, (path, status)
    got = await phones.all_have_it()
    return tuple((at - began) * 1000 for at in (answered, statistics.median(got), got[-1]))


async def warm_up(room: Room, site: Application) -> None:
    """Ask until every worker has loaded the program, as on any day."""
    for _turn in range(3):
        await asyncio.gather(
            *(press(site.port, room.chair, f"/meetings/{room.meeting}/motions/0/put/") for _ in range(16))
        )


async def measure(room: Room, site: Application, sockets: Sockets, rounds: int) -> None:
    """Put and count so many motions, and say how long each took."""
    phones = Phones(sockets.port, room)
    await warm_up(room, site)
    print(f"{len(room.phones)} phones joined in {await phones.connect():.0f} s", flush=True)
    one = f"/meetings/{room.meeting}/motions/"
    try:
        for number in range(1, rounds + 1):
            motion = await asyncio.to_thread(bring, room, number)
            put = await moment(phones, site, f"{one}{motion}/put/", '"pieces": ')
            voted = await asyncio.to_thread(vote, motion)
            count = await moment(phones, site, f"{one}{motion}/count/", '"pieces": ')
            for name, took in (("put", put), (f"counted ({voted} votes)", count)):
                print(f"{number} {name}: answered {took[0]:.0f} ms, half {took[1]:.0f} ms, last {took[2]:.0f} ms")
            sys.stdout.flush()
    finally:
        await phones.close()


def main() -> None:
    """Start everything, fill the room, measure."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = [int(word) for word in sys.argv[1:]]
    number, rounds = (*given, *(PHONES, ROUNDS)[len(given) :])
    with tempfile.TemporaryDirectory(prefix="bench-room-") as name, servers(Path(name)) as (_postgres, env):
        os.environ |= env
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        room, site, sockets = build_room(number), Application(Path(name), env), Sockets(Path(name), env)
        try:
            site.start()
            sockets.start()
            asyncio.run(measure(room, site, sockets, rounds))
        finally:
            site.kill()
            sockets.kill()


if __name__ == "__main__":
    main()
