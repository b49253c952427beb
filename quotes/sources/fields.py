"""A record with named fields (a JSON object, a row of a table) into an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quotes.model import Article
from quotes.sources.dates import parse_date
from quotes.sources.items import Item, Problem, Sourced

#: Field names that are understood, by the name of the article's own field; the first present and not empty counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "article_id", "docid", "doc_id"),
    "text": ("text", "texte", "content", "contenu", "body", "corps"),
    "date": ("date", "published", "date_publication", "publication_date", "datetime"),
    "outlet": ("outlet", "source", "journal", "media", "média", "publication", "newspaper"),
    "title": ("title", "titre", "headline"),
    "author": ("author", "auteur", "authors", "auteurs", "byline"),
    "url": ("url", "link", "lien"),
}


def article_of(record: Mapping[str, object], source: str, where: str, default_id: str) -> Iterator[Item]:
    """The article of ``record``; a :class:`Problem` where it has no text, or a date that is not understood."""
    fields = {str(name).strip().lower(): value for name, value in record.items() if name is not None}
    text = _first(fields, "text")
    if text is None or not str(text).strip():
        present = ", ".join(sorted(fields)) or "none"
        has_field = any(name in fields for name in NAMES["text"])
        message = "The text is empty." if has_field else f"No field `text` (the fields are: {present})."
        yield Problem(source, message, where, "The record is left out.")
        return
    if not isinstance(text, str):
        yield Problem(source, f"`text` is not a string but {type(text).__name__}.", where, "The record is left out.")
        return
    if not _is_storable(text):
        yield Problem(source, "`text` has half of a surrogate pair in it.", where, "The record is left out.")
        return
    identifier = _string(_first(fields, "id")) or default_id
    written = _string(_first(fields, "date"))
    day = parse_date(written) if written else None
    if written and day is None:
        message = f"The date {written!r} is not understood; the article has none."
        yield Problem(source, message, where, "Write it as 2016-09-30.")
    names = {name: _string(_first(fields, name)) for name in ("outlet", "title", "author", "url")}
    yield Sourced(Article(identifier, text, day, **names), source)


def with_metadata(article: Article, record: Mapping[str, object]) -> Article:
    """``article`` with what ``record`` says of its date, outlet, title, author and address."""
    fields = {str(name).strip().lower(): value for name, value in record.items()}
    outlet, title, author, url = (_string(_first(fields, name)) for name in ("outlet", "title", "author", "url"))
    day = parse_date(_string(_first(fields, "date")) or "")
    return Article(
        article.id,
        article.text,
        day or article.date,
        outlet or article.outlet,
        title or article.title,
        author or article.author,
        url or article.url,
    )


def _first(fields: Mapping[str, object], field: str) -> object | None:
    return next((fields[name] for name in NAMES[field] if fields.get(name) not in (None, "")), None)


def _string(value: object | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, list | tuple):
        value = ", ".join(str(part) for part in value)
    text = str(value).strip()
    return text.encode("utf-8", "replace").decode("utf-8") or None


def _is_storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
