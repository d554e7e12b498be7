"""Persons, numbers and mailboxes: gone, a digit short, spelt wrong, two of a kind (C01–C06)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, asked, put, swap
from extractor.injection.scene import Scene, worded
from extractor.model import Span
from extractor.patterns import lazy
from extractor.schema import ContactRow

_CONTACT = lazy(r"联系人|联系电话|联系方式|电话|手机|传真|邮箱|信箱|@")
_SEND = lazy(r"报送|上报|反馈|报名|提交|报[省市县区州镇]|报至|发送")


def _rows(scene: Scene, *kinds: str) -> Iterator[ContactRow]:
    return (row for row in scene.tables.contacts if row.kind in kinds)


def _clauses(scene: Scene) -> list[Edit] | None:
    """Edits that take out every word on how to reach anybody; None where they cannot be told from the rest."""
    edits: list[Edit] = []
    for line in scene.lines:
        words = scene.quote(line.span)
        if not _CONTACT.search(words):
            continue
        first = re.search(
            r"[（(，,。；]?\s*(?:联系人|联系电话|联系方式|电话|邮箱|电子邮箱|传真)\s*[:：（]", words
        )
        if first is None:
            return None
        whole = not words[: first.start()].strip()
        start = line.span.start - 1 if whole else line.span.start + first.start()
        end = scene.trimmed(line.span).end
        if not whole and words.rstrip().endswith("。"):
            end -= 1
            start += words[first.start()] == "。"
            end += words[first.start()] == "。"
        gone = scene.text[max(start, 0) : end]
        if gone.count("（") != gone.count("）") or gone.count("(") != gone.count(")"):
            return None  # half of a pair would be left
        edits.append(Edit(max(start, 0), end, ""))
    return edits or None


def contact_taken_out(scene: Scene) -> Iterator[Damage]:
    """Whom to ask, taken out of a notice that wants something sent in."""
    edits = _clauses(scene)
    due = list(scene.days("deadline", "pickup"))
    if edits is None or not due or scene.fields.region.level == "province":
        return
    left = scene.text
    for edit in sorted(edits, key=lambda edit: -edit.start):
        left = left[: edit.start] + left[edit.end :]
    if not _CONTACT.search(left) and not re.search(r"\d{3,4}-\d{7,8}|\d{8}", left):
        places = tuple(day.row.span for day in due)
        yield Damage(tuple(edits), (), places, ("C06", "C05"))


def asked_without_contact(scene: Scene) -> Iterator[Damage]:
    """Whom to ask taken out, and one more thing asked for."""
    day = scene.soon(14)
    for damage in contact_taken_out(scene):
        free = [o for o in scene.requirements if all(not e.start <= o <= e.end for e in damage.edits)]
        for offset in free if day else ():
            words = f"请各单位于⟦{worded(day, False)}前⟧将典型案例报送活动办公室。" if day else ""
            yield Damage((*damage.edits, Edit(offset, offset, words)), (), damage.at, damage.follows)


# -- numbers


def _landlines(scene: Scene) -> Iterator[Span]:
    for row in _rows(scene, "phone", "fax"):
        if re.fullmatch(r"0\d{2,3}-\d{7,8}", scene.quote(row.span)):
            yield row.span


def digit_dropped(scene: Scene) -> Iterator[Damage]:
    """0531-632195"""
    for span in _landlines(scene):
        number = scene.quote(span)
        local = number.split("-")[1]
        for count in (1, 2) if len(local) == 7 else (2, 3):
            yield swap(span, number[:-count])


def digit_of_eight_dropped(scene: Scene) -> Iterator[Damage]:
    """0531-5550123 where all numbers have eight digits, or where the notice's other numbers have."""
    spans = list(_landlines(scene))
    eight = scene.rules.facts.eight_digits
    for span in spans:
        area, local = scene.quote(span).split("-")
        others = [scene.quote(other).split("-") for other in spans if other != span]
        known = area in eight.codes and scene.issue is not None and scene.issue >= eight.since
        like = any(code == area and len(number) == 8 for code, number in others)
        if len(local) == 8 and (known or len(area) == 3 or like):
            yield Damage((Edit(span.end - 1, span.end, ""),), (), (span,))


