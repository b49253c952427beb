"""A descriptor fits the file that it lies beside."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.datapackage import export_package, published_package, write_package
from quotes.publish import COLUMNS as PUBLISHED
from quotes.publish import publish
from quotes.store import COLUMNS
from tests.site.sample import SECRET, make_database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("package") / "quotes.db")


@pytest.mark.parametrize(
    ("name", "form", "profile"),
    [
        ("Tout.csv", "csv", "tabular-data-resource"),
        ("tout.jsonl", "jsonl", "data-resource"),
        ("tout.parquet", "parquet", "data-resource"),
    ],
)
def test_an_export_is_described(database: Path, tmp_path: Path, name: str, form: str, profile: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    result = CliRunner().invoke(main, ["export", str(database), "-o", str(tmp_path / name), "--datapackage"])
    assert result.exit_code == 0, result.output
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    [resource] = package["resources"]
    assert (resource["name"], resource["format"], resource["profile"]) == ("tout", form, profile)
    assert (tmp_path / resource["path"]).is_file()
    assert [field["name"] for field in resource["schema"]["fields"]] == [column.name for column in COLUMNS]
    assert all(field["description"] and field["type"] for field in resource["schema"]["fields"])
    assert package["sources"] == [{"title": "<b>"}, {"title": "Le Journal d'Essai"}]
    assert package["licenses"][0]["name"] == "other-closed"


def test_the_sources_are_those_of_the_rows(database: Path, tmp_path: Path) -> None:
    arguments = ["-o", str(tmp_path / "out.csv"), "--speaker", "Igor Brantsev", "--datapackage", "--semicolon"]
    assert CliRunner().invoke(main, ["export", str(database), *arguments]).exit_code == 0
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert package["sources"] == [{"title": "Le Journal d'Essai"}]
    [resource] = package["resources"]
    with (tmp_path / "out.csv").open(encoding=resource["encoding"], newline="") as file:
        header, *rows = csv.reader(file, delimiter=resource["dialect"]["delimiter"])
    assert header == [field["name"] for field in resource["schema"]["fields"]] and len(rows) == 1


def test_names_are_those_that_the_specification_takes() -> None:
    for path in ("L'été 2016 (tout).csv", "été.csv", ".csv", "a.b.jsonl"):
        assert re.fullmatch(r"[a-z0-9._-]+", export_package(path, "csv")["name"]), path


@pytest.mark.parametrize("form", ["research", "public"])
def test_a_published_folder_is_described(database: Path, tmp_path: Path, form: str) -> None:
    publish(database, tmp_path / "site", "public" if form == "public" else "research")
    text = (tmp_path / "site" / "datapackage.json").read_text("utf-8")
    assert SECRET not in text
    package = json.loads(text)
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert {"quotation_details", "articles", "quotations", "speakers", "aliases", "offices"} <= set(resources)
    with closing(sqlite3.connect(tmp_path / "site" / "quotes.db")) as connection:
        for resource in resources.values():
            assert (tmp_path / "site" / resource["path"]).is_file()
            names = [field["name"] for field in resource["schema"]["fields"]]
            cursor = connection.execute(f'SELECT * FROM "{resource["dialect"]["table"]}"')
            assert names == [column[0] for column in cursor.description]
            assert all(field["description"] and field["type"] != "any" for field in resource["schema"]["fields"])
            for key in resource["schema"].get("foreignKeys", ()):
                assert key["reference"]["resource"] in resources
    assert tuple(f["name"] for f in resources["articles"]["schema"]["fields"]) == PUBLISHED[form]["articles"]  # type: ignore[index]
    assert resources["articles"]["schema"]["primaryKey"] == ["id"]
    assert {"title": "<b>"} in package["sources"]


def test_odd_text_is_written_all_the_same(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE articles (id TEXT PRIMARY KEY, outlet TEXT)")
        connection.executemany("INSERT INTO articles VALUES (?, ?)", [("a", '"]}\n'), ("b", ""), ("c", None)])
        write_package(published_package(connection, "quotes.db", "Description", "Conditions"), tmp_path)
    assert json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["sources"] == [{"title": '"]}\n'}]
