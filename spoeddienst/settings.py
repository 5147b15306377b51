"""All settings, read from the environment; a missing or odd value stops the start with advice.

`./spoed` sets the environment for the embedded servers; in production the administrator does
(docs/productie.md). Nothing here knows which of the two is running, except `SPOED_DEMO`.
"""

from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _required(name: str) -> str:
    """Return the environment variable, or stop with the sentence that helps."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} ontbreekt. Start met './spoed demo' of './spoed manage …', of zet {name} zelf "
            "(zie docs/productie.md)."
        )
    return value


# --- what this instance is
DEBUG = False
DEMO = env.bool("SPOED_DEMO", default=False)
ADRES = env.str("SPOED_ADRES", default="http://127.0.0.1:8000")
INSTANTIE_MAP = Path(env.str("SPOED_MAP", default=str(BASE_DIR / "var")))
SECRET_KEY = _required("SPOED_GEHEIM")
SLEUTEL_MAP = Path(_required("SPOED_SLEUTELMAP"))
ALLOWED_HOSTS = env.list("SPOED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [ADRES]

INSTALLED_APPS = [
    "spoeddienst",
    "rechten",
    "verslag",
    "toezicht",
    "oefening",
    "statistiek",
    "triage",
    "bereikbaarheid",
    "reglement",
    "rooster",
    "kring",
    "kern",
    "kring.beheer.BeheerConfig",  # django.contrib.admin with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
]
if DEMO:
    INSTALLED_APPS.append("spoeddienst.demo")

MIDDLEWARE = [
    "kern.herkomst.HerkomstMiddleware",
    # Above whatever may answer by itself, so that no refusal, redirect or file goes out bare.
    "kern.middleware.BrowserHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kern.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kern.middleware.KringMiddleware",
]

ROOT_URLCONF = "spoeddienst.urls"
WSGI_APPLICATION = "spoeddienst.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kern.context.page_frame",
                "triage.context.termijnstrook",
            ],
        },
    }
]
# The own templates go first for the parts of a form as well.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data
DATABASES = {"default": env.db_url_config(_required("DATABASE_URL"))}
# A socket directory arrives quoted in the URL's host part.
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])
# Sync workers hold one connection each; a pool costs the same and is only of use with threads.
# Whether a kring leaks through a pooled connection is tested with a pool of one (S06).
POOL = env.int("SPOED_POOL", default=0)
DATABASES["default"]["CONN_MAX_AGE"] = 0 if POOL else 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
if POOL:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": POOL, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WEB_ROL = env.str("SPOED_WEB_ROL", default="spoed_web")
# Whoever stands still inside a transaction keeps its locks, the head of the log among them, and
# then nobody in that kring can sign: after these seconds PostgreSQL ends it. Shorter than the
# thirty of gunicorn, so that whoever waits for it goes on. Not for the owner, who migrates.
STILSTAND = env.int("SPOED_STILSTAND", default=25)
if DATABASES["default"]["USER"] == WEB_ROL:
    DATABASES["default"]["OPTIONS"]["options"] = (
        f"-c idle_in_transaction_session_timeout={STILSTAND}s"
    )

# Backup and restore drill (kern/kopie): empty in every process that makes or tries no copy.
KOPIE_URL = env.str("SPOED_KOPIE_URL", default="")
HERSTEL_URL = env.str("SPOED_HERSTEL_URL", default="")
KOPIE_SLEUTEL = Path(env.str("SPOED_KOPIE_SLEUTEL", default="") or SLEUTEL_MAP / "kopie")
PG_BIN = env.str("SPOED_PG_BIN", default="")

# The cache holds login throttles and used TOTP codes; in PostgreSQL, so that a dead broker
# never stops a login (measured: with a dead Valkey cache every login is a 500).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kern_cache",
        # Django's 300 would let a stranger with 300 made-up addresses throw away the throttles
        # and the used codes of everybody else.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- the access log (NEN 7513): the heads of every night, in a folder that a copy leaves from, and
# how long lines are kept. Less than five years is refused at the start (kern.E006).
LOGKOP_MAP = Path(env.str("SPOED_LOGKOP_MAP", default="") or INSTANTIE_MAP / "logkoppen")
LOG_BEWAARJAREN = env.int("SPOED_LOG_BEWAARJAREN", default=5)

# Who was destroyed, one file each: applied again after a restore (rechten/wislijst.py). Copied to
# where the backups are.
WISLIJST_MAP = Path(env.str("SPOED_WISLIJST_MAP", default="") or INSTANTIE_MAP / "wislijst")

# Numbers that pass the 11-test but are no person's: refused, except in the demo and the tests.
BSN_TESTREEKSEN = [] if DEMO else env.list("SPOED_BSN_TESTREEKSEN", default=["9999"])

# More patients than this in an hour is a signal for the functionaris (toezicht/regels.py).
TOEZICHT_PER_UUR = env.int("SPOED_TOEZICHT_PER_UUR", default=20)

# Swappable like AUTH_USER_MODEL: the ground floor may not import the rooms above it.
KRING_MODEL = "kring.Kring"
LIDMAATSCHAP_MODEL = "kring.Lidmaatschap"
AUTH_USER_MODEL = "kring.Gebruiker"

# --- login
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kring.login.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "kring.login.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "activate_totp": "kring.tweede_factor.AppForm",
    "authenticate": "kring.tweede_factor.CodeForm",
    "reauthenticate": "kring.tweede_factor.HercodeForm",
    "add_webauthn": "kring.passkeyforms.ToevoegForm",
    "login_webauthn": "kring.passkeyforms.AanmeldForm",
    "authenticate_webauthn": "kring.passkeyforms.TweedeStapForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Spoeddienst"
# Zero on purpose: with a tolerance of 1 a used code is accepted again after 31 s (its cache
# line lives 30 s, the code 90 s).
MFA_TOTP_TOLERANCE = 0
MFA_RECOVERY_CODES_SHOW_ONCE = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["kring.login.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "kring.wachtwoord.LengteValidator",
        "OPTIONS": {"min_length": 12},
    },
    # No composition rules: they make passwords alike. A list of 20 000 and words of this house.
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "kring.wachtwoord.RaadbaarValidator"},
]
# How long a session lives is decided by its row (kring/sessies.py), not by the cookie.
SESSION_ENGINE = "kring.sessies"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- browser
SECURE = ADRES.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
# Proxies of our own in front: this many addresses at the end of X-Forwarded-For are true.
PROXIES = env.int("SPOED_PROXIES", default=1 if SECURE else 0)
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the health check comes over the inner network
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
# Not "no-referrer": browsers then send "Origin: null" with a form, and the CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Cookies ignore the port, so two checkouts on one machine would log each other out.
_SUFFIX = "" if SECURE else ADRES.rpartition(":")[2].strip("/")
SESSION_COOKIE_NAME = "__Host-sessie" if SECURE else f"sessie{_SUFFIX}"
BEKEND_COOKIE_NAME = "__Host-bekend" if SECURE else f"bekend{_SUFFIX}"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else f"csrf{_SUFFIX}"
MESSAGE_STORAGE = "kern.berichten.Berichten"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# Never a temporary file: what is uploaded has to do with a patient.
FILE_UPLOAD_HANDLERS = ["kern.upload.GeheugenHandler"]
# The virus scanner: host:port or the path of clamd's socket; empty is none (docs/productie.md).
CLAMAV = env.str("SPOED_CLAMAV", default="")

# --- static files
STATIC_URL = "static/"
STATIC_ROOT = INSTANTIE_MAP / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else shows our files
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Compressing takes ten seconds and saves nothing on the loopback.
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
FORMAT_MODULE_PATH = ["kern.formats"]

# Finished boards are kept in Valkey for a minute, sealed; off only to measure what that saves.
BORD_BEWAREN = env.bool("SPOED_BORD_BEWAREN", default=True)

# --- queue: transport of hints only; the producer never waits for a dead or frozen broker
CELERY_BROKER_URL = _required("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "spoeddienst"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "socket_connect_timeout": 0.2,
    "socket_timeout": 0.5,
    "retry_on_timeout": False,
}
# A child of the pool is renewed now and then: drawing letters must not grow memory for weeks.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- the outbox (kern/outbox): seconds
OUTBOX_LEASE = env.int("SPOED_OUTBOX_LEASE", default=15)
OUTBOX_SWEEP = env.float("SPOED_OUTBOX_SWEEP", default=1.0)
OUTBOX_BACKOFF_CAP = env.int("SPOED_OUTBOX_BACKOFF_CAP", default=900)
OUTBOX_MAX_ATTEMPTS = 12
OUTBOX_MAX_HOURS = 4

# --- mail: only over verified TLS, there is no setting to switch that off
SMTP_HOST = env.str("SPOED_SMTP_HOST", default="localhost")
SMTP_PORT = env.int("SPOED_SMTP_PORT", default=587)
SMTP_CA = env.str("SPOED_SMTP_CA", default="")
SMTP_USER = env.str("SPOED_SMTP_USER", default="")
SMTP_PASSWORD = env.str("SPOED_SMTP_PASSWORD", default="")
SMTP_FROM = env.str("SPOED_SMTP_FROM", default="Spoeddienst <noreply@spoeddienst.example>")
# --- S/MIME: our own certificate (its chain behind it) and its key, PEM files; see kern/smime
SMIME_CERT = env.str("SPOED_SMIME_CERT", default="")
SMIME_KEY = env.str("SPOED_SMIME_SLEUTEL", default="")
# --- NTA 7516: the certified relay that takes our mail; without it the channel is closed
NTA_HOST = env.str("SPOED_NTA_HOST", default="")
NTA_PORT = env.int("SPOED_NTA_PORT", default=587)
NTA_CA = env.str("SPOED_NTA_CA", default="")
NTA_USER = env.str("SPOED_NTA_USER", default="")
NTA_PASSWORD = env.str("SPOED_NTA_PASSWORD", default="")
NTA_CERT = env.str("SPOED_NTA_CERT", default="")
NTA_KEY = env.str("SPOED_NTA_SLEUTEL", default="")
NTA_DNS = env.str("SPOED_NTA_DNS", default="kern.nta.Dns")
# Django's own mail (allauth's notices) goes nowhere: every message leaves through the outbox.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- text messages: an adapter, see kern/sms.py
SMS_ADAPTER = env.str(
    "SPOED_SMS_ADAPTER",
    default="spoeddienst.demo.sms.DemoGateway" if DEMO else "kern.sms.HttpGateway",
)
SMS_URL = env.str("SPOED_SMS_URL", default="")
SMS_SLEUTEL = env.str("SPOED_SMS_SLEUTEL", default="")
# A server that takes signed reports as FHIR documents (verslag/fhir_uit.py); empty: there is none.
FHIR_URL = env.str("SPOED_FHIR_URL", default="")
FHIR_SLEUTEL = env.str("SPOED_FHIR_SLEUTEL", default="")

# --- spoken messages, for a landline: an adapter too
SPRAAK_ADAPTER = env.str(
    "SPOED_SPRAAK_ADAPTER",
    default="spoeddienst.demo.sms.DemoSpraak" if DEMO else "kern.sms.HttpSpraak",
)
SPRAAK_URL = env.str("SPOED_SPRAAK_URL", default="")
SPRAAK_SLEUTEL = env.str("SPOED_SPRAAK_SLEUTEL", default="")

# The BIG register: looked up by a person, or by its own service (rooster.ruil.bigregister).
BIG_URL = env.str("SPOED_BIG_URL", default="")
BIG_REGISTER = env.str(
    "SPOED_BIG_REGISTER",
    default="rooster.ruil.bigregister." + ("CibgRegister" if BIG_URL else "Handmatig"),
)

# Travel times in the area of a kring: an estimate, or an OSRM server (rooster.gebied.reistijd).
ROUTE_URL = env.str("SPOED_ROUTE_URL", default="")
ROOSTER_REISTIJD = env.str(
    "SPOED_REISTIJD",
    default="rooster.gebied." + ("reistijd.OsrmReistijd" if ROUTE_URL else "regels.Schatting"),
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "kern.scrub.ScrubFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            # With the offset: in the night of the clock change two hours have the same name.
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Without Django's own handlers: one of them mails the whole request.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        # It writes the number of every new passkey.
        "fido2": {"level": "WARNING"},
    },
}