def digit_added(scene: Scene) -> Iterator[Damage]:
    for span in _landlines(scene):
        number = scene.quote(span)
        yield swap(span, number + ("57" if len(number.split("-")[1]) == 7 else "5"))


def area_dropped(scene: Scene) -> Iterator[Damage]:
    for span in _landlines(scene):
        yield Damage((Edit(span.start, span.start + scene.quote(span).index("-") + 1, ""),), (), (span,))


def mobile_short(scene: Scene) -> Iterator[Damage]:
    """A mobile number of ten or twelve digits in place of the number."""
    for span in _landlines(scene):
        for number in ("1990000001", "199000000123"):
            yield swap(span, number)


# -- mailboxes


def _mails(scene: Scene) -> Iterator[tuple[Span, str, str]]:
    for row in _rows(scene, "email"):
        words = scene.quote(row.span)
        local, at, domain = words.partition("@")
        if at:
            yield row.span, local, domain


def _spoilt(local: str, domain: str) -> Iterator[str]:
    yield f"{local}＠{domain}"
    yield f"{local}@{domain.replace('.', '．')}"
    yield f"{local}@{domain.replace('.', ',', 1)}"
    yield f"{local}@{domain.replace('.', '。', 1)}"
    yield f"{local} @{domain}"
    yield (
        f"{local}@{domain.replace('gov.cn', 'gov.com')}" if domain.endswith("gov.cn") else f"{local}@163.con"
    )


def mailbox_spoilt(scene: Scene) -> Iterator[Damage]:
    """Full-width signs, blanks, a wrong end."""
    for span, local, domain in _mails(scene):
        for words in _spoilt(local, domain):
            yield swap(span, words, follows=("P02", "P11"))


def domain_misspelt(scene: Scene) -> Iterator[Damage]:
    for span, local, _ in _mails(scene):
        for domain in ("qq.con", "163.cm", "126.comn", "gov.com", "163.cn", "sina.con"):
            yield swap(span, f"{local}@{domain}")


def mailbox_said(scene: Scene) -> Iterator[Damage]:
    """A further mailbox, spelt wrong, in a notice without one."""
    if not list(_mails(scene)):
        yield from asked(
            scene,
            "电子版发送至电子邮箱：⟦aqyb＠example.gov.cn⟧。",
            "电子邮箱：⟦kpbg@163,com⟧。",
            "邮箱：⟦xcz2023@qq.con⟧。",
            "邮箱：⟦xcz@ example.gov.cn⟧。",
            "电子邮箱为⟦pfb@example。gov。cn⟧，请注明单位。",
        )


def other_mailbox(scene: Scene) -> Iterator[Damage]:
    """A second mailbox for the same returns."""
    for span, local, domain in _mails(scene):
        row = next(row for row in _rows(scene, "email") if row.span == span)
        if row.purpose:
            yield from asked(
                scene,
                f"各单位活动总结报送至邮箱⟦{local}2@{domain}⟧。",
                f"请将总结发送至⟦zj{local}@{domain}⟧。",
                follows=("D15",),
            )


def two_mailboxes(scene: Scene) -> Iterator[Damage]:
    """Two mailboxes for one thing in a notice that had none."""
    if not list(_mails(scene)) and len(scene.requirements) > 0:
        for offset in scene.requirements:
            yield put(
                offset,
                "活动照片报送至xc1@example.gov.cn。各单位要明确专人负责，活动照片报送至⟦xc2@example.gov.cn⟧。",
            )


