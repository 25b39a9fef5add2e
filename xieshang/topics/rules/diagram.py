"""The course drawn as a Mermaid diagram, for the documents."""

from collections.abc import Mapping

from .states import State, Step

Course = Mapping[tuple[State, Step], State]


def draw_mermaid(course: Course, labels: Mapping[State, str], steps: Mapping[Step, str]) -> str:
    """A Mermaid state diagram of all moves that change the state; ends lead to the final dot."""
    moves = [(before, step, after) for (before, step), after in course.items() if before != after]
    starting = {before for before, _step, _after in moves}
    ends = sorted({after for _before, _step, after in moves} - starting)
    lines = ["stateDiagram-v2", f"    [*] --> {State.DRAFT}"]
    lines += [f"    {state} : {labels[state]}" for state in State]
    lines += [f"    {before} --> {after} : {steps[step]}" for before, step, after in moves]
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join(lines) + "\n"
