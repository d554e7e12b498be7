"""Claims about meetings and plans, and words whose time is over."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.patterns import lazy
from extractor.rulebook.campaigns import Campaign, bare
from extractor.rulebook.cards import Card
from extractor.rulebook.facts import Meeting, Plan

# The patterns begin with a literal, so that the engine skips to it; the congress before it is looked at from there.
_CONGRESS = lazy(r"大(?<=[十一二三四五六七八九]大)(?![家学中型道桥厦队会])")
_PLENA = lazy(r"届(?P<plena>[一二三四五六七](?:中?[、和][一二三四五六七])*)中全会")
_NTH = lazy(r"(?:十[一二三四五六七八九]|二十[一二]?)$")
_CALLED = lazy(r"党的?$|[、和]$|迎接$|喜迎$|中共$|[，]$|的$")
_LEADING_UP = 12


def anachronism(case: Case, card: Card) -> Iterator[Fault]:
    """The 精神 of a congress or plenary that had not opened when the document was signed."""
    day = case.issue or (date(case.year, 12, 31) if case.year else None)
    if day is None:
        return
    if not case.says(*case.rulebook.facts.congresses_after(day)):
        return
    told: set[str] = set()
    for a, b, meeting in _meetings(case):
        if meeting.open <= day or meeting.name in told or case.in_title(a):
            continue
        before = case.chars[max(a - _LEADING_UP, 0) : a]
        after = case.chars[b : b + 6]
        if any(word in before for word in case.rulebook.facts.guards) or re.match(
            r"(?:即将|召开前|胜利召开)", after
        ):
            continue
        told.add(meeting.name)
        others = (Other(case.issue_span, "成文日期"),) if case.issue_span else ()
        values = {"meeting": meeting.name, "open": _shown(meeting.open), "issue": _shown(day)}
        yield Fault(case.span(a, b), values, others, confidence=meeting.confidence)


def _meetings(case: Case) -> Iterator[tuple[int, int, Meeting]]:
    """Every meeting the text names that the facts know, with its place; of 二中、三中全会 each."""
    known = case.rulebook.facts.meetings
    for match in _CONGRESS.finditer(case.chars):
        congress = _nth(case, match)
        a = match.start() - len(congress)
        meeting = known.get(f"{congress}大")
        if meeting and _CALLED.search(case.chars[max(a - 3, 0) : a]):
            yield a, match.end(), meeting
    for match in _PLENA.finditer(case.chars):
        congress = _nth(case, match)
        for plenum in re.findall(r"[一二三四五六七]", match["plena"]):
            meeting = known.get(f"{congress}届{plenum}中全会")
            if meeting:
                yield match.start() - len(congress), match.end(), meeting


def _nth(case: Case, match: re.Match[str]) -> str:
    """The number of the congress before 大 or 届, or nothing."""
    number = _NTH.search(case.chars[max(match.start() - 3, 0) : match.start()])
    return number.group() if number else ""


def _shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def latest_meeting(case: Case, card: Card) -> Iterator[Fault]:
    """A 贯彻 sentence that stops at an older plenary although a newer one has closed."""
    if case.issue is None:
        return
    latest = case.issue - timedelta(days=card.params["days"])
    newest = case.rulebook.facts.newest_meeting(latest)
    if newest is None or "中全会" not in newest.name:
        return
    congress, _, plenum = newest.name.partition("届")
    if case.says(newest.name) or not case.says(f"{congress}届"):
        return
    for match in _PLENA.finditer(case.chars):
        if _nth(case, match) != congress:
            continue
        start = match.start() - len(congress)
        a, b = case.sentence(start, match.end())
        words = case.chars[a:b]
        if plenum[0] in match["plena"] or "历次全会" in words or "全面贯彻" not in words:
            return
        yield Fault(
            case.span(start, match.end()),
            {"meeting": newest.name, "close": _shown(newest.close)},
            confidence=newest.confidence,
        )
        return


_SESSIONS = lazy(r"(?P<y>20\d\d)年(?:的)?(?:全国)?(?:[、和]?(?:全省|全市|省|市|区|县)?)*[“]?两会[”]?精神")


def two_sessions(case: Case, card: Card) -> Iterator[Fault]:
    """The 两会精神 of a year whose sessions had not closed, or of the year before when newer ones had."""
    if case.issue is None or "两会" not in case.chars:
        return
    sessions = case.rulebook.facts.sessions
    for match in _SESSIONS.finditer(case.chars):
        year = int(match["y"])
        session, own = sessions.get(year), sessions.get(case.issue.year)
        others = (Other(case.issue_span, "成文日期"),) if case.issue_span else ()
        if session and case.issue < session.close:
            values = {"year": year, "close": _shown(session.close)}
            yield Fault(
                case.span(*match.span()), values, others, variant="early", confidence=session.confidence
            )
        elif (
            own
            and year == case.issue.year - 1
            and case.issue > own.close
            and "回顾" not in case.chars[max(match.start() - 20, 0) : match.start()]
        ):
            digits = case.span(match.start("y"), match.end("y"))
            values = {"year": year, "own": case.issue.year}
            yield Fault(
                case.span(*match.span()),
                values,
                others,
                confidence=own.confidence,
                change=Change(digits, str(case.issue.year)),
            )


_SPAN = lazy(r"[（(]?(?P<a>(?:19|20)\d\d)年?(?:-|~|至|到)(?P<b>(?:19|20)\d\d)年[）)]?")
_OWN_SPAN = lazy(r"行动|方案|计划|三年|工作|任务|清单|要点|试点|项目|工程|办法")


def plan_span(case: Case, card: Card) -> Iterator[Fault]:
    """The years printed with a plan whose years are known; a five-year plan carried out outside its years."""
    for a, b in case.titles:
        words = case.chars[a:b]
        match = _SPAN.search(words) if "年" in words else None
        if match is None or case.zone(a) == "web":
            continue
        plan = _plan(case.rulebook.facts.plans, words[: match.start()])
        if plan is None or _OWN_SPAN.search(words):
            continue
        stated = (int(match["a"]), int(match["b"]))
        if (plan.first, plan.last) != stated and plan.first and plan.last:
            span = case.span(a + match.start("a"), a + match.end("b") + 1)
            right = f"{plan.first}—{plan.last}年"
            values = {"plan": plan.names[0], "right": right, "title": case.printed(a, b)}
            yield Fault(span, values, confidence=plan.confidence, change=Change(span, right))
    yield from _outside(case)


def _plan(plans: tuple[Plan, ...], words: str) -> Plan | None:
    """The plan a title names: a five-year plan anywhere in it, an outline only by its very name."""
    for plan in plans:
        for name in plan.names:
            if name.startswith("“") and name in words and words.rstrip("（").endswith(("规划", "纲要", name)):
                return plan
            if not name.startswith("“") and words.rstrip("（").lstrip("《") == name:
                return plan
    return None


_PERIOD = lazy(r"(?P<n>十[一二三四五六]五)”?(?:规划|时期)")
_CARRIED_OUT = lazy(r"(?:贯彻落实|全面落实|深入落实|深入实施|全面实施|大力实施|推进实施)“?$")


def _outside(case: Case) -> Iterator[Fault]:
    if case.year is None:
        return
    for match in _PERIOD.finditer(case.chars):
        verb = _CARRIED_OUT.search(case.chars[max(match.start() - 5, 0) : match.start()])
        if verb is None:
            continue
        plan = next((p for p in case.rulebook.facts.plans if match["n"] in p.names), None)
        if plan is None or not plan.first or not plan.last or case.in_title(match.start("n")):
            continue
        a = match.start() - len(verb.group())
        start, _ = case.sentence(a)
        if plan.first - 1 <= case.year <= plan.last + 1 or re.search(
            r"总结|收官|回顾|以来|期间", case.chars[start : match.end() + 4]
        ):
            continue
        values = {"plan": match["n"], "right": f"{plan.first}—{plan.last}年", "year": case.year}
        yield Fault(case.span(a, match.end()), values, variant="expired", confidence=plan.confidence)


def other_theme(case: Case, card: Card) -> Iterator[Fault]:
    """The theme another body gives the same day, used as the campaign's own: stated as theme, or in running text."""
    if case.campaign is None or not case.campaign.other_themes:
        return
    yield from _stated_as_theme(case, case.campaign)
    yield from _quoted_as_theme(case, case.campaign)


