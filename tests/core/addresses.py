"""Who may use the addresses of this room."""

from tests.permissions.rows import Row
from tests.world import ACTORS

EVERYBODY = frozenset(ACTORS)
ENTRANCE = frozenset({200, 302})

ROWS: list[Row] = [
    Row("link", public=True, arguments=lambda world: ("no-such-token",), ok=frozenset({404}),
        note="the token is the permission; test_sign_in tries real ones"),
    Row("account_login", public=True),
    Row("account_request_login_code", public=True, ok=ENTRANCE),
    Row("account_confirm_login_code", public=True, ok=ENTRANCE, note="without a code asked for, back to sign-in"),
    Row("account_logout", public=True, ok=ENTRANCE),
    Row("account_inactive", public=True),
    Row("account_signup", public=True, note="explains how people join; nobody registers here"),
    Row("mfa_authenticate", public=True, ok=frozenset({302}), note="only in the middle of a sign-in"),
    Row("mfa_index", allowed=EVERYBODY),
    Row("mfa_reauthenticate", allowed=EVERYBODY, ok=frozenset({403}), note="needs a second factor"),
    Row("mfa_activate_totp", allowed=EVERYBODY),
    Row("mfa_deactivate_totp", allowed=EVERYBODY, ok=frozenset({404}), note="needs a second factor"),
    Row("mfa_view_recovery_codes", allowed=EVERYBODY, ok=frozenset({404}), note="needs a second factor"),
    Row("mfa_generate_recovery_codes", allowed=EVERYBODY),
    Row("mfa_download_recovery_codes", allowed=EVERYBODY, ok=frozenset({404}), note="needs a second factor"),
    Row("set_language", public=True, method="post", data={"language": "en"}, ok=frozenset({302})),
    Row("health", public=True),
]  # fmt: skip
