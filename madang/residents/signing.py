"""allauth's forms without the grey words inside the fields: the label above says it, and a hint that vanishes helps nobody."""

from typing import Any

from allauth.account import forms


class _Plain:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_Plain, forms.LoginForm):
    pass


class SignupForm(_Plain, forms.SignupForm):
    pass


class AddEmailForm(_Plain, forms.AddEmailForm):
    pass


class ChangePasswordForm(_Plain, forms.ChangePasswordForm):
    pass


class SetPasswordForm(_Plain, forms.SetPasswordForm):
    pass


class ResetPasswordForm(_Plain, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_Plain, forms.ResetPasswordKeyForm):
    pass


class RequestLoginCodeForm(_Plain, forms.RequestLoginCodeForm):
    pass


class ReauthenticateForm(_Plain, forms.ReauthenticateForm):
    pass
