"""Who decides, and by what rule: the first sentence of every topic."""

from dataclasses import dataclass

from xieshang.lib.refusals import later as _

from .states import Nature, State


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, the rule in one sentence, its source, and the label that goes on every figure and result."""

    body: str
    rule: str
    source: str
    label: str


DECIDERS: dict[Nature, Decider] = {
    Nature.ADVISORY: Decider(
        _("大家商量，居委会采纳"),
        _("经党组织研究、协商和公示后采纳，供各方照着办。"),
        _("关于加强城乡社区协商的意见（2015年）"),
        _("这是协商意见，供参考，不是业主大会或居民会议的决定。"),
    ),
    Nature.OWNERS: Decider(
        _("业主共同决定"),
        _(
            "由专有部分面积和人数都占三分之二以上的业主参与表决；一般事项要参与表决的过半数同意，重大事项要四分之三以上同意。"
        ),
        _("民法典第278条"),
        _("协商意见供参考，不具有业主大会决定的效力；这件事依法由业主共同决定。"),
    ),
    Nature.RESIDENTS_MEETING: Decider(
        _("居民会议决定"),
        _("要有过半数的应到居民（或户代表、居民小组代表）到会，到会的过半数同意。"),
        _("城市居民委员会组织法第9、10条"),
        _("协商意见供参考，不具有居民会议决定的效力；这件事依法由居民会议决定。"),
    ),
    Nature.VILLAGERS_MEETING: Decider(
        _("村民会议或村民代表会议决定"),
        _(
            "村民会议要有过半数的十八周岁以上村民或三分之二以上的户代表到会；代表会议要有三分之二以上的代表到会；到会的过半数同意。"
        ),
        _("村民委员会组织法第22、24、25、26条"),
        _("协商意见供参考，不具有村民会议决定的效力；这件事依法由村民会议或经授权的村民代表会议决定。"),
    ),
}

UNDECIDED = Decider(
    _("受理时确定"),
    _("居委会受理时看这件事依法由谁决定。"),
    "",
    "",
)


# Matters on which nobody decides: they are mended, answered, or went on elsewhere.
NOBODY_DECIDES: dict[State, str] = {
    State.DISPATCHED: _("不用表决，直接办理"),
    State.HANDLED: _("不用表决，直接办理"),
    State.EVALUATED: _("不用表决，直接办理"),
    State.ARCHIVED: _("不用表决，直接办理"),
    State.REDIRECTED: _("由接手的单位答复"),
    State.CLOSED: _("由接手的单位答复"),
    State.MERGED: _("看并入的那一件"),
    State.WITHDRAWN: _("已撤回，不用决定"),
}


def who_decides(nature: Nature | None) -> Decider:
    """Who decides a matter of this nature; before screening nobody can say yet."""
    return DECIDERS.get(nature, UNDECIDED) if nature else UNDECIDED
