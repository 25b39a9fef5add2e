"""Lists that upper apps fill when they are ready; called inside the transaction of the verb."""

from collections.abc import Callable

from xieshang.lib.actor import Actor
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter

from .models import Notice

# An objection to a published notice was found right by the committee; by the street, after the answer.
on_sustained: list[Callable[[Actor, Notice], None]] = []
on_appeal_upheld: list[Callable[[Actor, Notice], None]] = []
# The last open objection to a notice got its answer, and none was sustained.
on_all_answered: list[Callable[[Actor, Notice], None]] = []
# A notice counts as posted: its period is known from now on.
on_posted: list[Callable[[Actor, Notice], None]] = []
# Every action item of a matter is verified; somebody rated it.
on_all_done: list[Callable[[Actor, Matter], None]] = []
# What comes once every action item of a matter is verified, as it is told to this actor.
comes_next: list[Callable[[Actor, Matter], Waiting | None]] = []
on_rated: list[Callable[[Matter], None]] = []
# Whether somebody speaks for the body that convenes the owners in this matter; whether a person is one of the owners
# it is about, wherever they live.
convenes: list[Callable[[Actor, Matter], bool]] = []
concerned: list[Callable[[Actor, Matter], bool]] = []
# Whether somebody speaks for a side that binds itself to something in this matter; whether they may move a promised
# day where an upper app keeps that to itself (None where it does not).
binds_itself: list[Callable[[Actor, Matter], bool]] = []
moves_due: list[Callable[[Actor, Matter], bool | None]] = []
