"""Print the course of an app's matters as a diagram."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from ...rules import COURSE, STATE_LABELS, STEP_LABELS, draw_mermaid


class Command(BaseCommand):
    """`draw_course topics` prints the Mermaid diagram that docs/topics-course.md holds."""

    help = "Print the course of topics as a Mermaid state diagram"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("app", choices=["topics"])

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(draw_mermaid(COURSE, STATE_LABELS, STEP_LABELS), ending="")
