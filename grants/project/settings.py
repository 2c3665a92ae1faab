"""One settings module, read from the environment (see .env.example). Legal amounts and terms are no settings."""

from __future__ import annotations

from pathlib import Path

from grants.project import environment as env
from grants.project import signin

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("VERLEEND_DATA", str(BASE_DIR / "var")))
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
CUT_FILES = DATA_DIR / "cut"  # what `manage.py make_static` takes out of the npm packages
for folder in (STATIC_ROOT, CUT_FILES):
    folder.mkdir(parents=True, exist_ok=True)

VERLEEND_DEMO = env.flag("VERLEEND_DEMO")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(VERLEEND_DEMO)
MATCHING_SECRET = env.optional_secret("MATCHING_SECRET")
ALLOWED_HOSTS = [h for h in env.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in env.text("CSRF_TRUSTED_ORIGINS").split(",") if o]
PUBLIC_URL = env.choice_of_scheme("PUBLIC_URL", "http://127.0.0.1:8000", ("http", "https"))

INSTALLED_APPS = [
    "grants.project.apps.ProjectConfig",
    "grants.figures.apps.FiguresConfig",
    "grants.control.apps.ControlConfig",
    "decisions.apps.DecisionsConfig",
    "grants.apps.GrantsConfig",
    "applicants.apps.ApplicantsConfig",
    "letters.apps.LettersConfig",
    "grants.kernel.apps.KernelConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_fsm",
    "allauth.account",
    "allauth.socialaccount",
]
AUTH_USER_MODEL = "kernel.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "grants.project.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "applicants.signin.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}

ROOT_URLCONF = "grants.project.urls"
WSGI_APPLICATION = "grants.project.wsgi.application"
FORM_RENDERER = "grants.project.forms.DutchRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "grants" / "project" / "templates", BASE_DIR / "grants" / "applications" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "answer_words": "grants.applications.templatetags.answer_words",
                "in_language": "grants.schemes.templatetags.in_language",
                "message_words": "grants.applications.templatetags.message_words",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "grants.project.context.site",
            ],
        },
    }
]

DATABASES = {"default": env.database(f"sqlite:///{DATA_DIR / 'verleend.sqlite3'}")}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("de", "Deutsch")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "grants" / "project" / "locale"]

STATIC_URL = "/static/"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [CUT_FILES]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "grants.project.look.files.PageFiles"},
}
# Bytes of one file, files of one case, and bytes of all files of one case.
UPLOAD_LIMIT = env.whole_number("UPLOAD_LIMIT", 25) * 1024 * 1024
CASE_FILES_LIMIT = env.whole_number("CASE_FILES_LIMIT", 100)
CASE_SIZE_LIMIT = env.whole_number("CASE_SIZE_LIMIT", 250) * 1024 * 1024
# Who looks for viruses; without it only a demonstration starts. All of one scan may take so many seconds.
CLAMD_URL = env.scanner("CLAMD_URL", VERLEEND_DEMO)
CLAMD_TIMEOUT = env.whole_number("CLAMD_TIMEOUT", 60, most=240)  # less than the lease on work outside
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # the editor of letter texts sends six fields for each of at most 400 parts

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
SESSION_IDLE_MINUTES = 15  # for applicants: what DigiD and eHerkenning ask
SESSION_IDLE_MINUTES_STAFF = env.number_up_to("SESSION_IDLE_MINUTES_STAFF", 30, 120)
SESSION_HOURS = env.number_up_to("SESSION_HOURS", 10, 12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
SESSION_COOKIE_NAME = "__Host-session" if SESSION_COOKIE_SECURE else "session"
CSRF_FAILURE_VIEW = "applicants.signin.views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https:") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None

# Signing in. allauth runs the code flow; its own pages, sign-up, passwords and e-mail addresses are not used.
SIGN_IN_ENTRIES = signin.read_entries()
PSEUDONYM_KEYS = env.numbered_keys("PSEUDONYM_KEYS")
signin.check_keys(SIGN_IN_ENTRIES, PSEUDONYM_KEYS)
SIGN_IN_PER_MINUTE = env.whole_number("SIGN_IN_PER_MINUTE", 120)
SOCIALACCOUNT_ONLY = True
SOCIALACCOUNT_ADAPTER = "applicants.signin.adapters.SignInAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
ACCOUNT_ADAPTER = "applicants.signin.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0

