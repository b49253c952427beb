"""What the form of a name tells, without knowing anybody."""

from __future__ import annotations

import pytest

from quotes.resolution.names import (
    compatible,
    fold,
    is_given_name_of,
    name_key,
    slug,
    split_title,
    surname,
    surname_key,
)

SAME = [
    # two written forms of one name; why they agree
    ("Sergueï Lavrov", "Sergeï Lavrov", "romanisation"),
    ("Sergueï Lavrov", "Serguei Lavrov", "accent"),
    ("Sergueï Lavrov", "Sergej Lavrov", "romanisation"),
    ("Sergueï Lavrov", "Sergey Lavrov", "romanisation"),
    ("Sergueï Lavrov", "M. Lavrov", "surname"),
    ("Sergueï Lavrov", "LAVROV", "capitals"),
    ("Sergueï Lavrov", "S. Lavrov", "initial"),
    ("Sergueï Choïgou", "Sergei Shoigu", "romanisation"),
    ("Sergueï Choïgou", "Serguei Choigou", "accent"),
    ("Vladimir Poutine", "Vladimir Putin", "ending"),
    ("Bachar al-Assad", "Bachar el-Assad", "particle"),
    ("Bachar al-Assad", "Bachar al Assad", "hyphen"),
    ("Bachar al-Assad", "Bashar al-Assad", "romanisation"),
    ("Bachar al-Assad", "Assad", "surname without particle"),
    ("Abdel Fattah al-Sissi", "Abdel Fattah al-Sisi", "double letter"),
    ("Mohammed ben Salmane", "Mohamed bin Salman", "romanisation"),
    ("Volodymyr Zelensky", "Vladimir Zelenski", "Ukrainian and Russian form"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "romanisation"),
    ("Petro Porochenko", "Petro Poroshenko", "romanisation"),
    ("Viktor Ianoukovitch", "Viktor Yanukovych", "romanisation"),
    ("Benyamin Netanyahou", "Benyamin Netanyahu", "romanisation"),
    ("Marine Le Pen", "LE PEN", "capitals"),
    ("Marine Le Pen", "Marine LE PEN", "capitals"),
    ("Marine Le Pen", "Mme Le Pen", "surname"),
    ("Ursula von der Leyen", "Mme von der Leyen", "surname"),
    ("Ursula von der Leyen", "von der Leyen", "surname"),
    ("Dominique de Villepin", "Villepin", "surname without particle"),
    ("Dominique de Villepin", "M. de Villepin", "surname"),
    ("Jean-Pierre Martin", "J.-P. Martin", "initials"),
    ("Jean-Pierre Martin", "J. Martin", "initial of a compound"),
    ("Najat Vallaud-Belkacem", "Najat Vallaud Belkacem", "hyphen"),
    ("Najat Vallaud-Belkacem", "Mme Vallaud Belkacem", "hyphen"),
    ("Enrique Peña Nieto", "Peña Nieto", "two surnames"),
    ("Joshua L. Zarka", "Joshua Zarka", "middle initial"),
    ("John Fitzgerald Kennedy", "John F. Kennedy", "middle initial"),
    ("Xi Jinping", "M. Xi", "surname first"),
    ("Ban Ki-moon", "M. Ban", "surname first"),
    ("Claire d’Hérouville", "Claire d'Hérouville", "apostrophe"),
    ("Conan O'Brien", "O’Brien", "apostrophe"),
    ("le général Viktor Poznikhir", "Viktor Poznikhir", "title"),
    ("Mikhaïl Gorbatchev", "Mikhail Gorbachev", "romanisation"),
    ("Boris Eltsine", "Boris Yeltsin", "romanisation"),
]

