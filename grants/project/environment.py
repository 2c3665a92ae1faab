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


def words(name: str, default: str) -> tuple[str, ...]:
    """Words with spaces or commas between."""
    return tuple(text(name, default).replace(",", " ").split())


def pairs(name: str, default: str, values: tuple[str, ...]) -> dict[str, str]:
    """`left=right,left=right`, where right is one of `values`."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text(name, default).split(","))):
        left, _equals, right = part.rpartition("=")
        if not left or right not in values:
            raise ImproperlyConfigured(f"In {name} staat '{part}'. Schrijf links=rechts, met rechts een van: {', '.join(values)}.")
        found[left] = right
    return found


def provider(name: str) -> str:
    """The address (issuer) of an OpenID provider, over https or on this machine; '' when none is set."""
    value = text(name)
    parts = urlparse(value)
    at_home = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if value and (not parts.hostname or not (parts.scheme == "https" or at_home)):
        raise ImproperlyConfigured(f"{name} is '{value}'. Zet {name} op het adres van de inlogdienst, dat begint met https://.")
    return value


def numbered_keys(name: str) -> tuple[tuple[str, str], ...]:
    """`number:secret,number:secret`: the first is in use, the others are only read."""
    found = []
    for part in filter(None, (part.strip() for part in text(name).split(","))):
        number, _colon, secret = part.partition(":")
        if not number.isalnum() or len(number) > 20 or len(secret) < 32:
            raise ImproperlyConfigured(f"Een deel van {name} klopt niet. Schrijf nummer:geheim, met minstens 32 willekeurige tekens als geheim.")
        found.append((number, secret))
    if len({number for number, _ in found}) != len(found):
        raise ImproperlyConfigured(f"In {name} staat een nummer twee keer. Geef elke sleutel een eigen nummer.")
    return tuple(found)


def number_up_to(name: str, default: int, most: int) -> int:
    value = whole_number(name, default)
    if value > most:
        raise ImproperlyConfigured(f"{name} is {value}. Zet {name} op hoogstens {most}.")
    return value


def staff_roles() -> tuple[str, ...]:
    """What a group of officials may stand for. Written out, since no model can be read yet; a test holds it to the list of roles."""
    return (
        "intake_officer", "case_handler", "reviewer", "mandate_holder", "finance_officer", "finance_approver", "objection_handler", "objection_decider",
        "policy_officer", "records_officer", "auditor", "controller", "scheme_manager", "admin",
    )


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