EMAIL_CONFIG = env.text("EMAIL_URL")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if EMAIL_CONFIG:
    vars().update(env.environ.Env.email_url_config(EMAIL_CONFIG))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "subsidies@example.org")
# So many seconds we wait for each answer of the mail server; without a limit a silent server would hold up all other work.
EMAIL_TIMEOUT = env.whole_number("EMAIL_TIMEOUT", 15)

CELERY_BROKER_URL = env.choice_of_scheme("CELERY_BROKER_URL", "memory://", ("memory", "amqp", "amqps", "pyamqp"))
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "verleend")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "carry the outbox": {"task": "kernel.relay_outbox", "schedule": 2.0},
    "seal the days": {"task": "kernel.seal_days", "schedule": 3600.0},
    # Every hour, so that a scheduler that was down at dawn catches up; a second run finds nothing.
    "forget ended sessions": {"task": "applicants.forget_sessions", "schedule": 3600.0},
    "do the work of the day": {"task": "decisions.daily", "schedule": 3600.0},
}
# Work that was handed to the broker but not done is handed over again after so many seconds.
OUTBOX_REPUBLISH_SECONDS = env.whole_number("OUTBOX_REPUBLISH_SECONDS", 20)

# The seal on letters (letters/seal/keys.py tells the forms of SEAL); without it letters go out unsealed.
SEAL = env.text("SEAL")
SEAL_SECRET = env.text("SEAL_SECRET")
SEAL_TIMESTAMP_URL = env.text("SEAL_TIMESTAMP_URL")
if SEAL:
    env.choice_of_scheme("SEAL", "", ("file", "pkcs11", "class"))

DECIDING_BODY = "Gedeputeerde Staten van Limburg"
LETTER_SENDER = {
    "name": env.text("SENDER_NAME", "Provincie Limburg"),
    "visiting_address": env.text("SENDER_VISITING_ADDRESS", "Limburglaan 10, 6229 GA Maastricht"),
    "postal_address": env.text("SENDER_POSTAL_ADDRESS", "Postbus 5700, 6202 MA Maastricht"),
    "contact_name": env.text("SENDER_CONTACT", "Team Subsidies (demo)"),
    "contact_phone": env.text("SENDER_PHONE", "043 000 00 00 (demo)"),
    "contact_email": env.text("SENDER_EMAIL", "subsidies@example.org"),
}
PAYMENT_ACCOUNT = env.text("PAYMENT_ACCOUNT", "NL00 XXXX 0000 0000 00 (demo)")
# What the bank needs: from which account, in which form of pain.001; and who answers whether a name fits an account.
PAYER_NAME = env.text("PAYER_NAME", LETTER_SENDER["name"])
PAYER_IBAN = env.account("PAYER_IBAN", "NL13TEST0123456789" if VERLEEND_DEMO else "")
PAYMENT_SCHEMA = env.one_of("PAYMENT_SCHEMA", "pain.001.001.09", ("pain.001.001.09", "pain.001.001.03"))
NAME_CHECK = env.text("NAME_CHECK", "decisions.name_check.DemoNameCheck" if VERLEEND_DEMO else "decisions.name_check.NotConnected")
# Who tells what the trade register says. Without an address there is nobody to ask, and people type the data themselves.
KVK_API_URL = env.choice_of_scheme("KVK_API_URL", "", ("https", "http")) if env.text("KVK_API_URL") else ""
KVK_API_KEY = env.text("KVK_API_KEY")
KVK_API_CA = env.text("KVK_API_CA")
KVK_TIMEOUT = env.whole_number("KVK_TIMEOUT", 5)
KVK_LOOKUP = env.text(
    "KVK_LOOKUP",
    "applicants.kvk.basisprofiel.BasisprofielKvk" if KVK_API_URL else f"applicants.kvk.others.{'RecordedKvk' if VERLEEND_DEMO else 'NotConnected'}",
)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"pikepdf": {"level": "WARNING"}},  # it tells each start that it started
}
