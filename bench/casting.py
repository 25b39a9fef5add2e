"""Owners' ballots through gunicorn and PostgreSQL: speed, kills, one right a thousand times, closings in the rush.

    python -m bench.casting                        all four, as large as asked for
    python -m bench.casting speed=300              seconds of casting
    python -m bench.casting one_right=1000         submits of one right at once
    python -m bench.casting closings=20            closings in the rush
    python -m bench.casting kills=50000,100,10     casts, kills of the site, kills of PostgreSQL

Asked for: 300 s with 32 clients at 150 casts/s, p95 below 500 ms; 50,000 casts with 100 and 10 kills, 0 lost, 0 double,
the chain whole; 1,000 submits of one right: one; 20 closings: no acknowledged ballot refused, none after the close.
The clients run on the same machine and take their part of it. Several may be named in one command.
"""

import asyncio
import contextlib
import os
import resource
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench._estate import Asked, Town, build_town, codes_for, open_vote, sign_in
from bench._servers import ROOT, Application, Postgres, processor, servers

ASKED = {"speed": [300], "one_right": [1_000], "closings": [20], "kills": [50_000, 100, 10]}
CLIENTS = 32
RUSH = 200
# Owners for each second of casting: where all have cast, it ends before its time.
RATE = 250
TOKEN = "a" * 32
# Seconds for which somebody presses again.
PATIENCE = 120


@dataclass
class Client:
    """What one owner sends, and what became of it."""

    session: str
    code: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    receipt: str = ""
    status: int = 0


NOWHERE = Asked(0, "", 0, 0)


def request_for(port: int, vote: Asked, one: Client) -> bytes:
    """The last step of a ballot, as a browser sends it."""
    body = f"csrfmiddlewaretoken={TOKEN}&option={vote.yes}&key={one.key}&code={one.code}".encode()
    head = (
        f"POST /votes/{vote.id}/cast/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Cookie: sessionid={one.session}; csrftoken={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def send(port: int, vote: Asked, one: Client) -> int:
    """Send a ballot once; 0 when no whole answer came. Acknowledged means: the address of its receipt came back."""
    try:
        async with asyncio.timeout(PATIENCE / 2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with contextlib.closing(writer):
                writer.write(request_for(port, vote, one))
                answer = await reader.read()
    except (OSError, TimeoutError):
        return 0
    if b"\r\n\r\n" not in answer:
        return 0
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    one.status = int(head.split(" ", 2)[1])
    lines = dict(line.partition(": ")[::2] for line in head.split("\r\n")[1:])
    address = lines.get("Location", "")
    if one.status == 302 and "/receipt/" in address:
        one.receipt = address.rstrip("/").rpartition("/")[2]
    return one.status


async def send_until_answered(port: int, vote: Asked, one: Client) -> int:
    """As a person presses again: until the site answers that it is kept, or why not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        status = await send(port, vote, one)
        if status and status < 500:
            return status
        await asyncio.sleep(0.25)
    return 0


async def all_clients(clients: list[Client], number: int, act: Callable[[Client], Awaitable[object]]) -> None:
    """So many at a time, each taking the next that is left."""
    waiting = iter(clients)

    async def work() -> None:
        for one in waiting:
            await act(one)

    await asyncio.gather(*(work() for _ in range(number)))


def clients_for(town: Town, vote: Asked, number: int) -> list[Client]:
    """Owners ready to press 投出."""
    people = town.people[:number]
    pairs = zip(sign_in(people), codes_for(vote.id, people), strict=True)
    return [Client(session, code) for session, code in pairs]


def look_over() -> None:
    """Let PostgreSQL learn how large its tables have become, as it does by itself before long."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# What is measured -----------------------------------------------------------------------------------------------------


def warm_up(application: Application) -> None:
    """Ask until every worker has loaded the program."""
    asyncio.run(
        all_clients([Client("none", "")] * CLIENTS * 2, CLIENTS, lambda one: send(application.port, NOWHERE, one))
    )


def speed(town: Town, application: Application, postgres: Postgres, edition: int, seconds: int) -> None:
    """Casts a second and how long each takes, with CLIENTS clients that never wait, beside the timer."""
    number = min(len(town.people), seconds * RATE)
    vote = open_vote(town, edition, number, closes_at=datetime.now(UTC) + timedelta(hours=6))
    clients, took = clients_for(town, vote, number), []
    look_over()
    end = time.monotonic() + seconds

    async def act(one: Client) -> None:
        began = time.perf_counter()
        if time.monotonic() < end:
            await send(application.port, vote, one)
            took.append((time.perf_counter() - began) * 1000)

    async def both() -> float:
        done, began = asyncio.Event(), time.monotonic()
        async with asyncio.TaskGroup() as group:
            group.create_task(_timer(done, min(60, seconds / 2)))
            await all_clients(clients, CLIENTS, act)
            done.set()
            return time.monotonic() - began

    before = _processor(application, postgres)
    spent, after = asyncio.run(both()), _processor(application, postgres)
    answers = Counter(one.status for one in clients if one.status)
    half, most = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"speed: {len(took) / spent:.0f} casts/s for {spent:.0f} s, p50 {half:.0f} ms, p95 {most:.0f} ms, {answers}")
    each = [(now - then) * 1000 / len(took) for then, now in zip(before, after, strict=True)]
    words = "  processor for a cast: site {:.1f} ms, PostgreSQL {:.1f} ms, clients {:.1f} ms, tick {:.1f} ms"
    print(words.format(*each))
    judge(vote, clients)


async def _timer(done: asyncio.Event, every: float) -> None:
    """What links and signs what was cast: the command itself, again and again, as the operator's timer runs it."""
    while not done.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), every)
            return
        command, quiet = [sys.executable, "manage.py", "tick"], subprocess.DEVNULL
        ran = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=quiet)
        if await ran.wait():
            raise RuntimeError("tick did not run")


