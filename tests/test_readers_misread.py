"""What a recogniser takes for another sign, what it passes over, and where its characters stand."""

import numpy
import pytest

from extractor.readers.ink import completed, fitted
from extractor.readers.misread import mended
from extractor.readers.strips import Strip, extents, squared, without_echoes


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("(四)现场宣传（分会场)。", "（四）现场宣传（分会场）。"),
        ("(联系人：林晓岚 邮箱：\na@b.example.cn)", "（联系人：林晓岚 邮箱：\na@b.example.cn）"),
        ("各科室(站、所)：", "各科室（站、所）："),
        ("青节水〔2031]6号", "青节水〔2031〕6号"),
        ("青节水[2031】6号", "青节水〔2031〕6号"),
        ("二〇○九年三月", "二〇〇九年三月"),
        ("5月11日一17日", "5月11日—17日"),
        ("2031一2035年", "2031—2035年"),
        ("上午9:00\n一11:30", "上午9:00\n—11:30"),
        ("惜水护水一一从我做起", "惜水护水——从我做起"),
        ("人人会应急一一查找隐患", "人人会应急——查找隐患"),
        ("惜水护水一—从我做起", "惜水护水——从我做起"),
        ("-5一", "-5—"),
        ("五 工作要求", "五、工作要求"),
        ("主题:惜水护水,从我做起", "主题：惜水护水，从我做起"),
        ('“节水"行动', "“节水”行动"),
        ('"节水"行动', "“节水”行动"),
        ("jieshui@qinghe.examp1e.g0v.cn", "jieshui@qinghe.example.gov.cn"),
        ("报县水利局.", "报县水利局。"),
        ("邮箱a@b.example.cn°", "邮箱a@b.example.cn。"),
    ],
)
def test_signs_are_mended_one_to_one(seen: str, printed: str) -> None:
    assert mended(seen) == printed
    assert len(mended(seen)) == len(seen)


@pytest.mark.parametrize(
    "printed",
    [
        "问题逐项列出，一一对应、一一销号。",  # one by one
        "全县统一一个口径",
        "二O三一年五月",  # printed so: the recogniser knows a 〇
        "一.加强领导",
        "上午9:00，增长1.5%，共1,000人",
        "http://www.example.org/a(1).html",
        "IPv6(v2)协议",
        "一是加强领导，二是落实责任",
        "统一2031年口径",
        "十一 国庆节",  # no number of a heading begins with 十一 and a blank in the middle of a line
        "（0999）5550123",
        "j1e@h2o.example.cn",
        "第一季度",
    ],
)
def test_what_is_right_stays(printed: str) -> None:
    assert mended(f"见{printed}" if printed.startswith("十一") else printed).endswith(printed)


def strip(text: str, centres: tuple[float, ...] = (), x0: float = 100.0, size: float = 20.0) -> Strip:
    """A level line of characters 20 pixels wide that begins at ``x0``, on the rows 100 to 120."""
    wide = max(centres[-1] * 1.0, 1.0) if centres and centres[-1] > 1 else len(text) * size
    corners = ((x0, 100.0), (x0 + wide, 100.0), (x0 + wide, 120.0), (x0, 120.0))
    return Strip(corners, text, 0.99, centres=centres)


def test_characters_stand_where_they_were_seen() -> None:
    seen = strip("甲乙丙丁，戊", (0.083, 0.25, 0.417, 0.583, 0.70, 0.917))
    places = extents(seen)
    assert places[0][0] == 0.0
    assert places[-1][1] == 1.0
    assert places[3][1] == pytest.approx(0.583 + 0.0835, abs=0.001)  # not pulled to the comma's ink
    assert all(begin < end for begin, end in places)
    assert extents(strip("2031一2035年"))[0] == pytest.approx((0.0, 0.55 / 6.4), abs=0.02)


def test_a_blank_and_a_lost_sign_are_put_back() -> None:
    centres = (0.05, 0.15, 0.25, 0.45, 0.55, 0.65, 0.75, 0.85)
    seen = Strip(
        ((0.0, 0.0), (200.0, 0.0), (200.0, 20.0), (0.0, 20.0)), "加强质量共建强国", 0.99, centres=centres
    )
    mask = numpy.zeros((20, 200), dtype=bool)
    blank = completed(mask, seen)
    assert blank.text == "加强质 量共建强国"
    assert len(blank.centres) == len(blank.text)
    mask[14:18, 66:70] = True
    assert completed(mask, seen).text == "加强质、量共建强国"
    mask[2:9, 60:74] = True  # a whole character's ink, which is no 、
    assert completed(mask, seen).text == "加强质 量共建强国"


def test_a_line_set_wide_has_no_blanks() -> None:
    centres = tuple((i + 0.5) / 6 for i in range(6))
    seen = Strip(
        ((0.0, 0.0), (400.0, 0.0), (400.0, 20.0), (0.0, 20.0)), "关于开展活动", 0.99, centres=centres
    )
    assert completed(numpy.zeros((20, 400), dtype=bool), seen).text == "关于开展活动"


def test_a_blank_inside_a_mailbox_goes() -> None:
    centres = (0.1, 0.15, 0.2, 0.225, 0.25, 0.3)
    seen = Strip(((0.0, 0.0), (200.0, 0.0), (200.0, 20.0), (0.0, 20.0)), "exa mp", 0.99, centres=centres)
    assert completed(numpy.zeros((20, 200), dtype=bool), seen).text == "examp"
    apart = (0.1, 0.15, 0.2, 0.25, 0.35, 0.4)
    words = Strip(seen.corners, "the mp", 0.99, centres=apart)
    assert completed(numpy.zeros((20, 200), dtype=bool), words).text == "the mp"


def test_a_line_is_drawn_close_round_its_ink() -> None:
    mask = numpy.zeros((200, 400), dtype=bool)
    mask[102:118, 106:170] = True
    close = fitted(mask, strip("甲乙丙", x0=100.0, size=26.0))
    assert close.box[0] == pytest.approx(105.3, abs=0.5)
    assert close.box[2] == pytest.approx(170.7, abs=0.5)
    assert 100 <= close.box[1] <= 102.1
    assert fitted(numpy.zeros((200, 400), dtype=bool), strip("甲乙丙")) == strip("甲乙丙")


def test_the_edge_of_a_neighbour_is_not_read_twice() -> None:
    left = Strip(
        ((0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (0.0, 20.0)),
        "甲乙丙丁部",
        0.9,
        centres=(0.1, 0.3, 0.5, 0.7, 0.9),
    )
    right = Strip(
        ((88.0, 0.0), (168.0, 0.0), (168.0, 20.0), (88.0, 20.0)), "3县局", 0.9, centres=(0.06, 0.5, 0.75)
    )
    kept = without_echoes([left, right])
    assert [one.text for one in kept] == ["甲乙丙丁部", "县局"]
    assert kept[1].box[0] > 95
    apart = Strip(((130.0, 0.0), (168.0, 0.0), (168.0, 20.0), (130.0, 20.0)), "3县", 0.9, centres=(0.2, 0.7))
    assert without_echoes([left, apart]) == [left, apart]


def test_a_sign_at_the_end_is_as_wide_as_its_type() -> None:
    begun = squared(strip("（甲乙丙丁"))
    assert begun.box[0] == pytest.approx(92.0)
    assert squared(strip("甲乙丙丁。")).box[2] == pytest.approx(208.0)
    assert squared(strip("甲（乙）丁")).box == strip("甲（乙）丁").box
