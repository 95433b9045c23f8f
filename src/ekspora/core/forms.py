"""allauth's forms in our words: what to enter, where it comes from, the right keyboard on a phone."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _say(field: forms.Field, label: Any, **attributes: str) -> None:
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class RequestCode(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The address to which a sign-in code is sent."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["email"], _("Email"), autofocus="autofocus")


class ConfirmCode(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code from the email."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(
            self.fields["code"], _("Code from the email"), autofocus="autofocus", autocapitalize="characters"
        )


class SecondFactor(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code from the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(
            self.fields["code"],
            _("Code from the app, or a recovery code"),
            inputmode="numeric",
            autofocus="autofocus",
        )


class SecondFactorAgain(ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same code once more, before something that protects the account is changed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(
            self.fields["code"],
            _("Code from the app, or a recovery code"),
            inputmode="numeric",
            autofocus="autofocus",
        )


class ActivateApp(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code that the app shows after the key was scanned."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["code"], _("Code that the app shows"), inputmode="numeric")
