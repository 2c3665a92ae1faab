"""The settings of signing in, read from the environment (OIDC_*, PSEUDONYM_KEYS, SESSION_*; see .env.example)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from grants.project import environment as env

SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
DIGID = f"{SAML}PasswordProtectedTransport=basic,{SAML}MobileTwoFactorContract=low,{SAML}Smartcard=substantial,{SAML}SmartcardPKI=high"
ETD = "urn:etoegang:core:assurance-class:"
EHERKENNING = f"{ETD}loa2=basic,{ETD}loa2plus=low,{ETD}loa3=substantial,{ETD}loa4=high"
EIDAS = "http://eidas.europa.eu/LoA/"
EUROPE = f",{EIDAS}low=low,{EIDAS}substantial=substantial,{EIDAS}high=high"
LEVELS = ("basic", "low", "substantial", "high")


def read_entries() -> dict[str, dict[str, Any]]:
    """The three entries; one without an issuer is closed."""
    entries = {
        "residents": {
            "issuer": env.provider("OIDC_RESIDENTS_ISSUER"),
            "client_id": env.text("OIDC_RESIDENTS_CLIENT_ID"),
            "client_secret": env.text("OIDC_RESIDENTS_CLIENT_SECRET"),
            "scopes": env.words("OIDC_RESIDENTS_SCOPES", "openid"),
            "person_claim": env.text("OIDC_RESIDENTS_PERSON_CLAIM", "sub"),
            "bsn_claim": env.text("OIDC_RESIDENTS_BSN_CLAIM"),
            "level_claim": env.text("OIDC_RESIDENTS_LEVEL_CLAIM", "acr"),
            "levels": env.pairs("OIDC_RESIDENTS_LEVELS", DIGID + EUROPE, LEVELS),
        },
        "organisations": {
            "issuer": env.provider("OIDC_ORGANISATIONS_ISSUER"),
            "client_id": env.text("OIDC_ORGANISATIONS_CLIENT_ID"),
            "client_secret": env.text("OIDC_ORGANISATIONS_CLIENT_SECRET"),
            "scopes": env.words("OIDC_ORGANISATIONS_SCOPES", "openid"),
            "person_claim": env.text("OIDC_ORGANISATIONS_PERSON_CLAIM", "sub"),
            "kvk_claim": env.text("OIDC_ORGANISATIONS_KVK_CLAIM", "urn:etoegang:1.9:EntityConcernedID:KvKnr"),
            "branch_claim": env.text("OIDC_ORGANISATIONS_BRANCH_CLAIM", "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"),
            "level_claim": env.text("OIDC_ORGANISATIONS_LEVEL_CLAIM", "acr"),
            "levels": env.pairs("OIDC_ORGANISATIONS_LEVELS", EHERKENNING + EUROPE, LEVELS),
        },
        "staff": {
            "issuer": env.provider("OIDC_STAFF_ISSUER"),
            "client_id": env.text("OIDC_STAFF_CLIENT_ID"),
            "client_secret": env.text("OIDC_STAFF_CLIENT_SECRET"),
            "scopes": env.words("OIDC_STAFF_SCOPES", "openid profile"),
            "person_claim": env.text("OIDC_STAFF_PERSON_CLAIM", "sub"),
            "mfa_claim": env.text("OIDC_STAFF_MFA_CLAIM", "amr"),
            "mfa_values": frozenset(env.words("OIDC_STAFF_MFA_VALUES", "mfa")),
            "groups_claim": env.text("OIDC_STAFF_GROUPS_CLAIM"),
            "group_roles": env.pairs("OIDC_STAFF_GROUP_ROLES", "", env.staff_roles()),
        },
    }
    for name, entry in entries.items():
        _check(f"OIDC_{name.upper()}", entry)
    return entries


def _check(prefix: str, entry: dict[str, Any]) -> None:
    """An entry is whole or closed. Raises ImproperlyConfigured."""
    if not entry["issuer"]:
        if entry["client_id"] or entry["client_secret"]:
            raise ImproperlyConfigured(f"{prefix}_ISSUER ontbreekt. Zet {prefix}_ISSUER op het adres van de inlogdienst, of laat ook de rest van {prefix} leeg.")
        return
    for part in ("client_id", "client_secret"):
        if not entry[part]:
            name = f"{prefix}_{part.upper()}"
            raise ImproperlyConfigured(f"{name} ontbreekt. Zet {name} op wat de inlogdienst u gaf.")
    if "openid" not in entry["scopes"]:
        raise ImproperlyConfigured(f"{prefix}_SCOPES mist openid. Zet openid in {prefix}_SCOPES.")
    if entry.get("group_roles") and not entry["groups_claim"]:
        raise ImproperlyConfigured(f"{prefix}_GROUP_ROLES is gezet, maar {prefix}_GROUPS_CLAIM niet. Zet daarin hoe de inlogdienst de groepen noemt.")


def check_keys(entries: dict[str, dict[str, Any]], keys: tuple[tuple[str, str], ...]) -> None:
    """Whoever signs in is recognised the next time. Raises ImproperlyConfigured."""
    if not keys and any(entry["issuer"] for entry in entries.values()):
        raise ImproperlyConfigured("PSEUDONYM_KEYS ontbreekt. Zet PSEUDONYM_KEYS op een nummer en minstens 32 willekeurige tekens, zoals 2026:abc...")


def check_open(entries: dict[str, dict[str, Any]], demo: bool) -> None:
    """The web process does not start where nobody could sign in. Raises ImproperlyConfigured."""
    if not demo and not entries["staff"]["issuer"]:
        raise ImproperlyConfigured(
            "OIDC_STAFF_ISSUER ontbreekt: niemand kan inloggen. Zet OIDC_STAFF_ISSUER, OIDC_STAFF_CLIENT_ID en OIDC_STAFF_CLIENT_SECRET, "
            "en voor aanvragers ook OIDC_RESIDENTS_* en OIDC_ORGANISATIONS_*. Om uit te proberen: zet VERLEEND_DEMO=1."
        )
