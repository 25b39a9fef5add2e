"""All settings, in one file, read from the environment. Safe for a local start; production refuses weak ones.

Sections: 1 mode, 2 secrets and hosts, 3 apps, 4 requests, 5 templates, 6 database, 7 people signing in,
8 cache, layer and tasks, 9 files, 10 language and time, 11 content security, 12 logs and the rest.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# 1 mode ---------------------------------------------------------------------------------------------------------
MODE = env.str("XIESHANG_MODE", "development")
if MODE not in {"development", "test", "demo", "production"}:
    raise ImproperlyConfigured(f"XIESHANG_MODE is {MODE!r}; use development, test, demo or production")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = env.bool("DEBUG", MODE == "development")

# 2 secrets and hosts --------------------------------------------------------------------------------------------
LOCAL_SECRET = "only-for-a-local-start-never-for-real-people-0123456789"
SECRET_KEY = env.str("SECRET_KEY", LOCAL_SECRET)
# Keys the matching of phone numbers and of ballots' receipts; kept apart so that SECRET_KEY can be rotated.
MATCHING_KEY = env.str("MATCHING_KEY", LOCAL_SECRET)
# Seals what must be readable again by those who may, such as ID numbers on an owners' list.
SEALING_KEY = env.str("SEALING_KEY", LOCAL_SECRET)
# The key that signs the heads of votes' ledgers: a file, never the database; made at first use outside production.
LEDGER_KEY_FILE = env.path("LEDGER_KEY_FILE", VAR_DIR / "keys" / f"ledger-{MODE}.pem")
# Check codes of rolls: sha256, or sm3 where the operator asks for it.
CHECK_CODE_ALGORITHM = env.str("CHECK_CODE_ALGORITHM", "sha256")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
SITE_NAME = env.str("SITE_NAME", "协商")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# 3 apps ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    # The server of a local start; a production process need not load it.
    *([] if PRODUCTION else ["daphne"]),
    "xieshang.accounts",
    "xieshang.audit",
    "xieshang.live",
    "xieshang.notify",
    "xieshang.community",
    "xieshang.matters",
    "xieshang.discussion",
    "xieshang.outcomes",
    "xieshang.voting",
    "xieshang.meetings",
    "xieshang.coordination",
    "xieshang.topics",
    "xieshang.home",
    *(["xieshang.demo"] if MODE in {"demo", "development", "test"} else []),
    "cms",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "modelcluster",
    "treebeard",
    "channels",
    "allauth",
    "allauth.account",
    "django_htmx",
    "lucide",
    "django_prose_editor",
    "rules",
    "servestatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

# 4 requests -----------------------------------------------------------------------------------------------------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xieshang.home.middleware.static_files",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "xieshang.home.middleware.AdminContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xieshang.home.middleware.SignInAgainMiddleware",
    "xieshang.home.middleware.ActorMiddleware",
    "xieshang.home.middleware.OnceMiddleware",
    "xieshang.home.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "xieshang.urls"
WSGI_APPLICATION = "xieshang.wsgi.application"
ASGI_APPLICATION = "xieshang.asgi.application"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
X_FRAME_OPTIONS = "DENY" if PRODUCTION else "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "xieshang.home.views.csrf_failed"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# 5 templates ----------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xieshang.home.context.frame",
            ],
            "libraries": {"icons": "xieshang.lib.icons"},
            "builtins": ["xieshang.lib.once", "xieshang.lib.pieces"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# 6 database -----------------------------------------------------------------------------------------------------
VAR_DIR.mkdir(exist_ok=True)
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{VAR_DIR}/{MODE}.sqlite3")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Immediate transactions: two writers queue up instead of failing in the middle of a read-modify-write.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # At once, but only what lib/often.py asks: no other cursor prepares.
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# 7 people signing in --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["xieshang.accounts.adapter.SignedIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "xieshang.accounts.adapter.PhoneAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "xieshang.accounts.forms.CodeDoorForm",
    "confirm_login_code": "xieshang.accounts.forms.LoginCodeForm",
    "verify_phone": "xieshang.accounts.forms.PhoneCodeForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# How a text message leaves the house: one callable taking (number, text).
TEXT_DOOR = "xieshang.demo.services.send_to_outbox" if DEMO else "xieshang.notify.tasks.print_text"
SMS_SENDER = env.str("SMS_SENDER", TEXT_DOOR)

# 8 cache, layer and tasks ---------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "xieshang.lib.rediscache.KeptRedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "xieshang.lib.redislayer.TellingLayer", "CONFIG": {"hosts": [REDIS_URL]}}}
else:
    # Its own limit of 300 entries would soon drop counted attempts and a workbook kept between two steps.
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# 9 files --------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "xieshang.lib.assets.JoinedFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
STATIC_BACKEND = (
    "servestatic.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION or DEMO
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_BACKEND},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = False
# The demo builds its files while somebody waits: gzip alone is many times quicker to make.
SERVESTATIC_USE_BROTLI = SERVESTATIC_USE_ZSTD = not DEMO

# 10 language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
# What the page editor says that Wagtail has not put into Chinese, and the framework's words for what is filled in
# wrongly; our own words are Chinese in the code.
LOCALE_PATHS = [BASE_DIR / "cms" / name for name in ("locale", "locale_anew")] + [BASE_DIR / "xieshang" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# 11 content security --------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": ["self"], "geolocation": [], "microphone": [], "payment": []}

# 12 logs and the rest -------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {asctime} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {"django.tasks": {"level": "WARNING"}, "wagtail": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.PdfForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.GramSearch"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
# People sign in by the site's one door, so the editor asks for no password of its own and keeps none.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}


def _weak_settings() -> list[str]:
    """Name every setting that production must not run with."""
    weak = []
    secrets = (SECRET_KEY, MATCHING_KEY, SEALING_KEY)
    if LOCAL_SECRET in secrets or min(map(len, secrets)) < 50:
        weak.append("SECRET_KEY, MATCHING_KEY and SEALING_KEY must be set, at least 50 characters")
    if not env.str("LEDGER_KEY_FILE", ""):
        weak.append("LEDGER_KEY_FILE must name the key that signs votes' ledgers")
    if not env.str("SMS_SENDER", ""):
        weak.append("SMS_SENDER must name what hands text messages on: otherwise codes would stand in the log")
    if DEBUG:
        weak.append("DEBUG must be off")
    if "*" in ALLOWED_HOSTS or "testserver" in ALLOWED_HOSTS:
        weak.append("ALLOWED_HOSTS must name the hosts of this site")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        weak.append("DATABASE_URL must name a PostgreSQL database")
    if not REDIS_URL:
        weak.append("REDIS_URL must be set: the in-memory layer reaches one process only")
    return weak


if PRODUCTION and (_weak := _weak_settings()):
    raise ImproperlyConfigured("Production refuses to start: " + "; ".join(_weak))
