"""The words of the outcome, filled in from the record, and the publishing desk's list of what the rules ask."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xieshang.discussion import queries as discussion
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_words, full_day
from xieshang.lib.officialtext import plain, shown
from xieshang.lib.workdays import period_after
from xieshang.matters.queries import follower_ids
from xieshang.outcomes.models import Notice
from xieshang.outcomes.queries import sheet_of
from xieshang.outcomes.rules import NoticeKind
from xieshang.voting.queries import result_words

from ..models import Topic
from ..rules import (
    NUMERALS,
    SESSION_KINDS,
    WHO_LABELS,
    Check,
    Nature,
    RecordKind,
    State,
    Step,
    Who,
    checklist,
    renewed,
    value,
    who_decides,
)
from .facts import draft_notice_of
from .file import TopicFile, file_of
from .unsaid import FEEDBACK, ITEMS, OWNERS, feedback_words, item_words, owners_words, unsaid
from .work import facts_now


@dataclass(frozen=True, slots=True)
class PublishingDesk:
    """The draft as residents will see it, what the rules ask, and who will see it from when."""

    topic: Topic
    draft: Notice | None
    step: Step
    checks: list[dict[str, object]]
    audience: str
    period: str
    days: int
    # What the record holds since, and the draft does not.
    unsaid: list[str]
    # The paragraph that publishing adds under the draft; the draft itself may be older than the last objection.
    under: str = ""

    @property
    def sheet(self) -> dict[str, object]:
        """The draft as it will read on paper."""
        if self.draft is None:
            return {}
        sheet = sheet_of(self.draft, as_of=shown_today())
        under = format_html("<p>{}</p>", self.under) if self.under else ""
        # Cleaned when it was stored.
        return sheet | {"html": format_html("{}{}", mark_safe(self.draft.body), under)}

    @property
    def missing_words(self) -> str:
        """还差一项."""
        return f"还差{self.missing}项"

    @property
    def only_waits(self) -> bool:
        """Whether nothing is lacking but that days go by."""
        return all(check["ok"] or check["waits"] for check in self.checks)

    @property
    def met(self) -> int:
        """How many lines are ticked."""
        return sum(bool(check["ok"]) for check in self.checks)

    @property
    def count_words(self) -> str:
        """7项中6项已齐."""
        return f"{len(self.checks)}项中{self.met}项已齐"

    @property
    def missing(self) -> int:
        """How many lines still lack something."""
        return len(self.checks) - self.met


def publishing_desk(actor: Actor, topic: Topic) -> PublishingDesk:
    """Everything the secretary looks at before publishing."""
    file = file_of(topic)
    state = State(topic.state)
    step = Step.ADOPT if state == State.PUBLICITY else Step.PUBLISH_NOTICE
    asked = checklist(state, step, facts_now(topic, actor, file))
    checks = [_shown(check) for check in asked if not (check.is_met and check.refusal.code == "suspended")]
    days = value(topic.values, "topics.publicity_days")
    followers, draft = len(follower_ids(topic.matter)), draft_notice_of(topic)
    place = topic.place.label or topic.place.name
    return PublishingDesk(
        topic=topic,
        draft=draft,
        step=step,
        checks=checks,
        audience=f"{place} {topic.households}户 · 关注此事 {followers}人",
        period=_period(days) if step == Step.PUBLISH_NOTICE else _("公告发布后即进入办理"),
        days=days,
        unsaid=unsaid(topic, file, draft),
        under=objected_words(topic) if step == Step.ADOPT else "",
    )


def _period(days: int) -> str:
    period = period_after(shown_today(), days)
    return _("今天张贴的话，公示期%(first)s至%(last)s") % {
        "first": day_words(period.first_day),
        "last": day_words(period.last_day),
    }


def _shown(check: Check) -> dict[str, object]:
    """One line of the list; who reads it only publishes, so a lack names who supplies it, but for what time brings."""
    supplied = check.is_met or check.who in {Who.SECRETARY, Who.SYSTEM}
    return {
        "ok": check.is_met,
        "waits": check.who == Who.SYSTEM,
        "what": str(check.asks if check.is_met else check.refusal.sentence),
        "note": str(check.refusal.source) if check.is_met else "",
        "who": "" if supplied else str(WHO_LABELS[check.who]),
    }


def notice_words(topic: Topic) -> tuple[str, SafeString]:
    """Title and body of the next notice of this topic, every fact taken from the record."""
    name = _bare(topic.matter.title)
    title = _("关于%s协商意见的公告") if State(topic.state) == State.PUBLICITY else _("关于%s协商结果的公示")
    return title % name, _paragraphs(_parts(topic))


def renewed_words(topic: Topic, draft: Notice) -> str:
    """The draft with what the record now holds about the days to come; all else stays as it was written."""
    parts = dict(_parts(topic)[1:])
    fresh = {
        lead: _numbered(f"{NUMERALS[0]}、{lead}。", parts[lead]) for lead in (OWNERS, ITEMS, FEEDBACK) if lead in parts
    }
    return renewed(draft.body, fresh, list(parts))


def draft_gaps(topic: Topic, draft: Notice | None) -> list[str]:
    """The sentences of the record that the draft does not hold."""
    return unsaid(topic, file_of(topic), draft) if draft else []


def _parts(topic: Topic) -> list[tuple[str, str]]:
    """The paragraphs of the next notice with their leads; the first has none."""
    file = file_of(topic)
    return _adoption(topic, file) if State(topic.state) == State.PUBLICITY else _result(topic, file)


def _bare(title: str) -> str:
    return title.removeprefix("关于").removesuffix("的议题")


def _paragraphs(parts: list[tuple[str, str]]) -> SafeString:
    """Numbered paragraphs with their leads; the first stands without a number."""
    first, *rest = parts
    numbered = [(f"{NUMERALS[n]}、{lead}。", text) for n, (lead, text) in enumerate(rest)]
    return format_html("<p>{}</p>{}", first[1], format_html_join("", "{}", ((_numbered(*part),) for part in numbered)))


def _numbered(lead: str, text: str) -> SafeString:
    """A lead and what follows it: on its line, or below it where an official text has paragraphs of its own."""
    words = plain(text)
    if "\n" in words or "<" in words:
        return format_html("<p><strong>{}</strong></p>{}", lead, shown(text))
    return format_html("<p><strong>{}</strong>{}</p>", lead, words)


def _result(topic: Topic, file: TopicFile) -> list[tuple[str, str]]:
    opinion = file.latest(RecordKind.OPINION)
    parts = [("", _process(topic, file))]
    parts.append((_("协商意见"), opinion.conclusion if opinion else ""))
    if opinion and opinion.minority:
        parts.append((_("不同意见"), f"{opinion.minority}{_answer(opinion.explanation)}"))
    if file.poll and file.poll.result:
        parts.append((_("意愿征集"), result_words(file.poll.vote, file.poll.result)))
    decision = file.latest(RecordKind.RESIDENTS_MEETING)
    if decision:
        tally = f"应到{decision.expected}人，实到{decision.present}人，同意{decision.agree}人，"
        tally += f"反对{decision.against}人，弃权{decision.abstain}人。"
        parts.append((_("会议决定"), f"{full_day(decision.held_on)}{decision.form}：{tally}{decision.conclusion}"))
    parts.append((_("法律性质"), str(who_decides(Nature(topic.nature) if topic.nature else None).label)))
    if plan := owners_words(topic):
        parts.append((OWNERS, plan))
    days = value(topic.values, "topics.publicity_days")
    channel = _(
        "公示期不少于%d日，从张贴次日起算，最后一日遇休息日顺延。"
        "对结果有异议的，请在公示期内通过本平台或书面向居民委员会提出，居民委员会%d个工作日内公开答复。"
    ) % (days, value(topic.values, "topics.objection_days"))
    parts.append((_("公示期和异议"), channel))
    return parts


def _answer(explanation: str) -> str:
    return f"答复：{explanation}" if explanation else ""


def _process(topic: Topic, file: TopicFile) -> str:
    """Who studied, hosted and took part, when, and how many spoke."""
    counts = discussion.counts(topic.matter)
    study = file.latest(RecordKind.PARTY_REVIEW)
    sessions = file.all_of(*SESSION_KINDS)
    studied = f"经社区党组织{full_day(study.held_on)}研究同意，" if study else ""
    return (
        f"依据《社区协商议事规则》，{studied}由居民委员会主持，"
        f"于{full_day(topic.discussion_first_day)}至{full_day(topic.discussion_last_day)}"
        f"就“{_bare(topic.matter.title)}”组织协商。召开协商会{len(sessions)}次，"
        f"到会{sum(s.present or 0 for s in sessions)}人次；网上{counts.people}人发表意见{counts.posts}条。"
    )


def objected_words(topic: Topic) -> str:
    """What came of the days of publicity, as it stands now: nothing is adopted while an objection waits or holds."""
    count = getattr(file_of(topic).notice(NoticeKind.GONGSHI), "objections_all", 0)
    return _("公示期内收到异议%d条，均已答复，没有成立的。") % count if count else _("公示期内没有收到异议。")


def _adoption(topic: Topic, file: TopicFile) -> list[tuple[str, str]]:
    opinion, notice = file.latest(RecordKind.OPINION), file.notice(NoticeKind.GONGSHI)
    number = f"（{notice.number}）" if notice else ""
    parts = [("", _("协商结果公示%s期满，协商意见予以采纳，现公告如下。") % number)]
    parts.append((_("采纳的意见"), opinion.conclusion if opinion else ""))
    items = "；".join(item_words(item) for item in file.promises.items)
    parts.append((ITEMS, f"{items}。" if items else ""))
    parts.append((FEEDBACK, feedback_words(topic)))
    return parts