def webmail(scene: Scene) -> Iterator[Damage]:
    """The mailbox on a commercial server."""
    for span, local, _ in _mails(scene):
        for domain in ("qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "139.com"):
            yield swap(span, f"{local}@{domain}", follows=("C04",))


def webmail_said(scene: Scene) -> Iterator[Damage]:
    if not list(_mails(scene)):
        yield from asked(
            scene, "总结电子版发送至⟦xcz2023@163.com⟧。", "电子邮箱：⟦1234567@qq.com⟧。", follows=("D15",)
        )


_CHANNEL = lazy(
    r"@|邮箱|信箱|系统|平台|网站|传真|公文|OA|QQ群|微信|钉钉|地址|窗口|扫码|二维码|网址|电子版|纸质|邮寄|书面|寄"
)


_LABELLED = lazy(rf"(?:{_CHANNEL.pattern})[^，。；：\n]{{0,6}}[：:]")


def _tells_how(text: str) -> bool:
    """Whether a sentence on sending, or a label, names a channel."""
    return any(
        _CHANNEL.search(words)
        and (_SEND.search(words) or re.search("[登寄送发报]", words) or _LABELLED.search(words))
        for words in re.split(r"[。；！？\n]", text)
    )


def channel_taken_out(scene: Scene) -> Iterator[Damage]:
    """The only mailbox taken out."""
    edits = []
    for span, _, _ in _mails(scene):
        start = scene.text.rfind("\n", 0, span.start) + 1
        label = re.search(
            r"[，,；、\s　]*(?:电子)?(?:邮箱|信箱|邮件)[:：]\s*$", scene.text[start : span.start]
        )
        if label is None:
            return
        edits.append(Edit(start + label.start(), span.end, ""))
    left = scene.text
    for edit in sorted(edits, key=lambda edit: -edit.start):
        left = left[: edit.start] + left[edit.end :]
    due = [day.row.span for day in scene.days("deadline")]
    if edits and due and not _tells_how(left):
        yield Damage(tuple(edits), (), tuple(due))


def deadline_without_channel(scene: Scene) -> Iterator[Damage]:
    """One more thing asked for, what had been asked for taken out, where no channel is told."""
    yield from _asked_anew(scene, "")


def channel_for_something_else(scene: Scene) -> Iterator[Damage]:
    """The same beside platforms and systems that only spread the word."""
    yield from _asked_anew(scene, "利用新媒体平台和电子显示系统广泛宣传。")


def _asked_anew(scene: Scene, lead: str) -> Iterator[Damage]:
    due = scene.soon()
    if due is None or _tells_how(scene.text) or list(_rows(scene, "email", "address", "fax")):
        return
    edits = []
    for day in scene.days("deadline"):
        start = max(scene.text.rfind(mark, 0, day.span.start) for mark in "。\n") + 1
        stop = re.compile(r"[。\n]|联系人|联系电话|联系方式|电话").search(scene.text, day.span.end)
        if stop is None:
            return
        edits.append(Edit(start, stop.end() if stop.group() == "。" else stop.start(), "", quiet=True))
    words = f"{lead}请各单位于⟦{worded(due, False)}前⟧将典型案例报送活动办公室。"
    for offset in scene.prose:
        if edits and all(not edit.start <= offset <= edit.end for edit in edits):
            yield Damage((*edits, Edit(offset, offset, words)), (), (), ("C01",))


WAYS: Ways = {
    "C01": {"contact_taken_out": contact_taken_out, "asked_without_contact": asked_without_contact},
    "C02": {
        "digit_dropped": digit_dropped,
        "digit_of_eight_dropped": digit_of_eight_dropped,
        "digit_added": digit_added,
        "area_dropped": area_dropped,
        "mobile_short": mobile_short,
    },
    "C03": {
        "mailbox_spoilt": mailbox_spoilt,
        "domain_misspelt": domain_misspelt,
        "mailbox_said": mailbox_said,
    },
    "C04": {"other_mailbox": other_mailbox, "two_mailboxes": two_mailboxes},
    "C05": {"webmail": webmail, "webmail_said": webmail_said},
    "C06": {
        "channel_taken_out": channel_taken_out,
        "deadline_without_channel": deadline_without_channel,
        "channel_for_something_else": channel_for_something_else,
    },
}
