"""Samples to check by hand, and what they tell."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from quotes.audit import Stratum, _shares, estimate, parse_sample, stratified, wilson
from quotes.errors import TableError

HEADER = (
    "quotation_id,stratum,stratum_size,article_id,outlet,date,before,quotation,after,kind,mention,speaker,speaker_id,"
    "rule,confidence,is_reported,is_speaker,remark"
)


def sample(*rows: tuple[str, int, str, str]) -> bytes:
    lines = [f"{i},{s},{n},a,,,,,,,,,,,,{reported},{speaker}," for i, (s, n, reported, speaker) in enumerate(rows)]
    return "\n".join([HEADER, *lines, ""]).encode()


def test_wilson_gives_the_published_figures() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263; 15 of 148; 0 of 20; 1 of 29
    for right, of, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = wilson(right, of)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert wilson(0, 0).high == 1.0


def test_one_stratum_is_a_plain_sample() -> None:
    found = stratified([Stratum("a", 10**9, 200, 180)])
    plain = wilson(180, 200)
    assert math.isclose(found.value, 0.9)
    assert abs(found.low - plain.low) < 0.005
    assert abs(found.high - plain.high) < 0.005


def test_strata_weigh_by_their_size() -> None:
    found = stratified([Stratum("large", 9000, 50, 50), Stratum("small", 1000, 50, 0)])
    assert math.isclose(found.value, 0.9)
    assert found.low < 0.9 < found.high


def test_what_was_checked_whole_is_certain() -> None:
    found = stratified([Stratum("a", 10, 10, 7)])
    assert (found.low, found.value, found.high) == (0.7, 0.7, 0.7)


def test_the_interval_covers_the_truth() -> None:
    """Simulated: 95 % intervals from stratified samples hold the true share in about 95 % of the cases."""
    import random

    chance = random.Random(7)
    strata = {"sure": (6000, 0.97), "unsure": (2500, 0.75), "implied": (500, 0.6)}
    truth = sum(size * share for size, share in strata.values()) / sum(size for size, _ in strata.values())
    covered = 0
    for _ in range(1000):
        drawn = [
            Stratum(name, size, n, sum(chance.random() < share for _ in range(n)))
            for (name, (size, share)), n in zip(strata.items(), (130, 55, 15), strict=True)
        ]
        interval = stratified(drawn)
        covered += interval.low <= truth <= interval.high
    assert 930 <= covered <= 985


@pytest.mark.parametrize("size", [1, 5, 20, 200, 5000])
def test_shares_add_up(size: int) -> None:
    sizes = {"a": 1000, "b": 300, "c": 40, "d": 3}
    shares = _shares(sizes, size)
    assert sum(shares.values()) == min(size, sum(sizes.values()))
    assert all(0 <= shares[name] <= sizes[name] for name in sizes)
    if size == 200:
        assert shares["d"] == 3
        assert shares["c"] >= 5


def test_estimate() -> None:
    rows = parse_sample(
        sample(("a", 100, "y", "oui"), ("a", 100, "Y", "n"), ("b", 300, "n", ""), ("b", 300, "", "")), "s.csv"
    )
    reported, speaker = estimate(rows, "is_reported"), estimate(rows, "is_speaker")
    assert (reported.checked, reported.unchecked) == (3, 1)
    assert math.isclose(reported.interval.value, 0.25)
    assert math.isclose(speaker.interval.value, 0.125)  # no report, so no speaker


def test_an_empty_sample_says_what_to_do() -> None:
    with pytest.raises(TableError, match="is_speaker"):
        estimate(parse_sample(sample(("a", 100, "", "")), "s.csv"), "is_speaker")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (sample(("a", 100, "peut-être", "")), "line 2"),
        (sample(("a", 100, "", ""), ("a", 99, "", "")), "line 3"),
        (sample(("a", 100, "", "")) + b"0,a,100,a,,,,,,,,,,,,,,\n", "line 3"),
        (b"quotation_id\n1\n", "line 1"),
    ],
)
def test_a_broken_sample_is_refused(data: bytes, expected: str) -> None:
    with pytest.raises(TableError, match=expected):
        parse_sample(data, "s.csv")


def test_a_sample_from_a_spreadsheet(tmp_path: Path) -> None:
    data = sample(("a", 100, "y", "y")).replace(b",", b";").replace(b"\n", b"\r\n")
    assert parse_sample(b"\xef\xbb\xbf" + data, "s.csv")[0]["is_speaker"] == "y"
