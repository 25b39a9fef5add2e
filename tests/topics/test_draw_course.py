"""The diagram in the documents is the one that the command prints."""

from pathlib import Path

from django.core.management import call_command

PAGE = Path(__file__).resolve().parents[2] / "docs" / "topics-course.md"


def test_the_documents_show_the_course_as_it_is(capsys):
    call_command("draw_course", "topics")
    drawn = capsys.readouterr().out
    assert drawn.startswith("stateDiagram-v2\n")
    assert f"```mermaid\n{drawn}```" in PAGE.read_text(encoding="utf-8")
