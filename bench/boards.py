"""Boards, record of a company and desks: milliseconds and queries at 100 commitments, and at 10,000 with 2,000 matters.

    python -m bench.boards [times each page is asked for]

Asked for: at the large size half of the requests take at most 1.3 times what they took at the small one, with as many
queries. One process, no network, SQLite in a file of its own, or that of DATABASE_URL, where the demo's town may be
loaded already. Both towns are asked in turn, so that a machine that slows down slows both; processor time is counted.
The small town has a pageful of late topics and of late promises, so that a list is as long in both; kB are of the page.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.pages import STEP, begin, copy_all, sign_in

TIMES = 20
# At a little more than a hundred a pageful of the promises are late.
SMALL, LARGE = 110, 10_000
PAGEFUL = 20
# Open matters of the large town: half of them topics, half threads.
MATTERS = 2_000


def spread(own: str, threads: int):
    """Which copied thread the copy of a commitment belongs to: they are dealt out in turn."""
    return lambda values, turn: values[own] + ((turn - 1) % threads + 1) * STEP


def grow_commitments(until: int, threads: int) -> None:
    """Copy the demo's threads so many times, and their commitments until there are so many."""
    from xieshang.coordination.models import Commitment, Side, Thread
    from xieshang.matters.models import Matter
    from xieshang.outcomes.models import ActionItem

    grown = {"pk__gte": STEP}
    first = Thread.objects.exclude(**grown)
    of = dict(first.values_list("matter_id", "pk"))
    had = Thread.objects.filter(**grown).count() // len(of)
    _copy_matters(Matter.objects.filter(pk__in=of), of, "/coordination/{}/", had, threads)
    _copy(first, had, threads, ("matter_id",))
    _copy(Side.objects.filter(thread__in=first), had, threads, ("thread_id",))
    promised = Commitment.objects.exclude(**grown)
    turns = -(-until // promised.count()) - 1
    done = Commitment.objects.filter(**grown).count() // promised.count()
    dealt = {name: spread(name, threads) for name in ("thread_id", "side_id")}
    _copy(ActionItem.objects.filter(commitment__in=promised), done, turns, (), matter_id=spread("matter_id", threads))
    _copy(promised, done, turns, ("item_id",), **dealt)


def grow_late() -> None:
    """Copy the demo's late topics until there is a pageful of them."""
    _grow_topics(_late(), 0, PAGEFUL)


def grow_topics(until: int) -> None:
    """Copy the demo's open topics until so many matters are open; of the late ones a pageful is there."""
    from xieshang.topics.models import Topic

    late = list(_late().values_list("pk", flat=True))
    rows = Topic.objects.filter(matter__is_open=True, pk__lt=STEP)
    turns = -(-until // rows.count())
    _grow_topics(rows.exclude(pk__in=late), 0, turns)
    _grow_topics(rows.filter(pk__in=late), PAGEFUL, turns)


def _late():
    from xieshang.lib.clock import shown_today
    from xieshang.topics.models import Topic

    return Topic.objects.filter(matter__is_open=True, pk__lt=STEP, due_on__lt=shown_today(), suspended_since=None)


def _grow_topics(topics, done: int, turns: int) -> None:
    """The copies of topics with their steps that are not there yet."""
    from xieshang.matters.models import Matter
    from xieshang.topics.models import TopicStep

    of = dict(topics.values_list("matter_id", "pk"))
    _copy_matters(Matter.objects.filter(pk__in=of), of, "/topics/{}/", done, turns)
    _copy(topics, done, turns, ("matter_id",), merged_into_id=lambda _values, _turn: None)
    _copy(TopicStep.objects.filter(topic__in=of.values()), done, turns, ("topic_id",))


def _copy_matters(rows, of: dict[int, int], address: str, done: int, turns: int) -> None:
    _copy(
        rows,
        done,
        turns,
        (),
        number=lambda old, turn: f"{old['number']}-{turn}",
        url=lambda old, turn: address.format(of[old["id"]] + turn * STEP),
    )


def _copy(rows, done: int, turns: int, own: tuple[str, ...], **changes) -> None:
    """The copies of these turns that are not there yet."""
    copy_all(list(rows), range(done + 1, turns + 1), own, **changes)


def pages() -> list[tuple[str, str, str]]:
    """Who asks for which page."""
    from xieshang.coordination.models import Thread
    from xieshang.coordination.queries.threads.boards import companies_of

    community = Thread.objects.first().community_id
    company = companies_of(community)[0].pk
    board, record = "/coordination/board/", f"/coordination/companies/{company}/"
    found = [(who, path, path) for who in ("visitor", "王阿姨", "张主任") for path in (board, f"{board}?show=over")]
    found += [(who, "/coordination/", "/coordination/") for who in ("王阿姨", "张主任")]
    found += [(who, "record of a company", record) for who in ("visitor", "王阿姨")]
    found += [(who, "/desk/", "/desk/") for who in ("张主任", "李书记", "赵经理", "刘科员")]
    return found + [(who, path, path) for who in ("李书记", "刘科员") for path in ("/desk/below/", "/desk/week/")]


def look(client, path: str) -> tuple[int, int]:
    """Queries and bytes of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return len(queries), len(answer.content)


def switch(town: Path) -> None:
    """From here on this process reads the other town."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = str(town)


def enter(who: str):
    """A browser with somebody signed in; both towns know the session."""
    from django.test import Client

    client = Client()
    if who != "visitor":
        sign_in(client, who)
    return client


def compare(who: str, path: str, towns: tuple[Path, Path], times: int) -> list[tuple[float, int, int]]:
    """Half of the requests take so many milliseconds, queries, bytes: in the small town and in the large, in turn."""
    clients, seen = [], []
    for town in towns:
        switch(town)
        clients.append(enter(who))
        clients[-1].get(path)
        seen.append(look(clients[-1], path))
    took: tuple[list[float], list[float]] = [], []
    for _ in range(times):
        for town, client, spent in zip(towns, clients, took, strict=True):
            switch(town)
            client.get("/healthz")
            began = time.process_time()
            client.get(path)
            spent.append((time.process_time() - began) * 1000)
    return [(statistics.median(spent), *one) for spent, one in zip(took, seen, strict=True)]


def count() -> str:
    """How large the town is."""
    from xieshang.coordination.models import Commitment
    from xieshang.matters.models import Matter

    return f"{Commitment.objects.count()} commitments, {Matter.objects.filter(is_open=True).count()} open matters"


def keep(town: Path) -> None:
    """The town as it is now, in a file of its own, with what the database knows of its tables after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("VACUUM INTO %s", [str(town)])


def main() -> None:
    """Build both towns, ask them in turn, and say how much more the large one takes."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        begin(Path(name))
        from django.db import connection

        towns = Path(name) / "small.sqlite3", Path(name) / "large.sqlite3"
        grow_commitments(SMALL, 10)
        grow_late()
        keep(towns[0])
        print(f"small town ready after {time.monotonic() - began:.0f} s: {count()}", flush=True)
        grow_commitments(LARGE, MATTERS // 4)
        grow_topics(MATTERS // 2)
        keep(towns[1])
        print(f"large town ready after {time.monotonic() - began:.0f} s: {count()}\n", flush=True)
        print(
            "| who | page | p50 ms small | large | ratio | queries | kB small | large |\n| --- | --- |" + " ---: |" * 6
        )
        for who, name_of, path in pages():
            small, large = compare(who, path, towns, times)
            asks = str(small[1]) if small[1] == large[1] else f"{small[1]}, {large[1]}"
            sizes = f"{small[2] / 1000:.0f} | {large[2] / 1000:.0f}"
            ratio = large[0] / small[0]
            print(
                f"| {who} | {name_of} | {small[0]:.0f} | {large[0]:.0f} | {ratio:.2f} | {asks} | {sizes} |", flush=True
            )
        connection.close()


if __name__ == "__main__":
    main()
