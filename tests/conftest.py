"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from quotes.pipeline import Pipeline

SHARED = Path(__file__).resolve().parents[2] / "shared"

# Before torch is imported, here and in the processes that tests start: where other work is going on, a second thread
# makes the parser several times slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# The same examples on every run, and no limits that a busy machine breaks: a test that turns red means a change.
# `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the development data in ../shared")
    return SHARED


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline as it ships, loaded once: the model takes seconds."""
    from quotes.loading import load_pipeline

    return load_pipeline()
