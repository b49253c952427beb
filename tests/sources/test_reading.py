"""Reading inputs: every format, and everything that people's files have wrong with them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.model import Article
from quotes.sources import Problem, Sourced, read_articles
from quotes.sources.items import Document
from quotes.sources.readers import READERS, _guarded

TEXT = "« Nous partons demain », a déclaré la maire Élodie Vasseur.\r\n\r\nElle n’a pas dit où : c’est « secret »."


def write(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return str(path)


def articles(*inputs: str) -> list[Article]:
    items = list(read_articles(inputs))
    assert not (problems := [str(item) for item in items if isinstance(item, Problem)]), problems
    return [item.article for item in items if isinstance(item, Sourced)]


def problem(*inputs: str) -> Problem:
    (found,) = [item for item in read_articles(inputs) if isinstance(item, Problem)]
    return found


# --- text files ---------------------------------------------------------------------------------------------------


def test_text_is_kept_exactly_as_read(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path, "un-article.v2.txt", TEXT))
    assert article == Article("un-article.v2", TEXT)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("’", "'") if encoding == "latin-1" else TEXT
    (article,) = articles(write(tmp_path, "a.txt", text.encode(encoding)))
    assert article.text == text


def test_latin1_with_control_bytes_is_read(tmp_path: Path) -> None:
    text = "Il a dit « oui » puis il est parti, étonné, à l'été. " * 3 + "\x81"
    (article,) = articles(write(tmp_path, "a.txt", text.encode("latin-1")))
    assert article.text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("Ещё не всё потеряно, сказал он.".encode("koi8-r"), "encoding is not known"),
        ("La réalité dépassée par l'été indiscuté".encode("cp850"), "encoding is not known"),
        (TEXT.encode()[:-1] + b"\xe9 fin", "broken at byte"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x01\x02\x03\x04\x05 abc" * 100, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        ("é".encode("utf-16") + b"\x00", "broken at byte"),
    ],
)
def test_a_file_that_is_no_text_is_named_and_skipped(tmp_path: Path, data: bytes, message: str) -> None:
    bad = write(tmp_path, "bad.txt", data)
    good = write(tmp_path, "good.txt", TEXT)
    items = list(read_articles([bad, good]))
    assert [type(item) for item in items] == [Problem, Sourced]
    assert message in str(items[0])
    assert str(items[0]).startswith(bad)


def test_five_megabytes_on_one_line(tmp_path: Path) -> None:
    text = "Il a dit « oui » à l'été. " * 200_000
    (article,) = articles(write(tmp_path, "long.txt", text))
    assert article.text == text


@pytest.mark.parametrize(
    ("first_line", "expected"),
    [
        ("2016-09-30", date(2016, 9, 30)),
        ("Publié le vendredi 30 septembre 2016 à 10h02", date(2016, 9, 30)),
        ("1er février 2020", date(2020, 2, 1)),
        ("30/09/2016 12:00 EDT | Actualisé 01/10/2017", date(2016, 9, 30)),
        ("Mis à jour le 3 août 2019", date(2019, 8, 3)),
        ("Le 30 septembre 2016, le ministre a annoncé devant la presse réunie à Lyon qu'il partirait", None),
        ("99/99/2016", None),
        ("Le ministre a parlé le 30 septembre 2016", None),
    ],
)
def test_dateline(tmp_path: Path, first_line: str, expected: date | None) -> None:
    (article,) = articles(write(tmp_path, "a.txt", f"Titre\n{first_line}\n\n{TEXT}"))
    assert article.date == expected


def test_sidecar_tells_what_is_known(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "a.json", '{"date": "2016-09-30", "outlet": "La Gazette", "titre": "Départ", "url": null}')
    assert articles(path) == [Article("a", TEXT, date(2016, 9, 30), "La Gazette", "Départ")]


def test_table_of_metadata_beside_texts(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", TEXT)
    write(tmp_path, "b.json", '{"outlet": "Le Courrier"}')
    write(tmp_path, "metadata.csv", "id;date;journal\r\na;2016-09-30;La Gazette\r\nb;2017-05-03;La Gazette\r\n")
    assert articles(str(tmp_path)) == [
        Article("a", TEXT, date(2016, 9, 30), "La Gazette"),
        Article("b", TEXT, date(2017, 5, 3), "Le Courrier"),
    ]


@pytest.mark.parametrize("sidecar", ["{", "[1]", "\x00"])
def test_a_broken_sidecar_does_not_cost_the_article(tmp_path: Path, sidecar: str) -> None:
    path = write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "a.json", sidecar)
    broken, article = read_articles([path])
    assert isinstance(broken, Problem) and "a.json" in str(broken)
    assert isinstance(article, Sourced) and article.article.text == TEXT


# --- JSON Lines ---------------------------------------------------------------------------------------------------


def test_json_lines(tmp_path: Path) -> None:
    records = [
        {"id": "a", "text": TEXT, "date": "2016-09-30", "outlet": "O", "title": "T", "author": "A", "url": "u"},
        {"id": 7, "text": "Deux.", "date": None, "quotations": []},
        {"text": "Sans identifiant.", "authors": ["A", "B"]},
    ]
    data = "\n\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    assert articles(write(tmp_path, "lot.jsonl", data)) == [
        Article("a", TEXT, date(2016, 9, 30), "O", "T", "A", "u"),
        Article("7", "Deux."),
        Article("lot-000005", "Sans identifiant.", author="A, B"),
    ]


@pytest.mark.parametrize(("suffix", "compress"), [("gz", gzip.compress), ("xz", lzma.compress), ("bz2", bz2.compress)])
def test_compressed(tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> None:
    data = compress(json.dumps({"id": "a", "text": TEXT}).encode())
    assert articles(write(tmp_path, f"lot.jsonl.{suffix}", data)) == [Article("a", TEXT)]


def test_a_broken_archive_is_a_problem(tmp_path: Path) -> None:
    data = gzip.compress(json.dumps({"id": "a", "text": TEXT * 1000}).encode())
    assert "cannot be read" in str(problem(write(tmp_path, "lot.jsonl.gz", data[: len(data) // 2])))
    assert "cannot be read" in str(problem(write(tmp_path, "autre.jsonl.xz", b"not an archive")))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("this is no JSON", "Not JSON"),
        ('{"id": "b", "text": ', "Not JSON"),
        ("[1, 2]", "Not a JSON object"),
        ('{"id": "b"}', "No field `text` (the fields are: id)"),
        ('{"id": "b", "text": ""}', "The text is empty"),
        ('{"id": "b", "text": null}', "The text is empty"),
        ('{"id": "b", "text": 12}', "not a string"),
        ('{"id": "b", "text": "\\ud83d"}', "surrogate"),
        ("[" * 100_000, "Not JSON"),
    ],
)
def test_a_bad_line_costs_that_line(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, "lot.jsonl", f'{{"id": "a", "text": "Un."}}\n{line}\n{{"id": "c", "text": "Trois."}}\n')
    first, bad, last = read_articles([path])
    assert isinstance(first, Sourced) and isinstance(last, Sourced) and isinstance(bad, Problem)
    assert message in str(bad) and "line 2" in str(bad)


def test_a_date_that_is_not_understood_costs_the_date(tmp_path: Path) -> None:
    path = write(tmp_path, "lot.jsonl", '{"id": "a", "text": "Un.", "date": "hier"}')
    warning, article = read_articles([path])
    assert "'hier'" in str(warning) and article == Sourced(Article("a", "Un."), path)


def test_json_lines_in_other_encodings(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert articles(write(tmp_path, f"{encoding}.jsonl", line.encode(encoding))) == [Article("a", TEXT)]


def test_binary_json_lines_are_one_problem(tmp_path: Path) -> None:
    assert "binary" in str(problem(write(tmp_path, "lot.jsonl", bytes(range(256)) * 99)))
    assert "empty" in str(problem(write(tmp_path, "vide.jsonl", "\n\n")))


# --- tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables(tmp_path: Path, delimiter: str, encoding: str) -> None:
    header = delimiter.join(["Identifiant", "Texte", "Date", "Journal"])
    row = delimiter.join(["a", '"' + TEXT.replace('"', '""') + '"', "30/09/2016", "La Gazette"])
    path = write(tmp_path, "lot.csv", f"{header}\r\n{row}\r\n".encode(encoding))
    assert articles(path) == [Article("a", TEXT, date(2016, 9, 30), "La Gazette")]


def test_a_field_may_be_megabytes_long(tmp_path: Path) -> None:
    text = "mot " * 300_000
    assert articles(write(tmp_path, "lot.csv", f"id,text\na,{text}\n")) == [Article("a", text)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "empty"),
        ("id,corps du texte\na,b\n", "no column `text`"),
        ("id,text\n", "no rows"),
        ("id,text\na\n", "The text is empty"),
        ("id,text\na,\n", "The text is empty"),
    ],
)
def test_bad_tables(tmp_path: Path, data: str, message: str) -> None:
    assert message in str(problem(write(tmp_path, "lot.csv", data)))


# --- saved pages --------------------------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Départ de la maire</title>
<meta property="og:site_name" content="La Gazette"><meta name="author" content="Jeanne Morel">
<meta property="article:published_time" content="2016-09-30T10:00:00+02:00"></head><body><nav>Menu Sport Météo</nav>
<article><h1>Départ de la maire</h1><p>« Nous partons demain », a déclaré la maire Élodie Vasseur devant la presse
réunie à la mairie pour la dernière fois de son mandat, long de six ans.</p><p>Elle n’a pas dit où elle irait, ni avec
qui, mais ses proches évoquent « un village de la côte », loin de la ville et de ses bruits.</p></article>
<footer>Mentions légales</footer></body></html>"""


