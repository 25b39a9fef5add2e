"""A line of short facts is taken apart for the page, and what somebody wrote into it stays text."""

from xieshang.lib.pieces import pieces


def test_each_fact_is_a_piece_of_its_own_and_nothing_in_it_is_markup():
    assert pieces("明湖家园 · 3户支持") == "<span>明湖家园</span><span>3户支持</span>"
    assert pieces("37人（应到130人）· 28.46%") == "<span>37人（应到130人）</span><span>28.46%</span>"
    assert pieces("<b>一处</b>") == "<span>&lt;b&gt;一处&lt;/b&gt;</span>"
