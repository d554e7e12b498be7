"""The options of every command, in Chinese and in English."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from extractor.patterns import lazy
from extractor.render.columns import wrap

Say = Callable[[str, str], str]
"""Chooses the Chinese or the English of two texts."""

# argparse's complaints in Chinese.
_COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (lazy(r"unrecognized arguments: (.+)"), r"不认识的选项或多余的参数：\1"),
    (lazy(r"the following arguments are required: (.+)"), r"缺少参数：\1"),
    (
        lazy(r"argument (?:command|命令|COMMAND): invalid choice: (\S+) \(choose from (.+)\)"),
        r"没有 \1 这个命令，可用的是 \2",
    ),
    (lazy(r"argument (\S+): invalid choice: (\S+) \(choose from (.+)\)"), r"\1 不能是 \2，可以是 \3"),
    (lazy(r"argument (\S+): expected one argument"), r"\1 后面要跟一个值"),
    (lazy(r"argument (\S+): expected at least one argument"), r"\1 后面至少要跟一个值"),
    (lazy(r"argument (\S+): not allowed with argument (\S+)"), r"\1 与 \2 不能同时用"),
    (lazy(r"argument (\S+): ignored explicit argument (\S+)"), r"\1 后面不能带值 \2"),
    (lazy(r"argument (\S+): (.+)"), r"\1：\2"),
)


class Words(argparse.RawDescriptionHelpFormatter):
    """Help text wrapped by the columns it takes: a Chinese character takes two, and is no word of its own."""

    usage = "usage: "

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for one in text.splitlines() for line in wrap(one, width))

    def _format_action_invocation(self, action: argparse.Action) -> str:
        """``-o, --output DIR``, as Python 3.13 and later have it."""
        if not action.option_strings:
            return super()._format_action_invocation(action)
        names = ", ".join(action.option_strings)
        return names if action.nargs == 0 else f"{names} {self._format_args(action, action.dest.upper())}"

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self.usage if prefix is None else prefix)


class ChineseWords(Words):
    usage = "用法："


class Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line, in the language asked for, with exit code 2."""

    lang = "zh"

    def error(self, message: str) -> NoReturn:
        line = " ".join(message.split())
        if self.lang == "zh":
            for pattern, words in _COMPLAINTS:
                if pattern.fullmatch(line):
                    line = pattern.sub(words, line)
                    break
            line += f"（用法见 {self.prog} --help）"
        else:
            line += f" (see {self.prog} --help)"
        print(f"notice: {line}", file=sys.stderr)
        raise SystemExit(2)


def language(arguments: Sequence[str]) -> str:
    """The language of the help and of wrong usage: ``--lang`` is looked for before the options are read."""
    for place, word in enumerate(arguments):
        if word == "--lang=en" or (word == "--lang" and arguments[place + 1 : place + 2] == ["en"]):
            return "en"
    return "zh"


def build(lang: str = "zh") -> Parser:
    """The parser. ``options.run`` is the function of the command that was chosen."""
    from extractor.cli import check, evaluate, export, extract, rules

    def say(chinese: str, english: str) -> str:
        return english if lang == "en" else chinese

    parser = Parser(
        prog="notice",
        description=say(
            "读中文政务通知：分章节，提取日期、单位、联系方式、主题、活动，并指出前后矛盾之处。",
            "Reads Chinese government notices into tables and flags what contradicts itself.",
        ),
        epilog=say(
            "notice 命令 --help 列出该命令的全部选项。",
            "notice COMMAND --help lists the options of a command.",
        ),
        allow_abbrev=False,
        add_help=False,
        formatter_class=Words if lang == "en" else ChineseWords,
    )
    parser.lang = lang
    general = parser.add_argument_group(say("选项", "options"))
    _help(general, say)
    general.add_argument("--version", action=Version, nargs=0, help=say("显示版本", "show the version"))
    _language(general, say, "zh")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=say("命令", "commands"))
    for module in (extract, check, rules, evaluate, export):
        name, short, long = module.about(say)
        command = commands.add_parser(
            name,
            help=short,
            description=f"{short}\n\n{long}" if long else short,
            allow_abbrev=False,
            add_help=False,
            formatter_class=Words if lang == "en" else ChineseWords,
        )
        command.lang = lang
        command.set_defaults(run=module.run)
        module.options(command, say)
        last = command.add_argument_group(say("其他", "other"))
        _language(last, say, argparse.SUPPRESS)  # what stands before the command counts too
        _help(last, say)
    return parser


