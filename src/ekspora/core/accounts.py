"""How allauth sees our accounts: nobody signs up by themselves, and nobody has a password."""

import base64
import hashlib
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# Marks a message after which the phone keeps nothing of who was here (ui/js/ekspora.js).
LEFT = "left"
_WRONG_CODE = _("This code is not right. Check it, or ask for a new one.")
_WAIT = _("Too many attempts in a short time. Wait a few minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are opened by the people who run a programme, never by a form on the web."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "incorrect_code": _WRONG_CODE,
        "rate_limited": _WAIT,
        "too_many_login_attempts": _WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *rest: Any, **named: Any
    ) -> None:
        """Whoever signs out leaves nothing behind on the phone."""
        if message_template == "account/messages/logged_out.txt":
            named["extra_tags"] = LEFT
        super().add_message(request, level, message_template, *rest, **named)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of second factors are stored encrypted, so that a copy of the database opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": _("The second step cannot be switched off."),
        "cannot_generate_recovery_codes": _("Set up the second step first, then make recovery codes."),
    }

    def _box(self) -> Fernet:
        key = hashlib.sha256(b"ekspora second factor" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return self._box().decrypt(encrypted_text.encode("ascii")).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code on white, so that a phone reads it in dark mode too."""
        image = BytesIO()
        segno.make(url, error="m").save(image, kind="svg", xmldecl=False, scale=5, light="#fff")
        return image.getvalue().decode()
