"""Settings from the environment. A wrong value stops the start with a sentence that says what to set."""

from __future__ import annotations

import os
from urllib.parse import urlparse

import environ
from django.core.exceptions import ImproperlyConfigured
from stdnum import iban

TRUE, FALSE = {"1", "true", "yes", "ja"}, {"", "0", "false", "no", "nee"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'. Zet {name} op 1 of 0.")


def whole_number(name: str, default: int, most: int | None = None) -> int:
    """A number of at least one, and at most `most` when that is given."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < 1 or (most is not None and int(value) > most):
        until = f" tot en met {most}" if most is not None else ""
        raise ImproperlyConfigured(f"{name} is '{value}'. Zet {name} op een heel getal vanaf 1{until}.")
    return int(value)


def choice_of_scheme(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """A URL whose scheme must be one of `schemes`."""
    value = text(name, default)
    if urlparse(value).scheme not in schemes:
        raise ImproperlyConfigured(f"{name} begint niet met {' of '.join(s + '://' for s in schemes)}. Pas {name} aan.")
    return value


def scanner(name: str, demo: bool) -> str:
    """Where the virus scanner is; '' only in a demonstration, which then says of each file that nobody looked."""
    value = text(name)
    if not value and demo:
        return ""
    if not value:
        raise ImproperlyConfigured(f"{name} ontbreekt: bestanden mogen niet open zonder controle op virussen. Zet {name} op tcp://server:3310 of unix:///pad.")
    parts = urlparse(value)
    if not (parts.scheme == "tcp" and parts.hostname and not parts.path) and not (parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc):
        raise ImproperlyConfigured(f"{name} is geen adres van een virusscanner. Zet {name} op tcp://server:3310 of unix:///pad.")
    try:
        _ = parts.port  # a number, or ValueError
    except ValueError:
        raise ImproperlyConfigured(f"{name} heeft geen goede poort. Zet {name} op bijvoorbeeld tcp://server:3310.") from None
    return value


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is '{value}'. Zet {name} op {' of '.join(choices)}.")
    return value


def account(name: str, default: str = "") -> str:
    """An account number (IBAN) without spaces; '' when none is set."""
    value = text(name, default)
    if value and not iban.is_valid(value):
        raise ImproperlyConfigured(f"{name} is geen goed rekeningnummer: de controlecijfers kloppen niet. Zet {name} op de IBAN waarvan u betaalt.")
    return iban.compact(value)


def secret_key(demo: bool) -> str:
    """A secret has no default, except in the demo, where sessions may be forgotten at every start."""
    value = text("SECRET_KEY")
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured("SECRET_KEY is te kort. Zet SECRET_KEY op minstens 32 willekeurige tekens.")
        return value
    if demo:
        return "demo-only-" + "0" * 40
    raise ImproperlyConfigured("SECRET_KEY ontbreekt. Zet SECRET_KEY op minstens 32 willekeurige tekens.")


def optional_secret(name: str) -> str:
    """A secret that may be left out; '' when it is. A short one is refused: it can be guessed."""
    value = text(name)
    if value and len(value) < 32:
        raise ImproperlyConfigured(f"{name} is te kort. Zet {name} op minstens 32 willekeurige tekens, of laat het leeg.")
    return value


def database(default: str) -> dict[str, object]:
    url = choice_of_scheme("DATABASE_URL", default, ("sqlite", "postgres", "postgresql"))
    config = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config
