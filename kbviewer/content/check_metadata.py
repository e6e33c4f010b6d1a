"""What is wrong in front matter, in one variant and between the languages of an article."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from kbviewer.content.check_scope import CheckedVariant, Scope
from kbviewer.content.language_tags import language_of
from kbviewer.model.article import Article, TranslationMethod
from kbviewer.model.library import Problem, fold_reference
from kbviewer.model.messages import N_, Message, message

_FIRST_LINE = 1


def check_metadata(variant: CheckedVariant, scope: Scope) -> Iterator[Problem]:
    """Yield contradictions inside one file, and with its place and its pack."""
    article, file = variant.article, variant.file
    stated = language_of(variant.stated_language) or variant.stated_language
    if (file.named_by_language or file.own_id) and stated != file.language:
        yield _problem(
            variant,
            "language",
            message(
                N_("the file is called '{name}' but says lang: {stated}"),
                name=posixpath.basename(file.own_id) or file.language,
                stated=stated,
            ),
            message(N_("Correct lang, or rename the file.")),
        )
    if variant.shares_name_with:
        yield _problem(
            variant,
            "language",
            message(
                N_("an article of its own: {other} is in the same language, or its uid is another one"),
                other=variant.shares_name_with,
            ),
            message(N_("Correct lang and uid, or rename the file.")),
        )
    if file.named_by_language and article.uid and fold_reference(article.uid) != fold_reference(article.id):
        yield _problem(
            variant,
            "uid",
            message(
                N_("the uid is '{uid}' but the folder is '{folder}'"), uid=article.uid, folder=article.id
            ),
            message(N_("Give both the same name.")),
        )
    if article.topic and scope.has_library and article.topic not in scope.pack.topics:
        yield _problem(
            variant,
            "topic",
            message(N_("pack.toml has no topic '{topic}'"), topic=article.topic),
            message(N_("Add it under [topics.…] with a title for each language.")),
        )
    if article.part and not 1 <= article.part.number <= len(article.part.titles):
        yield _problem(
            variant,
            "part",
            message(
                N_("part {number} of {total}"), number=article.part.number, total=len(article.part.titles)
            ),
            message(N_("List all parts of the guide under kb.part, and count from 1.")),
        )
    yield from _translation(variant)


def guessed_language(variant: CheckedVariant) -> Problem | None:
    """Return the note on an article whose language nothing states, None for all others."""
    article, file = variant.article, variant.file
    if not article.is_language_guessed:
        return None
    return _problem(
        variant,
        "language-guessed",
        message(N_("the language is guessed from the text: {language}"), language=article.language),
        message(
            N_("Write 'lang: {language}' into its front matter, or call it {name}."),
            language=article.language,
            name=f"{posixpath.basename(file.source).rpartition('.')[0]}.{article.language}.md",
        ),
    )


def _translation(variant: CheckedVariant) -> Iterator[Problem]:
    translation = variant.article.translation
    if translation is None:
        return
    language = variant.article.language
    if language_of(translation.source_language) == language:
        yield _problem(
            variant,
            "translation",
            message(
                N_("the text is said to be translated from its own language ({language})"), language=language
            ),
            message(N_("Correct 'from', or leave translation out.")),
        )
    if translation.origin and translation.origin == translation.source_language:
        yield _problem(
            variant,
            "translation",
            message(
                N_("'origin' and 'from' are the same language ({language})"), language=translation.origin
            ),
            message(N_("Leave 'origin' out.")),
        )


def check_variants(variants: Sequence[CheckedVariant]) -> Iterator[Problem]:
    """Yield contradictions between the languages of an article; the first one is compared with each other."""
    if len(variants) < 2:
        return
    first, *others = variants
    for other in others:
        for name, mine, theirs in _facts(first.article, other.article):
            if mine != theirs:
                yield _problem(
                    other,
                    "metadata",
                    message(
                        N_("{name} is '{value}' but '{other}' in {file}:1"),
                        name=name,
                        value=_shown(theirs),
                        other=_shown(mine),
                        file=first.file.source,
                    ),
                    message(N_("Facts are the same in every language.")),
                )
    yield from _directions(variants)


def _facts(first: Article, other: Article) -> Iterator[tuple[str, object, object]]:
    for name, attribute in (
        ("uid", "uid"),
        ("kb.aliases", "aliases"),
        ("kb.state", "state"),
        ("kb.reviewed", "last_reviewed"),
        ("kb.revision", "revision"),
        ("kb.topic", "topic"),
        ("appliesto", "applies_to"),
        ("keywords", "keywords"),
    ):
        yield name, getattr(first, attribute), getattr(other, attribute)
    yield (
        "kb.support_end",
        first.support_end and first.support_end.day,
        other.support_end and other.support_end.day,
    )
    yield "kb.part", _part(first), _part(other)
    yield (
        "kb.help",
        first.help_offer and first.help_offer.address,
        other.help_offer and other.help_offer.address,
    )


def _part(article: Article) -> tuple[str, int, int] | None:
    part = article.part
    return (part.guide, part.number, len(part.titles)) if part else None


def _directions(variants: Sequence[CheckedVariant]) -> Iterator[Problem]:
    """Yield translations that point at each other, that lag behind, or that are called what they are not."""
    by_language = {variant.article.language: variant for variant in variants}
    for variant in variants:
        translation = variant.article.translation
        source = by_language.get(language_of(translation.source_language)) if translation else None
        if translation is None or source is None or source is variant:
            continue
        back = source.article.translation
        if back and language_of(back.source_language) == variant.article.language:
            yield _problem(
                variant,
                "translation",
                message(
                    N_("this file and {other}:1 are each translated from the other"), other=source.file.source
                ),
                message(N_("Leave translation out of the one that came first.")),
            )
        revision = source.article.revision
        if translation.revision and revision and translation.revision != revision:
            yield _problem(
                variant,
                "translation",
                message(
                    N_("translated from revision {revision}, but {other}:1 is revision {newer}"),
                    revision=translation.revision,
                    other=source.file.source,
                    newer=revision,
                ),
                message(N_("Bring the text up to date, then correct the revision.")),
            )
        if (
            translation.method is TranslationMethod.EDITORIAL
            and back is not None
            and back.method is translation.method
        ):
            yield _problem(
                variant,
                "translation",
                message(N_("{other}:1 is an editorial text itself"), other=source.file.source),
                message(N_("Name the language of the source under 'from'.")),
            )


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if value is None or value == "":
        return message(N_("not stated"))
    return getattr(value, "value", value)


def _problem(variant: CheckedVariant, kind: str, what: Message, remedy: Message) -> Problem:
    return Problem(variant.file.source, _FIRST_LINE, kind, what, remedy)