_QUOTED = lazy(
    r"“(?:(?:(?<=以“)|(?<=(?:围绕|紧扣|聚焦|突出)“))(?P<one>[^“”\n]{5,40})”(?=的?(?:为|这一|活动|宣传|年度)*主题)"
    r"|(?<=主题[是为：]“)(?P<two>[^“”\n]{5,40})”)"
)
_WHOSE = lazy(r"世界知识产权日|产权组织|WIPO|国际|去年|上年|往年|历年|回顾")


def _quoted_as_theme(case: Case, campaign: Campaign) -> Iterator[Fault]:
    """以“…”为主题 with another body's theme, where nothing says whose it is."""
    official = campaign.themes.get(case.year or 0)
    stated = case.fields.spans.get("theme")
    by_key = {theme.key: theme for themes in campaign.other_themes.values() for theme in themes.values()}
    for match in _QUOTED.finditer(case.chars):
        theme = by_key.get(bare(match["one"] or match["two"]))
        if theme is None:
            continue
        span = case.span(*match.span("one" if match["one"] else "two"))
        if (stated and stated.overlaps(span)) or case.zone(match.start()) == "web":
            continue
        if _WHOSE.search(case.chars, *case.sentence(*match.span())) or (
            official and official.key == theme.key
        ):
            continue
        values = {
            "year": theme.year,
            "campaign": campaign.name,
            "official": official.text if official else "",
        }
        change = Change(span, official.text) if official else None
        yield Fault(span, values, confidence=theme.confidence, change=change)