def _help(group: argparse._ArgumentGroup, say: Say) -> None:
    group.add_argument("-h", "--help", action="help", help=say("显示这份说明", "show this help"))


def _language(group: argparse._ArgumentGroup, say: Say, default: str) -> None:
    group.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=default,
        help=say("消息所用语言，默认 zh", "language of messages, zh by default"),
    )


class Version(argparse.Action):
    """Prints the version; looking it up is left to the moment it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"notice {version()}")
        parser.exit()


def version() -> str:
    """The version of this program."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("notice-extractor")
    except PackageNotFoundError:
        return "0.0.0"


def paths(command: argparse.ArgumentParser, say: Say) -> None:
    """The files and folders a command reads."""
    command.add_argument_group(say("参数", "arguments")).add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=say(
            "文件、文件夹（含下级；隐藏文件、结果文件夹、指向外面的链接除外）或压缩包（zip、tar、tgz，里面的文件各算一份）",
            "files, folders (recursive; without hidden files, folders of results, links that lead out) or archives (zip, "
            "tar, tgz: each file in one is read as a file of its own)",
        ),
    )


def reading(command: argparse.ArgumentParser, say: Say) -> None:
    """How files are read: the same for every command that reads some."""
    group = command.add_argument_group(say("读取", "reading"))
    group.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help=say(
            "同时读几份；默认文件少时 1，多时等于处理器数。大于 1 时每份有时间和内存上限，一份崩溃不影响其他",
            "files read at once; by default 1 for a few files, else the number of processors. Above 1, each file has "
            "limits of time and memory, and a crash costs only its file",
        ),
    )
    group.add_argument(
        "--ocr",
        choices=("auto", "never", "always"),
        default="auto",
        help=say(
            "扫描件的文字识别，默认 auto（没有文字层才识别）",
            "OCR of scans, auto by default (where there is no text)",
        ),
    )
    group.add_argument(
        "--ner",
        metavar="MODEL",
        help=say(
            "再用一个装好的 spaCy 管线（名称或文件夹，如 zh_core_web_sm）找单位、人名、地点，供规则参考",
            "let an installed spaCy pipeline (name or folder, as zh_core_web_sm) propose bodies, persons and places",
        ),
    )


def selecting(command: argparse.ArgumentParser, say: Say) -> None:
    """Which checks are made."""
    group = command.add_argument_group(say("检查项", "checks"))
    group.add_argument(
        "--select",
        type=codes,
        default=(),
        metavar="CODES",
        help=say(
            "只做这些检查，如 D01,T（字母开头即一类）",
            "only these checks, as D01,T (a beginning stands for all of its kind)",
        ),
    )
    group.add_argument(
        "--ignore",
        type=codes,
        default=(),
        metavar="CODES",
        help=say("不做这些检查", "without these checks"),
    )
    group.add_argument(
        "--profile",
        choices=("draft", "archive", "compare"),
        help=say(
            "draft 印发前的稿子（全部，默认）；archive 已印发的旧文（不查版式和时限）；compare 多地比较",
            "draft: before issue (all, default); archive: old documents (no typography, no lead times); compare",
        ),
    )


def configuring(command: argparse.ArgumentParser, say: Say) -> None:
    """Where the office's own settings are."""
    group = command.add_argument_group(say("设置", "configuration"))
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help=say(
            "设置文件；不写时用当前文件夹或上级文件夹里的 notice.toml",
            "the settings; by default notice.toml of this folder or one above",
        ),
    )
    either.add_argument(
        "--no-config", action="store_true", help=say("不用 notice.toml", "without any notice.toml")
    )


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要是 1 以上的整数，不能是“{text}”（a whole number from 1 on）")
    return int(text)


def codes(text: str) -> tuple[str, ...]:
    """Codes parted by commas, in capitals."""
    found = tuple(
        dict.fromkeys(code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip())
    )
    if not found:
        raise argparse.ArgumentTypeError("没有写检查代码（no codes）")
    return found
