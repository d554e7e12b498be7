"""The head of a letter and its signature: number, title, addressees, date (F01–F05)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, swap
from extractor.injection.scene import Scene, iso
from extractor.model import Span
from extractor.patterns import lazy

_NUMBER = lazy(r"(?P<open>〔)(?P<year>\d{4})(?P<close>〕)(?P<no>\d+)(?P<end>号)")


_DAY = lazy(r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")


_STANDARD = "2012-07-01"


def _number(scene: Scene) -> re.Match[str] | None:
    span = scene.parts.get("doc_number")
    return _NUMBER.search(scene.text, span.start, span.end) if span else None


def _renumbered(scene: Scene, *forms: str) -> Iterator[Damage]:
    match = _number(scene)
    for form in forms if match else ():
        if match:
            words = form.format(y=match["year"], s=match["year"][2:], n=match["no"])
            yield swap(Span(*match.span()), words, follows=("P01", "D02", "P02"))


def other_brackets(scene: Scene) -> Iterator[Damage]:
    yield from _renumbered(scene, "[{y}]{n}号", "（{y}）{n}号", "【{y}】{n}号", "({y}){n}号", "［{y}］{n}号")


def year_short(scene: Scene) -> Iterator[Damage]:
    yield from _renumbered(scene, "〔{s}〕{n}号")


def with_nth(scene: Scene) -> Iterator[Damage]:
    yield from _renumbered(scene, "〔{y}〕第{n}号")


def padded(scene: Scene) -> Iterator[Damage]:
    match = _number(scene)
    if match and len(match["no"]) < 3:
        yield from _renumbered(scene, "〔{y}〕0{n}号", "〔{y}〕00{n}号")


def number_taken_out(scene: Scene) -> Iterator[Damage]:
    """No number; under a letterhead or without one."""
    span = scene.parts.get("doc_number")
    if span:
        at = scene.parts.get("letterhead") or scene.parts.get("title")
        start = span.start - (scene.text[span.start - 1 : span.start] == "\n")
        end = span.end + (span.start == 0)
        yield Damage((Edit(max(start, 0), end, ""),), (), (at,) if at else (), ("D02", "F06"))


def _title(scene: Scene) -> Span | None:
    span = scene.parts.get("title")
    return span if span and scene.quote(span).rstrip().endswith("通知") else None


def notice_doubled(scene: Scene) -> Iterator[Damage]:
    span = _title(scene)
    if span and not re.search("转发|批转", scene.quote(span)):
        yield put(span.end, "的通知", follows=("A07",))


def about_doubled(scene: Scene) -> Iterator[Damage]:
    span = _title(scene)
    at = scene.text.find("关于", span.start, span.end) if span else -1
    if span and at >= 0:
        yield put(at, "关于", follows=("W02", "U01"))


def plan_for_notice(scene: Scene) -> Iterator[Damage]:
    """关于…的活动方案 as a document of its own."""
    span = _title(scene)
    if (
        span
        and scene.parts.get("doc_number")
        and "印发" not in scene.quote(span)
        and not re.search("转发|關", scene.quote(span))
    ):
        words = scene.quote(span)
        match = re.search(r"(?:活动)?的\s*通\s*知$", words)
        if match:
            for genre in ("活动方案", "工作计划", "实施细则"):
                start = span.start + match.start()
                yield Damage((Edit(start, span.end, f"的{genre}"),), (), (), ("F05", "F03"))


def without_issuer(scene: Scene) -> Iterator[Damage]:
    """A title that begins with 关于."""
    span = _title(scene)
    match = re.search(r"关于|印发|转发", scene.quote(span)) if span else None
    if span and match and match.start() > 3:
        yield Damage((Edit(span.start, span.start + match.start(), ""),), (), (span,), ("U01",))


def without_year(scene: Scene) -> Iterator[Damage]:
    """A yearly campaign whose title does not say of which year."""
    span = _title(scene)
    years = list(scene.matches(r"(?:19|20)\d\d\s*年(?:度)?", span)) if span else []
    counted = re.search(r"第[\d一二三四五六七八九十]+[届个次]", scene.quote(span)) if span else None
    if span and len(years) == 1 and not counted and scene.campaign:
        yield Damage((Edit(*years[0].span(), ""),), (), (span,), ("A07", "D02"))


def _signature(scene: Scene) -> tuple[Span, Span] | None:
    """Organ lines and date of a signature of two or more lines."""
    span, day = scene.parts.get("signature"), scene.parts.get("issue_date")
    if span is None or day is None or not span.covers(day) or not (scene.fields.title or "").endswith("通知"):
        return None
    organ = scene.trimmed(Span(span.start, day.start))
    alone = (
        len(organ) > 3
        and scene.text[day.start - 1] == "\n"
        and scene.text[day.end : day.end + 1] in ("\n", "")
    )
    dated = sum(
        bool(re.search(r"\d\s*日$", scene.quote(line.span).rstrip())) for line in scene.zoned("signature")
    )
    return (organ, day) if alone and dated < 2 else None


def date_missing(scene: Scene) -> Iterator[Damage]:
    found = _signature(scene)
    if found and "print_date" not in scene.parts:
        organ, day = found
        yield Damage((Edit(organ.end, day.end, ""),), (), (organ,), ("D02", "A01"))


def organ_missing(scene: Scene) -> Iterator[Damage]:
    """Only the date, where neither letterhead nor title names the organ."""
    found = _signature(scene)
    title = scene.parts.get("title")
    about = re.search(r"关于|印发|转发", scene.quote(title)) if title else None
    if found and title and about and "letterhead" not in scene.parts:
        organ, day = found
        cut = Edit(title.start, title.start + about.start(), "", quiet=True)
        yield Damage((cut, Edit(organ.start, day.start, "")), (), (day,), ("U01", "F02", "C01"))


def date_above(scene: Scene) -> Iterator[Damage]:
    """The date above the organ."""
    found = _signature(scene)
    if found:
        organ, day = found
        if "\n" not in scene.quote(organ):
            yield Damage(
                (Edit(organ.start, day.end, f"{scene.quote(day)}\n{scene.quote(organ)}"),),
                (),
                (),
                ("U01", "D02"),
            )


def _dated(scene: Scene, *forms: str) -> Iterator[Damage]:
    span = scene.parts.get("issue_date")
    match = _DAY.search(scene.text, span.start, span.end) if span else None
    day = iso(scene.fields.issue_date)
    if match is None or day is None or (scene.fields.issue_date or "") < _STANDARD:
        return
    for form in forms:
        words = form.format(y=day.year, s=day.year % 100, m=day.month, d=day.day)
        if words != f"{day.year}年{day.month}月{day.day}日":
            yield swap(Span(*match.span()), words, follows=("F03", "D03", "P06"))


def date_in_han(scene: Scene) -> Iterator[Damage]:
    day = iso(scene.fields.issue_date)
    if day:
        from extractor.text import chinese

        year = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
        other = year.replace("〇", "○")
        yield from _dated(
            scene,
            f"{year}年{chinese(day.month)}月{chinese(day.day)}日",
            f"{other}年{chinese(day.month)}月{chinese(day.day)}日",
        )


def date_padded(scene: Scene) -> Iterator[Damage]:
    yield from _dated(scene, "{y}年{m:02}月{d:02}日")


def date_with_points(scene: Scene) -> Iterator[Damage]:
    yield from _dated(scene, "{y}.{m}.{d}", "{y}-{m}-{d}", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}")


def date_short(scene: Scene) -> Iterator[Damage]:
    """The year in two figures."""
    yield from _dated(scene, "{s}年{m}月{d}日")


def _addressees(scene: Scene) -> Span | None:
    span = scene.parts.get("addressees")
    line = scene.notice.manuscript.outline.line_at(span.start) if span else None
    whole = scene.trimmed(line.span) if line else None
    return whole if whole and scene.quote(whole).endswith("：") else None


def colon_half(scene: Scene) -> Iterator[Damage]:
    span = _addressees(scene)
    if span:
        yield Damage((Edit(span.end - 1, span.end, ":"),))


def colon_missing(scene: Scene) -> Iterator[Damage]:
    span = _addressees(scene)
    if span:
        yield Damage((Edit(span.end - 1, span.end, ""),), (), (span,), ("F03", "F02"))


def addressees_missing(scene: Scene) -> Iterator[Damage]:
    span, title = _addressees(scene), scene.parts.get("title")
    if span and title and (scene.fields.title or "").endswith("通知"):
        yield Damage((Edit(span.start - 1, span.end, ""),), (), (title,), ("U03", "N08"))


def separators_alike(scene: Scene) -> Iterator[Damage]:
    """Bodies of different kinds parted by 、 only."""
    span = _addressees(scene)
    if span:
        for words in (
            "活动组委会各成员单位、各街道办事处：",
            "市直各部门、各镇人民政府：",
            "各有关企业、各乡镇人民政府：",
        ):
            yield swap(span, words, follows=("U03", "N08", "U02"))


WAYS: Ways = {
    "F01": {
        "other_brackets": other_brackets,
        "year_short": year_short,
        "with_nth": with_nth,
        "padded": padded,
        "number_taken_out": number_taken_out,
    },
    "F02": {
        "notice_doubled": notice_doubled,
        "about_doubled": about_doubled,
        "plan_for_notice": plan_for_notice,
        "without_issuer": without_issuer,
        "without_year": without_year,
    },
    "F03": {"date_missing": date_missing, "organ_missing": organ_missing, "date_above": date_above},
    "F04": {
        "date_in_han": date_in_han,
        "date_padded": date_padded,
        "date_with_points": date_with_points,
        "date_short": date_short,
    },
    "F05": {
        "colon_half": colon_half,
        "colon_missing": colon_missing,
        "addressees_missing": addressees_missing,
        "separators_alike": separators_alike,
    },
}