def _stated_as_theme(case: Case, campaign: Campaign) -> Iterator[Fault]:
    span = case.fields.spans.get("theme")
    if span is None or not case.fields.theme:
        return
    words = bare(case.fields.theme)
    official = campaign.themes.get(case.year or 0)
    if official and words in (official.key, official.head):
        return
    for themes in campaign.other_themes.values():
        for theme in themes.values():
            first = bare(re.split("[：:—]", theme.text)[0])
            if len(words) < 5 or not (
                words == theme.key
                or (len(first) >= 7 and words == first)
                or words.replace("与", "和") == first.replace("与", "和")
            ):
                continue
            start, _ = case.sentence(case.ends(span)[0])
            if "世界知识产权日" in case.chars[start : case.ends(span)[0]]:
                continue
            values = {
                "year": theme.year,
                "campaign": campaign.name,
                "official": official.text if official else "",
            }
            change = Change(span, official.text) if official else None
            yield Fault(span, values, confidence=theme.confidence, change=change)
            return


_OTHER_ILLS = lazy(
    r"动物|非洲猪瘟|禽流感|口蹄疫|植物|有害生物|登革热|流感|传染病|手足口|诺如|基孔肯雅|结核|猴痘"
)
_LOOKS_BACK = lazy("回顾|期间|以来|曾|原")


def stale_words(case: Case, card: Card) -> Iterator[Fault]:
    """Words out of use since before the document."""
    facts = case.rulebook.facts
    if case.issue is None:
        return
    told: set[int] = set()
    for stale in facts.stale:
        if stale.since > case.issue:
            continue
        for word in stale.words:
            at = case.chars.find(word)
            while at >= 0:
                a, b = case.sentence(at, at + len(word))
                words = case.chars[a:b]
                quoted = case.in_title(at) and not word.startswith("《")
                inside = at + len(word) in told  # 疫情防控 of 常态化疫情防控
                if not (quoted or inside or _OTHER_ILLS.search(words) or _LOOKS_BACK.search(words)):
                    told.add(at + len(word))
                    values = {"word": word, "since": _shown(stale.since), "better": stale.better}
                    change = Change(case.span(at, at + len(word)), stale.better) if stale.better else None
                    yield Fault(
                        case.span(at, at + len(word)), values, confidence=stale.confidence, change=change
                    )
                    break
                at = case.chars.find(word, at + 1)


KINDS: dict[str, Kind] = {
    "meeting_anachronism": Kind(anachronism),
    "latest_meeting": Kind(latest_meeting, {"days": 30}),
    "two_sessions": Kind(two_sessions),
    "plan_span": Kind(plan_span),
    "other_theme": Kind(other_theme),
    "stale_words": Kind(stale_words),
}
