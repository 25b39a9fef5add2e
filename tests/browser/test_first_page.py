"""The first page in a real browser: nothing complains, the line for live news opens."""

import pytest


@pytest.fixture
def complaints(page):
    """What the browser writes to its console as an error or a warning."""
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_the_first_page_speaks_chinese_and_nothing_complains(page, live_site, complaints):
    assert page.goto(live_site).status == 200
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator("h1").count() == 1
    assert complaints == []


def test_nothing_is_fetched_from_elsewhere(page, live_site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_site, wait_until="networkidle")
    assert [url for url in asked if not url.startswith((live_site, "data:"))] == []
