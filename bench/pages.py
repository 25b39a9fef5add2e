"""Processor time (ms, half and 95 of 100 requests below) and queries of key pages, in the demo's town and a large one.

    python -m bench.pages [times each page is asked for]

Measures in one process without a network, on a database of its own (DATABASE_URL names another one, empty or with the
demo's town in it).
The large town holds at least 10,000 people, topics and posts, one topic with 2,000 posts among them.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

TIMES = 20
LARGE = 10_000
BUSY = 2_000
# Copies are numbered by so much above what they are copied from.
STEP = 100_000
PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def begin(folder: Path) -> None:
    """Start the product on an empty database, in the demo's mode."""
    os.environ |= {"XIESHANG_MODE": "demo", "MEDIA_ROOT": str(folder / "media"), "REDIS_URL": ""}
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "xieshang.settings"
    import django
    from django.conf import settings

    settings.STORAGES = PLAIN_FILES
    django.setup()
    from django.core.management import call_command

    from xieshang.community.models import Place
    from xieshang.demo.services import load

    call_command("migrate", verbosity=0)
    if not Place.objects.exists():
        load()


# A large town ---------------------------------------------------------------------------------------------------


def copy_all(rows, turns: Iterable[int], own: tuple[str, ...], **changes) -> None:
    """Copy rows once a turn, they and what they refer to within the copy numbered higher by turns."""
    turns = list(turns)
    made = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for turn in turns:
            up = {name: values[name] + turn * STEP for name in ("id", *own) if values[name] is not None}
            fresh = {name: make(values, turn) for name, make in changes.items()}
            made.append(type(row)(**{**values, **up, **fresh}))
    type(row)._base_manager.bulk_create(made, batch_size=500)


def move_in(number: int) -> None:
    """Let so many more people live in the homes there are."""
    from xieshang.accounts.models import Person
    from xieshang.community.models import Residence

    homes = list(Residence.objects.order_by("id"))
    people = [
        Person(phone=f"+86177{at:08d}", nickname=f"邻居{at}", phone_verified=True, password="!") for at in range(number)
    ]
    people = Person.objects.bulk_create(people, batch_size=500)
    rows = []
    for at, person in enumerate(people):
        like = homes[at % len(homes)]
        rows.append(
            Residence(
                person=person,
                unit_id=like.unit_id,
                community_id=like.community_id,
                kind=like.kind,
                state=like.state,
                asked_at=like.asked_at,
                decided_at=like.decided_at,
            )
        )
    Residence.objects.bulk_create(rows, batch_size=500)


def grow(busy: int) -> None:
    """Make the demo's town large: copies of its topics with their words, more people, one topic much talked about."""
    from django.db import connection

    from xieshang.discussion.models import Post, Thread
    from xieshang.matters.models import Matter
    from xieshang.topics.models import Topic, TopicStep

    times = range(1, -(-LARGE // Topic.objects.count()) + 1)
    topic_of = dict(Topic.objects.values_list("matter_id", "id"))
    copy_all(
        list(Matter.objects.filter(id__in=topic_of)),
        times,
        (),
        number=lambda old, turn: f"{old['number']}-{turn}",
        url=lambda old, turn: f"/topics/{topic_of[old['id']] + turn * STEP}/",
    )
    copy_all(list(Topic.objects.all()), times, ("matter_id", "merged_into_id"))
    copy_all(list(TopicStep.objects.all()), times, ("topic_id",))
    copy_all(list(Thread.objects.filter(matter__in=topic_of)), times, ("matter_id",))
    copy_all(list(Post.objects.filter(thread__matter__in=topic_of)), times, ("thread_id", "parent_id"))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO matters_gram (matter_id, community_id, gram) SELECT m.id, g.community_id, g.gram"
            f" FROM matters_matter m JOIN matters_gram g ON g.matter_id = m.id % {STEP} WHERE m.id > {STEP}"
        )
    said = Post.objects.filter(thread__matter=busy, parent=None).first()
    values = {field.attname: getattr(said, field.attname) for field in said._meta.concrete_fields}
    last = Post.objects.latest("id").id
    later = (timedelta(seconds=at) for at in range(BUSY))
    Post.objects.bulk_create(
        Post(**{**values, "id": last + at + 1, "said_at": said.said_at + next(later)}) for at in range(BUSY)
    )
    move_in(LARGE)


# Asking ---------------------------------------------------------------------------------------------------------


def pages() -> tuple[int, list[tuple[str, str, str]]]:
    """The matter most talked about, and for each role what it asks for."""
    from django.db.models import Count

    from xieshang.topics.models import Topic
    from xieshang.voting.models import Vote

    topic = Topic.objects.annotate(said=Count("matter__thread__posts")).order_by("-said", "id").first()
    vote = Vote.objects.filter(state="open").exclude(base="owners").earliest("id")
    asked = [(who, path, path) for who in ("visitor", "王阿姨") for path in ("/", "/topics/", "/search/?q=电梯")]
    asked += [(who, "a topic much talked about", f"/topics/{topic.pk}/") for who in ("visitor", "王阿姨", "张主任")]
    asked += [
        ("王阿姨", "a vote", f"/votes/{vote.pk}/"),
        ("王阿姨", "/mine/", "/mine/"),
        ("张主任", "/desk/", "/desk/"),
    ]
    return topic.matter_id, asked


def sign_in(client, who: str) -> None:
    """Sign somebody in, in the office they hold if they hold one."""
    from xieshang.accounts.models import Person
    from xieshang.community.models import Office
    from xieshang.lib.clock import today

    person = Person.objects.get(nickname=who)
    client.force_login(person)
    session = client.session
    session["office"] = Office.objects.running(today()).filter(person=person).values_list("pk", flat=True).first()
    session.save()


def ask(who: str, path: str, times: int) -> tuple[float, float, int]:
    """Median, 95th percentile in milliseconds, and queries of one page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if who != "visitor":
        sign_in(client, who)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    number = len(queries)
    assert answer.status_code == 200, (who, path, answer.status_code)
    took = []
    for _ in range(times):
        began = time.process_time()
        client.get(path)
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], number


def measure(label: str, asked: list[tuple[str, str, str]], times: int) -> None:
    """Ask for every page and print a line of each."""
    print(f"\n| {label}: who | page | p50 ms | p95 ms | queries |\n| --- | --- | ---: | ---: | ---: |")
    for who, name, path in asked:
        ask(who, path, 1 + 1)
        half, most, queries = ask(who, path, times)
        print(f"| {who} | {name} | {half:.0f} | {most:.0f} | {queries} |", flush=True)


def main() -> None:
    """Measure the demo's town, make it large, measure again."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        begin(Path(name))
        print(f"town ready after {time.monotonic() - began:.0f} s", flush=True)
        busy, asked = pages()
        measure("small", asked, times)
        began = time.monotonic()
        grow(busy)
        print(f"\ntown grown after {time.monotonic() - began:.0f} s", flush=True)
        measure("large", asked, times)


if __name__ == "__main__":
    main()
