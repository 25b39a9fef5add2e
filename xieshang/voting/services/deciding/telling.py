"""Notices of an owners' vote, written from the record and published by its convener."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xieshang.lib.actor import Actor
from xieshang.lib.officialtext import paragraphs
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind

from ...models import Decision
from ...rules.deciding.results import HEAD, Table


def put_up(
    actor: Actor,
    decision: Decision,
    kind: NoticeKind,
    title: str,
    body: str,
    *,
    days: int = 0,
    boards: Sequence[str] = (),
) -> Notice:
    """Draft and publish a notice in one act, signed by the convener; the actor speaks for it.

    Where boards are named its period runs from the last of their photos, else from the net.
    """
    notice = outcomes.draft(
        actor,
        decision.vote.matter,
        kind=kind,
        title=title[:120],
        body=body,
        signers=[decision.convener],
        boards=boards,
    )
    return outcomes.publish(actor, notice.pk, days=days, net_is_enough=not boards)


def text_of(lines: Sequence[str]) -> str:
    """Lines as the paragraphs of an official text."""
    return paragraphs("\n".join(lines))


def table_of(rows: Table) -> SafeString:
    """A table of figures."""
    head = format_html_join("", "<th>{}</th>", ((cell,) for cell in HEAD))
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows))
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)


def _cells(row: Sequence[str]) -> SafeString:
    return format_html_join("", "<td>{}</td>", ((cell,) for cell in row))
