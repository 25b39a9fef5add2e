"""The main pages with text twice as large, and by keyboard alone: nothing falls off the edge, everything is reached."""

import pytest

OVER = """() => {
  const width = document.documentElement.clientWidth;
  const all = "a, button, input, select, textarea, h1, h2, h3, p, li";
  const outside = [...document.querySelectorAll(all)].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.left < width && box.right > width + 1 && !one.closest(".scroll-x, .sr, .skip");
  });
  const cut = [...document.querySelectorAll("a, button, h1, h2, h3, p, summary")].filter(one => {
    const style = getComputedStyle(one);
    return style.overflow === "hidden" && one.clientHeight > 2 && one.scrollHeight > one.clientHeight + 4;
  });
  return [document.documentElement.scrollWidth - width, ...outside, ...cut].map(
    one => one.outerHTML ? one.outerHTML.slice(0, 90) : one);
}"""
# What can be pressed or filled in and is on the screen; of a group of choices one stands for all.
STOPS = """() => {
  const seen = new Set();
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one => {
    if (one.disabled || one.type === "hidden" || one.tabIndex < 0 || !one.getClientRects().length) { return false; }
    const shut = one.parentElement.closest("details:not([open])");
    if (shut && !(one.tagName === "SUMMARY" && one.parentElement === shut)) { return false; }
    const group = one.type === "radio" ? one.form.id + one.name : one;
    return !seen.has(group) && seen.add(group);
  });
  stops.forEach((one, number) => { one.dataset.stop = number; });
  return stops.map(one => one.outerHTML.slice(0, 90));
}"""
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) { return null; }
  const group = one.type === "radio" ? document.querySelector(`[name="${one.name}"][data-stop]`) : one;
  const face = one.nextElementSibling || one;
  const shown = [one, face, one.parentElement].some(part => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const number = group && group.dataset.stop ? Number(group.dataset.stop) : -1;
  return {number, shown, html: one.outerHTML.slice(0, 90)};
}"""


@pytest.fixture
def pages(topic, poll, talked_over):
    """The main pages of a resident."""
    return [
        "/",
        "/topics/",
        topic.get_absolute_url(),
        f"/s/{talked_over.pk}/discussion/?say=1",
        "/votes/",
        poll.get_absolute_url(),
        "/notices/",
        "/topics/raise/",
        "/account/",
        "/search/?q=灯",
        "/help/residents/",
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_text_twice_as_large_stays_on_the_page(visit, pages, zhou_dashu, width):
    visitor = visit(zhou_dashu)
    visitor.page.set_viewport_size({"width": width, "height": 844})
    faults = {}
    for path in pages:
        visitor.open(path)
        visitor.page.evaluate(
            "document.documentElement.style.fontSize ="
            " parseFloat(getComputedStyle(document.documentElement).fontSize) * 2 + 'px'"
        )
        over, *lost = visitor.page.evaluate(OVER)
        if over > 0 or lost:
            faults[path] = [over, *lost]
    assert faults == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_by_keyboard_everything_is_reached_in_order_and_seen_to_be(visit, pages, zhou_dashu, width):
    visitor = visit(zhou_dashu)
    visitor.page.set_viewport_size({"width": width, "height": 844})
    faults = {}
    for path in pages:
        visitor.open(path)
        if wrong := list(walk(visitor.page)):
            faults[path] = wrong
    assert faults == {}


def walk(page):
    """Press Tab from the top to the end; what was not reached, not marked, or out of order."""
    stops, reached = page.evaluate(STOPS), []
    page.keyboard.press("Tab")
    assert "跳到正文" in page.evaluate("document.activeElement.textContent")
    for _press in range(len(stops) + 5):
        at = page.evaluate(STOP)
        # Behind the last one the browser begins anew.
        if at is None or (at["number"] >= 0 and at["number"] in reached):
            break
        if not at["shown"]:
            yield f"not marked: {at['html']}"
        reached.append(at["number"])
        page.keyboard.press("Tab")
    # A link that gave way to what it led to, on the way, is not missed.
    there = page.evaluate("[...document.querySelectorAll('[data-stop]')].map(one => Number(one.dataset.stop))")
    yield from (f"not reached: {stops[number]}" for number in set(there) - set(reached))
    known = [number for number in reached if number >= 0]
    if known != sorted(known):
        yield f"out of order: {known}"


def test_by_keyboard_one_skips_to_the_text_and_supports(visit, topic, zhou_dashu):
    visitor = visit(zhou_dashu).open(topic.get_absolute_url())
    press = visitor.page.keyboard.press
    press("Tab")
    press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"
    visitor.find("支持").focus()
    press("Enter")
    visitor.sees("您已支持")
