"""Invented notices for the tests of the faces: one clean, one with a deadline of the year before, and folders of them."""

from pathlib import Path

CLEAN = """青禾县节约用水办公室关于开展2031年节约用水宣传周活动的通知

各乡镇人民政府，县直各有关单位：
现将2031年节约用水宣传周活动有关事项通知如下。

一、活动时间
2031年5月11日至17日
二、活动主题
惜水护水，从我做起
三、工作要求
请各单位于2031年5月25日前将活动总结报县节约用水办公室。联系人：林晓岚，电话：0000-1234567。

青禾县节约用水办公室
2031年4月22日
"""
WRONG = CLEAN.replace("2031年5月25日前", "2030年5月25日前")


def fill(folder: Path, number: int) -> list[Path]:
    """``number`` notices, every third with the wrong deadline."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(number):
        path = folder / f"{index:04}.txt"
        text = WRONG if index % 3 == 2 else CLEAN
        path.write_text(text.replace("青禾县", f"青禾{index}县"), encoding="utf-8")
        paths.append(path)
    return paths
