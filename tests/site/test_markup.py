"""Marks over text: every character stays, escaped, whatever the marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.site.pages.markup import Mark, marked_paragraphs, window
from tests.site.html import Page

TEXT = "Il a dit « oui ».\n\nPuis <b>rien</b> & « non »."


def test_nested_and_crossing_marks() -> None:
    marks = [Mark(0, 16, "content", "c1"), Mark(3, 8, "cue"), Mark(5, 30, "other")]
    first, second = marked_paragraphs(TEXT, marks)
    assert first.startswith('<mark class="content" id="c1">Il </mark><mark class="content cue">a </mark>')
    assert '<mark class="other">Puis &lt;b&gt;rie</mark>n&lt;/b&gt; &amp;' in second


def test_offsets_are_of_the_article() -> None:
    assert marked_paragraphs(TEXT[9:17], [Mark(9, 16, "content")], 9) == ['<mark class="content">« oui »</mark>.']


def test_marks_outside_the_stretch_are_left_out() -> None:
    assert marked_paragraphs("texte", [Mark(100, 110, "cue"), Mark(0, 3, "cue")], 50) == ["texte"]


marks = st.lists(
    st.tuples(st.integers(-5, 130), st.integers(-5, 130)).map(lambda pair: Mark(min(pair), max(pair), "content", "c1"))
)


@given(st.text(alphabet=st.sampled_from("ab<>&\"'\né « »"), max_size=120), marks, st.integers(0, 20))
def test_no_character_is_lost(text: str, found: list[Mark], base: int) -> None:
    paragraphs = marked_paragraphs(text, found, base)
    lines = [line for line in text.split("\n") if line.strip()]
    assert [Page(str(paragraph)).text for paragraph in paragraphs] == lines
    for paragraph in paragraphs:
        assert {tag for tag, _ in Page(str(paragraph)).elements} <= {"mark"}


@given(st.text(alphabet=st.sampled_from("ab. \n!"), max_size=200), st.integers(0, 200), st.integers(0, 50))
def test_a_window_holds_the_stretch(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    left, right = window(text, start, end, 30)
    assert 0 <= left <= start <= end <= right <= len(text)
    assert start - left <= 31 and right - end <= 31