def test_saved_page(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (article,) = articles(write(tmp_path, "page.html", PAGE))
    assert (article.id, article.date, article.outlet) == ("page", date(2016, 9, 30), "La Gazette")
    assert "« Nous partons demain », a déclaré la maire" in article.text
    assert "Menu" not in article.text and "Mentions" not in article.text


@pytest.mark.parametrize("data", [b"", b"<html><body></body></html>", b"\x00\x01" * 500])
def test_a_page_without_an_article_is_a_problem(tmp_path: Path, data: bytes) -> None:
    pytest.importorskip("trafilatura")
    assert problem(write(tmp_path, "page.html", data)).hint


# --- folders, ids, standard input ---------------------------------------------------------------------------------


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "Bé.")
    write(tmp_path, "a/z.jsonl", '{"id": "z", "text": "Zède."}')
    write(tmp_path, "a/b.csv", "id,text\nc,Cé.\n")
    for ignored in (".caché/x.txt", ".x.txt", "~$a.txt", "notes.md", "b.json"):
        write(tmp_path, ignored, "{}")
    assert [article.id for article in articles(str(tmp_path))] == ["b", "c", "z"]


def test_folder_without_articles(tmp_path: Path) -> None:
    assert "no articles" in str(problem(str(tmp_path)))
    write(tmp_path, "notes.md", "Rien.")
    assert "no articles" in str(problem(str(tmp_path)))


