"""Without a virus scanner nothing starts but a demonstration, and a wrong address is told at the start."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from grants.project import environment


@pytest.mark.parametrize("value", ["tcp://clamav:3310", "tcp://127.0.0.1", "unix:///run/clamav/clamd.ctl"])
def test_a_good_address_is_taken(monkeypatch, value):
    monkeypatch.setenv("CLAMD_URL", value)
    assert environment.scanner("CLAMD_URL", demo=False) == value


@pytest.mark.parametrize("value", ["clamav:3310", "http://clamav", "unix://run/clamd", "tcp://", "tcp://clamav:poort", "tcp://clamav:99999", "tcp://clamav/pad"])
def test_a_wrong_address_stops_the_start_with_what_to_set(monkeypatch, value):
    monkeypatch.setenv("CLAMD_URL", value)
    with pytest.raises(ImproperlyConfigured, match="Zet CLAMD_URL op"):
        environment.scanner("CLAMD_URL", demo=True)


def test_without_an_address_only_a_demonstration_starts(monkeypatch):
    monkeypatch.delenv("CLAMD_URL", raising=False)
    assert environment.scanner("CLAMD_URL", demo=True) == ""
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL ontbreekt"):
        environment.scanner("CLAMD_URL", demo=False)


def test_a_scan_may_not_take_longer_than_the_work_is_ours(monkeypatch):
    monkeypatch.setenv("CLAMD_TIMEOUT", "241")
    with pytest.raises(ImproperlyConfigured, match="tot en met 240"):
        environment.whole_number("CLAMD_TIMEOUT", 60, most=240)