def _processor(application: Application, postgres: Postgres) -> tuple[float, float, float, float]:
    """Seconds that the site, PostgreSQL, the clients and the timer have had so far."""
    buried = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = time.process_time(), buried.ru_utime + buried.ru_stime
    return processor(application.process.pid), processor(postgres.process.pid), *ours


def kills(town: Town, application: Application, postgres: Postgres, edition: int, sizes: tuple[int, int, int]) -> None:
    """Casts while the site and PostgreSQL are killed again and again; everybody presses until answered."""
    number, of_site, of_postgres = sizes
    vote = open_vote(town, edition, number, closes_at=datetime.now(UTC) + timedelta(hours=6))
    clients = clients_for(town, vote, number)
    look_over()
    every = max(of_site // max(of_postgres, 1), 1)

    async def break_things(done: asyncio.Event) -> int:
        killed = 0
        while killed < of_site and not done.is_set():
            await asyncio.sleep(1 + secrets.randbelow(2000) / 1000)
            if killed % every == 0 and killed // every < of_postgres:
                await asyncio.to_thread(postgres.kill)
                await asyncio.to_thread(postgres.start)
            application.kill()
            await asyncio.to_thread(application.start)
            killed += 1
        return killed

    async def both() -> int:
        done = asyncio.Event()
        # When what was killed does not come back, everybody stops.
        async with asyncio.TaskGroup() as group:
            breaking = group.create_task(break_things(done))
            await all_clients(clients, CLIENTS, lambda one: send_until_answered(application.port, vote, one))
            done.set()
        return breaking.result()

    began = time.monotonic()
    killed = asyncio.run(both())
    print(
        f"kills: {number} casts in {time.monotonic() - began:.0f} s,"
        f" site killed {killed} times, PostgreSQL {min(of_postgres, killed)} times"
    )
    judge(vote, clients, everybody=True)


def one_right(town: Town, application: Application, edition: int, submits: int) -> None:
    """One owner presses so many times at once, each time with another key."""
    vote = open_vote(town, edition, 1, closes_at=datetime.now(UTC) + timedelta(hours=6))
    (first,) = clients_for(town, vote, 1)
    clients = [Client(first.session, first.code) for _ in range(submits)]
    asyncio.run(all_clients(clients, RUSH, lambda one: send_until_answered(application.port, vote, one)))
    print(f"one right: {submits} submits at once, {Counter(one.status for one in clients)}")
    judge(vote, clients)


def closings(town: Town, application: Application, edition: int, number: int) -> None:
    """RUSH owners press within a second around the close, which happens meanwhile; number of times."""
    lead = 20.0
    for turn in range(number):
        began, closes_at = time.monotonic(), datetime.now(UTC) + timedelta(seconds=lead)
        vote = open_vote(town, edition + turn, RUSH, closes_at=closes_at)
        clients = clients_for(town, vote, RUSH)
        # The next closing leaves twice the time that this one took to prepare.
        lead = 4 + 2 * (time.monotonic() - began)
        asyncio.run(_rush(application.port, vote, clients, closes_at))
        kept, late = sum(bool(one.receipt) for one in clients), sum(one.status == 409 for one in clients)
        print(f"closing {turn + 1}: {kept} kept, {late} too late")
        judge(vote, clients, closed=True)


async def _rush(port: int, vote: Asked, clients: list[Client], closes_at: datetime) -> None:
    """Everybody between a second before and half a second after; the closing by the timer's own command."""

    async def press(one: Client) -> None:
        when = closes_at.timestamp() - 1 + secrets.randbelow(1500) / 1000
        await asyncio.sleep(max(when - time.time(), 0))
        await send_until_answered(port, vote, one)

    async def close() -> None:
        await asyncio.sleep(max(closes_at.timestamp() - time.time(), 0))
        await asyncio.to_thread(tick)

    await asyncio.gather(close(), *(press(one) for one in clients))
    await asyncio.to_thread(tick)


def tick() -> None:
    """What the timer runs."""
    from django.db import connections

    from xieshang.home.services import tick as work

    # A connection from before a kill is dead.
    connections.close_all()
    work()
    connections.close_all()


def judge(vote: Asked, clients: list[Client], *, everybody: bool = False, closed: bool = False) -> None:
    """Nothing acknowledged is lost, nothing is double, nothing came in late, the chain is whole; else it ends here."""
    from django.db.models import F

    from xieshang.voting.models import Ballot, BallotVersion, LedgerEntry

    tick()
    acknowledged = {one.receipt for one in clients if one.receipt}
    kept = set(BallotVersion.objects.filter(vote_id=vote.id).values_list("receipt", flat=True))
    ballots = Ballot.objects.filter(vote_id=vote.id)
    faults = []
    if lost := acknowledged - kept:
        faults.append(f"{len(lost)} acknowledged but lost")
    if len(kept) != ballots.count() or ballots.values("right").distinct().count() != len(kept):
        faults.append("a right has two ballots")
    if everybody and len(kept) != len(clients):
        faults.append(f"{len(clients) - len(kept)} of {len(clients)} not kept")
    if ballots.filter(cast_at__gte=F("vote__closes_at")).exists():
        faults.append("a ballot after the close")
    if closed:
        entry = LedgerEntry.objects.get(vote_id=vote.id, kind="closed")
        if LedgerEntry.objects.filter(vote_id=vote.id, kind="cast", pk__gt=entry.pk).exists():
            faults.append("a ballot behind the closing entry")
    check = [sys.executable, "manage.py", "verify_vote", vote.number, "--depth", "public"]
    found = subprocess.run(check, cwd=ROOT, check=False, capture_output=True, text=True, timeout=600)
    if found.returncode:
        faults.append(f"the chain does not hold: {found.stdout}")
    print(
        f"  {len(acknowledged)} acknowledged, {len(kept)} kept: {'; '.join(faults) or 'nothing lost, nothing double'}"
    )
    if faults:
        sys.exit(1)


def sizes() -> dict[str, list[int]]:
    """What to measure and how large, by the words given; all of it where none is."""
    wanted = dict(word.partition("=")[::2] for word in sys.argv[1:])
    if unknown := sorted(set(wanted) - set(ASKED)):
        sys.exit(f"No measurement {', '.join(unknown)}; there are: {', '.join(ASKED)}")
    given = {name: [int(size) for size in words.split(",")] for name, words in wanted.items() if words}
    return {name: given.get(name, asked) for name, asked in ASKED.items() if name in (wanted or ASKED)}


def measure(wanted: dict[str, list[int]], application: Application, postgres: Postgres) -> None:
    """One after the other, each with a list of the estate and a vote of its own."""
    seconds, casts = wanted.get("speed", [0])[0], wanted.get("kills", [0])[0]
    town = build_town(max(seconds * RATE, casts, RUSH))
    application.start()
    warm_up(application)
    if "speed" in wanted:
        speed(town, application, postgres, 1, *wanted["speed"])
    if "one_right" in wanted:
        one_right(town, application, 2, *wanted["one_right"])
    if "kills" in wanted:
        kills(town, application, postgres, 3, tuple(wanted["kills"]))
    if "closings" in wanted:
        closings(town, application, 4, *wanted["closings"])


def main() -> None:
    """Measure what is named, or all four."""
    wanted = sizes()
    # Stopped from outside, the servers are stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="bench-casting-") as name, servers(Path(name)) as (postgres, env):
        os.environ |= env
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        application = Application(Path(name), env)
        try:
            measure(wanted, application, postgres)
        finally:
            application.kill()


if __name__ == "__main__":
    main()
