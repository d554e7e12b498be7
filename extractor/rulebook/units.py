"""Government bodies: heads, short and full names, groups, role cues (rules/units.yaml; its header explains every key)."""

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from extractor.patterns import compiled, lazy
from extractor.rulebook.divisions import lengths
from extractor.rulebook.source import Entry, load
from extractor.text import any_of, any_pattern

ROLES = ("issuer", "addressee", "lead", "support", "organiser", "report_to", "member", "seal", "mentioned")
_NAMED = lazy(r"\(\?P<\w+>")
LEVELS = ("province", "prefecture", "county")


class Template(Struct, frozen=True):
    """A short form ``before`` + region + ``after`` and the full form it stands for (``{region}``)."""

    before: str
    after: str
    full: str
    uncertain: bool


class Group(Struct, frozen=True):
    """A collective addressee: ``pattern`` matches all of its name; ``full`` has {region}, {text}, {tail}, or is None."""

    id: str
    pattern: re.Pattern[str]
    full: str | None


class VerbCue(Struct, frozen=True):
    """A role given by the words around a body: one of ``before`` ends there, one of ``after`` begins there.

    An empty tuple is not required. ``after`` may stand behind ``Units.filler``.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    role: str


class PairCue(Struct, frozen=True):
    """Roles of two bodies around a verb (``verb`` matches all that stands between them)."""

    verb: re.Pattern[str]
    left: str
    right: str
    needs: re.Pattern[str] | None


class Units(Struct, frozen=True):
    """What is known of bodies. Patterns run over read text (``Reading.chars``)."""

    region_words: dict[str, str]
    self_words: tuple[str, ...]
    heads: dict[str, str]
    ambiguous: frozenset[str]
    not_heads: frozenset[str]
    not_head_ends: dict[str, tuple[int, ...]]
    """Last two characters of ``not_heads`` → the lengths of those, longest first."""
    departments: dict[str, str]
    by_level: dict[str, dict[str, str]]
    level_forms: frozenset[str]
    """Every full form of ``by_level``."""
    uncertain: dict[str, str]
    templates: dict[tuple[str, str], Template]
    """By what stands before and behind the region."""
    central: dict[str, str]
    groups: tuple[Group, ...]
    any_group: re.Pattern[str]
    """Matches what any of ``groups`` does; ``lastgroup`` of the match is the number of the first that does, as ``g0``."""
    each_group: re.Pattern[str]
    """Matches everywhere, and holds what each of ``groups`` matches there."""
    zones: dict[str, str]
    zone_ends: dict[str, tuple[int, ...]]
    """Last two characters of ``zones`` → the lengths of those, longest first."""
    labels: dict[str, str]
    verbs: tuple[VerbCue, ...]
    verb_ends: dict[str, tuple[int, ...]]
    """Last characters of ``before`` → the numbers in ``verbs`` of those without ``after`` that have it."""
    verb_begins: dict[str, tuple[int, ...]]
    """First characters of ``after`` → the numbers in ``verbs`` of those that have it."""
    filler: re.Pattern[str]
    """What may follow a list of bodies before its verb: group 1 still belongs to the list (等有关部门，), then adverbs."""
    pairs: tuple[PairCue, ...]
    placeholders: frozenset[str]
    cores: frozenset[str]
    """Every known name without its region: stems long and short, the tails of templates, central bodies."""
    core_ends: dict[str, tuple[int, ...]]
    """Last two characters of cores → the lengths of those, longest first; ``head_ends``: the same of heads."""
    head_ends: dict[str, tuple[int, ...]]
    stem_begins: dict[str, tuple[int, ...]]
    """First two characters of departments → the lengths of those, longest first."""
    stem_ends: dict[str, tuple[int, ...]]
    """Last two characters of departments → the lengths of those, longest first."""
    head: re.Pattern[str]
    """Finds the last character of the head nouns of names."""
    label: re.Pattern[str]
    """Finds a label with its colon or line end; group 1 is the label."""
    cut: re.Pattern[str]
    """Matches everything up to the last word a name cannot reach back over."""
    stops: re.Pattern[str]
    """Finds any such word."""
    soft: re.Pattern[str]
    """Finds words a name reaches back over only when it begins with a region."""
    not_acting: re.Pattern[str]
    subject: re.Pattern[str]
    generic: frozenset[str]
    rhetoric: re.Pattern[str]
    predicate: re.Pattern[str]
    """What the subject of a clause does, filler before it; ``lastindex`` of the match numbers its role from 1."""
    predicate_roles: tuple[str, ...]


def load_units(folder: Path) -> Units:
    """Read ``units.yaml``. ``RuleError`` names file and line of what is wrong."""
    entry = load(folder / "units.yaml")
    heads = _heads(entry)
    departments: dict[str, str] = {}
    for full, shorts in entry.mapping("departments").items():
        departments[full] = full
        for short in shorts:
            departments.setdefault(short, full)
    by_level: dict[str, dict[str, str]] = {}
    for one in entry.entries("by_level"):
        forms = {level: one.take(level, str) for level in LEVELS}
        by_level |= dict.fromkeys(one.words("short"), forms)
        one.done()
    uncertain = {str(short): str(guess) for short, guess in entry.mapping("uncertain").items()}
    central: dict[str, str] = {}
    for full, others in entry.mapping("central").items():
        central |= dict.fromkeys((full, *others), full)
    templates = tuple(_templates(entry))
    cores = {*departments, *by_level, *uncertain, *central}
    cores |= {full for forms in by_level.values() for full in forms.values()}
    cores |= {template.after for template in templates if len(template.after) > 1}
    cues = entry.entry("role_cues")
    grammar = entry.entry("grammar")
    labels = {word: role for role, words in cues.mapping("labels").items() for word in words}
    cuts = any_pattern(grammar.words("cuts"))
    groups = tuple(_groups(entry))
    group_patterns = [_NAMED.sub("(?:", group.pattern.pattern) for group in groups]
    verbs = tuple(_verbs(cues))
    filler, adverbs = grammar.take("filler", str), grammar.take("adverbs", str)
    predicates = tuple(_predicates(grammar))
    not_heads = frozenset(entry.words("not_heads"))
    units = Units(
        region_words={str(k): str(v) for k, v in entry.mapping("region_words").items()},
        self_words=entry.words("self_words"),
        heads=heads,
        ambiguous=frozenset(entry.mapping("ambiguous_heads")),
        not_heads=not_heads,
        not_head_ends=lengths((word for word in not_heads if 1 < len(word) < 7), slice(-2, None)),
        departments=departments,
        by_level=by_level,
        level_forms=frozenset(full for forms in by_level.values() for full in forms.values()),
        uncertain=uncertain,
        templates={(one.before, one.after): one for one in reversed(templates)},
        central=central,
        groups=groups,
        any_group=compiled("|".join(f"(?P<g{i}>{one})" for i, one in enumerate(group_patterns))),
        each_group=compiled(
            f"(?:(?=各){_each(one for one in group_patterns if one[0] == '各')}|)"
            + _each(one for one in group_patterns if one[0] != "各")
        ),
        zones={str(k): str(v) for k, v in entry.mapping("zones").items()},
        zone_ends=lengths(
            (zone for zone in map(str, entry.mapping("zones")) if 3 < len(zone) < 13), slice(-2, None)
        ),
        labels=labels,
        verbs=verbs,
        verb_ends=_numbers(() if one.after else [word[-1] for word in one.before] for one in verbs),
        verb_begins=_numbers([word[0] for word in one.after] for one in verbs),
        filler=compiled(f"({filler}){adverbs}"),
        pairs=tuple(_pairs(cues)),
        placeholders=frozenset(cues.words("placeholders")),
        cores=frozenset(cores),
        core_ends=lengths((core for core in cores if len(core) > 1), slice(-2, None)),
        head_ends=lengths((head for head in heads if len(head) > 1), slice(-2, None)),
        stem_begins=lengths(departments, slice(2)),
        stem_ends=lengths(departments, slice(-2, None)),
        head=_head_pattern(heads, cores, grammar),
        label=compiled(rf"({any_of(labels)})(?:：|(?=\n))"),
        cut=compiled(rf".*(?:{cuts})", re.S),
        stops=compiled(cuts),
        soft=compiled(any_of(grammar.words("soft_cuts"))),
        not_acting=compiled("|".join(grammar.words("not_acting"))),
        subject=compiled(rf"(?:{'|'.join(grammar.words('subject_after'))})$"),
        generic=frozenset(grammar.words("generic")),
        rhetoric=compiled(grammar.take("rhetoric", str)),
        predicate=compiled(f"{filler}{adverbs}(?:{'|'.join(f'({after})' for after, _ in predicates)})"),
        predicate_roles=tuple(role for _, role in predicates),
    )
    for key in ("seal", "zone_roles", "list_separators"):
        cues.take(key, object)
    cues.done()
    grammar.done()
    entry.done()
    return units


def _each(patterns: Iterable[str]) -> str:
    """Holds what each of ``patterns`` matches, if anything, and goes no further."""
    return "".join(f"(?:(?=({one}))|)" for one in patterns)


def _numbers(letters: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    """Each letter → the numbers of the groups that hold it."""
    found: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(letters):
        for letter in set(group):
            found[letter] = (*found.get(letter, ()), number)
    return found


def _heads(entry: Entry) -> dict[str, str]:
    return {head: kind for kind, words in entry.mapping("heads").items() for head in words}


def _head_pattern(heads: dict[str, str], cores: Iterable[str], grammar: Entry) -> re.Pattern[str]:
    """The last character of every head, refused beside the characters that make another word of it.

    A head of several characters and a known name are refused by nothing but 长 (局长) and, for the ends listed under
    ``always``, by what follows. Every branch begins with its literal, so that the engine skips by a character set.
    """
    after = {str(head): str(letters) for head, letters in grammar.mapping("not_followed").items()}
    before = {str(head): str(letters) for head, letters in grammar.mapping("not_preceded").items()}
    always = grammar.words("always_refused")
    known = {core[-3:] for core in cores if len(core) > 2}
    branches = []
    for last in sorted({head[-1] for head in heads}):
        refused = before.get(last, "")
        longer = {head for head in heads if len(head) > 1 and head[-1] == last}
        longer |= {core for core in known if core[-1] == last and core[-2] in refused}
        kept = []
        if last in heads:
            kept.append(
                (f"(?<![{refused}]{last})" if refused else "")
                + (f"(?![{after[last]}])" if last in after else "")
            )
        alike: dict[str, dict[int, list[str]]] = {}
        for head in sorted(longer):
            following = f"长{after.get(head, '')}{after.get(last, '') if last in always else ''}"
            alike.setdefault(following, {}).setdefault(len(head), []).append(head)
        for following, words in alike.items():
            ends = "|".join(f"(?<={'|'.join(one)})" for one in words.values())
            kept.append(
                f"(?:{ends})(?!(?!结合)[{following}])"
            )  # 办结 is a word, 结合 behind 办 begins the next one
        branches.append(f"{last}(?:{'|'.join(kept)})")
    return compiled("|".join(branches))


def _templates(entry: Entry) -> Iterable[Template]:
    for one in entry.entries("templates"):
        full = one.take("full", str)
        uncertain = one.take("uncertain", bool, False)
        for short in one.words("short"):
            if "{r}" not in short:
                one.fail(f"{short!r} has no {{r}}")
            before, after = short.split("{r}", 1)
            yield Template(before, after, full, uncertain)
        one.done()


def _groups(entry: Entry) -> Iterable[Group]:
    for one in entry.entries("groups"):
        pattern = one.take("pattern", str)
        try:
            known = compiled(pattern)
        except re.error as error:
            one.fail(f"not a regular expression: {error}")
        full = one.take("full", object)
        yield Group(one.take("id", str), known, str(full) if full is not None else None)
        one.done()


def _verbs(cues: Entry) -> Iterable[VerbCue]:
    for one in cues.entries("verbs"):
        before, after, role = one.take("before", str), one.take("after", str), one.take("role", str)
        if role not in ROLES:
            one.fail(f"no such role: {role}")
        behind = tuple(after.split("|")) if after else ()
        yield VerbCue(tuple(before.split("|")) if before else (), behind, role)
        one.done()


def _predicates(grammar: Entry) -> Iterable[tuple[str, str]]:
    for one in grammar.entries("predicates"):
        yield one.take("after", str), one.take("role", str)
        one.done()


def _pairs(cues: Entry) -> Iterable[PairCue]:
    for one in cues.entries("pairs"):
        needs = one.take("needs", str, "")
        yield PairCue(
            compiled(one.take("verb", str)),
            one.take("left", str),
            one.take("right", str),
            compiled(needs) if needs else None,
        )
        one.done()