def test_documents_in_a_folder_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c.docx"):
        write(tmp_path, name, b"x")
    write(tmp_path, "d.txt", TEXT)
    assert "1 .docx, 2 .pdf" in str(problem(str(tmp_path)))


@pytest.mark.parametrize("name", ["missing.txt", "missing"])
def test_missing_input(tmp_path: Path, name: str) -> None:
    assert "No such file" in str(problem(str(tmp_path / name)))


@pytest.mark.parametrize("name", ["a.pdf", "a"])
def test_unknown_format(tmp_path: Path, name: str) -> None:
    assert ".jsonl" in problem(write(tmp_path, name, TEXT)).hint


def test_same_article_twice_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT)
    assert len(articles(path, path, str(tmp_path))) == 1


def test_same_id_with_another_text_names_both(tmp_path: Path) -> None:
    first, second = write(tmp_path, "1/a.txt", "Un."), write(tmp_path, "2/a.txt", "Deux.")
    items = list(read_articles([str(tmp_path)]))
    assert isinstance(items[0], Sourced) and isinstance(items[1], Problem)
    assert first in str(items[1]) and str(items[1]).startswith(second)


@pytest.mark.parametrize(
    ("data", "identifier"),
    [(TEXT, "stdin"), (json.dumps({"id": "a", "text": TEXT}), "a"), (f'id,text\nb,"{TEXT}"\n', "b")],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, identifier: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert articles("-") == [Article(identifier, TEXT)]


@given(st.sampled_from(sorted(set(READERS) - {".html", ".htm"})), st.binary(max_size=300))
@settings(max_examples=400, deadline=None)
def test_no_bytes_stop_a_reader(suffix: str, data: bytes) -> None:
    """Whatever is in a file, its reader gives articles or problems."""
    document = Document("a" + suffix, "a", lambda: io.BytesIO(data))
    for item in _guarded(READERS[suffix], document):
        assert isinstance(item, Sourced | Problem)
