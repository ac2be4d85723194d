"""One settings file for every environment; what differs is read from the environment.

Safe by default: with nothing set but the secrets, this is production. Only ``make run``
and the tests set DEVELOPMENT. Every variable is explained in ``.env.example``.
"""

from pathlib import Path

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Development
DEVELOPMENT = env.bool("DEVELOPMENT", default=False)
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not DEVELOPMENT:
    raise ImproperlyConfigured("DEBUG=1 is refused in production; see .env.example")
EXAMPLE_SITE = DEVELOPMENT  # example accounts may exist and sign in

# Secrets and addresses
SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY needs 50 random characters; see .env.example")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The house
INSTALLED_APPS = [
    "smartcity",
    "programs",
    "regencies",
    "regencies.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_filters",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "csp",
    "pghistory",
    "pgtrigger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "smartcity.middleware.PlainSessionMiddleware",
    "smartcity.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "smartcity.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "smartcity.middleware.SignInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "smartcity.urls"
WSGI_APPLICATION = "smartcity.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smartcity.context.site",
            ],
        },
    },
]
FORM_RENDERER = "regencies.forms.renderer.PortalFormRenderer"

# Database: PostgreSQL through psycopg2; without DATABASE_URL the embedded one
DATABASES = {
    "default": env.db("DATABASE_URL")
    if env.str("DATABASE_URL", default="")
    else {"ENGINE": "smartcity.embedded", "NAME": "portal"}
}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Knox's own token table is swapped out (KNOX_TOKEN_MODEL), but its migrations would make it.
MIGRATION_MODULES = {"knox": None}

# Rate limits live in the cache, so every worker must share it
# (with Django's default of 300 entries a flood of addresses would push out the counters).
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://portal_cache?max_entries=100000")}

# Row history
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"  # keeps the order within a transaction
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

# People
AUTH_USER_MODEL = "regencies.User"
AUTHENTICATION_BACKENDS = ["regencies.auth.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "programs:workspace"
LOGOUT_REDIRECT_URL = "programs:start"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "regencies.auth.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # without it nobody is asked for a password
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a reset for an unknown address sends nothing
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password is told to its owner
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "regencies.forms.sign_in.SignInForm",
    "reset_password": "regencies.forms.sign_in.AskResetForm",
    "reset_password_from_key": "regencies.forms.sign_in.NewPasswordForm",
    "change_password": "regencies.forms.sign_in.ChangePasswordForm",
}
# allauth's own would copy every address into a table of its own, where the old one keeps
# opening the account after an administrator has changed it.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # key: the e-mail address, known or not; a whole Bimtek room may share one connection
    "login_failed": "5/5m/key,20/5m/ip",
    "reset_password": "10/10m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}

# Language and place
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Files
FILES_DIR = env.path("FILES_DIR", default=str(BASE_DIR / "var" / "files"))
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_DIR)},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_DIR), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Compressing is most of collectstatic's time: once per file, and no source maps.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "png", "gz", "br", "woff", "woff2", "map"]

# Mail
vars().update(env.email("EMAIL_URL", default="consolemail://" if DEVELOPMENT else "smtp://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "regencies.api.auth.ApiTokenAuthentication",
        "regencies.api.auth.PageSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["regencies.api.auth.ReadOrSignedIn"],
    "DEFAULT_PAGINATION_CLASS": "regencies.api.base.Pages",
    "DEFAULT_FILTER_BACKENDS": ["regencies.api.filtering.StrictFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["regencies.api.parsing.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "regencies.api.schema.Schema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "regencies.api.errors.ExceptionHandler",
    "ALLOWED_ERROR_STATUS_CODES": ["400", "401", "403", "404", "405", "406", "415", "500"],
    "ERROR_SCHEMAS": dict.fromkeys(
        ["400", "401", "403", "404", "405", "406", "415", "500"],
        "regencies.api.errors.ErrorResponseSerializer",
    ),
}
KNOX_TOKEN_MODEL = "regencies.ApiToken"  # noqa: S105 -- a model, not a secret
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_PREFIX": "sc_"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Smart City participation portal",
    "DESCRIPTION": _("Who takes part in Gerakan Menuju 100 Smart City, and how far they are."),
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_PATCH": False,  # a PATCH of a stage requires its revision
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # No badge from another host; no Authorize box kept in the browser's storage.
    "SWAGGER_UI_SETTINGS": {"validatorUrl": None, "persistAuthorization": False},
    "ENUM_NAME_OVERRIDES": {
        "StageStatus": "programs.models.StageStatus",
        "ParticipationStatus": "programs.models.ParticipationStatus",
        "Publication": "programs.models.Publication",
        "Entry": "programs.models.Entry",
        "Mode": "programs.models.Mode",
        "Kind": "regencies.models.Kind",
        "ErrorType": "regencies.api.errors.ERROR_TYPES",
    },
}

# Security
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes speak plain HTTP inside the host
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "portal_session"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = not DEVELOPMENT
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):  # only where the proxy strips this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {"camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": []}
# Logs: one line per event on stderr, with the request's id
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "smartcity.logs.RequestIdFilter"},
        "secrets": {"()": "smartcity.logs.SecretFilter"},
    },
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request_id", "secrets"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