DIFFERENT = [
    ("Jean Dupont", "Jeanne Dupont", "given names"),
    ("Jean Martin", "Jean-Pierre Martin", "a compound is not cut"),
    ("Marine Le Pen", "Jean-Marie Le Pen", "given names"),
    ("Marine Le Pen", "Marion Maréchal-Le Pen", "given names"),
    ("Sergueï Lavrov", "Sergueï Ivanov", "surnames"),
    ("Sergueï Lavrov", "Pavel Lavrov", "given names"),
    ("Paul Michel", "Paul Mitchell", "no Slavic ending"),
    ("M. Clinton", "Mme Clinton", "titles"),
    ("Bill Clinton", "Hillary Clinton", "given names"),
    ("George W. Bush", "George H. W. Bush", "middle names"),
    ("Le Maire", "Maire", "a firm particle"),
    ("Simone Martin", "Simon Martin", "gender"),
    ("Charles Martin", "Charles Saint-Martin", "part of a hyphenated surname"),
    ("Xi Jinping", "Jinping", "given name alone"),
    ("Marine Le Pen", "Marine", "given name alone"),
    ("Alain Juppé", "", "nothing"),
]


@pytest.mark.parametrize(("a", "b", "why"), SAME)
def test_compatible(a: str, b: str, why: str) -> None:
    assert compatible(a, b), why
    assert compatible(b, a), why


@pytest.mark.parametrize(("a", "b", "why"), DIFFERENT)
def test_incompatible(a: str, b: str, why: str) -> None:
    assert not compatible(a, b), why
    assert not compatible(b, a), why


@pytest.mark.parametrize(
    ("mention", "title", "name", "gender"),
    [
        ("M. Carter", "M.", "Carter", "m"),
        ("Mme de La Tour-Dupin", "Mme", "de La Tour-Dupin", "f"),
        ("le général Viktor Poznikhir", "général", "Viktor Poznikhir", None),
        ("Le général de brigade Untel", "général de brigade", "Untel", None),
        ("M. le ministre Dupont", "M. ministre", "Dupont", "m"),
        ("Me Liliane Glock", "Me", "Liliane Glock", None),
        ("Sir John Smith", "Sir", "John Smith", "m"),
        ("l'ayatollah Khamenei", "ayatollah", "Khamenei", "m"),
        ("la présidente Dilma Rousseff", "présidente", "Dilma Rousseff", "f"),
        ("John Kerry", "", "John Kerry", None),
        ("le président du Sénat", "", "le président du Sénat", None),
        ("Maire", "", "Maire", None),
        ("", "", "", None),
    ],
)
def test_split_title(mention: str, title: str, name: str, gender: str | None) -> None:
    assert split_title(mention) == (title, name, gender)


def test_split_title_uses_the_table_it_is_given() -> None:
    assert split_title("Commodore Untel", {"commodore": None}).name == "Untel"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sergueï Lavrov", "Lavrov"),
        ("Marine Le Pen", "Le Pen"),
        ("Marine LE PEN", "LE PEN"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Bachar al-Assad", "al-Assad"),
        ("Xi Jinping", "Xi"),
        ("Kim Jong-un", "Kim"),
        ("Robert Kennedy Jr", "Kennedy"),
        ("Benoît XVI", "Benoît XVI"),
        ("M. Carter", "Carter"),
        ("Mme de La Tour-Dupin", "de La Tour-Dupin"),
    ],
)
def test_surname(name: str, expected: str) -> None:
    assert surname(name) == expected


def test_fold_and_slug() -> None:
    assert fold("J.-P.\u00a0d’Ormesson") == "j p d ormesson"
    assert slug("Sergueï Lavrov") == "serguei-lavrov"
    assert slug("Œuvre d'Élysée") == "oeuvre-d-elysee"


def test_keys_join_romanisations() -> None:
    assert name_key("Bachar al-Assad") == name_key("Bashar el Assad")
    assert surname_key("Choïgou") == surname_key("Sergueï Shoigu")
    assert name_key("Simone Martin") != name_key("Simon Martin")


def test_given_name_alone() -> None:
    assert is_given_name_of("Marine", "Marine Le Pen")
    assert not is_given_name_of("Le Pen", "Marine Le Pen")
