"""The live line of a page: it breaks, says so, comes back, and nothing of what one was doing is touched."""

import re

from playwright.sync_api import expect

# The page waits five seconds before it speaks of a lost line, and at most a few more before it tries again.
PATIENCE = 20_000
TYPED = "我还没有写完"


class Line:
    """The socket of a page, which a test can cut and mend."""

    def __init__(self, page):
        self.is_cut, self.sockets = False, []
        page.route_web_socket(re.compile("/ws/"), self.connect)

    def connect(self, socket):
        """Pass everything through, or refuse."""
        if self.is_cut:
            socket.close()
            return
        socket.connect_to_server()
        self.sockets.append(socket)

    def cut(self):
        """Break what is open and refuse what comes."""
        self.is_cut = True
        self.sockets[-1].close()


def say(neighbour, text):
    """A neighbour says something at a browser of their own."""
    neighbour.open(neighbour.page.url).tick("赞成").write("说说理由", text)
    neighbour.unfold("提意见").sees("说好了，大家都能看到。")


def test_a_lost_line_is_told_and_comes_back_with_what_was_missed(visit, talked_over, wang_ayi, zhou_dashu):
    address = f"/s/{talked_over.pk}/discussion/?say=1"
    neighbour, visitor = visit(zhou_dashu).open(address), visit(wang_ayi)
    line = Line(visitor.page)
    visitor.open(address).sees("还没有人说")
    stale, news = visitor.page.locator("[data-stale]"), visitor.page.locator(".news-button")
    field = visitor.page.locator("textarea[name=text]").first
    say(neighbour, "采光也要想一想。")
    expect(news).to_contain_text("有1条新意见", timeout=PATIENCE)
    field.fill(TYPED)
    line.cut()
    expect(stale).to_contain_text("连接断开，您写的内容已保存。这一页的数字停在", timeout=PATIENCE)
    news.click()
    expect(visitor.page.locator("#posts")).to_contain_text("采光也要想一想。")
    expect(news).to_be_hidden()
    say(neighbour, "一楼的补偿怎么算？")
    field.focus()
    line.is_cut = False
    expect(stale).to_be_empty(timeout=2 * PATIENCE)
    expect(news).to_be_visible(timeout=PATIENCE)
    expect(visitor.page.locator("#posts")).not_to_contain_text("一楼的补偿怎么算？")
    expect(field).to_have_value(TYPED)
    expect(field).to_be_focused()
    news.click()
    expect(visitor.page.locator("#posts")).to_contain_text("一楼的补偿怎么算？")


def test_without_a_line_one_still_speaks(visit, talked_over, wang_ayi):
    visitor = visit(wang_ayi)
    Line(visitor.page).is_cut = True
    visitor.open(f"/s/{talked_over.pk}/discussion/")
    expect(visitor.page.locator("[data-stale]")).to_contain_text("连接断开", timeout=PATIENCE)
    visitor.tick("赞成").write("说说理由", "老人上下楼太难了。").unfold("提意见").sees("说好了，大家都能看到。")
    expect(visitor.page.locator("#posts")).to_contain_text("老人上下楼太难了。")
