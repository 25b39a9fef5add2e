"""The grounds the other tests stand on are what they say they are."""

import pytest
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.cache import cache
from django.db import connection


@pytest.mark.services
@pytest.mark.django_db
def test_the_real_database_is_postgres_and_sorts_chinese_by_utf8():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("UTF8", "C.UTF-8")


@pytest.mark.services
def test_the_real_cache_is_redis():
    cache.set("neighbour", "王阿姨", 60)
    assert cache.get("neighbour") == "王阿姨"
    assert settings.CACHES["default"]["LOCATION"] == settings.REDIS_URL


@pytest.mark.services
async def test_a_message_gets_through_the_real_layer():
    layer = get_channel_layer()
    name = await layer.new_channel()
    await layer.group_add("matter.7", name)
    await layer.group_send("matter.7", {"type": "moved", "matter": 7})
    assert await layer.receive(name) == {"type": "moved", "matter": 7}
